"""Messages of a text, each of which begins in a line of its own and runs on until the next begins."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise

from pipeline.locate import Locator
from pipeline.model import Attachment, Message, MessageType, Side
from pipeline.moment import Moment
from stages.chats.common.account import LineAccount
from stages.chats.common.placeholders import kind_of
from stages.lang.text import plain

__all__ = ["Talk"]

_BRACKET = re.compile(r"[\[【〔]")
"""Without one a body holds nothing but text."""


class Talk(LineAccount):
    """The account of such a text. Numbers of lines are from 0."""

    def take_each(self, starts: Sequence[int], take: Callable[[int, int], None]) -> None:
        """Every line once: those above the first of `starts` belong to no message, from each on `take` is given the
        line and the end of what follows it.
        """
        total = len(self.lines.shown)
        for number in range(starts[0] if starts else total):
            self.pass_line(number)
        for first, end in pairwise([*starts, total]):
            take(first, end)

    def filled_end(self, first: int, end: int) -> int:
        """The end of the lines from `first` without the blank ones at their end, which are put aside."""
        last = end
        while last > first and self.is_blank(last - 1):
            last -= 1
        self.aside += end - last
        return last

    def is_blank(self, number: int) -> bool:
        """Whether the line is padding: empty, and not because it did not decode."""
        return not self.lines.matched[number].strip() and number not in self.lines.lost

    def add(
        self, first: int, end: int, body: list[str], *, at: Moment | None, sender: str | None, side: Side = "unknown",
        kind: MessageType | None = None, attachments: Collection[Attachment] = (), edited: bool = False,
        reply_to: str | None = None,
    ) -> None:  # fmt: skip
        """The message of the lines from `first` to before `end`; without a `kind` its body tells it."""
        self.refuse_lost(first, end - 1)
        text = "\n".join(body)
        kind = kind or (kind_of(map(plain, body)) if _BRACKET.search(text) else "text")
        self.records.append(
            Message(
                where=Locator(lines=(first + 1, end)),
                at=at,
                sender=sender,
                text=text,
                type=kind,
                side="system" if kind in ("system", "recall") and sender is None else side,
                attachments=tuple(attachments),
                edited=edited,
                recalled=kind == "recall",
                reply_to=reply_to,
            )
        )

    def pass_line(self, number: int) -> None:
        """A line that belongs to no message: padding is put aside, anything else stays unread."""
        if self.is_blank(number):
            self.aside += 1
        else:
            self.refuse_line("line-not-decodable" if number in self.lines.lost else "chat-line-outside", number)
