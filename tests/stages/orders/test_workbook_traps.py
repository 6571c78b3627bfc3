"""What workbooks hide, double, merge, type and round, trap by trap."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract import Source, choose
from pipeline.model import Reading
from stages.orders import Params, reread
from stages.orders.readers import READERS
from stages.sheets.container import Table, open_table
from tests.stages.orders import export
from tests.stages.orders.export import codes, order

NAMES = ["单号", "创建", "金额", "备注"]
COLUMNS: dict[str, Any] = {"order_id": "单号", "created": "创建", "paid_amount": "金额", "text": "备注"}
PLATFORM = ["订单号", "SKU规格", "SKU件数", "商家应收金额(元)（支付金额）", "承诺发货时间"]
Fill = Callable[[Any], None]

XHS = next(reader for reader in READERS if reader.id == "xiaohongshu-orders")


def book(fill: Fill, **options: Any) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, options) as workbook:
        fill(workbook)
    return buffer.getvalue()


def sheet_of(*rows: list[Any], names: list[str] = NAMES, title: str = "订单") -> Fill:
    """A sheet with a header and these rows; a datetime shows seconds, a date only its day."""

    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet(title)
        stamp = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        day = workbook.add_format({"num_format": "yyyy/m/d"})
        for number, cells in enumerate([names, *rows]):
            for column, cell in enumerate(cells):
                if isinstance(cell, date | time):
                    sheet.write_datetime(number, column, cell, day if type(cell) is date else stamp)
                elif cell != "":
                    sheet.write(number, column, cell)

    return fill


def read(data: bytes, *, only: tuple[str, ...] | None = ("T1",), **declared: Any) -> Reading:
    return export.read(data, only=only, **{"file": "export.csv", "columns": COLUMNS, **declared})


def patched(data: bytes, part: str, old: str, new: str) -> bytes:
    """The workbook with a part of its own XML changed, as other programs would have written it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            target.writestr(name, content)
    return buffer.getvalue()


# Times


@pytest.mark.parametrize("options", [{}, {"date_1904": True}], ids=["1900", "1904"])
@pytest.mark.parametrize("when", [datetime(2026, 9, 24, 11, 40, 58), datetime(2026, 2, 28, 23, 59, 59)])
def test_a_typed_time_is_the_same_in_both_calendars(when: datetime, options: dict[str, Any]) -> None:
    created = order(read(book(sheet_of(["T1", when]), **options))).times.created
    assert created is not None
    assert (created.first, created.last, created.grain) == (when, when, "second")


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2099, 12, 31)))
@settings(max_examples=25, deadline=None)
def test_every_typed_second_is_read_back(when: datetime) -> None:
    when = when.replace(microsecond=0)
    data = book(sheet_of(["T1", when], ["T2", datetime(2026, 1, 1, 1, 1, 1)]))
    found = order(read(data))
    assert found.times.created is not None
    assert found.times.created.first == when
    assert ("创建", found.times.created.said) in found.cells
    assert found.times.created.said in reread(data, found.where).split("\t")


def test_a_column_of_days_stays_a_column_of_days() -> None:
    created = order(read(book(sheet_of(["T1", date(2026, 3, 2)], ["T2", date(2026, 3, 3)])))).times.created
    assert created is not None
    assert (created.said, created.grain) == ("2026-03-02", "day")


def test_midnight_among_clock_times_of_other_orders_is_midnight() -> None:
    rows = [["T1", datetime(2026, 3, 2)], ["T2", datetime(2026, 3, 2, 8, 5)]]
    created = order(read(book(sheet_of(*rows)))).times.created
    assert created is not None
    assert (created.said, created.grain, created.end) == ("2026-03-02", "minute", "2026-03-02T00:00:59")


@pytest.mark.parametrize("value", [46289.48678240741, 46289, time(10, 0), True])
def test_a_number_that_is_not_typed_as_a_time_is_no_time(value: Any) -> None:
    reading = read(book(sheet_of(["T1", value])))
    assert order(reading).times.created is None
    assert codes(reading) == ["time-not-understood"]


def test_a_date_typed_as_text_of_iso_8601_is_read() -> None:
    data = book(sheet_of(["T1", 7]))
    data = patched(
        data, "xl/worksheets/sheet1.xml", '<c r="B2"><v>7</v></c>', '<c r="B2" t="d"><v>2026-03-02T08:05:09</v></c>'
    )
    created = order(read(data)).times.created
    assert created is not None
    assert created.start == "2026-03-02T08:05:09"


# Numbers


