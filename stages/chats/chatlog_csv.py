"""What sjzar/chatlog answers as CSV: Time, SenderName, Sender, TalkerName, Talker, Content.

Times are those of the exporting computer, without a zone. In a chat of two the one who is not its `Talker` is the
exporter.
"""

from __future__ import annotations

from pipeline.contract import Reader, Score, Source
from pipeline.model import Reading, Unread
from stages.chats.common.account import Account, closed
from stages.chats.common.params import params_of
from stages.chats.common.placeholders import kind_of
from stages.chats.common.posts import Post, Posts
from stages.chats.common.rows import has_header, open_rows
from stages.chats.common.stamps import Stamps
from stages.chats.common.wechat_types import is_recall

__all__ = ["READER"]

_COLUMNS = ("time", "sendername", "sender", "talkername", "talker", "content")
_NAMES = frozenset(_COLUMNS)


def _sniff(source: Source) -> Score | None:
    return Score(value=1.0, reason="chatlog-columns") if has_header(source, _NAMES) else None


def _read(source: Source) -> Reading:
    table = open_rows(source, _NAMES)
    if isinstance(table, Unread):
        return closed(READER, table, "rows")
    account = Account("rows", 0)
    rows = []
    for where, cells in table.each(account):
        if len(cells) != table.width:
            account.refuse("chat-row-broken", where)
        else:
            rows.append((where, [cells[table.columns[name]] for name in _COLUMNS]))
    posts = Posts(params_of(source))
    stamps = Stamps((cells[0] for _, cells in rows), source, account)
    for where, (said, name, ident, title, talker, text) in rows:
        private = not talker.endswith("@chatroom")
        posts.titles.setdefault(talker, title or talker)
        posts.private[talker] = private
        notice = ident in ("系统消息", "") and not name
        kind = ("recall" if is_recall(text) else "system") if notice else kind_of(text.split("\n"))
        posts.all.append(Post(
            where, stamps.at(said), name or ident or None, text, kind, own=ident != talker if private else None,
            sender_id=ident or None, chat=talker, recalled=kind == "recall",
        ))  # fmt: skip
    posts.settle(account)
    return account.reading(READER, encoding=table.encoding)


READER = Reader(id="chatlog-csv", version=1, grade="B", sniff=_sniff, read=_read)
