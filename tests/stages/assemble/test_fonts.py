"""Fonts: measured, resolved glyph by glyph, cut down to what is used."""

import io
from itertools import pairwise

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import MachineLacks
from stages.assemble import fonts as module
from stages.assemble.fonts import Family, FontFile, Fonts, find, tools


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


def test_ascii_is_in_every_face(fonts: Fonts) -> None:
    for face in ("regular", "bold", "mono"):
        found = [fonts.resolve(chr(code), face) for code in range(0x20, 0x7F)]
        assert all(one is not None and one[0] == face for one in found)


def test_digits_of_the_typewriter_face_are_all_as_wide(fonts: Fonts) -> None:
    assert len({fonts.advance(char, "mono") for char in "0123456789abcdef"}) == 1


def test_a_width_is_the_sum_of_its_advances(fonts: Fonts) -> None:
    text = "证据 5-1：SF3006 ≈ 😀"
    assert fonts.width(text, "regular", 9) == pytest.approx(sum(fonts.advance(char, "regular") * 9 for char in text))
    assert fonts.width("", "regular", 9) == 0


def test_what_no_font_has_has_no_width(fonts: Fonts) -> None:
    with pytest.raises(LookupError, match="U\\+10FFFD"):
        fonts.advance("\U0010fffd", "regular")


def test_nothing_has_no_runs(fonts: Fonts) -> None:
    assert fonts.runs("", "regular") == []


def test_a_half_of_a_pair_is_named_and_not_printed(fonts: Fonts) -> None:
    assert fonts.printable("a\ud83db") == "a〔U+D83D〕b"


def test_skin_tones_and_joiners_go_and_the_picture_stays(fonts: Fonts) -> None:
    assert fonts.printable("👍\U0001f3fd") == "👍"
    assert fonts.printable("👨\u200d👩") == "👨👩"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["regular", "bold", "mono"]))
def test_whatever_comes_can_be_measured_and_set_in_runs(fonts: Fonts, text: str, face: str) -> None:
    shown = fonts.printable(text, face)
    assert fonts.printable(shown, face) == shown
    plain = shown.replace("\n", "")
    assert fonts.width(plain, face, 10) >= 0
    runs = fonts.runs(plain, face)
    assert "".join(run for _, run in runs) == plain
    assert all(one[0] != other[0] for one, other in pairwise(runs))
    assert all(fonts.resolve(char, face) == fonts.resolve(char, name) for name, run in runs for char in run)


@settings(max_examples=15, deadline=None)
@given(st.text(alphabet="买家说下单一周没发货ABCabc0123，。“”（）¥%≈—…", min_size=1, max_size=30))
def test_a_subset_holds_each_used_character_with_its_own_width_and_shape(fonts: Fonts, text: str) -> None:
    subset = fonts.subset("regular", text)
    font = TTFont(io.BytesIO(subset.ttf))
    cmap, order = font.getBestCmap(), font.getGlyphOrder()
    assert set(cmap) == {ord(char) for char in text}
    assert subset.codes == {char: order.index(cmap[ord(char)]) for char in set(text)}
    for char, code in subset.codes.items():
        assert subset.advances[code] == pytest.approx(fonts.advance(char, "regular") * 1000, abs=0.001)
        assert font["glyf"][order[code]].numberOfContours > 0
    assert len(subset.advances) == len(order)


def test_a_subset_carries_no_names_of_its_glyphs(fonts: Fonts) -> None:
    assert TTFont(io.BytesIO(fonts.subset("regular", "好").ttf))["post"].formatType == 3


def test_bounds_hold_what_is_drawn(fonts: Fonts) -> None:
    subset = fonts.subset("regular", "发货g|")
    font = TTFont(io.BytesIO(subset.ttf))
    left, low, right, high = subset.bounds
    for name in font.getGlyphOrder()[1:]:
        glyph = font["glyf"][name]
        assert left <= glyph.xMin <= glyph.xMax <= right
        assert low <= glyph.yMin <= glyph.yMax <= high
    assert subset.descent < 0 < subset.ascent


def test_a_run_that_no_font_has_is_counted_and_each_of_it_remembered() -> None:
    with Fonts(*find()) as fonts:
        assert fonts.printable("很好 \uac00\u0939\u093f \u0926ok").endswith("〔3 个字符无法显示〕ok")
        assert set(fonts.missing) >= {"\u0939", "\u093f", "\u0926"}
        assert fonts.printable("\u0939") == "〔U+0939〕"


def test_quotation_marks_of_latin_text_are_as_wide_as_they_look() -> None:
    with Fonts(*find(), latin=True) as latin, Fonts(*find()) as chinese:
        assert chinese.advance("“", "regular") == 1
        assert latin.advance("“", "regular") < 0.6
        assert latin.advance("’", "bold") < 0.6
        assert latin.printable("\u0939") == "[U+0939]"


@pytest.mark.parametrize("file", [find()[0].regular, find()[0].mono, *find()[1]], ids=str)
def test_an_advance_is_that_of_the_decoded_table(file: FontFile) -> None:
    with TTFont(file.path, fontNumber=file.number if file.path.endswith(".ttc") else -1, lazy=True) as font:
        characters, widths, em = font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm
    one = Family(file, file, file)
    with Fonts(one, ()) as fonts:
        some = [*characters.items()][::97]
        assert [fonts.advance(chr(code), "regular") for code, _ in some] == [widths[name][0] / em for _, name in some]
