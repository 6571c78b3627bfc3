"""The real command in a process of its own, and a small case for it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cases import EPOCH, ROOT, fill

CHAT = """\
林小姐 和 阿青 在微信上的聊天记录如下，请查收。

—————  2026-03-12  —————


林小姐  10:00

发货了吗
"""


def dossier(
    *arguments: str | Path, environ: Mapping[str, str] | None = None, **options: Any
) -> subprocess.Popen[bytes]:
    """Begin a command; `environ` stands in for the surroundings."""
    base = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH} if environ is None else dict(environ)
    command = [sys.executable, "-P", "-m", "pipeline", *map(str, arguments)]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, env={**base, "PYTHONPATH": str(ROOT)}, **{**streams, **options})


def chat_case(folder: Path) -> Path:
    """A case with one chat."""
    return fill(folder, {"聊天.txt": CHAT})
