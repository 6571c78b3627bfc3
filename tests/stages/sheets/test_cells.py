from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stages.sheets.cells import NULLS, clean, is_damaged, is_null, is_suspect, wording


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("  订单\t", "订单"),
        ("\u3000x\u3000", "x"),
        (1.0, "1"),
        (270.8, "270.8"),
        (0.1 + 0.2, "0.3"),
        (138000000000.0, "138000000000"),
        (6.92e18, "6.92e+18"),
        (True, "TRUE"),
        (False, "FALSE"),
        (None, ""),
        (datetime(2026, 3, 2, 14, 3), "2026-03-02 14:03:00"),
        (date(2026, 3, 2), "2026-03-02"),
        (time(14, 3), "14:03:00"),
        (timedelta(hours=1), "1:00:00"),
    ],
)
def test_wording(value: Any, printed: str) -> None:
    assert wording(value) == printed


@pytest.mark.parametrize(
    ("said", "cleaned"),
    [
        ('="123"', "123"),
        ("=123", "123"),
        ('="P1\t"', "P1"),
        ("=SUM(A1)", "=SUM(A1)"),
        ("'138", "138"),
        ("'+86", "+86"),
        ("'tis", "'tis"),
        ("+1", "+1"),
        ("@nick", "@nick"),
    ],
)
def test_guards_and_wrappers_go_and_data_stays(said: str, cleaned: str) -> None:
    assert clean(said) == cleaned


@pytest.mark.parametrize("said", ["", "/", "-", "--", "无", "N/A", "null", "None"])
def test_what_stands_for_nothing(said: str) -> None:
    assert is_null(said, NULLS)


def test_a_dash_is_text_where_text_is_free() -> None:
    assert not is_null("-")
    assert is_null("")


@pytest.mark.parametrize("value", [6.92e18, "6.92E+18", "6e18", 1.5, float("nan"), float("inf"), True, 10**15])
def test_identifiers_that_lost_digits(value: Any) -> None:
    assert is_damaged(value)


@pytest.mark.parametrize("value", ["P366374524942915524", 123456789012345.0, 42, "692000000000000001", "", "E123"])
def test_identifiers_that_are_whole(value: Any) -> None:
    assert not is_damaged(value)


@pytest.mark.parametrize(
    ("said", "suspect"),
    [
        ("3663745249429150000", True),
        ("1234567890123450", True),
        ("123456789012345", False),
        ("P366374524942910000", False),
    ],
)
def test_numbers_a_spreadsheet_has_rounded(said: str, suspect: bool) -> None:
    assert is_suspect(said) is suspect


@given(
    st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.booleans(), st.datetimes(), st.dates(), st.none())
)
@settings(max_examples=100, deadline=None)
def test_any_cell_has_one_wording(value: Any) -> None:
    said = wording(value)
    assert wording(said) == said
    assert isinstance(is_damaged(value), bool)
    assert len(clean(said)) <= len(said)
