"""Catalogue and timeline: every exhibit and every event, where it comes from, and what it is good for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipeline.locate import Locator
from pipeline.model import (
    Citation,
    Conflict,
    Event,
    Ingested,
    Kind,
    Message,
    Money,
    Quote,
    Reading,
    Reason,
    Receipt,
    Timeline,
)
from pipeline.moment import Moment, dateless, moment
from stages.assemble.content import Content
from stages.assemble.fonts import Fonts
from stages.assemble.layout import Book
from stages.assemble.parts.catalogue import draw_catalogue, purposes
from stages.assemble.parts.timeline import draw_timeline
from stages.assemble.style import BOTTOM, LEFT
from tests.stages.assemble import sample
from tests.stages.assemble.drawing import drawn, edited, in_language, item, lines, links, lowest, text

KNOWN = {"exhibits": {"1": (6, 7), "2": (8, 8), "3": (9, 11), "5-1": (15, 16), "6": (18, 18)}}


def catalogue(fonts: Fonts, content: Content, **changes: Any) -> str:
    return text(drawn(fonts, replace(content, **changes), draw_catalogue, **KNOWN))


def reason(said: str, *labels: str, quotes: tuple[tuple[str, str], ...] = ()) -> Reason:
    cites = tuple(
        Quote(says=quote, citation=Citation(
            exhibit=label, sha256="0" * 64, where=Locator(lines=(1, 1)), quote=quote, reader="r@1", certainty="exact",
        ))
        for label, quote in quotes
    )  # fmt: skip
    return Reason(text=said, side="applicant", exhibits=labels, quotes=cites)


def with_facts(content: Content, *facts: Reason) -> Content:
    appraisal = edited(content.appraisal, facts=facts, statements=(), claims=(), for_customer=())
    return replace(content, appraisal=appraisal)


def test_every_exhibit_ever_numbered_is_listed_in_order(fonts: Fonts, content: Content) -> None:
    book = drawn(fonts, content, draw_catalogue, **KNOWN)
    labels = [line for page in book.pages for line in lines(page, LEFT, LEFT + 30) if line in content_labels(content)]
    assert labels == ["1", "2", "3", "4", "5", "5-1", "5-2", "6", "7", "10"]


def content_labels(content: Content) -> set[str]:
    return {one.exhibit.label for one in content.items}


def test_pages_are_a_number_a_range_or_a_dash(fonts: Fonts, content: Content) -> None:
    def shown(label: str) -> str:
        (one,) = (one for one in content.items if one.exhibit.label == label)
        return text(drawn(fonts, replace(content, items=(one,)), draw_catalogue, **KNOWN))

    assert "6–7" in shown("1")
    assert shown("2").endswith("8完整")
    assert "—" in shown("4")
    assert "18未读取" in shown("6")


def test_each_row_leads_to_its_exhibit_and_can_be_reached(fonts: Fonts, content: Content) -> None:
    book = drawn(fonts, content, draw_catalogue, **KNOWN)
    labels = content_labels(content)
    assert links(book) == {f"exhibit-{label}" for label in labels}
    assert {f"catalogue-{label}" for label in labels} <= set(book.destinations)


def test_an_exhibit_is_named_by_what_was_read_from_it(content: Content) -> None:
    names = {one.exhibit.label: content.name(one) for one in content.items}
    assert names == {
        "1": "评价截图", "2": "订单记录", "3": "图片", "4": "图片", "5": "压缩包", "5-1": "聊天记录", "5-2": "图片",
        "6": "图片", "7": "图片", "10": "文本",
    }  # fmt: skip


def test_the_source_says_how_it_came(fonts: Fonts, content: Content) -> None:
    said = catalogue(fonts, content)
    assert "压缩包（证据 5），微信多选转发" in said
    assert "申诉人提交" in said
    assert "申诉人提交，new-format" in catalogue(
        fonts, content, items=(edited_format(item("2", "a.csv", sample.order_record()), "new-format"),)
    )


def edited_format(one: Any, name: str) -> Any:
    reading: Reading = edited(one.readings[0], format=name)
    return edited(one, readings=(reading, edited(reading, format="none")))


def test_the_remark_says_what_is_to_be_known(fonts: Fonts, content: Content) -> None:
    twice = (
        Receipt(name="a/b.csv", received="2026-03-17T02:02:11Z"),
        Receipt(name="c", received="2026-03-17T02:02:12Z"),
    )
    for one, remark in (
        (item("1", status="partly"), "部分读取"),
        (item("1", status="unread"), "未读取"),
        (item("1", status="withdrawn"), "已撤回"),
        (item("1", "b.csv", receipts=twice), "完整、收到2 次"),  # broken at its blank
    ):
        assert catalogue(fonts, content, items=(one,)).endswith(remark)
    (masked,) = (one for one in content.items if one.exhibit.label == "3")
    assert catalogue(fonts, content, items=(masked,)).endswith("完整、含遮盖")


def test_what_an_exhibit_proves_names_the_words_that_prove_it(content: Content) -> None:
    made = with_facts(content, reason("三天送达。", "2", "3", quotes=(("3", "签收时间 2026-03-13"), ("3", "已签收"))))
    exhibits = {one.exhibit.label: one for one in content.items}
    assert purposes(made, exhibits["3"]) == ["通过“签收时间 2026-03-13”，证明：三天送达"]
    assert purposes(made, exhibits["2"]) == ["证明：三天送达"]
    assert purposes(made, exhibits["1"]) == ["通过评价原文及发布时间，证明被申诉的内容"]
    assert purposes(made, exhibits["4"]) == []


def test_a_purpose_stands_once_however_often_it_is_given(content: Content) -> None:
    made = with_facts(content, reason("三天送达。", "2"), reason("三天送达", "2", "3"), reason("已付款", "2"))
    (two,) = (one for one in content.items if one.exhibit.label == "2")
    assert purposes(made, two) == ["证明：三天送达", "证明：已付款"]


def test_many_purposes_are_counted(fonts: Fonts, content: Content) -> None:
    made = with_facts(content, *(reason(f"事实{n}", "2") for n in range(5)))
    (two,) = (one for one in content.items if one.exhibit.label == "2")
    said = catalogue(fonts, made, items=(two,))
    assert "证明：事实0；证明：事实1；证明：事实2；等 2 项" in said
    assert "事实3" not in said


def test_what_proves_nothing_says_so(fonts: Fonts, content: Content) -> None:
    bare = with_facts(content)
    assert "备查" in catalogue(fonts, bare, items=(item("9"),))
    for status in ("unread", "withdrawn"):
        assert "未使用" in catalogue(fonts, bare, items=(item("9", status=status),))


def test_file_names_are_hidden_where_they_are_personal(fonts: Fonts, content: Content) -> None:
    said = catalogue(fonts, content, items=(item("9", f"证据/{sample.BUYER}{sample.PHONE}.png"),))
    assert "林**159****9938.png" in said
    assert "证据/" not in said


def test_hundreds_of_exhibits_take_many_pages_and_none_is_lost(fonts: Fonts, content: Content) -> None:
    book = drawn(fonts, replace(content, items=tuple(item(str(n)) for n in range(1, 301))), draw_catalogue)
    assert len(book.pages) > 8
    assert {f"catalogue-{n}" for n in range(1, 301)} <= set(book.destinations)
    assert lowest(book) < BOTTOM
    assert all("序号" in lines(page)[0] or "序号" in lines(page)[2] for page in book.pages)


def test_the_catalogue_speaks_english(fonts: Fonts, content: Content) -> None:
    said = text(drawn(fonts, in_language(content, "en"), draw_catalogue, **KNOWN))
    for phrase in (
        "List of exhibits",
        "Review screenshot",
        "handed in by the",
        "withdrawn",
        "received 2",
    ):
        assert phrase in said


# the timeline

CITE = Citation(exhibit="2", sha256="0" * 64, where=Locator(lines=(1, 1)), quote="", reader="r@1", certainty="exact")


def event(number: int, said: str = "", at: Moment | None = None, **values: Any) -> Event:
    when = at or sample.at("2026-03-11 20:14", grain="minute")
    fields = {
        "id": f"{number:016x}",
        "number": number,
        "role": "chat.message",
        "at": when,
        "text": said,
        "citations": (CITE,),
    }
    return Event(**{**fields, **values})


def timeline(fonts: Fonts, content: Content, *events: Event, **values: Any) -> Book:
    made = Timeline(**{"zone": "+08:00", "events": events, **values})
    return drawn(fonts, replace(content, timeline=made), draw_timeline, **KNOWN)


def test_an_event_says_when_what_and_where(fonts: Fonts, content: Content) -> None:
    said = text(timeline(fonts, content, event(1, "在吗", actors=("momo酱",))))
    assert "共 1 项。" in said
    assert "1" in said
    assert "2026-03-11 20:14精确到分、时区按平台聊天momo酱：在吗证据 2 · 第 8 页" in said


def test_a_time_that_was_read_otherwise_stands_as_it_was_read(fonts: Fonts, content: Content) -> None:
    anchored = moment(
        "昨天 21:14", 2026, 3, 16, 21, 14, grain="minute", zone=sample.ZONE, date_basis="anchored", anchor="截屏时间"
    )
    said = text(timeline(fonts, content, event(1, "在吗", anchored)))
    assert "2026-03-16 21:14原文“昨天 21:14”精确到分、时区按平台、日期据截屏时间推算" in said


def test_neighbours_whose_order_is_unknown_are_marked(fonts: Fonts, content: Content) -> None:
    one, two = event(1, "一"), event(2, "二")
    said = text(timeline(fonts, content, one, two, order_unknown=((one.id, two.id),)))
    assert said.count("≈ 与上一项的先后不能确定") == 1
    assert said.index("一") < said.index("≈ 与上一项") < said.rindex("二")


def test_amounts_are_added_unless_the_words_have_them(fonts: Fonts, content: Content) -> None:
    money = Money(value="8.00", currency="CNY")
    said = text(timeline(fonts, content, event(1, "补偿", role="refund.paid", amount=money)))
    assert "补偿 8.00 CNY" in said
    said = text(timeline(fonts, content, event(1, "补偿 8.00 元", role="refund.paid", amount=money)))
    assert "CNY" not in said


def test_actors_are_named_where_somebody_speaks(fonts: Fonts, content: Content) -> None:
    said = text(timeline(fonts, content, event(1, "下单", role="order.created", actors=("momo酱",))))
    assert "momo酱" not in said


@pytest.mark.parametrize(("certainty", "word"), [("disputed", "两次识别读数不一致"), ("corrected", "经人工更正")])
def test_doubts_about_a_reading_stand_beside_it(fonts: Fonts, content: Content, certainty: str, word: str) -> None:
    said = text(timeline(fonts, content, event(1, "在吗", citations=(edited(CITE, certainty=certainty),))))
    assert word in said


def test_conflicts_name_their_events_and_lead_there(fonts: Fonts, content: Content) -> None:
    one, two = event(1, "一"), event(2, "二")
    conflict = Conflict(code="x", message="两处不一致。", events=(one.id, two.id, "unknown"))
    book = timeline(fonts, content, one, two, conflicts=(conflict,))
    assert "相互矛盾之处· 两处不一致。（第 1、2 项）" in text(book)
    assert f"event-{one.id}" in links(book) & set(book.destinations)


def test_gaps_and_undated_events_have_their_place(fonts: Fonts, content: Content) -> None:
    undated = event(3, "不知何时", dateless("周五", "day"))
    gaps = ({"message": f"{sample.PHONE}之后三天没有消息。"}, {"from": "2026-03-01", "to": "2026-03-05"})
    said = text(timeline(fonts, content, event(1, "一"), untimed=(undated,), gaps=gaps))
    assert said.index("日期不明的事项") < said.index("不知何时") < said.index("空缺")
    assert "周五" in said
    assert "· 159****9938之后三天没有消息。" in said
    assert "· 2026-03-01 – 2026-03-05" in said


def test_without_events_it_says_so(fonts: Fonts, content: Content) -> None:
    assert "没有读到带时间的事实。" in text(timeline(fonts, content))


def test_words_of_the_timeline_are_hidden_where_they_are_personal(fonts: Fonts, content: Content) -> None:
    said = text(timeline(fonts, content, event(1, f"我是{sample.BUYER}", actors=(sample.BUYER,))))
    assert "林**：我是林**" in said
    assert sample.BUYER not in said


def test_a_thousand_events_are_all_there(fonts: Fonts, content: Content) -> None:
    book = timeline(fonts, content, *(event(n, f"第{n}件事") for n in range(1, 1001)))
    said = text(book)
    assert all(f"第{n}件事" in said for n in range(1, 1001))
    assert lowest(book) < BOTTOM


def test_the_timeline_speaks_english(fonts: Fonts, content: Content) -> None:
    said = text(drawn(fonts, in_language(content, "en"), draw_timeline, **KNOWN))
    for phrase in ("Timeline", "to the second", "platform's zone", "Shipped", "Conflicts"):
        assert phrase in said


def test_a_kind_of_file_names_what_nothing_was_read_from(content: Content) -> None:
    balance = content.items[0].readings[0].balance
    names: dict[Kind, str] = {"pdf": "PDF 文件", "empty": "空文件", "text": "文本", "unknown": "文件"}
    for kind, name in names.items():
        one = item("9", ingested=Ingested(media_type="x/y", kind=kind, balance=balance))
        assert content.name(one) == name


def test_a_long_message_begins_here_and_leads_to_the_whole(fonts: Fonts, content: Content) -> None:
    said = "长" * 2000
    where = Locator(lines=(7, 8))
    chat = item("2", "chat.txt", Message(where=where, at=None, sender="momo酱", text=said))
    cite = edited(CITE, where=where)
    book = timeline(fonts, replace(content, items=(chat,), shots={}), event(1, said, citations=(cite,)))
    shown = text(book)
    assert shown.count("长") == 160
    assert "…（全文见证据2第1条）" in shown.replace(" ", "")
    assert "message-2-1" in links(book)


def test_a_long_text_of_another_kind_leads_to_its_exhibit(fonts: Fonts, content: Content) -> None:
    book = timeline(fonts, content, event(1, "长" * 500))
    assert "…（全文见证据 2）" in text(book)
    assert "exhibit-2" in links(book)


def test_what_a_withdrawn_file_was_is_told_by_its_name(content: Content) -> None:
    kinds = [content.kind(item("9", name, status="withdrawn")) for name in ("a.PNG", "b.xlsx", "c.zip", "d.bin", "e")]
    assert kinds == ["image", "table", "archive", "unknown", "unknown"]


def test_a_quote_is_said_to_answer_its_passage(content: Content) -> None:
    quotes = tuple(Quote(says=said, citation=edited(CITE, quote=said)) for said in ("甲", "乙", "丙"))
    reason = Reason(text="所引 3 处原文", side="applicant", exhibits=("2",), quotes=quotes, answers="没发货")
    told = replace(content, appraisal=edited(content.appraisal, facts=(reason,), statements=(), claims=()))
    two = next(one for one in told.items if one.exhibit.label == "2")
    assert "通过“甲”、“乙”等 3 处原文，回应“没发货”" in purposes(told, two)
