from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, wait
from pathlib import Path

import pytest
from processes import alive, until

from pipeline.pools import Inline, Processes, opened

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def processes() -> Iterator[Executor]:
    with opened(2) as pool:
        yield pool


def test_inline_runs_at_once_in_this_process() -> None:
    future = Inline().submit(os.getpid)
    assert future.done()
    assert future.result() == os.getpid()


def test_inline_keeps_an_error_for_who_asks() -> None:
    future = Inline().submit(int, "x")
    assert isinstance(future.exception(), ValueError)


def test_inline_lets_an_interrupt_through() -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with pytest.raises(KeyboardInterrupt):
        Inline().submit(signal.raise_signal, signal.SIGINT)
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize(("jobs", "kind"), [(0, Inline), (1, Inline), (2, Processes)])
def test_one_job_is_inline_more_are_processes(jobs: int, kind: type[Executor]) -> None:
    with opened(jobs) as pool:
        assert type(pool) is kind


def test_processes_are_others_with_one_thread_for_each_engine(processes: Executor) -> None:
    assert processes.submit(os.getpid).result() != os.getpid()
    assert processes.submit(os.getenv, "OMP_THREAD_LIMIT").result() == "1"


def test_workers_ignore_the_interrupt(processes: Executor) -> None:
    pid = processes.submit(os.getpid).result()
    os.kill(pid, signal.SIGINT)
    assert processes.submit(os.path.basename, "a/b").result() == "b"
    assert processes.submit(signal.getsignal, signal.SIGINT).result() == signal.SIG_IGN


def test_an_error_comes_back_and_breaks_nothing(processes: Executor) -> None:
    assert isinstance(processes.submit(int, "x").exception(), ValueError)
    assert processes.submit(int, "7").result() == 7


def test_after_a_death_new_workers_come(processes: Executor) -> None:
    dying = processes.submit(os._exit, 9)
    assert isinstance(dying.exception(), BrokenExecutor)
    assert processes.submit(int, "7").result() == 7


def test_a_death_in_the_middle_of_a_submit_is_a_death_like_others(processes: Executor) -> None:
    for _ in range(5):
        futures = [processes.submit(os._exit, 9), *(processes.submit(int, "7") for _ in range(8))]
        wait(futures)
        assert all(isinstance(f.exception(), BrokenExecutor) or f.result() == 7 for f in futures)


def test_leaving_by_an_exception_ends_what_runs() -> None:
    pids = []

    def leave() -> None:
        with opened(2) as pool:
            pids.append(pool.submit(os.getpid).result())
            pool.submit(time.sleep, 600)
            raise KeyError

    with pytest.raises(KeyError):
        leave()
    assert until(lambda: not alive(pids[0]))


def test_nothing_is_started_before_there_is_work() -> None:
    with opened(2) as pool:
        assert isinstance(pool, Processes)
    with opened(2):
        pass


@pytest.mark.parametrize("way", ["console", "module", "command"])
def test_processes_work_from_any_main(way: str, tmp_path: Path) -> None:
    body = "import os\nfrom pipeline.pools import opened\n"
    body += "def main():\n    with opened(2) as pool:\n        print(pool.submit(int, '7').result())\n"
    body += "if __name__ == '__main__':\n    main()\n"
    (tmp_path / "entry_of_it.py").write_text(body)
    ways = {
        "console": [str(tmp_path / "entry_of_it.py")],
        "module": ["-m", "entry_of_it"],
        "command": ["-c", body],
    }
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}
    ran = subprocess.run(
        [sys.executable, *ways[way]], env=environ, capture_output=True, text=True, timeout=600, check=False
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "7\n", "")
