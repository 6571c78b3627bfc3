"""Small files that ask for much: each by name, made when it is asked for."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import xlsxwriter
from PIL import Image

__all__ = ["BOMBS", "LACKS_MEMORY", "pdf_of_many_forms"]

CHATS = Path(__file__).parents[2] / "fixtures" / "chats"
LACKS_MEMORY = {"pdf-page-of-a-kilometre"}
"""What a gigabyte is too little for, and is said to be."""

_MANY = 60_000_000


def zeros(count: int) -> bytes:
    """So many zeros, compressed."""
    packer = zlib.compressobj(9)
    piece = bytes(1 << 20)
    return b"".join(packer.compress(piece) for _ in range(count >> 20)) + packer.flush()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, rows: bytes, beside: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + beside + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def small_png(beside: bytes) -> bytes:
    return png(8, 8, zlib.compress(bytes(72)), beside)


def picture(form: str, **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("L", (8, 8)).save(out, form, **options)
    return out.getvalue()


def tiff_that_turns_in_circles() -> bytes:
    """Its first directory is its next one."""
    data = bytearray(picture("TIFF"))
    at = int.from_bytes(data[4:8], "little")
    count = int.from_bytes(data[at : at + 2], "little")
    data[at + 2 + 12 * count : at + 6 + 12 * count] = at.to_bytes(4, "little")
    return bytes(data)


def exif_that_turns_in_circles() -> bytes:
    """The directory of the camera is the first one, and so is the next."""
    entry = struct.pack("<HHII", 0x8769, 4, 1, 8)
    tiff = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 1) + entry + struct.pack("<I", 8)
    return picture("JPEG", exif=b"Exif\0\0" + tiff)


def exif_of_two_billion() -> bytes:
    entries = b"".join(struct.pack("<HHII", tag, 2, 0x7FFFFFFF, 8) for tag in (0x010F, 0x0132, 0x9003, 0x9291))
    tiff = b"II*\0" + struct.pack("<IH", 8, 4) + entries + struct.pack("<I", 0)
    return picture("JPEG", exif=b"Exif\0\0" + tiff)


def resized(data: bytes, start: int, size: bytes) -> bytes:
    return data[:start] + size + data[start + len(size) :]


def jpeg_of_four_thousand_million() -> bytes:
    data = picture("JPEG")
    return resized(data, data.index(b"\xff\xc0") + 5, b"\xff\xff\xff\xff")


def gif_of_many_frames() -> bytes:
    frames = [Image.new("P", (4, 4), at % 200) for at in range(800)]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return out.getvalue()


def avif_that_claims_to_be_large() -> bytes:
    data = picture("AVIF")
    return resized(data, data.index(b"ispe") + 8, struct.pack(">II", 1 << 30, 1 << 30))


def webp_of_34_bytes() -> bytes:
    """16,383 by 16,383 pixels of one colour."""
    return bytes.fromhex("524946461a000000574542505650384c0e0000002ffebfff0f071011fd0f4444ff03")


def pdf(*objects: bytes, root: bytes = b"1 0 R") -> bytes:
    """Objects numbered from 1, with a table of where they are."""
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, held in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, held))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<</Size %d/Root %s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, root, start))
    return out.getvalue()


def one_page(content: bytes, box: bytes = b"[0 0 200 200]", more: bytes = b"") -> bytes:
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R/Resources<<>>%s>>" % (box, more),
        content,
    )


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), more, data)


def pdf_whose_pages_turn_in_circles() -> bytes:
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2000000000>>")


def pdf_nested() -> bytes:
    return one_page(stream(b"[" * 200_000), more=b"/A" + b"[" * 50_000 + b"]" * 50_000)


def pdf_packed_twice() -> bytes:
    return one_page(stream(zlib.compress(zeros(_MANY)), b"/Filter[/FlateDecode/FlateDecode]"))


def pdf_of_many_forms() -> bytes:
    """A page that shows a form ten times, which shows another ten times, twelve deep."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
    deep = [stream(b"/X Do " * 10, form % (number + 1)) for number in range(5, 17)]
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
        stream(b"/X Do"),
        *deep,
        stream(b"0 0 1 1 re f", form % 17),
    )


