from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stages.lang.money import amount, as_text, refunded


@pytest.mark.parametrize(
    ("said", "value", "currency"),
    [
        ("270.8", "270.80", "CNY"),
        ("¥1,234.5", "1234.50", "CNY"),
        ("￥-3", "-3.00", "CNY"),
        ("270.8元", "270.80", "CNY"),
        ("CNY 12", "12.00", "CNY"),
        ("- $12.01", "-12.01", "USD"),
        ("HK$ 5", "5.00", "HKD"),
        ("12 €", "12.00", "EUR"),
        ("(12.34)", "-12.34", "CNY"),
        ("−12.34", "-12.34", "CNY"),
        ("１２．３４", "12.34", "CNY"),
        ("+5", "5.00", "CNY"),
        ("-0", "0.00", "CNY"),
        ("0.125", "0.125", "CNY"),
        ("1,234,567", "1234567.00", "CNY"),
        ("\u200e88.00\u00a0", "88.00", "CNY"),
    ],
)
def test_an_amount_is_exact(said: str, value: str, currency: str) -> None:
    found = amount(said)
    assert found is not None
    assert (found.money.value, found.money.currency, found.refunded) == (value, currency, None)


@pytest.mark.parametrize(
    "said",
    ["", "-", "12,50", "1,23", "1e5", "$5元", "(5", "5)", "--5", "(-5)", "二百七", "5 6", "5.", ".5", "5(已退款)", "¥"],
)
def test_what_is_no_amount_in_every_character_is_none(said: str) -> None:
    assert amount(said) is None


def test_fen_are_hundredths() -> None:
    found = amount("27080", unit="fen")
    assert found is not None
    assert found.money.value == "270.80"


def test_fen_beside_a_symbol_contradict_each_other() -> None:
    assert amount("270.80元", unit="fen") is None


def test_a_sign_may_be_declared_the_other_way_round() -> None:
    found = amount("5", negate=True)
    back = amount("-5", negate=True)
    assert found is not None
    assert back is not None
    assert (found.money.value, back.money.value) == ("-5.00", "5.00")


@pytest.mark.parametrize(
    ("said", "value", "refunded"),
    [
        ("131.77(已退款89.84)", "131.77", "89.84"),
        ("131.77（已退款￥89.84）", "131.77", "89.84"),
        ("468.32(已全额退款)", "468.32", "468.32"),
    ],
)
def test_a_remark_states_what_was_refunded(said: str, value: str, refunded: str) -> None:
    found = amount(said)
    assert found is not None
    assert found.refunded is not None
    assert (found.money.value, found.refunded.value) == (value, refunded)


decimals = st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False, allow_infinity=False)


@given(decimals)
@settings(max_examples=100, deadline=None)
def test_what_is_written_is_read_back(value: Decimal) -> None:
    found = amount(as_text(value))
    assert found is not None
    assert Decimal(found.money.value) == value
    assert found.money.value == as_text(Decimal(found.money.value))


@given(decimals)
@settings(max_examples=100, deadline=None)
def test_thousands_change_nothing(value: Decimal) -> None:
    assert amount(f"{value:,}") == amount(f"{value}")


@given(st.integers(min_value=0, max_value=10**9))
@settings(max_examples=50, deadline=None)
def test_fen_and_yuan_agree(fen: int) -> None:
    assert amount(str(fen), unit="fen") == amount(f"{fen // 100}.{fen % 100:02d}")


@given(st.text(max_size=30))
@settings(max_examples=100, deadline=None)
def test_nothing_makes_it_fail(said: str) -> None:
    found = amount(said)
    assert found is None or Decimal(found.money.value).is_finite()


@pytest.mark.parametrize(
    ("said", "value", "currency"),
    [
        ("人民币 270.80 元", "270.80", "CNY"),
        ("RMB1,270", "1270.00", "CNY"),
        ("US$ 12.01", "12.01", "USD"),
        ("$-12.01", "-12.01", "USD"),
        ("-¥ 0.10", "-0.10", "CNY"),
        ("（12.34）", "-12.34", "CNY"),
        ("(¥1,234.50)", "-1234.50", "CNY"),
        ("270.800", "270.800", "CNY"),
        ("0", "0.00", "CNY"),
        ("-0.00", "0.00", "CNY"),
        ("+ 3 元", "3.00", "CNY"),
        ("99999999999999999999.99", "99999999999999999999.99", "CNY"),
    ],
)
def test_more_amounts_of_bills(said: str, value: str, currency: str) -> None:
    found = amount(said)
    assert found is not None
    assert (found.money.value, found.money.currency) == (value, currency)


@pytest.mark.parametrize(
    "said",
    [
        "12.50元/件",
        "服务费¥0.10",
        "约270",
        "270.80 ~ 280",
        "1,2,3",
        "12,345,67",
        "1.234,56",
        "¥¥5",
        "元",
        "(-)",
        "∞",
        "1/2",
        "12%",
        "270.80(待退款)",
        "5(已退款3)(已退款2)",
        "5(已全额退款",
        "(5)(已退款二元)",
        "２７０．８０．０",
        "0x10",
        "1_000",
    ],
)
def test_more_that_is_no_amount(said: str) -> None:
    assert amount(said) is None


@given(decimals, st.sampled_from(["{}", "¥{}", "￥ {}", "{}元", "CNY {}", "{} RMB", "\u00a0{}\t"]))
@settings(max_examples=80, deadline=None)
def test_a_mark_of_the_currency_changes_no_value(value: Decimal, shape: str) -> None:
    assert amount(shape.format(as_text(value))) == amount(as_text(value))


@given(decimals.filter(lambda value: value > 0))
@settings(max_examples=50, deadline=None)
def test_every_minus_means_the_same(value: Decimal) -> None:
    said = as_text(value)
    assert {amount(form.format(said)) for form in ("-{}", "−{}", "–{}", "({})", "（{}）", "- {}")} == {
        amount("-" + said)
    }


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("已退款(￥12.00)", "12.00"), ("已退款¥10.00", "10.00"), ("已退款 （￥1,012.50）", "1012.50"),
        ("已部分退款(¥3)", "3.00"), ("已全额退款", None), ("已退款", None), ("支付成功", None), ("已退款(12)", None),
        ("未已退款(￥12.00)", None), ("已退款(￥12.00)等", None), ("", None),
    ],
)  # fmt: skip
def test_what_a_status_says_was_refunded(said: str, value: str | None) -> None:
    found = refunded(said)
    assert (found.value if found else None) == value
