"""Identifiers, amounts and times in parts of lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Line
from stages.screens.trades.values import (
    UNCLEAR,
    Part,
    amount_of,
    currency_of,
    number_of,
    said,
    spot_of,
    time_of,
    times_in,
    trimmed,
    whole,
)
from tests.stages.screens.pages import ANCHORED, At, line_of


def part(text: str, left: float = 0, top: float = 0) -> Part:
    return whole(line_of(At(text, left, top)))


def lines(*texts: str) -> list[Line]:
    return [line_of(At(text, 0, 60 * at)) for at, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("P118358596439302018", "P118358596439302018"),
        ("6959 8213 4567", "695982134567"),
        ("260502-638185880655466", "260502-638185880655466"),
        ("260502—638185880655466", "260502-638185880655466"),
        ("#1001", "#1001"),
        ("ＹＴ３９７１", "YT3971"),
        ("7539****8901", "7539****8901"),
        ("O0Il1", "O0Il1"),
        ("12", None),
        ("中通快递", None),
        ("ABCDEF", None),
        ("", None),
    ],
)
def test_an_identifier_is_kept_as_printed(text: str, number: str | None) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("¥19.90", "19.90"),
        ("￥1,299.00", "1299.00"),
        ("- ¥5.00", "-5.00"),
        ("+ ¥6.00", "6.00"),
        ("Y19.90", "19.90"),
        ("羊19.90", "19.90"),
        ("-Y19.90", "-19.90"),
        ("¥19.90(含运费)", "19.90"),
        ("19.90元", "19.90"),
        ("免运费", "0.00"),
        ("已减5.00", "5.00"),
        ("Y19", None),
        ("X19.90", None),
        ("¥19.9O", None),
        ("约19元左右", None),
        ("", None),
    ],
)
def test_an_amount_in_yuan(text: str, amount: str | None) -> None:
    found = amount_of(text, "CNY")
    assert (found.value if found else None) == amount


def test_an_amount_states_its_own_currency() -> None:
    assert {amount_of(text, "CNY").currency for text in ("US$5.00", "$5.00")} == {"USD"}  # type: ignore[union-attr]
    assert amount_of("£5.00", None).currency == "GBP"  # type: ignore[union-attr]


def test_a_dollar_that_may_be_several_is_no_amount() -> None:
    assert amount_of("$450", UNCLEAR) is None
    assert amount_of("450", UNCLEAR) is None


def test_a_bare_number_needs_the_pages_currency() -> None:
    assert amount_of("19.90", None) is None
    assert amount_of("19.90", "CNY").value == "19.90"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("texts", "currency"),
    [
        (("实付款", "¥19.90"), "CNY"),
        (("订单金额", "合计 19.90"), "CNY"),
        (("Total", "$19.90"), "USD"),
        (("Total", "£19.90"), "GBP"),
        (("Total", "19.90"), None),
        (("Total", "£19.90", "$25.10"), None),
        (("訂單編號", "運費", "總額", "$450"), UNCLEAR),
    ],
)
def test_the_currency_of_a_page(texts: tuple[str, ...], currency: str | None) -> None:
    assert currency_of(lines(*texts)) == currency


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("P118358596439302018 复制", "P118358596439302018"),
        ("P118358596439302018复制", "P118358596439302018"),
        ("YT3971 | 查看物流", "YT3971"),
        ("YT3971Copy", "YT3971"),
        ("杭州市青年路 >", "杭州市青年路"),
        ("  ¥19.90  ", "¥19.90"),
        ("复制", ""),
    ],
)
def test_a_button_glued_to_a_value_is_no_part_of_it(text: str, kept: str) -> None:
    assert trimmed(part(text)).text == kept


def test_parts_are_joined_by_a_blank_only_between_latin_words() -> None:
    assert said([part("2026-03-11"), part("01:23:58", 900)]).text == "2026-03-11 01:23:58"
    assert said([part("浙江省"), part("杭州市", 0, 60)]).text == "浙江省杭州市"
    assert said([part("ABC"), part("DEF", 0, 60)], glue="").text == "ABCDEF"


def test_a_spot_of_several_parts_is_around_them_all() -> None:
    spot = spot_of("buyer.address", said([part("浙江省", 0, 0), part("杭州市", 0, 60)]))
    assert spot.text == "浙江省杭州市"
    assert spot.where.box is not None
    assert spot.where.box[1] == 0
    assert spot.where.box[3] == 108


def test_a_time_is_the_whole_wording() -> None:
    assert time_of(" 2026-03-11 01:23:58 ", ANCHORED) is not None
    assert time_of("2026-03-11 发货", ANCHORED) is None
    found = times_in(part("发货 2026-03-11 08:00，签收 2026-03-12 09:00"), ANCHORED)
    assert [passage.text for _, passage in found] == ["2026-03-11 08:00", "2026-03-12 09:00"]


@given(st.text(max_size=24))
def test_what_is_trimmed_stands_in_the_line(text: str) -> None:
    assert trimmed(part(text)).text in text


@given(st.text(alphabet="0123456789OIl-* #AB", max_size=24))
def test_no_character_of_an_identifier_is_repaired(text: str) -> None:
    number = number_of(text)
    assert number is None or number == "".join(text.split())


@given(st.text(alphabet="0123456789.,¥Y羊-+ $元O", max_size=12))
def test_the_digits_of_an_amount_are_the_lines(text: str) -> None:
    found = amount_of(text, "CNY")
    if found is not None and not text.strip().startswith("免"):
        digits = "".join(char for char in text if char.isdigit()).lstrip("0").rstrip("0")
        assert "".join(char for char in found.value if char.isdigit()).strip("0") == digits.strip("0")
