"""Small real stages for tests of the machinery: a word counter with the shape of the product.

They live in a module of their own so that spawned workers can import them. What a file's text says decides what its
stage does: `die` ends the worker, `hang` never comes back, `raise` is a bug, `hog` asks for all memory there is,
`gate` waits until a test lets it on.
"""

from __future__ import annotations

import hashlib
import io
import os
import time
import zipfile
from pathlib import Path

from pipeline.contract import Inputs, Made, Settings, Shape, Stage, Tool
from pipeline.errors import MachineLacks
from pipeline.locate import WHOLE, Locator
from pipeline.model import (
    Balance,
    Case,
    Ingested,
    Member,
    Message,
    Note,
    Reading,
    Unread,
    Value,
    digest_of,
    encode,
)


class Params(Value, frozen=True, kw_only=True):
    title: str = ""


class Words(Value, frozen=True, kw_only=True):
    words: tuple[str, ...]


def configure(case: Case, settings: Settings) -> Params:
    del settings
    return Params(title=case.title or "")


def nothing(case: Case, settings: Settings) -> Params:
    del case, settings
    return Params()


def ingest(inputs: Inputs, params: Params) -> Made:
    del params
    data = inputs.data()
    if data[:2] == b"PK":
        return _unpacked(data)
    if not data:
        unread = (Unread(code="no-reader", values={"name": "?"}),)
        return Made(document=Ingested(media_type="x", kind="empty", balance=_whole(0), unread=unread))
    kind = "unknown" if data[:1] == b"\0" else "text"
    return Made(document=Ingested(media_type="text/plain", kind=kind, balance=_whole(len(data))))


def _unpacked(data: bytes) -> Made:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {info.filename: archive.read(info) for info in archive.infolist()}
    members = tuple(Member(name=name, digest=digest_of(blob), bytes=len(blob)) for name, blob in files.items())
    balance = Balance(unit="members", total=len(members), records=len(members))
    document = Ingested(media_type="application/zip", kind="archive", balance=balance, members=members)
    return Made(document=document, files=files)


def _whole(size: int) -> Balance:
    return Balance(unit="bytes", total=size, records=size)


def read(inputs: Inputs, params: Params) -> Made:
    del params
    text = inputs.data().decode()
    _misbehave(text.strip(), inputs.scratch)
    lines = text.splitlines()
    records = tuple(
        Message(where=Locator(lines=(number, number)), at=None, sender=None, text=line)
        for number, line in enumerate(lines, start=1)
        if line != "?"
    )
    unread = tuple(Unread(code="no-reader", values={"name": line}, where=WHOLE) for line in lines if line == "?")
    notes = (Note(code="same-bytes", values={"label": "", "names": "noted"}),) if "note" in lines else ()
    balance = Balance(unit="lines", total=len(lines), records=len(records), unread=len(unread))
    reading = Reading(reader="tiny@1", format="tiny", records=records, balance=balance, unread=unread, notes=notes)
    return Made(document=reading)


def _misbehave(text: str, scratch: Path) -> None:
    if text == "die":
        os._exit(9)
    if text == "die once":
        flag = scratch.parent.parent / "died"
        if not flag.exists():
            flag.touch()
            os._exit(9)
    if text == "hang":
        time.sleep(600)
    if text == "raise":
        raise ValueError("the name of 林小姐")
    if text == "hog":
        bytearray(1 << 60)
    if text == "leave":
        raise SystemExit(3)
    if text == "no tongue":
        raise MachineLacks("no-space", path="tongue")
    if text.startswith("gate"):
        wait_at_the_gate(scratch.parents[2])


def wait_at_the_gate(case: Path) -> None:
    """Tell who waits, in the case folder, and wait until somebody puts a file `open` there."""
    (case / f"gate-{os.getpid()}").touch()
    deadline = time.monotonic() + 600
    while not (case / "open").exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def read_badly(inputs: Inputs, params: Params) -> Made:
    """Dies on what says `die once`, until a file `mended` lies in work/."""
    text = inputs.data().decode()
    if text == "die once" and not (inputs.scratch.parent.parent / "mended").exists():
        os._exit(9)
    records = (Message(where=WHOLE, at=None, sender=None, text=text),)
    balance = Balance(unit="lines", total=1, records=1)
    return Made(document=Reading(reader="tiny@1", format="tiny", records=records, balance=balance))


def stuck(inputs: Inputs, params: Params) -> Made:
    """Native code that hears no signal and takes minutes."""
    del inputs, params
    hashlib.pbkdf2_hmac("sha256", b"", b"", 2_000_000_000)
    raise AssertionError("came back")


def gather(inputs: Inputs, params: Params) -> Made:
    words = [record.text for item in inputs.items for reading in item.readings for record in reading.records]
    if "break the gathering" in words:
        raise KeyError("gathering")
    text = "\n".join([params.title, *words]).encode() + b"\n"
    (inputs.scratch / "words.txt").write_bytes(text)
    inside = encode([item.exhibit for item in inputs.items])
    files = {"words.txt": inputs.scratch / "words.txt", "inside.json": inside}
    return Made(document=Words(words=tuple(words)), files=files)


def seal(inputs: Inputs, params: Params) -> Made:
    del params
    assert inputs.custody is not None
    words: Words = inputs.documents["gather"]
    status = {item.exhibit.label: item.status for item in inputs.items}
    seen = inputs.path(inputs.files["inside.json"]).read_bytes()
    manifest = encode({"custody": inputs.custody, "status": status, "notes": inputs.notes, "inside": seen.decode()})
    sums = "".join(f"{digest}  {name}\n" for name, digest in sorted(inputs.files.items()))
    sums += f"{digest_of(manifest)}  manifest.json\n"
    return Made(document=words, files={"manifest.json": manifest, "SHA256SUMS": sums.encode()})


def tool_of(params: Params) -> tuple[Tool, ...]:
    del params
    return (Tool(name="tongue", version="1", path="somewhere"),)


def is_text(ingested: Ingested | None) -> bool:
    return ingested is not None and ingested.kind == "text"


INGEST = Stage(name="ingest", version="1", shape=Shape.EACH, document=Ingested, run=ingest, configure=nothing)
READ = Stage(
    name="read",
    version="1",
    shape=Shape.EACH,
    document=Reading,
    run=read,
    configure=nothing,
    accepts=is_text,
    needs=("ingest",),
    tools=tool_of,
)
GATHER = Stage(
    name="gather",
    version="1",
    shape=Shape.ALL,
    document=Words,
    run=gather,
    configure=configure,
    publishes=("words.txt",),
)
SEAL = Stage(
    name="seal",
    version="1",
    shape=Shape.ALL,
    document=Words,
    run=seal,
    configure=nothing,
    needs=("gather",),
    needs_custody=True,
    publishes=("manifest.json", "SHA256SUMS"),
)
ORDER = (INGEST, READ, GATHER, SEAL)
