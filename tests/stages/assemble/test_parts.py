"""The parts under strain: much too much text, long messages, many marks, wide pictures, hostile words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from pipeline.contract import Inputs, Item
from pipeline.locate import Locator
from pipeline.model import Balance, Dating, Finding, Layout, Mark, Marks, Message, Note, Reading, Unread
from stages.assemble.build import _content, _layout, lay_out
from stages.assemble.fonts import Fonts, find
from stages.assemble.layout import NOTHING_KNOWN, Book
from stages.assemble.page import Box, Glyphs, Page, Rule, Triangle
from stages.assemble.parts.integrity import grouped
from stages.assemble.style import BOTTOM, CELL, LEFT, MM, RIGHT
from stages.assemble.table import Column, Row, Tag, table, tag
from stages.assemble.words import Words
from tests.stages.assemble import sample
from tests.stages.assemble.drawing import glyphs, lines

LONG = "这是一段很长的评价，用来填满页面，看看会不会溢出。"


@pytest.fixture(scope="module")
def fonts() -> Iterator[Fonts]:
    with Fonts(*find()) as fonts:
        yield fonts


@pytest.fixture
def book(fonts: Fonts) -> Book:
    book = Book(fonts, Words("zh-CN"), "卷宗", NOTHING_KNOWN)
    book.open("上", "下")
    return book


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> sample.Sample:
    return sample.make(tmp_path_factory.mktemp("parts"))


Run = Callable[..., tuple[Layout, list[Page]]]


@pytest.fixture
def run(fonts: Fonts, case: sample.Sample) -> Run:
    """`run(items=…, notes=…, …documents)`: where everything stands in the sample case with these, and its pages.

    Nothing is painted: that what is laid out is what is printed, the tests of the finished dossier prove.
    """

    def lay(items: tuple[Item, ...] | None = None, notes: tuple[Note, ...] = (), **documents: object) -> Any:
        given = case.inputs
        inputs = Inputs(items=items or given.items, documents={**given.documents, **documents}, notes=notes,
                        custody=given.custody, path=given.path, scratch=given.scratch)  # fmt: skip
        content, _ = _content(inputs, case.params, b"{}")
        book = lay_out(fonts, content)
        return _layout(book), book.pages

    return lay


def texts_of(pages: Iterable[Page]) -> list[str]:
    return ["".join(lines(page)) for page in pages]


def test_a_brief_with_too_much_stays_one_page_and_says_where_the_rest_is(case: sample.Sample, run: Run) -> None:
    appraisal = case.inputs.documents["appraise"]
    findings = tuple(Finding(says=f"{LONG}{n}", finding="no-evidence", claimed=None, agrees=None) for n in range(30))
    fact = replace(appraisal.facts[0], text=LONG * 6)
    strained = replace(appraisal, headline=LONG * 5, statements=findings, facts=(fact,) * 5)
    layout, pages = run(appraise=strained)
    texts = texts_of(pages)
    assert layout.sections["answers"] == 2
    assert "全文见第 2 页" in texts[0]
    assert "句，见第 2 页" in texts[0]
    assert "经过" in texts[0]
    answers = "".join(texts[1 : layout.sections["statement"] - 1])
    assert all(f"{LONG}{n}" in answers for n in range(30))


def test_a_message_longer_than_a_page_goes_on_and_is_whole(case: sample.Sample, run: Run) -> None:
    said = "".join(f"第{n}句话，" for n in range(900))
    items = []
    for item in case.inputs.items:
        if item.exhibit.label == "5-1":
            message = item.readings[0].records[0]
            assert isinstance(message, Message)
            reading: Reading = replace(
                item.readings[0], records=(replace(message, text=said, sender=None, side="unknown"),)
            )
            item = replace(item, readings=(reading,))
        items.append(item)
    layout, pages = run(items=tuple(items))
    texts = texts_of(pages)
    first, last = layout.exhibits["5-1"]
    assert last > first
    shown = "".join(texts[first - 1 : last])
    assert all(f"第{n}句话" in shown for n in (0, 450, 899))
    assert "发送人不明" in shown


def test_notes_that_do_not_fit_beside_a_picture_are_all_printed(run: Run) -> None:
    shown = sample.order_screen().lines
    marks = tuple(
        Mark(number=n, exhibit="3", where=shown[n % len(shown)].where, title=f"标注{n}号", text=LONG)
        for n in range(1, 40)
    )
    layout, pages = run(annotate=Marks(marks=marks))
    texts = texts_of(pages)
    first, last = layout.exhibits["3"]
    printed = "".join(texts[first - 1 : last])
    assert all(f"标注{n}号" in printed for n in range(1, 40))


def test_a_wide_picture_has_its_notes_below(run: Run) -> None:
    mark = Mark(number=1, exhibit="5-2", where=Locator(box=(40, 50, 232, 110)), title="包装", text="看这里")
    layout, pages = run(annotate=Marks(marks=(mark,)))
    texts = texts_of(pages)
    first, last = layout.exhibits["5-2"]
    assert last == first + 1
    assert layout.page_of("5-2", mark.where) == last
    assert "看这里" in texts[last - 1]


def test_words_of_every_reader_are_printed(case: sample.Sample, run: Run) -> None:
    items = tuple(
        replace(item, failed=(Unread(code="from-elsewhere", where=Locator(sheet="表", rows=(3, 4))),))
        if item.exhibit.label == "2"
        else item
        for item in case.inputs.items
    )
    layout, pages = run(items=items, notes=(Note(code="also-from-elsewhere"),))
    texts = texts_of(pages)
    shown = texts[layout.sections["unread"] - 1]
    assert "from-elsewhere" in shown
    assert "“表”表第 3、4 行" in shown
    assert "also-from-elsewhere" in shown


def test_a_table_repeats_its_head_and_keeps_every_row(book: Book) -> None:
    table(book, [Column("号", 20 * MM), Column("话", 100 * MM)], [Row([str(n), LONG]) for n in range(120)])
    assert len(book.pages) > 2
    texts = [glyph.text for glyph in glyphs(book.pages)]
    assert texts.count("号") == len(book.pages)
    assert [text for text in texts if text.isdecimal()] == [str(n) for n in range(120)]
    assert max(glyph.y for glyph in glyphs(book.pages)) < BOTTOM


def test_a_row_taller_than_a_page_is_continued(book: Book) -> None:
    table(book, [Column("话", 60 * MM)], [Row(["\n".join(f"行{n}" for n in range(150))])])
    assert [glyph.text for glyph in glyphs(book.pages) if glyph.text.startswith("行")] == [f"行{n}" for n in range(150)]
    assert max(glyph.y for glyph in glyphs(book.pages)) < BOTTOM


def test_verdicts_differ_in_shape() -> None:
    shapes = set()
    for shape in ("contradicted", "partly", "supported", "opinion", "no-evidence"):
        with Fonts(*find()) as fonts:
            book = Book(fonts, Words("zh-CN"), "", NOTHING_KNOWN)
            book.open("", "")
            tag(book, Tag(shape, "结论"), LEFT, 100, CELL)
        drawn = [mark for mark in book.page.marks if not isinstance(mark, Glyphs)]
        shapes.add(tuple(
            (type(mark), getattr(mark, "fill", None) is not None, bool(getattr(mark, "dash", ()))) for mark in drawn
        ))  # fmt: skip
    assert len(shapes) == 5
    assert any(Triangle in [kind for kind, *_ in shape] for shape in shapes)


def test_heads_and_feet_say_where_the_reader_is(book: Book) -> None:
    book.reach("brief", "摘要")
    book.turn()
    book.reach("catalogue", "目录")
    book.finish()
    first, second = ({mark.text for mark in page.marks if isinstance(mark, Glyphs)} for page in book.pages)
    assert {"卷宗", "上", "下", "第 1 页，共 2 页"} <= first
    assert "← 目录" in first
    assert "← 摘要" in second
    assert any(isinstance(mark, Rule) for mark in book.pages[0].marks)


def test_an_opening_mark_hangs_at_the_start_of_a_line(book: Book) -> None:
    book.flow("“好”", CELL)
    book.flow("好", CELL)
    quoted, plain = glyphs(book.pages)
    assert quoted.x < plain.x == LEFT


def test_a_bar_and_a_rule_span_the_page(book: Book) -> None:
    book.bar(LEFT, 100, 3, 20)
    book.rule(130, 1)
    box, rule = book.page.marks
    assert isinstance(box, Box)
    assert isinstance(rule, Rule)
    assert (rule.x, rule.to_x) == (LEFT, RIGHT)


def test_digests_are_printed_in_groups_of_eight() -> None:
    assert grouped("0123456789abcdef" * 4).split("\n") == ["01234567 89abcdef 01234567 89abcdef"] * 2


def test_numbers_at_one_height_stand_side_by_side_in_their_order(run: Run) -> None:
    where = sample.order_screen().line("订单编号").where
    assert where.box is not None
    left, top, right, bottom = where.box
    halves = (Locator(box=(left, top, 300, bottom)), Locator(box=(310, top, right, bottom)))
    marks = tuple(
        Mark(number=n, exhibit="3", where=half, title=f"第{n}处", text="") for n, half in enumerate(halves, 1)
    )
    layout, pages = run(annotate=Marks(marks=marks))
    page = pages[layout.exhibits["3"][1] - 1]
    places = {mark.text: mark for mark in glyphs([page]) if mark.text in {"1", "2"} and mark.x < LEFT}
    assert places["1"].x + places["1"].size / 2 < places["2"].x
    assert places["1"].y == places["2"].y


def test_a_heading_stays_with_what_follows(book: Book) -> None:
    book.y = BOTTOM - 30 * MM
    book.heading("题目", keep=40 * MM)
    assert len(book.pages) == 2


def test_an_exhibit_of_which_only_a_date_is_known_has_no_page_of_its_own(case: sample.Sample, run: Run) -> None:
    dated = Dating(
        where=Locator(tag="file name"), role="file.dated", at=sample.at("2026-03-16 21:20:03"), text="", basis="name"
    )
    balance = Balance(unit="items", total=1, records=1)
    reading = Reading(reader="exif@1", format="picture-dates", records=(dated,), balance=balance)
    items = tuple(
        replace(item, readings=(reading,)) if item.exhibit.label == "6" else item for item in case.inputs.items
    )
    layout, _ = run(items=items)
    assert layout.exhibits["6"] == (layout.sections["unread"],) * 2
