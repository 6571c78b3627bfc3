"""The drop folder as a shop uses it, under a simulated clock."""

from __future__ import annotations

import errno
import os
import shutil
from concurrent.futures import Future
from pathlib import Path

import pytest
from cases import labels, zipped

from pipeline.batch import CaseRun
from pipeline.errors import DossierError, Exit, MachineLacks, NothingUsable, UsageError
from pipeline.ledger import audit
from pipeline.progress import Listener
from pipeline.watch.names import PAGE, REASON, names_in
from tests.e2e.conftest import picture
from tests.watch.drops import Drop, originals_hold, put, start


@pytest.fixture
def drop(tmp_path: Path) -> Drop:
    return Drop(tmp_path / "收件箱")


PNG = picture()
TEXT = {"inbox/a.txt": "下单一周都没发货"}


def test_a_folder_becomes_a_case_once_it_was_still(drop: Drop) -> None:
    drop.put("店A", TEXT)
    drop.watch(9)
    assert drop.came == []
    drop.watch(13)
    assert [(out.name, out.exit, out.way) for out in drop.came] == [("店A", Exit.COMPLETE, "done")]
    case = drop.inbox / "done" / "店A"
    assert drop.came[0].folder == case
    assert (case / "out" / "words.txt").read_text().split() == ["下单一周都没发货"]
    assert "证据全部读到了" in drop.reason("done", "店A")
    assert names_in(drop.inbox / ".claims") == ["exits.lock"]
    assert originals_hold(case)


def test_ready_means_at_once(drop: Drop) -> None:
    drop.put("店A", {**TEXT, "READY": "", "inbox/b.txt.part": "x"})
    drop.watch(1)
    assert drop.exits()["done"] == ["店A"]


def test_a_slow_writer_is_waited_for(drop: Drop) -> None:
    folder = drop.put("店A", {"1.txt": "1"})
    for number in range(2, 12):
        drop.clock.at(number * 8.0 - 8, lambda number=number: put(folder, {f"{number}.txt": str(number)}))  # type: ignore[misc]
    drop.watch(88)
    assert drop.came == []
    drop.watch(20)
    assert drop.came[0].run is not None
    assert drop.came[0].run.summary is not None
    assert drop.came[0].run.summary["exhibits"] == 11


def test_a_file_that_grows_without_a_newer_time_is_seen(drop: Drop) -> None:
    file = drop.put("店A", {"a.txt": "1"}) / "a.txt"

    def grow() -> None:
        before = file.stat()
        file.write_text("12")
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    drop.clock.at(9, grow)
    drop.watch(17)
    assert drop.came == []
    drop.watch(12)
    assert len(drop.came) == 1


def test_an_unfinished_transfer_is_waited_for_longer_and_named(drop: Drop) -> None:
    drop.put("店A", {"a.txt": "1", "视频.mp4.crdownload": "x"})
    drop.watch(48)
    assert drop.came == []
    assert "视频.mp4.crdownload" in (drop.inbox / PAGE).read_text("utf-8")
    drop.watch(54)
    assert "视频.mp4.crdownload" in drop.reason("done", "店A")
    drop.put("店A", {"视频.mp4": "whole"})
    drop.watch(30)
    assert "视频.mp4.crdownload" not in drop.reason("done", "店A")


@pytest.mark.parametrize("files", [{}, {"sub/.DS_Store": "x"}, {"Thumbs.db": "x"}])
def test_an_empty_folder_is_left_alone(drop: Drop, files: dict[str, str]) -> None:
    drop.put("店A", files)
    drop.watch(100)
    assert drop.came == []
    assert (drop.inbox / "店A").is_dir()
    assert "里面还没有文件" in (drop.inbox / PAGE).read_text("utf-8")


def test_a_new_case_without_evidence_waits_for_it(drop: Drop) -> None:
    folder = drop.put("店A", {"case.toml": "[case]\n"})
    (folder / "inbox").mkdir()
    drop.watch(100)
    assert drop.came == []
    put(folder, TEXT)
    drop.watch(20)
    assert drop.exits()["done"] == ["店A"]


