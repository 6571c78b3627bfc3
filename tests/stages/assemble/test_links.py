"""How exhibits and pages are named: always the page that shows what is meant, and every number a link."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.locate import WHOLE, Locator
from pipeline.model import Citation, Event, Quote, Reason, label_key
from stages.assemble.fonts import Fonts
from stages.assemble.layout import NOTHING_KNOWN, Book
from stages.assemble.links import (
    _MOST_PAGES,
    Ref,
    catalogue_row,
    cited,
    exhibit,
    message_name,
    page_name,
    place,
    references,
    where_words,
)
from stages.assemble.style import CELL, SOFT
from stages.assemble.words import Words
from tests.stages.assemble import sample

CHINESE, ENGLISH = Words("zh-CN"), Words("en")
ROW = Locator(sheet="订单列表", rows=(17,))


def citation(label: str, where: Locator = ROW, quote: str = "原话") -> Citation:
    return Citation(exhibit=label, sha256="0" * 64, where=where, quote=quote, reader="r@1", certainty="exact")


def event(name: str, *cites: Citation) -> Event:
    return Event(id=name, number=1, role="order.paid", at=sample.at("2026-03-11"), text="", citations=cites)


def knowing(fonts: Fonts, **known: Any) -> Book:
    return Book(fonts, CHINESE, "", NOTHING_KNOWN._replace(**known))


def shown(refs: list[Any], words: Words = CHINESE, **options: bool) -> str:
    return "".join(span.text for span in place(words, [Ref(*ref) for ref in refs], CELL, **options))


def test_names_of_destinations_tell_exhibits_rows_and_pages_apart() -> None:
    assert {exhibit("5-1"), catalogue_row("5-1"), page_name(5)} == {"exhibit-5-1", "catalogue-5-1", "page-5"}


def test_a_citation_is_on_the_page_that_shows_it(fonts: Fonts) -> None:
    book = knowing(fonts, placed={("2", ROW): 9}, exhibits={"2": (7, 11), "3": (12, 13)})
    assert cited(book, citation("2")) == 9
    assert cited(book, citation("2", WHOLE)) == 7
    assert cited(book, citation("3")) == 12
    assert cited(book, citation("4")) is None


def test_a_reason_names_each_exhibit_with_its_first_page_in_order_of_label(fonts: Fonts) -> None:
    book = knowing(
        fonts, placed={("11", ROW): 30, ("2", ROW): 9}, exhibits={"2": (7, 9), "11": (29, 31), "11-1": (32, 32)}
    )
    quote = Quote(says="原话", citation=citation("11"))
    reason = Reason(text="", side="applicant", events=("e",), exhibits=("2", "11", "11-1"), quotes=(quote,))
    assert references(book, reason, {"e": event("e", citation("2"))}) == [Ref("2", 9), Ref("11", 30), Ref("11-1", 32)]


def test_a_reason_keeps_to_the_exhibits_it_names(fonts: Fonts) -> None:
    book = knowing(fonts, exhibits={"2": (7, 9), "3": (10, 10)})
    events = {"e": event("e", citation("2"), citation("3"))}
    named = Reason(text="", side="applicant", events=("e", "unknown"), exhibits=("3",))
    assert references(book, named, events) == [Ref("3", 10)]
    unnamed = Reason(text="", side="applicant", events=("e",))
    assert references(book, unnamed, events) == [Ref("2", 7), Ref("3", 10)]


def test_on_the_first_pass_nothing_is_named(fonts: Fonts) -> None:
    reason = Reason(text="", side="applicant", exhibits=("2",))
    assert references(knowing(fonts), reason, {}) == []
    (nothing,) = place(CHINESE, [], CELL)
    assert (nothing.text, nothing.style.colour, nothing.link) == ("—", SOFT, None)


def test_exhibits_and_pages_are_named_together() -> None:
    assert shown([("2", 9)]) == "证据 2 · 第 9 页"
    assert shown([("2", 9), ("3", 14)]) == "证据 2、3 · 第 9、14 页"
    assert shown([("2", 9), ("3", 9)]) == "证据 2、3 · 第 9 页"
    assert shown([("2", 9), ("3", 14), ("5-1", 7)]) == "证据 2、3、5-1\n第 7、9、14 页"
    assert shown([("2", 9), ("3", 14), ("5-1", 7)], inline=True) == "证据 2、3、5-1 · 第 7、9、14 页"
    assert shown([("2", 9), ("3", 14)], ENGLISH) == "Exhibits 2, 3 · pp. 9, 14"


@given(st.lists(st.tuples(st.sampled_from(["1", "2", "5-1", "11"]), st.integers(1, 99)), min_size=1, max_size=6))
def test_every_number_is_a_link_to_what_it_says(refs: list[tuple[str, int]]) -> None:
    spans = place(CHINESE, [Ref(*ref) for ref in refs], CELL)
    links = [(span.text, span.link) for span in spans if span.link]
    assert [link for link in links if link[1] in {exhibit(label) for label, _ in refs}] == [
        (label, exhibit(label)) for label in dict.fromkeys(label for label, _ in refs)
    ]
    assert [link for link in links if str(link[1]).startswith("page-")] == [
        (str(page), page_name(page)) for page in sorted({page for _, page in refs})[:_MOST_PAGES]
    ]
    assert not [span for span in spans if span.link is None and any(char.isdigit() for char in span.text)]


@pytest.mark.parametrize(
    ("where", "chinese", "english"),
    [
        (WHOLE, "", ""),
        (Locator(lines=(3, 3)), "第 3 行", "line 3"),
        (Locator(lines=(3, 5)), "第 3–5 行", "lines 3–5"),
        (ROW, "“订单列表”表第 17 行", "sheet “订单列表” row 17"),
        (Locator(sheet="表", rows=(3, 4, 9)), "“表”表第 3、4、9 行", "sheet “表” rows 3, 4, 9"),
        (Locator(pointer="/messages/0/text"), "/messages/0/text", "/messages/0/text"),
        (Locator(page=2), "第 2 页", "page 2"),
        (Locator(page=2, box=(1, 2, 3, 4)), "第 2 页 图中位置 [1, 2, 3, 4]", "page 2 at [1, 2, 3, 4] in the picture"),
        (Locator(box=(1.4, 2.6, 30, 40)), "图中位置 [1, 3, 30, 40]", "at [1, 3, 30, 40] in the picture"),
        (Locator(frame=3), "第 3 帧", "frame 3"),
        (Locator(frame=0, box=(1, 2, 3, 4)), "第 0 帧 图中位置 [1, 2, 3, 4]", "frame 0 at [1, 2, 3, 4] in the picture"),
        (Locator(tag="EXIF DateTimeOriginal"), "EXIF DateTimeOriginal", "EXIF DateTimeOriginal"),
        (Locator(span=(10, 20)), "第 10–20 字节", "bytes 10–20"),
        (Locator(member="聊天.txt"), "成员 聊天.txt", "member 聊天.txt"),
        (Locator(member="a.txt", lines=(1, 2)), "成员 a.txt 第 1–2 行", "member a.txt lines 1–2"),
    ],
)
def test_every_shape_of_place_is_said_in_words(where: Locator, chinese: str, english: str) -> None:
    assert where_words(CHINESE, where) == chinese
    assert where_words(ENGLISH, where) == english


@given(st.permutations(["1", "2", "5-1", "5-2", "10", "11-1"]))
def test_references_do_not_depend_on_the_order_of_what_is_named(fonts: Fonts, labels: list[str]) -> None:
    book = knowing(fonts, exhibits={label: (at + 3, at + 3) for at, label in enumerate(sorted(labels, key=label_key))})
    reason = Reason(text="", side="applicant", exhibits=tuple(labels))
    assert references(book, reason, {}) == [
        Ref(label, at + 3) for at, label in enumerate(sorted(labels, key=label_key))
    ]


def test_an_exhibit_is_named_once_with_every_page_that_is_meant(fonts: Fonts) -> None:
    other = Locator(sheet="订单列表", rows=(90,))
    book = knowing(fonts, placed={("2", ROW): 64, ("2", other): 83}, exhibits={"2": (60, 90)})
    quotes = tuple(Quote(says="原话", citation=citation("2", where)) for where in (ROW, other))
    refs = references(book, Reason(text="", side="applicant", exhibits=("2",), quotes=quotes), {})
    assert refs == [Ref("2", 64), Ref("2", 83)]
    assert shown(refs) == "证据 2 · 第 64、83 页"
    assert shown(refs, ENGLISH) == "Exhibit 2 · pp. 64, 83"


def test_of_many_pages_four_are_named() -> None:
    refs = [("2", page) for page in range(3, 10)]
    assert shown(refs, inline=True) == "证据 2 · 第 3、4、5、6 等页"
    assert shown([("2", 3), ("5", 3)], ENGLISH) == "Exhibits 2, 5 · p. 3"


def test_a_message_is_named_by_its_number_with_a_link_to_it(fonts: Fonts) -> None:
    book = knowing(fonts, placed={("3", ROW): 9}, exhibits={"3": (7, 11)}, messages={("3", ROW): 27})
    quote = Quote(says="原话", citation=citation("3"))
    refs = references(book, Reason(text="", side="applicant", exhibits=("3",), quotes=(quote,)), {})
    assert refs == [Ref("3", 9, 27)]
    assert shown(refs) == "证据 3 第 27 条\n第 9 页"
    assert shown(refs, inline=True) == "证据 3 第 27 条 · 第 9 页"
    assert shown(refs, ENGLISH, inline=True) == "Exhibit 3 no. 27 · p. 9"
    links = {span.text: span.link for span in place(CHINESE, refs, CELL)}
    assert links["27"] == message_name("3", 27)


def test_of_many_messages_three_are_named_and_all_counted() -> None:
    refs = [("2", 3), *(("3", 9, number) for number in (4, 8, 15, 16))]
    assert shown(refs, inline=True) == "证据 2、3 第 4、8、15 等 4 条 · 第 3、9 页"
