"""Files that look like tables to a shop owner and are none: each is told why and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.contract import Source
from pipeline.wording import WORDINGS
from stages.orders.closed import why_closed

HEAD = "订单编号,买家会员名,订单创建时间,订单状态,收货人姓名\n"
ROW = "2417325900034567890,momo酱,2026-03-11 01:19:40,交易成功,林小姐\n"
FIXTURES = Path(__file__).parents[3] / "fixtures"


def code(data: bytes, name: str = "订单.xls") -> str | None:
    reading = why_closed(Source(data=data, name=name))
    if reading is None:
        return None
    (span,) = reading.unread
    assert span.code in WORDINGS
    assert reading.balance.total == 0
    return span.code


@pytest.mark.parametrize(
    "text",
    [
        "<table border=1><tr><td>订单编号</td></tr></table>",
        "\n <TABLE><tr><td>1</td></tr></TABLE>",
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table></table></body></html>',
        "<!DOCTYPE html>\n<html><head></head><body><table></table></body></html>",
        '<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_web_page_under_the_name_of_a_table(text: str, encoding: str) -> None:
    assert code(text.encode(encoding)) == "table-is-page"


def test_a_page_that_does_not_pretend_to_be_a_table_is_nobodys_fault() -> None:
    page = "<!DOCTYPE html><html><body><table><tr><td>聊天记录</td></tr></table></body></html>".encode()
    assert code(page, "聊天记录.html") is None
    assert code("<甲> 你好\n<乙> 在吗\n".encode(), "聊天.txt") is None
    assert code(b"<table>", "export.html") == "table-is-page"


@pytest.mark.parametrize(("wrong", "right"), [("gb18030", "utf-8"), ("latin-1", "utf-8"), ("latin-1", "gb18030")])
def test_headers_that_were_decoded_wrongly_and_saved(wrong: str, right: str) -> None:
    garbled = (HEAD + ROW).encode(right).decode(wrong, "replace")
    assert code(garbled.encode("utf-8"), "订单.csv") == "table-garbled"


def test_headers_read_as_windows_text() -> None:
    garbled = (HEAD + ROW).encode().decode("cp1252", "replace")
    assert code(garbled.encode("utf-8"), "订单.csv") == "table-garbled"


@pytest.mark.parametrize("text", ["锟斤拷锟斤拷,锟斤拷锟斤拷\n1,2\n", "\ufffd\ufffd\ufffd,\ufffd\ufffd\n1,2\n"])
def test_headers_of_which_nothing_is_left(text: str) -> None:
    assert code(text.encode(), "订单.csv") == "table-garbled"


@pytest.mark.parametrize(
    "text",
    [
        HEAD + ROW,
        "姓名,电话,备注\n甲,1,乱码：锟斤拷\n",
        "[2026/3/17, 14:03:22] 林小姐: 锟斤拷,怎么是乱码\n",
        "Größe,Straße,Français\n1,2,3\n",
        "名称,数量\n裙子,2\n",
        "",
    ],
)
def test_what_is_not_garbled_is_not_called_so(text: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        try:
            assert code(text.encode(encoding), "表.csv") is None
        except UnicodeEncodeError:
            continue


def test_no_sample_of_any_reader_is_said_to_be_closed() -> None:
    for path in [*FIXTURES.glob("orders/*/sample*"), *FIXTURES.glob("chats/*/sample*")]:
        if path.is_file():
            assert code(path.read_bytes(), path.name) is None, path


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    code(data, "a.csv")
