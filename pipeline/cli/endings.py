"""What surrounds a command: streams that take what is said, and signals that end it."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
from collections.abc import Iterator
from types import FrameType
from typing import Literal, TextIO

__all__ = ["interrupted_by_term", "opened_streams", "speaks_chinese"]


@contextlib.contextmanager
def interrupted_by_term() -> Iterator[None]:
    """Take SIGTERM, which ends a service, and SIGHUP, with which a terminal goes, for the interrupt of a keyboard.

    What somebody chose to ignore (nohup) stays ignored.
    """

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    ends = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {end: signal.getsignal(end) for end in ends}
    for end in ends:
        if before[end] is signal.SIG_DFL:
            signal.signal(end, interrupt)
    try:
        yield
    finally:
        for end in ends:
            signal.signal(end, before[end])


def opened_streams() -> None:
    """Give the program the three streams it may have been started without, and let them take every letter.

    A stream that is closed is nobody's: no file of a case may get its number.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    sys.stdin = sys.stdin or _on(0, "r")
    sys.stdout = _taking(sys.stdout or _on(1, "w"))
    sys.stderr = _taking(sys.stderr or _on(2, "w"))


def _on(number: int, mode: Literal["r", "w"]) -> TextIO:
    return open(number, mode, encoding="utf-8", closefd=False)


def _taking(stream: TextIO) -> TextIO:
    if isinstance(stream, io.TextIOWrapper):
        encoding = stream.encoding if speaks_chinese(stream.encoding) else "utf-8"
        stream.reconfigure(encoding=encoding, errors="backslashreplace")
    return stream


def speaks_chinese(encoding: str) -> bool:
    """Whether an encoding has letters for what is said and how evidence is named."""
    try:
        "卷宗".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
