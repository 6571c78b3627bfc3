"""The cases that older versions built, as they were left."""

from __future__ import annotations

import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli.app import run

FIXTURES = Path(__file__).parents[2] / "fixtures" / "upgrade"
LATER = "1773900000"
"""After all that was done with them."""


def unpacked(version: str, folder: Path) -> Path:
    """A copy of the case that a version left behind."""
    with tarfile.open(FIXTURES / f"{version}.tar.xz") as packed:
        packed.extractall(folder, filter="data")
    return folder / "case"


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    """Runs the command line, in English, on a later day: its exit code and all it said."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", LATER)
    monkeypatch.setenv("DOSSIER_LANG", "en")

    def call(*arguments: str) -> tuple[int, str]:
        capsys.readouterr()
        code = run(list(arguments))
        return code, "".join(capsys.readouterr())

    return call
