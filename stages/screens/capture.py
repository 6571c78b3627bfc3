"""When a screen was captured: by the picture's metadata, its file's name, and the clock in its status bar.

What states the capture (a tag of the camera or the phone, a name that a phone gives to a screenshot) is an anchor.
What states only when the file was saved is none: a picture may be saved years later. The clock in the status bar
knows no date: it bears a witness out, makes it finer, or contradicts it, and then nothing is resolved.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from pipeline.model import Dating, Note, Reading
from pipeline.moment import Before, Grain, Moment, Zone, before
from stages.lang.screen_shapes import Clock, read_words
from stages.lang.screen_times import Anchor
from stages.screens.page import Page
from stages.screens.status import bar_of

__all__ = ["anchor_of", "saved_by"]

_CAPTURED = ("screenshot.captured", "photo.taken")
_BY_UTC = ("file-name-pixel-camera", "file-name-wechat-camera")
_SAME = timedelta(minutes=2)
"""How far witnesses of one capture lie apart: writing a file takes a while, a status bar shows whole minutes."""
_DAY = timedelta(days=1)
_EAST, _WEST = timedelta(hours=14), timedelta(hours=12)


class _Witness(NamedTuple):
    """What dates the capture: the moment by the phone's clock, the words that say so, and how much they count."""

    at: Moment
    said: str
    strength: str


def anchor_of(page: Page, dated: Reading | None, *, zone: Zone | None = None) -> tuple[Anchor | None, tuple[Note, ...]]:
    """What relative times of a page are resolved against, and notes where its witnesses disagree.

    `zone` is the zone of the case: a capture stated by UTC alone has no clock of a phone without it.
    """
    witnesses = _witnesses(dated, zone)
    clock = _clock_of(page)
    if not witnesses:
        return None, ()
    best = witnesses[0]
    against = next((other.said for other in witnesses if _apart(best.at, other.at) > _SAME), None)
    against = against or next((said for said, at in _saved(dated) if _is_after(best.at, at)), None)
    if against is not None:
        return None, (Note(code="screen-captures-disagree", values={"one": best.said, "other": against}),)
    if clock is None:
        return Anchor(best.at, f"{best.said} ({best.strength})"), ()
    said, shown = clock
    finer = _with_clock(best.at, said, shown)
    if finer is None:
        return None, (Note(code="screen-clock-disagrees", values={"clock": said, "capture": best.said}),)
    return Anchor(finer, f"{best.said} ({best.strength}); status bar {said} (agrees)"), ()


def _witnesses(dated: Reading | None, zone: Zone | None) -> list[_Witness]:
    """The dates that state the capture, the strongest first."""
    records = [record for record in dated.records if isinstance(record, Dating)] if dated else []
    found = [
        _Witness(
            _by_the_phone(record, zone),
            _said(record),
            "strong" if record.where.tag else "medium",
        )
        for record in records
        if record.role in _CAPTURED and record.at.first is not None
    ]
    return sorted(found, key=lambda witness: (witness.strength != "strong", witness.said))


def saved_by(dated: Reading | None) -> str | None:
    """What states no more than when the file was saved, in its words: the capture was no later, but may be older."""
    return next((said for said, _ in _saved(dated)), None)


def _saved(dated: Reading | None) -> list[tuple[str, Moment]]:
    records = [record for record in dated.records if isinstance(record, Dating)] if dated else []
    return [(_said(record), record.at) for record in records if record.role not in _CAPTURED]


def _said(record: Dating) -> str:
    """What dates the picture, in words that stand by themselves: a file's name, or a tag with its wording."""
    return record.text if record.basis.startswith("file-name-") else f"{record.basis} {record.text}"


def _is_after(capture: Moment, saved: Moment) -> bool:
    """Whether something was captured only after it had been saved."""
    return before(saved, capture) is Before.YES and _apart(capture, saved) > _SAME


def _by_the_phone(record: Dating, zone: Zone | None) -> Moment:
    """The capture by the phone's clock; one stated by UTC, where no zone is known, is as wide as the world's clocks."""
    at = record.at
    if at.first is None or at.last is None or at.first.tzinfo is None:
        return at
    if zone is not None:
        first, last = (when.astimezone(zone.info) for when in (at.first, at.last))
        bounds = (_iso(first, at.grain), _iso(last, at.grain))
        return Moment(said=at.said, start=bounds[0], end=bounds[1], grain=at.grain, zone=at.zone, date=at.date)
    if record.basis not in _BY_UTC:
        return at
    first, last = at.first.replace(tzinfo=None) - _WEST, at.last.replace(tzinfo=None) + _EAST
    return Moment(said=at.said, start=_iso(first), end=_iso(last), grain="day", zone="unknown", date=at.date)


def _apart(one: Moment, other: Moment) -> timedelta:
    """How far two moments lie apart, nothing where they meet; those of unlike clocks are compared as they show."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return timedelta(0)
    bounds = (one.first, one.last, other.first, other.last)
    if (one.first.tzinfo is None) != (other.first.tzinfo is None):
        bounds = tuple(bound.replace(tzinfo=None) for bound in bounds)  # type: ignore[assignment]
    return max(bounds[2] - bounds[1], bounds[0] - bounds[3], timedelta(0))


def _clock_of(page: Page) -> tuple[str, Clock] | None:
    """The clock of the page's status bar, as shown and as read."""
    bar = bar_of(page)
    if bar is None or bar.clock is None:
        return None
    at, span = bar.clock
    said = page.lines[at].text[span.start : span.end]
    words = read_words("".join(said.split()))  # engines set narrow digits off
    return (said, words.clock) if words is not None and words.clock is not None else None


def _with_clock(at: Moment, said: str, clock: Clock) -> Moment | None:
    """The capture as the clock lets it be: the same where it is finer, to the minute where it is not; None where the
    clock shows another time. Without AM and PM an hour up to 12 may be either."""
    if at.first is None or at.last is None:
        return None
    shown = [minute for day in _days(at.first, at.last) for minute in _minutes(day, said, clock, at.first)]
    near = [
        minute for minute in shown
        if minute + timedelta(seconds=59) >= at.first - _SAME and minute <= at.last + _SAME
    ]  # fmt: skip
    if not near:
        return None
    if at.last - at.first < _SAME or len(near) > 1:
        return at
    end = near[0] + timedelta(seconds=59)
    return Moment(said=at.said, start=_iso(near[0]), end=_iso(end), grain="minute", zone=at.zone, date=at.date)


def _days(first: datetime, last: datetime) -> Sequence[date]:
    start = first.date() - _DAY
    return [start + timedelta(days=at) for at in range((last.date() - first.date()).days + 3)]


def _minutes(day: date, said: str, clock: Clock, like: datetime) -> list[datetime]:
    """When the clock shows so on a day, by the offset of `like`."""
    twelve = said[:1] in "123456789" and not said[-1].isalpha() and 1 <= clock.hour <= 12
    hours = {clock.hour, (clock.hour + 12) % 24} if twelve else {clock.hour}
    return [datetime(day.year, day.month, day.day, hour, clock.minute, tzinfo=like.tzinfo) for hour in sorted(hours)]


def _iso(when: datetime, grain: Grain = "second") -> str:
    return when.isoformat(timespec="milliseconds" if grain == "millisecond" else "seconds")
