from __future__ import annotations

import pytest
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


def test_a_date_at_the_side_of_a_name_comes_before_the_text_under_the_name() -> None:
    lines = [At("阿狸不吃鱼", 177, 316, 45), At("5月18日 07:54", 828, 316, 45), At("好的", 177, 360, 58)]
    assert read(*lines) == ["阿狸不吃鱼", "5月18日 07:54", "好的"]
    states = [
        At("已签收", 42, 419, 63),
        At("2026-04-24 19:39:06", 820, 416, 54),
        At("快件已送达，签收人：家人", 42, 495, 63),
    ]
    assert read(*states) == ["已签收", "2026-04-24 19:39:06", "快件已送达，签收人：家人"]


def test_a_count_at_the_side_does_not_break_a_sentence() -> None:
    lines = [
        At("赠品没给，问了三次都说补发，没", 116, 300, 50),
        At("464", 1020, 303, 40),
        At("有。", 116, 365, 50),
    ]
    assert read(*lines) == ["赠品没给，问了三次都说补发，没", "有。", "464"]
    meta = [At("颜色很正", 116, 300, 50), At("756", 1000, 303, 40), At("02-17 浙江", 116, 365, 42)]
    assert read(*meta) == ["颜色很正", "02-17 浙江", "756"]


def test_a_rating_under_a_name_comes_before_the_text_close_under_both() -> None:
    lines = [
        At("打工人小周", 165, 405, 54),
        At("差", 375, 460, 48),
        At("已购：香辣牛肉酱三瓶装一份送三份共六瓶", 42, 528, 48),
    ]
    assert read(*lines, At("2026-02-17", 900, 434, 48)) == [
        "打工人小周", "差", "2026-02-17", "已购：香辣牛肉酱三瓶装一份送三份共六瓶",
    ]  # fmt: skip


@pytest.mark.parametrize("pitch", [50, 76])
def test_lists_of_labels_with_their_values_are_read_one_after_the_other_under_their_headings(pitch: float) -> None:
    columns = [
        ["订单信息", "订单编号：P366", "订单状态：已完成", "支付方式：微信支付"],
        ["收货信息", "收货人：徐女士", "手机号：175****6684", "收货地址：武汉市"],
    ]
    lines = [
        At(text, 40 + column * 520, 300 + row * pitch, 40)
        for column, held in enumerate(columns)
        for row, text in enumerate(held)
    ]
    assert read(*lines) == [text for held in columns for text in held]


def test_rows_of_a_photograph_that_run_downhill_are_rows() -> None:
    tilt = 0.05
    rows = [("订单编号", "P366"), ("下单时间", "2026-03-11"), ("付款时间", "2026-03-12"), ("运费", "¥10.00")]
    lines = [
        At(text, left - tilt * (300 + at * 50), 300 + at * 50 + tilt * left, 40)
        for at, row in enumerate(rows) for left, text in zip((120, 800), row, strict=True)
    ]  # fmt: skip
    assert read(*lines) == [text for row in rows for text in row]


def test_a_bar_over_the_panes_of_a_window_comes_first() -> None:
    side, main = (0.0, 90.0, 300.0, 2400.0), (302.0, 90.0, 1080.0, 2400.0)
    bar = At("南山有木", 20, 20, 40, panel=(0.0, 0.0, 1080.0, 88.0))
    chat = [At(text, 20, 200 + at * 300, 40, panel=side) for at, text in enumerate(("在吗", "在的", "好"))]
    order = [At(text, 340, 220 + at * 300, 40, panel=main) for at, text in enumerate(("订单", "编号", "备注"))]
    assert read(bar, *chat, *order) == ["南山有木", "在吗", "在的", "好", "订单", "编号", "备注"]


def test_cells_of_a_table_on_grounds_of_their_own_are_no_panes() -> None:
    def cell(column: int, row: int) -> tuple[float, float, float, float]:
        return (20 + column * 350.0, 120 + row * 400.0, 365 + column * 350.0, 515 + row * 400.0)

    bar = At("发货查询", 20, 20, 40, panel=(0.0, 0.0, 1080.0, 100.0))
    texts = [[f"{row}-{column}" for column in range(3)] for row in range(5)]
    cells = [
        At(text, 40 + column * 350, 300 + row * 400, 40, panel=cell(column, row))
        for row, held in enumerate(texts) for column, text in enumerate(held)
    ]  # fmt: skip
    assert read(bar, *cells) == ["发货查询", *(text for held in texts for text in held)]


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
