"""A folder around one case is taken as that case; several cases, or a case with other things beside it, are not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from cases import zipped

from pipeline.watch.names import REASON, names_in
from pipeline.watch.tree import look_at
from tests.watch.drops import Drop, Files, put


@pytest.fixture
def drop(tmp_path: Path) -> Drop:
    return Drop(tmp_path / "收件箱")


CASE = {"case.toml": '[case]\ntitle = "甲"\n', "inbox/a.txt": "1"}


def below(folder: str, files: Files) -> Files:
    return {f"{folder}/{name}": content for name, content in files.items()}


LITTER: Files = {
    ".DS_Store": "d",
    "Thumbs.db": "t",
    "desktop.ini": "i",
    "__MACOSX/店A/._case.toml": "m",
    "__MACOSX/店A/case.toml": "m",
}


@pytest.mark.parametrize("inside", ["店A", "新建文件夹/店A", "下载/三月/店A"])
def test_a_folder_around_one_case_is_that_case(drop: Drop, inside: str) -> None:
    drop.put("外面", {**below(inside, CASE), **LITTER})
    drop.watch(20)
    assert drop.exits() == {"done": ["店A"], "duplicate": [], "failed": []}
    case = drop.inbox / "done" / "店A"
    assert (case / "out" / "words.txt").read_text().split() == ["甲", "1"]
    assert "拖进来的是“外面”，里面只有这一个案件文件夹，已按案件“店A”处理" in drop.reason("done", "店A")
    assert (case / "work" / "wrapped" / "外面" / "desktop.ini").read_text() == "i"
    assert names_in(drop.inbox / ".claims") == ["exits.lock"]


def test_the_same_name_twice_is_one_case(drop: Drop) -> None:
    drop.put("店A", below("店A", CASE))
    drop.watch(20)
    drop.put("店A", below("店A/店A", {"case.toml": CASE["case.toml"], "inbox/b.txt": "2"}))
    drop.watch(20)
    assert drop.exits()["done"] == ["店A"]
    assert "case.toml" in drop.reason("duplicate", "店A")
    assert "work" not in drop.reason("duplicate", "店A")
    assert drop.came[-1].added == ("b.txt",)
    assert sorted(names_in(drop.inbox / "done" / "店A" / "work" / "wrapped")) == ["店A", "店A (2)"]


def test_a_built_case_without_case_toml_is_known_by_its_ledger(drop: Drop) -> None:
    drop.put("店A", {"inbox/a.txt": "1"})
    drop.watch(20)
    (drop.inbox / "外面").mkdir()
    (drop.inbox / "done" / "店A").rename(drop.inbox / "外面" / "店A")
    drop.watch(20)
    assert drop.exits()["done"] == ["店A"]
    assert drop.came[-1].run is not None
    assert drop.came[-1].run.summary is not None
    assert drop.came[-1].run.summary["exhibits"] == 1


@pytest.mark.parametrize(
    "files",
    [
        {"截图.txt": "beside"},
        {"视频.mp4.part": "in transfer"},
        {"case.toml": ""},
        below("乙", CASE),
        below("a/b/c", {"x.txt": "beside"}),
    ],
)
def test_with_anything_beside_it_it_is_not_mixed(drop: Drop, files: Files) -> None:
    drop.put("外面", {**below("店A", CASE), **files})
    drop.watch(100)
    assert drop.exits() == {"done": [], "duplicate": [], "failed": ["外面"]}
    text = drop.reason("failed", "外面")
    assert "店A" in text
    assert "case.toml，照提示" not in text


def test_mended_by_taking_away_what_is_beside_it_is_taken(drop: Drop) -> None:
    drop.put("外面", {**below("店A", CASE), "截图.txt": "beside"})
    drop.watch(20)
    (drop.inbox / "failed" / "外面" / "截图.txt").unlink()
    (drop.inbox / "failed" / "外面").rename(drop.inbox / "外面")
    drop.watch(20)
    assert drop.exits() == {"done": ["店A"], "duplicate": [], "failed": []}


@pytest.mark.parametrize("place", ["inbox", "out", "work", "originals", "work/wrapped"])
def test_a_link_in_place_of_a_folder_of_the_case_is_not_followed(drop: Drop, tmp_path: Path, place: str) -> None:
    outside = put(tmp_path / "outside", {"secret.txt": "s"})
    folder = drop.put("外面", {"店A/case.toml": "", "店A/a.txt": "1"})
    (folder / "店A" / place).parent.mkdir(exist_ok=True)
    (folder / "店A" / place).symlink_to(outside)
    drop.watch(20)
    assert drop.exits()["done"] == []
    assert names_in(outside) == ["secret.txt"]


@pytest.mark.parametrize("name", ["done", "Failed", "状态.html"])
def test_a_name_that_is_none_for_a_case_gives_way_to_that_of_the_folder(drop: Drop, name: str) -> None:
    drop.put("外面", below(name, CASE))
    drop.watch(20)
    assert drop.exits()["done"] == ["外面"]


def test_a_zip_around_a_case_is_that_case_and_several_are_not_mixed(drop: Drop) -> None:
    case = {f"三月/店A/{name}": text.encode() for name, text in CASE.items()}
    put(drop.inbox, {"打包.zip": zipped({**case, "__MACOSX/case.toml": b"m"})})
    put(drop.inbox, {"四月.zip": zipped({"四月/甲/case.toml": b"", "四月/甲/a.txt": b"x", "四月/乙/case.toml": b""})})
    drop.watch(20)
    assert drop.exits()["done"] == ["店A"]
    assert drop.exits()["failed"] == ["四月"]
    assert "里面有 2 个案件（四月/乙、四月/甲）" in drop.reason("failed", "四月")
    assert (drop.inbox / "failed" / "四月" / "四月" / "乙" / "case.toml").exists()


def test_what_is_deeper_than_a_few_folders_is_no_wrapping(tmp_path: Path) -> None:
    assert look_at(put(tmp_path / "a", below("1/2/3", CASE))).wraps == "1/2/3"
    assert look_at(put(tmp_path / "b", below("1/2/3/4", CASE))).wraps is None
    assert look_at(put(tmp_path / "c", CASE)).wraps is None
    assert look_at(put(tmp_path / "d", {"inbox/case.toml": ""})).wraps is None


def test_nothing_of_it_is_lost_when_it_is_handed_back(drop: Drop) -> None:
    drop.put("外面", {**below("店A", CASE), **LITTER})
    claimed = drop.watcher(aside=lambda size, do: _never())  # type: ignore[arg-type,misc]
    for _ in range(8):
        claimed.turn()
        drop.clock.wait(2)
    claimed.close()
    assert (drop.inbox / "店A" / "work" / "wrapped" / "外面" / "desktop.ini").exists()
    assert os.listdir(drop.inbox / ".claims") == ["exits.lock"]  # noqa: PTH208
    drop.watch(20)
    assert REASON in names_in(drop.inbox / "done" / "店A")


def _never() -> object:
    from concurrent.futures import Future

    return Future()
