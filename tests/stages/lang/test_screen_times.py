from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.moment import Grain, Moment, Zone, dateless, moment
from stages.lang.screen_times import Anchor, find_times, read_time, resolve

CHINA = Zone(name="Asia/Shanghai", basis="case")
BERLIN = Zone(name="Europe/Berlin", basis="case")
NEW_YORK = Zone(name="America/New_York", basis="case")
LORD_HOWE = Zone(name="Australia/Lord_Howe", basis="case")
BASIS = "EXIF DateTimeOriginal 2026:03:17 21:30:12"
# a Tuesday
EVENING = Anchor(moment("x", 2026, 3, 17, 21, 30, 12, grain="second", zone=CHINA), BASIS)
THAT_DAY = Anchor(moment("x", 2026, 3, 17, grain="day", zone=CHINA), "IMG-20260317-WA0001")


def resolved(said: str, anchor: Anchor | None = EVENING, zone: Zone | None = CHINA) -> Moment:
    found = read_time(said, zone=zone, anchor=anchor)
    assert found is not None, said
    return found


@pytest.mark.parametrize(
    ("said", "start", "end", "grain"),
    [
        ("2026-03-12 08:35:21", "2026-03-12T08:35:21", "2026-03-12T08:35:21", "second"),
        ("2026-03-12 08:35:21.250", "2026-03-12T08:35:21.250", "2026-03-12T08:35:21.250", "millisecond"),
        ("2026-03-12T08:35", "2026-03-12T08:35:00", "2026-03-12T08:35:59", "minute"),
        ("2026-03-1208:35:21", "2026-03-12T08:35:21", "2026-03-12T08:35:21", "second"),
        ("2026/3/12", "2026-03-12T00:00:00", "2026-03-12T23:59:59", "day"),
        ("2026.03.12", "2026-03-12T00:00:00", "2026-03-12T23:59:59", "day"),
        ("２０２６－０３－１２　０８：３５", "2026-03-12T08:35:00", "2026-03-12T08:35:59", "minute"),
        ("2026年3月12日", "2026-03-12T00:00:00", "2026-03-12T23:59:59", "day"),
        ("2026 年 3 月 12 日 星期四 14:03", "2026-03-12T14:03:00", "2026-03-12T14:03:59", "minute"),
        ("2026年3月12日下午3:58", "2026-03-12T15:58:00", "2026-03-12T15:58:59", "minute"),
        ("2026年3月12日 下午3时", "2026-03-12T15:00:00", "2026-03-12T15:59:59", "hour"),
        ("2026年3月12日 8时35分21秒", "2026-03-12T08:35:21", "2026-03-12T08:35:21", "second"),
        ("03/25/2026, 2:03 PM", "2026-03-25T14:03:00", "2026-03-25T14:03:59", "minute"),
        ("25/03/2026", "2026-03-25T00:00:00", "2026-03-25T23:59:59", "day"),
        ("12 March 2026", "2026-03-12T00:00:00", "2026-03-12T23:59:59", "day"),
        ("March 12th, 2026 at 3:21 p.m.", "2026-03-12T15:21:00", "2026-03-12T15:21:59", "minute"),
        ("Thu, Mar 12, 2026", "2026-03-12T00:00:00", "2026-03-12T23:59:59", "day"),
        ("Thursday 12 Mar 2026 14:03", "2026-03-12T14:03:00", "2026-03-12T14:03:59", "minute"),
        ("Posted on March 12, 2026", "2026-03-12T00:00:00", "2026-03-12T23:59:59", "day"),
        ("编辑于 2026-03-05 浙江", "2026-03-05T00:00:00", "2026-03-05T23:59:59", "day"),
    ],
)
def test_a_full_date_needs_no_anchor(said: str, start: str, end: str, grain: str) -> None:
    found = resolved(said, None, None)
    assert (found.start, found.end, found.grain, found.zone, found.date) == (start, end, grain, "unknown", "stated")
    assert found == resolved(said, EVENING, None)


