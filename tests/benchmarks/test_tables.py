"""The files that tables are measured with are what their formats say, and ours reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import tables
from benchmarks.measure import Cost
from stages.sheets.container import Table, open_table


@pytest.mark.parametrize(("kind", "make"), [("csv", tables.make_csv), ("xlsx", tables.make_workbook)])
def test_a_file_has_as_many_rows_and_columns_as_are_asked_for(tmp_path: Path, kind: str, make: object) -> None:
    path = tmp_path / f"orders.{kind}"
    make(path, 12, 30)  # type: ignore[operator]
    table = open_table(path.read_bytes(), lambda keys: "订单编号" in keys)
    assert isinstance(table, Table)
    rows = list(table.sheets[0].rows())
    assert [len(row.cells) for row in rows] == [30] * 13
    assert [row.cells[0] for row in rows] == ["订单编号", *map(tables.order_of, range(12))]
    assert rows[1].cells[1:] == rows[-1].cells[1:] == tables.cells_of(30)
    tables.read(path, tables.order_of(tables.WANTED))


def test_a_reading_of_anything_else_is_no_measurement(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    tables.make_csv(path, 3, 12)
    with pytest.raises(SystemExit, match="not what was asked for"):
        tables.read(path, "24173259")


def cost(cpu: float, megabytes: float) -> Cost:
    peak = round(megabytes * tables.MEGABYTE)
    return Cost(wall=cpu, cpu=cpu, tesseract=0, driver=peak, worker=0, status=0, output="")


@pytest.mark.parametrize(
    ("kind", "cpu", "peak", "missed"),
    [
        ("csv", 4.9, 69, ""),
        ("csv", 5.6, 69, "cpu"),
        ("csv", 4.9, 72, "above"),
        ("xlsx", 5.9, 319, ""),
        ("xlsx", 6.6, 319, "cpu"),
        ("xlsx", 5.9, 321, "peak"),
    ],
)
def test_a_bar_that_is_missed_is_named(kind: str, cpu: float, peak: float, missed: str) -> None:
    said = tables._missed(kind, cost(cpu, peak), cost(0.4, 30))
    assert said.startswith(f"  MISSED {missed} ") if missed else said == ""


def test_others_are_asked_only_where_they_are_installed() -> None:
    assert {name for _, name in tables.PEERS} >= set(tables.NEEDS)
    for kind, name in tables.PEERS:
        compile(tables._script(tables.PEERS[kind, name], Path("a")), name, "exec")
