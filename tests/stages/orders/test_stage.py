"""The stage: what it accepts, how a declaration finds its file, re-reading, and what holds for any bytes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract import Inputs, Settings, Source
from pipeline.locate import WHOLE, Locator, Unlocatable
from pipeline.model import (
    Balance,
    Case,
    Exhibit,
    Ingested,
    Order,
    Reading,
    Receipt,
    Trade,
    decode,
    digest_of,
    encode,
)
from pipeline.model import Source as Declared
from pipeline.wording import WORDINGS
from stages.lang.numbers import linked
from stages.orders import STAGE, Params, reread
from stages.orders.readers import READERS

FOLDER = Path(__file__).parents[3] / "fixtures/orders"
SAMPLES = sorted(FOLDER.glob("*/*.csv")) + sorted(FOLDER.glob("*/*.xlsx"))
OURS = "P366374524942915524"

XHS = next(reader for reader in READERS if reader.id == "xiaohongshu-orders")


def run(tmp_path: Path, data: bytes, params: Params, *names: str) -> Reading:
    path = tmp_path / "original"
    path.write_bytes(data)
    receipts = tuple(Receipt(name=name, received="2026-03-20T00:00:00Z") for name in names or ("orders.csv",))
    exhibit = Exhibit(label="1", digest=digest_of(data), bytes=len(data), receipts=receipts)
    made = STAGE.run(Inputs(exhibit=exhibit, path=lambda _: path, scratch=tmp_path), params)
    assert isinstance(made.document, Reading)
    return made.document


@pytest.mark.parametrize(("kind", "taken"), [("text", True), ("table", True), ("image", False), ("archive", False)])
def test_it_takes_tables_and_text(kind: str, taken: bool) -> None:
    balance = Balance(unit="bytes", total=0, records=0)
    assert STAGE.accepts(Ingested(media_type="x", kind=kind, balance=balance)) is taken  # type: ignore[arg-type]
    assert STAGE.accepts(None) is False


def test_the_tool_that_opens_workbooks_is_in_the_key() -> None:
    (tool,) = STAGE.tools(Params())
    assert tool.name == "python-calamine"
    assert tool.version


@pytest.mark.parametrize(
    ("case", "every", "only"),
    [
        (Case(), False, ()),
        (Case(only=("A", "B")), False, ("A", "B")),
        (Case(), True, None),
        (Case(only=("A",)), True, None),
    ],
)
def test_which_orders_may_be_read(case: Case, every: bool, only: tuple[str, ...] | None) -> None:
    params = STAGE.configure(case, Settings(date_order="dmy", zone="+08:00", every_order=every))
    assert isinstance(params, Params)
    assert (params.only, params.date_order) == (only, "dmy")
    assert params.zone is not None
    assert params.zone.basis == "case"


def test_every_order_is_read_when_all_are_asked_for(tmp_path: Path) -> None:
    data = (FOLDER / "xiaohongshu-orders/sample.csv").read_bytes()
    reading = run(tmp_path, data, Params(only=None))
    assert [record.where.rows for record in reading.records] == [(2,), (3,), (4,), (5, 6), (7,), (8,)]
    assert (reading.balance.records, reading.balance.skipped) == (7, 1)


def test_a_sample_runs_through_the_stage(tmp_path: Path) -> None:
    data = (FOLDER / "xiaohongshu-orders/sample.xlsx").read_bytes()
    reading = run(tmp_path, data, Params(only=(OURS,)))
    assert reading.reader == "xiaohongshu-orders@1"
    assert decode(encode(reading), Reading) == reading


def test_a_declaration_finds_the_file_under_any_of_its_names(tmp_path: Path) -> None:
    params = Params(sources=(Declared(file="second.csv", columns={"order_id": "单号"}),))
    assert run(tmp_path, "单号,x\nT1,1\n".encode(), params, "a/first.csv", "b/second.csv").reader == "table@1"


def test_a_declaration_wins_over_a_format_that_is_known(tmp_path: Path) -> None:
    data = (FOLDER / "xiaohongshu-orders/sample-one-order.csv").read_bytes()
    params = Params(sources=(Declared(file="orders.csv", columns={"order_id": "订单号"}),))
    assert run(tmp_path, data, params).reader == "table@1"
    named = Params(sources=params.sources, format="xiaohongshu-orders")
    assert run(tmp_path, data, named).reader == "xiaohongshu-orders@1"


@pytest.mark.parametrize("data", [b"hello\n", "林小姐 和 阿青 在微信上的聊天记录如下，请查收。\n".encode()])
def test_a_text_nobody_knows_is_claimed_by_nobody(tmp_path: Path, data: bytes) -> None:
    reading = run(tmp_path, data, Params())
    assert (reading.reader, reading.format, reading.records, reading.unread) == ("", "none", (), ())


def test_a_workbook_that_cannot_be_opened_says_why(tmp_path: Path) -> None:
    reading = run(tmp_path, (FOLDER / "xiaohongshu-orders/broken-cut.xlsx").read_bytes(), Params())
    assert (reading.format, [span.code for span in reading.unread]) == ("none", ["table-broken"])


def test_cited_rows_are_read_back() -> None:
    for name in ("sample.csv", "sample-gb18030.csv", "sample-sheets.xlsx", "sample-typed.xlsx"):
        data = (FOLDER / "xiaohongshu-orders" / name).read_bytes()
        (record,) = XHS.read(Source(data=data, name=name, params=Params(only=(OURS,)))).records
        assert isinstance(record, Order)
        lines = reread(data, record.where).split("\n")
        assert len(lines) == len(record.where.rows or ())
        assert all(any(said in line.split("\t") for line in lines) for _, said in record.cells)


def test_cited_rows_of_a_table_that_no_format_knows() -> None:
    assert reread("单号;金额\nT1;5\n".encode(), Locator(sheet="", rows=(2,))) == "T1\t5"
    assert reread(b"a\nb\n", Locator(sheet="", rows=(2, 1))) == "b\na"


@pytest.mark.parametrize("where", [WHOLE, Locator(sheet="", rows=(9,)), Locator(sheet="x", rows=(1,))])
def test_a_place_that_is_not_there(where: Locator) -> None:
    with pytest.raises(Unlocatable):
        reread(b"a,b\n1,2\n", where)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\xff\xfe\x00"])
def test_bytes_that_are_no_table(data: bytes) -> None:
    with pytest.raises(Unlocatable):
        reread(data, Locator(sheet="", rows=(1,)))


def check(data: bytes, params: Params) -> None:
    """What holds for whatever bytes a reader is given."""
    for reader in READERS:
        source = Source(data=data, name="orders.csv", params=params)
        score = reader.sniff(source)
        assert score is None or (0 < score.value <= 1 and score.reason in WORDINGS)
        reading = reader.read(source)
        assert {said.code for said in (*reading.notes, *reading.unread)} <= WORDINGS.keys()
        rows = [row for record in reading.records for row in record.where.rows or ()]
        assert reading.balance.unit == "items" or len(rows) == reading.balance.records
        for record in reading.records:
            assert isinstance(record, Trade)
            assert not params.only or not set(params.only).isdisjoint(map(linked, numbers_of(record)))
            assert list(record.where.rows or ()) == sorted(record.where.rows or ())


def numbers_of(record: Trade) -> list[str]:
    """Every number by which a record may be found."""
    own = [record.order_id, record.sub_order_id, record.transaction_id]
    return [number for number in (*own, *(parcel.number for parcel in record.tracking)) if number]


DECLARED = Declared(
    file="orders.csv", columns={"order_id": "单号", "created": "日期", "amount": "金额"}, fill_down=("单号",)
)
EITHER = st.sampled_from([Params(), Params(only=None), Params(only=(OURS, "T-1001")), Params(sources=(DECLARED,))])


@given(st.binary(max_size=400), EITHER)
@settings(max_examples=60, deadline=None)
def test_any_bytes(data: bytes, params: Params) -> None:
    check(data, params)


@given(st.sampled_from(SAMPLES), st.integers(0, 6000), st.integers(0, 60), st.binary(max_size=8), EITHER)
@settings(max_examples=80, deadline=None)
def test_damaged_samples(sample: Path, place: int, length: int, insertion: bytes, params: Params) -> None:
    data = sample.read_bytes()
    check(data[:place] + insertion + data[place + length :], params)


CELL = st.sampled_from(
    ["T1", "T2", "", "2026-03-02", "12.5", "-", '"', "合计", "6.9E+18", "单号", "日期", "金额", "共2笔", "\n"]
)


@given(st.lists(st.lists(CELL, max_size=5), max_size=12), st.sampled_from(",\t;"), EITHER)
@settings(max_examples=80, deadline=None)
def test_any_order_of_cells(rows: list[list[str]], delimiter: str, params: Params) -> None:
    check(("单号,日期,金额\n" + "\n".join(delimiter.join(row) for row in rows)).encode(), params)
