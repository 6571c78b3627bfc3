"""WhatsApp on screens: times and ticks inside the bubbles, days in chips, names, quotes and edits."""

from __future__ import annotations

import pytest

from stages.screens.chats.whatsapp import LAYOUT
from tests.stages.screens.chats.drawn import Chat, kinds, messages, pictured, plain, read, said

GREEN = "#d9fdd3"


def chat(day: str = "March 25, 2026") -> Chat:
    """Two messages under a day."""
    held = Chat(edge=40, right=GREEN, paper="#efeae2").title("Priya Nair").middle(day)
    return held.say("left", "The mug is cracked", clock="1:16 PM").say(
        "right", "Please send a photo", clock="5:02 PM ✓✓"
    )


def test_a_time_in_a_bubble_is_of_the_day_above_it_and_no_text() -> None:
    first, second = messages(read(chat(), LAYOUT))
    assert (first.text, second.text) == ("The mug is cracked", "Please send a photo")
    assert first.at is not None
    assert (first.at.said, first.at.start) == ("March 25, 2026 1:16 PM", "2026-03-25T13:16:00+08:00")
    assert second.at is not None
    assert second.at.start == "2026-03-25T17:02:00+08:00"
    assert [spot.text for spot in second.spots if spot.field == "at"] == ["March 25, 2026", "5:02 PM"]


@pytest.mark.parametrize("day", ["Yesterday", "Today", "Monday"])
def test_a_day_that_nothing_dates_leaves_the_times_without_a_date(day: str) -> None:
    first = messages(read(chat(day), LAYOUT))[0]
    assert first.at is not None
    assert (first.at.said, first.at.start, first.at.date) == (f"{day} 1:16 PM", None, "unknown")


def test_above_the_first_day_a_time_has_no_date() -> None:
    held = Chat(edge=40, right=GREEN).title("Priya Nair")
    held.say("left", "Hello", clock="9:00 AM").say("right", "Hi", clock="9:01 AM").say(
        "left", "Any news", clock="9:02 AM"
    )
    assert [message.at and message.at.date for message in messages(read(held, LAYOUT))] == ["unknown"] * 3


@pytest.mark.parametrize(
    ("line", "text", "edited"),
    [
        ("Noted, thanks 10:05 PM", "Noted, thanks", False),
        ("Noted, thanks Edited 10:05 PM ✓✓", "Noted, thanks", True),
        ("Noted, thanks 10:05 PM √√", "Noted, thanks", False),
    ],
)
def test_a_time_read_as_the_end_of_the_words_is_taken_off_them(line: str, text: str, edited: bool) -> None:
    last = messages(read(chat().say("right", line), LAYOUT))[-1]
    assert (last.text, last.edited) == (text, edited)
    assert last.at is not None
    assert last.at.start == "2026-03-25T22:05:00+08:00"


def test_a_time_that_somebody_wrote_stays_in_the_text() -> None:
    assert (
        messages(read(chat().say("left", "Call me at 3:32 PM", clock="5:10 PM"), LAYOUT))[-1].text
        == "Call me at 3:32 PM"
    )


def test_in_a_group_the_name_stands_in_the_bubble_and_holds_until_the_next() -> None:
    held = Chat(edge=40, right=GREEN).title("Returns team").middle("12 March 2026")
    held.say("left", "It came back", name="Ana Lima", clock="9:12 AM").say("left", "Wrong address", clock="9:13 AM")
    held.say("right", "Please call her", clock="9:20 AM").say("left", "No answer", name="Ben Okoro", clock="9:41 AM")
    found = messages(read(held, LAYOUT))
    assert [message.sender for message in found] == ["Ana Lima", "Ana Lima", None, "Ben Okoro"]
    assert [message.text for message in found] == ["It came back", "Wrong address", "Please call her", "No answer"]


def test_a_message_taken_back_says_so() -> None:
    last = messages(read(chat().say("left", "This message was deleted", clock="5:10 PM"), LAYOUT))[-1]
    assert (last.type, last.recalled, last.side) == ("recall", True, "other")


def test_a_picture_with_its_time_alone_is_no_message_and_counted() -> None:
    found = read(chat().say("left", "5:10 PM"), LAYOUT)
    assert len(found.records) == 2
    assert "screen-chat-aside" in kinds(found.notes)


def test_the_field_to_type_in_is_a_button_and_no_message() -> None:
    held = chat()
    held.say("left", "Message" + " " * 20)
    page = held.page()
    found = read(page, LAYOUT)
    assert len(found.records) == 2
    assert found.roles == {len(page.lines) - 1: "button"}


@pytest.mark.parametrize("name", ["07-whatsapp"])
def test_a_labelled_picture(name: str) -> None:
    page, truth = pictured(name)
    assert [(side, plain(text)) for side, text in said(read(page, LAYOUT))] == [
        (record["side"], plain(record["text"])) for record in truth
    ]
