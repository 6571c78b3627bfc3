"""Every fixture of every reader: the counts and the key fields that stand in its expected.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline.contract import Reader, Source, choose
from pipeline.model import Message, Note, Order, Reading, Record, Trade, Unread, digest_of
from stages import chats, orders
from stages.chats import formats
from stages.chats.common.attach import attached
from stages.orders import readers as order_readers

FIXTURES = Path(__file__).parents[2] / "fixtures"
DECLARED = {"table", "chat-table"}
"""Formats that no reader knows by itself."""
READERS = {"chats": (formats.READERS, chats.Params), "orders": (order_readers.READERS, orders.Params)}


def remark(said: Note | Unread) -> str:
    where = said.where.lines or said.where.rows if said.where else None
    return said.code if where is None else f"{said.code} {'-'.join(map(str, where))}"


def time_of(at: Any) -> str | None:
    return None if at is None else f"{at.start} {at.grain} {at.zone}"


def place(record: Message) -> dict[str, Any]:
    where = record.where
    return (
        {"lines": list(where.lines)}
        if where.lines and not where.member
        else {"where": json.loads(msgspec.json.encode(where))}
    )


def message(record: Message) -> dict[str, Any]:
    """The fields that every message has, and those of the rest that are filled."""
    rare = ("sender_id", "edited", "recalled", "reply_to", "chat", "subject", "to", "message_id")
    return {
        **place(record),
        "at": time_of(record.at),
        "sender": record.sender,
        "side": record.side,
        "type": record.type,
        "text": record.text,
        "attachments": [part.name + (" ✓" if part.found else "") for part in record.attachments],
        **{name: list(value) if name == "to" else value for name in rare if (value := getattr(record, name, None))},
    }


def order(record: Trade) -> dict[str, Any]:
    times = msgspec.structs.asdict(record.times)
    amounts = msgspec.structs.asdict(record.amounts)
    return {
        "sheet": record.where.sheet,
        "rows": list(record.where.rows or ()),
        "order_id": record.order_id,
        "transaction_id": record.transaction_id,
        "status": record.status,
        "text": record.text,
        "items": [f"{item.title} {item.spec} {item.quantity}" for item in record.items],
        "tracking": [f"{parcel.carrier} {parcel.number}" for parcel in record.tracking],
        "amounts": {name: f"{value.value} {value.currency}" for name, value in amounts.items() if value},
        "times": {name: time_of(value) for name, value in times.items() if value},
        "cells": len(record.cells),
    }


def trade(record: Trade) -> dict[str, Any]:
    """A record of a bill, a parcel, an after-sale table: what it is, and the fields that are filled."""
    more = {"kind": type(record).__name__.lower(), "direction": record.direction, "party": record.party}
    if record.where.pointer:
        more["pointer"] = record.where.pointer
    found = {**more, "sub_order_id": record.sub_order_id, **order(record)}
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}


def key_fields(record: Record) -> dict[str, Any]:
    if isinstance(record, Message):
        return message(record)
    return order(record) if isinstance(record, Order) else trade(record) if isinstance(record, Trade) else {}


def summary(reading: Reading | None) -> dict[str, Any] | None:
    """What expected.json holds of a reading; None for a file that no reader of its stage knows."""
    if reading is None:
        return None
    balance = reading.balance
    return {
        "reader": reading.reader,
        "encoding": reading.encoding,
        "balance": [balance.total, balance.records, balance.skipped, balance.unread],
        "counts": [len(reading.records), len(reading.notes), len(reading.unread)],
        "records": [key_fields(record) for record in reading.records],
        "notes": [remark(note) for note in reading.notes],
        "unread": [remark(span) for span in reading.unread],
        "declared": reading.declared,
    }


def read(kind: str, folder: Path, name: str, params: dict[str, Any]) -> Reading | None:
    readers, params_type = READERS[kind]
    paths = {digest_of((folder / other).read_bytes()): folder / other for other in files_of(folder)}
    source = Source(
        data=(folder / name).read_bytes(),
        name=name,
        params=msgspec.convert(params, params_type),
        siblings={path.relative_to(folder).as_posix(): digest for digest, path in paths.items()},
        path=paths.__getitem__,
        whole=folder / name,
    )
    reader, ties = choose(readers, source)
    assert not ties
    if reader is None:
        return None
    reading = reader.read(source)
    return attached(reading, source) if kind == "chats" else reading


def files_of(folder: Path) -> list[str]:
    """The files of a format, by their path below its folder."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in found if name != "expected.json")


def cases() -> list[Any]:
    found = []
    for expected in sorted(FIXTURES.glob("*/*/expected.json")):
        kind = expected.parent.parent.name
        if kind in READERS:
            for name, case in json.loads(expected.read_bytes()).items():
                found.append(pytest.param(kind, expected.parent, name, case, id=f"{expected.parent.name}/{name}"))
    return found


@pytest.mark.parametrize(("kind", "folder", "name", "case"), cases())
def test_fixture_reads_as_expected(kind: str, folder: Path, name: str, case: dict[str, Any]) -> None:
    assert summary(read(kind, folder, name, case["params"])) == case["reading"]


def test_every_sample_and_broken_file_is_expected() -> None:
    for expected in sorted(FIXTURES.glob("*/*/expected.json")):
        if expected.parent.parent.name in READERS:
            assert set(json.loads(expected.read_bytes())) == set(files_of(expected.parent))


@pytest.mark.parametrize("reader", [*formats.READERS, *order_readers.READERS], ids=lambda reader: reader.id)
def test_every_reader_has_good_and_broken_samples(reader: Reader) -> None:
    folder = next(FIXTURES.glob(f"*/{reader.id}"))
    assert list(folder.glob("sample*"))
    assert list(folder.glob("broken*"))
    assert (folder / "expected.json").is_file()


def test_a_sample_is_known_to_one_reader_of_all() -> None:
    everyone = [*formats.READERS, *order_readers.READERS]
    for folder in sorted(FIXTURES.glob("*/*")):
        if folder.parent.name not in READERS or folder.name in DECLARED:
            continue
        for name in files_of(folder):
            if name.startswith("sample"):
                source = Source(data=(folder / name).read_bytes(), name=name)
                best, ties = choose(everyone, source)
                assert (best and best.id, ties) == (folder.name, ()), name
