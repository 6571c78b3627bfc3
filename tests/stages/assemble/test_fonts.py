"""Fonts: measured, resolved glyph by glyph, cut down to what is used."""

import io
from collections.abc import Iterator

import pytest
from fontTools.ttLib import TTFont

from pipeline.errors import MachineLacks
from stages.assemble import fonts as module
from stages.assemble.fonts import Family, FontFile, Fonts, find, tools


@pytest.fixture(scope="module")
def fonts() -> Iterator[Fonts]:
    with Fonts(*find()) as fonts:
        yield fonts


def test_chinese_is_one_em_wide(fonts: Fonts) -> None:
    assert fonts.width("买家", "regular", 10) == 20
    assert 0 < fonts.width("a", "regular", 10) < 10


def test_a_character_that_the_family_lacks_comes_from_the_symbols() -> None:
    with Fonts(*find()) as fonts:
        assert [face for face, _ in fonts.runs("好😀了", "regular")] == ["regular", "symbols0", "regular"]


def test_a_character_that_no_font_has_is_named(fonts: Fonts) -> None:
    assert fonts.printable("a\U0010fffdb") == "a〔U+10FFFD〕b"
    assert fonts.missing["\U0010fffd"] == "〔U+10FFFD〕"


def test_marks_that_are_not_seen_go_and_blanks_become_blanks(fonts: Fonts) -> None:
    assert fonts.printable("\u202e好\ufe0f\u200b\t了\r\u2028") == "好  了\n"


def test_control_characters_are_named(fonts: Fonts) -> None:
    assert fonts.printable("a\x07") == "a〔U+0007〕"


def test_a_subset_has_just_the_used_glyphs_in_the_order_of_their_characters(fonts: Fonts) -> None:
    subset = fonts.subset("bold", "货发a")
    font = TTFont(io.BytesIO(subset.ttf))
    assert subset.codes == {"a": 1, "发": 2, "货": 3}
    assert font.getGlyphOrder()[0] == ".notdef"
    assert len(font.getGlyphOrder()) == 4
    assert font["glyf"][font.getGlyphOrder()[3]].numberOfContours > 0
    assert subset.advances[2:] == (1000, 1000)


def test_the_same_characters_give_the_same_bytes() -> None:
    made = []
    for text in ("发货了", "了货发发"):
        with Fonts(*find()) as fonts:
            made.append(fonts.subset("regular", text).ttf)
    assert made[0] == made[1]


def test_symbols_with_quadratic_outlines_are_cut_out_too(fonts: Fonts) -> None:
    subset = fonts.subset("symbols0", "😀")
    assert len(TTFont(io.BytesIO(subset.ttf)).getGlyphOrder()) == 2


def test_a_machine_without_a_font_is_told_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = FontFile("/nowhere/font.ttf")
    monkeypatch.setattr(module, "FAMILIES", (Family(nowhere, nowhere, nowhere),))
    with pytest.raises(MachineLacks) as caught:
        find()
    assert caught.value.code == "font-missing"
    assert "fonts-noto-cjk" in caught.value.say("zh-CN")


def test_fonts_are_fingerprinted_by_what_they_hold() -> None:
    found = tools()
    assert [tool.name for tool in found[:3]] == ["font-regular", "font-bold", "font-mono"]
    assert all("/" not in tool.version for tool in found)
    assert found == tools()