def test_what_is_no_folder_or_file_is_refused_and_named_once(drop: Drop, tmp_path: Path) -> None:
    outside = put(tmp_path / "outside", {"secret.txt": "secret"})
    (drop.inbox / "link").symlink_to(outside)
    (drop.inbox / "file-link.txt").symlink_to(outside / "secret.txt")
    os.mkfifo(drop.inbox / "pipe")
    (drop.put("店A", {"case.toml": ""}) / "inbox").symlink_to(outside)
    (drop.put("店B", TEXT) / "out").symlink_to(outside)
    drop.watch(100)
    assert drop.came == []
    assert sorted(drop.told) == [
        *["watch-link"] * 2,
        *["watch-links-inside"] * 2,
        "watch-special",
    ]
    page = (drop.inbox / PAGE).read_text("utf-8")
    assert all(name in page for name in ("link", "file-link.txt", "pipe", "店A", "店B"))
    assert names_in(outside) == ["secret.txt"]


def test_hidden_and_reserved_names_are_nobodys(drop: Drop) -> None:
    drop.put(".sync", TEXT)
    drop.put("done/旧案", TEXT)
    drop.put("Failed", TEXT)
    drop.watch(60)
    assert drop.came == []


def test_what_fails_goes_to_failed_with_its_line(drop: Drop) -> None:
    drop.put("店A", {**TEXT, "case.toml": "[case]\ntitle = “坏”\n"})
    drop.put("店B", {"a.bin": b""})
    drop.watch(30)
    assert drop.exits()["failed"] == ["店A", "店B"]
    assert [out.exit for out in drop.came] == [Exit.USAGE, Exit.NOTHING]
    assert "第 2 行用了中文引号" in drop.reason("failed", "店A")
    assert "整个“店A”文件夹拖回" in drop.reason("failed", "店A")
    assert "里面没有能用的证据。a.bin：文件是空的" in drop.reason("failed", "店B")
    assert ".claims" not in drop.reason("failed", "店B")


def test_where_nothing_can_be_used_it_says_why_of_each_file(drop: Drop) -> None:
    unread = {
        "a.rar": b"Rar!\x1a\x07\x01\x00",
        "b.7z": b"7z\xbc\xaf\x27\x1c",
        "c.mp4": b"\0\0\0\x18ftypisom",
        "d.bin": b"\0",
    }
    unread |= {"e.png": PNG[:60], "f.zip": b"PK\x03\x04", "g.txt": b""}
    drop.put("店A", unread)
    drop.watch(30, build=failing(NothingUsable("nothing-usable", case=Path("店A"), files=7), 1))
    text = drop.reason("failed", "店A")
    for said in ("RAR 压缩包", "7z 压缩包", "MP4 文件", "认不出", "图片不完整", "压缩包已损坏", "文件是空的"):
        assert said in text
    assert text.splitlines()[1].startswith("没有做成卷宗。里面没有能用的证据。a.rar：")
    assert drop.came[0].sentence.startswith("里面没有能用的证据。a.rar：")


def test_a_document_that_is_open_is_told_as_that(drop: Drop) -> None:
    drop.put("店A", {"a.txt": "1", "~$订单.xlsx": "lock"})
    drop.watch(30)
    assert "请保存并关闭" in (drop.inbox / PAGE).read_text("utf-8")
    drop.watch(60)
    assert "还在 Excel、WPS 或 Word 里开着" in drop.reason("done", "店A")
    assert "没有传完" not in drop.reason("done", "店A")


def test_mended_and_dragged_back_it_is_made_and_the_reason_is_no_evidence(drop: Drop) -> None:
    drop.put("店A", {"a.txt": "1", "case.toml": "[case]\ntitle = “坏”\n"})
    drop.watch(30)
    back = drop.inbox / "店A"
    (drop.inbox / "failed" / "店A").rename(back)
    (back / "case.toml").write_text('[case]\ntitle = "好"\n')
    drop.watch(30)
    assert drop.exits() == {"done": ["店A"], "duplicate": [], "failed": []}
    assert drop.came[-1].run is not None
    assert drop.came[-1].run.summary is not None
    assert drop.came[-1].run.summary["exhibits"] == 1


def test_made_with_something_unread_is_done_too(drop: Drop) -> None:
    drop.put("店A", {"a.txt": "1", "b.txt": "?"})
    drop.watch(30)
    assert (drop.came[0].exit, drop.came[0].way) == (Exit.UNREAD, "done")
    assert "b.txt" in drop.reason("done", "店A")


