"""The mail twin of a share text: read as the text is, with places that hold in the file."""

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
from stages.chats import Params, wechat_share
from stages.chats.wechat_share_html import READER

SAMPLES = sorted((Path(__file__).parents[4] / "fixtures/chats/wechat-share-html").glob("*.html"))
DASHES = "&mdash;" * 5
TITLE = "<p>林小姐 和 阿青 在微信上的聊天记录如下，请查收。</p>"
DAY = f'<p style="text-align:center;color:gray">{DASHES}&nbsp;&nbsp;2026-03-02&nbsp;&nbsp;{DASHES}</p>'
PARAMS = Params(zone=Zone(name="Asia/Shanghai", basis="case"), people=(Person(name="林小姐", side="customer"),))


def source(markup: str | bytes) -> Source:
    data = markup if isinstance(markup, bytes) else markup.encode()
    return Source(data=data, name="mail.html", params=PARAMS)


def read(markup: str | bytes) -> Reading:
    reading = READER.read(source(markup))
    assert {said.code for said in (*reading.notes, *reading.unread)} <= WORDINGS.keys()
    return reading


def messages(reading: Reading) -> list[Message]:
    return [record for record in reading.records if isinstance(record, Message)]


def said(sender: str, time: str, body: str) -> list[str]:
    return [f"<p><strong>{sender}&nbsp;&nbsp;{time}</strong></p>", f"<p>{body}</p>"]


def mail(*parts: list[str], end: str = "\n", title: str = TITLE, day: str = DAY) -> str:
    return end.join([title, day, *(line for part in parts for line in part)])


TWO = (said("阿青", "14:03", "您好<br>请看图"), said("林小姐", "14:05", "好&hellip;"))


def test_messages_have_sender_time_side_and_text() -> None:
    first, second = messages(read(mail(*TWO)))
    assert (first.sender, first.text, first.side) == ("阿青", "您好\n请看图", "self")
    assert (second.sender, second.text, second.side) == ("林小姐", "好…", "other")
    assert first.at is not None
    assert (first.at.start, first.at.grain, first.at.zone) == ("2026-03-02T14:03:00+08:00", "minute", "case")
    assert read(mail(*TWO)).declared["people"] == "林小姐、阿青"


def test_the_same_as_the_text() -> None:
    text = "林小姐 和 阿青 在微信上的聊天记录如下，请查收。\n\n—————  2026-03-02  —————\n\n"
    text += "阿青  14:03\n\n您好\n请看图\n\n林小姐  14:05\n\n好…\n"
    plain = wechat_share.READER.read(Source(data=text.encode(), name="a.txt", params=PARAMS))
    twin = read(mail(*TWO))
    for one, other in zip(messages(plain), messages(twin), strict=True):
        assert (one.sender, one.at, one.text, one.side, one.type) == (
            other.sender,
            other.at,
            other.text,
            other.side,
            other.type,
        )
    assert plain.declared == twin.declared


