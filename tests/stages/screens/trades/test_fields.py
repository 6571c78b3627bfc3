"""Labels find their values by where they stand, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from stages.screens.page import Page
from stages.screens.trades.fields import fits, pairs_of
from stages.screens.trades.labels import MONEY_FIELDS, NUMBER_FIELDS, PAYMENT, TIME_FIELDS, field_of
from stages.screens.trades.values import UNCLEAR, amount_of, currency_of, number_of, trimmed, whole
from tests.stages.screens.pages import ANCHORED, At, line_of, page_of
from tests.stages.screens.trades.drawn import column, rows


def found(*lines: At, currency: str | None = "CNY") -> dict[str, str]:
    return by_field(page_of(*lines), currency)


def by_field(page: Page, currency: str | None = "CNY") -> dict[str, str]:
    return {
        pair.field or pair.label.text: pair.value.text for pair in pairs_of(page.lines, ANCHORED, currency=currency)
    }


FACTS = (
    ("订单编号", "P366374524942915524"),
    ("下单时间", "2026-03-11 01:23:58"),
    ("运费", "¥10.00"),
    ("实付款", "¥270.80"),
    ("物流单号", "SF3006662992881"),
)
WANTED = {
    "order_id": "P366374524942915524",
    "times.created": "2026-03-11 01:23:58",
    "amounts.shipping": "¥10.00",
    "amounts.paid": "¥270.80",
    "tracking_no": "SF3006662992881",
}


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("订单编号：", "order_id"), ("訂單編號", "order_id"), ("Order number", "order_id"), ("ORDER #", "order_id"),
        ("创建时间", "times.created"), ("訂單成立時間", "times.created"), ("Placed on", "times.created"),
        ("买家付款时间", "times.paid"), ("支付完成时间", "times.paid"), ("承诺发货时间", "times.promised_ship"),
        ("成交时间", "times.completed"), ("实付款(含运费)", "amounts.paid"), ("用户实付金额(元)", "amounts.paid"),
        ("平台优惠券", "amounts.discount"),
        ("运费(快递)", "amounts.shipping"), ("Shipping & Handling:", "amounts.shipping"),
        ("Grand Total", "amounts.payable"), ("运单号", "tracking_no"), ("收货人", "buyer.name"), ("支付方式 >", ""),
        ("订单信息", None), ("查看物流", None), ("评价", None), ("已发货", None), ("¥270.80", None),
    ],
)  # fmt: skip
def test_labels_are_known_by_class(label: str, field: str | None) -> None:
    assert field_of(label) == field


def test_an_order_number_on_a_bill_is_the_payments_own() -> None:
    assert field_of("订单号", PAYMENT) == "transaction_id"
    assert field_of("商户单号", PAYMENT) == "order_id"


def test_values_at_the_right_edge() -> None:
    assert found(*rows(*FACTS)) == WANTED


def test_values_right_beside_their_labels() -> None:
    lines = [At(label, 60, 300 + 80 * at, 40) for at, (label, _) in enumerate(FACTS)]
    lines += [At(value, 300, 300 + 80 * at, 40) for at, (_, value) in enumerate(FACTS)]
    assert found(*lines) == WANTED


def test_values_in_the_line_of_their_labels() -> None:
    assert found(*column(*(f"{label}：{value}" for label, value in FACTS))) == WANTED


def test_labels_and_values_that_the_engine_glued() -> None:
    assert found(*column(*(label + value for label, value in FACTS))) == WANTED


def test_values_under_their_labels() -> None:
    lines = [At(label, 60 + 420 * at, 300, 36) for at, (label, _) in enumerate(FACTS)]
    lines += [At(value, 60 + 420 * at, 345, 36) for at, (_, value) in enumerate(FACTS)]
    assert found(*lines) == WANTED


def test_several_pairs_in_one_line() -> None:
    assert found(At("订单号：P366374524942915524 下单时间：2026-03-11 01:23:58 状态：已发货", 40, 100)) == {
        "order_id": "P366374524942915524",
        "times.created": "2026-03-11 01:23:58",
        "status": "已发货",
    }


def test_a_number_that_runs_over_two_lines() -> None:
    lines = [At("交易单号", 60, 300, 40), At("4200002345202603111", 400, 300, 40), At("234567890", 400, 350, 40)]
    assert found(*lines)["transaction_id"] == "4200002345202603111234567890"


def test_two_numbers_under_each_other_stay_two() -> None:
    lines = [At("物流单号", 60, 300, 40), At("SF3006662992881", 400, 300, 40), At("SF3006662992999", 400, 350, 40)]
    assert found(*lines)["tracking_no"] == "SF3006662992881"


def test_an_address_over_lines() -> None:
    lines = [At("收货地址", 60, 300, 40), At("北京市朝阳区望京街道阜通东大街6", 0, 300, 40, right=1020)]
    lines.append(At("号院3号楼1201室", 0, 350, 40, right=1020))
    assert found(*lines)["buyer.address"] == "北京市朝阳区望京街道阜通东大街6号院3号楼1201室"


@pytest.mark.parametrize("tail", ["复制", " 复制", " | 复制", " ›", " Copy", "  查看物流"])
def test_a_button_glued_to_a_value_is_none_of_it(tail: str) -> None:
    assert found(*rows(("订单编号", "P366374524942915524" + tail)))["order_id"] == "P366374524942915524"


@given(st.sampled_from(["订单编号", "下单时间", "实付款", "物流单号", "Order total"]), st.integers(0, 800))
def test_a_label_without_a_value_gives_no_field(label: str, left: int) -> None:
    assert found(At(label, left, 300, 40), At("查看更多优惠活动", 40, 900, 40)) == {}


def test_a_wording_that_is_no_value_is_kept_as_a_cell_only() -> None:
    assert found(*rows(("运费", "到付"), ("下单时间", "稍后显示"))) == {"运费": "到付", "下单时间": "稍后显示"}


def test_a_row_that_no_class_knows_is_kept_where_it_stands_like_the_others() -> None:
    assert found(*rows(*FACTS, ("发票抬头人", "个人")))["发票抬头人"] == "个人"


@given(st.floats(0.4, 3), st.floats(0, 900), st.floats(0, 4000))
def test_size_and_place_make_no_difference(scale: float, right: float, down: float) -> None:
    moved = [
        At(
            line.text,
            line.left * scale + right,
            line.top * scale + down,
            line.high * scale,
            right=None if line.right is None else line.right * scale + right,
        )
        for line in rows(*FACTS)
    ]
    assert found(*moved) == WANTED


@pytest.mark.parametrize(
    ("said", "money"),
    [
        ("¥270.80", "270.80"), ("￥1,270.80", "1270.80"), ("-¥12.00", "-12.00"), ("¥-12.00", "-12.00"),
        ("Y270.80", "270.80"),
        ("羊12.00", "12.00"), ("270.80元", "270.80"), ("免运费", "0.00"), ("¥60.30(免运费)", "60.30"),
        ("已优惠¥5.00", "5.00"),
        ("+¥6.00", "6.00"), ("¥27O.80", None), ("Y27", None), ("¥", None), ("1 19.0 0", None), ("x1", None),
    ],
)  # fmt: skip
def test_amounts_are_read_as_printed_or_not_at_all(said: str, money: str | None) -> None:
    read = amount_of(said, "CNY")
    assert (read.value if read else None) == money


def test_a_dollar_on_a_page_in_traditional_characters_is_some_dollar() -> None:
    page = page_of(*rows(("訂單編號", "260311ABCD"), ("運費總金額", "$60"), ("訂單金額", "$410")))
    assert currency_of(page.lines) == UNCLEAR
    assert amount_of("$60", UNCLEAR) is None
    assert amount_of("NT$60", UNCLEAR) is not None


def test_the_currency_of_a_page_is_the_one_it_shows() -> None:
    assert currency_of([line_of(At("Total $12.00", 0, 0))]) == "USD"
    assert currency_of([line_of(At("合计 ¥12.00", 0, 0))]) == "CNY"
    assert currency_of([line_of(At("Total 12.00", 0, 0))]) is None


@pytest.mark.parametrize(
    ("said", "number"),
    [("P366 3745 2494", "P36637452494"), ("#1001", "#1001"), ("113-1234567-7654321", "113-1234567-7654321"),
     ("无", None),
     ("查看", None), ("SF30****2881", "SF30****2881"), ("Order", None)],
)  # fmt: skip
def test_numbers_keep_every_sign(said: str, number: str | None) -> None:
    assert number_of(said) == number


@given(st.text(max_size=30))
def test_trimming_only_takes_from_the_ends(text: str) -> None:
    if text:
        part = trimmed(whole(line_of(At(text, 0, 0, right=400))))
        assert part.text in text


def stated(*lines: At) -> dict[str, str]:
    return {pair.field: pair.value.text for pair in pairs_of(page_of(*lines).lines, ANCHORED, currency="CNY")}


@pytest.mark.parametrize(("upper", "lower"), [("收货地", "址"), ("订单", "编号"), ("物流", "单号"), ("下单时", "间")])
def test_a_label_over_two_lines_is_one(upper: str, lower: str) -> None:
    values = {
        "址": "浙江省杭州市青年路6号",
        "编号": "P118358596439302018",
        "单号": "YT3971103609165",
        "间": "2026-03-11",
    }
    fields = {"址": "buyer.address", "编号": "order_id", "单号": "tracking_no", "间": "times.created"}
    found = stated(At(upper, 60, 300, 40), At(lower, 60, 345, 40), At(values[lower], 300, 320, 40))
    assert found == {fields[lower]: values[lower]}


def test_a_label_whose_neighbour_is_no_value_takes_what_stands_under_it() -> None:
    lines = [At("付款时间", 60, 300, 32), At("已评价", 400, 300, 32), At("2026-03-11 01:26:48", 60, 340, 28)]
    assert stated(*lines)["times.paid"] == "2026-03-11 01:26:48"


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("收货人王** 159****9938", "buyer.name", "王** 159****9938"),
        ("收货地址浙江省杭州市青年路6号", "buyer.address", "浙江省杭州市青年路6号"),
        ("实付款¥59.70", "amounts.paid", "¥59.70"),
        ("下单时间2026-03-11 01:23:58", "times.created", "2026-03-11 01:23:58"),
        ("订单编号P118358596439302018复制", "order_id", "P118358596439302018"),
        ("配送方式申通快递", "delivery", "申通快递"),
    ],
)
def test_a_value_glued_to_its_label(text: str, field: str, value: str) -> None:
    assert stated(At(text, 60, 300, 40)) == {field: value}


@pytest.mark.parametrize("text", ["收货人已签收", "收货地址可以修改吗", "付款方式微信支付", "配送方式还没选"])
def test_prose_that_begins_like_a_label_is_no_pair(text: str) -> None:
    assert not {"buyer.name", "buyer.address", "delivery", "payer"} & set(stated(At(text, 60, 300, 40)))


PAGE = (
    ("订单编号", "P118358596439302018"),
    ("下单时间", "2026-07-30 08:33:25"),
    ("付款时间", "2026-07-30 08:35:30"),
    ("物流公司", "韵达快递"),
    ("物流单号", "403942783648018"),
    ("实付款", "¥59.70"),
    ("运费", "¥0.00"),
)


@hypothesis(max_examples=40, deadline=None)
@given(
    st.floats(0.4, 3.0),
    st.floats(0, 3000),
    st.floats(0, 800),
    st.lists(st.sampled_from(PAGE), min_size=1, max_size=7, unique=True),
)
def test_neither_size_nor_place_nor_order_changes_what_a_page_states(
    scale: float, down: float, across: float, facts: list[tuple[str, str]]
) -> None:
    lines = []
    for at, (label, said) in enumerate(facts):
        top = down + 90 * at * scale
        lines += [At(label, across, top, 40 * scale), At(said, 0, top, 40 * scale, right=across + 960 * scale)]
    found = pairs_of(page_of(*lines).lines, ANCHORED, currency="CNY")
    assert sorted((pair.label.text, pair.value.text) for pair in found) == sorted(facts)


@hypothesis(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([text for fact in PAGE for text in fact]), max_size=10), st.data())
def test_whatever_stands_where_every_value_stands_in_its_line(texts: list[str], data: st.DataObject) -> None:
    corner = st.tuples(st.integers(0, 900), st.integers(0, 900))
    lines = [At(text, *map(float, data.draw(corner)), 40) for text in texts]
    for pair in pairs_of(page_of(*lines).lines, ANCHORED, currency="CNY"):
        assert pair.value.text
        for part in pair.value.parts:
            assert part.text in part.line.text
        if pair.field in TIME_FIELDS | MONEY_FIELDS | NUMBER_FIELDS:
            assert fits(pair.field, pair.value.text, ANCHORED, "CNY")
