"""The declared table: every key of [[sources]], and what is said when one does not fit the file."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.contract import Source
from pipeline.model import Order, Reading
from pipeline.model import Source as Declared
from stages.orders import Params
from stages.orders.table import READER

COLUMNS: dict[str, Any] = {"order_id": "单号", "created": "创建", "amount": "金额"}


def read(text: str, *, only: tuple[str, ...] = (), name: str = "in/export.csv", **declared: Any) -> Reading:
    options = {"file": "export.csv", "columns": COLUMNS, **declared}
    params = Params(only=only, sources=(Declared(**options),))
    return READER.read(Source(data=text.encode(), name=name, params=params))


def order(reading: Reading) -> Order:
    (record,) = reading.records
    assert isinstance(record, Order)
    return record


def codes(reading: Reading) -> list[str]:
    return [note.code for note in reading.notes] + [span.code for span in reading.unread]


PLAIN = "单号,创建,金额\nT1,2026-03-02 08:00:00,12.5\n"


def test_the_declared_columns_are_read() -> None:
    reading = read(PLAIN)
    found = order(reading)
    assert (found.order_id, found.where.sheet, found.where.rows) == ("T1", "", (2,))
    assert found.times.created is not None
    assert (found.times.created.start, found.times.created.zone) == ("2026-03-02T08:00:00", "unknown")
    assert found.amounts.payable is not None
    assert found.amounts.payable.value == "12.50"
    assert found.amounts.paid is None
    assert found.cells == (("单号", "T1"), ("创建", "2026-03-02 08:00:00"), ("金额", "12.5"))
    assert (reading.reader, codes(reading)) == ("table@1", [])


@pytest.mark.parametrize(
    ("file", "name", "known"),
    [
        ("export.csv", "export.csv", True),
        ("export.csv", "a/b/export.csv", True),
        ("b/export.csv", "b/export.csv", True),
        ("b/export.csv", "c/export.csv", False),
        ("é.csv", "e\u0301.csv", True),
        ("a.zip/m.csv", "a.zip/m.csv", True),
    ],
)
def test_a_file_is_found_by_path_or_base_name(file: str, name: str, known: bool) -> None:
    params = Params(sources=(Declared(file=file, columns=COLUMNS),))
    score = READER.sniff(Source(data=b"", name=name, params=params))
    assert (score is not None) is known


def test_a_file_nobody_declared_is_not_read() -> None:
    assert READER.sniff(Source(data=PLAIN.encode(), name="x.csv")) is None
    assert codes(READER.read(Source(data=PLAIN.encode(), name="x.csv"))) == ["table-not-declared"]


def test_zone_and_order_of_dates() -> None:
    found = order(read("单号,创建\nT1,03/04/2026\n", columns={"order_id": "单号", "created": "创建"},
                       time={"zone": "Asia/Shanghai", "order": "dmy"}))  # fmt: skip
    assert found.times.created is not None
    assert (found.times.created.start, found.times.created.zone) == ("2026-04-03T00:00:00+08:00", "case")


def test_an_undeclared_order_of_dates_leaves_the_time_unread() -> None:
    reading = read("单号,创建,金额\nT1,03/04/2026,1\n")
    assert order(reading).times.created is None
    assert codes(reading) == ["time-not-understood"]


@pytest.mark.parametrize(
    ("stated", "value"),
    [
        ({"column": "金额", "unit": "yuan"}, "12.00"),
        ({"column": "金额", "unit": "fen"}, "0.12"),
        ({"column": "金额", "unit": "fen", "sign": "negate"}, "-0.12"),
        ({"column": "金额", "sign": "as_is"}, "12.00"),
    ],
)
def test_unit_and_sign(stated: dict[str, str], value: str) -> None:
    found = order(read("单号,金额\nT1,12\n", columns={"order_id": "单号", "paid_amount": stated}))
    assert found.amounts.paid is not None
    assert found.amounts.paid.value == value


def test_combined_columns_give_one_time() -> None:
    text = "单号,日,时\nT1,2026-03-02,08:05:09\nT1,,\n"
    found = order(read(text, columns={"order_id": "单号", "shipped": "日"}, combine=("日", "时")))
    assert found.times.shipped is not None
    assert (found.times.shipped.said, found.times.shipped.grain) == ("2026-03-02 08:05:09", "second")


def test_blanks_are_filled_only_in_declared_columns() -> None:
    text = "单号,品名,数量\nT1,围巾,1\n,手套,\n\nT2,帽子,3\n"
    columns = {"order_id": "单号", "title": "品名", "quantity": "数量"}
    found = order(read(text, columns=columns, fill_down=("单号",), only=("T1",)))
    assert [(item.title, item.quantity) for item in found.items] == [("围巾", "1"), ("手套", None)]
    assert found.where.rows == (2, 3)
    plain = read(text, columns=columns, only=("T1",))
    assert order(plain).where.rows == (2,)
    assert codes(plain) == ["other-orders-left-out", "row-without-order"]


def test_declared_rows_are_skipped_and_null_tokens_are_null() -> None:
    text = "单号,备注\n测试单,x\nT1,暂无\n"
    reading = read(text, columns={"order_id": "单号", "text": "备注"}, skip_rows="^测试", null_tokens=("暂无",))
    assert order(reading).text is None
    assert (reading.balance.skipped, codes(reading)) == (2, [])


@pytest.mark.parametrize("place", [{"header_row": 3}, {"header_contains": "创"}, {}])
def test_the_header_is_found(place: dict[str, Any]) -> None:
    assert order(read("导出\n,\n" + PLAIN, **place)).where.rows == (4,)


@pytest.mark.parametrize("place", [{"header_row": 30}, {"header_contains": "没有"}])
def test_a_header_that_is_not_where_it_was_declared(place: dict[str, Any]) -> None:
    reading = read(PLAIN, **place)
    assert codes(reading) == ["header-not-found"]
    assert reading.balance.unread == reading.balance.total == 2


def test_encoding_and_delimiter_may_be_declared() -> None:
    params = Params(sources=(Declared(file="x", columns=COLUMNS, encoding="big5", delimiter="tab"),))
    data = (
        PLAIN.replace(",", "\t").replace("单号", "單號").replace("创建", "創建").replace("金额", "金額").encode("big5")
    )
    reading = READER.read(Source(data=data, name="x", params=params))
    assert (reading.encoding, {span.code for span in reading.unread}) == ("big5", {"column-missing"})


def test_a_missing_column_names_the_nearest_and_the_rest_is_read() -> None:
    reading = read("单号,创建时间,实付金额\nT1,2026-03-02,1\n", columns={"order_id": "单号", "created": "创建"})
    (span,) = reading.unread
    assert (span.code, span.values) == ("column-missing", {"column": "创建", "nearest": "创建时间"})
    assert span.where is not None
    assert span.where.rows == (1,)
    assert order(reading).order_id == "T1"


def test_without_the_order_column_no_row_enters() -> None:
    missing = read("编号,创建,金额\nT1,2026-03-02,1\n")
    assert (missing.records, missing.balance.unread) == ((), 2)
    undeclared = read(PLAIN, columns={"created": "创建"})
    assert (undeclared.records, codes(undeclared)) == ((), ["order-column-not-declared"])


@pytest.mark.parametrize(
    "declared",
    [
        {"columns": {**COLUMNS, "creatd": "创建"}},
        {"columns": {**COLUMNS, "goods": {"column": "金额", "unit": "角"}}},
        {"columns": {**COLUMNS, "goods": {"column": "金额", "sign": "plus"}}},
        {"time": {"zone": "北京"}},
        {"time": {"format": "%Y"}},
        {"skip_rows": "("},
    ],
)
def test_what_a_declaration_says_that_nobody_knows_is_reported(declared: dict[str, Any]) -> None:
    reading = read(PLAIN, **declared)
    assert codes(reading) == ["declaration-unknown"]
    assert order(reading).order_id == "T1"


def test_a_sheet_that_is_not_there(tmp_path: Any) -> None:
    reading = read(PLAIN, sheet="明细")
    assert (reading.records, codes(reading)) == ((), ["sheet-missing"])


@pytest.mark.parametrize("width", [2, 3, 4, 9])
def test_an_open_quotation_mark_lets_no_other_row_in(width: int) -> None:
    names = ["单号", *(f"列{index}" for index in range(1, width))]
    ours = ",".join(["T1", *["x"] * (width - 2), '"没有闭合'])
    theirs = ",".join(["T2", *["别人的"] * (width - 1)])
    reading = read("\n".join([",".join(names), ours, theirs, theirs]), columns={"order_id": "单号"}, only=("T1",))
    assert (reading.records, [span.code for span in reading.unread]) == ((), ["row-runs-on"])


def test_a_remark_of_several_lines_is_one_cell() -> None:
    reading = read('单号,备注,x\nT1,"一, 二\n三, 四",y\n', columns={"order_id": "单号", "text": "备注"})
    assert order(reading).text == "一, 二\n三, 四"
