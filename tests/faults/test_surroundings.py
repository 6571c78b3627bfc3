"""The command wherever it is called: no locale, closed streams, no home, no folder to stand in, nowhere to write."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from cases import finish
from processes import held_to_modes
from real import chat_case, dossier

from pipeline.ledger import audit, entries_in

BUILD = ("build", "--jobs", "1", "--ocr", "none", "--until", "chats")
LOCALES: dict[str, dict[str, str]] = {
    "none": {},
    "C": {"LC_ALL": "C"},
    "ascii": {"LC_ALL": "C", "PYTHONUTF8": "0"},
    "ascii-terminal": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
    "unknown": {"LANG": "xx_YY.klingon", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    case = chat_case(tmp_path_factory.mktemp("surroundings") / "案件")
    assert finish(dossier(*BUILD, case))[0] == 0
    return case


@pytest.mark.parametrize("environ", LOCALES.values(), ids=LOCALES)
def test_chinese_comes_out_as_utf_8_in_any_locale(built: Path, environ: dict[str, str]) -> None:
    code, out, errors = finish(dossier("audit", built, environ={"PATH": os.environ["PATH"], **environ}))
    assert (code, errors) == (0, "")
    assert "received   1     聊天.txt" in out
    assert "完好" in out


def test_a_case_is_built_without_any_locale_or_home(tmp_path: Path) -> None:
    case = chat_case(tmp_path / "案件")
    environ = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONUTF8": "0"}
    code, out, errors = finish(dossier("build", "--jobs", "2", "--ocr", "none", case, environ=environ))
    assert (code, errors.count("Traceback")) == (0, 0)
    assert f"卷宗已生成：{case}/out/dossier.pdf" in out


def test_a_terminal_of_another_encoding_gets_what_it_can_show(built: Path) -> None:
    process = dossier("audit", built, environ={"PATH": os.environ["PATH"], "PYTHONIOENCODING": "gbk"})
    out, errors = process.communicate(timeout=600)
    assert (process.returncode, errors) == (0, b"")
    assert "聊天.txt" in out.decode("gbk")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_harm_nothing(built: Path, closed: str) -> None:
    case = chat_case(built.parent / closed.replace(" ", ""))
    finish(dossier(*BUILD, case, preexec_fn=lambda: [os.close(number) for number in numbers(closed)]))
    assert audit(case / "ledger.jsonl") == []
    assert "made" in {entry.kind for entry in entries_in(case / "ledger.jsonl")}


def numbers(closed: str) -> list[int]:
    return [{"<": 0, ">": 1, "2": 2}[part[0]] for part in closed.split()]


def test_an_output_that_takes_nothing_is_told_and_the_exit_code_stands(built: Path, tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        process = dossier("audit", built, stdout=full)
        assert "磁盘空间不足" in process.communicate(timeout=600)[1].decode()
        assert process.returncode == 7
        process = dossier("audit", tmp_path / "nowhere", stderr=full)
        process.communicate(timeout=600)
        assert process.returncode == 2


def test_the_folder_it_stands_in_may_be_gone(built: Path, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()

    def stand_in_it() -> None:
        os.chdir(gone)
        gone.rmdir()

    code, out, errors = finish(dossier(*BUILD, built, preexec_fn=stand_in_it))
    assert (code, errors.count("Traceback")) == (0, 0), out
    gone.mkdir()
    code, _, errors = finish(dossier("audit", "case", preexec_fn=stand_in_it))
    assert (code, errors.count("\n")) == (2, 1)


@pytest.mark.parametrize("closed", [".", "inbox", "work", "out", "originals", "ledger.jsonl", "inbox/聊天.txt"])
def test_rights_taken_away_between_two_builds_are_told_and_harm_nothing(
    built: Path, tmp_path: Path, closed: str
) -> None:
    case = Path(shutil.copytree(built, tmp_path / "案件"))
    build = ("build", "--jobs", "1", "--ocr", "none", "--until", "ingest", "--out", case / "out")
    (case / "out").mkdir()
    before = (case / "ledger.jsonl").read_bytes()
    (case / "inbox" / "新.txt").write_text("新来的", encoding="utf-8")
    mode = (case / closed).stat().st_mode
    (case / closed).chmod(0)
    code, out, errors = finish(dossier(*build, case, preexec_fn=held_to_modes))
    (case / closed).chmod(mode)
    assert "Traceback" not in errors
    if closed == "inbox/聊天.txt":
        assert (code, "打不开" in out) == (3, True)
    elif closed == "out":
        assert code in (0, 7)
    else:
        assert (code, "没有权限" in errors, out) == (7, True, "")
        assert (case / "ledger.jsonl").read_bytes() == before
    assert finish(dossier(*build, case))[0] in (0, 3)
    assert audit(case / "ledger.jsonl") == []
    assert (case / "ledger.jsonl").read_bytes().startswith(before)


@pytest.mark.parametrize("epoch", ["-1", "-62135596800", "253402300800", "9" * 40, "now", "1.5"])
def test_a_clock_that_cannot_be_is_refused(built: Path, epoch: str) -> None:
    environ = {**os.environ, "SOURCE_DATE_EPOCH": epoch}
    code, _, errors = finish(dossier(*BUILD, built, environ=environ))
    assert (code, "SOURCE_DATE_EPOCH" in errors, "Traceback" in errors) == (2, True, False)
