"""The wheel holds the two packages and nothing else, and works from another folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.e2e.conftest import CHAT

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy: what an earlier build left in the tree, or another one does there now, is not in it."""
    out, tree = tmp_path_factory.mktemp("wheel"), tmp_path_factory.mktemp("tree")
    for name in ("pipeline", "stages"):
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tree)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", str(out), str(tree)]
    subprocess.run(command, check=True, capture_output=True)
    return next(out.glob("*.whl"))


def test_the_top_level_is_exact(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        top = {name.split("/")[0] for name in names}
        entry = archive.read(next(name for name in names if name.endswith("entry_points.txt"))).decode()
    assert {name for name in top if not name.endswith(".dist-info")} == {"pipeline", "stages"}
    assert "dossier = pipeline.__main__:main" in entry
    assert "stages/appraise/platforms.toml" in names
    assert not any("test" in name or "fixture" in name for name in names)


def test_it_builds_a_dossier_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    home, case = tmp_path / "home", tmp_path / "case"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(home)
    (case / "inbox").mkdir(parents=True)
    (case / "inbox" / "chat.txt").write_text(CHAT, encoding="utf-8")
    environ = os.environ | {"PYTHONPATH": str(home)}
    command = [sys.executable, "-P", "-m", "pipeline", "build", str(case), "--jobs", "2"]
    done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (case / "out" / "dossier.pdf").is_file()


def test_an_intruder_is_named(wheel: Path, tmp_path: Path) -> None:
    home, other = tmp_path / "home", tmp_path / "other"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(home)
    (other / "stages").mkdir(parents=True)
    (other / "stages" / "__init__.py").write_text("")
    environ = os.environ | {"PYTHONPATH": f"{other}{os.pathsep}{home}"}
    command = [sys.executable, "-P", "-m", "pipeline", "formats"]
    done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True)
    assert done.returncode == 2
    assert str(other) in done.stderr
