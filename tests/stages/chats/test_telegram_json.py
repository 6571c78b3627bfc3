"""Telegram's result.json: one chat, a whole account, and what is left of a broken one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.contract import Source
from pipeline.locate import reread
from pipeline.model import Message, Person, Reading
from pipeline.moment import Zone
from stages.chats.common.params import Params
from stages.chats.telegram_json import READER

CHINA = Zone(name="Asia/Shanghai", basis="case")


def item(number: Any = 1, **fields: Any) -> dict[str, Any]:
    plain = {
        "id": number, "type": "message", "date": "2026-03-02T14:03:05", "date_unixtime": "1772431385", "from": "Lin",
        "from_id": "user123", "text": f"text {number}",
    }  # fmt: skip
    return plain | fields


def chat(*items: Any, **fields: Any) -> dict[str, Any]:
    return {"name": "Lin", "type": "personal_chat", "id": 123, "messages": list(items)} | fields


def account(*chats: Any, left: tuple[Any, ...] = ()) -> dict[str, Any]:
    return {
        "about": "x",
        "personal_information": {"user_id": 900},
        "chats": {"about": "x", "list": list(chats)},
        "left_chats": {"about": "x", "list": list(left)},
    }


def read(value: Any, **params: Any) -> Reading:
    data = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()
    return READER.read(Source(data=data, name="result.json", params=Params(**params)))


def one(**fields: Any) -> Message:
    (message,) = read(chat(item(**fields))).records
    assert isinstance(message, Message)
    return message


def codes(reading: Reading) -> list[str]:
    return [note.code for note in reading.notes]


@pytest.mark.parametrize("value", [chat(item()), account(chat(item())), account()])
def test_both_kinds_of_export_are_known(value: Any) -> None:
    assert READER.sniff(Source(data=json.dumps(value).encode(), name="result.json"))


@pytest.mark.parametrize("data", [b"", b"{}", b'{"messages": [{"id": 1, "text": "x"}]}', b'{"about": "x"}', b"[1]"])
def test_others_are_not(data: bytes) -> None:
    assert READER.sniff(Source(data=data, name="result.json")) is None


def test_the_epoch_counts_and_the_zone_shows_it() -> None:
    (message,) = read(chat(item(date="2001-01-01T00:00:00")), zone=CHINA).records
    assert isinstance(message, Message)
    assert message.at is not None
    assert (message.at.start, message.at.zone) == ("2026-03-02T14:03:05+08:00", "stated")


def test_without_an_epoch_the_wall_clock_has_the_zone_of_the_case() -> None:
    bare: dict[str, Any] = {"date_unixtime": None}
    assert (at := one(**bare).at) is not None
    assert (at.start, at.zone) == ("2026-03-02T14:03:05", "unknown")
    (message,) = read(chat(item(**bare)), zone=CHINA).records
    assert isinstance(message, Message)
    assert message.at is not None
    assert (message.at.start, message.at.zone) == ("2026-03-02T14:03:05+08:00", "case")


@pytest.mark.parametrize("said", ["2026-02-30T10:00:00", "yesterday", 5])
def test_a_time_that_is_none_is_noted(said: Any) -> None:
    reading = read(chat(item(date=said, date_unixtime=None)))
    assert codes(reading) == ["chat-times-missing"]


def test_pieces_of_a_text_follow_each_other_without_anything_between() -> None:
    text = ["a", {"type": "bold", "text": "b"}, {"type": "link", "text": "c "}, "\n\nd"]
    assert one(text=text).text == "abc \n\nd"


@pytest.mark.parametrize(
    ("fields", "kind", "text"),
    [
        ({"photo": "photos/a.jpg", "text": ""}, "image", ""),
        ({"file": "a.ogg", "media_type": "voice_message", "text": "x"}, "voice", "x"),
        ({"file": "a.mp4", "media_type": "video_file"}, "video", "text 1"),
        ({"file": "a.mp4", "media_type": "animation"}, "image", "text 1"),
        ({"file": "a.webp", "media_type": "sticker", "sticker_emoji": "👍", "text": ""}, "sticker", "👍"),
        ({"file": "a.png", "mime_type": "image/png"}, "image", "text 1"),
        ({"file": "a.pdf", "mime_type": "application/pdf"}, "file", "text 1"),
        ({"file": "a.x", "media_type": "new thing"}, "other", "text 1"),
        ({"location_information": {"latitude": 1.5, "longitude": 2}, "text": ""}, "location", "1.5, 2"),
        ({"poll": {"question": "q", "answers": [{"text": "a"}, "b"]}, "text": ""}, "poll", "q\na\nb"),
        ({"contact_information": {"first_name": "A", "phone_number": "1"}, "text": ""}, "other", "A\n1"),
        ({"text": None}, "text", ""),
    ],
)
def test_what_a_message_holds_gives_its_type(fields: dict[str, Any], kind: str, text: str) -> None:
    message = one(**fields)
    assert (message.type, message.text) == (kind, text)


def test_a_file_that_was_left_out_keeps_its_name() -> None:
    left_out = "(File not included. Change data exporting settings to download.)"
    reading = read(chat(item(file=left_out, file_name="a.pdf"), item(2, photo="(File exceeds maximum size.)")))
    named = [[part.name for part in record.attachments] for record in reading.records if isinstance(record, Message)]
    assert named == [["a.pdf"], []]
    assert reading.notes[0].values == {"count": 2}


def test_an_edit_time_proves_no_edit() -> None:
    reading = read(chat(item(edited="2026-03-02T15:00:00", edited_unixtime="1772434800")))
    assert codes(reading) == ["telegram-edited-unsure"]
    assert not any(record.edited for record in reading.records if isinstance(record, Message))


def test_a_forwarded_message_is_noted() -> None:
    assert codes(read(chat(item(forwarded_from="Zoe")))) == ["telegram-forwarded"]


def test_a_reply_names_what_it_answers() -> None:
    assert one(reply_to_message_id=7).reply_to == "7"


@pytest.mark.parametrize("identity", ["user123", 123, "channel5"])
def test_ids_have_many_forms(identity: Any) -> None:
    assert one(from_id=identity).sender_id == str(identity)


def test_a_deleted_account_has_an_id_and_no_name() -> None:
    message = one(**{"from": None})
    assert (message.sender, message.sender_id, message.side) == (None, "user123", "other")


def test_service_messages_are_the_systems_and_calls_are_calls() -> None:
    service: dict[str, Any] = {
        "type": "service",
        "actor": "Zoe",
        "actor_id": "user5",
        "text": "",
        "from": None,
        "from_id": None,
    }
    created = item(**service, action="create_group", title="Tea", members=["A", "B"])
    reading = read(chat(created, item(**service, action="phone_call")))
    notice, call = reading.records
    assert isinstance(notice, Message)
    assert isinstance(call, Message)
    assert (notice.type, notice.side, notice.sender, notice.text) == (
        "system",
        "system",
        "Zoe",
        "create_group Tea A\nB",
    )
    assert (call.type, call.text) == ("call", "phone_call")


def test_in_a_chat_of_two_whoever_is_not_the_other_is_the_exporter() -> None:
    reading = read(chat(item(), item(2, **{"from": "Shop", "from_id": "user900"}), item(3, from_id="channel7")))
    sides = [record.side for record in reading.records if isinstance(record, Message)]
    assert sides == ["other", "self", "unknown"]


def test_in_a_group_nobody_is_unless_the_case_says_so() -> None:
    people = (Person(name="Lin", side="customer"),)
    group = chat(item(), item(2, **{"from": "Zoe", "from_id": "user9"}), type="private_group")
    sides = [record.side for record in read(group, people=people).records if isinstance(record, Message)]
    assert sides == ["other", "unknown"]


def test_of_an_account_only_the_customers_conversations_are_read() -> None:
    whole = account(
        chat(item()), chat(item(2, **{"from": "Mia"}), name="Mia", id=124), left=(chat(item(3), name="Old"),)
    )
    reading = read(whole, customers=("Mia",))
    (message,) = reading.records
    assert isinstance(message, Message)
    assert (message.text, message.chat, message.where.pointer) == ("text 2", "Mia", "/chats/list/1/messages/0")
    assert (reading.balance.skipped, codes(reading)) == (2, ["chats-of-others"])
    assert read(whole, customers=()).records == ()


def test_the_account_tells_whose_side_its_owner_is_on() -> None:
    group = chat(item(), item(2, from_id="user900", **{"from": "Shop"}), type="private_group", name="Tea")
    assert [record.side for record in read(account(group)).records if isinstance(record, Message)] == [
        "unknown",
        "self",
    ]


def test_places_can_be_read_again() -> None:
    data = json.dumps(account(chat(item(1), item(2))), ensure_ascii=False).encode()
    for number, record in enumerate(read(data).records, 1):
        held = reread(data, record.where)
        assert isinstance(held, str)
        assert json.loads(held)["id"] == number


def test_items_of_another_shape_stay_unread_in_their_place() -> None:
    reading = read(chat(3, None, {"id": 1}, item(4), [1]))
    assert [span.where.pointer for span in reading.unread if span.where] == [f"/messages/{n}" for n in (0, 1, 2, 4)]
    assert reading.balance.records == 1


@pytest.mark.parametrize(
    "value", [chat(*map(item, range(9))), account(chat(item()), chat(*map(item, range(9)), name="M"))]
)
def test_half_a_file_gives_the_half(value: Any) -> None:
    data = json.dumps(value, ensure_ascii=False).encode()
    reading = read(data[: data.rindex(b'"text 7"')])
    assert [record.text for record in reading.records if isinstance(record, Message)][-1] == "text 6"
    assert [span.code for span in reading.unread] == ["json-cut"]


def test_a_file_without_messages_is_closed() -> None:
    assert [span.code for span in read({"name": "x"}).unread] == ["json-without-messages"]
    assert [span.code for span in read(b"\xff").unread] == ["json-without-messages"]


@given(st.data())
def test_any_change_of_a_file_still_adds_up(data: st.DataObject) -> None:
    text = bytearray(
        json.dumps(account(chat(item(), item(2, text=["a", {"text": "b"}])), left=(chat(item(3)),))).encode()
    )
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(text)))
        text[place : place + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=6))
    source = Source(data=bytes(text), name="result.json")
    READER.sniff(source)
    balance = READER.read(source).balance
    assert balance.records + balance.skipped + balance.unread == balance.total


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.dictionaries(st.sampled_from(sorted(item(poll=1, file=1, photo=1, media_type=1, location_information=1))), JSON)
)
def test_no_value_of_a_message_is_too_strange(fields: dict[str, Any]) -> None:
    reading = read(chat(item() | fields))
    assert len(reading.records) + len(reading.unread) == 1
