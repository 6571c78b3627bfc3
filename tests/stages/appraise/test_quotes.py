"""Quotes are boxed where they stand, or not at all."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.locate import Locator
from pipeline.model import Line, Message, Spot, Witness, Word
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


def test_a_quote_on_a_page_of_a_pdf_names_the_page() -> None:
    box = (40.0, 100.0, 140.0, 112.0)
    stated = Line(where=Locator(page=2, box=box), text="合计 270.80", box=box, confidence=1.0, page=2, exact=True)
    (quote,) = locate("270.80", item("1", "发票.pdf", stated, kind="pdf"))
    assert quote.citation.where.page == 2
    assert quote.citation.certainty == "exact"


def test_a_passage_does_not_run_over_to_another_page() -> None:
    upper = msgspec.structs.replace(line(100, "下单一周"), page=1)
    lower = msgspec.structs.replace(line(150, "都没发货"), page=2)
    assert locate("下单一周都没发货", item("1", "a.pdf", upper, lower, kind="pdf")) == ()


def test_what_two_engines_read_alike_is_agreed_and_else_disputed() -> None:
    witness = Witness(reader="second@1", text="发货时间 2026-03-12 08:35:27", confidence=0.7)
    shown = msgspec.structs.replace(line(100, "发货时间 2026-03-12 08:35:21"), witness=witness)
    held = item("1", "a.png", shown, kind="image")
    assert [locate(says, held)[0].citation.certainty for says in ("2026-03-12", "08:35:21")] == ["agreed", "disputed"]
    assert locate("08:35:21", held)[0].citation.other == "08:35:27"


def test_records_seen_in_a_picture_are_quoted_by_their_lines() -> None:
    box = (40.0, 100.0, 400.0, 140.0)
    spot = Spot(field="text", text="已经发货", where=Locator(box=box), confidence=0.9)
    seen = Message(where=Locator(box=box), at=None, sender=None, text="已经发货", spots=(spot,))
    assert len(locate("已经发货", item("1", "a.png", line(100, "已经发货"), seen, kind="image"))) == 1
