"""MemoTrace's text: time first, to the second; told from what QQ saves and from what people copy."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract import Source, choose
from pipeline.locate import reread
from pipeline.model import Message, Reading
from pipeline.moment import Zone
from stages.chats import Params
from stages.chats.formats import READERS
from stages.chats.memotrace_txt import READER

SAMPLES = sorted((Path(__file__).parents[3] / "fixtures/chats/memotrace-txt").glob("*.txt"))


def source(text: str | bytes) -> Source:
    data = text if isinstance(text, bytes) else text.encode()
    return Source(data=data, name="chat.txt", params=Params(zone=Zone(name="Asia/Shanghai", basis="case")))


def messages(reading: Reading) -> list[Message]:
    return [record for record in reading.records if isinstance(record, Message)]


def said(clock: str, sender: str, body: str) -> str:
    return f"2026-03-02 {clock} {sender}\n{body}\n\n"


TWO = said("14:03:05", "阿青", "您好\n请看图") + said("14:04:00", "林小姐", "[图片]")


def test_each_head_is_a_message() -> None:
    reading = READER.read(source(TWO))
    first, second = messages(reading)
    assert (first.sender, first.text, second.type) == ("阿青", "您好\n请看图", "image")
    assert first.at is not None
    assert (first.at.start, first.at.grain) == ("2026-03-02T14:03:05+08:00", "second")
    assert reread(TWO.encode(), second.where) == "2026-03-02 14:04:00 林小姐\n[图片]"
    assert (reading.balance.total, reading.balance.records, reading.balance.skipped) == (7, 5, 2)


def test_lines_of_a_parcel_s_way_inside_a_message_are_text() -> None:
    way = "物流：\n2026-03-01 09:00:00 已揽收\n2026-03-02 08:00:00 派送中\n快了"
    reading = READER.read(source(TWO + said("14:05:00", "阿青", way) + said("14:06:00", "林小姐", "好")))
    assert [message.text for message in messages(reading)][2:] == [way, "好"]
    assert [note.code for note in reading.notes] == ["chat-lookalike", "chat-lookalike"]


@pytest.mark.parametrize("name", ["a: b", "二 人", "🌸", "[客服]", "12:30", "G  (一刀）"])
def test_names_may_hold_anything(name: str) -> None:
    (message,) = messages(READER.read(source(said("14:03:05", name, "在"))))
    assert message.sender == name


@pytest.mark.parametrize(
    ("text", "reader"),
    [
        (TWO, "memotrace-txt"),
        (said("14:03:05", "阿青", "在"), "memotrace-txt"),
        ("导出的聊天\n\n" + TWO, "memotrace-txt"),
        (TWO.replace("-", "/"), "wechat-paste"),
        (TWO.replace(":05 ", " ").replace(":00 ", " "), "wechat-paste"),
        (said("14:03:05", "阿青(10234567)", "在") + said("14:04:05", "小美(20234567)", "在"), "qq-txt"),
        ("2026-03-02 14:03:05 INFO start\n2026-03-02 14:03:06 INFO stop\n", None),
        ("2026-03-02 14:03:05\n在\n", None),
        ("", None),
    ],
)
def test_which_reader_takes_it(text: str, reader: str | None) -> None:
    best, ties = choose(READERS, source(text))
    assert (best and best.id, ties) == (reader, ())


@given(st.sampled_from(SAMPLES), st.integers(0, 700), st.integers(0, 30), st.binary(max_size=12))
@settings(max_examples=60, deadline=None)
def test_damaged_samples(sample: Path, place: int, length: int, insertion: bytes) -> None:
    data = sample.read_bytes()
    data = data[:place] + insertion + data[place + length :]
    READER.sniff(source(data))
    balance = READER.read(source(data)).balance
    assert balance.total == balance.records + balance.skipped + balance.unread
