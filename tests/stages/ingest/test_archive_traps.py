"""Zips as other programs write them, and zips that mean harm: each entry taken, skipped or named, never all lost."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.contract import Inputs, Made
from pipeline.locate import Locator, reread
from pipeline.model import Ingested, digest_of
from pipeline.wording import WORDINGS
from stages.ingest import STAGE
from stages.ingest.identify import identify

Perform = Callable[..., Made]


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED, comment: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, data in members.items():
            file.writestr(name, data)
        file.comment = comment
    return buffer.getvalue()


def opened(perform: Perform, data: bytes) -> Ingested:
    made = perform(STAGE, data, "证据.zip")
    document = made.document
    assert isinstance(document, Ingested)
    balance = document.balance
    assert balance.total == balance.records + balance.skipped + balance.unread
    assert {said.code for said in (*document.notes, *document.unread)} <= WORDINGS.keys()
    assert len(made.files) == len(document.members)
    return document


def taken(document: Ingested) -> list[str]:
    return [member.name for member in document.members]


def lost(document: Ingested) -> list[tuple[str, object]]:
    return [(span.code, span.values.get("member")) for span in document.unread]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_every_method_that_can_be_unpacked(perform: Perform, method: int) -> None:
    data = zipped({"聊天.txt": "在吗\n".encode() * 500}, method)
    document = opened(perform, data)
    assert document.members[0].digest == digest_of("在吗\n".encode() * 500)
    assert document.balance.unread == 0


def test_a_method_that_cannot_be_unpacked_is_named_by_its_member(perform: Perform) -> None:
    data = zipped({"a.txt": b"hi" * 100}).replace(b"\x08\x00", b"\x09\x00")  # Deflate64, as Windows writes large files
    assert lost(opened(perform, data)) == [("member-broken", "a.txt")]


@pytest.mark.parametrize("tail", [b"trailing bytes", bytes(300)])
def test_what_stands_behind_the_directory_does_no_harm(perform: Perform, tail: bytes) -> None:
    assert taken(opened(perform, zipped({"a.txt": b"hi"}) + tail)) == ["a.txt"]


def test_a_comment_does_no_harm_even_if_it_looks_like_a_directory(perform: Perform) -> None:
    document = opened(perform, zipped({"a.txt": b"hi"}, comment=b"PK\x01\x02 and more"))
    assert taken(document) == ["a.txt"]


def test_a_program_with_a_zip_behind_it_is_no_archive(perform: Perform) -> None:
    document = opened(perform, b"MZ\x90\x00" + zipped({"a.txt": b"hi"}))
    assert (document.kind, document.unread[0].code, document.members) == ("unknown", "type-unknown", ())


def test_a_zip_with_nothing_in_it(perform: Perform) -> None:
    document = opened(perform, b"PK\x05\x06" + bytes(18))
    assert (document.kind, [note.code for note in document.notes]) == ("archive", ["archive-without-files"])


def test_empty_members_are_members(perform: Perform) -> None:
    document = opened(perform, zipped({"a.txt": b"", "b/": b""}))
    assert [(member.name, member.bytes) for member in document.members] == [("a.txt", 0)]
    assert (document.balance.records, document.balance.skipped) == (1, 1)


@pytest.mark.parametrize(
    "names",
    [
        ["A.txt", "a.txt"],
        ["聊天\\chat.txt", "聊天/chat.txt"],
        ["\u00e9.txt", "e\u0301.txt"],
        ["a" * 200 + "/" + "b" * 200 + ".txt"],
        [" a .txt", "a..txt", "...", "a./b", ".hidden"],
        ["con.txt", "%2e%2e%2fa.txt", "${HOME}.txt", "-rf"],
    ],
)
def test_odd_names_are_names(perform: Perform, names: list[str]) -> None:
    data = zipped({name: name.encode() for name in names})
    document = opened(perform, data)
    assert taken(document) == names
    assert [reread(data, Locator(member=name)) for name in names] == [name.encode() for name in names]


def test_a_name_in_no_encoding_is_kept_as_the_archive_shows_it(perform: Perform) -> None:
    document = opened(perform, zipped({"xx.txt": b"1"}).replace(b"xx.txt", b"\xff\xff.txt"))
    assert (taken(document), document.notes) == (["\u00a0\u00a0.txt"], ())


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:\\a.txt", "..\\a.txt", "a/../../b", "Icon\r"])
def test_a_hostile_name_is_named_in_print_and_its_neighbours_are_taken(perform: Perform, name: str) -> None:
    document = opened(perform, zipped({"first.txt": b"1", name: b"2", "last.txt": b"3"}))
    assert taken(document) == ["first.txt", "last.txt"]
    assert lost(document) == [("member-name", name.replace("\r", "?"))]


def test_two_entries_that_share_their_bytes(perform: Perform) -> None:
    data = zipped({"a.txt": b"1" * 100, "b.txt": b"2" * 100})
    second = data.rindex(b"PK\x01\x02")
    document = opened(perform, data[: second + 42] + struct.pack("<L", 0) + data[second + 46 :])
    assert (taken(document), lost(document)) == (["a.txt"], [("member-broken", "b.txt")])


def test_an_entry_that_begins_beyond_the_end(perform: Perform) -> None:
    data = zipped({"a.txt": b"1" * 100, "b.txt": b"2" * 100})
    second = data.rindex(b"PK\x01\x02")
    document = opened(perform, data[: second + 42] + struct.pack("<L", 1 << 30) + data[second + 46 :])
    assert (taken(document), lost(document)) == (["a.txt"], [("member-broken", "b.txt")])


def test_a_checksum_that_does_not_fit(perform: Perform) -> None:
    data = zipped({"a.txt": b"A" * 100, "b.txt": b"B" * 100}, zipfile.ZIP_STORED)
    assert lost(opened(perform, data.replace(b"B" * 100, b"C" * 100))) == [("member-broken", "b.txt")]


@pytest.mark.parametrize(
    ("inner", "code"),
    [
        (zipped({"x.txt": b"1"}), "member-archive"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(30), "member-archive"),
        (b"\x1f\x8b\x08" + bytes(30), "member-archive"),
        (b"PK\x03\x04 cut short", "member-archive"),
    ],
)
def test_an_archive_is_not_opened_twice_over(perform: Perform, inner: bytes, code: str) -> None:
    document = opened(perform, zipped({"inner.bin": inner, "a.txt": b"1"}))
    assert (taken(document), lost(document)) == (["a.txt"], [(code, "inner.bin")])


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/workbook.bin"])
def test_workbooks_of_both_kinds_inside_a_zip_are_taken_whole(perform: Perform, name: str) -> None:
    assert taken(opened(perform, zipped({"orders.xlsx": zipped({name: b"<a/>"})}))) == ["orders.xlsx"]


def test_a_spreadsheet_that_does_not_even_say_what_it_is(perform: Perform) -> None:
    stored = zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}, 0)
    assert opened(perform, stored).kind == "table"
    document = opened(perform, stored.replace(b"oasis", b"o4s1s", 1))
    assert (document.kind, lost(document)[0]) == ("archive", ("member-broken", "mimetype"))


def test_a_file_is_identified_by_itself(tmp_path: Path) -> None:
    with pytest.raises(LookupError):
        identify(Inputs(exhibit=None, path=lambda _: tmp_path, scratch=tmp_path))


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12)


@given(st.dictionaries(NAMES, st.binary(max_size=40), max_size=6), st.sampled_from([0, 8, 12]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_its_names_every_member_is_accounted_for(
    perform: Perform, members: dict[str, bytes], method: int
) -> None:
    data = zipped(members, method)
    document = opened(perform, data)
    assert document.balance.total == len(members)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        stored = {info.filename: archive.read(info) for info in archive.infolist()}
    for member in document.members:
        assert member.digest == digest_of(stored[member.name])
