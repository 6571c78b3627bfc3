"""The book: where things stand, where they can be reached, and what a pass tells the next."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.locate import Locator
from pipeline.model import Note
from stages.assemble.build import _pass, lay_out
from stages.assemble.content import Content
from stages.assemble.fonts import Fonts
from stages.assemble.layout import Book, Entry, baseline, height_of
from stages.assemble.page import Glyphs, Link, Rule
from stages.assemble.style import BODY, BOTTOM, CELL, INK, LABEL, LEFT, LINE, MM, RIGHT, TITLE, TOP, WIDTH
from stages.assemble.text import Span
from tests.stages.assemble.drawing import a_book, glyphs, in_language, lines

LONG = "这是一段很长的文字，会排成许多行，一直排到下一页上去。" * 90


def test_a_paragraph_flows_over_pages_and_is_whole(book: Book) -> None:
    book.flow(LONG, BODY)
    assert len(book.pages) > 1
    assert "".join(mark.text for mark in glyphs(book.pages)) == LONG
    assert all(TOP < mark.y < BOTTOM for mark in glyphs(book.pages))


def test_lines_stand_their_leading_apart(book: Book) -> None:
    book.flow("一\n二\n三", BODY)
    ys = [mark.y for mark in glyphs(book.pages)]
    assert [round(low - high, 6) for high, low in pairwise(ys)] == [BODY.leading] * 2
    assert ys[0] == baseline(TOP, BODY)
    assert book.y == pytest.approx(TOP + 3 * BODY.leading)


def test_space_after_a_paragraph_is_kept(book: Book) -> None:
    book.flow("一", BODY, after=10)
    assert book.y == TOP + BODY.leading + 10


def test_need_turns_only_a_page_that_holds_something(book: Book) -> None:
    book.need(10_000)
    assert len(book.pages) == 1
    book.y += 1
    book.need(10_000)
    assert len(book.pages) == 2
    assert (book.page.head, book.page.foot, book.y) == ("上", "下", TOP)


def test_room_is_what_is_left(book: Book) -> None:
    assert book.room == BOTTOM - TOP
    book.y = BOTTOM
    assert book.room == 0


def test_a_section_opens_a_page_with_its_title_and_can_be_reached(book: Book) -> None:
    book.section("timeline", "时间线", "共 3 项。")
    assert (book.page.number, book.page.head, book.page.foot) == (2, "时间线", "时间线")
    assert lines(book.page) == ["时间线", "共 3 项。"]
    assert book.destinations["timeline"][0] == 2
    assert book.outline == [Entry("时间线", "timeline", 0)]


def test_an_entry_may_say_more_than_the_title(book: Book) -> None:
    book.section("part", "题目", entry="第一部分\u202e", level=1)
    assert book.outline == [Entry("第一部分", "part", 1)]


def test_a_destination_lies_a_little_above_its_line(book: Book) -> None:
    book.y = 200
    book.reach("here")
    page, height = book.destinations["here"]
    assert (page, height) == (1, 200 - 8 * MM)
    assert not book.outline


def test_no_destination_lies_above_its_page(book: Book) -> None:
    book.y = 0
    book.reach("top")
    assert book.destinations["top"] == (1, 0)


def test_the_later_showing_of_a_place_counts(book: Book) -> None:
    where = Locator(lines=(1, 2))
    book.show("2", where)
    book.turn()
    book.show("2", where)
    assert book.placed == {("2", where): 2}
    book.show("2", where, 9)
    assert book.learnt().placed == {("2", where): 9}


def test_a_pass_tells_pages_and_not_heights(book: Book) -> None:
    book.reach("here")
    book.exhibits["1"] = (1, 1)
    book.notes = [Note(code="glyph-missing")]
    learnt = book.learnt()
    assert learnt.destinations == {"here": 1}
    assert learnt.exhibits == {"1": (1, 1)}
    assert learnt.notes == (Note(code="glyph-missing"),)
    book.exhibits["1"] = (2, 2)
    assert learnt.exhibits == {"1": (1, 1)}


def test_words_on_a_baseline_end_where_they_are_told(fonts: Fonts, book: Book) -> None:
    width = book.put("第 1 页", RIGHT, 500, LABEL, right=True, link="here")
    (mark,) = glyphs(book.pages)
    assert mark.x + width == pytest.approx(RIGHT)
    assert width == pytest.approx(fonts.width("第 1 页", "regular", LABEL.size)) == book.width("第 1 页", LABEL)
    (link,) = (mark for mark in book.page.marks if isinstance(mark, Link))
    assert link.x == pytest.approx(RIGHT - width)
    assert (link.width, link.to) == (width, "here")
    assert link.y < 500 < link.y + link.height


def test_words_on_a_baseline_stay_on_one_line(book: Book) -> None:
    book.put("一\n二\u2028三", LEFT, 100, LABEL)
    assert lines(book.page) == ["一 二 三"]


def test_runs_of_several_fonts_stand_side_by_side(fonts: Fonts, book: Book) -> None:
    book.put("好😀了", LEFT, 100, CELL)
    first, second, third = glyphs(book.pages)
    assert len({first.face, second.face}) == 2
    assert first.face == third.face
    assert second.x == pytest.approx(first.x + fonts.width("好", "regular", CELL.size))
    assert third.x == pytest.approx(second.x + fonts.width("😀", "regular", CELL.size))


def test_rules_are_heavy_in_ink_and_thin_in_grey(book: Book) -> None:
    book.rule(100)
    book.rule(110, 1, LEFT + 5, RIGHT - 5)
    thin, heavy = (mark for mark in book.page.marks if isinstance(mark, Rule))
    assert (thin.colour, heavy.colour) == (LINE, INK)
    assert (heavy.x, heavy.to_x) == (LEFT + 5, RIGHT - 5)


def test_a_title_too_long_for_the_head_is_cut_and_does_not_meet_the_other(fonts: Fonts) -> None:
    book = a_book(fonts)
    book.title = "很长的卷宗题目" * 20
    book.pages[0].head = "很长的部分题目" * 20
    book.finish()
    left, right = glyphs(book.pages)[:2]
    assert left.x == LEFT
    assert left.x + fonts.width(left.text, left.face, left.size) < right.x
    assert right.x + fonts.width(right.text, right.face, right.size) == pytest.approx(RIGHT)


def test_the_foot_does_not_lead_to_its_own_page(book: Book) -> None:
    book.reach("brief")
    book.reach("catalogue")
    book.turn()
    book.finish()
    led = [{mark.to for mark in page.marks if isinstance(mark, Link)} for page in book.pages]
    assert led == [set(), {"brief", "catalogue"}]


def test_height_is_lines_times_leading(book: Book) -> None:
    assert height_of(book.lines("一\n二", WIDTH, TITLE), TITLE) == 2 * TITLE.leading


def test_links_lie_on_their_words_only(fonts: Fonts, book: Book) -> None:
    book.flow([Span("见", CELL), Span("第 2 页", CELL, "page-2"), Span("。", CELL)], CELL)
    (link,) = (mark for mark in book.page.marks if isinstance(mark, Link))
    assert link.x == pytest.approx(LEFT + CELL.size)
    assert link.width == pytest.approx(fonts.width("第 2 页", "regular", CELL.size))


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_page_says_which_of_how_many_it_is(fonts: Fonts, content: Content, language: str) -> None:
    book = lay_out(fonts, in_language(content, language))
    total = len(book.pages)
    for page in book.pages:
        wanted = f"第 {page.number} 页，共 {total} 页" if language == "zh-CN" else f"Page {page.number} of {total}"
        assert sum(mark.text == wanted for mark in page.marks if isinstance(mark, Glyphs)) == 1
        assert page.head
        assert page.foot


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_link_has_its_destination_and_every_number_its_page(
    fonts: Fonts, content: Content, language: str
) -> None:
    book = lay_out(fonts, in_language(content, language))
    for page in book.pages:
        for mark in page.marks:
            if isinstance(mark, Link):
                assert mark.to in book.destinations
    assert all(1 <= page <= len(book.pages) for page, _ in book.destinations.values())
    assert all(1 <= page <= len(book.pages) for page in book.placed.values())


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_another_pass_would_change_nothing(fonts: Fonts, content: Content, language: str) -> None:
    book = lay_out(fonts, in_language(content, language))
    assert _pass(fonts, in_language(content, language), book.learnt()).learnt() == book.learnt()


def test_laying_out_again_gives_the_same_pages(fonts: Fonts, content: Content) -> None:
    first, second = (lay_out(fonts, content) for _ in range(2))
    assert [page.marks for page in first.pages] == [page.marks for page in second.pages]
    assert first.destinations == second.destinations


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(alphabet="买家说下单一周没发货，“好”。Abc12 \n", max_size=200), max_size=6),
    st.floats(30, 170),
    st.floats(0, 255),
)
def test_flowing_text_stays_inside_its_column(fonts: Fonts, texts: list[str], wide: float, down: float) -> None:
    book = a_book(fonts)
    book.y += down * MM
    for one in texts:
        book.flow(one, BODY, LEFT, wide * MM)
    for mark in glyphs(book.pages):
        assert LEFT - BODY.size / 2 <= mark.x
        assert mark.x + fonts.width(mark.text, mark.face, mark.size) <= LEFT + wide * MM + 1e-6
        assert mark.y < BOTTOM
