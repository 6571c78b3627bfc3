"""Which conversations of a file may be read."""

from __future__ import annotations

import pytest

from stages.chats import Params
from stages.chats.common.choice import chosen

CHATS = {"林小姐": ["林小姐", "小安"], "售后群": ["momo酱", "2837465001"], "老王": ["老王"]}


@pytest.mark.parametrize(
    ("customers", "names"),
    [
        (("林小姐",), {"林小姐"}),
        (("momo酱",), {"售后群"}),
        (("2837465001",), {"售后群"}),
        (("MOMO酱 ",), {"售后群"}),
        (("林小姐\u200b", "老王"), {"林小姐", "老王"}),
        (("售后群",), {"售后群"}),
        (("momo",), set()),
        ((), set()),
    ],
)
def test_of_several_only_those_with_a_customer(customers: tuple[str, ...], names: set[str]) -> None:
    assert chosen(CHATS, Params(customers=customers)) == names


def test_without_a_case_all_are_read() -> None:
    assert chosen(CHATS, Params()) == set(CHATS)


@pytest.mark.parametrize("customers", [None, (), ("谁",)])
def test_a_single_conversation_is_always_read(customers: tuple[str, ...] | None) -> None:
    assert chosen({"老王": ["老王"]}, Params(customers=customers)) == {"老王"}
    assert chosen({}, Params(customers=customers)) == set()
