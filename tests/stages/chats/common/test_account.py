"""The account of a file tiles, whatever was put into it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract import Reader, Source
from pipeline.locate import WHOLE, Locator
from pipeline.model import Message, Reading, Unread
from stages.chats.common.account import Account, LineAccount, closed
from stages.chats.common.lines import Lines


def nothing(_: Source) -> Reading:
    raise AssertionError


READER = Reader(id="some-txt", version=3, grade="A", sniff=lambda _: None, read=nothing)


def lines(*shown: str, lost: frozenset[int] = frozenset()) -> Lines:
    return Lines(list(shown), list(shown), lost, "utf-8")


def test_what_is_neither_aside_nor_refused_is_of_the_records() -> None:
    account = Account("items", 5)
    account.records.append(Message(where=Locator(pointer="/0"), at=None, sender="a", text="b"))
    account.aside = 1
    account.refuse("chat-item-unknown", Locator(pointer="/4"), said="x")
    reading = account.reading(READER, declared={"messages": 5}, encoding="utf-8")
    assert (reading.reader, reading.format, reading.encoding) == ("some-txt@3", "some-txt", "utf-8")
    assert (reading.balance.unit, reading.balance.records, reading.balance.skipped, reading.balance.unread) == (
        "items", 3, 1, 1,
    )  # fmt: skip
    assert reading.unread == (Unread(code="chat-item-unknown", values={"said": "x"}, where=Locator(pointer="/4")),)
    assert len(reading.records) == 1


def test_records_may_be_given_in_another_order() -> None:
    account = Account("items", 1)
    message = Message(where=Locator(pointer="/0"), at=None, sender="a", text="b")
    assert account.reading(READER, records=[message, message]).records == (message, message)


def test_refused_lines_in_a_row_share_an_entry_if_for_one_reason() -> None:
    account = LineAccount(lines("a", "b", "c", "d"))
    for number, code in enumerate(
        ["chat-line-outside", "chat-line-outside", "line-not-decodable", "chat-line-outside"]
    ):
        account.refuse_line(code, number)
    found = [(span.code, span.where.lines) for span in account.unread if span.where]
    assert found == [("chat-line-outside", (1, 2)), ("line-not-decodable", (3, 3)), ("chat-line-outside", (4, 4))]
    assert account.reading(READER).balance.unread == 4


def test_lost_lines_of_a_record_are_unread() -> None:
    account = LineAccount(lines("a", "", "c", "", lost=frozenset({1, 3})))
    account.refuse_lost(0, 2)
    assert [span.where for span in account.unread] == [Locator(lines=(2, 2))]
    assert account.reading(READER).balance.unread == 1


def test_notes_on_lines_count_from_one() -> None:
    account = LineAccount(lines("a", "b"))
    account.note_line("chat-lookalike", 0, said="x")
    account.note_line("chat-preview-only", 0, 1)
    assert [note.where for note in account.notes] == [Locator(lines=(1, 1)), Locator(lines=(1, 2))]


def test_a_file_that_cannot_be_opened_holds_nothing_but_the_reason() -> None:
    reading = closed(READER, Unread(code="text-not-decodable", values={"offset": 3}, where=WHOLE))
    assert (reading.records, reading.balance.total, [span.code for span in reading.unread]) == (
        (), 0, ["text-not-decodable"],
    )  # fmt: skip


@given(st.lists(st.sampled_from(["record", "aside", "refused"]), max_size=40))
@settings(max_examples=50, deadline=None)
def test_the_balance_tiles(fates: list[str]) -> None:
    account = LineAccount(lines(*fates))
    for number, fate in enumerate(fates):
        if fate == "aside":
            account.aside += 1
        elif fate == "refused":
            account.refuse_line("chat-line-outside", number)
    balance = account.reading(READER).balance
    assert (balance.records, balance.skipped, balance.unread) == tuple(map(fates.count, ("record", "aside", "refused")))
    covered = sum(
        where.lines[1] - where.lines[0] + 1 for span in account.unread if (where := span.where) and where.lines
    )
    assert covered == balance.unread


def test_what_is_declared_is_words_or_a_number_that_can_be_kept() -> None:
    said = {"a": "x", "b": 3, "c": True, "d": 10**30, "e": 1.5, "f": None, "g": {}, "h": -(10**18)}
    reading = Account("items", 0).reading(READER, declared=said)  # type: ignore[arg-type]
    assert reading.declared == {"a": "x", "b": 3, "h": -(10**18)}
