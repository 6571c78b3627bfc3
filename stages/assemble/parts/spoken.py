"""What stands inside the bubble of a message: its words, what it answers, what it brings along, what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Attachment, Mail, Message
from stages.assemble.content import Content
from stages.assemble.links import exhibit, message_name
from stages.assemble.style import SMALL, SOFT, Style
from stages.assemble.text import Span

__all__ = ["Quoted", "body", "is_notice"]

_LONGEST = 60  # characters of what a reply quotes
_SHORTEST = 2  # characters by which a quoted message is known
_MOST_RECIPIENTS = 6


class Quoted:
    """Finds the message that a reply quotes: the last one before it with exactly those words."""

    def __init__(self, messages: Sequence[Message]) -> None:
        self._numbers: dict[str, list[int]] = {}
        if any(message.reply_to for message in messages):
            for number, message in enumerate(messages, 1):
                self._numbers.setdefault(_key(message.text), []).append(number)

    def before(self, number: int, words: str) -> int | None:
        """The number of the message with these words, or with those after the name that they may begin with."""
        for wording in (words, words.partition("：")[2], words.partition(": ")[2]):
            key = _key(wording)
            earlier = [other for other in self._numbers.get(key, ()) if other < number]
            if len(key) >= _SHORTEST and earlier:
                return earlier[-1]
        return None


def _key(text: str) -> str:
    return "".join(text.split())


def is_notice(message: Message) -> bool:
    """Whether the app said it, not a person."""
    return message.side == "system" or message.type in ("system", "recall")


def body(content: Content, label: str, number: int, message: Message, quoted: Quoted, style: Style) -> list[Span]:
    """The text of a message as it is printed, part by part."""
    words = content.words
    soft = style.in_(SOFT)._replace(size=8)
    parts: list[list[Span]] = []
    if isinstance(message, Mail):
        parts += [[span] for span in _mail(content, message, style)]
    if message.reply_to:
        parts.append([_reply(content, label, message.reply_to, quoted.before(number, message.reply_to), soft)])
    text = _text(content, message)
    parts += [[Span(text, style)]] if text else []
    parts += [[_attached(content, message, attachment, style)] for attachment in message.attachments]
    if not parts:
        parts.append([Span(words(f"type-{message.type}"), style)])
    if is_notice(message) and message.at is not None and message.at.grain != "day":
        parts[0].insert(0, Span(words.clock(message.at) + "　", style))
    flags = [words(f"message-{name}") for name in ("edited", "recalled") if getattr(message, name)]
    if message.type == "recall":
        flags = [words("message-recall")]
    if flags:
        parts.append([Span(f"（{words('comma').join(flags)}）", SMALL)])
    return [span for at, part in enumerate(parts) for span in ([Span("\n", style), *part] if at else part)]


def _text(content: Content, message: Message) -> str:
    """The words of a message; none where they only hold the place of a file that is named below."""
    said = message.text.strip()
    names = [attachment.name for attachment in message.attachments]
    if any(name and name in said for name in names) and said[:1] + said[-1:] in ("[]", "<>", "［］", "【】"):
        return ""
    return content.say(message.text)


def _attached(content: Content, message: Message, attachment: Attachment, style: Style) -> Span:
    words = content.words
    held = content.by_digest.get(attachment.sha256 or "")
    key = "message-attached-found" if held else "message-attached-missing"
    shown = words(key, name=content.say(attachment.name), label=held.exhibit.label if held else "")
    return Span(shown, style, exhibit(held.exhibit.label) if held else None)


def _reply(content: Content, label: str, said: str, number: int | None, style: Style) -> Span:
    flat = content.say(" ".join(said.split()))
    shown = flat if len(flat) <= _LONGEST else flat[:_LONGEST].rstrip() + "…"
    if number is None:
        return Span(content.words("message-reply", text=shown), style)
    text = content.words("message-reply-numbered", text=shown, number=number)
    return Span(text, style, message_name(label, number))


def _mail(content: Content, mail: Mail, style: Style) -> list[Span]:
    words = content.words
    small = style.in_(SOFT)._replace(size=8)
    lines = [Span(words("mail-subject", text=content.say(mail.subject or words("none"))), style.bold())]
    if mail.to:
        shown = words("comma").join(map(content.say, mail.to[:_MOST_RECIPIENTS]))
        more = len(mail.to) - _MOST_RECIPIENTS
        lines.append(
            Span(words("mail-to", names=shown) + (words("mail-to-more", count=more) if more > 0 else ""), small)
        )
    return lines
