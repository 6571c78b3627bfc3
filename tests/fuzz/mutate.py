"""Mutations: what transfer, programs and malice do to a file, drawn from a seeded source of chance."""

from __future__ import annotations

import io
import json
import random
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Sequence
from typing import Any

from tests.fuzz.corpus import Sample
from tests.fuzz.tokens import NUMBERS, TOKENS

__all__ = ["Chance", "Mutation", "mutant"]

Chance = random.Random
Mutation = Callable[[bytes, Chance, Sequence[Sample]], bytes]

_LARGEST = 200_000
_ENCODINGS = ("gb18030", "big5", "shift-jis", "utf-16", "utf-16-be", "utf-32", "latin-1", "cp949", "utf-7", "cp1252")
_INTEGERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 0x80000000)


def mutant(index: int, seed: int, samples: Sequence[Sample]) -> tuple[Sample, bytes]:
    """The sample that mutant `index` of a seed was made of, and its bytes."""
    chance = random.Random(f"{seed}:{index}")
    sample = chance.choices(samples, [sample.weight for sample in samples])[0]
    data = sample.data
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 5))):
        data = chance.choice(_mutations(data))(data, chance, samples)[:_LARGEST]
    return sample, data


def _mutations(data: bytes) -> Sequence[Mutation]:
    if data.startswith(b"PK\x03\x04"):
        return (*_BYTES, _member, _member, _member, _member, _member, _member, _rename)
    if data.startswith(b"\x89PNG"):
        return (*_BYTES, _chunk, _chunk, _chunk, _chunk)
    if _is_binary(data):
        return (*_BYTES, _integer, _integer, _integer)
    if data[:1] in b"{[":
        return (*_BYTES, *_TEXT, *[_value] * 20)
    return (*_BYTES, *_TEXT, *_TEXT, *_TEXT)


def _is_binary(data: bytes) -> bool:
    return data[:1] in b"\xff\x00GIBM%R" and not data[:80].isascii()


def _place(data: bytes, chance: Chance) -> int:
    return chance.randrange(len(data) + 1)


def _flip(data: bytes, chance: Chance, _: Sequence[Sample]) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 1 + len(data) // 200))):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(data: bytes, chance: Chance, _: Sequence[Sample]) -> bytes:
    return data[: _place(data, chance)]


def _behead(data: bytes, chance: Chance, _: Sequence[Sample]) -> bytes:
    return data[_place(data, chance) :]


def _span(data: bytes, chance: Chance) -> tuple[int, int]:
    first = _place(data, chance)
    return first, min(len(data), first + chance.choice((1, 4, 20, 200, 2000)))


def _delete(data: bytes, chance: Chance, _: Sequence[Sample]) -> bytes:
    first, last = _span(data, chance)
    return data[:first] + data[last:]


def _double(data: bytes, chance: Chance, _: Sequence[Sample]) -> bytes:
    first, last = _span(data, chance)
    return data[:last] + data[first:last] * chance.choice((1, 1, 2, 40)) + data[last:]


def _insert(data: bytes, chance: Chance, _: Sequence[Sample]) -> bytes:
    place = _place(data, chance)
    return data[:place] + chance.choice(TOKENS) + data[place:]


def _zeros(data: bytes, chance: Chance, _: Sequence[Sample]) -> bytes:
    first, last = _span(data, chance)
    return data[:first] + chance.choice((b"\0", b"\xff", b" ")) * (last - first) + data[last:]


def _integer(data: bytes, chance: Chance, _: Sequence[Sample]) -> bytes:
    """A number of a binary format becomes an extreme one."""
    size, order = chance.choice((1, 2, 4)), chance.choice("<>")
    place = chance.randrange(min(len(data), chance.choice((64, 400, 20_000))) + 1)
    number = chance.choice(_INTEGERS) & ((1 << 8 * size) - 1)
    return data[:place] + number.to_bytes(size, "little" if order == "<" else "big") + data[place + size :]


def _splice(data: bytes, chance: Chance, samples: Sequence[Sample]) -> bytes:
    """The first part of one file and the last of another."""
    other = chance.choice(samples).data
    return data[: _place(data, chance)] + other[_place(other, chance) :]


def _nest(data: bytes, chance: Chance, samples: Sequence[Sample]) -> bytes:
    """A part of another file inside this one."""
    other = chance.choice(samples).data
    first, last = _span(other, chance)
    place = _place(data, chance)
    return data[:place] + other[first:last] + data[place:]


def _swap(data: bytes, chance: Chance, _: Sequence[Sample]) -> bytes:
    lines = data.split(b"\n")
    for _ in range(chance.choice((1, 3, 30))):
        one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _lines(data: bytes, chance: Chance, _: Sequence[Sample]) -> bytes:
    """A line is deleted, doubled, or joined with the next; or all end in another way."""
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    ways: tuple[Callable[[], bytes], ...] = (
        lambda: b"\n".join(lines[:at] + lines[at + 1 :]),
        lambda: b"\n".join(lines[:at] + [lines[at]] * chance.choice((2, 30)) + lines[at + 1 :]),
        lambda: b"\n".join(lines[:at]) + b"".join(lines[at : at + 2]) + b"\n".join(lines[at + 2 :]),
        lambda: chance.choice((b"\r", b"\r\n", b"\n\n", b"\xe2\x80\xa8", b"")).join(lines),
    )
    return chance.choice(ways)()


def _number(data: bytes, chance: Chance, _: Sequence[Sample]) -> bytes:
    """Some numbers become extremes."""
    part = chance.choice((0.02, 0.2, 1.0))
    return re.sub(rb"\d+", lambda found: chance.choice(NUMBERS) if chance.random() < part else found[0], data)


