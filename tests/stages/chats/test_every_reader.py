"""What holds for every reader of chats, over all samples of all formats, sound and damaged."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline.contract import Reader, Source, choose
from pipeline.locate import Unlocatable, reread
from pipeline.model import Digest, Message, Reading, digest_of
from pipeline.wording import WORDINGS
from stages.chats.common.attach import attached
from stages.chats.formats import READERS

FIXTURES = Path(__file__).parents[3] / "fixtures" / "chats"
LARGEST = 6_000
"""Mutations are made of small samples: what they break is broken in a small file too."""
BY_ID = {reader.id: reader for reader in READERS}
DECLARED = {"chat-table"}
NAMING = {"chat-companion", "xhs-media-manifest"}
"""Formats that only name what stands in files beside them."""
"""Formats that no reader knows by itself."""
EVERY = pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.id)

Mutation = Callable[[bytes, random.Random], bytes]


@cache
def folder_of(reader: str) -> tuple[tuple[str, bytes], ...]:
    folder = FIXTURES / reader
    found = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "expected.json")
    return tuple((path.relative_to(folder).as_posix(), path.read_bytes()) for path in found)


def samples_of(reader: str, start: str = "sample") -> Iterator[tuple[str, bytes]]:
    return ((name, data) for name, data in folder_of(reader) if name.startswith(start))


def source_of(reader: str, name: str, data: bytes) -> Source:
    """A file among those of its folder, as the stage gives it."""
    digests: dict[str, Digest] = {other: digest_of(held) for other, held in folder_of(reader)}
    paths = {digest_of(held): FIXTURES / reader / other for other, held in folder_of(reader)}
    siblings = {**digests, name: digest_of(data)}
    return Source(data=data, name=name, siblings=siblings, path=paths.__getitem__)


def flip(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(1 + len(data) // 400):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def cut_out(data: bytes, chance: random.Random) -> bytes:
    first, last = sorted(chance.randrange(len(data)) for _ in range(2))
    return data[:first] + data[last:]


def insert(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    odd = chance.choice(
        [b'"', b"\n", b"\r", b"\t", b"[", b"{", b"\\u d83d", b"\\ud83d", b"9" * 30, b"\xff\xfe", b"-1e400"]
    )
    return data[:place] + odd + data[place:]


def swap(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    for _ in range(3):
        one, other = (chance.randrange(len(lines)) for _ in range(2))
        lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def renumber(data: bytes, chance: random.Random) -> bytes:
    """Other digits in the place of digits: times and dates that do not exist."""
    return re.sub(rb"\d", lambda found: b"%d" % chance.randrange(10) if chance.random() < 0.3 else found[0], data)


def recode(data: bytes, chance: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(chance.choice(["gb18030", "big5", "shift-jis", "utf-16", "latin-1", "cp949"]), "replace")


def nulls(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + bytes(chance.randrange(1, 40)) + data[place:]


MUTATIONS: tuple[Mutation, ...] = (flip, cut, cut_out, insert, swap, renumber, recode, nulls)


def check(reader: Reader, reading: Reading) -> None:
    """What holds for any reading."""
    balance = reading.balance
    assert balance.total == balance.records + balance.skipped + balance.unread
    assert min(balance.records, balance.skipped, balance.unread) >= 0
    assert {said.code for said in (*reading.notes, *reading.unread)} <= WORDINGS.keys()
    for said in (*reading.notes, *reading.unread):
        row = WORDINGS[said.code]
        assert row.zh.format(**said.values)
        assert row.en.format(**said.values)
    assert reading.reader == reader.tag
    assert f"reads-{reader.id}" in WORDINGS
    for record in reading.records:
        assert isinstance(record, Message)
        assert record.recalled == (record.type == "recall") or record.recalled
        assert record.type != "system" or record.side == "system" or record.sender is not None


@EVERY
def test_samples_are_read_alike_each_time_and_survive_being_kept(reader: Reader) -> None:
    for name, data in folder_of(reader.id):
        source = source_of(reader.id, name, data)
        if reader.sniff(source) is None:
            continue
        reading = reader.read(source)
        check(reader, reading)
        kept = msgspec.json.encode(attached(reading, source))
        assert kept == msgspec.json.encode(attached(reader.read(source), source))
        assert msgspec.json.encode(msgspec.json.decode(kept, type=Reading)) == kept


@EVERY
def test_a_sample_gives_messages(reader: Reader) -> None:
    assert reader.id in NAMING or any(
        reader.read(source_of(reader.id, name, data)).records for name, data in samples_of(reader.id)
    )


@EVERY
@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_damage_is_read_without_an_exception(reader: Reader, mutation: Mutation) -> None:
    for name, data in list(samples_of(reader.id))[:3]:
        if not data or len(data) > LARGEST:
            continue
        for seed in range(4):
            broken = mutation(data, random.Random(f"{reader.id} {name} {mutation.__name__} {seed}"))
            source = source_of(reader.id, name, broken)
            score = reader.sniff(source)
            assert score is None or (0 < score.value <= 1 and score.reason in WORDINGS)
            check(reader, reader.read(source))


ODD = {
    "nothing": b"",
    "byte order mark": b"\xef\xbb\xbf",
    "nulls": bytes(5_000),
    "noise": bytes(random.Random(4).randrange(256) for _ in range(20_000)),
    "one long line": b"a" * (1 << 20),
    "a long line of digits": b"1" * (1 << 17),
    "a long line of blanks": b" " * (1 << 17) + b"x",
    "a long line of brackets": b"[" * (1 << 17),
    "a long line of colons": b"a: " * (1 << 14),
    "a long line of quotes": b'"' * (1 << 17),
    "deep list": b"[" * 20_000 + b"]" * 20_000,
    "deep objects": b'{"messages":' * 20_000 + b"1" + b"}" * 20_000,
    "deep in an item": b'{"messages":[' + b"[" * 20_000 + b"]" * 20_000 + b"]}",
    "only line ends": b"\r\n" * 20_000,
    "lone surrogate": b'{"messages":[{"text":"\\ud83d","sender":"\\udc00"}]}',
    "huge number": b'{"messages":[{"sender":"a","time":' + b"9" * 5_000 + b"}]}",
}


@EVERY
def test_odd_bytes_are_read_without_an_exception(reader: Reader) -> None:
    for name, data in ODD.items():
        source = Source(data=data, name="聊天.txt")
        assert reader.sniff(source) is None, name
        check(reader, reader.read(source))


@EVERY
def test_an_item_that_runs_deep_or_on_is_read_without_an_exception(reader: Reader) -> None:
    for name, data in list(samples_of(reader.id))[:2]:
        middle = len(data) // 2
        for odd in (b"[" * 10_000, b"x" * (1 << 16), b'"' + b"\\" * 50_001 + b'"', b"\n" * 20_000):
            check(reader, reader.read(source_of(reader.id, name, data[:middle] + odd + data[middle:])))


@pytest.mark.parametrize("format_", sorted(BY_ID.keys() - DECLARED))
def test_no_other_reader_takes_a_sample(format_: str) -> None:
    for name, data in samples_of(format_):
        source = source_of(format_, name, data)
        own = BY_ID[format_].sniff(source)
        best, ties = choose(READERS, source)
        assert own is not None, name
        assert (best and best.id, ties) == (format_, ()), name


@EVERY
def test_what_was_read_can_be_read_again(reader: Reader) -> None:
    """Each message's place is in the file, and for lines and values holds what was read there."""
    for name, data in samples_of(reader.id):
        reading = reader.read(source_of(reader.id, name, data))
        encoding = (reading.encoding or "utf-8").removesuffix("-sig")
        for record in reading.records:
            assert isinstance(record, Message)
            where = record.where
            if where.member is not None or not (where.lines or where.pointer):
                continue
            try:
                found = reread(data, where, encoding="utf-8-sig" if encoding == "utf-8" else encoding)
            except Unlocatable:
                raise AssertionError(f"{name}: {where}") from None
            assert isinstance(found, str)
            assert found


