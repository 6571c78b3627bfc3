"""The items of JSON that may be broken: those that stand whole, each with the place it has in the whole."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.locate import Locator, reread
from stages.lang.items import fault_of, items_at, objects_in, top_of, top_values

DATA: dict[str, Any] = {
    "name": "店",
    "page": {"list": [{"id": 1}, {"id": 2, "in": {"x": [1, {"y": 2}]}}], "n": 2},
    "z": 3,
}


def values(data: bytes, *path: str) -> list[Any]:
    found = items_at(data, *path)
    assert found is not None
    return [json.loads(bytes(item)) for item in found.items]


def test_the_items_of_a_whole_file() -> None:
    data = json.dumps(DATA).encode()
    assert values(data, "page", "list") == DATA["page"]["list"]
    assert items_at(data, "page", "other") is None
    assert items_at(data, "name") is None
    assert fault_of(data) is None
    assert (top_of(data) or {}).keys() == DATA.keys()


def test_what_stands_whole_in_half_a_file() -> None:
    data = json.dumps(DATA).encode()
    cut = data[: data.index(b'"in"')]
    assert values(cut, "page", "list") == [{"id": 1}]
    assert fault_of(cut) == len(cut)
    assert top_values(cut).keys() == {"name"}
    assert top_values(data[: data.index(b'"z"')], "page").keys() == {"list", "n"}


def test_values_at_a_path_of_a_whole_file() -> None:
    assert top_values(json.dumps(DATA).encode(), "page").keys() == {"list", "n"}


def test_every_whole_object_has_its_pointer() -> None:
    found = {placed.pointer: json.loads(bytes(placed.raw)) for placed in objects_in(json.dumps(DATA).encode(), 9)}
    assert found == {
        "": DATA,
        "/page": DATA["page"],
        "/page/list/0": {"id": 1},
        "/page/list/1": DATA["page"]["list"][1],
        "/page/list/1/in": {"x": [1, {"y": 2}]},
        "/page/list/1/in/x/1": {"y": 2},
    }


@pytest.mark.parametrize(("deepest", "pointers"), [(0, [""]), (1, ["/page", ""])])
def test_objects_that_lie_deeper_are_left_out(deepest: int, pointers: list[str]) -> None:
    assert [placed.pointer for placed in objects_in(json.dumps(DATA).encode(), deepest)] == pointers


def test_keys_are_escaped_as_pointers_are() -> None:
    (inner, _) = objects_in(b'{"a/b~c": [0, {"x": "y"}]}', 3)
    assert inner.pointer == "/a~1b~0c/1"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('ab/~"', max_size=2), inner, max_size=3),
    max_leaves=12,
)


@given(JSON, st.integers(0, 60), st.booleans())
def test_an_object_stands_in_the_whole_where_it_is_said_to(value: Any, cut: int, pretty: bool) -> None:
    data = json.dumps(value, indent=1 if pretty else None).encode()
    for placed in objects_in(data[: max(0, len(data) - cut)], 20):
        assert json.loads(reread(data, Locator(pointer=placed.pointer))) == json.loads(bytes(placed.raw))


@given(st.binary(max_size=80))
def test_any_bytes(data: bytes) -> None:
    list(objects_in(data, 5))
    items_at(data, "a")
    top_values(data, "a")
    fault_of(data)
