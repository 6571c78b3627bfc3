"""verify: any changed byte is found and named, on the PDF alone and on the folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stages.verify import verify

Said = Callable[..., tuple[int, str, str]]


def test_what_is_whole_is_said_to_be_so(case: Path, said: Said) -> None:
    for path in (case, case / "out", case / "out" / "dossier.pdf"):
        code, out, _ = said("verify", str(path))
        assert code == 0, out
        assert "完好。" in out
    code, out, _ = said("verify", str(case), "--json")
    shown = json.loads(out)
    assert shown["intact"] is True
    assert shown["problems"] == []
    assert {check["status"] for check in shown["checks"]} == {"ok", "absent"}
    assert any(check["check"] == "signature" and check["status"] == "absent" for check in shown["checks"])


@given(st.data())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_changed_byte_of_the_pdf_is_found(built_once: Path, tmp_path: Path, data: st.DataObject) -> None:
    whole = (built_once / "out" / "dossier.pdf").read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda value: value != whole[place]))
    harmed = tmp_path / "dossier.pdf"
    harmed.write_bytes(whole[:place] + bytes([other]) + whole[place + 1 :])
    verdict = verify(harmed, "zh-CN")
    assert not verdict.intact
    assert verdict.problems


@pytest.mark.parametrize("change", ["append", "cut", "empty", "other"])
def test_added_and_cut_bytes_are_found(case: Path, change: str, said: Said) -> None:
    pdf = case / "out" / "dossier.pdf"
    data = pdf.read_bytes()
    changed = {"append": data + b"\n", "cut": data[:-20], "empty": b"", "other": b"%PDF-1.7 something else"}
    pdf.write_bytes(changed[change])
    code, out, _ = said("verify", str(pdf))
    assert code == 5
    assert "封印" in out


@pytest.mark.parametrize(
    "name", ["timeline.json", "timeline.csv", "findings.json", "manifest.json", "notes.json", "SHA256SUMS"]
)
def test_a_changed_output_is_named(case: Path, name: str, said: Said) -> None:
    path = case / "out" / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    code, out, _ = said("verify", str(case))
    assert code == 5
    assert any("✗" in line for line in out.splitlines())
    if name != "SHA256SUMS":
        assert any(name in line for line in out.splitlines() if line.startswith("✗"))


def test_a_missing_and_an_added_file_are_named(case: Path, said: Said) -> None:
    (case / "out" / "findings.json").unlink()
    (case / "out" / "extra.txt").write_text("x")
    code, out, _ = said("verify", str(case / "out"))
    assert code == 5
    assert "findings.json：文件不见了" in out
    assert "extra.txt：不在清单里" in out


def test_a_changed_or_missing_original_is_named(case: Path, said: Said) -> None:
    originals = sorted((case / "originals").iterdir(), key=lambda path: path.stat().st_size)
    originals[0].chmod(0o644)
    originals[0].write_bytes(b"changed")
    originals[1].chmod(0o644)
    originals[1].unlink()
    code, out, _ = said("verify", str(case))
    assert code == 5
    assert "原始文件被改动过" in out
    assert "原始文件不见了" in out


def test_a_changed_ledger_is_found(case: Path, said: Said) -> None:
    ledger = case / "ledger.jsonl"
    lines = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(b"".join(lines[1:]))
    code, out, _ = said("verify", str(case))
    assert code == 5
    assert "保管记录 ledger.jsonl 有问题" in out


def test_a_folder_without_a_dossier_is_said_to_be_one(tmp_path: Path, said: Said) -> None:
    code, out, _ = said("verify", str(tmp_path))
    assert code == 5
    assert "没有可以核验的卷宗" in out
