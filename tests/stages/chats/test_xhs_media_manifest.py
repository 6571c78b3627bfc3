"""The list of media files of Xiaohongshu's web chat: what it states is checked against the files of the case."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from pipeline.cli.app import run
from pipeline.model import Reading
from tests.stages.chats.tools import NOON, balance, codes, known_to, lost, reader_of, source_of

READER = reader_of("xhs-media-manifest")
PICTURE = b"\x89PNG\r\n\x1a\n picture"
DIGEST = hashlib.sha256(PICTURE).hexdigest()


def asset(path: Any = "media/images/a.png", digest: Any = DIGEST, **more: Any) -> dict[str, Any]:
    return {"originalUrl": "https://x.example.com/a", "localPath": path, "sha256": digest, **more}


def read(
    data: Any, name: str = "chat.zip/x/media/manifest.json", there: tuple[str, ...] = ("chat.zip/x/media/images/a.png",)
) -> Reading:
    return READER.read(source_of(data, name, siblings=dict.fromkeys(there, "sha256:" + DIGEST)))


def test_a_file_with_its_digest_needs_no_word() -> None:
    reading = read({"version": 1, "assets": [asset()], "failures": []})
    assert (codes(reading), lost(reading), balance(reading)) == ([], [], (1, 0, 1, 0))
    assert (reading.records, reading.declared) == ((), {"files": 1})


@pytest.mark.parametrize("digest", ["sha256:" + DIGEST, DIGEST.upper(), f" {DIGEST} "])
def test_digests_may_be_written_otherwise(digest: str) -> None:
    assert codes(read({"assets": [asset(digest=digest)]})) == []


@pytest.mark.parametrize(
    "name", ["media/manifest.json", "manifest.json", "chat.zip/manifest.json", "a/b/media/manifest.json"]
)
@pytest.mark.parametrize("path", ["media/images/a.png", "./media/images/a.png", "media\\images\\a.png"])
def test_paths_count_from_the_folder_or_the_one_above(name: str, path: str) -> None:
    folder = name.rpartition("/")[0].removesuffix("media").rstrip("/")
    there = f"{folder}/media/images/a.png".lstrip("/")
    assert codes(read({"assets": [asset(path)]}, name, (there,))) == []


def test_another_file_of_that_name_differs() -> None:
    reading = read({"assets": [asset(digest="0" * 64)]})
    assert codes(reading) == ["media-digest-differs"]
    assert reading.notes[0].where is not None
    assert reading.notes[0].where.pointer == "/assets/0"


def test_a_file_that_is_not_there_is_missing() -> None:
    assert codes(read({"assets": [asset("media/images/b.png")]})) == ["media-missing"]


def test_failures_are_told_and_counted() -> None:
    reading = read({"assets": [asset()], "failures": [{"originalUrl": "u", "error": "HTTP 403"}]})
    assert (codes(reading), balance(reading)) == (["media-not-saved"], (2, 0, 2, 0))


@pytest.mark.parametrize("entry", [5, None, {}, asset(path=None), asset(digest="abc"), asset(digest=None)])
def test_entries_that_cannot_be_checked_stay_unread(entry: Any) -> None:
    reading = read({"assets": [asset(), entry]})
    assert (len(lost(reading)), balance(reading)) == (1, (2, 0, 1, 1))


@pytest.mark.parametrize(
    "data",
    [
        {"files": [{"path": "images/a.png", "sha256": DIGEST}]},
        [{"file": "media/images/a.png", "hash": DIGEST}],
        {"media/images/a.png": DIGEST},
        {"media/images/a.png": {"sha256": DIGEST, "size": 9}},
        {"files": {"media/images/a.png": DIGEST}},
    ],
)
def test_lists_of_other_shapes_are_checked_too(data: Any) -> None:
    source = source_of(data, "x/media/manifest.json")
    assert known_to(source) == {"xhs-media-manifest"}
    name = "chat.zip/x/media/manifest.json"
    assert (codes(read(data, name)), balance(read(data, name))[2]) == ([], 1)
    assert codes(read(data, name, there=())) == ["media-missing"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("media/other.json", {"assets": [asset()]}),
        ("manifest.json", {"name": "an app", "icons": [{"src": "images/a.png"}]}),
        ("manifest.json", {"chunks": [{"file": "chunks/c1.jsonl", "sha256": DIGEST}]}),
        ("manifest.json", "no JSON"),
    ],
)
def test_other_lists_are_not_known(name: str, data: Any) -> None:
    assert "xhs-media-manifest" not in known_to(source_of(data, name))


def test_a_whole_archive_is_read_and_nothing_of_it_is_unread(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chat = {
        "chatlab": {"version": "0.0.2"},
        "meta": {"name": "momo酱", "platform": "xiaohongshu", "type": "private"},
        "members": [],
        "messages": [
            {"sender": "u1", "accountName": "momo酱", "timestamp": NOON, "type": 1,
             "content": "[图片] https://x.example.com/a\n[本地文件] media/texts/a.txt"}
        ],
    }  # fmt: skip
    with ZipFile(tmp_path / "xhs.zip", "w") as archive:
        archive.writestr("xhs/chatlab.json", json.dumps(chat))
        archive.writestr("xhs/media/texts/a.txt", PICTURE)
        archive.writestr(
            "xhs/media/manifest.json", json.dumps({"assets": [asset("media/texts/a.txt")], "failures": []})
        )
    run(["read", "--json", str(tmp_path / "xhs.zip")])
    shown = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    by_name = {file["file"]["name"].rpartition("/")[2]: file for file in shown}
    assert (by_name["manifest.json"]["format"], by_name["manifest.json"]["unread"]) == ("xhs-media-manifest", [])
    assert by_name["manifest.json"]["notes"] == []
    attachments = by_name["chatlab.json"]["records"][0]["attachments"]
    assert attachments == [{"name": "media/texts/a.txt", "found": True, "sha256": DIGEST}]
