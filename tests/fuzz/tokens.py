"""Words that mean something to some format, or to nobody."""

from __future__ import annotations

__all__ = ["NUMBERS", "TOKENS"]

_PLAIN = (
    *('"', "'", "\\", "\n", "\r", "\t", "\0", ",", ";", "{", "}", "[", "]", "<", ">", "</", "&", "=", "%", "/*"),
    *("\\ud83d", "\\udc00\\ud83d", "\\u0000", "\\x00", "\u2028", "\u0085", "\ufeff", "\u202e", "\u200b", "\U0001f9ff"),
    *("\x1b[2J", "\x1b]0;a\x07", "\x0c", "\x1a", "\x7f", "e\u0301" * 20, "　", "\u0660\u0661", "²", "①", "Ⅷ", "〇"),
    *("null", "true", "NaN", "-Infinity", "1e400", "-1e400", "1e-400", "0x7fffffff", "0.1e1", "{}", "[]", '""'),
    *("9" * 30, "-1", "0", "00", "2147483648", "-9223372036854775809", "18446744073709551616", "1" * 5000),
    *("1970-01-01 00:00:00", "9999-12-31 23:59:60", "0000-00-00", "2026-02-30 25:61:61", "２０２６年３月１２日"),
    *("上午12:60", "昨天 99:99", "星期八", "+14:59", "Z", "GMT+25:00", "253402300800000", "-62135596801"),
    *("<script>", "<!--", "]]>", "<![CDATA[", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "&#x110000;", "&#xd800;"),
    *("<table><tr><td>" * 40, "<div>" * 300, "[" * 3000, '{"a":' * 3000, "(" * 500, '"a":"b",' * 50),
    *("=HYPERLINK(1)", "=cmd|' /C calc'!A0", "@SUM(1)", "../../etc/passwd", "C:\\a", "file:///etc/passwd"),
    *("Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n", "Content-Transfer-Encoding: x\r\n"),
    *("=?utf-8?B?/?=", "From a@b Thu Jan  1 00:00:00 1970\n", "Date: x\r\n", "charset=utf-7", "filename*=x''%ff"),
    *("endobj", "stream", "/Kids [1 0 R]", "/Parent 1 0 R", "/Count 2000000000", "/Length -1", "<<" * 600),
    *("PK\x03\x04", "PK\x01\x02", "PK\x05\x06", "IDAT", "iTXt", "eXIf", "Exif\0\0"),
)
_BYTES = (
    *(
        b"\xff",
        b"\xfe\xff",
        b"\xff\xfe",
        b"\x80",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\x81\x30\x81\x30",
        b"\xc0\x80",
    ),
    *(b"charset=\xff", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe1"),
)

TOKENS = (*(token.encode() for token in _PLAIN), *_BYTES)
NUMBERS = (b"0", b"-1", b"1", b"255", b"65536", b"2147483647", b"4294967295", b"1e309", b"9" * 20, b"1.5")
