"""One chunk of QQChatExporter's chunked export: a message a line. Who exported it stands in the manifest above."""

from __future__ import annotations

from typing import Any

import msgspec

from pipeline.contract import Reader, Score, Source
from pipeline.model import Reading
from stages.chats.common.account import Account
from stages.chats.common.json_lines import lines_of_json
from stages.chats.common.utf8 import utf8_of
from stages.chats.qqchatexporter.document import chunks_of, manifest_of
from stages.chats.qqchatexporter.message import Entry, Export, chat_of

__all__ = ["JSONL"]

_IDS = ({"id", "timestamp", "sender", "content"}, {"messageId", "timestamp", "content"})


def _sniff(source: Source) -> Score | None:
    first, _, _ = utf8_of(source.data, head=True).data.lstrip().partition(b"\n")
    try:
        line = msgspec.json.decode(first, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    if "_type" in line or not any(keys <= line.keys() for keys in _IDS):
        return None
    sender, content = line.get("sender"), line.get("content")
    sent = sender is None or (isinstance(sender, dict) and {"uid", "uin"} & sender.keys())
    told = isinstance(content, dict) and "text" in content
    marked = {"recalled", "messageType", "seq"} & line.keys()
    return Score(value=0.9, reason="qqchatexporter-shape") if sent and told and marked else None


def _read(source: Source) -> Reading:
    lines = lines_of_json(source.data)
    account = Account("lines", lines.total)
    manifest = _manifest_above(source) or {}
    Export(account, source, manifest).take(lines.each(account, msgspec.json.Decoder(Entry)))
    declared = {key: value for key, value in chat_of(manifest).items() if key != "messages"}
    base = source.name.rpartition("/")[2]
    counts = (count for name, count in chunks_of(manifest).items() if name.rpartition("/")[2] == base)
    count = next(counts, None)
    if count is not None:
        declared["messages"] = count
        if count != len(account.records):
            account.note("chat-count-differs", declared=count, found=len(account.records))
    return account.reading(JSONL, declared=declared, encoding=lines.encoding)


def _manifest_above(source: Source) -> dict[str, Any] | None:
    """The manifest, which stands beside the folder of the chunks, or beside the chunk itself."""
    folder = source.name.rpartition("/")[0]
    for above in (folder.rpartition("/")[0], folder):
        digest = source.siblings.get(f"{above}/manifest.json" if above else "manifest.json")
        if digest is not None and source.path is not None:
            manifest = manifest_of(source.path(digest).read_bytes())
            if manifest is not None:
                return manifest
    return None


JSONL = Reader(id="qqchatexporter-jsonl", version=1, grade="A", sniff=_sniff, read=_read)
