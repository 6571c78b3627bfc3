"""Heads with full stamps: which lines are heads, and what becomes of the lines of a message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.moment import Zone
from stages.chats.common.lines import Lines
from stages.chats.common.stamped import Head, Transcript, after, clock_of, is_lookalike, is_name, recalled_by, usual
from stages.lang.text import INVISIBLE, plain


def head(sender: str, said: str, shape: str = "-", text: str | None = None) -> Head:
    return Head(sender, said, shape, text, clock=clock_of(said))


def lines(*shown: str, lost: frozenset[int] = frozenset()) -> Lines:
    return Lines(list(shown), list(map(plain, shown)), lost, "utf-8")


@pytest.mark.parametrize("name", ["momo酱", "店铺:客服", "tb(北京)", "A B", "👌"])
def test_names(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize("text", ["", "发货时间：", "发货时间", "下单于", "您好，", "是吗？", "x" * 60])
def test_what_is_no_name(text: str) -> None:
    assert not is_name(text)


@pytest.mark.parametrize(
    ("line", "name"),
    [("momo 撤回了一条消息", "momo"), ("你撤回了一条消息", "你"), ("“momo”撤回了一条消息。", "momo"),
     ("momo撤回了一条消息 [重新编辑]", "momo"), ("他说撤回了一条消息就没了", None), ("撤回了一条消息", None),
     ("", None)],
)  # fmt: skip
def test_recalls(line: str, name: str | None) -> None:
    assert recalled_by(line) == name


@pytest.mark.parametrize(
    ("line", "alike"),
    [("小王 2026-03-01 10:00:00", True), ("2026-03-01 10:00 小王: 好", True), ("小王(2026/3/1 10:00:00): 好", True),
     ("[2026-03-01 10:00:00] x", True), ("在 2026-03-01 10:00:00 之前", False), ("10:00", False), ("", False)],
)  # fmt: skip
def test_lookalikes(line: str, alike: bool) -> None:
    assert is_lookalike(line) is alike


def test_only_the_usual_shape_is_a_head() -> None:
    heads = {0: head("a", "2026-03-01 10:00"), 1: head("a", "2026/03/01 10:00", "/"), 2: head("b", "2026-03-01 10:01")}
    assert list(usual(heads, "-")) == [0, 2]


def test_a_stranger_from_before_the_conversation_was_pasted() -> None:
    heads = {0: head("a", "2026-03-05 10:00"), 1: head("x", "2026-03-04 10:00"), 2: head("a", "2026-03-05 10:01")}
    assert list(usual(heads, "-")) == [0, 2]
    assert list(usual(heads, "-", {"x"})) == [0, 1, 2]
    known = {**heads, 3: head("x", "2026-03-05 11:00")}
    assert list(usual(known, "-")) == [0, 1, 2, 3]


def test_a_stranger_of_the_same_day_is_kept_although_time_goes_back() -> None:
    heads = {0: head("a", "2026-03-05 10:00"), 1: head("x", "2026-03-05 09:00")}
    assert list(usual(heads, "-")) == [0, 1]


MARKS = st.text(st.sampled_from("ab 好" + INVISIBLE), max_size=20)


@given(MARKS, st.integers(0, 20))
def test_what_follows_is_the_end_of_the_line_as_it_stands(shown: str, skipped: int) -> None:
    rest = after(shown, skipped)
    assert shown.endswith(rest)
    assert plain(rest) == plain(shown)[skipped:]


def test_marks_before_the_text_stay() -> None:
    assert after("a\u200e: \u200e好", 3) == "\u200e好"


def test_a_message_with_padding_states_and_a_quoted_head() -> None:
    transcript = Transcript(lines("头", "一\t", "已读", "小王 2026-01-01 10:00:00", "", ""), None)
    transcript.take(0, 6, head("a", "2026-03-01 10:00:00"), "self", aside={2}, padding="\t")
    (record,) = transcript.records
    assert (record.text, record.where.lines) == ("一\n小王 2026-01-01 10:00:00", (1, 4))
    assert (transcript.aside, [note.code for note in transcript.notes]) == (3, ["chat-lookalike"])


def test_lines_that_did_not_decode_are_unread() -> None:
    transcript = Transcript(lines("头", "", "二", lost=frozenset({1})), None)
    transcript.take(0, 3, head("a", "2026-03-01 10:00:00"), "self")
    assert (transcript.refused, transcript.records[0].text) == (1, "\n二")


def test_moments_are_of_the_zone_and_going_back_is_noted_within_a_conversation() -> None:
    transcript = Transcript(lines("一", "二", "三"), Zone(name="+08:00", basis="case"))
    for number, said in enumerate(["2026-03-01 10:00:00", "2026-03-01 09:59", "2026-03-01 09:58:01"]):
        if number == 2:
            transcript.turn()
        transcript.take(number, number + 1, head("a", said, text="x"), "self")
    moments = [record.at for record in transcript.records]
    assert [at.grain for at in moments if at] == ["second", "minute", "second"]
    assert moments[0] is not None
    assert moments[0].start == "2026-03-01T10:00:00+08:00"
    assert [note.code for note in transcript.notes] == ["chat-time-goes-back"]


def test_a_notice_has_no_sender_and_no_time() -> None:
    transcript = Transcript(lines("  momo撤回了一条消息 "), None)
    transcript.notice(0)
    (record,) = transcript.records
    assert (record.sender, record.at, record.type, record.recalled, record.side) == (
        None,
        None,
        "recall",
        True,
        "system",
    )


def test_a_line_outside_is_unread_and_a_blank_one_is_not() -> None:
    transcript = Transcript(lines("x", " ", "", lost=frozenset({2})), None)
    for number in range(3):
        transcript.pass_line(number)
    assert [span.code for span in transcript.unread] == ["chat-line-outside", "line-not-decodable"]
    assert transcript.aside == 1
