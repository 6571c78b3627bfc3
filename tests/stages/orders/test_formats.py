"""The declared formats: each recognises a header with all its names, and no other does."""

from __future__ import annotations

import pytest

from pipeline.wording import WORDINGS
from stages.orders.known import layouts
from stages.orders.layout import Layout, layout_in
from stages.orders.readers import LINKED, ORDERS, READERS

BY_ID = pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.format.id)


def names(layout: Layout) -> frozenset[str]:
    """A header that holds every name the format knows."""
    columns = frozenset(name for names in layout.columns.values() for name in names)
    return layout.all_of.union(columns, layout.any_of, *layout.one_of)


@BY_ID
def test_a_format_knows_its_own_header_best(layout: Layout) -> None:
    header = names(layout)
    assert layout.fits(header)
    own = layout.matched(header)
    rivals = [other.format.id for other in layouts() if other is not layout and other.fits(header)]
    assert [name for name in rivals if own <= matched(name, header)] == []


def matched(name: str, header: frozenset[str]) -> int:
    return next(layout.matched(header) for layout in layouts() if layout.format.id == name)


@BY_ID
def test_an_order_is_told_by_its_number_and_all_else_by_its_row_or_case(layout: Layout) -> None:
    found = layout.format
    assert (found.by == "order_id") is (found.kind == "order")
    assert found.kind != "payment" or found.by is None


def test_every_format_is_read_by_the_stage_of_its_kind() -> None:
    kinds = {layout.format.id: layout.format.kind for layout in layouts()}
    assert {reader.id for reader in ORDERS if reader.id in kinds} == {
        id_ for id_, kind in kinds.items() if kind == "order"
    }
    assert {reader.id for reader in LINKED if reader.id in kinds} == {
        id_ for id_, kind in kinds.items() if kind != "order"
    }
    assert len({reader.id for reader in READERS}) == len(READERS)


def test_every_format_says_what_it_reads() -> None:
    assert {f"reads-{reader.id}" for reader in READERS} <= WORDINGS.keys()


def test_only_formats_of_latin_names_are_not_chinese() -> None:
    western = {layout.format.id for layout in layouts() if not layout.is_chinese}
    assert western == {
        "amazon-orders",
        "ebay-orders",
        "etsy-orders",
        "paypal-activity",
        "shopify-orders",
        "stripe-balance",
        "woocommerce-orders",
    }


MINIMAL = """
id = "x"
version = 1
grade = "D"
kind = "order"
by = "order_id"
all_of = ["下单时间"]
one_of = [["单号", "编号"], ["金额", "Total"]]
none_of = ["退款单号"]

[columns]
order_id = ["单号", "订单号"]
created = "下单时间"
"""


@pytest.mark.parametrize(
    ("names", "fits"),
    [
        ({"下单时间", "单号", "金额"}, True),
        ({"下单时间", "单号", "total", "别的"}, True),
        ({"下单时间", "编号", "订单号", "金额"}, True),
        ({"下单时间", "编号", "金额"}, False),
        ({"下单时间", "单号"}, False),
        ({"单号", "金额"}, False),
        ({"下单时间", "单号", "金额", "退款单号"}, False),
    ],
)
def test_a_header_holds_one_name_of_each_group_and_the_number_of_its_records(names: set[str], fits: bool) -> None:
    assert layout_in(MINIMAL).fits(frozenset(names)) is fits


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("created =", "made ="),
        ('by = "order_id"', 'by = "transaction_id"'),
        ('kind = "order"', 'kind = "thing"'),
        ('grade = "D"', 'grade = "E"'),
        ("[columns]", "[sides]\nprice = 'in'\n[columns]"),
        ("version = 1", "version = 1\ncolour = 'red'"),
    ],
)
def test_a_declaration_that_means_nothing_is_an_error(old: str, new: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        layout_in(MINIMAL.replace(old, new))
