"""The Xiaohongshu order sheet, row by row: what becomes of ours, and that nothing of others' comes through."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
import xlsxwriter

from pipeline.contract import Source
from pipeline.model import Order, Reading, encode
from pipeline.moment import Zone
from stages.orders import Params
from stages.orders.readers import ORDERS

OURS, THEIRS = "P366374524942915524", "P366374524942999999"
NAMES = ("订单号", "SKU规格", "SKU件数", "商家应收金额(元)（支付金额）", "承诺发货时间", "支付时间", "订单发货时间",
         "快递公司", "快递单号", "用户应付金额(元)", "订单状态", "SKU名称", "用户备注",
         "订购人身份证号/ID Number")  # fmt: skip
ROW = {
    "订单号": OURS,
    "SKU规格": "M",
    "SKU件数": "1",
    "商家应收金额(元)（支付金额）": "270.80",
    "支付时间": "2026-03-11 01:20:07",
}

READER = next(reader for reader in ORDERS if reader.id == "xiaohongshu-orders")


def line(**cells: str) -> list[str]:
    merged = {**ROW, **cells}
    return [merged.get(name, "") for name in NAMES]


def text(*lines: list[str]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([list(NAMES), *lines])
    return out.getvalue().encode()


def book(*lines: list[Any], name: str = "订单") -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as workbook:
        sheet = workbook.add_worksheet(name)
        for number, cells in enumerate([list(NAMES), *lines]):
            for column, cell in enumerate(cells):
                if cell != "":
                    sheet.write(number, column, cell)
    return out.getvalue()


def read(data: bytes, *only: str, zone: str | None = None) -> Reading:
    params = Params(only=only, zone=Zone(name=zone, basis="platform") if zone else None)
    return READER.read(Source(data=data, name="小红书订单查询.xlsx", params=params))


def order(reading: Reading) -> Order:
    (record,) = reading.records
    assert isinstance(record, Order)
    return record


def codes(reading: Reading) -> list[str]:
    return [note.code for note in reading.notes] + [span.code for span in reading.unread]


@pytest.mark.parametrize("write", [text, book])
def test_one_order_is_read_without_being_named(write: Any) -> None:
    found = order(read(write(line())))
    assert found.order_id == OURS
    assert found.where.rows == (2,)
    assert found.times.paid is not None
    assert (found.times.paid.start, found.times.paid.zone) == ("2026-03-11T01:20:07", "unknown")


def test_a_platform_zone_is_used_with_its_basis() -> None:
    paid = order(read(text(line()), zone="Asia/Shanghai")).times.paid
    assert paid is not None
    assert (paid.start, paid.zone) == ("2026-03-11T01:20:07+08:00", "platform")


def test_several_orders_and_none_named_are_counted_and_nothing_is_read() -> None:
    reading = read(text(line(), line(), line(订单号=THEIRS), line()))
    (note,) = reading.notes
    assert (note.code, note.values) == ("several-orders", {"orders": 2, "rows": 4})
    assert (reading.records, reading.balance.skipped) == ((), 5)


@pytest.mark.parametrize("write", [text, book])
def test_nothing_of_other_orders_comes_through(write: Any) -> None:
    other = line(订单号=THEIRS, SKU名称="别人的裙子", 用户备注="别人的话", 支付时间="别人的时间", 快递单号="SF-OTHER")
    reading = read(write(other, line(), other), OURS)
    assert "别人" not in encode(reading).decode()
    assert "SF-OTHER" not in encode(reading).decode()
    assert THEIRS not in encode(reading).decode()
    assert codes(reading) == ["other-orders-left-out"]
    assert reading.notes[0].values == {"orders": 1, "rows": 2}


def test_an_order_that_is_not_there_is_said_so() -> None:
    reading = read(text(line(订单号=THEIRS)), OURS)
    assert codes(reading) == ["other-orders-left-out", "order-not-in-table"]


def test_rows_of_one_order_are_one_record_in_row_order() -> None:
    reading = read(text(line(SKU名称="裙子"), line(订单号=THEIRS), line(SKU名称="腰带", 快递单号="SF2")), OURS)
    found = order(reading)
    assert found.where.rows == (2, 4)
    assert [item.title for item in found.items] == ["裙子", "腰带"]
    assert [parcel.number for parcel in found.tracking] == ["SF2"]
    assert found.cells.count(("SKU名称", "腰带")) == 1
    assert found.cells.count(("订单号", OURS)) == 1


def test_amounts_in_several_rows_are_not_added_nor_chosen() -> None:
    reading = read(text(line(), line()), OURS)
    assert order(reading).amounts.received is None
    assert "amount-by-row" in codes(reading)


def test_rows_that_differ_are_noted_and_nothing_is_chosen() -> None:
    reading = read(text(line(订单状态="已发货"), line(订单状态="已完成", 支付时间="2026-03-11 01:20:08")), OURS)
    found = order(reading)
    assert (found.status, found.times.paid) == (None, None)
    assert [note.values["header"] for note in reading.notes if note.code == "rows-differ"] == ["订单状态", "支付时间"]


def test_only_filled_cells_give_a_time() -> None:
    found = order(read(text(line(订单状态="已签收", 订单发货时间="-"))))
    assert found.times.shipped is None
    assert found.times.completed is None
    assert found.status == "已签收"


def test_what_is_no_time_or_amount_is_unread_at_its_row() -> None:
    reading = read(text(line(支付时间="昨天", **{"用户应付金额(元)": "约270"})))
    assert [(span.code, span.where.rows if span.where else None) for span in reading.unread] == [
        ("amount-not-understood", (2,)),
        ("time-not-understood", (2,)),
    ]
    assert reading.balance.records == 1


@pytest.mark.parametrize("paid", ["2026/3/11 1:20", "2026-03-11 01:20"])
def test_a_file_saved_again_by_a_spreadsheet_is_to_the_minute(paid: str) -> None:
    reading = read(text(line(支付时间=paid)))
    found = order(reading).times.paid
    assert found is not None
    assert found.grain == "minute"
    assert codes(reading) == ["saved-again"]


def test_identity_cards_are_left_out() -> None:
    reading = read(text(line(**{"订购人身份证号/ID Number": "330100199001010000"})))
    assert codes(reading) == ["identity-left-out"]
    assert "330100" not in encode(reading).decode()


@pytest.mark.parametrize("damaged", ["3.66E+18", "3.663745249429155E+17"])
def test_a_damaged_order_number_is_unread_and_never_matched(damaged: str) -> None:
    reading = read(text(line(订单号=damaged), line()), OURS)
    assert order(reading).where.rows == (3,)
    assert codes(reading) == ["id-damaged-row"]


def test_an_order_number_kept_as_a_number_is_unread() -> None:
    reading = read(book([366374524942915524.0, *line()[1:]]), OURS)
    assert (reading.records, codes(reading), reading.balance.unread) == ((), ["id-damaged-row"], 1)


def test_guards_around_an_order_number_do_not_hide_it() -> None:
    assert order(read(text(line(订单号=f'="{OURS}"')), OURS)).order_id == OURS
    assert order(read(text(line(订单号=f"\t{OURS}\t")), OURS)).order_id == OURS


def test_a_number_that_ends_in_zeros_is_remarked() -> None:
    assert codes(read(text(line(订单号="3663745249429150000")))) == ["id-suspect"]


@pytest.mark.parametrize(
    ("tail", "notes", "declared"),
    [
        (["合计", "", "3"], [], {}),
        (["总计：", "", "3"], [], {}),
        (["共1笔记录"], [], {"count": 1}),
        (["共3笔"], ["declared-count-differs"], {"count": 3}),
        (["------------------"], [], {}),
    ],
)
def test_the_end_of_the_table(tail: list[str], notes: list[str], declared: dict[str, int]) -> None:
    reading = read(text(line(), tail))
    assert order(reading).where.rows == (2,)
    assert (codes(reading), reading.declared) == (notes, declared)


def test_rows_after_the_end_are_counted() -> None:
    reading = read(text(line(), ["合计"], line(订单号=THEIRS)))
    assert (codes(reading), reading.balance.skipped) == (["rows-after-end"], 3)


def test_a_repeated_header_is_no_order() -> None:
    assert order(read(text(line(), list(NAMES)))).where.rows == (2,)


def test_rows_wider_and_narrower_than_the_header() -> None:
    wide = read(text([*line(), "多"]))
    assert codes(wide) == ["row-wider"]
    assert order(wide).cells[-1] == ("", "多")
    assert codes(read(text([*line(), "", ""]))) == []
    assert codes(read(text(line()[:6]))) == ["row-narrower"]


def test_an_open_quotation_mark_lets_no_other_row_in() -> None:
    data = text(line(), line(订单号=THEIRS, SKU名称="别人的裙子"))
    reading = read(data.replace(b"2026-03-11 01:20:07", b'"2026-03-11 01:20:07', 1), OURS)
    assert (reading.records, codes(reading)) == ((), ["row-runs-on"])
    assert "别人" not in encode(reading).decode()


def test_a_remark_over_several_lines_is_one_cell() -> None:
    found = order(read(text(line(用户备注="第一行\n第二行，\n第三行"))))
    assert found.text == "第一行\n第二行，\n第三行"
    assert found.where.rows == (2,)


def test_names_match_whatever_their_width() -> None:
    data = text(line()).decode().replace("商家应收金额(元)（支付金额）", "商家应收金额（元）(支付金额) ")
    assert order(read(data.encode())).amounts.received is not None


@pytest.mark.parametrize(
    "names",
    [
        ["售后单号", "订单号", "售后类型", "原因", "状态", "商品名称", "申请售后金额(元)"],
        ["订单号", "售后单号", "下单时间", "结算时间", "动账金额", "备注"],
        [*NAMES, "售后单号"],
        [name for name in NAMES if name != "承诺发货时间"],
        ["订单编号", "订单创建时间", "买家会员名"],
    ],
)
def test_other_sheets_are_not_taken_for_orders(names: list[str]) -> None:
    data = (",".join(names) + "\n" + ",".join("x" for _ in names) + "\n").encode()
    assert READER.sniff(Source(data=data, name="x.csv")) is None


def test_a_sheet_asked_for_by_name_that_is_none_says_so() -> None:
    assert codes(read(b"a,b\n1,2\n")) == ["header-not-found"]


def test_a_midnight_among_clock_times_is_a_time() -> None:
    import datetime as dt

    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as workbook:
        sheet = workbook.add_worksheet()
        stamp = workbook.add_format({"num_format": "yyyy/m/d h:mm:ss"})
        for number, cells in enumerate([list(NAMES), line(), line(订单号=THEIRS)]):
            sheet.write_row(number, 0, cells)
        sheet.write_datetime(1, NAMES.index("支付时间"), dt.datetime(2026, 3, 11), stamp)
        sheet.write_datetime(2, NAMES.index("支付时间"), dt.datetime(2026, 3, 11, 8, 5, 9), stamp)
    paid = order(read(out.getvalue(), OURS)).times.paid
    assert paid is not None
    assert (paid.said, paid.start, paid.grain) == ("2026-03-11", "2026-03-11T00:00:00", "second")
