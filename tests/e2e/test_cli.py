"""The command line as its users meet it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli.app import COMMANDS
from stages.chats.formats import READERS as CHATS
from stages.orders.readers import READERS as TABLES
from stages.screens.layouts import LAYOUTS
from tests.e2e.conftest import CHAT, make_case

ROOT = Path(__file__).parents[2]
Said = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_help_with_an_example_and_stands_in_the_docs(command: str, said: Said) -> None:
    code, out, _ = said(command, "--help")
    assert code == 0
    assert f"dossier {command}" in out
    assert "例：" in out
    assert "--json" in out
    assert f"dossier {command}" in (ROOT / "docs" / "guide.md").read_text("utf-8")


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_help_in_english(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "pipeline", command, "--help"],
        env=os.environ | {"DOSSIER_LANG": "en"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "Usage: dossier" in done.stdout
    assert "Example:" in done.stdout


def test_a_built_case_says_where_and_how_much(case: Path, said: Said) -> None:
    code, out, err = said("build", str(case), "--jobs", "1")
    assert code == 0
    assert "没有变化" in out
    assert str(case / "out" / "dossier.pdf") in out
    assert "证据 3 件" in out
    assert err == ""


def test_build_json(case: Path, said: Said) -> None:
    code, out, _ = said("build", str(case), "--jobs", "1", "--json")
    shown = json.loads(out)
    assert code == 0
    assert (shown["exhibits"], shown["made"], shown["unread"]) == (3, 0, [])
    assert shown["pages"] >= 8


def test_the_same_evidence_gives_the_same_bytes_whatever_the_workers_and_surroundings(
    case: Path, tmp_path: Path
) -> None:
    """Stages are pure: in one process or several, in another zone, locale, hash seed and folder."""
    other = make_case(tmp_path / "案件二" / "案件")
    done = subprocess.run(
        [sys.executable, "-P", "-m", "pipeline", "build", str(other), "--jobs", "2"],
        env=os.environ | {"TZ": "America/Los_Angeles", "LC_ALL": "C", "PYTHONHASHSEED": "977"},
        cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    names = {path.name for path in (case / "out").iterdir()}
    listed = "dossier.pdf timeline.json timeline.csv findings.json manifest.json SHA256SUMS notes.json run.json"
    assert names == set(listed.split())
    for name in names - {"run.json"}:
        assert (case / "out" / name).read_bytes() == (other / "out" / name).read_bytes(), name


def test_sha256sums_is_for_sha256sum(case: Path) -> None:
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=case / "out", capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_other_buyers_leave_no_trace(case: Path) -> None:
    for path in case.rglob("*"):
        inside = path.relative_to(case).parts[0]
        if path.is_file() and inside not in ("inbox", "originals"):
            data = path.read_bytes()
            for trace in ("P111111111111111111", "周别人", "13700000001"):
                assert trace.encode() not in data, path


def test_findings_name_exhibit_and_page(case: Path) -> None:
    findings = json.loads((case / "out" / "findings.json").read_text("utf-8"))
    assert set(findings) >= {"statements", "claims", "for_customer", "triage", "readiness"}
    claim = findings["claims"][0]
    assert (claim["finding"], claim["claimed"], claim["agrees"]) == ("contradicted", "contradicted", True)
    because = claim["because"][0]
    assert set(because) >= {"text", "for", "events", "exhibits", "pages", "sources", "strength"}
    assert len(because["exhibits"]) == 2
    assert because["pages"]
    assert findings["triage"]["advice"] == "appeal"


def test_manifest_has_the_keys_of_the_interface(case: Path) -> None:
    manifest = json.loads((case / "out" / "manifest.json").read_text("utf-8"))
    assert set(manifest) == {"case", "made", "tool", "evidence_head", "exhibits", "outputs"}
    assert set(manifest["tool"]) == {"name", "version", "stages", "engines", "fonts"}
    assert set(manifest["exhibits"][0]) == {"label", "name", "sha256", "bytes", "media_type", "receipts", "status"}
    assert {output["name"] for output in manifest["outputs"]} == {
        "dossier.pdf", "timeline.json", "timeline.csv", "findings.json", "notes.json"
    }  # fmt: skip


def test_check_prints_what_lacks_and_exits_6_when_it_must_be_there(case: Path, said: Said) -> None:
    assert said("check", str(case), "--jobs", "1")[0] == 0
    text = (case / "case.toml").read_text("utf-8").replace('ground = "contrary-to-facts"\n', "")
    (case / "case.toml").write_text(text, encoding="utf-8")
    code, out, _ = said("check", str(case), "--jobs", "1")
    assert code == 6
    assert "没有选择申诉理由" in out
    code, out, _ = said("check", str(case), "--jobs", "1", "--json")
    assert code == 6
    assert json.loads(out) == json.loads((case / "out" / "findings.json").read_text("utf-8"))


def test_check_in_another_language_or_for_another_platform_leaves_the_dossier_alone(case: Path, said: Said) -> None:
    before = (case / "out" / "dossier.pdf").read_bytes()
    code, out, _ = said("check", str(case), "--jobs", "1", "--language", "en")
    assert code == 0
    assert "Advice: appeal" in out
    code, out, _ = said("check", str(case), "--jobs", "1", "--platform", "google_review", "--json")
    assert code == 0
    assert set(json.loads(out)) >= {"statements", "claims", "for_customer", "triage", "readiness"}
    assert said("check", str(case), "--platform", "nowhere")[0] == 2
    assert (case / "out" / "dossier.pdf").read_bytes() == before


def test_a_build_says_what_deserves_a_look(case: Path, said: Said) -> None:
    text = (case / "case.toml").read_text("utf-8").replace('"聊天.txt"', '"没有.txt"')
    (case / "case.toml").write_text(text, encoding="utf-8")
    code, out, _ = said("build", str(case), "--jobs", "1")
    assert code == 0
    assert "没有.txt" in out


def test_a_lost_ledger_is_found(case: Path, said: Said) -> None:
    (case / "ledger.jsonl").unlink()
    code, out, _ = said("verify", str(case))
    assert code == 5
    assert "ledger.jsonl 不见了" in out


def test_a_quote_that_is_not_found_is_a_note_and_exit_0(case: Path, said: Said) -> None:
    text = (case / "case.toml").read_text("utf-8").replace("2026-03-12 08:35:21", "2026-03-19 08:35:21")
    (case / "case.toml").write_text(text, encoding="utf-8")
    assert said("build", str(case), "--jobs", "1")[0] == 0
    notes = json.loads((case / "out" / "notes.json").read_text("utf-8"))
    assert [note["code"] for note in notes["case"]] == ["quote-not-found"]


def test_a_case_without_case_toml_makes_no_claim(case: Path, said: Said) -> None:
    (case / "case.toml").unlink()
    assert said("build", str(case), "--jobs", "1")[0] == 0
    findings = json.loads((case / "out" / "findings.json").read_text("utf-8"))
    assert findings["claims"] == findings["statements"] == []


def test_a_folder_with_nothing_usable(tmp_path: Path, said: Said) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "x.png").write_bytes(b"")
    code, _, err = said("build", str(tmp_path), "--jobs", "1")
    assert code == 4
    assert "没有可以使用的证据" in err


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["build", "没有这个"], 2, "dossier new"),
        (["nonsense"], 2, "没有命令"),
        (["build"], 2, "还缺少"),
        (["build", ".", "--frobnicate"], 2, "没有选项"),
        (["build", ".", "--jobs", "0"], 2, "--jobs 应为不小于 1 的整数"),
        (["build", ".", "--ocr", "magic"], 2, "--ocr 只能是：auto"),
        (["build", ".", "--until", "nowhere"], 2, "没有名为“nowhere”的步骤"),
        (["read", "没有.txt"], 2, "找不到文件"),
        (["read", "."], 2, "是文件夹"),
        (["read", "x", "--zone", "Mars"], 2, "不认识时区"),
        (["read", "x", "--format", "nonsense"], 2, "没有格式"),
        (["verify", "没有.pdf"], 2, "找不到文件"),
        (["audit", "."], 2, "没有保管记录"),
    ],
)
def test_wrong_usage_is_said_in_words(arguments: list[str], code: int, says: str, said: Said) -> None:
    found, _, err = said(*arguments)
    assert found == code
    assert says in err
    assert "Traceback" not in err


def test_an_original_that_was_altered_is_named_and_not_used(case: Path, said: Said) -> None:
    original = next(path for path in (case / "originals").iterdir() if path.stat().st_size < 2000)
    original.chmod(0o644)
    original.write_bytes(original.read_bytes()[:-1] + b"!")
    code, _, err = said("build", str(case), "--jobs", "1")
    assert code == 5
    assert "原始文件被改动" in err


def test_new_makes_a_case_that_builds(tmp_path: Path, said: Said) -> None:
    case = tmp_path / "新案件"
    assert said("new", str(case))[0] == 0
    (case / "inbox" / "聊天.txt").write_text(CHAT, encoding="utf-8")
    assert said("new", str(case))[0] == 2
    code, out, _ = said("build", str(case), "--jobs", "1")
    assert code == 0
    assert "证据 1 件" in out


def test_show_config_names_every_origin(case: Path, said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOSSIER_OCR", "none")
    _, out, _ = said("show-config", str(case), "--json")
    rows = {row["setting"]: (row["value"], row["from"]) for row in json.loads(out)}
    assert rows["ocr"] == ("none", "DOSSIER_OCR")
    assert rows["zone"] == ("Asia/Shanghai", "platform")
    assert rows["attach"] == ("manifest", "default")
    monkeypatch.setenv("DOSSIER_OCR", "magic")
    assert said("show-config", str(case))[0] == 2


def test_formats_lists_every_reader(said: Said) -> None:
    _, out, _ = said("formats", "--json")
    rows = json.loads(out)
    exports = {row["id"] for row in rows if not row["id"].startswith("screen-")}
    assert exports == {reader.id for reader in (*CHATS, *TABLES)}
    assert len(rows) - len(exports) == len(LAYOUTS)
    assert len({row["reads"] for row in rows}) == len(rows)
    assert all(row["grade"] in "ABCD" and row["reads"] and row["sure"] for row in rows)


def test_read_prints_one_object_a_file(case: Path, said: Said) -> None:
    inbox = case / "inbox"
    code, out, err = said(
        "read", "--json", str(inbox / "聊天.txt"), str(inbox / "订单.csv"), str(inbox / "评价.png"), "没有"
    )
    assert code == 2
    assert "没有" in err
    chat, sheet, shot = (json.loads(line) for line in out.splitlines())
    keys = {"file", "format", "reader", "records", "notes", "unread", "balance", "declared"}
    assert keys <= set(chat)
    assert [message["text"] for message in chat["records"]] == ["发货了吗", "已经发货，请放心"]
    assert chat["records"][0]["at"]["zone"] == "unknown"
    assert len(sheet["records"]) == 2
    assert sheet["records"][1]["amounts"]["received"] == {"value": "270.80", "currency": "CNY"}
    assert any("2026-03-16" in line["text"] for line in shot["records"] if line["kind"] == "line")
    for entry in (chat, sheet, shot):
        balance = entry["balance"]
        assert balance["total"] == balance["records"] + balance["skipped"] + balance["unread"]


def test_read_takes_a_zone_and_reads_many_at_once(case: Path, said: Said) -> None:
    inbox = case / "inbox"
    code, out, _ = said(
        "read", "--json", "--zone", "+08:00", "--jobs", "2", str(inbox / "聊天.txt"), str(inbox / "订单.csv")
    )
    assert code == 0
    first = json.loads(out.splitlines()[0])["records"][0]["at"]
    assert (first["start"], first["zone"]) == ("2026-03-12T10:00:00+08:00", "case")


def test_read_says_when_nothing_was_read(tmp_path: Path, said: Said) -> None:
    (tmp_path / "x.bin").write_bytes(bytes(range(256)))
    code, out, _ = said("read", str(tmp_path / "x.bin"))
    assert code == 4
    assert "x.bin" in out


def test_a_closed_pipe_is_no_error(case: Path) -> None:
    command = (
        f"'{sys.executable}' -P -m pipeline read --json '{case / 'inbox' / '聊天.txt'}' | true; exit ${{PIPESTATUS[0]}}"
    )
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_audit_walks_the_ledger(case: Path, said: Said) -> None:
    code, out, _ = said("audit", str(case))
    assert code == 0
    assert "评价.png" in out
    ledger = case / "ledger.jsonl"
    ledger.write_bytes(ledger.read_bytes().replace("评价.png".encode(), "评分.png".encode(), 1))
    code, out, _ = said("audit", str(case), "--json")
    assert code == 5
    assert json.loads(out)["problems"]
