"""Bringing what was made to the folder where people look for it."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from pipeline.errors import CaseBusy, UsageError
from pipeline.intake import evidence_folder
from pipeline.model import Digest, Value, encode, learnt
from pipeline.store import Store, chunks_of, digest_file, sync_folder, write_aside, writing

__all__ = ["RUN", "Slow", "StageRun", "Surroundings", "allowed", "former", "publish", "write_run"]

RUN = "run.json"
"""The one file that shows the surroundings of a build; it also remembers what the build put beside it."""

_ASIDE = ".publishing.part"


class StageRun(Value, frozen=True, kw_only=True):
    """What one stage took. `made` and `reused` count tasks, `why` counts what those that were made were made for.

    `elapsed` seconds by the clock; of its tasks together: `seconds`, `cpu` seconds, the part of them that child
    processes took (`engine`); and the peak memory of one of their processes, in bytes.
    """

    stage: str
    made: int = 0
    reused: int = 0
    why: dict[str, int] = {}
    elapsed: float = 0.0
    seconds: float = 0.0
    cpu: float = 0.0
    engine: float = 0.0
    memory: int = 0


class Slow(Value, frozen=True, kw_only=True):
    """A task that took long: of which exhibit (none: all), which stage, how many seconds."""

    label: str
    stage: str
    seconds: float


class Surroundings(Value, frozen=True, kw_only=True):
    """`out/run.json`. `at` is the time by the build's clock, `dossier` the version of the program.

    `cpu` is that of the driver, its tasks and their child processes, of which `engine` is the tasks' child processes'.
    `tools` are those in the keys of its tasks, by name and version; `outputs` are what it made.
    """

    at: str = ""
    dossier: str = ""
    jobs: int
    python: str
    platform: str
    seconds: float
    cpu: float
    engine: float = 0.0
    memory: int
    why: dict[str, int] = {}
    stages: tuple[StageRun, ...]
    slowest: tuple[Slow, ...] = ()
    tools: dict[str, str] = {}
    outputs: dict[str, Digest] = {}


class _Former(msgspec.Struct):
    """Of a `run.json`, by whatever version: what it says was put beside it."""

    outputs: dict[str, Digest] = {}


def allowed(out: Path, case: Path) -> Path:
    """The folder for results; UsageError where none can be, or where results would become evidence or harm the case."""
    evidence = evidence_folder(case).resolve()
    with _making(out):
        folder = out.resolve()
        there = next(path for path in (folder, *folder.parents) if path.exists())
        if not there.is_dir():
            raise NotADirectoryError(there)
    kept = [case.resolve() / name for name in ("originals", "work")]
    inside = folder.is_relative_to(evidence) and folder != case.resolve() / "out"
    if inside or any(folder.is_relative_to(other) for other in kept):
        raise UsageError("out-in-evidence", out=out)
    return out


def publish(out: Path, files: Mapping[str, Digest], store: Store) -> bool:
    """Make `out` hold these files, and none that a former build put there and nobody changed since.

    Everything is written aside first; then each file takes its place at once, in the order given (the checksums come
    last). Whether anything had to be done.
    """
    aside = out / _ASIDE
    shutil.rmtree(aside, ignore_errors=True)  # what a build left that was killed or disturbed
    new = [name for name, digest in files.items() if not _is(out / name, digest)]
    stale = [name for name, digest in former(out).items() if name not in files and _is(out / name, digest)]
    if not new and not stale:
        return False
    with _making(out):
        out.mkdir(parents=True, exist_ok=True)
    _begin(aside, out)
    with writing(out):
        ready = [(write_aside(aside, chunks_of(store.path(files[name])))[0], out / name) for name in new]
        for name in stale:
            (out / name).unlink()
        for path, target in ready:
            path.replace(target)
        shutil.rmtree(aside, ignore_errors=True)
        sync_folder(out)
    return True


def _begin(aside: Path, out: Path) -> None:
    """Make the folder in which files are made ready; CaseBusy if another build did just now."""
    with writing(out):
        try:
            aside.mkdir()
        except FileExistsError as other:
            raise CaseBusy("case-disturbed", case=out.parent) from other


def write_run(out: Path, run: Surroundings) -> None:
    """Write `run.json`."""
    with writing(out):
        path, _, _ = write_aside(out, (msgspec.json.format(encode(run), indent=2) + b"\n",))
        path.replace(out / RUN)


@contextlib.contextmanager
def _making(out: Path) -> Iterator[None]:
    """Word a path on which no folder can be: a file stands there, a name is too long, links run in a circle."""
    try:
        with writing(out):
            yield
    except (OSError, RuntimeError) as error:
        raise UsageError("out-impossible", out=out) from error


def _is(path: Path, digest: Digest) -> bool:
    with contextlib.suppress(OSError):
        return digest_file(path) == digest
    return False


def former(out: Path) -> dict[str, Digest]:
    """What the former build put into `out`, by its `run.json`; nothing if that cannot be told."""
    try:
        outputs = msgspec.json.decode((out / RUN).read_bytes(), type=learnt(_Former)).outputs
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}
    return {name: digest for name, digest in outputs.items() if Path(name).name == name}
