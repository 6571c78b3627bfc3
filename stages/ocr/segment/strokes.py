"""Where a picture has strokes: what is thin against its ground, dark on light or light on dark."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from stages.ocr.segment.components import Components, Mask, components

__all__ = ["EM", "Gray", "strokes"]

Gray = npt.NDArray[np.uint8]
"""Rows, columns of grey levels."""

EM = 18
"""Height in pixels that common text should have in the pictures measured here."""

_REACH = EM // 2  # what is thinner than this in one direction is a stroke
_ACROSS = 2 * EM + 1  # and no longer than this across the page: what lies between two lines is longer
_CONTRAST = 18  # of 255: the least that a stroke differs from its ground
_NOISE = 3  # of 255: a middling response above this is a photo's grain or moiré, not flat colour
_ABOVE_NOISE = 2.2
_LONG, _THICK = 2.2 * EM, EM / 4  # rules and frames: at least so long, at most so thick
_LETTERED = 0.4  # the part of a frame that may touch letters of the other polarity
_HOLLOW = 0.2  # the part of its box that a frame fills at most; a word of thin letters fills more


def strokes(gray: Gray) -> Mask:
    """The strokes of text of either polarity and the clefts between them, so that the letters of a word hold together.

    Rules, frames of buttons and outlines of pictures are left out, and so is the ground between two lines, however
    close they are. The threshold rises with the grain of the picture, which is smoothed first.
    """
    dark, light = _thin(gray)
    contrast = _CONTRAST
    noise = _noise(dark, light)
    if noise > _NOISE:
        smooth = Image.fromarray(gray).filter(ImageFilter.MedianFilter(3)).filter(ImageFilter.BoxBlur(0.6))
        gray = np.asarray(smooth)
        dark, light = _thin(gray)
        contrast = max(_CONTRAST, round(10 + _ABOVE_NOISE * _noise(dark, light)))
    drawn = _drawn(dark > contrast, light > contrast)
    if any(mask.any() for mask in drawn):
        erased = np.where(drawn[0], gray + dark, gray)
        gray = np.where(drawn[1], erased - np.minimum(light, erased), erased)
        dark, light = _thin(gray)
    closed, opened = _short(gray)
    return np.asarray(np.maximum(np.minimum(dark, closed), np.minimum(light, opened)) > contrast)


def _noise(dark: Gray, light: Gray) -> float:
    return float(np.median(np.maximum(dark[::3, ::3], light[::3, ::3])))


def _drawn(dark: Mask, light: Mask) -> tuple[Mask, Mask]:
    """Those pixels of either polarity that are rules, frames and outlines, and not the ground between close letters."""
    found = components(dark), components(light)
    large = [_is_drawn(one) for one in found]
    letters = [one.mask(~drawn) for one, drawn in zip(found, large, strict=True)]
    dark_ones, light_ones = (
        one.mask(drawn & (one.shares(_spread(beside)) < _LETTERED))
        for one, drawn, beside in zip(found, large, reversed(letters), strict=True)
    )
    return dark_ones, light_ones


def _spread(mask: Mask) -> Mask:
    """The mask and the pixels next to it."""
    wide = mask.copy()
    wide[1:] |= mask[:-1]
    wide[:-1] |= mask[1:]
    wide[:, 1:] |= mask[:, :-1]
    wide[:, :-1] |= mask[:, 1:]
    return wide


def _is_drawn(found: Components) -> Mask:
    width, height = found.sizes
    longer, shorter = np.maximum(width, height), np.minimum(width, height)
    rule = (longer >= _LONG) & (shorter <= _THICK)
    frame = (longer >= _LONG) & (found.areas <= _HOLLOW * width * height)
    return np.asarray(rule | frame | (shorter >= _LONG))


def _thin(gray: Gray) -> tuple[Gray, Gray]:
    """The top-hat in both polarities: by how much each pixel is darker, and lighter, than the ground around it."""
    padded = np.pad(gray, _REACH - 1, mode="edge")
    closed = _square(_square(padded, np.maximum), np.minimum)
    opened = _square(_square(padded, np.minimum), np.maximum)
    return closed - gray, gray - opened


def _short(gray: Gray) -> tuple[Gray, Gray]:
    """The same along each row of pixels alone: how far what is dark, and light, there has an end to either side."""
    padded = np.pad(gray, ((0, 0), (_ACROSS - 1, _ACROSS - 1)), mode="edge").T
    closed = _running(_running(padded, np.maximum, _ACROSS), np.minimum, _ACROSS).T
    opened = _running(_running(padded, np.minimum, _ACROSS), np.maximum, _ACROSS).T
    return closed - gray, gray - opened


def _square(pixels: Gray, extreme: Callable[[Gray, Gray], Gray]) -> Gray:
    """The extreme over each square of `_REACH` pixels; smaller than `pixels` by `_REACH - 1` a side."""
    return _running(_running(pixels, extreme, _REACH).T, extreme, _REACH).T


def _running(pixels: Gray, extreme: Callable[[Gray, Gray], Gray], reach: int) -> Gray:
    """The extreme over `reach` successive rows, by doubling."""
    length = 1
    while length * 2 <= reach:
        pixels = extreme(pixels[:-length], pixels[length:])
        length *= 2
    rest = reach - length
    return extreme(pixels[:-rest], pixels[rest:]) if rest else pixels
