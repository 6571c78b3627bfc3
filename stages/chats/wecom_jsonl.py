"""企业微信's archive of conversations, as the firm itself has opened it: one message a line, times in milliseconds.

Ids of customers begin with wo or wm, those of the firm's people do not. A recall is a record of its own that names
the message it takes back: both are kept, and the one taken back is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from pipeline.contract import Reader, Score, Source
from pipeline.locate import Locator
from pipeline.model import Attachment, MessageType, Reading
from stages.chats.common.account import Account
from stages.chats.common.epochs import Epochs
from stages.chats.common.json_lines import lines_of_json
from stages.chats.common.params import params_of
from stages.chats.common.posts import Post, Posts, wording
from stages.chats.common.utf8 import utf8_of

__all__ = ["READER"]

_TYPES: dict[str, MessageType] = {
    "text": "text", "markdown": "text", "image": "image", "voice": "voice", "meeting_voice_call": "voice",
    "video": "video", "file": "file", "emotion": "sticker", "link": "link", "weapp": "link", "sphfeed": "link",
    "news": "link", "docmsg": "link", "location": "location", "redpacket": "red-packet",
    "external_redpacket": "red-packet", "vote": "poll", "voiptext": "call", "meeting": "call",
    "agree": "system", "disagree": "system",
}  # fmt: skip
_TEXTS = ("content", "title", "description", "link_url", "address", "remark", "filename")
"""What the block of a type may say in words."""
_CUSTOMER = re.compile(r"w[om](?:[A-Z0-9_-][\w-]{5,}|[\w-]{23,})", re.ASCII)
_ACTION = re.compile(rb'"action"\s*:\s*"(?:send|recall|switch)"')

_Record = dict[str, Any]


def _sniff(source: Source) -> Score | None:
    first = utf8_of(source.data, head=True).data.lstrip().split(b"\n", 1)[0]
    if not first.startswith(b"{") or b'"msgid"' not in first or not _ACTION.search(first):
        return None
    known = b'"msgtime"' in first or b'"switch"' in first
    return Score(value=1.0, reason="wecom-keys") if known else None


def _read(source: Source) -> Reading:
    lines = lines_of_json(source.data)
    account = Account("lines", lines.total)
    records = list(lines.each(account, msgspec.json.Decoder(_Record)))
    posts = Posts(params_of(source))
    posts.all = list(_posts(records, Epochs(params_of(source).zone_for(source.name)), account))
    posts.private = {post.chat: post.chat.count("、") == 1 for post in posts.all}
    posts.settle(account)
    return account.reading(READER, encoding=lines.encoding)


def _posts(records: Iterable[tuple[Locator, _Record]], epochs: Epochs, account: Account) -> Iterator[Post]:
    """The posts; which messages were taken back is known from all records first."""
    records = list(records)
    taken_back = {ident for _, record in records if record.get("action") == "recall" for ident in _named(record)}
    chat = ""
    for where, record in records:
        if record.get("action") not in ("send", "recall", "switch") or not record.get("msgid"):
            account.refuse("chat-item-unknown", where)
            continue
        chat = _chat_of(record) or chat
        yield _post(where, record, chat, epochs, taken_back=wording(record.get("msgid")) in taken_back)


def _chat_of(record: _Record) -> str:
    """The room, or the people of a message outside of one; nothing for a switch of the account, which is in none."""
    if record["action"] == "switch":
        return ""
    return wording(record.get("roomid")) or "、".join(sorted(_people(record)))


def _post(where: Locator, record: _Record, chat: str, epochs: Epochs, *, taken_back: bool) -> Post:
    ident = wording(record.get("from") or record.get("user")) or None
    people = _people(record)
    recall = record["action"] == "recall"
    kind = _kind(record, recall=recall)
    block = _block(record)
    return Post(
        where, epochs.at(record.get("msgtime") or record.get("time")), ident, _text(block), kind,
        own=not _is_customer(ident) if any(map(_is_customer, people)) else None, sender_id=ident,
        chat=chat,
        attachments=_files(block) if kind in ("image", "voice", "video", "file", "sticker") else (),
        recalled=recall or taken_back, reply_to="、".join(sorted(_named(record))) or None if recall else None,
    )  # fmt: skip


def _people(record: _Record) -> set[str]:
    to = record.get("tolist")
    people = [record.get("from"), *(to if isinstance(to, list) else ())]
    return {name for person in people if (name := wording(person))}


def _is_customer(ident: str | None) -> bool:
    return ident is not None and _CUSTOMER.fullmatch(ident) is not None


def _kind(record: _Record, *, recall: bool) -> MessageType:
    if recall:
        return "recall"
    return "system" if record["action"] == "switch" else _TYPES.get(wording(record.get("msgtype")), "other")


def _block(record: _Record) -> Any:
    """What was said: the value under the name of the type, or under the one name that fits it."""
    kind = wording(record.get("msgtype"))
    for key in (kind, "info", "doc", "voiptext"):
        if isinstance(record.get(key), dict):
            return record[key]
    return record.get("content")


def _text(block: Any) -> str:
    """The words of a block; of one without any of the known ones, and with parts, the block as JSON."""
    if not isinstance(block, dict):
        return wording(block)
    said = [wording(block[key]) for key in _TEXTS if block.get(key)]
    return "\n".join(said) if said else wording(block["item"]) if block.get("item") else ""


def _files(block: Any) -> tuple[Attachment, ...]:
    """The file a message names: by its own name, else by the digest that the archive keeps."""
    if not isinstance(block, dict):
        return ()
    name = next((wording(block[key]) for key in ("filename", "md5sum", "sdkfileid") if block.get(key)), "")
    return (Attachment(name=name),) if name else ()


def _named(record: _Record) -> set[str]:
    """The messages that a recall names."""
    blocks = [record, *(value for value in record.values() if isinstance(value, dict))]
    return {
        wording(value) for block in blocks for key, value in block.items()
        if key.endswith("msgid") and key != "msgid" and value
    } | {wording(block["msgid"]) for block in blocks[1:] if block.get("msgid")}  # fmt: skip


READER = Reader(id="wecom-jsonl", version=1, grade="C", sniff=_sniff, read=_read)
