"""A disk that is really full: a small file system of memory where the system lends one, else a limit on files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from cases import EPOCH, HERE, ROOT, fill, labels, published

from pipeline.ledger import audit

FILES = {f"{number}.txt": f"第 {number} 次\n" * 400 for number in range(12)}
SCRIPT = """\
set -e
[ -z "$LENT" ] || mount -t tmpfs -o size=$SIZE none "$DISK"
cp -r "$CASE" "$DISK/case"
code=0
( [ -n "$LENT" ] || ulimit -f 8; exec "$PYTHON" "$DRIVER" "$DISK/case" $JOBS 0 ) || code=$?
echo "code $code"
[ -z "$LENT" ] || mount -o remount,size=64m none "$DISK"
"$PYTHON" "$DRIVER" "$DISK/case" $JOBS 0
cp -r "$DISK/case" "$KEPT"
"""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = fill(tmp_path_factory.mktemp("whole") / "case", FILES)
    build_on(10_000, folder, folder.parent, 1)
    return folder.parent / "kept"


def build_on(kilobytes: int, case: Path, home: Path, jobs: int) -> list[str]:
    """What two builds of a copy said, one on a disk of that size, one with room; the copy is `home/kept` then."""
    disk = home / "disk"
    disk.mkdir()
    environ = {
        "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
        "PYTHONPATH": f"{ROOT}:{HERE}",
        "SOURCE_DATE_EPOCH": EPOCH,
        "PYTHON": sys.executable,
        "DRIVER": str(HERE / "driver.py"),
        "SIZE": f"{kilobytes}k",
        "DISK": str(disk),
        "CASE": str(case),
        "KEPT": str(home / "kept"),
        "JOBS": str(jobs),
    }
    ways = (["unshare", "--mount"], ["unshare", "--map-root-user", "--mount"])
    apart = next((way for way in ways if lends(way)), [])
    environ["LENT"] = "yes" if apart else ""
    done = subprocess.run([*apart, "sh", "-c", SCRIPT], env=environ, capture_output=True, text=True, timeout=600)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def lends(apart: list[str]) -> bool:
    """Whether the system gives a process a file system of its own."""
    command = [*apart, "mount", "-t", "tmpfs", "none", "/mnt"]
    return subprocess.run(command, capture_output=True).returncode == 0


@pytest.mark.parametrize(("kilobytes", "jobs"), [(100, 1), (130, 2), (160, 1), (190, 1)])
def test_a_full_disk_is_told_and_with_room_it_goes_on(whole: Path, tmp_path: Path, kilobytes: int, jobs: int) -> None:
    case = fill(tmp_path / "case", FILES)
    said = build_on(kilobytes, case, tmp_path, jobs)
    assert said == ["no-space", "code 7"]
    assert published(tmp_path / "kept") == published(whole)
    assert labels(tmp_path / "kept") == labels(whole)
    assert audit(tmp_path / "kept" / "ledger.jsonl") == []