@pytest.mark.parametrize(
    ("said", "start", "end", "grain"),
    [
        ("昨天 21:14", "2026-03-16T21:14:00", "2026-03-16T21:14:59", "minute"),
        ("昨天21:14浙江", "2026-03-16T21:14:00", "2026-03-16T21:14:59", "minute"),
        ("昨天晚上9:14", "2026-03-16T21:14:00", "2026-03-16T21:14:59", "minute"),
        ("Yesterday at 9:14 PM", "2026-03-16T21:14:00", "2026-03-16T21:14:59", "minute"),
        ("Yesterday", "2026-03-16T00:00:00", "2026-03-16T23:59:59", "day"),
        ("前天", "2026-03-15T00:00:00", "2026-03-15T23:59:59", "day"),
        ("大前天 08:00", "2026-03-14T08:00:00", "2026-03-14T08:00:59", "minute"),
        ("14:03", "2026-03-17T14:03:00", "2026-03-17T14:03:59", "minute"),
        ("下午3:21", "2026-03-17T15:21:00", "2026-03-17T15:21:59", "minute"),
        ("3:21 PM", "2026-03-17T15:21:00", "2026-03-17T15:21:59", "minute"),
        ("PM 3:21", "2026-03-17T15:21:00", "2026-03-17T15:21:59", "minute"),
        ("12:05 AM", "2026-03-17T00:05:00", "2026-03-17T00:05:59", "minute"),
        ("Today 12:05 PM", "2026-03-17T12:05:00", "2026-03-17T12:05:59", "minute"),
        ("中午12:30", "2026-03-17T12:30:00", "2026-03-17T12:30:59", "minute"),
        ("中午1:30", "2026-03-17T13:30:00", "2026-03-17T13:30:59", "minute"),
        ("凌晨12:30", "2026-03-17T00:30:00", "2026-03-17T00:30:59", "minute"),
        ("凌晨3:27", "2026-03-17T03:27:00", "2026-03-17T03:27:59", "minute"),
        ("下午12:30", "2026-03-17T12:30:00", "2026-03-17T12:30:59", "minute"),
        ("清晨6:10", "2026-03-17T06:10:00", "2026-03-17T06:10:59", "minute"),
        ("早上8:10", "2026-03-17T08:10:00", "2026-03-17T08:10:59", "minute"),
        ("傍晚6:10", "2026-03-17T18:10:00", "2026-03-17T18:10:59", "minute"),
        ("晚上 21:14", "2026-03-17T21:14:00", "2026-03-17T21:14:59", "minute"),
        ("星期一 14:03", "2026-03-16T14:03:00", "2026-03-16T14:03:59", "minute"),
        ("周三", "2026-03-11T00:00:00", "2026-03-11T23:59:59", "day"),
        ("禮拜天", "2026-03-15T00:00:00", "2026-03-15T23:59:59", "day"),
        ("週一 下午2:03", "2026-03-16T14:03:00", "2026-03-16T14:03:59", "minute"),
        ("Wednesday 2:03 PM", "2026-03-11T14:03:00", "2026-03-11T14:03:59", "minute"),
        ("Sun", "2026-03-15T00:00:00", "2026-03-15T23:59:59", "day"),
        ("03-02 上海", "2026-03-02T00:00:00", "2026-03-02T23:59:59", "day"),
        ("03-12 08:35", "2026-03-12T08:35:00", "2026-03-12T08:35:59", "minute"),
        ("3月12日 08:35", "2026-03-12T08:35:00", "2026-03-12T08:35:59", "minute"),
        ("3月12日 周四", "2026-03-12T00:00:00", "2026-03-12T23:59:59", "day"),
        ("03/12 下午3:58", "2026-03-12T15:58:00", "2026-03-12T15:58:59", "minute"),
        ("02/13", "2026-02-13T00:00:00", "2026-02-13T23:59:59", "day"),
        ("13/02", "2026-02-13T00:00:00", "2026-02-13T23:59:59", "day"),
        ("Mar 12", "2026-03-12T00:00:00", "2026-03-12T23:59:59", "day"),
        ("Mar 13, 6:30 PM", "2026-03-13T18:30:00", "2026-03-13T18:30:59", "minute"),
        ("编辑于 03-05", "2026-03-05T00:00:00", "2026-03-05T23:59:59", "day"),
        ("評論於 昨天 21:14 浙江", "2026-03-16T21:14:00", "2026-03-16T21:14:59", "minute"),
        ("3天前 四川", "2026-03-13T21:30:12", "2026-03-14T23:59:59", "day"),
        ("三天前", "2026-03-13T21:30:12", "2026-03-14T23:59:59", "day"),
        ("3 days ago", "2026-03-13T21:30:12", "2026-03-14T23:59:59", "day"),
        ("3d ago", "2026-03-13T21:30:12", "2026-03-14T23:59:59", "day"),
        ("5秒前", "2026-03-17T21:30:06", "2026-03-17T21:30:07", "second"),
        ("5m ago", "2026-03-17T21:24:12", "2026-03-17T21:25:59", "minute"),
        ("2小时前", "2026-03-17T18:30:12", "2026-03-17T19:59:59", "hour"),
        ("an hour ago", "2026-03-17T19:30:12", "2026-03-17T20:59:59", "hour"),
        ("半小时前", "2026-03-17T20:30:12", "2026-03-17T21:00:12", "minute"),
        ("刚刚", "2026-03-17T20:30:12", "2026-03-17T21:30:12", "hour"),
        ("just now", "2026-03-17T20:30:12", "2026-03-17T21:30:12", "hour"),
        ("2周前", "2026-02-24T21:30:12", "2026-03-03T23:59:59", "month"),
        ("1个月前", "2026-01-14T21:30:12", "2026-02-28T23:59:59", "month"),
        ("2年前", "2023-03-15T21:30:12", "2024-12-31T23:59:59", "year"),
    ],
)
def test_a_time_is_resolved_to_all_it_can_mean(said: str, start: str, end: str, grain: str) -> None:
    found = resolved(said)
    assert (found.start, found.end) == (f"{start}+08:00", f"{end}+08:00")
    assert (found.grain, found.zone, found.date, found.anchor) == (grain, "case", "anchored", BASIS)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("03-02 上海", "03-02"),
        ("03-02上海", "03-02"),
        ("昨天 21:14 中国香港", "昨天 21:14"),
        ("3天前 IP属地：四川", "3天前"),
        ("编辑于 03-05 浙江", "编辑于 03-05"),
        (" 发布于03-05 ", "发布于03-05"),
    ],
)
def test_a_place_is_no_part_of_the_time_but_what_stands_before_it_is(said: str, kept: str) -> None:
    assert resolved(said).said == kept


