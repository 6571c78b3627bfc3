"""No hidden word can be found again: not in the text that stays, not in the pixels, not in what others extract."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from pipeline.contract import Inputs
from pipeline.locate import Locator
from pipeline.model import Line, Word
from stages.assemble import STAGE
from stages.assemble.fonts import Fonts, find
from stages.assemble.masks import Privacy, seen
from tests.stages.assemble import sample
from tests.stages.assemble.drawing import edited
from tests.stages.assemble.test_pictures import embedded, in_a_file, shot

NAME, ADDRESS = "林小夏", "浙江省杭州市西湖区梧桐路88号3栋1202室"
HOUSE = "梧桐路88号3栋1202室"
RULES = Privacy(names=(NAME,), addresses=(ADDRESS,))
SIZE, TOP, LEFT = 44, 20, 30
SECRETS = (NAME, "15912349938", "159 1234 9938", "330106199003071234", "lin.xia@example.cn", HOUSE)
AROUND = ("", "收货人：", "电话", "好的，", " ", "iiii ", "WWW ", "Tel. ", "，请查收", "／", "订单 12 ", "微信")


@cache
def font() -> ImageFont.FreeTypeFont:
    face = find()[0].regular
    return ImageFont.truetype(face.path, SIZE, index=face.number)


def x_of(text: str, at: int) -> float:
    """Where a character of a line begins."""
    return LEFT + font().getlength(text[:at])


def line(text: str, cuts: frozenset[int] | None) -> Line:
    """A line as an engine reads it: words end at blanks and at `cuts`; without words if `cuts` is None."""
    top, bottom = TOP + SIZE * 0.2, TOP + SIZE * 1.3
    words, start = [], 0
    for at in range(1, len(text) + 1) if cuts is not None else ():
        if at == len(text) or text[at] == " " or text[at - 1] == " " or at in (cuts or ()):
            if text[start:at].strip():
                box = (x_of(text, start), top, x_of(text, at), bottom)
                words.append(Word(text=text[start:at], box=box, confidence=0.9))
            start = at
    box = (float(LEFT), top, x_of(text, len(text)), bottom)
    return Line(where=Locator(box=box), text=text, box=box, confidence=0.9, words=tuple(words))


LINES = st.tuples(st.sampled_from(AROUND), st.sampled_from(SECRETS), st.sampled_from(AROUND))
CUTS = st.none() | st.frozensets(st.integers(1, 40), max_size=12)


def covered(text: str, secret: str, boxes: tuple[tuple[float, float, float, float], ...]) -> bool:
    """Whether every character of a secret lies under the masks, but for its side bearings."""
    start = text.index(secret)
    return all(
        any(box[0] <= x_of(text, at) + SIZE * 0.06 and x_of(text, at + 1) - SIZE * 0.06 <= box[2] for box in boxes)
        for at in range(start, start + len(secret))
        if text[at] != " "
    )


def told(text: str, secret: str) -> bool:
    """Whether a line gives its secret away as such: a number that runs on into others is none."""
    return any(text[found.start : found.end] == secret for found in RULES.spans(text))


@settings(max_examples=100, deadline=None)
@given(LINES, CUTS)
def test_what_is_hidden_is_covered_and_leaves_the_text(
    parts: tuple[str, str, str], cuts: frozenset[int] | None
) -> None:
    text, secret = "".join(parts).strip(), parts[1]
    (found,) = seen([line(text, cuts)], RULES)
    if told(text, secret):
        assert covered(text, secret, found.hidden)
    left = "".join(part for _, part in found.text)
    assert all(hidden not in left for hidden in SECRETS if told(text, hidden))


@settings(max_examples=60, deadline=None)
@given(LINES, st.frozensets(st.integers(1, 40), max_size=12), st.data())
def test_words_that_are_missing_leave_nothing_open(
    parts: tuple[str, str, str], cuts: frozenset[int], data: st.DataObject
) -> None:
    text, secret = "".join(parts).strip(), parts[1]
    whole = line(text, cuts)
    kept = data.draw(st.sets(st.sampled_from(range(len(whole.words)))))
    (found,) = seen([edited(whole, words=tuple(whole.words[at] for at in sorted(kept)))], RULES)
    if told(text, secret):
        assert found.hidden
        assert covered(text, secret, found.hidden)


@settings(max_examples=60, deadline=None)
@given(LINES, CUTS)
def test_what_stays_is_not_lost(parts: tuple[str, str, str], cuts: frozenset[int] | None) -> None:
    text = "".join(parts).strip()
    hidden = RULES.spans(text)
    (found,) = seen([line(text, cuts)], RULES)
    open_text = "".join(char for at, char in enumerate(text) if not any(one.start <= at < one.end for one in hidden))
    assert "".join("".join(part for _, part in found.text).split()) == "".join(open_text.split())


@settings(max_examples=25, deadline=None)
@given(LINES, CUTS, st.sampled_from(["PNG", "JPEG"]))
def test_no_stroke_of_a_hidden_word_is_left_in_the_picture(
    fonts: Fonts, tmp_path_factory: pytest.TempPathFactory, parts: tuple[str, str, str], cuts: frozenset[int] | None,
    kind: str,
) -> None:  # fmt: skip
    text, secret = "".join(parts).strip(), parts[1]
    folder = tmp_path_factory.mktemp("masked")
    image = Image.new("RGB", (1100, 100), "white")
    ImageDraw.Draw(image).text((LEFT, TOP), text, (27, 29, 33), font())
    source = folder / "source"
    image.save(source, kind)
    pictures, made = shot(source, line(text, cuts), rules=RULES)
    ((pixels, _),) = embedded(in_a_file(fonts, folder, pictures, made))
    if told(text, secret):
        start = text.index(secret)
        left, right = x_of(text, start) + 3, x_of(text, start + len(secret)) - 3
        masked = pixels[TOP + 10 : TOP + 54, int(left) : int(right)].astype(int)
        assert np.ptp(masked, axis=(0, 1)).max() < (1 if kind == "PNG" else 40)


@pytest.fixture(scope="session")
def photographed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case in which personal data stands in every field that a person can fill."""
    case = sample.make(tmp_path_factory.mktemp("photographed"), attach="manifest")
    secret = f"{sample.BUYER} {sample.PHONE} {sample.DISTRICT}{sample.HOUSE}"
    declared = case.params.case
    claim = edited(declared.claims[0], answer=secret)
    written = edited(
        declared,
        title=f"关于{secret}的申诉",
        appeal=edited(declared.appeal, request=secret, statement=f"{secret}。\n\n{secret}"),
        claims=(claim,),
    )
    appraisal = case.inputs.documents["appraise"]
    findings = tuple(edited(one, says=f"{one.says}{secret}", answer=secret) for one in appraisal.statements)
    timeline = case.inputs.documents["timeline"]
    events = tuple(edited(one, text=secret) for one in timeline.events)
    marks = edited(
        case.inputs.documents["annotate"],
        marks=tuple(edited(mark, title=secret, text=secret) for mark in case.inputs.documents["annotate"].marks),
    )
    inputs = Inputs(
        items=case.inputs.items, custody=case.inputs.custody, path=case.inputs.path, scratch=case.inputs.scratch,
        documents={
            "timeline": edited(timeline, events=events), "annotate": marks,
            "appraise": edited(appraisal, headline=secret, statements=findings, statement=(secret,)),
        },
    )  # fmt: skip
    path = STAGE.run(inputs, edited(case.params, case=written)).files["dossier.pdf"]
    assert isinstance(path, Path)
    return path


@pytest.mark.parametrize("options", [(), ("-raw",), ("-layout",)])
def test_what_others_extract_holds_no_secret(photographed: Path, options: tuple[str, ...]) -> None:
    done = subprocess.run(["pdftotext", *options, str(photographed), "-"], capture_output=True, check=True)
    said = "".join(done.stdout.decode().split())
    assert "159****9938" in said
    for secret in (sample.PHONE, sample.BUYER, sample.HOUSE, "梧桐路88号", "1202室"):
        assert secret not in said


def test_title_and_outline_hold_no_secret(photographed: Path) -> None:
    done = subprocess.run(["pdfinfo", "-enc", "UTF-8", str(photographed)], capture_output=True, check=True)
    said = done.stdout.decode()
    assert "159****9938" in said
    assert sample.PHONE not in said
    assert sample.BUYER not in said
