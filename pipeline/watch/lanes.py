"""Threads that take arrivals in, apart from the scan. A large one waits only for large ones, a small one for small."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TypeVar

__all__ = ["LARGE", "Lanes"]

T = TypeVar("T")

LARGE = 32 << 20
"""Bytes from which on an arrival is large: on a slow share that is half a minute."""

_WIDTH = 2
"""Threads of each lane. More do not read faster from one disk."""


class Lanes:
    """`wake` is called whenever something is done. The threads do not keep the program from ending."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._queues: dict[bool, SimpleQueue[Callable[[], None]]] = {}

    def __call__(self, size: int, do: Callable[[], T], /) -> Future[T]:
        """Do it in the lane for its size."""
        future: Future[T] = Future()
        self._lane(size >= LARGE).put(lambda: _settle(future, do))
        return future

    def _lane(self, large: bool) -> SimpleQueue[Callable[[], None]]:
        if large not in self._queues:
            self._queues[large] = SimpleQueue()
            for _ in range(_WIDTH):
                threading.Thread(target=self._work, args=(self._queues[large],), daemon=True).start()
        return self._queues[large]

    def _work(self, queue: SimpleQueue[Callable[[], None]]) -> None:
        while True:
            queue.get()()
            self._wake()


def _settle(future: Future[T], do: Callable[[], T]) -> None:
    if future.set_running_or_notify_cancel():
        try:
            future.set_result(do())
        except BaseException as error:  # Stopped too
            future.set_exception(error)
