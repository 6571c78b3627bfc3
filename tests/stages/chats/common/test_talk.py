"""Lines of a text, each of which is a message's, padding, or unread."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stages.chats.common.lines import Lines
from stages.chats.common.talk import Talk


@given(st.lists(st.sampled_from(["", "  ", "> a", "b", "lost"]), max_size=12))
def test_every_line_is_taken_put_aside_or_unread(text: list[str]) -> None:
    lost = frozenset(number for number, line in enumerate(text) if line == "lost")
    shown = ["" if number in lost else line for number, line in enumerate(text)]
    talk = Talk(Lines(shown, shown, lost, "utf-8"))
    taken = 0

    def take(first: int, end: int) -> None:
        nonlocal taken
        last = talk.filled_end(first + 1, end)
        talk.add(first, last, shown[first:last], at=None, sender="a")
        taken += sum(number not in lost for number in range(first, last))

    talk.take_each([number for number, line in enumerate(shown) if line[:1] == ">"], take)
    assert taken + talk.aside + talk.refused == talk.total
    assert all(record.text.startswith("> a") for record in talk.records)
    assert {span.code for span in talk.unread} <= {"line-not-decodable", "chat-line-outside"}


def test_a_placeholder_alone_tells_the_type() -> None:
    talk = Talk(Lines(["a", "[图片]"], ["a", "[图片]"], frozenset(), "utf-8"))
    talk.add(0, 2, ["[图片]"], at=None, sender="a")
    assert [(record.type, record.where.lines) for record in talk.records] == [("image", (1, 2))]
