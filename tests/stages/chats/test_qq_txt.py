"""QQ's message manager as text: borders, headers, bodies."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract import Source
from pipeline.locate import reread
from pipeline.model import Message, Person, Reading
from pipeline.moment import Zone
from stages.chats import Params
from stages.chats.qq_txt import READER

TITLE = "消息记录（此消息记录为文本格式，不支持重新导入）\n\n"
RULE = "=" * 64
CHINA = Params(zone=Zone(name="Asia/Shanghai", basis="platform"))


def border(name: str, group: str = "我的好友") -> str:
    return f"{RULE}\n消息分组:{group}\n{RULE}\n消息对象:{name}\n{RULE}\n\n"


PRIVATE = TITLE + border("林小姐")
GROUP = TITLE + border("售后群", "我的群聊")


def said(who: str, time: str = "2026-03-02 14:03:05", body: str = "好") -> str:
    return f"{time} {who}\n{body}\n\n"


def read(text: str | bytes, params: Params = CHINA) -> Reading:
    data = text if isinstance(text, bytes) else text.encode("utf-8-sig")
    return READER.read(Source(data=data, name="全部消息记录.txt", params=params))


def messages(reading: Reading) -> list[Message]:
    return [record for record in reading.records if isinstance(record, Message)]


def codes(reading: Reading) -> list[str]:
    return [note.code for note in reading.notes]


def starts(reading: Reading) -> list[str | None]:
    return [message.at.start if message.at else None for message in messages(reading)]


def score(text: str, encoding: str = "utf-8") -> float | None:
    found = READER.sniff(Source(data=text.encode(encoding), name="a.txt"))
    return found.value if found else None


# Recognising ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_title_is_known_in_every_encoding(encoding: str, end: str) -> None:
    text = (PRIVATE + said("林小姐")).replace("\n", end)
    assert score(text, encoding) == 1.0
    (message,) = messages(read(text.encode(encoding)))
    assert (message.sender, message.text) == ("林小姐", "好")


def test_borders_alone_are_known_and_headers_with_ids_are() -> None:
    assert score(border("林小姐") + said("林小姐")) == 1.0
    assert score(said("阿青(123456)") + said("小王<a@b.com>")) == 0.8


@pytest.mark.parametrize(
    "text",
    [
        "",
        said("阿青") * 3,
        "阿青 2026-03-02 14:03\n好\n",
        "2026-03-02 14:03:05 阿青(123456)\n",
        "[2026/3/2 14:03:05] 阿青: 好\n",
        "2026-03-02 14:03:05\n\n2026-03-02 14:03:06\n",
    ],
)
def test_what_any_program_writes_is_not_claimed(text: str) -> None:
    assert score(text) is None


# Headers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "name", "number"),
    [
        ("阿青(123456)", "阿青", "123456"),
        ("【群主】阿青(123456)", "阿青", "123456"),
        ("【管理员】阿青(123456)", "阿青", "123456"),
        ("仓库(小李)(123456)", "仓库(小李)", "123456"),
        ("阿青<a.b@x.com>", "阿青", "a.b@x.com"),
        ("(123456)", "", "123456"),
        ("519870018(519870018)", "519870018", "519870018"),
        ("a: b  [c](123456)", "a: b  [c]", "123456"),
        ("😀(123456)", "😀", "123456"),
    ],
)
def test_the_id_is_the_last_pair_of_brackets(who: str, name: str, number: str) -> None:
    (message, *_) = messages(read(GROUP + said(who) + said("小王(20000000)")))
    assert (message.sender, message.sender_id) == (name, number)


def test_titles_that_stand_before_every_name_are_parted_others_belong_to_it() -> None:
    every = messages(read(GROUP + said("【潜水】阿青(123456)") + said("【话唠】小王(234567)")))
    assert [message.sender for message in every] == ["阿青", "小王"]
    one = messages(read(GROUP + said("【潜水】阿青(123456)") + said("小王(234567)")))
    assert [message.sender for message in one] == ["【潜水】阿青", "小王"]


@pytest.mark.parametrize(
    ("time", "start"),
    [
        ("2026-03-02 14:03:05", "2026-03-02T14:03:05+08:00"),
        ("2026-03-02 8:03:05", "2026-03-02T08:03:05+08:00"),
        ("2026-03-02 0:00:00", "2026-03-02T00:00:00+08:00"),
        ("2026-03-02 8:43:38 PM", "2026-03-02T20:43:38+08:00"),
        ("2026-03-02 8:43:38 pm", "2026-03-02T20:43:38+08:00"),
        ("2026-03-02 12:05:00 AM", "2026-03-02T00:05:00+08:00"),
        ("2026-03-02 12:05:00 PM", "2026-03-02T12:05:00+08:00"),
        ("2026-03-02 下午 8:43:38", "2026-03-02T20:43:38+08:00"),
        ("2026-03-02 下午8:43:38", "2026-03-02T20:43:38+08:00"),
        ("2026-03-02 上午 12:30:00", "2026-03-02T00:30:00+08:00"),
        ("2026-03-02 中午 12:30:00", "2026-03-02T12:30:00+08:00"),
        ("2026/3/2 14:03:05", "2026-03-02T14:03:05+08:00"),
    ],
)
def test_clocks_of_12_and_24_hours(time: str, start: str) -> None:
    (message,) = messages(read(PRIVATE + said("林小姐", time)))
    assert message.at is not None
    assert (message.at.start, message.at.said, message.sender) == (start, time, "林小姐")
    assert (message.at.grain, message.at.zone) == ("second", "platform")


def test_a_name_may_begin_like_a_marker_where_the_clock_has_none() -> None:
    reading = read(GROUP + said("阿青(123456)") * 3 + said("PM 小王(234567)"))
    assert [message.sender for message in messages(reading)] == ["阿青"] * 3 + ["PM 小王"]
    assert messages(reading)[-1].at is not None
    assert starts(reading)[-1] == "2026-03-02T14:03:05+08:00"


@pytest.mark.parametrize(
    "time", ["2026-02-30 14:03:05", "2026-13-01 1:00:00", "2026-03-02 24:00:00", "2026-03-02 1:60:00"]
)
def test_what_is_no_time_gives_none_and_is_said(time: str) -> None:
    reading = read(PRIVATE + said("林小姐", time))
    assert starts(reading) == [None]
    assert codes(reading) == ["chat-time-unreadable"]


def test_a_clock_that_mixes_both_kinds_is_noted() -> None:
    reading = read(PRIVATE + said("林小姐", "2026-03-02 13:05:00 PM"))
    assert starts(reading) == ["2026-03-02T13:05:00+08:00"]
    assert codes(reading) == ["chat-clock-odd"]


def test_without_a_zone_there_is_no_offset() -> None:
    assert starts(read(PRIVATE + said("林小姐"), Params())) == ["2026-03-02T14:03:05"]


def test_time_that_goes_back_is_kept_and_noted() -> None:
    reading = read(PRIVATE + said("林小姐") + said("林小姐", "2026-03-01 9:00:00"))
    assert starts(reading) == ["2026-03-02T14:03:05+08:00", "2026-03-01T09:00:00+08:00"]
    assert codes(reading) == ["chat-time-goes-back"]


# Bodies -----------------------------------------------------------------------------------------------------------


def test_blank_lines_inside_a_body_stay_those_below_it_go() -> None:
    (message, _) = messages(read(PRIVATE + said("林小姐", body="一\n\n\n二\n") + said("林小姐")))
    assert message.text == "一\n\n\n二"


def test_a_body_may_be_empty() -> None:
    (message, after) = messages(read(PRIVATE + said("林小姐", body="") + said("林小姐")))
    assert (message.text, message.where.lines) == ("", (9, 9))
    assert after.where.lines == (12, 13)


@pytest.mark.parametrize("stamp", ["2026-03-02 9:00:00", "2026-03-02 9:00:00 ", "2026-03-02 8:43:38 PM"])
def test_a_time_with_nothing_after_it_opens_no_message(stamp: str) -> None:
    (message, _) = messages(read(PRIVATE + said("林小姐", body=f"看\n\n{stamp}\n这个时间") + said("小安")))
    assert message.text == f"看\n\n{stamp}\n这个时间"


def test_a_header_inside_a_body_is_text_where_blank_lines_stand_above_the_others() -> None:
    body = "转发：\n2026-03-01 9:00:00 阿青(123456)\n在吗"
    reading = read(GROUP + said("小王(234567)", body=body) + said("阿青(123456)") * 2)
    assert [message.text for message in messages(reading)] == [body, "好", "好"]
    assert codes(reading) == ["chat-lookalike"]


def test_messages_need_no_blank_lines_between_them() -> None:
    people = [("阿青(123456)", "一"), ("小王(234567)", "二"), ("阿青(123456)", "三")]
    text = "".join(f"2026-03-02 14:03:05 {who}\n{body}\n" for who, body in people)
    assert [message.text for message in messages(read(GROUP + text))] == ["一", "二", "三"]


def test_in_a_group_a_header_without_an_id_is_text() -> None:
    body = "看：\n\n2026-03-02 14:00:00 某人\n在吗"
    reading = read(GROUP + said("阿青(123456)") * 10 + said("小王(234567)", body=body))
    assert messages(reading)[-1].text == body
    assert codes(reading) == ["chat-lookalike"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("[图片]", "image"),
        ("[表情]", "sticker"),
        ("[语音]", "voice"),
        ("[图片]\n[图片]", "image"),
        ("[图片]看", "text"),
        ("好", "text"),
    ],
)
def test_placeholders_give_the_type(body: str, kind: str) -> None:
    (message,) = messages(read(PRIVATE + said("林小姐", body=body)))
    assert (message.type, message.text) == (kind, body)


@pytest.mark.parametrize("number", ["10000", "1000000"])
def test_qq_itself_speaks_under_ids_of_its_own(number: str) -> None:
    text = said(f"系统消息({number})", body="阿青加入本群。") + said(f"系统消息({number})", body="阿青撤回了一条消息")
    (notice, recall) = messages(read(GROUP + text))
    assert (notice.side, notice.type, notice.recalled) == ("system", "system", False)
    assert (recall.side, recall.type, recall.recalled) == ("system", "recall", True)


def test_invisible_marks_stay_in_the_wording_and_do_not_matter_to_the_form() -> None:
    (message,) = messages(read(PRIVATE + "\u200e2026-03-02\u00a014:03:05 林小姐\n好\u200b\u2028的\n"))
    assert (message.sender, message.text) == ("林小姐", "好\u200b\u2028的")


# Conversations and sides ------------------------------------------------------------------------------------------


def test_a_chat_of_two_bears_the_name_of_the_other_one() -> None:
    reading = read(PRIVATE + said("林小姐") + said("初晴小安"))
    assert [message.side for message in messages(reading)] == ["other", "self"]
    assert reading.declared == {"name": "林小姐", "chat": "private"}


def test_where_nobody_bears_the_name_no_side_is_known() -> None:
    assert {message.side for message in messages(read(PRIVATE + said("林") + said("初晴小安")))} == {"unknown"}


def test_in_a_group_the_case_says_whose_side_a_name_or_an_id_is_on() -> None:
    people = (
        Person(name="momo酱", aliases=("123456",), side="customer"),
        Person(name="初晴", aliases=("店长",), side="applicant"),
    )
    reading = read(GROUP + said("林(123456)") + said("店长(234567)") + said("阿强(345678)"), Params(people=people))
    assert [message.side for message in messages(reading)] == ["other", "self", "unknown"]
    assert reading.declared["chat"] == "group"


SEVERAL = (
    TITLE
    + border("林小姐")
    + said("林小姐")
    + border("王先生")
    + said("王先生", body="秘密")
    + border("群")
    + said("x(123456)")
)


def test_several_conversations_are_told_apart() -> None:
    reading = read(SEVERAL)
    assert [message.chat for message in messages(reading)] == ["林小姐", "王先生", "群"]
    assert reading.declared == {"chats": 3}


@pytest.mark.parametrize(
    ("customers", "chats"), [(("林小姐",), ["林小姐"]), (("x",), ["群"]), (("123456",), ["群"]), ((), [])]
)
def test_of_several_only_those_of_the_customers_are_read(customers: tuple[str, ...], chats: list[str]) -> None:
    reading = read(SEVERAL, Params(customers=customers))
    assert [message.chat for message in messages(reading)] == chats
    assert [(note.code, note.values) for note in reading.notes] == [
        ("chats-of-others", {"count": 3, "read": len(chats)})
    ]
    assert "秘密" not in str(reading)
    assert reading.balance.unread == 0


def test_an_empty_conversation_is_none_and_what_stands_outside_is_unread() -> None:
    reading = read(TITLE + border("空") + border("林小姐") + "不属于谁\n\n" + said("林小姐"))
    assert reading.declared["name"] == "林小姐"
    assert [(span.code, span.where.lines if span.where else None) for span in reading.unread] == [
        ("chat-line-outside", (15, 15))
    ]


def test_a_rule_or_an_object_inside_a_body_is_text() -> None:
    body = "看\n消息对象:假的\n" + "=" * 30
    (message,) = messages(read(PRIVATE + said("林小姐", body=body)))
    assert message.text == body


# What holds for any ------------------------------------------------------------------------------------------------


def test_damaged_lines_are_unread_and_the_rest_is_read() -> None:
    data = (PRIVATE + said("林小姐", body="一") + said("林小姐", body="二")).encode("utf-8-sig")
    reading = read(data.replace("一".encode(), b"\xff\xfe"))
    assert [message.text for message in messages(reading)] == ["", "二"]
    assert [span.code for span in reading.unread] == ["line-not-decodable"]
    assert reading.balance.unread == 1


def test_what_was_read_can_be_read_again() -> None:
    text = GROUP + said("阿青(123456)", body="一\n\n二") + said("小王(234567)")
    for message in messages(read(text)):
        found = reread(text.encode(), message.where)
        assert isinstance(found, str)
        assert found.partition("\n")[2] == message.text


PARTS = st.sampled_from(
    [
        "\n",
        RULE + "\n",
        "消息对象:林小姐\n",
        "消息分组:a\n",
        said("林小姐"),
        said("阿青(123456)"),
        "2026-03-02 1:00:00\n",
        "好\n",
        "\r\n",
        TITLE,
    ]
)


@given(st.lists(PARTS, max_size=30))
@settings(max_examples=60, deadline=None)
def test_every_line_is_accounted_for_once(parts: list[str]) -> None:
    text = "".join(parts)
    reading = read(text)
    balance = reading.balance
    assert balance.total == len(text.replace("\r\n", "\n").removesuffix("\n").split("\n") if text else [])
    taken = [message.where.lines for message in messages(reading)]
    assert sum(last - first + 1 for first, last in filter(None, taken)) == balance.records
    assert taken == sorted(taken, key=lambda lines: lines or (0, 0))
