"""In which order a file writes day, month and year: decided once a file, with its proof, and never guessed.

The steps are those of a person who wants to be sure: a year of four digits shows its own place; a part above 12 is a
day; a name that holds an unambiguous date (IMG-20260302-WA0001) settles the message it stands in; and of two readings
one falls if under it the file goes back in time. Where nothing proves it, a person is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, NamedTuple

from pipeline.model import Note
from stages.lang.times import DateOrder

__all__ = ["Order", "Parts", "calendar_day", "order_note", "order_of"]

Parts = tuple[str, str, str]
"""The three numbers of a date as written, in the order they stand."""

Proof = Literal["stated", "year-first", "day-above-12", "weekday", "named", "no-step-back", "unproved", "contradicted"]


class Order(NamedTuple):
    """The order, None where it is unknown, and why; `said` is the wording that proves it, `other` what contradicts."""

    order: DateOrder | None
    proof: Proof
    said: str = ""
    other: str = ""


def order_of(
    dates: Sequence[Parts],
    *,
    stated: DateOrder | None = None,
    named: Iterable[tuple[Parts, date]] = (),
    weekdays: Iterable[tuple[Parts, int]] = (),
) -> Order:
    """The order of the dates of one file, given in the order of the file.

    `stated` is what a person said: it wins, unless a date of the file cannot be read so. `named` are dates of the
    file beside the unambiguous date of a name that stands in the same message, `weekdays` dates beside the day of the
    week that is written with them (Monday is 0).
    """
    kinds = list(dict.fromkeys(dates))
    proved = _by_digits(kinds)
    if stated is not None:
        wrong = next((parts for parts in kinds if calendar_day(parts, stated) is None), None)
        return Order(None, "contradicted", stated, "/".join(wrong)) if wrong else Order(stated, "stated")
    if proved is not None:
        return proved
    return _by_weekdays(weekdays) or _by_names(named) or _by_steps(dates)


def order_note(order: Order) -> Note | None:
    """What is to be said about the order of a file: how it is proved, or that a person has to say it."""
    if order.proof == "year-first":
        return None
    values: dict[str, str | int] = {"order": order.order or "", "said": order.said, "other": order.other}
    return Note(code=f"date-order-{order.proof}", values=values)


def calendar_day(parts: Parts, order: DateOrder) -> date | None:
    """The day that the parts mean in that order; None if there is no such day. Two digits of a year are 20xx."""
    first, second, third = parts
    year, month, day = {
        "ymd": (first, second, third), "mdy": (third, first, second), "dmy": (third, second, first),
    }[order]  # fmt: skip
    if len(year) not in (2, 4):
        return None
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


def _by_digits(kinds: Iterable[Parts]) -> Order | None:
    """By a year in front, or by parts above 12; two that prove opposites contradict each other."""
    found: dict[DateOrder, Order] = {}
    for parts in kinds:
        first, second, _ = parts
        if len(first) == 4:
            found.setdefault("ymd", Order("ymd", "year-first", "/".join(parts)))
        elif int(first) > 12:
            order: DateOrder = "ymd" if int(first) > 31 else "dmy"
            found.setdefault(order, Order(order, "day-above-12", "/".join(parts)))
        elif int(second) > 12:
            found.setdefault("mdy", Order("mdy", "day-above-12", "/".join(parts)))
    if len(found) > 1:
        one, other, *_ = found.values()
        return Order(None, "contradicted", one.said, other.said)
    return next(iter(found.values()), None)


def _by_weekdays(weekdays: Iterable[tuple[Parts, int]]) -> Order | None:
    """By the days of the week, where each fits one and the same reading, and one of them no other."""
    known = list(dict.fromkeys(weekdays))
    fits = {order: {parts for parts, day in known if _weekday(parts, order) == day} for order in _BOTH}
    for order, other in (_BOTH, _BOTH[::-1]):
        told = [parts for parts, _ in known if parts not in fits[other]]
        if known and told and len(fits[order]) == len({parts for parts, _ in known}):
            return Order(order, "weekday", "/".join(told[0]))
    return None


def _weekday(parts: Parts, order: DateOrder) -> int | None:
    day = calendar_day(parts, order)
    return day.weekday() if day else None


def _by_names(named: Iterable[tuple[Parts, date]]) -> Order | None:
    """By a name's own date, where only one reading of the message's date gives the same day."""
    found: dict[DateOrder, Order] = {}
    for parts, day in named:
        fits: list[DateOrder] = [order for order in _BOTH if calendar_day(parts, order) == day]
        if len(fits) == 1:
            found.setdefault(fits[0], Order(fits[0], "named", "/".join(parts), day.isoformat()))
    if len(found) > 1:
        one, other = found.values()
        return Order(None, "contradicted", one.said, other.said)
    return next(iter(found.values()), None)


_BOTH: tuple[DateOrder, DateOrder] = ("dmy", "mdy")


def _by_steps(dates: Sequence[Parts]) -> Order:
    """By the order of the file: one reading never goes back in time, the other does so at least twice."""
    back = {order: _steps_back(dates, order) for order in _BOTH}
    for order, other in (_BOTH, _BOTH[::-1]):
        if not back[order] and len(back[other]) >= 2:
            return Order(order, "no-step-back", back[other][0])
    return Order(None, "unproved", "/".join(dates[0]) if dates else "")


def _steps_back(dates: Sequence[Parts], order: DateOrder) -> list[str]:
    """Where a reading goes back in time, or meets a day that does not exist."""
    steps, last = [], date.min
    for parts in dates:
        day = calendar_day(parts, order)
        if day is None or day < last:
            steps.append("/".join(parts))
        last = day or last
    return steps
