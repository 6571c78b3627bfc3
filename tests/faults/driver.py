"""Builds a case with the tiny stages: the process that the kill tests kill.

driver.py FOLDER JOBS KILL_AT: with KILL_AT above 0 it kills itself before the so manyth thing it does to the disk.
driver.py FOLDER KILL_AT FOLDER KILL_AT ...: the same with each in turn, in a fork, until one is not killed; it prints
how each ended.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import tiny_stages

from pipeline.contract import Settings
from pipeline.errors import DossierError
from pipeline.model import Case
from pipeline.run import build, clock_from


def kill_before(step: int, folder: str) -> None:
    """Kill this process before step `step` of opening, renaming, removing or making something in the case."""
    done = 0

    def watch(event: str, args: tuple[object, ...]) -> None:
        nonlocal done
        if event in {"open", "os.rename", "os.remove", "os.mkdir", "os.truncate"} and folder in str(args[0]):
            done += 1
            if done == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


def main(folder: str, jobs: str, kill_at: str) -> int:
    if int(kill_at):
        kill_before(int(kill_at), folder)
    clock = clock_from(os.environ)
    try:
        build(Path(folder), Case(title="初晴"), tiny_stages.ORDER, Settings(), jobs=int(jobs), clock=clock)
    except DossierError as error:
        print(error.code)
        return error.exit
    except KeyboardInterrupt:
        return 130
    return 0


def each(*pairs: str) -> int:
    for folder, kill_at in zip(pairs[::2], pairs[1::2], strict=True):
        child = os.fork()
        if child == 0:
            os._exit(main(folder, "1", kill_at))
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(ended, flush=True)
        if ended != -signal.SIGKILL:
            break
    return 0


if __name__ == "__main__":
    arguments = sys.argv[1:]
    sys.exit(main(*arguments) if len(arguments) == 3 else each(*arguments))
