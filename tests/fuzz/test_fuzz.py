"""A slice of the fuzzer's run, and that a run can be made again."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.pools import opened
from tests.fuzz import check
from tests.fuzz.__main__ import main, report, run
from tests.fuzz.check import Verdict, verdicts
from tests.fuzz.corpus import Sample, samples
from tests.fuzz.deadly import deadly
from tests.fuzz.mutate import mutant

SEED = 2026
COUNT = 600


def test_no_mutant_shows_a_defect() -> None:
    found = list(run(SEED, range(COUNT), 2))
    assert [verdict for verdict in found if verdict.defect] == []
    assert sorted(verdict.index for verdict in found) == list(range(COUNT))
    assert len({verdict.family for verdict in found}) > 50
    assert max(verdict.memory for verdict in found) < check.LIMITS.memory
    assert {verdict.read.split(" ")[0] for verdict in found} == {"read", "partly", "unread"}


def test_a_mutant_is_the_same_each_time_and_another_by_another_seed() -> None:
    first = [mutant(index, 1, samples()) for index in range(40)]
    assert first == [mutant(index, 1, samples()) for index in range(40)]
    assert first != [mutant(index, 2, samples()) for index in range(40)]
    assert sum(data != sample.data for sample, data in first) > 30


def test_every_reader_has_samples() -> None:
    from stages.chats.formats import READERS as CHATS
    from stages.orders.readers import READERS as ORDERS

    families = {sample.family for sample in samples()}
    assert {reader.id for reader in (*CHATS, *ORDERS)} <= families


def test_a_worker_that_ends_is_the_defect_of_one_mutant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.fuzz.__main__.verdicts", deadly)
    found = {verdict.index: verdict.defect for verdict in run(1, range(6), 1)}
    assert [index for index, defect in found.items() if defect] == [3]
    assert "ended" in found[3]


def test_a_defect_is_told_and_its_mutant_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check, "MOST_CPU", 0.0)
    assert main(["--seed", "1", "--only", "7", "--keep", str(tmp_path)]) == 1
    assert "1 defects of 1 kinds" in capsys.readouterr().out
    sample, data = mutant(7, 1, samples())
    assert (tmp_path / "7" / sample.name).read_bytes() == data


def test_a_report_counts_kinds() -> None:
    found = [Verdict(at, "a", 0.1, 1 << 20, "read a", "boom" if at > 1 else "") for at in range(5)]
    assert "1 defects" not in report(found)
    assert "3 x boom: 2, 3, 4" in report(found)
    assert verdicts(1, []) == []


def test_a_sample_unchanged_is_read() -> None:
    sample: Sample = next(sample for sample in samples() if sample[:2] == ("line-txt", "sample-pc.txt"))
    with opened(1, apart=True) as worker:  # the limit of memory is no matter of what other tests left in this process
        assert worker.submit(check.check, sample.name, sample.data).result().startswith(("read", "partly"))
