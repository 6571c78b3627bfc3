from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stages.lang.masked import name_key
from stages.lang.match import folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("m***o", "m***0"),
        ("m***o", "M***O"),
        ("m***o", "m**o"),
        ("m***o", "m＊＊＊o"),
        ("小***0", "小***o"),
        ("周*米", "周**米"),
        ("Mia", "MIA"),
    ],
)
def test_readings_of_one_name_are_one(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("m***o", "m***a"),
        ("m***o", "momo"),
        ("momo", "m0m0"),
        ("user0", "usero"),
        ("周*米", "周*"),
        ("*", ""),
    ],
)
def test_names_that_may_be_two_are_two(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@given(st.text(max_size=12))
def test_a_key_of_a_key_is_itself_and_names_without_a_mask_are_only_folded(name: str) -> None:
    key = name_key(name)
    assert name_key(key) == key
    if not set(folded(name)[0]) & set("*×✱∗﹡●•"):
        assert key == folded(name)[0]
