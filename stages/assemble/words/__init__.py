"""The document's own words, in Chinese and English."""

from __future__ import annotations

from pipeline.errors import say
from pipeline.model import Note, Unread
from pipeline.moment import Moment
from pipeline.wording import Language
from stages.assemble.words import exhibits, front

__all__ = ["Words"]

_WORDS = front.WORDS | exhibits.WORDS


class Words:
    """The words in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._at = 0 if language == "zh-CN" else 1

    def __call__(self, key: str, **values: object) -> str:
        """A phrase with its values; KeyError for a key that is not worded."""
        return _WORDS[key][self._at].format(**values)

    def known(self, key: str, otherwise: str) -> str:
        """A phrase for a name that others may extend (a platform, an action)."""
        return _WORDS[key][self._at] if key in _WORDS else otherwise

    def format(self, name: str) -> str:
        """What a file's format is called: its short name, else what its reader says that it reads, else its id."""
        if f"format-{name}" in _WORDS:
            return self(f"format-{name}")
        try:
            return say(f"reads-{name}", {}, self.language)
        except KeyError:
            return name

    def why(self, note: Note | Unread) -> str:
        """The sentence of a note; a code that a reader from elsewhere brought without wording stands as it is."""
        try:
            return say(note.code, note.values, self.language)
        except KeyError:
            return note.code

    def time(self, at: Moment) -> str:
        """A moment as fine as it is known, from when to when it can be, or as it was read where its date is unknown."""
        if at.start is None or at.end is None:
            return at.said
        length = {"year": 4, "month": 7, "day": 10, "hour": 13, "minute": 16, "second": 19}.get(at.grain, 23)
        first, last = (edge.replace("T", " ")[:length] for edge in (at.start, at.end))
        return first if first == last else f"{first} – {last}"

    def clock(self, at: Moment) -> str:
        """The time of day of a moment under the heading of its day; the whole of it where that would not tell all."""
        shown = self.time(at)
        return shown if at.start is None or " – " in shown else shown[11:] or shown

    def source(self, basis: str) -> str:
        """What states a picture's date: its file name, or a tag of its metadata by name."""
        return self("file-name") if basis.startswith("file-name-") else basis

    def _anchor(self, anchor: str) -> str:
        """What a relative time was resolved against; its strength and the clock's witness in words."""
        for sign in ("strong", "medium", "agrees"):
            anchor = anchor.replace(f" ({sign})", self(f"anchor-{sign}"))
        return anchor.replace("; status bar ", self("anchor-clock"))

    def basis(self, at: Moment) -> str:
        """How fine a moment is, and on what its zone and date rest."""
        parts = [self(f"grain-{at.grain}"), self(f"zone-{at.zone}")]
        if at.date == "anchored":
            parts.append(
                self("date-anchored", anchor=self._anchor(at.anchor)) if at.anchor else self("date-anchored-somehow")
            )
        elif at.date != "stated":
            parts.append(self(f"date-{at.date}"))
        return self("comma").join(parts)
