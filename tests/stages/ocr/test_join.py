"""Words become lines: spacing, overlaps between pieces and reading order."""

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.locate import Locator
from pipeline.model import Line, Word
from stages.ocr.engines import Seen
from stages.ocr.join import in_reading_order, lines_of, spaced, without_twins
from stages.raster.slices import Slice

Box = tuple[float, float, float, float]


def row(*texts: str, gap: float = 4, height: float = 20) -> list[Word]:
    """Words side by side, each letter half as wide as high."""
    words, left = [], 0.0
    for text in texts:
        right = left + len(text) * height / 2
        words.append(Word(text=text, box=(left, 0, right, height), confidence=1))
        left = right + gap
    return words


def line(text: str, box: Box, confidence: float = 0.9) -> Line:
    return Line(where=Locator(box=box), text=text, box=box, confidence=confidence)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["付", "款", "时间"], "付款时间"),
        (["Order", "No.", "12"], "Order No. 12"),
        (["付款时间", "2026-03-11", "01:26:48"], "付款时间2026-03-11 01:26:48"),
        (["好", "，", "谢谢", "！"], "好，谢谢！"),
        (["iPhone", "手机", "OK"], "iPhone手机OK"),
        (["（", "1", "）"], "（1）"),
        (["ｱ", "한", "𠮷"], "ｱ한𠮷"),
        (["一"], "一"),
        ([], ""),
    ],
)
def test_spaces_stand_between_latin_words_only(words: list[str], text: str) -> None:
    assert spaced(row(*words)) == text


def test_a_wide_gap_separates_in_any_script() -> None:
    assert spaced(row("实付款", "¥270.80", gap=120)) == "实付款 ¥270.80"
    assert spaced(row("商品", "运费", gap=21)) == "商品 运费"
    assert spaced(row("商品", "运费", gap=19)) == "商品运费"


def test_a_line_lies_around_its_words_at_its_place_in_the_picture() -> None:
    (made,) = lines_of((Seen("订单", (10, 5, 50, 25), 0.8), Seen("1", (52, 3, 60, 20), 0.5)), 1000)
    assert made.box == (10, 1003, 60, 1025)
    assert made.where == Locator(box=made.box)
    assert made.words[0].box == (10, 1005, 50, 1025)
    assert made.confidence == pytest.approx(0.7)  # by letters: two at 0.8, one at 0.5


def test_reading_order_is_by_rows_then_from_left_to_right() -> None:
    lines = [
        line("amount", (300, 102, 400, 130)),
        line("below", (0, 150, 50, 170)),
        line("label", (0, 100, 100, 131)),
        line("title", (0, 20, 100, 50)),
    ]
    expected = ("title", "label", "amount", "below")
    for order in itertools.permutations(lines):
        assert tuple(found.text for found in in_reading_order(order)) == expected


@given(seed=st.integers(0, 1000), count=st.integers(0, 30))
@settings(max_examples=60, deadline=None)
def test_reading_order_loses_nothing_and_depends_on_no_order(seed: int, count: int) -> None:
    chance = random.Random(seed)
    lines = []
    for number in range(count):
        left, top = chance.randrange(1000), chance.randrange(300)
        lines.append(line(str(number), (left, top, left + chance.randrange(1, 90), top + chance.randrange(1, 60))))
    ordered = in_reading_order(lines)
    assert sorted(ordered, key=lambda found: found.text) == sorted(lines, key=lambda found: found.text)
    chance.shuffle(lines)
    assert in_reading_order(lines) == ordered


def test_a_line_seen_twice_is_kept_where_it_was_whole() -> None:
    upper, lower = Slice(0, 1000), Slice(952, 1500)
    cut, whole = line("garbage", (10, 980, 400, 1000)), line("whole line", (10, 978, 402, 1012))
    assert without_twins([(upper, [cut]), (lower, [whole])]) == [whole]
    beheaded, first = line("garbage", (10, 952, 400, 962)), line("whole line", (10, 940, 402, 962))
    assert without_twins([(upper, [first]), (lower, [beheaded])]) == [first]


