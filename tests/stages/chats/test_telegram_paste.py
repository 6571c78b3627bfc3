"""Messages copied from Telegram."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.contract import Source
from pipeline.model import Message, Person, Reading
from stages.chats.common.params import Params
from stages.chats.telegram_paste import READER


def read(text: str | bytes, **params: Any) -> Reading:
    data = text if isinstance(text, bytes) else text.encode()
    return READER.read(Source(data=data, name="paste.txt", params=Params(**params)))


def messages(text: str | bytes, **params: Any) -> list[Message]:
    return [record for record in read(text, **params).records if isinstance(record, Message)]


def sniff(text: str) -> bool:
    return READER.sniff(Source(data=text.encode(), name="paste.txt")) is not None


@pytest.mark.parametrize(
    ("said", "start"),
    [
        ("13.03.2026 14:03", "2026-03-13T14:03:00"),
        ("13/03/2026 14:03", "2026-03-13T14:03:00"),
        ("3/13/2026 2:03 PM", "2026-03-13T14:03:00"),
        ("2026/3/13 下午 2:03", "2026-03-13T14:03:00"),
        ("2026-03-13 14:03:05", "2026-03-13T14:03:05"),
        ("13.03.26 14:03", "2026-03-13T14:03:00"),
    ],
)
def test_the_stamp_is_the_last_bracket_of_the_header(said: str, start: str) -> None:
    text = f"Wang, Mia [shop], [{said}]\nhi\n"
    assert sniff(text)
    (message,) = messages(text)
    assert message.at is not None
    assert (message.sender, message.at.start, message.at.said, message.text) == ("Wang, Mia [shop]", start, said, "hi")


@pytest.mark.parametrize(
    "text",
    [
        "[02.03.2026 14:03:05] Lin: hi\n",
        "Lin [02.03.2026 14:03]\nhi\n",
        "see Lin, [2]\n",
        "",
        "02.03.26, 14:03 - Lin: hi\n",
    ],
)
def test_others_are_not_taken(text: str) -> None:
    assert not sniff(text)


def test_dates_without_proof_stay_off_the_timeline() -> None:
    reading = read("Lin, [02/03/2026 14:03]\nhi\n")
    assert [note.code for note in reading.notes] == ["date-order-unproved"]
    assert messages("Lin, [02/03/2026 14:03]\nhi\n", date_order="dmy")[0].at is not None


def test_blank_lines_within_a_message_stay_and_those_between_do_not() -> None:
    reading = read("Lin, [13.03.2026 14:03]\na\n\nb\n\nMia, [13.03.2026 14:04]\nc\n")
    assert [record.text for record in reading.records if isinstance(record, Message)] == ["a\n\nb", "c"]
    assert (reading.balance.records, reading.balance.skipped) == (6, 1)


def test_a_placeholder_gives_the_type() -> None:
    assert messages("Lin, [13.03.2026 14:03]\n[ 照片 ]\n")[0].type == "image"


def test_forwards_are_noted() -> None:
    reading = read("Lin, [13.03.2026 14:03]\nForwarded from Zoe\nx\n")
    assert [note.code for note in reading.notes] == ["date-order-day-above-12", "telegram-forwarded"]


def test_the_case_says_whose_side_a_name_is_on() -> None:
    assert messages("Lin, [13.03.2026 14:03]\nx\n", people=(Person(name="Lin", side="customer"),))[0].side == "other"


def test_what_stands_above_is_unread() -> None:
    assert [span.code for span in read("intro\nLin, [13.03.2026 14:03]\nx\n").unread] == ["chat-line-outside"]


def test_a_day_that_does_not_exist_is_said() -> None:
    assert "chat-time-unreadable" in [note.code for note in read("Lin, [31.02.2026 14:03]\nx\n").notes]


@given(st.data())
def test_any_change_still_adds_up(data: st.DataObject) -> None:
    text = bytearray("Lin, [13.03.2026 14:03]\n你好\n\nMia, [14.03.2026 2:03 PM]\nx\n".encode())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(text)))
        text[place : place + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=6))
    source = Source(data=bytes(text), name="paste.txt")
    READER.sniff(source)
    balance = READER.read(source).balance
    assert balance.records + balance.skipped + balance.unread == balance.total
