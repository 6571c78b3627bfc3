"""QQChatExporter's JSON document, and the manifest of its chunked export."""

from __future__ import annotations

from typing import Any

import msgspec

from pipeline.contract import Reader, Score, Source
from pipeline.model import Reading, Unread
from stages.chats.common.account import Account, closed
from stages.chats.common.json_list import open_list
from stages.chats.common.outline import paths_of
from stages.chats.common.utf8 import utf8_of
from stages.chats.qqchatexporter.message import Entry, Export, chat_of, words

__all__ = ["JSON", "chunks_of", "manifest_of"]

_BESIDE = ("metadata", "chatInfo", "statistics")
_MARK = b"QQChatExporter"


def _sniff(source: Source) -> Score | None:
    paths = paths_of(source)
    if not {"metadata", "chatInfo"} <= paths:
        return None
    if _MARK in utf8_of(source.data, head=True).data:
        return Score(value=1.0, reason="qqchatexporter-marks")
    shaped = {"chatInfo.selfUid", "chatInfo.selfUin", "messages.item.sender.uin", "messages.item.sender.uid"} & paths
    return Score(value=0.8, reason="qqchatexporter-shape") if shaped else None


def _read(source: Source) -> Reading:
    found = open_list(source, ["messages"], _BESIDE)
    if isinstance(found, Unread):
        manifest = manifest_of(source.data)
        return closed(JSON, found, "items") if manifest is None else _manifest(source, manifest)
    account = found.account()
    Export(account, source, found.top).take(found.each(account, Entry))
    declared = chat_of(found.top)
    total = declared.get("messages")
    if isinstance(total, int) and total != len(found.items):
        account.note("chat-count-differs", declared=total, found=len(found.items))
    return account.reading(JSON, declared=declared, encoding=found.encoding)


def _manifest(source: Source, manifest: dict[str, Any]) -> Reading:
    """The list of chunks: nothing to read in itself, but it tells which of them are missing."""
    chunks = chunks_of(manifest)
    missing = [name for name in chunks if source.beside(name) is None]
    account = Account("items", len(chunks))
    account.aside = len(chunks)
    account.note("qqchatexporter-manifest", count=len(chunks), found=len(chunks) - len(missing))
    if missing:
        names = "、".join(missing[:3])
        account.note("qqchatexporter-chunks-missing", count=len(missing), names=names)
    return account.reading(JSON, declared=chat_of(manifest), encoding=utf8_of(source.data).encoding)


def manifest_of(data: bytes) -> dict[str, Any] | None:
    """The manifest that a file is; None if it is none."""
    try:
        value = msgspec.json.decode(utf8_of(data).data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return value if isinstance(value, dict) and "chatInfo" in value and chunks_of(value) else None


def chunks_of(manifest: dict[str, Any]) -> dict[str, int | None]:
    """The chunk files by their path below the manifest, and how many messages each is said to hold."""
    chunked = manifest.get("chunked", manifest)
    listed = chunked.get("chunks") if isinstance(chunked, dict) else None
    found: dict[str, int | None] = {}
    for chunk in listed if isinstance(listed, list) else ():
        fields = chunk if isinstance(chunk, dict) else {"path": chunk}
        paths = [words(value).replace("\\", "/") for value in fields.values()]
        name = max((path for path in paths if path.endswith(".jsonl")), key=len, default="")
        counts = (fields.get(key) for key in ("count", "messageCount", "messages"))
        if name:
            path = name if "/" in name else f"chunks/{name}"
            found[path.removeprefix("./")] = next((count for count in counts if type(count) is int), None)
    return found


JSON = Reader(id="qqchatexporter-json", version=1, grade="A", sniff=_sniff, read=_read)
