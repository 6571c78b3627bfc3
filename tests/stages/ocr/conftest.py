"""Pictures with text, drawn for the tests."""

from collections.abc import Callable, Sequence

import pytest
from PIL import Image, ImageDraw, ImageFont

CHINESE = ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2)
Written = Callable[..., Image.Image]


@pytest.fixture(scope="session")
def written() -> Written:
    """`written(lines, size=40)`: black text on white, one line under the other."""

    def draw(lines: Sequence[str], size: int = 40, width: int = 1080, height: int | None = None) -> Image.Image:
        font = ImageFont.truetype(CHINESE[0], size, index=CHINESE[1])
        pitch = size * 2
        image = Image.new("RGB", (width, height or pitch * (len(lines) + 1)), "white")
        pen = ImageDraw.Draw(image)
        for number, line in enumerate(lines):
            pen.text((60, size // 2 + number * pitch), line, font=font, fill="black")
        return image

    return draw
