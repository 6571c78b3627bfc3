"""The texts and tables of KakaoTalk, Discord, Signal and iMessage: heads, bodies, notices, orders of dates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.contract import Reader, Source
from pipeline.model import Message, Person, Reading
from stages.chats import discord_csv, discord_txt, imessage, kakaotalk, signal_md
from stages.chats.common.params import Params

BORDER = "=" * 62
TEXTS = (kakaotalk.TEXT, discord_txt.READER, signal_md.READER, imessage.READER)


def read(reader: Reader, *lines: str, name: str = "chat.txt", params: Params | None = None) -> Reading:
    return reader.read(Source(data="\n".join(lines).encode(), name=name, params=params))


def messages(reading: Reading) -> list[Message]:
    return [record for record in reading.records if isinstance(record, Message)]


def told(reading: Reading) -> list[tuple[str | None, str | None, str, str]]:
    return [
        (record.at.start if record.at else None, record.sender, record.type, record.text)
        for record in messages(reading)
    ]


def codes(reading: Reading) -> list[str]:
    return [said.code for said in (*reading.notes, *reading.unread)]


# KakaoTalk ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "start"),
    [
        ("2026년 3월 2일 오후 2:03, 민지 : 네", "2026-03-02T14:03:00"),
        ("2026년 3월 2일 오전 12:03, 민지 : 네", "2026-03-02T00:03:00"),
        ("2026년 3월 2일 14:03, 민지 : 네", "2026-03-02T14:03:00"),
        ("2026. 3. 2. 오후 2:03, 민지 : 네", "2026-03-02T14:03:00"),
        ("March 2, 2026 at 2:03 PM, 민지 : 네", "2026-03-02T14:03:00"),
        ("Mar 2, 2026 2:03 PM, 민지 : 네", "2026-03-02T14:03:00"),
    ],
)
def test_kakao_rows_of_phones(row: str, start: str) -> None:
    assert told(read(kakaotalk.TEXT, row, "둘째 줄")) == [(start, "민지", "text", "네\n둘째 줄")]


@pytest.mark.parametrize(
    ("day", "row", "start"),
    [
        ("--------------- 2026년 3월 2일 월요일 ---------------", "[민지] [오후 2:03] 네", "2026-03-02T14:03:00"),
        ("--------------- Monday, March 2, 2026 ---------------", "[민지] [2:03 PM] 네", "2026-03-02T14:03:00"),
        ("--------------- 2026년 3월 2일 월요일 ---------------", "[민지] [14:03] 네", "2026-03-02T14:03:00"),
    ],
)
def test_kakao_rows_of_the_pc(day: str, row: str, start: str) -> None:
    assert told(read(kakaotalk.TEXT, day, row)) == [(start, "민지", "text", "네")]


def test_kakao_names_with_colons_recur() -> None:
    rows = [f"2026년 3월 2일 오후 2:0{n}, 박 : 수진 : {n}" for n in range(3)]
    assert {sender for _, sender, _, _ in told(read(kakaotalk.TEXT, *rows))} == {"박 : 수진"}


def test_kakao_notices_stand_in_place() -> None:
    reading = read(
        kakaotalk.TEXT, "--------------- 2026년 3월 2일 월요일 ---------------",
        "민지님이 들어왔습니다.", "[민지] [오후 2:03] 네", "민지님이 나갔습니다.",
    )  # fmt: skip
    assert [(record.type, record.side) for record in messages(reading)] == [
        ("system", "system"),
        ("text", "unknown"),
        ("system", "system"),
    ]
    assert [record.at.grain for record in messages(reading) if record.at] == ["day", "minute", "day"]


@pytest.mark.parametrize(
    ("text", "kind", "files"),
    [
        ("사진", "image", []),
        ("사진 3장", "image", []),
        ("동영상", "video", []),
        ("이모티콘", "sticker", []),
        ("파일: 영수증.pdf", "file", ["영수증.pdf"]),
        ("a" * 64 + ".jpg", "image", ["a" * 64 + ".jpg"]),
        ("삭제된 메시지입니다.", "recall", []),
        ("사진 보내 주세요", "text", []),
    ],
)
def test_kakao_placeholders(text: str, kind: str, files: list[str]) -> None:
    (record,) = messages(read(kakaotalk.TEXT, f"2026년 3월 2일 오후 2:03, 민지 : {text}"))
    assert (record.type, record.recalled) == (kind, kind == "recall")
    assert [part.name for part in record.attachments] == files


def test_kakao_sides_follow_a_private_title() -> None:
    rows = ("민지 님과 카카오톡 대화", "2026년 3월 2일 오후 2:03, 민지 : 네", "2026년 3월 2일 오후 2:04, 가게 : 네")
    assert [record.side for record in messages(read(kakaotalk.TEXT, *rows))] == ["other", "self"]
    stranger = (rows[0], rows[1].replace("민지", "수진"), rows[2])
    assert {record.side for record in messages(read(kakaotalk.TEXT, *stranger))} == {"unknown"}


def test_kakao_csv() -> None:
    reading = read(kakaotalk.CSV, "Date,User,Message", '2026-03-02 14:03:05,"민지","네', '둘"', "2026-03-02,민지")
    assert told(reading) == [("2026-03-02T14:03:05", "민지", "text", "네\n둘")]
    assert codes(reading) == ["chat-row-odd"]
    assert (reading.balance.total, reading.balance.skipped, reading.balance.unread) == (3, 1, 1)


# Discord --------------------------------------------------------------------------------------------------------------


def discord(*lines: str, count: int = 1) -> Reading:
    head = (BORDER, "Guild: G", "Channel: 客服 / 售后", BORDER, "")
    return read(discord_txt.READER, *head, *lines, "", BORDER, f"Exported {count} message(s)", BORDER)


def test_discord_text() -> None:
    reading = discord("[02-Mar-26 02:03 PM] lin#1", "一", "", "二", "", "{Attachments}", "https://cdn/a.png", "")
    (record,) = messages(reading)
    assert (record.sender, record.text, record.type) == ("lin#1", "一\n\n二", "image")
    assert [part.name for part in record.attachments] == ["https://cdn/a.png"]
    assert record.where.lines == (6, 12)
    assert reading.declared == {"server": "G", "chat": "group", "name": "客服 / 售后", "messages": 1}


def test_discord_text_counts_and_lookalikes() -> None:
    reading = discord("[3/13/2026 2:03 PM] lin", "一", "[3/13/2026 2:04 PM] shop", count=2)
    assert len(reading.records) == 1
    assert codes(reading) == ["chat-lookalike", "date-order-day-above-12", "chat-count-differs"]


def test_discord_dates_that_prove_nothing_date_nothing() -> None:
    assert told(discord("[3/2/2026 2:03 PM] lin", "一"))[0][0] is None
    reading = read(
        discord_txt.READER, BORDER, "Guild: G", "Channel: c", BORDER, "", "[3/2/2026 2:03 PM] lin", "一",
        params=Params(date_order="mdy"),
    )  # fmt: skip
    assert told(reading)[0][0] == "2026-03-02T14:03:00"


def test_discord_csv() -> None:
    reading = read(
        discord_csv.READER, "AuthorID,Author,Date,Content,Attachments,Reactions",
        '"9","lin#0000","2026-03-02T14:03:05.1230000+08:00","hi","https://cdn/a.mp4","x (1)"',
        params=Params(people=(Person(name="lin", side="customer"),)),
    )  # fmt: skip
    (record,) = messages(reading)
    assert record.at
    assert (record.at.start, record.at.zone) == ("2026-03-02T14:03:05.123+08:00", "stated")
    assert (record.sender_id, record.side, record.type, record.where.rows) == ("9", "other", "video", (2,))


def test_a_header_that_was_moved_is_found_and_what_stands_above_it_refused() -> None:
    reading = read(discord_csv.READER, "1,2", "AuthorID,Author,Date,Content,Attachments", "9,lin,2026-03-02,hi,")
    assert (len(reading.records), codes(reading)) == (1, ["chat-row-odd"])


# Signal ---------------------------------------------------------------------------------------------------------------


def test_signal() -> None:
    reading = read(
        signal_md.READER, "[2026-03-02, 14:03] Lin: 一  ", "二  ", "[2026-03-02, 14:05] Me:   ", "", "> 一", "", "三  ",
        "(- Lin: 👍 -)  ", "[2026-03-02, 14:06] Me: ![a](./media/a.png)  ",
    )  # fmt: skip
    assert [record.text for record in messages(reading)] == ["一\n二", "三", "![a](./media/a.png)"]
    assert [record.side for record in messages(reading)] == ["other", "self", "self"]
    assert messages(reading)[1].reply_to == "一"
    assert messages(reading)[2].type == "image"
    assert codes(reading) == ["chat-reactions-left"]


def test_signal_is_known_by_its_file_or_by_what_only_it_writes() -> None:
    data = b"[2026-03-02, 14:03] Lin: hi\n"
    assert signal_md.READER.sniff(Source(data=data, name="chat.md"))
    assert signal_md.READER.sniff(Source(data=data, name="chat.txt")) is None


# iMessage -------------------------------------------------------------------------------------------------------------


def test_imessage() -> None:
    reading = read(
        imessage.READER, "May 17, 2022  5:29:42 PM (Read by you after 5 seconds)", "Lin", "一", "", "二", "",
        "May 17, 2022  5:30:00 PM", "Me", "attachments/a.png", "", "May 17, 2022  5:31:00 PM You named it 退款", "",
        "May 17, 2022  5:32:00 PM Lin unsent a message!",
    )  # fmt: skip
    assert told(reading) == [
        ("2022-05-17T17:29:42", "Lin", "text", "一\n\n二"),
        ("2022-05-17T17:30:00", "Me", "image", "attachments/a.png"),
        ("2022-05-17T17:31:00", None, "system", "You named it 退款"),
        ("2022-05-17T17:32:00", None, "recall", "Lin unsent a message!"),
    ]
    assert [record.side for record in messages(reading)] == ["other", "self", "system", "system"]


def test_imessage_answers_are_indented() -> None:
    reading = read(
        imessage.READER, "May 17, 2022  5:29:42 PM", "Lin", "一", "    May 17, 2022  5:30:00 PM", "    Me", "    二",
        "    This message responded to an earlier message.",
    )  # fmt: skip
    assert [(record.sender, record.text, bool(record.reply_to)) for record in messages(reading)] == [
        ("Lin", "一", False),
        ("Me", "二", True),
    ]


@pytest.mark.parametrize("reader", TEXTS, ids=lambda reader: reader.id)
@given(lines=st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=40), max_size=10))
def test_every_line_is_accounted_for(reader: Reader, lines: list[str]) -> None:
    heads = ["2026년 3월 2일 오후 2:03, 민지 : 네", "[2026-03-02, 14:03] Lin: 一", "May 17, 2022  5:29:42 PM"]
    balance = read(reader, *heads, *lines).balance
    assert balance.total == balance.records + balance.skipped + balance.unread
