"""Bills and after-sale tables: what they state of themselves, which way money went, and whose rows are followed."""

from __future__ import annotations

import pytest

from pipeline.contract import Reader, Source
from pipeline.model import Reading, Trade
from stages.orders import Params
from stages.orders.readers import READERS

WECHAT = "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注"
ALIPAY = "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注"
ORDER, OTHER = "2417325900034567890", "2417325900034567999"
PAID = "2026031122001412345678901234"


def reader(name: str) -> Reader:
    return next(reader for reader in READERS if reader.id == name)


def read(name: str, *lines: str, only: tuple[str, ...] | None = None, links: tuple[str, ...] = ()) -> Reading:
    data = "\n".join(lines).encode() + b"\n"
    source = Source(data=data, name="账单.csv", params=Params(only=only, links=links))
    assert reader(name).sniff(source) is not None
    return reader(name).read(source)


def wechat(way: str, amount: str, number: str, *, shop: str = "/", status: str = "支付成功") -> str:
    return f"2026-03-11 01:20:07,商户消费,林小姐,裙子,{way},{amount},零钱,{status},{number}\t,{shop}\t,/"


def alipay(way: str, amount: str, number: str, shop: str, status: str = "交易成功") -> str:
    return f"2026-03-11 01:20:07,服饰,林小姐,l**,裙子,{way},{amount},花呗,{status},{number}\t,{shop}\t,,"


def trades(reading: Reading) -> list[Trade]:
    return [record for record in reading.records if isinstance(record, Trade)]


def notes(reading: Reading) -> list[tuple[str, object, object]]:
    return [
        (note.code, note.values.get("declared"), note.values.get("found"))
        for note in reading.notes
        if note.code.startswith("declared")
    ]


BANNER = ("微信支付账单明细,,", "微信昵称：[初晴],,")


def test_a_header_without_its_banner_is_another_s() -> None:
    lines = (WECHAT, wechat("支出", "¥12.50", "42000023452026031"))
    data = "\n".join(lines).encode()
    assert reader("wechat-pay").sniff(Source(data=data, name="a.csv")) is None
    assert len(read("wechat-pay", *BANNER, *lines).records) == 1


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("共2笔记录", []),
        ("共3笔记录", [("declared-count-differs", 3, 2)]),
        ("收入：1笔 268.00元", []),
        ("收入：2笔 268.00元", [("declared-count-differs", 2, 1)]),
        ("收入：1笔 268.01元", [("declared-sum-differs", "268.01", "268.00")]),
        ("支出：1笔 12.50元", []),
        ("支出：1笔 0.00元", [("declared-sum-differs", "0.00", "12.50")]),
        ("中性交易：1笔 1.00元", [("declared-count-differs", 1, 0), ("declared-sum-differs", "1.00", "0.00")]),
        ("什么也没有说", []),
    ],
)
def test_what_a_bill_states_is_compared_with_all_its_rows(said: str, code: list[object]) -> None:
    rows = (wechat("收入", "¥268.00", "42000023452026031"), wechat("支出", "¥12.50", "42000023452026032"))
    reading = read("wechat-pay", *BANNER, f"{said},,", WECHAT, *rows)
    assert notes(reading) == code
    assert len(reading.records) == 2
    assert notes(read("wechat-pay", *BANNER, f"{said},,", WECHAT, *rows, only=("42000023452026031",))) == code


@pytest.mark.parametrize(
    ("way", "direction", "code"),
    [
        ("收入", "in", []),
        ("支出", "out", []),
        ("/", "neutral", []),
        (" 支出 ", "out", []),
        ("", None, []),
        ("转出", None, ["direction-unknown"]),
    ],
)
def test_only_the_words_of_the_format_say_which_way_money_went(
    way: str, direction: str | None, code: list[str]
) -> None:
    reading = read("wechat-pay", *BANNER, WECHAT, wechat(way, "¥12.50", "42000023452026032"))
    (payment,) = trades(reading)
    assert (payment.direction, [note.code for note in reading.notes]) == (direction, code)


@pytest.mark.parametrize(
    ("status", "refunded"),
    [
        ("已退款(￥89.84)", "89.84"),
        ("已退款¥10.00", "10.00"),
        ("已全额退款", None),
        ("支付成功", None),
        ("退款中", None),
    ],
)
def test_a_refund_in_the_status_is_an_amount_only_where_it_states_one(status: str, refunded: str | None) -> None:
    (payment,) = trades(
        read("wechat-pay", *BANNER, WECHAT, wechat("收入", "¥268.00", "42000023452026031", status=status))
    )
    assert payment.amounts.paid is not None
    assert payment.amounts.paid.value == "268.00"
    assert (payment.amounts.refunded and payment.amounts.refunded.value) == refunded
    assert payment.status == status
    assert payment.times.refunded is None


def test_every_row_of_a_bill_is_a_record_even_where_all_numbers_are_the_same() -> None:
    row = alipay("收入", "268.00", PAID, "")
    reading = read("alipay-app", ALIPAY, row, row, alipay("收入", "1.00", "", ""))
    assert [record.where.rows for record in reading.records] == [(2,), (3,), (4,)]
    assert reading.balance.unread == 0


