"""The hour of a twelve-hour clock."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stages.chats.common.clock import MARKERS, hour_of


@pytest.mark.parametrize(
    ("hour", "marker", "found"),
    [
        (12, "AM", 0), (12, "PM", 12), (1, "am", 1), (11, "pm", 23), (2, "p.m.", 14), (2, "P. M.", 14),
        (12, "上午", 0), (9, "上午", 9), (12, "下午", 12), (2, "下午", 14), (12, "中午", 12), (1, "中午", 13),
        (11, "中午", 11), (12, "凌晨", 0), (3, "凌晨", 3), (6, "早上", 6), (8, "晚上", 20), (6, "傍晚", 18),
        (2, "오후", 14), (12, "午前", 0), (2, "午後", 14),
    ],
)  # fmt: skip
def test_markers_of_the_languages_of_phones(hour: int, marker: str, found: int) -> None:
    assert hour_of(hour, marker) == found


@pytest.mark.parametrize("hour", range(24))
def test_without_a_marker_the_hour_is_that_of_24(hour: int) -> None:
    assert hour_of(hour, None) == hour


@pytest.mark.parametrize(
    ("hour", "marker", "found"), [(13, "PM", 13), (0, "AM", 0), (23, "下午", 23), (13, "中午", 13)]
)
def test_an_hour_that_only_24_has_stays(hour: int, marker: str, found: int) -> None:
    assert hour_of(hour, marker) == found


@pytest.mark.parametrize(
    ("hour", "marker"),
    [(24, None), (-1, None), (13, "AM"), (12, "晚上"), (0, "晚上"), (5, "中午"), (3, "noon"), (3, "")],
)
def test_what_cannot_stand_together_gives_none(hour: int, marker: str | None) -> None:
    assert hour_of(hour, marker) is None


@given(st.integers(-50, 50), st.one_of(st.none(), st.sampled_from(sorted(MARKERS)), st.text(max_size=6)))
def test_an_hour_is_one_of_24_or_none(hour: int, marker: str | None) -> None:
    found = hour_of(hour, marker)
    assert found is None or 0 <= found <= 23


@given(st.integers(1, 12), st.sampled_from(sorted(MARKERS)))
def test_case_and_blanks_of_a_marker_make_no_difference(hour: int, marker: str) -> None:
    spaced = " ".join(marker) if marker.isascii() else marker
    assert hour_of(hour, spaced.upper() if marker.isascii() else spaced) == hour_of(hour, marker)
