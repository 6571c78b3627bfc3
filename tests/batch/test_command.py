"""dossier batch, as it is used."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pytest
from processes import alive, children, hearing, until

CHAT = """\
林小姐 和 阿青 在微信上的聊天记录如下，请查收。

—————  2026-03-12  —————


林小姐  10:00

发货了吗
"""
DOSSIER = (sys.executable, "-P", "-m", "pipeline")


def case(root: Path, name: str, toml: str = "") -> Path:
    folder = root / name
    (folder / "inbox").mkdir(parents=True)
    (folder / "inbox" / "聊天.txt").write_text(CHAT, "utf-8")
    if toml:
        (folder / "case.toml").write_text(toml, "utf-8")
    return folder


def batch(root: Path, *options: str, **more: object) -> subprocess.Popen[str]:
    environ = {**os.environ, "SOURCE_DATE_EPOCH": "1773712800", "DOSSIER_LANG": "zh-CN"}
    command = [*DOSSIER, "batch", str(root), "--jobs", "2", *options]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, env=environ, text=True, **(streams | more))  # type: ignore[call-overload, no-any-return]


def told(process: subprocess.Popen[str]) -> dict[str, Any]:
    """What it printed as JSON."""
    out, err = process.communicate(timeout=600)
    assert out, (process.returncode, err)
    return dict(json.loads(out))


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.Popen[str], str, str]:
    root = tmp_path_factory.mktemp("batch") / "全部"
    case(root, "一月/甲")
    case(root, "一月/乙", '[case]\nplatfrom = "x"\n')
    case(root, "丙")
    (root / "散.txt").write_text(CHAT, "utf-8")
    process = batch(root, "--report", str(root / "r.json"), "--junit", str(root / "r.xml"), "--ocr", "none")
    return root, process, *process.communicate(timeout=600)


def test_each_case_gets_its_dossier_and_the_worst_its_exit_code(
    done: tuple[Path, subprocess.Popen[str], str, str],
) -> None:
    root, process, out, err = done
    assert process.returncode == 2
    assert (root / "一月" / "甲" / "out" / "dossier.pdf").exists()
    assert (root / "丙" / "out" / "dossier.pdf").exists()
    assert "“platfrom”" in out
    assert "散.txt" in out
    assert err.count("\n") == 3
    assert "\x1b" not in err


def test_the_reports_agree(done: tuple[Path, subprocess.Popen[str], str, str]) -> None:
    root = done[0]
    report = json.loads((root / "r.json").read_text("utf-8"))
    assert {entry["case"]: entry["exit"] for entry in report["cases"]} == {"一月/甲": 0, "一月/乙": 2, "丙": 0}
    assert report["loose"] == ["散.txt"]
    assert Xml.parse(root / "r.xml").getroot().get("failures") == "1"


def test_again_it_makes_nothing_new_and_prints_json(done: tuple[Path, subprocess.Popen[str], str, str]) -> None:
    again = batch(done[0], "--json", "--ocr", "none")
    assert {entry["case"]: entry["made"] for entry in told(again)["cases"]} == {
        "一月/甲": 0,
        "一月/乙": None,
        "丙": 0,
    }


def test_interrupted_it_stops_cleanly_and_goes_on_later(tmp_path: Path) -> None:
    root = tmp_path / "全部"
    for name in range(6):
        case(root, str(name))
    process = batch(root, "--json", "--ocr", "none", "--report", str(tmp_path / "r.json"), preexec_fn=hearing)
    assert process.stderr is not None
    assert process.stderr.readline().startswith("[1/6]")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=600)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert "再次运行" in err
    report = json.loads(out)
    assert report == json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert report["counts"]["130"] >= 1
    again = batch(root, "--json", "--ocr", "none")
    assert (told(again)["counts"], again.returncode) == ({"0": 6}, 0)


def test_killed_it_leaves_no_process_and_goes_on_later(tmp_path: Path) -> None:
    root = tmp_path / "全部"
    for name in range(3):
        case(root, str(name))
    process = batch(root, "--ocr", "none")
    assert process.stderr is not None
    process.stderr.readline()
    workers = children(process.pid)
    assert workers
    process.kill()
    process.communicate()
    assert until(lambda: not any(map(alive, workers)))
    again = batch(root, "--json", "--ocr", "none")
    assert told(again)["counts"] == {"0": 3}


def test_no_case_is_told(tmp_path: Path) -> None:
    process = batch(tmp_path)
    _, err = process.communicate(timeout=600)
    assert process.returncode == 4
    assert "inbox" in err
    process = batch(tmp_path / "nowhere")
    _, err = process.communicate(timeout=600)
    assert process.returncode == 2
    assert "nowhere" in err


def test_a_report_that_cannot_be_written_is_told_and_the_other_is_written(
    done: tuple[Path, subprocess.Popen[str], str, str], tmp_path: Path
) -> None:
    root = shutil.copytree(done[0], tmp_path / "全部")
    shutil.rmtree(root / "一月")
    process = batch(
        root, "--report", str(tmp_path / "no" / "r.json"), "--junit", str(tmp_path / "r.xml"), "--ocr", "none"
    )
    _, err = process.communicate(timeout=600)
    assert process.returncode == 7
    assert "r.json" in err
    assert (tmp_path / "r.xml").exists()
