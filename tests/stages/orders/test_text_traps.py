"""What spreadsheets, platforms and mails do to delimited text on its way here, trap by trap."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract import Source
from pipeline.model import Order
from stages.orders import Params, reread
from stages.orders.readers import ORDERS
from tests.stages.orders.export import HEAD, NUMBER, OURS, THEIRS, codes, is_ours, order, read

XHS = next(reader for reader in ORDERS if reader.id == "xiaohongshu-orders")

# Lines above and below


@pytest.mark.parametrize(
    ("above", "row"),
    [
        ("\n", 3),
        ("\r\n\r\n", 4),
        ("sep=,\n", 2),
        ("SEP=,\r\n", 2),
        ('"sep=,"\n', 2),
        ("sep=,\n\n", 3),
        ("\ufeffsep=,\n", 2),
        ("店铺：初晴旗舰店\n导出时间：2026-03-20 09:00:00\n,,,\n", 5),
        ("说明,下表由后台导出\n" * 58, 60),
    ],
)
def test_what_stands_above_the_header(above: str, row: int) -> None:
    is_ours(read((above + HEAD + OURS).encode("utf-8")), row)
    cited = reread((above + HEAD + OURS).encode(), order(read((above + HEAD + OURS).encode())).where)
    assert cited == OURS.strip().replace(",", "\t")


def test_a_header_below_row_sixty_is_not_looked_for() -> None:
    reading = read(("说明,x\n" * 60 + HEAD + OURS).encode())
    assert reading.records == ()
    assert "column-missing" in codes(reading)
    is_ours(read(("说明,x\n" * 59 + HEAD + OURS).encode()), 61)


@pytest.mark.parametrize(
    ("trailer", "notes", "declared"),
    [
        ("----------\n", [], {}),
        ("---------------------------------,,,\n", [], {}),
        ("共1笔记录\n", [], {"count": 1}),
        ("共12笔,,,\n", ["declared-count-differs"], {"count": 12}),
        ("1 record(s) downloaded\n", [], {"count": 1}),
        (f"共{'1' * 5000}笔\n", [], {}),
        ("Seller ID: A1B2\n", [], {}),
        ("Seller ID ：A1B2\n", [], {}),
        ("合计,,270.80,\n", [], {}),
        ("\n,,,\n汇总:,,270.80,\n", [], {}),
        ("------------\n共2笔\n总计,,270.80,\n", ["declared-count-differs"], {"count": 2}),
    ],
)
def test_trailers_end_the_table(trailer: str, notes: list[str], declared: dict[str, int]) -> None:
    reading = read((HEAD + OURS + trailer).encode())
    assert order(reading).where.rows == (2,)
    assert (codes(reading), reading.declared) == (notes, declared)
    assert reading.balance.records + reading.balance.skipped == reading.balance.total


@pytest.mark.parametrize("first", ["汇总表格客户", "合计共付", "---", "共同购买", "共一笔"])
def test_an_order_whose_number_only_looks_like_a_trailer_is_data(first: str) -> None:
    reading = read((HEAD + OURS.replace(NUMBER, first) + OURS).encode())
    assert order(reading).where.rows == (3,)
    assert "rows-after-end" not in codes(reading)


def test_rows_below_the_end_are_not_read_even_if_they_are_ours() -> None:
    reading = read((HEAD + OURS + "合计,,,\n" + OURS + THEIRS).encode())
    assert order(reading).where.rows == (2,)
    (note,) = reading.notes
    assert (note.code, note.values) == ("rows-after-end", {"count": 2})
    assert note.where is not None
    assert note.where.rows == (4, 5)


# Cells


@pytest.mark.parametrize(
    "said",
    [
        f'="{NUMBER}"',
        f'"=""{NUMBER}"""',
        f"={NUMBER}",
        f"'{NUMBER}",
        f"\t{NUMBER}",
        f'"\t{NUMBER}"',
        f"{NUMBER}\t",
        f'"{NUMBER}\t"',
        f'"{NUMBER}"\t',
        f"\u3000{NUMBER} ",
        f' ="{NUMBER}" ',
        f"\u200b{NUMBER}",
        f"\u202a{NUMBER}\u202c",
        f"\u00a0{NUMBER}\ufeff",
        f'="\u200e{NUMBER}"',
    ],
)
def test_what_protects_a_number_from_a_spreadsheet_does_not_hide_it(said: str) -> None:
    found = order(read((HEAD + OURS.replace(NUMBER, said) + THEIRS).encode()))
    assert (found.order_id, found.where.rows) == (NUMBER, (2,))


def test_marks_that_cannot_be_seen_stay_in_text_and_go_from_numbers() -> None:
    columns = {"order_id": "订单编号", "tracking_no": "实付金额", "text": "备注"}
    row = f"{NUMBER},,\u202aSF3006662992881\u202c,👨\u200d👩\u200d👧 一家人\n"
    found = order(read((HEAD + row).encode(), columns=columns))
    assert [parcel.number for parcel in found.tracking] == ["SF3006662992881"]
    assert found.text == "👨\u200d👩\u200d👧 一家人"


