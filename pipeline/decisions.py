"""decisions.toml: rulings on doubtful readings. A person states once what stands in a place; every build replays it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

import msgspec

from pipeline.errors import UsageError
from pipeline.ledger import Ledger
from pipeline.model import Exhibit, Note, Ruling, Value
from pipeline.toml import line_of, load_toml

__all__ = ["DECISIONS_FILE", "addressed", "load_rulings", "record_rulings"]

DECISIONS_FILE = "decisions.toml"


class _Reading(Value, frozen=True, kw_only=True):
    exhibit: str
    text: str
    machine: str = ""
    page: int | None = None
    box: tuple[float, float, float, float] | None = None


class _File(Value, frozen=True, kw_only=True):
    """The schema of decisions.toml."""

    readings: tuple[_Reading, ...] = ()


def load_rulings(folder: Path) -> tuple[Ruling, ...]:
    """The rulings of a case, in the order of the file.

    UsageError says the line and what to type, also where a ruling names no place or takes all wording away.
    """
    loaded = load_toml(folder / DECISIONS_FILE, _File)
    if loaded is None:
        return ()
    file, text = loaded
    lines = [line_of(("readings", at, "exhibit"), text) for at in range(len(file.readings))]
    return tuple(_ruling(reading, line) for reading, line in zip(file.readings, lines, strict=True))


def _ruling(reading: _Reading, line: int) -> Ruling:
    if not reading.text.strip():
        raise UsageError("decision-without-text", line=line)
    if not reading.machine and reading.box is None:
        raise UsageError("decision-without-place", line=line)
    if reading.box is not None and not (reading.box[0] < reading.box[2] and reading.box[1] < reading.box[3]):
        raise UsageError("decision-wrong-box", line=line)
    return Ruling(**msgspec.structs.asdict(reading), line=line)


def addressed(rulings: Iterable[Ruling], exhibits: Iterable[Exhibit]) -> tuple[tuple[Ruling, ...], tuple[Note, ...]]:
    """The rulings with the digest of their exhibit, and a note on each whose exhibit is not there."""
    live = [exhibit for exhibit in exhibits if not exhibit.withdrawn]
    found: list[Ruling] = []
    lost: list[Note] = []
    for ruling in rulings:
        named = [exhibit for exhibit in live if _means(ruling.exhibit, exhibit)]
        if len({exhibit.digest for exhibit in named}) == 1:
            found.append(msgspec.structs.replace(ruling, digest=named[0].digest))
        else:
            code = "decision-exhibit-twice" if named else "decision-without-exhibit"
            lost.append(Note(code=code, values={"line": ruling.line, "exhibit": ruling.exhibit}))
    return tuple(found), tuple(lost)


def _means(name: str, exhibit: Exhibit) -> bool:
    wanted = unicodedata.normalize("NFC", name).strip().removeprefix("证据").removeprefix("inbox/")
    if wanted == exhibit.label:
        return True
    return any(wanted in (receipt.name, receipt.name.rsplit("/", 1)[-1]) for receipt in exhibit.receipts)


def record_rulings(ledger: Ledger, rulings: Iterable[Ruling], exhibits: Iterable[Exhibit]) -> None:
    """Write down every ruling that is new, and every one that was taken back, in the evidence chain."""
    by_digest = {exhibit.digest: exhibit for exhibit in exhibits}
    wanted = [_body(ruling, by_digest[ruling.digest]) for ruling in rulings if ruling.digest in by_digest]
    standing: list[dict[str, object]] = []
    for entry in ledger.evidence:
        if entry.kind == "decision":
            body = {name: value for name, value in entry.body.items() if name != "taken_back"}
            if entry.body.get("taken_back"):
                standing.remove(body)
            else:
                standing.append(body)
    new = [body for body in wanted if body not in standing]
    gone = [{**body, "taken_back": True} for body in standing if body not in wanted]
    ledger.extend(("decision", body) for body in (*gone, *new))


def _body(ruling: Ruling, exhibit: Exhibit) -> dict[str, object]:
    return {
        "label": exhibit.label,
        "name": exhibit.name,
        "digest": exhibit.digest,
        "page": ruling.page,
        "box": list(ruling.box) if ruling.box else None,
        "machine": ruling.machine,
        "text": ruling.text,
    }
