"""Stages are pure: run twice under another zone, locale, hash seed and folder, a case gives the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.e2e.conftest import EPOCH, make_case

SURROUNDINGS = (
    {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    {"TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "977"},
)


def test_surroundings_change_nothing(tmp_path: Path) -> None:
    outputs = []
    for number, environ in enumerate(SURROUNDINGS):
        home = tmp_path / f"somewhere {number}"
        case = make_case(home / "案件")
        command = [sys.executable, "-P", "-m", "pipeline", "build", str(case), "--jobs", "1"]
        changed = os.environ | environ | {"SOURCE_DATE_EPOCH": EPOCH}
        done = subprocess.run(command, cwd=home, env=changed, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        outputs.append({p.name: p.read_bytes() for p in (case / "out").iterdir() if p.name != "run.json"})
    assert outputs[0].keys() == outputs[1].keys()
    for name, data in outputs[0].items():
        assert data == outputs[1][name], name