# -- what comes again


def test_new_evidence_for_a_known_case_goes_to_it(drop: Drop) -> None:
    drop.put("店A", {"inbox/a.txt": "1", "inbox/b.txt": "2"})
    drop.watch(30)
    drop.put("店A", {"inbox/a.txt": "1", "inbox/b.txt": "another", "inbox/c/d.txt": "3"})
    drop.watch(30)
    assert drop.exits() == {"done": ["店A"], "duplicate": ["店A"], "failed": []}
    case = drop.inbox / "done" / "店A"
    names = {path.relative_to(case / "inbox").as_posix() for path in (case / "inbox").rglob("*.txt")}
    assert names == {"a.txt", "b.txt", "补充-1/b.txt", "c/d.txt"}
    assert (case / "inbox" / "b.txt").read_text() == "2"
    assert sorted((case / "out" / "words.txt").read_text().split()) == ["1", "2", "3", "another"]
    assert drop.came[-1].added == ("b.txt", "c/d.txt")
    assert "c/d.txt" in drop.reason("done", "店A")
    assert "内容相同" in drop.reason("duplicate", "店A")
    assert names_in(drop.inbox / "duplicate" / "店A" / "inbox") == ["a.txt"]
    assert audit(case / "ledger.jsonl") == []


def test_labels_stay_when_evidence_is_added(drop: Drop) -> None:
    drop.put("店A", {"b.txt": "2"})
    drop.watch(30)
    drop.put("店A", {"a.txt": "1"})
    drop.watch(30)
    assert labels(drop.inbox / "done" / "店A") == [("1", "b.txt"), ("2", "a.txt")]


def test_with_only_new_files_nothing_stays_behind(drop: Drop) -> None:
    drop.put("店A", {"inbox/a.txt": "1"})
    drop.watch(30)
    drop.put("店A", {"inbox/b.txt": "2"})
    drop.watch(30)
    assert drop.exits() == {"done": ["店A"], "duplicate": [], "failed": []}


def test_a_known_case_without_an_inbox_stays_one_without(drop: Drop) -> None:
    drop.put("店A", {"a.txt": "1"})
    drop.watch(30)
    drop.put("店A", {"inbox/b.txt": "2", "inbox/x.toml": "3", "inbox/out/c.txt": "4", "inbox/READY": "5"})
    drop.watch(30)
    case = drop.inbox / "done" / "店A"
    assert not (case / "inbox").exists()
    assert (case / "b.txt").read_text() == "2"
    assert sorted(path.name for path in (case / "补充-1").rglob("*") if path.is_file()) == ["READY", "c.txt", "x.toml"]
    assert drop.came[-1].run is not None
    assert drop.came[-1].run.summary is not None
    assert drop.came[-1].run.summary["exhibits"] == 5


def test_a_new_case_toml_replaces_the_old_which_is_kept(drop: Drop) -> None:
    drop.put("店A", {"a.txt": "1", "case.toml": '[case]\ntitle = "一"\n'})
    drop.watch(30)
    drop.put("店A", {"case.toml": '[case]\ntitle = "二"\n'})
    drop.watch(30)
    drop.put("店A", {"case.toml": '[case]\ntitle = "三"\n'})
    drop.watch(30)
    case = drop.inbox / "done" / "店A"
    assert (case / "out" / "words.txt").read_text().split() == ["三", "1"]
    assert '"一"' in (case / "case.1.toml").read_text()
    assert '"二"' in (case / "case.2.toml").read_text()
    assert "case.2.toml" in drop.reason("done", "店A")
    assert drop.exits()["duplicate"] == []


def test_nothing_new_is_a_duplicate_with_a_copy_of_what_was_made(drop: Drop) -> None:
    drop.put("店A", {"inbox/a.txt": "1", "case.toml": ""})
    drop.watch(30)
    for _ in range(2):
        drop.put("店A", {"a.txt": "1"})
        drop.watch(30)
    assert drop.exits() == {"done": ["店A"], "duplicate": ["店A", "店A (2)"], "failed": []}
    assert drop.came[-1].known == drop.inbox / "done" / "店A"
    assert "done/店A" in drop.reason("duplicate", "店A (2)")
    made = drop.inbox / "done" / "店A" / "out" / "words.txt"
    assert (drop.inbox / "duplicate" / "店A" / "out" / "words.txt").read_bytes() == made.read_bytes()


