"""Stillness, names, and where a file can be put: pure parts, over many inputs."""

from __future__ import annotations

import itertools
import os
from pathlib import Path, PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.watch.arrivals import PATIENCE, Arrival, Eye, Stillness, look
from pipeline.watch.names import fit, free, is_own, key, shown, vacant
from pipeline.watch.tree import Entry, Tree, look_at
from tests.watch.drops import put


def arrival(*paths: str, size: int = 1) -> Arrival:
    tree = Tree(entries=frozenset(Entry(path, size, 0) for path in paths))
    return Arrival(kind="folder", names=("案",), tree=tree)


@given(st.lists(st.tuples(st.floats(0, 30), st.integers(1, 3)), min_size=1, max_size=30), st.floats(0, 20))
def test_what_changed_within_the_quiet_time_is_never_ready(looks: list[tuple[float, int]], quiet: float) -> None:
    still, now, since, before = Stillness(quiet), 0.0, 0.0, 0
    for step, size in looks:
        now += step
        if size != before:
            since, before = now, size
        left = still.left(arrival("a", size=size), now)
        assert left == pytest.approx(quiet - (now - since))


def test_the_unfinished_wait_longer_and_the_ready_not_at_all() -> None:
    still = Stillness(10)
    assert still.left(arrival("a.png", "~$订单.xlsx"), 0) == 10 * PATIENCE
    assert still.left(arrival("a.png", "b.part", "READY"), 0) == 0
    assert still.left(arrival("a.png", "sub/READY"), 0) == 10


def test_what_went_and_came_again_is_new() -> None:
    still = Stillness(10)
    still.left(arrival("a"), 0)
    still.forget_all_but([])
    assert still.left(arrival("a"), 100) == 10


def test_a_look_sees_everything_below(tmp_path: Path) -> None:
    case = put(tmp_path / "案", {"a/b/c.txt": "1", ".hidden": "2"})
    (case / "link").symlink_to("/")
    before = look_at(case)
    assert before.files == ["a/b/c.txt"]
    assert {entry.path for entry in before.entries} == {"a", "a/b", "a/b/c.txt", ".hidden", "link"}
    (case / ".hidden").write_text("22")
    assert look_at(case) != before


def test_arrivals_come_in_natural_order(tmp_path: Path) -> None:
    put(tmp_path, {"x 10.png": "1", "x 2.png": "2", "b.zip": "3", "a.ZIP": "4", "n.part": "5"})
    (tmp_path / "空").mkdir()
    seen = look(tmp_path)
    assert [(found.kind, found.names) for found in seen.arrivals] == [
        ("zip", ("a.ZIP",)),
        ("zip", ("b.zip",)),
        ("folder", ("空",)),
        ("loose", ("x 2.png", "x 10.png")),
    ]
    assert seen.arrivals[-1].tree.partial == ["n.part"]


@given(st.text(max_size=300))
def test_a_made_up_name_is_one_that_every_system_takes(name: str) -> None:
    made = fit(name)
    assert made
    assert len(made.encode()) <= 210
    assert not set(made) & set('<>:"/\\|?*\0\n')
    assert not made.startswith(".")
    assert made == made.rstrip(". ")
    assert fit(made) == made


@given(st.binary(min_size=1, max_size=50))
def test_any_bytes_of_a_name_can_be_shown(data: bytes) -> None:
    assert shown(os.fsdecode(data)).isprintable()
    shown(os.fsdecode(data)).encode()


def test_names_that_are_one() -> None:
    assert key("Café") == key("CAFE\u0301")
    assert key("店a") != key("店b")


def test_a_taken_name_gets_a_number() -> None:
    assert free("店", {"店", "店 (2)"}.__contains__) == "店 (3)"
    assert free("a.png", {"a.png"}.__contains__) == "a (2).png"
    assert len(free("长" * 85, {"长" * 85}.__contains__).encode()) <= 255


def test_a_place_that_is_vacant_is_behind_no_link_or_file(tmp_path: Path) -> None:
    case = put(tmp_path / "案", {"a.txt": "1", "sub/b.txt": "2", "补充-1/a.txt": "3"})
    (case / "link").symlink_to(tmp_path)
    assert vacant(case, PurePath("c.txt")) == case / "c.txt"
    assert vacant(case, PurePath("a.txt")) == case / "补充-2" / "a.txt"
    assert vacant(case, PurePath("a.txt/b.txt")) == case / "补充-2" / "a.txt" / "b.txt"
    assert vacant(case, PurePath("link/x.txt")) == case / "补充-1" / "link" / "x.txt"
    assert vacant(case, PurePath("out/x.txt"), own=True) == case / "补充-1" / "out" / "x.txt"


@pytest.mark.parametrize("name", ["case.toml", "结果说明.txt", "statement.1.md", "inbox", "READY", "work"])
def test_own_names(name: str) -> None:
    assert is_own(name)
    assert not is_own(f"x{name}x")


def looks(eye: Eye, times: int, step: float, begin: float = 0.0) -> list[bool]:
    """Whether the folder was looked through anew, time after time."""
    seen = [eye.look(begin + number * step).arrivals[0] for number in range(times)]
    return [one is not before for before, one in itertools.pairwise(seen)]


def test_what_has_long_been_still_is_looked_through_less_often(tmp_path: Path) -> None:
    put(tmp_path, {"案/a/b.txt": "1"})
    eye = Eye(tmp_path)
    assert all(looks(eye, 8, 2.0))
    an_hour = looks(eye, 1800, 2.0, 16.0)
    assert sum(an_hour) < 100
    assert sum(an_hour[-30:]) == 1


def test_a_change_at_its_top_is_seen_at_once_and_one_below_within_a_minute(tmp_path: Path) -> None:
    put(tmp_path, {"案/a/b.txt": "1"})
    eye = Eye(tmp_path)
    looks(eye, 1800, 2.0)
    put(tmp_path, {"案/READY": ""})
    assert eye.look(3600).arrivals[0].tree.ready
    looks(eye, 1800, 2.0, 3600)
    put(tmp_path, {"案/a/c.txt": "2"})
    assert eye.look(7260).arrivals[0].tree.files == ["READY", "a/b.txt", "a/c.txt"]


def test_what_was_not_as_it_was_seen_is_looked_through_again(tmp_path: Path) -> None:
    put(tmp_path, {"案/a/b.txt": "1"})
    eye = Eye(tmp_path)
    looks(eye, 1800, 2.0)
    put(tmp_path, {"案/a/c.txt": "2"})
    eye.forget("案")
    assert len(eye.look(3600).arrivals[0].tree.files) == 2