@pytest.mark.parametrize(
    "said",
    [
        "", "上海", "3-5", "10-15天", "03/12", "2026-02-30", "13-01", "02-30", "2026/3/1208:35", "24:00", "12:60",
        "8:35:60", "晚上12:30", "晚上3:00", "凌晨9:00", "下午0:30", "上午13:05", "0:30 PM", "上午3:21 AM", "AM 3:21 PM",
        "3点", "7", "3d", "5m", "几天前", "21天后追评", "3天内", "1000天前", "7天前往", "03-02 到货", "共 71 条评论",
        "¥12.30", "4.9分", "0.32KB/s", "95568", "P366374524942915524", "may 5", "2026-03-12 8:3", "0000-01-01",
        "2026-03-12 08:35 +99:00", "2026-03-12 至 2026-03-15", "12.03.26", "1:02:03:04", "昨天的事", "Sunday best",
        "5/5", "10/13", "3/20", "09:00-12:00", "2026-03-12 09:00-12:00",
    ],
)  # fmt: skip
def test_what_the_grammar_does_not_know_is_no_time(said: str) -> None:
    assert read_time(said, zone=CHINA, anchor=EVENING) is None


@pytest.mark.parametrize(
    "said", ["昨天 21:14", "3天前", "星期二 14:03", "03-02", "刚刚", "编辑于 03-05", "下午3:21", "Mar 12"]
)
def test_without_an_anchor_there_is_no_date(said: str) -> None:
    undated = Anchor(dateless("?", "day", CHINA), "nothing")
    for anchor in (None, undated):
        found = resolve(said, zone=CHINA, anchor=anchor)
        assert found is not None
        assert found.conflict is None
        assert (found.moment.start, found.moment.date, found.moment.said) == (None, "unknown", said)


@pytest.mark.parametrize(
    ("said", "conflict"),
    [
        ("03-18", "time-after-capture"),
        ("12-31", "time-after-capture"),
        ("23:03", "time-after-capture"),
        ("今天 22:00", "time-after-capture"),
        ("星期二", "time-ambiguous"),
        ("Tuesday 2:03 PM", "time-ambiguous"),
        ("02-29", "time-no-such-day"),
        ("3月12日 周五", "time-weekday-disagrees"),
        ("昨天 周二", "time-weekday-disagrees"),
        ("2026-03-12 星期五 08:35", "time-weekday-disagrees"),
        ("Fri, Mar 12, 2026", "time-weekday-disagrees"),
    ],
)
def test_what_cannot_be_true_of_the_capture_has_no_date(said: str, conflict: str) -> None:
    found = resolve(said, zone=CHINA, anchor=EVENING)
    assert found is not None
    assert (found.conflict, found.moment.date) == (conflict, "unknown")


