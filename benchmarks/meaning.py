"""How much of what a labelled screenshot means was read: records against records, roles, times, reading order.

The truth states only what is certain of a page: fields it does not name are not judged. A record marked `may` is cut
by the edge of the screen, or beside the point: it may be found and need not be. `optional` wordings may stand in a
text and need not.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from rapidfuzz.distance import Levenshtein

Fields = Mapping[str, Any]
TRADES = ("order", "payment", "refund", "shipment", "scan", "settlement")
SLACK = 0.05
"""The part of a text that may differ: at most one character in twenty."""
ALIKE = 0.5
"""From which likeness on two records are compared as one."""
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d\u2b00-\u2bff]")
_ALIKE = str.maketrans(dict(zip("“”‘’—–〔〕【】￥›…·•，。：；！？（）、", "\"\"''--[][]¥>...,.:;!?(),", strict=True)))


def folded(text: str | None) -> str:
    """Without spaces, emoji and the difference between wide and narrow signs."""
    held = _EMOJI.sub("", text or "").translate(_ALIKE)
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", held).translate(_ALIKE))


def judge(truth: Fields, found: Fields) -> tuple[Counter[str], list[str]]:
    """Counts for one picture, and a line for each thing that is wrong.

    `found`: `lines` [{text, box [l, t, r, b], role}], `records` as the interface prints them.
    """
    count, wrong = Counter[str](images=1), list[str]()
    lines = [line for line in found["lines"] if not _ignored(line["box"], truth.get("ignore", ()))]
    _roles(truth, lines, count, wrong)
    _order(truth, lines, count)
    expected: list[Fields] = truth["records"]
    pairs = aligned(expected, found["records"])
    met = {at for _, at in pairs}
    for here, there in pairs:
        _record(expected[here], found["records"][there], count, wrong)
    for here in sorted(set(range(len(expected))) - {here for here, _ in pairs}):
        if not expected[here].get("may"):
            _missed(expected[here], count, wrong)
    for there in range(len(found["records"])):
        if there not in met:
            _extra(truth, found["records"][there], count, wrong)
    return count, wrong


def aligned(expected: Sequence[Fields], found: Sequence[Fields]) -> list[tuple[int, int]]:
    """Pairs of records that are one and the same, in one order on both sides, as alike as can be in all."""
    best = [[0.0] * (len(found) + 1) for _ in range(len(expected) + 1)]
    like = [[_likeness(one, other) for other in found] for one in expected]
    for here in reversed(range(len(expected))):
        for there in reversed(range(len(found))):
            both = best[here + 1][there + 1] + like[here][there]
            best[here][there] = max(best[here + 1][there], best[here][there + 1], both)
    return list(_walk(best, like))


def _walk(best: list[list[float]], like: list[list[float]]) -> Iterator[tuple[int, int]]:
    here = there = 0
    while here < len(like) and there < len(like[0]):
        if like[here][there] and best[here][there] == best[here + 1][there + 1] + like[here][there]:
            yield here, there
            here, there = here + 1, there + 1
        elif best[here][there] == best[here + 1][there]:
            here += 1
        else:
            there += 1


def _likeness(one: Fields, other: Fields) -> float:
    if one["kind"] != other["kind"]:
        return 0.0
    if one["kind"] == "message" and one.get("type", "text") != "text":
        return 0.9 if one["type"] == other.get("type") else 0.0
    names = ("order_id", "transaction_id", "text") if one["kind"] in TRADES else ("text", "author")
    shared = [(folded(one.get(name)), folded(other.get(name))) for name in names if one.get(name)]
    if not shared:
        return ALIKE
    value = max(SequenceMatcher(None, left, right, autojunk=False).ratio() for left, right in shared)
    if one["kind"] in ("payment", "order"):
        value = max(value, ALIKE)
    return value if value >= ALIKE else 0.0


def same_text(expected: str, found: str | None, optional: Sequence[str] = ()) -> bool:
    """Whether a text is right but for one character in twenty; what is optional may stand in it."""
    want, got = folded(expected), folded(found)
    for extra in map(folded, optional):
        got = got.replace(extra, "")
        want = want.replace(extra, "")
    return Levenshtein.distance(want, got) <= SLACK * max(len(want), 1)


def _record(want: Fields, got: Fields, count: Counter[str], wrong: list[str]) -> None:
    if want.get("may"):
        return
    kind = want["kind"]
    group = kind if kind in ("message", "review") else "trade"
    if kind == "message":
        _message(want, got, count, wrong)
    for path, value in _paths(want):
        if path == "text" and kind == "message":
            continue
        seen = _at(got, path)
        right = _equal(path, value, seen, want.get("optional", ()))
        count[f"{group}_n"] += kind != "message"
        count[f"{group}_ok"] += kind != "message" and right
        count["mistold"] += not right and seen is not None
        if kind == "message":
            count["extra_n"] += 1
            count["extra_ok"] += right
        if not right:
            wrong.append(f"{kind}.{path}: {value!r} read as {seen!r}")
    for path, at in _moments(want):
        _time(f"{kind}.{path}", at, _at(got, path), count, wrong)


def _message(want: Fields, got: Fields, count: Counter[str], wrong: list[str]) -> None:
    """Text and side; where a screen shows no sides none is judged."""
    side, seen = want.get("side"), got.get("side")
    right = side in (None, seen) and (want.get("type", "text") != "text" or same_text(want["text"], got.get("text")))
    count["message_n"] += 1
    count["message_ok"] += right
    count["side_wrong"] += side not in (None, seen) and seen != "unknown"
    if not right:
        wrong.append(f"message: {side} {want['text']!r} read as {seen} {got.get('text')!r}")


def _missed(want: Fields, count: Counter[str], wrong: list[str]) -> None:
    kind = want["kind"]
    if kind == "message":
        count["message_n"] += 1
    else:
        count["review_n" if kind == "review" else "trade_n"] += sum(1 for _ in _paths(want))
    moments = list(_moments(want))
    count["said_n"] += len(moments)
    count["resolved_n"] += sum("start" in at for _, at in moments)
    wrong.append(f"{kind} missed: {want.get('order_id') or want.get('transaction_id') or want.get('text')!r}")


def _extra(truth: Fields, got: Fields, count: Counter[str], wrong: list[str]) -> None:
    """A record that the truth has not: false, unless all that identifies it stands on the page and the kind fits."""
    kinds = {record["kind"] for record in truth["records"]}
    known = {folded(field["value"]) for field in truth["fields"]}
    names = [
        got.get("order_id"),
        got.get("transaction_id"),
        *(parcel["number"] for parcel in got.get("tracking") or ()),
    ]
    stated = [folded(name) for name in names if name]
    trades = bool(kinds & set(TRADES)) or truth.get("open")
    if got["kind"] in TRADES and trades and stated and all(name in known for name in stated):
        count["besides"] += 1
        return
    count["false"] += 1
    wrong.append(
        f"false {got['kind']}: {got.get('side') or ''} {got.get('order_id') or got.get('text') or got.get('author')!r}"
    )


def _paths(record: Fields) -> Iterator[tuple[str, Any]]:
    """The judged fields of a record by path; times are judged apart."""
    skipped = ("kind", "at", "times", "may", "optional", "side", "type")
    for name, value in record.items():
        if name not in skipped:
            yield from _leaves(name, value)


def _leaves(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _leaves(f"{path}.{name}", part)
    elif isinstance(value, list):
        for at, part in enumerate(value):
            yield from _leaves(f"{path}.{at}", part)
    else:
        yield path, value


def _moments(record: Fields) -> Iterator[tuple[str, Fields]]:
    if "at" in record:
        yield "at", record["at"]
    for name, at in record.get("times", {}).items():
        yield f"times.{name}", at


def _at(record: Any, path: str) -> Any:
    for name in path.split("."):
        if isinstance(record, list | tuple):
            record = record[int(name)] if int(name) < len(record) else None
        else:
            record = record.get(name) if isinstance(record, dict) else None
    return record


def _equal(path: str, want: Any, got: Any, optional: Sequence[str]) -> bool:
    if isinstance(want, bool) or got is None:
        return bool(want == got)
    if path == "text" or path.endswith("title"):
        return same_text(want, got, optional)
    if path == "reply_to":
        return folded(want) in folded(got) or folded(got) in folded(want)
    if path.startswith("amounts.") and path.endswith(".value"):
        return Decimal(want) == Decimal(got)
    mark = "#" if path == "order_id" else ""
    return folded(want).removeprefix(mark) == folded(got).removeprefix(mark)


def _time(where: str, want: Fields, got: Any, count: Counter[str], wrong: list[str]) -> None:
    said, seen = folded(want["said"]), folded(got["said"]) if got else ""
    right = seen == said or (bool(seen) and (said.endswith(seen) or seen.endswith(said)))
    count["said_n"] += 1
    count["said_ok"] += right
    if not right:
        wrong.append(f"{where}: {want['said']!r} read as {got and got['said']!r}")
    told = bool(got and got.get("start"))
    count["resolved_n"] += "start" in want
    if not told:
        return
    fits = _fits(want, got)
    count["resolved_ok"] += fits and "start" in want
    if not fits or "start" not in want:
        count["misdated"] += 1
        wrong.append(f"{where}: {want['said']!r} is {want.get('start')}, told as {got['start']} to {got['end']}")


def _fits(want: Fields, got: Fields) -> bool:
    """Whether the interval holds the true instant, and is not much wider than what the wording means."""
    zone = datetime.fromisoformat(want["instant"]).tzinfo
    instant, first, last = (datetime.fromisoformat(text) for text in (want["instant"], got["start"], got["end"]))
    first, last = (when if when.tzinfo else when.replace(tzinfo=zone) for when in (first, last))
    widest = timedelta(minutes=3) if re.search(r"\d[:：]\d\d", want["said"]) else timedelta(days=3)
    return first <= instant < last + timedelta(seconds=1) and last - first <= widest


def _roles(truth: Fields, lines: Sequence[Fields], count: Counter[str], wrong: list[str]) -> None:
    """Status lines and buttons told from the text, and no text taken for one; a line read over both has no one role."""
    pure = [found for found in lines if len({line["role"] for line in truth["lines"] if _over(found, line)}) == 1]
    for line in truth["lines"]:
        roles = {found["role"] for found in pure if _over(found, line)}
        if not roles:
            continue
        role = line["role"]
        count[f"{role}_n"] += 1
        count[f"{role}_ok"] += roles == {role}
        if role == "text" and "text" not in roles:
            wrong.append(f"text taken for {'/'.join(sorted(roles))}: {line['text']!r}")
        if role == "status" and "status" not in roles:
            wrong.append(f"status bar leaks: {line['text']!r}")


def _order(truth: Fields, lines: Sequence[Fields], count: Counter[str]) -> None:
    want, got = folded(truth["text"]), folded("".join(line["text"] for line in lines))
    count["chars"] += len(want)
    count["edits"] += Levenshtein.distance(want, got)


def _over(found: Fields, line: Fields) -> bool:
    """Whether the middle of one lies in the other."""
    left, top, right, bottom = found["box"]
    x, y, width, height = line["bbox"]
    middle, level = (left + right) / 2, (top + bottom) / 2
    inside: bool = x <= middle <= x + width and y <= level <= y + height
    around: bool = left <= x + width / 2 <= right and top <= y + height / 2 <= bottom
    return inside or around


def _ignored(box: Sequence[float], frames: Sequence[Sequence[float]]) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(f[0] - 6 <= x <= f[0] + f[2] + 6 and f[1] - 2 <= y <= f[1] + f[3] + 2 for f in frames)
