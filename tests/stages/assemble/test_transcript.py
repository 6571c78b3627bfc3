"""Transcripts: who speaks, what is said about completeness, and how long chats are cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from pipeline.contract import Item
from pipeline.locate import Locator
from pipeline.model import Attachment, Mail, Mark, Message, Note, Person
from pipeline.moment import dateless, from_epoch_ms, moment
from stages.assemble.content import Content
from stages.assemble.fonts import Fonts
from stages.assemble.layout import Book
from stages.assemble.page import Box, Disc
from stages.assemble.parts.completeness import silences, steps_back
from stages.assemble.parts.exhibits import draw_exhibits
from stages.assemble.parts.timeline import draw_timeline
from stages.assemble.parts.transcript import draw_transcript
from stages.assemble.style import ACCENT, SOFT
from tests.stages.assemble import sample
from tests.stages.assemble.drawing import a_book, drawn, edited, glyphs, in_language, item, lines, links, text
from tests.stages.timeline.test_exports import drawn as timeline_of
from tests.stages.timeline.test_exports import export, spoken


def message(
    number: int, said: str, side: str = "other", when: str | None = "2026-03-11 20:14", **values: Any
) -> Message:
    at = sample.at(when, grain="minute") if when else None
    own = {
        "where": Locator(lines=(2 * number - 1, 2 * number)),
        "at": at,
        "sender": "林小姐",
        "text": said,
        "side": side,
    }
    return Message(**{**own, **values})


def many(count: int) -> list[Message]:
    return [
        message(n, f"第{n}句。", "self" if n % 3 == 0 else "other", f"2026-03-{1 + n // 60:02} 10:{n % 60:02}")
        for n in range(1, count + 1)
    ]


def chat(*messages: Message, **changes: Any) -> Item:
    made = item("5-1", "chat.txt", *messages)
    reading = edited(made.readings[0], format="wechat-share", reader="wechat-share@1", **changes)
    return edited(made, readings=(reading,))  # type: ignore[no-any-return]


def transcript(fonts: Fonts, content: Content, talk: Item) -> Book:
    book = a_book(fonts, content.language)
    draw_transcript(book, content, talk)
    return book


# who speaks


def test_a_name_is_shown_as_written_with_the_person_it_is(fonts: Fonts, content: Content) -> None:
    people = (Person(name="momo酱", aliases=("林小姐", "wxid_1"), side="customer"),)
    joined = replace(content, case=edited(content.case, people=people))
    said = text(transcript(fonts, joined, chat(message(1, "在吗"))))
    assert "momo酱（林小姐）　20:14" in said
    assert "momo酱（L）　20:14" in text(
        transcript(fonts, joined, chat(message(1, "在吗", sender="L", sender_id="wxid_1")))
    )
    assert "momo酱　20:14" in text(transcript(fonts, joined, chat(message(1, "在吗", sender="momo酱"))))
    assert "momo酱　20:14" in text(transcript(fonts, joined, chat(message(1, "在吗", sender=None, sender_id="wxid_1"))))


def test_a_name_of_two_people_is_nobody(fonts: Fonts, content: Content) -> None:
    people = (Person(name="甲", aliases=("林小姐",)), Person(name="乙", aliases=("林小姐",)))
    said = text(transcript(fonts, replace(content, case=edited(content.case, people=people)), chat(message(1, "在吗"))))
    assert "林小姐　20:14" in said


# kinds of messages


def test_a_recall_is_a_notice_that_says_what_the_file_does_not_hold(fonts: Fonts, content: Content) -> None:
    recall = message(1, "林小姐撤回了一条消息", "system", sender=None, type="recall", recalled=True)
    book = transcript(fonts, content, chat(recall))
    assert "20:14　林小姐撤回了一条消息（撤回提示，文件中没有被撤回的内容）" in text(book)
    (frame,) = (mark for mark in book.page.marks if isinstance(mark, Box))
    assert frame.dash
    assert frame.stroke == SOFT
    assert "有 1 条被撤回（第 1 条）" in text(book)


def test_a_recalled_message_whose_words_the_tool_kept_has_a_dashed_bubble(fonts: Fonts, content: Content) -> None:
    book = transcript(fonts, content, chat(message(1, "这句", recalled=True)))
    (bubble,) = (mark for mark in book.page.marks if isinstance(mark, Box))
    assert bubble.dash
    assert "这句（已撤回，导出工具保留了内容）" in text(book)


def test_a_notice_has_no_bubble_and_one_of_a_day_no_time(fonts: Fonts, content: Content) -> None:
    day = moment("2026-03-11", 2026, 3, 11, grain="day", zone=sample.ZONE)
    notice = message(1, "以上是打招呼的内容", "system", sender=None, type="system", at=day)
    book = transcript(fonts, content, chat(notice))
    assert not [mark for mark in book.page.marks if isinstance(mark, Box)]
    assert text(book).endswith("2026-03-111以上是打招呼的内容")


def test_a_reply_names_the_message_it_quotes(fonts: Fonts, content: Content) -> None:
    talk = (
        message(1, "什么时候发货", "other"),
        message(2, "明天", "self"),
        message(3, "好", reply_to="明天"),
        message(4, "谢谢", reply_to="阿青：明天"),
        message(5, "嗯", reply_to="1234567890123"),
    )
    book = transcript(fonts, content, chat(*talk))
    said = text(book)
    assert "回复第 2 条：明天好" in said
    assert "回复第 2 条：阿青：明天谢谢" in said
    assert "回复：1234567890123嗯" in said
    assert "message-5-1-2" in links(book)


def test_a_long_quote_in_a_reply_is_cut(fonts: Fonts, content: Content) -> None:
    said = text(transcript(fonts, content, chat(message(1, "好", reply_to="很长" * 100))))
    assert "很长" * 30 + "…" in said
    assert "很长" * 31 not in said


def test_a_placeholder_of_a_file_is_not_repeated(fonts: Fonts, content: Content) -> None:
    photo = next(one for one in content.items if one.exhibit.label == "5-2")
    held = Attachment(name="8b0a.jpg", found=True, sha256=photo.exhibit.digest.removeprefix("sha256:"))
    said = text(
        transcript(
            fonts, content, chat(message(1, "[图片: 8b0a.jpg(请在附件中查看)]", type="image", attachments=(held,)))
        )
    )
    assert "请在附件中查看" not in said
    assert "附件：8b0a.jpg（证据 5-2）" in said
    assert "附件 1 个，均在证据中。" in said
    with_words = chat(message(1, "看 8b0a.jpg 这张", attachments=(held,)))
    assert "看 8b0a.jpg 这张" in text(transcript(fonts, content, with_words))


def test_files_that_are_not_there_are_counted(fonts: Fonts, content: Content) -> None:
    gone = message(1, "", type="image", attachments=(Attachment(name="a.jpg"), Attachment(name="b.jpg")))
    assert "附件 2 个，其中 2 个不在证据中。" in text(transcript(fonts, content, chat(gone)))


def test_several_conversations_have_a_heading_each(fonts: Fonts, content: Content) -> None:
    talk = (message(1, "一", chat="林小姐"), message(2, "二", chat="林小姐"), message(3, "三", chat="售后群"))
    texts = [mark.text for mark in glyphs(transcript(fonts, content, chat(*talk)).pages)]
    assert [one for one in texts if one.startswith("会话：")] == ["会话：林小姐", "会话：售后群"]
    assert texts.count("2026-03-11") == 2, "the day is named anew under each heading"


def test_a_mail_shows_its_subject_and_recipients(fonts: Fonts, content: Content) -> None:
    mail = Mail(
        where=Locator(lines=(1, 9)), at=sample.at("2026-03-12 10:00:05"), sender="客服 <kefu@example.com>", text="正文",
        subject="发货通知", to=tuple(f"a{n}@example.com" for n in range(8)), side="other",
    )  # fmt: skip
    said = text(transcript(fonts, content, chat(mail)))
    assert "主题：发货通知收件人：a***@example.com、" in said
    assert "另有 2人" in said.replace("2 人", "2人")
    assert "邮件文件由当事人提交" in said
    held = replace(content, items=(chat(mail),))
    assert held.kind(held.items[0]) == "mail"


# completeness


def test_it_says_how_the_chat_came_and_what_its_times_are(fonts: Fonts, content: Content) -> None:
    said = text(transcript(fonts, content, chat(message(1, "在吗"))))
    assert "微信多选转发。文件只写钟面时间、不写时区，按平台所在时区（+08:00）理解。时间精确到分。" in said
    assert "导出的聊天记录是当事人自行制作、可以编辑的副本" in said
    stamp = from_epoch_ms("1773231240000", 1773231240000, sample.ZONE)
    assert "时间戳（含时区），按 +08:00 显示。时间精确到毫秒。" in text(
        transcript(fonts, content, chat(message(1, "在吗", at=stamp)))
    )
    zoneless = moment("20:14", 2026, 3, 11, 20, 14, grain="minute")
    assert "时区不明" in text(transcript(fonts, content, chat(message(1, "在吗", at=zoneless))))
    undated = chat(message(1, "在吗", at=dateless("20:14", "minute")))
    assert "消息没有可用的日期。" in text(transcript(fonts, content, undated))


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ({"messages": 1}, "与文件自报的 1 条一致。"),
        ({"messages": 4}, "文件自报 4 条，实际读到 1 条，两者不符。"),
        ({}, "文件没有声明总数"),
        ({"messages": "很多"}, "文件没有声明总数"),
    ],
)
def test_a_declared_total_is_compared(fonts: Fonts, content: Content, declared: dict[str, Any], said: str) -> None:
    assert said in text(transcript(fonts, content, chat(message(1, "在吗"), declared=declared)))


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ({"name": "林小姐"}, "会话“林小姐”。首条"),
        ({"name": "售后群", "chat": "group"}, "群聊“售后群”。首条"),
        ({"name": ""}, "起止首条"),
    ],
)
def test_a_chat_is_named_as_the_file_names_it(
    fonts: Fonts, content: Content, declared: dict[str, Any], said: str
) -> None:
    assert said in text(transcript(fonts, content, chat(message(1, "在吗"), declared=declared)))


def test_what_readers_left_out_is_said_to_those_who_judge(fonts: Fonts, content: Content) -> None:
    notes = (
        Note(code="chats-of-others", values={"count": 7, "read": 1}),
        Note(code="chat-preview-only"),
        Note(code="chat-empty-message", where=Locator(lines=(3, 3))),
    )
    said = text(transcript(fonts, content, chat(message(1, "在吗"), notes=notes)))
    assert "原文件共有 7 个会话，这里只有与本案买家有关的 1 个" in said
    assert "合并转发的聊天只有预览的几行" in said
    assert "case.toml" not in said


def test_long_silences_and_steps_back_are_told(fonts: Fonts, content: Content) -> None:
    talk = (
        message(1, "一", when="2026-03-01 10:00"),
        message(2, "二", when=None),
        message(3, "三", when="2026-03-08 10:00"),
        message(4, "四", when="2026-03-08 09:00"),
    )
    (silence,) = silences(talk)
    assert (silence.earlier, silence.later, silence.length) == (1, 3, timedelta(days=7))
    assert steps_back(talk) == [4]
    said = text(transcript(fonts, content, chat(*talk)))
    assert "三天以上的间隔 1 处：第 1、3 条之间 7 天（2026-03-01 10:00 至 2026-03-08 10:00）。" in said
    assert "有 1 处时间早于前一条（第 4 条），按文件顺序排印。" in said


def test_silence_and_order_are_those_of_one_conversation() -> None:
    talk = (
        message(1, "一", when="2026-03-08 10:00", chat="甲"),
        message(2, "二", when="2026-03-01 10:00", chat="乙"),
        message(3, "三", when="2026-03-09 10:00", chat="甲"),
    )
    assert silences(talk) == []
    assert steps_back(talk) == []


def test_a_chat_of_one_minute_has_no_silence(fonts: Fonts, content: Content) -> None:
    assert silences([message(n, "话") for n in range(1, 9)]) == []
    assert "没有三天以上的间隔，时间没有倒退。" in text(transcript(fonts, content, chat(message(1, "在吗"))))


# long chats


def test_of_a_long_chat_what_is_cited_is_printed_and_the_rest_counted_in_place(fonts: Fonts, content: Content) -> None:
    mark = Mark(number=1, exhibit="5-1", where=Locator(lines=(999, 1000)), title="答复", text="与评价不符。")
    bare = replace(content, timeline=timeline_of(), marks={"5-1": (mark,)})
    book = transcript(fonts, bare, chat(*many(1200)))
    said = text(book)
    assert "共 1,200 条" in said
    assert "共 61 条；其余 1,139 条在原位注明略去" in said.replace(" ", " ")
    assert "此处略去 469 条（第 11–479 条），2026-03-01 10:11 至 2026-03-08 10:59" in said
    assert "此处略去 670 条（第 521–1190 条）" in said
    printed = [int(mark.text) for mark in glyphs(book.pages) if mark.text.isdecimal() and mark.x < 65]
    assert [n for n in printed if n > 1 or printed.index(n) == 0] == [
        *range(1, 11),
        *range(480, 521),
        *range(1191, 1201),
    ]
    assert [mark for page in book.pages for mark in page.marks if isinstance(mark, Disc)]
    assert set(book.messages.values()) == {*range(1, 11), *range(480, 521), *range(1191, 1201)}
    assert all(1 <= page <= len(book.pages) for page, _ in book.destinations.values())


def test_lines_inside_a_message_mark_it(fonts: Fonts, content: Content) -> None:
    mark = Mark(number=3, exhibit="5-1", where=Locator(lines=(2, 2)), title="答复", text="")
    book = transcript(fonts, replace(content, marks={"5-1": (mark,)}), chat(message(1, "在吗"), message(2, "在的")))
    (bubble,) = (one for one in book.page.marks if isinstance(one, Box) and one.stroke == ACCENT)
    assert bubble.weight > 1


def test_the_timeline_counts_the_messages_that_it_leaves_out(fonts: Fonts, content: Content) -> None:
    talk = chat(*many(500))
    timeline = timeline_of(talk)
    quiet = replace(
        content, items=(talk,), timeline=timeline, marks={}, appraisal=edited(content.appraisal, **NO_FACTS)
    )
    book = drawn(fonts, quiet, draw_timeline)
    said = text(book)
    assert "共 500 项。" in said
    assert "另有 498 条在原位注明略去" in said
    assert "此处略去 498 条消息，见证据 5-1 第 2–499 条。" in said
    assert len(book.pages) == 1
    english = text(drawn(fonts, in_language(quiet, "en"), draw_timeline))
    assert "498 messages left out here, see exhibit 5-1" in english


NO_FACTS: dict[str, Any] = {"facts": (), "for_customer": (), "statements": (), "claims": (), "review_quotes": ()}


def test_messages_that_the_timeline_prints_stand_in_the_transcript_under_their_number(
    fonts: Fonts, content: Content
) -> None:
    talk = many(500)
    talk[249] = msgspec.structs.replace(talk[249], text=f"单号 {sample.PARCEL} 已发出")
    held = chat(*talk)
    table = next(one for one in content.items if one.exhibit.label == "2")
    quiet = replace(
        content,
        items=(table, held),
        timeline=timeline_of(held),
        marks={},
        appraisal=edited(content.appraisal, **NO_FACTS),
    )
    exhibits = drawn(fonts, quiet, draw_exhibits)
    assert {1, 250, 500} <= set(exhibits.messages.values())
    learnt = exhibits.learnt()
    known = {"placed": learnt.placed, "exhibits": learnt.exhibits, "messages": learnt.messages}
    rows = [line for page in drawn(fonts, quiet, draw_timeline, **known).pages for line in lines(page)]
    assert any(sample.PARCEL in row and "证据 5-1 第 250 条" in row for row in rows)


def test_exports_that_differ_are_told_with_a_few_of_the_events(fonts: Fonts, content: Content) -> None:
    talk: Sequence[Any] = [(f"10:{n:02}", "other", f"这是第{n}句话") for n in range(30)]
    timeline = timeline_of(export("1", spoken(talk)), export("2", spoken([*talk[:5], *talk[25:]])))
    said = text(drawn(fonts, replace(content, timeline=timeline), draw_timeline))
    assert "证据 2 缺少证据 1 中的 20 条消息" in said.replace("\n", "")
    assert "（第 6、7、8、9、10、11 等 20 项）" in said
