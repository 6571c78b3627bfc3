"""The process that holds the networks: `python -m stages.ocr.engines.ppocr.serve FOLDER RUNTIME`.

A question is two frames: a `Question` as JSON, and the pixels. The answer is one frame: JSON.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import IO

import msgspec
import numpy as np

from stages.ocr.engines import Box, SeenLine
from stages.ocr.engines.service import receive, send

__all__ = ["Question"]


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A picture of this many rows and columns, red green blue; `boxes` are to be read one by one, None asks for all."""

    rows: int
    columns: int
    boxes: list[Box] | None = None


def _serve(questions: IO[bytes], answers: IO[bytes], folder: Path, runtime: str) -> None:
    from stages.ocr.engines.ppocr.page import Reader

    reader = Reader(folder, "openvino" if runtime == "openvino" else "onnxruntime")
    while (head := receive(questions)) is not None and (body := receive(questions)) is not None:
        question = msgspec.json.decode(head, type=Question)
        image = np.frombuffer(body, dtype=np.uint8).reshape(question.rows, question.columns, 3)
        lines: list[SeenLine] | list[SeenLine | None]
        lines = reader.read(image) if question.boxes is None else reader.reread(image, question.boxes)
        send(answers, msgspec.json.encode(lines))


def _alone() -> IO[bytes]:
    """Take standard output for the answers, and hear no keyboard; nothing a library does reaches another machine."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.addaudithook(_refuse)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _refuse(event: str, _: object) -> None:
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.bind"}:
        raise PermissionError(event)


if __name__ == "__main__":
    _serve(sys.stdin.buffer, _alone(), Path(sys.argv[1]), sys.argv[2])
