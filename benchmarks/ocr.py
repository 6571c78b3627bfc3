"""How exactly pictures are read and at what cost, beside others in the same run: python -m benchmarks.ocr FOLDER.

The ways take turns on every picture, so that a busy machine is as hard on one as on the other.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytesseract
from PIL import Image

from benchmarks.score import Box, Read, certain, score
from pipeline.model import Line
from pipeline.usage import cpu_seconds, peak_memory
from stages.ocr import Params
from stages.ocr.choice import engines_of
from stages.ocr.read import read_picture
from stages.raster.decode import open_upright

Way = Callable[[Path, Image.Image], Sequence[Read] | Sequence[Line]]
LANGUAGES = ("chi_sim", "eng")
OURS = ("tesseract", "rapidocr", "both")
BARS = {
    ("tesseract", "geo"): 6.0, ("rapidocr", "geo"): 1.0, ("both", "geo"): 0.6,
    ("tesseract", "ratio"): 1.15, ("rapidocr", "ratio"): 1.1, ("both", "ratio"): 1.4,
}  # fmt: skip
"""What is not to be exceeded: characters wrong in %, CPU as a multiple of pytesseract's."""
HEAD = (
    f"{'way':<22}{'geo %':>7}{'field %':>9}{'sent %':>8}{'line %':>8}{'s/MP':>7}{'ratio':>7}{'certain':>9}{'false':>7}"
)


def main() -> None:
    """Measure the pictures of a labelled folder, every `--every`-th of them, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ocr", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=1)
    options = parser.parse_args()
    for line in table(sorted(options.folder.glob("*.json"))[:: options.every]):
        print(line, flush=True)


def table(labels: Sequence[Path]) -> Iterator[str]:
    """The lines of the table for these pictures, by their labels."""
    os.environ["OMP_THREAD_LIMIT"] = os.environ["OMP_NUM_THREADS"] = "1"
    with tempfile.TemporaryDirectory() as scratch:
        ways = dict(_ways(Path(scratch)))
        sums = _measured(ways, [label for label in labels if label.stem != "index"])
    yield f"{len(labels)} pictures, {sums['pytesseract psm 3']['pixels'] / 1e6:.0f} MP"
    yield HEAD
    for way, found in sums.items():
        yield _row(way, found, sums["pytesseract psm 3"]["cpu"])
    yield f"peak memory of a process: {peak_memory() / 1e6:.0f} MB"


def _measured(ways: dict[str, Way], labels: Sequence[Path]) -> dict[str, Counter[str]]:
    sums: dict[str, Counter[str]] = {way: Counter() for way in ways}
    for number, label in enumerate(labels):
        truth = json.loads(label.read_text("utf-8"))
        path = label.with_name(truth["image"])
        image = open_upright(path).convert("RGB")
        for way, read in ways.items():
            if not number:
                read(path, image)  # models are loaded once a worker, not once a picture
            before = cpu_seconds()
            lines = read(path, image)
            cost = 1000 * (cpu_seconds() - before)
            found = score(truth, [_as_read(line) for line in lines])
            found += certain(truth, [line for line in lines if isinstance(line, Line)])
            sums[way] += found + Counter(cpu=round(cost), pixels=image.width * image.height)
    return sums


def _as_read(line: Read | Line) -> Read:
    return line if isinstance(line, Read) else Read(line.text, line.box, [(word.text, word.box) for word in line.words])


def _row(way: str, found: Counter[str], usual: int) -> str:
    def share(part: str, whole: str) -> float:
        return 100 * found[part] / max(1, found[whole])

    figures = {
        "geo": f"{share('wrong', 'characters'):7.1f}",
        "field": f"{share('right', 'fields'):9.1f}",
        "sent": f"{share('said', 'sentences'):8.1f}",
        "line": f"{share('located', 'lines'):8.1f}",
        "cost": f"{1000 * found['cpu'] / max(1, found['pixels']):7.2f}",
        "ratio": f"{found['cpu'] / max(1, usual):7.2f}",
    }
    if way == "OCRmyPDF":  # it gives text without places
        figures |= {"geo": " " * 7, "line": " " * 8}
    missed = [what for what, text in figures.items() if text.strip() and float(text) > BARS.get((way, what), 1e9)]
    certainly = f"{found['certain']:9}{found['falsely']:7}" if found["certain"] else ""
    said = f"  MISSED {' '.join(missed)}" if missed else ""
    return f"{way:<22}{''.join(figures.values())}{certainly}{said}"


def _ways(scratch: Path) -> Iterator[tuple[str, Way]]:
    yield "pytesseract psm 3", _plain
    for choice in OURS:
        yield choice, _ours(choice, scratch)
    yield "RapidOCR as it comes", _stock()
    if Path(sys.executable).with_name("ocrmypdf").exists():
        yield "OCRmyPDF", lambda path, _: _ocrmypdf(path, scratch)


def _ours(choice: str, scratch: Path) -> Way:
    engines = engines_of(choice, LANGUAGES, Params(engine=choice).seconds)
    band = Params(engine=choice).band

    def read(_: Path, image: Image.Image) -> list[Line]:
        return [line for line in read_picture(engines, image, band, scratch).records if isinstance(line, Line)]

    return read


def _plain(_: Path, image: Image.Image) -> list[Read]:
    found = pytesseract.image_to_data(image, "+".join(LANGUAGES), "--psm 3", output_type=pytesseract.Output.DICT)
    lines: dict[tuple[int, ...], list[tuple[str, Box]]] = {}
    for at, text in enumerate(found["text"]):
        if text.strip():
            left, top = found["left"][at], found["top"][at]
            box = (left, top, left + found["width"][at], top + found["height"][at])
            lines.setdefault((found["block_num"][at], found["par_num"][at], found["line_num"][at]), []).append(
                (text, box)
            )
    return [_joined(words) for words in lines.values()]


def _joined(words: Sequence[tuple[str, Box]]) -> Read:
    lefts, tops, rights, bottoms = zip(*(box for _, box in words), strict=True)
    return Read(" ".join(text for text, _ in words), (min(lefts), min(tops), max(rights), max(bottoms)), words)


def _stock() -> Way:
    from rapidocr import RapidOCR

    engine: Any = RapidOCR(params={"Global.log_level": "critical"})

    def read(_: Path, image: Image.Image) -> list[Read]:
        found = engine(np.asarray(image)[:, :, ::-1], return_word_box=True)
        if found.boxes is None:
            return []
        return [
            Read(text, _around(box), [(word, _around(place)) for word, _, place in words])
            for text, box, words in zip(found.txts, found.boxes, found.word_results, strict=False)
        ]

    return read


def _around(points: Any) -> Box:
    xs, ys = [float(x) for x, _ in points], [float(y) for _, y in points]
    return (min(xs), min(ys), max(xs), max(ys))


def _ocrmypdf(path: Path, scratch: Path) -> list[Read]:
    """Its text; it tells no places without more work. A picture it refuses reads as nothing."""
    sidecar = scratch / "text"
    sidecar.write_text("")
    subprocess.run(
        [
            Path(sys.executable).with_name("ocrmypdf"), "--quiet", "--jobs", "1", "--image-dpi", "150", "-l",
            "+".join(LANGUAGES), "--output-type", "pdf", "--sidecar", sidecar, path, scratch / "out.pdf",
        ],
        check=False, capture_output=True,
    )  # fmt: skip
    return [Read(line, (0, 0, 0, 0), ()) for line in sidecar.read_text("utf-8").splitlines()]


if __name__ == "__main__":
    main()
