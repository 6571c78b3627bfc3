"""Places inside a file, and re-reading what stands there.

A locator says where a fact stands so that anyone can go back to the bytes. It is one of a closed set of shapes; its
JSON is the interface's `where`.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Any

import msgspec

__all__ = ["WHOLE", "Locator", "Unlocatable", "lines_of", "reread"]

_FIELDS = ("whole", "lines", "sheet", "rows", "pointer", "page", "box", "frame", "tag", "span")
_SHAPES = frozenset(
    tuple(field in shape for field in _FIELDS)
    for shape in (
        {"whole"},
        {"lines"},
        {"sheet", "rows"},
        {"pointer"},
        {"page"},
        {"page", "box"},
        {"box"},
        {"frame"},
        {"frame", "box"},
        {"tag"},
        {"span"},
    )
)
_NOTHING = (False,) * len(_FIELDS)
_DIGITS = 19
_SECTION = re.compile(r"(?:\d{1,9}/)?\d{1,9}(?:\.\d{1,9})*", re.ASCII)
"""A section of a mail (RFC 3501, 6.4.5), after the number of the mail where an mbox holds it."""


class Unlocatable(ValueError):
    """A locator names a place that is not in the bytes, or that only a reader of its format can open."""


class Locator(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """A place inside a file: exactly one of the shapes of the interface's `where`, or one of them inside a member.

    `lines` are 1-based and inclusive physical lines; `rows` 1-based as Excel numbers them; `pointer` is a JSON
    pointer (RFC 6901); `box` is [left, top, right, bottom] in pixels of the upright picture (on a page: points from
    the top left); `span` is a half-open range of bytes.
    """

    whole: bool = False
    lines: tuple[int, int] | None = None
    sheet: str | None = None
    rows: tuple[int, ...] | None = None
    pointer: str | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    frame: int | None = None
    member: str | None = None
    tag: str | None = None
    span: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        named = (
            self.whole, self.lines is not None, self.sheet is not None, self.rows is not None,
            self.pointer is not None, self.page is not None, self.box is not None, self.frame is not None,
            self.tag is not None, self.span is not None,
        )  # fmt: skip
        if named not in _SHAPES and not (self.member is not None and named == _NOTHING):
            raise ValueError(
                f"not a place: {[name for name, is_there in zip(_FIELDS, named, strict=True) if is_there]}"
            )
        if self.lines is not None and not 1 <= self.lines[0] <= self.lines[1]:
            raise ValueError(f"not a range of lines: {self.lines}")
        if self.rows is not None and (not self.rows or min(self.rows) < 1):
            raise ValueError(f"not rows: {self.rows}")
        if self.box is not None and not (self.box[0] <= self.box[2] and self.box[1] <= self.box[3]):
            raise ValueError(f"not a box: {self.box}")
        if self.span is not None and not 0 <= self.span[0] <= self.span[1]:
            raise ValueError(f"not a range of bytes: {self.span}")

    def sort_key(self) -> tuple[Any, ...]:
        """A total order of places: by member, then page, frame, line, row, position, and the name last."""
        top_left = (self.box[1], self.box[0]) if self.box else (0.0, 0.0)
        return (
            self.member or "",
            self.sheet or "",
            self.page or 0,
            self.frame or 0,
            self.lines or (0, 0),
            self.rows or (),
            top_left,
            self.box or (),
            _natural(self.pointer or ""),
            self.tag or "",
            self.span or (0, 0),
        )


WHOLE = Locator(whole=True)


def lines_of(text: str) -> list[str]:
    r"""Physical lines, split at CRLF and LF only, without their ends.

    `splitlines` would also cut at U+2028, U+0085 and form feeds, which stand inside messages. A final line end
    closes the last line and opens none.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    if lines and lines[-1] == "":
        lines.pop()
    return lines


def reread(data: bytes, where: Locator, *, encoding: str = "utf-8-sig") -> str | bytes:
    """What stands at `where` in `data`: text for lines, rows of delimited text and pointers, bytes for the rest.

    Members are those of a zip, or the sections of a mail by number ("1.2"; "3/1.2" in the third mail of an mbox).
    A picture's box, a sheet's rows and a metadata tag need the reader of their format (each stage offers its own
    `reread`); for them this raises `Unlocatable`, as it does when the place is not there.
    """
    if where.member is not None:
        if not data.startswith(b"PK") and _SECTION.fullmatch(where.member):
            return _in_mail(data, where)
        data = _member(data, where.member)
        inner = msgspec.structs.replace(where, member=None, whole=_is_only_member(where) or where.whole)
        return reread(data, inner, encoding=encoding)
    if where.whole:
        return data
    if where.span is not None:
        if where.span[1] > len(data):
            raise Unlocatable(f"the file has {len(data)} bytes")
        return data[where.span[0] : where.span[1]]
    if where.lines is not None:
        return _lines(data, where.lines, encoding)
    if where.pointer is not None:
        return _pointed(data, where.pointer, encoding)
    raise Unlocatable("this place needs the reader of its format")


def _is_only_member(where: Locator) -> bool:
    return where == Locator(member=where.member)


def _in_mail(data: bytes, where: Locator) -> str | bytes:
    """Lines of a mail's section, in the charset that the mail states, or all that the section holds."""
    from pipeline.mime import section_at

    section = section_at(data, where.member or "")
    if section is None:
        raise Unlocatable(f"no section {where.member}")
    if where.lines is None:
        return reread(section.data(), msgspec.structs.replace(where, member=None, whole=_is_only_member(where)))
    return _cut(section.text().text, where.lines)


def _lines(data: bytes, lines: tuple[int, int], encoding: str) -> str:
    return _cut(_decoded(data, encoding), lines)


def _cut(text: str, lines: tuple[int, int]) -> str:
    all_lines = lines_of(text)
    first, last = lines
    if last > len(all_lines):
        raise Unlocatable(f"the file has {len(all_lines)} lines")
    return "\n".join(all_lines[first - 1 : last])


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unlocatable(f"not {encoding}: byte {error.start}") from error


def _pointed(data: bytes, pointer: str, encoding: str) -> str:
    try:
        value = json.loads(_decoded(data, encoding))
    except ValueError as error:
        raise Unlocatable("not JSON") from error
    for token in pointer.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        try:
            value = value[int(key)] if isinstance(value, list) else value[key]
        except (KeyError, IndexError, ValueError, TypeError) as error:
            raise Unlocatable(f"nothing stands at {pointer}") from error
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _member(data: bytes, name: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                if name in (info.filename, _other_reading(info)):
                    return archive.read(info)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise Unlocatable("not an archive that can be opened") from error
    raise Unlocatable(f"no member {name!r}")


def _other_reading(info: zipfile.ZipInfo) -> str | None:
    """A name stored without the UTF-8 flag, as UTF-8 or else as GB18030 (zipfile took it for code page 437)."""
    if info.flag_bits & 0x800:
        return None
    raw = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _natural(text: str) -> tuple[tuple[bool, int, str], ...]:
    return tuple((part.isdecimal(), _number(part), part) for part in re.split(r"(\d+)", text))


def _number(text: str) -> int:
    """The number that some digits are; 0 where they are none, or more than any program counts with."""
    return int(text) if text.isdecimal() and len(text) < _DIGITS else 0
