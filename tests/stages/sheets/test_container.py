from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from stages.sheets import xlsx
from stages.sheets.container import Cannot, Row, Sheet, Table, open_table


def fits(keys: frozenset[str]) -> bool:
    return {"订单号", "金额"} <= keys


def sheet_of(data: bytes, **options: Any) -> Sheet:
    table = open_table(data, fits, **options)
    assert isinstance(table, Table)
    return table.sheets[0]


def cells(sheet: Sheet) -> list[list[Any]]:
    return [list(row.cells) for row in sheet.rows()]


def book(fill: Any) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as workbook:
        fill(workbook)
    return buffer.getvalue()


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_delimiter_and_encoding_are_those_under_which_the_header_stands(delimiter: str, encoding: str) -> None:
    sheet = sheet_of(f"说明;x\n订单号{delimiter}金额\n1{delimiter}2\n".encode(encoding))
    assert (sheet.delimiter, sheet.encoding) == (delimiter, encoding)
    assert cells(sheet)[1:] == [["订单号", "金额"], ["1", "2"]]


def test_a_declared_delimiter_is_kept_to() -> None:
    assert open_table("订单号,金额\n".encode(), fits, delimiter=";") is None


def test_rows_are_numbered_as_excel_numbers_them() -> None:
    rows = list(sheet_of('sep=,\n\n订单号,金额\n"a\nb",1\n,\n2,3\n'.encode()).rows())
    assert [row.number for row in rows] == [1, 2, 3, 4, 5]
    assert [row.lines for row in rows] == [1, 1, 2, 1, 1]
    assert list(rows[4].cells) == ["2", "3"]


def test_a_field_without_end_breaks_all_rows_from_there_on() -> None:
    data = ('订单号,金额\n1,2\n"' + "x" * (1 << 20) + "\n3,4\n").encode()
    rows = list(sheet_of(data).rows())
    assert [row.lines for row in rows][:3] == [1, 1, 0]
    assert all(row.lines == 0 for row in rows[2:])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("wrong", [b"\x80", b"\xff", b"\xb2,", "好".encode("gb18030")[:1]])
def test_a_row_with_a_byte_that_does_not_decode_costs_no_other(encoding: str, wrong: bytes) -> None:
    head, last = "订单号,金额\n1,甲\n".encode(encoding), "3,丙\n".encode(encoding.removesuffix("-sig"))
    sheet = sheet_of(head + b"2," + wrong + b"\n" + last)
    assert sheet.encoding == encoding
    assert [row.decoded for row in sheet.rows()] == [True, True, False, True]
    assert [list(row.cells) for row in sheet.rows()] == [["订单号", "金额"], ["1", "甲"], [], ["3", "丙"]]
    assert [row.lines for row in sheet.rows()] == [1, 1, 0, 1]


def test_a_file_cut_within_a_character_loses_its_last_row() -> None:
    for encoding in ("utf-8", "gb18030"):
        data = "订单号,金额\n1,甲\n2,乙".encode(encoding)[:-1]
        assert [row.decoded for row in sheet_of(data).rows()] == [True, True, False]


def test_a_damaged_row_above_the_header_hides_no_table() -> None:
    for encoding in ("utf-8", "gb18030"):
        data = "昵称：".encode(encoding) + b"\x80\n" + "订单号,金额\n1,甲\n".encode(encoding)
        sheet = sheet_of(data)
        assert (sheet.encoding, [row.decoded for row in sheet.rows()]) == (encoding, [False, True, True])


def test_a_damaged_text_without_lines_of_bytes_is_not_opened() -> None:
    good = "订单号,金额\n1,2\n".encode("utf-16")
    assert open_table(good + b"\x00\xd8", fits) == Cannot("table-not-decodable", len(good))
    assert open_table(b"x,y\n\x80\n", fits) is None


@given(st.binary(min_size=1, max_size=12), st.sampled_from(["utf-8", "gb18030"]))
def test_whatever_stands_in_a_row_the_rows_around_it_are_read(odd: bytes, encoding: str) -> None:
    odd = odd.translate(None, b'\r\n"')
    data = "订单号,金额\n1,甲\n".encode(encoding) + b"2," + odd + "\n3,丙\n".encode(encoding)
    table = open_table(data, fits)
    assert isinstance(table, Table)
    rows = list(table.sheets[0].rows())
    if table.sheets[0].encoding == encoding:
        assert (rows[1].cells, rows[3].cells) == (["1", "甲"], ["3", "丙"])
    assert not any("\udc80" <= letter <= "\udcff" for row in rows for cell in row.cells for letter in cell)


def test_a_text_without_the_header_is_not_opened() -> None:
    assert open_table(b"hello\nworld\n", fits) is None
    assert open_table(b"", fits) is None


