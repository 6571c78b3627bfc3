"""What travels inside the PDF: the manifest, the originals of this case alone, and digests that can be checked."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pipeline.contract import Inputs, Item
from pipeline.model import Layout, Note, Reading, bare, encode
from stages.assemble import STAGE
from stages.assemble.build import _travelling
from stages.assemble.fonts import tools
from stages.assemble.manifest import digest_lines, evidence_manifest
from stages.assemble.pdf.attach import Attached, attach
from stages.assemble.pdf.objects import text
from stages.assemble.pdf.unicode import to_unicode
from tests.stages.assemble import sample
from tests.stages.assemble.conftest import Build
from tests.stages.assemble.drawing import edited, item

OTHERS = Note(code="other-orders-left-out", values={"count": 3})


def noted(label: str, code: str, **values: Any) -> Item:
    one = item(label, f"{label}.csv", sample.order_record(), **values)
    reading: Reading = edited(one.readings[0], notes=(Note(code=code),))
    made: Item = edited(one, readings=(reading,))
    return made


def labels(*items: Item) -> list[str]:
    return [one.exhibit.label for one in _travelling(items)]


def test_originals_travel_whole_and_members_inside_their_archive() -> None:
    assert labels(item("1"), item("2", parent=None), item("5"), item("5-1", parent="5")) == ["1", "2", "5"]


def test_what_was_withdrawn_stays() -> None:
    assert labels(item("1", status="withdrawn"), item("2", status="unread")) == ["2"]


@pytest.mark.parametrize("code", ["other-orders-left-out", "several-orders"])
def test_a_table_with_other_peoples_orders_stays(code: str) -> None:
    assert labels(item("1"), noted("2", code)) == ["1"]


@pytest.mark.parametrize("code", ["other-orders-left-out", "several-orders"])
def test_an_archive_that_holds_such_a_table_stays_with_it(code: str) -> None:
    inner = noted("5-2", code, parent="5")
    assert labels(item("5"), item("5-1", parent="5"), inner, item("51")) == ["51"]
    deep = noted("5-2-1", code, parent="5-2")
    assert labels(item("5"), item("5-2", parent="5"), deep) == []


def test_other_notes_keep_nothing_back() -> None:
    assert labels(noted("2", "format-tie")) == ["2"]


@pytest.fixture(scope="session")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case whose order table and chat archive hold other people's matter, all originals attached."""
    folder = tmp_path_factory.mktemp("mixed")
    case = sample.make(folder, attach="all")
    items = []
    for one in case.inputs.items:
        if one.exhibit.label in {"2", "5-1"}:
            reading = edited(one.readings[0], notes=(OTHERS,))
            one = edited(one, readings=(reading,))
        items.append(one)
    inputs = Inputs(
        items=tuple(items), documents=case.inputs.documents, custody=case.inputs.custody, path=case.inputs.path,
        scratch=case.inputs.scratch,
    )  # fmt: skip
    path = STAGE.run(inputs, case.params).files["dossier.pdf"]
    assert isinstance(path, Path)
    return path


def test_no_byte_of_another_buyers_original_is_in_the_file(mixed: Path) -> None:
    with pikepdf.open(mixed) as pdf:
        names = set(pdf.attachments)
        contents = b"".join(pdf.attachments[name].get_file().read_bytes() for name in names)
    assert not {name for name in names if name.startswith(("2-", "5-"))}
    assert b"PK archive" not in contents
    assert {"1-review.png", "3-order.png", "4-chat-long.png", "evidence-manifest.json"} <= names


