"""Which folders below a root are cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.batch import Found, cases_below
from stages.ingest.evidence import is_evidence


def found(root: Path) -> Found:
    return cases_below(root, is_evidence)


def names(root: Path) -> list[str]:
    return [case.relative_to(root).as_posix() for case in found(root).cases]


def put(root: Path, *paths: str, text: str = "亲，在吗") -> None:
    for path in paths:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if path.endswith("/"):
            file.mkdir(exist_ok=True)
        else:
            file.write_text(text, "utf-8")


@pytest.mark.parametrize("mark", ["case.toml", "ledger.jsonl", "inbox/"])
def test_a_folder_with_a_mark_is_a_case(tmp_path: Path, mark: str) -> None:
    (tmp_path / "a").mkdir()
    put(tmp_path, f"a/{mark}")
    assert names(tmp_path) == ["a"]


def test_else_the_topmost_that_directly_holds_evidence(tmp_path: Path) -> None:
    put(tmp_path, "shop/2026/a/chat.txt", "shop/2026/a/more/chat.txt", "shop/2026/b/x/y/chat.txt")
    assert names(tmp_path) == ["shop/2026/a", "shop/2026/b/x/y"]


def test_no_case_lies_inside_a_case(tmp_path: Path) -> None:
    put(tmp_path, "a/case.toml", "a/inbox/b/case.toml", "a/inbox/b/chat.txt", "c/chat.txt", "c/d/case.toml")
    assert names(tmp_path) == ["a", "c"]


def test_numbers_count(tmp_path: Path) -> None:
    put(tmp_path, "case 10/a.txt", "case 9/a.txt", "case 1/a.txt")
    assert names(tmp_path) == ["case 1", "case 9", "case 10"]


def test_what_is_no_evidence_makes_no_case(tmp_path: Path) -> None:
    put(tmp_path, "a/.DS_Store", "a/x.part", "a/notes.toml", "b/empty.txt", text="")
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "program.bin").write_bytes(b"\x7fELF\0\0\0\0" + bytes(64))
    put(tmp_path, ".hidden/chat.txt")
    (tmp_path / "link").symlink_to(tmp_path / ".hidden")
    assert names(tmp_path) == []


def test_what_lies_loose_in_the_root_is_told_and_makes_no_case(tmp_path: Path) -> None:
    put(tmp_path, "a/chat.txt", "loose.txt", "run.part")
    assert names(tmp_path) == ["a"]
    assert [path.name for path in found(tmp_path).loose] == ["loose.txt"]


def test_a_root_that_is_a_case_itself(tmp_path: Path) -> None:
    put(tmp_path, "inbox/chat.txt", "other/chat.txt")
    assert found(tmp_path).cases == (tmp_path,)


def test_a_mark_of_another_kind_is_none(tmp_path: Path) -> None:
    put(tmp_path, "a/case.toml/x/y.bin", "b/inbox", text="\x7fELF\0\1\2\3")
    assert names(tmp_path) == []
