"""The committed order tables are what their maker makes, whatever compressor is at hand."""

from __future__ import annotations

import importlib.util
import io
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

FIXTURES = Path(__file__).parents[2] / "fixtures"


def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_orders", FIXTURES / "make_orders.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MAKER = maker()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("folder", [MAKER.XHS, MAKER.TABLE], ids=lambda folder: folder.name)
def test_fixtures_are_made_anew(folder: Path) -> None:
    made = MAKER.xiaohongshu() if folder == MAKER.XHS else MAKER.table()
    assert set(made) == {path.name for path in folder.iterdir()} - {"expected.json"}
    for name, data in made.items():
        committed = (folder / name).read_bytes()
        if name.endswith(".xlsx") and name != "broken-cut.xlsx":
            assert parts(data) == parts(committed), name
        elif name != "broken-cut.xlsx":
            assert data == committed, name


def test_two_makings_are_the_same_bytes() -> None:
    assert MAKER.xiaohongshu() == MAKER.xiaohongshu()
    assert MAKER.table() == MAKER.table()
