"""WeChat's messages as CSV: of MemoTrace, of PyWxDump, of chatlog."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from pipeline.model import MessageType, Reading
from stages.chats import Params
from tests.stages.chats.tools import (
    NOON,
    OF_LIN,
    SHANGHAI,
    balance,
    codes,
    known_to,
    lost,
    messages,
    reader_of,
    source_of,
    start_of,
    table,
)

MEMOTRACE, PYWXDUMP, CHATLOG = map(reader_of, ("memotrace-csv", "pywxdump-csv", "chatlog-csv"))
HEADER = "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender".split(",")
LIN, SHOP = ("林小姐 碎花裙", "林小姐", "wxid_lin"), ("初晴", "初晴", "wxid_shop")
STAMP = "2026-03-02 14:03:05"


def row(text: str = "你好", who: Iterable[Any] = LIN, *, own: Any = 0, kind: Any = 1, sub: Any = 0, at: Any = NOON,
        shown: str = STAMP, talker: Any = 2) -> list[Any]:  # fmt: skip
    return [1, talker, kind, sub, own, at, 2, text, shown, *who]


def read(*rows: list[Any], header: list[str] = HEADER, params: Params = SHANGHAI, **shape: Any) -> Reading:
    return MEMOTRACE.read(source_of(table([header, *rows], **shape), params=params))


@pytest.mark.parametrize("mark", [True, False])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_memotrace_with_and_without_a_mark(mark: bool, end: str) -> None:
    source = source_of(
        table([HEADER, row('多行\n"引号"，逗号,\n<msg a="1"/>'), row(who=SHOP, own=1)], mark=mark, end=end)
    )
    assert known_to(source) == {"memotrace-csv"}
    reading = MEMOTRACE.read(source)
    first, second = messages(reading)
    assert first.text == '多行\n"引号"，逗号,\n<msg a="1"/>'
    assert (first.sender, first.sender_id, first.side) == ("林小姐", "wxid_lin", "other")
    assert (second.sender, second.side, start_of(second)) == ("初晴", "self", "2026-03-02T14:03:05+08:00")
    assert (second.where.sheet, second.where.rows) == ("", (3,))
    assert balance(reading) == (3, 2, 1, 0)


@pytest.mark.parametrize(
    ("kind", "sub", "text", "expected"),
    [
        (1, 0, "x", "text"),
        (3, 0, "", "image"),
        (34, 0, "", "voice"),
        (42, 0, "", "other"),
        (43, 0, "", "video"),
        (47, 0, "", "sticker"),
        (48, 0, "", "location"),
        (49, 5, "", "link"),
        (49, 6, "", "file"),
        (49, 8, "", "sticker"),
        (49, 19, "", "other"),
        (49, 33, "", "link"),
        (49, 57, "好", "text"),
        (49, 62, "", "system"),
        (49, 87, "", "system"),
        (49, 2000, "", "transfer"),
        (49, 2001, "", "red-packet"),
        (49, "", "", "other"),
        (50, 0, "", "call"),
        (10000, 0, "以上是打招呼的内容", "system"),
        (10000, 0, '"林小姐" 撤回了一条消息', "recall"),
        (10000, 4, "<revokemsg>", "recall"),
        (12345, 0, "", "other"),
        (1, 0, "你撤回了一条消息", "text"),
    ],
)
def test_wechat_types(kind: int, sub: Any, text: str, expected: MessageType) -> None:
    message = messages(read(row(text, kind=kind, sub=sub)))[0]
    assert (message.type, message.recalled) == (expected, expected == "recall")


def test_a_shorter_header_has_no_names() -> None:
    reading = read(row()[:9], row(own=1)[:9], header=HEADER[:9])
    assert [(message.sender, message.side) for message in messages(reading)] == [(None, "other"), (None, "self")]


def test_rows_that_end_early_have_no_name_either() -> None:
    assert messages(read(row()[:9]))[0].sender is None


@pytest.mark.parametrize("shift", [row()[1:], ["x", *row()], ["x", "y", *row()]])
def test_shifted_rows_are_aligned_by_what_proves_itself(shift: list[Any]) -> None:
    reading = read(row(), shift)
    assert messages(reading)[1].text == "你好"
    assert messages(reading)[1].sender == "林小姐"
    assert codes(reading) == ["chat-columns-shifted"]


@pytest.mark.parametrize(
    "bad",
    [
        row(own=2),
        row(kind="?"),
        row(kind="--5"),
        row(kind="9" * 5000),
        row(at="soon"),
        row(shown="昨天"),
        ["一格"],
        ["a", "b"],
    ],
)
def test_rows_that_fit_no_header_stay_unread(bad: list[Any]) -> None:
    reading = read(row(), bad, row())
    assert (lost(reading), balance(reading)) == (["chat-row-broken"], (4, 2, 1, 1))
    assert reading.unread[0].where is not None
    assert reading.unread[0].where.rows == (3,)


def test_cells_beyond_the_header_are_told() -> None:
    assert codes(read([*row(), "谁"])) == ["chat-cells-nameless"]


def test_unsorted_rows_keep_their_order() -> None:
    reading = read(row("后", at=NOON + 60, shown="2026-03-02 14:04:05"), row("前"))
    assert ([message.text for message in messages(reading)], codes(reading)) == (["后", "前"], ["chat-not-in-order"])


def test_the_epoch_counts_and_a_difference_is_told() -> None:
    reading = read(row(shown="2026-03-02 01:11:11"), row(shown="2026-03-02 09:03:05"))
    assert {start_of(message) for message in messages(reading)} == {"2026-03-02T14:03:05+08:00"}
    assert [(note.code, note.values["count"]) for note in reading.notes] == [("chat-times-differ", 1)]


def test_without_an_epoch_the_written_time_counts() -> None:
    message = messages(read(row(at="", shown="2026/3/2 14:03")))[0]
    assert message.at is not None
    assert (message.at.start, message.at.grain, message.at.zone) == ("2026-03-02T14:03:00+08:00", "minute", "platform")


def test_of_several_conversations_only_the_customers_are_read() -> None:
    wang = ("", "老王", "wxid_wang")
    reading = read(
        row(), row("别人", wang, talker=7), row(who=SHOP, own=1), row("给别人", SHOP, own=1, talker=7), params=OF_LIN
    )
    assert [message.text for message in messages(reading)] == ["你好", "你好"]
    assert {message.chat for message in messages(reading)} == {"林小姐 碎花裙"}
    assert (codes(reading), balance(reading)) == (["chats-of-others"], (5, 2, 3, 0))


def test_in_a_group_others_are_on_no_side() -> None:
    found = messages(
        read(
            row(talker="9@chatroom"),
            row(who=("", "老王", "w"), talker="9@chatroom"),
            row(who=SHOP, own=1, talker="9@chatroom"),
        )
    )
    assert [message.side for message in found] == ["unknown", "unknown", "self"]


def test_gb18030_and_half_a_row() -> None:
    text = table([HEADER, row("尺码不对")]).decode()
    assert messages(MEMOTRACE.read(source_of(text.encode("gb18030"))))[0].text == "尺码不对"
    reading = MEMOTRACE.read(source_of(text[:-30]))
    assert sum(balance(reading)[1:]) == balance(reading)[0]


@pytest.mark.parametrize("reader", [MEMOTRACE, PYWXDUMP, CHATLOG], ids=lambda reader: reader.id)
def test_a_table_without_the_header_stays_unread(reader: Any) -> None:
    for data in ("a,b\n1,2\n", "", b"PK\x03\x04 no zip", b"\xff\xff\xff"):
        assert reader.sniff(source_of(data)) is None
        assert lost(reader.read(source_of(data))) == ["chat-columns-missing"]


# PyWxDump ---------------------------------------------------------------------------------------------------------


COLUMNS = "id,MsgSvrID,type_name,is_sender,talker,room_name,msg,src,CreateTime".split(",")
SERVER_ID = "7384650192837465012"


def dump(text: str = "你好", *, kind: str = "文本", own: Any = 0, talker: str = "wxid_lin", room: str = "wxid_lin",
         src: str = "", at: str = STAMP, ident: str = SERVER_ID) -> list[Any]:  # fmt: skip
    return [1, ident, kind, own, talker, room, text, src, at]


def read_dump(*rows: list[Any], params: Params = SHANGHAI) -> Reading:
    return PYWXDUMP.read(source_of(table([COLUMNS, *rows]), params=params))


def test_pywxdump_rows() -> None:
    source = source_of(table([COLUMNS, dump(), dump("换一件", own=1, talker="wxid_shop")]))
    assert known_to(source) == {"pywxdump-csv"}
    first, second = messages(PYWXDUMP.read(source))
    assert (first.sender, first.sender_id, first.side, start_of(first)) == (
        "wxid_lin",
        "wxid_lin",
        "other",
        "2026-03-02T14:03:05+08:00",
    )
    assert (second.sender, second.side, second.where.rows) == ("wxid_shop", "self", (3,))
    assert first.at is not None
    assert first.at.zone == "platform"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("文本", "text"),
        ("图片", "image"),
        ("语音", "voice"),
        ("视频", "video"),
        ("动画表情", "sticker"),
        ("引用回复", "text"),
        ("文件", "file"),
        ("位置", "location"),
        ("转账", "transfer"),
        ("(分享)卡片式链接", "link"),
        ("(分享)新东西", "link"),
        ("系统通知", "system"),
        ("从没见过", "other"),
        ("", "other"),
    ],
)
def test_pywxdump_types(name: str, kind: MessageType) -> None:
    assert messages(read_dump(dump(kind=name)))[0].type == kind


def test_a_recall_notice() -> None:
    message = messages(read_dump(dump('"林小姐" 撤回了一条消息', kind="系统通知")))[0]
    assert (message.type, message.recalled, message.side) == ("recall", True, "system")


def test_the_source_is_an_attachment_as_written() -> None:
    path = "FileStorage\\MsgAttach\\ab\\x.dat"
    assert [part.name for part in messages(read_dump(dump(kind="图片", src=path)))[0].attachments] == [path]
    assert messages(read_dump(dump(src=path)))[0].attachments == ()


def test_what_excel_did_is_told() -> None:
    reading = read_dump(
        dump(at="2026/3/2 14:03", ident="7384650192837460000"), dump(at="2026/3/2 14:04", ident="7.38465E+18")
    )
    assert codes(reading) == ["chat-ids-rounded"]
    found = messages(reading)[0]
    assert found.at is not None
    assert (found.at.grain, found.at.start, found.at.end) == (
        "minute",
        "2026-03-02T14:03:00+08:00",
        "2026-03-02T14:03:59+08:00",
    )


def test_one_id_that_happens_to_end_so_is_no_damage() -> None:
    assert codes(read_dump(dump(), dump(), dump(ident="7384650192837460000"))) == []


def test_the_order_of_day_and_month_is_proved_or_asked_for() -> None:
    unproved = read_dump(dump(at="3/4/2026 14:03"))
    assert codes(unproved) == ["date-order-unproved", "chat-times-missing"]
    found = messages(unproved)[0]
    assert found.at is not None
    assert (found.at.said, found.at.start, found.at.date) == ("3/4/2026 14:03", None, "unknown")
    proved = read_dump(dump(at="3/4/2026 14:03"), dump(at="3/14/2026 14:03"))
    assert start_of(messages(proved)[0]) == "2026-03-04T14:03:00+08:00"
    stated = read_dump(dump(at="3/4/2026 14:03"), params=Params(zone=SHANGHAI.zone, date_order="dmy"))
    assert start_of(messages(stated)[0]) == "2026-04-03T14:03:00+08:00"


def test_pywxdump_rows_that_do_not_fit_stay_unread() -> None:
    reading = read_dump(dump(), dump(own=""), dump()[:-1], [""] * 9, dump(own="是"))
    assert (lost(reading), balance(reading)) == (["chat-row-broken"] * 3, (6, 1, 2, 3))


def test_a_room_is_a_group() -> None:
    found = messages(read_dump(dump(room="9@chatroom"), dump(own=1, room="9@chatroom")))
    assert [message.side for message in found] == ["unknown", "self"]


# chatlog ----------------------------------------------------------------------------------------------------------


TITLES = "Time,SenderName,Sender,TalkerName,Talker,Content".split(",")


def read_log(*rows: list[Any], params: Params = SHANGHAI) -> Reading:
    return CHATLOG.read(source_of(table([TITLES, *rows], end="\n"), params=params))


def log(
    text: str = "你好",
    name: str = "林小姐",
    ident: str = "wxid_lin",
    *,
    at: str = STAMP,
    chat: tuple[str, str] = ("林小姐", "wxid_lin"),
) -> list[str]:
    return [at, name, ident, *chat, text]


def test_chatlog_rows_tell_the_exporter_in_a_chat_of_two() -> None:
    source = source_of(table([TITLES, log("第一行\n第二行"), log("今天发", "", "wxid_shop")]))
    assert known_to(source) == {"chatlog-csv"}
    first, second = messages(CHATLOG.read(source))
    assert (first.text, first.side, first.sender) == ("第一行\n第二行", "other", "林小姐")
    assert (second.side, second.sender, second.sender_id) == ("self", "wxid_shop", "wxid_shop")


def test_chatlog_groups_and_notices() -> None:
    group = ("客户群", "9@chatroom")
    found = messages(
        read_log(log(chat=group), log('"甲" 撤回了一条消息', "", "系统消息", chat=group), log("[语音]", chat=group))
    )
    assert [(message.side, message.type) for message in found] == [
        ("unknown", "text"),
        ("system", "recall"),
        ("unknown", "voice"),
    ]


def test_chatlog_conversations_of_others_stay_out() -> None:
    reading = read_log(log(), log("别人", "老王", "w", chat=("老王", "w")), params=OF_LIN)
    assert ([message.text for message in messages(reading)], codes(reading)) == (["你好"], ["chats-of-others"])


def test_chatlog_rows_with_missing_cells_stay_unread() -> None:
    reading = read_log(log(), log()[:5], ["x"], [])
    assert (lost(reading), balance(reading)) == (["chat-row-broken", "chat-row-broken"], (5, 1, 2, 2))


def test_a_time_without_a_date_is_kept_as_written() -> None:
    found = messages(read_log(log(at="14:03:05")))[0]
    assert found.at is not None
    assert (found.at.said, found.at.date, found.at.grain) == ("14:03:05", "unknown", "second")
