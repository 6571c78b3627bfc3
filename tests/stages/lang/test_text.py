from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stages.lang.text import has_marks, header_key, nfc, plain


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("订单付款时间 ", "订单付款时间"),
        ("\ufeff订单号\t", "订单号"),
        ("商家应收金额(元)（支付金额）", "商家应收金额(元)(支付金额)"),
        ("ＳＫＵ 规格", "sku规格"),
        ("Ship-address-2", "ship-address-2"),
        ("  Paid   at ", "paid at"),
        ("", ""),
    ],
)
def test_header_names_match_whatever_their_width_and_case(printed: str, key: str) -> None:
    assert header_key(printed) == key


def test_plain_removes_what_cannot_be_seen_and_keeps_line_ends() -> None:
    assert plain("\u200e阿\u00a0青\u202f\n\ufeff") == "阿 青 \n"
    assert has_marks("a\u2009b")
    assert not has_marks("a b\u3000")


def test_names_compare_in_their_composed_form() -> None:
    assert nfc("e\u0301") == "é"


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_keys_and_plain_text_are_stable(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert has_marks(text) == (plain(text) != text)
    assert header_key(f"\ufeff {text}\t") == header_key(text)