def test_what_travels_is_checked_with_the_tool_that_is_named(build: Build, tmp_path: Path) -> None:
    with pikepdf.open(build(attach="all").pdf) as pdf:
        for name, file in pdf.attachments.items():
            (tmp_path / name).write_bytes(file.get_file().read_bytes())
    done = subprocess.run(
        ["sha256sum", "-c", "ORIGINALS.sha256"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(": OK") == len(list(tmp_path.iterdir())) - 2


@pytest.mark.parametrize(("mode", "names"), [("none", set()), ("manifest", {"evidence-manifest.json"})])
def test_less_can_travel(build: Build, mode: str, names: set[str]) -> None:
    with pikepdf.open(build(attach=mode).pdf) as pdf:
        assert set(pdf.attachments) == names


def test_the_manifest_is_made_whether_or_not_it_travels(build: Build) -> None:
    assert build(attach="none").manifest == build().manifest == build(attach="all").manifest


def test_pages_do_not_depend_on_what_travels(build: Build) -> None:
    layouts: list[Layout] = [build(attach=mode).layout for mode in ("none", "manifest", "all")]
    assert len({encode(layout) for layout in layouts}) == 1


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> sample.Sample:
    return sample.make(tmp_path_factory.mktemp("manifest"))


def manifest(made: sample.Sample, change: Callable[[Item], Item] = lambda one: one) -> dict[str, Any]:
    items = tuple(change(one) for one in made.inputs.items)
    inputs = Inputs(items=items, custody=made.inputs.custody, path=made.inputs.path, scratch=made.inputs.scratch)
    said: dict[str, Any] = json.loads(evidence_manifest(inputs))
    return said


def test_the_manifest_says_what_was_received(made: sample.Sample) -> None:
    said = manifest(made)
    assert set(said) == {"case", "made", "tool", "evidence_head", "exhibits"}
    assert (said["case"], said["made"]) == ("momo-review", "2026-03-17T02:07:30Z")
    assert said["evidence_head"].startswith("sha256:")
    by_label = {one["label"]: one for one in said["exhibits"]}
    assert by_label["1"]["receipts"][0] == {"name": "证据/review.png", "received": "2026-03-17T02:02:11Z"}
    assert by_label["7"]["status"] == "withdrawn"
    assert by_label["10"]["media_type"] is None
    for one in made.inputs.items:
        data = made.inputs.path(one.exhibit.digest).read_bytes()
        assert by_label[one.exhibit.label]["sha256"] == hashlib.sha256(data).hexdigest() == bare(one.exhibit.digest)
        assert by_label[one.exhibit.label]["bytes"] == len(data)


def test_the_manifest_does_not_depend_on_the_order_of_the_items(made: sample.Sample) -> None:
    inputs = Inputs(
        items=made.inputs.items[::-1], custody=made.inputs.custody, path=made.inputs.path, scratch=made.inputs.scratch,
    )  # fmt: skip
    assert json.loads(evidence_manifest(inputs)) == manifest(made)


def test_the_manifest_names_readers_and_fonts(made: sample.Sample) -> None:
    said = manifest(made)["tool"]
    assert {"tesseract@1", "wechat-share@1", "xhs-orders@1"} <= set(said["engines"])
    assert said["engines"] == sorted(said["engines"])
    assert said["fonts"] == [tool.version for tool in tools()]


def test_a_reader_that_knew_nothing_is_not_named(made: sample.Sample) -> None:
    def unknown(one: Item) -> Item:
        changed: Item = edited(one, readings=tuple(edited(reading, reader="") for reading in one.readings))
        return changed

    assert manifest(made, unknown)["tool"]["engines"] == []


def test_without_the_evidence_chain_there_is_no_manifest(made: sample.Sample, tmp_path: Path) -> None:
    inputs = Inputs(items=made.inputs.items, path=made.inputs.path, scratch=tmp_path)
    with pytest.raises(LookupError):
        evidence_manifest(inputs)


def test_digests_are_listed_by_name() -> None:
    assert digest_lines({"b": "2" * 64, "a": "1" * 64}) == f"{'1' * 64}  a\n{'2' * 64}  b\n".encode()
    assert digest_lines({}) == b""


def test_a_file_travels_with_its_name_kind_size_and_bytes(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    source = tmp_path / "source"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("话.txt", "在吗")
    source.write_bytes(buffer.getvalue())
    canvas = Canvas(str(tmp_path / "a.pdf"), invariant=1)
    canvas.showPage()
    attach(canvas._doc, [
        Attached("5-微信 记录😀.zip", "application/zip", "证据 5", source),
        Attached("1-a.txt", "text/plain; charset=utf-8", "证据 1", b""),
    ])  # fmt: skip
    canvas.save()
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert list(pdf.attachments) == ["1-a.txt", "5-微信 记录😀.zip"]
        held = pdf.attachments["5-微信 记录😀.zip"]
        file = held.get_file()
        assert file.read_bytes() == source.read_bytes()
        assert file.mime_type == "application/zip"
        assert file.size == len(source.read_bytes())
        assert file.md5 == hashlib.md5(source.read_bytes(), usedforsecurity=False).digest()
        assert held.description == "证据 5"
        assert pdf.attachments["1-a.txt"].get_file().mime_type == "text/plain; charset=utf-8"


@pytest.mark.parametrize("said", ["", "证据 5", "😀𠮷", "(a\\b)"])
def test_text_for_people_is_marked_utf_16(said: str) -> None:
    made = text(said).data
    assert made.startswith(b"<FEFF")
    assert bytes.fromhex(made[5:-1].decode()).decode("utf-16-be") == said


def test_a_map_to_unicode_has_every_code_in_blocks_of_a_hundred() -> None:
    codes = {chr(0x4E00 + n): n + 1 for n in range(250)} | {"😀": 251}
    lines = to_unicode(codes).decode().splitlines()
    assert [line for line in lines if line.endswith("beginbfchar")] == [
        "100 beginbfchar", "100 beginbfchar", "51 beginbfchar",
    ]  # fmt: skip
    assert lines.count("endbfchar") == 3
    assert "<0001> <4E00>" in lines
    assert "<00FB> <D83DDE00>" in lines
