"""The file that says, in the words of a shop, what came of a case and what to do next."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from pipeline.batch import CaseRun
from pipeline.errors import Exit, Language, say
from pipeline.store import write_aside
from pipeline.watch.merge import Merged
from pipeline.watch.names import GATHERED, REASON, WRAPPED, is_own, names_in, shown
from pipeline.watch.tree import look_at
from pipeline.watch.unusable import unusable

__all__ = ["again", "failed", "headline_of", "made", "sentence", "write"]

_MEND = {"watch-nested": "watch-mend-nested", "watch-nested-one": "watch-mend-nested-one"}
"""What to do about an error where its exit code does not say enough."""

_MOST = 30
"""So many names or lines are listed at the most."""


class _Exhibit(msgspec.Struct):
    label: str
    name: str
    status: str
    unread: list[dict[str, Any]] = []


class _Notes(msgspec.Struct):
    """What is wanted of `out/notes.json`."""

    case: list[dict[str, Any]] = []
    exhibits: list[_Exhibit] = []


def made(case: Path, run: CaseRun, merged: Merged | None, language: Language) -> Iterator[str]:
    """A dossier was made: how large, what it lacks, what was joined to it, and what now."""
    summary, name = run.summary or {}, shown(case.name)
    yield say("watch-made" if run.exit == Exit.COMPLETE else "watch-made-partly", {}, language)
    yield ""
    if summary.get("dossier"):
        yield say("watch-dossier", {key: summary.get(key) for key in ("pages", "exhibits")}, language)
    yield from _origin(case, language)
    yield from _merged(merged, language)
    if run.exit == Exit.UNREAD:
        yield from _listed("watch-unread", _unread(case, summary), language)
    yield from _listed("watch-noted", _noted(case), language)
    yield from _unfinished(case, language)
    yield ""
    yield say("watch-next", {}, language)
    yield say("watch-next-look", {}, language)
    if run.exit == Exit.UNREAD:
        yield say("watch-next-unread", {"name": name}, language)
    yield say("watch-next-more", {"name": name}, language)


def failed(case: Path, run: CaseRun, merged: Merged | None, language: Language) -> Iterator[str]:
    """No dossier was made: why, and what now."""
    name = shown(case.name)
    yield say("watch-failed", {"reason": sentence(case, run, language)}, language)
    yield ""
    yield say("watch-unharmed", {}, language)
    yield from _origin(case, language)
    yield from _merged(merged, language)
    yield from _unfinished(case, language)
    if run.exit == Exit.NOTHING and len(lines := list(unusable(case, language))) > 1:
        yield from _listed("watch-unusable", lines, language)
    yield ""
    yield say("watch-next", {}, language)
    yield say(_MEND.get(run.error.code if run.error else "", f"watch-mend-{int(run.exit)}"), {"name": name}, language)
    if run.error is None or run.error.code not in _MEND:
        yield say("watch-next-again", {"name": name}, language)


def again(known: Path, merged: Merged | None, left: Iterable[str], language: Language) -> Iterator[str]:
    """It was here before: what became of it, what was joined to the known case, and what was left here."""
    values = {"name": shown(known.name), "folder": f"{known.parent.name}/{shown(known.name)}"}
    if merged is None:
        yield say("watch-again", values, language)
        yield ""
        yield say("watch-again-out", values, language)
    else:
        tried = not merged.evidence and not merged.papers
        yield say("watch-tried-again" if tried else "watch-joined", values, language)
        yield from _merged(merged, language)
        yield from _listed("watch-left", [shown(name) for name in left], language)
    yield ""
    yield say("watch-next", {}, language)
    yield say("watch-next-nothing", values, language)


def sentence(case: Path, run: CaseRun, language: Language) -> str:
    """Why no dossier was made; paths as they are seen from the case, which moves."""
    if run.error is None:
        return run.why(language) or ""
    if run.error.code == "nothing-usable" and (first := next(unusable(case, language), None)):
        return say("watch-nothing", {"first": first}, language)
    values = {key: _local(value, case) for key, value in run.error.values.items()}
    return say(run.error.code, values, language)


def write(case: Path, lines: Iterable[str], at: datetime, language: Language, scratch: Path) -> None:
    """Put the file into the case, by way of `scratch`. With a BOM and the line ends of Windows, for Notepad."""
    head, *rest = lines
    when = say("watch-at", {"at": at.strftime("%Y-%m-%d %H:%M")}, language)
    text = "\r\n".join([shown(case.name), head, when, *rest, ""])
    aside, _, _ = write_aside(scratch, (b"\xef\xbb\xbf" + text.encode("utf-8", "replace"),))
    aside.replace(case / REASON)


def headline_of(case: Path) -> str:
    """The sentence that says what came of a case, of its file."""
    with contextlib.suppress(OSError, IndexError):
        return (case / REASON).read_bytes()[:4000].decode("utf-8-sig", "replace").splitlines()[1]
    return ""


def _origin(case: Path, language: Language) -> Iterator[str]:
    """How it came, if not as a folder that is the case."""
    if (case / GATHERED).is_dir():
        yield ""
        yield say("watch-gathered", {}, language)
    with contextlib.suppress(OSError):
        for outer in sorted(names_in(case / WRAPPED)):
            yield say("watch-wrapped", {"outer": shown(outer), "name": shown(case.name)}, language)


def _merged(merged: Merged | None, language: Language) -> Iterator[str]:
    if merged is None:
        return
    yield from _listed("watch-added", [shown(name) for name in merged.evidence], language)
    for name, former in merged.papers:
        code = "watch-replaced" if former else "watch-new-paper"
        yield say(code, {"name": name, "former": former}, language)


def _listed(code: str, lines: list[str], language: Language) -> Iterator[str]:
    if lines:
        yield ""
        yield say(code, {"count": len(lines)}, language)
        yield from (f"  · {line}" for line in lines[:_MOST])
    if len(lines) > _MOST:
        yield say("watch-more", {"count": len(lines) - _MOST}, language)


def _notes(case: Path) -> _Notes:
    with contextlib.suppress(OSError, msgspec.MsgspecError):
        return msgspec.json.decode((case / "out" / "notes.json").read_bytes(), type=_Notes)
    return _Notes()


def _unread(case: Path, summary: Mapping[str, Any]) -> list[str]:
    messages = {item.label: _messages(item.unread) for item in _notes(case).exhibits if item.status != "withdrawn"}
    return [
        f"{item['label']}  {shown(item['name'])}{_colon(messages.get(item['label'], ''))}"
        for item in summary.get("unread", ())
    ]


def _noted(case: Path) -> list[str]:
    notes = _notes(case).case
    return list(dict.fromkeys(note["message"] for note in notes if note.get("severity") in ("warning", "error")))


def _messages(spans: list[dict[str, Any]]) -> str:
    return " ".join(dict.fromkeys(span["message"] for span in spans))


def _colon(text: str) -> str:
    return f"：{text}" if text else ""


def _unfinished(case: Path, language: Language) -> Iterator[str]:
    """What in the evidence looks as if its transfer had not ended, or as if somebody had it open."""
    tree = look_at(case)
    seen = [path for path in tree.cut if not is_own(Path(path).parts[0]) or path.startswith("inbox")]
    yield from _listed("watch-partial", [shown(path) for path in seen if path not in tree.locks], language)
    yield from _listed("watch-open", [shown(path) for path in seen if path in tree.locks], language)


def _local(value: object, case: Path) -> object:
    """A path in the case as it is seen from there."""
    if not isinstance(value, Path):
        return shown(value) if isinstance(value, str) else value
    if value == case:
        return shown(case.name)
    return shown(str(value.relative_to(case))) if value.is_relative_to(case) else value
