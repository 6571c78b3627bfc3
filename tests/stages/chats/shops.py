"""What the tests of the chats of shop platforms share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from pipeline.contract import Reader, Source
from pipeline.locate import reread
from pipeline.model import Message, Person, Reading
from stages.chats import Params

FIXTURES = Path(__file__).parents[3] / "fixtures" / "chats"
CUSTOMER = Person(name="momo酱", side="customer")


def read(reader: Reader, text: str | bytes, *, encoding: str = "utf-8", name: str = "chat", **params: Any) -> Reading:
    data = text if isinstance(text, bytes) else text.encode(encoding)
    reading = reader.read(Source(data=data, name=name, params=Params(**params)))
    tiles(reading)
    return reading


def tiles(reading: Reading) -> None:
    balance = reading.balance
    assert balance.records + balance.skipped + balance.unread == balance.total
    assert min(balance.records, balance.skipped, balance.unread) >= 0


def said(reading: Reading) -> list[tuple[str | None, str]]:
    return [(record.sender, record.text) for record in messages(reading)]


def messages(reading: Reading) -> list[Message]:
    found = [record for record in reading.records if isinstance(record, Message)]
    assert len(found) == len(reading.records)
    return found


def codes(reading: Reading) -> list[str]:
    return [note.code for note in reading.notes] + [span.code for span in reading.unread]


def quoted_where_cited(reading: Reading, data: bytes) -> None:
    """Every line of a message's text stands in the lines that the message cites, of a text that decodes."""
    if "line-not-decodable" in codes(reading):
        return
    for record in messages(reading):
        place = reread(data, record.where, encoding=reading.encoding or "utf-8")
        assert isinstance(place, str)
        assert all(line in place for line in record.text.split("\n"))


def score(reader: Reader, text: str | bytes, encoding: str = "utf-8", name: str = "chat") -> float:
    data = text if isinstance(text, bytes) else text.encode(encoding)
    found = reader.sniff(Source(data=data, name=name, params=Params()))
    return found.value if found else 0.0


def samples(folder: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted((FIXTURES / folder).iterdir()) if path.name != "expected.json"]


@st.composite
def damaged(draw: st.DrawFn, folder: str) -> bytes:
    """A fixture with bytes flipped, cut out or put in."""
    data = bytearray(draw(st.sampled_from(samples(folder))))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        kind = draw(st.sampled_from(["flip", "cut", "insert"]))
        if kind == "flip" and data:
            data[at] ^= draw(st.integers(1, 255))
        elif kind == "cut":
            del data[at : at + draw(st.integers(1, 200))]
        else:
            data[at:at] = draw(
                st.sampled_from([b"\n", b"\0", b"\xff\xfe", b"=" * 70, b"-" * 40, b"2026-03-01 10:00:00"])
            )
    return bytes(data)