def test_a_payment_of_taobao_is_followed_by_the_order_in_its_number() -> None:
    rows = (
        alipay("收入", "268.00", PAID, f"T200P{ORDER}"),
        alipay("不计收支", "89.84", f"{PAID}_R1", f"T200P{ORDER}", "退款成功"),
        alipay("收入", "59.00", "2026031122001412345678909999", f"T200P{OTHER}"),
    )
    reading = read("alipay-app", ALIPAY, *rows, only=(ORDER,))
    assert [record.where.rows for record in reading.records] == [(2,), (3,)]
    assert [(note.code, note.values) for note in reading.notes] == [("other-orders-left-out", {"orders": 1, "rows": 1})]
    assert OTHER not in str(reading)
    assert [record.order_id for record in trades(reading)] == [f"T200P{ORDER}"] * 2


def test_a_refund_is_followed_by_the_number_of_its_payment() -> None:
    rows = (
        alipay("收入", "268.00", PAID, "CQ1"),
        alipay("不计收支", "9.00", f"{PAID}_R1", "CQ1-R"),
        alipay("不计收支", "9.00", f"{PAID}*RF", ""),
        alipay("收入", "59.00", PAID[:-1], "CQ2"),
    )
    reading = read("alipay-app", ALIPAY, *rows, only=("P1",), links=(PAID,))
    assert [record.where.rows for record in reading.records] == [(2,), (3,), (4,)]


def test_a_number_that_is_only_part_of_another_is_another() -> None:
    rows = (alipay("收入", "1.00", "", f"T200P{ORDER}0"), alipay("收入", "1.00", "", ORDER[:-1]))
    reading = read("alipay-app", ALIPAY, *rows, only=(ORDER,))
    assert reading.records == ()
    assert {note.code for note in reading.notes} == {"other-orders-left-out", "order-not-in-table"}


@pytest.mark.parametrize("damaged", ["2.0260311220014E+27", "4.2E+27"])
def test_a_number_of_a_bill_that_lost_its_digits_joins_nothing_and_is_named(damaged: str) -> None:
    row = alipay("收入", "268.00", damaged, f"T200P{ORDER}")
    reading = read("alipay-app", ALIPAY, row)
    (payment,) = trades(reading)
    assert (payment.transaction_id, payment.order_id) == (None, f"T200P{ORDER}")
    assert [(note.code, note.values["header"]) for note in reading.notes] == [("id-damaged", "交易订单号")]


def test_rows_below_the_end_state_and_are_no_records() -> None:
    lines = (ALIPAY, alipay("收入", "268.00", PAID, ""), "-" * 40, "共2笔记录", "支付宝账户：chuqing@example.com")
    reading = read("alipay-app", *lines)
    assert reading.declared == {"count": 2, "account": "chuqing@example.com"}
    assert notes(reading) == [("declared-count-differs", 2, 1)]
    assert (reading.balance.total, reading.balance.records, reading.balance.skipped) == (5, 1, 4)


def test_a_padded_cell_is_the_cell() -> None:
    row = alipay("支出      ", "12.50    ", PAID, "CQ1      ", "交易成功      ")
    (payment,) = trades(read("alipay-app", ALIPAY, row))
    assert (payment.direction, payment.status, payment.order_id) == ("out", "交易成功", "CQ1")
    assert payment.amounts.paid is not None
    assert payment.amounts.paid.value == "12.50"


def test_cells_of_several_lines_and_marks_of_a_bill() -> None:
    row = (
        '2026-03-11 01:20:07,商户消费,"林,""小姐""",裙子,支出,¥12.50,零钱,支付成功,"4200002345202603"\t,"SF123456"\t,/'
    )
    (payment,) = trades(read("wechat-pay", *BANNER, WECHAT, row))
    assert (payment.party, payment.transaction_id, payment.order_id) == ('林,"小姐"', "4200002345202603", "SF123456")


@pytest.mark.parametrize(
    ("income", "expense", "direction", "amounts"),
    [
        ("254.60", "", "in", ("254.60", None)),
        ("", "20.00", "out", (None, "20.00")),
        ("0.00", "20.00", "out", ("0.00", "20.00")),
        ("1.00", "20.00", None, ("1.00", "20.00")),
        ("", "", None, (None, None)),
    ],
)
def test_the_column_that_states_an_amount_says_which_way_it_went(
    income: str, expense: str, direction: str | None, amounts: tuple[str | None, str | None]
) -> None:
    header = "创建时间,交易类型描述,收入（元）,支出（元）,账户余额（元）,业务单号,备注"
    row = f"2026-03-27 02:00:15,小额打款,{income},{expense},1254.60,P366374524942915524,"
    (record,) = trades(read("xiaohongshu-account-flow", header, row))
    found = record.amounts
    assert record.direction == direction
    assert (found.received and found.received.value, found.paid and found.paid.value) == amounts
    assert found.refunded is None
