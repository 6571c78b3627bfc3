"""A tilted page is read as if it were level, and cited where it stands."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stages.screens.level import _turned, _turned_back, tilt_of
from stages.screens.page import Page
from stages.screens.trades.order_page import LAYOUT
from tests.stages.screens.pages import ANCHORED, At, line_of, page_of
from tests.stages.screens.trades.drawn import lines_at, records_of, rows

FACTS = rows(
    ("商品总价", "¥177.00"),
    ("运费", "¥6.00"),
    ("优惠", "-¥6.00"),
    ("实付款", "¥177.00"),
    ("订单号", "P603784955099471953"),
    ("下单时间", "2026-02-02 20:53:01"),
    ("付款时间", "2026-02-02 20:53:34"),
    ("发货时间", "2026-02-03 23:25:52"),
    step=60,
)


def tilted(lines: list[At], slope: float) -> Page:
    """The page turned by a slope: the box of a line is that around it."""
    angle = math.atan(slope)
    held = []
    for at in lines:
        box = line_of(at).box
        across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        wide, high = (box[2] - box[0]) * math.cos(angle), (box[3] - box[1]) + abs(slope) * (box[2] - box[0])
        x, y = across - slope * down, down + slope * across
        held.append(At(at.text, 0, y - high / 2, high, right=x + wide / 2)._replace(right=x + wide / 2))
    page = page_of(*held)
    fixed = []
    for line in page.lines:
        source = next(at for at in lines if at.text == line.text)
        wide = line_of(source).box[2] - line_of(source).box[0]
        fixed.append(_with_left(line, line.box[2] - wide * math.cos(angle)))
    return Page(box=page.box, lines=tuple(fixed))


def _with_left(line, left):  # type: ignore[no-untyped-def]
    import msgspec

    return msgspec.structs.replace(line, box=(left, *line.box[1:]))


@pytest.mark.parametrize("slope", [0.05, 0.03, -0.04, -0.06])
def test_rows_that_run_downhill_keep_their_values(slope: float) -> None:
    page = tilted(FACTS, slope)
    assert tilt_of(page.lines) == pytest.approx(slope, abs=0.015)
    (order,) = records_of(LAYOUT, page)
    assert (order.amounts.shipping.value, order.amounts.paid.value) == ("6.00", "177.00")
    assert order.times.paid.start == "2026-02-02T20:53:34+08:00"
    for spot in order.spots:
        assert any(spot.text in line.text for line in lines_at(page, spot.where.box)), spot


def test_a_level_page_has_no_tilt() -> None:
    assert tilt_of(page_of(*FACTS).lines) == 0
    assert tilt_of(page_of(*FACTS[:4]).lines) == 0


@given(
    st.floats(0, 2000),
    st.floats(0, 5000),
    st.floats(1, 900),
    st.floats(10, 80),
    st.sampled_from([-0.1, -0.03, 0.02, 0.08]),
)
def test_places_are_put_back(left: float, top: float, wide: float, high: float, tilt: float) -> None:
    full = high + abs(tilt) * wide
    if full * 0.6 < abs(tilt) * wide:
        return
    box = (left, top, left + wide, top + full)
    assert _turned_back(_turned(box, tilt), tilt) == pytest.approx(box, abs=1e-6 * (1 + top))


def test_the_status_bar_is_no_part_of_a_page() -> None:
    page = page_of(At("20:52", 60, 40, 44), At("5G", 900, 40, 40), *FACTS)
    found = LAYOUT.read(page, ANCHORED)
    (order,) = found.records
    assert all("20:52" not in cell for cells in order.cells for cell in cells)  # type: ignore[union-attr]


def test_a_level_page_of_few_lines_keeps_its_rows() -> None:
    lines = [
        At(text, 60, 300 + 90 * at, 40) for at, text in enumerate(("订单编号：693961", "下单时间：2026-03-11", "备注"))
    ]
    for row in range(2):
        lines += [At(text, left, 700 + 50 * row, 28) for text, left in (("商品", 38), ("¥39.80", 447), ("1", 652))]
    assert tilt_of(page_of(*lines).lines) == 0.0


def test_the_tilt_of_the_same_lines_is_the_same() -> None:
    page = tilted(FACTS, 0.03)
    assert tilt_of(page.lines) == tilt_of(list(page.lines)) != 0.0
