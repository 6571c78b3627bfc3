"""Many small cases: one command for all of them, and the loop of single builds that people write instead."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Cost, run
from benchmarks.screenshots import draw

__all__ = ["figures"]

CASES = 12
PICTURES = 2
"""Screenshots of a case; with them go a chat and an order table."""

CHAT = """\
林小姐 和 阿青 在微信上的聊天记录如下，请查收。

—————  2026-03-12  —————


林小姐  10:00

发货了吗

阿青  10:03

已经发货，请放心
"""
ORDERS = "订单号,订单状态,支付时间,订单发货时间\nP366374524942915524,已完成,2026-03-11 01:26:48,2026-03-12 08:35:21\n"


def figures(root: Path, shims: Path, dossier: Path, jobs: int) -> Iterator[tuple[str, str]]:
    """What each way costs, and how much of the processors a batch makes use of."""
    _make(root / "first", CASES)
    alone = [_done(run([dossier, "build", case, "--jobs", "1"], shims)) for case in _fresh(root, "loop")]
    serial = _done(run([dossier, "batch", _root(root, "one"), "--jobs", "1"], shims))
    wide = _done(run([dossier, "batch", _root(root, "wide"), "--jobs", str(jobs)], shims))
    again = _done(run([dossier, "batch", root / "wide", "--jobs", str(jobs)], shims))
    loop = sum(cost.wall for cost in alone)
    cpu = sum(cost.cpu for cost in alone)
    yield f"loop of builds, {CASES} cases of {PICTURES + 2} files, seconds a case, CPU", _pair(loop, cpu)
    yield "batch --jobs 1, seconds a case, CPU", _pair(serial.wall, serial.cpu)
    yield f"batch --jobs {jobs}, seconds a case, CPU", _pair(wide.wall, wide.cpu)
    yield f"batch --jobs {jobs}, cases an hour", f"{3600 * CASES / wide.wall:.0f}"
    yield f"batch efficiency: time with 1 job : {jobs} x time with {jobs}", f"{serial.wall / jobs / wide.wall:.2f}"
    yield f"batch --jobs {jobs} : loop of builds, CPU", f"{wide.cpu / cpu:.2f}"
    yield "batch again, nothing changed, CPU a case", f"{again.cpu / CASES:.2f} s"
    yield "batch, peak memory of driver, of a worker", f"{wide.driver / 1e6:.0f} MB, {wide.worker / 1e6:.0f} MB"


def _pair(wall: float, cpu: float) -> str:
    return f"{wall / CASES:.2f} s, {cpu / CASES:.2f} s"


def _make(root: Path, count: int) -> None:
    pictures = draw(root / "all", count * PICTURES)
    for number in range(count):
        inbox = root / f"case {number}" / "inbox"
        inbox.mkdir(parents=True)
        for picture in pictures[number * PICTURES : (number + 1) * PICTURES]:
            picture.rename(inbox / picture.name)
        (inbox / "chat.txt").write_text(CHAT, "utf-8")
        (inbox / "orders.csv").write_text(ORDERS, "utf-8")
    (root / "all").rmdir()


def _root(root: Path, name: str) -> Path:
    return Path(shutil.copytree(root / "first", root / name))


def _fresh(root: Path, name: str) -> list[Path]:
    return sorted(_root(root, name).iterdir())


def _done(cost: Cost) -> Cost:
    """The cost of a command that made its dossiers (3: something stayed unread)."""
    if cost.status not in (0, 3):
        raise SystemExit(f"ended with {cost.status}:\n{cost.output}")
    return cost
