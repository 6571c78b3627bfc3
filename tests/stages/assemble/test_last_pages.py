"""What was not read, integrity and the pledge: the pages that say what the dossier cannot say."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import pytest

from pipeline.contract import CustodyRecord, Item
from pipeline.locate import Locator
from pipeline.model import Applicant, Ingested, Note, Unread
from stages.assemble.build import lay_out
from stages.assemble.content import Content
from stages.assemble.fonts import Fonts, find
from stages.assemble.layout import Book
from stages.assemble.links import catalogue_row, exhibit
from stages.assemble.page import Link, Qr
from stages.assemble.parts.integrity import draw_integrity, grouped
from stages.assemble.parts.pledge import draw_pledge
from stages.assemble.parts.unread import draw_unread
from stages.assemble.style import BOTTOM
from tests.stages.assemble import sample
from tests.stages.assemble.drawing import drawn, edited, glyphs, in_language, item, lines, lowest, text


def unread(fonts: Fonts, content: Content, *items: Item, **changes: Any) -> Book:
    return drawn(fonts, replace(content, items=items, **changes), draw_unread, destinations={"integrity": 19})


def broken(label: str, *why: Unread, **values: Any) -> Item:
    return item(label, f"{label}.png", status="unread", failed=why, **values)


def test_everything_that_stayed_unread_is_listed_with_reason_and_place(fonts: Fonts, content: Content) -> None:
    why = Unread(
        code="task-failed", values={"name": "6.png", "stage": "ingest", "error": "IDAT"}, where=Locator(lines=(3, 9))
    )
    said = text(unread(fonts, content, broken("6", why, why)))
    assert said.count("处理“6.png”时出错") == 2
    assert said.count("第 3–9 行") == 2


def test_a_status_without_a_reason_is_said_to_have_none(fonts: Fonts, content: Content) -> None:
    assert "未能读取，没有记录原因。" in text(unread(fonts, content, broken("6")))


def test_a_withdrawn_exhibit_keeps_its_number_and_says_no_more(fonts: Fonts, content: Content) -> None:
    gone = item("7", "old.png", sample.order_record(), status="withdrawn", failed=(Unread(code="task-failed"),))
    said = text(unread(fonts, content, gone))
    assert "7old.png已从投递文件夹移除，编号保留，内容不作为证据。" in said
    assert sample.ORDER not in said


def test_what_was_read_in_part_is_listed_too(fonts: Fonts, content: Content) -> None:
    partly = item("2", "a.csv", sample.order_record(), status="partly", failed=(Unread(code="their-own-code"),))
    assert "their-own-code" in text(unread(fonts, content, partly))


def test_when_all_was_read_it_says_so(fonts: Fonts, content: Content) -> None:
    said = text(unread(fonts, content, item("2", "a.csv", sample.order_record())))
    assert "所有证据均已读取。" in said
    assert "没有需要说明的事项。" in said


def test_notes_of_readers_and_of_the_whole_stand_below(fonts: Fonts, content: Content) -> None:
    note = Note(code="their-own-code", where=Locator(member=f"{sample.BUYER}.txt"))
    ingested = Ingested(media_type="a/b", kind="text", balance=content.items[0].readings[0].balance, notes=(note, note))
    book = unread(
        fonts, content, item("2", "a.csv", sample.order_record(), ingested=ingested),
        notes=(Note(code="of-the-whole"),),
        timeline=edited(content.timeline, notes=(Note(code="of-the-timeline"),)),
        appraisal=edited(content.appraisal, notes=(Note(code="of-the-appraisal"),)),
    )  # fmt: skip
    said = text(book)
    assert said.count("their-own-code") == 1
    assert "成员 林**.txt" in said
    for code in ("of-the-whole", "of-the-timeline", "of-the-appraisal"):
        assert f"全卷{code}" in said


def test_an_exhibit_without_pages_stands_where_its_row_is(fonts: Fonts, content: Content) -> None:
    book = unread(fonts, content, *(broken(str(n), Unread(code="their-own-code")) for n in range(1, 121)))
    assert len(book.pages) > 2
    assert len({page for page, _ in book.exhibits.values()}) > 2
    for label, (first, last) in book.exhibits.items():
        assert first == last == book.destinations[exhibit(label)][0]
        assert f"{label}.png" in {mark.text for mark in glyphs(book.pages[first - 1 : first])}


def test_each_row_leads_back_to_the_catalogue(fonts: Fonts, content: Content) -> None:
    book = unread(fonts, content, broken("6"), item("7", status="withdrawn"))
    shown = {mark.to for mark in book.page.marks if isinstance(mark, Link)}
    assert shown == {catalogue_row("6"), catalogue_row("7")}


def test_what_names_an_unread_exhibit_leads_to_its_row(fonts: Fonts, content: Content) -> None:
    book = lay_out(fonts, content)
    page = book.destinations["unread"][0]
    for label in ("6", "7", "10"):
        assert book.destinations[exhibit(label)][0] == page
        assert book.destinations[exhibit(label)] != book.destinations["unread"]


def test_a_character_that_no_font_has_is_named_among_the_notes(content: Content) -> None:
    with Fonts(*find()) as fonts:  # fonts that have met nothing yet: they remember what is missing
        book = lay_out(fonts, replace(content, case=edited(content.case, title="申诉\U0010fffd")))
    (note,) = (note for note in book.notes if note.values["character"] == "U+10FFFD")
    assert note.code == "glyph-missing"
    page = book.destinations["unread"][0]
    said = "".join(mark.text for mark in glyphs(book.pages[page - 1 :]))
    assert "字符 U+10FFFD 在本机字体中没有字形，排印为〔U+10FFFD〕。" in said


def test_every_original_stands_with_its_whole_digest(fonts: Fonts, content: Content) -> None:
    book = drawn(fonts, content, draw_integrity)
    said = "".join("".join(lines(page)) for page in book.pages).replace(" ", "")
    for one in content.items:
        digits = one.exhibit.digest.removeprefix("sha256:")
        assert digits[:32] in said
        assert digits[32:] in said
        assert f"{one.exhibit.bytes:,}" in said


def test_the_code_and_the_digits_are_those_of_the_manifest(fonts: Fonts, content: Content) -> None:
    digest = hashlib.sha256(b"{}").hexdigest()
    book = drawn(fonts, content, draw_integrity)
    (code,) = (mark for page in book.pages for mark in page.marks if isinstance(mark, Qr))
    assert code.data == f"sha256:{digest}"
    said = text(book)
    assert all(line in said for line in grouped(digest).split("\n"))
    head = content.custody.evidence_head.removeprefix("sha256:")
    assert all(line in said for line in grouped(head).split("\n"))


@pytest.mark.parametrize(("embedded", "words"), [(True, "内嵌 evidence-manifest.json"), (False, "随卷宗另附")])
def test_it_says_where_the_manifest_is(fonts: Fonts, content: Content, embedded: bool, words: str) -> None:
    assert words in text(drawn(fonts, replace(content, is_embedded=embedded), draw_integrity))


def test_it_tells_how_to_check_and_what_that_does_not_prove(fonts: Fonts, content: Content) -> None:
    said = text(drawn(fonts, content, draw_integrity))
    for phrase in ("SHA-256", "%dossier-seal", "dossier verify dossier.pdf", "不能证明作者"):
        assert phrase in said
    assert said.index("怎样核验") < said.index("保管记录") < said.index("不能证明什么")


def test_the_custody_record_says_who_did_what_when(fonts: Fonts, content: Content) -> None:
    records = tuple(
        CustodyRecord(at=f"2026-03-17T0{hour}:00:00Z", action=action, label=label, name=name, digest=None)
        for hour, (action, label, name) in enumerate((
            ("received", "1", "review.png"), ("withdrawn", "1", f"{sample.PHONE}.png"), ("other", None, None),
        ))
    )  # fmt: skip
    said = text(drawn(fonts, replace(content, custody=edited_custody(content, records)), draw_integrity))
    assert "收入1review.png" in said
    assert "撤回1159****9938.png" in said
    assert "other——" in said


def edited_custody(content: Content, records: tuple[CustodyRecord, ...]) -> Any:
    return edited(content.custody, records=records)


def test_times_of_custody_are_on_the_clock_of_the_case(fonts: Fonts, content: Content) -> None:
    said = text(drawn(fonts, content, draw_integrity))
    assert "2026-03-17 02:07:30 UTC" in said
    zoned = replace(content, case=edited(content.case, zone="+08:00"))
    assert "2026-03-17 10:07:30 +08:00" in text(drawn(fonts, zoned, draw_integrity))


def test_without_records_it_says_so(fonts: Fonts, content: Content) -> None:
    assert "没有保管记录。" in text(drawn(fonts, replace(content, custody=edited_custody(content, ())), draw_integrity))


def test_hundreds_of_originals_stay_above_the_foot(fonts: Fonts, content: Content) -> None:
    many = tuple(item(str(n), f"第{n}份.png") for n in range(1, 301))
    book = drawn(fonts, replace(content, items=many), draw_integrity)
    assert lowest(book) < BOTTOM
    said = text(book)
    assert all(f"第{n}份.png" in said for n in range(1, 301))


def test_the_pledge_names_the_applicant_and_stays_unsigned(fonts: Fonts, content: Content) -> None:
    book = drawn(fonts, content, draw_pledge)
    shown = lines(book.page)
    assert [line for line in shown if line.startswith("申诉人")] == ["申诉人初晴女装旗舰店"]
    assert "店铺账号chuqing_store" in shown
    assert "联系方式13800001234" in shown
    assert "签名或盖章" in shown
    assert "日期　　　　年　　　月　　　日" in shown
    assert "不隐瞒对买家有利的事实" in text(book)


def test_without_a_case_the_pledge_is_neutral_and_blank(fonts: Fonts, undeclared: Content) -> None:
    shown = lines(drawn(fonts, undeclared, draw_pledge).page)
    assert {"申诉人", "店铺账号", "联系方式", "签名或盖章"} <= set(shown)
    assert "不隐瞒对买家有利" not in "".join(shown)


def test_the_last_pages_speak_english(fonts: Fonts, content: Content) -> None:
    english = in_language(content, "en")
    for draw, phrases in (
        (draw_unread, ("What could not be read", "Not read", "Removed from the inbox")),
        (draw_integrity, ("Originals", "How to check", "Custody record", "received")),
        (draw_pledge, ("Pledge", "Applicant", "Signature or seal", "Date")),
    ):
        said = text(drawn(fonts, english, draw))
        assert all(phrase in said for phrase in phrases)


def test_an_account_that_is_missing_leaves_its_line_empty(fonts: Fonts, content: Content) -> None:
    case = edited(content.case, applicant=Applicant(name="店"))
    shown = lines(drawn(fonts, replace(content, case=case), draw_pledge).page)
    assert "申诉人店" in shown
    assert "店铺账号" in shown