def workbook(**parts: bytes) -> bytes:
    """A small workbook of which some parts are replaced: `sheet`, `strings`, `book`."""
    names = {"sheet": "xl/worksheets/sheet1.xml", "strings": "xl/sharedStrings.xml", "book": "xl/workbook.xml"}
    made, out = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.add_worksheet().write_row(0, 0, ["订单号", "订单状态", "支付时间"])
    wanted = {names[part]: data for part, data in parts.items()}
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, wanted.get(info.filename, old.read(info)))
    return out.getvalue()


_SPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def billion_laughs() -> bytes:
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (at, b"&l%d;" % (at - 1) * 10) for at in range(1, 10))
    doctype = b'<!DOCTYPE sst [<!ENTITY l0 "ha">%s]>' % laughs
    strings = b'<?xml version="1.0"?>%s<sst %s><si><t>&l9;</t></si></sst>' % (doctype, _SPACE)
    head = b'<?xml version="1.0"?>%s<workbook %s><sheets>&l9;</sheets></workbook>' % (
        doctype.replace(b"DOCTYPE sst", b"DOCTYPE workbook"),
        _SPACE,
    )
    return workbook(strings=strings, book=head)


def sheet_of_far_cells() -> bytes:
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return workbook(sheet=b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (_SPACE, cells))


def sheet_that_claims_to_be_large() -> bytes:
    claim = b'<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    return workbook(sheet=b"<worksheet %s>%s</worksheet>" % (_SPACE, claim))


def strings_of_many() -> bytes:
    return workbook(strings=b"<sst %s>%s</sst>" % (_SPACE, b"<si><t>a</t></si>" * 1_000_000))


def sheet_nested() -> bytes:
    return workbook(sheet=b"<worksheet %s>%s" % (_SPACE, b"<sheetData>" * 300_000))


def zip_in_zip() -> bytes:
    data = b"x"
    for _ in range(8):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.zip", data)
            archive.writestr("b.zip", data)
        data = out.getvalue()
    return data


def zip_of_many() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for at in range(6_000):
            archive.writestr(zipfile.ZipInfo(f"{at}.txt"), b"")
    return out.getvalue()


