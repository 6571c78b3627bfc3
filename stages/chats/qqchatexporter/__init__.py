"""What the tool QQChatExporter writes: one JSON document, or a list of chunks of JSON lines, or text.

The tool reads the data of QQ itself and so keeps the wording of messages that were taken back; a note says that it is
the tool that claims it. Only files that people already hold are read.
"""

from __future__ import annotations

from stages.chats.qqchatexporter.document import JSON
from stages.chats.qqchatexporter.lines import JSONL
from stages.chats.qqchatexporter.text import TXT

__all__ = ["JSON", "JSONL", "TXT"]
