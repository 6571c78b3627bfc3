"""Small cases, and what two builds of them must have in common."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path

import tiny_stages

from pipeline import ledger
from pipeline.contract import Settings
from pipeline.intake import Register, take
from pipeline.model import Case, Exhibit, Note
from pipeline.run import Built, build, clock_from
from pipeline.store import Originals

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
EPOCH = "1773711012"
FILES = {
    "chat.txt": "下单一周都没发货\n昨天已签收",
    "order 2.txt": "P366374524942915524",
    "order 10.txt": "付款后 31 小时",
}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """An archive with these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()


PACKED: dict[str, str | bytes] = {**FILES, "pack.zip": zipped({"a.txt": "物流".encode(), "b.bin": b"\0rows"})}
"""The same with an archive, a member of which no stage reads."""


class Intake:
    """A case folder and what its ledger says, read anew at each step, as builds do."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.hours = 0

    def clock(self) -> datetime:
        return datetime(2026, 3, 17, tzinfo=UTC) + timedelta(hours=self.hours)

    @property
    def register(self) -> Register:
        return Register(ledger.Ledger(self.folder / "ledger.jsonl", self.clock))

    @property
    def originals(self) -> Originals:
        return Originals(self.folder / "originals")

    def take(self) -> tuple[Note, ...]:
        self.hours += 1
        return take(self.folder, self.register, self.originals)

    def exhibits(self) -> dict[str, Exhibit]:
        return {exhibit.label: exhibit for exhibit in self.register.exhibits()}

    def names(self) -> dict[str, list[str]]:
        return {label: [receipt.name for receipt in exhibit.receipts] for label, exhibit in self.exhibits().items()}

    def drop(self, **files: str) -> None:
        fill(self.folder, {name.replace("_", "."): content for name, content in files.items()})


def fill(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """A case with these files in its inbox."""
    for name, content in files.items():
        path = folder / "inbox" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def start(folder: Path, jobs: int = 1, kill_at: int = 0, **options: object) -> subprocess.Popen[bytes]:
    """A build in a process of its own, at a fixed time."""
    return _driver(folder, jobs, kill_at, **options)


def killed_in_turn(*kills: tuple[Path, int]) -> list[int]:
    """Builds that kill themselves at some step each, one after the other: how they ended, up to the first that did
    not get so far."""
    code, out, errors = finish(_driver(*chain(*kills)))
    assert (code, errors) == (0, "")
    return [int(line) for line in out.split()]


def _driver(*arguments: object, **options: object) -> subprocess.Popen[bytes]:
    environ = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "PYTHONPATH": os.pathsep.join([str(ROOT), str(HERE)])}
    command = [sys.executable, str(HERE / "driver.py"), *map(str, arguments)]
    return subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)


def finish(process: subprocess.Popen[bytes]) -> tuple[int, str, str]:
    """Its exit code, output and errors."""
    out, err = process.communicate(timeout=600)
    return process.returncode, out.decode(), err.decode()


def kill_after(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Kill it after some time, unless it is done; whether it was killed."""
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode == -signal.SIGKILL


def make(folder: Path) -> Built:
    """A build in this process, at the same time."""
    clock = clock_from({"SOURCE_DATE_EPOCH": EPOCH})
    return build(folder, Case(title="初晴"), tiny_stages.ORDER, Settings(), jobs=1, clock=clock)


def at_the_gate(folder: Path) -> list[int]:
    """The processes whose stage has come to the gate."""
    return [int(path.name.removeprefix("gate-")) for path in folder.glob("gate-*")]


def published(folder: Path) -> dict[str, bytes]:
    """Everything in out/ but the one file that shows the surroundings."""
    return {path.name: path.read_bytes() for path in (folder / "out").iterdir() if path.name != "run.json"}


def labels(folder: Path) -> list[tuple[str, str]]:
    """Who got which label, in the order of the evidence chain."""
    entries = ledger.Ledger(folder / "ledger.jsonl", lambda: None).evidence  # type: ignore[arg-type, return-value]
    return [(entry.body["label"], entry.body["name"]) for entry in entries]
