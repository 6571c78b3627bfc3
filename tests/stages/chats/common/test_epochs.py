"""Epochs as moments: the quick way gives what the slow way gives."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.moment import Zone, from_epoch_ms
from stages.chats.common.epochs import Epochs, epoch_ms, wall_agrees
from stages.chats.common.offsets import with_offset

SHANGHAI = Zone(name="Asia/Shanghai", basis="platform")
ZONES = [None, SHANGHAI, Zone(name="America/New_York", basis="case"), Zone(name="Asia/Kathmandu", basis="case"),
         Zone(name="Australia/Lord_Howe", basis="case"), Zone(name="-03:30", basis="case")]  # fmt: skip
NOON = 1_772_431_385


@given(st.integers(min_value=1, max_value=10**10), st.sampled_from(ZONES))
def test_seconds_are_what_the_slow_way_gives(value: int, zone: Zone | None) -> None:
    epochs = Epochs(zone)
    expected = from_epoch_ms(str(value), value * 1000, zone, grain="second")
    assert epochs.at(value) == expected
    assert epochs.at(value) == expected


@given(st.integers(min_value=10**11, max_value=10**13), st.sampled_from(ZONES))
def test_milliseconds_are_what_the_slow_way_gives(value: int, zone: Zone | None) -> None:
    assert Epochs(zone).at(value) == from_epoch_ms(str(value), value, zone)


@pytest.mark.parametrize("zone", ZONES)
def test_seconds_beside_a_change_of_clocks(zone: Zone | None) -> None:
    for change in (1_772_953_200, 1_793_512_800, 1_775_314_800, 1_759_590_000):
        epochs = Epochs(zone)
        for value in range(change - 1801, change + 1801, 97):
            assert epochs.at(value) == from_epoch_ms(str(value), value * 1000, zone, grain="second")


def test_milliseconds_by_mistake_are_read_and_counted() -> None:
    epochs = Epochs(SHANGHAI)
    at = epochs.at(NOON * 1000 + 123)
    assert at is not None
    assert (at.start, at.grain) == ("2026-03-02T14:03:05.123+08:00", "millisecond")
    assert epochs.milliseconds == 1


@pytest.mark.parametrize("value", [str(NOON), f" {NOON} ", float(NOON)])
def test_digits_in_quotes_and_whole_floats_are_seconds(value: Any) -> None:
    at = Epochs(SHANGHAI).at(value)
    assert at is not None
    assert (at.start, at.grain) == ("2026-03-02T14:03:05+08:00", "second")


def test_a_fraction_is_kept_to_the_millisecond() -> None:
    at = Epochs(SHANGHAI).at(NOON + 0.5)
    assert at is not None
    assert (at.start, at.grain) == ("2026-03-02T14:03:05.500+08:00", "millisecond")


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        0,
        -5,
        "",
        "abc",
        "٣",
        "1" * 40,
        10**14,
        10**400,
        float("nan"),
        float("inf"),
        [],
        {},
        1e300,
        "-7",
        b"1",
    ],
)
def test_what_is_no_epoch_gives_no_moment(value: Any) -> None:
    assert Epochs(None).at(value) is None
    assert epoch_ms(value) is None


@pytest.mark.parametrize(
    ("said", "agrees"),
    [
        ("2026-03-02 14:03:05", True),
        ("2026-03-02 06:03:05", True),
        ("2026-03-02 11:48:05", True),
        ("2026-03-02 14:03", True),
        ("2026-03-02 14:03:06", False),
        ("2026-03-04 14:03:05", False),
        ("2026-03-02T14:03:05+08:00", True),
        ("2026-03-02T14:03:05+09:00", False),
        ("昨天", True),
        (None, True),
        (7, True),
    ],
)
def test_a_wall_clock_agrees_in_some_zone(said: Any, agrees: bool) -> None:
    assert wall_agrees(said, NOON) is agrees


@pytest.mark.parametrize(
    ("said", "start", "grain"),
    [
        ("2026-03-02T14:03:05+08:00", "2026-03-02T14:03:05+08:00", "second"),
        ("2026-03-02T06:03:05Z", "2026-03-02T06:03:05+00:00", "second"),
        ("2026-03-02T14:03:05.25+08:00", "2026-03-02T14:03:05.250+08:00", "millisecond"),
        ("2026-03-02T14:03:05.123456789-05:30", "2026-03-02T14:03:05.123-05:30", "millisecond"),
        ("2026-03-02T14:03:05.000+08:00", "2026-03-02T14:03:05+08:00", "second"),
    ],
)
def test_a_wording_with_its_offset_is_the_moment(said: str, start: str, grain: str) -> None:
    at = with_offset(said)
    assert at is not None
    assert (at.said, at.start, at.end, at.grain, at.zone) == (said, start, start, grain, "stated")
    assert msgspec.json.decode(msgspec.json.encode(at), type=type(at)) == at


@pytest.mark.parametrize(
    "said", [None, 5, "", "2026-03-02 14:03:05", "0001-01-01T00:00:00Z", "2026-02-30T10:00:00Z", "2026-03-02T25:00:00Z",
             "2026-03-02T14:03:05", "2026-03-02T14:03:05+08:00x"]
)  # fmt: skip
def test_other_wordings_are_none(said: Any) -> None:
    assert with_offset(said) is None
