"""Where lines of text stand: the network's map of text, windows at a time, and the rectangles around its islands."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from stages.ocr.engines.ppocr.networks import Network, Tensor

__all__ = ["Corners", "Pixels", "Rect", "rects"]

Corners = npt.NDArray[np.float32]
"""Four points, x and y in pixels."""
Pixels = npt.NDArray[np.uint8]
"""Rows, columns, red green blue."""

_STRIDE = 32  # the network halves its input five times
_WINDOW = (1472, 768)  # rows and columns seen at a time: bounds the memory
_MARGIN = 48  # of a window: what stands there is seen by the next one with more around it
_BLANK = 16  # of 255: contrast below which a window holds nothing
_TEXT = 0.3  # of the map: what is text
_SURE = 0.5  # mean of the map in a rectangle below which it is no line
_THINNEST = 3
_DOWNWARDS = 2.0  # times as high as wide: its text runs downwards
_GROWTH = 1.6  # the network draws lines thin: by this times area over circumference they grow


class Rect(NamedTuple):
    """A rectangle by its corners, clockwise from the top left as the text runs; x and y in pixels."""

    corners: Corners

    @property
    def width(self) -> float:
        """Along the text."""
        return float(np.linalg.norm(self.corners[1] - self.corners[0]))

    @property
    def height(self) -> float:
        """Across the text."""
        return float(np.linalg.norm(self.corners[3] - self.corners[0]))

    def part(self, top: float, bottom: float) -> Rect:
        """The band of it from `top` to `bottom` of its height."""
        top_left, top_right, bottom_right, bottom_left = self.corners
        left, right = bottom_left - top_left, bottom_right - top_right
        edges = (top_left + left * top, top_right + right * top, top_right + right * bottom, top_left + left * bottom)
        return Rect(np.array(edges, dtype=np.float32))

    def stretch(self, start: float, end: float) -> Rect:
        """The part of it from `start` to `end` of its width."""
        top_left, top_right, bottom_right, bottom_left = self.corners
        upper, lower = top_right - top_left, bottom_right - bottom_left
        edges = (
            top_left + upper * start,
            top_left + upper * end,
            bottom_left + lower * end,
            bottom_left + lower * start,
        )
        return Rect(np.array(edges, dtype=np.float32))


def rects(network: Network, image: Pixels, scale: float) -> list[Rect]:
    """The lines that the network sees in `image` when it looks at it at `scale`."""
    rows, columns = (max(1, round(side * scale)) for side in image.shape[:2])
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    seen = _map(network, np.asarray(cv2.resize(image, (columns, rows), interpolation=method), dtype=np.uint8))
    factors = np.array([image.shape[1] / columns, image.shape[0] / rows], dtype=np.float32)
    return [_along(Rect(corners * factors)) for corners in _islands(seen)]


def _along(rect: Rect) -> Rect:
    """The rectangle as its text runs: downwards where it is much higher than wide."""
    return Rect(np.roll(rect.corners, -1, axis=0)) if rect.height >= _DOWNWARDS * rect.width else rect


def _map(network: Network, image: Pixels) -> Tensor:
    """How much each pixel is text, 0 to 1: windows that overlap are run one by one and joined in mid-overlap."""
    rows, columns = image.shape[:2]
    whole = np.zeros((rows, columns), dtype=np.float32)
    for top, height in _windows(rows, _WINDOW[0]):
        for left, width in _windows(columns, _WINDOW[1]):
            part = image[top : top + height, left : left + width]
            if np.ptp(part) < _BLANK:
                continue
            padded = np.full((1, 3, height, width), -1, dtype=np.float32)
            padded[0, :, : part.shape[0], : part.shape[1]] = part.transpose(2, 0, 1)[::-1] / np.float32(127.5) - 1
            found = network.run(padded)[0, 0, : part.shape[0], : part.shape[1]]
            y, x = (_MARGIN if top else 0), (_MARGIN if left else 0)
            whole[top + y : top + part.shape[0], left + x : left + part.shape[1]] = found[y:, x:]
    return whole


def _windows(length: int, most: int) -> Iterator[tuple[int, int]]:
    """Start and size of equal windows that cover `length` and overlap by at least two margins."""
    count = max(1, math.ceil((length - 2 * _MARGIN) / (most - 2 * _MARGIN)))
    size = math.ceil((length + (count - 1) * 2 * _MARGIN) / count / _STRIDE) * _STRIDE
    for number in range(count):
        yield number * (size - 2 * _MARGIN), size


def _islands(seen: Tensor) -> Iterator[Corners]:
    mask = cv2.dilate((seen > _TEXT).astype(np.uint8), np.ones((2, 2), np.uint8))
    for contour in cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)[0]:
        centre, size, angle = cv2.minAreaRect(contour)
        if min(size) < _THINNEST or _mean(seen, _corners(centre, size, angle)) < _SURE:
            continue
        grow = size[0] * size[1] * _GROWTH / (size[0] + size[1])
        yield _from_top_left(_corners(centre, (size[0] + grow, size[1] + grow), angle))


def _corners(centre: Sequence[float], size: Sequence[float], angle: float) -> Corners:
    return np.asarray(cv2.boxPoints((centre, size, angle)), dtype=np.float32)


def _mean(seen: Tensor, corners: Corners) -> float:
    rows, columns = seen.shape
    left, top = (max(0, math.floor(v)) for v in corners.min(axis=0))
    right, bottom = min(columns - 1, math.ceil(corners[:, 0].max())), min(rows - 1, math.ceil(corners[:, 1].max()))
    mask = np.zeros((bottom - top + 1, right - left + 1), dtype=np.uint8)
    cv2.fillPoly(mask, [(corners - (left, top)).astype(np.int32)], 1)
    return float(cv2.mean(seen[top : bottom + 1, left : right + 1], mask)[0])


def _from_top_left(corners: Corners) -> Corners:
    """The corners clockwise, from that which is leftmost and uppermost."""
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    top_left, bottom_left = by_x[:2][np.argsort(by_x[:2, 1], kind="stable")]
    top_right, bottom_right = by_x[2:][np.argsort(by_x[2:, 1], kind="stable")]
    return np.array([top_left, top_right, bottom_right, bottom_left], dtype=np.float32)
