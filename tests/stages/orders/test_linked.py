"""The second stage: what bears a number of the case's orders is read, in whatever file it stands, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.contract import Inputs
from pipeline.model import Exhibit, Reading, Receipt, Trade, digest_of
from stages.orders import STAGE as ORDERS
from stages.orders import Params, linked, reread

FIXTURES = Path(__file__).parents[3] / "fixtures" / "orders"
ORDER = "2417325900034567890"
PAID = "2026031122001412345678901234"
PARCEL = "SF1420260312071"


def run(path: Path, *links: str, only: tuple[str, ...] | None = ()) -> Reading:
    receipt = Receipt(name=path.name, received="2026-03-20T00:00:00Z")
    data = path.read_bytes()
    exhibit = Exhibit(label="1", digest=digest_of(data), bytes=len(data), receipts=(receipt,))
    inputs = Inputs(exhibit=exhibit, path=lambda _: path, scratch=path.parent, links=frozenset(links))
    made = linked.STAGE.run(inputs, Params(only=only))
    assert isinstance(made.document, Reading)
    return made.document


def rows(reading: Reading) -> list[object]:
    return [record.where.rows or record.where.pointer for record in reading.records]


@pytest.mark.parametrize(
    ("name", "links", "found"),
    [
        ("alipay-app/sample.csv", (ORDER,), [(17,), (18,)]),
        ("alipay-app/sample-2021.csv", (ORDER,), [(3,), (4,)]),
        ("alipay-web/sample.csv", (PAID,), [(6,)]),
        ("wechat-pay/sample.csv", ("P366374524942915524",), [(19,)]),
        ("wechat-pay/sample.xlsx", ("P366374524942915524",), [(19,)]),
        ("taobao-refunds/sample.csv", (ORDER,), [(2,)]),
        ("tracking-table/sample.csv", (PARCEL,), [(2,), (3,)]),
        ("kuaidi100/sample-query.json", ("SF1",), []),
        ("paypal-activity/sample.csv", ("8XY12345AB678901D",), [(3,)]),
    ],
)
def test_rows_are_followed_by_their_numbers(name: str, links: tuple[str, ...], found: list[object]) -> None:
    reading = run(FIXTURES / name, *links)
    assert rows(reading) == found
    assert reading.unread == ()
    balance = reading.balance
    assert balance.records + balance.skipped == balance.total


def test_without_a_number_a_bill_of_several_gives_nothing() -> None:
    reading = run(FIXTURES / "wechat-pay" / "sample.csv")
    assert (reading.records, [note.code for note in reading.notes]) == ((), ["several-orders"])


def test_what_is_let_go_leaves_no_trace() -> None:
    reading = run(FIXTURES / "alipay-web" / "sample.csv", ORDER)
    assert "顺丰速运" not in str(reading)
    assert "T200P2417325900034567999" not in str(reading)


def test_orders_are_not_read_twice() -> None:
    assert run(FIXTURES / "taobao-orders" / "sample.csv", ORDER, only=None).format == "none"


def test_a_file_of_neither_stage_is_explained_once(tmp_path: Path) -> None:
    path = tmp_path / "账单.xls"
    path.write_text("<table><tr><td>交易时间</td></tr></table>")
    exhibit = Exhibit(label="1", digest=digest_of(b""), bytes=1, receipts=(Receipt(name=path.name, received="2026"),))
    made = ORDERS.run(Inputs(exhibit=exhibit, path=lambda _: path, scratch=tmp_path), Params())
    assert isinstance(made.document, Reading)
    assert [span.code for span in made.document.unread] == ["table-is-page"]
    assert run(path, ORDER).unread == ()


def test_a_row_of_a_damaged_bill_is_cited_where_it_stands(tmp_path: Path) -> None:
    data = (FIXTURES / "alipay-web" / "sample.csv").read_bytes()
    place = data.index("顺丰速运".encode("gb18030"))
    path = tmp_path / "alipay.csv"
    path.write_bytes(data[: place + 1] + b"\xff" + data[place + 2 :])
    reading = run(path, ORDER)
    (record,) = reading.records
    assert isinstance(record, Trade)
    cited = reread(path.read_bytes(), record.where)
    assert f"T200P{ORDER}" in cited
    assert "初晴亚麻连衣裙" in cited
    assert [(span.code, span.where.rows) for span in reading.unread] == [("row-not-decodable", (7,))]
