"""Telegram's pages of messages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.contract import Source
from pipeline.locate import reread
from pipeline.model import Message, Person, Reading, digest_of
from pipeline.moment import Zone
from stages.chats.common.params import Params
from stages.chats.telegram_html import READER

PAGE = (
    '<html><body><div class="page_wrap"><div class="page_header"><div class="content"><div class="text bold">\nTea\n'
    '</div></div></div><div class="page_body chat_page"><div class="history">\n{}</div></div></div></body></html>\n'
)
TIME = "02.03.2026 14:03:05 UTC+08:00"


def said(body: str, *, name: str | None = "Lin", time: str = TIME, number: int = 1) -> str:
    joined = "" if name else " joined"
    sender = f'<div class="from_name">\n{name} \n</div>' if name else ""
    return (
        f'<div class="message default clearfix{joined}" id="message{number}">\n<div class="body">'
        f'<div class="pull_right date details" title="{time}">\n14:03\n</div>{sender}{body}</div></div>\n'
    )


def text(words: str) -> str:
    return f'<div class="text">\n{words}\n</div>'


def media(kind: str, href: str = "", tag: str = "a") -> str:
    link = f' href="{href}"' if href else ""
    return (
        f'<div class="media_wrap clearfix"><{tag} class="media clearfix pull_left {kind}"{link}>'
        f'<div class="body"><div class="title bold">\nTitle.pdf\n</div></div></{tag}></div>'
    )


def read(page: str | bytes, name: str = "messages.html", **params: Any) -> Reading:
    data = page if isinstance(page, bytes) else page.encode()
    return READER.read(Source(data=data, name=name, params=Params(**params)))


def messages(*parts: str, **params: Any) -> list[Message]:
    reading = read(PAGE.format("".join(parts)), **params)
    return [record for record in reading.records if isinstance(record, Message)]


def codes(reading: Reading) -> list[str]:
    return [note.code for note in reading.notes]


def test_a_page_is_known_by_its_frame() -> None:
    assert READER.sniff(Source(data=PAGE.format("").encode(), name="messages.html"))
    assert READER.sniff(Source(data=b"<html><p>x</p></html>", name="messages.html")) is None
    assert READER.sniff(Source(data=PAGE.format("").encode()[:-20] + b"\xff", name="a")) is not None


@pytest.mark.parametrize(
    ("title", "start", "zone"),
    [
        ("02.03.2026 14:03:05 UTC+08:00", "2026-03-02T14:03:05+08:00", "stated"),
        ("02.03.2026 14:03:05 UTC-03:30", "2026-03-02T14:03:05-03:30", "stated"),
        ("02.03.2019 14:03:05", "2019-03-02T14:03:05", "unknown"),
    ],
)
def test_the_title_of_the_date_is_the_time(title: str, start: str, zone: str) -> None:
    (message,) = messages(said(text("x"), time=title))
    assert message.at is not None
    assert (message.at.start, message.at.zone, message.at.said) == (start, zone, title)


def test_an_old_page_has_the_zone_of_the_case() -> None:
    zone = Zone(name="Asia/Shanghai", basis="case")
    (message,) = messages(said(text("x"), time="02.03.2019 14:03:05"), zone=zone)
    assert message.at is not None
    assert message.at.start == "2019-03-02T14:03:05+08:00"


@pytest.mark.parametrize("title", ["", "31.02.2026 14:03:05 UTC+08:00", "today"])
def test_a_time_that_is_none_is_noted(title: str) -> None:
    assert codes(read(PAGE.format(said(text("x"), time=title)))) == ["chat-time-unreadable"]


def test_a_joined_message_has_the_sender_above() -> None:
    found = messages(
        said(text("a")), said(text("b"), name=None), said(text("c"), name="Zoe"), said(text("d"), name=None)
    )
    assert [message.sender for message in found] == ["Lin", "Lin", "Zoe", "Zoe"]


def test_a_page_that_begins_joined_looks_at_the_page_before(tmp_path: Path) -> None:
    first = PAGE.format(said(text("a"), name="Zoe")).encode()
    path = tmp_path / "messages.html"
    path.write_bytes(first)
    digest = digest_of(first)
    second = PAGE.format(said(text("b"), name=None)).encode()
    beside = {"in/messages.html": digest}
    source = Source(data=second, name="in/messages2.html", siblings=beside, path=lambda _: path)
    (message,) = READER.read(source).records
    assert isinstance(message, Message)
    assert message.sender == "Zoe"


def test_without_that_page_its_sender_is_unknown() -> None:
    reading = read(PAGE.format(said(text("b"), name=None)), "messages2.html")
    assert codes(reading) == ["telegram-sender-above"]


def test_lines_end_where_the_page_says_so_and_entities_are_letters() -> None:
    (message,) = messages(said(text("a &lt;b&gt;<br>c<strong> d</strong><br><br><a href='x'>e</a>")))
    assert message.text == "a <b>\nc d\n\ne"


def test_a_forwarded_body_gives_no_sender_and_is_noted() -> None:
    inner = (
        f'<div class="forwarded body"><div class="from_name">\nZoe <span class="date details" title="{TIME}"> x</span>'
        f"</div>{text('theirs')}</div>"
    )
    reading = read(PAGE.format(said(inner) + said(text("mine"), name=None)))
    first, second = reading.records
    assert isinstance(first, Message)
    assert isinstance(second, Message)
    assert (first.sender, first.text, second.sender) == ("Lin", "theirs", "Lin")
    assert codes(reading) == ["telegram-forwarded"]


@pytest.mark.parametrize("href", ["#go_to_message5", "messages47.html#go_to_message5"])
def test_a_reply_names_its_message_on_whatever_page(href: str) -> None:
    reply = f'<div class="reply_to details">\nIn reply to <a href="{href}">this message</a></div>'
    (message,) = messages(said(reply + text("x")))
    assert (message.reply_to, message.text) == ("5", "x")


@pytest.mark.parametrize(
    ("kind", "href", "type_", "files"),
    [
        ("photo_wrap", "photos/a.jpg", "image", ["photos/a.jpg"]),
        ("media_voice_message", "voice_messages/a.ogg", "voice", ["voice_messages/a.ogg"]),
        ("media_file", "files/a.pdf", "file", ["files/a.pdf"]),
        ("media_location", "https://maps.google.com/maps?q=1,2", "location", []),
        ("media_of_the_future", "x/a.bin", "other", ["x/a.bin"]),
        ("media_call", "", "call", []),
    ],
)
def test_media_have_their_type_and_path(kind: str, href: str, type_: str, files: list[str]) -> None:
    (message,) = messages(said(media(kind, href)))
    assert (message.type, [part.name for part in message.attachments]) == (type_, files)


def test_a_file_that_was_left_out_keeps_its_name() -> None:
    reading = read(PAGE.format(said(media("media_file", tag="div"))))
    (message,) = reading.records
    assert isinstance(message, Message)
    assert [part.name for part in message.attachments] == ["Title.pdf"]
    assert codes(reading) == ["telegram-files-missing"]


def test_dividers_are_put_aside_and_notices_are_the_systems() -> None:
    day = '<div class="message service" id="message-1">\n<div class="body details">\n2 March 2026\n</div></div>\n'
    notice = '<div class="message service" id="message3">\n<div class="body details">\nLin joined\n</div></div>\n'
    reading = read(PAGE.format(day + notice))
    (message,) = reading.records
    assert isinstance(message, Message)
    assert (message.side, message.type, message.text, message.at) == ("system", "system", "Lin joined", None)
    assert (reading.balance.records, reading.balance.skipped) == (1, 1)


def test_the_case_says_whose_side_a_name_is_on() -> None:
    people = (Person(name="Lin", side="customer"),)
    found = messages(said(text("x")), said(text("y"), name="Shop"), people=people)
    assert [message.side for message in found] == ["other", "unknown"]


def test_places_are_the_lines_of_the_message() -> None:
    page = PAGE.format(said(text("one"), number=1) + said(text("two"), number=2)).encode()
    for record, words in zip(read(page).records, ("one", "two"), strict=True):
        held = reread(page, record.where)
        assert isinstance(held, str)
        assert words in held
        assert held.count("message default") == 1


def test_half_a_page_says_so() -> None:
    page = PAGE.format(said(text("one")) + said(text("two"), number=2))
    assert codes(read(page[: page.index("two") + 1])) == ["telegram-html-cut"]


def test_a_page_without_a_history_is_closed() -> None:
    assert [span.code for span in read("<html></html>").unread] == ["telegram-html-nested"]


@given(st.data())
def test_any_change_of_a_page_still_adds_up(data: st.DataObject) -> None:
    page = bytearray(
        PAGE.format(said(text("a<br>b") + media("photo_wrap", "a.jpg")) + said(text("c"), name=None)).encode()
    )
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(page)))
        page[place : place + data.draw(st.integers(0, 12))] = data.draw(st.binary(max_size=6))
    source = Source(data=bytes(page), name="messages.html")
    READER.sniff(source)
    balance = READER.read(source).balance
    assert balance.records + balance.skipped + balance.unread == balance.total
