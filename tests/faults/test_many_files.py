"""Very many small files: what a build does for each does not grow with their number."""

from __future__ import annotations

import cProfile
import pstats
from collections.abc import Callable
from pathlib import Path

import tiny_stages
from cases import EPOCH, Intake, fill

from pipeline.contract import Settings
from pipeline.ledger import audit
from pipeline.model import Case
from pipeline.run import build, clock_from

GROWTH = 1.15
"""A logarithm, of sorting, may show."""


def calls(work: Callable[[], object]) -> int:
    """How many functions are called: a measure of work that no clock disturbs."""
    profile = cProfile.Profile()
    profile.runcall(work)
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


def many(folder: Path, count: int) -> Path:
    return fill(folder, {f"{number % 7}/聊天 {number}.txt": f"第 {number} 次" for number in range(count)})


def test_taking_in_thousands_of_files_costs_as_much_for_each_as_hundreds(tmp_path: Path) -> None:
    costs = []
    for count in (200, 1000):
        case = Intake(many(tmp_path / str(count), count))
        costs.append([calls(case.take) / count, calls(case.take) / count])
        assert len(case.exhibits()) == count
        assert audit(case.folder / "ledger.jsonl") == []
    (first, again), (first_of_more, again_of_more) = costs
    assert first_of_more < GROWTH * first
    assert again_of_more < GROWTH * again


def test_the_same_bytes_under_thousands_of_names_come_and_go_at_the_same_cost(tmp_path: Path) -> None:
    costs = []
    for count in (250, 1000):
        case = Intake(fill(tmp_path / str(count), {f"{number}.txt": "同" for number in range(count)}))
        came = calls(case.take)
        for path in (case.folder / "inbox").iterdir():
            path.unlink()
        costs.append((came / count, calls(case.take) / count))
        (exhibit,) = case.exhibits().values()
        assert (exhibit.withdrawn, len(exhibit.receipts)) == (True, count)
    assert all(more < GROWTH * few for few, more in zip(*costs, strict=True))


def test_building_many_files_costs_as_much_for_each_as_few(tmp_path: Path) -> None:
    costs = []
    for count in (100, 400):
        folder = many(tmp_path / str(count), count)

        def make(folder: Path = folder) -> None:
            clock = clock_from({"SOURCE_DATE_EPOCH": EPOCH})
            build(folder, Case(), tiny_stages.ORDER, Settings(), jobs=1, clock=clock)

        costs.append((calls(make) / count, calls(make) / count))
    assert all(more < GROWTH * few for few, more in zip(*costs, strict=True)), costs
