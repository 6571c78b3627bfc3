"""The parts under strain: much too much text, long messages, many marks, wide pictures, hostile words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace

from pipeline.contract import Inputs
from pipeline.locate import Locator
from pipeline.model import Balance, Dating, Finding, Layout, Mark, Marks, Message, Note, Reading, Unread
from stages.assemble import STAGE
from stages.assemble.fonts import Fonts, find
from stages.assemble.layout import NOTHING_KNOWN, Book
from stages.assemble.page import Box, Glyphs, Rule, Triangle
from stages.assemble.parts.integrity import grouped
from stages.assemble.style import BOTTOM, CELL, LEFT, MM, RIGHT
from stages.assemble.table import Column, Row, Tag, table, tag
from stages.assemble.words import Words
from tests.stages.assemble import sample

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


def run(case: sample.Sample, **documents: object) -> tuple[Layout, list[str]]:
    inputs = Inputs(
        items=case.inputs.items,
        documents={**case.inputs.documents, **documents},
        custody=case.inputs.custody,
        path=case.inputs.path,
        scratch=case.inputs.scratch,
        notes=case.inputs.notes,
    )
    made = STAGE.run(inputs, case.params)
    document = pypdfium2.PdfDocument(made.files["dossier.pdf"])
    texts = [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]
    document.close()
    assert isinstance(made.document, Layout)
    return made.document, texts


def glyphs(book: Book) -> list[Glyphs]:
    return [mark for page in book.pages for mark in page.marks if isinstance(mark, Glyphs)]


def test_a_brief_with_too_much_stays_one_page_and_says_where_the_rest_is(tmp_path: Path) -> None:
    case = sample.make(tmp_path)
    appraisal = case.inputs.documents["appraise"]
    findings = tuple(Finding(says=f"{LONG}{n}", finding="no-evidence", claimed=None, agrees=None) for n in range(30))
    fact = replace(appraisal.facts[0], text=LONG * 6)
    strained = replace(appraisal, headline=LONG * 5, statements=findings, facts=(fact,) * 5)
    layout, texts = run(case, appraise=strained)
    assert layout.sections["answers"] == 2
    assert "全文见第 2 页" in texts[0].replace("\n", "")
    assert "句，见第 2 页" in texts[0].replace("\n", "")
    assert "经过" in texts[0]
    answers = "".join(texts[1 : layout.sections["statement"] - 1]).replace("\n", "")
    assert all(f"{LONG}{n}" in answers for n in range(30))


def test_a_message_longer_than_a_page_goes_on_and_is_whole(tmp_path: Path) -> None:
    case = sample.make(tmp_path)
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
    strained = sample.Sample(
        Inputs(items=tuple(items), documents=case.inputs.documents, custody=case.inputs.custody, path=case.inputs.path,
               scratch=case.inputs.scratch),
        case.params,
    )  # fmt: skip
    layout, texts = run(strained)
    first, last = layout.exhibits["5-1"]
    assert last > first
    shown = "".join(texts[first - 1 : last]).replace("\n", "")
    assert all(f"第{n}句话" in shown for n in (0, 450, 899))
    assert "发送人不明" in shown


def test_notes_that_do_not_fit_beside_a_picture_are_all_printed(tmp_path: Path) -> None:
    case = sample.make(tmp_path)
    lines = sample.order_screen().lines
    marks = tuple(
        Mark(number=n, exhibit="3", where=lines[n % len(lines)].where, title=f"标注{n}号", text=LONG)
        for n in range(1, 40)
    )
    layout, texts = run(case, annotate=Marks(marks=marks))
    first, last = layout.exhibits["3"]
    shown = "".join(texts[first - 1 : last])
    assert all(f"标注{n}号" in shown for n in range(1, 40))


def test_a_wide_picture_has_its_notes_below(tmp_path: Path) -> None:
    case = sample.make(tmp_path)
    mark = Mark(number=1, exhibit="5-2", where=Locator(box=(40, 50, 232, 110)), title="包装", text="看这里")
    layout, texts = run(case, annotate=Marks(marks=(mark,)))
    first, last = layout.exhibits["5-2"]
    assert last == first + 1
    assert layout.page_of("5-2", mark.where) == last
    assert "看这里" in texts[last - 1]


def test_words_of_every_reader_are_printed(tmp_path: Path) -> None:
    case = sample.make(tmp_path)
    items = tuple(
        replace(item, failed=(Unread(code="from-elsewhere", where=Locator(sheet="表", rows=(3, 4))),))
        if item.exhibit.label == "2"
        else item
        for item in case.inputs.items
    )
    inputs = Inputs(items=items, documents=case.inputs.documents, custody=case.inputs.custody, path=case.inputs.path,
                    scratch=case.inputs.scratch, notes=(Note(code="also-from-elsewhere"),))  # fmt: skip
    layout, texts = run(sample.Sample(inputs, case.params))
    shown = texts[layout.sections["unread"] - 1]
    assert "from-elsewhere" in shown
    assert "“表”表第 3、4 行" in shown
    assert "also-from-elsewhere" in shown


def test_a_table_repeats_its_head_and_keeps_every_row(book: Book) -> None:
    table(book, [Column("号", 20 * MM), Column("话", 100 * MM)], [Row([str(n), LONG]) for n in range(120)])
    assert len(book.pages) > 2
    texts = [glyph.text for glyph in glyphs(book)]
    assert texts.count("号") == len(book.pages)
    assert [text for text in texts if text.isdecimal()] == [str(n) for n in range(120)]
    assert max(glyph.y for glyph in glyphs(book)) < BOTTOM


def test_a_row_taller_than_a_page_is_continued(book: Book) -> None:
    table(book, [Column("话", 60 * MM)], [Row(["\n".join(f"行{n}" for n in range(150))])])
    assert [glyph.text for glyph in glyphs(book) if glyph.text.startswith("行")] == [f"行{n}" for n in range(150)]
    assert max(glyph.y for glyph in glyphs(book)) < BOTTOM


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
    quoted, plain = glyphs(book)
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


def test_numbers_at_one_height_stand_side_by_side_in_their_order(tmp_path: Path) -> None:
    case = sample.make(tmp_path)
    where = sample.order_screen().line("订单编号").where
    assert where.box is not None
    left, top, right, bottom = where.box
    halves = (Locator(box=(left, top, 300, bottom)), Locator(box=(310, top, right, bottom)))
    marks = tuple(
        Mark(number=n, exhibit="3", where=half, title=f"第{n}处", text="") for n, half in enumerate(halves, 1)
    )
    layout, _ = run(case, annotate=Marks(marks=marks))
    document = pypdfium2.PdfDocument(tmp_path / "scratch" / "dossier.pdf")
    text = document[layout.exhibits["3"][1] - 1].get_textpage()
    places = {}
    for at in range(text.count_chars()):
        char, box = text.get_text_range(at, 1), text.get_charbox(at)
        if char in {"1", "2"} and box[0] < LEFT:
            places[char] = box
    document.close()
    assert places["1"][2] < places["2"][0]
    assert abs(places["1"][1] - places["2"][1]) < 1


def test_a_heading_stays_with_what_follows(book: Book) -> None:
    book.y = BOTTOM - 30 * MM
    book.heading("题目", keep=40 * MM)
    assert len(book.pages) == 2


def test_an_exhibit_of_which_only_a_date_is_known_has_no_page_of_its_own(tmp_path: Path) -> None:
    case = sample.make(tmp_path)
    dated = Dating(
        where=Locator(tag="file name"), role="file.dated", at=sample.at("2026-03-16 21:20:03"), text="", basis="name"
    )
    balance = Balance(unit="items", total=1, records=1)
    reading = Reading(reader="exif@1", format="picture-dates", records=(dated,), balance=balance)
    items = tuple(
        replace(item, readings=(reading,)) if item.exhibit.label == "6" else item for item in case.inputs.items
    )
    inputs = Inputs(items=items, documents=case.inputs.documents, custody=case.inputs.custody, path=case.inputs.path,
                    scratch=case.inputs.scratch)  # fmt: skip
    layout, _ = run(sample.Sample(inputs, case.params))
    assert layout.exhibits["6"] == (layout.sections["unread"],) * 2
