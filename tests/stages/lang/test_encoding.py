from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stages.lang.encoding import HEAD, Decoded, Refused, decode, decode_lines, encoding_of, head_of


def orders(text: str) -> bool:
    return "订单编号" in text


def test_utf_8_comes_before_gb18030_which_would_take_it_too() -> None:
    data = "订单编号".encode()
    assert data.decode("gb18030")
    assert decode(data, signature=orders) == Decoded("订单编号", "utf-8")


def test_gb18030_needs_the_signature() -> None:
    data = "订单编号，客服".encode("gb18030")
    assert decode(data, signature=orders) == Decoded("订单编号，客服", "gb18030")
    assert decode(data) == Refused(0, ("utf-8",))


def test_western_text_is_not_taken_for_chinese() -> None:
    data = "naïve façade".encode("latin-1")
    assert data.decode("gb18030")
    assert isinstance(decode(data, signature=orders), Refused)


@pytest.mark.parametrize(
    ("mark", "codec", "name"),
    [
        (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
    ],
)
def test_a_mark_decides(mark: bytes, codec: str, name: str) -> None:
    data = mark + "订单\r\n".encode(codec)
    assert decode(data) == Decoded("订单\r\n", name)
    assert decode(data, declared="gb18030") == Decoded("订单\r\n", name)


def test_what_is_declared_is_kept_to() -> None:
    assert decode("é".encode("latin-1"), declared="latin-1") == Decoded("é", "latin-1")
    assert decode(b"\x80", declared="gb18030") == Refused(0, ("gb18030",))


@pytest.mark.parametrize("declared", ["no-such-codec", "hex", ""])
def test_a_codec_that_is_none_is_refused(declared: str) -> None:
    assert isinstance(decode(b"abc", declared=declared), Refused)


def test_the_byte_that_breaks_it_is_named() -> None:
    assert decode("订单".encode() + b"\x80") == Refused(6, ("utf-8",))
    data = "订单编号".encode("gb18030") + b"\x80\n"
    assert decode(data, signature=orders) == Refused(8, ("utf-8", "gb18030"))


def test_a_fault_far_into_the_file_is_found_at_its_place() -> None:
    good = "客".encode() * 400_000
    assert decode(good + b"\xff") == Refused(len(good), ("utf-8",))


def test_half_a_character_at_the_end_is_a_fault() -> None:
    assert decode("好的".encode()[:-1]) == Refused(3, ("utf-8",))


def test_utf_16_that_ends_in_half_a_unit_is_refused() -> None:
    assert isinstance(decode(codecs.BOM_UTF16_LE + b"a"), Refused)


def test_the_head_ends_between_characters() -> None:
    data = b"a" + "客".encode() * HEAD
    head = head_of(data)
    assert head is not None
    assert head.text == "a" + "客" * ((HEAD - 1) // 3)


def test_a_damaged_head_is_known_by_what_stands_before_the_fault() -> None:
    for encoding in ("utf-8", "gb18030"):
        head = head_of("订单编号\n".encode(encoding) + b"\xff", signature=orders)
        assert head == Decoded("订单编号\n", encoding)
    assert head_of(b"abc\xff", signature=orders) is None


def test_lines_that_do_not_decode_are_none() -> None:
    data = codecs.BOM_UTF8 + "一\r\n".encode() + b"\xff\n" + "三".encode()
    assert decode_lines(data, "utf-8-sig") == ["一", None, "三"]


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_utf_8_is_read_back(text: str) -> None:
    encoded = text.encode("utf-8", "surrogatepass")
    found = decode(b"x" + encoded)
    assert isinstance(found, Refused) or found.text == "x" + text


@given(st.text(alphabet=st.characters(codec="gb18030"), max_size=100))
@settings(max_examples=100, deadline=None)
def test_gb18030_is_read_back_unless_it_is_utf_8_as_well(text: str) -> None:
    data = ("订单编号" + text).encode("gb18030")
    found = decode(data, signature=orders)
    assert isinstance(found, Decoded)
    assert found.text == data.decode(found.encoding)


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_bytes_decode_or_name_a_byte(data: bytes) -> None:
    found = encoding_of(data, signature=lambda _: True)
    if isinstance(found, Refused):
        assert 0 <= found.offset <= len(data)
    else:
        data.decode(found)


@pytest.mark.parametrize("declared", ["utf-16", "utf-32"])
def test_a_declared_encoding_that_needs_a_mark_and_has_none(declared: str) -> None:
    data = "订单编号".encode("utf-16-le") * 4
    assert decode(data, declared=declared) == Refused(0, (declared,))
    assert head_of(data, declared=declared, signature=orders) is None


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@given(st.integers(0, 30), st.integers(0, 30))
@settings(max_examples=40, deadline=None)
def test_the_first_bad_byte_is_named_whatever_follows_it(encoding: str, before: int, after: int) -> None:
    good = ("订单编号" + "，客服" * before).encode(encoding)
    found = decode(good + b"\xff" + "好的".encode(encoding) * after, signature=orders)
    assert isinstance(found, Refused)
    assert found.offset == len(good) if found.tried[-1] == encoding else found.offset <= len(good)


def test_a_fault_where_two_pieces_meet_is_named_at_its_character() -> None:
    piece = 1 << 20
    for shift in range(3):
        good = b"a" * (piece - shift)
        assert decode(good + "客".encode()[:2] + b"a" * 10) == Refused(len(good), ("utf-8",))
        assert decode(good + "客户".encode() + b"a") == Decoded("a" * (piece - shift) + "客户a", "utf-8")


def test_lines_of_a_damaged_gb18030_text_fail_one_by_one() -> None:
    data = "订单编号\n".encode("gb18030") + b"\x80\n" + "好\r\n".encode("gb18030") + b"\xff"
    assert decode_lines(data, "gb18030") == ["订单编号", None, "好", None]


@given(
    st.lists(st.text(st.characters(codec="gb18030", exclude_characters="\r\n"), max_size=20), min_size=1, max_size=8)
)
@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_sound_lines_are_the_lines_of_the_text(encoding: str, lines: list[str]) -> None:
    data = ("\n".join(lines) + "\n").encode(encoding)
    assert decode_lines(data, encoding) == lines or data.startswith(codecs.BOM_UTF8)
