"""How labelled screenshots are run: as they came, named as they were named, or as one long picture."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from benchmarks.meaning import judge
from benchmarks.screens import Runner, figures, found_in, measure, stacked, table
from pipeline.model import Dating, Line

DEV = Path(__file__).parents[2] / "fixtures" / "screens" / "dev"


def labelled(name: str) -> tuple[Path, dict[str, object]]:
    path = next(DEV.glob(f"{name}.[pj][np]g"))
    truth: dict[str, object] = json.loads(path.with_suffix(".json").read_text("utf-8"))
    return path, truth


def test_a_stack_is_the_picture_several_times(tmp_path: Path) -> None:
    path, truth = labelled("40-receipt")
    tall, long = stacked(path, truth, 3 * int(str(truth["height"])) + 5, tmp_path)
    with Image.open(tall) as image:
        assert image.size == (truth["width"], 3 * int(str(truth["height"])))
    assert len(long["lines"]) == 3 * len(truth["lines"])
    lines = [{**line, "box": corners(line["bbox"])} for line in long["lines"]]
    count, wrong = judge(long, {"lines": lines, "records": long["records"]})
    assert wrong == []
    assert count["edits"] == 0


def corners(bbox: list[float]) -> list[float]:
    left, top, width, height = bbox
    return [left, top, left + width, top + height]


def test_a_picture_is_dated_by_the_name_it_came_under() -> None:
    path, truth = labelled("12-wechat-half")
    reading = Runner("truth").read(path, truth)
    lines = [record for record in reading.records if isinstance(record, Line)]
    assert {line.text for line in lines} == {line["text"] for line in truth["lines"]}
    assert not any(isinstance(record, Dating) for record in reading.records)
    anchors = {record["at"]["anchor"] for record in found_in(reading)["records"] if record.get("at")}
    assert all(str(truth["capture"]["name"]).rsplit("-", 1)[0] in str(anchor) for anchor in anchors)


def test_an_engines_reading_is_kept_until_picture_or_code_change(tmp_path: Path) -> None:
    path, truth = labelled("34-order-shopify")
    first = Runner("tesseract", tmp_path).read(path, truth)
    kept = list(tmp_path.glob("*.json"))
    assert len(kept) == 1
    assert Runner("tesseract", tmp_path).read(path, truth) == first
    assert list(tmp_path.glob("*.json")) == kept


def test_the_table_has_a_row_a_class_and_one_for_all() -> None:
    judged = list(measure(DEV, Runner("truth"), "receipt"))
    rows = list(table(judged))
    assert [row.split()[0] for row in rows] == ["class", "receipt", "all"]
    assert rows[1].split()[1:] == rows[2].split()[1:]
    assert len({len(row) for row in rows}) == 1


@pytest.mark.parametrize("words", ["messages with text and side right", "times dated wrong", "false records"])
def test_the_figures_are_worded(words: str, tmp_path: Path) -> None:
    for suffix in ("png", "json"):
        source = DEV / f"52-sizes.{suffix}"
        (tmp_path / source.name).write_bytes(source.read_bytes())
    assert any(words in what for what, _ in figures(tmp_path, "truth"))