def test_an_hour_of_24_beside_pm_is_taken_and_flagged() -> None:
    found = resolve("13:05 PM", zone=CHINA, anchor=EVENING)
    assert found is not None
    assert (found.conflict, found.moment.start) == ("time-mark-disagrees", "2026-03-17T13:05:00+08:00")


def test_a_capture_known_only_to_the_day_widens_what_is_counted_from_it() -> None:
    assert resolved("14:03", THAT_DAY).start == "2026-03-17T14:03:00+08:00"
    assert resolved("昨天", THAT_DAY).end == "2026-03-16T23:59:59+08:00"
    ago = resolved("5分钟前", THAT_DAY)
    assert (ago.start, ago.end) == ("2026-03-16T23:54:00+08:00", "2026-03-17T23:54:59+08:00")
    assert ago.grain == "day"


def test_a_capture_around_midnight_can_mean_two_days() -> None:
    at = Moment(said="x", start="2026-03-16T23:59:30", end="2026-03-17T00:00:30", grain="second", zone="unknown",
                date="stated")  # fmt: skip
    found = resolved("昨天 21:14", Anchor(at, "around midnight"), None)
    assert (found.start, found.end, found.grain) == ("2026-03-15T21:14:00", "2026-03-16T21:14:59", "day")
    assert resolved("21:14", Anchor(at, ""), None).end == "2026-03-16T21:14:59"
    assert resolved("00:00", Anchor(at, ""), None).grain == "day"


def test_a_capture_around_new_year_leaves_only_the_year_that_fits() -> None:
    at = Moment(said="x", start="2025-12-31T00:00:00", end="2026-01-01T23:59:59", grain="day", zone="unknown",
                date="stated")  # fmt: skip
    assert resolved("12-30", Anchor(at, ""), None).start == "2025-12-30T00:00:00"
    two = resolve("01-01", anchor=Anchor(at, ""))
    assert two is not None
    assert (two.conflict, two.moment.start) == ("time-ambiguous", None)


def test_a_time_never_ends_after_the_capture() -> None:
    assert resolved("今天").end == "2026-03-17T21:30:12+08:00"
    assert resolved("21:30").end == "2026-03-17T21:30:12+08:00"


def test_an_offset_in_the_words_wins_over_the_zone_of_the_case() -> None:
    for said in (
        "2026-03-12 08:35 +09:00",
        "2026-03-12 08:35 GMT+9",
        "2026-03-12 08:35 GMT+0900",
        "2026-03-12 08:35 (UTC+09:00)",
    ):
        found = resolved(said)
        assert (found.start, found.zone) == ("2026-03-12T08:35:00+09:00", "stated")
    assert resolved("2026-03-12 08:35:21Z").start == "2026-03-12T08:35:21+00:00"
    assert resolved("2026-03-12 08:35 UTC-5").start == "2026-03-12T08:35:00-05:00"
    assert resolved("00:15 GMT+9").start == "2026-03-17T00:15:00+09:00"


def test_without_a_zone_the_phone_of_the_anchor_tells_it() -> None:
    found = resolved("昨天 21:14", EVENING, None)
    assert (found.start, found.zone) == ("2026-03-16T21:14:00+08:00", "case")
    naive = Anchor(moment("x", 2026, 3, 17, 9, 30, grain="minute"), "a file name")
    assert resolved("昨天 21:14", naive, None).start == "2026-03-16T21:14:00"
    assert resolved("昨天 21:14", naive, CHINA).start == "2026-03-16T21:14:00+08:00"


def test_the_day_is_that_of_the_zone_of_the_screen() -> None:
    at = Anchor(moment("x", 2026, 3, 16, 20, 0, 0, grain="second", zone=Zone(name="UTC", basis="stated")), "UTC")
    assert resolved("昨天", at, CHINA).start == "2026-03-16T00:00:00+08:00"
    assert resolved("昨天", at, NEW_YORK).start == "2026-03-15T00:00:00-04:00"


