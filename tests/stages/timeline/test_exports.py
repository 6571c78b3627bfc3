"""The same chat in several exports: one event for each message, and what one export lacks."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract import Item
from pipeline.locate import Locator
from pipeline.model import Event, Mail, Message, Person, ReviewClaim, Side, Timeline
from pipeline.moment import Zone, dateless, from_epoch_ms, moment
from stages.timeline import Params
from stages.timeline.exports import platform_of
from stages.timeline.line import draw
from tests.made import SHANGHAI, at, item, message

PARAMS = Params(language="zh-CN", zone=SHANGHAI, review=ReviewClaim())
TALK: tuple[tuple[str, Side, str], ...] = (
    ("10:01", "other", "您好，包裹破损了"),
    ("10:02", "self", "亲，抱歉给您添麻烦了"),
    ("10:02", "other", "好的"),
    ("10:05", "other", "请看图，盒子全扁了"),
    ("10:09", "self", "今天就补发给您"),
    ("10:11", "other", "好的"),
)
NAMES: dict[Side, str] = {"other": "林小姐", "self": "阿青", "system": "", "unknown": ""}


def spoken(
    talk: Sequence[tuple[str, Side, str]] = TALK, *, names: dict[Side, str] = NAMES, sides: bool = True, **changes: Any
) -> list[Message]:
    made = [
        message(n, f"2026-03-12 {clock}", names[side], text, side if sides else "unknown")
        for n, (clock, side, text) in enumerate(talk, 1)
    ]
    return [msgspec.structs.replace(one, **changes) for one in made]


def by_epoch(messages: Sequence[Message], **changes: Any) -> list[Message]:
    """The same as an export with time stamps has them, at a second inside each minute."""
    found = []
    for n, one in enumerate(messages):
        first = one.at.first if one.at else None
        assert first is not None
        epoch = int(first.timestamp() * 1000) + 7000
        where = Locator(pointer=f"/messages/{n}")
        when = from_epoch_ms(str(epoch), epoch, SHANGHAI, grain="second")
        found.append(msgspec.structs.replace(one, at=when, where=where, **changes))
    return found


def export(label: str, messages: Sequence[Message], reader: str = "wechat-share@1") -> Item:
    return item(label, f"聊天{label}.txt", *messages, reader=reader)


def drawn(*items: Item, people: tuple[Person, ...] = ()) -> Timeline:
    return draw(items, msgspec.structs.replace(PARAMS, people=people))


def talk_of(timeline: Timeline) -> list[Event]:
    return [event for event in (*timeline.events, *timeline.untimed) if event.role == "chat.message"]


def held(*items: Item, **options: Any) -> list[tuple[str, tuple[str, ...]]]:
    return [(event.text, event.exhibits) for event in talk_of(drawn(*items, **options))]


WHOLE = [(text, ("1", "2")) for _, _, text in TALK]


def test_two_formats_of_one_chat_are_one_with_the_finer_time() -> None:
    text, json = export("1", spoken()), export("2", by_epoch(spoken()), "memotrace-csv@1")
    events = talk_of(drawn(text, json))
    assert [(event.text, event.exhibits) for event in events] == WHOLE
    assert {event.at.grain for event in events} == {"second"}
    assert [cite.exhibit for cite in events[0].citations] == ["2", "1"]
    assert not drawn(text, json).conflicts


def test_a_chat_of_another_platform_is_never_the_same() -> None:
    assert len(held(export("1", spoken()), export("2", spoken(), "qq-txt@1"))) == 2 * len(TALK)
    assert len({event.id for event in talk_of(drawn(export("1", spoken()), export("2", spoken(), "qq-txt@1")))}) == 12


@pytest.mark.parametrize(
    ("reader", "declared", "platform"),
    [
        ("wechat-share@1", {}, "wechat"),
        ("memotrace-csv@1", {}, "wechat"),
        ("weflow-json@2", {}, "wechat"),
        ("chatlog-txt@1", {}, "wechat"),
        ("qqchatexporter-json@1", {}, "qq"),
        ("whatsapp-txt@1", {}, "whatsapp"),
        ("telegram-json@1", {}, "telegram"),
        ("chatlab-json@1", {"platform": "xiaohongshu"}, "xiaohongshu"),
        ("chatlab-json@1", {"platform": "WeChat"}, "wechat"),
        ("qq-txt@1", {"platform": "wechat"}, "qq"),
        ("eml@1", {}, "mail"),
        ("mbox@1", {}, "mail"),
    ],
)
def test_the_platform_follows_from_the_reader(reader: str, declared: dict[str, str | int], platform: str) -> None:
    reading = export("1", spoken(), reader).readings[0]
    assert platform_of(msgspec.structs.replace(reading, declared=declared)) == platform


def test_people_under_other_names_are_known_by_what_they_say() -> None:
    common: list[tuple[str, Side, str]] = [
        *TALK, ("10:15", "self", "单号稍后发给您"), ("10:16", "self", "请您注意查收")
    ]  # fmt: skip
    other = spoken(common, names={"other": "momo酱", "self": "店铺客服小雨"}, sides=False)
    longer = [("10:00", "self", "您好，初晴女装为您服务"), *common, ("10:20", "self", "已经给您寄出了")]
    found = held(export("1", spoken(longer, sides=False)), export("2", other))  # type: ignore[arg-type]
    assert [one for one in found if len(one[1]) == 1] == [
        ("您好，初晴女装为您服务", ("1",)), ("已经给您寄出了", ("1",)),
    ]  # fmt: skip


def test_people_whom_the_case_joins_are_one() -> None:
    people = (Person(name="momo酱", aliases=("林小姐", "wxid_lin"), side="customer"),)
    one = export("1", spoken(TALK[:1], sides=False))
    two = export("2", spoken(TALK[:1], names={"other": "L"}, sides=False, sender_id="wxid_lin"))
    events = talk_of(drawn(one, two, people=people))
    assert [(event.exhibits, event.actors) for event in events] == [(("1", "2"), ("momo酱",))]


def test_of_two_names_that_of_a_person_of_the_case_is_told() -> None:
    people = (Person(name="momo酱", aliases=("林小姐",), side="customer"),)
    other = by_epoch(spoken(names={"other": "lin", "self": "阿青"}))
    events = talk_of(drawn(export("1", spoken()), export("2", other, "memotrace-csv@1"), people=people))
    assert {event.actors for event in events} == {("momo酱",), ("阿青",)}
    assert {event.at.grain for event in events} == {"second"}


def test_one_greeting_to_two_customers_stays_two() -> None:
    greeted: list[tuple[str, Side, str]] = [("10:01", "other", "在吗"), ("10:01", "self", "您好，请问有什么可以帮您")]
    one = export("1", spoken([*greeted, ("10:03", "other", "什么时候发货呀")]))
    two = export("2", spoken([*greeted, ("10:04", "other", "尺码偏大吗")], names={"other": "王女士", "self": "阿青"}))
    assert len(held(one, two)) == 6


def test_a_later_export_with_more_messages_holds_the_earlier_one() -> None:
    later = export("2", spoken([*TALK, ("11:00", "other", "收到了，谢谢"), ("11:01", "self", "不客气")]))
    timeline = drawn(export("1", spoken()), later)
    assert [event.exhibits for event in talk_of(timeline)] == [("1", "2")] * 6 + [("2",)] * 2
    assert not timeline.conflicts


def test_what_one_export_lacks_between_common_messages_is_a_conflict() -> None:
    short = [TALK[0], *TALK[3:]]
    timeline = drawn(export("1", spoken()), export("2", spoken(short)))
    (conflict,) = timeline.conflicts
    assert conflict.code == "chat-export-lacks"
    assert "证据 2 缺少证据 1 中的 2 条消息" in conflict.message
    assert "亲，抱歉给您添麻烦了" in conflict.message
    texts = {event.id: event.text for event in talk_of(timeline)}
    assert [texts[name] for name in conflict.events] == ["亲，抱歉给您添麻烦了", "好的"]


def test_both_exports_can_lack_something() -> None:
    talk = drawn(export("1", spoken(TALK[:2] + TALK[3:])), export("2", spoken(TALK[:3] + TALK[4:])))
    assert [conflict.message[:12] for conflict in talk.conflicts] == ["同一段聊天的两份导出不一"] * 2
    assert sorted(event.text for event in talk_of(talk)) == sorted(text for _, _, text in TALK)


def test_what_two_formats_word_differently_is_not_lacking() -> None:
    worded = [(*one[:2], "请看图：盒子全扁了[图]" if "扁" in one[2] else one[2]) for one in TALK]
    linked = [message(9, "2026-03-12 10:06", "林小姐", "https://example.com", "other", "link")]
    other = export("2", [*by_epoch(spoken(worded))], "memotrace-csv@1")
    one = export("1", [*spoken()[:4], *linked, *spoken()[4:]])
    timeline = drawn(one, other)
    assert not timeline.conflicts
    assert len(talk_of(timeline)) == len(TALK) + 2
    (lacking,) = drawn(
        export("1", spoken()), export("2", by_epoch(spoken(TALK[:3] + TALK[4:])), "memotrace-csv@1")
    ).conflicts
    assert "证据 2 缺少证据 1 中的 1 条消息" in lacking.message


def test_the_same_words_of_a_whole_minute_take_no_long_time() -> None:
    flood: list[tuple[str, Side, str]] = [("10:01", "other", "在吗在吗")] * 3000
    assert {event.exhibits for event in talk_of(drawn(export("1", spoken(flood)), export("2", spoken(flood))))} == {
        ("1", "2")
    }


def test_notices_that_only_one_exporter_writes_are_no_conflict() -> None:
    notice = message(9, "2026-03-12 10:04", "", "以上是打招呼的内容", "system", "system")
    with_notice = [*spoken()[:3], notice, *spoken()[3:]]
    assert not drawn(export("1", with_notice), export("2", spoken())).conflicts


def test_a_notice_with_only_a_day_is_the_one_with_a_time_between_the_same_messages() -> None:
    day = moment("2026-03-12", 2026, 3, 12, grain="day", zone=SHANGHAI)
    dated = msgspec.structs.replace(message(8, None, "", "你撤回了一条消息", "system", "recall"), at=day)
    timed = msgspec.structs.replace(dated, at=at("2026-03-12 10:04"))
    one = export("1", [*spoken()[:3], dated, *spoken()[3:]])
    two = export("2", [*spoken()[:3], timed, *spoken()[3:]])
    found = [event for event in talk_of(drawn(one, two)) if "撤回" in event.text]
    assert [(event.exhibits, event.at.grain) for event in found] == [(("1", "2"), "minute")]


def test_undated_exports_are_joined_in_their_order() -> None:
    undated = [msgspec.structs.replace(one, at=dateless("10:01", "minute")) for one in spoken()]
    assert held(export("1", undated), export("2", undated)) == WHOLE
    assert held(export("1", undated), export("2", spoken())) == WHOLE


def test_clocks_that_cannot_be_compared_join_nothing() -> None:
    zoneless = [msgspec.structs.replace(one, at=at(one.at.said, None)) for one in spoken() if one.at]
    assert len(held(export("1", zoneless), export("2", spoken()))) == 2 * len(TALK)
    abroad = [
        msgspec.structs.replace(one, at=at(one.at.said, Zone(name="Europe/Paris", basis="case")))
        for one in spoken()
        if one.at
    ]
    assert len(held(export("1", abroad), export("2", spoken()))) == 2 * len(TALK)


def test_pictures_are_the_same_however_exporters_word_them() -> None:
    said = spoken([*TALK, ("10:12", "other", "[图片: 8b0a.jpg(请在附件中查看)]")])
    named = [*spoken(), msgspec.structs.replace(said[-1], text="[图片]")]
    left = [*said[:-1], msgspec.structs.replace(said[-1], type="image")]
    right = [*named[:-1], msgspec.structs.replace(named[-1], type="image")]
    assert held(export("1", left), export("2", right))[-1][1] == ("1", "2")


def test_the_same_words_twice_in_a_minute_stay_two_in_both() -> None:
    talk = [*TALK, ("10:12", "other", "在吗在吗"), ("10:12", "other", "在吗在吗")]
    assert held(export("1", spoken(talk)), export("2", spoken(talk)))[-2:] == [("在吗在吗", ("1", "2"))] * 2  # type: ignore[arg-type]


def test_three_exports_are_one_chat() -> None:
    found = held(*(export(label, spoken()) for label in ("1", "2", "10")))
    assert found == [(text, ("1", "2", "10")) for _, _, text in TALK]


def test_a_mail_alone_and_in_a_mailbox_is_one_by_its_id() -> None:
    mail = Mail(
        where=Locator(lines=(1, 9)), at=at("2026-03-12 10:00:05"), sender="客服", text="已发货", message_id="a@b",
        subject="发货通知", to=("lin@example.com",),
    )  # fmt: skip
    edited = msgspec.structs.replace(mail, text="已发货\n-- \n签名", where=Locator(lines=(40, 60)))
    timeline = drawn(export("1", [mail], "eml@1"), export("2", [edited], "mbox@1"))
    (event,) = timeline.events
    assert (event.role, event.exhibits) == ("mail.sent", ("1", "2"))
    assert event.text.startswith("发货通知\n")


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 40), st.booleans())
def test_no_message_is_lost_or_told_twice(rng: random.Random, count: int, by_stamp: bool) -> None:
    texts = ("在吗", "好的", "什么时候发货呀", "今天下午就发出", "谢谢您")
    talk = [(f"10:{rng.randrange(20):02}", rng.choice(("self", "other")), rng.choice(texts)) for _ in range(count)]
    talk.sort()
    kept = [one for one in talk if rng.random() < 0.8]
    one, two = spoken(talk), spoken(kept)  # type: ignore[arg-type]
    items = (export("1", one), export("2", by_epoch(two) if by_stamp else two, "memotrace-csv@1"))
    events = talk_of(drawn(*items))
    for held_item in items:
        label = held_item.exhibit.label
        cited = [cite.where for event in events for cite in event.citations if cite.exhibit == label]
        places = [record.where for record in held_item.readings[0].records]
        assert sorted(map(str, cited)) == sorted(map(str, places))
    assert all(len(event.citations) == len(event.exhibits) for event in events)
    assert len({event.id for event in events}) == len(events)
    assert drawn(*items) == drawn(*reversed(items))
