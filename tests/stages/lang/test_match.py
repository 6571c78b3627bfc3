"""Quoted wording is found where it stands and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stages.lang.match import find, folded

chinese = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("wording", "text", "seen"),
    [
        ("2026-03-12 08:35:21", "发货时间 2026-03-12 08:35:21", ["2026-03-12 08:35:21"]),
        ("2026-03-12 08:35:21", "2026-03-1208:35:21复制", ["2026-03-1208:35:21"]),
        ("下单一周都没发货", "“下单 一周都没发货，”", ["下单 一周都没发货"]),
        ("ＡＢＣ", "abc abcd", ["abc"]),
        ("¥270.80", "实付￥270.80", ["￥270.80"]),
        ("12", "2026-03-125", []),
        ("P366374", "P366374524942915524", []),
        ("", "anything", []),
        ("没有", "这里什么都有", []),
        ("哈哈", "哈哈哈", ["哈哈", "哈哈"]),
        ("a\u200bb", "a b", ["a b"]),
    ],
)
def test_wordings(wording: str, text: str, seen: list[str]) -> None:
    assert [text[span.start : span.end] for span in find(wording, text)] == seen


@given(chinese, chinese, chinese)
@settings(deadline=None)
def test_what_stands_in_a_text_is_found_there(before: str, wording: str, after: str) -> None:
    text = before + wording + after
    spans = find(wording, text)
    assert any(text[span.start : span.end] == wording for span in spans)


@given(st.text(max_size=30), st.text(min_size=1, max_size=5))
@settings(deadline=None)
def test_every_place_found_reads_the_wording(text: str, wording: str) -> None:
    for span in find(wording, text):
        assert folded(wording)[0] in folded(text[span.start : span.end])[0]
        assert 0 <= span.start < span.end <= len(text)


@given(st.text(max_size=40))
@settings(deadline=None)
def test_every_folded_character_has_its_origin(text: str) -> None:
    characters, origin = folded(text)
    assert len(characters) == len(origin)
    assert origin == sorted(origin)
    assert all(0 <= index < len(text) for index in origin)
