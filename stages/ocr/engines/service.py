"""An engine in a process of its own: a crash, a hang or a lie of it costs one reading, never the worker.

Both sides speak in frames: four bytes of length, big-endian, then that many bytes. The process ends when its input
does, so it never outlives the worker that started it.
"""

from __future__ import annotations

import os
import select
import struct
import subprocess
import sys
import time
from collections.abc import Iterable
from multiprocessing.util import Finalize
from pathlib import Path
from typing import IO

from stages.ocr.engines import EngineFailed

__all__ = ["Service", "receive", "send"]

_LENGTH = struct.Struct(">I")
_MOST = 64_000_000  # bytes of an answer: a longer one is no answer
_CHUNK = 1 << 16


def send(stream: IO[bytes], *frames: bytes | memoryview) -> None:
    """Write whole frames."""
    for frame in frames:
        stream.write(_LENGTH.pack(len(frame)))
        stream.write(frame)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """One frame, None where the stream has ended."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = stream.read(length)
    return body if len(body) == length else None


class Service:
    """A module that is run as a process, started when it is first asked and again after it failed.

    `engine` names it in failures; one question may take `seconds`.
    """

    def __init__(self, engine: str, module: str, arguments: Iterable[str], seconds: int) -> None:
        self._engine = engine
        self._command = [sys.executable, "-P", "-m", module, *arguments]
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        Finalize(None, self.close, exitpriority=0)  # unlike atexit, it is heard in workers too

    def ask(self, *frames: bytes | memoryview) -> bytes:
        """The answer to a question of some frames; `EngineFailed` if there is none, or it is none."""
        process = self._process or self._start()
        self._process = None  # whatever interrupts the exchange, the next question gets a fresh process
        try:
            answer = self._exchange(process, frames)
        except BaseException:
            self._end(process)
            raise
        self._process = process
        return answer

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._end(self._process)
            self._process = None

    def _start(self) -> subprocess.Popen[bytes]:
        home = str(Path(__file__).resolve().parents[3])
        path = os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))
        return subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0,
            env={**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"},
        )  # fmt: skip

    def _exchange(self, process: subprocess.Popen[bytes], frames: Iterable[bytes | memoryview]) -> bytes:
        assert process.stdin is not None
        assert process.stdout is not None
        until = time.monotonic() + self._seconds
        for frame in frames:
            self._write(process, _LENGTH.pack(len(frame)), until)
            self._write(process, frame, until)
        (length,) = _LENGTH.unpack(self._read(process, _LENGTH.size, until))
        if length > _MOST:
            raise EngineFailed("engine-garbled", engine=self._engine)
        return self._read(process, length, until)

    def _write(self, process: subprocess.Popen[bytes], data: bytes | memoryview, until: float) -> None:
        assert process.stdin is not None
        pipe = process.stdin.fileno()
        os.set_blocking(pipe, False)
        rest = memoryview(data).cast("B")
        while rest:
            self._wait([], [pipe], until)
            try:
                rest = rest[os.write(pipe, rest[:_CHUNK]) :]
            except BrokenPipeError as error:
                raise self._crashed(process) from error

    def _read(self, process: subprocess.Popen[bytes], size: int, until: float) -> bytes:
        assert process.stdout is not None
        pipe = process.stdout.fileno()
        held = bytearray()
        while len(held) < size:
            self._wait([pipe], [], until)
            part = os.read(pipe, min(_CHUNK, size - len(held)))
            if not part:
                raise self._crashed(process)
            held += part
        return bytes(held)

    def _wait(self, reading: list[int], writing: list[int], until: float) -> None:
        """Until one of the pipes is ready."""
        ready = select.select(reading, writing, [], max(0.0, until - time.monotonic()))
        if not any(ready):
            raise EngineFailed("engine-timed-out", engine=self._engine, seconds=self._seconds)

    def _crashed(self, process: subprocess.Popen[bytes]) -> EngineFailed:
        """Its word, with the status it ended with; it closed its pipe, so it has ended or is about to."""
        try:
            status = process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            status = 0
        return EngineFailed("engine-crashed", engine=self._engine, status=status)

    @staticmethod
    def _end(process: subprocess.Popen[bytes]) -> None:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            pipe.close()
