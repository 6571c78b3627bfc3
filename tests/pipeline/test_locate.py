"""Locators: a closed set of places, each of which can be read again."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.locate import WHOLE, Locator, Unlocatable, lines_of, reread
from pipeline.model import decode, encode


@pytest.mark.parametrize(
    ("where", "shown"),
    [
        (WHOLE, {"whole": True}),
        (Locator(lines=(3, 4)), {"lines": [3, 4]}),
        (Locator(sheet="订单", rows=(17, 18)), {"sheet": "订单", "rows": [17, 18]}),
        (Locator(sheet="", rows=(2,)), {"sheet": "", "rows": [2]}),
        (Locator(pointer="/messages/3"), {"pointer": "/messages/3"}),
        (Locator(page=2, box=(1, 2, 3, 4)), {"page": 2, "box": [1, 2, 3, 4]}),
        (Locator(box=(1, 2, 3, 4)), {"box": [1, 2, 3, 4]}),
        (Locator(frame=1, box=(0, 0, 1, 1)), {"frame": 1, "box": [0, 0, 1, 1]}),
        (Locator(member="a.txt", lines=(1, 1)), {"member": "a.txt", "lines": [1, 1]}),
        (Locator(member="a.txt"), {"member": "a.txt"}),
        (Locator(tag="EXIF DateTimeOriginal"), {"tag": "EXIF DateTimeOriginal"}),
    ],
)
def test_json_is_the_interface_where(where: Locator, shown: dict[str, object]) -> None:
    assert json.loads(encode(where)) == shown
    assert decode(encode(where), Locator) == where


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"whole": True, "lines": (1, 2)},
        {"rows": (1,)},
        {"sheet": "x"},
        {"lines": (0, 1)},
        {"lines": (3, 2)},
        {"sheet": "", "rows": ()},
        {"sheet": "", "rows": (0,)},
        {"box": (5, 0, 1, 1)},
        {"span": (4, 2)},
        {"pointer": "/a", "tag": "b"},
    ],
)
def test_what_is_no_place_cannot_be_constructed(wrong: dict[str, object]) -> None:
    with pytest.raises((ValueError, TypeError)):
        Locator(**wrong)  # type: ignore[arg-type]


def test_lines_split_at_lf_and_crlf_only() -> None:
    assert lines_of("a\r\nb\u2028c\x0bd\x85e\nf\n") == ["a", "b\u2028c\x0bd\x85e", "f"]
    assert lines_of("") == []
    assert lines_of("\n\n") == ["", ""]


@given(st.lists(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"])), min_size=1, max_size=8))
@settings(deadline=None)
def test_every_line_is_read_again(lines: list[str]) -> None:
    data = "".join(line + "\n" for line in lines).encode()
    whole = data.decode("utf-8-sig")
    for number, line in enumerate(lines_of(whole), 1):
        assert reread(data, Locator(lines=(number, number))) == line


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.dictionaries(st.text(), inner, max_size=3),
    )
)
@settings(deadline=None, max_examples=60)
def test_every_pointer_is_read_again(value: object) -> None:
    document = {"a/b~c": [value]}
    found = reread(json.dumps(document).encode(), Locator(pointer="/a~1b~0c/0"))
    assert found == (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True))


def test_spans_and_the_whole_are_bytes() -> None:
    assert reread(b"abcdef", Locator(span=(1, 3))) == b"bc"
    assert reread(b"abc", WHOLE) == b"abc"


@pytest.mark.parametrize("name", ["聊天.txt", "plain.txt"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_member_is_found_under_its_true_name(name: str, encoding: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        info = zipfile.ZipInfo("x" * len(name.encode(encoding)))
        archive.writestr(info, "一行\n二行\n")
    data = packed.getvalue().replace(b"x" * len(name.encode(encoding)), name.encode(encoding))
    assert reread(data, Locator(member=name, lines=(2, 2))) == "二行"
    assert reread(data, Locator(member=name)) == "一行\n二行\n".encode()


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b"a\n", Locator(lines=(1, 2))),
        (b"\xff", Locator(lines=(1, 1))),
        (b"{}", Locator(pointer="/a")),
        (b"no json", Locator(pointer="/a")),
        (b"[1]", Locator(pointer="/7")),
        (b"ab", Locator(span=(0, 3))),
        (b"no zip", Locator(member="a")),
        (b"picture", Locator(box=(0, 0, 1, 1))),
        (b"sheet", Locator(sheet="", rows=(1,))),
    ],
)
def test_what_is_not_there_is_said(data: bytes, where: Locator) -> None:
    with pytest.raises(Unlocatable):
        reread(data, where)


def test_places_sort_as_one_reads() -> None:
    places = [
        Locator(pointer="/messages/10"),
        Locator(pointer="/messages/9"),
        Locator(lines=(2, 3)),
        Locator(lines=(1, 9)),
        Locator(box=(0, 50, 5, 60)),
        Locator(box=(0, 10, 5, 20)),
    ]
    ordered = sorted(places, key=lambda where: where.sort_key())
    assert ordered.index(Locator(pointer="/messages/9")) < ordered.index(Locator(pointer="/messages/10"))
    assert ordered.index(Locator(lines=(1, 9))) < ordered.index(Locator(lines=(2, 3)))
    assert ordered.index(Locator(box=(0, 10, 5, 20))) < ordered.index(Locator(box=(0, 50, 5, 60)))


def test_places_with_numbers_that_nobody_counts_have_an_order_too() -> None:
    places = [Locator(pointer=f"/{'1' * 5000}/{number}") for number in (10, 9)]
    assert sorted(places, key=Locator.sort_key) == places[::-1]
