"""The parcel of a page: its number by a label, or beside the name of a carrier."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from pipeline.model import Line, Tracking
from stages.screens.page import Context
from stages.screens.trades.carriers import carrier_in
from stages.screens.trades.fields import pairs_of
from stages.screens.trades.trade import Draft
from stages.screens.trades.values import Part, Said, said, whole

__all__ = ["Parcel", "parcel_on"]

_NUMBER = re.compile(r"(?<![\dA-Za-z])(?:[A-Z]{1,5}\d{8,18}(?:[A-Z]{2})?|\d{10,20}|1Z[0-9A-Z]{16})(?![\dA-Za-z])")
_OFFICE = re.compile(r"电话|热线|hotline|phone|call", re.IGNORECASE)
_NEAR = 2.5  # line heights: how far the carrier stands from a number that no label names
_FAR = 6.0  # and from one that a label names


class Parcel(NamedTuple):
    """A parcel with the wordings it was read from."""

    tracking: Tracking
    carrier: Said | None
    number: Said


def parcel_on(lines: Sequence[Line], context: Context, is_event: Callable[[str], bool]) -> Parcel | None:
    """The parcel that the lines name. A carrier counts only where it is no word of an event of the parcel's way."""
    draft = Draft(context, None)
    draft.add(pair for pair in pairs_of(lines, context) if pair.field in ("tracking_no", "carrier", "delivery"))
    if draft.parcels:
        found = Parcel(*draft.parcels[0])
        return found if found.carrier else _with_carrier(found, lines, is_event, _FAR)
    for line in lines:
        match = _NUMBER.search(line.text)
        if match is None or _OFFICE.search(line.text[: match.start()]):
            continue
        number = said((whole(line).cut(*match.span()),))
        found = _with_carrier(Parcel(Tracking(carrier=None, number=match[0]), None, number), lines, is_event, _NEAR)
        if found.carrier is not None:
            return found
    return None


def _with_carrier(parcel: Parcel, lines: Sequence[Line], is_event: Callable[[str], bool], reach: float) -> Parcel:
    """The parcel with the carrier named in its line, or in the nearest one above or below."""
    at = parcel.number.parts[0].line
    height = at.box[3] - at.box[1]
    named: list[tuple[float, Part]] = []
    for line in lines:
        part, gap = carrier_in(whole(line)), abs(line.box[1] - at.box[1])
        if part is not None and gap <= reach * height and not is_event(line.text.replace(part.text, "")):
            named.append((gap, part))
    if not named:
        return parcel
    carrier = said((min(named, key=lambda held: held[0])[1],))
    return Parcel(Tracking(carrier=carrier.text, number=parcel.tracking.number), carrier, parcel.number)
