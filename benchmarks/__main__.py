"""Prints one table: what the command costs, whether that keeps to the bars, and how a plain script compares."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pypdfium2 import PdfDocument

from benchmarks import batch, chats, cluster, ocr, peer, screens, tables
from benchmarks.measure import Cost, run
from benchmarks.screenshots import draw

DOSSIER = Path(__file__).parents[1] / ".venv" / "bin" / "dossier"
"""As a user has it: some peers bring libraries that ours would load too, so they have an environment of their own."""

OCRMYPDF = Path(sys.executable).with_name("ocrmypdf")
MEGABYTE = 1_000_000
SCREENS = Path(__file__).parents[1] / "fixtures" / "screens"
HELP_RUNS = 7
COLUMN = 64
FEW = 20
SOME = 40
"""So many pictures the peers read: what they cost grows with each alike."""

EVERY = 6
"""Of the labelled pictures one in so many is read in every way there is: all of them take an hour."""


class Row(NamedTuple):
    """One line of the table; `kept` is None where there is no bar."""

    what: str
    value: str
    bar: str = ""
    kept: bool | None = None


def main() -> None:
    """Measure and print: the product as a whole, or the areas that are named."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "areas", nargs="*", choices=[[], *AREAS], metavar="AREA", help=f"instead of the whole: {chr(44).join(AREAS)}"
    )
    parser.add_argument("--screenshots", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if not options.areas:
            _print(_whole(Path(folder), options.screenshots, options.jobs))
        for area in options.areas:
            _print(AREAS[area](Path(folder)))


def _print(rows: Iterable[Row]) -> None:
    for row in rows:
        mark = {True: "kept", False: "MISSED", None: ""}[row.kept]
        print(f"{row.what:<{COLUMN}}  {row.value:>17}  {row.bar:>8}  {mark}".rstrip(), flush=True)


def _whole(root: Path, count: int, jobs: int) -> Iterator[Row]:
    """What the command costs on a big case of screenshots, on one that grows, and on many cases; peers beside it."""
    shims = root / "bin"
    shims.mkdir()
    needed = sorted(expect(run([DOSSIER, "--help"], shims), 0).cpu for _ in range(HELP_RUNS))
    yield bar("dossier --help, CPU (median)", needed[HELP_RUNS // 2], 0.25, "s")

    pictures = draw(root / "case" / "inbox", count + 1)
    last = pictures.pop().rename(root / "last.jpg")
    size = sum(path.stat().st_size for path in pictures) / MEGABYTE
    yield Row("screenshots, bytes in all", f"{count}, {size:.1f} MB")
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
    last.rename(root / "case" / "inbox" / last.name)
    more = expect(run(build, shims), 0)
    yield Row(f"one more screenshot to {count}: CPU, time", f"{more.cpu:.1f} s, {more.wall:.1f} s")
    yield Row("one more screenshot : all of them anew, CPU", f"{more.cpu / ours.cpu:.3f}")

    yield from _peers(root, shims, pictures[:: max(1, count // SOME)], ours.cpu / count, ours)
    yield from _both_engines(root, shims, jobs)
    yield from (Row(what, value) for what, value in batch.figures(root / "batch", shims, DOSSIER, jobs))


def _peers(root: Path, shims: Path, pictures: Sequence[Path], cost: float, ours: Cost) -> Iterator[Row]:
    """The plain script and OCRmyPDF over some of the pictures; `cost` is our CPU a picture."""
    few = root / "few"
    few.mkdir()
    for picture in pictures:
        shutil.copy(picture, few)
    serial = {"OMP_THREAD_LIMIT": "1"}
    script: list[str | Path] = [sys.executable, Path(peer.__file__), few, root / "plain.pdf"]
    plain = expect(run(script, shims, serial), 0)
    yield Row(f"plain script, CPU a picture (of {len(pictures)})", f"{plain.cpu / len(pictures):.2f} s")
    yield Row("dossier : plain script, CPU a picture", f"{cost / plain.cpu * len(pictures):.2f}")
    yield Row("dossier : plain script, peak of a process", f"{max(ours.driver, ours.worker) / plain.driver:.2f}")
    if not OCRMYPDF.exists():
        yield Row("OCRmyPDF", "not installed")
        return
    command: list[str | Path] = [sys.executable, Path(peer.__file__), "--ocrmypdf", OCRMYPDF, few, root / "their.pdf"]
    theirs = expect(run(command, shims, serial), 0)
    yield Row("OCRmyPDF, CPU a picture", f"{theirs.cpu / len(pictures):.2f} s")
    yield Row("dossier : OCRmyPDF, CPU a picture", f"{cost / theirs.cpu * len(pictures):.2f}")


def _both_engines(root: Path, shims: Path, jobs: int) -> Iterator[Row]:
    """With both engines, as it comes: what the machine needs, and what one more screenshot costs."""
    pictures = draw(root / "both" / "inbox", FEW)
    last = pictures[-1].rename(root / pictures[-1].name)
    build: list[str | Path] = [DOSSIER, "build", root / "both", "--jobs", str(jobs), "--ocr", "both"]
    first = expect(run(build, shims), 0)
    yield bar("build with both engines, peak of a process", first.worker / MEGABYTE, 1400, "MB")
    unchanged = expect(run(build, shims), 0)
    last.rename(root / "both" / "inbox" / last.name)
    more = expect(run(build, shims), 0)
    yield Row(f"both engines, one screenshot of {FEW}, CPU", f"{first.cpu / (FEW - 1):.2f} s")
    yield Row("both engines, one more, CPU beyond an unchanged case", f"{more.cpu - unchanged.cpu:.2f} s")


def _chats(_: Path) -> Iterator[Row]:
    return (Row(line, "") for line in chats.table())


def _tables(root: Path) -> Iterator[Row]:
    return (Row(line, "") for line in tables.table(root))


def _engines(_: Path) -> Iterator[Row]:
    for family in ("dev", "held"):
        for line in ocr.table(sorted((SCREENS / family).glob("*.json"))[::EVERY]):
            yield Row(line, "")


def _screens(_: Path) -> Iterator[Row]:
    for family in ("dev", "held"):
        yield from (Row(what, value) for what, value in screens.figures(SCREENS / family))
    yield from (Row(what, value) for what, value in screens.long_figures(SCREENS / "dev"))


def _machines(_: Path) -> Iterator[Row]:
    return (Row(line, "") for line in cluster.table())


AREAS: dict[str, Callable[[Path], Iterator[Row]]] = {
    "chats": _chats,
    "tables": _tables,
    "ocr": _engines,
    "screens": _screens,
    "machines": _machines,
}


def bar(what: str, value: float, most: float, unit: str) -> Row:
    """A row whose value has to stay below `most`."""
    digits = 2 if most < 1 else 0
    return Row(what, f"{value:.{digits}f} {unit}", f"< {most:g} {unit}", value < most)


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
