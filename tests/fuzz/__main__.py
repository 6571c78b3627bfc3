"""Runs the fuzzer and reports: `python -m tests.fuzz --count N --seed S --jobs 2`."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from pathlib import Path

from pipeline.pools import Processes
from tests.fuzz.check import LIMITS, Verdict, verdicts
from tests.fuzz.corpus import samples
from tests.fuzz.mutate import mutant

_CHUNK = 100


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", type=int, help="one mutant, here in this process")
    parser.add_argument("--keep", type=Path, help="a folder for the mutants that show a defect, or the one of --only")
    given = parser.parse_args(arguments)
    if given.only is not None:
        _keep(given.keep, given.seed, given.only)
        found = verdicts(given.seed, [given.only])
    else:
        indices = range(given.first, given.first + given.count)
        found = list(_told(run(given.seed, indices, given.jobs), given.count))
        for verdict in found:
            if verdict.defect:
                _keep(given.keep, given.seed, verdict.index)
    print(report(found))
    return int(any(verdict.defect for verdict in found))


def run(seed: int, indices: Sequence[int], jobs: int) -> Iterator[Verdict]:
    """Verdicts in order of completion. A worker that dies is a defect of one mutant, found by running each alone."""
    pool = Processes(jobs)
    waiting = [indices[at : at + _CHUNK] for at in range(0, len(indices), _CHUNK)][::-1]
    running: dict[Future[list[Verdict]], Sequence[int]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < 2 * jobs:
                chunk = waiting.pop()
                running[pool.submit(verdicts, seed, chunk)] = chunk
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                chunk = running.pop(future)
                if not isinstance(future.exception(), BrokenExecutor):
                    yield from future.result()
                elif len(chunk) > 1:
                    waiting += [[index] for index in chunk]
                else:
                    yield Verdict(chunk[0], "", 0.0, 0, "", f"the process ended, by a crash or after {LIMITS.end} s")
    finally:
        pool.stop()
        pool.shutdown()


def report(found: Sequence[Verdict]) -> str:
    """What was run, what it took, and each kind of defect with the first mutants that show it."""
    seconds = sorted(verdict.seconds for verdict in found)
    slow = sorted(found, key=lambda verdict: -verdict.seconds)[:5]
    large = sorted(found, key=lambda verdict: -verdict.memory)[:3]
    read = Counter(verdict.read.split(" ")[0] for verdict in found)
    formats = {verdict.read.split(" ")[1] for verdict in found if " " in verdict.read}
    lines = [
        f"{len(found)} files, {sum(seconds):.0f} s of CPU; median {1000 * seconds[len(seconds) // 2]:.1f} ms",
        f"{', '.join(f'{count} {status}' for status, count in read.most_common())}; {len(formats)} formats recognised",
        f"slowest: {', '.join(f'{v.seconds:.2f} s ({v.family} {v.index})' for v in slow)}",
        f"most memory: {', '.join(f'{v.memory >> 20} MB ({v.family} {v.index})' for v in large)}",
    ]
    kinds: dict[str, list[int]] = {}
    for verdict in found:
        if verdict.defect:
            kinds.setdefault(verdict.defect, []).append(verdict.index)
    lines.append(f"{sum(map(len, kinds.values()))} defects of {len(kinds)} kinds")
    for defect, indices in sorted(kinds.items(), key=lambda kind: -len(kind[1])):
        lines.append(f"  {len(indices)} x {defect}: {', '.join(map(str, indices[:5]))}")
    return "\n".join(lines)


def _told(found: Iterator[Verdict], count: int) -> Iterator[Verdict]:
    started = time.monotonic()
    for done, verdict in enumerate(found, 1):
        if verdict.defect:
            print(f"{verdict.index} ({verdict.family}): {verdict.defect}", file=sys.stderr, flush=True)
        if done % 5000 == 0:
            print(f"{done} of {count} in {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
        yield verdict


def _keep(folder: Path | None, seed: int, index: int) -> None:
    if folder is not None:
        sample, data = mutant(index, seed, samples())
        (folder / str(index)).mkdir(parents=True, exist_ok=True)
        (folder / str(index) / sample.name).write_bytes(data)


if __name__ == "__main__":
    sys.exit(main())
