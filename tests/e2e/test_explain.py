"""dossier explain, and the log of a whole build, as their users meet them."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import pipeline
from tests.e2e.conftest import CASE, CHAT

Said = Callable[..., tuple[int, str, str]]


def told(said: Said, *arguments: str) -> dict[str, Any]:
    code, out, err = said("explain", *arguments, "--json")
    assert (code, err) == (0, "")
    return dict(json.loads(out))


def stages(shown: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["stage"]: one for one in shown["stages"]}


def everything(folder: Path) -> dict[Path, tuple[int, int]]:
    return {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.rglob("*")}


def test_a_table_from_arrival_to_dossier(case: Path, said: Said) -> None:
    shown = told(said, str(case), "订单.csv")
    assert (shown["name"], shown["status"], shown["media_type"]) == ("订单.csv", "read", "text/plain")
    assert [receipt["channel"] for receipt in shown["receipts"]] == ["inbox"]
    orders = stages(shown)["orders"]
    assert (orders["state"], orders["why"], orders["records"]) == ("done", ["new"], {"order": 1})
    assert orders["reader"].startswith("xiaohongshu-orders@")
    assert orders["balance"]["skipped"] == 2
    assert orders["read"]["documents"].keys() == {"ingest"}
    assert orders["read"]["others"] == ["names"]
    assert orders["seconds"] > 0
    assert orders["memory"] > 10_000_000
    assert stages(shown)["ocr"]["state"] == "not-asked"
    cited = shown["cited"]
    assert {"order.created", "order.paid", "order.shipped"} <= {event["role"] for event in cited["events"]}
    assert cited["pages"]
    assert cited["marks"]
    assert "下单一周都没发货" in {finding["says"] for finding in cited["findings"]}
    assert "2026-03-12 08:35:21" in {quote["says"] for quote in cited["quotes"]}


def test_a_picture_and_what_superseded_its_first_reading(case: Path, said: Said) -> None:
    shown = stages(told(said, str(case), "评价.png"))
    assert shown["ocr"]["superseded_by"] is not None
    assert shown["ocr"]["tools"]["tesseract"].startswith("tesseract ")
    assert shown["ocr"]["engine"] > 0
    assert shown["screens"]["records"]["line"] >= 3
    code, out, _ = said("explain", str(case), "评价.png")
    assert code == 0
    assert "由后面的" in out
    assert "没有运行：chats orders linked（不处理这类文件）" in out


def test_every_way_to_name_an_exhibit(case: Path, said: Said) -> None:
    label = told(said, str(case), "聊天.txt")["exhibit"]
    ways = (label, f"证据{label}", f"exhibit {label}", "inbox/聊天.txt", str(case / "inbox" / "聊天.txt"))
    assert {told(said, str(case), way)["exhibit"] for way in ways} == {label}


def test_nothing_is_written_and_no_lock_is_needed(case: Path, said: Said) -> None:
    from filelock import FileLock

    before = everything(case)
    with FileLock(case / "work" / "lock"):
        assert said("explain", str(case), "1")[0] == 0
    assert everything(case) == before


def test_why_a_stage_ran_again(case: Path, said: Said) -> None:
    (case / "inbox" / "聊天.txt").write_text(CHAT.replace("发货了吗", "发货了没有"), encoding="utf-8")
    assert said("build", str(case), "--jobs", "1")[0] == 0
    timeline = told(said, str(case), "timeline")
    [result] = timeline["results"]
    assert (timeline["shape"], result["build"]) == ("all", 2)
    assert {"exhibits", "documents:chats"} <= set(result["why"])
    assert ["chats", "4", ["new"]] in [[cause["stage"], cause["label"], cause["why"]] for cause in result["because_of"]]
    chats = told(said, str(case), "chats")
    assert [(one["label"], one["why"]) for one in chats["results"]] == [("2", ["siblings"]), ("4", ["new"])]
    old = told(said, str(case), "1")
    assert (old["status"], {one["reason"] for one in old["stages"]}) == ("withdrawn", {"已撤回"})
    code, out, _ = said("explain", str(case), "timeline")
    assert code == 0
    assert "证据有增减或改名" in out
    assert "← chats  4  聊天.txt" in out


def test_an_archive_and_what_it_holds(case: Path, said: Said) -> None:
    with zipfile.ZipFile(case / "inbox" / "包.zip", "w") as archive:
        archive.writestr("聊天.txt", CHAT + "\n")
    said("build", str(case), "--jobs", "1", "--until", "chats")
    shown = told(said, str(case), "包.zip")
    assert shown["members"] == {"4-1": "包.zip/聊天.txt"}
    member = told(said, str(case), "4-1")
    assert (member["parent"], member["receipts"][0]["channel"]) == ("4", "archive")
    assert "其中 证据4-1  包.zip/聊天.txt" in said("explain", str(case), "4")[1]


def test_in_english(case: Path, said: Said) -> None:
    code, out, _ = said("explain", str(case), "2", "--language", "en")
    assert code == 0
    assert "for the first time" in out
    assert "not run: " in out


@pytest.mark.parametrize(
    ("wanted", "hint"),
    [("聊天.tx", "是不是：聊天.txt"), ("timelin", "是不是：timeline"), ("99", "证据编号：1 2 3")],
)
def test_a_name_that_is_not_there_suggests_near_ones(case: Path, said: Said, wanted: str, hint: str) -> None:
    code, out, err = said("explain", str(case), wanted)
    assert (code, out) == (2, "")
    assert hint in err


def test_two_files_of_one_name_are_listed(case: Path, said: Said) -> None:
    for folder, text in (("一", "甲"), ("二", "乙")):
        (case / "inbox" / folder).mkdir()
        (case / "inbox" / folder / "同名.txt").write_text(text, encoding="utf-8")
    said("build", str(case), "--jobs", "1", "--until", "ingest")
    code, _, err = said("explain", str(case), "同名.txt")
    assert code == 2
    assert "4 一/同名.txt、5 二/同名.txt" in err
    shown = stages(told(said, str(case), "4"))
    assert (shown["ingest"]["state"], shown["chats"]["state"]) == ("done", "not-yet")


def test_what_no_build_took_in(case: Path, said: Said, tmp_path: Path) -> None:
    (case / "inbox" / "新.txt").write_text("x", encoding="utf-8")
    code, _, err = said("explain", str(case), "新.txt")
    assert (code, "还没有收入" in err) == (2, True)
    fresh = tmp_path / "fresh"
    (fresh / "inbox").mkdir(parents=True)
    (fresh / "case.toml").write_text(CASE, encoding="utf-8")
    code, _, err = said("explain", str(fresh), "1")
    assert (code, "dossier build" in err) == (2, True)
    assert said("explain", str(tmp_path / "nowhere"), "1")[0] == 2


def test_without_work_the_exhibit_is_still_told(case: Path, said: Said) -> None:
    shutil.rmtree(case / "work")
    code, out, _ = said("explain", str(case), "1")
    assert code == 0
    assert "work 文件夹里没有处理记录" in out
    shown = told(said, str(case), "1")
    assert (shown["journal"], shown["status"], shown["cited"]) == (False, None, None)
    assert said("explain", str(case), "timeline")[0] == 0
    assert not (case / "work").exists()


def test_a_result_that_is_lost_is_said_to_be(case: Path, said: Said) -> None:
    for key in (case / "work" / "keys").iterdir():
        key.unlink()
    code, out, _ = said("explain", str(case), "1")
    assert code == 0
    assert "下次生成时会重做" in out


def test_an_altered_ledger_is_told(case: Path, said: Said) -> None:
    ledger = case / "ledger.jsonl"
    ledger.write_bytes(ledger.read_bytes().replace("订单".encode(), "定单".encode(), 1))
    assert said("explain", str(case), "1")[0] == 5


def test_a_failed_file_says_why(case: Path, said: Said) -> None:
    (case / "inbox" / "坏.png").write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    assert said("build", str(case), "--jobs", "1", "--until", "screens")[0] == 3
    shown = told(said, str(case), "坏.png")
    assert shown["status"] == "unread"
    assert any(one["unread"] for one in shown["stages"])


def test_the_log_of_a_whole_build(case: Path, said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    code, out, err = said("build", str(case), "--jobs", "1", "--log", "json")
    lines = [json.loads(line) for line in err.splitlines()]
    assert (code, lines[0]["event"], lines[-1]["event"]) == (0, "case-begun", "case-done")
    assert (lines[-1]["exit"], lines[-1]["made"], lines[-1]["code"]) == (0, 0, None)
    assert "卷宗" in out
    monkeypatch.setenv("DOSSIER_LOG", "text")
    (case / "inbox" / "空.txt").write_bytes(b"")
    code, _, err = said("check", str(case), "--jobs", "1")
    seal, end = (line.removeprefix(f"{case}  ") for line in err.splitlines()[-2:])
    assert seal.startswith("seal  新做 1，沿用 0")
    assert end.startswith("退出码 3，用时 ")


def test_an_error_ends_the_log_with_its_code(case: Path, said: Said) -> None:
    (case / "case.toml").write_text("[case]\ntitel = 1\n", encoding="utf-8")
    code, _, err = said("build", str(case), "--log", "json")
    last = [json.loads(line) for line in err.splitlines() if line.startswith("{")][-1]
    assert (code, last["event"], last["exit"], last["code"]) == (2, "case-done", 2, "case-unknown-key")


def test_a_case_of_a_batch_is_logged_by_its_folder(case: Path, said: Said) -> None:
    code, _, err = said("batch", str(case.parent), "--jobs", "1", "--log", "json")
    lines = [json.loads(line) for line in err.splitlines()]
    assert code == 0
    assert {line["case"] for line in lines} == {str(case)}
    assert [line["event"] for line in lines if line["event"].startswith("case")] == ["case-begun", "case-done"]


def test_run_json_tells_engines_from_the_rest(case: Path) -> None:
    shown = json.loads((case / "out" / "run.json").read_bytes())
    by_stage = {stage["stage"]: stage for stage in shown["stages"]}
    assert 0 < by_stage["ocr"]["engine"] <= by_stage["ocr"]["cpu"]
    assert by_stage["chats"]["engine"] < by_stage["ocr"]["engine"] / 10
    assert shown["engine"] <= shown["cpu"]
    assert by_stage["ocr"]["memory"] > 0
    assert shown["tools"]["tesseract"].startswith("tesseract ")
    assert shown["why"]["new"] == sum(stage["made"] for stage in shown["stages"])
    assert shown["dossier"] == pipeline.__version__
