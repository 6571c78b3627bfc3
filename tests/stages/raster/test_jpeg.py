"""A JPEG that was cut and given a new end mark decodes without a word; what it lacks is found all the same."""

import io
import random
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pipeline.contract import Made
from pipeline.model import Ingested
from stages.ingest import STAGE
from stages.raster.decode import inspect
from stages.raster.jpeg import end_of, holds_all_rows

END = b"\xff\xd9"
KINDS: list[dict[str, object]] = [
    {},
    {"quality": 95, "subsampling": 0},
    {"optimize": True},
    {"restart_marker_rows": 1},
    {"restart_marker_blocks": 7},
    {"progressive": True},
    {"progressive": True, "restart_marker_rows": 1},
]


def noise(size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    """The same noise each time."""
    chance = random.Random(7)
    return Image.frombytes("L", size, chance.randbytes(size[0] * size[1])).convert(mode)


def screen(mode: str = "RGB", size: tuple[int, int] = (240, 320)) -> Image.Image:
    """Noise above, white below, as the end of a chat is."""
    image = noise(size, mode)
    image.paste(Image.new(mode, (size[0], size[1] // 3), "white"), (0, size[1] * 2 // 3))
    return image


def jpeg(image: Image.Image, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", **options)
    return buffer.getvalue()


def scan_of(data: bytes) -> int:
    """Where the first scan's own data begin."""
    at = data.index(b"\xff\xda")
    return at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")


def forged(data: bytes, share: float) -> bytes:
    """The picture cut after this share of its scans, with an end mark behind the cut."""
    first = scan_of(data)
    return data[: first + int((len(data) - 2 - first) * share)].rstrip(b"\xff") + END


def is_whole(data: bytes) -> bool:
    try:
        with Image.open(io.BytesIO(data)) as image:
            image.load()
            return holds_all_rows(data, image)
    except OSError:
        return False


@pytest.mark.parametrize("options", KINDS, ids=lambda options: "-".join(options) or "plain")
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_whole_pictures_of_every_kind_are_whole(options: dict[str, object], mode: str) -> None:
    assert is_whole(jpeg(screen(mode), **options))


@pytest.mark.parametrize("options", KINDS, ids=lambda options: "-".join(options) or "plain")
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize("share", [0.02, 0.4, 0.77, 0.98])
def test_a_cut_with_a_forged_end_is_found(options: dict[str, object], mode: str, share: float) -> None:
    cut = forged(jpeg(screen(mode), **options), share)
    assert end_of(cut) == len(cut) - 2
    assert not is_whole(cut)


@pytest.mark.parametrize("shade", [127, 128, 129])
def test_a_picture_that_is_grey_by_itself_is_whole(shade: int) -> None:
    for options in KINDS:
        assert is_whole(jpeg(Image.new("RGB", (100, 80), (shade, shade, shade)), **options))


@given(st.integers(1, 70), st.integers(1, 70), st.sampled_from(["RGB", "L"]), st.booleans())
@settings(max_examples=50, deadline=None)
def test_no_whole_picture_is_doubted(width: int, height: int, mode: str, progressive: bool) -> None:
    assert is_whole(jpeg(noise((width, height), mode), progressive=progressive))


@given(
    st.floats(0, 0.95), st.sampled_from([options for options in KINDS if "progressive" not in options]),
    st.integers(150, 180), st.integers(150, 180),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_no_cut_goes_unseen(share: float, options: dict[str, object], width: int, height: int) -> None:
    colours = Image.merge("RGB", [noise((width, height), "L").rotate(turn) for turn in (0, 90, 180)])
    assert not is_whole(forged(jpeg(colours, **options), share))


def test_a_progressive_picture_cut_between_two_scans_has_all_rows() -> None:
    data = jpeg(screen(), progressive=True)
    last_scan = data.rindex(b"\xff\xda")
    tables = data.rfind(b"\xff\xc4", 0, last_scan)
    assert is_whole(data[:tables] + END)


def test_the_end_is_that_of_the_picture_and_of_nothing_around_it() -> None:
    data = jpeg(screen())
    assert end_of(data) == len(data) - 2
    assert end_of(data + b"appended" + END) == len(data) - 2
    thumbnail = jpeg(screen(size=(16, 16)))
    block = b"\xff\xe1" + struct.pack(">H", len(thumbnail) + 8) + b"Exif\x00\x00" + thumbnail
    assert end_of(data[:2] + block + data[2:]) == len(data) + len(block) - 2
    assert end_of(data[:-2]) is None
    assert end_of(data[: len(data) // 2] + bytes(len(data) // 2)) is None
    assert end_of(data[:2] + block + data[2:-2]) is None


def test_several_pictures_in_one_file_are_judged_by_the_first() -> None:
    buffer = io.BytesIO()
    screen().save(buffer, "MPO", save_all=True, append_images=[screen(size=(64, 64))])
    data = buffer.getvalue()
    end = end_of(data)
    assert end is not None
    assert end < data.rindex(END)
    assert is_whole(data)


def test_what_other_programs_append_is_no_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg(screen()) + b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 9)
    assert inspect(path).ended
    path.write_bytes(forged(jpeg(screen()), 0.5) + b"\xff\xda\x00\x08trailer" + END)
    assert not inspect(path).ended


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_ingest_says_that_something_is_missing(perform: Callable[..., Made], share: float) -> None:
    document = perform(STAGE, forged(jpeg(screen()), share), "a.jpg").document
    assert isinstance(document, Ingested)
    assert [note.code for note in document.notes] == ["picture-without-end"]
    assert (document.width, document.height) == (240, 320)


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_bytes_have_an_end_inside_or_none(data: bytes) -> None:
    end = end_of(b"\xff\xd8" + data)
    assert end is None or (b"\xff\xd8" + data)[end : end + 1] == b"\xff"
