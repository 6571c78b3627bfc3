"""Sides of bubbles: what their edges prove, and that nothing else is said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stages.screens.chats.columns import Frame
from stages.screens.chats.sides import sides_of
from tests.stages.screens.chats.drawn import Chat, messages, read, said

AREA = (0.0, 1000.0)
WHITE, GREEN, RED = "#ffffff", "#95ec69", "#ea5f4c"


def frame(left: float, right: float, ground: str = WHITE, *, is_card: bool = False, top: float = 0.0) -> Frame:
    return Frame(lines=(0,), box=(left, top, right, top + 60), ground=ground, size=40.0, letters=9, is_card=is_card)


def sides(*frames: Frame) -> list[str | None]:
    """The side of each frame, "?" where it is open."""
    return [told.side if told.sure else "?" for told in sides_of(frames, AREA)]


def test_nothing_has_no_side() -> None:
    assert sides_of([], AREA) == []


def test_bubbles_that_lean_to_their_edges() -> None:
    assert sides(frame(150, 500), frame(400, 850), frame(150, 300)) == ["left", "right", "left"]


def test_one_side_alone_is_told_by_how_it_leans() -> None:
    assert sides(frame(150, 500), frame(150, 700)) == ["left", "left"]
    assert sides(frame(500, 850)) == ["right"]


@pytest.mark.parametrize("count", [1, 2, 4])
def test_bubbles_as_far_from_both_edges_are_nobody_s(count: int) -> None:
    assert sides(*[frame(150, 850) for _ in range(count)]) == ["?"] * count


def test_one_ground_alone_proves_no_side_of_a_wide_bubble() -> None:
    assert sides(frame(150, 850), frame(150, 400), frame(150, 300)) == ["?", "left", "left"]


def test_a_wide_bubble_is_of_the_side_that_alone_has_its_ground() -> None:
    told = sides(frame(150, 850), frame(150, 850, GREEN), frame(150, 300), frame(500, 850, GREEN))
    assert told == ["left", "right", "left", "right"]


def test_a_ground_that_no_bubble_of_a_known_side_has_proves_nothing() -> None:
    assert sides(frame(150, 850, GREEN), frame(150, 300), frame(150, 500)) == ["?", "left", "left"]


def test_a_ground_that_both_sides_have_proves_nothing() -> None:
    assert sides(frame(150, 850), frame(150, 300), frame(500, 850), frame(600, 850, GREEN))[0] == "?"


def test_the_ground_of_a_card_proves_nothing() -> None:
    others = (frame(150, 300), frame(500, 850, GREEN))
    assert sides(frame(150, 850, is_card=True), *others)[0] == "?"
    assert sides(frame(150, 850), *others)[0] == "left"


def test_a_card_that_ends_beyond_both_edges_is_not_given_to_the_other_side() -> None:
    """Two wide green bubbles, a red packet from the left that is wider than they are: no right edge is known."""
    told = sides(frame(150, 850, GREEN), frame(150, 600), frame(150, 850, GREEN), frame(150, 280), frame(150, 930, RED))
    assert told[1] == told[3] == "left"
    assert "right" not in told
    assert told[0] == told[2] == "?"


def test_mirrored_edges_are_known_without_a_short_bubble() -> None:
    """Bubbles with a tail over their edge: each begins at one edge and ends beyond the other."""
    told = sides(frame(180, 850, GREEN), frame(150, 880), frame(120, 850, GREEN), frame(150, 880))
    assert told == ["right", "left", "right", "left"]


def test_a_frame_at_neither_edge_is_no_bubble() -> None:
    assert sides(frame(150, 400), frame(500, 850, GREEN), frame(300, 700))[2] is None


def test_in_a_column_off_the_middle_nothing_is_given_to_the_other_side() -> None:
    """A panel of details beside the chat was not seen: all bubbles stand left of what is taken for the axis."""
    told = sides(frame(50, 200), frame(300, 480, GREEN), frame(50, 300), frame(350, 480, GREEN))
    assert told == ["left", "?", "left", "?"]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(st.booleans(), st.integers(60, 700)), min_size=1, max_size=8), st.sampled_from([WHITE, GREEN])
)
def test_no_side_is_ever_wrong(turns: list[tuple[bool, int]], mine: str) -> None:
    """Bubbles of any width between mirrored edges: each is told right or left open."""
    frames = [
        frame(850 - width, 850, mine, top=80.0 * at) if me else frame(150, 150 + width, top=80.0 * at)
        for at, (me, width) in enumerate(turns)
    ]
    for told, (me, _) in zip(sides_of(frames, AREA), turns, strict=True):
        assert not told.sure or told.side == ("right" if me else "left")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(60, 700)), min_size=1, max_size=8), st.floats(0.2, 5.0))
def test_a_page_read_in_the_mirror_has_its_sides_swapped(turns: list[tuple[bool, int]], scale: float) -> None:
    def drawn(*, mirrored: bool) -> list[Frame]:
        return [
            frame((850 - width) * scale, 850 * scale) if me != mirrored else frame(150 * scale, (150 + width) * scale)
            for me, width in turns
        ]

    area = (0.0, 1000.0 * scale)
    swap = {"left": "right", "right": "left", None: None}
    here, there = (sides_of(drawn(mirrored=mirrored), area) for mirrored in (False, True))
    assert [swap[told.side] for told in here if told.sure] == [told.side for told in there if told.sure]


def test_a_bubble_whose_side_is_open_has_no_sender_and_side_unknown() -> None:
    chat = Chat().title("橘子汽水").middle("2026年3月12日 21:20").say("left", "在吗").say("left", "好的，谢谢")
    room = int((chat.width - 2 * chat.edge - 1.1 * chat.size) / chat.size)
    pad = chat.width - 2 * chat.edge - 1.1 * chat.size - room * chat.size
    chat.edge += pad / 2
    chat.say("right", "我" * room).say("right", "你" * room)
    chat.edge -= pad / 2
    found = messages(read(chat))
    assert {message.sender for message in found if message.side == "unknown"} <= {None}
    assert "other" not in {message.side for message in found[2:]}


@pytest.mark.parametrize(("side", "told"), [("left", "other"), ("right", "self")])
def test_a_name_above_a_wide_bubble_proves_its_side(side: str, told: str) -> None:
    chat = Chat(right="#ffffff").title("仓库群(18)").middle("2026年3月12日 21:20")
    room = int((chat.width - 2 * chat.edge - 1.1 * chat.size) / (0.95 * chat.size))
    for _ in range(2):
        chat.small("阿青", side).say(side, "我" * room)
    chat.small("阿强").say("left", "好").middle("2026年3月13日 08:05")
    assert said(read(chat))[0][0] == told
