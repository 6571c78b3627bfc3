"""What a task costs: the processes that serve it and live on are in its bill."""

import subprocess
import sys

from pipeline.usage import cpu_seconds, peak_memory

BUSY = """
import sys, time
while time.process_time() < 0.5: pass
held = b"x" * 80_000_000
print(flush=True)
sys.stdin.read()
"""


def test_a_child_that_lives_on_is_counted_and_once_only() -> None:
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
