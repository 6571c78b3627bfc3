"""The tesseract program: what is installed, one call for many sheets, and its answer, checked."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytesseract
from PIL import Image
from pytesseract.pytesseract import run_tesseract

from pipeline.contract import Tool
from pipeline.errors import MachineLacks
from stages.ocr.engines import EngineFailed, Seen

__all__ = ["installed", "program", "words_on"]

_HEADER = "\t".join(
    (
        "level",
        "page_num",
        "block_num",
        "par_num",
        "line_num",
        "word_num",
        "left",
        "top",
        "width",
        "height",
        "conf",
        "text",
    )
)
_PAGE, _WORD = 1, 5
_CONFIG = "--psm 6 -c tessedit_create_tsv=1"
_PACKAGES = {"chi_sim": "tesseract-ocr-chi-sim", "eng": "tesseract-ocr-eng"}
_FOLDER = re.compile(r'List of available languages in "(.+)"')


class _Row(NamedTuple):
    level: int
    page: int
    box: tuple[int, int, int, int]
    confidence: float
    text: str


def words_on(pages: Sequence[Image.Image], language: str, seconds: int, scratch: Path) -> list[list[Seen]]:
    """The words on each of these pages (mode L), in its pixels; `EngineFailed` if there is no reading of them all.

    They go to one process as one file, for starting it costs as much as reading ten rows.
    """
    source, target = scratch / "pages.tif", scratch / "pages"
    pages[0].save(source, save_all=True, append_images=pages[1:])
    try:
        _call(source, target, language, seconds)
        rows = _rows(target.with_suffix(".tsv"), [page.size for page in pages])
    finally:
        source.unlink(missing_ok=True)
        target.with_suffix(".tsv").unlink(missing_ok=True)
    found: list[list[Seen]] = [[] for _ in pages]
    for row in rows:
        if row.level == _WORD and row.text:
            found[row.page].append(Seen(row.text, row.box, max(0.0, row.confidence) / 100))
    return found


def _call(source: Path, target: Path, language: str, seconds: int) -> None:
    try:
        with _one_thread():
            run_tesseract(
                str(source), str(target), extension="tsv", lang=language, config=_CONFIG, timeout=seconds
            )  # fmt: skip
    except pytesseract.TesseractNotFoundError as error:
        raise MachineLacks("tesseract-missing") from error
    except pytesseract.TesseractError as error:
        raise EngineFailed("engine-crashed", engine="tesseract", status=error.status) from error
    except (UnicodeDecodeError, OSError) as error:
        raise EngineFailed("engine-garbled", engine="tesseract") from error
    except RuntimeError as error:  # pytesseract's word for a timeout
        raise EngineFailed("engine-timed-out", engine="tesseract", seconds=seconds) from error


def program() -> str:
    """Where the program is."""
    found = shutil.which(str(pytesseract.pytesseract.tesseract_cmd))
    if found is None:
        raise MachineLacks("tesseract-missing")
    return found


@cache
def installed(program: str, languages: tuple[str, ...]) -> tuple[Tool, ...]:
    """Version and language data of a program, asked for once a process."""
    version = _answer(program, "--version").splitlines()
    listing = _answer(program, "--list-langs")
    folder = _FOLDER.search(listing)
    missing = [language for language in languages if language not in listing.splitlines()]
    if missing or folder is None:
        packages = " ".join(_PACKAGES.get(language, f"tesseract-ocr-{language}") for language in missing)
        raise MachineLacks("language-missing", languages=", ".join(missing), packages=packages)
    data = [(language, Path(folder[1]) / f"{language}.traineddata") for language in languages]
    return (
        Tool(name="tesseract", version=" ".join(line.strip() for line in version[:2])),
        *(Tool(name=f"tesseract-data-{language}", version=_digest(path)) for language, path in data),
    )


def _answer(program: str, question: str) -> str:
    try:
        done = subprocess.run(
            [program, question], capture_output=True, timeout=30, check=True, env=_environment(), text=True,
            encoding="utf-8", errors="replace",
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        raise MachineLacks("tesseract-broken", program=program) from error
    return done.stdout + done.stderr


def _digest(path: Path) -> str:
    try:
        return "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise MachineLacks("language-missing", languages=path.stem, packages=path.name) from error


def _environment() -> dict[str, str]:
    return {**os.environ, "OMP_THREAD_LIMIT": "1"}


@contextmanager
def _one_thread() -> Iterator[None]:
    """Within it, children run one thread: four would burn four times the CPU and read no sooner.

    pytesseract hands down this process's environment and takes no other, so it is set here and put back.
    """
    before = os.environ.get("OMP_THREAD_LIMIT")
    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["OMP_THREAD_LIMIT"]
        else:
            os.environ["OMP_THREAD_LIMIT"] = before


def _rows(path: Path, sizes: Sequence[tuple[int, int]]) -> list[_Row]:
    """The table tesseract wrote, checked: no table, other pages or a box outside its page is no reading."""
    try:
        header, *lines = path.read_text("utf-8").removesuffix("\n").split("\n")
        rows = [_row(line) for line in lines]
    except (OSError, ValueError) as error:
        raise EngineFailed("engine-garbled", engine="tesseract") from error
    pages = [(row.page, row.box) for row in rows if row.level == _PAGE]
    expected = [(number, (0, 0, *size)) for number, size in enumerate(sizes)]
    if header != _HEADER or pages != expected or not all(_is_within(row, sizes) for row in rows):
        raise EngineFailed("engine-garbled", engine="tesseract")
    return rows


def _row(line: str) -> _Row:
    cells = line.split("\t")
    if len(cells) != 12:
        raise ValueError(f"{len(cells)} columns")
    level, page, *_, left, top, width, height = map(int, cells[:10])
    return _Row(level, page - 1, (left, top, left + width, top + height), float(cells[10]), cells[11].strip())


def _is_within(row: _Row, sizes: Sequence[tuple[int, int]]) -> bool:
    if not 0 <= row.page < len(sizes):
        return False
    left, top, right, bottom = row.box
    width, height = sizes[row.page]
    return 0 <= left <= right <= width and 0 <= top <= bottom <= height and -1 <= row.confidence <= 100
