"""What reading one order out of a large table costs, beside others in the same run: python -m benchmarks.tables.

Every way is a process of its own that opens the same file and keeps the rows of one order, all cells as text.
"""

from __future__ import annotations

import sys
import tempfile
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from benchmarks.measure import Cost, run

CSV, WORKBOOK = (200_000, 40), (100_000, 30)
"""Rows and columns."""
MEGABYTE = 1_000_000
WANTED = 7
"""The row, from 0, whose order is read."""
BARS = {("csv", "cpu"): 5.0, ("csv", "above"): 40.0, ("xlsx", "cpu"): 6.0, ("xlsx", "peak"): 320.0}
"""What ours is not to exceed: seconds of CPU, megabytes above start-up, megabytes at most."""
OURS = "dossier"
HEAD = f"{'way':<28}{'CPU s':>8}{'ratio':>7}{'peak MB':>9}{'ratio':>7}"

NAMES = (
    "订单编号",
    "买家会员名",
    "订单状态",
    "总金额",
    "买家实际支付金额",
    "订单创建时间",
    "订单付款时间",
    "宝贝标题",
    "收货人姓名",
)
CELLS = (
    "momo酱",
    "交易成功",
    "268.00",
    "268.00",
    "2026-03-11 01:19:40",
    "2026-03-11 01:20:07",
    "初晴亚麻连衣裙 米白 M",
    "林**",
)
REST = ("浙江省杭州市西湖区", "顺丰速运", "SF1420260312071", "0.00", "")

PEERS = {
    ("csv", "csv of Python, rows let go"): """
import csv
with open(path, encoding="gb18030", newline="") as file:
    rows = [row for row in csv.reader(file) if row[0] == wanted]
assert len(rows) == 1
""",
    ("csv", "pandas"): """
import pandas
table = pandas.read_csv(path, encoding="gb18030", dtype=str, keep_default_na=False)
assert len(table[table["订单编号"] == wanted]) == 1
""",
    ("csv", "polars"): """
import polars
table = polars.read_csv(path, encoding="gb18030", infer_schema=False)
assert len(table.filter(polars.col("订单编号") == wanted)) == 1
""",
    ("xlsx", "pandas"): """
import pandas
table = pandas.read_excel(path, engine="calamine", dtype=str, keep_default_na=False)
assert len(table[table["订单编号"] == wanted]) == 1
""",
    ("xlsx", "polars"): """
import polars, fastexcel
table = polars.read_excel(path, engine="calamine", infer_schema_length=0)
assert len(table.filter(polars.col("订单编号") == wanted)) == 1
""",
    ("xlsx", "openpyxl"): """
import openpyxl
book = openpyxl.load_workbook(path, read_only=True)
rows = [row for row in book.active.iter_rows(values_only=True) if row[0] == wanted]
assert len(rows) == 1
""",
}
"""What others are asked to do, by the kind of file and their name. One that is not installed is left out."""
NEEDS = {"pandas": ("pandas",), "polars": ("polars", "fastexcel"), "openpyxl": ("openpyxl",)}


def main() -> None:
    """Print the table; with a path and an order's number, be the process that is measured."""
    if len(sys.argv) == 3:
        read(Path(sys.argv[1]), sys.argv[2])
        return
    with tempfile.TemporaryDirectory() as folder:
        for line in table(Path(folder)):
            print(line, flush=True)


def table(folder: Path) -> Iterator[str]:
    """The lines of the table; the files are made in `folder`."""
    scratch = folder / "tables"
    scratch.mkdir()
    for kind, (rows, columns), make in (("csv", CSV, make_csv), ("xlsx", WORKBOOK, make_workbook)):
        path, little = scratch / f"orders.{kind}", scratch / f"few.{kind}"
        make(path, rows, columns)
        make(little, WANTED + 1, columns)
        yield f"{kind}, {rows:,} x {columns}, {path.stat().st_size / MEGABYTE:.0f} MB"
        yield HEAD
        start, ours = (_measured(_ours(file), scratch) for file in (little, path))
        yield _row(OURS, ours, ours, _missed(kind, ours, start))
        for (of, name), code in PEERS.items():
            if of == kind and all(map(find_spec, _needs(kind, name))):
                yield _row(name, _measured([sys.executable, "-c", _script(code, path)], scratch), ours, "")
        yield f"start-up of {OURS}: {start.cpu:.2f} s, {start.driver / MEGABYTE:.0f} MB"


