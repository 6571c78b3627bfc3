from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.locate import Locator
from pipeline.model import Line
from stages.screens.page import Page
from stages.screens.split import pages_of
from tests.stages.screens.pages import DEV, HEIGHT, WIDTH, At, ingested, line_of, truth_of

NAMES = sorted(path.stem for path in DEV.glob("*.json"))
SINGLE = [name for name in NAMES if "phones" not in name and "collage" not in name]


def moved(page: Page, right: float, down: float) -> tuple[Line, ...]:
    lines = []
    for line in page.lines:
        box = (line.box[0] + right, line.box[1] + down, line.box[2] + right, line.box[3] + down)
        look = line.look
        if look is not None:
            panel = (look.panel[0] + right, look.panel[1] + down, look.panel[2] + right, look.panel[3] + down)
            look = msgspec.structs.replace(look, panel=panel)
        lines.append(msgspec.structs.replace(line, box=box, where=Locator(box=box), look=look))
    return tuple(lines)


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


def parted(lines: tuple[Line, ...], width: float, height: float) -> tuple[Page, ...]:
    held = tuple(sorted(lines, key=lambda line: (line.box[1], line.box[0])))
    return pages_of(held, ingested(Page(box=(0, 0, width, height), lines=held)))


def chat(clock: str | None, words: str, *, gap: float = 130) -> Page:
    bar = [At(clock, 72, 46), At("5G", 880, 46), At("68", 960, 46)] if clock else []
    said = [At(f"{words}{at}", 100 if at % 2 else 600, 300 + at * gap) for at in range(8)]
    return Page(
        box=(0, 0, WIDTH, HEIGHT), lines=tuple(line_of(line) for line in (*bar, At("橘子汽水", 440, 150), *said))
    )


def bare(page: Page) -> Page:
    """Without looks, as where none were taken."""
    return replace(page, lines=tuple(msgspec.structs.replace(line, look=None) for line in page.lines))


def test_no_lines_are_no_page() -> None:
    assert parted((), 100, 100) == ()


@pytest.mark.parametrize("name", SINGLE)
def test_no_labelled_screen_is_taken_apart(name: str) -> None:
    page, _ = truth_of(name)
    assert [texts(part) for part in pages_of(page.lines, ingested(page))] == [texts(page)]


def test_two_phones_with_status_bars_are_two_pages() -> None:
    left, right = bare(chat("21:20", "甲")), bare(chat("09:41", "乙", gap=151))
    lines = left.lines + moved(right, WIDTH, 0)
    pages = parted(lines, 2 * WIDTH, HEIGHT)
    assert [set(texts(page)) for page in pages] == [set(texts(left)), set(texts(right))]
    assert pages[0].box[2] == pages[1].box[0]
    assert pages[1].box[2] == 2 * WIDTH


def test_three_phones_are_three_pages_from_left_to_right() -> None:
    each = [bare(chat(clock, words)) for clock, words in (("21:20", "甲"), ("09:41", "乙"), ("8:05", "丙"))]
    lines = tuple(line for at, page in enumerate(each) for line in moved(page, at * (WIDTH + 30), 0))
    pages = parted(lines, 3 * WIDTH + 60, HEIGHT)
    assert [set(texts(page)) for page in pages] == [set(texts(page)) for page in each]


def test_a_clock_in_the_middle_of_a_status_bar_is_no_edge() -> None:
    def old(words: str) -> Page:
        bar = [At("中国移动", 40, 46), At("21:20", 480, 46), At("80%", 950, 46)]
        said = [At(f"{words}{at}", 60, 300 + at * 130) for at in range(5)]
        return bare(Page(box=(0, 0, WIDTH, HEIGHT), lines=tuple(line_of(line) for line in (*bar, *said))))

    left, right = old("甲"), old("乙")
    pages = parted(left.lines + moved(right, WIDTH, 0), 2 * WIDTH, HEIGHT)
    assert [set(texts(page)) for page in pages] == [set(texts(left)), set(texts(right))]


