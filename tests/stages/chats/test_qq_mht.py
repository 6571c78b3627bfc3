"""QQ's message manager as a web archive: MIME parts, rows of a table, pictures inside."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract import Source
from pipeline.locate import reread
from pipeline.model import Message, Person, Reading
from pipeline.moment import Zone
from stages.chats import Params
from stages.chats.qq_mht import READER
from stages.chats.qq_mht.archive import Archive
from stages.chats.qq_mht.table import Said, day_of, row_of

BOUNDARY = "----=_NextPart_3F20C18D"
CHINA = Params(zone=Zone(name="Asia/Shanghai", basis="case"))
HEAD = (
    "From: <Save by Tencent MsgMgr>\r\nSubject: Tencent IM Message\r\nMIME-Version: 1.0\r\n"
    f'Content-Type:multipart/related;\r\n\tcharset="utf-8"\r\n\ttype="text/html";\r\n\tboundary="{BOUNDARY}"\r\n\r\n'
)
PAGE = (
    f"--{BOUNDARY}\r\nContent-Type: text/html\r\nContent-Transfer-Encoding:7bit\r\n\r\n"
    "<html><head><title>QQ Message</title></head><body><table width=100% cellspacing=0>\r\n"
)
END = "</table></body></html>\r\n\r\n"
PIXELS = bytes(range(256)) * 9
GUID = "{3D48C238-CD47-4d17-9C8F-3593C6D4738B}.dat"


def plain(text: str) -> str:
    return f"<tr><td><div style=padding-left:10px;>{text}</div></td></tr>\r\n"


def day(text: str) -> str:
    return f"<tr><td style=color:#3568BB;font-weight:bold;>日期: {text}</td></tr>\r\n"


def said(who: str, clock: str = "9:05:12", body: str = "好") -> str:
    return (
        f"<tr><td><div style=color:#006EFE;padding-left:10px;><div style=float:left;margin-right:6px;>{who}</div>"
        f"{clock}</div><div style=padding-left:20px;><font style=\"font-size:10pt;\" color='000000'>{body}</font></div>"
        "</td></tr>\r\n"
    )


def picture(location: str = GUID, data: bytes = PIXELS, *, encoded: str | None = None) -> str:
    text = base64.encodebytes(data).decode().replace("\n", "\r\n") if encoded is None else encoded
    return (
        f"--{BOUNDARY}\r\nContent-Type:image/jpeg\r\nContent-Transfer-Encoding:base64\r\n"
        f"Content-Location:{location}\r\n\r\n{text}\r\n"
    )


def archive(*rows: str, parts: str = "") -> str:
    first = plain("消息记录") + plain("消息分组:我的好友") + plain("消息对象:林小姐") + plain("&nbsp;")
    return f"{HEAD}{PAGE}{first}{''.join(rows)}{END}{parts}--{BOUNDARY}--\r\n"


def read(text: str | bytes, params: Params = CHINA) -> Reading:
    data = text if isinstance(text, bytes) else text.encode()
    return READER.read(Source(data=data, name="记录.mht", params=params))


def messages(reading: Reading) -> list[Message]:
    return [record for record in reading.records if isinstance(record, Message)]


def codes(reading: Reading) -> list[str]:
    return [note.code for note in reading.notes]


def starts(reading: Reading) -> list[str | None]:
    return [message.at.start if message.at else None for message in messages(reading)]


# Rows -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("好", "好"),
        ("一<br>二<BR/>三", "一\n二\n三"),
        ("a&nbsp;&nbsp;b", "a  b"),
        ("&lt;M&gt; &amp; &quot;L&quot;", '<M> & "L"'),
        ("&amp;lt;", "&lt;"),
        ("<a href='x'>链接</a>后", "链接后"),
        ("", ""),
        ("一\r\n  二", "一 二"),
        ("<div>甲</div><div>乙</div>", "甲\n乙"),
    ],
)
def test_a_body_as_the_page_shows_it(body: str, text: str) -> None:
    held = row_of(said("林小姐", body=body))
    assert isinstance(held, Said)
    assert (held.who, held.clock, held.text) == ("林小姐", "9:05:12", text)


@pytest.mark.parametrize("source", ['"{A}.dat"', "'{A}.dat'", "{A}.dat"])
def test_a_picture_stands_as_qq_writes_it_in_text(source: str) -> None:
    held = row_of(said("林小姐", body=f"看<IMG src={source}>这里"))
    assert isinstance(held, Said)
    assert (held.text, held.pictures) == ("看[图片]这里", ("{A}.dat",))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("日期: 2026-03-02", ("2026", "03", "02")),
        ("日期: 2012/4/11", ("2012", "4", "11")),
        ("日期：2026年3月2日", ("2026", "3", "2")),
        ("日期: 2/14/2026", ("2", "14", "2026")),
        ("日期: 昨天", None),
        ("2026-03-02", None),
    ],
)
def test_rows_of_dates(text: str, parts: tuple[str, str, str] | None) -> None:
    assert day_of(text) == parts


@pytest.mark.parametrize("row", ["<tr></tr>", "<tr><td>", "<div><div>a</div>9:00</div>", "</div></div>", "<<>>", "a<"])
def test_what_is_no_message_is_its_text(row: str) -> None:
    assert isinstance(row_of(row), str)


# The file ---------------------------------------------------------------------------------------------------------


def test_only_archives_of_qq_are_known() -> None:
    score = READER.sniff(Source(data=archive().encode(), name="a.mht"))
    assert score is not None
    assert score.value == 1.0
    for other in (
        HEAD.replace("Save by Tencent MsgMgr", "a@b").replace("Tencent IM Message", "x"),
        "Tencent IM Message",
    ):
        assert READER.sniff(Source(data=other.encode(), name="a.mht")) is None


def test_messages_stand_under_the_date_above_them() -> None:
    text = archive(
        said("林小姐", "8:00:00"),
        day("2026-03-02"),
        said("林小姐"),
        said("安", "0:00:01"),
        day("2026-03-03"),
        said("安"),
    )
    reading = read(text)
    assert starts(reading) == [
        None, "2026-03-02T09:05:12+08:00", "2026-03-02T00:00:01+08:00", "2026-03-03T09:05:12+08:00",
    ]  # fmt: skip
    assert codes(reading) == ["chat-time-goes-back", "qq-dateless"]
    assert [message.side for message in messages(reading)] == ["other", "other", "self", "self"]
    assert reading.declared == {"name": "林小姐", "chat": "private"}


def test_clocks_of_12_hours_and_days_before_months() -> None:
    reading = read(archive(day("14/2/2026"), said("林小姐", "下午 8:43:38"), said("林小姐", "9:00:00 PM")))
    assert starts(reading) == ["2026-02-14T20:43:38+08:00", "2026-02-14T21:00:00+08:00"]
    assert codes(reading) == ["date-order-day-above-12"]
    assert starts(read(archive(day("3/4/2026"), said("林小姐")))) == [None]


def test_a_row_is_found_again_by_its_lines_or_bytes() -> None:
    for text in (archive(day("2026-03-02"), said("林小姐"), said("安", body="二\r\n行")),):
        for shaped in (text, text.replace("</tr>\r\n", "</tr>")):
            data = shaped.encode()
            for message in messages(read(data)):
                found = reread(data, message.where)
                raw = found.encode() if isinstance(found, str) else found
                assert raw.count(b"float:left") == 1
                assert (message.sender or "").encode() in raw


def test_groups_have_ids_and_qq_its_own() -> None:
    rows = [
        said("【群主】店长(100200)"),
        said("青柠&lt;q@x.com&gt;"),
        said("系统消息(10000)", body="安加入本群。"),
        said("系统消息(10000)", body="青柠撤回了一条消息"),
    ]
    reading = read(archive(day("2026-03-02"), *rows))
    assert [(message.sender, message.sender_id, message.type) for message in messages(reading)] == [
        ("店长", "100200", "text"),
        ("青柠", "q@x.com", "text"),
        ("系统消息", "10000", "system"),
        ("系统消息", "10000", "recall"),
    ]
    assert reading.declared["chat"] == "group"


def test_of_several_conversations_only_those_of_the_customers_are_read() -> None:
    text = archive(day("2026-03-02"), said("林小姐"), plain("消息对象:王"), day("2026-03-03"), said("王", body="秘密"))
    assert [message.chat for message in messages(read(text))] == ["林小姐", "王"]
    reading = read(text, Params(customers=("林小姐",)))
    assert [message.chat for message in messages(reading)] == ["林小姐"]
    assert codes(reading) == ["chats-of-others"]
    assert "秘密" not in str(reading)


def test_the_case_says_whose_side_a_name_is_on() -> None:
    people = (Person(name="x", aliases=("100200",), side="customer"),)
    (message,) = messages(read(archive(day("2026-03-02"), said("林(100200)")), Params(people=people)))
    assert message.side == "other"


def test_an_unknown_row_and_damaged_bytes_stay_unread() -> None:
    text = archive(day("2026-03-02"), plain("看不懂"), said("林小姐", body="坏"), said("林小姐"))
    reading = read(text.encode().replace("坏".encode(), b"\xff\xfe"))
    assert [span.code for span in reading.unread] == ["qq-mht-row-unknown", "line-not-decodable"]
    assert (len(reading.records), reading.balance.unread) == (1, 2)


def test_a_page_in_another_charset_is_read_by_what_the_file_states() -> None:
    text = archive(day("2026-03-02"), said("林小姐")).replace('charset="utf-8"', 'charset="gb2312"')
    assert messages(read(text.encode("gb18030")))[0].sender == "林小姐"


def test_a_page_in_base64_stays_unread() -> None:
    reading = read(archive(said("林小姐")).replace("Encoding:7bit", "Encoding:base64"))
    assert [span.code for span in reading.unread] == ["qq-mht-encoding"]
    assert reading.balance.unread > 4


# Pictures ---------------------------------------------------------------------------------------------------------

SHOWN = archive(day("2026-03-02"), said("林小姐", body=f'<IMG src="{GUID}">'), parts=picture())


def test_a_picture_inside_has_the_digest_of_its_bytes() -> None:
    reading = read(SHOWN)
    (message,) = messages(reading)
    (attachment,) = message.attachments
    assert (attachment.name, attachment.found) == (GUID, True)
    assert attachment.sha256 == hashlib.sha256(PIXELS).hexdigest()
    assert message.type == "image"
    assert codes(reading) == ["qq-mht-pictures"]


@pytest.mark.parametrize(
    "encoded", ["", "****", "AAAA=AAA", base64.b64encode(PIXELS).decode()[:-3], "QUJD\r\nQQ==\r\nQUJD", "不是"]
)
def test_a_damaged_picture_is_not_found(encoded: str) -> None:
    text = archive(day("2026-03-02"), said("林小姐", body=f'<IMG src="{GUID}">'), parts=picture(encoded=encoded))
    reading = read(text)
    assert [part.found for part in messages(reading)[0].attachments] == [False]
    assert codes(reading) == ["qq-mht-picture-broken"]


@pytest.mark.parametrize("kept", [0.3, 0.99])
def test_a_picture_that_the_file_ends_in_is_not_found(kept: float) -> None:
    start = SHOWN.index("Content-Location")
    cut = SHOWN[: start + int((len(SHOWN) - start) * kept) - 40]
    assert [part.found for part in messages(read(cut))[0].attachments] == [False]


def test_a_picture_may_stand_in_one_line_of_any_length() -> None:
    data = PIXELS * 1000
    text = archive(
        day("2026-03-02"),
        said("林小姐", body=f'<IMG src="{GUID}">'),
        parts=picture(encoded=base64.b64encode(data).decode()),
    )
    (attachment,) = messages(read(text))[0].attachments
    assert attachment.sha256 == hashlib.sha256(data).hexdigest()


def test_the_whole_file_is_streamed_though_only_its_head_is_held(tmp_path: Path) -> None:
    path = tmp_path / "记录.mht"
    path.write_text(SHOWN, "utf-8", newline="")
    source = Source(data=SHOWN.encode()[:200], name="记录.mht", params=CHINA, whole=path)
    assert READER.read(source) == read(SHOWN)


class Counting:
    """A file that is made as it is read, and tells how much was held of it at most."""

    def __init__(self, pieces: int) -> None:
        head = archive(day("2026-03-02"), said("林小姐")).partition(f"--{BOUNDARY}--")[0] + picture(encoded="")
        self.lines = [*head.encode().splitlines(keepends=True), *[b"QUJD" * 19 + b"\r\n"] * pieces]
        self.place = 0

    def readline(self, limit: int) -> bytes:
        assert limit <= 1 << 20
        self.place += 1
        return self.lines[self.place - 1] if self.place <= len(self.lines) else b""


def test_a_long_picture_is_not_held() -> None:
    archive_ = Archive(Counting(20_000))  # type: ignore[arg-type]
    assert len(list(archive_.rows())) == 6
    assert archive_.lines > 20_000
    assert archive_.pictures == {GUID: None}


ROWS = st.sampled_from(
    [
        day("2026-03-02"),
        said("林小姐"),
        said("安(123456)"),
        plain("消息对象:王"),
        plain("?"),
        "<tr>",
        "</tr>",
        "\n",
        "x",
    ]
)


@given(rows=st.lists(ROWS, max_size=20), cut=st.integers(0, 400))
@settings(max_examples=60, deadline=None)
def test_every_line_is_accounted_for_once(rows: list[str], cut: int) -> None:
    text = archive(*rows, parts=picture())
    data = text[: len(text) - cut].encode()
    balance = read(data).balance
    assert balance.total == data.count(b"\n") + (not data.endswith(b"\n"))