def test_a_clock_that_was_changed_that_night_gives_both_readings() -> None:
    autumn = Anchor(moment("x", 2026, 10, 26, 9, 0, 0, grain="second", zone=BERLIN), "")
    found = resolved("昨天 02:30", autumn, BERLIN)
    assert (found.start, found.end) == ("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:59+01:00")
    day = resolved("1天前", autumn, BERLIN)
    assert (day.start, day.end) == ("2026-10-24T09:00:00+02:00", "2026-10-25T23:59:59+01:00")


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("下单时间：2026-03-11 01:23:58", ["2026-03-11 01:23:58"]),
        ("签收时间2026-03-1101:23:58已签收", ["2026-03-1101:23:58"]),
        ("订单P366374524942915524 03-12 08:35 揽收", ["03-12 08:35"]),
        ("昨天 21:14 浙江 回复", ["昨天 21:14"]),
        ("编辑于03-05上海", ["编辑于03-05"]),
        ("2026-03-12至2026-03-15", ["2026-03-12", "2026-03-15"]),
        ("March 13, 2026 at 10:30 am from Online Store", ["March 13, 2026 at 10:30 am"]),
        ("last seen today at 11:46", ["today at 11:46"]),
        ("Thu 12 Mar · 3 days ago", ["Thu 12 Mar", "3 days ago"]),
        ("3-5天到货，10-15天退款，21天后追评", []),
        ("SF3006662992881 95568 0.32KB/s ¥12.30 4.9分 1:2", []),
        ("A-03-12 no.12:30x 2026-03-125", []),
        ("7天前往，共 71 条评论", []),
    ],
)
def test_times_are_found_inside_a_line_and_not_inside_numbers(text: str, times: list[str]) -> None:
    assert [text[span.start : span.end] for span in find_times(text)] == times


# Properties: a moment printed as an app would, and read back, is inside what was read.

ZONES = st.sampled_from([None, CHINA, BERLIN, NEW_YORK, LORD_HOWE, Zone(name="+05:30", basis="case")])
ANCHOR_GRAINS: st.SearchStrategy[Grain] = st.sampled_from(["second", "minute", "hour", "day"])
MINUTE = timedelta(minutes=1)


