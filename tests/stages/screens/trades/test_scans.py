"""Times with their words, however a list is set."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from stages.screens.page import Context
from stages.screens.trades.scans import entries_on
from tests.stages.screens.pages import ANCHORED, CHINA, At, page_of

EVENTS = (
    ("2026-03-13 11:23:05", "已签收", "【义乌市】您的快件已签收"),
    ("2026-03-12 21:43:40", "派送中", "快件正在派送途中，请您准备签收"),
    ("2026-03-12 06:45:11", "运输中", "快件已到达【南京江宁集散中心】"),
    ("2026-03-11 20:43:00", "已揽件", "【青山集散点】的黄师傅已取件"),
)


def entries(*lines: At, context: Context = ANCHORED) -> list[tuple[str, str]]:
    return [(entry.time.text, entry.said.text) for entry in entries_on(page_of(*lines).lines, context)]


@pytest.mark.parametrize("scale", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("larger", [1.0, 1.2, 1.5])
def test_a_state_in_the_row_of_a_time_is_that_times(scale: float, larger: float) -> None:
    lines = []
    for at, (time, state, text) in enumerate(EVENTS):
        top = (200 + 130 * at) * scale
        lines.append(At(state, 60 * scale, top - 40 * (larger - 1) * scale, 40 * larger * scale))
        lines += [At(time, 300 * scale, top, 40 * scale), At(text, 60 * scale, top + 50 * scale, 40 * scale)]
    assert entries(*lines) == [(time, f"{state} {text}") for time, state, text in EVENTS]


def test_a_state_with_words_over_two_lines_close_to_the_next_entry() -> None:
    lines = []
    for at, (time, state, text) in enumerate(EVENTS):
        top = 200 + 145 * at
        lines += [At(state, 60, top, 46), At(time, 300, top + 6, 38), At(text[:8], 60, top + 48, 38)]
        lines.append(At(text[8:], 60, top + 87, 38))
    assert entries(*lines) == [(time, f"{state} {text}") for time, state, text in EVENTS]


def test_columns_of_time_place_and_event() -> None:
    lines = [At("Date and time", 20, 100, 17), At("Location", 172, 100, 17), At("Event", 295, 100, 17)]
    table = (
        ("12 Aug 2026 21:45", "Leeds", "Delivered - signed for by J SMITH"),
        ("11 Aug 2026 21:04", "Leeds", "Out for delivery"),
        ("10 Aug 2026 21:00", "Wakefield Hub", "Arrived at depot"),
    )
    for at, (time, town, event) in enumerate(table):
        top = 140 + 38 * at
        lines += [At(time, 20, top, 17), At(town, 172, top + at % 2, 17), At(event, 295, top - at % 2, 17)]
    assert entries(*lines) == [(time, f"{town} {event}") for time, town, event in table]


def test_dates_whose_order_nothing_proves_are_kept_undated() -> None:
    lines = [
        At("03/12/2026 10:41 PM", 60, 200, 36), At("Delivered to front door", 400, 200, 36),
        At("03/11/2026 8:02 AM", 60, 260, 36), At("Out for delivery", 400, 260, 36),
        At("3/10/26", 60, 320, 36), At("Arrived at facility", 400, 320, 36),
    ]  # fmt: skip
    found = entries_on(page_of(*lines).lines, ANCHORED)
    assert [(entry.at.said, entry.at.start) for entry in found] == [
        ("03/12/2026 10:41 PM", None),
        ("03/11/2026 8:02 AM", None),
        ("3/10/26", None),
    ]
    dated = entries_on(page_of(*lines).lines, Context(zone=CHINA, date_order="mdy"))
    assert [entry.at.start for entry in dated] == [
        "2026-03-12T22:41:00+08:00",
        "2026-03-11T08:02:00+08:00",
        "2026-03-10T00:00:00+08:00",
    ]


def test_a_pickup_code_is_no_time() -> None:
    lines = [At("2026-03-13 11:23:05", 60, 200, 36), At("您的快件已由驿站代收，取件码 11-4-2025", 60, 250, 36)]
    assert entries(*lines) == [("2026-03-13 11:23:05", "您的快件已由驿站代收，取件码 11-4-2025")]


def test_a_page_without_times_has_no_entries() -> None:
    assert entries(At("快件已到达", 60, 200), At("快件已签收", 60, 300)) == []


@hypothesis(max_examples=40, deadline=None)
@given(
    st.floats(0.4, 3.0),
    st.floats(0, 2000),
    st.floats(0, 500),
    st.lists(st.sampled_from(EVENTS), min_size=2, max_size=4, unique=True),
)
def test_size_and_place_do_not_matter(
    scale: float, down: float, across: float, events: list[tuple[str, str, str]]
) -> None:
    lines = []
    for at, (time, _, text) in enumerate(events):
        top = 200 + 150 * at
        lines.append(At(text, across + 60 * scale, down + top * scale, 40 * scale))
        lines.append(At(time, across + 60 * scale, down + (top + 48) * scale, 32 * scale))
    assert entries(*lines) == [(time, text) for time, _, text in events]
