"""Members of archives: bytes as received, so among the originals, and never in the store."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import tiny_stages
from cases import EPOCH, PACKED, ROOT, fill, published, zipped

from pipeline.contract import Inputs, Made, Settings, Stage
from pipeline.errors import VerificationFailed
from pipeline.model import Case, bare, digest_of
from pipeline.run import Built, build, clock_from
from pipeline.store import Originals
from stages import ORDER

MEMBER = b"\0rows"
ROWS = ROOT / "fixtures" / "orders" / "xiaohongshu-orders" / "sample.csv"
OWN = "P366374524942915524"
TRACES = ("P3663745249429155300", "赵0", "13800000000")


def make(folder: Path, order: tuple[Stage, ...] = tiny_stages.ORDER, jobs: int = 1, until: str | None = None) -> Built:
    case, clock = Case(title="初晴", only=(OWN,)), clock_from({"SOURCE_DATE_EPOCH": EPOCH})
    return build(folder, case, order, Settings(), jobs=jobs, clock=clock, until=until)


def contents(folder: Path) -> Iterator[bytes]:
    return (path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = fill(tmp_path / "case", PACKED)
    make(folder)
    return folder


def kept(case: Path) -> Path:
    return case / "originals" / bare(digest_of(MEMBER))


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_member_is_kept_among_the_originals_and_nowhere_else(tmp_path: Path, jobs: int) -> None:
    case = fill(tmp_path / "case", PACKED)
    make(case, jobs=jobs)
    assert kept(case).read_bytes() == MEMBER
    assert stat.S_IMODE(kept(case).stat().st_mode) == 0o444
    assert not any(MEMBER in data for data in contents(case / "work"))
    assert not any(path.is_file() for path in (case / "work" / "scratch").rglob("*"))


def test_rows_of_other_buyers_inside_an_archive_never_enter_work(tmp_path: Path) -> None:
    rows = ROWS.read_bytes()
    assert all(trace.encode() in rows for trace in TRACES)
    case = fill(tmp_path / "case", {"导出.zip": zipped({"订单.csv": rows})})
    built = make(case, ORDER, until="orders")
    (_, member) = built.items
    orders = [record for reading in member.readings for record in reading.records]
    assert [getattr(order, "order_id", None) for order in orders] == [OWN]
    for data in (*contents(case / "work"), (case / "ledger.jsonl").read_bytes()):
        assert not any(trace.encode() in data for trace in TRACES)


def test_what_a_kill_left_of_a_member_in_scratch_is_swept(case: Path) -> None:
    left = case / "work" / "scratch" / "tmp0" / "member-0"
    left.parent.mkdir()
    left.write_bytes(MEMBER)
    make(case)
    assert not any(MEMBER in data for data in contents(case / "work"))


def test_a_build_again_reuses_the_members(case: Path) -> None:
    inode = kept(case).stat().st_ino
    assert sum(make(case).made.values()) == 0
    assert kept(case).stat().st_ino == inode


@pytest.mark.parametrize("harm", ["gone", "altered", "cut"])
def test_a_lost_or_altered_member_is_made_again_from_its_archive(case: Path, harm: str) -> None:
    before = published(case)
    damage(kept(case), harm)
    built = make(case)
    assert built.made == {"ingest": 1, "read": 0, "gather": 0, "seal": 0}
    assert kept(case).read_bytes() == MEMBER
    assert stat.S_IMODE(kept(case).stat().st_mode) == 0o444
    assert published(case) == before


def damage(path: Path, harm: str) -> None:
    path.chmod(0o644)
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(b"\0rowz" if harm == "altered" else b"\0ro")


def test_an_altered_member_is_not_used_where_its_archive_cannot_be_opened(case: Path) -> None:
    def crash(inputs: Inputs, params: tiny_stages.Params) -> Made:
        if inputs.data()[:2] == b"PK":
            raise MemoryError
        return tiny_stages.ingest(inputs, params)

    damage(kept(case), "altered")
    built = make(case, (replace(tiny_stages.INGEST, version="2", run=crash), *tiny_stages.ORDER[1:]))
    status = {item.exhibit.name: item.status for item in built.items}
    assert (status["pack.zip"], status["pack.zip/b.bin"]) == ("unread", "unread")
    assert not kept(case).exists()


def test_the_altered_members_of_an_archive_that_comes_back_are_made_again(case: Path) -> None:
    archive = case / "inbox" / "pack.zip"
    data = archive.read_bytes()
    archive.unlink()
    make(case)
    damage(kept(case), "altered")
    archive.write_bytes(data)
    make(case)
    assert kept(case).read_bytes() == MEMBER


def test_an_altered_archive_is_no_source_of_members(case: Path) -> None:
    archive = case / "originals" / bare(digest_of((case / "inbox" / "pack.zip").read_bytes()))
    archive.chmod(0o644)
    archive.write_bytes(zipped({"a.txt": b"other"}))
    with pytest.raises(VerificationFailed) as altered:
        make(case)
    assert altered.value.values["name"] == "pack.zip"


def test_a_member_that_lies_loose_too_is_an_original_like_any_other(case: Path) -> None:
    fill(case, {"loose.bin": MEMBER})
    make(case)
    damage(kept(case), "altered")
    with pytest.raises(VerificationFailed):
        make(case)


def test_members_are_kept_like_files_and_heal(tmp_path: Path) -> None:
    originals = Originals(tmp_path / "originals")
    file = tmp_path / "member"
    file.write_bytes(b"x" * 3_000_000)
    assert originals.put_file(file) == originals.put(b"x" * 3_000_000) == digest_of(b"x" * 3_000_000)
    path = originals.path(originals.put(MEMBER))
    damage(path, "cut")
    again = Originals(originals.folder)
    assert not again.holds(digest_of(MEMBER))
    assert again.put(MEMBER) == digest_of(MEMBER)
    assert path.read_bytes() == MEMBER
    assert len(list(originals.folder.iterdir())) == 2


def test_what_is_discarded_is_no_longer_there(tmp_path: Path) -> None:
    originals = Originals(tmp_path / "originals")
    originals.discard(originals.put(MEMBER))
    originals.discard(digest_of(b"nowhere"))
    assert not originals.holds_any()