def test_phones_one_under_the_other_are_parted_at_the_second_status_bar() -> None:
    first, second = chat("21:20", "甲"), chat("09:41", "乙")
    pages = parted(first.lines + moved(second, 0, HEIGHT), WIDTH, 2 * HEIGHT)
    assert [set(texts(page)) for page in pages] == [set(texts(first)), set(texts(second))]


def test_four_phones_in_a_square_are_read_column_by_column() -> None:
    each = [bare(chat(f"0{at}:15", word)) for at, word in enumerate("甲乙丙丁")]
    places = [(0, 0), (0, HEIGHT), (WIDTH + 20, 0), (WIDTH + 20, HEIGHT)]
    lines = tuple(line for page, (x, y) in zip(each, places, strict=True) for line in moved(page, x, y))
    pages = parted(lines, 2 * WIDTH + 20, 2 * HEIGHT)
    assert [set(texts(page)) for page in pages] == [set(texts(page)) for page in each]


def test_phones_without_status_bars_are_told_by_rows_that_do_not_go_together() -> None:
    left, right = bare(chat(None, "甲")), bare(chat(None, "乙", gap=163))
    pages = parted(left.lines + moved(right, WIDTH, 20), 2 * WIDTH, HEIGHT)
    assert [set(texts(page)) for page in pages] == [set(texts(left)), set(texts(right))]


def test_a_table_of_two_columns_is_one_page() -> None:
    rows = [
        line
        for at in range(12)
        for line in (At(f"标签{at}", 60, 100 + at * 150), At(f"数值{at}", 1100, 100 + at * 150))
    ]
    lines = tuple(msgspec.structs.replace(line_of(row), look=None) for row in rows)
    assert len(parted(lines, 2 * WIDTH, HEIGHT * 1.5)) == 1


def test_screens_on_a_ground_of_their_own_are_told_by_the_ground_between_them() -> None:
    def shown(words: str, left: float, top: float, height: float) -> tuple[Line, ...]:
        panel = (left, top, left + 600, top + height)
        return tuple(line_of(At(f"{words}{at}", left + 40, top + 60 + at * 90, panel=panel)) for at in range(5))

    lines = (*shown("甲", 30, 30, 1500), *shown("乙", 700, 200, 900))
    pages = parted(lines, 1400, 1600)
    assert [page.box for page in pages] == [(30, 30, 630, 1530), (700, 200, 1300, 1100)]
    assert [len(page.lines) for page in pages] == [5, 5]


def test_a_time_between_messages_parts_nothing() -> None:
    page = chat("21:20", "甲")
    times = tuple(line_of(At("21:34", 480, 700 + at * 300)) for at in range(4))
    assert len(parted(page.lines + times, WIDTH, HEIGHT)) == 1


def test_a_screenshot_in_a_message_is_no_phone_of_its_own() -> None:
    small = [At("21:34", 300, 1500, 20), At("5G", 480, 1500, 20), At("88%", 520, 1500, 20)]
    page = chat("21:20", "甲")
    assert len(parted(page.lines + tuple(map(line_of, small)), WIDTH, HEIGHT)) == 1


def test_the_pages_of_a_pdf_stay_its_pages() -> None:
    lines = tuple(msgspec.structs.replace(line_of(At(f"第{at}页", 60, 100)), page=at) for at in (2, 1, 2))
    pages = pages_of(lines, ingested(Page(box=(0, 0, 600, 800), lines=lines)))
    assert [(page.number, len(page.lines)) for page in pages] == [(1, 1), (2, 2)]


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["21:34", "5G", "甲乙丙", "88%", "正文", "12"]), st.floats(0, 2000), st.floats(0, 2000)
        ),
        max_size=12,
    ),
    st.integers(200, 3000),
    st.integers(200, 3000),
)
def test_together_the_pages_hold_every_line_once(
    places: list[tuple[str, float, float]], width: int, height: int
) -> None:
    lines = tuple(line_of(At(text, left, top)) for text, left, top in places)
    held = [id(line) for page in parted(lines, width, height) for line in page.lines]
    assert sorted(held) == sorted(map(id, lines))
