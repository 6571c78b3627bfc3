"""Which lines are read twice, and what comes of it."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipeline.contract import Tool
from pipeline.locate import Locator
from pipeline.model import Line
from pipeline.wording import WORDINGS
from stages.lang.match import folded
from stages.ocr.engines import Box, EngineFailed, Seen, SeenLine
from stages.ocr.read import read_picture
from stages.ocr.second import Second
from stages.ocr.witness import carries_facts, carries_passage

Written = Callable[..., Image.Image]


@pytest.mark.parametrize(
    "text",
    [
        "订单编号 P366374524942915524",
        "SF3006662992881",
        "159****9938",
        "王海涛 15943199938",
        "¥270.80",
        "￥ 8",
        "实付 10 元",
        "合计 12.50",
        "21:14",
        "2026-03-12 08:35:21",
        "03-02 上海",
        "2026年3月12日",
        "3月1日",
        "昨天 晚上",
        "星期二",
        "周三",
        "3天前",
        "10 分钟前",
        "刚刚",
        "Yesterday 9 PM",
        "2 days ago",
        "5h ago",
        "Mar 5",
        "5 March",
        "２０２６－０３－１２",
    ],
)
def test_lines_that_are_read_twice(text: str) -> None:
    assert carries_facts(text)


@pytest.mark.parametrize("text", ["售后处理中", "5G", "93", "X1", "云南古树普洱茶饼357g", "发货慢3", "Hello there", ""])
def test_lines_that_are_not(text: str) -> None:
    assert not carries_facts(text)


@pytest.mark.parametrize(
    ("line", "passage", "carried"),
    [
        ("下单一周都没发货，客服也不理人。", "下单一周都没发货", True),
        ("买的时候下单一周", "下单一周都没发货", True),
        ("都没发货，客服", "下单一周都没发货", True),
        ("一周都没", "下单一周都没发货", True),
        ("一周", "下单一周都没发货", False),
        ("下单", "下单一周都没发货", False),
        ("谢谢您的理解", "下单一周都没发货", False),
    ],
)
def test_passages_and_their_parts(line: str, passage: str, carried: bool) -> None:
    assert carries_passage(line, (folded(passage)[0],)) is carried
    assert not carries_passage(line, ())


@given(st.text(min_size=4, max_size=30), st.integers(0, 30))
def test_wherever_a_passage_is_broken_one_side_of_the_break_carries_it(passage: str, at: int) -> None:
    whole, _ = folded(passage)
    if len(whole) >= 8:
        cut = at % len(whole)
        assert carries_passage(whole[:cut], (whole,)) or carries_passage(whole[cut:], (whole,))


class Scripted:
    """An engine that gives what it was told to; `boxes` are those it was asked to read again."""

    def __init__(self, name: str, seen: Sequence[SeenLine] | EngineFailed, again: str | EngineFailed | None = None):
        self.reader = f"{name}@1"
        self._seen, self._again = seen, again
        self.boxes: list[Box] = []

    def fingerprint(self) -> tuple[Tool, ...]:
        return (Tool(name=self.reader, version="1"),)

    def read(self, image: Image.Image, scratch: Path) -> tuple[SeenLine, ...]:
        if isinstance(self._seen, EngineFailed):
            raise self._seen
        return tuple(self._seen)

    def reread(self, image: Image.Image, boxes: Sequence[Box], scratch: Path) -> tuple[SeenLine | None, ...]:
        self.boxes += boxes
        if isinstance(self._again, EngineFailed):
            raise self._again
        return tuple(None if self._again is None else line(self._again, box) for box in boxes)


def line(text: str, box: Box) -> SeenLine:
    return SeenLine(text, box, 0.9, (Seen(text, box, 0.9),))


NUMBER, WORDS = line("SF3006662992881", (10, 10, 200, 40)), line("谢谢", (10, 60, 80, 90))
CRASHED = EngineFailed("engine-crashed", engine="a", status=-9)
HUNG = EngineFailed("engine-timed-out", engine="b", seconds=1)


def picture(height: int = 100) -> Image.Image:
    return Image.new("RGB", (300, height), "white")


def test_only_the_lines_with_facts_get_a_witness(tmp_path: Path) -> None:
    second = Scripted("second", (), "SF3006662992887")
    found = read_picture((Scripted("first", (NUMBER, WORDS)), second), picture(), 100, tmp_path)
    number, words = found.records
    assert isinstance(number, Line)
    assert isinstance(words, Line)
    assert number.witness is not None
    assert (number.text, number.witness.text, number.witness.reader) == (NUMBER.text, "SF3006662992887", "second@1")
    assert words.witness is None
    assert second.boxes == [NUMBER.box]
    assert (found.reader, found.notes, found.unread) == ("first@1", (), ())


class Sampling(Scripted):
    """Reads in a box the red of its pixels, if all are alike, and counts how often it was asked."""

    asked = 0

    def reread(self, image: Image.Image, boxes: Sequence[Box], scratch: Path) -> tuple[SeenLine | None, ...]:
        self.asked += 1
        extremes = [image.crop(tuple(map(round, box))).getextrema()[0] for box in boxes]
        return tuple(
            line(f"{low}" if low == high else "mixed", box) for (low, high), box in zip(extremes, boxes, strict=True)
        )


def test_the_witness_is_asked_once_about_all_pieces_and_sees_what_stands_in_each_box(tmp_path: Path) -> None:
    image = picture(300)
    for number in range(3):
        image.paste((number, 0, 0), (10, 100 * number + 10, 200, 100 * number + 40))
    second = Sampling("second", ())
    found = read_picture((Scripted("first", (NUMBER,)), second), image, 100, tmp_path)
    seen = [record for record in found.records if isinstance(record, Line)]
    assert [record.box[1] for record in seen] == [10, 110, 210]
    assert [record.witness and record.witness.text for record in seen] == ["0", "1", "2"]
    assert second.asked < 3


@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(1, 60), st.integers(0, 200)), max_size=12, unique=True),
    st.integers(1, 400),
    st.sampled_from([1.0, 2.0]),
)
def test_wherever_lines_stand_the_witness_sees_their_own_pixels(
    places: list[tuple[int, int, int]], most: int, scale: float
) -> None:
    image = Image.new("RGB", (300, 1000), "white")
    lines = []
    for number, (top, height, left) in enumerate(places):
        box = (float(left), float(top), left + 20.0, float(min(1000, top + height)))
        image.paste((number, number, number), tuple(map(int, box)))
        unit = tuple(value / scale for value in box)
        lines.append(Line(where=Locator(box=unit), text=str(number), box=unit, confidence=0.5))
    pixels = image.copy()
    second = Second(Sampling("second", ()), Path(), most)
    for one in lines:
        second.show(image, [one], scale=scale)
    for one, found in zip(lines, second.witnessed(lines), strict=True):
        low, high = pixels.crop(tuple(round(value * scale) for value in one.box)).getextrema()[0]
        assert found.witness is not None
        assert found.witness.text == (f"{low}" if low == high else "mixed")


@pytest.mark.parametrize("again", [None, HUNG], ids=["nothing seen", "failed"])
def test_a_witness_that_says_nothing_leaves_the_reading_single(tmp_path: Path, again: EngineFailed | None) -> None:
    found = read_picture((Scripted("first", (NUMBER,)), Scripted("second", (), again)), picture(), 100, tmp_path)
    (number,) = found.records
    assert isinstance(number, Line)
    assert number.witness is None
    failed = [(note.code, note.values["failed"]) for note in found.notes]
    assert failed == ([] if again is None else [("witness-failed", HUNG.code)])
    assert all(note.code in WORDINGS for note in found.notes)


def test_what_the_first_fails_on_the_second_reads_and_a_note_says_so(tmp_path: Path) -> None:
    found = read_picture((Scripted("first", CRASHED), Scripted("second", (WORDS,))), picture(), 100, tmp_path)
    assert [record.text for record in found.records if isinstance(record, Line)] == ["谢谢"]
    (note,) = found.notes
    assert (note.code, note.values) == ("engine-stood-in", {"engine": "second@1", "failed": "engine-crashed"})
    assert note.where is not None
    assert note.where.box == (0, 0, 300, 100)
    assert (found.reader, found.unread, found.balance.unread) == ("second@1", (), 0)


def test_where_both_fail_it_stays_unread_with_both_words(tmp_path: Path) -> None:
    found = read_picture((Scripted("first", CRASHED), Scripted("second", HUNG)), picture(), 100, tmp_path)
    assert [span.code for span in found.unread] == ["engine-crashed", "engine-timed-out"]
    assert (found.records, found.notes, found.balance.unread) == ((), (), 100)


def test_every_line_has_its_look(tmp_path: Path, written: Written) -> None:
    found = read_picture((Scripted("first", (line("一二三", (60, 20, 180, 60)),)),), written(["一二三"]), 400, tmp_path)
    (seen,) = found.records
    assert isinstance(seen, Line)
    assert seen.look is not None
    assert seen.look.ground == "#ffffff"
