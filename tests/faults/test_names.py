"""Names as disks really bear them: all are taken in, shown safely, cited, and the dossier is whole."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from cases import finish
from real import CHAT, dossier

from pipeline.errors import plain, say

COMPOSED, APART = (unicodedata.normalize(form, "é订单.txt") for form in ("NFC", "NFD"))
NAMES: dict[bytes, str] = {
    COMPOSED.encode(): COMPOSED,
    APART.encode(): COMPOSED,
    "订单.txt".encode("gbk"): "订单.txt",
    b"\xff\xfe.txt": "\\xff\\xfe.txt",
    b"a\nb.txt": "a\nb.txt",
    b"a\rb.txt": "a\rb.txt",
    b"tab\there.txt": "tab\there.txt",
    b"x" * 251 + b".txt": "x" * 251 + ".txt",
    b"--help": "--help",
    b"-rf.txt": "-rf.txt",
    "\u202egnp.txt".encode(): "\u202egnp.txt",
    b"\x1b[31mred\x1b]0;title\x07.txt": "\x1b[31mred\x1b]0;title\x07.txt",
    "😀👨\u200d👩\u200d👧.txt".encode(): "😀👨\u200d👩\u200d👧.txt",
    b"quote\"'`$(id).txt": "quote\"'`$(id).txt",
    b"<script>alert(1)</script>.txt".replace(b"/", b"\\"): "<script>alert(1)<\\script>.txt",
    "\u2028line.txt".encode(): "\u2028line.txt",
    b" space .txt": " space .txt",
    b"%s{name}.txt": "%s{name}.txt",
}
UNSAFE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("names") / "a\nb 案件"
    inbox = os.fsencode(folder / "inbox")
    os.makedirs(inbox)  # noqa: PTH103
    for number, name in enumerate(NAMES):
        with open(os.path.join(inbox, name), "w", encoding="utf-8") as stream:  # noqa: PTH118, PTH123
            stream.write(CHAT.replace("10:00", f"10:{number:02}"))
    code, out, errors = finish(dossier("build", "--jobs", "2", "--ocr", "none", folder))
    assert (code, "Traceback" in errors) == (0, False), out + errors
    assert not UNSAFE.search(out + errors)
    assert out.splitlines()[0].endswith("dossier.pdf")
    return folder


def shown(case: Path, name: str) -> Any:
    return json.loads((case / "out" / name).read_text("utf-8"))


def test_each_name_is_an_exhibit(case: Path) -> None:
    exhibits = shown(case, "manifest.json")["exhibits"]
    assert sorted(exhibit["name"] for exhibit in exhibits) == sorted(NAMES.values())
    assert {exhibit["status"] for exhibit in exhibits} == {"read"}
    assert len({exhibit["label"] for exhibit in exhibits}) == len(NAMES)


def test_each_is_cited(case: Path) -> None:
    cited = {label for event in shown(case, "timeline.json")["events"] for label in event["exhibits"]}
    assert len(cited) == len(NAMES)


@pytest.mark.parametrize("command", ["verify", "audit", "check"])
def test_commands_show_them_safely(case: Path, command: str) -> None:
    code, out, errors = finish(dossier(command, case))
    assert code in ((0, 6) if command == "check" else (0,))
    assert not UNSAFE.search(out + errors)
    assert json.loads(finish(dossier(command, case, "--json"))[1])


def test_bytes_that_are_no_text_are_kept(case: Path) -> None:
    lines = (case / "ledger.jsonl").read_bytes().splitlines()
    raw = [json.loads(line)["body"].get("raw") for line in lines]
    assert {bytes.fromhex(name) for name in raw if name} == {name for name in NAMES if not _is_utf8(name)}


def _is_utf8(name: bytes) -> bool:
    try:
        name.decode()
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("聊天　记录 1.txt", "聊天　记录 1.txt"),
        ("a\nb", "a\\nb"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\u202egnp", "\\u202egnp"),
        ("👨\u200d👩", "👨\u200d👩"),
        ("\udcff", "\\udcff"),
    ],
)
def test_a_name_on_one_line(name: str, safe: str) -> None:
    assert plain(name) == safe
    assert safe in say("cannot-open", {"name": name}, "zh-CN")
    assert safe in say("no-rights", {"path": Path(name)}, "en")
