"""Threads that decode at once, as the cases of a batch do, meet every type for the first time at once."""

from __future__ import annotations

import subprocess
import sys

RACE = """
import sys, threading
from pipeline.model import Value, decode

sys.setswitchinterval(1e-6)
FAMILY = "from pipeline.model import Value\\n"
for n in range(12):
    fields = "".join(f"    t{m}: 'T{m} | None' = None\\n" for m in range(n))
    FAMILY += f"class T{n}(Value, kw_only=True):\\n{fields}    a: int\\n"
module = sys.modules[__name__].__dict__
for _ in range(60):
    exec(FAMILY, module)
    together = threading.Barrier(3)

    def work(first):
        together.wait()
        for number in range(first, 12):
            assert decode(b'{"t0":{"a":1},"a":2}', module[f"T{number}"]).t0.a == 1

    threads = [threading.Thread(target=work, args=(first,)) for first in (1, 5, 11)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
"""


def test_threads_that_meet_a_type_at_once_all_decode_it() -> None:
    done = subprocess.run([sys.executable, "-X", "faulthandler", "-c", RACE], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
