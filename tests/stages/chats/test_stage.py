"""The stage: what it accepts, how the case reaches the reader, and what holds for any bytes."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract import Inputs, Settings, Source
from pipeline.locate import Locator, lines_of, reread
from pipeline.model import (
    Balance,
    Case,
    Exhibit,
    Ingested,
    Message,
    Person,
    Reading,
    Receipt,
    ReviewClaim,
    decode,
    digest_of,
    encode,
)
from pipeline.model import Source as Declared
from pipeline.moment import Zone
from pipeline.wording import WORDINGS
from stages.chats import STAGE, Params
from stages.chats.formats import READERS
from stages.lang.text import plain

SAMPLES = sorted((Path(__file__).parents[3] / "fixtures/chats/wechat-share").glob("*.txt"))


def run(tmp_path: Path, data: bytes, params: Params) -> Reading:
    path = tmp_path / "original"
    path.write_bytes(data)
    receipt = Receipt(name="chat.txt", received="2026-03-20T00:00:00Z")
    exhibit = Exhibit(label="1", digest=digest_of(data), bytes=len(data), receipts=(receipt,))
    made = STAGE.run(Inputs(exhibit=exhibit, path=lambda _: path, scratch=tmp_path), params)
    assert isinstance(made.document, Reading)
    return made.document


Basis = Literal["case", "platform", "unknown"]


@pytest.mark.parametrize(("kind", "taken"), [("text", True), ("table", True), ("image", False), ("empty", False)])
def test_it_takes_text(kind: str, taken: bool) -> None:
    balance = Balance(unit="bytes", total=0, records=0)
    assert STAGE.accepts(Ingested(media_type="x", kind=kind, balance=balance)) is taken  # type: ignore[arg-type]
    assert STAGE.accepts(None) is False


@pytest.mark.parametrize(
    ("case", "settings_", "zone", "basis"),
    [
        (Case(), Settings(), None, "unknown"),
        (Case(zone="Asia/Shanghai", zone_basis="platform"), Settings(), "Asia/Shanghai", "platform"),
        (Case(zone="Asia/Shanghai", zone_basis="platform"), Settings(zone="+09:00"), "+09:00", "case"),
        (Case(), Settings(zone="+09:00"), "+09:00", "case"),
    ],
)
def test_a_zone_of_the_command_line_wins(
    case: Case, settings_: Settings, zone: str | None, basis: Literal["case", "platform", "unknown"]
) -> None:
    params = STAGE.configure(case, settings_)
    assert isinstance(params, Params)
    assert params.zone == (Zone(name=zone, basis=basis) if zone else None)


def test_a_sample_runs_through_the_stage(tmp_path: Path) -> None:
    reading = run(tmp_path, SAMPLES[-1].read_bytes(), Params())
    assert (reading.reader, reading.format) == ("wechat-share@1", "wechat-share")
    assert decode(encode(reading), Reading) == reading


def test_of_a_file_beyond_the_limit_the_rest_is_counted_as_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = "—————  2026-03-02  —————\n\n\n"
    texts = [f"阿青  14:{minute:02}\n\n第 {minute} 条\n\n" for minute in range(40)]
    data = (day + "".join(texts)).encode()
    monkeypatch.setattr("stages.chats.MOST", len((day + "".join(texts[:20])).encode()) + 7)
    reading = run(tmp_path, data, Params())
    assert len(reading.records) == 20
    held = len((day + "".join(texts[:20])).encode())
    last = reading.unread[-1]
    assert last.code == "file-beyond-limit"
    assert last.where == Locator(span=(held, len(data)))
    assert reading.balance.total == len(lines_of(data.decode()))
    assert reading.balance.unread == len(lines_of("".join(texts[20:])))


def test_what_the_case_says_of_a_file(tmp_path: Path) -> None:
    declared = Declared(file="chat.txt", format="wechat-share", time={"zone": "+09:00", "order": "dmy"})
    params = Params(sources=(declared,), zone=Zone(name="Asia/Shanghai", basis="platform"))
    assert params.zone_for("inbox/chat.txt") == Zone(name="+09:00", basis="case")
    assert params.zone_for("other.txt") == params.zone
    assert (params.order_for("chat.txt"), params.order_for("other.txt")) == ("dmy", None)
    assert run(tmp_path, "阿青  14:03\n\n在\n".encode(), params).format == "wechat-share"


def test_whose_conversations_may_be_read() -> None:
    people = (
        Person(name="momo酱", aliases=("林小姐",), side="customer"),
        Person(name="阿青", side="applicant"),
    )
    case = Case(people=people, review=ReviewClaim(author="m***o"))
    params = STAGE.configure(case, Settings())
    assert isinstance(params, Params)
    assert params.customers == ("m***o", "momo酱", "林小姐")
    loose = STAGE.configure(Case(), Settings(every_order=True))
    assert isinstance(loose, Params)
    assert loose.customers is None


def test_a_text_nobody_knows_is_claimed_by_nobody(tmp_path: Path) -> None:
    reading = run(tmp_path, b"a,b\n1,2\n", Params())
    assert (reading.reader, reading.format, reading.records, reading.balance.total) == ("", "none", (), 0)


def test_a_reader_can_be_asked_for_by_name(tmp_path: Path) -> None:
    text = "阿青  14:03\n\n在\n".encode()
    assert run(tmp_path, text, Params()).format == "none"
    assert len(run(tmp_path, text, Params(format="wechat-share")).records) == 1
    assert run(tmp_path, text, Params(format="xiaohongshu-orders")).format == "none"


def check(data: bytes) -> None:
    """What holds for whatever bytes a reader is given."""
    for reader in READERS:
        source = Source(data=data, name="chat.txt")
        score = reader.sniff(source)
        assert score is None or (0 < score.value <= 1 and score.reason in WORDINGS)
        reading = reader.read(source)
        assert {said.code for said in (*reading.notes, *reading.unread)} <= WORDINGS.keys()
        if reader.id != "wechat-share":
            continue
        places = [record.where.lines for record in reading.records if record.where.lines]
        assert len(places) == len(reading.records)
        assert all(first[1] < second[0] for first, second in pairwise(places))
        if reading.encoding and not any(span.code.endswith("decodable") for span in reading.unread):
            quotes_stand(data, reading)


def quotes_stand(data: bytes, reading: Reading) -> None:
    """Every line of every message stands where the message says, and nothing but blank lines is missing."""
    total = len(lines_of(data.decode(reading.encoding or "")))
    assert reading.balance.total == total
    for record in reading.records:
        assert isinstance(record, Message)
        cited = str(reread(data, record.where, encoding=reading.encoding or "")).split("\n")
        body = cited if record.sender is None else cited[1:]
        assert filled(body) == filled(record.text.split("\n"))


def filled(lines: list[str]) -> list[str]:
    """The lines in which something can be seen."""
    return [line for line in lines if plain(line).strip()]


@given(st.binary(max_size=400))
@settings(max_examples=100, deadline=None)
def test_any_bytes(data: bytes) -> None:
    check(data)


@given(st.sampled_from(SAMPLES), st.integers(0, 2000), st.integers(0, 30), st.binary(max_size=12))
@settings(max_examples=100, deadline=None)
def test_damaged_samples(sample: Path, place: int, length: int, insertion: bytes) -> None:
    data = sample.read_bytes()
    check(data[:place] + insertion + data[place + length :])


LINES = st.sampled_from(
    ["", " ", "—————  2026-03-02  —————", "————  2026年3月3日  ————", "—————  2026-02-30  —————", "阿青  14:03",
     "林小姐  9:05", "林小姐 9:05", "好的", "你撤回了一条消息", "[图片: a.jpg(请在附件中查看)]", "Dear:",
     "\u200e阿青\u00a0 14:04",
     "甲 和 乙 在微信上的聊天记录如下，请查收。"]
)  # fmt: skip


@given(st.lists(LINES, max_size=40), st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=100, deadline=None)
def test_any_order_of_lines(lines: list[str], end: str) -> None:
    check(end.join(lines).encode())