def zip_of_shared_bytes() -> bytes:
    """Many members whose entries all name the same compressed bytes (a bomb without nesting)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0000", bytes(10_000_000))
    data = out.getvalue()
    at = data.rindex(b"PK\x01\x02")
    entry, rest = data[at : data.rindex(b"PK\x05\x06")], bytearray(data[data.rindex(b"PK\x05\x06") :])
    entries = b"".join(entry[:46] + b"%04d" % number for number in range(2000))
    rest[8:16] = struct.pack("<HHI", 2000, 2000, len(entries))
    return data[:at] + entries + bytes(rest)


def nested_mail(deep: int) -> bytes:
    head = b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n'
    first = b"From: a@b\r\nTo: c@d\r\nSubject: x\r\nDate: Thu, 12 Mar 2026 10:00:00 +0800\r\nMIME-Version: 1.0\r\n"
    return first + b"".join(head % (at, at) for at in range(deep)) + b"\r\nwords"


def mail_of_many_parts() -> bytes:
    part = (
        b"--x\r\nContent-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\na\r\n"
    )
    head = nested_mail(0) + b'\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n'
    return head.replace(b"\r\nwords\r\n", b"") + part * 10_000 + b"--x--\r\n"


def chat(reader: str, name: str) -> bytes:
    return (CHATS / reader / name).read_bytes()


def chat_with_a_deep_value() -> bytes:
    deep = b'"x":' + b"[" * 100_000 + b"]" * 100_000 + b',"text": "'
    return chat("telegram-json", "sample-private.json").replace(b'"text": "', deep, 1)


def page_nested(reader: str, name: str, tag: bytes) -> bytes:
    """An exported page with a million tags open in its middle."""
    data = chat(reader, name)
    at = data.rindex(b"</div>") if b"</div>" in data else len(data) // 2
    return data[:at] + tag * 1_000_000 + data[at:]


BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "png-of-900-million": ("a.png", lambda: png(30_000, 30_000, zeros(1 << 20))),
    "png-of-two-thousand-million-rows": ("a.png", lambda: png(1, 0x7FFFFFFF, zeros(1 << 20))),
    "png-comment": ("a.png", lambda: small_png(chunk(b"zTXt", b"k\0\0" + zeros(_MANY)))),
    "png-many-comments": ("a.png", lambda: small_png(chunk(b"iTXt", b"k\0\1\0\0\0" + zeros(900_000)) * 2000)),
    "png-profile": ("a.png", lambda: small_png(chunk(b"iCCP", b"k\0\0" + zeros(_MANY)))),
    "png-many-chunks": ("a.png", lambda: small_png(chunk(b"tEXt", b"k\0v") * 10_000)),
    "png-frames": ("a.png", lambda: small_png(chunk(b"acTL", struct.pack(">II", 0x7FFFFFFF, 0)))),
    "jpeg-of-four-thousand-million": ("a.jpg", jpeg_of_four_thousand_million),
    "gif-of-four-thousand-million": ("a.gif", lambda: resized(picture("GIF"), 6, b"\xff\xff\xff\xff")),
    "gif-of-many-frames": ("a.gif", gif_of_many_frames),
    "bmp-of-two-thousand-million": ("a.bmp", lambda: resized(picture("BMP"), 18, struct.pack("<ii", 0x7FFFFFFF, 9))),
    "bmp-upside-down": ("a.bmp", lambda: resized(picture("BMP"), 18, struct.pack("<ii", 8, -0x7FFFFFFF))),
    "webp-of-34-bytes": ("a.webp", webp_of_34_bytes),
    "avif-that-claims-to-be-large": ("a.avif", avif_that_claims_to_be_large),
    "tiff-in-circles": ("a.tif", tiff_that_turns_in_circles),
    "exif-in-circles": ("a.jpg", exif_that_turns_in_circles),
    "exif-of-two-billion": ("a.jpg", exif_of_two_billion),
    "pdf-in-circles": ("a.pdf", pdf_whose_pages_turn_in_circles),
    "pdf-nested": ("a.pdf", pdf_nested),
    "pdf-content": ("a.pdf", lambda: one_page(stream(zeros(_MANY), b"/Filter/FlateDecode"))),
    "pdf-content-twice-packed": ("a.pdf", pdf_packed_twice),
    "pdf-page-of-a-kilometre": ("a.pdf", lambda: one_page(stream(b"0 0 1 1 re f"), b"[0 0 1000000000 1000000000]")),
    "pdf-in-its-own-table": ("a.pdf", lambda: one_page(stream(b"")).replace(b"/Root", b"/Prev 9/Root")),
    "xlsx-billion-laughs": ("a.xlsx", billion_laughs),
    "xlsx-far-cells": ("a.xlsx", sheet_of_far_cells),
    "xlsx-dimension": ("a.xlsx", sheet_that_claims_to_be_large),
    "xlsx-strings": ("a.xlsx", strings_of_many),
    "xlsx-nested": ("a.xlsx", sheet_nested),
    "zip-in-zip": ("a.zip", zip_in_zip),
    "zip-of-many": ("a.zip", zip_of_many),
    "zip-of-shared-bytes": ("a.zip", zip_of_shared_bytes),
    "json-lists": ("a.json", lambda: b"[" * 100_000),
    "json-objects": ("a.json", lambda: b'{"messages":' * 100_000 + b"1" + b"}" * 100_000),
    "json-in-a-chat": ("a.json", chat_with_a_deep_value),
    "json-number": ("a.json", lambda: b'{"a": ' + b"9" * 2_000_000 + b"}"),
    "json-keys": ("a.json", lambda: b"{" + b",".join(b'"%d":1' % at for at in range(300_000)) + b"}"),
    "one-line": ("a.txt", lambda: b"a " * 5_000_000),
    "csv-of-a-million-columns": ("a.csv", lambda: "订单号,支付时间\n".encode() + b"," * 1_000_000),
    "csv-header-of-a-million-columns": ("a.csv", lambda: "订单号,".encode() * 1_000_000 + b"\n1"),
    "csv-open-quote": ("a.csv", lambda: '订单号,订单状态,支付时间\n"'.encode() + b"a,b\n" * 1_000_000),
    "mail-nested": ("a.eml", lambda: nested_mail(30_000)),
    "mail-of-many-parts": ("a.eml", mail_of_many_parts),
    "mail-header": ("a.eml", lambda: b"From: a@b\r\nSubject: " + b"=?utf-8?Q?a?= " * 300_000 + b"\r\nDate: x\r\n\r\nx"),
    "html-nested": ("a.html", lambda: b"<!DOCTYPE html><html>" + b"<div>" * 1_000_000),
    "telegram-nested": ("messages.html", lambda: page_nested("telegram-html", "sample/messages.html", b"<b>")),
}  # fmt: skip
