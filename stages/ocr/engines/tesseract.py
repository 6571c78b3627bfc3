"""tesseract through pytesseract: one process a piece of a picture, one thread a process."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pytesseract
from PIL import Image
from pytesseract.pytesseract import run_tesseract

from pipeline.contract import Tool
from pipeline.errors import MachineLacks
from stages.ocr.engines import Box, EngineFailed, Seen, SeenLine

__all__ = ["Tesseract"]

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
_CONFIG = "--psm 3 -c tessedit_create_tsv=1"
_PACKAGES = {"chi_sim": "tesseract-ocr-chi-sim", "eng": "tesseract-ocr-eng"}
_FOLDER = re.compile(r'List of available languages in "(.+)"')


class _Row(NamedTuple):
    level: int
    line: tuple[int, int, int]
    box: tuple[int, int, int, int]
    confidence: float
    text: str


class Tesseract:
    """The engine for these languages; one call may take `seconds`."""

    reader = "tesseract@1"

    def __init__(self, languages: tuple[str, ...], seconds: int) -> None:
        self._languages = languages
        self._seconds = seconds

    def fingerprint(self) -> tuple[Tool, ...]:
        """The program's version and the digest of each language's data."""
        return _installed(_program(), self._languages)

    def read(self, image: Image.Image, scratch: Path) -> tuple[SeenLine, ...]:
        """The lines of words that tesseract sees in `image`."""
        _installed(_program(), self._languages)
        source, target = scratch / "band.pgm", scratch / "band"
        image.save(source)  # uncompressed: pytesseract would write a PNG and spend more on it than on starting
        try:
            self._call(source, target)
            rows = _rows(target.with_suffix(".tsv"), image.size)
        finally:
            source.unlink(missing_ok=True)
            target.with_suffix(".tsv").unlink(missing_ok=True)
        return _lines(rows)

    def reread(self, image: Image.Image, boxes: Sequence[Box], scratch: Path) -> tuple[SeenLine | None, ...]:
        """Each box read by itself."""
        return tuple(next(iter(self.read(image.crop(box), scratch)), None) for box in boxes)

    def _call(self, source: Path, target: Path) -> None:
        try:
            with _one_thread():
                run_tesseract(
                    str(source), str(target), extension="tsv", lang="+".join(self._languages), config=_CONFIG,
                    timeout=self._seconds,
                )  # fmt: skip
        except pytesseract.TesseractNotFoundError as error:
            raise MachineLacks("tesseract-missing") from error
        except pytesseract.TesseractError as error:
            raise EngineFailed("engine-crashed", engine="tesseract", status=error.status) from error
        except (UnicodeDecodeError, OSError) as error:
            raise EngineFailed("engine-garbled", engine="tesseract") from error
        except RuntimeError as error:  # pytesseract's word for a timeout
            raise EngineFailed("engine-timed-out", engine="tesseract", seconds=self._seconds) from error


def _program() -> str:
    found = shutil.which(str(pytesseract.pytesseract.tesseract_cmd))
    if found is None:
        raise MachineLacks("tesseract-missing")
    return found


@cache
def _installed(program: str, languages: tuple[str, ...]) -> tuple[Tool, ...]:
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


def _rows(path: Path, size: tuple[int, int]) -> list[_Row]:
    """The table tesseract wrote, checked: no table, another page or a box outside it is no reading."""
    try:
        header, *lines = path.read_text("utf-8").removesuffix("\n").split("\n")
        rows = [_row(line) for line in lines]
    except (OSError, ValueError) as error:
        raise EngineFailed("engine-garbled", engine="tesseract") from error
    pages = [row.box for row in rows if row.level == _PAGE]
    if header != _HEADER or pages != [(0, 0, *size)] or not all(_is_within(row, size) for row in rows):
        raise EngineFailed("engine-garbled", engine="tesseract")
    return rows


def _row(line: str) -> _Row:
    cells = line.split("\t")
    if len(cells) != 12:
        raise ValueError(f"{len(cells)} columns")
    level, _, block, paragraph, number, _, left, top, width, height = map(int, cells[:10])
    box = (left, top, left + width, top + height)
    return _Row(level, (block, paragraph, number), box, float(cells[10]), cells[11].strip())


def _is_within(row: _Row, size: tuple[int, int]) -> bool:
    left, top, right, bottom = row.box
    return 0 <= left <= right <= size[0] and 0 <= top <= bottom <= size[1] and -1 <= row.confidence <= 100


def _lines(rows: list[_Row]) -> tuple[SeenLine, ...]:
    words = [row for row in rows if row.level == _WORD and row.text]
    return tuple(
        _line(tuple(Seen(word.text, word.box, max(0.0, word.confidence) / 100) for word in line))
        for _, line in groupby(words, key=lambda row: row.line)
    )


def _line(words: tuple[Seen, ...]) -> SeenLine:
    lefts, tops, rights, bottoms = zip(*(word.box for word in words), strict=True)
    box = (min(lefts), min(tops), max(rights), max(bottoms))
    confidence = sum(word.confidence for word in words) / len(words)
    return SeenLine(" ".join(word.text for word in words), box, confidence, words)
