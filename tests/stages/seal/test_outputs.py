"""The files beside the PDF: findings with pages, notes in words, the manifest and the checksums."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from pipeline.contract import Inputs
from pipeline.locate import Locator
from pipeline.model import Layout, Marks, Note, Placed, bare, digest_of
from stages.seal import STAGE, Params
from stages.timeline import Params as TimelineParams
from stages.timeline.line import draw
from stages.timeline.tables import files as tables
from tests.made import SHANGHAI
from tests.stages.appraise.test_verdict import CASE, CHAT, SHEET, SHOT, reached

LAYOUT = Layout(
    pages=12,
    exhibits={"1": (4, 5), "2": (6, 7), "3": (8, 9)},
    placed=(Placed(exhibit="2", where=Locator(sheet="订单", rows=(17,)), page=7),),
    sections={"brief": 1},
    notes=(Note(code="times-disagree", values={"order": "P1", "what": "发货", "left": "a", "right": "b"}),),
)


@pytest.fixture
def inputs(tmp_path: Path) -> Inputs:
    items = (SHOT, SHEET, CHAT)
    timeline = draw(items, TimelineParams(language="zh-CN", zone=SHANGHAI, review=CASE.review))
    made = {**tables(timeline), "dossier.pdf": b"%PDF-1.7 x", "evidence-manifest.json": b'{"case":"c","exhibits":[]}'}
    held = {digest_of(data): tmp_path / str(number) for number, data in enumerate(made.values())}
    for data, path in zip(made.values(), held.values(), strict=True):
        path.write_bytes(data)
    return Inputs(
        items=items,
        documents={"timeline": timeline, "appraise": reached(*items), "annotate": Marks(marks=()), "assemble": LAYOUT},
        files={name: digest_of(data) for name, data in made.items()},
        notes=(Note(code="symlink-refused", values={"name": "link"}),),
        path=lambda digest: held[digest],
        scratch=tmp_path,
    )


def files(inputs: Inputs) -> dict[str, bytes]:
    made = STAGE.run(inputs, Params(language="zh-CN"))
    return {name: data for name, data in made.files.items() if isinstance(data, bytes)}


def test_every_reason_names_the_pages_on_which_it_is_shown(inputs: Inputs) -> None:
    findings = json.loads(files(inputs)["findings.json"])
    assert findings["claims"][0]["because"][0]["pages"] == [7]
    assert findings["facts"][0]["pages"] == [7]
    replies = next(fact for fact in findings["facts"] if "来信" in fact["text"])
    assert replies["pages"] == [8]
    assert findings["triage"]["grounds"] == [{"ground": "contrary-to-facts", "fits": True, "missing": []}]


def test_notes_are_said_in_words_by_exhibit_and_for_the_case(inputs: Inputs) -> None:
    notes = json.loads(files(inputs)["notes.json"])
    assert [entry["label"] for entry in notes["exhibits"]] == ["1", "2", "3"]
    codes = [note["code"] for note in notes["case"]]
    assert codes[0] == "symlink-refused"
    assert "times-disagree" in codes
    assert all(note["message"] and note["severity"] in ("info", "warning", "error") for note in notes["case"])


def test_the_manifest_lists_every_output_and_the_sums_every_file(inputs: Inputs) -> None:
    made = files(inputs)
    manifest = json.loads(made["manifest.json"])
    outputs = {entry["name"]: entry for entry in manifest["outputs"]}
    assert set(outputs) == {"dossier.pdf", "timeline.csv", "timeline.json", "findings.json", "notes.json"}
    assert outputs["dossier.pdf"] == {"name": "dossier.pdf", "sha256": bare(inputs.files["dossier.pdf"]), "bytes": 10}
    assert outputs["findings.json"]["sha256"] == hashlib.sha256(made["findings.json"]).hexdigest()
    sums = dict(reversed(line.split("  ")) for line in made["SHA256SUMS"].decode().splitlines())
    assert set(sums) == {*outputs, "manifest.json"}
    assert sums["manifest.json"] == hashlib.sha256(made["manifest.json"]).hexdigest()
    assert list(sums) == sorted(sums)


def test_the_document_stands_for_all_outputs(inputs: Inputs) -> None:
    made = STAGE.run(inputs, Params(language="en"))
    sums = made.files["SHA256SUMS"]
    assert isinstance(sums, bytes)
    assert made.document.sums == hashlib.sha256(sums).hexdigest()  # type: ignore[attr-defined]
    assert set(made.files) == set(STAGE.publishes)


def test_an_exhibit_without_pages_has_none() -> None:
    assert LAYOUT.page_of("9", Locator(whole=True)) is None
    assert LAYOUT.page_of("3", Locator(lines=(1, 1))) == 8
