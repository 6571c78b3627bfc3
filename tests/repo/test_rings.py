"""The import rings of the house: every import of every module is parsed, and a wrong arrow fails."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RING_0 = {"model", "moment", "locate", "mime", "contract", "errors", "wording"}
RING_2 = set(
    "store ledger case intake plan execute pools lanes limits usage run publish toml decisions"
    " cluster away shelf journal progress tasks account".split()
)
SHARED = {"lang", "raster", "sheets"}


def modules() -> list[Path]:
    return sorted(path for name in ("pipeline", "stages") for path in (ROOT / name).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ring(name: str) -> int | None:
    """The ring of a module name, or none where it is a library's."""
    parts = name.split(".")
    if parts[0] == "stages":
        return 1
    if parts[0] != "pipeline" or parts[1:] in ([], ["__version__"]):
        return None
    return 0 if parts[1] in RING_0 else 2 if parts[1] in RING_2 else 3


def stage_of(name: str) -> str:
    parts = name.split(".")
    return parts[1] if len(parts) > 1 else ""


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_arrows_point_inward(path: Path) -> None:
    own = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    here = ring(own)
    for name in imports(path):
        there = ring(name)
        if there is None or here is None or here == 3:
            continue
        allowed = {0: {0}, 1: {0, 1}, 2: {0, 2}}[here]
        assert there in allowed, f"{own} (ring {here}) imports {name} (ring {there})"
        if here == there == 1:
            assert stage_of(own) in ("", stage_of(name)) or stage_of(name) in SHARED, f"{own} imports {name}"
            assert stage_of(own) not in SHARED or stage_of(name) in SHARED, f"{own} imports {name}"


def test_verify_shares_nothing_with_seal() -> None:
    for path in (ROOT / "stages" / "verify").glob("*.py"):
        assert not any(name.startswith(("stages.seal", "stages.assemble")) for name in imports(path))


def test_help_loads_click_and_ring_0_only() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from pipeline.cli.app import run; run(['--help']);"
        "heavy = {'PIL', 'reportlab', 'numpy', 'pytesseract', 'fontTools', 'exifread', 'stages', 'pypdfium2'};"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stderr.strip() == "[]"
