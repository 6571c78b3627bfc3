"""Call-outs: every cited place once, numbered from top to bottom, with what it agrees with."""

from __future__ import annotations

from pipeline.model import Mark
from stages.annotate import Params
from stages.annotate.callouts import number
from stages.timeline import Params as TimelineParams
from stages.timeline.line import draw
from tests.made import SHANGHAI
from tests.stages.appraise.test_verdict import CASE, CHAT, SHEET, SHOT, reached


def marks() -> tuple[Mark, ...]:
    items = (SHOT, SHEET, CHAT)
    params = TimelineParams(language="zh-CN", zone=SHANGHAI, review=CASE.review)
    return number(items, draw(items, params), reached(*items), Params(case=CASE, language="zh-CN"))


def test_the_review_is_marked_where_it_was_read() -> None:
    shown = [mark for mark in marks() if mark.exhibit == "1"]
    assert [mark.number for mark in shown] == list(range(1, len(shown) + 1))
    assert any("评价原话" in mark.text and "下单一周都没发货" in mark.title for mark in shown)
    assert any("发布时间" in mark.text and mark.title == "2026-03-16 21:14" for mark in shown)
    tops = [mark.where.box[1] for mark in shown if mark.where.box]
    assert tops == sorted(tops)


def test_a_place_is_marked_once_and_says_all() -> None:
    sheet = [mark for mark in marks() if mark.exhibit == "2"]
    assert len(sheet) == 1
    assert "答复“下单一周都没发货”" in sheet[0].text
    assert "相隔 31 小时 8 分" in sheet[0].text
    assert sheet[0].title.endswith("等 4 处")


def test_a_chat_is_marked_where_the_facts_rest() -> None:
    chat = [mark for mark in marks() if mark.exhibit == "3"]
    assert len(chat) == 4
    assert all("均有回复" in mark.text for mark in chat)


def test_machine_readings_are_called_so() -> None:
    by_exhibit = {mark.exhibit: mark.text for mark in marks()}
    assert "程序识别" in by_exhibit["1"]
    assert "程序识别" not in by_exhibit["2"]