@EVERY
def test_no_line_is_in_two_messages(reader: Reader) -> None:
    for name, data in samples_of(reader.id):
        last = 0
        for record in reader.read(source_of(reader.id, name, data)).records:
            if record.where.lines and not record.where.member:
                assert record.where.lines[0] > last, name
                last = record.where.lines[1]


def steps_of(reader: Reader, source: Source) -> int:
    """How many lines of Python a reading runs: a measure of work that no clock disturbs."""
    reader.read(source)
    count = 0

    def local(_frame: Any, event: str, _argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return local

    before = sys.gettrace()
    sys.settrace(lambda *_: local)
    try:
        reader.read(source)
    finally:
        sys.settrace(before)
    return count


@EVERY
def test_work_grows_with_the_file_and_no_faster(reader: Reader) -> None:
    """Lines of text are repeated; of JSON, tables and mails, whose ends are fixed, nothing can be."""
    if reader.id.endswith(("csv", "json", "jsonl", "eml", "mbox", "mht")):
        return
    for name, data in samples_of(reader.id):
        body = data.removeprefix(b"\xef\xbb\xbf")
        if len(body) > LARGEST or body[:1] in b"{[" or reader.sniff(source_of(reader.id, name, body * 2)) is None:
            continue
        few, many = (steps_of(reader, source_of(reader.id, name, (body + b"\n") * times)) for times in (4, 16))
        assert many < 6 * few, name
        return
