"""What the benchmark of reading counts."""

from typing import Any

import msgspec

from benchmarks.score import Read, certain, plain, score
from pipeline.locate import Locator
from pipeline.model import Line, Witness

TRUTH: dict[str, Any] = {
    "lines": [
        {"text": "订单编号", "bbox": [10, 10, 100, 20]},
        {"text": "P12345678", "bbox": [200, 10, 100, 20]},
        {"text": "谢谢您的理解，明天发货", "bbox": [10, 50, 200, 20]},
    ],
    "fields": [
        {"type": "order_id", "value": "P12345678"},
        {"type": "sentence", "value": "谢谢您的理解，明天发货"},
    ],
    "ignore": [[0, 90, 400, 20]],
}


def read(text: str, left: float, top: float, width: float) -> Read:
    box = (left, top, left + width, top + 20)
    return Read(text, box, [(text, box)])


RIGHT = [read("订单编号", 10, 10, 100), read("P12345678", 200, 10, 100), read("谢谢您的理解，明天发货", 10, 50, 200)]


def test_what_does_not_count() -> None:
    assert plain("  “你好”， ａ🌹 ") == '"你好",a'


def test_a_right_reading() -> None:
    found = score(TRUTH, RIGHT)
    assert (found["characters"], found["wrong"]) == (24, 0)
    assert (found["fields"], found["right"], found["sentences"], found["said"]) == (1, 1, 1, 1)
    assert (found["lines"], found["located"]) == (3, 3)


def test_the_order_of_lines_does_not_matter() -> None:
    assert score(TRUTH, RIGHT[::-1])["wrong"] == 0


def test_a_wrong_character_a_missing_line_and_text_where_none_is() -> None:
    lines = [read("订単编号", 10, 10, 100), read("P12345678", 200, 10, 100), read("口口", 10, 300, 40)]
    found = score(TRUTH, lines)
    assert found["wrong"] == 1 + 11 + 2
    assert (found["right"], found["said"], found["located"]) == (1, 0, 1)


def test_what_lies_where_the_truth_says_nothing_is_left_out() -> None:
    assert score(TRUTH, [*RIGHT, read("半行", 10, 92, 40)])["wrong"] == 0


def test_a_line_elsewhere_is_not_located() -> None:
    assert score(TRUTH, [read("P12345678", 200, 200, 100)])["located"] == 0


def test_nothing_read_and_nothing_there() -> None:
    assert score(TRUTH, [])["wrong"] == 24
    assert score({"lines": [], "fields": []}, [read("口", 1, 1, 9)])["wrong"] == 1


def line(text: str, other: str | None) -> Line:
    box = (200.0, 10.0, 300.0, 30.0)
    witness = None if other is None else Witness(reader="b@1", text=other, confidence=0.9)
    return Line(where=Locator(box=box), text=text, box=box, confidence=0.9, witness=witness)


def test_certain_is_what_both_read_and_false_where_it_does_not_stand_there() -> None:
    assert certain(TRUTH, [line("P12345678", "P12345678")]) == {"facts": 1, "certain": 1, "falsely": 0}
    assert certain(TRUTH, [line("P12345678", "P12345679")]) == {"facts": 1}
    assert certain(TRUTH, [line("P12345678", None)]) == {"facts": 1}
    assert certain(TRUTH, [line("P12345679", "P12345679")]) == {"facts": 1, "certain": 1, "falsely": 1}


def test_nothing_is_false_where_the_truth_says_nothing() -> None:
    half_hidden = {**TRUTH, "ignore": [[190, 300, 200, 40]]}
    below = msgspec.structs.replace(line("P12345679", "P12345679"), box=(200.0, 305.0, 300.0, 335.0))
    assert certain(half_hidden, [below]) == {}
    assert certain(TRUTH, [below])["falsely"] == 1
