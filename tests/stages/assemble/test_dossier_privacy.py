"""Nothing that is hidden can be found again: not in text, not in pixels, not in the file's own words."""

from __future__ import annotations

import re

import numpy as np
import pikepdf
import pypdfium2
import pytest

from tests.stages.assemble import sample
from tests.stages.assemble.conftest import Build, Built

SECRETS = (sample.PHONE, sample.BUYER, sample.HOUSE, "梧桐路", "1202室")


@pytest.fixture(scope="module", params=["zh-CN", "en"])
def built(build: Build, request: pytest.FixtureRequest) -> Built:
    return build(language=request.param)


def text_of(built: Built) -> str:
    document = pypdfium2.PdfDocument(built.pdf)
    try:
        return "".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


@pytest.mark.parametrize("secret", SECRETS)
def test_no_text_says_it(built: Built, secret: str) -> None:
    assert secret not in re.sub(r"\s", "", text_of(built))


@pytest.mark.parametrize("secret", SECRETS)
def test_no_object_of_the_file_says_it(built: Built, secret: str) -> None:
    wide = secret.encode("utf-16-be").hex().upper().encode()
    data = built.pdf.read_bytes()
    assert wide not in data.upper()
    assert secret.encode() not in data
    with pikepdf.open(built.pdf) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") != pikepdf.Name.Image:
                content = thing.read_bytes()
                assert secret.encode() not in content
                assert wide not in content.upper()


def test_what_identifies_order_and_parcel_stays(built: Built) -> None:
    text = text_of(built)
    assert sample.ORDER in text
    assert sample.PARCEL in text
    assert "momo酱" in text
    assert "13800001234" in text


def test_the_masked_forms_are_printed(built: Built) -> None:
    text = re.sub(r"\s", "", text_of(built))
    assert "159****9938" in text
    assert "林**" in text
    assert f"{sample.DISTRICT}***" in text


def test_the_pixels_are_gone(built: Built) -> None:
    screen = sample.order_screen()
    left, top, right, bottom = (int(side) for side in screen.line(sample.PHONE).box)
    with pikepdf.open(built.pdf) as pdf:
        page = pdf.pages[built.layout.exhibits["3"][0] - 1]
        (image,) = page.obj["/Resources"]["/XObject"].values()
        assert isinstance(image, pikepdf.Stream)
        shown = np.asarray(pikepdf.PdfImage(image).as_pil_image().convert("L"))
    assert shown.shape == (2340, 1080)
    assert shown[top:bottom, left + 4 : left + 120].max() < 60
    assert shown[top:bottom, right - 200 : right - 4].max() < 60
    untouched = np.asarray(screen.image.convert("L"))[1230:1290, 70:600]
    assert np.array_equal(shown[1230:1290, 70:600], untouched)


def test_masked_pictures_are_labelled(build: Build) -> None:
    built = build()
    document = pypdfium2.PdfDocument(built.pdf)
    page = document[built.layout.exhibits["3"][0] - 1].get_textpage().get_text_bounded()
    document.close()
    assert "黑色遮盖（个人信息）为本卷宗所加" in page