def test_neighbours_in_the_overlap_are_both_kept() -> None:
    left, right = line("left", (10, 960, 200, 990)), line("right", (300, 960, 400, 990))
    assert without_twins([(Slice(0, 1000), [left]), (Slice(952, 1500), [right])]) == [left, right]


def test_without_an_overlap_nothing_is_a_twin() -> None:
    same = line("same", (10, 990, 200, 1000))
    after = line("same", (10, 1000, 200, 1010))
    assert without_twins([(Slice(0, 1000), [same]), (Slice(1000, 1500), [after])]) == [same, after]


@given(extents=st.lists(st.tuples(st.integers(0, 990), st.integers(5, 40)), max_size=20), overlap=st.integers(41, 90))
@settings(max_examples=60, deadline=None)
def test_every_line_that_fits_the_overlap_is_kept_exactly_once(extents: list[tuple[int, int]], overlap: int) -> None:
    wanted = {(top // 60) * 60: height for top, height in extents}
    truth = [line(str(top), (0, top, 100, top + height)) for top, height in sorted(wanted.items())]
    pieces = [Slice(top, min(top + 300, 1100)) for top in range(0, 1100, 300 - overlap)]
    seen = [(piece, [item for item in truth if piece.top <= item.box[1] and item.box[3] <= piece.bottom])
            for piece in pieces]  # fmt: skip
    assert sorted(item.text for item in without_twins(seen)) == sorted(item.text for item in truth)


def test_an_avatar_beside_a_bubble_is_a_line_of_its_own_and_uneven_words_do_not_stretch_theirs() -> None:
    words = (
        Seen("今天", (200, 42, 280, 86), 0.9),
        Seen("早上", (290, 40, 330, 105), 0.9),
        Seen("，", (332, 0, 350, 100), 0.8),
        Seen("发货", (352, 42, 430, 85), 0.9),
        Seen("a", (900, 0, 1040, 124), 0.3),
    )
    line, avatar = lines_of(words, 0)
    assert (line.text, avatar.text) == ("今天早上，发货", "a")
    assert line.box == (200, 41, 430, 93)
    assert avatar.box == (900, 0, 1040, 124)


LETTERS = st.text(st.sampled_from("付款时间订单号，。！（）¥0123456789ABCabc-:."), min_size=1, max_size=6)


@given(st.lists(LETTERS, min_size=1, max_size=8), st.integers(0, 60))
@settings(max_examples=80, deadline=None)
def test_spacing_adds_blanks_and_nothing_else(texts: list[str], gap: int) -> None:
    said = spaced(row(*texts, gap=gap))
    assert said.replace(" ", "") == "".join(texts)
    assert "  " not in said
    assert said == said.strip()
    if gap > 20:
        assert said == " ".join(texts)


@pytest.mark.parametrize(
    ("left", "right", "gap", "text"),
    [
        ("实付款", "¥270.80", 20, "实付款¥270.80"),
        ("实付款", "¥270.80", 20.5, "实付款 ¥270.80"),
        ("2026-03-11", "01:26:48", 1, "2026-03-11 01:26:48"),
        ("SF", "3006662992881", 0, "SF 3006662992881"),
        ("Ａ", "B", 4, "ＡB"),
        ("A", "，", 4, "A，"),
        ("…", "好", 4, "…好"),
        ("😀", "😀", 4, "😀 😀"),
    ],
)
def test_where_two_words_are_parted(left: str, right: str, gap: float, text: str) -> None:
    assert spaced(row(left, right, gap=gap)) == text


def test_a_gap_is_measured_by_the_higher_of_two_words() -> None:
    small = Word(text="合计", box=(0, 10, 20, 20), confidence=1)
    large = Word(text="元", box=(50, 0, 90, 40), confidence=1)
    assert spaced([small, large]) == "合计元"
    assert spaced([small, Word(text="元", box=(61, 0, 100, 40), confidence=1)]) == "合计 元"


def test_words_that_overlap_are_not_parted() -> None:
    words = [Word(text="付款", box=(0, 0, 40, 20), confidence=1), Word(text="时间", box=(30, 0, 70, 20), confidence=1)]
    assert spaced(words) == "付款时间"


@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(0, 80), st.integers(8, 90), LETTERS), min_size=1, max_size=6),
    st.integers(0, 5000),
)
@settings(max_examples=80, deadline=None)
def test_every_word_is_in_one_line_and_moves_with_its_piece(words: list[tuple[int, int, int, str]], top: int) -> None:
    seen = tuple(Seen(text, (x, y, x + 10 * len(text), y + height), height / 100) for x, y, height, text in words)
    made = lines_of(seen, top)
    assert sorted(word.text for line in made for word in line.words) == sorted(text for *_, text in words)
    here = lines_of(seen, 0)
    for moved, still in zip(made, here, strict=True):
        assert moved.text.replace(" ", "") == "".join(word.text for word in moved.words)
        assert (moved.text, moved.confidence) == (still.text, still.confidence)
        assert moved.where == Locator(box=moved.box)
        assert moved.box == (still.box[0], still.box[1] + top, still.box[2], still.box[3] + top)
        sure = [word.confidence for word in moved.words]
        assert min(sure) - 1e-3 <= moved.confidence <= max(sure) + 1e-3
        assert (moved.box[0], moved.box[2]) == (
            min(word.box[0] for word in moved.words), max(word.box[2] for word in moved.words),
        )  # fmt: skip
        assert moved.box[1] < moved.box[3]


