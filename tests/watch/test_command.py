"""The command itself, on real evidence, in processes that are really killed."""

from __future__ import annotations

import ctypes
import json
import os
import re
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli.app import run
from tests.e2e.conftest import CASE, CHAT, make_case, orders, picture
from tests.watch.drops import apart

ROOT = Path(__file__).parents[2]
Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    def call(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(list(arguments))
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "收件箱"
    folder.mkdir()
    return folder


def chat_case(folder: Path, text: str = CHAT) -> Path:
    folder.mkdir()
    (folder / "聊天.txt").write_text(text, encoding="utf-8")
    return folder


def test_once_makes_dossiers_and_tells_each_case_in_a_line(inbox: Path, said: Said) -> None:
    chat_case(inbox / "店A")
    (chat_case(inbox / "店B") / "case.toml").write_text("[case]\nzone = 8\n")
    (chat_case(inbox / "店C", CHAT * 2) / "坏.png").write_bytes(picture()[:4000])
    (inbox / "空").mkdir()
    code, out, err = said("watch", str(inbox), "--once", "--quiet", "0", "--jobs", "1", "--ocr", "none", "--json")
    assert code == 2
    told = {line["case"]: line for line in map(json.loads, out.splitlines())}
    assert {name: (line["exit"], line["way"]) for name, line in told.items()} == {
        "店A": (0, "done"),
        "店B": (2, "failed"),
        "店C": (3, "done"),
    }
    keys = "case exit way folder dossier known added code message exhibits pages seconds".split()
    assert all(set(line) == set(keys) for line in told.values())
    assert Path(told["店A"]["dossier"]).is_file()
    assert told["店B"]["dossier"] is None
    assert "收下 店A" in err
    assert "空 留给下一次运行" in err
    reason = (inbox / "done" / "店C" / "结果说明.txt").read_bytes()
    assert reason.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in reason
    assert "坏.png：" in reason.decode("utf-8-sig")
    assert "页" in reason.decode("utf-8-sig")
    page = (inbox / "状态.html").read_text("utf-8")
    links = re.findall(r'href="([^"]+)"', page)
    assert "./done/%E5%BA%97A/out/dossier.pdf" in links
    assert "<script" not in page
    assert said("verify", told["店A"]["folder"])[0] == 0
    assert said("watch", str(inbox), "--once", "--quiet", "0", "--json")[:2] == (0, "")


def test_it_speaks_english_too(inbox: Path, said: Said) -> None:
    (inbox / "shop").mkdir()
    (inbox / "shop" / "nothing.bin").write_bytes(b"")
    code, out, _ = said("watch", str(inbox), "--once", "--quiet", "0", "--jobs", "1", "--language", "en")
    assert code == 4
    assert out.startswith("shop → failed: There is no evidence in it that can be used. nothing.bin: The file is empty")
    assert "No dossier was made." in (inbox / "failed" / "shop" / "结果说明.txt").read_text("utf-8-sig")
    assert ">running<" not in (inbox / "状态.html").read_text("utf-8")


def test_what_it_says_where_it_cannot_work(inbox: Path, said: Said) -> None:
    assert said("watch", str(inbox / "nowhere"), "--once")[0] == 2
    make_case(inbox / "案")
    code, _, err = said("watch", str(inbox / "案"), "--once")
    assert code == 2
    assert "本身就是一个案件文件夹" in err
    (inbox / "done").write_text("a file")
    assert said("watch", str(inbox), "--once")[0] == 7


def test_an_inbox_that_may_not_be_written_is_told(inbox: Path, capfd: pytest.CaptureFixture[str]) -> None:
    def refused() -> None:
        without_privileges()
        os._exit(run(["watch", str(inbox), "--once"]))

    inbox.chmod(0o555)
    try:
        assert apart(refused) == 7
    finally:
        inbox.chmod(0o755)
    assert "没有权限写入" in capfd.readouterr().err


def without_privileges() -> None:
    """Even root may only do what the rights of files say, from here on."""
    header, none = struct.pack("Ii", 0x20080522, 0), struct.pack("6I", *[0] * 6)
    assert ctypes.CDLL(None).capset(header, none) == 0


def watching(inbox: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-P", "-m", "pipeline", "watch", str(inbox), "--quiet", "0.1", "--jobs", "1"]
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "DOSSIER_OCR": "tesseract"}
    return subprocess.Popen(
        [*command, *options], env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def until(happened: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    for _ in range(1200):
        if happened():
            return
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    process.kill()
    raise AssertionError(process.communicate())


def big_case(folder: Path) -> Path:
    """One that takes some seconds."""
    case = make_case(folder)
    for number in range(2):
        (case / "inbox" / f"{number}.png").write_bytes(picture() + bytes([number]))
    return case


@pytest.mark.kill
def test_killed_then_stopped_then_finished(inbox: Path) -> None:
    """kill -9 leaves a claim, which the next goes on with; SIGTERM hands it back; the third makes it."""
    big_case(inbox / "店A")
    first = watching(inbox)
    until(lambda: any(inbox.glob(".claims/*/new/店A/*/keys/*.json")), first)
    first.kill()
    first.communicate()
    assert not (inbox / "店A").exists()
    (inbox / "状态.html").unlink()

    second = watching(inbox)
    until(lambda: _working(inbox), second)
    second.send_signal(signal.SIGTERM)
    _, err = second.communicate(timeout=60)
    assert second.returncode == 130, err
    assert "接着处理" in err
    assert "已放回收件文件夹" in err
    assert (inbox / "店A" / "work" / "keys").is_dir()
    assert [path for path in (inbox / ".claims").iterdir() if path.is_dir()] == []

    third = watching(inbox, "--once", "--json")
    out, err = third.communicate(timeout=120)
    assert third.returncode == 0, err
    assert json.loads(out)["way"] == "done"
    assert run(["verify", str(inbox / "done" / "店A")]) == 0


@pytest.mark.kill
def test_a_giant_holds_up_no_other_and_is_handed_back(inbox: Path) -> None:
    """It is read for half a minute and more; meanwhile a small case is made, and SIGTERM ends the reading."""
    chat_case(inbox / "大案")
    with (inbox / "大案" / "监控.mp4").open("wb") as file:
        file.truncate(32 << 30)
    process = watching(inbox, "--ocr", "none")
    until(lambda: _working(inbox), process)
    page = (inbox / "状态.html").read_text("utf-8")
    assert re.search(r"<strong>大案</strong><p>读取文件.*/ 32.00 GB", page)
    chat_case(inbox / "小案", CHAT * 2)
    until((inbox / "done" / "小案").is_dir, process)
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "大案 没有做完，已放回收件文件夹" in err
    assert out.startswith("小案 → done")
    assert (inbox / "大案" / "监控.mp4").exists()
    assert [path for path in (inbox / ".claims").iterdir() if path.is_dir()] == []


def _working(inbox: Path) -> bool:
    """Whether the page says how far a case is."""
    page = inbox / "状态.html"
    return page.exists() and "<progress" in page.read_text("utf-8")


def test_a_real_case_again_with_more_evidence(inbox: Path, said: Said) -> None:
    case = inbox / "店A"
    (case / "inbox").mkdir(parents=True)
    (case / "case.toml").write_text(CASE, encoding="utf-8")
    (case / "inbox" / "订单.csv").write_bytes(orders())
    once = ("watch", str(inbox), "--once", "--quiet", "0", "--jobs", "1", "--ocr", "none", "--json")
    assert said(*once)[0] == 0
    (chat_case(case) / "READY").touch()
    code, out, _ = said(*once)
    assert code == 0
    [told] = map(json.loads, out.splitlines())
    assert (told["case"], told["way"], told["added"], told["exhibits"]) == ("店A", "done", ["聊天.txt"], 2)
    assert list((inbox / "duplicate").iterdir()) == []
    assert "聊天.txt" in (inbox / "done" / "店A" / "结果说明.txt").read_text("utf-8-sig")
