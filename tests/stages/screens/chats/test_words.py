"""What apps print in and around bubbles, by classes of wordings, and what people write that looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stages.screens.chats import words

KINDS = [
    (["¥88.50", "已被接收"], "transfer"),
    (["恭喜发财，大吉大利", "微信红包"], "red-packet"),
    (['3"'], "voice"),
    (["[图片]"], "image"),
    (["[Sticker]"], "sticker"),
    (["视频通话 02:31"], "call"),
    (["出库录像.mp4", "70.5 MB"], "file"),
    (["商家不处理怎么办？", "公众号"], "link"),
    (["https://example.com/a?b=1"], "link"),
    (["苏州市江南大道", "位置"], "location"),
    (["我要咨询这笔订单", "四件套", "合计 ¥459.00", "订单编号：697350216253272187810"], "link"),
    (["订单号：695277402204873", "822"], "text"),
    (["我要退款 ¥88.50"], "text"),
    (["好的"], "text"),
]


@pytest.mark.parametrize(("rows", "kind"), KINDS, ids=[rows[0] for rows, _ in KINDS])
def test_the_kind_of_a_message_is_told_by_its_rows(rows: list[str], kind: str) -> None:
    assert words.kind_of(rows, is_card=False) == kind


def test_an_amount_alone_is_a_transfer_only_on_a_card() -> None:
    assert words.kind_of(["¥88.50", "补偿"], is_card=True) == "transfer"
    assert words.kind_of(["¥88.50", "补偿"], is_card=False) == "text"


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2026/03/16 08:04:26 已读", "2026/03/16 08:04:26"),
        ("昨天 21:20 未读", "昨天 21:20"),
        ("2026-03-16 08:04", "2026-03-16 08:04"),
        ("3月13日 08:05 已送达", "3月13日 08:05"),
    ],
)
def test_a_time_with_the_state_of_its_message_behind_it(text: str, time: str) -> None:
    span = words.time_before_mark(text)
    assert span is not None
    assert text[span.start : span.end] == time


@pytest.mark.parametrize("text", ["2026/03/16 08:04:26 到的", "已读", "我昨天 21:20 说过", ""])
def test_a_time_with_words_around_it_is_no_stamp(text: str) -> None:
    assert words.time_before_mark(text) is None


MARKS = [
    "已读",
    "未读",
    "已送达",
    "Delivered",
    "Read",
    "3人已读",
    "✓✓",
    "已编辑",
    "edited",
    "翻译",
    "由微信翻译提供翻译",
]


@pytest.mark.parametrize("text", MARKS)
def test_marks(text: str) -> None:
    assert words.is_mark(text)


@pytest.mark.parametrize("text", ["已读不回", "我已送达", "Read it", "好", "翻译一下"])
def test_what_somebody_wrote_is_no_mark(text: str) -> None:
    assert not words.is_mark(text)


@pytest.mark.parametrize(
    "text",
    [
        "你撤回了一条消息",
        "“橘子汽水”撤回了一条消息",
        "你撤回了一条消息 重新编辑",
        "This message was deleted",
        "Ann unsent a message",
    ],
)
def test_recalls(text: str) -> None:
    assert words.is_recall(text)


def test_a_word_of_recalls_is_none() -> None:
    assert not words.is_recall("你为什么撤回")


@pytest.mark.parametrize(
    "text", ["以下是新消息", "—— 以下为新消息 ——", "查看更多消息", "3 unread messages", "没有更多了"]
)
def test_lines_that_the_app_draws_between_messages(text: str) -> None:
    assert words.is_divider(text)


@pytest.mark.parametrize("text", ["你有新消息吗", "以下是新消息，请看", "消息"])
def test_what_is_no_divider(text: str) -> None:
    assert not words.is_divider(text)


@pytest.mark.parametrize("text", ["对方正在输入…", "对方正在输入...", "typing...", "Ann is typing…"])
def test_typing(text: str) -> None:
    assert words.is_typing(text)


FIELDS = [
    "按住 说话",
    "请输入消息",
    "Message",
    "iMessage",
    "Type a message",
    "Aa",
    "发送给 # 售后",
    "Message #after-sales",
]


@pytest.mark.parametrize("text", FIELDS)
def test_empty_fields(text: str) -> None:
    assert words.is_field(text)


@pytest.mark.parametrize("text", ["发送给我", "请输入法怎么装", "Message received", "给您发消息了"])
def test_words_that_are_no_field(text: str) -> None:
    assert not words.is_field(text)


@pytest.mark.parametrize(
    ("text", "end"), [("好的 14:06", "14:06"), ("ok 2:51 AM ✓✓", "2:51 AM"), ("fine edited 20:08", "20:08")]
)
def test_the_clock_at_the_end_of_a_text(text: str, end: str) -> None:
    span = words.clock_at_end(text)
    assert span is not None
    assert text[span.start : span.end].endswith(end)


@pytest.mark.parametrize("text", ["14:06 到的", "昨天 14:06", "没有"])
def test_no_clock_at_the_end(text: str) -> None:
    assert words.clock_at_end(text) is None


@pytest.mark.parametrize(
    ("line", "name"),
    [("LV5 阿青", "阿青"), ("群主 阿青", "阿青"), ("阿青", "阿青"), ("Admin Ann", "Ann"), ("管理员", "")],
)
def test_names_without_their_badges(line: str, name: str) -> None:
    span = words.without_badges(line)
    assert line[span.start : span.end] == name


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (["您好，", "在的"], "您好，在的"),
        (["please check", "your statement"], "please check your statement"),
        (["SF1234567", "890"], "SF1234567890"),
        (["订单 695277", "822 已发"], "订单 695277 822 已发"),
        ([" a ", ""], "a"),
    ],
)
def test_rows_are_joined_as_they_were_typed(rows: list[str], text: str) -> None:
    assert words.joined(rows) == text


def test_quotes_and_what_they_say() -> None:
    assert words.is_quote("Mia: 图 1")
    assert not words.is_quote("没有冒号")
    assert (
        words.quoted_words(["Mia: 图 1", "图 2"]) == "图 1图 2"
        or words.quoted_words(["Mia: 图 1", "图 2"]) == "图 1 图 2"
    )
    assert words.quoted_words(["Mia", "图 1"]) == "图 1"
    assert words.quoted_words(["图 1"]) == "图 1"


@given(st.text(max_size=40))
def test_any_text_is_of_some_kind_and_breaks_nothing(text: str) -> None:
    assert words.kind_of([text], is_card=False)
    assert words.before_mark(text) <= len(text)
    span = words.time_before_mark(text)
    assert span is None or 0 <= span.start <= span.end <= len(text)
    assert isinstance(words.is_divider(text) or words.is_mark(text) or words.is_quote(text), bool)


@given(st.lists(st.text(alphabet="您好ab1 ，", max_size=6), max_size=4))
def test_joining_keeps_every_letter(rows: list[str]) -> None:
    assert words.joined(rows).replace(" ", "") == "".join(rows).replace(" ", "")