def instants(zone: Zone | None) -> st.SearchStrategy[datetime]:
    """Instants as wall clocks of a zone, without one as wall clocks."""
    if zone is None:
        return st.datetimes(datetime(2001, 1, 1), datetime(2040, 1, 1)).map(lambda when: when.replace(microsecond=0))
    utc = st.datetimes(datetime(2001, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
    return utc.map(lambda when: when.replace(microsecond=0).astimezone(zone.info))


def anchored(when: datetime, zone: Zone | None, grain: Grain) -> Anchor:
    numbers = (when.year, when.month, when.day, when.hour, when.minute, when.second)
    kept = {"second": 6, "minute": 5, "hour": 4, "day": 3}[grain]
    return Anchor(moment("x", *numbers[:kept], grain=grain, zone=zone), "x")


def later(when: datetime, by: timedelta, zone: Zone | None) -> datetime:
    return when + by if zone is None else (when.astimezone(UTC) + by).astimezone(zone.info)


def wall(when: datetime) -> datetime:
    return when.replace(tzinfo=None)


def months_between(posted: datetime, now: datetime) -> int:
    return (now.year - posted.year) * 12 + now.month - posted.month


def printed(posted: datetime, now: datetime, elapsed: timedelta) -> list[str]:
    """What apps print of a time at a capture: every form that is true of the two."""
    days = (now.date() - posted.date()).days
    clock, half = f"{posted:%H:%M}", "上午" if posted.hour < 12 else "下午"
    twelve = f"{posted.hour % 12 or 12}:{posted:%M}"
    seconds = int(elapsed.total_seconds())
    forms = [
        f"{posted:%Y-%m-%d %H:%M:%S}", f"{posted.year}年{posted.month}月{posted.day}日 {half}{twelve}",
        f"{posted:%Y/%m/%d}", f"{posted:%B} {posted.day}, {posted.year} at {twelve} {posted:%p}",
        f"{seconds // 86400}天前", f"{days}天前", f"{days} days ago", f"{seconds // 604800}周前", f"{days // 7}w ago",
        f"{seconds // (30 * 86400)}个月前", f"{months_between(posted, now)}个月前", f"{days // 365}年前",
        f"{now.year - posted.year} years ago",
    ]  # fmt: skip
    if seconds < 360_000:
        forms += [f"{seconds // 3600}小时前", f"{seconds // 3600} hrs ago"]
    if seconds < 60_000:
        forms += [f"{seconds // 60}分钟前"] + (["刚刚", f"{seconds}秒前"] if seconds < 60 else [])
    if now.year == posted.year:
        forms += [f"{posted:%m-%d} 上海", f"编辑于 {posted:%m-%d}", f"{posted:%m-%d} {clock}",
                  f"{posted:%b} {posted.day}",
                  f"{posted.month}月{posted.day}日 周{'一二三四五六日'[posted.weekday()]} {clock}"]  # fmt: skip
    if days <= 2:
        forms.append(("今天", "昨天", "前天")[days] + f" {clock} 浙江")
    if days == 0:
        forms += [clock, f"{half}{twelve}", f"{twelve} {posted:%p}"]
    if 0 < days < 7:
        forms += [
            f"星期{'一二三四五六日'[posted.weekday()]} {clock}",
            f"{posted:%A}",
            f"{posted:%a} {twelve} {posted:%p}",
        ]
    return [form for form in forms if not form.startswith(("1000", "1001"))]


@settings(max_examples=150, deadline=None)
@given(data=st.data(), zone=ZONES, grain=ANCHOR_GRAINS)
def test_what_an_app_prints_reads_back_to_an_interval_with_the_truth_inside(
    data: st.DataObject, zone: Zone | None, grain: Grain
) -> None:
    posted = data.draw(instants(zone))
    elapsed = data.draw(
        st.one_of(*(st.timedeltas(timedelta(0), timedelta(days=days)) for days in (0.01, 1, 8, 60, 900)))
    )
    elapsed = timedelta(seconds=int(elapsed.total_seconds()))
    now = later(posted, elapsed, zone)
    anchor = anchored(now, zone, grain)
    if wall(now) < wall(posted):  # the clock was set back between: the phone itself prints nonsense
        return
    for said in printed(posted, now, elapsed):
        found = resolve(said, zone=zone, anchor=anchor)
        assert found is not None, said
        assert found.conflict is None, said
        first, last, end = found.moment.first, found.moment.last, anchor.at.last
        assert first is not None and last is not None and end is not None  # noqa: PT018
        assert first <= posted <= last + timedelta(seconds=1), (said, found)
        assert found.moment.date == "stated" or last <= end, said


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789:-/. 年月日天前周上下午昨今一二ABPMamp,秒分小时", max_size=14), ZONES)
def test_whatever_is_resolved_lies_at_or_before_the_end_of_the_capture(said: str, zone: Zone | None) -> None:
    anchor = anchored(datetime(2026, 3, 17, 21, 30, 12), zone, "minute")
    found = read_time(said, zone=zone, anchor=anchor)
    if found is not None and found.date == "anchored":
        assert found.last is not None and anchor.at.last is not None  # noqa: PT018
        assert found.last <= anchor.at.last


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=30))
def test_no_random_text_is_a_time(text: str) -> None:
    digits = sum(char.isdigit() for char in text)
    if digits < 3:
        assert read_time(text) is None or any(word in text for word in "天周週刚剛前日")
    for span in find_times(text):
        assert read_time(text[span.start : span.end]) is not None
        assert 0 <= span.start < span.end <= len(text)


@settings(max_examples=100, deadline=None)
@given(st.from_regex(r"[A-Z]{0,3}[0-9]{9,20}", fullmatch=True))
def test_no_number_holds_a_time(number: str) -> None:
    assert find_times(number) == ()
    assert find_times(f"单号{number}，已签收") == ()


@pytest.mark.parametrize("said", ["4天前IP属地：福建", "编辑于4小时前IP属地：湖北", "03-24IP属地：广东"])
def test_a_place_that_an_engine_ran_on_to_a_time_is_no_part_of_it(said: str) -> None:
    found = read_time(said)
    assert found is not None
    assert found.said == said[: said.index("IP")]
    assert find_times("4天前IPhone") == ()


def test_a_narrow_digit_set_off_by_an_engine_is_of_the_clock_where_nothing_else_it_can_be() -> None:
    found = read_time("2026-03-01 23:1 0:22")
    assert found is not None
    assert found.start == "2026-03-01T23:10:22"
    assert read_time("14:0 3") is None
