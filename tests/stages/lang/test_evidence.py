"""A name in case.toml means one exhibit, none, or is an error that lists the candidates."""

from __future__ import annotations

import unicodedata

import msgspec
import pytest

from pipeline.errors import UsageError
from stages.lang.evidence import matching
from tests.made import exhibit

EXHIBITS = (
    exhibit("1", "截图/订单.png"),
    exhibit("2", "旧/订单.png"),
    exhibit("3", "a.zip/_chat.txt"),
    exhibit("4", "é.txt"),
)


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("截图/订单.png", ["1"]),
        ("inbox/旧/订单.png", ["2"]),
        ("a.zip/_chat.txt", ["3"]),
        ("_chat.txt", ["3"]),
        (unicodedata.normalize("NFD", "é.txt"), ["4"]),
        ("没有.png", []),
    ],
)
def test_names(name: str, labels: list[str]) -> None:
    assert [found.label for found in matching(name, EXHIBITS)] == labels


def test_a_base_name_that_two_files_have_is_an_error_that_lists_both() -> None:
    with pytest.raises(UsageError) as caught:
        matching("订单.png", EXHIBITS)
    assert "截图/订单.png" in str(caught.value)
    assert "旧/订单.png" in str(caught.value)


def test_a_withdrawn_exhibit_is_not_meant() -> None:
    gone = msgspec.structs.replace(EXHIBITS[1], withdrawn=True)
    assert [found.label for found in matching("订单.png", (EXHIBITS[0], gone))] == ["1"]