def test_lines_hold_in_the_file() -> None:
    markup = mail(*TWO)
    first, second = (reread(markup.encode(), message.where) for message in messages(read(markup)))
    assert first == "\n".join(TWO[0])
    assert second == "\n".join(TWO[1])
    balance = read(markup).balance
    assert (balance.unit, balance.total, balance.records, balance.skipped, balance.unread) == ("lines", 6, 4, 2, 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("tail", ["", "\r\n"])
def test_on_one_line_places_are_bytes(encoding: str, tail: str) -> None:
    data = (mail(*TWO, end="") + tail).encode(encoding)
    first, second = messages(read(data))
    assert first.where.span is not None
    spans = [reread(data, message.where) for message in (first, second)]
    assert [span.decode(encoding.removesuffix("-sig")) for span in spans if isinstance(span, bytes)] == [
        "阿青&nbsp;&nbsp;14:03</strong></p><p>您好<br>请看图",
        "林小姐&nbsp;&nbsp;14:05</strong></p><p>好&hellip;",
    ]
    balance = read(data).balance
    assert (balance.unit, balance.total, balance.records, balance.skipped, balance.unread) == ("items", 7, 5, 2, 0)


@pytest.mark.parametrize(
    "header",
    [
        "<p><strong>阿青&nbsp;&nbsp;14:03</strong></p>",
        "<p><b>阿青  14:03</b></p>",
        "<p><strong>阿青</strong>&nbsp;&nbsp;14:03</p>",
        "<p><strong>阿青</strong>&nbsp;<strong>14:03</strong></p>",
        '<div><span style="x"><strong>阿青&nbsp; 14:03</strong></span></div>',
    ],
)
def test_headers(header: str) -> None:
    (message,) = messages(read(mail([header, "<p>在</p>"])))
    assert (message.sender, message.text) == ("阿青", "在")


@pytest.mark.parametrize(
    "day",
    [
        DAY,
        "<div align=center>—————&nbsp; 2026/03/02&nbsp; —————</div>",
        "<center><font color=gray>2026年3月2日</font></center>",
        '<p style="text-align:center">2026-03-02</p>',
    ],
)
def test_dates(day: str) -> None:
    (message,) = messages(read(mail(said("阿青", "9:03", "在"), day=day)))
    assert message.at is not None
    assert message.at.start == "2026-03-02T09:03:00+08:00"


def test_what_is_not_bold_is_no_header() -> None:
    reading = read(
        mail(said("阿青", "14:03", "他说<br>林小姐&nbsp;&nbsp;14:01<br>没收到"), said("林小姐", "14:05", "嗯"))
    )
    first, second = messages(reading)
    assert (first.text, second.text) == ("他说\n林小姐  14:01\n没收到", "嗯")
    assert [(note.code, note.where) for note in reading.notes] == [("chat-lookalike", Locator(lines=(4, 4)))]


def test_attachments_and_pictures_are_named() -> None:
    body = "[图片: 8b0a.jpg(请在附件中查看)]<br><img src='cid:c.png'>"
    (message,) = messages(read(mail(said("阿青", "14:03", body))))
    assert (message.type, [part.name for part in message.attachments]) == ("image", ["8b0a.jpg", "c.png"])


def test_a_recall_in_a_paragraph_of_its_own_is_a_record() -> None:
    _, recall, _ = messages(read(mail(TWO[0], ['<p>"林小姐" 撤回了一条消息</p>'], TWO[1])))
    assert (recall.type, recall.side, recall.recalled) == ("recall", "system", True)


def test_a_line_that_does_not_decode_is_unread() -> None:
    data = mail(*TWO).encode().replace("您好".encode(), b"\xff\xfe")
    reading = read(data)
    assert [(span.code, span.where) for span in reading.unread] == [("line-not-decodable", Locator(lines=(4, 4)))]
    assert (reading.balance.total, reading.balance.unread) == (6, 1)


def test_words_of_nobody_are_unread() -> None:
    reading = read(mail(["<p>谁写的</p>"], *TWO))
    assert [(span.code, span.where) for span in reading.unread] == [("chat-line-outside", Locator(lines=(3, 3)))]
    assert reading.balance.unread == 1


@pytest.mark.parametrize(
    ("markup", "score"),
    [
        (mail(*TWO), 1.0),
        (mail(*TWO, end=""), 1.0),
        (mail(*TWO, title=""), 0.7),
        (mail(["<p>阿青&nbsp;&nbsp;14:03</p>"], title=""), None),
        ("<html><p>公告</p></html>", None),
        ("林小姐 和 阿青 在微信上的聊天记录如下，请查收。\n\n", None),
        ("", None),
    ],
)
def test_sniffing(markup: str, score: float | None) -> None:
    found = READER.sniff(source(markup))
    assert (found and found.value) == score
    other = wechat_share.READER.sniff(source(markup))
    assert other is None or found is None


def test_a_text_with_its_title_on_a_line_of_markup_is_not_the_text() -> None:
    markup = "<p>\n林小姐 和 阿青 在微信上的聊天记录如下，请查收。\n</p>"
    assert wechat_share.READER.sniff(source(markup)) is None
    assert READER.sniff(source(markup)) is not None


@given(st.sampled_from(SAMPLES), st.integers(0, 2500), st.integers(0, 30), st.binary(max_size=12))
@settings(max_examples=100, deadline=None)
def test_damaged_samples(sample: Path, place: int, length: int, insertion: bytes) -> None:
    data = sample.read_bytes()
    data = data[:place] + insertion + data[place + length :]
    READER.sniff(source(data))
    reading = read(data)
    for record in reading.records:
        if record.where.span:
            assert reread(data, record.where)
        else:
            assert record.where.lines is not None
            assert record.where.lines[1] <= data.count(b"\n") + 1


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes(data: bytes) -> None:
    READER.sniff(source(data))
    read(data)
