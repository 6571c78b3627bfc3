"""One pool shared by several cases, each with a lane of its own, served in turn: a giant case holds up no other."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any, NamedTuple, TypeVar

from pipeline.pools import Pool, Stopped, let_go

__all__ = ["Lane", "Shared"]

_T = TypeVar("_T")


class Shared:
    """A pool and the lanes that lead to it. Never more is handed to the pool than it runs at a time."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._lock = threading.RLock()
        self._lanes: deque[Lane] = deque()
        self._running = 0
        self._stopped = False

    @property
    def width(self) -> int:
        """How many tasks run at a time, whoever they are for."""
        return self._pool.width

    def lane(self) -> Lane:
        """A new lane. It is as wide as the pool, and gets all of it while the others want nothing."""
        with self._lock:
            lane = Lane(self)
            self._lanes.append(lane)
            return lane

    def stop(self) -> None:
        """Stop the pool and every lane."""
        with self._lock:
            self._stopped = True
            waiting = [call for lane in self._lanes for call in lane.waiting]
            for lane in self._lanes:
                lane.waiting.clear()
        for call in waiting:
            let_go(call.future)
        self._pool.stop()

    def ask(self, lane: Lane, call: _Call) -> None:
        """Let a call wait in its lane until it is its turn; Stopped if nothing runs any more."""
        with self._lock:
            if self._stopped:
                raise Stopped
            lane.waiting.append(call)
            self._hand_out()

    def close(self, lane: Lane) -> None:
        """Take a lane away."""
        with self._lock:
            self._lanes.remove(lane)

    def _hand_out(self) -> None:
        while self._running < self.width and (call := self._next()):
            self._running += 1
            running = self._pool.submit(call.fn, *call.args, **call.kwargs)
            running.add_done_callback(partial(self._give_back, call.future))

    def _next(self) -> _Call | None:
        """The call whose turn it is: the lane that was served goes to the end of the row."""
        for _ in range(len(self._lanes)):
            self._lanes.rotate(-1)
            if self._lanes[-1].waiting:
                return self._lanes[-1].waiting.popleft()
        return None

    def _give_back(self, future: Future[Any], running: Future[Any]) -> None:
        with self._lock:
            self._running -= 1
            if not self._stopped:
                self._hand_out()
        if running.cancelled():
            let_go(future)
        elif error := running.exception():
            future.set_exception(error)
        else:
            future.set_result(running.result())


class Lane(Pool):
    """A case's way to the shared pool."""

    def __init__(self, shared: Shared) -> None:
        self.width = shared.width
        self.waiting: deque[_Call] = deque()
        self._shared = shared

    def submit(self, fn: Callable[..., _T], /, *args: Any, **kwargs: Any) -> Future[_T]:
        """Ask for it in turn."""
        call = _Call(Future(), fn, args, kwargs)
        self._shared.ask(self, call)
        return call.future

    def stop(self) -> None:
        """Let what waits in this lane go; the pool goes on for the others."""
        for call in list(self.waiting):
            let_go(call.future)
        self.waiting.clear()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """The lane is needed no more."""
        del wait, cancel_futures
        self._shared.close(self)


class _Call(NamedTuple):
    future: Future[Any]
    fn: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
