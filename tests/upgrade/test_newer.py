"""What a newer version left is said to be newer, never altered, and nothing is touched."""

from __future__ import annotations

import json
import typing
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline import ledger
from pipeline.ledger import VERSION, Entry, audit
from pipeline.model import digest_of
from pipeline.publish import publish
from pipeline.store import Record, Store
from tests.upgrade.conftest import unpacked

Said = Callable[..., tuple[int, str]]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return unpacked("0.3.0", tmp_path)


def append(case: Path, **changes: Any) -> None:
    """A line as a later version may write it: its own kinds and fields, its own hash."""
    path = case / "ledger.jsonl"
    line = json.loads(path.read_bytes().splitlines()[-1])
    with path.open("ab") as stream:
        stream.write(msgspec.json.encode({**line, **changes}, order="sorted") + b"\n")


def state(case: Path) -> dict[str, bytes]:
    kept = ("inbox", "originals", "out", "ledger.jsonl")
    return {str(path): path.read_bytes() for path in case.rglob("*") if path.is_file() and path.parts[-1] != "lock"
            and path.relative_to(case).parts[0] in kept}  # fmt: skip


NEWER: dict[str, dict[str, Any]] = {
    "version": {"version": VERSION + 1},
    "kind": {"version": VERSION + 1, "kind": "signed"},
    "field": {"version": VERSION + 1, "witness": {"by": "x"}},
    "other-hash": {"version": VERSION + 7, "hash": "blake3:00"},
}


@pytest.mark.parametrize("change", NEWER.values(), ids=NEWER)
@pytest.mark.parametrize("command", ["build", "audit", "verify", "check"])
def test_a_newer_ledger_asks_for_a_newer_program(case: Path, said: Said, command: str, change: dict[str, Any]) -> None:
    append(case, **change)
    append(case, before="follows from what only the newer version knows")
    before = state(case)
    code, text = said(command, str(case))
    assert code == 7
    assert "newer dossier" in text
    assert "Update dossier" in text
    assert "altered" not in text
    assert state(case) == before


def test_the_older_dossier_itself_can_still_be_checked(case: Path, said: Said) -> None:
    append(case, version=VERSION + 1)
    assert said("verify", str(case / "out" / "dossier.pdf"))[0] == 0


def test_a_newer_line_hides_nothing_that_was_altered_before_it(case: Path, said: Said) -> None:
    path = case / "ledger.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"bytes":9,', b'"bytes":8,', 1))
    append(case, version=VERSION + 1)
    assert [problem.code for problem in audit(path)] == ["ledger-altered", "ledger-newer"]
    assert said("build", str(case))[0] == 5
    assert said("audit", str(case))[0] == 5


@pytest.mark.parametrize("version", ["2.0", '"2"', "true", "null", "-1", "0", "1e400"])
def test_a_version_that_is_none_is_no_newer_one(case: Path, said: Said, version: str) -> None:
    path = case / "ledger.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    lines[-1] = lines[-1].replace(b'"version":1', f'"version":{version}'.encode())
    path.write_bytes(b"".join(lines))
    assert {problem.code for problem in audit(path)} <= {"ledger-unreadable", "ledger-altered"}
    assert said("audit", str(case))[0] == 5


def test_a_line_grows_only_with_its_version() -> None:
    """Whoever adds a field or a kind raises VERSION, and says here what belongs to it."""
    fields = set("version chain kind at body previous hash before link".split())
    kinds = set("received withdrawn decision made reused recovered sealed".split())
    assert (VERSION, set(Entry.__struct_fields__), set(typing.get_args(ledger.Kind))) == (1, fields, kinds)


def test_results_of_an_unknown_schema_are_made_anew(tmp_path: Path) -> None:
    store = Store(tmp_path / "work")
    store.remember("ab", Record(stage="ocr", document=store.put(b"{}")))
    path = store.root / "keys" / "ab.json"
    kept = json.loads(path.read_bytes())
    kept["record"]["signature"] = "a field of later"
    path.write_bytes(json.dumps(kept).encode())
    assert store.recall("ab") is None


def test_work_of_a_newer_version_is_ignored(case: Path, said: Said) -> None:
    for path in (case / "work" / "keys").iterdir():
        path.write_bytes(b'{"schema":9,"value":' + path.read_bytes() + b"}")
    (case / "work" / "index.sqlite").write_bytes(b"of a newer version")
    before = state(case)
    assert said("build", str(case), "--jobs", "1", "--ocr", "none", "--until", "timeline")[0] in (0, 3)
    del before[str(case / "ledger.jsonl")]
    assert before.items() <= state(case).items()


def test_a_newer_run_json_still_says_what_to_clear_away(tmp_path: Path) -> None:
    """Outputs of another version that this one does not make go, lest `verify` finds them on no list."""
    (tmp_path / "new.json").write_bytes(b"{}")
    known = {"outputs": {"new.json": digest_of(b"{}")}, "gpu": 4, "stages": [{"stage": "x", "energy": 1}]}
    (tmp_path / "run.json").write_bytes(json.dumps(known).encode())
    store = Store(tmp_path / "work")
    assert publish(tmp_path, {"dossier.pdf": store.put(b"pdf")}, store)
    assert not (tmp_path / "new.json").exists()