def test_the_same_evidence_under_another_name_is_a_duplicate(drop: Drop) -> None:
    drop.put("店A", {"inbox/a.txt": "1", "inbox/b.txt": "2"})
    drop.watch(30)
    drop.put("别的名字", {"x.txt": "2", "y.txt": "1"})
    drop.put("只有一半", {"x.txt": "2"})
    drop.watch(30)
    assert drop.exits() == {"done": ["只有一半", "店A"], "duplicate": ["别的名字"], "failed": []}


def test_without_its_index_a_case_is_known_all_the_same(drop: Drop) -> None:
    drop.put("店A", TEXT)
    drop.watch(30)
    shutil.rmtree(drop.inbox / "done" / "店A" / "work")
    drop.put("别的名字", TEXT)
    drop.watch(30)
    assert drop.exits()["duplicate"] == ["别的名字"]


def test_an_index_that_is_out_of_date_decides_nothing(drop: Drop) -> None:
    drop.put("店A", TEXT)
    drop.watch(30)
    put(drop.inbox / "done" / "店A", {"inbox/later.txt": "put there by hand"})
    drop.put("别的名字", TEXT)
    drop.watch(30)
    assert drop.exits()["done"] == ["别的名字", "店A"]


def test_a_failed_case_that_comes_again_is_tried_again(drop: Drop) -> None:
    drop.put("店A", {"a.txt": "die", "b.txt": "break the gathering"})
    files = {"a.txt": "1", "b.txt": "break the gathering"}
    shutil.rmtree(drop.inbox / "店A")
    drop.put("店A", files)
    drop.watch(30)
    assert drop.exits()["failed"] == ["店A"]
    drop.put("店A", files)
    drop.watch(30)
    assert drop.exits() == {"done": [], "duplicate": ["店A"], "failed": ["店A"]}
    assert "再试一次" in drop.reason("duplicate", "店A")
    assert [out.way for out in drop.came] == ["failed", "duplicate", "failed"]


def test_names_that_differ_in_composition_or_case_are_one(drop: Drop) -> None:
    drop.put("Café", {"a.txt": "1"})
    drop.watch(30)
    drop.put("CAFE\u0301", {"b.txt": "2"})
    drop.watch(30)
    assert drop.exits() == {"done": ["Café"], "duplicate": [], "failed": []}
    assert drop.came[-1].added == ("b.txt",)


def test_a_name_that_is_being_worked_on_waits(drop: Drop) -> None:
    release: list[Future[CaseRun]] = []

    def later(case: Path, listen: Listener) -> Future[CaseRun]:
        release.append(Future())
        return release[-1]

    folder = drop.put("店A", {"a.txt": "1"})
    watcher = drop.watcher(later)
    for _ in range(8):
        watcher.turn()
        drop.clock.wait(2)
    assert not folder.exists()
    drop.put("店A", {"b.txt": "2"})
    for _ in range(8):
        watcher.turn()
        drop.clock.wait(2)
    assert (folder / "b.txt").exists()
    assert "同名的案件正在处理" in (drop.inbox / PAGE).read_text("utf-8")
    [claim] = [path for path in (drop.inbox / ".claims").iterdir() if path.is_dir()]
    release[0].set_result(start(claim / "new" / "店A", lambda _: None).result())
    for _ in range(2):
        watcher.turn()
        drop.clock.wait(2)
    assert len(release) == 2


# -- loose files and zips


def test_loose_files_together_are_one_case(drop: Drop) -> None:
    put(drop.inbox, {"截图 10.txt": "10", "截图 2.txt": "2", "case.toml": '[case]\ntitle = "散"\n', "Thumbs.db": "x"})
    drop.watch(30)
    [name] = drop.exits()["done"]
    assert name == "截图 2 等2个文件"
    case = drop.inbox / "done" / name
    assert (case / "out" / "words.txt").read_text().split() == ["散", "2", "10"]
    assert (drop.inbox / "Thumbs.db").exists()
    assert "如果它们不是同一个买家的" in drop.reason("done", name)


