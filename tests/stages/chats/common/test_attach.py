"""The files a chat names are found by their names among the files of the case, nearest first, and never by likeness."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.contract import Source
from pipeline.locate import Locator
from pipeline.model import Attachment, Balance, Message, Reading, digest_of
from stages.chats.common.attach import attached

ONE, OTHER = digest_of(b"one"), digest_of(b"other")


def reading(*attachments: Attachment | str) -> Reading:
    parts = tuple(Attachment(name=part) if isinstance(part, str) else part for part in attachments)
    message = Message(where=Locator(lines=(1, 2)), at=None, sender="林小姐", text="[图片]", attachments=parts)
    return Reading(reader="x@1", format="x", records=(message,), balance=Balance(unit="lines", total=2, records=2))


def found(names: dict[str, str], *attachments: Attachment | str, name: str = "chat.zip/chat.txt") -> Reading:
    return attached(reading(*attachments), Source(data=b"", name=name, siblings={name: digest_of(b"chat"), **names}))


def digests(told: Reading) -> list[str | None]:
    (message,) = told.records
    assert isinstance(message, Message)
    assert all(part.found is (part.sha256 is not None) for part in message.attachments)
    return [part.sha256 for part in message.attachments]


@pytest.mark.parametrize(
    ("written", "there"),
    [
        ("a.jpg", "chat.zip/a.jpg"),
        ("A.JPG", "chat.zip/a.jpg"),
        ("图片\\a.jpg", "chat.zip/media/a.jpg"),
        ("media/a.jpg", "chat.zip/media/a.jpg"),
        ("./media/a.jpg", "chat.zip/media/a.jpg"),
        ("cafe\u0301.png", "chat.zip/caf\u00e9.png"),
        ("\u200ea.jpg", "chat.zip/a.jpg"),
        ("a.jpg", "elsewhere/a.jpg"),
    ],
)
def test_by_name(written: str, there: str) -> None:
    told = found({there: ONE}, written)
    assert digests(told) == [ONE.removeprefix("sha256:")]
    assert not told.notes


def test_the_nearest_of_one_name_is_meant() -> None:
    told = found({"chat.zip/a.jpg": ONE, "other.zip/a.jpg": OTHER}, "a.jpg")
    assert digests(told) == [ONE.removeprefix("sha256:")]


def test_a_path_that_fits_comes_before_nearness() -> None:
    told = found({"chat.zip/a.jpg": ONE, "chat.zip/media/a.jpg": OTHER}, "media/a.jpg")
    assert digests(told) == [OTHER.removeprefix("sha256:")]


def test_the_same_bytes_twice_are_no_doubt_but_different_ones_are() -> None:
    assert digests(found({"chat.zip/x/a.jpg": ONE, "chat.zip/y/a.jpg": ONE}, "a.jpg")) == [ONE.removeprefix("sha256:")]
    told = found({"chat.zip/x/a.jpg": ONE, "chat.zip/y/a.jpg": OTHER}, "a.jpg")
    assert digests(told) == [None]
    assert [(note.code, note.values) for note in told.notes] == [
        ("attachments-ambiguous", {"count": 1, "names": "a.jpg"})
    ]


def test_what_only_looks_alike_is_named_and_not_taken() -> None:
    told = found({"chat.zip/a.jpg.png": ONE}, "a.jpg")
    assert digests(told) == [None]
    assert [(note.code, note.values["file"]) for note in told.notes] == [("attachment-alike", "a.jpg.png")]


def test_what_is_missing_is_counted_once_a_name() -> None:
    told = found({}, "a.jpg", "b.jpg", "a.jpg", "c.jpg", "d.jpg")
    assert [(note.code, note.values) for note in told.notes] == [
        ("attachments-missing", {"count": 4, "names": "a.jpg、b.jpg、c.jpg"})
    ]


def test_what_a_reader_found_itself_stays() -> None:
    own = Attachment(name="a.jpg", found=True, sha256="0" * 64)
    assert digests(found({"chat.zip/a.jpg": ONE}, own)) == ["0" * 64]


def test_a_file_is_no_attachment_of_itself() -> None:
    assert digests(found({}, "chat.txt")) == [None]


def test_without_attachments_nothing_is_touched() -> None:
    plain = reading()
    assert attached(plain, Source(data=b"", name="a")) is plain


def test_beside_means_the_same_folder(tmp_path: Path) -> None:
    users = tmp_path / "users.json"
    users.write_bytes(b"[]")
    digest = digest_of(b"[]")
    siblings = {"x.zip/users.json": digest, "users.json": OTHER}
    source = Source(data=b"", name="x.zip/day.json", siblings=siblings, path={digest: users}.__getitem__)
    assert source.beside("users.json") == digest
    assert source.bytes_beside("users.json") == b"[]"
    assert source.bytes_beside("nobody.json") is None
