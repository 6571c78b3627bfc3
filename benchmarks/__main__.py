"""Prints one table: what the command costs, whether that keeps to the bars, and how a plain script compares."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pypdfium2 import PdfDocument

from benchmarks import chats, ocr, peer, screens, tables
from benchmarks.measure import Cost, run
from benchmarks.screenshots import draw

DOSSIER = Path(sys.executable).with_name("dossier")
MEGABYTE = 1_000_000
SCREENS = Path(__file__).parents[1] / "fixtures" / "screens"
HELP_RUNS = 7
COLUMN = 64
FEW = 20
EVERY = 6
"""Of the labelled pictures one in so many is read in every way there is: all of them take an hour."""


class Row(NamedTuple):
    """One line of the table; `kept` is None where there is no bar."""

    what: str
    value: str
    bar: str = ""
    kept: bool | None = None


def main() -> None:
    """Measure and print; `--screenshots` makes a shorter run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--screenshots", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for row in _rows(Path(folder), options.screenshots, options.jobs):
            mark = {True: "kept", False: "MISSED", None: ""}[row.kept]
            print(f"{row.what:<{COLUMN}}  {row.value:>17}  {row.bar:>8}  {mark}".rstrip(), flush=True)


def _rows(root: Path, count: int, jobs: int) -> Iterator[Row]:
    shims = root / "bin"
    shims.mkdir()
    needed = sorted(expect(run([DOSSIER, "--help"], shims), 0).cpu for _ in range(HELP_RUNS))
    yield bar("dossier --help, CPU (median)", needed[HELP_RUNS // 2], 0.25, "s")

    pictures = draw(root / "case" / "inbox", count)
    yield Row(
        "screenshots, bytes in all", f"{count}, {sum(path.stat().st_size for path in pictures) / MEGABYTE:.1f} MB"
    )
    build: list[str | Path] = [DOSSIER, "build", root / "case", "--jobs", str(jobs), "--ocr", "tesseract"]
    ours = expect(run(build, shims), 0)
    pages = _pages(root / "case" / "out" / "dossier.pdf")
    yield bar("build, peak memory of the driver", ours.driver / MEGABYTE, 400, "MB")
    yield bar("build, peak memory of a worker", ours.worker / MEGABYTE, 400, "MB")
    yield bar("build, own CPU beyond tesseract's", 100 * ours.own, 25, "%")
    yield Row("build, CPU: all, tesseract", f"{ours.cpu:.1f} s, {ours.tesseract:.1f} s")
    yield Row(f"build, pages a second ({pages} pages, {jobs} jobs)", f"{pages / ours.wall:.2f}")
    yield Row("build, screenshots an hour and core", f"{3600 * count / ours.cpu:.0f}")
    again = expect(run(build, shims), 0)
    yield Row("build again, nothing changed, CPU", f"{again.cpu:.2f} s")

    script: list[str | Path] = [sys.executable, Path(peer.__file__), root / "case" / "inbox", root / "plain.pdf"]
    plain = expect(run(script, shims, {"OMP_THREAD_LIMIT": "1"}), 0)
    yield Row("plain script, CPU: all, tesseract", f"{plain.cpu:.1f} s, {plain.tesseract:.1f} s")
    yield Row("plain script, peak memory", f"{plain.driver / MEGABYTE:.0f} MB")
    yield Row("dossier : plain script, CPU", f"{ours.cpu / plain.cpu:.2f}")
    yield Row("dossier : plain script, CPU beyond tesseract", f"{_beyond(ours) / _beyond(plain):.2f}")
    yield Row(f"dossier ({jobs} jobs) : plain script (serial), time", f"{ours.wall / plain.wall:.2f}")
    yield Row("dossier : plain script, peak of a process", f"{max(ours.driver, ours.worker) / plain.driver:.2f}")
    yield from _one_more(root, shims, jobs)
    yield from (Row(line, "") for line in chats.table())
    yield from (Row(line, "") for line in tables.table(root))
    for family in ("dev", "held"):
        for line in ocr.table(sorted((SCREENS / family).glob("*.json"))[::EVERY]):
            yield Row(line, "")
    for family in ("dev", "held"):
        yield from (Row(what, value) for what, value in screens.figures(SCREENS / family))
    yield from (Row(what, value) for what, value in screens.long_figures(SCREENS / "dev"))


def _one_more(root: Path, shims: Path, jobs: int) -> Iterator[Row]:
    """With both engines: what the machine needs, and what one more screenshot costs when all others are read."""
    pictures = draw(root / "both" / "inbox", FEW)
    last = pictures[-1].rename(root / pictures[-1].name)
    build: list[str | Path] = [DOSSIER, "build", root / "both", "--jobs", str(jobs), "--ocr", "both"]
    first = expect(run(build, shims), 0)
    yield bar("build with both engines, peak of a process", first.worker / MEGABYTE, 1400, "MB")
    unchanged = expect(run(build, shims), 0)
    last.rename(root / "both" / "inbox" / last.name)
    more = expect(run(build, shims), 0)
    yield Row(f"one screenshot of {FEW}, CPU", f"{first.cpu / (FEW - 1):.2f} s")
    yield Row("one more screenshot, CPU beyond an unchanged case", f"{more.cpu - unchanged.cpu:.2f} s")


def bar(what: str, value: float, most: float, unit: str) -> Row:
    """A row whose value has to stay below `most`."""
    digits = 2 if most < 1 else 0
    return Row(what, f"{value:.{digits}f} {unit}", f"< {most:g} {unit}", value < most)


def _beyond(cost: Cost) -> float:
    return cost.cpu - cost.tesseract


def _pages(path: Path) -> int:
    with PdfDocument(path) as document:
        return len(document)


def expect(cost: Cost, status: int) -> Cost:
    """The cost itself; a command that ended otherwise is no measurement."""
    if cost.status != status:
        raise SystemExit(f"ended with {cost.status}:\n{cost.output}")
    return cost


if __name__ == "__main__":
    main()