def test_only_the_head_is_looked_at_to_recognise_a_file() -> None:
    data = "订单号,金额\n".encode() + b"1,2\n" * 20_000 + b"\xff"
    table = open_table(data, fits, whole=False)
    assert isinstance(table, Table)
    assert [row.number for row in sheet_of(data).rows() if not row.decoded] == [20_002]


def test_typed_cells_and_leading_blanks_keep_their_places() -> None:
    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet("A")
        stamp = workbook.add_format({"num_format": "yyyy/m/d h:mm"})
        sheet.write(2, 2, 1.0)
        sheet.write_datetime(2, 3, datetime(2026, 3, 1, 8, 5, 3), stamp)
        sheet.write_datetime(2, 4, datetime(2026, 3, 1), stamp)
        sheet.write_string(4, 2, "=1+1")

    rows = list(sheet_of(book(fill)).rows())
    assert [row.number for row in rows] == [1, 2, 3, 4, 5]
    assert list(rows[2].cells) == ["", "", 1.0, datetime(2026, 3, 1, 8, 5, 3), date(2026, 3, 1)]
    assert rows[4].cells[2] == "=1+1"


def test_merged_cells_fill_downward_inside_the_merge_only() -> None:
    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet("A")
        sheet.merge_range(0, 0, 1, 0, "P1")
        sheet.merge_range(0, 1, 0, 2, "宽")
        sheet.write(2, 3, "x")

    assert list(sheet_of(book(fill)).rows()) == [
        Row(1, ["P1", "宽", "", ""], []),
        Row(2, ["P1", "", "", ""], [0]),
        Row(3, ["", "", "", "x"], []),
    ]


def test_hidden_sheets_and_error_cells_are_told() -> None:
    def fill(workbook: Any) -> None:
        workbook.add_worksheet("A").write_formula(6, 27, "=1/0", None, "#DIV/0!")
        workbook.add_worksheet("B").hide()

    table = open_table(book(fill), fits)
    assert isinstance(table, Table)
    assert [(sheet.name, sheet.visible) for sheet in table.sheets] == [("A", True), ("B", False)]
    assert table.sheets[0].errors == {(7, 28)}
    assert list(table.sheets[1].rows()) == []


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_a_few_far_off_cells_do_not_fill_the_memory() -> None:
    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet("A")
        sheet.write(0, 0, "a")
        sheet.write(1_048_575, 16_383, "b")

    assert open_table(book(fill), fits) == Cannot("table-too-large")


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04",
        b"PK\x03\x04" + b"\x00" * 200,
        zipped({"a.txt": b"x"}),
        zipped({"xl/workbook.xml": b"<workbook"}),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    ],
)
def test_what_is_no_workbook_cannot_be_opened(data: bytes) -> None:
    assert open_table(data, fits) == Cannot("table-broken")


@pytest.mark.parametrize(("letters", "number"), [("A", 1), ("Z", 26), ("AA", 27), ("XFD", 16384)])
def test_column_letters(letters: str, number: int) -> None:
    assert xlsx.column_number(letters) == number


def small_book() -> bytes:
    return book(lambda workbook: workbook.add_worksheet("A").write_row(0, 0, ["订单号", "金额", 1, True]))


SMALL = small_book()


@given(st.integers(0, len(SMALL)), st.integers(0, 200), st.binary(max_size=20))
@settings(max_examples=60, deadline=None)
def test_a_damaged_workbook_is_opened_or_refused(place: int, length: int, insertion: bytes) -> None:
    opened = open_table(SMALL[:place] + insertion + SMALL[place + length :], fits)
    if isinstance(opened, Table):
        for sheet in opened.sheets:
            list(sheet.rows())


@pytest.mark.parametrize("inline", [False, True])
def test_a_cheap_look_tells_whether_a_workbook_can_hold_a_word(inline: bool) -> None:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, "constant_memory": inline}) as book:
        book.add_worksheet().write_row(0, 0, ["咨询时间", "客服"])
    assert xlsx.may_hold(held.getvalue(), "咨询时间")
    assert not xlsx.may_hold(held.getvalue(), "订单号")
    assert not xlsx.may_hold(held.getvalue()[:200], "咨询时间")
    assert xlsx.may_hold(b"\xd0\xcf\x11\xe0" + "咨询时间".encode("utf-16-le"), "咨询时间")


@pytest.mark.parametrize(("column", "large"), [(0, False), (46, False), (47, True), (702, True)])
def test_the_last_row_of_excel_is_no_bomb_unless_it_is_wide(column: int, large: bool) -> None:
    def fill(workbook: Any) -> None:
        workbook.add_worksheet("订单").write_string(1_048_575, column, "x")

    data = book(fill)
    if large:
        with pytest.raises(xlsx.TooLarge):
            xlsx.error_cells(data)
    else:
        assert xlsx.error_cells(data) == {"订单": frozenset()}
