"""What a message is by its body: typed text, or what the app wrote for a file, a call, a deletion, a notice."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.model import Attachment, MessageType
from stages.chats.whatsapp.locales import (
    ATTACHED_AFTER,
    ATTACHED_BEFORE,
    CALLS,
    DELETED,
    EDITED,
    ENCRYPTED,
    GROUP_NOTICES,
    LOCATIONS,
    NOTICES,
    OMITTED,
    POLLS,
)

__all__ = ["Body", "body_of", "is_group_notice", "unsent"]

_SHORT = 90
"""No phrase of the app that is compared as a whole is longer."""

_IOS_FILE = re.compile(r"(?:^|.{0,300}? )?<(?P<word>[^<>:：]{2,24})\s?[:：]\s?(?P<name>[^<>\n]{1,255})>$")
_ANDROID_FILE = re.compile(r"(?P<name>[^\n]{1,255}\.\w{1,5}) ?[(（](?P<word>[^()（）\n]{2,40})[)）]$")
_OWN_NAME = re.compile(r"(?:IMG|VID|PTT|AUD|STK|DOC)-\d{8}-WA\d{4,}\.\w{2,5}|\d{8}-[\w-]+\.\w{2,5}", re.ASCII)
_EDIT = re.compile(r"<(?P<word>[^<>\n]{3,60})>\s*$")
_CALL = re.compile(r"(?P<what>[^.,，。\n]{4,40}?)[.,，。]\s?[^\n]{1,60}$")
_NOTICE = re.compile(NOTICES, re.IGNORECASE)
_GROUP = re.compile(GROUP_NOTICES, re.IGNORECASE)
_ENCRYPTED = re.compile(ENCRYPTED, re.IGNORECASE)
_MAP = re.compile(r"(?P<word>[^:：]{2,30})\s?[:：]\s?https?://\S+$")
_LEFT = re.compile(r"[^•<>]{1,200}• ?.{0,40}?(?P<what>[^•<>]+)$")
_APP = "\u200e"
"""Before what the app wrote, where a typed text begins at once."""
_STOPS = ".。 \t"

_EXTENSIONS: dict[MessageType, str] = {
    "image": "jpg jpeg png heic heif gif bmp tiff",
    "video": "mp4 mov 3gp avi mkv m4v",
    "voice": "opus ogg m4a amr aac mp3 wav oga",
    "sticker": "webp",
    "other": "vcf",
}
_KINDS = {ending: kind for kind, endings in _EXTENSIONS.items() for ending in endings.split()}


class Body(NamedTuple):
    """What a body is. `app`: a line of the app's own, which nobody sent."""

    type: MessageType = "text"
    attachments: tuple[Attachment, ...] = ()
    edited: bool = False
    recalled: bool = False
    app: bool = False


PLAIN = Body()
_CALL_STARTS = frozenset(phrase[:3] for phrase in CALLS)
_POLL_STARTS = frozenset(phrase[:3] for phrase in POLLS)
_PHRASES: dict[str, Body] = {
    **{phrase: Body(kind) for phrase, kind in OMITTED.items()},
    **{phrase: Body("recall", recalled=True) for phrase in DELETED},
    **{f"<{phrase}>": Body("recall", recalled=True) for phrase in DELETED},
    **{phrase: Body("call") for phrase in CALLS},
}


def body_of(shown: str, matched: str) -> Body:
    """What the body is, by its text as it stands and as it is matched."""
    written = shown.startswith(_APP)
    if not written and len(matched) > _SHORT and matched[-1] not in ">)）":
        return _attached_above(matched, written=False)
    text = matched.strip()
    if len(text) <= _SHORT:
        short = _short(text)
        if short is not None:
            return short
    if text[-1:] in (">", ")", "）") or "\n" in text:
        found = _with_file(text, written=written)
        if found is not PLAIN:
            return found
    if text[:3].casefold() in _POLL_STARTS and text[:40].casefold().startswith(POLLS):
        return Body("poll")
    return _by_app(text) if written else PLAIN


def _short(text: str) -> Body | None:
    """A phrase that stands for something, compared as a whole."""
    phrase = text.casefold().strip(_STOPS)
    found = _PHRASES.get(phrase)
    if found is not None:
        return found
    if phrase[:3] in _CALL_STARTS:
        call = _CALL.match(phrase)
        if call and call["what"].rstrip() in CALLS:
            return Body("call")
    if "://" in phrase:
        place = _MAP.match(phrase)
        if place and place["word"].strip() in LOCATIONS:
            return Body("location")
    return None


def _attached_above(text: str, *, written: bool) -> Body:
    """A long text: a file named in its first line, with a caption below."""
    return _with_file(text, written=written) if "\n" in text else PLAIN


def _with_file(text: str, *, written: bool) -> Body:
    """A body that names its file in the first or the last line, or one that ends in the mark of an edit."""
    edit = _EDIT.search(text[-64:])
    edited = edit is not None and edit["word"].casefold().strip(_STOPS) in EDITED
    if edited:
        text = text[: text.rindex("<")].rstrip()
    first, _, rest = text.partition("\n")
    name = _name_in(first, written=written) or (_name_in(rest.rpartition("\n")[2], written=written) if rest else None)
    if name is None:
        return Body(edited=True) if edited else PLAIN
    return Body(_kind_of(name), (Attachment(name=name),), edited)


def _name_in(line: str, *, written: bool) -> str | None:
    """The file that a line names; only in the words of the app, or where the app wrote the line."""
    line = line.strip()
    match, words = _ANDROID_FILE.match(line), ATTACHED_AFTER
    if line.endswith(">"):
        match, words = _IOS_FILE.match(line), ATTACHED_BEFORE
    if match is None:
        return None
    name = match["name"].strip()
    sure = written or match["word"].strip().casefold() in words or _OWN_NAME.fullmatch(name)
    return name if sure else None


def _kind_of(name: str) -> MessageType:
    """The type of a message that holds a file of that name."""
    upper = name.upper()
    if "STICKER" in upper or upper.startswith("STK-"):
        return "sticker"
    if upper.startswith("PTT-"):
        return "voice"
    return _KINDS.get(name.rpartition(".")[2].lower(), "file")


def _by_app(text: str) -> Body:
    """What the app wrote and no table holds as a whole: a notice, a file with its pages, or something unknown."""
    left = _LEFT.match(text)
    kind = OMITTED.get(left["what"].casefold().strip(_STOPS)) if left else None
    if kind is not None:
        return Body(kind)
    if _is_notice(text):
        return Body("system", app=True)
    return Body("other")


def unsent(shown: str, matched: str) -> Body:
    """What a line without a name is: the app's own, whatever it says."""
    body = body_of(shown, matched)
    kind = body.type if body.type in {"call", "recall"} else "system"
    return Body(kind, body.attachments, recalled=body.recalled, app=True)


def _is_notice(text: str) -> bool:
    """Whether the text has the wording of a notice."""
    return _NOTICE.search(text[:400]) is not None


def is_group_notice(text: str) -> bool:
    """Whether a notice is one that only a group has."""
    return _GROUP.search(text[:400]) is not None and _ENCRYPTED.search(text[:400]) is None
