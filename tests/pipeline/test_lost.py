"""What a build must not start from: a lost ledger, what it may not read, no place for results."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import tiny_stages
from cases import EPOCH, FILES, fill, labels, published
from processes import without_overrides

from pipeline import case as case_file
from pipeline.contract import Settings
from pipeline.errors import Exit, MachineLacks, UsageError, VerificationFailed
from pipeline.ledger import Ledger
from pipeline.model import Case, bare, digest_of
from pipeline.run import Built, build, clock_from
from pipeline.store import Originals

CLOCK = clock_from({"SOURCE_DATE_EPOCH": EPOCH})


def make(folder: Path, **options: Any) -> Built:
    return build(folder, Case(title="初晴"), tiny_stages.ORDER, Settings(), jobs=1, clock=CLOCK, **options)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return fill(tmp_path / "case", FILES)


def test_a_lost_ledger_stops_the_build_and_is_not_replaced(case: Path) -> None:
    make(case)
    ledger = (case / "ledger.jsonl").read_bytes()
    (case / "ledger.jsonl").unlink()
    for _ in range(2):
        with pytest.raises(VerificationFailed) as lost:
            make(case)
        assert (lost.value.code, lost.value.exit) == ("ledger-lost", Exit.ALTERED)
        assert not (case / "ledger.jsonl").exists()
    assert "备份" in lost.value.say("zh-CN")
    assert "inbox" in lost.value.say("zh-CN")
    assert "backup" in lost.value.say("en")
    (case / "ledger.jsonl").write_bytes(ledger)
    assert sum(make(case).made.values()) == 0


@pytest.mark.parametrize("left", ["originals", "out"])
def test_originals_or_a_manifest_tell_that_there_was_a_ledger(case: Path, left: str) -> None:
    make(case)
    (case / "ledger.jsonl").unlink()
    shutil.rmtree(case / ("out" if left == "originals" else "originals"))
    with pytest.raises(VerificationFailed):
        make(case)


def test_without_originals_and_results_a_case_begins_anew(case: Path) -> None:
    make(case)
    before = published(case), labels(case)
    (case / "ledger.jsonl").unlink()
    shutil.rmtree(case / "originals")
    shutil.rmtree(case / "out")
    make(case)
    assert (published(case), labels(case)) == before


def test_a_half_made_copy_is_no_original(case: Path) -> None:
    (case / "originals").mkdir()
    (case / "originals" / ".0011.part").write_bytes(b"half")
    (case / "originals" / ".DS_Store").write_bytes(b"litter")
    make(case)


def test_there_is_a_ledger_before_there_is_an_original(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_off(_originals: Originals, source: Path) -> None:
        assert (case / "ledger.jsonl").read_bytes() == b""
        raise KeyboardInterrupt(source)

    with monkeypatch.context() as patch:
        patch.setattr(Originals, "keep", cut_off)
        with pytest.raises(KeyboardInterrupt):
            make(case)
    make(case)


def test_a_kill_between_the_first_original_and_its_record_recovers(case: Path, tmp_path: Path) -> None:
    Ledger(case / "ledger.jsonl", CLOCK)
    Originals(case / "originals").keep(case / "inbox" / "chat.txt")
    make(case)
    other = fill(tmp_path / "other" / "case", FILES)
    make(other)
    assert (published(case), labels(case)) == (published(other), labels(other))


def test_a_ledger_that_may_not_be_read_is_told(case: Path) -> None:
    make(case)
    (case / "ledger.jsonl").chmod(0)
    assert refusal(case).values == {"path": case / "ledger.jsonl"}


def test_an_original_that_may_not_be_read_is_told(case: Path) -> None:
    make(case)
    original = case / "originals" / bare(digest_of(FILES["chat.txt"].encode()))
    original.chmod(0)
    assert refusal(case).values == {"path": original}


def test_an_inbox_that_may_not_be_listed_is_told(case: Path) -> None:
    (case / "inbox").chmod(0)
    assert refusal(case).values == {"path": case / "inbox"}
    (case / "inbox").chmod(0o755)


def test_a_case_that_may_not_be_entered_is_told(case: Path) -> None:
    case.chmod(0)
    assert refusal(case).values == {"path": case}
    case.chmod(0o755)


def test_where_nothing_can_be_opened_the_first_is_told(tmp_path: Path) -> None:
    case = fill(tmp_path / "case", {"a.txt": "1", "b/c.txt": "2"})
    (case / "inbox" / "a.txt").chmod(0)
    (case / "inbox" / "b").chmod(0)
    assert refusal(case).values == {"path": case / "inbox" / "b"}
    (case / "inbox" / "b").chmod(0o755)


def refusal(case: Path) -> MachineLacks:
    with without_overrides(), pytest.raises(MachineLacks) as refused:
        make(case)
    assert (refused.value.code, refused.value.exit) == ("no-rights-read", Exit.LACKING)
    assert "读取" in refused.value.say("zh-CN")
    assert "write" not in refused.value.say("en")
    return refused.value


def test_what_could_not_be_opened_is_told_and_the_rest_is_built(case: Path) -> None:
    fill(case, {"folder/x.txt": "1", "half/y.txt": "2"})
    for name, mode in {"chat.txt": 0, "folder": 0, "half": 0o444}.items():
        (case / "inbox" / name).chmod(mode)
    with without_overrides():
        built = make(case)
    for name in ("folder", "half"):
        (case / "inbox" / name).chmod(0o755)
    assert built.unopened == ("folder", "half/y.txt", "chat.txt")
    assert [exhibit.name for exhibit in built.exhibits] == ["order 2.txt", "order 10.txt"]


def test_where_everything_opens_nothing_is_unopened(case: Path) -> None:
    (case / "inbox" / "link").symlink_to(case)
    built = make(case)
    assert (built.unopened, [note.code for note in built.notes]) == ((), ["symlink-refused"])


@pytest.mark.parametrize("closed", ["case.toml", "statement.md", "."])
def test_case_files_that_may_not_be_read_are_told(tmp_path: Path, closed: str) -> None:
    case = tmp_path / "case"
    case.mkdir()
    (case / "case.toml").write_text('[appeal]\nstatement = "statement.md"\n')
    (case / "statement.md").write_text("申诉")
    assert case_file.load(case, {}).appeal.statement == "申诉"
    (case / closed).chmod(0)
    with without_overrides(), pytest.raises(MachineLacks) as refused:
        case_file.load(case, {})
    (case / closed).chmod(0o755)
    assert refused.value.code == "no-rights-read"
    assert refused.value.values == {"path": case / ("case.toml" if closed == "." else closed)}


@pytest.mark.parametrize("where", ["file", "file/deep", "circle/out", "n" * 300, "deep/" + "n" * 300, "nowhere"])
def test_a_path_on_which_no_folder_can_be_is_told(case: Path, tmp_path: Path, where: str) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    (tmp_path / "nowhere").symlink_to(tmp_path / "file" / "gone")
    with pytest.raises(UsageError) as refused:
        make(case, out=tmp_path / where)
    assert (refused.value.code, refused.value.values) == ("out-impossible", {"out": tmp_path / where})
    assert (tmp_path / "file").read_text() == "x"


def test_a_file_called_out_is_told_before_any_work(case: Path) -> None:
    (case / "out").write_text("mine")
    with pytest.raises(UsageError):
        make(case)
    assert not (case / "work").exists()


def test_results_where_nothing_may_be_written_are_told(case: Path, tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o555)
    with without_overrides(), pytest.raises(MachineLacks) as refused:
        make(case, out=tmp_path / "closed" / "out")
    assert refused.value.code == "no-rights"
