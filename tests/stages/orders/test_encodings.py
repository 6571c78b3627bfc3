"""The ladder of encodings as tables meet it: what is read, and which byte is named where it ends."""

from __future__ import annotations

import codecs

import pytest

from pipeline.contract import Source
from pipeline.model import Order
from stages.orders import Params
from stages.orders.readers import ORDERS
from tests.stages.orders.export import HEAD, NUMBER, OURS, THEIRS, codes, is_ours, order, read


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_every_line_end(encoding: str, told: str, end: str) -> None:
    reading = read((HEAD + OURS).replace("\n", end).encode(encoding))
    is_ours(reading, 2)
    assert reading.encoding == told


def test_unicode_text_of_excel_is_utf_16_with_tabs() -> None:
    for mark, codec in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        is_ours(read(mark + (HEAD + OURS).replace(",", "\t").encode(codec)), 2)


def test_what_only_gb18030_can_write_is_read() -> None:
    data = (HEAD + OURS.replace("麻烦尽快发货", "¥ • 㐂 😀")).encode("gb18030")
    assert order(read(data)).text == "¥ • 㐂 😀"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("rows", [0, 1, 4000])
def test_a_row_with_a_wrong_byte_is_unread_and_all_others_are_read(encoding: str, rows: int) -> None:
    good = (HEAD + THEIRS * rows).encode(encoding)
    reading = read(good + b"\x80," + OURS.encode(encoding) + OURS.encode(encoding))
    (span,) = reading.unread
    assert (span.code, span.values) == ("row-not-decodable", {"count": 1})
    assert span.where.rows == (rows + 2,)
    assert order(reading).where.rows == (rows + 3,)
    balance = reading.balance
    assert (balance.total, balance.records, balance.skipped, balance.unread) == (rows + 3, 1, rows + 1, 1)


def test_what_a_damaged_row_may_hold_is_not_said_to_be_missing() -> None:
    reading = read(HEAD.encode("gb18030") + OURS.encode("gb18030")[:-2])
    assert (reading.records, codes(reading)) == ((), ["row-not-decodable"])


@pytest.mark.parametrize(("declared", "offset"), [("utf-8", 0), ("ascii", 0), ("utf-16", 0)])
def test_a_declared_encoding_that_does_not_fit_names_its_byte(declared: str, offset: int) -> None:
    (span,) = read((HEAD + OURS).encode("gb18030"), encoding=declared).unread
    assert (span.code, span.values) == ("table-not-decodable", {"offset": offset})


def test_a_declared_encoding_that_nobody_knows_is_reported_as_such() -> None:
    (span,) = read((HEAD + OURS).encode("gb18030"), encoding="gb231x").unread
    assert (span.code, span.values["option"]) == ("declaration-unknown", "encoding = gb231x")


def test_a_mark_wins_over_a_declared_encoding() -> None:
    is_ours(read((HEAD + OURS).encode("utf-8-sig"), encoding="gb231x"), 2)


def test_big5_is_read_where_it_is_declared() -> None:
    columns = {"order_id": "訂單編號", "text": "備註"}
    data = f"訂單編號,備註\n{NUMBER},已付款\n".encode("big5")
    assert order(read(data, columns=columns, encoding="big5")).text == "已付款"


def test_a_text_that_was_decoded_wrongly_before_names_no_column_of_ours() -> None:
    garbled = (HEAD + OURS).encode().decode("gb18030", "replace").encode()
    reading = read(garbled)
    assert (reading.records, set(codes(reading))) == ((), {"column-missing"})
    assert reading.balance.unread == reading.balance.total == 2


def test_zero_bytes_are_reported_and_taken_for_nothing_else() -> None:
    whole = read((HEAD + OURS.replace("货", "货\0") + THEIRS).encode())
    assert order(whole).text == "麻烦尽快发货\0"
    assert [(note.code, note.values) for note in whole.notes][1:] == [("nul-characters", {"count": 1})]
    hidden = read((HEAD + OURS.replace(NUMBER, NUMBER + "\0")).encode())
    assert codes(hidden) == ["other-orders-left-out", "nul-characters", "order-not-in-table"]


def test_zero_characters_of_utf_16_are_told_from_its_zero_bytes() -> None:
    assert codes(read((HEAD + OURS.replace("麻烦", "A一")).encode("utf-16"))) == []
    assert codes(read((HEAD + OURS.replace("麻烦", "A\0一")).encode("utf-16"))) == ["nul-characters"]


SHOPIFY = "Name,Created at,Financial Status,Shipping Name\n"


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("naïve façade", "latin-1"), ("José Peña", "cp1252"), ("山田太郎", "cp932"), ("林小姐", "gb18030")],
)
def test_names_in_latin_letters_prove_no_encoding(name: str, encoding: str) -> None:
    good, odd = "#1,2026-03-10 12:19:40 -0500,paid,Ann\n", f"#2,2026-03-10 12:19:40 -0500,paid,{name}\n"
    data = SHOPIFY.encode() + odd.encode(encoding) + good.encode()
    reader = next(reader for reader in ORDERS if reader.id == "shopify-orders")
    source = Source(data=data, name="orders_export.csv", params=Params(only=None))
    assert reader.sniff(source) is not None
    reading = reader.read(source)
    assert [record.order_id for record in reading.records if isinstance(record, Order)] == ["#1"]
    assert [(span.code, span.where.rows) for span in reading.unread] == [("row-not-decodable", (2,))]
    whole = reader.read(Source(data=(SHOPIFY + odd).encode(), name="a.csv", params=Params(only=None)))
    assert [record.buyer.name for record in whole.records if isinstance(record, Order)] == [name]


def test_a_damaged_header_names_no_column_and_the_whole_table_is_unread() -> None:
    header = "订单编号,订单创建时间,买家会员名,店铺Id\n".encode("gb18030")
    place = header.index("店铺".encode("gb18030"))
    data = header[:place] + b"\xff" + header[place + 1 :] + "241,2026-03-11 01:19:40,momo酱,1\n".encode("gb18030")
    reader = next(reader for reader in ORDERS if reader.id == "taobao-orders")
    reading = reader.read(Source(data=data, name="a.csv", params=Params(only=None)))
    assert (reading.records, reading.notes) == ((), ())
    assert [(span.code, span.where.rows) for span in reading.unread] == [("header-not-decodable", (1,))]
    assert (reading.balance.total, reading.balance.unread) == (2, 2)
