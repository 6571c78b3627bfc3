from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import tiny_stages

from pipeline.contract import CustodyRecord
from pipeline.errors import VerificationFailed, say
from pipeline.ledger import START, Ledger, audit, stamp

NOON = datetime(2026, 3, 17, 12, tzinfo=UTC)
RECEIVED = {"label": "1", "name": "聊天.txt", "raw": None, "digest": "sha256:aa", "bytes": 5, "channel": "inbox"}


class Ticking:
    """A clock that goes on by a minute each time it is asked."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.jsonl"


@pytest.fixture
def ledger(path: Path) -> Ledger:
    return Ledger(path, Ticking())


def test_a_ledger_without_records_is_an_empty_file(ledger: Ledger, path: Path) -> None:
    assert ledger.extend([]) == []
    assert path.read_bytes() == b""
    assert audit(path) == []
    assert (ledger.evidence_head, ledger.newest, ledger.last("sealed")) == (START, None, None)


def test_records_follow_from_each_other(ledger: Ledger) -> None:
    first, run, second = (ledger.append(kind, RECEIVED) for kind in ("received", "made", "withdrawn"))
    assert (first.chain, run.chain, second.chain) == ("evidence", "run", "evidence")
    assert (first.previous, run.previous, second.previous) == (START, START, first.hash)
    assert (first.before, run.before, second.before) == (START, first.link, run.link)
    assert ledger.evidence_head == second.hash
    assert ledger.evidence == (first, second)


def test_a_line_is_canonical_json(ledger: Ledger, path: Path) -> None:
    ledger.append("received", RECEIVED)
    line = path.read_text(encoding="utf-8")
    assert line.startswith('{"at":"2026-03-17T12:01:00Z","before":"')
    assert '"name":"聊天.txt"' in line
    assert line.endswith('"version":1}\n')


def test_the_newest_evidence_gives_the_time(ledger: Ledger) -> None:
    ledger.append("received", RECEIVED)
    ledger.append("sealed", {})
    assert ledger.newest == "2026-03-17T12:01:00Z"
    sealed = ledger.last("sealed")
    assert sealed is not None
    assert sealed.at == "2026-03-17T12:02:00Z"


def test_times_are_written_in_utc() -> None:
    shanghai = timezone(timedelta(hours=8))
    assert stamp(datetime(2026, 3, 17, 20, 0, 1, 999, tzinfo=shanghai)) == "2026-03-17T12:00:01Z"


def test_custody_is_the_evidence_chain(ledger: Ledger) -> None:
    ledger.append("received", RECEIVED)
    ledger.append("made", {})
    ledger.append("decision", {"ruling": "x"})
    custody = ledger.custody("late-shipping", "2026-03-18T00:00:00Z")
    assert custody.evidence_head == ledger.evidence_head
    assert (custody.case, custody.made) == ("late-shipping", "2026-03-18T00:00:00Z")
    assert custody.records == (
        CustodyRecord(at="2026-03-17T12:01:00Z", action="received", label="1", name="聊天.txt", digest="sha256:aa"),
        CustodyRecord(at="2026-03-17T12:03:00Z", action="decision", label=None, name=None, digest=None),
    )


def test_custody_names_the_stages(ledger: Ledger) -> None:
    custody = ledger.custody("case", "2026-03-18T00:00:00Z", tiny_stages.ORDER)
    assert custody.stages == {"ingest": "1", "read": "1", "gather": "1", "seal": "1"}


def test_a_reopened_ledger_goes_on(ledger: Ledger, path: Path) -> None:
    ledger.append("received", RECEIVED)
    again = Ledger(path, Ticking())
    again.append("withdrawn", RECEIVED)
    assert again.entries[1].previous == ledger.evidence_head
    assert audit(path) == []


def test_an_altered_record_stops_the_build(ledger: Ledger, path: Path) -> None:
    ledger.append("received", RECEIVED)
    ledger.append("received", {**RECEIVED, "label": "2"})
    path.write_text(path.read_text(encoding="utf-8").replace('"bytes":5', '"bytes":6', 1), encoding="utf-8")
    with pytest.raises(VerificationFailed) as broken:
        Ledger(path, Ticking())
    assert (broken.value.code, broken.value.values) == ("ledger-broken", {"line": 1})


def test_the_audit_finds_all_problems_with_their_lines(ledger: Ledger, path: Path) -> None:
    for label in "1234567":
        ledger.append("received", {**RECEIVED, "label": label})
    lines = path.read_bytes().splitlines(keepends=True)
    lines[1] = lines[1].replace(b'"bytes":5', b'"bytes":6')  # its own hash no longer fits
    lines[3] = b"not a record\n"
    del lines[5]  # the one after it follows from nothing
    path.write_bytes(b"".join(lines) + b'{"torn')
    problems = audit(path)
    assert [(problem.code, problem.values["line"]) for problem in problems] == [
        ("ledger-altered", 2),
        ("ledger-unreadable", 4),
        ("ledger-broken", 6),
        ("ledger-torn", 7),
    ]
    for problem in problems:
        assert "⟨" not in say(problem.code, problem.values, "zh-CN") + say(problem.code, problem.values, "en")


def test_the_same_record_with_other_spacing_is_altered(ledger: Ledger, path: Path) -> None:
    ledger.append("received", RECEIVED)
    path.write_bytes(path.read_bytes().replace(b'"version":1', b'"version": 1'))
    assert [problem.code for problem in audit(path)] == ["ledger-unreadable"]


def test_a_chain_rewritten_from_one_line_on_is_found_where_it_parts(ledger: Ledger, path: Path) -> None:
    """Who rewrites a line has to rewrite all that follows, and cannot reach the head that a dossier cites."""
    ledger.append("received", RECEIVED)
    ledger.append("received", {**RECEIVED, "label": "2"})
    head = ledger.evidence_head
    forged = Ledger(path.with_name("forged.jsonl"), Ticking())
    forged.append("received", {**RECEIVED, "name": "other.txt"})
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(forged.path.read_bytes() + lines[1])
    assert [(problem.code, problem.values["line"]) for problem in audit(path)] == [("ledger-broken", 2)]
    assert forged.evidence_head != head


def test_there_is_nothing_to_audit(path: Path) -> None:
    assert [problem.code for problem in audit(path)] == ["ledger-missing"]


def test_an_empty_file_is_a_sound_ledger(path: Path) -> None:
    path.touch()
    assert audit(path) == []
    assert Ledger(path, Ticking()).entries == []


def test_a_torn_tail_is_kept_cut_and_recorded(ledger: Ledger, path: Path) -> None:
    ledger.append("received", RECEIVED)
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"at":"2026')
    again = Ledger(path, Ticking())
    (name,) = again.recovered
    assert path.with_name(name).read_bytes() == b'{"at":"2026'
    assert path.read_bytes().startswith(whole)
    assert again.entries[-1].kind == "recovered"
    assert again.entries[-1].body == {"kept": name, "bytes": 11}
    assert again.evidence_head == ledger.evidence_head
    assert Ledger(path, Ticking()).recovered == ()


def test_a_kill_between_the_cut_and_its_record_is_made_good(ledger: Ledger, path: Path) -> None:
    ledger.append("received", RECEIVED)
    path.with_name("ledger.torn-0123456789abcdef").write_bytes(b'{"at"')
    assert Ledger(path, Ticking()).recovered == ("ledger.torn-0123456789abcdef",)
    assert Ledger(path, Ticking()).recovered == ()


def test_what_cannot_be_written_is_not_remembered(ledger: Ledger, path: Path) -> None:
    ledger.append("received", RECEIVED)
    with pytest.raises(TypeError):
        ledger.extend([("made", {}), ("made", {"bad": object()})])
    assert [entry.kind for entry in ledger.entries] == ["received"]
    ledger.append("made", {})
    assert audit(path) == []
