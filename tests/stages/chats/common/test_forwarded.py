"""Previews of merged forwards, and what replies quote."""

from __future__ import annotations

import pytest

from stages.chats.common.forwarded import is_preview, is_title, quoted_in

TITLE = "林小姐和阿青的聊天记录"


@pytest.mark.parametrize(
    ("line", "is_one"),
    [(TITLE, True), ("群聊的聊天记录", True), ("[聊天记录] 群聊的聊天记录", True), ("的聊天记录", False),
     ("我把和他的聊天记录发给你", False), ("聊天记录", False), ("", False)],
)  # fmt: skip
def test_titles(line: str, is_one: bool) -> None:
    assert is_title(line) is is_one


@pytest.mark.parametrize(
    ("lines", "is_one"),
    [
        ([TITLE, "林小姐: 在吗"], True),
        ([TITLE, "林小姐：在吗", "阿青: 在", "林小姐: [图片]", "阿青: 好"], True),
        (["", TITLE, "", "林小姐: 在吗", ""], True),
        ([TITLE, *["林小姐: 在吗"] * 5], False),
        ([TITLE], False),
        ([TITLE, "林小姐说在吗"], False),
        (["林小姐: 在吗", TITLE], False),
        (["林小姐: 在吗", "阿青: 在"], False),
        ([], False),
        ([TITLE] + ["甲: 乙"] * 10_000, False),
    ],
)
def test_previews(lines: list[str], is_one: bool) -> None:
    assert is_preview(lines) is is_one


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("「阿青：在吗」\n- - - - - - - -\n在", "阿青：在吗"),
        ("「阿青：在吗\n好」\n——————\n在", "阿青：在吗\n好"),
        ("「阿青：在吗」\n------\n在", "阿青：在吗"),
        ("「阿青：在吗」\n在", None),
        ("「阿青：在吗\n------\n在", None),
        ("好\n「阿青：在吗」\n------\n在", None),
        ("------", None),
        ("", None),
    ],
)
def test_quotations(text: str, quoted: str | None) -> None:
    assert quoted_in(text.split("\n")) == quoted
    assert quoted_in([]) is None
