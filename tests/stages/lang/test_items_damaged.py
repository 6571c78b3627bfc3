"""Items of JSON lists: whole files, half files, broken items, and what would exhaust a careless reader."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stages.lang.items import Items, fault_of, items_at, top_of, top_values

DOCUMENT = '{"a": {"list": [{"n": 1}, {"n": "二"}, 3, "四", null, [5], true]}, "list": [0], "z": {"list": []}}'.encode()
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def raws(items: Items | None) -> list[bytes]:
    assert items is not None
    return [bytes(item) for item in items.items]


def decoded(items: Items | None) -> list[Any]:
    return [msgspec.json.decode(raw) for raw in raws(items)]


def test_a_list_is_given_item_by_item() -> None:
    assert decoded(items_at(DOCUMENT, "a", "list")) == [{"n": 1}, {"n": "二"}, 3, "四", None, [5], True]
    assert decoded(items_at(DOCUMENT, "list")) == [0]
    assert decoded(items_at(b"[1, 2]")) == [1, 2]


def test_a_mark_at_the_start_makes_no_difference() -> None:
    assert decoded(items_at(b"\xef\xbb\xbf" + DOCUMENT, "list")) == [0]
    assert top_of(b'\xef\xbb\xbf{"a": 1}') is not None


@pytest.mark.parametrize("path", [("b",), ("a", "b"), ("a",), ("list", "a"), ()])
def test_what_is_no_list_is_none(path: tuple[str, ...]) -> None:
    assert items_at(DOCUMENT, *path) is None


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"[", b"{", b"not JSON", b'{"list"', b'{"list": ['])
def test_what_holds_no_item_is_none(data: bytes) -> None:
    assert items_at(data, "list") is None
    assert top_of(data) is None
    assert top_values(data) == {}


def test_half_a_file_gives_the_items_before_its_end() -> None:
    half = DOCUMENT[: DOCUMENT.index("四".encode())]
    found = items_at(half, "a", "list")
    assert decoded(found) == [{"n": 1}, {"n": "二"}, 3]
    assert found is not None
    assert half[: found.fault].endswith(b"3")


@given(st.lists(VALUES, min_size=1), st.integers(min_value=0))
def test_every_half_gives_a_beginning(values: list[Any], place: int) -> None:
    data = json.dumps({"x": 1, "items": values}).encode()
    cut = data[: place % len(data)]
    found = items_at(cut, "items")
    if found is None:
        return
    whole = [msgspec.json.decode(raw) for raw in raws(found)[:-1]]
    assert whole == values[: len(whole)]
    assert found.fault is not None
    assert found.fault <= len(cut)


@pytest.mark.parametrize("bad", [b'"x\xff\xfey"', b'"x\x00y"', b"NaN", b"1e", b'{"n": Infinity}', b"tru", b"01"])
def test_a_broken_item_leaves_the_others(bad: bytes) -> None:
    found = items_at(b'{"items": [1, {"a": ' + bad + b'}, 3], "after": 4}', "items")
    given_items = raws(found)
    assert found is not None
    assert found.fault is None
    assert [given_items[0], given_items[2]] == [b"1", b"3"]
    with pytest.raises((msgspec.DecodeError, UnicodeDecodeError)):
        msgspec.json.decode(given_items[1])


def test_what_follows_the_document_is_its_fault() -> None:
    found = items_at(b'{"items": [1, 2]} and more', "items")
    assert decoded(found) == [1, 2]
    assert found is not None
    assert found.fault is not None


def test_a_break_outside_the_list_is_the_fault() -> None:
    data = b'{"head": NaN, "items": [1, 2]}'
    found = items_at(data, "items")
    assert decoded(found) == [1, 2]
    assert found is not None
    assert found.fault is not None
    assert data[found.fault :].startswith(b"NaN")


@pytest.mark.parametrize("closed", [True, False])
def test_deep_nesting_is_no_danger(closed: bool) -> None:
    deep = b"[" * 200_000 + (b"]" * 200_000 + b"]}" if closed else b"")
    found = items_at(b'{"items": [{"a": 1}, ' + deep, "items")
    assert raws(found)[0] == b'{"a": 1}'
    assert fault_of(deep) is not None
    assert top_of(b'{"a": ' + deep) is None


def test_huge_numbers_are_kept_as_they_stand() -> None:
    number = b"9" * 5000
    assert raws(items_at(b"[" + number + b", 1e999]")) == [number, b"1e999"]
    assert raws(items_at(b"[" + number + b", 1e999, "))[:2] == [number, b"1e999"]


def test_brackets_and_quotes_inside_texts_do_not_count() -> None:
    tricky = ['"]}', "\\", '\\"[', "{", "'"]
    cut = json.dumps({"list": tricky}).encode()[:-2]
    assert decoded(items_at(cut, "list")) == tricky


def test_a_key_of_the_same_name_elsewhere_is_not_taken() -> None:
    cut = b'{"inner": {"list": [9]}, "text": "list", "list": [1, 2'
    assert decoded(items_at(cut, "list"))[0] == 1


def test_many_unclosed_quotes_take_linear_time() -> None:
    assert items_at(b'{"list": [1, ' + b'"a\\' * 200_000, "list") is not None


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"[1]", None),
        (b"[1", 2),
        (b"[1]x", 4),
        (b"[tru]", 2),
        (b'["a\xff"]', None),
        (b"", 0),
        (b"\xef\xbb\xbf", 3),
        (b"\xef\xbb\xbf[NaN]", 4),
    ],
)
def test_the_fault_is_where_json_ends(data: bytes, fault: int | None) -> None:
    assert fault_of(data) == fault


def test_the_values_at_the_top() -> None:
    assert {key: bytes(raw) for key, raw in top_values(b'{"a": 1, "b": [2], "c": "x"}').items()} == {
        "a": b"1",
        "b": b"[2]",
        "c": b'"x"',
    }


def test_the_whole_values_at_the_top_of_half_a_file() -> None:
    found = top_values(b'{"meta": {"name": "x", "n": {"meta": 1}}, "n": 5, "list": [1, 2')
    assert {key: bytes(raw) for key, raw in found.items()} == {"meta": b'{"name": "x", "n": {"meta": 1}}', "n": b"5"}


def test_a_list_at_the_top_has_no_values_by_name() -> None:
    assert top_values(b"[1, 2") == {}


@given(st.binary(max_size=200))
def test_any_bytes_are_taken(data: bytes) -> None:
    for text in (data, b'{"list": [' + data, b'[{"a": "' + data):
        items_at(text, "list")
        items_at(text)
        fault_of(text)
        top_of(text)
        top_values(text)
