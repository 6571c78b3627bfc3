"""Written times: what they state, in whatever order and language, and what is too doubtful to be one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.contract import Source
from pipeline.model import digest_of
from pipeline.moment import Zone
from stages.chats.common.dates import order_of
from stages.chats.common.outline import paths_of
from stages.chats.common.written import Stamp, moment_of, stamp_of, weekday_of

SHANGHAI = Zone(name="Asia/Shanghai", basis="case")


@pytest.mark.parametrize(
    ("said", "start"),
    [
        ("2026-03-02T14:03:05.1230000+08:00", "2026-03-02T14:03:05.123+08:00"),
        ("2026-03-02T14:03:05Z", "2026-03-02T14:03:05+00:00"),
        ("2026-03-02 14:03", "2026-03-02T14:03:00+08:00"),
        ("Mon, 02 Mar 2026 14:03:05 +0900", "2026-03-02T14:03:05+09:00"),
        ("May 17, 2022  5:29:42 PM", "2022-05-17T17:29:42+08:00"),
        ("2026년 3월 2일 오후 2:03", "2026-03-02T14:03:00+08:00"),
        ("2026. 3. 2. 오후 2:03", "2026-03-02T14:03:00+08:00"),
        ("02-Mar-26 02:03 PM", "2026-03-02T14:03:00+08:00"),
        ("2026/3/2（一）", "2026-03-02T00:00:00+08:00"),
        ("2026-03-02 14:03:05 GMT+8", "2026-03-02T14:03:05+08:00"),
        ("2026年5月29日 星期五 凌晨3:00:29 [UTC]", "2026-05-29T03:00:29+00:00"),
    ],
)
def test_times(said: str, start: str) -> None:
    stamp = stamp_of(said)
    assert stamp
    at = moment_of(said, stamp, None, SHANGHAI)
    assert at
    assert (at.start, at.said) == (start, said)


@pytest.mark.parametrize(
    "said",
    ["", "yesterday", "14:03", "March 2026", "2 3 2026", "2026-03-02 14:03 7", "x" * 200],
)
def test_what_is_doubtful_is_no_time(said: str) -> None:
    assert stamp_of(said) is None


def test_days_that_do_not_exist_are_none() -> None:
    stamp = stamp_of("2026-02-30 10:00")
    assert stamp
    assert moment_of("x", stamp, None, None) is None
    assert moment_of("x", Stamp(("2026", "1", "1"), hour=10, minute=61), None, None) is None


def test_an_unknown_order_leaves_a_time_without_a_date() -> None:
    stamp = stamp_of("3/2/2026 14:03")
    assert stamp
    at = moment_of("3/2/2026 14:03", stamp, None, None)
    assert at
    assert (at.start, at.grain, at.date) == (None, "minute", "unknown")


@given(st.text(max_size=90))
def test_any_text_can_be_asked(text: str) -> None:
    stamp = stamp_of(text)
    if stamp is not None:
        moment_of(text, stamp, "dmy", SHANGHAI)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Mon, 3/2/2026", 0),
        ("2026/3/2（一）", 0),
        ("2026年3月1日（日）", 6),
        ("2026/3/2", None),
        ("2026年3月2日", None),
    ],
)
def test_weekdays(said: str, day: int | None) -> None:
    assert weekday_of(said) == day


def test_the_day_of_the_week_proves_an_order() -> None:
    assert order_of([("3", "2", "2026")], weekdays=[(("3", "2", "2026"), 0)])[:2] == ("mdy", "weekday")
    assert order_of([("3", "2", "2026")], weekdays=[(("3", "2", "2026"), 1)])[:2] == ("dmy", "weekday")
    assert order_of([("3", "2", "2026")], weekdays=[(("3", "2", "2026"), 5)]).proof == "unproved"
    both = [(("3", "2", "2026"), 0), (("4", "2", "2026"), 2)]
    assert order_of([parts for parts, _ in both], weekdays=both).proof == "unproved"


def test_an_order_that_is_stated_or_above_12_comes_first() -> None:
    weekdays = [(("3", "2", "2026"), 0)]
    assert order_of([("3", "2", "2026")], stated="dmy", weekdays=weekdays).proof == "stated"
    assert order_of([("3", "20", "2026")], weekdays=weekdays).proof == "day-above-12"


def test_paths_of_a_json_file() -> None:
    data = b'\xef\xbb\xbf{"a": {"b": 1}, "c": [{"d": [{"e": 1}]}], "f'
    assert paths_of(Source(data=data, name="x")) == {"a", "a.b", "c", "c.item.d", "c.item.d.item.e"}
    assert paths_of(Source(data=b"plain", name="x")) == frozenset()
    assert paths_of(Source(data=b"[" * 10_000, name="x")) == frozenset()


def test_beside_may_lead_above_and_no_further() -> None:
    digest = digest_of(b"x")
    source = Source(data=b"", name="a.zip/c/day.json", siblings={"a.zip/users.json": digest, "users.json": digest})
    assert source.beside("../users.json") == digest
    assert source.beside("../../users.json") == digest
    assert source.beside("../../../users.json") is None
    assert source.beside("users.json") is None
