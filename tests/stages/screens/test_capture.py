from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.locate import WHOLE, Locator
from pipeline.model import Balance, Dating, Note, Reading, Role
from pipeline.moment import Moment, Zone, from_epoch_ms, moment
from stages.screens.capture import anchor_of, saved_by
from stages.screens.page import Page
from tests.stages.screens.pages import CHINA, At, page_of

BODY = At("客服回复特别慢", 48, 600)
EXIF = "EXIF DateTimeOriginal"
NAMED = "file-name-android-screenshot"


def at(hour: int = 21, minute: int = 30, second: int = 12, *, day: int = 17, zone: Zone | None = CHINA) -> Moment:
    return moment("x", 2026, 3, day, hour, minute, second, grain="second", zone=zone)


def tag(when: Moment, role: Role = "screenshot.captured", name: str = EXIF) -> Dating:
    return Dating(where=Locator(tag=name), role=role, at=when, text="2026:03:17 21:30:12", basis=name)


def name(when: Moment, role: Role = "screenshot.captured", basis: str = NAMED) -> Dating:
    return Dating(where=WHOLE, role=role, at=when, text="Screenshot_20260317_213012", basis=basis)


def dated(*datings: Dating) -> Reading:
    return Reading(
        reader="exif@1", format="picture-dates", records=datings,
        balance=Balance(unit="items", total=len(datings), records=len(datings)),
    )  # fmt: skip


def clocked(clock: str | None) -> Page:
    return page_of(*([At(clock, 72, 46), At("5G", 800, 46)] if clock else []), BODY)


def codes(notes: tuple[Note, ...]) -> list[str]:
    return [note.code for note in notes]


def test_a_tag_of_the_picture_is_a_strong_witness() -> None:
    anchor, notes = anchor_of(clocked(None), dated(name(at()), tag(at())))
    assert anchor is not None
    assert (anchor.at, anchor.basis, notes) == (at(), f"{EXIF} 2026:03:17 21:30:12 (strong)", ())


def test_a_file_name_is_a_medium_one() -> None:
    anchor, _ = anchor_of(clocked(None), dated(name(at())))
    assert anchor is not None
    assert anchor.basis == "Screenshot_20260317_213012 (medium)"


@pytest.mark.parametrize("clock", ["21:30", "21:29", "21:31", "9:30", "9:30 PM", "下午9:30"])
def test_the_clock_of_the_status_bar_bears_it_out(clock: str) -> None:
    anchor, notes = anchor_of(clocked(clock), dated(tag(at())))
    assert anchor is not None
    assert notes == ()
    assert anchor.at == at()
    assert anchor.basis.endswith(f"status bar {clock} (agrees)")


@pytest.mark.parametrize("clock", ["21:40", "09:30", "9:30 AM", "00:00", "10:30"])
def test_a_clock_that_shows_another_time_leaves_nothing_to_resolve_against(clock: str) -> None:
    anchor, notes = anchor_of(clocked(clock), dated(tag(at())))
    assert anchor is None
    assert codes(notes) == ["screen-clock-disagrees"]
    assert notes[0].values["clock"] == clock


def test_the_clock_makes_a_day_a_minute() -> None:
    day = moment("x", 2026, 3, 17, grain="day", zone=CHINA)
    anchor, _ = anchor_of(clocked("21:30"), dated(name(day)))
    assert anchor is not None
    assert (anchor.at.start, anchor.at.end) == ("2026-03-17T21:30:00+08:00", "2026-03-17T21:30:59+08:00")
    twelve, _ = anchor_of(clocked("9:30"), dated(name(day)))
    assert twelve is not None
    assert twelve.at == day


def test_a_clock_around_midnight_is_that_of_the_day_before() -> None:
    anchor, notes = anchor_of(clocked("23:59"), dated(tag(at(0, 0, 20))))
    assert anchor is not None
    assert notes == ()


def test_a_clock_alone_dates_nothing() -> None:
    assert anchor_of(clocked("21:30"), None) == (None, ())
    assert anchor_of(clocked("21:30"), dated()) == (None, ())


@pytest.mark.parametrize(
    "saved",
    [
        name(at(), "file.dated", "file-name-tencent-saved"),
        name(at(), "file.dated", "file-name-wechat-export"),
        tag(at(), "file.dated", "Image DateTime"),
    ],
)
def test_when_a_file_was_saved_says_only_that_the_capture_was_no_later(saved: Dating) -> None:
    assert anchor_of(clocked("21:30"), dated(saved)) == (None, ())
    assert saved_by(dated(saved)) == (
        saved.text if saved.basis.startswith("file-name-") else f"{saved.basis} {saved.text}"
    )
    assert saved_by(dated(tag(at()))) is None
    assert saved_by(None) is None


def test_witnesses_days_apart_are_none() -> None:
    anchor, notes = anchor_of(clocked(None), dated(tag(at()), name(at(day=16))))
    assert anchor is None
    assert codes(notes) == ["screen-captures-disagree"]


def test_what_was_saved_before_it_was_captured_was_not_captured_then() -> None:
    saved = name(at(day=10), "file.dated", "file-name-tencent-saved")
    anchor, notes = anchor_of(clocked(None), dated(tag(at()), saved))
    assert anchor is None
    assert codes(notes) == ["screen-captures-disagree"]
    later = name(at(day=20), "file.dated", "file-name-tencent-saved")
    assert anchor_of(clocked(None), dated(tag(at()), later))[0] is not None


def test_witnesses_within_two_minutes_agree() -> None:
    anchor, notes = anchor_of(clocked(None), dated(tag(at()), name(at(21, 31, 40))))
    assert anchor is not None
    assert notes == ()


def test_a_name_by_utc_has_no_clock_of_the_phone_without_a_zone() -> None:
    taken = name(from_epoch_ms("x", 1773754212000, None), "photo.taken", "file-name-wechat-camera")
    anchor, _ = anchor_of(clocked(None), dated(taken))
    assert anchor is not None
    assert (anchor.at.start, anchor.at.end, anchor.at.zone) == ("2026-03-17T01:30:12", "2026-03-18T03:30:12", "unknown")
    zoned, _ = anchor_of(clocked(None), dated(taken), zone=CHINA)
    assert zoned is not None
    assert zoned.at.start == "2026-03-17T21:30:12.000+08:00"


def test_a_clock_of_another_zone_than_utc_is_compared_by_the_zone_of_the_case() -> None:
    taken = name(from_epoch_ms("x", 1773754212000, None), "photo.taken", "file-name-wechat-camera")
    anchor, notes = anchor_of(clocked("21:30"), dated(taken), zone=CHINA)
    assert notes == ()
    assert anchor is not None


@given(st.integers(0, 23), st.integers(0, 59), st.integers(-3, 3))
def test_a_clock_agrees_exactly_within_two_minutes(hour: int, minute: int, off: int) -> None:
    when = datetime(2026, 3, 17, hour, minute, 30) + timedelta(minutes=off)
    anchor, notes = anchor_of(
        clocked(f"{hour:02d}:{minute:02d}"), dated(tag(at(when.hour, when.minute, 30, day=when.day)))
    )
    assert (anchor is not None) == (abs(off) <= 2)
    assert bool(notes) == (anchor is None)
