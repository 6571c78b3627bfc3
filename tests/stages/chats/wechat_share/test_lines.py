"""Single lines of a share text: what each is, and what it is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stages.chats.common.days import Day
from stages.chats.wechat_share.lines import (
    attachments_of,
    day_of,
    header_of,
    is_greeting,
    is_lookalike,
    is_notice,
    recalled_by,
    title_of,
    type_of,
)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("阿青  14:03", ("阿青", "14:03")),
        ("阿青  9:03", ("阿青", "9:03")),
        ("阿青   14:03", ("阿青", "14:03")),
        ("  阿青  00:00", ("阿青", "00:00")),
        ("G  (一刀）  11:58", ("G  (一刀）", "11:58")),
        ("阿青 14:03", None),
        ("阿青  14:03 ", None),
        ("阿青  14:03。", None),
        ("阿青  24:00", None),
        ("阿青  12:60", None),
        ("阿青  １４:０３", None),
        ("  14:03", None),
        ("14:03", None),
        ("", None),
    ],
)
def test_headers(line: str, parts: tuple[str, str] | None) -> None:
    assert header_of(line) == parts


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("—————  2026-03-02  —————", ("2026-03-02", (2026, 3, 2))),
        ("————  2026年12月31日  ————", ("2026年12月31日", (2026, 12, 31))),
        ("-----2026/3/2-----", ("2026/3/2", (2026, 3, 2))),
        ("—————  2026-02-30  —————", ("2026-02-30", (2026, 2, 30))),
        ("—————  2026-03/02  —————", None),
        ("—————  03-02  —————", None),
        ("——  2026-03-02  ——", None),
        ("2026-03-02", None),
        ("—————  2026-03-02  ————— x", None),
    ],
)
def test_separators(line: str, day: tuple[str, Day] | None) -> None:
    assert day_of(line) == day


@pytest.mark.parametrize(
    ("names", "senders", "pair"),
    [
        ("林小姐 和 阿青", (), ("林小姐", "阿青")),
        ("林小姐和阿青", (), ("林小姐", "阿青")),
        ("甲 和 乙 和 丙", (), None),
        ("甲 和 乙 和 丙", ("丙",), ("甲 和 乙", "丙")),
        ("甲 和 乙 和 丙", ("甲", "丙"), None),
        ("独自一人", (), None),
    ],
)
def test_the_two_people_of_a_title(names: str, senders: tuple[str, ...], pair: tuple[str, str] | None) -> None:
    title = title_of(f"{names} 在微信上的聊天记录如下，请查收。")
    assert title is not None
    assert title.pair(frozenset(senders)) == pair


@pytest.mark.parametrize("line", ["聊天记录如下", "他说聊天记录如下，请查收。好的", "微信上的聊天", ""])
def test_what_is_no_title(line: str) -> None:
    assert title_of(line) is None


@pytest.mark.parametrize(
    ("line", "stands"), [("Dear:", True), ("Dear all,", True), ("Dearest", False), ("亲：", False)]
)
def test_salutations(line: str, stands: bool) -> None:
    assert is_greeting(line) is stands


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("林小姐撤回了一条消息", "林小姐"),
        ('"林小姐" 撤回了一条消息', "林小姐"),
        ("“林小姐”撤回了一条消息。", "林小姐"),
        ("你撤回了一条消息", "你"),
        ("撤回了一条消息", None),
        ("林小姐撤回了一条消息吗", None),
    ],
)
def test_recalls(line: str, name: str | None) -> None:
    assert recalled_by(line) == name


@pytest.mark.parametrize("line", ["你好", "现在可以开始聊天了", "邀请你加入了群聊", "我领取了奖品"])
def test_what_people_type_is_no_notice(line: str) -> None:
    assert not is_notice(line)


@pytest.mark.parametrize(
    ("line", "looks"), [("说 14:03", True), ("说14:03", False), ("14:03", False), ("a 14:03:20", True)]
)
def test_lookalikes(line: str, looks: bool) -> None:
    assert is_lookalike(line) is looks


def test_placeholders_of_two_types_are_text_with_both_files() -> None:
    lines = ["[图片: a.jpg(请在附件中查看)]", "", "[文件: b.pdf(请在附件中查看)]"]
    assert type_of(lines) == "text"
    assert [attachment.name for attachment in attachments_of(lines)] == ["a.jpg", "b.pdf"]
    assert not any(attachment.found for attachment in attachments_of(lines))


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_line(line: str) -> None:
    parts = header_of(line)
    if parts is not None:
        assert parts[0] == parts[0].strip() != ""
        assert line.endswith(f"  {parts[1]}")
    assert type_of([line]) == "text" or line.strip().startswith("[")
    title_of(line), day_of(line), recalled_by(line), is_notice(line), is_lookalike(line), attachments_of([line])
