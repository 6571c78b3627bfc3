"""Items of a JSON list decoded into a type: each is a value or unread, in its place."""

from __future__ import annotations

import json

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from pipeline.contract import Source
from pipeline.locate import Locator, reread
from pipeline.model import Message, Unread
from pipeline.moment import Zone, moment
from stages.chats.common.account import Account
from stages.chats.common.json_list import open_list
from stages.chats.common.typed import each, note_steps
from stages.lang.items import items_at


class _Said(msgspec.Struct):
    text: str


ITEMS = st.lists(st.one_of(st.builds(dict, text=st.text(max_size=5)), st.integers(), st.none(), st.just({})))


@given(ITEMS)
def test_every_item_is_a_value_or_unread(items: list[object]) -> None:
    data = json.dumps({"messages": items}).encode()
    found = open_list(Source(data=data, name="a.json"), ("messages",))
    assert not isinstance(found, Unread)
    account = found.account()
    values = list(found.each(account, _Said))
    assert [value.text for _, value in values] == [item["text"] for item in items if isinstance(item, dict) and item]
    assert len(values) + account.refused == account.total == len(items)
    for where, value in values:
        assert json.loads(reread(data, where))["text"] == value.text


def test_half_a_file_gives_what_stands_before_its_fault() -> None:
    data = b'{"meta": {"name": "a"}, "messages": [{"text": "a"}, {"text": "b'
    found = open_list(Source(data=data, name="a.json"), ("messages",), beside=("meta",))
    assert not isinstance(found, Unread)
    account = found.account()
    assert next(iter(found.each(account, _Said)))[1].text == "a"
    assert found.top == {"meta": {"name": "a"}}
    assert account.unread[0].code == "json-cut"


def test_a_file_without_such_a_list_is_unread() -> None:
    assert isinstance(open_list(Source(data=b'{"other": []}', name="a.json"), ("messages",)), Unread)


def test_items_of_another_shape_stay_unread_in_their_place() -> None:
    items = items_at(b'[{"text": "a"}, 7]')
    assert items is not None
    account = Account("items", 2)
    assert [value.text for _, value in each(account, items, _Said, "")] == ["a"]
    assert [(span.code, span.where and span.where.pointer) for span in account.unread] == [("chat-item-unknown", "/1")]


def test_a_time_without_a_zone_is_not_compared_with_one_that_has_one() -> None:
    zoned, bare = Zone(name="+08:00", basis="case"), None
    account = Account("items", 4)
    for number, (hour, zone) in enumerate(((14, zoned), (9, bare), (8, bare), (13, zoned))):
        at = moment("x", 2026, 3, 2, hour, grain="second", zone=zone)
        account.records.append(Message(where=Locator(pointer=f"/{number}"), at=at, sender=None, text=""))
    note_steps(account)
    assert [(note.code, note.where) for note in account.notes] == [("chat-time-goes-back", Locator(pointer="/2"))]
