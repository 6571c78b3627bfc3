"""Quotes are boxed where they stand, or not at all."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.locate import Locator
from pipeline.model import Line, Word
from stages.appraise.quotes import locate
from tests.made import item, line, message, order


def test_words_of_a_line_give_the_box() -> None:
    words = ("发货时间", "2026-03-12", "08:35:21", "复制")
    shown = item("1", "a.png", line(100, "发货时间 2026-03-12 08:35:21 复制", words=words), kind="image")
    quote = locate("2026-03-12 08:35:21", shown)[0]
    assert quote.citation.where == Locator(box=(40 + 80, 100, 40 + 80 + 200 + 160, 140))
    assert quote.citation.quote == "2026-03-12 08:35:21"
    assert quote.citation.certainty == "single"
    assert quote.citation.confidence == 0.9


def test_uneven_words_give_the_share_of_an_even_line() -> None:
    uneven = (
        Word(text="已经", box=(40, 100, 44, 140), confidence=0.9),
        Word(text="发货", box=(44, 90, 200, 190), confidence=0.9),
    )
    even = Line(
        where=Locator(box=(40, 100, 200, 140)), text="已经发货", box=(40, 100, 200, 140), confidence=0.9, words=uneven
    )
    quote = locate("发货", item("1", "a.png", even, kind="image"))[0]
    assert quote.citation.where == Locator(box=(120 - 8, 100, 200, 140))


def test_words_that_do_not_fit_the_line_give_the_whole_line() -> None:
    shown = item("1", "a.png", line(100, "发货时间 08:35", words=("别的",)), kind="image")
    assert locate("08:35", shown)[0].citation.where == Locator(box=(40, 100, 80, 140))


def test_a_passage_may_run_over_lines_below_each_other() -> None:
    lines = (line(100, "下单一周都没"), line(150, "发货，客服也不"), line(200, "理人。"), line(900, "别处"))
    shown = item("1", "a.png", *lines, kind="image")
    found = locate("下单一周都没发货，客服也不理人", shown)
    assert [quote.citation.quote for quote in found] == ["下单一周都没", "发货，客服也不", "理人"]
    tops = [quote.citation.where.box[1] for quote in found if quote.citation.where.box]
    assert tops == [100, 150, 200]


def test_lines_far_apart_are_not_joined() -> None:
    shown = item("1", "a.png", line(100, "下单一周"), line(600, "都没发货"), kind="image")
    assert locate("下单一周都没发货", shown) == ()


def test_cells_and_messages_are_exact() -> None:
    sheet = item("2", "o.xlsx", order(shipped="2026-03-12 08:35:21"))
    assert locate("2026-03-12 08:35:21", sheet)[0].citation.where == Locator(sheet="订单", rows=(17,))
    chat = item("3", "c.txt", message(2, "2026-03-12 10:00", "店", "已经发货 了，请放心"))
    quote = locate("发货了", chat)[0]
    assert quote.citation.quote == "发货 了"
    assert quote.citation.certainty == "exact"
    assert quote.citation.confidence is None


@given(
    st.lists(st.text("甲乙丙丁", min_size=1, max_size=4), min_size=1, max_size=5),
    st.text("甲乙丙丁戊", min_size=1, max_size=6),
)
@settings(max_examples=80, deadline=None)
def test_a_quote_is_found_only_in_text_that_reads_it(texts: list[str], wording: str) -> None:
    shown = item("1", "a.png", *(line(60 * number, text) for number, text in enumerate(texts)), kind="image")
    found = locate(wording, shown)
    for quote in found:
        box = quote.citation.where.box
        assert box is not None
        assert quote.citation.quote in texts[int(box[1]) // 60]
    assert bool(found) <= (wording in "".join(texts))