def test_loose_files_wait_for_one_another(drop: Drop) -> None:
    put(drop.inbox, {"a.txt": "1"})
    drop.clock.at(8, lambda: put(drop.inbox, {"b.txt": "2"}) and None)
    drop.watch(40)
    assert drop.exits()["done"] == ["a 等2个文件"]


def test_loose_files_never_join_a_case_by_their_name(drop: Drop) -> None:
    drop.put("a", {"x.txt": "0"})
    drop.watch(30)
    put(drop.inbox, {"a.txt": "1"})
    drop.watch(30)
    put(drop.inbox, {"a.txt": "2"})
    drop.watch(30)
    put(drop.inbox, {"a.txt": "1"})
    drop.watch(30)
    assert drop.exits() == {"done": ["a", "a (2)", "a (3)"], "duplicate": ["a (4)"], "failed": []}


def test_an_unfinished_loose_file_is_waited_for_and_left(drop: Drop) -> None:
    put(drop.inbox, {"a.txt": "1", "b.txt.part": "x"})
    drop.watch(45)
    assert drop.came == []
    drop.watch(60)
    assert drop.exits()["done"] == ["a"]
    assert (drop.inbox / "b.txt.part").exists()


def test_a_zip_that_is_a_case_is_unpacked(drop: Drop) -> None:
    inside = {"店C/case.toml": '[case]\ntitle = "丙"\n'.encode(), "店C/a.txt": b"1", "b/c.txt": b"2"}
    put(drop.inbox, {"打包.zip": zipped(inside)})
    drop.watch(30)
    case = drop.inbox / "done" / "店C"
    assert (case / "out" / "words.txt").read_text().split() == ["丙", "1", "2"]
    assert (case / "打包.zip").read_bytes() == zipped(inside)
    assert (case / "inbox" / "a.txt").exists()
    assert (case / "inbox" / "b" / "c.txt").exists()


def test_a_zip_without_a_case_is_one_of_its_own_name(drop: Drop) -> None:
    put(drop.inbox, {"聊天.ZIP": zipped({"a.txt": b"1"})})
    drop.watch(30)
    assert (drop.inbox / "done" / "聊天" / "inbox" / "聊天.ZIP").exists()
    assert drop.came[0].exit == Exit.COMPLETE


def test_a_zip_whose_case_has_an_inbox_keeps_its_shape_and_inner_archives(drop: Drop) -> None:
    inner = zipped({"x.txt": b"3"})
    inside = {"case.toml": b"", "inbox/a.txt": b"1", "inbox/b.zip": inner, "note.txt": b"beside"}
    put(drop.inbox, {"店D.zip": zipped(inside)})
    drop.watch(30)
    case = drop.inbox / "done" / "店D"
    assert (case / "note.txt").read_bytes() == b"beside"
    assert (case / "inbox" / "b.zip").read_bytes() == inner
    assert (case / "店D.zip").exists()


def test_a_hostile_zip_leads_nowhere_and_stays_evidence(drop: Drop) -> None:
    inside = {"case.toml": b"", "../../逃.txt": b"out", "/abs.txt": b"out", "a.txt": b"1", "CON": b"2", "x" * 300: b"3"}
    put(drop.inbox, {"坏.zip": zipped(inside)})
    before = set(drop.inbox.parent.iterdir())
    drop.watch(30)
    assert set(drop.inbox.parent.iterdir()) == before
    case = drop.inbox / "done" / "坏"
    assert (case / "inbox" / "坏.zip").exists()
    assert (case / "inbox" / "_CON").read_bytes() == b"2"
    assert not list(drop.inbox.rglob("逃.txt"))


def test_a_broken_zip_is_a_case_that_says_so(drop: Drop) -> None:
    put(drop.inbox, {"坏.zip": b"PK\x03\x04 not a zip"})
    drop.watch(30)
    assert [out.way for out in drop.came] == ["failed"]
    assert (drop.inbox / "failed" / "坏" / "inbox" / "坏.zip").exists()


# -- names


