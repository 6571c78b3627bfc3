"""Copied texts, shape by shape."""

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
from stages.chats.wechat_paste import READER

SAMPLES = sorted((Path(__file__).parents[4] / "fixtures/chats/wechat-paste").glob("*.txt"))
CASE = Params(zone=Zone(name="Asia/Shanghai", basis="case"))
CARD = "林小姐和阿青的聊天记录\n林小姐: 在吗\n阿青: 在\n"


def source(text: str | bytes, params: Params = CASE) -> Source:
    return Source(data=text if isinstance(text, bytes) else text.encode(), name="chat.txt", params=params)


def read(text: str | bytes, params: Params = CASE) -> Reading:
    reading = READER.read(source(text, params))
    assert {said.code for said in (*reading.notes, *reading.unread)} <= WORDINGS.keys()
    return reading


def messages(reading: Reading) -> list[Message]:
    return [record for record in reading.records if isinstance(record, Message)]


def codes(reading: Reading) -> list[str]:
    return [note.code for note in reading.notes]


def starts(reading: Reading) -> list[str | None]:
    return [message.at.start if message.at else None for message in messages(reading)]


def test_each_head_is_a_message_with_the_lines_below_it() -> None:
    text = "阿青 2026/03/02 2:51 PM\n您好\n\n\n请看图\n\n林小姐 2026/03/02 2:53 PM\n[图片]\n"
    first, second = messages(read(text))
    assert (first.sender, first.text, first.type) == ("阿青", "您好\n\n\n请看图", "text")
    assert (second.sender, second.text, second.type) == ("林小姐", "[图片]", "image")
    assert reread(text.encode(), first.where) == "阿青 2026/03/02 2:51 PM\n您好\n\n\n请看图"
    assert starts(read(text)) == ["2026-03-02T14:51:00+08:00", "2026-03-02T14:53:00+08:00"]
    balance = read(text).balance
    assert (balance.total, balance.records, balance.skipped, balance.unread) == (8, 7, 1, 0)


def test_without_blank_lines_every_head_counts() -> None:
    text = "阿青 2026-03-02 14:51\n一\n林小姐 2026-03-02 14:52\n二\n阿青 2026-03-02 14:53\n三"
    assert [message.text for message in messages(read(text))] == ["一", "二", "三"]


@pytest.mark.parametrize("line", ["林小姐 2026-03-01 10:00", "林小姐 2026/3/1 10:00", "2026-03-01 10:00:00 已揽收"])
def test_what_looks_like_a_head_inside_a_message_is_text_and_noted(line: str) -> None:
    text = f"阿青 2026-03-02 14:51\n他说\n{line}\n没收到\n\n林小姐 2026-03-02 14:52\n嗯\n\n阿青 2026-03-02 14:53\n好"
    reading = read(text)
    assert [message.text for message in messages(reading)] == [f"他说\n{line}\n没收到", "嗯", "好"]
    assert [(note.code, note.where) for note in reading.notes] == [("chat-lookalike", Locator(lines=(3, 3)))]


@pytest.mark.parametrize(
    ("dates", "params", "days", "code"),
    [
        (["3/14/2026", "3/15/2026"], CASE, ["03-14", "03-15"], "date-order-day-above-12"),
        (["14/3/2026", "1/4/2026"], CASE, ["03-14", "04-01"], "date-order-day-above-12"),
        (["3/4/2026", "3/5/2026"], CASE, [None, None], "date-order-unproved"),
        (["3/4/2026", "3/5/2026"], Params(zone=CASE.zone, date_order="dmy"), ["04-03", "05-03"], "date-order-stated"),
        (["3/4/2026", "3/5/2026"], Params(zone=CASE.zone, date_order="mdy"), ["03-04", "03-05"], "date-order-stated"),
        (["14/3/2026", "3/14/2026"], CASE, [None, None], "date-order-contradicted"),
    ],
)
def test_the_order_of_day_and_month_is_proved_or_asked_for(
    dates: list[str], params: Params, days: list[str | None], code: str
) -> None:
    text = "\n\n".join(f"阿青 {date} 9:16 PM\n在" for date in dates)
    reading = read(text, params)
    assert starts(reading) == [day and f"2026-{day}T21:16:00+08:00" for day in days]
    assert codes(reading)[0] == code


