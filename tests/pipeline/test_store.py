from __future__ import annotations

import errno
import shutil
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from processes import without_overrides

from pipeline.errors import MachineLacks
from pipeline.model import Unread, bare, digest_of
from pipeline.store import (
    Missing,
    Originals,
    Record,
    Store,
    chunks_of,
    digest_file,
    lacking,
    write_aside,
    writing,
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "work")


def blob(store: Store, digest: str) -> Path:
    return store.root / "blobs" / bare(digest)[:2] / bare(digest)


def test_bytes_come_back_by_their_digest(store: Store) -> None:
    digest = store.put(b"evidence")
    assert digest == digest_of(b"evidence")
    assert store.get(digest) == b"evidence"
    assert store.path(digest) == blob(store, digest)
    assert store.holds(digest)


def test_a_file_is_kept_like_bytes(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "page.pdf"
    file.write_bytes(b"x" * 3_000_000)
    assert store.put_file(file) == store.put(b"x" * 3_000_000) == digest_file(file)
    assert b"".join(chunks_of(file)) == file.read_bytes()
    assert len(list(chunks_of(file))) == 3


def test_what_was_never_put_is_missing(store: Store) -> None:
    assert not store.holds(digest_of(b"nothing"))
    with pytest.raises(Missing):
        store.get(digest_of(b"nothing"))


@pytest.mark.parametrize("damage", [b"", b"evidencf", b"evidence and more"])
def test_a_damaged_blob_is_missing_and_put_heals_it(store: Store, damage: bytes) -> None:
    digest = store.put(b"evidence")
    blob(store, digest).write_bytes(damage)
    fresh = Store(store.root)
    assert not fresh.holds(digest)
    assert fresh.put(b"evidence") == digest
    assert Store(store.root).get(digest) == b"evidence"


def test_a_folder_in_place_of_a_blob_is_missing(store: Store) -> None:
    digest = digest_of(b"evidence")
    blob(store, digest).mkdir(parents=True)
    assert not store.holds(digest)


def test_putting_twice_writes_once(store: Store) -> None:
    digest = store.put(b"evidence")
    before = blob(store, digest).stat().st_ino
    store.put(b"evidence")
    Store(store.root).put(b"evidence")
    assert blob(store, digest).stat().st_ino == before


def test_nothing_half_written_is_left(store: Store) -> None:
    store.put(b"evidence")
    assert [path.name for path in store.root.rglob("*") if path.is_file()] == [bare(digest_of(b"evidence"))]


def test_a_write_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise OSError(errno.EIO, "the cable")

    with pytest.raises(OSError, match="the cable"):
        write_aside(tmp_path, broken())
    assert list(tmp_path.iterdir()) == []


@settings(max_examples=50, deadline=None)
@given(data=st.binary(max_size=200))
def test_any_bytes_come_back(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    store = Store(tmp_path_factory.mktemp("store"))
    assert store.get(store.put(data)) == data


def test_a_record_comes_back_by_its_key(store: Store) -> None:
    record = Record(stage="ocr", document=store.put(b"{}"), files={"a.png": store.put(b"picture")})
    store.remember("ab12", record)
    assert store.recall("ab12") == record
    assert Store(store.root).recall("ab12") == record
    assert store.recall("ab13") is None


def test_a_failure_is_a_record_too(store: Store) -> None:
    failure = Record(stage="ocr", failure=Unread(code="task-crashed", values={"stage": "ocr"}), transient=True)
    store.remember("ab12", failure)
    assert store.recall("ab12") == failure


@pytest.mark.parametrize("named", ["document", "file"])
@pytest.mark.parametrize("harm", ["gone", "damaged"])
def test_a_record_whose_blob_is_gone_or_damaged_is_none(store: Store, named: str, harm: str) -> None:
    document, file = store.put(b"{}"), store.put(b"picture")
    store.remember("ab12", Record(stage="ocr", document=document, files={"a.png": file}))
    hit = blob(store, document if named == "document" else file)
    hit.unlink() if harm == "gone" else hit.write_bytes(b"?")
    assert Store(store.root).recall("ab12") is None


@settings(max_examples=60, deadline=None)
@given(place=st.integers(min_value=0), flip=st.integers(min_value=1, max_value=255))
def test_a_record_with_any_byte_changed_is_none(
    place: int, flip: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = Store(tmp_path_factory.mktemp("store"))
    store.remember("ab12", Record(stage="ocr", failure=Unread(code="task-failed", values={"error": "KeyError"})))
    path = store.root / "keys" / "ab12.json"
    data = bytearray(path.read_bytes())
    data[place % len(data)] ^= flip
    path.write_bytes(bytes(data))
    assert store.recall("ab12") is None


def scratch_of(store: Store) -> Path:
    with store.scratch() as folder:
        assert list(folder.iterdir()) == []
        (folder / "page").mkdir()
        (folder / "page" / "band.png").write_bytes(b"x")
    return folder


def test_a_scratch_folder_is_empty_and_what_is_left_in_it_goes(store: Store) -> None:
    first, second = scratch_of(store), scratch_of(store)
    assert not first.exists()
    assert not second.exists()


def test_threads_have_scratch_folders_of_their_own(store: Store) -> None:
    with store.scratch() as mine, ThreadPoolExecutor(1) as other:
        (mine / "band.png").write_bytes(b"x")
        assert other.submit(scratch_of, store).result() != mine
        assert (mine / "band.png").exists()


def test_a_scratch_folder_that_somebody_removed_is_made_again(store: Store) -> None:
    with store.scratch() as folder:
        shutil.rmtree(store.root)
    with store.scratch() as folder:
        assert folder.is_dir()


def test_sweeping_removes_what_a_killed_build_left(store: Store) -> None:
    digest = store.put(b"evidence")
    store.remember("ab12", Record(stage="ocr", document=digest))
    left = [blob(store, digest).parent / ".0011.part", store.root / "keys" / ".0022.part"]
    for path in left:
        path.write_bytes(b"half")
    (store.root / "scratch" / "old").mkdir(parents=True)
    store.sweep()
    assert not any(path.exists() for path in [*left, store.root / "scratch"])
    assert store.recall("ab12") is not None


def test_a_store_that_is_not_there_can_be_swept(store: Store) -> None:
    store.sweep()
    assert store.recall("ab12") is None


def test_no_right_to_write_says_so(tmp_path: Path) -> None:
    store = Store(tmp_path / "work")
    tmp_path.chmod(0o555)
    with without_overrides(), pytest.raises(MachineLacks) as refused:
        store.put(b"evidence")
    assert refused.value.code == "no-rights"
    with without_overrides(), pytest.raises(MachineLacks), store.scratch():
        pass
    with without_overrides(), pytest.raises(MachineLacks):
        store.remember("ab12", Record(stage="ocr"))


def test_what_the_machine_lacks_is_told_by_the_error() -> None:
    here = Path("case")
    codes = {
        number: lack.code if (lack := lacking(OSError(number, ""), here)) else None
        for number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EACCES, errno.EROFS, errno.EPERM, errno.EIO)
    }
    assert codes == {
        errno.ENOSPC: "no-space",
        errno.EDQUOT: "no-space",
        errno.EFBIG: "no-space",
        errno.EACCES: "no-rights",
        errno.EROFS: "read-only-disk",
        errno.EPERM: "no-rights",
        errno.EIO: None,
    }


def test_a_full_device_says_so() -> None:
    with (
        pytest.raises(MachineLacks) as full,
        writing(Path("ledger")),
        Path("/dev/full").open("wb", buffering=0) as stream,
    ):
        stream.write(b"evidence")
    assert full.value.code == "no-space"
    assert full.value.values == {"path": Path("ledger")}


def test_other_errors_pass() -> None:
    with pytest.raises(FileNotFoundError), writing(Path("ledger")):
        Path("/no such folder/x").read_bytes()


@pytest.fixture
def originals(tmp_path: Path) -> Originals:
    return Originals(tmp_path / "originals")


def test_an_original_is_read_only_and_named_by_digest(originals: Originals, tmp_path: Path) -> None:
    source = tmp_path / "chat.txt"
    source.write_bytes(b"hello")
    digest, size = originals.keep(source)
    kept = originals.path(digest)
    assert (digest, size, kept.name) == (digest_of(b"hello"), 5, bare(digest_of(b"hello")))
    assert stat.S_IMODE(kept.stat().st_mode) == 0o444
    assert originals.holds(digest)


def test_keeping_the_same_bytes_again_changes_nothing(originals: Originals, tmp_path: Path) -> None:
    source = tmp_path / "chat.txt"
    source.write_bytes(b"hello")
    digest, _ = originals.keep(source)
    before = originals.path(digest).stat()
    assert originals.keep(source) == (digest, 5)
    assert originals.path(digest).stat().st_ino == before.st_ino
    assert len(list(originals.folder.iterdir())) == 1


@pytest.mark.parametrize("bytes_now", [b"hellp", b"hell", b"hello!", None])
def test_an_original_that_changed_is_not_intact(originals: Originals, tmp_path: Path, bytes_now: bytes | None) -> None:
    source = tmp_path / "chat.txt"
    source.write_bytes(b"hello")
    digest, _ = originals.keep(source)
    originals.path(digest).unlink()
    if bytes_now is not None:
        originals.path(digest).write_bytes(bytes_now)
    assert not originals.holds(digest)


def test_half_made_copies_are_swept(originals: Originals) -> None:
    originals.sweep()
    originals.folder.mkdir()
    (originals.folder / ".12.part").write_bytes(b"half")
    originals.sweep()
    assert list(originals.folder.iterdir()) == []