@pytest.mark.parametrize(
    "name",
    [
        "名字\n有换行",
        os.fsdecode("订单".encode("gbk")),
        "CAFE\u0301",
        "长" * 80,
        "con",
        'a<b>c:"d|e?*',
        "<script>alert(1)<script>",
        " 空格 ",
        "点.",
    ],
    ids=["newline", "gbk", "nfd", "long", "device", "windows", "markup", "spaces", "dot"],
)
def test_any_name_goes_through(drop: Drop, name: str) -> None:
    drop.put(name, {"inbox/a.txt": "1"})
    drop.watch(20)
    drop.put(name, {"inbox/a.txt": "1"})
    drop.watch(20)
    put(drop.inbox, {f"{name}.txt".replace("/", "_"): f"loose {len(name)}"})
    drop.watch(20)
    put(drop.inbox, {f"{name}.zip".replace("/", "_"): zipped({"a.txt": b"zipped"})})
    drop.watch(20)
    ways = [out.way for out in drop.came]
    assert ways[:2] == ["done", "duplicate"]
    assert ways.count("done") >= 3
    assert name in names_in(drop.inbox / "done")
    assert "<script>" not in (drop.inbox / PAGE).read_text("utf-8")
    assert sorted(names_in(drop.inbox)) == [".claims", "done", "duplicate", "failed", PAGE]


# -- --once


def test_once_takes_what_is_there_and_ends(drop: Drop) -> None:
    drop.put("店A", TEXT)
    drop.put("店B", {"a.txt": "2", "b.tmp": "x"})
    drop.put("空", {})
    assert {out.name for out in drop.once()} == {"店A", "店B"}
    assert 50 <= drop.clock.time < 60
    assert drop.told[-1] == "watch-left-for-next"


def test_once_leaves_what_changes_and_what_comes_later(drop: Drop) -> None:
    folder = drop.put("店A", TEXT)
    drop.put("店B", {"a.txt": "2"})
    drop.clock.at(5, lambda: put(folder, {"inbox/b.txt": "3"}) and None)
    drop.clock.at(6, lambda: drop.put("店C", {"c.txt": "4"}) and None)
    assert [out.name for out in drop.once()] == ["店B"]
    assert drop.clock.time < 15
    assert sorted(out.name for out in drop.once()) == ["店A", "店C"]
    assert drop.once() == []


def test_once_with_nothing_there_ends_at_once(drop: Drop) -> None:
    assert drop.once() == []
    assert drop.clock.time == 0


# -- the machine's trouble


def failing(error: DossierError, times: int) -> object:
    left = [times]

    def begin(case: Path, listen: Listener) -> Future[CaseRun]:
        left[0] -= 1
        if left[0] < 0:
            return start(case, listen)
        future: Future[CaseRun] = Future()
        future.set_result(CaseRun(case=case, exit=error.exit, error=error))
        return future

    return begin


def test_a_lack_of_space_is_not_the_cases_fault(drop: Drop) -> None:
    drop.put("店A", TEXT)
    drop.watch(30, build=failing(MachineLacks("no-space", path=drop.inbox), 1))
    assert [(out.exit, out.way) for out in drop.came] == [(Exit.LACKING, None)]
    assert (drop.inbox / "店A").is_dir()
    assert "磁盘空间不足" in (drop.inbox / PAGE).read_text("utf-8")
    drop.watch(30)
    assert drop.exits()["done"] == ["店A"]


def test_it_is_tried_again_after_a_pause(drop: Drop) -> None:
    drop.put("店A", TEXT)
    drop.watch(100, build=failing(MachineLacks("no-space", path=drop.inbox), 1))
    assert [out.way for out in drop.came] == [None, "done"]


def test_once_ends_with_it(drop: Drop) -> None:
    drop.put("店A", TEXT)
    came = drop.once(build=failing(MachineLacks("no-space", path=drop.inbox), 9))
    assert [(out.exit, out.way) for out in came] == [(Exit.LACKING, None)]