def test_without_a_zone_there_is_no_offset() -> None:
    (message,) = messages(read("阿青 2026-03-02 14:51:20\n在", Params()))
    assert message.at is not None
    assert (message.at.start, message.at.zone, message.at.grain) == ("2026-03-02T14:51:20", "unknown", "second")


@pytest.mark.parametrize("said", ["2026/02/30 1:05 PM", "2026/03/02 晚上12:05", "2026/13/02 1:05 PM"])
def test_a_time_that_is_none_is_said_and_dates_nothing(said: str) -> None:
    reading = read(f"阿青 {said}\n在")
    assert starts(reading) == [None]
    assert "chat-time-unreadable" in codes(reading) or "date-order-contradicted" in codes(reading)


def test_odd_clocks_and_steps_back_are_noted() -> None:
    reading = read("阿青 2026/03/02 13:05 PM\n一\n\n林小姐 2026/03/02 1:00 PM\n二")
    assert starts(reading) == ["2026-03-02T13:05:00+08:00", "2026-03-02T13:00:00+08:00"]
    assert codes(reading) == ["chat-clock-odd", "chat-time-goes-back"]


def test_names_without_times_are_kept_and_undated() -> None:
    reading = read("阿青：\n布有色差\n\n老周：\n我看看\n[图片]\n\n阿青：\n收货人：\n王女士\n")
    assert [(m.sender, m.text, m.at) for m in messages(reading)] == [
        ("阿青", "布有色差", None), ("老周", "我看看\n[图片]", None), ("阿青", "收货人：\n王女士", None),
    ]  # fmt: skip
    assert codes(reading) == ["chat-untimed"]


def test_a_known_name_without_a_time_among_timed_ones() -> None:
    text = "阿青 2026-03-02 14:51\n一\n\n阿青：\n二\n\n收货人：\n王女士\n\n林小姐 2026-03-02 14:53\n三\n"
    reading = read(text)
    assert [(m.sender, m.text) for m in messages(reading)] == [
        ("阿青", "一"), ("阿青", "二\n\n收货人：\n王女士"), ("林小姐", "三"),
    ]  # fmt: skip
    assert codes(reading) == ["chat-untimed"]


def test_a_card_of_its_own() -> None:
    reading = read(CARD)
    (message,) = messages(reading)
    assert (message.type, message.sender, message.at, message.text) == ("other", None, None, CARD.strip())
    assert [(note.code, note.where) for note in reading.notes] == [("chat-preview-only", Locator(lines=(1, 3)))]


def test_several_cards() -> None:
    reading = read(f"{CARD}\n\n{CARD}")
    assert [message.where.lines for message in messages(reading)] == [(1, 3), (6, 8)]
    assert reading.balance.skipped == 2


def test_a_card_inside_a_chat() -> None:
    reading = read(f"阿青 2026-03-02 14:51\n{CARD}\n林小姐 2026-03-02 14:52\n[聊天记录]\n")
    assert [message.type for message in messages(reading)] == ["other", "other"]
    assert codes(reading) == ["chat-preview-only", "chat-preview-only"]


def test_recalls_and_notices_stand_in_their_place() -> None:
    text = "阿青 2026-03-02 14:51\n一\n\n你撤回了一条消息\n\n“甲”邀请“乙”加入了群聊\n\n"
    text += "阿青 2026-03-02 14:52\n阿青撤回了一条消息\n"
    found = messages(read(text))
    assert [(m.type, m.side, m.recalled, m.sender) for m in found] == [
        ("text", "unknown", False, "阿青"), ("recall", "system", True, None), ("system", "system", False, None),
        ("recall", "system", True, "阿青"),
    ]  # fmt: skip


def test_a_reply_says_what_it_quotes() -> None:
    (message,) = messages(read("阿青 2026-03-02 14:51\n「林小姐：在吗」\n- - - - - - -\n在"))
    assert message.reply_to == "林小姐：在吗"
    assert message.text.endswith("在")


@pytest.mark.parametrize(
    ("body", "kind", "names"),
    [("[文件] 退货单 v2.pdf", "file", ["退货单 v2.pdf"]), ("[文件: a.zip]", "file", ["a.zip"]), ("[图片]", "image", []),
     ("[文件] 我没收到", "text", []), ("[捂脸]", "text", [])],
)  # fmt: skip
def test_placeholders(body: str, kind: str, names: list[str]) -> None:
    (message,) = messages(read(f"阿青 2026-03-02 14:51\n{body}"))
    assert (message.type, [part.name for part in message.attachments], message.text) == (kind, names, body)


