"""RapidOCR's networks (PP-OCR) out of its wheel, in a process of their own.

The wheel's files are used, its code is not: it loads models from the network where it misses one, reads whole
pictures at one size, and fills batches with lines of many lengths.
"""

from __future__ import annotations

import hashlib
import importlib.util
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pipeline.contract import Tool
from pipeline.errors import MachineLacks
from stages.ocr.engines import Box, EngineFailed, SeenLine
from stages.ocr.engines.service import Service

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["RapidOcr"]

_SERVER = "stages.ocr.engines.ppocr.serve"
_MODELS = ("PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx")
_RUNTIMES = ("openvino", "onnxruntime")


class RapidOcr:
    """The engine; one piece of a picture may take `seconds`. `server` is the module that answers."""

    reader = "rapidocr@1"

    def __init__(self, seconds: int, server: str = _SERVER) -> None:
        self._seconds = seconds
        self._server = server

    def fingerprint(self) -> tuple[Tool, ...]:
        """The versions of the wheel and of what runs it, and the digests of the networks."""
        folder, runtime = _folder(), _runtime()
        return (
            Tool(name="rapidocr", version=version("rapidocr")),
            Tool(name=runtime, version=version(runtime)),
            *(Tool(name=f"rapidocr-{Path(name).stem}", version=_digest(folder / name)) for name in _MODELS),
        )

    def read(self, image: Image.Image, scratch: Path) -> tuple[SeenLine, ...]:
        """The lines that the networks see in `image`."""
        del scratch
        return tuple(line for line in self._ask(image, None) if line is not None)

    def reread(self, image: Image.Image, boxes: Sequence[Box], scratch: Path) -> tuple[SeenLine | None, ...]:
        """What the recogniser reads in each box, taken as one line."""
        del scratch
        lines = self._ask(image, list(boxes)) if boxes else []
        if len(lines) != len(boxes):
            raise EngineFailed("engine-garbled", engine="rapidocr")
        return tuple(lines)

    def _ask(self, image: Image.Image, boxes: list[Box] | None) -> list[SeenLine | None]:
        head = msgspec.json.encode({"rows": image.height, "columns": image.width, "boxes": boxes})
        answer = _service(self._server, self._seconds).ask(head, image.convert("RGB").tobytes())
        try:
            lines = msgspec.json.decode(answer, type=list[SeenLine | None])
        except msgspec.DecodeError as error:
            raise EngineFailed("engine-garbled", engine="rapidocr") from error
        if not all(line is None or _is_sound(line, image.size) for line in lines):
            raise EngineFailed("engine-garbled", engine="rapidocr")
        return lines


@cache
def _service(server: str, seconds: int) -> Service:
    """The one process that serves this one, started when it is first asked."""
    return Service("rapidocr", server, (str(_folder()), _runtime()), seconds)


def _found(package: str) -> Path | None:
    spec = importlib.util.find_spec(package)
    places = spec.submodule_search_locations if spec is not None else None
    return Path(places[0]) if places else None


@cache
def _folder() -> Path:
    found = _found("rapidocr")
    if found is None:
        raise MachineLacks("rapidocr-missing")
    return found / "models"


@cache
def _runtime() -> str:
    """The first that imports: a wheel may be there and not fit the processor or the system's C library."""
    for runtime in _RUNTIMES:
        if _found(runtime) is not None and _imports(runtime):
            return runtime
    raise MachineLacks("rapidocr-missing")


def _imports(package: str) -> bool:
    """Whether it does, without its telemetry: OpenVINO would report its import to another machine."""
    program = f"import sys; sys.modules['openvino_telemetry'] = None; import {package}"
    try:
        subprocess.run([sys.executable, "-P", "-c", program], check=True, capture_output=True, timeout=60)
    except subprocess.SubprocessError:
        return False
    return True


@cache
def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise MachineLacks("rapidocr-missing") from error


def _is_sound(line: SeenLine, size: tuple[int, int]) -> bool:
    """Whether text and boxes can be of a picture of this size; confidences are 0 to 1."""
    return bool(line.text.strip()) and all(
        0 <= left <= right <= size[0] and 0 <= top <= bottom <= size[1] and 0 <= sure <= 1
        for (left, top, right, bottom), sure in [
            (line.box, line.confidence),
            *((word.box, word.confidence) for word in line.words),
        ]
    )
