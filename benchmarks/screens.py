"""What the product makes of labelled screenshots: python -m benchmarks.screens fixtures/screens/dev --worst 10.

`--ocr truth` gives the layouts the true lines instead of an engine's: it shows what they alone get wrong.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from PIL import Image

from benchmarks.meaning import judge
from pipeline.contract import Inputs, Settings, Shape, Stage
from pipeline.locate import Locator
from pipeline.model import Balance, Case, Exhibit, Line, Reading, Receipt, Value, Word, digest_of, encode
from stages import ORDER
from stages.raster.decode import open_upright
from stages.raster.looks import look_of

ROOT = Path(__file__).parents[1]
LONG = 40_000
"""Pixels of the stitched screenshot that `python -m benchmarks` reads."""
COLUMNS = (
    ("msg", "message_ok", "message_n"), ("review", "review_ok", "review_n"), ("trade", "trade_ok", "trade_n"),
    ("said", "said_ok", "said_n"), ("dated", "resolved_ok", "resolved_n"), ("status", "status_ok", "status_n"),
    ("button", "button_ok", "button_n"),
    ("text", "text_ok", "text_n"),
)  # fmt: skip
"""Shares in %: the head of the column, right ones, all."""
COUNTS = (
    ("mistold", "mistold"),
    ("misdated", "misdated"),
    ("side!", "side_wrong"),
    ("false", "false"),
    ("besides", "besides"),
)
"""Plain counts: fields told wrongly, times dated wrongly, wrong sides, records that are none or beside the point."""


class Judged(NamedTuple):
    """A picture with its counts and what is wrong with its reading."""

    path: Path
    cls: str
    figures: Counter[str]
    wrong: list[str]


class Runner:
    """The product's stages up to `screens`, in this process. `kept`: a folder for readings of the engines."""

    def __init__(self, ocr: str, kept: Path | None = None) -> None:
        self.ocr, self.kept = ocr, kept
        names = [stage.name for stage in ORDER]
        self.stages = [stage for stage in ORDER[: names.index("screens") + 1] if stage.shape is Shape.EACH]
        self.case = Case(title="", zone="Asia/Shanghai", zone_basis="platform")
        self.settings = Settings(ocr="none" if ocr == "truth" else ocr, every_order=True)
        self.sources = _sources("stages/ocr", "stages/raster")

    def read(self, path: Path, truth: Mapping[str, Any]) -> Reading:
        """What the last stage gives for a picture."""
        name = truth.get("capture", {}).get("name", f"picture{path.suffix}")
        data = path.read_bytes()
        receipt = Receipt(name=name, received="2026-12-31T00:00:00Z")
        exhibit = Exhibit(label="1", digest=digest_of(data), bytes=len(data), receipts=(receipt,))
        documents: dict[str, Any] = {}
        for stage in self.stages:
            if stage.accepts(documents.get("ingest")) and documents.keys() >= set(stage.needs):
                documents[stage.name] = self._one(stage, exhibit, path, documents, truth)
        reading: Reading = documents["screens"]
        return reading

    def _one(
        self, stage: Stage, exhibit: Exhibit, path: Path, documents: Mapping[str, Any], truth: Mapping[str, Any]
    ) -> Value:
        if stage.name == "ocr" and self.ocr == "truth":
            return _as_labelled(path, truth)
        params = stage.configure(self.case, self.settings)
        held = self._place(stage, exhibit, params)
        if held and held.exists():
            return msgspec.json.decode(held.read_bytes(), type=stage.document)
        with tempfile.TemporaryDirectory() as scratch:
            inputs = Inputs(exhibit=exhibit, documents=documents, path=lambda _: path, scratch=Path(scratch))
            document = stage.run(inputs, params).document
        if held:
            held.parent.mkdir(parents=True, exist_ok=True)
            held.write_bytes(encode(document))
        return document

    def _place(self, stage: Stage, exhibit: Exhibit, params: Value) -> Path | None:
        """Where an engine's reading is kept: it changes with the picture, the parameters and the sources."""
        if self.kept is None or stage.name != "ocr":
            return None
        parts = (exhibit.digest.encode(), encode(params), self.sources)
        return self.kept / f"{hashlib.sha256(b' '.join(parts)).hexdigest()}.json"


def _as_labelled(path: Path, truth: Mapping[str, Any]) -> Reading:
    """The true lines as an engine would give them that makes no mistake."""
    image = open_upright(path).convert("RGB")
    pixels = np.asarray(image)
    lines = []
    for line in truth["lines"]:
        x, y, w, h = line["bbox"]
        box = (x, y, x + w, y + h)
        words = (Word(text=line["text"], box=box, confidence=1.0),)
        lines.append(
            Line(
                where=Locator(box=box),
                text=line["text"],
                box=box,
                confidence=1.0,
                words=words,
                look=look_of(pixels, box),
            )
        )
    balance = Balance(unit="pixel rows", total=image.height, records=image.height)
    return Reading(reader="truth@1", format="image", records=tuple(lines), balance=balance)


def _sources(*folders: str) -> bytes:
    held = hashlib.sha256()
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            held.update(path.read_bytes())
    return held.digest()


def found_in(reading: Reading) -> dict[str, Any]:
    """Lines and records of a reading as `judge` takes them."""
    lines = [record for record in reading.records if isinstance(record, Line)]
    records = [msgspec.to_builtins(record) for record in reading.records if not isinstance(record, Line)]
    return {
        "lines": [{"text": line.text, "box": line.box, "role": line.role} for line in lines],
        "records": [record for record in records if record["kind"] != "dating"],
    }


