"""Breaking lines: no bad starts, no bad ends, nothing too wide, nothing lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stages.assemble.style import BODY, Style
from stages.assemble.text import NO_END, NO_START, Span, TextLine, break_lines, can_break

CLOSING, OPENING = "，。、；：？！）》」』】”’%", "（《「『【“‘￥"
PROSE = st.text(alphabet="买家说下单一周没发货Abc12 09:SF-" + CLOSING + OPENING, max_size=120)


def measure(text: str, style: Style) -> list[float]:
    return [style.size * (0.5 if char.isascii() else 1.0) for char in text]


def lines(text: str, ems: float = 10) -> tuple[TextLine, ...]:
    return break_lines([Span(text, BODY)], ems * BODY.size, measure)


def texts(text: str, ems: float = 10) -> list[str]:
    return [line.text for line in lines(text, ems)]


def test_a_closing_mark_takes_the_character_before_it_along() -> None:
    assert texts("一二三四五六七八九十。") == ["一二三四五六七八九", "十。"]


def test_an_opening_mark_goes_to_the_next_line() -> None:
    assert texts("一二三四五六七八九“十”") == ["一二三四五六七八九", "“十”"]


def test_words_and_numbers_stay_whole() -> None:
    assert texts("单号是 SF3006662992881 请查收") == ["单号是", "SF3006662992881 请查", "收"]


def test_a_word_longer_than_a_line_is_cut_and_not_lost() -> None:
    found = texts("A" * 45)
    assert "".join(found) == "A" * 45
    assert max(len(line) for line in found) == 20


def test_dashes_and_dots_in_pairs_stay_together() -> None:
    assert not can_break("—", "—")
    assert not can_break("…", "…")


def test_a_mark_after_a_blank_does_not_begin_a_line() -> None:
    assert texts("SF300SF300 ，", 6) == ["SF300SF30", "0 ，"]


@pytest.mark.parametrize(
    ("left", "right", "may"),
    [
        ("买", "家", True),
        ("买", "，", False),
        ("（", "买", False),
        ("买", "（", True),
        ("）", "买", True),
        ("买", "a", True),
        ("a", "买", True),
        ("a", "b", False),
        ("1", ".", False),
        ("a", "-", False),
        (" ", "a", True),
        ("a", " ", False),
        ("，", " ", False),
        ("e", "\u0301", False),
        ("¥", "2", False),
        ("0", "%", False),
        ("“", "买", False),
        ("买", "”", False),
    ],
)
def test_where_a_line_may_end(left: str, right: str, may: bool) -> None:
    assert can_break(left, right) is may


def test_no_mark_both_opens_and_closes() -> None:
    assert not NO_START & NO_END


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("金额¥270.80元，已付清了吧", ["金额¥270.80元，已付", "清了吧"]),
        ("他说：“好的。”就走了再没回来", ["他说：“好的。”就走", "了再没回来"]),
        ("一二三四五六七八九……十", ["一二三四五六七八", "九……十"]),
        ("一二三四五六七八九（十）", ["一二三四五六七八九", "（十）"]),
        ("一二三四五六七八九”）。十", ["一二三四五六七八", "九”）。十"]),
        ("http://example.com/a/long/path/of/words", ["http://example.com/a", "/long/path/of/words"]),
    ],
)
def test_lines_end_as_a_typesetter_would_end_them(text: str, wanted: list[str]) -> None:
    assert texts(text) == wanted


def test_a_column_narrower_than_a_character_takes_one_a_line() -> None:
    assert texts("买家说", 0.5) == ["买", "家", "说"]


def test_blanks_at_a_break_are_dropped_and_those_inside_stay() -> None:
    assert texts("word word    word wordword", 8) == ["word word", "word wordword"]


def test_a_line_of_blanks_is_empty() -> None:
    assert texts("   \n一") == ["", "一"]


def test_a_link_that_is_broken_is_one_on_both_lines() -> None:
    found = break_lines([Span("一二", BODY), Span("三四五六", BODY, "there")], 4 * BODY.size, measure)
    assert [[(piece.text, piece.link) for piece in line.pieces] for line in found] == [
        [("一二", None), ("三四", "there")],
        [("五六", "there")],
    ]


def test_pieces_stand_side_by_side() -> None:
    (line,) = break_lines([Span("一", BODY), Span("a", BODY), Span("二三", BODY._replace(size=5))], 500, measure)
    assert [piece.x for piece in line.pieces] == [0, BODY.size, 1.5 * BODY.size]
    assert sum(piece.width for piece in line.pieces) == line.width


def test_a_line_feed_ends_a_line_and_blanks_at_its_end_go() -> None:
    assert texts("一  \n\n二") == ["一", "", "二"]


def test_no_text_is_one_empty_line() -> None:
    assert texts("") == [""]


def test_styles_and_links_stay_with_their_text() -> None:
    red = BODY._replace(size=5)
    (line,) = break_lines([Span("一二", BODY), Span("三", red, "there")], 500, measure)
    first, second = line.pieces
    assert (first.text, first.x, first.link) == ("一二", 0, None)
    assert (second.text, second.style, second.link) == ("三", red, "there")
    assert second.x == first.width == 2 * BODY.size
    assert line.width == 2 * BODY.size + 5


@settings(max_examples=100, deadline=None)
@given(PROSE, st.integers(4, 20))
def test_nothing_is_wider_than_its_column(text: str, ems: int) -> None:
    assert all(line.width <= ems * BODY.size + 1e-6 for line in lines(text, ems))


@settings(max_examples=100, deadline=None)
@given(PROSE, st.integers(4, 20))
def test_nothing_but_blanks_is_lost(text: str, ems: int) -> None:
    assert "".join(texts(text, ems)).replace(" ", "") == text.replace(" ", "")


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(["买家", "说", "SF300", "31", "（见表）", "“好”", "，", "。", "：", " "]), max_size=40),
    st.integers(6, 20),
)
def test_no_line_begins_or_ends_badly(parts: list[str], ems: int) -> None:
    text = "".join(
        part for at, part in enumerate(parts) if at == 0 or not (part in CLOSING and parts[at - 1] in CLOSING)
    )
    found = texts("头" + text, ems)
    assert not [line for line in found[1:] if line and line[0] in NO_START]
    assert not [line for line in found[:-1] if line and line[-1] in NO_END]


@settings(max_examples=100, deadline=None)
@given(PROSE, st.integers(4, 20))
def test_breaking_again_changes_nothing(text: str, ems: int) -> None:
    for line in texts(text, ems):
        assert texts(line, ems) == [line]


@settings(max_examples=100, deadline=None)
@given(st.lists(PROSE, max_size=4), st.integers(4, 20))
def test_styles_do_not_move_the_breaks(parts: list[str], ems: int) -> None:
    spans = [Span(part, BODY, str(at)) for at, part in enumerate(parts)]
    apart = [line.text for line in break_lines(spans, ems * BODY.size, measure)]
    assert apart == texts("".join(parts), ems)


def test_a_unit_stays_with_its_number() -> None:
    assert not can_break(" ", "页")
    assert can_break(" ", "证")
