"""WechatExporter's text: title, heads with the text behind them, quotations, notices, binary rubbish."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract import Source
from pipeline.locate import Locator, reread
from pipeline.model import Message, Person, Reading
from pipeline.moment import Zone
from pipeline.wording import WORDINGS
from stages.chats import Params
from stages.chats.wechatexporter_txt import READER

SAMPLES = sorted((Path(__file__).parents[3] / "fixtures/chats/wechatexporter-txt").glob("*.txt"))
PARAMS = Params(
    zone=Zone(name="Asia/Shanghai", basis="case"), people=(Person(name="苏苏", side="customer"),)
)  # fmt: skip
TITLE = "苏苏 - 微信聊天记录\n\n"
A = "苏苏 (2026-03-02 14:03:05):在吗\n"
B = "初晴客服 (2026-03-02 14:05:41):在的\n"


def source(text: str | bytes) -> Source:
    return Source(data=text if isinstance(text, bytes) else text.encode(), name="苏苏.txt", params=PARAMS)


def read(text: str | bytes) -> Reading:
    reading = READER.read(source(text))
    assert {said.code for said in (*reading.notes, *reading.unread)} <= WORDINGS.keys()
    return reading


def messages(reading: Reading) -> list[Message]:
    return [record for record in reading.records if isinstance(record, Message)]


def codes(reading: Reading) -> list[str]:
    return [note.code for note in reading.notes]


def test_title_and_messages() -> None:
    reading = read(TITLE + A + B)
    first, second = messages(reading)
    assert reading.declared == {"title": "苏苏 - 微信聊天记录", "name": "苏苏"}
    assert (first.sender, first.text, first.side) == ("苏苏", "在吗", "other")
    assert second.at is not None
    assert (second.at.start, second.at.grain) == ("2026-03-02T14:05:41+08:00", "second")
    assert reread((TITLE + A + B).encode(), second.where) == B.strip()
    assert (reading.balance.total, reading.balance.records, reading.balance.skipped) == (4, 2, 2)


def test_further_lines_belong_to_the_message() -> None:
    first, second = messages(read(TITLE + A + "裙子坏了\n\n只穿一次\n" + B))
    assert (first.text, first.where, second.text) == ("在吗\n裙子坏了\n\n只穿一次", Locator(lines=(3, 6)), "在的")


def test_a_reply_says_what_it_quotes() -> None:
    text = TITLE + "初晴客服 (2026-03-02 14:05:41):「苏苏：在吗\n裙子坏了」\n- - - - - - - -\n可以换\n"
    (message,) = messages(read(text))
    assert message.reply_to == "苏苏：在吗\n裙子坏了"
    assert message.text.endswith("可以换")


@pytest.mark.parametrize(
    ("line", "kind"), [('"苏苏" 撤回了一条消息', "recall"), ("你已添加了苏苏，现在可以开始聊天了。", "system")]
)
def test_notices_stand_in_their_place(line: str, kind: str) -> None:
    for text in (f"{TITLE}{line}\n{A}{B}", f"{TITLE}{A}{line}\n{B}", f"{TITLE}{A}{B}{line}"):
        found = messages(read(text))
        notice = next(message for message in found if message.text == line)
        assert (notice.type, notice.side, notice.sender, notice.at) == (kind, "system", None, None)
        assert [message.text for message in found if message.sender] == ["在吗", "在的"]


def test_words_behind_a_notice_are_of_nobody() -> None:
    reading = read(TITLE + A + "你撤回了一条消息\n谁写的\n" + B)
    assert [(span.code, span.where) for span in reading.unread] == [("chat-line-outside", Locator(lines=(5, 5)))]


def test_a_time_inside_a_text_begins_no_message() -> None:
    (message,) = messages(read(TITLE + "苏苏 (2026-03-02 14:03:05):好 (2026-03-01 09:00:00):吗\n"))
    assert message.text == "好 (2026-03-01 09:00:00):吗"


def test_rubbish_is_located_and_the_rest_is_read() -> None:
    data = (TITLE + A).encode() + b"\x80\xff\x00\n" + B.encode() + b"\xfe\n"
    reading = read(data)
    assert [message.text for message in messages(reading)] == ["在吗", "在的"]
    assert [span.where for span in reading.unread] == [Locator(lines=(4, 4)), Locator(lines=(6, 6))]
    assert {span.code for span in reading.unread} == {"line-not-decodable"}
    assert reading.balance.unread == 2


def test_a_day_that_is_none_and_a_step_back() -> None:
    reading = read(TITLE + B + A + A.replace("03-02", "02-30"))
    assert codes(reading) == ["chat-time-goes-back", "chat-time-unreadable"]
    assert [message.at.start if message.at else "" for message in messages(reading)][-1] is None


@pytest.mark.parametrize(
    ("body", "kind", "note"),
    [
        ("[图片]", "image", []),
        ("[语音]", "voice", []),
        ("", "text", ["chat-empty-message"]),
        ("苏苏撤回了一条消息", "recall", []),
        ("苏苏和阿青的聊天记录\n苏苏: 在\n阿青: 在", "other", ["chat-preview-only"]),
    ],
)
def test_bodies(body: str, kind: str, note: list[str]) -> None:
    reading = read(f"{TITLE}苏苏 (2026-03-02 14:03:05):{body}\n")
    (message,) = messages(reading)
    assert (message.type, message.text, codes(reading)) == (kind, body, note)


def test_marks_hide_nothing_and_stay() -> None:
    (message,) = messages(read(TITLE + "\u200e苏苏\u00a0(2026-03-02 14:03:05):\u202a在\u202c\n"))
    assert (message.sender, message.text) == ("苏苏", "\u202a在\u202c")


@pytest.mark.parametrize(
    ("text", "score"),
    [
        (TITLE + A, 0.95),
        (TITLE, 0.6),
        (A + B, 0.8),
        (A, None),
        (A.replace(" (", "(") + B.replace(" (", "("), None),
        (A.replace("):", "):  ") + B.replace("):", "):  "), None),
        ("本文讨论微信聊天记录\n一\n", None),
        ("", None),
    ],
)
def test_sniffing(text: str, score: float | None) -> None:
    found = READER.sniff(source(text))
    assert (found and found.value) == score


@given(st.sampled_from(SAMPLES), st.integers(0, 700), st.integers(0, 30), st.binary(max_size=12))
@settings(max_examples=80, deadline=None)
def test_damaged_samples(sample: Path, place: int, length: int, insertion: bytes) -> None:
    data = sample.read_bytes()
    data = data[:place] + insertion + data[place + length :]
    READER.sniff(source(data))
    reading = read(data)
    assert all(record.where.lines and record.where.lines[1] <= reading.balance.total for record in reading.records)
