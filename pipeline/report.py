"""What a build made, in words and as JSON."""

from __future__ import annotations

from typing import Any

from pipeline.errors import Exit, Language, plain, say, wording
from pipeline.model import Note
from pipeline.run import Built

__all__ = ["exit_of", "summary", "text"]

_WARNINGS = 8


def exit_of(built: Built) -> Exit:
    """Complete, or made with something that could not be read."""
    unread = any(item.status in ("unread", "partly") for item in built.items)
    return Exit.UNREAD if unread or built.unopened else Exit.COMPLETE


def summary(built: Built) -> dict[str, Any]:
    """A build as JSON: where, how many exhibits, events and pages, and what could not be read."""
    timeline, layout = built.documents.get("timeline"), built.documents.get("assemble")
    return {
        "dossier": str(built.out / "dossier.pdf") if layout and built.out else None,
        "out": str(built.out) if built.out else None,
        "exhibits": sum(item.status != "withdrawn" for item in built.items),
        "events": len(timeline.events) + len(timeline.untimed) if timeline else None,
        "pages": layout.pages if layout else None,
        "made": sum(built.made.values()),
        "reused": sum(built.reused.values()),
        "unread": [
            {
                "label": item.exhibit.label,
                "name": item.exhibit.name,
                "status": item.status,
                "codes": [u.code for u in item.unread],
            }
            for item in built.items
            if item.status in ("unread", "partly")
        ],
    }


def text(built: Built, language: Language) -> str:
    """A build in a few lines for a person."""
    shown = summary(built)
    unread = [item for item in built.items if item.status in ("unread", "partly")]
    values = {name: shown[name] for name in ("dossier", "out", "exhibits", "events", "pages", "made", "reused")}
    values["unread"] = len(unread)
    if shown["dossier"] is None:
        lines = [say("built-partly" if shown["out"] else "built-no-further", values, language)]
    else:
        lines = [say("built-nothing-new" if shown["made"] == 0 else "built", values, language)]
        lines.append(say("built-counts", values, language))
    if unread:
        lines.append(say("built-unread", {"count": len(unread)}, language))
    for item in unread:
        said = (say(span.code, {"name": item.exhibit.name, **span.values}, language) for span in item.unread)
        lines.append(f"  · {item.exhibit.label}  {plain(item.exhibit.name)}：{' '.join(dict.fromkeys(said))}")
    warned = _warnings(built, language)
    if warned:
        lines.append(say("built-warned", {"count": len(warned)}, language))
    lines += [f"  · {sentence}" for sentence in warned[:_WARNINGS]]
    if len(warned) > _WARNINGS:
        lines.append(say("built-more", {"count": len(warned) - _WARNINGS}, language))
    return "\n".join(lines)


def _warnings(built: Built, language: Language) -> list[str]:
    """What deserves a look: warnings on the case and on its exhibits, each once."""
    whole = [note for name in ("timeline", "appraise", "assemble") for note in _notes_of(built, name)]
    notes = [("", note) for note in (*built.notes, *whole)]
    notes += [(item.exhibit.label, note) for item in built.items if item.status != "withdrawn" for note in item.notes]
    return list(
        dict.fromkeys(
            f"{label}  {say(note.code, note.values, language)}".strip()
            for label, note in notes
            if wording(note.code).severity != "info"
        )
    )


def _notes_of(built: Built, stage: str) -> tuple[Note, ...]:
    document = built.documents.get(stage)
    return document.notes if document is not None else ()
