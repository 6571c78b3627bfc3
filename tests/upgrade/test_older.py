"""A case built by an older version opens: the same labels, the same evidence, and what was said of it still holds."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline import __version__
from pipeline.cli.app import run
from pipeline.ledger import Entry, audit, entries_in
from tests.upgrade.conftest import LATER, unpacked

VERSIONS = ("0.1.0", "0.2.0", "0.3.0")
Said = Callable[..., tuple[int, str]]
BUILD = ("build", "--jobs", "1", "--ocr", "tesseract")
MADE = 3
"""The exit code of these cases: one of their files is nothing that can be read."""

LABELS = {
    "废.txt": "1",
    "打包.zip": "2",
    "打包.zip/微信/聊天2.txt": "2-1",
    "打包.zip/raw.bin": "2-2",
    "聊天.txt": "3",
    "订单.csv": "4",
    "评价.png": "5",
    "说明 副本.txt": "6",
    "截图文字.txt": "7",
    "说明.txt": "8",
}


@pytest.fixture(scope="module", params=VERSIONS)
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A case as a version left it, and a copy that today's program has built again."""
    old = unpacked(request.param, tmp_path_factory.mktemp("old"))
    new = shutil.copytree(old, tmp_path_factory.mktemp("new") / "case")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", LATER)
        assert run([*BUILD, str(new)]) == MADE
    return old, new


def evidence(case: Path) -> list[Entry]:
    return [entry for entry in entries_in(case / "ledger.jsonl") if entry.chain == "evidence"]


def manifest(case: Path) -> Any:
    return json.loads((case / "out" / "manifest.json").read_bytes())


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_exhibit_keeps_its_label(pair: tuple[Path, Path]) -> None:
    _, new = pair
    assert {exhibit["name"]: exhibit["label"] for exhibit in manifest(new)["exhibits"]} == LABELS


def test_nothing_is_received_or_withdrawn_anew(pair: tuple[Path, Path]) -> None:
    old, new = pair
    assert evidence(new) == evidence(old)
    assert (new / "ledger.jsonl").read_bytes().startswith((old / "ledger.jsonl").read_bytes())
    assert audit(new / "ledger.jsonl") == []


def test_the_dossier_cites_the_same_evidence(pair: tuple[Path, Path]) -> None:
    old, new = pair
    before, now = manifest(old), manifest(new)
    assert now["evidence_head"] == before["evidence_head"] == evidence(new)[-1].hash
    told = ("label", "name", "sha256", "bytes", "receipts")
    assert [{key: exhibit[key] for key in told} for exhibit in now["exhibits"]] == [
        {key: exhibit[key] for key in told} for exhibit in before["exhibits"]
    ]
    assert now["tool"]["version"] == __version__


def test_originals_and_inbox_stay_as_they_were(pair: tuple[Path, Path]) -> None:
    old, new = pair
    for kept in ("originals", "inbox"):
        assert files(new / kept) == files(old / kept)


def test_what_was_built_is_whole_and_today_s(pair: tuple[Path, Path], said: Said) -> None:
    _, new = pair
    code, text = said("verify", str(new))
    assert (code, text.splitlines()[-1]) == (0, "Intact.")
    assert said(*BUILD, str(new))[0] == MADE
    made = [entry.body for entry in entries_in(new / "ledger.jsonl") if entry.kind == "made"]
    assert made[-1].get("tool") == __version__
    assert len(made) == 3, "once each day, and today; then nothing was left to do"


def test_what_the_older_version_made_is_still_found_whole(pair: tuple[Path, Path], said: Said) -> None:
    old, _ = pair
    for path in (old, old / "out", old / "out" / "dossier.pdf"):
        code, text = said("verify", str(path))
        assert (code, text.splitlines()[-1]) == (0, "Intact."), text
    assert said("audit", str(old))[0] == 0


def test_a_changed_byte_of_an_older_dossier_is_found(pair: tuple[Path, Path], said: Said, tmp_path: Path) -> None:
    old, _ = pair
    data = bytearray((old / "out" / "dossier.pdf").read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "dossier.pdf").write_bytes(data)
    assert said("verify", str(tmp_path / "dossier.pdf"))[0] == 5


def test_older_results_change_nothing(pair: tuple[Path, Path], said: Said, tmp_path: Path) -> None:
    """Made with what an older version left in work/, the outputs are those made without it."""
    old, new = pair
    if manifest(old)["tool"]["version"] != VERSIONS[-1]:
        return  # one is enough: of the earlier ones hardly a result is taken over
    bare = shutil.copytree(old, tmp_path / "case")
    shutil.rmtree(bare / "work")
    assert said(*BUILD, str(bare))[0] == MADE
    outputs = [files(case / "out") for case in (bare, new)]
    assert outputs[0].keys() == outputs[1].keys()
    assert all(outputs[0][name] == outputs[1][name] for name in outputs[0] if name != "run.json")
