"""Zips from untrusted hands: every entry is taken, counted as skipped, or named as unread."""

import io
import stat
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.contract import Made
from pipeline.locate import Locator, reread
from pipeline.model import Ingested, digest_of
from stages.ingest import STAGE, archive

Perform = Callable[..., Made]
XLSX = {"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}


def zipped(members: Mapping[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return buffer.getvalue()


def renamed(data: bytes, old: bytes, new: bytes) -> bytes:
    """Names as another program would have written them, in both places where a zip keeps them."""
    assert len(old) == len(new)
    return data.replace(old, new)


def opened(perform: Perform, data: bytes) -> tuple[Ingested, dict[str, bytes]]:
    made = perform(STAGE, data, "a.zip")
    document = made.document
    assert isinstance(document, Ingested)
    files = {
        name: content.read_bytes() if isinstance(content, Path) else content for name, content in made.files.items()
    }
    assert list(files) == [str(index) for index in range(len(document.members))]
    for index, member in enumerate(document.members):
        assert (member.digest, member.bytes) == (digest_of(files[str(index)]), len(files[str(index)]))
    return document, files


def unread(document: Ingested) -> list[str]:
    return [item.code for item in document.unread]


def test_members_come_out_with_their_names_and_bytes(perform: Perform) -> None:
    data = zipped({"聊天/chat.txt": "你好".encode(), "a.png": b"\x89PNG", "folder/": b""})
    document, files = opened(perform, data)
    assert (document.kind, document.media_type) == ("archive", "application/zip")
    assert [member.name for member in document.members] == ["聊天/chat.txt", "a.png"]
    assert files["0"] == "你好".encode()
    assert (document.balance.total, document.balance.records, document.balance.skipped) == (3, 2, 1)
    for member in document.members:
        assert digest_of(reread(data, Locator(member=member.name))) == member.digest  # type: ignore[arg-type]


@pytest.mark.parametrize(("encoding", "noted"), [("gb18030", True), ("utf-8", False)])
def test_names_without_the_flag_are_utf_8_or_else_gb18030(perform: Perform, encoding: str, noted: bool) -> None:
    name = "订单截图.txt".encode(encoding)
    data = renamed(zipped({"x" * len(name): b"1"}), b"x" * len(name), name)
    document, _ = opened(perform, data)
    assert [member.name for member in document.members] == ["订单截图.txt"]
    assert [note.code for note in document.notes] == (["archive-names-gb18030"] if noted else [])
    assert reread(data, Locator(member="订单截图.txt")) == b"1"


def test_what_systems_add_is_skipped_and_counted(perform: Perform) -> None:
    junk = ["__MACOSX/._a.txt", "x/.DS_Store", "Thumbs.db", "~$orders.xlsx", "desktop.ini"]
    document, _ = opened(perform, zipped({**dict.fromkeys(junk, b"1"), "a.txt": b"a"}))
    assert [(note.code, note.values) for note in document.notes] == [("archive-junk", {"members": 5})]
    assert (document.balance.records, document.balance.skipped, document.balance.unread) == (1, 5, 0)


@pytest.mark.parametrize("data", [zipped({}), zipped({"folder/": b""})])
def test_a_zip_without_files_says_so(perform: Perform, data: bytes) -> None:
    document, _ = opened(perform, data)
    assert [note.code for note in document.notes] == ["archive-without-files"]


@pytest.mark.parametrize(
    "name", ["../out.txt", "a/../../b", "/etc/x", "C:/x", "..\\x", "\\\\server\\x", "a/..", "line\nfeed", "..\x07"]
)
def test_names_that_point_outside_are_not_taken(perform: Perform, name: str) -> None:
    document, _ = opened(perform, zipped({name: b"1", "good.txt": b"2"}))
    assert unread(document) == ["member-name"]
    assert [member.name for member in document.members] == ["good.txt"]
    assert document.balance.unread == 1


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_are_not_followed(perform: Perform, kind: int) -> None:
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = (kind | 0o777) << 16
    document, _ = opened(perform, zipped({info: b"/etc/passwd"}))
    assert unread(document) == ["member-link"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_two_members_with_one_name_the_first_is_taken(perform: Perform) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("a.txt", b"1")
        file.writestr("a.txt", b"2")
    document, files = opened(perform, buffer.getvalue())
    assert unread(document) == ["member-twice"]
    assert files == {"0": b"1"}


def test_an_encrypted_member_asks_to_be_unpacked(perform: Perform) -> None:
    data = bytearray(zipped({"secret.txt": b"1", "open.txt": b"2"}, zipfile.ZIP_STORED))
    data[6] |= 1  # the flag in the member's own header
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1  # and in the directory
    document, _ = opened(perform, bytes(data))
    assert [(item.code, item.values) for item in document.unread] == [("archive-encrypted", {"members": 1})]
    assert [member.name for member in document.members] == ["open.txt"]


def test_an_archive_inside_is_named_a_workbook_inside_is_taken(perform: Perform) -> None:
    inner = {"inner.zip": zipped({"a": b"1"}), "b.rar": b"Rar!\x1a\x07\x00", "orders.xlsx": zipped(XLSX)}
    document, _ = opened(perform, zipped(inner))
    assert unread(document) == ["member-archive", "member-archive"]
    assert [member.name for member in document.members] == ["orders.xlsx"]


def test_a_bomb_is_stopped_by_what_it_declares(perform: Perform) -> None:
    document, files = opened(perform, zipped({"bomb.txt": bytes(32 << 20)}))
    assert unread(document) == ["member-too-large"]
    assert files == {}


def test_a_bomb_that_lies_about_its_size_is_stopped_by_counting(perform: Perform) -> None:
    data = zipped({"bomb.txt": bytes(32 << 20)})
    document, _ = opened(perform, data.replace(struct.pack("<L", 32 << 20), struct.pack("<L", 1000)))
    assert unread(document)[0] in {"member-too-large", "member-broken"}
    assert document.members == ()


def test_all_members_together_have_a_limit(perform: Perform, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_TOTAL", 1500)
    document, _ = opened(perform, zipped({"a": bytes(1000), "b": bytes(1000), "c": bytes(400)}))
    assert unread(document) == ["member-too-large"]
    assert [member.name for member in document.members] == ["a", "c"]


def test_too_many_members(perform: Perform, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 3)
    document, files = opened(perform, zipped({str(number): b"" for number in range(4)}))
    assert [(item.code, item.values) for item in document.unread] == [("archive-too-many", {"members": 4, "limit": 3})]
    assert files == {}


def test_a_damaged_member_does_not_take_the_others_with_it(perform: Perform) -> None:
    data = bytearray(zipped({"a.txt": b"A" * 50, "b.txt": b"B" * 50}, zipfile.ZIP_STORED))
    data[data.index(b"A" * 50)] = 0
    document, _ = opened(perform, bytes(data))
    assert unread(document) == ["member-broken"]
    assert [member.name for member in document.members] == ["b.txt"]


def test_half_a_zip(perform: Perform) -> None:
    data = zipped({"a.txt": b"A" * 500}, zipfile.ZIP_STORED)
    document, _ = opened(perform, data[: len(data) // 2])
    assert (document.kind, unread(document)) == ("archive", ["archive-broken"])
    assert document.balance.unread == len(data) // 2


@pytest.mark.parametrize(
    ("members", "kind", "media_type"),
    [
        (XLSX, "table", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (
            {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"},
            "table",
            "application/vnd.oasis.opendocument.spreadsheet",
        ),
        ({"word/document.xml": b"<a/>"}, "unknown", "application/vnd.openxmlformats-officedocument"),
        ({"mimetype": b"text/plain", "content.xml": b"<a/>"}, "archive", "application/zip"),
    ],
)
def test_documents_that_are_zips(perform: Perform, members: dict[str, bytes], kind: str, media_type: str) -> None:
    document, files = opened(perform, zipped(members))
    assert (document.kind, document.media_type) == (kind, media_type)
    assert bool(files) == (kind == "archive")
    assert unread(document) == (["type-not-supported"] if kind == "unknown" else [])


def test_a_workbook_that_unpacks_to_too_much(perform: Perform, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stages.ingest.identify.MAX_WORKBOOK", 1 << 20)
    document, _ = opened(perform, zipped({**XLSX, "xl/sheet1.xml": bytes(3 << 20)}))
    assert [(item.code, item.values) for item in document.unread] == [
        ("workbook-too-large", {"megabytes": 3, "limit": 1})
    ]


ORIGINAL = zipped({"a.txt": b"hello " * 40, "聊天.txt": b"x", "b/": b"", "__MACOSX/a": b"1"})


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(st.tuples(st.integers(0, len(ORIGINAL) - 1), st.integers(0, 255)), min_size=1, max_size=6),
    end=st.integers(4, len(ORIGINAL)),
)
def test_a_mutated_zip_never_raises_and_always_adds_up(
    perform: Perform, changes: list[tuple[int, int]], end: int
) -> None:
    data = bytearray(ORIGINAL)
    for where, value in changes:
        data[where] = value
    document, _ = opened(perform, bytes(data) if end % 3 else bytes(data[:end]))
    assert document.balance.records == len(document.members) or document.kind != "archive"
