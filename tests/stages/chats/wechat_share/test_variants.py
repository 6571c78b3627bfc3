"""A share text as it arrives: other titles and rules, other line ends, marks nobody sees, and text that imitates it."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract import Source
from pipeline.locate import reread
from pipeline.model import Message, Person, Reading
from pipeline.moment import Zone
from pipeline.wording import WORDINGS
from stages.chats import Params
from stages.chats.formats import READERS
from stages.lang.text import INVISIBLE, plain

READER = next(reader for reader in READERS if reader.id == "wechat-share")
TITLE = "林小姐 和 阿青 在微信上的聊天记录如下，请查收。"
DAY = "—————  2026-03-02  —————"
PLATFORM = Params(zone=Zone(name="Asia/Shanghai", basis="platform"))


def read(text: str | bytes, params: Params = PLATFORM) -> Reading:
    data = text if isinstance(text, bytes) else text.encode()
    reading = READER.read(Source(data=data, name="chat.txt", params=params))
    balance = reading.balance
    assert balance.total == balance.records + balance.skipped + balance.unread
    assert {said.code for said in (*reading.notes, *reading.unread)} <= WORDINGS.keys()
    return reading


def messages(reading: Reading) -> list[Message]:
    return [record for record in reading.records if isinstance(record, Message)]


def chat(*parts: str, title: str = TITLE, day: str = DAY) -> str:
    return f"{title}\n\n{day}\n\n\n" + "".join(f"{part}\n\n\n" for part in parts)


def said(sender: str, time: str, body: str) -> str:
    return f"{sender}  {time}\n\n{body}"


TWO = (said("阿青", "14:03", "您好，包裹破损了\n请看图"), said("林小姐", "9:05", "已为您补发"))


def is_whole(reading: Reading) -> None:
    """Both messages of `TWO`, and no line left over."""
    assert [(message.sender, message.text) for message in messages(reading)] == [
        ("阿青", "您好，包裹破损了\n请看图"),
        ("林小姐", "已为您补发"),
    ]
    assert [message.at.start if message.at else None for message in messages(reading)] == [
        "2026-03-02T14:03:00+08:00",
        "2026-03-02T09:05:00+08:00",
    ]
    assert (reading.balance.records, reading.balance.unread, reading.unread) == (7, 0, ())
    assert [note.code for note in reading.notes] == ["chat-time-goes-back"]


# Titles and rules


@pytest.mark.parametrize("end", ["", "。", ".", ":", "：", "，请查收。", ",请查收.", "， 请查收", "，请查收："])
@pytest.mark.parametrize("gap", ["", " ", "  ", "\u00a0"])
def test_every_title_of_a_private_chat(gap: str, end: str) -> None:
    title = f"林小姐 和 阿青{gap}在微信上的聊天记录如下{end}"
    reading = read(chat(*TWO, title=title))
    is_whole(reading)
    assert reading.declared == {"title": plain(title), "chat": "private", "people": "林小姐、阿青"}


@pytest.mark.parametrize("end", ["", "：", "，请查收。"])
@pytest.mark.parametrize(
    "title", ['微信群"初晴 售后"的聊天记录如下', "微信群“初晴 售后”的聊天记录如下", "初晴 售后 微信群上的聊天记录如下"]
)
def test_every_title_of_a_group(title: str, end: str) -> None:
    reading = read(chat(*TWO, title=title + end))
    is_whole(reading)
    assert (reading.declared["chat"], reading.declared["name"]) == ("group", "初晴 售后")


RULES = ["———", "—————", "――――", "────", "-----", "–––", "———————————————"]
DAYS = ["2026-03-02", "2026-3-2", "2026/03/02", "2026/3/2", "2026.03.02", "2026年3月2日", "2026年03月02日"]


@pytest.mark.parametrize(("rule", "day"), list(product(RULES, DAYS)))
@pytest.mark.parametrize("gap", ["", "  "])
def test_every_rule_with_every_date(rule: str, day: str, gap: str) -> None:
    is_whole(read(chat(*TWO, day=f"{rule}{gap}{day}{gap}{rule}")))


@pytest.mark.parametrize(
    "line",
    ["—————  3月2日  —————", "—————  26-03-02  —————", "=====  2026-03-02  =====", "—————  昨天  —————", "2026-03-02"],
)
def test_what_is_no_date_dates_nothing(line: str) -> None:
    reading = read(chat(*TWO, day=line))
    assert [message.at.start if message.at else "" for message in messages(reading)] == [None, None]
    assert [note.code for note in reading.notes] == ["chat-time-goes-back", "chat-dateless"]
    assert [span.code for span in reading.unread] == ["chat-line-outside"]


@pytest.mark.parametrize("day", ["2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "0000-01-01"])
def test_a_day_that_is_none_is_said_and_takes_the_date_away(day: str) -> None:
    reading = read(chat(*TWO) + f"—————  {day}  —————\n\n\n" + said("阿青", "14:09", "好"))
    assert [message.at.start if message.at else "" for message in messages(reading)][-1] is None
    assert [note.code for note in reading.notes] == ["chat-time-goes-back", "chat-no-such-day", "chat-dateless"]


def test_a_leap_day_is_a_day() -> None:
    (first, _) = messages(read(chat(*TWO, day="—————  2028-02-29  —————")))
    assert first.at is not None
    assert first.at.start == "2028-02-29T14:03:00+08:00"


def test_two_exports_in_one_file_are_two_titles_and_no_words_of_anybody() -> None:
    reading = read(chat(*TWO) + chat(*TWO, title="林小姐 和 小夏 在微信上的聊天记录如下，请查收。"))
    assert [message.text for message in messages(reading)] == ["您好，包裹破损了\n请看图", "已为您补发"] * 2
    assert "chat-second-title" in [note.code for note in reading.notes]
    assert reading.balance.unread == 0


def test_a_title_that_somebody_pasted_stays_in_the_message() -> None:
    pasted = f"你看：\n\n{TITLE}\n\n就是这个"
    reading = read(chat(said("阿青", "14:03", pasted)))
    assert [message.text for message in messages(reading)] == [pasted]
    assert [note.code for note in reading.notes] == ["chat-second-title"]


# Line ends


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "\n", "\n\n\n"])
def test_either_line_end_and_any_end_of_the_file(end: str, last: str) -> None:
    is_whole(read((chat(*TWO).rstrip("\n") + last).replace("\n", end)))


@given(st.lists(st.sampled_from(["\n", "\r\n"]), min_size=24, max_size=24))
@settings(max_examples=60, deadline=None)
def test_any_mix_of_line_ends(ends: list[str]) -> None:
    lines = chat(*TWO).split("\n")
    is_whole(read("".join(line + end for line, end in zip(lines, ends, strict=False))))


def test_a_carriage_return_inside_a_line_is_text() -> None:
    first = messages(read(chat(said("阿青", "14:03", "一\r二"), TWO[1])))[0]
    assert first.text == "一\r二"


@pytest.mark.parametrize("end", ["\r\r\n", "\r"])
def test_line_ends_that_no_program_of_ours_writes_lose_nothing_in_silence(end: str) -> None:
    reading = read(chat(*TWO).replace("\n", end))
    assert reading.records == ()
    assert reading.balance.unread > 0
    assert {span.code for span in reading.unread} == {"chat-line-outside"}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_every_encoding(encoding: str) -> None:
    reading = read(chat(*TWO).encode(encoding))
    is_whole(reading)
    assert reading.encoding == encoding


# Marks that cannot be seen


@given(st.lists(st.sampled_from(INVISIBLE), min_size=1, max_size=4), st.integers(0, 400))
@settings(max_examples=80, deadline=None)
def test_an_invisible_mark_anywhere_hides_no_message(marks: list[str], place: int) -> None:
    text = chat(*TWO)
    place %= len(text)
    reading = read(text[:place] + "".join(marks) + text[place:])
    assert [plain(message.text) for message in messages(reading)] == ["您好，包裹破损了\n请看图", "已为您补发"]
    assert [message.sender for message in messages(reading)] == ["阿青", "林小姐"]
    assert reading.balance.unread == 0


@pytest.mark.parametrize("blank", ["\u00a0", "\u2007", "\u2009", "\u202f"])
def test_every_blank_of_the_header_class_parts_name_and_time(blank: str) -> None:
    text = chat(*TWO).replace("阿青  ", f"阿青{blank}{blank}").replace("林小姐  ", f"林小姐 {blank}")
    is_whole(read(text))


@pytest.mark.parametrize("gap", ["\u3000\u3000", "\t\t", "\t", " "])
def test_other_blanks_make_no_header_and_the_lines_are_not_lost(gap: str) -> None:
    text = chat(TWO[1], TWO[0].replace("阿青  ", f"阿青{gap}"))
    reading = read(text)
    (message,) = messages(reading)
    assert message.text.startswith("已为您补发\n\n阿青")
    assert "请看图" in message.text
    assert [note.code for note in reading.notes] == ["chat-lookalike"]


@pytest.mark.parametrize("mark", ["\u200e", "\ufeff", "\u202a"])
def test_a_mark_before_a_placeholder_hides_no_attachment(mark: str) -> None:
    (message,) = messages(read(chat(said("阿青", "14:03", f"{mark}[图片: 8b0a.jpg(请在附件中查看)]"))))
    assert (message.type, [attachment.name for attachment in message.attachments]) == ("image", ["8b0a.jpg"])
    assert message.text == f"{mark}[图片: 8b0a.jpg(请在附件中查看)]"


# Names


@pytest.mark.parametrize("name", ["G  (一刀）", "A  B  C", "12:30", "阿青  14:03", "—", "[语音]", "Dear", "🌸"])
def test_a_name_with_gaps_and_signs_is_read_and_its_recall_is_known(name: str) -> None:
    text = chat(said(name, "14:03", "在吗"), f"{name}撤回了一条消息", f'"{name}"撤回了一条消息', TWO[1])
    first, bare, quoted, last = messages(read(text))
    assert (first.sender, first.text, last.text) == (name, "在吗", "已为您补发")
    assert {(recall.type, recall.side, recall.sender) for recall in (bare, quoted)} == {("recall", "system", None)}
    assert [reread(text.encode(), recall.where) for recall in (bare, quoted)] == [bare.text, quoted.text]


def test_a_recall_by_nobody_here_is_what_somebody_typed() -> None:
    (message,) = messages(read(chat(said("阿青", "14:03", "在吗\n\n隔壁老王撤回了一条消息"))))
    assert (message.type, message.recalled) == ("text", False)
    assert message.text.endswith("隔壁老王撤回了一条消息")


def test_a_recall_inside_a_paragraph_is_text() -> None:
    (message,) = messages(read(chat(said("阿青", "14:03", "他说：\n阿青撤回了一条消息\n对吗"))))
    assert (message.type, message.recalled) == ("text", False)


@pytest.mark.parametrize("line", ["阿青撤回了一条消息", "你撤回了一条消息", "以上是打招呼的内容"])
def test_what_the_app_says_before_the_first_message_is_a_record(line: str) -> None:
    notice, *rest = messages(read(chat(line, *TWO)))
    assert (notice.text, notice.side, notice.sender, len(rest)) == (line, "system", None, 2)
    assert notice.at is not None
    assert (notice.at.start, notice.at.grain) == ("2026-03-02T00:00:00+08:00", "day")


def test_a_name_with_a_gap_has_its_side() -> None:
    people = (Person(name="G  (一刀）", side="customer"),)
    title = "G  (一刀） 和 阿青 在微信上的聊天记录如下，请查收。"
    text = chat(said("G  (一刀）", "11:58", "在吗"), said("阿青", "11:59", "在"), title=title)
    assert [message.side for message in messages(read(text, Params(people=people)))] == ["other", "self"]


# Text that imitates the format


HEADERS = ["林小姐  14:01", "林小姐 14:01", "林小姐  14:01:22", "林小姐  下午2:01", "林小姐\t14:01", "会议  9:30"]


@pytest.mark.parametrize("line", HEADERS)
@pytest.mark.parametrize("shape", ["他说\n{}\n好的", "{}\n好的", "他说\n{}", "{}"])
def test_a_pasted_header_never_becomes_a_message(line: str, shape: str) -> None:
    body = shape.format(line)
    text = chat(said("阿青", "14:03", body), TWO[1], said("阿青", "14:07", "好"))
    reading = read(text)
    if shape == "{}" and line in {"林小姐  14:01", "会议  9:30"}:  # it stands as a header stands: nobody can tell
        assert len(messages(reading)) == 4
        return
    first, *rest = messages(reading)
    assert (first.sender, first.text, len(rest)) == ("阿青", body, 2)
    assert [note.code for note in reading.notes if note.code == "chat-lookalike"] == ["chat-lookalike"]


def test_a_pasted_rule_with_a_date_moves_no_message_to_another_day() -> None:
    body = "上次的：\n—————  2025-01-01  —————\n你忘了？"
    first, second = messages(read(chat(said("阿青", "14:03", body), said("林小姐", "14:05", "没忘"))))
    assert (first.text, second.text) == (body, "没忘")
    assert second.at is not None
    assert second.at.start == "2026-03-02T14:05:00+08:00"


LINE = st.text(st.sampled_from("在吗好的请看图 0123456789:—-[]“”撤回了一条消息\u200e\u00a0"), max_size=14)


@given(st.lists(st.tuples(st.sampled_from(["阿青", "林小姐"]), st.lists(LINE, max_size=4)), max_size=8))
@settings(max_examples=80, deadline=None)
def test_every_line_somebody_wrote_is_in_a_message_or_unread(said_: list[tuple[str, list[str]]]) -> None:
    text = chat(*(said(name, f"14:{minute:02d}", "\n".join(lines)) for minute, (name, lines) in enumerate(said_)))
    reading = read(text)
    kept = "\n".join(message.text for message in messages(reading))
    heads = {f"{name}  14:{minute:02d}" for minute, (name, _) in enumerate(said_)}
    for _, lines in said_:
        for line in lines:
            assert not plain(line).strip() or line in kept or plain(line) in heads or reading.balance.unread