@pytest.mark.parametrize(
    ("value", "read_as"),
    [
        (0.1 + 0.2, "0.30"),
        (270.8, "270.80"),
        (1e3, "1000.00"),
        (-12.34, "-12.34"),
        (0, "0.00"),
        ("￥1,270.80", "1270.80"),
    ],
)
def test_amounts_have_the_digits_that_are_shown(value: Any, read_as: str) -> None:
    paid = order(read(book(sheet_of(["T1", "", value])))).amounts.paid
    assert paid is not None
    assert paid.value == read_as


@pytest.mark.parametrize("value", [1184039612750012345, 1e15, 123.5])
def test_a_number_that_cannot_hold_its_digits_names_no_order(value: float) -> None:
    reading = read(book(sheet_of([value, "", 1], ["T1", "", 2])))
    assert order(reading).where.rows == (3,)
    (span,) = reading.unread
    assert (span.code, span.where.rows if span.where else None) == ("id-damaged-row", (2,))


def test_a_number_of_fifteen_digits_is_whole() -> None:
    assert order(read(book(sheet_of([123456789012345, "", 1])), only=("123456789012345",))).amounts.paid is not None


@pytest.mark.parametrize(
    ("number", "kept"), [("SF3006662992881", True), (3006662992881, True), (1.2345678901234567e18, False)]
)
def test_a_tracking_number_that_lost_digits_is_left_out_and_named(number: Any, kept: bool) -> None:
    data = book(sheet_of(["T1", "", "", number]))
    reading = read(data, columns={"order_id": "单号", "tracking_no": "备注"})
    assert [parcel.number for parcel in order(reading).tracking] == ([str(number)] if kept else [])
    assert codes(reading) == ([] if kept else ["id-damaged"])


# Formulas


@pytest.mark.parametrize("error", ["#DIV/0!", "#REF!", "#N/A", "#VALUE!"])
def test_a_formula_error_is_named_with_its_column(error: str) -> None:
    def fill(workbook: Any) -> None:
        sheet_of(["T1", "2026-03-02"], ["T2", "2026-03-02"])(workbook)
        workbook.get_worksheet_by_name("订单").write_formula(1, 2, "=1/0", None, error)
        workbook.get_worksheet_by_name("订单").write_formula(2, 3, "=1/0", None, error)

    reading = read(book(fill))
    assert order(reading).amounts.paid is None
    errors = [note for note in reading.notes if note.code == "formula-error"]
    assert [(note.values, note.where.rows if note.where else None) for note in errors] == [({"headers": "金额"}, (2,))]


def test_a_formula_has_the_value_that_was_last_worked_out() -> None:
    def fill(workbook: Any) -> None:
        sheet_of(["T1"])(workbook)
        sheet = workbook.get_worksheet_by_name("订单")
        sheet.write_formula(1, 1, '=TEXT(A9,"x")', None, "2026-03-02 08:05:09")
        sheet.write_formula(1, 2, "=5+5", None, 10)
        sheet.write_formula(1, 3, "=1+1", None, "")

    found = order(read(book(fill)))
    assert found.times.created is not None
    assert found.amounts.paid is not None
    assert (found.times.created.start, found.amounts.paid.value, found.text) == ("2026-03-02T08:05:09", "10.00", None)


# Merged cells


def test_a_merged_order_number_holds_inside_its_merge_and_nowhere_else() -> None:
    def fill(workbook: Any) -> None:
        sheet_of(["", "", 1], ["", "", 2], ["", "", 3], ["T2", "", 4])(workbook)
        workbook.get_worksheet_by_name("订单").merge_range(1, 0, 2, 0, "T1")

    reading = read(book(fill))
    found = order(reading)
    assert found.where.rows == (2, 3)
    assert [(span.code, span.where.rows if span.where else None) for span in reading.unread] == [
        ("row-without-order", (4,))
    ]
    assert (reading.balance.total, reading.balance.records, reading.balance.unread) == (5, 2, 1)


def test_a_merged_amount_is_one_amount_and_no_repeat() -> None:
    def fill(workbook: Any) -> None:
        sheet_of(["T1", "", "", "甲"], ["T1", "", "", "乙"])(workbook)
        workbook.get_worksheet_by_name("订单").merge_range(1, 2, 2, 2, 270.8)

    reading = read(book(fill), columns={"order_id": "单号", "paid_amount": "金额", "title": "备注"})
    found = order(reading)
    assert found.amounts.paid is not None
    assert (found.amounts.paid.value, [item.title for item in found.items], codes(reading)) == (
        "270.80",
        ["甲", "乙"],
        [],
    )


def test_a_title_merged_over_the_header_does_not_become_part_of_it() -> None:
    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet("订单")
        sheet.merge_range(0, 0, 0, 3, "初晴旗舰店 订单导出")
        sheet.write_row(2, 0, NAMES)
        sheet.write_row(3, 0, ["T1", "2026-03-02", 5, "好"])

    reading = read(book(fill))
    assert (order(reading).where.rows, order(reading).text, codes(reading)) == ((4,), "好", [])


