"""What the benchmark of screens counts: a perfect reading is perfect, and each mistake is told as what it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.meaning import aligned, folded, judge, same_text

DEV = Path(__file__).parents[2] / "fixtures" / "screens" / "dev"
AT = {"said": "昨天 21:14", "instant": "2026-03-11T21:14:20+08:00"}
DATED = {"start": "2026-03-11T21:14:00+08:00", "end": "2026-03-11T21:14:59+08:00"}


def line(text: str, top: int, role: str = "text") -> dict[str, Any]:
    return {"text": text, "bbox": [10, top, 100, 20], "role": role}


def screen(*records: dict[str, Any], lines: tuple[dict[str, Any], ...] = (), **more: Any) -> dict[str, Any]:
    text = "\n".join(one["text"] for one in lines)
    return {"lines": list(lines), "text": text, "fields": [], "ignore": [], "records": list(records), **more}


def seen(*records: dict[str, Any], lines: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    held = [{"text": one["text"], "role": one["role"], "box": corners(one["bbox"])} for one in lines]
    return {"lines": held, "records": list(records)}


def corners(bbox: list[float]) -> list[float]:
    left, top, width, height = bbox
    return [left, top, left + width, top + height]


def message(text: str, side: str = "self", **more: Any) -> dict[str, Any]:
    return {"kind": "message", "type": "text", "text": text, "side": side, **more}


@pytest.mark.parametrize("path", sorted(DEV.glob("*.json")), ids=lambda path: path.stem)
def test_the_truth_itself_is_without_mistake(path: Path) -> None:
    truth = json.loads(path.read_text("utf-8"))
    count, wrong = judge(truth, seen(*truth["records"], lines=tuple(truth["lines"])))
    assert wrong == []
    for name in ("message", "review", "trade", "said", "resolved", "status", "button", "text"):
        assert count[f"{name}_ok"] == count[f"{name}_n"]
    assert count["edits"] == count["false"] == count["misdated"] == 0


def test_a_text_may_differ_in_one_character_of_twenty() -> None:
    assert same_text("一二三四五六七八九十一二三四五六七八九十", "一二三四五六七八九十一二三四五六七八九０")
    assert not same_text("一二三四五六七八九十", "一二三四五六七八九０")
    assert same_text("已发货，请查收🌹", "已发货,请 查收")
    assert same_text("标题 正文", "标题正文#避雷", optional=["#避雷"])


def test_a_message_needs_its_side() -> None:
    truth = screen(message("在吗", "other"), message("您好"))
    count, wrong = judge(truth, seen(message("在吗", "self"), message("您好")))
    assert (count["message_ok"], count["message_n"], count["side_wrong"]) == (1, 2, 1)
    assert wrong == ["message: other '在吗' read as self '在吗'"]
    count, _ = judge(truth, seen(message("在吗", "unknown"), message("您好")))
    assert (count["message_ok"], count["side_wrong"]) == (1, 0)


def test_messages_in_another_order_are_not_right() -> None:
    first, second = message("什么时候发货呀"), message("今天下午就发出", "other")
    count, _ = judge(screen(first, second), seen(second, first))
    assert (count["message_ok"], count["message_n"], count["false"]) == (1, 2, 1)


def test_what_is_cut_may_be_found_or_not() -> None:
    cut = message("抱歉刚才在核对", may=True)
    for found in (seen(), seen(message("抱歉刚才在核"))):
        count, wrong = judge(screen(cut), found)
        assert (count["message_n"], count["false"], wrong) == (0, 0, [])


def test_a_record_that_is_none_is_false() -> None:
    count, wrong = judge(screen(), seen({"kind": "order", "order_id": "5523"}))
    assert count["false"] == 1
    assert wrong == ["false order:  '5523'"]


def test_a_parcel_of_the_page_is_no_false_record() -> None:
    truth = screen(
        {"kind": "scan", "text": "已揽收"}, fields=[{"type": "tracking", "value": "SF1", "bbox": [0, 0, 1, 1]}]
    )
    parcel = {"kind": "shipment", "tracking": [{"carrier": None, "number": "SF1"}]}
    count, _ = judge(truth, seen({"kind": "scan", "text": "已揽收"}, parcel))
    assert (count["false"], count["besides"]) == (0, 1)


def test_fields_are_counted_by_path() -> None:
    truth = screen({"kind": "order", "order_id": "P1", "amounts": {"paid": {"value": "8.00", "currency": "CNY"}}})
    found = {"kind": "order", "order_id": "P1", "amounts": {"paid": {"value": "3.00", "currency": "CNY"}}}
    count, wrong = judge(truth, seen(found))
    assert (count["trade_ok"], count["trade_n"], count["mistold"]) == (2, 3, 1)
    assert wrong == ["order.amounts.paid.value: '8.00' read as '3.00'"]


def test_a_missed_record_misses_all_of_its_fields() -> None:
    count, _ = judge(screen({"kind": "review", "author": "momo", "text": "差评", "at": AT | DATED}), seen())
    assert (count["review_ok"], count["review_n"], count["said_n"], count["resolved_n"]) == (0, 2, 1, 1)


@pytest.mark.parametrize(
    ("told", "right", "misdated"),
    [
        (DATED, 1, 0),
        ({"start": "2026-03-11T00:00:00+08:00", "end": "2026-03-11T23:59:59+08:00"}, 0, 1),
        ({"start": "2026-03-12T21:14:00+08:00", "end": "2026-03-12T21:14:59+08:00"}, 0, 1),
        ({"start": "2026-03-01T00:00:00+08:00", "end": "2026-03-31T23:59:59+08:00"}, 0, 1),
        ({"start": None, "end": None}, 0, 0),
    ],
)
def test_a_time_is_dated_right_wrong_or_not(told: dict[str, Any], right: int, misdated: int) -> None:
    truth = screen(message("在吗", at=AT | DATED))
    count, _ = judge(truth, seen(message("在吗", at={"said": "昨天21:14", **told})))
    assert (count["said_ok"], count["resolved_ok"], count["misdated"]) == (1, right, misdated)


def test_without_a_capture_no_date_is_right() -> None:
    count, _ = judge(screen(message("在吗", at=AT)), seen(message("在吗", at={"said": "昨天 21:14", **DATED})))
    assert (count["resolved_n"], count["misdated"]) == (0, 1)


def test_a_status_bar_in_the_text_and_text_in_the_status_bar() -> None:
    bar, body = line("21:14", 0, "status"), line("在吗", 40)
    swapped = seen(lines=(bar | {"role": "text"}, body | {"role": "status"}))
    count, wrong = judge(screen(lines=(bar, body)), swapped)
    assert (count["status_ok"], count["text_ok"]) == (0, 0)
    assert wrong == ["status bar leaks: '21:14'", "text taken for status: '在吗'"]


def test_a_line_read_over_text_and_button_has_no_role_to_judge() -> None:
    number, button = line("5523", 0), {"text": "复制", "bbox": [120, 0, 40, 20], "role": "button"}
    found = {"lines": [{"text": "5523复制", "box": [10, 0, 160, 20], "role": "text"}], "records": []}
    count, _ = judge(screen(lines=(number, button)), found)
    assert (count["text_n"], count["button_n"], count["edits"]) == (0, 0, 0)


def test_lines_that_the_edge_cuts_are_not_read() -> None:
    body = line("在吗", 40)
    truth = screen(lines=(body,)) | {"ignore": [[10, 100, 100, 20]]}
    count, _ = judge(truth, seen(lines=(body, line("抱歉", 100))))
    assert count["edits"] == 0


texts = st.lists(st.sampled_from(["在吗", "您好", "什么时候发货", "今天发", "我要退款"]), max_size=8)


@given(texts, texts)
def test_pairs_go_forward_on_both_sides(left: list[str], right: list[str]) -> None:
    pairs = aligned([message(text) for text in left], [message(text) for text in right])
    for side in (0, 1):
        places = [pair[side] for pair in pairs]
        assert places == sorted(set(places))
    assert all(folded(left[here]) == folded(right[there]) for here, there in pairs)


@given(texts)
def test_equal_lists_are_paired_whole(said: list[str]) -> None:
    records = [message(text) for text in said]
    assert aligned(records, records) == [(at, at) for at in range(len(said))]
    count, _ = judge(screen(*records), seen(*records))
    assert count["message_ok"] == len(said)
