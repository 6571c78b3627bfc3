"""What a task costs: the processes that serve it and live on are in its bill."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from pipeline.pools import opened
from pipeline.usage import Meter, cpu_seconds, peak_memory

BUSY = """
import sys, time
while time.process_time() < 0.5: pass
held = b"x" * 80_000_000
print(flush=True)
sys.stdin.read()
"""


def a_child_that_lives_on_is_counted_and_once_only() -> None:
    before = cpu_seconds()
    with subprocess.Popen([sys.executable, "-c", BUSY], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.read(1)
        living = cpu_seconds() - before
        assert living >= 0.5
        assert peak_memory() >= 80_000_000
        assert child.stdin is not None
        child.stdin.close()
        child.wait()
        assert living <= cpu_seconds() - before < 2 * living + 0.5


def a_task_is_not_billed_for_what_was_before_it() -> None:
    before = Meter()
    held = bytearray(90_000_000)
    first = before.cost()
    del held
    second = Meter().cost()
    assert first.memory >= 90_000_000
    assert second.memory <= first.memory - 60_000_000
    assert peak_memory() >= first.memory - 30_000_000, "the system rounds, by the more the more cores it has"
    assert (first.engine, second.engine) == (0.0, 0.0)


def a_child_that_ended_is_the_engine_s_share() -> None:
    meter = Meter()
    subprocess.run([sys.executable, "-c", BUSY], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)
    cost = meter.cost()
    assert 0.5 <= cost.engine <= cost.cpu
    assert cost.memory >= 80_000_000


def a_service_is_billed_to_the_tasks_it_worked_for() -> None:
    with subprocess.Popen([sys.executable, "-c", BUSY], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as service:
        assert service.stdout is not None
        service.stdout.read(1)
        idle = Meter()
        bytearray(1_000_000)
        cost = idle.cost()
        assert cost.engine < 0.2
        assert cost.memory < peak_memory()
        ending = Meter()
        assert service.stdin is not None
        service.stdin.close()
        service.wait()
        assert ending.cost().engine < 0.4, "what it did before is not counted again when it ends"


@pytest.mark.parametrize(
    "holds",
    [
        a_child_that_lives_on_is_counted_and_once_only,
        a_task_is_not_billed_for_what_was_before_it,
        a_child_that_ended_is_the_engine_s_share,
        a_service_is_billed_to_the_tasks_it_worked_for,
    ],
    ids=lambda holds: holds.__name__,
)
def test_in_a_process_without_children_of_others(holds: Callable[[], None]) -> None:
    with opened(1, apart=True) as worker:
        worker.submit(holds).result()
