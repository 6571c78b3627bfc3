"""The times at which exhibits came, the order in which they get their labels, and what is hidden."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cases import ROOT, Intake, fill

from pipeline.errors import say, wording
from pipeline.intake import natural
from pipeline.model import Receipt

FIRST, SECOND, THIRD = (f"2026-03-17T0{hour}:00:00Z" for hour in (1, 2, 3))


@pytest.fixture
def case(tmp_path: Path) -> Intake:
    (tmp_path / "case" / "inbox").mkdir(parents=True)
    return Intake(tmp_path / "case")


def receipts(case: Intake, label: str = "1") -> list[tuple[str, str]]:
    return [(receipt.name, receipt.received) for receipt in case.exhibits()[label].receipts]


def test_a_renamed_file_keeps_the_time_at_which_it_came(case: Intake) -> None:
    case.drop(a_txt="1")
    case.take()
    for old, new in (("a.txt", "b.txt"), ("b.txt", "c.txt")):
        (case.folder / "inbox" / old).rename(case.folder / "inbox" / new)
        case.take()
    assert receipts(case) == [("c.txt", FIRST)]
    ledger = case.register._ledger.evidence
    assert [(entry.kind, entry.body["name"], entry.at) for entry in ledger][-2:] == [
        ("withdrawn", "b.txt", THIRD),
        ("received", "c.txt", THIRD),
    ]


def test_a_second_copy_has_its_own_time(case: Intake) -> None:
    case.drop(b_txt="1")
    case.take()
    case.drop(a_txt="1")
    case.take()
    assert receipts(case) == [("b.txt", FIRST), ("a.txt", SECOND)]


def test_the_copy_that_stays_has_the_first_time_and_later_ones_their_own(case: Intake) -> None:
    case.drop(a_txt="1")
    case.take()
    case.drop(b_txt="1")
    case.take()
    case.drop(c_txt="1")
    case.take()
    (case.folder / "inbox" / "a.txt").unlink()
    case.take()
    assert receipts(case) == [("b.txt", FIRST), ("c.txt", THIRD)]


def test_a_withdrawn_exhibit_shows_all_its_receipts_as_they_were(case: Intake) -> None:
    case.drop(a_txt="1", z_txt="2")
    case.take()
    (case.folder / "inbox" / "a.txt").rename(case.folder / "inbox" / "b.txt")
    case.take()
    (case.folder / "inbox" / "b.txt").unlink()
    case.take()
    assert receipts(case) == [("a.txt", FIRST), ("b.txt", SECOND)]
    assert case.exhibits()["1"].withdrawn


def test_a_renamed_archive_keeps_the_times_of_its_members(case: Intake) -> None:
    case.drop(a_zip="PK")
    case.take()
    (case.folder / "inbox" / "a.zip").rename(case.folder / "inbox" / "b.zip")
    case.take()
    assert case.exhibits()["1"].receipts == (Receipt(name="b.zip", received=FIRST),)


@pytest.mark.parametrize(
    "names",
    [
        ["两行.png", "两行2.png", "两行10.png"],
        ["a.txt", "a (1).txt", "a b.txt", "a-1.txt"],
        ["图1.jpg", "图1.png", "图1.1.png", "图2.png"],
        [".env", "a", "a2/1", "a.b/1"],
        ["track.mp3", "track.mp4"],
        ["b2/两行.png", "b2/两行2.png", "b10/a.png"],
    ],
)
def test_a_name_stands_before_its_longer_fellows(names: list[str]) -> None:
    assert sorted(set(names), key=natural) == names


def test_labels_follow_the_name_before_the_extension(case: Intake) -> None:
    fill(case.folder, {"两行2.png": "2", "两行10.png": "10", "两行.png": "1"})
    case.take()
    assert case.names() == {"1": ["两行.png"], "2": ["两行2.png"], "3": ["两行10.png"]}


def test_the_labels_of_the_whole_case_stay() -> None:
    expected = json.loads((ROOT / "fixtures" / "cases" / "late-shipping" / "expected.json").read_text("utf-8"))
    names = [exhibit["name"] for exhibit in expected["exhibits"] if "-" not in exhibit["label"]]
    assert sorted(names, key=natural) == names


def test_hidden_files_are_no_evidence_but_are_counted(case: Intake) -> None:
    fill(case.folder, {".secret.txt": "1", ".cache/a.txt": "2", "sub/._photo.jpg": "3", ".DS_Store": "4", "a.txt": "5"})
    (note,) = case.take()
    assert (note.code, note.values) == ("hidden-left-out", {"count": 3})
    assert wording(note.code).severity == "info"
    assert "3" in say(note.code, note.values, "zh-CN")
    assert case.names() == {"1": ["a.txt"]}


def test_the_note_on_hidden_files_comes_after_the_named_ones(case: Intake) -> None:
    fill(case.folder, {".secret.txt": "1", "a.txt": "2"})
    (case.folder / "inbox" / "link").symlink_to(case.folder)
    assert [note.code for note in case.take()] == ["symlink-refused", "hidden-left-out"]


def test_without_an_inbox_hidden_files_are_counted_too(tmp_path: Path) -> None:
    for name in (".git/config", "a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    case = Intake(tmp_path)
    assert [(note.code, note.values) for note in case.take()] == [("hidden-left-out", {"count": 1})]
    assert case.names() == {"1": ["a.txt"]}
