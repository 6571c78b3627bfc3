"""What stands for media, and what only looks so."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stages.chats.common.placeholders import PLACEHOLDERS, kind_of


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("[图片]", "image"),
        ("  [图片]  ", "image"),
        ("【图片】", "image"),
        ("[图片][图片]", "image"),
        ("[图片] [图片]\n\n[图片]", "image"),
        ("[图片: a.jpg]", "image"),
        ("[动画表情]", "sticker"),
        ("[语音 12秒]", "voice"),
        ("[语音通话 通话时长 02:13]", "call"),
        ("[微信转账]", "transfer"),
        ("[红包]", "red-packet"),
        ("[位置]", "location"),
        ("[商品]", "link"),
        ("[聊天记录]", "other"),
        ("[图片][视频]", "text"),
        ("[图片]好看", "text"),
        ("好看[图片]", "text"),
        ("[捂脸]", "text"),
        ("[捂脸][图片]", "text"),
        ("[图片", "text"),
        ("图片", "text"),
        ("[]", "text"),
        ("", "text"),
    ],
)
def test_bodies(body: str, kind: str) -> None:
    assert kind_of(body.split("\n")) == kind


@pytest.mark.parametrize("word", sorted(PLACEHOLDERS))
def test_every_word_stands_for_its_type(word: str) -> None:
    assert kind_of([f"[{word}]"]) == PLACEHOLDERS[word]


@given(st.text(st.sampled_from("[]【】图片: 视频a"), max_size=80))
@settings(max_examples=100, deadline=None)
def test_any_line(line: str) -> None:
    assert kind_of([line]) == "text" or line.strip()[0] in "[【"
