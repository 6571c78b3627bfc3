"""The finished dossier, opened with other people's libraries: pages, links, text, attachments."""

from __future__ import annotations

import hashlib
import io
import json
import re
import struct
import warnings
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
import pytest

from stages.assemble.text import NO_START
from tests.stages.assemble import sample
from tests.stages.assemble.conftest import Build, Built

SECTIONS = ["brief", "answers", "statement", "catalogue", "timeline", "exhibits", "unread", "integrity", "pledge"]


@pytest.fixture(scope="module")
def built(build: Build) -> Built:
    return build()


@pytest.fixture(scope="module")
def pages(built: Built) -> list[str]:
    return texts(built)


def texts(built: Built) -> list[str]:
    document = pypdfium2.PdfDocument(built.pdf)
    try:
        return [page.get_textpage().get_text_bounded().replace("\r", "") for page in document]
    finally:
        document.close()


def destinations(pdf: pikepdf.Pdf) -> Iterator[tuple[int, int]]:
    """(page of the link, page it leads to) for every link."""
    numbers: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
    for number, page in enumerate(pdf.pages, 1):
        for annotation in page.get("/Annots", []):
            yield number, numbers[annotation["/Dest"][0].objgen]


def test_it_opens_without_a_warning(built: Built) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pikepdf.open(built.pdf) as pdf:
            assert len(pdf.pages) == built.layout.pages
            assert not pdf.check_pdf_syntax()


def test_printed_numbers_are_the_pages_of_the_file(built: Built, pages: list[str]) -> None:
    for number, text in enumerate(pages, 1):
        assert f"第 {number} 页，共 {built.layout.pages} 页" in text
    with pikepdf.open(built.pdf) as pdf:
        assert [str(page.label) for page in pdf.pages] == [str(number) for number in range(1, built.layout.pages + 1)]


def test_the_parts_stand_in_order_and_the_brief_is_page_one(built: Built) -> None:
    starts = [built.layout.sections[name] for name in SECTIONS]
    assert starts[0] == 1
    assert built.layout.sections["answers"] == 2
    assert starts == sorted(starts)


def test_every_exhibit_has_its_pages(built: Built, pages: list[str]) -> None:
    for label in ("1", "2", "3", "4", "5", "5-1", "5-2"):
        first, last = built.layout.exhibits[label]
        assert all(f"证据 {label}" in text for text in pages[first - 1 : last])
    unread = built.layout.sections["unread"]
    assert {built.layout.exhibits[label] for label in ("6", "7", "10")} == {(unread, unread)}


def test_the_brief_says_it_all(pages: list[str]) -> None:
    for phrase in (
        "初晴女装旗舰店",
        sample.ORDER,
        "评价与事实不符",
        "请核实并处理",
        "31 小时 8 分",
        "不符",
        "属实",
        "观点",
    ):
        assert phrase in pages[0]


def test_what_speaks_for_the_customer_is_there(pages: list[str]) -> None:
    assert "对买家有利的事实" in pages[1]
    assert "申诉人认可包装有褶皱" in pages[1]


def test_what_was_not_read_is_there_with_its_reason(built: Built, pages: list[str]) -> None:
    text = pages[built.layout.sections["unread"] - 1]
    assert "处理“broken.png”时出错" in text
    assert "已从投递文件夹移除" in text
    assert "empty.txt" in text


def test_pictures_can_be_searched(built: Built, pages: list[str]) -> None:
    first, last = built.layout.exhibits["3"]
    assert all("物流公司 顺丰速运" in text for text in pages[first - 1 : last])


def test_found_text_lies_on_the_picture(built: Built) -> None:
    document = pypdfium2.PdfDocument(built.pdf)
    text = document[built.layout.exhibits["1"][0] - 1].get_textpage()
    found = text.search("客服也不理人").get_next()
    assert found is not None
    first, count = found
    left, bottom, _, _ = text.get_charbox(first)
    _, _, right, top = text.get_charbox(first + count - 1)
    box = sample.review_screen().line("客服也不理人").box
    scale = 104 / 25.4 * 72 / 1080
    assert 62 + box[0] * scale < left < right < 63 + box[2] * scale
    assert 0 < top - bottom < (box[3] - box[1]) * scale + 1
    document.close()


def test_every_link_leads_somewhere_and_exhibits_lead_back(built: Built) -> None:
    with pikepdf.open(built.pdf) as pdf:
        links = set(destinations(pdf))
    brief, catalogue = built.layout.sections["brief"], built.layout.sections["catalogue"]
    for label in ("1", "2", "3", "4", "5-1"):
        first, last = built.layout.exhibits[label]
        assert (catalogue, first) in links
        for page in range(first, last + 1):
            assert (page, catalogue) in links
            assert (page, brief) in links
    assert any(start == brief and end == built.layout.exhibits["2"][0] for start, end in links)