def test_what_cannot_be_moved_is_tried_again(drop: Drop, monkeypatch: pytest.MonkeyPatch) -> None:
    drop.put("店A", TEXT)
    rename, broken = Path.rename, [True]

    def sometimes(self: Path, target: Path) -> Path:
        if broken[0] and Path(target).parent.name == "done":
            raise OSError(errno.ENOSPC, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", sometimes)
    drop.watch(30)
    assert [(out.exit, out.code) for out in drop.came] == [(Exit.LACKING, "no-space")]
    assert (drop.inbox / "店A" / "inbox" / "a.txt").exists()
    broken[0] = False
    drop.watch(60)
    assert drop.exits()["done"] == ["店A"]


def test_evidence_that_changes_while_it_is_built_is_built_again(drop: Drop) -> None:
    drop.put("店A", TEXT)
    builds = []

    def late(case: Path, listen: Listener) -> Future[CaseRun]:
        future = start(case, listen)
        builds.append(case)
        if len(builds) == 1:
            put(case, {"inbox/late.txt": "late"})
        return future

    drop.watch(30, build=late)
    assert len(builds) == 2
    assert "late" in (drop.inbox / "done" / "店A" / "out" / "words.txt").read_text()


def test_an_inbox_that_is_none_or_a_case_is_refused(tmp_path: Path) -> None:
    drop = Drop(tmp_path / "a")
    put(drop.inbox, {"case.toml": "", "inbox/a.txt": "1"})
    with pytest.raises(UsageError, match="is a case"):
        drop.watcher()
    shutil.rmtree(drop.inbox)
    with pytest.raises(UsageError):
        drop.watcher()
    put(drop.inbox, {"done": "a file"})
    with pytest.raises(MachineLacks, match="file of that name"):
        drop.watcher()
    (drop.inbox / "done").unlink()
    (drop.inbox / "done").symlink_to(tmp_path)
    with pytest.raises(MachineLacks, match="another disk"):
        drop.watcher()


def test_stopped_it_hands_back_and_the_next_goes_on(drop: Drop) -> None:
    drop.put("店A", TEXT)

    def interrupted(case: Path, listen: Listener) -> Future[CaseRun]:
        start(case, listen)
        future: Future[CaseRun] = Future()
        future.set_result(CaseRun(case=case, exit=Exit.INTERRUPTED))
        return future

    drop.watch(30, build=interrupted)
    assert drop.came == []
    assert drop.told[-1] == "watch-handed-back"
    assert (drop.inbox / "店A" / "work").is_dir()
    assert names_in(drop.inbox / ".claims") == ["exits.lock"]
    drop.watch(30)
    assert drop.came[0].run is not None
    assert drop.came[0].run.summary is not None
    assert drop.came[0].run.summary["made"] == 0


def test_nothing_that_was_dropped_is_lost(drop: Drop) -> None:
    drop.put("店A", {**TEXT, ".hidden": "h", "~$b.xlsx": "lock", "case.toml": ""})
    drop.watch(60)
    drop.put("店A", {**TEXT, ".hidden": "h2", "~$b.xlsx": "lock2", "case.toml": "[case]\n", "inbox/.x": "x"})
    drop.watch(60)
    texts = {path.read_bytes() for path in drop.inbox.rglob("*") if path.is_file()}
    assert {b"h", b"h2", b"lock", b"lock2", b"x", b"[case]\n"} <= texts
    assert (drop.inbox / "done" / "店A" / REASON).exists()


NESTED = {"甲/case.toml": "", "甲/inbox/a.txt": "甲的证据", "乙/case.toml": "", "乙/inbox/b.txt": "乙的证据"}


@pytest.mark.parametrize("packed", [False, True])
def test_several_cases_in_one_are_not_mixed(drop: Drop, packed: bool) -> None:
    if packed:
        put(drop.inbox, {"三月.zip": zipped({name: text.encode() for name, text in NESTED.items()})})
    else:
        drop.put("三月", NESTED)
    drop.watch(13)
    (name,) = drop.exits()["failed"]
    assert drop.came[0].code == "watch-nested"
    assert "乙" in drop.reason("failed", name)
    assert "分别拖进" in drop.reason("failed", name)
    assert "拖回收件文件夹" not in drop.reason("failed", name)
    assert not (drop.inbox / "failed" / name / "out").exists()
    drop.put(name, TEXT)
    drop.watch(30)
    assert drop.exits()["done"] == [name]
    assert drop.came[-1].run is not None
    assert drop.came[-1].run.summary is not None
    assert drop.came[-1].run.summary["exhibits"] == 1


def test_a_case_toml_in_the_inbox_of_a_case_makes_it_no_other(drop: Drop) -> None:
    drop.put("店A", {**TEXT, "case.toml": "", "inbox/case.toml": "", "out/case.toml": ""})
    drop.watch(13)
    assert drop.exits()["done"] == ["店A"]
