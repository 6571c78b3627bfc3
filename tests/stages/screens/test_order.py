from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stages.screens.order import page_order, reading_order, rows_of
from tests.stages.screens.pages import At, page_of, truth_of

Boxes = list[tuple[float, float, float, float]]


def read(*lines: At) -> list[str]:
    page = page_of(*lines)
    return [page.lines[at].text for at in page_order(page)]


def test_labels_and_values_are_read_row_by_row() -> None:
    rows = [("订单编号", "P366"), ("下单时间", "2026-03-11"), ("付款时间", "2026-03-12")]
    lines = [
        line
        for at, (label, value) in enumerate(rows)
        for line in (At(label, 68, 300 + at * 60, 40), At(value, 0, 300 + at * 60, 40, right=1010))
    ]
    assert read(*lines) == ["订单编号", "P366", "下单时间", "2026-03-11", "付款时间", "2026-03-12"]


def test_a_value_that_wraps_stays_with_its_label() -> None:
    lines = [At("收货地址", 68, 300, 40), At("江苏省南京市", 400, 300, 40), At("中山北路52号", 400, 345, 40)]
    lines += [At("运费", 68, 400, 40), At("¥10.00", 400, 400, 40)]
    assert read(*lines) == ["收货地址", "江苏省南京市", "中山北路52号", "运费", "¥10.00"]


def test_a_date_in_two_lines_is_read_before_the_paragraph_beside_it() -> None:
    lines = [At("03-13", 134, 577, 44), At("11:23", 151, 639, 37)]
    lines += [At("您的快件已被揽收，揽", 321, 580, 50), At("收员：林佳怡", 321, 652, 50)]
    lines += [At("03-12", 134, 775, 44), At("21:43", 151, 837, 37), At("正在派送途中", 321, 778, 50)]
    assert read(*lines) == [
        "03-13", "11:23", "您的快件已被揽收，揽", "收员：林佳怡", "03-12", "21:43", "正在派送途中",
    ]  # fmt: skip


def test_a_date_at_the_side_of_a_name_and_its_rating_comes_after_both() -> None:
    lines = [At("打工人小周", 222, 550), At("差", 465, 616, 40), At("2026-02-17", 1027, 583, 40)]
    assert read(*lines, At("正文", 78, 770)) == ["打工人小周", "差", "2026-02-17", "正文"]


def test_columns_of_cards_are_read_one_after_the_other() -> None:
    left = [At("左一", 60, 300), At("左一二", 60, 352), At("左二", 60, 404)]
    right = [At("右一", 600, 320), At("右一二", 600, 372), At("右二", 600, 424)]
    assert read(*left, *right) == ["左一", "左一二", "左二", "右一", "右一二", "右二"]


def test_the_cells_of_a_table_stay_together_where_they_wrap() -> None:
    cells = [["法式连衣裙", "杏色 M"], ["比想象中小一点"], ["爱吃芒果的", "阿狸"], ["P147", "2026-09-22"]]
    lines = [
        At(text, 60 + column * 260, 300 + row * 44, 40)
        for column, cell in enumerate(cells)
        for row, text in enumerate(cell)
    ]
    assert read(*lines) == [text for cell in cells for text in cell]


def test_panes_of_a_window_are_read_one_after_the_other() -> None:
    side, main = (0.0, 0.0, 200.0, 2400.0), (200.0, 0.0, 1080.0, 2400.0)
    menu = [At(text, 20, 100 + at * 300, 40, panel=side) for at, text in enumerate(("首页", "订单", "评价"))]
    rows = [At(text, 240, 120 + at * 300, 40, panel=main) for at, text in enumerate(("评价管理", "第一行", "第二行"))]
    assert read(*menu, *rows) == ["首页", "订单", "评价", "评价管理", "第一行", "第二行"]


def test_labelled_pages_are_read_as_people_read_them() -> None:
    for name in ("20-xhs-note", "23-xhs-comments", "36-track", "33-order-pdd", "39-receipt"):
        page, truth = truth_of(name)
        assert [page.lines[at].text for at in page_order(page)] == truth["text"].split("\n"), name


boxes = st.lists(
    st.tuples(*(st.floats(0, 1000) for _ in range(2)), st.floats(5, 400), st.floats(8, 60)).map(
        lambda box: (box[0], box[1], box[0] + box[2], box[1] + box[3])
    ),
    max_size=14,
)


@given(boxes)
def test_every_line_is_read_once(held: Boxes) -> None:
    assert sorted(reading_order(held)) == list(range(len(held)))
    assert sorted(at for row in rows_of(held) for at in row) == list(range(len(held)))


@given(boxes, st.floats(0.25, 4), st.floats(-500, 500))
def test_size_and_place_of_a_page_change_nothing(held: Boxes, scale: float, off: float) -> None:
    apart = [(round(a), round(b), round(c) + 1, round(d) + 1) for a, b, c, d in held]
    power = 2.0 ** round(scale - 1)
    moved = [tuple(value * power + round(off) for value in box) for box in apart]
    assert reading_order([tuple(map(float, box)) for box in apart]) == reading_order(moved)  # type: ignore[arg-type]
