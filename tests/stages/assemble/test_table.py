"""Tables: every line of every cell is printed once, under a head, above the foot of its page."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stages.assemble.fonts import Fonts
from stages.assemble.layout import Book
from stages.assemble.page import Box, Link, Rule, Triangle
from stages.assemble.style import BOTTOM, CELL, INK, LEFT, MM, TOP, WHITE
from stages.assemble.table import Column, Row, Tag, draw_row, head, row_height, table, tag
from stages.assemble.text import Span
from tests.stages.assemble.drawing import a_book, glyphs, lines, links, lowest

TWO = [Column("甲栏", 50 * MM), Column("乙栏", 100 * MM)]


def column(book: Book, left: float, right: float = 1000) -> list[str]:
    """The lines of one column over all pages, heads left out."""
    found = [line for page in book.pages for line in lines(page, left, right)]
    return [line for line in found if line not in {"甲栏", "乙栏"}]


def numbered(name: str, count: int) -> str:
    return "\n".join(f"{name}{n}" for n in range(count))


def test_cells_of_a_row_start_at_one_height(book: Book) -> None:
    table(book, TWO, [Row(["一", "二\n三"])])
    first, second, third = (mark for mark in glyphs(book.pages) if mark.text in "一二三")
    assert first.y == second.y < third.y
    assert (first.x, second.x) == (LEFT, LEFT + 50 * MM)


def test_a_cell_that_goes_on_takes_its_row_with_it(book: Book) -> None:
    table(book, TWO, [Row([numbered("左", 90), numbered("右", 130)])])
    assert column(book, LEFT, LEFT + 50 * MM) == [f"左{n}" for n in range(90)]
    assert column(book, LEFT + 50 * MM) == [f"右{n}" for n in range(130)]
    assert len(book.pages) > 2


def test_each_part_of_a_long_row_stands_under_the_head(book: Book) -> None:
    table(book, TWO, [Row([numbered("左", 130), "右"])])
    for page in book.pages:
        assert lines(page)[0] == "甲栏乙栏"


def test_a_row_that_fits_a_page_is_not_cut(book: Book) -> None:
    table(book, TWO, [Row([numbered("一", 20), ""]), Row([numbered("二", 40), ""])])
    assert [line for line in lines(book.pages[0]) if line.startswith("二")] == []
    assert len([line for line in lines(book.pages[1]) if line.startswith("二")]) == 40


def test_a_table_begins_with_a_row_below_its_head(book: Book) -> None:
    book.y = BOTTOM - 30
    table(book, TWO, [Row(["一", "二"])])
    assert len(book.pages) == 2
    assert lines(book.pages[1]) == ["甲栏乙栏", "一二"]


def test_a_rule_closes_every_row(book: Book) -> None:
    table(book, TWO, [Row(["一", "二"]), Row(["三", "四"])])
    rules = [mark for mark in book.page.marks if isinstance(mark, Rule)]
    assert len(rules) == 3
    assert rules[0].weight > rules[1].weight == rules[2].weight
    assert rules[0].y < rules[1].y < rules[2].y == book.y


def test_an_empty_table_is_its_head(book: Book) -> None:
    table(book, TWO, [])
    assert lines(book.page) == ["甲栏乙栏"]


def test_rows_can_be_reached_and_lead_elsewhere(book: Book) -> None:
    rows = [Row([[Span(f"第{n}行", CELL, f"to-{n}")], numbered("话", 9)], f"row-{n}") for n in range(20)]
    table(book, TWO, rows)
    assert links(book) == {f"to-{n}" for n in range(20)}
    for n in range(20):
        page, height = book.destinations[f"row-{n}"]
        (mark,) = (mark for mark in glyphs(book.pages[page - 1 : page]) if mark.text == f"第{n}行")
        assert height < mark.y < height + 20 * MM


def test_a_link_covers_its_words(fonts: Fonts, book: Book) -> None:
    table(book, TWO, [Row([[Span("证据 ", CELL), Span("2", CELL, "exhibit-2")], ""])])
    (link,) = (mark for mark in book.page.marks if isinstance(mark, Link))
    assert link.x == pytest.approx(LEFT + fonts.width("证据 ", "regular", CELL.size))
    assert link.width == pytest.approx(fonts.width("2", "regular", CELL.size))


def test_row_height_is_what_a_row_takes(book: Book) -> None:
    for row in (Row(["一", "二"]), Row([numbered("一", 7), "二"]), Row([Tag("opinion", "观点"), "二" * 60])):
        top = book.y
        draw_row(book, TWO, row)
        assert row_height(book, TWO, row) == pytest.approx(book.y - top)


def test_a_head_is_drawn_by_itself(book: Book) -> None:
    head(book, TWO)
    assert lines(book.page) == ["甲栏乙栏"]
    assert book.y > TOP


def test_a_long_title_of_a_column_stays_one_line(book: Book) -> None:
    table(book, [Column("很长的栏目名称" * 9, 30 * MM)], [Row(["一"])])
    assert len(lines(book.page)) == 2


def test_a_tag_is_drawn_once_however_long_its_row(book: Book) -> None:
    table(book, TWO, [Row([Tag("contradicted", "不符"), numbered("话", 150)])])
    assert sum(mark.text == "不符" for mark in glyphs(book.pages)) == 1
    assert len(book.pages) > 2


@pytest.mark.parametrize(
    ("shape", "fill", "stroke", "dashed"),
    [
        ("contradicted", INK, None, False),
        ("supported", None, INK, False),
        ("partly", None, INK, False),
        ("opinion", None, INK, True),
    ],
)
def test_a_verdict_has_its_own_frame(book: Book, shape: str, fill: object, stroke: object, dashed: bool) -> None:
    width = tag(book, Tag(shape, "结论"), LEFT, 100, CELL)
    (box,) = (mark for mark in book.page.marks if isinstance(mark, Box))
    (word,) = glyphs(book.pages)
    assert (box.fill, box.stroke, bool(box.dash), box.width) == (fill, stroke, dashed, width)
    assert word.colour == (WHITE if fill else INK)
    assert box.x < word.x < box.x + box.width
    assert box.y < word.y < box.y + box.height
    assert any(isinstance(mark, Triangle) for mark in book.page.marks) == (shape == "partly")


def test_without_evidence_there_is_only_a_dotted_line(book: Book) -> None:
    tag(book, Tag("no-evidence", "无证据"), LEFT, 100, CELL)
    assert not [mark for mark in book.page.marks if isinstance(mark, Box)]
    (rule,) = (mark for mark in book.page.marks if isinstance(mark, Rule))
    assert rule.dash


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), min_size=1, max_size=12), st.floats(0, 250))
def test_no_line_is_lost_or_printed_twice_or_printed_below(
    fonts: Fonts, counts: list[tuple[int, int]], down: float
) -> None:
    book = a_book(fonts)
    book.y += down * MM
    rows = [
        Row(["\n".join(f"左{at}.{n}" for n in range(left)), "\n".join(f"右{at}.{n}" for n in range(right))])
        for at, (left, right) in enumerate(counts)
    ]
    table(book, TWO, rows)
    for side, name in ((0, "左"), (1, "右")):
        wanted = [f"{name}{at}.{n}" for at, pair in enumerate(counts) for n in range(pair[side])]
        first = LEFT + side * 50 * MM
        assert column(book, first, first + 50 * MM) == wanted
    assert lowest(book) < BOTTOM
    assert all(page.number == at for at, page in enumerate(book.pages, 1))
