"""WhatsApp's exports, in the shapes of phones all over the world."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract import Source
from pipeline.locate import lines_of, reread
from pipeline.model import Message, Person, Reading
from pipeline.moment import Zone
from stages.chats.common.params import Params
from stages.chats.whatsapp import READER

MARK = "\u200e"
CHINA = Zone(name="Asia/Shanghai", basis="case")


def read(text: str | bytes, name: str = "chat.txt", **params: object) -> Reading:
    data = text if isinstance(text, bytes) else text.encode()
    return READER.read(Source(data=data, name=name, params=Params(**params)))  # type: ignore[arg-type]


def messages(text: str | bytes, name: str = "chat.txt", **params: object) -> list[Message]:
    return [record for record in read(text, name, **params).records if isinstance(record, Message)]


def sniff(text: str, name: str = "chat.txt") -> float | None:
    score = READER.sniff(Source(data=text.encode(), name=name))
    return score.value if score else None


def one(body: str) -> Message:
    """The message that a body on iOS is."""
    return messages(f"[2026/3/2 14:03:05] Ann: {body}\n")[0]


@pytest.mark.parametrize(
    ("line", "start"),
    [
        ("15/03/2026, 14:03 - Ann: x", "2026-03-15T14:03:00"),
        ("3/15/26, 2:03\u202fPM - Ann: x", "2026-03-15T14:03:00"),
        ("3/15/26, 12:03\u202fAM - Ann: x", "2026-03-15T00:03:00"),
        ("2026/3/2 14:03 - Ann: x", "2026-03-02T14:03:00"),
        ("2026/3/2 下午2:03 - Ann: x", "2026-03-02T14:03:00"),
        ("2026-03-02, 2:03 p.m. - Ann: x", "2026-03-02T14:03:00"),
        ("2026-03-02, 2:03 p. m. - Ann: x", "2026-03-02T14:03:00"),
        ("15.03.26, 14:03 - Ann: x", "2026-03-15T14:03:00"),
        ("15.03.22 13:31 - Ann: x", "2022-03-15T13:31:00"),
        ("15/03/2018, 16:52 – Ann: x", "2018-03-15T16:52:00"),
        ("15/03/2018 16:52:04: Ann: x", "2018-03-15T16:52:04"),
        ("[2026/3/2 14:03:05] Ann: x", "2026-03-02T14:03:05"),
        ("[2026/3/2 下午2:03:05] Ann: x", "2026-03-02T14:03:05"),
        ("[2026/3/2 中午12:03:05] Ann: x", "2026-03-02T12:03:05"),
        ("[15/3/26 14:03:05] Ann: x", "2026-03-15T14:03:05"),
        ("[15-03-26 14:03:05] Ann: x", "2026-03-15T14:03:05"),
        ("[14:03:05, 15/3/26] Ann: x", "2026-03-15T14:03:05"),
        ("[14:03, 15/3/2026] Ann: x", "2026-03-15T14:03:00"),
        ("[22.3.2026 klo 14.03.05] Ann: x", "2026-03-22T14:03:05"),
        ("[\u200f18\u200f/3\u200f/2022\u060c 14:56:01] Ann: x", "2022-03-18T14:56:01"),
        ("١٨/٣/٢٠٢٢، ٢:٠٣ م - Ann: x", "2022-03-18T14:03:00"),
        ("१८/०३/२०२२, २:०३ pm - Ann: x", "2022-03-18T14:03:00"),
        ("[3/27/2565 BE, 14:03:05] Ann: x", "2022-03-27T14:03:05"),
        ("27/3/2565 14:03 - Ann: x", "2022-03-27T14:03:00"),
        ("[3/27/R4, 14:03:05] Ann: x", "2022-03-27T14:03:05"),
        ("[R4/3/27 14:03:05] Ann: x", "2022-03-27T14:03:05"),
        ("2026. 3. 2. 오후 2:03 - Ann: x", "2026-03-02T14:03:00"),
        ("2026. 03. 02. 14:03 - Ann: x", "2026-03-02T14:03:00"),
        ("2026年3月2日 下午2:03 - Ann: x", "2026-03-02T14:03:00"),
        ("15.03.26 г., 14:03 - Ann: x", "2026-03-15T14:03:00"),
        ("26/03/02, 14:03 - Ann: x", "2026-03-02T14:03:00"),
    ],
)
def test_every_shape_of_a_header_gives_its_time(line: str, start: str) -> None:
    assert sniff(line + "\n")
    (message,) = messages(line + "\n")
    assert message.at is not None
    assert (message.at.start, message.sender, message.text) == (start, "Ann", "x")


@pytest.mark.parametrize(
    "text",
    [
        "阿青 2026-03-02 14:51\n你好\n",
        "Name, [02.03.2026 14:03]\nbody: x\n",
        "2026년 3월 2일 오후 2:03, 이름 : text\n",
        "2026-03-02 14:03:05 nick: text\n",
        "2026-03-02 14:03:05 阿青\n你好\n",
        "Dear shop,\nyour order of 02/03/2026, 14:03 - was late\n",
        "",
        "02/03/2026, 14:03 - \n",
        '{"messages": []}',
    ],
)
def test_other_texts_are_not_taken(text: str) -> None:
    assert sniff(text) is None


def test_brackets_without_seconds_may_be_anothers() -> None:
    assert (sniff("[2019-12-24, 12:23] Ann: x\n") or 0) < 0.5 < (sniff("[2019-12-24, 12:23:01] Ann: x\n") or 0)


def test_the_name_of_the_file_makes_sure() -> None:
    text = "2026/3/2 14:03 - Ann: x\n"
    assert sniff(text, "WhatsApp Chat with Ann.txt") == sniff(text, "a.zip/_chat.txt") == 1.0
    assert (sniff(text) or 1) < 1


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("WhatsApp Chat with Lim & Co.txt", "Lim & Co"),
        ("in/WhatsApp Chat - 阿青.zip/_chat.txt", "阿青"),
        ("与阿青的 WhatsApp 聊天.txt", "阿青"),
        ("與阿青的WhatsApp對話.txt", "阿青"),
        ("Conversa do WhatsApp com Ana.txt", "Ana"),
        ("WhatsApp-Chat mit Jana.txt", "Jana"),
    ],
)
def test_the_chat_is_named_by_its_file(path: str, name: str) -> None:
    assert read("2026/3/2 14:03 - Ann: x\n", path).declared["name"] == name


def test_a_chat_named_after_one_of_its_two_people_is_private() -> None:
    text = "2026/3/2 14:03 - Ann: x\n2026/3/2 14:04 - Shop: y\n"
    reading = read(text, "WhatsApp Chat with Ann.txt", people=(Person(name="Ann", side="customer"),))
    assert reading.declared == {"name": "Ann", "chat": "private"}
    assert [record.side for record in reading.records if isinstance(record, Message)] == ["other", "self"]


def test_minutes_and_seconds_are_grains() -> None:
    minute, second = messages("2026/3/2 14:03 - A: x\n")[0].at, messages("[2026/3/2 14:03:05] A: x\n")[0].at
    assert minute is not None
    assert second is not None
    assert (minute.end, minute.grain, minute.zone) == ("2026-03-02T14:03:59", "minute", "unknown")
    assert (second.end, second.grain) == ("2026-03-02T14:03:05", "second")


def test_a_time_in_the_zone_of_the_case_has_its_offset() -> None:
    at = messages("2026/3/2 14:03 - A: x\n", zone=CHINA)[0].at
    assert at is not None
    assert (at.start, at.zone) == ("2026-03-02T14:03:00+08:00", "case")


def test_an_hour_that_a_zone_repeats_spans_both_readings() -> None:
    zone = Zone(name="America/New_York", basis="case")
    at = messages("2026-11-01, 01:30 - A: x\n", zone=zone)[0].at
    assert at is not None
    assert (at.start, at.end) == ("2026-11-01T01:30:00-04:00", "2026-11-01T01:30:59-05:00")


def test_dates_that_prove_nothing_stay_off_the_timeline() -> None:
    reading = read("".join(f"04/0{day}/24, 10:00 - A: x\n" for day in range(3, 8)))
    assert [note.code for note in reading.notes] == ["date-order-unproved"]
    assert all(record.at and record.at.start is None for record in reading.records if isinstance(record, Message))


def test_a_stated_order_settles_them() -> None:
    reading = read("04/03/24, 10:00 - A: x\n", date_order="mdy")
    assert [note.code for note in reading.notes] == ["date-order-stated"]
    (record,) = reading.records
    assert isinstance(record, Message)
    assert record.at is not None
    assert record.at.start == "2024-04-03T10:00:00"


@pytest.mark.parametrize(
    "name", ["IMG-20240403-WA0001.jpg (file attached)", "<attached: 1-PHOTO-2024-04-03-10-00-00.jpg>"]
)
def test_the_name_of_a_file_settles_them(name: str) -> None:
    reading = read(f"04/03/24, 10:00 - A: {name}\n")
    assert reading.notes[0].code == "date-order-named"
    assert reading.notes[0].values["order"] == "mdy"


def test_hours_that_mix_clocks_are_noted_and_kept() -> None:
    reading = read("13/1/26, 0:08 a. m. - A: x\n13/1/26, 13:08 p. m. - A: x\n")
    assert [note.code for note in reading.notes].count("chat-clock-odd") == 2
    times = [record.at.start for record in reading.records if isinstance(record, Message) and record.at]
    assert times == ["2026-01-13T00:08:00", "2026-01-13T13:08:00"]


def test_times_that_do_not_exist_are_said() -> None:
    reading = read("13/1/26, 25:08 - A: x\n31/2/26, 10:61 - A: x\n13/1/26, 10:08 - A: x\n")
    assert [note.code for note in reading.notes][:2] == ["chat-time-unreadable"] * 2
    assert len(reading.records) == 3


def test_a_solar_year_is_no_year_of_ours() -> None:
    reading = read("۱۴۰۴/۱۲/۱۱، ۱۴:۰۳ - A: x\n")
    assert [note.code for note in reading.notes] == ["chat-time-unreadable"]


@pytest.mark.parametrize(
    ("body", "kind", "files"),
    [
        (
            f"{MARK}<attached: 00000035-PHOTO-2026-03-02-14-03-05.jpg>",
            "image",
            ["00000035-PHOTO-2026-03-02-14-03-05.jpg"],
        ),
        (
            f"{MARK}<附件：00000035-AUDIO-2026-03-02-14-03-05.opus>",
            "voice",
            ["00000035-AUDIO-2026-03-02-14-03-05.opus"],
        ),
        (f"{MARK}<已附加：00000035-STICKER-2026-03-02.webp>", "sticker", ["00000035-STICKER-2026-03-02.webp"]),
        (f"{MARK}<Anhang: a b.pdf>", "file", ["a b.pdf"]),
        (f"{MARK}<adjunto: a.mp4>", "video", ["a.mp4"]),
        (f"{MARK}<in einer anderen: a.mp4>", "video", ["a.mp4"]),
        (f"{MARK}file.pdf • {MARK}2 pages {MARK}<attached: 00000036-file.pdf>", "file", ["00000036-file.pdf"]),
        (f"look at this\n{MARK}<attached: a.jpg>", "image", ["a.jpg"]),
        ("IMG-20260302-WA0006.jpg (file attached)\ncaption", "image", ["IMG-20260302-WA0006.jpg"]),
        ("IMG-20260302-WA0006.jpg（文件附件）", "image", ["IMG-20260302-WA0006.jpg"]),
        ("PTT-20260302-WA0006.opus (arquivo anexado)", "voice", ["PTT-20260302-WA0006.opus"]),
        ("Rechnung.pdf (Datei angehängt)", "file", ["Rechnung.pdf"]),
        ("Lim.vcf (file attached)", "other", ["Lim.vcf"]),
        ("IMG-20260302-WA0006.jpg (in no table)", "image", ["IMG-20260302-WA0006.jpg"]),
        ("see a.jpg (my favourite)", "text", []),
        ("I wrote <b: c>", "text", []),
        ("<Media omitted>", "other", []),
        (f"{MARK}image omitted", "image", []),
        ("<省略影音内容>", "other", []),
        ("<已省略多媒體檔案>", "other", []),
        (f"{MARK}圖片已略去", "image", []),
        (f"{MARK}貼圖已忽略", "sticker", []),
        (f"{MARK}图像已忽略", "image", []),
        ("null", "other", []),
        (f"{MARK}Missed voice call", "call", []),
        (f"{MARK}Video call, {MARK}5 min", "call", []),
        ("Voice calls are cheap", "text", []),
        ("Location: https://maps.google.com/?q=31.23,121.47", "location", []),
        ("location: home", "text", []),
        (f"{MARK}POLL:\nWhich?\n{MARK}OPTION: a (2 votes)", "poll", []),
        ("is this chat end-to-end encrypted?", "text", []),
        (f"{MARK}något som ingen känner", "other", []),
    ],
)
def test_what_the_app_writes_has_its_type(body: str, kind: str, files: list[str]) -> None:
    message = one(body)
    assert (message.type, [part.name for part in message.attachments]) == (kind, files)
    assert (message.text, message.sender) == (body, "Ann")


@pytest.mark.parametrize(
    "body", ["This message was deleted", f"{MARK}You deleted this message.", "此訊息已刪除", "这条消息已删除"]
)
def test_a_deleted_message_keeps_its_place(body: str) -> None:
    message = one(body)
    assert (message.type, message.recalled, message.sender) == ("recall", True, "Ann")


@pytest.mark.parametrize(
    "body",
    [f"new price {MARK}<This message was edited>", "新价格<此消息已被编辑>", "x" * 120 + " <This message was edited>"],
)
def test_an_edit_is_marked_and_its_wording_stays(body: str) -> None:
    message = one(body)
    assert (message.edited, message.type, message.text) == (True, "text", body)


@pytest.mark.parametrize(
    "body",
    [
        "Messages and calls are end-to-end encrypted.",
        "Ann added Ben",
        "Ann created group “Tea: 2026”",
        "阿青移除了小赵",
    ],
)
def test_a_notice_on_ios_is_nobodys_message(body: str) -> None:
    message = one(MARK + body)
    assert (message.side, message.type, message.sender) == ("system", "system", None)


@pytest.mark.parametrize("body", ["Ann left", "Ann changed the subject to “a: b”", "消息和通话都进行端到端加密。"])
def test_a_line_without_a_name_is_the_apps(body: str) -> None:
    message = messages(f"2026/3/2 14:03 - {body}\n2026/3/2 14:03 - A: x\n")[0]
    assert (message.side, message.type, message.sender, message.text) == ("system", "system", None, body)


def test_a_notice_may_be_stamped_later_than_what_follows() -> None:
    reading = read("2026/3/5 14:03 - Messages and calls are end-to-end encrypted.\n2026/3/2 14:03 - A: x\n")
    assert not reading.notes


def test_time_that_goes_back_is_kept_and_said() -> None:
    reading = read("2026/3/5 14:03 - A: x\n2026/3/2 14:03 - A: y\n")
    assert [(note.code, note.where and note.where.lines) for note in reading.notes] == [("chat-time-goes-back", (2, 2))]


def test_a_name_with_a_colon_recurs_whole() -> None:
    said = ("Shop: Ann: x", "Shop: Ann: Re: y", "Bob: Re: z", "Bob: z")
    text = "".join(f"2026/3/2 14:03 - {line}\n" for line in said)
    assert [(message.sender, message.text) for message in messages(text)] == [
        ("Shop: Ann", "x"), ("Shop: Ann", "Re: y"), ("Bob", "Re: z"), ("Bob", "z"),
    ]  # fmt: skip


def test_a_name_of_the_case_with_a_colon_needs_no_second_message() -> None:
    text = "2026/3/2 14:03 - Shop: Ann: x\n2026/3/2 14:03 - Shop: y\n"
    people = (Person(name="Shop: Ann", side="customer"),)
    assert [message.sender for message in messages(text, people=people)] == ["Shop: Ann", "Shop"]


def test_a_colon_without_a_blank_parts_too() -> None:
    assert [(m.sender, m.text) for m in messages("[2026/3/2 14:03:05] 阿青:你好\n")] == [("阿青", "你好")]


def test_numbers_keep_their_hyphens_and_lose_their_marks() -> None:
    assert messages("2026/3/2 14:03 - \u202a+86\u00a0138\u20110000\u202c: x\n")[0].sender == "+86 138\u20110000"


def test_pasted_headers_of_another_shape_are_text() -> None:
    reading = read(
        "[13/01/26, 10:08:00] A: see\n[1/2/26, 9:00 AM] Z: pasted\n2006-01-02 15:04:05\n[14/01/26, 10:08:00] A: x\n"
    )
    assert len(reading.records) == 2
    assert [note.where and note.where.lines for note in reading.notes if note.code == "chat-lookalike"] == [
        (2, 2),
        (3, 3),
    ]


def test_text_keeps_every_mark_and_blank_line() -> None:
    body = "a\u2028b\u00a0c\u200bd\n\n  e \u200f\x0bf"
    assert messages(f"2026/3/2 14:03 - A: {body}\n")[0].text == body


def test_lines_of_crlf_and_lf_may_mix() -> None:
    assert [m.text for m in messages("2026/3/2 14:03 - A: x\r\ny\n2026/3/2 14:03 - A: z\r\n")] == ["x\ny", "z"]


def test_what_follows_a_damaged_line_is_nobodys() -> None:
    reading = read(b"2026/3/2 14:03 - A: x\n2026/3/2 14:04 - B: \xff\xfe\nwhose?\n2026/3/2 14:05 - A: z\n")
    assert [record.text for record in reading.records if isinstance(record, Message)] == ["x", "z"]
    assert [span.code for span in reading.unread] == ["line-not-decodable", "chat-line-outside"]


def test_about_as_many_as_an_export_holds_is_probably_cut() -> None:
    text = "".join(f"2026/3/2 14:03 - A: {number}\n" for number in range(9_990))
    assert [note.code for note in read(text).notes] == ["whatsapp-probably-cut"]
    assert not read(text[: len(text) // 2]).notes


def test_lines_above_the_first_message_are_unread() -> None:
    reading = read("forwarded\n\n2026/3/2 14:03 - A: x\n")
    assert [span.code for span in reading.unread] == ["chat-line-outside"]
    assert (reading.balance.skipped, reading.balance.unread, reading.balance.records) == (1, 1, 1)


def test_a_file_of_another_kind_asked_for_by_name_is_unread() -> None:
    reading = read("nothing of the kind\n")
    assert (len(reading.records), reading.balance.unread) == (0, 1)


def test_utf_16_that_breaks_off_is_closed() -> None:
    assert read(b"\xff\xfe\x00").unread[0].code == "text-not-decodable"


NAMES = st.sampled_from(["Ann", "阿青", "+86 138 0000", "O'Neil (shop)", "🦀"])
TEXTS = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Cf"]), min_size=1, max_size=30).filter(
    lambda text: text.strip() and not text[0].isspace()
)


@given(
    st.lists(st.tuples(NAMES, TEXTS), min_size=1, max_size=12),
    st.sampled_from(["%Y/%m/%d %H:%M - ", "[%Y/%m/%d %H:%M:%S] "]),
)
def test_what_is_written_is_read_back(said: list[tuple[str, str]], stamp: str) -> None:
    start = datetime(2026, 3, 2, 8)
    whens = [start + timedelta(minutes=number) for number in range(len(said))]
    lines = [f"{when:{stamp}}{name}: {text}" for when, (name, text) in zip(whens, said, strict=True)]
    found = messages("\n".join(lines) + "\n")
    if len({name for name, _ in said}) == len(said) or not any(": " in text for _, text in said):
        assert [(message.sender, message.text) for message in found] == said
    assert [message.at.start for message in found if message.at] == [when.isoformat() for when in whens]


@settings(deadline=None)
@given(st.data())
def test_any_change_of_a_file_still_adds_up(data: st.DataObject) -> None:
    text = bytearray(
        f"[13/01/26, 10:08:00 PM] Ann: see\n{MARK}[13/01/26, 10:09:00 PM] 阿青: {MARK}<attached: a.jpg>\nx\n"
        "[14/01/26, 1:09:00 AM] Ann: y\n".encode()
    )
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(text)))
        action = data.draw(st.sampled_from(["flip", "cut", "insert"]))
        if action == "flip" and place < len(text):
            text[place] = data.draw(st.integers(0, 255))
        elif action == "cut":
            del text[place : place + data.draw(st.integers(1, 20))]
        else:
            text[place:place] = data.draw(st.binary(max_size=6))
    source = Source(data=bytes(text), name="a.txt")
    READER.sniff(source)
    reading = READER.read(source)
    balance = reading.balance
    assert balance.records + balance.skipped + balance.unread == balance.total
    for record in reading.records:
        assert record.where.lines is not None
        if reading.encoding == "utf-8" and not reading.unread:
            held = reread(bytes(text), record.where, encoding="utf-8")
            assert isinstance(held, str)
            assert isinstance(record, Message)
            said, stands = lines_of(record.text) or [""], lines_of(held) or [""]
            assert stands[-1] == said[-1] or (len(said) == 1 and stands[-1].endswith(said[0]))
