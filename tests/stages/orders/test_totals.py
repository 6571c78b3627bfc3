"""What a bill says of itself: heard wherever it stands, and compared with the rows to the cent."""

from __future__ import annotations

import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from stages.orders.totals import Totals

PATTERNS = {
    "account": re.compile(r"账号：(\S+)"),
    "count": re.compile(r"共(\d+)笔"),
    "in_count": re.compile(r"收入：(\d+)笔"),
    "in_sum": re.compile(r"收入：\d+笔\s*([\d.,]+)元"),
    "out_count": re.compile(r"支出：(\d+)笔"),
    "out_sum": re.compile(r"支出：\d+笔\s*([\d.,]+)元"),
}
WAYS = st.sampled_from(["in", "out", "neutral", None])
CENTS = st.integers(0, 10**9)
MOVES = st.lists(st.tuples(WAYS, CENTS), max_size=20)
MARKS = st.sampled_from(["{}", "¥{}", "￥{}", "{}元", " {} "])


def yuan(cents: int) -> str:
    return f"{Decimal(cents) / 100:.2f}"


def passed(moves: list[tuple[str | None, int]], mark: str = "{}") -> Totals:
    totals = Totals(PATTERNS)
    for way, cents in moves:
        totals.rows += 1
        totals.add(way, mark.format(yuan(cents)))
    return totals


def state(totals: Totals, moves: list[tuple[str | None, int]], more: int = 0, cents: int = 0) -> None:
    """The lines that a bill of these rows has, wrong by so much."""
    totals.hear([f"共{len(moves) + more}笔记录"])
    for name, way in (("收入", "in"), ("支出", "out")):
        own = [value for other, value in moves if other == way]
        totals.hear([f"{name}：{len(own) + more}笔 {yuan(sum(own) + cents)}元", ""])


@given(MOVES, MARKS)
def test_a_bill_that_states_its_own_rows_gives_rise_to_nothing(moves: list[tuple[str | None, int]], mark: str) -> None:
    totals = passed(moves, mark)
    state(totals, moves)
    assert totals.notes() == []


@given(MOVES, st.integers(1, 3), st.integers(1, 300))
def test_every_statement_that_is_wrong_is_named(moves: list[tuple[str | None, int]], more: int, cents: int) -> None:
    totals = passed(moves)
    state(totals, moves, more, cents)
    assert [note.code for note in totals.notes()] == ["declared-count-differs"] * 3 + ["declared-sum-differs"] * 2
    for note in totals.notes()[:3]:
        assert int(note.values["declared"]) - int(note.values["found"]) == more
    for note in totals.notes()[3:]:
        assert Decimal(note.values["declared"]) - Decimal(note.values["found"]) == Decimal(cents) / 100


@given(MOVES, st.randoms())
def test_the_order_of_rows_makes_no_difference(moves: list[tuple[str | None, int]], random: object) -> None:
    shuffled = sorted(moves, key=lambda _: random.random())  # type: ignore[attr-defined]
    one, other = passed(moves), passed(shuffled)
    for totals in (one, other):
        state(totals, moves, cents=1)
    assert one.notes() == other.notes()


def test_the_first_statement_counts() -> None:
    totals = Totals(PATTERNS)
    totals.hear(["账号：甲", "共2笔"])
    totals.hear(["账号：乙 共3笔"])
    assert totals.declared == {"account": "甲", "count": 2}


def test_thousands_may_be_parted_and_other_lines_say_nothing() -> None:
    totals = passed([("in", 123_456_789)])
    totals.hear(["收入：1笔", "1,234,567.89元"])
    totals.hear(["注：本明细仅供参考"])
    assert totals.declared == {"in_count": 1, "in_sum": "1,234,567.89"}
    assert totals.notes() == []


def test_a_row_whose_amount_cannot_be_read_is_counted_all_the_same() -> None:
    totals = Totals(PATTERNS)
    for said in ("12.00", "坏", ""):
        totals.add("in", said)
    totals.hear(["收入：3笔 12.00元"])
    assert totals.notes() == []


def test_the_sign_of_an_amount_is_no_direction() -> None:
    totals = Totals(PATTERNS)
    totals.add("out", "-12.50")
    totals.add("out", "(1.50)")
    totals.hear(["支出：2笔 14.00元"])
    assert totals.notes() == []


def test_a_count_beyond_all_numbers_is_kept_as_it_is_said() -> None:
    totals = passed([("in", 100)])
    totals.hear([f"收入：{'1' * 5000}笔 1.00元"])
    assert (totals.declared["in_count"], totals.notes()) == ("1" * 5000, [])


def test_without_anything_to_hear_nothing_is_heard() -> None:
    totals = Totals({})
    totals.hear(["共2笔"])
    assert (totals.declared, totals.notes()) == ({}, [])
