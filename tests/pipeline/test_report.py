"""A build in words and as JSON."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType, SimpleNamespace
from typing import Any, cast

import msgspec
import pytest

from pipeline import report
from pipeline.contract import Item
from pipeline.errors import Exit
from pipeline.model import Layout, Note, Timeline, Unread
from pipeline.run import Built
from tests.made import item, message

LAYOUT = Layout(pages=7, exhibits={}, placed=(), sections={})
READ = item("1", "聊天.txt", message(1, "2026-03-12 10:00", "林小姐", "在吗"))
LOST = msgspec.structs.replace(READ, status="unread", failed=(Unread(code="no-reader", values={"name": "x.bin"}),))


def built(*items: Item, made: int = 1, notes: tuple[Note, ...] = (), whole: bool = True) -> Built:
    timeline = Timeline(zone=None, events=())
    documents = {"timeline": timeline, "assemble": LAYOUT} if whole else {"timeline": timeline}
    values: dict[str, Any] = {
        "items": items, "documents": MappingProxyType(documents), "made": {"ocr": made}, "reused": {},
        "notes": notes, "out": Path("out") if whole else None,
        "unopened": tuple(str(note.values["name"]) for note in notes if note.code == "cannot-open"),
    }  # fmt: skip
    return cast("Built", SimpleNamespace(**values))


def test_what_was_made_is_counted() -> None:
    shown = report.summary(built(READ))
    assert shown["dossier"] == str(Path("out/dossier.pdf"))
    assert (shown["exhibits"], shown["events"], shown["pages"], shown["made"]) == (1, 0, 7, 1)
    assert "证据 1 件" in report.text(built(READ), "zh-CN")
    assert "up to date" in report.text(built(READ, made=0), "en")


def test_a_withdrawn_exhibit_is_not_counted() -> None:
    gone = msgspec.structs.replace(READ, status="withdrawn")
    assert report.summary(built(READ, gone))["exhibits"] == 1


@pytest.mark.parametrize("status", ["unread", "partly"])
def test_what_was_not_read_is_named_with_its_reason(status: str) -> None:
    lost = msgspec.structs.replace(LOST, status=status)
    assert report.exit_of(built(READ, lost)) is Exit.UNREAD
    text = report.text(built(READ, lost), "zh-CN")
    assert "x.bin" in text
    assert report.summary(built(lost))["unread"][0]["codes"] == ["no-reader"]


def test_warnings_are_shown_once_and_counted_beyond_eight() -> None:
    notes = tuple(Note(code="review-time-unclear", values={"said": str(n % 10)}) for n in range(20))
    text = report.text(built(READ, notes=notes), "zh-CN")
    assert "请留意 10 处" in text
    assert "另有 2 处" in text
    assert report.exit_of(built(READ, notes=notes)) is Exit.COMPLETE


def test_a_part_of_the_stages_makes_no_dossier() -> None:
    shown = report.summary(built(READ, whole=False))
    assert shown["dossier"] is None
    assert "未生成卷宗" in report.text(built(READ, whole=False), "zh-CN")


def test_what_could_not_be_opened_is_said_and_exits_3() -> None:
    notes = (Note(code="cannot-open", values={"name": "锁住.png"}),)
    assert report.exit_of(built(READ, notes=notes)) is Exit.UNREAD
    assert "锁住.png" in report.text(built(READ, notes=notes), "zh-CN")
