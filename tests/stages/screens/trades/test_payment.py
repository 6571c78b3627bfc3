"""Bills, transfers and receipts give a `Payment` or a `Refund`, with the direction only where it is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model import Payment, Person, Refund
from pipeline.wording.screens import ROWS
from stages.screens.trades.payment import LAYOUT
from tests.stages.screens.pages import ANCHORED, At, page_of
from tests.stages.screens.trades.drawn import lines_at, read, rows, value


def bill(name: str, amount: str, *pairs: tuple[str, str]) -> list[At]:
    return [At(name, 400, 250, 44), At(amount, 380, 320, 90), *rows(*pairs, top=600)]


OUT = bill(
    "初晴女装旗舰店",
    "-270.80",
    ("当前状态", "支付成功"),
    ("支付时间", "2026年3月11日 01:26:48"),
    ("支付方式", "零钱"),
    ("交易单号", "4200002345202603111234567890"),
    ("商户单号", "P366374524942915524"),
)


def test_a_payment_that_went_out() -> None:
    (payment,) = read(LAYOUT, *OUT)
    assert isinstance(payment, Payment)
    assert (value(payment.amounts.paid), payment.direction, payment.party) == ("270.80 CNY", "out", "初晴女装旗舰店")
    assert (payment.transaction_id, payment.order_id) == ("4200002345202603111234567890", "P366374524942915524")
    assert (payment.status, payment.times.paid.start) == ("支付成功", "2026-03-11T01:26:48+08:00")


def test_spots_hold_what_they_say() -> None:
    page = page_of(*OUT)
    (payment,) = read(LAYOUT, *OUT)
    assert {"amounts.paid", "times.paid", "party", "transaction_id", "status"} <= {spot.field for spot in payment.spots}
    for spot in payment.spots:
        assert any(spot.text in line.text for line in lines_at(page, spot.where.box))


def test_money_that_came_in() -> None:
    (payment,) = read(
        LAYOUT,
        *bill(
            "你已收款",
            "¥88.00",
            ("转账说明", "补差价"),
            ("转账时间", "2026-03-11 01:26:48"),
            ("收款时间", "2026-03-11 01:30:00"),
        ),
    )
    assert (payment.direction, payment.party, payment.text) == ("in", None, "补差价")
    assert payment.times.paid.said == "2026-03-11 01:26:48"
    assert payment.times.confirmed.said == "2026-03-11 01:30:00"


def test_a_receipt_that_states_only_when_money_came_in() -> None:
    (payment,) = read(LAYOUT, *bill("momo酱", "+88.00", ("当前状态", "已存入零钱"), ("收款时间", "2026-03-11 01:30:00"),
                                    ("交易单号", "1000567138670687201000887"), ("账单分类", "其他")))  # fmt: skip
    assert (payment.direction, payment.party, payment.times.paid.said) == ("in", "momo酱", "2026-03-11 01:30:00")
    assert payment.times.confirmed is None


def test_a_time_of_creation_is_not_said_to_be_that_of_paying() -> None:
    (payment,) = read(LAYOUT, *bill("初晴女装", "-20.00", ("创建时间", "2026-03-20 12:01:20"), ("付款方式", "余额宝"),
                                    ("订单号", "20260320200040011100560012345678"),
                                    ("对方账户", "林佳怡")))  # fmt: skip
    assert payment.times.paid is None
    assert payment.times.created.said == "2026-03-20 12:01:20"
    assert payment.transaction_id == "20260320200040011100560012345678"


@pytest.mark.parametrize(("label", "direction"), [("收款方", "out"), ("付款方", "in")])
def test_the_one_side_that_is_named_says_the_direction(label: str, direction: str) -> None:
    facts = rows(("转账金额", "¥1,270.80"), (label, "李**"), ("交易时间", "2026-03-11 01:26:48"),
                 ("状态", "转账成功"),
                 ("流水号", "20260311012648000123"))  # fmt: skip
    (payment,) = read(LAYOUT, At("电子回单", 450, 120, 50), *facts)
    assert (payment.direction, payment.party, value(payment.amounts.paid)) == (direction, "李**", "1270.80 CNY")


def test_where_both_sides_are_named_no_direction_is_guessed() -> None:
    facts = rows(("付款方户名", "李**"), ("收款方户名", "初晴服饰"), ("金额", "¥1,270.80"),
                 ("交易时间", "2026-03-11 01:26:48"),
                 ("交易流水号", "20260311012648000123"), ("状态", "转账成功"))  # fmt: skip
    (payment,) = read(LAYOUT, At("电子回单", 450, 120, 50), *facts)
    assert (payment.direction, payment.party) == (None, None)
    assert {("付款方户名", "李**"), ("收款方户名", "初晴服饰")} <= set(payment.cells)


def test_a_refund() -> None:
    (refund,) = read(LAYOUT, *bill("初晴女装旗舰店-退款", "+270.80", ("当前状态", "已退款"), ("退款方式", "退回零钱"),
                                   ("退款时间", "2026-03-20 12:01:22"), ("交易单号", "5030000123202603200012345678"),
                                   ("商户单号", "P366374524942915524")))  # fmt: skip
    assert isinstance(refund, Refund)
    assert (value(refund.amounts.refunded), refund.direction, refund.party) == ("270.80 CNY", "in", "初晴女装旗舰店")
    assert refund.times.refunded.start == "2026-03-20T12:01:22+08:00"
    assert refund.amounts.paid is None


@pytest.mark.parametrize(
    "lines",
    [
        [At("¥88.00", 400, 300, 44), At("请收款", 400, 360, 40), At("昨天 21:14", 450, 200, 36)],
        rows(("商品总价", "¥270.80"), ("实付款", "¥270.80"), ("下单时间", "2026-03-11 01:23:58")),
        [At("momo酱", 60, 200), At("2026-03-11", 60, 280), At("质量一般，客服态度差", 60, 360)],
    ],
)
def test_other_screens_are_no_bills(lines: list[At]) -> None:
    assert LAYOUT.sniff(page_of(*lines)) is None


def test_what_it_says_is_worded() -> None:
    assert "reads-screen-payment" in ROWS


PEOPLE = (
    Person(name="鹿鸣茶业", aliases=("杭州鹿鸣茶业有限公司",), side="applicant"),
    Person(name="郭女士", aliases=("郭**",), side="customer"),
)
SLIP = rows(
    ("付款人户名", "杭州鹿鸣茶业有限公司"),
    ("收款人户名", "郭**"),
    ("交易金额", "¥229.85"),
    ("交易时间", "2026-05-23 23:06:02"),
    ("交易流水号", "34265217100957783899"),
    ("状态", "交易成功"),
)


def slip(people: tuple[Person, ...]) -> Payment:
    (payment,) = read(LAYOUT, At("电子回单", 440, 120, 60), *SLIP, context=replace(ANCHORED, people=people))
    assert isinstance(payment, Payment)
    return payment


def test_with_both_sides_named_and_nobody_known_none_is_the_other() -> None:
    payment = slip(())
    assert (payment.party, payment.direction) == (None, None)
    assert value(payment.amounts.paid) == "229.85 CNY"


@pytest.mark.parametrize("people", [PEOPLE, PEOPLE[:1], PEOPLE[1:]])
def test_who_is_who_says_which_way_it_went(people: tuple[Person, ...]) -> None:
    payment = slip(people)
    assert (payment.party, payment.direction) == ("郭**", "out")


def test_both_sides_of_one_person_say_nothing() -> None:
    both = Person(name="郭**", aliases=("杭州鹿鸣茶业有限公司",), side="customer")
    assert (slip((both,)).party, slip((both,)).direction) == (None, None)


def test_an_amount_under_its_label_loses_its_sign_and_keeps_its_direction() -> None:
    lines = [At("转账金额", 430, 240, 44), At("-220.69", 400, 300, 60)]
    facts = rows(("状态", "转账成功"), ("交易时间", "2026-04-21 21:50:05"), ("流水号", "1000636639815127"), top=500)
    (payment,) = read(LAYOUT, At("转账详情", 430, 120, 48), *lines, *facts)
    assert (value(payment.amounts.paid), payment.direction) == ("220.69 CNY", "out")


def test_a_name_glued_to_its_label() -> None:
    lines = [At("转账成功", 440, 240, 48), At("¥194.99", 400, 320, 96), At("收款方爱吃芒果的阿狸", 380, 450, 44)]
    (payment,) = read(LAYOUT, *lines, *rows(("转账时间", "2026-05-06 00:36:21"), ("付款方式", "余额"), top=600))
    assert (payment.party, payment.direction, value(payment.amounts.paid)) == ("爱吃芒果的阿狸", "out", "194.99 CNY")


def test_prose_behind_a_label_is_no_name() -> None:
    lines = [At("转账成功", 440, 240, 48), At("¥194.99", 400, 320, 96), At("收款方将在两小时内收到", 380, 450, 44)]
    facts = rows(("转账时间", "2026-05-06 00:36:21"), ("转账单号", "1000636639815127"), top=600)
    (payment,) = read(LAYOUT, *lines, *facts)
    assert payment.party is None


@pytest.mark.parametrize(
    ("words", "direction"),
    [
        ("你已收款", "in"),
        ("您已收款，资金已存入零钱", "in"),
        ("收款成功", "in"),
        ("一只柚子已收款", "out"),
        ("对方已收款", "out"),
        ("已收款", None),
        ("商家已收款", None),
        ("今日已收款", None),
    ],
)
def test_who_took_the_money_says_which_way_it_went(words: str, direction: str | None) -> None:
    facts = (("转账时间", "2026-04-05 09:36:02"), ("收款时间", "2026-04-05 09:42:02"))
    (payment,) = read(LAYOUT, *bill(words, "¥20.00", *facts))
    assert (payment.direction, value(payment.amounts.paid)) == (direction, "20.00 CNY")


@pytest.mark.parametrize("words", ["momo酱已收款", "已到账", "预计2小时内到账"])
def test_a_page_that_is_no_transfers_does_not_say_who_took_what(words: str) -> None:
    facts = (("交易时间", "2026-04-05 09:36:02"), ("交易单号", "1000636639815127"))
    (payment,) = read(LAYOUT, At("交易详情", 430, 120, 48), *bill(words, "¥20.00", *facts))
    assert payment.direction is None


@pytest.mark.parametrize(
    ("payee", "payer", "direction"),
    [
        ("林溪木业有限公司", "尾号 4417", "out"),
        ("林溪木业有限公司", "青禾银行储蓄卡(4417)", "out"),
        ("尾号4417", "郭**", "in"),
        ("林溪木业有限公司", "6222 **** **** 0917", None),
        ("尾号 0917", "尾号 4417", None),
    ],
)
def test_an_account_by_its_last_digits_is_the_owners(payee: str, payer: str, direction: str | None) -> None:
    facts = rows(("收款账户", payee), ("付款账户", payer), ("交易时间", "2026-04-08 20:53:09"),
                 ("流水号", "9820417736650128"), top=600)  # fmt: skip
    (payment,) = read(LAYOUT, At("转账成功", 430, 220, 48), At("¥3,500.00", 380, 320, 90), *facts)
    assert payment.direction == direction
