"""Mails through a whole case: attachments are exhibits of their own, wherever the mail lies."""

from __future__ import annotations

import json
from pathlib import Path

from cases import EPOCH, ROOT, fill, zipped

from pipeline.contract import Settings
from pipeline.model import Case, bare, digest_of
from pipeline.run import build, clock_from
from stages import ORDER

MAIL = (ROOT / "fixtures" / "chats" / "eml" / "sample-attachments.eml").read_bytes()
MBOX = (ROOT / "fixtures" / "chats" / "mbox" / "sample-two-people.mbox").read_bytes()


def made(folder: Path, case: Case | None = None) -> Path:
    build(
        folder,
        case or Case(title="初晴"),
        ORDER,
        Settings(ocr="none"),
        jobs=1,
        clock=clock_from({"SOURCE_DATE_EPOCH": EPOCH}),
    )
    return folder / "out"


def test_attachments_are_exhibits_below_their_mail(tmp_path: Path) -> None:
    out = made(fill(tmp_path / "case", {"信.eml": MAIL}))
    exhibits = json.loads((out / "manifest.json").read_bytes())["exhibits"]
    assert [(one["label"], one["name"], one["media_type"], one["status"]) for one in exhibits] == [
        ("1", "信.eml", "message/rfc822", "read"),
        ("1-1", "信.eml/拉链正面.png", "image/png", "read"),
        ("1-2", "信.eml/拉链背面.png", "image/png", "read"),
    ]
    (event,) = json.loads((out / "timeline.json").read_bytes())["events"]
    assert (event["role"], event["at"]["start"]) == ("mail.sent", "2026-03-17T09:12:31+08:00")
    assert (event["citations"][0]["where"], event["citations"][0]["sha256"]) == ({"whole": True}, bare(digest_of(MAIL)))


def test_a_mail_inside_an_archive_is_read_and_its_attachments_are_said_to_be_left(tmp_path: Path) -> None:
    out = made(fill(tmp_path / "case", {"信.zip": zipped({"信.eml": MAIL})}))
    exhibits = json.loads((out / "manifest.json").read_bytes())["exhibits"]
    assert [(one["label"], one["status"]) for one in exhibits] == [("1", "read"), ("1-1", "partly")]
    assert "nested-mail" in (out / "notes.json").read_text("utf-8")


def test_the_mails_of_others_leave_no_trace(tmp_path: Path) -> None:
    out = made(fill(tmp_path / "case", {"全部.mbox": MBOX}))
    assert json.loads((out / "timeline.json").read_bytes())["events"] == []
    held = [path.read_bytes() for top in (out, out.parent / "work") for path in top.rglob("*") if path.is_file()]
    assert not any(trace.encode() in data for trace in ("赵先生", "zhao@mail.example") for data in held)
