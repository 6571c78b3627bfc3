"""Pictures to measure with: chats on a phone's screen, drawn with Pillow, alike in every run."""

from __future__ import annotations

import random
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1080, 2400
LARGEST = 500_000
"""Bytes that no picture exceeds."""

SAYINGS = (
    "您好，订单已经收到，仓库今天配货",
    "什么时候能发货呀，我周末要穿",
    "顺丰单号稍后发您，请注意查收",
    "包装有点皱，盒子角都压了",
    "给您补偿 8 元可以吗",
    "衣服没事，就是看着不太舒服",
    "系统显示已经签收，是本人签收的",
    "麻烦核对一下收货地址和电话",
    "这件的颜色和图片差别大吗",
    "尺码偏小，建议拍大一码",
    "七天无理由都可以退换的",
    "好的，谢谢您的理解",
)


def draw(folder: Path, count: int) -> list[Path]:
    """Draw `count` screenshots into `folder`; every one differs."""
    folder.mkdir(parents=True)
    first = datetime(2026, 3, 17, 9, 30)
    times = (first + timedelta(minutes=number) for number in range(count))
    names = (f"Screenshot_{when:%Y%m%d-%H%M%S}_com.tencent.mm.jpg" for when in times)
    return [_save(folder / name, number) for number, name in enumerate(names)]


def _save(path: Path, number: int) -> Path:
    _screen(random.Random(number)).save(path, quality=88)
    size = path.stat().st_size
    if size > LARGEST:
        raise SystemExit(f"{path.name} has {size} bytes")
    return path


def _screen(chance: random.Random) -> Image.Image:
    image = Image.new("RGB", (WIDTH, HEIGHT), "#ededed")
    pen = ImageDraw.Draw(image)
    regular = _font(48)
    pen.text((54, 30), f"{chance.randrange(24):02d}:{chance.randrange(60):02d}", "#1a1a1a", _font(42))
    pen.text((WIDTH / 2, 130), f"买家 {chance.randrange(10_000):04d}", "#1a1a1a", _font(54), anchor="ma")
    y = 260
    while y < HEIGHT - 260:
        if chance.random() < 0.3:
            when = f"3月{chance.randint(1, 28)}日 {chance.randrange(24):02d}:{chance.randrange(60):02d}"
            pen.text((WIDTH / 2, y), when, "#8c8c8c", _font(40), anchor="ma")
            y += 90
        y = _bubble(pen, y, chance, regular)
    return image


def _bubble(pen: ImageDraw.ImageDraw, y: int, chance: random.Random, font: ImageFont.FreeTypeFont) -> int:
    """Draw one message at height `y` and give the height of the next."""
    ours = chance.random() < 0.5
    lines = [chance.choice(SAYINGS)[:14] for _ in range(chance.randint(1, 3))]
    if chance.random() < 0.3:
        lines.append(f"SF{chance.randrange(10**13):013d}")
    width = int(max(pen.textlength(line, font) for line in lines)) + 72
    height = 72 * len(lines) + 54
    left = WIDTH - 186 - width if ours else 186
    pen.rounded_rectangle((left, y, left + width, y + height), 15, "#95ec69" if ours else "#ffffff")
    face = WIDTH - 162 if ours else 36
    pen.rounded_rectangle((face, y, face + 126, y + 126), 15, f"#{chance.randrange(0x808080, 0xFFFFFF):06x}")
    for number, line in enumerate(lines):
        pen.text((left + 36, y + 27 + 72 * number), line, "#1a1a1a", font)
    return y + max(height, 126) + 48


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FILE, size)


_FILE = subprocess.run(
    ["fc-match", "-f", "%{file}", "Noto Sans CJK SC"], check=True, capture_output=True, text=True
).stdout
