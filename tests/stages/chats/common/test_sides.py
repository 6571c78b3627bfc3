"""Whose side a name is on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Person, Side
from stages.chats.common.sides import side_of, sides_of

BUYER = Person(name="momo酱", aliases=("林小姐", "xhs-1"), side="customer")
SHOP = Person(name="初晴女装", side="applicant")
FRIEND = Person(name="老王", side="other")


def test_the_case_names_sides() -> None:
    assert sides_of(["林小姐", "初晴女装", "路人"], None, [BUYER, SHOP]) == {
        "林小姐": "other",
        "初晴女装": "self",
        "路人": "unknown",
    }


def test_a_person_of_neither_side_is_unknown() -> None:
    assert sides_of(["老王"], None, [FRIEND]) == {"老王": "unknown"}


def test_a_name_given_two_sides_is_unknown() -> None:
    twice = Person(name="林小姐", side="applicant")
    assert sides_of(["林小姐"], None, [BUYER, twice]) == {"林小姐": "unknown"}


def test_of_two_people_the_second_is_the_other_side() -> None:
    assert sides_of(["林小姐", "阿青"], ("林小姐", "阿青"), [BUYER]) == {"林小姐": "other", "阿青": "self"}
    assert sides_of(["阿青", "林小姐"], ("林小姐", "阿青"), [SHOP]) == {"阿青": "unknown", "林小姐": "unknown"}


def test_the_title_may_call_a_sender_otherwise() -> None:
    assert sides_of(["备注名", "阿青"], ("林小姐", "阿青"), [BUYER]) == {"备注名": "other", "阿青": "self"}


def test_in_a_group_nothing_follows() -> None:
    assert sides_of(["林小姐", "阿青", "老王"], None, [BUYER])["阿青"] == "unknown"


def test_two_people_of_one_name_are_not_told_apart() -> None:
    assert sides_of(["林小姐"], ("林小姐", "林小姐"), [BUYER]) == {"林小姐": "unknown"}


@pytest.mark.parametrize(
    ("names", "own", "private", "side"),
    [
        (["阿青"], True, True, "self"),
        (["阿青"], True, False, "self"),
        (["谁"], False, True, "other"),
        (["谁"], False, False, "unknown"),
        (["谁"], False, None, "unknown"),
        (["谁"], None, True, "unknown"),
        (["林小姐"], None, None, "other"),
        ([None, "xhs-1"], None, False, "other"),
        (["初晴女装"], False, True, "self"),
        (["林小姐"], True, True, "other"),
        ([None], True, None, "self"),
        ([], False, True, "other"),
    ],
)
def test_the_side_of_a_message(names: list[str | None], own: bool | None, private: bool | None, side: Side) -> None:
    assert side_of(names, [BUYER, SHOP, FRIEND], own=own, private=private) == side


def test_names_of_two_sides_leave_it_to_the_file() -> None:
    assert side_of(["林小姐", "初晴女装"], [BUYER, SHOP], own=True, private=True) == "self"


@given(st.lists(st.sampled_from(["林小姐", "初晴女装", "甲", "乙"]), max_size=6))
def test_every_sender_has_a_side(names: list[str]) -> None:
    assert set(sides_of(names, None, [BUYER, SHOP])) == set(names)
