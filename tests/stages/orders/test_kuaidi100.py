"""A parcel's way as kuaidi100 answers and pushes it: only a signature is a signature."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract import Source
from pipeline.locate import reread
from pipeline.model import Reading, Scan, Shipment
from pipeline.moment import Zone
from stages.orders import Params
from stages.orders.kuaidi100 import READER

NUMBER = "SF1420260312071"
ZONE = Zone(name="+08:00", basis="case")


def scan(time: str, context: str, **more: Any) -> dict[str, Any]:
    return {"time": time, "ftime": time, "context": context, **more}


def answer(*scans: Any, **more: Any) -> dict[str, Any]:
    return {
        "message": "ok",
        "nu": NUMBER,
        "com": "shunfeng",
        "state": "3",
        "status": "200",
        "data": list(scans),
        **more,
    }


def read(value: Any, **params: Any) -> Reading:
    data = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()
    params = {"only": None, "zone": ZONE, **params}
    return READER.read(Source(data=data, name="k.json", params=Params(**params)))


def scans(reading: Reading) -> list[Scan]:
    return [record for record in reading.records if isinstance(record, Scan)]


def test_scans_stand_in_the_order_of_the_file_below_their_parcel() -> None:
    reading = read(
        answer(scan("2026-03-13 15:02:11", "已签收", statusCode="301"), scan("2026-03-12 18:35:21", "已揽收"))
    )
    parcel, last, first = reading.records
    assert isinstance(parcel, Shipment)
    assert (parcel.status, parcel.tracking[0].carrier, parcel.tracking[0].number) == ("签收", "shunfeng", NUMBER)
    assert isinstance(last, Scan)
    assert isinstance(first, Scan)
    assert [record.times.scanned.said for record in (last, first) if record.times.scanned] == [
        "2026-03-13 15:02:11",
        "2026-03-12 18:35:21",
    ]
    assert (reading.balance.total, reading.balance.records) == (2, 2)


@pytest.mark.parametrize(
    ("code", "signed", "said"),
    [
        ("301", True, "本人签收"), (302, True, "派件异常后签收"), ("303", False, "代签"),
        ("304", False, "投柜或站签收"), (501, False, "投柜或驿站"), ("3", False, "签收"),
        (None, False, "签收"), ("999", False, "999"),
    ],
)  # fmt: skip
def test_a_locker_is_no_signature(code: Any, signed: bool, said: str) -> None:
    (found,) = scans(read(answer(scan("2026-03-13 15:02:11", "已签收", status="签收", statusCode=code))))
    assert (found.times.signed is not None, found.status) == (signed, said)


def test_every_scan_can_be_read_again_at_its_pointer() -> None:
    pushed = {
        "status": "polling",
        "lastResult": answer(scan("2026-03-13 15:02:11", "派件"), scan("2026-03-12", "揽收")),
    }
    data = json.dumps(pushed, ensure_ascii=False).encode()
    for found in scans(read(data)):
        stands = json.loads(reread(data, found.where, encoding="utf-8"))
        assert stands["context"] == found.text


def test_an_odd_scan_costs_no_other() -> None:
    reading = read(answer(scan("坏", "a"), {"time": 5}, "x", scan("2026-03-13 15:02:11", "b")))
    assert [record.text for record in scans(reading)] == ["a", "b"]
    assert [span.code for span in reading.unread] == [
        "time-not-understood",
        "scan-not-understood",
        "scan-not-understood",
    ]
    assert (reading.balance.total, reading.balance.records, reading.balance.unread) == (4, 2, 2)


def test_a_parcel_of_somebody_else_is_counted_and_not_read() -> None:
    theirs = read(answer(scan("2026-03-13 15:02:11", "b")), only=("P1",))
    assert (theirs.records, [note.code for note in theirs.notes]) == ((), ["other-orders-left-out"])
    ours = read(answer(scan("2026-03-13 15:02:11", "b")), only=("P1",), links=(NUMBER,))
    assert len(scans(ours)) == 1


@pytest.mark.parametrize("value", [answer(), {"result": False, "returnCode": "500", "message": "查询无结果"}])
def test_a_parcel_without_scans_is_said_to_have_none(value: Any) -> None:
    assert [note.code for note in read(value).notes] == ["parcel-without-scans"]


@pytest.mark.parametrize("data", [b"", b"{", b'{"nu":"1","data":[', b"[]", b'{"orderId":1}', b"\xff\xfe"])
def test_what_is_no_answer(data: bytes) -> None:
    assert READER.sniff(Source(data=data, name="k.json")) is None
    assert [span.code for span in read(data).unread] == ["json-broken"]


@given(st.binary(max_size=40), st.integers(0, 400))
@settings(max_examples=100, deadline=None)
def test_any_damage(patch: bytes, at: int) -> None:
    data = json.dumps(answer(scan("2026-03-13 15:02:11", "签收", statusCode="301"))).encode()
    damaged = data[:at] + patch + data[at + len(patch) :]
    READER.sniff(Source(data=damaged, name="k.json"))
    assert sum((read(damaged).balance.records, read(damaged).balance.unread, read(damaged).balance.skipped)) >= 0


def test_of_half_an_answer_the_scans_before_the_cut_are_read() -> None:
    data = json.dumps(
        answer(scan("2026-03-13 15:02:11", "已签收", statusCode="301"), scan("2026-03-12 18:35:21", "已揽收"))
    ).encode()
    cut = data[: data.rindex(b'"context"')]
    reading = read(cut)
    assert [(found.where.pointer, found.text) for found in scans(reading)] == [("/data/0", "已签收")]
    (lost,) = reading.unread
    assert (lost.code, lost.values["count"]) == ("json-cut", 1)
    assert lost.where.span == (lost.values["offset"], len(cut))
    assert (reading.balance.total, reading.balance.records, reading.balance.unread) == (2, 1, 1)
    push = b'{"status": "polling", "lastResult": ' + cut
    assert [found.where.pointer for found in scans(read(push))] == ["/lastResult/data/0"]
    marked = b"\xef\xbb\xbf" + cut
    assert read(marked).unread[0].values["offset"] == int(lost.values["offset"]) + 3


def test_half_an_answer_that_does_not_say_whose_parcel_it_is_stays_unread() -> None:
    for cut in (
        b'{"message": "ok", "data": [{"time": "2026-03-13 15:02:11"}, {',
        b'{"nu": "SF1", "com": "sf"',
        b'{"nu": "SF1", "da',
    ):
        reading = read(cut)
        assert (reading.records, [lost.code for lost in reading.unread]) == ((), ["json-broken"])


def test_half_an_answer_of_another_parcel_gives_nothing() -> None:
    cut = json.dumps(answer(scan("2026-03-13 15:02:11", "别人的地址"))).encode()[:-2]
    reading = read(cut, only=("T1",))
    assert (reading.records, [note.code for note in reading.notes]) == ((), ["other-orders-left-out"])


@given(st.integers(0, 400), st.booleans())
@settings(max_examples=60, deadline=None)
def test_wherever_an_answer_is_cut_its_whole_scans_are_read_and_no_other(place: int, pushed: bool) -> None:
    told = [scan(f"2026-03-13 15:0{number}:11", f"第{number}步") for number in range(4)]
    data = json.dumps({"lastResult": answer(*told)} if pushed else answer(*told), ensure_ascii=False).encode()
    reading = read(data[: len(data) - place])
    found = [record.text for record in scans(reading)]
    assert found == [f"第{number}步" for number in range(len(found))]
    assert place == 0 or reading.unread or len(found) == 4
