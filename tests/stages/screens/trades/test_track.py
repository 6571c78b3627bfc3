"""Parcel tracks: each scan with its time, however the list is set."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.model import Scan, Shipment
from pipeline.wording.screens import ROWS
from stages.screens.trades.track import LAYOUT
from tests.stages.screens.pages import ANCHORED, At, page_of
from tests.stages.screens.trades.drawn import lines_at, read, records_of, rows

HEAD = [At("物流详情", 440, 120, 50), At("中通快递 75812345678901", 220, 240, 44), At("官方电话 95311", 220, 300, 38)]
SCANS = (
    ("2026-03-13 11:23:05", "【义乌市】您的快件已签收，签收人：本人"),
    ("2026-03-12 21:43:40", "快件正在派送途中，请您准备签收"),
    ("2026-03-12 06:45:11", "快件已到达【南京江宁集散中心】"),
    ("2026-03-11 20:43:00", "商家已发货，等待快递公司揽收"),
)


def scans(*lines: At) -> list[tuple[str, str]]:
    found = read(LAYOUT, *HEAD, *lines)
    return [(record.times.scanned.said, record.text) for record in found if isinstance(record, Scan)]


def below(gap: float = 50, step: float = 160) -> list[At]:
    lines = []
    for at, (time, text) in enumerate(SCANS):
        lines.append(At(text, 200, 460 + step * at, 40))
        lines.append(At(time, 200, 460 + step * at + gap, 32, ink="#999999"))
    return lines


def test_times_below_their_words() -> None:
    assert scans(*below()) == list(SCANS)


def test_times_above_their_words() -> None:
    lines = []
    for at, (time, text) in enumerate(SCANS):
        lines.append(At(time, 200, 460 + 160 * at, 32))
        lines.append(At(text, 200, 460 + 160 * at + 44, 40))
    assert scans(*lines) == list(SCANS)


def test_date_over_clock_on_the_left_and_words_over_two_lines() -> None:
    lines = []
    for at, (time, text) in enumerate(SCANS):
        top = 460 + 180 * at
        lines += [At(time[5:10], 60, top, 34), At(time[11:16], 70, top + 44, 30)]
        lines += [At(text[:10], 260, top, 40), At(text[10:], 260, top + 52, 40)]
    assert scans(*lines) == [(f"{time[5:10]} {time[11:16]}", text) for time, text in SCANS]


def test_clock_over_date() -> None:
    lines = []
    for at, (time, text) in enumerate(SCANS):
        top = 460 + 180 * at
        lines += [At(time[11:16], 60, top, 34), At(time[5:10], 64, top + 40, 28), At(text, 260, top, 40)]
    assert scans(*lines) == [(f"{time[5:10]} {time[11:16]}", text) for time, text in SCANS]


def test_a_time_begins_each_line() -> None:
    assert scans(*(At(f"{time} {text}", 60, 460 + 80 * at, 40) for at, (time, text) in enumerate(SCANS))) == list(SCANS)


def test_days_as_headings() -> None:
    lines = [At("Friday, 13 March 2026", 60, 420, 44)]
    for at, (clock, text) in enumerate(
        (("18:40", "Delivered - Signed for by: SMITH"), ("09:11", "With delivery courier"))
    ):
        lines += [At(clock, 60, 490 + 90 * at, 36), At(text, 240, 490 + 90 * at, 36)]
    lines += [
        At("Thursday, 12 March 2026", 60, 720, 44),
        At("22:10", 60, 790, 36),
        At("Arrived at facility", 240, 790, 36),
    ]
    assert scans(*lines) == [
        ("Friday, 13 March 2026 18:40", "Delivered - Signed for by: SMITH"),
        ("Friday, 13 March 2026 09:11", "With delivery courier"),
        ("Thursday, 12 March 2026 22:10", "Arrived at facility"),
    ]


def test_a_state_over_the_words_is_the_scans_status() -> None:
    lines = []
    for at, (state, (time, text)) in enumerate(zip(("已签收", "派送中", "运输中", "已揽收"), SCANS, strict=True)):
        top = 460 + 160 * at
        lines += [At(state, 60, top, 44), At(time[:16], 0, top + 4, 32, right=1020), At(text, 60, top + 54, 36)]
    found = [record for record in read(LAYOUT, *HEAD, *lines) if isinstance(record, Scan)]
    assert [record.status for record in found] == ["已签收", "派送中", "运输中", "已揽收"]
    assert found[0].text == f"已签收 {SCANS[0][1]}"


@pytest.fixture(scope="module")
def track() -> list[Any]:
    return read(LAYOUT, *HEAD, *below())


def test_the_parcel_comes_first_and_every_scan_names_it(track: list[Any]) -> None:
    assert isinstance(track[0], Shipment)
    assert {(parcel.carrier, parcel.number) for record in track for parcel in record.tracking} == {
        ("中通快递", "75812345678901")
    }


def test_spots_hold_what_they_say(track: list[Any]) -> None:
    page = page_of(*HEAD, *below())
    for record in track[1:]:
        assert {spot.field for spot in record.spots} >= {"times.scanned", "text"}
        for spot in record.spots:
            assert any(spot.text in line.text for line in lines_at(page, spot.where.box))


def test_a_number_by_its_label_without_a_carrier() -> None:
    lines = [At("Tracking number: 1234567890", 60, 200, 40), At("Status: Delivered", 60, 260, 40)]
    scanned = [
        At("2026-03-13 18:40 Parcel delivered", 60, 400, 40),
        At("2026-03-13 08:02 Arrived at depot", 60, 480, 40),
    ]
    shipment = read(LAYOUT, *lines, *scanned)[0]
    assert (shipment.tracking[0].number, shipment.tracking[0].carrier, shipment.status) == (
        "1234567890",
        None,
        "Delivered",
    )


def test_the_carriers_telephone_is_no_parcel() -> None:
    found = records_of(LAYOUT, page_of(HEAD[0], At("官方电话 4008111111", 220, 300, 38), *below()))
    assert all(not record.tracking for record in found)


def test_an_order_page_is_no_track() -> None:
    facts = rows(
        ("下单时间", "2026-03-11 01:23:58"), ("付款时间", "2026-03-11 01:26:48"), ("发货时间", "2026-03-12 08:35:21")
    )
    assert LAYOUT.sniff(page_of(*facts)) is None


def test_an_anchor_dates_short_times() -> None:
    lines = []
    for at, (time, text) in enumerate(SCANS):
        lines += [At(time[5:16], 60, 460 + 90 * at, 36), At(text, 320, 460 + 90 * at, 36)]
    found = records_of(LAYOUT, page_of(*HEAD, *lines), ANCHORED)
    assert found[1].times.scanned.start == "2026-03-13T11:23:00+08:00"


def test_what_it_says_is_worded() -> None:
    assert {"reads-screen-track", "screen-track-entries"} <= set(ROWS)


def test_the_heading_of_a_query_names_the_carrier() -> None:
    head = [At("中通快递 快件查询", 60, 120, 50), At("运单号：78412009356617", 60, 240, 40)]
    records = read(LAYOUT, *head, *below())
    assert {(found.carrier, found.number) for record in records for found in record.tracking} == {
        ("中通快递", "78412009356617")
    }


def test_the_first_state_belongs_to_its_scan_where_frames_differ_a_little() -> None:
    events = [("Delivered, In/At Mailbox", 32), ("Out for Delivery", 29), ("Arrived at Facility", 29), ("Accepted", 29)]
    lines = []
    for at, (text, gap) in enumerate(events):
        top = 460 + 115 * at
        lines += [At(text, 60, top - gap, 22), At("PORTLAND, OR 97202", 60, top, 22)]
        lines.append(At(f"March {25 - at}, 2026, 12:55 am", 60, top + 30, 20))
    found = [said for _, said in scans(*lines)]
    assert found == [f"{text} PORTLAND, OR 97202" for text, _ in events]
