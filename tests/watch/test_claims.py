"""Claims: taken once, whoever asks; gone on with when their watcher is gone; else left alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from filelock import FileLock

from pipeline.watch.arrivals import look
from pipeline.watch.claims import Claim, dead, names_in_hand, sweep
from tests.watch.drops import Drop, apart, put, quick


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return put(tmp_path / "收件箱", {"店A/a.txt": "1", ".claims/.x.part": "left"})


def test_the_living_keep_theirs_and_the_dead_do_not(inbox: Path) -> None:
    claims = inbox / ".claims"
    claim = Claim.open(claims)
    assert claim.take(inbox, look(inbox).arrivals[0], "店A")
    assert list(dead(claims, ())) == []
    assert list(names_in_hand(claims).values()) == ["店A"]
    claim._lock.release()
    [found] = dead(claims, ())
    assert found.recover(inbox)
    assert found.hand_back(inbox)
    found.close()
    assert (inbox / "店A" / "a.txt").read_text() == "1"
    assert [path.name for path in claims.iterdir()] == [".x.part"]


def test_what_changed_before_the_rename_goes_back(inbox: Path) -> None:
    seen = look(inbox).arrivals[0]
    put(inbox / "店A", {"b.txt": "2"})
    claim = Claim.open(inbox / ".claims")
    assert not claim.take(inbox, seen, "店A")
    claim.close()
    assert sorted(path.name for path in (inbox / "店A").iterdir()) == ["a.txt", "b.txt"]
    assert [path for path in (inbox / ".claims").iterdir() if path.is_dir()] == []


def test_loose_files_that_changed_go_back(inbox: Path) -> None:
    put(inbox, {"x.txt": "1", "y.txt": "2"})
    seen = look(inbox).arrivals[-1]
    (inbox / "y.txt").write_text("22")
    claim = Claim.open(inbox / ".claims")
    assert not claim.take(inbox, seen, "x 等2个文件")
    claim.close()
    assert (inbox / "x.txt").read_text() == "1"
    assert (inbox / "y.txt").read_text() == "22"


def test_a_name_that_is_taken_again_keeps_the_claim(inbox: Path) -> None:
    claim = Claim.open(inbox / ".claims")
    assert claim.take(inbox, look(inbox).arrivals[0], "店A")
    put(inbox / "店a", {"b.txt": "2"})
    assert not claim.hand_back(inbox)
    claim.close()
    [found] = dead(inbox / ".claims", ())
    assert found.at("new") is not None


def test_what_died_before_it_claimed_is_swept(inbox: Path) -> None:
    claims = inbox / ".claims"
    (claims / "0123.lock").touch()
    with FileLock(claims / "4567.lock"):
        sweep(claims)
        assert sorted(path.name for path in claims.iterdir()) == ["4567.lock"]


@pytest.mark.kill
def test_two_watchers_take_nothing_twice(tmp_path: Path) -> None:
    """Two processes at once, over many folders, loose files and zips; each case is built once."""
    drop = Drop(tmp_path / "收件箱")
    for number in range(25):
        drop.put(f"店 {number}", {"a.txt": f"{number}"})
    put(drop.inbox, {f"散 {number}.txt": f"s{number}" for number in range(5)})
    log = tmp_path / "log"

    def watch() -> None:
        one = Drop(drop.inbox)
        for _ in range(3):
            one.once(build=quick, quiet=0)
        with log.open("a") as file:
            file.writelines(f"{out.way} {out.name}\n" for out in one.came if out.way)

    children = []
    for _ in range(2):
        child = os.fork()
        if child == 0:
            code = apart(watch)
            os._exit(code)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
    told = log.read_text().splitlines()
    assert len(told) == len(set(told))
    texts = sorted(path.read_text() for path in drop.inbox.glob("done/*/**/*.txt") if path.name[0] in "a散")
    assert texts == sorted([*map(str, range(25)), *(f"s{number}" for number in range(5))])
    assert drop.exits()["failed"] == []
