"""Texts opened as lines: the ladder of encodings, marks, what did not decode, and shapes found at once."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract import Source
from pipeline.model import Unread
from stages.chats.common.lines import Lines, head_lines, numbers_of, numbers_with, open_lines


def knows(text: str) -> bool:
    return "在吗" in text


def opened(data: bytes) -> Lines:
    lines = open_lines(Source(data=data, name="a.txt"), knows)
    assert isinstance(lines, Lines)
    return lines


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings(encoding: str) -> None:
    lines = opened("在吗\r\n好".encode(encoding))
    assert (lines.shown, lines.encoding, lines.lost) == (["在吗", "好"], encoding, frozenset())


def test_gb18030_needs_what_the_format_is_known_by() -> None:
    lines = opened("不是它\n好".encode("gb18030"))
    assert lines.encoding == "utf-8"
    assert lines.lost == {0, 1}
    assert head_lines(Source(data="不是它".encode("gb18030"), name="a"), knows) == []


def test_marks_are_left_in_what_is_shown_and_out_of_what_is_matched() -> None:
    lines = opened("\u200e在吗\u00a0好".encode())
    assert (lines.shown, lines.matched) == (["\u200e在吗\u00a0好"], ["在吗 好"])


def test_without_marks_both_are_one_list() -> None:
    lines = opened("在吗\n好".encode())
    assert lines.shown is lines.matched


def test_a_line_that_does_not_decode_is_lost_alone() -> None:
    lines = opened("在吗\n".encode() + b"\xff\n" + "好".encode())
    assert (lines.shown, lines.lost) == (["在吗", "", "好"], frozenset({1}))


def test_half_a_utf_16_is_unread() -> None:
    unread = open_lines(Source(data="在吗".encode("utf-16") + b"\x00", name="a"), knows)
    assert isinstance(unread, Unread)
    assert unread.code == "text-not-decodable"


def test_only_line_feeds_part_lines() -> None:
    assert opened("在吗\u2028一\x0b二\x85三\r四\n五".encode()).shown == ["在吗\u2028一\x0b二\x85三\r四", "五"]


def test_the_head_is_64_kib() -> None:
    assert len("\n".join(head_lines(Source(data=b"a\n" * 100_000, name="a"), knows))) <= 65_536


@given(st.lists(st.text(st.sampled_from("ab:1 "), max_size=6), max_size=30))
@settings(max_examples=60, deadline=None)
def test_shapes_are_found_as_line_by_line(lines: list[str]) -> None:
    shape = re.compile(r":\d$|^b", re.MULTILINE)
    assert numbers_of(lines, shape) == [number for number, line in enumerate(lines) if shape.search(line)]


@given(
    st.lists(st.text(alphabet="ab撤回x ", max_size=8), max_size=12),
    st.sets(st.sampled_from(["撤回", "ab", "x", "回x"])),
)
def test_lines_with_words_are_those_that_hold_one(lines: list[str], words: set[str]) -> None:
    assert numbers_with(lines, words) == {
        number for number, line in enumerate(lines) if any(word in line for word in words)
    }