def measure(folder: Path, runner: Runner, only: str = "", height: int = 0) -> Iterator[Judged]:
    """Every labelled picture of a folder whose name holds `only`, repeated below itself up to `height` pixels."""
    for described in sorted(folder.glob("*.json")):
        truth = json.loads(described.read_text("utf-8"))
        if isinstance(truth, dict) and "records" in truth and only in described.stem:
            with tempfile.TemporaryDirectory() as scratch:
                path = folder / truth["image"]
                path, truth = stacked(path, truth, height, Path(scratch)) if height else (path, truth)
                count, wrong = judge(truth, found_in(runner.read(path, truth)))
            yield Judged(path, truth["cls"], count, wrong)


def stacked(path: Path, truth: Mapping[str, Any], height: int, folder: Path) -> tuple[Path, dict[str, Any]]:
    """A picture as often below itself as `height` pixels hold, like a long stitched one, and what is true of it.

    Times are left out: they go back where the picture begins again.
    """
    image = open_upright(path).convert("RGB")
    count = max(1, height // image.height)
    tall = Image.new("RGB", (image.width, count * image.height))
    for number in range(count):
        tall.paste(image, (0, number * image.height))
    target = folder / f"{path.stem}-{tall.height}.png"
    tall.save(target, compress_level=1)
    timeless = [{name: value for name, value in record.items() if name != "at"} for record in truth["records"]]
    repeated = {
        name: [
            {**part, "bbox": _lower(part["bbox"], number * image.height)}
            for number in range(count)
            for part in truth[name]
        ]
        for name in ("lines", "fields")
    }
    ignored = [_lower(box, number * image.height) for number in range(count) for box in truth["ignore"]]
    text = "\n".join([truth["text"]] * count)
    return target, {**truth, **repeated, "ignore": ignored, "text": text, "records": timeless * count}


def _lower(box: Sequence[float], by: float) -> list[float]:
    return [box[0], box[1] + by, box[2], box[3]]


def table(judged: Sequence[Judged]) -> Iterator[str]:
    """The figures by class and over all."""
    heads = [head for head, *_ in COLUMNS] + ["CER"] + [head for head, _ in COUNTS]
    yield f"{'class':16}{'n':>4} " + " ".join(f"{head:>8}" for head in heads)
    classes = sorted({one.cls for one in judged})
    for cls in (*classes, "all"):
        total = sum((one.figures for one in judged if cls in (one.cls, "all")), Counter[str]())
        shares = [_share(total[right], total[every]) for _, right, every in COLUMNS]
        shares.append(_share(total["edits"], total["chars"]))
        counts = [str(total[name]) for _, name in COUNTS]
        yield f"{cls:16}{total['images']:>4} " + " ".join(f"{cell:>8}" for cell in shares + counts)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "-"


def figures(folder: Path, ocr: str = "auto") -> Iterator[tuple[str, str]]:
    """What `python -m benchmarks` prints of a folder: what is counted, and the share or number."""
    total = sum((one.figures for one in measure(folder, Runner(ocr))), Counter[str]())
    names = {
        "message": "messages with text and side right",
        "review": "fields of reviews right",
        "trade": "fields of orders, parcels and payments right",
        "said": "times found as printed",
        "resolved": "times dated right",
        "status": "lines of status bars kept out",
    }
    for name, words in names.items():
        yield f"screens {folder.name}: {words}", f"{_share(total[f'{name}_ok'], total[f'{name}_n'])} %"
    yield f"screens {folder.name}: CER in reading order", f"{_share(total['edits'], total['chars'])} %"
    yield from _flaws(folder, total)


def _flaws(folder: Path, total: Counter[str]) -> Iterator[tuple[str, str]]:
    for name, words in {"misdated": "times dated wrong", "side_wrong": "wrong sides", "false": "false records"}.items():
        yield f"screens {folder.name}: {words}", str(total[name])


def long_figures(folder: Path, ocr: str = "auto") -> Iterator[tuple[str, str]]:
    """The same of a chat of 40,000 pixels."""
    total = sum((one.figures for one in measure(folder, Runner(ocr), "wechat-long", LONG)), Counter[str]())
    yield f"a chat of {LONG} px: messages right", f"{_share(total['message_ok'], total['message_n'])} %"
    yield f"a chat of {LONG} px: CER in reading order", f"{_share(total['edits'], total['chars'])} %"


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.screens", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--ocr", default="auto", choices=("auto", "tesseract", "rapidocr", "both", "truth"))
    parser.add_argument("--only", default="", help="pictures whose name holds this")
    parser.add_argument("--worst", type=int, default=0, help="list what is wrong with the worst pictures")
    parser.add_argument("--keep", type=Path, help="a folder in which the engines' readings are kept between runs")
    parser.add_argument("--stack", type=int, default=0, help="repeat each picture below itself up to so many pixels")
    options = parser.parse_args()
    for folder in options.folders:
        judged = list(measure(folder, Runner(options.ocr, options.keep), options.only, options.stack))
        print(f"## {folder}, --ocr {options.ocr}")
        print("\n".join(table(judged)))
        for one in sorted(judged, key=lambda one: -len(one.wrong))[: options.worst]:
            print(f"\n{one.path.name}: {len(one.wrong)} wrong")
            print("\n".join(f"  {text}" for text in one.wrong))


if __name__ == "__main__":
    main()
