"""Single lines of copied messages: which have the form of a head, and what it says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stages.chats.wechat_paste.heads import MAYBE, head_of, is_likely, name_of, usual_shape


@pytest.mark.parametrize(
    ("line", "name", "date", "clock"),
    [
        ("阿青 2026/03/02 2:51 PM", "阿青", ("2026", "03", "02"), "14:51"),
        ("阿青 2026/03/02 12:51 AM", "阿青", ("2026", "03", "02"), "00:51"),
        ("阿青 2026-03-02 14:51", "阿青", ("2026", "03", "02"), "14:51"),
        ("阿青 2026-03-02 14:51:20", "阿青", ("2026", "03", "02"), "14:51:20"),
        ("阿青  2026-3-2 9:05", "阿青", ("2026", "3", "2"), "09:05"),
        ("阿青 2026.3.2 9:05", "阿青", ("2026", "3", "2"), "09:05"),
        ("阿青(2026-03-02 14:51)", "阿青", ("2026", "03", "02"), "14:51"),
        ("阿青 (2026-03-02 14:51:20)", "阿青", ("2026", "03", "02"), "14:51:20"),
        ("阿青（2026/3/2 下午2:51）", "阿青", ("2026", "3", "2"), "14:51"),
        ("阿青 2026年3月2日 14:51", "阿青", ("2026", "3", "2"), "14:51"),
        ("阿青 2026年3月2日 星期一 下午 2:51", "阿青", ("2026", "3", "2"), "14:51"),
        ("阿青 2026/3/2 上午12:30", "阿青", ("2026", "3", "2"), "00:30"),
        ("阿青 2026/3/2 中午12:30", "阿青", ("2026", "3", "2"), "12:30"),
        ("阿青 2026/3/2 凌晨2:30", "阿青", ("2026", "3", "2"), "02:30"),
        ("阿青 2026/3/2 晚上12:30", "阿青", ("2026", "3", "2"), None),
        ("阿青 3/2/2026 2:51 PM", "阿青", ("3", "2", "2026"), "14:51"),
        ("阿青 3/2/2026, 2:51 p.m.", "阿青", ("3", "2", "2026"), "14:51"),
        ("阿青 02.03.26 14:51", "阿青", ("02", "03", "26"), "14:51"),
        ("2026-03-02 14:51:20 阿青", "阿青", ("2026", "03", "02"), "14:51:20"),
        ("2026/3/2 下午2:51 阿青", "阿青", ("2026", "3", "2"), "14:51"),
        ("G (一刀） 2026-03-02 14:51", "G (一刀）", ("2026", "03", "02"), "14:51"),
        ("小美（广州）(2026-03-02 14:51)", "小美（广州）", ("2026", "03", "02"), "14:51"),
        ("a: b 2026-03-02 14:51", "a: b", ("2026", "03", "02"), "14:51"),
        ("88 2026-03-02 14:51", "88", ("2026", "03", "02"), "14:51"),
        ("🌸 2026-03-02 14:51 ", "🌸", ("2026", "03", "02"), "14:51"),
        ("爱吃鱼的猫！ 2026-03-02 14:51", "爱吃鱼的猫！", ("2026", "03", "02"), "14:51"),
    ],
)
def test_heads(line: str, name: str, date: tuple[str, str, str], clock: str | None) -> None:
    head = head_of(line)
    assert head is not None
    assert (head.name, head.date, head.clock) == (name, date, clock)
    assert head.said in line
    assert MAYBE.search(line)


@pytest.mark.parametrize(
    "line",
    [
        "", "阿青", "2026-03-02 14:51", "阿青2026-03-02 14:51", "阿青 14:51", "阿青 2026-03-02",
        "阿青 2026-03/02 14:51",
        "阿青 2026-03-02 14:61", "阿青 2026-03-02 14:51。", "下单时间 2026-03-02 14:51", "下单时间：2026-03-02 14:51",
        "Name, [02.03.2026 14:03]", "阿青(2026-03-02 14:03:05):在", "阿青 ２０２６-03-02 14:51",
        "a" * 90 + " 2026-03-02 14:51",
    ],
)  # fmt: skip
def test_what_is_no_head(line: str) -> None:
    assert head_of(line) is None


@pytest.mark.parametrize(
    ("clock", "odd"), [("13:05 PM", True), ("0:05 AM", True), ("1:05 PM", False), ("13:05", False)]
)
def test_clocks_of_two_kinds_at_once(clock: str, odd: bool) -> None:
    head = head_of(f"阿青 2026/03/02 {clock}")
    assert head is not None
    assert head.odd is odd


def test_the_shape_is_that_of_most() -> None:
    lines = ["a 2026-03-02 14:51", "b 2026/3/2 14:51", "c 2026-11-12 14:52", "d 2026-3-2 14:53"]
    shape, padded = usual_shape(head for line in lines if (head := head_of(line)))
    assert shape == ("name-first", "-", "m", "", "y")
    assert padded is True


@pytest.mark.parametrize(
    ("line", "name"),
    [("阿青：", "阿青"), ("阿青:", "阿青"), ("老 周： ", "老 周"), ("你好，老周：", None),
     ("阿青：在", None), ("：", None),
     ("a：b：", None), ("阿青", None), ("", None), ("x" * 50 + ":", None)],
)  # fmt: skip
def test_names_without_a_time(line: str, name: str | None) -> None:
    assert name_of(line) == name


def test_likely_names() -> None:
    assert is_likely("阿青")
    assert not is_likely("您好，在吗")


@given(st.text(st.sampled_from("阿 20263/-.:()（）年月日上午PMpm1"), max_size=120))
@settings(max_examples=150, deadline=None)
def test_any_line(line: str) -> None:
    head = head_of(line)
    if head is not None:
        assert MAYBE.search(line)
        assert head.name == head.name.strip() != ""
        assert head.said in line
    name_of(line)
