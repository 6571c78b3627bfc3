"""Nothing of the evidence is executed, fetched or rendered: a dossier built from evidence that tries everything."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
import threading
import tty
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.hostile import evidence

ROOT = Path(__file__).parents[2]
STEERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What moves a cursor, colours a terminal or turns the direction of writing."""

ACTIVE = {
    *("/JS", "/JavaScript", "/Launch", "/URI", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/ResetForm"),
    *("/OpenAction", "/AA", "/RichMedia", "/Rendition", "/Movie", "/Sound", "/XFA", "/AcroForm", "/Widget", "/A"),
    *("/Trans", "/GoTo3DView", "/Named", "/Thread", "/Hide", "/SetOCGState", "/FileAttachment", "/Screen", "/3D"),
}  # fmt: skip
"""Every key and name by which a PDF does anything of itself (ISO 32000-2, 12.5.6 and 12.6)."""

WATCHED = """
import os, sys
out = open(os.environ["WATCH"], "a", buffering=1)
def hear(event, arguments):
    if event.startswith("socket.") or event in ("os.system", "os.exec", "os.posix_spawn", "subprocess.Popen",
                                                "webbrowser.open", "ctypes.dlopen", "urllib.Request"):
        out.write(event + " " + repr(arguments[:2]) + "\\n")
sys.addaudithook(hear)
"""
"""Written into the start of every Python process: what it starts and where it connects."""


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return evidence.make(tmp_path_factory.mktemp("hostile") / "案件")


def dossier(folder: Path, *arguments: str, stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    """The real command."""
    return watched(folder, "-m", "pipeline", *arguments, stdout=stdout)


def watched(folder: Path, *arguments: str, stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    """A Python program, with every process of it watched."""
    watch = folder.parent / "watch"
    watch.mkdir(exist_ok=True)
    (watch / "sitecustomize.py").write_text(WATCHED)
    environ = {
        **os.environ,
        "DOSSIER_OCR": "tesseract",
        "PYTHONPATH": os.pathsep.join([str(watch), str(ROOT)]),
        "WATCH": str(watch / "heard"),
    }
    return subprocess.run(
        [sys.executable, *arguments], env=environ, stdout=stdout, stderr=subprocess.PIPE, check=False,
        encoding="utf-8", timeout=600, cwd=folder.parent,
    )  # fmt: skip


@pytest.fixture(scope="module")
def built(case: Path) -> subprocess.CompletedProcess[str]:
    done = dossier(case, "build", str(case), "--jobs", "2", "--log", "text")
    assert done.returncode == 3, done.stderr
    return done


@pytest.fixture(scope="module")
def out(case: Path, built: subprocess.CompletedProcess[str]) -> Path:
    del built
    return case / "out"


def objects(value: Any, seen: set[tuple[int, int]]) -> Iterator[Any]:
    """A PDF object and all that is in it."""
    if isinstance(value, pikepdf.Object) and value.is_indirect:
        if value.objgen in seen:
            return
        seen.add(value.objgen)
    yield value
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for key, inner in value.items():
            yield pikepdf.Name(key)
            yield from objects(inner, seen)
    elif isinstance(value, pikepdf.Array):
        for inner in value:
            yield from objects(inner, seen)


def names_in(path: Path) -> set[str]:
    """Every key and every name in a PDF."""
    seen: set[tuple[int, int]] = set()
    with pikepdf.open(path) as pdf:
        roots = [pdf.trailer, *pdf.objects]
        return {str(inner) for root in roots for inner in objects(root, seen) if isinstance(inner, pikepdf.Name)}


def test_the_list_of_active_names_finds_what_is_active(case: Path) -> None:
    found = names_in(case / "inbox" / "script.pdf")
    assert {"/JS", "/JavaScript", "/Launch", "/URI", "/SubmitForm", "/OpenAction", "/AA", "/XFA"} <= found & ACTIVE


def test_the_pdf_does_nothing_of_itself(out: Path) -> None:
    assert not names_in(out / "dossier.pdf") & ACTIVE
    with pikepdf.open(out / "dossier.pdf") as pdf:
        assert set(pdf.attachments) == {"evidence-manifest.json"}
        annotations = [note for page in pdf.pages for note in page.obj.get("/Annots", [])]
    assert annotations


def test_links_lead_to_pages_of_the_same_file(out: Path) -> None:
    with pikepdf.open(out / "dossier.pdf") as pdf:
        for page in pdf.pages:
            for note in page.obj.get("/Annots", []):
                assert (str(note.Subtype), "/Dest" in note) == ("/Link", True)


def test_what_is_said_is_printed_as_it_was_said(out: Path) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(out / "dossier.pdf")
    text = "".join(page.get_textpage().get_text_bounded() for page in document).replace("\r\n", "")
    document.close()
    for words in ("<script>alert(1)</script>", '<img src="file:///etc/passwd"/>', "%s%n%x {0} {name}", "{{7*7}}"):
        assert words.replace(" ", "") in text.replace(" ", "")
    assert "root:" not in text


def test_no_cell_is_a_formula(out: Path) -> None:
    rows = list(csv.reader(io.StringIO((out / "timeline.csv").read_text("utf-8-sig"), newline="")))
    assert len(rows) > len(evidence.HOSTILE)
    assert len({len(row) for row in rows}) == 1
    assert [cell for row in rows for cell in row if cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))] == []
    quoted = {row[rows[0].index("quote")] for row in rows}
    assert {"'=cmd|' /C calc'!A0", "'＝1＋1", "'@echo off", "<script>alert(1)</script>"} <= quoted


@pytest.mark.parametrize("name", ["timeline.json", "findings.json", "manifest.json", "notes.json", "run.json"])
def test_json_holds_no_sign_that_steers_unescaped(out: Path, name: str) -> None:
    text = (out / name).read_text("utf-8")
    json.loads(text)
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", text)


def on_a_terminal(folder: Path, *arguments: str) -> str:
    """What the real command writes to a terminal, without the ends of lines."""
    held, terminal = pty.openpty()
    tty.setraw(terminal)
    parts: list[bytes] = []

    def take() -> None:
        with contextlib.suppress(OSError):  # how Linux says that nobody writes any more
            while part := os.read(held, 65536):
                parts.append(part)

    taking = threading.Thread(target=take)
    taking.start()
    done = dossier(folder, *arguments, stdout=terminal)
    os.close(terminal)
    taking.join()
    os.close(held)
    assert "Traceback" not in done.stderr
    return b"".join(parts).decode().replace("\r\n", "\n") + done.stderr


@pytest.mark.parametrize("command", ["read", "read --json", "check", "check --json", "verify", "audit", "show-config"])
def test_what_a_terminal_is_given_holds_no_sign_that_steers_it(
    case: Path, built: subprocess.CompletedProcess[str], command: str
) -> None:
    assert built.returncode == 3
    inbox = [str(path) for path in sorted((case / "inbox").iterdir())]
    named = ["--ocr", "none", "--jobs", "1", *inbox] if command.startswith("read") else [str(case)]
    said = on_a_terminal(case, *command.split(), *named)
    assert len(said) > 100
    assert STEERS.findall(said) == []


def test_a_build_says_nothing_that_steers_a_terminal(built: subprocess.CompletedProcess[str]) -> None:
    assert STEERS.findall(built.stdout + built.stderr) == []
    assert "pypdfium2" not in built.stderr


def test_nothing_is_fetched_and_only_the_engine_is_run(case: Path, built: subprocess.CompletedProcess[str]) -> None:
    del built
    probe = "from stages.ocr.engines.rapidocr import RapidOcr\nprint(RapidOcr(9).fingerprint()[1].name)"
    assert watched(case, "-c", probe).stdout in ("openvino\n", "onnxruntime\n")
    heard = (case.parent / "watch" / "heard").read_text().splitlines()
    assert any("; import " in line for line in heard), "the probe was watched"
    sockets = [line for line in heard if line.startswith("socket.") and not line.startswith("socket.gethostname")]
    assert sockets == []
    assert not [line for line in heard if line.startswith(("os.system", "webbrowser", "urllib"))]
    started = {line.split("'")[1] for line in heard if line.startswith(("subprocess.Popen", "os.exec", "os.posix"))}
    assert {Path(program).name for program in started} <= {"tesseract", Path(sys.executable).name, "uname"}
    assert not [path for path in case.parent.rglob("*") if path.name == "pwned"]