# Sheets


def test_a_hidden_sheet_is_named_and_not_read() -> None:
    def fill(workbook: Any) -> None:
        sheet_of(["T1", "", 1], title="旧")(workbook)
        sheet_of(["T1", "", 2], title="新")(workbook)
        workbook.get_worksheet_by_name("新").activate()
        workbook.get_worksheet_by_name("旧").hide()

    reading = read(book(fill))
    assert order(reading).where.sheet == "新"
    assert [(note.code, note.values) for note in reading.notes] == [("sheet-hidden", {"sheet": "旧"})]
    named = read(book(fill), sheet="旧")
    assert (order(named).where.sheet, codes(named)) == ("旧", [])


def test_a_very_hidden_sheet_is_hidden_too() -> None:
    def fill(workbook: Any) -> None:
        sheet_of(["T1", "", 2], title="新")(workbook)
        sheet_of(["T1", "", 1], title="旧")(workbook)
        workbook.get_worksheet_by_name("旧").very_hidden()

    reading = read(book(fill))
    assert (order(reading).where.sheet, codes(reading)) == ("新", ["sheet-hidden"])


def test_the_same_rows_on_two_sheets_are_read_once() -> None:
    def fill(workbook: Any) -> None:
        for title in ("副本", "订单", "另一个"):
            sheet_of(["T1", "2026-03-02", 1 if title != "另一个" else 2], title=title)(workbook)
        workbook.get_worksheet_by_name("订单").activate()

    reading = read(book(fill))
    assert [record.where.sheet for record in reading.records] == ["副本", "另一个"]
    assert [(note.code, note.values) for note in reading.notes] == [("sheet-twice", {"sheet": "订单", "other": "副本"})]
    assert (reading.balance.total, reading.balance.records) == (6, 2)


def test_sheets_of_other_kinds_are_passed_over_by_name_and_empty_ones_in_silence() -> None:
    def fill(workbook: Any) -> None:
        workbook.add_worksheet("Sheet1")
        sheet_of(["P1", 9], names=["售后单号", "申请售后金额(元)"], title="售后")(workbook)
        sheet_of(["P1", "M", 1, 5], names=PLATFORM)(workbook)
        workbook.add_chartsheet("图")

    data = book(fill)
    source = Source(data=data, name="x.xlsx", params=Params(only=("P1",)))
    assert choose(READERS, source) == (XHS, ())
    reading = XHS.read(source)
    assert order(reading).where.sheet == "订单"
    assert [(note.code, note.values) for note in reading.notes] == [("sheet-other", {"sheet": "售后"})]


def test_a_workbook_whose_only_orders_are_hidden_is_not_recognised() -> None:
    def fill(workbook: Any) -> None:
        workbook.add_worksheet("说明").write(0, 0, "请看下一页")
        sheet_of(["P1", "M", 1, 5], names=PLATFORM)(workbook)
        workbook.get_worksheet_by_name("订单").hide()

    source = Source(data=book(fill), name="x.xlsx", params=Params(only=("P1",)))
    assert XHS.sniff(source) is None
    assert [note.code for note in XHS.read(source).notes][:2] == ["sheet-other", "sheet-hidden"]


# What the package says of itself


def test_a_sheet_that_understates_its_size_is_read_whole() -> None:
    data = book(sheet_of(*([f"T{number}", "", number] for number in range(1, 9))))
    data = patched(data, "xl/worksheets/sheet1.xml", '<dimension ref="A1:D9"/>', '<dimension ref="A1"/>')
    assert len(read(data, only=None).records) == 8


def test_rows_that_are_missing_in_the_xml_still_count() -> None:
    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet("订单")
        sheet.write_row(3, 1, NAMES)
        sheet.write_row(15, 1, ["T1", "2026-03-02", 5, "好"])

    data = book(fill)
    found = order(read(data))
    assert (found.where.rows, found.text) == ((16,), "好")
    assert reread(data, found.where) == "T1\t2026-03-02\t5\t好"


def test_a_package_that_does_not_say_which_part_is_which_sheet_has_no_known_errors() -> None:
    data = book(lambda workbook: workbook.add_worksheet("订单").write_formula(0, 0, "=1/0", None, "#N/A"))
    told = open_table(data, bool)
    silent = open_table(patched(data, "xl/workbook.xml", 'r:id="rId1"', 'r:id="rId9"'), bool)
    assert isinstance(told, Table)
    assert told.sheets[0].errors == {(1, 1)}
    assert not isinstance(silent, Table) or not any(sheet.errors for sheet in silent.sheets)


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    data = book(sheet_of(["T1", "", 1]))
    monkeypatch.setattr("stages.sheets.xlsx.MAX_BYTES", 1000)
    (span,) = read(data).unread
    assert span.code == "table-too-large"