def _digit(data: bytes, chance: Chance, _: Sequence[Sample]) -> bytes:
    """Other digits in the place of digits: times, dates and amounts that do not exist."""
    return re.sub(rb"\d", lambda found: b"%d" % chance.randrange(10) if chance.random() < 0.2 else found[0], data)


def _word(data: bytes, chance: Chance, _: Sequence[Sample]) -> bytes:
    """A quoted string, or a cell, becomes a token."""
    found = list(re.finditer(rb'"[^"\n]{0,200}"|(?<=[,\t>])[^,\t<\n]{1,80}', data))
    if not found:
        return data
    first, last = chance.choice(found).span()
    quoted = data[first : first + 1] == b'"'
    token = chance.choice(TOKENS)
    return data[:first] + (b'"' + token + b'"' if quoted and chance.random() < 0.7 else token) + data[last:]


def _value(data: bytes, chance: Chance, samples: Sequence[Sample]) -> bytes:
    """A value of a JSON file, or of a line that is one, becomes another, or goes, or comes twice; the JSON is sound."""
    try:
        return json.dumps(_changed(json.loads(data), chance), ensure_ascii=False).encode("utf-8", "surrogatepass")
    except (ValueError, RecursionError):
        lines = data.split(b"\n")
        at = chance.randrange(len(lines))
        if len(lines) == 1 or not lines[at].startswith(b"{"):
            return _word(data, chance, samples)
        return b"\n".join((*lines[:at], _value(lines[at], chance, samples), *lines[at + 1 :]))


def _changed(value: Any, chance: Chance) -> Any:
    """The value with one thing inside it changed, mostly far down."""
    if isinstance(value, dict | list) and value and chance.random() < 0.9:
        key: Any = chance.choice(list(value) if isinstance(value, dict) else range(len(value)))
        way = chance.random()
        if way < 0.8:
            value[key] = _changed(value[key], chance)
        elif way < 0.9:
            del value[key]
        elif isinstance(value, dict):
            other = chance.choice(list(value))
            value[key], value[other] = value[other], value[key]
        else:
            value.insert(key, value[key])
        return value
    odd: tuple[Any, ...] = (
        None,
        True,
        0,
        -1,
        1e308,
        1.5,
        10**30,
        2**53,
        "",
        "x",
        [],
        {},
        [value],
        {"a": value},
        str(value),
    )
    return chance.choice((*odd, str(value), chance.choice(TOKENS).decode("utf-8", "replace"), "\ud83d"))


def _recode(data: bytes, chance: Chance, _: Sequence[Sample]) -> bytes:
    text = data.decode(chance.choice(("utf-8", "utf-8", "gb18030", "latin-1")), "replace")
    return text.encode(chance.choice(_ENCODINGS), "replace")


def _member(data: bytes, chance: Chance, samples: Sequence[Sample]) -> bytes:
    """One member of a zip is mutated, and the zip is sound."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            held = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except Exception:
        return _flip(data, chance, samples)
    if not held:
        return data
    at = chance.randrange(len(held))
    name, inside = held[at]
    mutations = [mutation for mutation in _mutations(inside) if mutation not in (_member, _rename)]
    for _ in range(chance.choice((1, 1, 2, 4))):
        inside = chance.choice(mutations)(inside, chance, samples)[:_LARGEST]
    held[at] = (name, inside)
    return _zipped(held)


def _rename(data: bytes, chance: Chance, samples: Sequence[Sample]) -> bytes:
    """Two members of a zip change names, or one gets an odd one, or is missing."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            held = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except Exception:
        return _cut(data, chance, samples)
    if not held:
        return data
    one, other = chance.randrange(len(held)), chance.randrange(len(held))
    odd = chance.choice(("../a", "a\\b", "CON", "", "a/", " ", "\u202egnp.exe", held[other][0], "x" * 300))
    held[one] = (odd, held[one][1])
    return _zipped(held)


def _zipped(held: Sequence[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        warnings.simplefilter("ignore")  # a name that comes twice
        for name, inside in held:
            archive.writestr(zipfile.ZipInfo(name), inside)
    return out.getvalue()


def _chunk(data: bytes, chance: Chance, samples: Sequence[Sample]) -> bytes:
    """A chunk of a PNG is mutated, doubled, renamed or taken out, and its checksum is right."""
    chunks = _chunks(data)
    if not chunks:
        return _flip(data, chance, samples)
    at = chance.randrange(len(chunks))
    name, content = chunks[at]
    way = chance.randrange(5)
    if way == 0:
        chunks[at] = (name, _integer(content, chance, samples))
    elif way == 1:
        chunks.insert(at, (name, content))
    elif way == 2:
        chunks[at] = (chance.choice((b"PLTE", b"tRNS", b"iTXt", b"zTXt", b"iCCP", b"eXIf", b"acTL", b"fdAT")), content)
    elif way == 3:
        del chunks[at]
    else:
        chunks[at] = (name, zlib.compress(chance.choice(TOKENS) * 50) if name == b"IDAT" else chance.choice(TOKENS))
    return data[:8] + b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in chunks
    )


def _chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    found, at = [], 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if at + 12 + length > len(data):
            break
        found.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + length]))
        at += 12 + length
    return found


_BYTES: tuple[Mutation, ...] = (_flip, _cut, _behead, _delete, _double, _insert, _zeros, _splice, _nest)
_TEXT: tuple[Mutation, ...] = (_swap, _lines, _number, _digit, _word, _word, _insert, _recode)
