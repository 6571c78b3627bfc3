"""Reading pictures with RapidOCR's networks."""

import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from stages.ocr.engines import SeenLine
from stages.ocr.engines import rapidocr as engine_module
from stages.ocr.engines.ppocr.detect import Rect, _windows
from stages.ocr.engines.ppocr.ink import Ink, ink_of
from stages.ocr.engines.ppocr.networks import Network, load
from stages.ocr.engines.ppocr.page import MODELS
from stages.ocr.engines.ppocr.recognise import Character, read_line
from stages.ocr.engines.ppocr.words import seen_lines
from stages.ocr.engines.rapidocr import RapidOcr
from stages.ocr.read import read_picture

Written = Callable[..., Image.Image]
TEXT = ["订单编号", "P366374524942915524", "付款后三十一小时发货", "2026-03-12 08:35:21", "Thank you for waiting"]


@pytest.fixture(scope="session")
def engine() -> RapidOcr:
    return RapidOcr(120)


def read(engine: RapidOcr, image: Image.Image) -> list[SeenLine]:
    return sorted(engine.read(image, Path()), key=lambda line: line.box[1])


def texts(engine: RapidOcr, image: Image.Image) -> list[str]:
    return [line.text for line in read(engine, image)]


def test_chinese_latin_numbers_and_the_blanks_between_words(engine: RapidOcr, written: Written) -> None:
    assert texts(engine, written(TEXT)) == TEXT


@pytest.mark.parametrize("factor", [0.4, 1.0, 2.0])
def test_small_and_large_pictures(engine: RapidOcr, written: Written, factor: float) -> None:
    image = written(TEXT)
    assert texts(engine, image.resize((round(image.width * factor), round(image.height * factor)))) == TEXT


@pytest.mark.parametrize(
    ("size", "width"), [(32, 2480), (16, 1920), (42, 3240)], ids=["paper", "desktop", "three phones"]
)
def test_text_that_is_fine_for_its_picture(engine: RapidOcr, written: Written, size: int, width: int) -> None:
    assert texts(engine, written(TEXT, size=size, width=width)) == TEXT