def test_the_outline_names_parts_and_exhibits(built: Built) -> None:
    with pikepdf.open(built.pdf) as pdf, pdf.open_outline() as outline:
        titles = [entry.title for entry in outline.root]
        exhibits = [entry.title for part in outline.root if part.title == "证据" for entry in part.children]
    assert titles[:3] == ["摘要", "对评价的回应", "申诉说明"]
    assert titles[-3:] == ["未能读取与说明", "完整性与核验", "承诺书"]
    assert exhibits[0] == f"证据 1 评价截图 · 第 {built.layout.exhibits['1'][0]} 页"
    assert len(exhibits) == 7


def test_cited_places_are_found_again(built: Built) -> None:
    marked = built.layout.exhibits["3"][1]
    spot = sample.order_screen().line("订单编号").where
    assert built.layout.page_of("3", spot) == marked
    row = sample.order_record().where
    assert built.layout.page_of("2", row) == built.layout.exhibits["2"][0]


def test_the_manifest_travels_and_its_digest_is_printed(built: Built, pages: list[str]) -> None:
    with pikepdf.open(built.pdf) as pdf:
        assert bytes(pdf.attachments["evidence-manifest.json"].get_file().read_bytes()) == built.manifest
    digest = hashlib.sha256(built.manifest).hexdigest()
    text = re.sub(r"\s", "", "".join(pages[built.layout.sections["integrity"] - 1 :]))
    assert digest in text
    manifest = json.loads(built.manifest)
    assert [entry["label"] for entry in manifest["exhibits"]] == ["1", "2", "3", "4", "5", "5-1", "5-2", "6", "7", "10"]
    assert manifest["exhibits"][0]["receipts"][1]["name"] == "副本/review.png"
    assert set(manifest["tool"]) == {"name", "version", "stages", "engines", "fonts"}


def test_no_printed_line_begins_with_a_closing_mark(pages: list[str]) -> None:
    for text in pages:
        assert not [line for line in text.split("\n") if line and line[0] in NO_START - set("%—–-·")]


def test_nothing_is_printed_as_a_missing_glyph(pages: list[str]) -> None:
    assert not [text for text in pages if "\ufffd" in text or "\x00" in text]
    assert any("😀" in text for text in pages)


def test_one_flipped_byte_breaks_the_seal(built: Built) -> None:
    data = built.pdf.read_bytes()
    found = re.search(rb"%dossier-seal sha256 ([0-9a-f]{64})\nstartxref\n\d+\n%%EOF\n\Z", data)
    assert found is not None

    def digest(changed: bytes) -> str:
        return hashlib.sha256(changed[: found.start(1)] + b"0" * 64 + changed[found.end(1) :]).hexdigest()

    assert digest(data) == found[1].decode()
    for at in range(0, found.start(), len(data) // 50):
        assert digest(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]) != found[1].decode()


def test_without_attachments_nothing_is_embedded(build: Build) -> None:
    bare = build(attach="none")
    with pikepdf.open(bare.pdf) as pdf:
        assert not list(pdf.attachments)
    assert "随卷宗另附" in "".join(texts(bare))


def test_all_attaches_the_originals_and_their_digests(build: Build) -> None:
    with pikepdf.open(build(attach="all").pdf) as pdf:
        names = sorted(pdf.attachments)
        listed = pdf.attachments["ORIGINALS.sha256"].get_file().read_bytes().decode()
        for line in listed.splitlines():
            digest, _, name = line.partition("  ")
            assert hashlib.sha256(pdf.attachments[name].get_file().read_bytes()).hexdigest() == digest
    assert "1-review.png" in names
    assert "5-微信记录.zip" in names
    assert not [name for name in names if name.startswith(("7-", "5-1", "5-2"))]


def test_it_speaks_english_too(build: Build) -> None:
    text = "".join(texts(build(language="en")))
    for phrase in ("Contradicted", "What speaks for the customer", "List of exhibits", "Integrity and how to check it"):
        assert phrase in text
    assert "Page 1 of" in text


def test_without_a_case_file_it_claims_nothing(build: Build) -> None:
    neutral = build(declared=False)
    first, *_, last = texts(neutral)
    assert "证据卷宗" in first
    assert "尚未填写申诉请求" in first
    assert "没有填写评价原文" in first
    assert "对评价的回应以这些证据为依据" not in last.replace("\n", "")
    assert neutral.layout.sections["brief"] == 1


def rows(png: bytes) -> Iterator[bytes]:
    """The compressed rows of a PNG file."""
    at = 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        if kind == b"IDAT":
            yield png[at + 8 : at + 8 + length]
        at += 12 + length


def test_pictures_keep_their_bytes(built: Built) -> None:
    original = io.BytesIO()
    sample.review_screen().image.save(original, "PNG")
    with pikepdf.open(built.pdf) as pdf:
        page = pdf.pages[built.layout.exhibits["1"][0] - 1]
        (image,) = page.obj["/Resources"]["/XObject"].values()
        assert bytes(image.read_raw_bytes()) == b"".join(rows(original.getvalue()))
