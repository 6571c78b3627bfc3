"""A parcel's track: scans, each a time with its words, newest first as printed; and the parcel with its number.

A time stands left of its words, above them, below them, or begins them; a date may be a heading of its own. Which it
is shows in the whole list: in the column the times keep, and in which neighbour they stand closer to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.contract import Score
from pipeline.model import Line, LineRole, Record, Scan, Shipment, Times
from pipeline.moment import Moment
from stages.screens.level import levelled
from stages.screens.page import Context, Found, Layout, Page, place
from stages.screens.trades.fields import pairs_of
from stages.screens.trades.parcels import Parcel, parcel_on
from stages.screens.trades.scans import Entry, entries_on
from stages.screens.trades.statuses import buttons_on, is_status, status_in
from stages.screens.trades.trade import Draft
from stages.screens.trades.values import currency_of, said, spot_of, whole

__all__ = ["LAYOUT"]

_WORDS = re.compile(
    r"快件|包裹|揽收|揽件|已收件|签收|派[送件]|运输|转运|中转|分拨|营业[部点]|集散|到达|离开|发往|发货|出库"
    r"|入库|驿站|快递柜|代收|下单|配送|妥投|清关|干线|网点"
    r"|deliver|parcel|package|shipment|arrived|departed|transit|facility|picked up|collected|sorting|customs"
    r"|courier|dispatch"
    r"|label created|out for delivery|depot|hub|signed|processed|received by",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?:物流|快递|运单|包裹|配送|快件)(?:详情|信息|跟踪|轨迹|进度|查询|追踪)|查看物流|(?:track"
                    r"|tracking|shipment|delivery)"
                    r" (?:your |package|parcel|details|history|status|updates|progress)", re.IGNORECASE)  # fmt: skip
_LEAST = 2


def _is_event(text: str) -> bool:
    """Whether a wording speaks of a parcel's way; the title of a page does not."""
    return _WORDS.search(_TITLE.sub("", text)) is not None


def _sniff(page: Page) -> Score | None:
    """By how many entries speak of a parcel's way; at least two."""
    entries = entries_on(_listed(page.lines, Context()), Context())
    speaking = [entry for entry in entries if _WORDS.search(entry.said.text)]
    if len(speaking) < _LEAST or len(speaking) < 0.6 * len(entries):
        return None
    titled = any(_TITLE.search(line.text) for line in page.lines)
    value = (
        0.5
        + 0.05 * min(4, len(speaking))
        + 0.12 * titled
        + 0.1 * (parcel_on(page.lines, Context(), _is_event) is not None)
    )
    return Score(value=round(min(0.93, value), 3), reason="screen-track-entries")


def _read(page: Page, context: Context) -> Found:
    entries = [entry for entry in entries_on(_listed(page.lines, context), context) if entry.said.text]
    listed = {id(part.line) for entry in entries for part in (*entry.said.parts, *entry.time.parts)}
    head = [line for line in page.lines if id(line) not in listed]
    parcel = parcel_on(head, context, _is_event)
    records: list[Record] = [_shipment(page, head, parcel, context)] if parcel is not None or head else []
    records = [record for record in records if isinstance(record, Shipment) and (record.tracking or record.status)]
    records += [_scan(entry, parcel) for entry in entries]
    roles: dict[int, LineRole] = dict.fromkeys(buttons_on(page, listed), "button")
    return Found(records=tuple(records), roles=roles)


def _listed(lines: Sequence[Line], context: Context) -> list[Line]:
    """The lines that can be the list's: not those that state the parcel's number or its carrier by a label."""
    pairs = [pair for pair in pairs_of(lines, context) if pair.field in ("tracking_no", "carrier", "order_id")]
    held = {id(part.line) for pair in pairs for part in (pair.label, *pair.value.parts)}
    return [line for line in lines if id(line) not in held]


def _shipment(page: Page, head: Sequence[Line], parcel: Parcel | None, context: Context) -> Shipment:
    draft = Draft(context, currency_of(page.lines))
    pairs = pairs_of(head, context, currency=draft.currency)
    draft.add(
        pair for pair in pairs if pair.field in ("order_id", "status", "buyer.address", "buyer.name", "buyer.phone", "")
    )
    if parcel is not None:
        draft.track(parcel.tracking.number, parcel.number, parcel.carrier)
    held = {id(part.line) for pair in pairs for part in (pair.label, *pair.value.parts)}
    for line in head:
        status = whole(line) if is_status(line.text) else status_in(whole(line))
        if status is not None and id(line) not in held and "status" not in draft.values:
            draft.put("status", status.text, said((status,)))
    draft.lines = draft.lines or list(head)
    return draft.record(Shipment)


def _scan(entry: Entry, parcel: Parcel | None) -> Scan:
    at: Moment = entry.at
    spots = [spot_of("times.scanned", entry.time), spot_of("text", entry.said)]
    status = status_in(entry.said.parts[0])
    if status is not None and len(entry.said.parts) > 1 and status.text == entry.said.parts[0].text:
        spots.append(spot_of("status", said((status,))))
    else:
        status = None
    return Scan(
        where=place(part.line for part in (*entry.time.parts, *entry.said.parts)),
        tracking=(parcel.tracking,) if parcel is not None else (),
        status=status.text if status is not None else None,
        times=Times(scanned=at),
        text=entry.said.text,
        cells=((entry.time.text, entry.said.text),),
        spots=tuple(spots),
    )


LAYOUT = Layout("track", 1, "C", *levelled(_sniff, _read))
