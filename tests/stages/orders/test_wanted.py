"""Whose rows are kept: by any number that they bear, and nobody else's."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stages.lang.numbers import linked
from stages.orders.wanted import Wanted
from stages.sheets.container import Row

NUMBERS = st.sampled_from(["A1", "A2", "B1", "T200PA1", "B1_R1", "B1*2", "A1_x", "", "T1"])
RECORDS = st.lists(st.lists(NUMBERS, min_size=1, max_size=3), max_size=15)


def take_all(wanted: Wanted, records: list[list[str]]) -> Wanted:
    """Every row a record of its own, as in a bill."""
    for number, numbers in enumerate(records, start=1):
        wanted.take(str(number), tuple(numbers), 0, Row(number, numbers))
    return wanted


@given(RECORDS, st.sets(st.sampled_from(["A1", "B1", "X"]), min_size=1), st.sets(st.sampled_from(["A2", "B1_R9"])))
def test_a_row_is_kept_if_and_only_if_it_bears_a_number_that_is_asked_for(
    records: list[list[str]], only: set[str], links: set[str]
) -> None:
    wanted = take_all(Wanted(only, links), records)
    sought = {linked(number) for number in only | links}
    kept = {number for number, numbers in enumerate(records, start=1) if sought & set(map(linked, numbers))}
    assert {int(key) for key in wanted.kept} == kept
    assert wanted.kept_rows + wanted.other_rows == len(records)
    assert wanted.others == {str(number) for number in range(1, len(records) + 1)} - set(wanted.kept)


@given(RECORDS, st.sets(st.sampled_from(["A1", "B1", "X"]), min_size=1))
def test_what_no_row_bears_is_missing(records: list[list[str]], only: set[str]) -> None:
    wanted = take_all(Wanted(only), records)
    borne = {linked(number) for numbers in records for number in numbers}
    assert wanted.missing == tuple(sorted(number for number in only if number not in borne))


@given(RECORDS)
def test_links_alone_keep_their_own_rows(records: list[list[str]]) -> None:
    wanted = take_all(Wanted((), ("B1",)), records)
    kept = [row.cells for rows in wanted.kept.values() for _, row in rows]
    assert all("B1" in map(linked, cells) for cells in kept)
    note = wanted.note()
    assert (note is None) is (wanted.other_rows == 0)
    assert note is None or note.code == "other-orders-left-out"


@given(RECORDS)
def test_without_a_limit_everything_is_wanted(records: list[list[str]]) -> None:
    wanted = take_all(Wanted(None), records)
    assert (wanted.kept_rows, wanted.other_rows, wanted.missing, wanted.note()) == (len(records), 0, (), None)


def test_an_empty_number_joins_nothing() -> None:
    wanted = take_all(Wanted(("A1",), ("",)), [[""], ["", "A1"]])
    assert list(wanted.kept) == ["2"]


def test_the_only_record_is_read_without_being_named_and_the_first_of_two_is_not() -> None:
    one = Wanted(())
    for number in (2, 3):
        one.take("A", ("A",), 0, Row(number, ["A"]))
    assert (one.kept_rows, one.note()) == (2, None)
    one.take("B", ("B",), 0, Row(4, ["B"]))
    note = one.note()
    assert note is not None
    assert (one.kept_rows, note.code, note.values) == (0, "several-orders", {"orders": 2, "rows": 3})


def test_a_number_that_lost_its_last_digits_may_be_a_wanted_one_and_is_not_taken() -> None:
    ours, theirs = "2417325900034567890", "2417325900099999999"
    rounded, other = "2417325900034560000", "2417325900099990000"
    wanted = take_all(Wanted((ours,)), [[rounded], [other], [theirs], [ours], [rounded, "x"]])
    assert wanted.near == {ours: [(0, 1), (0, 5)]}
    assert wanted.kept_rows == 1
    assert take_all(Wanted(("P366374524942915524",)), [["P36637452494290000"]]).near == {}
