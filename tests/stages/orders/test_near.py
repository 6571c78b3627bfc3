"""Near matches are suggestions, told with their place and without their content, and never facts."""

from __future__ import annotations

import msgspec

from pipeline.contract import Source
from pipeline.locate import Locator
from pipeline.model import Reading
from stages.appraise.readiness import _of_exhibits
from stages.orders import Params
from stages.orders.readers import READERS
from tests.made import item

OURS = "2417325900034567890"
TAOBAO = next(reader for reader in READERS if reader.id == "taobao-items")
TEXT = """订单编号,标题,价格,购买数量,外部系统编号,商品属性
2417325900034560000,连衣裙,268.00,1,,米白
2417325900099990000,别人的围巾,59.00,1,,红
"""


def read() -> Reading:
    return TAOBAO.read(Source(data=TEXT.encode(), name="明细.csv", params=Params(only=(OURS,))))


def test_a_rounded_number_is_named_with_its_row_and_stays_unread() -> None:
    reading = read()
    (note,) = [note for note in reading.notes if note.code == "number-near"]
    assert note.values == {"number": OURS, "rows": "2"}
    assert note.where == Locator(sheet="", rows=(2,))
    assert reading.records == ()
    assert "连衣裙" not in str(reading)


def test_check_tells_what_to_export_again() -> None:
    exhibit = msgspec.structs.replace(item("3", "明细.csv"), readings=(read(),))
    lines = [line for line in _of_exhibits([exhibit], [], "zh-CN") if line.code == "number-near-there"]
    assert [(line.severity, line.exhibits) for line in lines] == [("should", ("3",))]
    assert OURS in lines[0].message
