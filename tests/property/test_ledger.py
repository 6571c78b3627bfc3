"""No byte of a ledger can change unseen, and no torn tail costs more than its own line."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import VerificationFailed
from pipeline.ledger import Ledger, audit

NOON = datetime(2026, 3, 17, 12, tzinfo=UTC)
BODY = {"label": "1", "name": "聊天.txt", "raw": None, "digest": "sha256:00", "bytes": 5, "channel": "inbox"}
KINDS = st.sampled_from(["received", "withdrawn", "decision", "made", "reused", "sealed"])


def written(path: Path, kinds: list[str]) -> bytes:
    ledger = Ledger(path, lambda: NOON)
    for number, kind in enumerate(kinds):
        ledger.append(kind, {**BODY, "label": str(number)})  # type: ignore[arg-type]
    return path.read_bytes()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return written(tmp_path_factory.mktemp("ledger") / "ledger.jsonl", ["received", "received", "made", "withdrawn"])


def test_every_flip_of_every_byte_is_found(sample: bytes, tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    line = 1
    for place, byte in enumerate(sample):
        for flip in (0x01, 0xA0):
            path.write_bytes(sample[:place] + bytes([byte ^ flip]) + sample[place + 1 :])
            problems = audit(path)
            assert problems, (place, flip)
            assert line in {problem.values["line"] for problem in problems}
        line += byte == 0x0A


@settings(max_examples=100, deadline=None)
@given(kinds=st.lists(KINDS, min_size=2, max_size=8), data=st.data())
def test_a_line_that_is_gone_moved_or_doubled_is_found(
    kinds: list[str], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("ledger") / "ledger.jsonl"
    lines = written(path, kinds).splitlines(keepends=True)
    place = data.draw(st.integers(0, len(lines) - 2))
    other = data.draw(st.integers(0, len(lines) - 1).filter(lambda number: number != place))
    swapped = list(lines)
    swapped[place], swapped[other] = swapped[other], swapped[place]
    for changed in (lines[:place] + lines[place + 1 :], swapped, [*lines[: place + 1], *lines[place:]]):
        path.write_bytes(b"".join(changed))
        assert audit(path)
        with pytest.raises(VerificationFailed):
            Ledger(path, lambda: NOON)


@settings(max_examples=60, deadline=None)
@given(kinds=st.lists(KINDS, max_size=8))
def test_what_was_written_is_sound_and_reads_the_same(
    kinds: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("ledger") / "ledger.jsonl"
    ledger = Ledger(path, lambda: NOON)
    ledger.extend((kind, {**BODY, "label": str(number)}) for number, kind in enumerate(kinds))  # type: ignore[misc]
    again = Ledger(path, lambda: NOON)
    assert again.entries == ledger.entries
    assert [entry.kind for entry in again.entries] == kinds
    assert audit(path) == []


@settings(max_examples=60, deadline=None)
@given(kinds=st.lists(KINDS, max_size=6), more=st.lists(st.sampled_from(["made", "reused", "sealed"]), max_size=4))
def test_the_evidence_head_does_not_see_the_runs(
    kinds: list[str], more: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("ledger")
    evidence = [kind for kind in kinds if kind in {"received", "withdrawn", "decision"}]
    mixed, bare = Ledger(folder / "mixed", lambda: NOON), Ledger(folder / "bare", lambda: NOON)
    for kind in more:
        mixed.append(kind, {})  # type: ignore[arg-type]
    for kind in evidence:
        mixed.append(kind, BODY)  # type: ignore[arg-type]
        bare.append(kind, BODY)  # type: ignore[arg-type]
        mixed.append("made", {})
    assert mixed.evidence_head == bare.evidence_head


def test_a_tail_torn_at_every_byte_costs_its_own_line_alone(sample: bytes, tmp_path: Path) -> None:
    lines = sample.splitlines(keepends=True)
    start = len(sample) - len(lines[-1])
    for size in range(start, len(sample)):
        folder = tmp_path / str(size)
        folder.mkdir()
        path = folder / "ledger.jsonl"
        path.write_bytes(sample[:size])
        torn = sample[start:size]
        assert [problem.code for problem in audit(path)] == (["ledger-torn"] if torn else [])
        ledger = Ledger(path, lambda: NOON)
        assert path.read_bytes().startswith(sample[:start])
        assert len(ledger.entries) == len(lines) - 1 + bool(torn)
        kept = [aside.read_bytes() for aside in folder.glob("ledger.torn-*")]
        assert kept == ([torn] if torn else [])
        assert [entry.body["kept"] for entry in ledger.entries if entry.kind == "recovered"] == list(ledger.recovered)
        assert len(ledger.recovered) == bool(torn)
        assert audit(path) == []


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_for_a_ledger_are_told_and_never_crash(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("ledger") / "ledger.jsonl"
    path.write_bytes(data)
    problems = audit(path)
    assert bool(problems) == bool(data)
    if any(problem.code != "ledger-torn" for problem in problems):
        with pytest.raises(VerificationFailed):
            Ledger(path, lambda: NOON)
    else:
        Ledger(path, lambda: NOON)
        assert audit(path) == []
