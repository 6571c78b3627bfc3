"""kuaidi100: the answer of its query and the message of its push, a parcel's way as JSON, newest scan first by default.

Times are those of the carrier's clock, without a zone. `status`, `ischeck` and `condition` mean nothing (its own
documentation); `state` is the parcel's, and each scan may carry a finer `statusCode`. That a locker, a station or
somebody else took the parcel (303, 304, 501) is not that its buyer did: only 301 and 302 are a signature.
"""

from __future__ import annotations

import codecs
from typing import Any, NamedTuple

import msgspec

from pipeline.contract import Reader, Score, Source
from pipeline.locate import WHOLE, Locator
from pipeline.model import Balance, Note, Reading, Scan, Shipment, Times, Tracking, Unread
from stages.lang.encoding import HEAD
from stages.lang.items import items_at, top_values
from stages.lang.times import parse
from stages.orders.params import all_of, json_cut, params_of
from stages.orders.wanted import Wanted

__all__ = ["READER"]

_ID, _VERSION = "kuaidi100", 1
_KEYS = ((b'"nu"', b'"com"', b'"data"'), (b'"lastResult"',), (b'"returnCode"', b'"result"'))
"""The keys of an answer, of a push, and of an answer that found nothing."""

_SIGNED = frozenset({"301", "302"})
_STATES = {
    "0": "在途", "1": "揽收", "2": "疑难", "3": "签收", "4": "退签", "5": "派件", "6": "退回", "7": "转投", "8": "清关",
    "10": "待清关", "11": "清关中", "12": "已清关", "13": "清关异常", "14": "拒签", "101": "已下单", "102": "待揽收",
    "103": "已揽收", "1001": "到达派件城市", "1002": "干线", "1003": "转递", "301": "本人签收", "302": "派件异常后签收",
    "303": "代签", "304": "投柜或站签收", "401": "已销单", "501": "投柜或驿站",
}  # fmt: skip
"""The words of its documentation for `state` and `statusCode`."""

_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class _Item(msgspec.Struct):
    """One scan. Values come as strings or as numbers."""

    context: str = ""
    time: str | None = None
    ftime: str | None = None
    location: str | None = None
    status: str | int | None = None
    statusCode: str | int | None = None  # noqa: N815 - the name in the file


class _Answer(msgspec.Struct):
    """A parcel's way. `data` stays undecoded, so that one odd scan costs no other."""

    nu: str | int = ""
    com: str | None = None
    state: str | int | None = None
    data: list[msgspec.Raw] = []


def _sniff(source: Source) -> Score | None:
    head = source.data[:HEAD].removeprefix(codecs.BOM_UTF8).lstrip()
    if head[:1] != b"{" or not any(all(key in head for key in keys) for keys in _KEYS):
        return None
    return Score(value=0.95, reason="keys-known")


def _read(source: Source) -> Reading:
    data = all_of(source)
    found = _answer(data) or _half(data)
    if found is None:
        return _reading(unread=(json_cut(source, None, 0),))
    pointer, answer, fault = found
    params = params_of(source)
    number = str(answer.nu)
    wanted = Wanted(params.only, params.links)
    if wanted.numbers and not wanted.wants((number,)):
        note = Note(code="other-orders-left-out", values={"orders": 1, "rows": len(answer.data)})
        return _reading(notes=(note,), skipped=len(answer.data))
    if not answer.data and fault is None:
        return _reading(notes=(Note(code="parcel-without-scans", values={"number": number}),))
    parcel = _Parcel(answer, f"{pointer}/data", source)
    if fault is not None:
        parcel.unread.append(json_cut(source, fault, len(answer.data)))
    return parcel.reading(rest=fault is not None)


class _Parcel:
    def __init__(self, answer: _Answer, pointer: str, source: Source) -> None:
        self.answer, self.pointer = answer, pointer
        self.zone = params_of(source).zone
        self.tracking = (Tracking(carrier=answer.com, number=str(answer.nu)),)
        self.unread: list[Unread] = []

    def reading(self, *, rest: bool) -> Reading:
        """The parcel, then its scans as they stand; the `rest` of a broken file is one more item."""
        scans = [scan for place, raw in enumerate(self.answer.data) if (scan := self.scan(place, raw)) is not None]
        parcel = Shipment(
            where=Locator(pointer=self.pointer.removesuffix("/data")) if self.pointer != "/data" else WHOLE,
            tracking=self.tracking,
            status=_state(self.answer.state),
        )
        lost = len(self.answer.data) - len(scans) + rest
        return _reading(records=(parcel, *scans), unread=tuple(self.unread), lost=lost)

    def scan(self, place: int, raw: msgspec.Raw) -> Scan | None:
        where = Locator(pointer=f"{self.pointer}/{place}")
        try:
            item = msgspec.json.decode(raw, type=_Item)
        except (msgspec.DecodeError, UnicodeDecodeError):
            self.unread.append(Unread(code="scan-not-understood", where=where))
            return None
        said = item.time or item.ftime or ""
        at = parse(said, zone=self.zone)
        if at is None:
            self.unread.append(Unread(code="time-not-understood", values={"header": "time", "said": said}, where=where))
        code = str(item.statusCode) if item.statusCode is not None else None
        return Scan(
            where=where,
            tracking=self.tracking,
            status=_state(code) or (str(item.status) if item.status is not None else None),
            times=Times(scanned=at, signed=at if code in _SIGNED else None),
            text=item.context,
            cells=(
                ("time", said),
                ("context", item.context),
                *((("location", item.location),) if item.location else ()),
            ),
        )


class _Found(NamedTuple):
    """The pointer to a parcel's way, the way, and the byte from which on a broken file is no JSON."""

    pointer: str
    answer: _Answer
    fault: int | None = None


def _answer(data: bytes) -> _Found | None:
    """The parcel's way: of a query the whole, of a push what `lastResult` holds."""
    try:
        top = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
        if "lastResult" in top:
            return _Found("/lastResult", msgspec.json.decode(top["lastResult"], type=_Answer))
        if ("nu" in top and "data" in top) or "returnCode" in top:
            return _Found("", msgspec.json.decode(data, type=_Answer))
    except _BROKEN:
        return None
    return None


def _half(data: bytes) -> _Found | None:
    """The same of a broken file: what stands whole in it, if that tells whose parcel it is."""
    for path in ((), ("lastResult",)):
        found = items_at(data, *path, "data")
        if found is None:
            continue
        stated = top_values(data, *path)
        try:
            values = {key: msgspec.json.decode(stated[key]) for key in ("nu", "com", "state") if key in stated}
            answer = msgspec.convert(values, type=_Answer)
        except _BROKEN:
            return None
        if answer.nu != "":
            answer.data = found.items
            return _Found("".join(f"/{key}" for key in path), answer, found.fault)
    return None


def _state(code: Any) -> str | None:
    return None if code is None else _STATES.get(str(code), str(code))


def _reading(
    *,
    records: tuple[Shipment | Scan, ...] = (),
    notes: tuple[Note, ...] = (),
    unread: tuple[Unread, ...] = (),
    skipped: int = 0,
    lost: int = 0,
) -> Reading:
    scans = sum(isinstance(record, Scan) for record in records)
    balance = Balance(unit="items", total=scans + skipped + lost, records=scans, skipped=skipped, unread=lost)
    return Reading(
        reader=READER.tag, format=_ID, records=records, balance=balance, notes=notes, unread=unread, encoding="utf-8"
    )


READER = Reader(id=_ID, version=_VERSION, grade="A", sniff=_sniff, read=_read)