def test_lines_of_one_row_need_not_be_of_one_height() -> None:
    lines = [line("¥", (300, 90, 310, 140)), line("270.80", (320, 100, 400, 130)), line("实付款", (0, 104, 90, 128))]
    for order in itertools.permutations(lines):
        assert [found.text for found in in_reading_order(order)] == ["实付款", "¥", "270.80"]


def test_two_columns_that_are_out_of_step_are_read_by_rows() -> None:
    left = [line(f"左{number}", (0, 100 * number, 90, 100 * number + 30)) for number in range(3)]
    right = [line(f"右{number}", (200, 100 * number + 8, 290, 100 * number + 40)) for number in range(3)]
    found = [item.text for item in in_reading_order([*right, *left])]
    assert found == ["左0", "右0", "左1", "右1", "左2", "右2"]


@pytest.mark.parametrize(("above", "below"), [((950, 1000), (990, 1020)), ((930, 960), (952, 985))])
def test_lines_that_share_little_are_both_kept_rather_than_one_lost(
    above: tuple[int, int], below: tuple[int, int]
) -> None:
    first, second = line("above", (10, above[0], 400, above[1])), line("below", (10, below[0], 400, below[1]))
    assert without_twins([(Slice(0, 1000), [first]), (Slice(952, 1960), [second])]) == [first, second]


def test_three_pieces_in_a_row_keep_a_line_of_each_overlap_once() -> None:
    pieces = [Slice(0, 500), Slice(452, 952), Slice(904, 1400)]
    first, second = line("first", (0, 460, 99, 490)), line("second", (0, 910, 99, 940))
    seen = [[first], [first, second], [second]]
    assert [found.text for found in without_twins(list(zip(pieces, seen, strict=True)))] == ["first", "second"]


def test_what_stands_in_the_same_place_but_above_the_overlap_is_no_twin() -> None:
    old, fresh = line("old", (10, 900, 200, 940)), line("fresh", (10, 990, 200, 1010))
    assert without_twins([(Slice(0, 1000), [old]), (Slice(952, 1500), [fresh])]) == [old, fresh]