def test_sides_are_what_the_case_says() -> None:
    params = Params(people=(Person(name="momo", aliases=("林小姐",), side="customer"),))
    text = "阿青 2026-03-02 14:51\n一\n\n林小姐 2026-03-02 14:52\n二"
    assert [message.side for message in messages(read(text, params))] == ["unknown", "other"]


def test_what_stands_above_is_unread_and_marks_hide_nothing() -> None:
    reading = read("这是证据\n\n\u200e阿青\u00a02026-03-02\u202f14:51\n\u202a在\u202c")
    (message,) = messages(reading)
    assert (message.sender, message.text) == ("阿青", "\u202a在\u202c")
    assert [(span.code, span.where) for span in reading.unread] == [("chat-line-outside", Locator(lines=(1, 1)))]


def test_an_empty_message_and_one_that_does_not_decode() -> None:
    reading = read("阿青 2026-03-02 14:51\n\n林小姐 2026-03-02 14:52\n".encode() + b"\xff\n" + "在".encode())
    assert [message.text for message in messages(reading)] == ["", "在"]
    assert codes(reading) == ["chat-empty-message"]
    assert [span.where for span in reading.unread] == [Locator(lines=(4, 4))]


TWO = "阿青 2026-03-02 14:51{0}\n一\n\n林小姐 2026-03-02 14:52{0}\n二\n"


@pytest.mark.parametrize(
    ("text", "score"),
    [
        (TWO.format(""), 0.75),
        (TWO.format(":20"), 0.75),
        (TWO.format("").replace("-", "/"), 0.75),
        (TWO.format(":20").replace("-", "/"), None),
        ("阿青 2026-03-02 14:51\n一\n", 0.65),
        ("阿青 2026-03-02 14:51:20\n一\n", None),
        ("阿青(2026-03-02 14:51)\n一\n", 0.65),
        ("证据如下\n\n" + TWO.format(""), 0.5),
        ("======================\n\n" + TWO.format(""), None),
        ("阿青(wxid_abc12) 2026-03-02 14:51\n一\n\n小美(wxid_abc13) 2026-03-02 14:52\n二\n", None),
        ("2026/3/2 14:51 阿青\n一\n\n2026/3/2 14:52 小美\n二\n", 0.6),
        ("2026-03-02 14:51:20 阿青\n一\n\n2026-03-02 14:52:20 小美\n二\n", None),
        ("Started 2026-03-02 14:51:20\nStopped 2026-03-02 14:52:20\nStarted 2026-03-02 14:53:20\n", None),
        (CARD, 0.8),
        (CARD + "\n这是我和她的聊天\n", None),
        ("阿青：\n一\n\n小美：\n二\n\n阿青：\n三\n", 0.4),
        ("注意：\n一\n\n范围：\n二\n", None),
        ("name: a\nversion: 1\n", None),
        ("订单号,金额\n1,2\n", None),
        ("", None),
    ],
)
def test_sniffing(text: str, score: float | None) -> None:
    found = READER.sniff(source(text))
    assert (found and found.value) == score
    assert found is None or found.reason in WORDINGS


def everything_stands(data: bytes) -> None:
    READER.sniff(source(data))
    reading = read(data)
    last = 0
    for record in reading.records:
        assert record.where.lines is not None
        assert record.where.lines[0] > last
        last = record.where.lines[1]
    assert last <= reading.balance.total


@given(st.sampled_from(SAMPLES), st.integers(0, 700), st.integers(0, 30), st.binary(max_size=12))
@settings(max_examples=100, deadline=None)
def test_damaged_samples(sample: Path, place: int, length: int, insertion: bytes) -> None:
    data = sample.read_bytes()
    everything_stands(data[:place] + insertion + data[place + length :])


LINES = ["", " ", "阿青 2026-03-02 14:51", "阿青 2026/3/2 2:51 PM", "2026-03-02 14:51:20 阿青", "阿青：", "在",
         "林小姐和阿青的聊天记录", "林小姐: 在", "你撤回了一条消息", "3/14/2026", "小美 3/14/26 2:51 PM"]  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=25))
@settings(max_examples=100, deadline=None)
def test_any_order_of_lines(lines: list[str]) -> None:
    everything_stands("\n".join(lines).encode())
