"""What stands level."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stages.screens.page import Box
from stages.screens.trades.rows import in_rows, overlap


def test_overlap_is_of_the_lower_box() -> None:
    assert overlap((0, 0, 1, 10), (5, 0, 6, 20)) == 1.0
    assert overlap((0, 0, 1, 10), (5, 5, 6, 15)) == 0.5
    assert overlap((0, 0, 1, 10), (5, 20, 6, 30)) < 0


def test_a_row_is_read_from_left_to_right_though_its_tops_differ() -> None:
    boxes: list[Box] = [(300, 0, 400, 20), (0, 3, 100, 23), (0, 40, 100, 60), (150, 41, 200, 61)]
    assert in_rows(boxes, lambda box: box) == [boxes[1], boxes[0], boxes[2], boxes[3]]


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), max_size=12), st.randoms(use_true_random=False))
def test_the_order_in_which_lines_come_does_not_matter(corners: list[tuple[int, int]], random: object) -> None:
    boxes = [(float(x), float(y), x + 40.0, y + 20.0) for x, y in set(corners)]
    mixed = list(boxes)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert in_rows(mixed, lambda box: box) == in_rows(boxes, lambda box: box)
    assert sorted(in_rows(mixed, lambda box: box)) == sorted(boxes)