def read(path: Path, order_id: str) -> None:
    """Read one order as the stage does: every reader looks at the file, the best one reads it."""
    from pipeline.contract import Inputs
    from pipeline.model import Exhibit, Receipt, digest_of
    from stages.orders import STAGE, Params

    receipt = Receipt(name=path.name, received="2026-03-20T00:00:00Z")
    exhibit = Exhibit(label="1", digest=digest_of(b""), bytes=path.stat().st_size, receipts=(receipt,))
    inputs = Inputs(exhibit=exhibit, path=lambda _: path, scratch=path.parent)
    document = STAGE.run(inputs, Params(only=(order_id,))).document
    if [record.order_id for record in document.records] != [order_id]:
        raise SystemExit(f"not what was asked for: {document.notes} {document.unread}")


def order_of(row: int) -> str:
    """The number of the order in a row, from 0."""
    return f"24173259{row:011d}"


def names_of(columns: int) -> list[str]:
    """The header: known names, then as many others."""
    return [*NAMES, *(f"备用列{number}" for number in range(len(NAMES), columns))]


def cells_of(columns: int) -> list[str]:
    """What stands in every row behind the number of its order."""
    return [*CELLS, *(REST[number % len(REST)] for number in range(len(NAMES), columns))]


def make_csv(path: Path, rows: int, columns: int) -> None:
    """An export in GB18030."""
    rest = ",".join(cells_of(columns))
    with path.open("w", encoding="gb18030", newline="") as file:
        file.write(",".join(names_of(columns)) + "\r\n")
        file.writelines(f"{order_of(row)},{rest}\r\n" for row in range(rows))


def make_workbook(path: Path, rows: int, columns: int) -> None:
    """A workbook with shared strings, as most programs write them."""
    texts = [*names_of(columns), *cells_of(columns), *map(order_of, range(rows))]
    rest = range(columns, 2 * columns - 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, content in _PARTS.items():
            book.writestr(name, content)
        with book.open("xl/sharedStrings.xml", "w") as part:
            part.write(f'<sst xmlns="{_MAIN}">'.encode())
            part.write("".join(f"<si><t>{text}</t></si>" for text in texts).encode() + b"</sst>")
        with book.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode() + _xml_row(1, range(columns)))
            for row in range(rows):
                part.write(_xml_row(row + 2, [2 * columns - 1 + row, *rest]))
            part.write(b"</sheetData></worksheet>")


def _xml_row(number: int, texts: range | list[int]) -> bytes:
    cells = "".join(f'<c r="{_letters(at)}{number}" t="s"><v>{text}</v></c>' for at, text in enumerate(texts))
    return f'<row r="{number}">{cells}</row>'.encode()


def _letters(column: int) -> str:
    return chr(65 + column) if column < 26 else f"{chr(64 + column // 26)}{chr(65 + column % 26)}"


def _ours(path: Path) -> list[str | Path]:
    return [sys.executable, "-m", "benchmarks.tables", path, order_of(WANTED)]


def _script(code: str, path: Path) -> str:
    return f"path, wanted = {str(path)!r}, {order_of(WANTED)!r}\n{code}"


def _needs(kind: str, name: str) -> tuple[str, ...]:
    return NEEDS.get(name, ())[: 1 if kind == "csv" else 2]


def _measured(command: list[str | Path] | list[str], scratch: Path) -> Cost:
    cost = run(command, scratch)
    if cost.status:
        raise SystemExit(f"ended with {cost.status}:\n{cost.output}")
    return cost


def _missed(kind: str, ours: Cost, start: Cost) -> str:
    values = {
        "cpu": ours.cpu,
        "above": (ours.driver - start.driver) / MEGABYTE,
        "peak": ours.driver / MEGABYTE,
    }
    found = [f"{what} {value:.0f} > {BARS[kind, what]:g}" for what, value in values.items()
             if value > BARS.get((kind, what), value)]  # fmt: skip
    return f"  MISSED {', '.join(found)}" if found else ""


def _row(way: str, cost: Cost, ours: Cost, missed: str) -> str:
    return (
        f"{way:<28}{cost.cpu:8.2f}{cost.cpu / ours.cpu:7.2f}{cost.driver / MEGABYTE:9.0f}"
        f"{cost.driver / ours.driver:7.2f}{missed}"
    )


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEETS}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEETS}.worksheet+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_SHEETS}.sharedStrings+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="订单" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
}
"""The parts of a workbook of one sheet (ECMA-376) but for the sheet and its texts."""


if __name__ == "__main__":
    main()