@pytest.mark.parametrize("text", ["+86 不要打电话", "=SUM(A1:A9)", "-", "@阿青", "'tis", "/", "无"])
def test_free_text_is_data_whatever_it_begins_with(text: str) -> None:
    assert order(read((HEAD + OURS.replace("麻烦尽快发货", text)).encode())).text == text


@pytest.mark.parametrize("nothing", ["", " ", "/", "-", "--", "无", "N/A", "NULL", "None", "\t", '""'])
def test_what_stands_for_nothing_is_neither_a_time_nor_a_fault(nothing: str) -> None:
    reading = read((HEAD + OURS.replace("2026-03-02 08:05:09", nothing).replace("270.80", nothing)).encode())
    assert (order(reading).times.created, order(reading).amounts.paid, codes(reading)) == (None, None, [])


@pytest.mark.parametrize("damaged", ["1.18404E+18", "1.18403961275001E+18", "1e18", '="1.18E+18"', "1.18E18"])
def test_numbers_that_lost_their_digits_are_unread_and_belong_to_nobody(damaged: str) -> None:
    reading = read((HEAD + OURS.replace(NUMBER, damaged) + OURS).encode())
    assert order(reading).where.rows == (3,)
    (span,) = reading.unread
    assert (span.code, span.values, span.where.rows if span.where else None) == ("id-damaged-row", {"count": 1}, (2,))
    assert (reading.balance.records, reading.balance.unread) == (1, 1)


def test_a_number_with_zeros_from_the_sixteenth_digit_on_is_read_and_doubted() -> None:
    rounded = "1184039612750010000"
    reading = read((HEAD + OURS.replace(NUMBER, rounded) * 2 + THEIRS).encode(), only=(rounded,))
    assert order(reading).order_id == rounded
    doubts = [note for note in reading.notes if note.code == "id-suspect"]
    assert [(note.values, note.where.rows if note.where else None) for note in doubts] == [({"count": 2}, (2, 3))]


@pytest.mark.parametrize(
    ("row", "codes_", "extra"),
    [
        (OURS.replace("\n", ",\n"), [], None),
        (OURS.replace("\n", ",,,, \n"), [], None),
        (OURS.replace("\n", ",旁注\n"), ["row-wider"], ("", "旁注")),
        (OURS.replace("\n", ", ,旁注\n"), ["row-wider"], ("", "旁注")),
        (OURS.rpartition(",")[0] + "\n", ["row-narrower"], None),
        (f"{NUMBER}\n", ["row-narrower"], None),
    ],
)
def test_rows_wider_or_narrower_than_the_header(row: str, codes_: list[str], extra: tuple[str, str] | None) -> None:
    reading = read((HEAD + row).encode())
    assert codes(reading) == codes_
    assert (extra in order(reading).cells) is (extra is not None)
    assert order(reading).order_id == NUMBER


def test_a_header_that_ends_in_empty_columns_makes_no_row_narrow() -> None:
    assert codes(read((HEAD.replace("\n", ",,,,\n") + OURS).encode())) == []


@pytest.mark.parametrize("column", range(4))
def test_an_open_quotation_mark_in_any_column_lets_nobody_else_in(column: int) -> None:
    cells = OURS.strip().split(",")
    cells[column] = '"' + cells[column]
    reading = read((HEAD + THEIRS + ",".join(cells) + "\n" + THEIRS * 3).encode())
    assert reading.records == ()
    assert "row-runs-on" in codes(reading)
    assert "别人的话" not in repr(reading)


def test_a_quotation_mark_inside_a_cell_is_text() -> None:
    assert order(read((HEAD + OURS.replace("麻烦", '19"显示器 麻烦')).encode())).text == '19"显示器 麻烦尽快发货'


def test_a_quoted_remark_keeps_its_lines_marks_and_delimiters() -> None:
    remark = '第一行，\n"第二行",\n\n第三行'
    out = io.StringIO(newline="")
    csv.writer(out).writerows([HEAD.strip().split(","), [*OURS.strip().split(",")[:3], remark], ["x", "", "", ""]])
    reading = read(out.getvalue().encode())
    assert order(reading).text == remark
    assert (reading.balance.total, reading.balance.records) == (3, 1)


# Amounts with remarks, and blanks that are filled


@pytest.mark.parametrize(
    ("paid", "refunded"),
    [
        ("131.77(已退款89.84)", "89.84"),
        ("468.32（已全额退款）", "468.32"),
        ("￥12.00(已退款￥5)", "5.00"),
        ("12.00", None),
    ],
)
def test_a_remark_beside_an_amount_states_what_was_refunded(paid: str, refunded: str | None) -> None:
    found = order(read((HEAD + OURS.replace("270.80", paid)).encode())).amounts
    assert (found.refunded.value if found.refunded else None) == refunded


