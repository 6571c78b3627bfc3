from __future__ import annotations

import pytest

from stages.lang.text import header_key
from stages.orders.layout import Rules, layout_in
from stages.sheets.container import Row, Sheet, header_keys
from stages.sheets.headers import first_row, header_of, nearest, top_rows


def sheet(*rows: list[str]) -> Sheet:
    return Sheet("", lambda: (Row(number, cells) for number, cells in enumerate(rows, start=1)))


SHOP = """
id = "shop"
version = 1
grade = "D"
kind = "order"
by = "order_id"
all_of = ["订单号", "金额（元）"]
any_of = ["买家", "店铺"]
none_of = ["售后单号"]
columns = { order_id = "订单号", title = ["商品 名称", "标题"] }
"""
LAYOUT = layout_in(SHOP)


def keys(*names: str) -> frozenset[str]:
    return header_keys(names)


@pytest.mark.parametrize(
    ("names", "fits"),
    [
        (["订单号", "金额(元)", "买家"], True),
        (["店铺", "金额（元）", "订单号 "], True),
        (["订单号", "金额(元)"], False),
        (["订单号", "买家"], False),
        (["订单号", "金额(元)", "买家", "售后单号"], False),
    ],
)
def test_a_layout_fits_by_its_names(names: list[str], fits: bool) -> None:
    assert LAYOUT.fits(keys(*names)) is fits


@pytest.mark.parametrize(
    "wrong",
    ['by = "nick"', 'columns = { colour = "颜色" }', 'units = { worth = "fen" }', 'grade = "E"', "colour = 1"],
)
def test_a_declaration_that_makes_no_sense_is_refused(wrong: str) -> None:
    name = wrong.partition(" ")[0]
    kept = "\n".join(line for line in SHOP.splitlines() if not line.startswith(name))
    with pytest.raises(ValueError, match=r"shop|grade|colour|Invalid|unknown"):
        layout_in(f"{kept}\n{wrong}\n")


def test_a_banner_has_to_stand_above_the_header() -> None:
    layout = layout_in(SHOP + 'banner = "账单明细"\n')
    header = ["订单号", "金额(元)", "买家"]
    found = first_row(sheet(["微信支付账单明细"], header), layout.fits, layout.banner)
    assert found is not None
    assert found.number == 2
    assert first_row(sheet(header, ["微信支付账单明细"]), layout.fits, layout.banner) is None


def test_the_more_names_the_surer() -> None:
    few, many = keys("订单号", "金额(元)", "买家"), keys("订单号", "金额(元)", "买家", "标题")
    assert LAYOUT.matched(few) < LAYOUT.matched(many)


def test_the_header_row_that_fits_is_the_header() -> None:
    found = first_row(sheet(["说明"], [], ["订单号", "金额(元)", "买家"], ["订单号", "金额(元)", "店铺"]), LAYOUT.fits)
    assert found is not None
    assert found.number == 3


def test_a_header_is_looked_for_in_sixty_rows() -> None:
    rows = [["x"]] * 60 + [["订单号", "金额(元)", "买家"]]
    assert first_row(sheet(*rows), LAYOUT.fits) is None
    assert first_row(sheet(*rows[1:]), LAYOUT.fits) is not None
    assert len(list(top_rows(sheet(*rows)))) == 60


def test_of_several_names_for_a_field_the_first_that_is_there_counts() -> None:
    both = header_of(Row(1, ["标题", "订单号", "商品名称", ""]), LAYOUT.columns)
    one = header_of(Row(1, ["标题", "订单号"]), LAYOUT.columns)
    assert (both.at, one.at) == ({"order_id": 1, "title": 2}, {"order_id": 1, "title": 0})


def test_of_two_columns_of_one_name_the_first_counts_and_both_keep_it() -> None:
    header = header_of(Row(4, ["订单号", "备注", "备注"]), {"text": (header_key("备注"),)})
    assert (header.row, header.at, header.name(2), header.name(9)) == (4, {"text": 1}, "备注", "")


@pytest.mark.parametrize(
    ("wanted", "names", "found"),
    [
        ("创建", ["订单号", "创建时间"], ("创建时间",)),
        ("订单编号", ["订单号", "", "金额"], ("订单号",)),
        ("运单", ["甲", "乙"], ()),
        ("x", [], ()),
    ],
)
def test_the_nearest_names(wanted: str, names: list[str], found: tuple[str, ...]) -> None:
    assert nearest(wanted, names) == found


def test_a_dash_is_nothing_only_where_text_is_not_free() -> None:
    rules = Rules(nulls=frozenset({"暂无"}))
    assert "-" in rules.nulls_of("paid")
    assert "-" not in rules.nulls_of("text")
    assert "暂无" in rules.nulls_of("text")