def test_like_figures_side_by_side_in_small_print_are_all_there(engine: RapidOcr, written: Written) -> None:
    numbers = ["2026-04-11 17:02:54", "2026-05-07 20:22:00", "P100020003000400055", "772417255267112"]
    image = written(numbers, size=13, width=1900)
    assert texts(engine, image) == numbers
    assert texts(engine, image.resize((image.width * 3 // 5 * 2, image.height))) == numbers


def test_light_on_dark(engine: RapidOcr, written: Written) -> None:
    image = Image.fromarray(255 - np.asarray(written(TEXT)))
    assert texts(engine, image) == TEXT


def test_boxes_close_around_the_ink(engine: RapidOcr, written: Written) -> None:
    image = written(TEXT)
    for number, line in enumerate(read(engine, image)):
        rows = np.asarray(image.convert("L"))[80 * number : 80 * number + 80] < 128
        top, bottom = (80 * number + float(edge) for edge in np.flatnonzero(rows.any(axis=1))[[0, -1]])
        left, right = (float(edge) for edge in np.flatnonzero(rows.any(axis=0))[[0, -1]])
        assert np.allclose(line.box, (left, top, right, bottom), atol=9)
        assert line.box[0] <= left + 3
        assert line.box[2] >= right - 3


def test_every_chinese_character_and_every_other_word_has_its_box(engine: RapidOcr, written: Written) -> None:
    lines = read(engine, written(["实付款 270元 Thank you"]))
    words = [word for line in lines for word in line.words]
    assert [word.text for word in words] == ["实", "付", "款", "270", "元", "Thank", "you"]
    lefts = [word.box[0] for word in words]
    assert lefts == sorted(lefts)
    for word in words:
        ems = sum(1.0 if ord(char) > 0x2E80 else 0.55 for char in word.text)
        assert 0.5 * 40 * ems <= word.box[2] - word.box[0] <= 1.4 * 40 * ems + 4


def test_a_label_and_its_value_far_from_it_are_two_lines(engine: RapidOcr, written: Written) -> None:
    assert sorted(texts(engine, written(["实付款      270.80"]))) == ["270.80", "实付款"]


def test_a_line_that_is_read_again(engine: RapidOcr, written: Written) -> None:
    image = written(TEXT[:2])
    boxes = [line.box for line in read(engine, image)]
    again = engine.reread(image, [*boxes, (900, 5, 1000, 40)], Path())
    assert [line and line.text for line in again] == [*TEXT[:2], None]
    assert engine.reread(image, [], Path()) == ()


@pytest.mark.parametrize("size", [(1, 1), (3, 3), (2000, 2), (2, 2000), (31, 700)])
def test_tiny_pictures(engine: RapidOcr, size: tuple[int, int]) -> None:
    assert texts(engine, Image.new("RGB", size, "white")) == []


@pytest.mark.parametrize("size", [(6000, 60), (3000, 60)])
def test_a_strip_of_one_long_line(engine: RapidOcr, written: Written, size: tuple[int, int]) -> None:
    parts = [f"第{number:02}位买家说很好，" for number in range(14 if size[0] == 6000 else 7)]
    image = written(["".join(parts)], size=28, width=size[0], height=size[1])
    found = sorted(engine.read(image, Path()), key=lambda line: line.box[0])
    assert "".join(line.text for line in found).replace(",", "，") == "".join(parts)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_stretch_of_a_rectangle(one: float, other: float) -> None:
    start, end = sorted((one, other))
    part = RECT.stretch(start, end)
    assert part.height == pytest.approx(RECT.height)
    assert part.width == pytest.approx((end - start) * RECT.width, abs=1e-3)


def test_what_a_line_reads_depends_on_no_other(engine: RapidOcr, written: Written) -> None:
    whole = written(TEXT)
    for number, text in enumerate(TEXT):
        part = whole.crop((0, 80 * number, whole.width, 80 * number + 90))
        alone = Image.new("RGB", whole.size, "white")
        alone.paste(part, (0, 80 * number))
        (line,) = read(engine, alone)
        assert line.text == text


def test_it_reads_the_same_again(engine: RapidOcr, written: Written) -> None:
    assert read(engine, written(TEXT)) == read(engine, written(TEXT))


def test_a_long_picture(engine: RapidOcr, written: Written, tmp_path: Path) -> None:
    image = Image.new("RGB", (700, 12_000), "white")
    piece = written(["编号 1234567"], width=700)
    for top in (0, 5_900, 11_800):
        image.paste(piece.crop((0, 0, 700, 120)), (0, top))
    found = read_picture((engine,), image, 3600, tmp_path)
    assert [round(record.where.box[1], -2) for record in found.records if record.where.box] == [0, 5900, 11_800]
    assert found.balance.records == 12_000


def test_either_runtime_reads_the_same(written: Written) -> None:
    folder = engine_module._folder()
    image = np.zeros((1, 3, 48, 320), np.float32)
    given = [load(folder / MODELS[1], runtime) for runtime in ("openvino", "onnxruntime")]  # type: ignore[arg-type]
    assert given[0].characters == given[1].characters
    assert np.allclose(given[0].run(image), given[1].run(image), atol=1e-3)


def test_it_reaches_no_other_machine_and_says_nothing_to_the_terminal() -> None:
    script = (
        "import runpy, socket, sys; sys.argv = ['x', sys.argv[1], 'onnxruntime']; sys.stdin.close = lambda: None\n"
        "from stages.ocr.engines.ppocr.serve import _alone; _alone()\n"
        "for act in (lambda: socket.create_connection(('127.0.0.1', 9)), lambda: socket.getaddrinfo('localhost', 1)):\n"
        "    try: act()\n"
        "    except PermissionError: print('refused', file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, "."], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr.split()) == ("", ["refused", "refused"])


def test_openvino_comes_without_its_telemetry() -> None:
    script = (
        "import sys; from pathlib import Path; from stages.ocr.engines.ppocr.networks import load\n"
        "load(Path(sys.argv[1]), 'openvino'); print([m for m in sys.modules if m.startswith('openvino_telemetry.')])"
    )
    path = engine_module._folder() / MODELS[0]
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


RECT = Rect(np.array([(0, 0), (400, 0), (400, 40), (0, 40)], dtype=np.float32))
SOLID = Ink(0.0, 1.0, (), 0.1)


def spelled(text: str, probability: float = 1.0) -> list[Character]:
    return [Character(char, (place + 0.5) / len(text), probability) for place, char in enumerate(text)]


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("2026-03-1208:35:21", "2026-03-12 08:35:21"),
        ("2026-03-12 08:35:21", "2026-03-12 08:35:21"),
        ("你 好", "你好"),
        ("第 3 天", "第3天"),
        (" a  b ", "a b"),
        ("   ", None),
        ("", None),
    ],
)
def test_blanks(said: str, text: str | None) -> None:
    assert [line.text for line in seen_lines(RECT, spelled(said), SOLID)] == ([text] if text else [])


@given(st.text(alphabet="ab12:-.¥你好，。 ", min_size=1, max_size=30))
def test_no_character_is_lost_and_words_stay_within_the_line(text: str) -> None:
    lines = seen_lines(RECT, spelled(text), SOLID)
    assert "".join("".join(line.text.split()) for line in lines) == "".join(text.split())
    for line in lines:
        assert "".join(word.text for word in line.words) == "".join(line.text.split())
        for word in line.words:
            assert line.box[0] <= word.box[0] <= word.box[2] <= line.box[2]


@pytest.mark.parametrize(
    ("text", "gap", "count"),
    [("实付款270", 0.3, 2), ("实付款270", 0.05, 1), ("你好，谢谢", 0.12, 1), ("姓名", 0.3, 1)],
    ids=["wide", "narrow", "after a comma", "a spaced-out word"],
)
def test_where_columns_part(text: str, gap: float, count: int) -> None:
    half = len(text) // 2 + len(text) % 2
    left = [Character(char, 0.05 * place + 0.02, 1.0) for place, char in enumerate(text[:half])]
    start = 0.05 * half
    right = [Character(char, start + gap + 0.05 * place + 0.02, 1.0) for place, char in enumerate(text[half:])]
    lines = seen_lines(RECT, [*left, *right], Ink(0.0, 1.0, ((start, start + gap),), 0.1))
    assert len(lines) == count


def test_ink_of_a_blank_line() -> None:
    assert ink_of(np.full((40, 200, 3), 200, np.uint8)) == Ink(0.0, 1.0, (), 0.2)


@given(st.integers(1, 5000), st.sampled_from([640, 768, 896]))
def test_windows_cover_all_overlap_and_are_bounded(length: int, most: int) -> None:
    windows = list(_windows(length, most))
    assert windows[0][0] == 0
    assert windows[-1][0] + windows[-1][1] >= length
    assert all(size <= most and size % 32 == 0 for _, size in windows)
    assert all(start + size - after >= 96 for (start, size), (after, _) in pairwise(windows))


@pytest.mark.parametrize(("gap", "text"), [(0.45, "11:46 PM"), (0.3, "11:46PM")], ids=["a blank", "loose figures"])
def test_a_blank_is_a_gap_in_the_ink_and_not_a_step_between_figures(gap: float, text: str) -> None:
    middle = 5 / 7
    ink = Ink(0.0, 1.0, ((middle - gap / 20, middle + gap / 20),), 0.1)
    assert [line.text for line in seen_lines(RECT, spelled("11:46PM"), ink)] == [text]


def test_confidence_rises_with_the_probability_of_the_characters() -> None:
    found = [seen_lines(RECT, spelled("谢谢", share / 100), SOLID)[0].confidence for share in range(101)]
    assert found == sorted(found)
    assert (found[0], found[50], found[100]) == (0.0, 0.3, 0.999)


def test_figures_at_their_usual_distance_are_one_number_however_thin_a_1_is() -> None:
    around_the_1 = Ink(0.0, 1.0, ((0.35, 0.395), (0.48, 0.525)), 0.1)
    assert [line.text for line in seen_lines(RECT, spelled("22:14:01"), around_the_1)] == ["22:14:01"]
    apart = [*spelled("366374")[:3], *(char._replace(at=char.at + 0.2) for char in spelled("366374")[3:])]
    wide = Ink(0.0, 1.0, ((0.45, 0.505),), 0.1)
    assert [line.text for line in seen_lines(RECT, apart, wide)] == ["366 374"]


def barred(pitch: int, thickness: int = 6, count: int = 12) -> np.ndarray:
    """Strokes 30 high on white, `pitch` pixels from each other, 40 rows in all."""
    line = np.full((40, 40 + pitch * count, 3), 255, np.uint8)
    for number in range(count):
        line[5:35, 20 + pitch * number : 20 + pitch * number + thickness] = 0
    return line


def test_the_pieces_of_ink_and_how_far_they_reach() -> None:
    ink = ink_of(barred(20))
    assert ink.pieces == 12
    assert ink.extent == pytest.approx((11 * 20 + 6) / 280)


@given(st.integers(8, 60), st.integers(1, 30))
def test_a_line_is_looked_at_once_and_wide_enough_for_its_letters(pitch: int, count: int) -> None:
    widths = []

    def run(tensor: np.ndarray) -> np.ndarray:
        widths.append(tensor.shape[3])
        return np.zeros((1, tensor.shape[3] // 8, 3), np.float32)

    line = barred(pitch, count=count)
    natural = line.shape[1] * 48 / 40
    assert read_line(Network(run, ("a", "b")), line, ink_of(line)) == []
    (width,) = widths
    assert width % 16 == 0
    assert natural <= width <= 1.6 * natural + 17
    if count >= 4 and pitch * 48 / 40 / 8 > 2.8:
        assert width < natural + 17