def test_two_remarks_about_refunds_are_not_added_nor_chosen() -> None:
    columns = {"order_id": "订单编号", "paid_amount": "实付金额", "received": "备注"}
    row = f"{NUMBER},,12.00(已退款5.00),9.00(已退款4.00)\n"
    found = order(read((HEAD + row).encode(), columns=columns)).amounts
    assert (found.paid and found.paid.value, found.received and found.received.value) == ("12.00", "9.00")
    assert found.refunded is None


FILLED = "品名,单号,金额\n围巾,T1,5\n手套,,6\n\n合计,,11\n帽子,T2,7\n"
FILLING: dict[str, Any] = {"columns": {"order_id": "单号", "title": "品名", "goods": "金额"}, "fill_down": ("单号",)}


def test_a_total_is_nobody_s_row_though_blanks_are_filled() -> None:
    reading = read(FILLED.encode(), only=None, **FILLING)
    found = order(reading)
    assert (found.order_id, found.where.rows) == ("T1", (2, 3))
    assert [item.title for item in found.items] == ["围巾", "手套"]
    assert codes(reading) == ["rows-after-end", "amount-by-row"]


def test_a_row_that_ends_before_the_filled_column_has_no_order() -> None:
    reading = read("品名,单号\n围巾,T1\n手套\n".encode(), only=None, columns={"order_id": "单号"}, fill_down=("单号",))
    assert order(reading).where.rows == (2,)
    assert [(span.code, span.where.rows if span.where else None) for span in reading.unread] == [
        ("row-without-order", (3,))
    ]


def test_a_column_to_fill_that_is_not_there_is_named() -> None:
    options = {**FILLING, "fill_down": ("单号", "店铺")}
    (span,) = read(FILLED.encode(), only=None, **options).unread
    assert (span.code, span.values["column"]) == ("column-missing", "店铺")


def test_a_cell_beyond_every_measure_breaks_what_follows_and_nothing_before() -> None:
    reading = read((HEAD + OURS + THEIRS.replace("别人的话", "x" * (1 << 20 | 1)) + OURS).encode())
    assert order(reading).where.rows == (2,)
    assert [(span.code, span.where.rows if span.where else None) for span in reading.unread] == [
        ("row-runs-on", (3, 4))
    ]


# Saved again by a spreadsheet


@pytest.mark.parametrize(
    ("said", "grain", "notes"),
    [
        ("2026-03-11 01:20:07", "second", []),
        ("2026/3/11 1:20", "minute", ["saved-again"]),
        ("2026/3/11 1:20:07", "second", []),
        ("2026-03-11", "day", []),
    ],
)
def test_a_platform_that_writes_seconds_shows_who_saved_the_file_again(said: str, grain: str, notes: list[str]) -> None:
    names = "订单号,SKU规格,SKU件数,商家应收金额(元)（支付金额）,承诺发货时间,支付时间\n"
    data = f"{names}P366374524942915524,M,1,270.80,,{said}\n".encode()
    reading = XHS.read(Source(data=data, name="x.csv", params=Params(only=None)))
    paid = order(reading).times.paid
    assert paid is not None
    assert (paid.said, paid.grain, codes(reading)) == (said, grain, notes)


# Whatever else stands in the cells


CELL = st.text(st.sampled_from("订单甲乙A1=+-@\"',;\t \n/0。"), max_size=8)


@given(st.lists(st.tuples(st.sampled_from([NUMBER, "T2", ""]), CELL, CELL, CELL), max_size=8), st.sampled_from(",;\t|"))
@settings(max_examples=60, deadline=None)
def test_a_well_written_table_gives_back_every_cell_of_its_rows(
    rows: list[tuple[str, str, str, str]], delimiter: str
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(HEAD.strip().split(","))
    writer.writerows(rows)
    data = out.getvalue().encode()
    reading = read(data, only=None)
    assert reading.balance.total == len(rows) + 1
    for record in reading.records:
        assert isinstance(record, Order)
        for number in record.where.rows or ():
            row = rows[number - 2]
            assert row[0] == record.order_id
        first = rows[(record.where.rows or (2,))[0] - 2]
        stated = [cell.strip() for cell in first if cell.strip()]
        assert [said for _, said in record.cells][: len(stated)] == stated


def test_two_columns_of_one_name_are_said_to_be_two() -> None:
    twice = read(f"{HEAD.strip()},订单创建时间\n{OURS.strip()},2026-01-01 00:00:00\n".encode())
    (note,) = (note for note in twice.notes if note.code == "column-twice")
    assert note.values["name"] == "订单创建时间"
    assert note.where is not None
    assert note.where.rows == (1,)
