"""Reads the TOML files that people write: strict, with the line, the nearest known key, and what to type instead."""

from __future__ import annotations

import difflib
import re
import tomllib
import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_origin

import msgspec

from pipeline.errors import UsageError
from pipeline.model import learnt
from pipeline.store import reading

__all__ = ["line_of", "load_toml"]

_T = TypeVar("_T", bound=msgspec.Struct)
_TYPOGRAPHIC = "“”‘’＂＇「」"
_FULL_WIDTH = "＝，［］｛｝＃．"


def load_toml(path: Path, schema: type[_T]) -> tuple[_T, str] | None:
    """What a file holds, as `schema`, and its text; None where there is no file.

    UsageError says the line and what to type, MachineLacks what may not be read.
    """
    with reading(path):
        if not path.is_file():
            return None
        text = _text(path)
    return _checked(_parsed(text, path.name), text, schema, path.name), text


def _text(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError("case-not-utf8", file=path.name, line=line) from error


def _parsed(text: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = _line_of_error(error, text)
        wrong = text.split("\n")[line - 1].strip() if line <= text.count("\n") + 1 else ""
        if any(sign in _bare(wrong) for sign in _TYPOGRAPHIC):
            raise UsageError("case-quotes", file=file, line=line, wrong=wrong, right=_straight(wrong)) from error
        if any(sign in _bare(wrong) for sign in _FULL_WIDTH):
            raise UsageError("case-full-width", file=file, line=line, wrong=wrong, right=_straight(wrong)) from error
        code = "case-twice" if "overwrite" in str(error) or "twice" in str(error) else "case-not-toml"
        raise UsageError(code, file=file, line=line, wrong=wrong) from error


def _line_of_error(error: tomllib.TOMLDecodeError, text: str) -> int:
    found = re.search(r"at line (\d+)", str(error))
    return int(found[1]) if found else text.rstrip().count("\n") + 1


def _bare(line: str) -> str:
    """The line without what stands between straight quotes: typographic ones are fine in there."""
    return re.sub(r'"[^"]*"', "", line)


def _straight(line: str) -> str:
    table = str.maketrans("“”‘’＂＇「」＝，［］｛｝＃．", '""\'\'"\'""=,[]{}#.')
    return line.translate(table)


def _checked(raw: dict[str, Any], text: str, schema: type[_T], file: str) -> _T:
    for path, key, known in _unknown(raw, schema, ()):
        near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
        line = line_of((*path, key), text)
        where = ".".join(str(part) for part in path if isinstance(part, str)) or file
        if near:
            raise UsageError("case-unknown-key", file=file, line=line, key=key, near=near[0], table=where)
        raise UsageError(
            "case-unknown-key-far", file=file, line=line, key=key, known=", ".join(sorted(known)), table=where
        )
    try:
        return msgspec.convert(raw, learnt(schema))
    except msgspec.ValidationError as error:
        path = _error_path(str(error))
        missing = re.search(r"missing required field `(\w+)`", str(error))
        if missing:
            line = line_of((*path, "="), text)
            raise UsageError("case-missing-key", file=file, line=line, table=path[0], key=missing[1]) from error
        name = ".".join(str(part) for part in path if isinstance(part, str))
        choices = _choices(schema, path)
        code = "case-wrong-choice" if choices else "case-wrong-type"
        raise UsageError(code, file=file, line=line_of(path, text), key=name, choices=", ".join(choices)) from error


def _unknown(
    raw: object, kind: Any, path: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], str, list[str]]]:
    """Keys that the schema does not have, with their path and the keys it has there."""
    kind = _struct_of(kind)
    if kind is None:
        return
    if isinstance(raw, list):
        for number, item in enumerate(raw):
            yield from _unknown(item, kind, (*path, number))
    elif isinstance(raw, dict):
        fields = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
        for key, value in raw.items():
            if key not in fields:
                yield path, key, list(fields)
            else:
                yield from _unknown(value, fields[key], (*path, key))


def _struct_of(kind: Any) -> type[msgspec.Struct] | None:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return kind
    if get_origin(kind) in (tuple, list):
        return _struct_of(get_args(kind)[0])
    return None


def _choices(kind: Any, path: tuple[str | int, ...]) -> list[str]:
    """The allowed words at a path, if it takes one of a fixed set."""
    for part in path:
        if isinstance(part, int):
            continue
        struct = _struct_of(kind)
        if struct is None:
            return []
        kind = next((field.type for field in msgspec.structs.fields(struct) if field.encode_name == part), None)
    options = [kind, *(get_args(kind) if get_origin(kind) in (types.UnionType, typing.Union) else ())]
    return [word for option in options if get_origin(option) is Literal for word in get_args(option)]


def _error_path(message: str) -> tuple[str | int, ...]:
    found = re.search(r"at `\$(.*)`", message)
    parts = re.findall(r"\.([^.\[\]]+)|\[(\d+)\]", found[1] if found else "")
    return tuple(name or int(number) for name, number in parts)


def line_of(path: tuple[str | int, ...], text: str) -> int:
    """The line on which a key stands: found by its table's header, counted where tables repeat."""
    tables = [part for part in path[:-1] if isinstance(part, str)]
    count = next((part for part in path if isinstance(part, int)), 0)
    lines = text.split("\n")
    start = 0
    if tables:
        header = re.compile(r"\s*\[\[?\s*" + re.escape(tables[0]) + r"\b")
        starts = [number for number, line in enumerate(lines) if header.match(line)]
        start = starts[min(count, len(starts) - 1)] if starts else 0
    key = re.compile(r"(?:^|[\s{,\[.])[\"']?" + re.escape(str(path[-1] if path else "")) + r"[\"']?\s*(?:=|\]|\.)")
    live = (number for number in range(start, len(lines)) if not lines[number].lstrip().startswith("#"))
    return next((number for number in live if key.search(lines[number])), start) + 1
