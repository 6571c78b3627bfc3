"""Every kind of file a merchant may put in, and what is said of it."""

import io
from collections.abc import Callable

import pytest
import xlsxwriter

from pipeline.contract import Made
from pipeline.model import Ingested
from pipeline.wording import WORDINGS
from stages.ingest import STAGE
from tests.stages.ole import compound, locked_xls, locked_xlsx, xls

Perform = Callable[..., Made]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SPREADSHEET_XML = b"<?xml version='1.0'?>\n<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>"


def ingested(perform: Perform, data: bytes, name: str) -> Ingested:
    document = perform(STAGE, data, name).document
    assert isinstance(document, Ingested)
    assert {said.code for said in (*document.notes, *document.unread)} <= WORDINGS.keys()
    assert document.balance.total == len(data)
    assert document.balance.unread == (len(data) if document.unread else 0)
    return document


def workbook() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet("订单").write(0, 0, "订单号")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "media_type", "kind"),
    [
        (workbook(), "小红书订单查询.xlsx", XLSX, "table"),
        (xls(), "ExportOrderList.xls", "application/vnd.ms-excel", "table"),
        (locked_xls(), "locked.xls", "application/vnd.ms-excel", "table"),
        (compound({"Book": b"x"}), "old.et", "application/vnd.ms-excel", "table"),
        (b"\xef\xbb\xbf" + "订单号,金额\r\n".encode(), "orders.csv", "text/plain", "text"),
        ("订单号\t金额\r\n".encode("utf-16"), "orders.txt", "text/plain", "text"),
        (b"\xef\xbb\xbf{\"chatlab\": {}}", "chat.json", "application/json", "text"),
        (b"<!-- a --><!-- b -->\n<HTML lang=zh>", "chat.html", "text/html", "text"),
        (b"\n", "blank.txt", "text/plain", "text"),
        (b"\xef\xbb\xbf", "mark.txt", "text/plain", "text"),
    ],
)  # fmt: skip
def test_what_is_taken(perform: Perform, data: bytes, name: str, media_type: str, kind: str) -> None:
    document = ingested(perform, data, name)
    assert (document.media_type, document.kind) == (media_type, kind)
    assert (document.notes, document.unread) == ((), ())


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "empty.jpg", "file-empty"),
        (locked_xlsx(), "订单.xlsx", "workbook-encrypted"),
        (compound({"WordDocument": b"x"}), "合同.doc", "type-not-supported"),
        (b"\x00\x00\x00\x1cftypqt  \x00\x00\x00\x00", "录屏.mov", "type-not-supported"),
        (b"ID3\x03" + bytes(range(256)), "voice.mp3", "type-unknown"),
        (b"BZh91AY&SY" + bytes(range(128, 256)), "a.bz2", "type-unknown"),
        (bytes(1000), "zeros.dat", "type-unknown"),
        ("在吗\n".encode("utf-32"), "chat.txt", "type-unknown"),
    ],
)
def test_what_is_not_taken_says_why_and_nothing_else(perform: Perform, data: bytes, name: str, code: str) -> None:
    document = ingested(perform, data, name)
    assert ([span.code for span in document.unread], document.notes) == ([code], ())


@pytest.mark.parametrize(
    ("data", "name", "label"),
    [
        (b"<html><table><tr><td>1</td></tr></table>", "导出.xls", "HTML"),
        (SPREADSHEET_XML, "导出.xls", "TXT"),
        ("订单号,金额\n".encode(), "导出.xlsx", "TXT"),
        (workbook(), "导出.csv", "XLSX"),
        (workbook(), "导出.xls", "XLSX"),
        (workbook(), "导出.zip", "XLSX"),
        (xls(), "导出.xlsx", "XLS"),
        (compound({"WordDocument": b"x"}), "导出.docx", "OLE"),
        (b"%PDF-1.7\n", "发票.jpg", "PDF"),
    ],
)
def test_a_name_that_says_something_else_is_noted(perform: Perform, data: bytes, name: str, label: str) -> None:
    document = ingested(perform, data, name)
    assert [(note.code, note.values) for note in document.notes] == [("name-misleads", {"name": name, "type": label})]
