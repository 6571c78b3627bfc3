"""Every reader of tables: those of orders, and those that follow the numbers of orders through other files."""

from __future__ import annotations

from pipeline.contract import Reader
from stages.orders import kuaidi100, table, xhs_api
from stages.orders.known import known, layouts

__all__ = ["LINKED", "ORDERS", "READERS"]

ORDERS: tuple[Reader, ...] = (
    table.READER,
    xhs_api.READER,
    *(known(layout) for layout in layouts() if layout.format.kind == "order"),
)
"""What states orders: read first, since only their numbers say what of the rest may be read."""

LINKED: tuple[Reader, ...] = (
    kuaidi100.READER,
    *(known(layout) for layout in layouts() if layout.format.kind != "order"),
)
"""Payments, refunds, settlements and parcels."""

READERS = ORDERS + LINKED
