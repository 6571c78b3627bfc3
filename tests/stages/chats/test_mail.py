"""Mails and mailboxes: people, times, wording, attachments, and places that can be read again."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract import Source, choose
from pipeline.locate import Locator, Unlocatable, reread
from pipeline.model import Attachment, Mail, Message, Person, Reading, bare, digest_of, encode
from pipeline.moment import Zone
from stages.chats import eml, mbox
from stages.chats.common.params import Params
from stages.chats.formats import READERS

FIXTURES = Path(__file__).parents[3] / "fixtures" / "chats"
EML = sorted((FIXTURES / "eml").glob("*.eml"))
MBOX = sorted((FIXTURES / "mbox").glob("*.mbox"))
HEAD = "From: 林小姐 <lin@mail.example>\r\nTo: kefu@shop.example\r\n"
DATE = "Date: Mon, 2 Mar 2026 14:03:00 +0800\r\n"


def read(data: bytes | str, params: Params | None = None, reader: object = eml) -> Reading:
    raw = data.encode() if isinstance(data, str) else data
    return reader.READER.read(Source(data=raw, name="信.eml", params=params))  # type: ignore[attr-defined, no-any-return]


def mail(data: bytes | str, params: Params | None = None) -> Mail:
    record = read(data, params).records[0]
    assert isinstance(record, Mail)
    return record


def codes(reading: Reading) -> list[str]:
    return [said.code for said in (*reading.notes, *reading.unread)]


def text_mail(body: bytes, charset: str = "", head: str = HEAD + DATE) -> bytes:
    kind = f"Content-Type: text/plain{f'; charset={charset}' if charset else ''}\r\n"
    encoded = base64.encodebytes(body).replace(b"\n", b"\r\n")
    return (head + kind + "Content-Transfer-Encoding: base64\r\n\r\n").encode() + encoded


@pytest.mark.parametrize(
    ("date", "start", "grain", "zone", "said"),
    [
        ("Mon, 2 Mar 2026 14:03:05 +0800 (CST)", "2026-03-02T14:03:05+08:00", "second", "stated", None),
        ("2 Mar 2026 14:03 GMT", "2026-03-02T14:03:00+00:00", "minute", "stated", None),
        ("2026-03-02T14:03:05+08:00", "2026-03-02T14:03:05+08:00", "second", "stated", None),
        ("Mon, 02 Mar 2026 14:03:05 -0000", "2026-03-02T14:03:05", "second", "unknown", "mail-without-zone"),
        ("Mon, 02 Mar 2026 14:03:05 CST", "2026-03-02T14:03:05", "second", "unknown", "mail-without-zone"),
        ("Mon, 02 Mar 2026 14:03:05", "2026-03-02T14:03:05", "second", "unknown", "mail-without-zone"),
        ("Mon, 31 Feb 2026 14:03:05 +0800", None, "second", "unknown", "chat-time-unreadable"),
        ("Mon, 2 Mar 2026 14:03:05 +2500", None, "second", "unknown", "chat-time-unreadable"),
        ("昨天 14:03", None, "second", "unknown", "chat-time-unreadable"),
    ],
)
def test_a_date_is_what_it_says_and_no_more(
    date: str, start: str | None, grain: str, zone: str, said: str | None
) -> None:
    reading = read(f"{HEAD}Date: {date}\r\n\r\n在吗", Params(zone=Zone(name="Asia/Shanghai", basis="platform")))
    at = reading.records[0].at  # type: ignore[union-attr]
    assert at is not None
    assert (at.start, at.grain, at.zone, at.said) == (start, grain, zone, date)
    assert codes(reading) == ([said] if said else [])


def test_a_mail_without_a_date_is_undated_and_its_arrival_is_declared() -> None:
    reading = read("Received: from a by b; Tue, 3 Mar 2026 09:00:00 +0800\r\n" + HEAD + "\r\n在吗")
    assert codes(reading) == ["mail-undated"]
    assert reading.declared == {"received": "Tue, 3 Mar 2026 09:00:00 +0800"}


def test_a_mail_dated_after_its_arrival_is_noted() -> None:
    late = "Received: from a by b; Mon, 2 Mar 2026 13:00:00 +0800\r\n" + HEAD + DATE + "\r\n在吗"
    assert codes(read(late)) == ["mail-received-first"]
    assert codes(read(late.replace("13:00:00", "14:02:00"))) == []


@pytest.mark.parametrize(
    ("body", "charset", "text", "said"),
    [
        ("王镕收".encode("gb18030"), "gb2312", "王镕收", []),
        ("王镕收".encode(), "gb2312", "王镕收", ["mail-charset"]),
        ("王镕收".encode("gb18030"), "utf-8", "王镕收", ["mail-charset"]),
        ("王镕收".encode(), "", "王镕收", []),
        ("王镕收".encode("gb18030"), "", "王镕收", ["mail-charset"]),
        ("王小姐".encode("big5"), "big5", "王小姐", []),
        (b"ok\xff\xfe\x80", "utf-8", "ok���", ["mail-charset-lost"]),
        ("好".encode("utf-8-sig"), "utf-8", "好", []),
        (b"hello", "x-nonsense", "hello", []),
    ],
)
def test_charsets(body: bytes, charset: str, text: str, said: list[str]) -> None:
    reading = read(text_mail(body, charset))
    assert (reading.records[0].text, codes(reading)) == (text, said)  # type: ignore[union-attr]


def test_people_are_names_and_addresses_and_the_case_says_their_side() -> None:
    people = (Person(name="林小姐", aliases=("lin@mail.example",), side="customer"),)
    raw = HEAD + 'Cc: "Pan, Li" <pan@x.cn>\r\n' + DATE + "In-Reply-To: <a@b> <c@d>\r\nMessage-ID: <m@x>\r\n\r\n在吗"
    found = mail(raw.replace("林小姐 <", "<"), Params(people=people))
    assert (found.sender, found.sender_id, found.side) == ("lin@mail.example", "lin@mail.example", "other")
    assert found.to == ("kefu@shop.example", "Pan, Li <pan@x.cn>")
    assert (found.reply_to, found.message_id, found.subject) == ("a@b", "m@x", None)


def test_the_samples_belong_to_their_reader_alone() -> None:
    for path in (*EML, *MBOX):
        best, ties = choose(READERS, Source(data=path.read_bytes(), name=path.name))
        assert (best and best.id, ties) == (path.suffix[1:], ())


@pytest.mark.parametrize(
    "text",
    [
        "From: <Saved by Blink>\r\nSubject: x\r\nDate: Mon, 2 Mar 2026 14:03:00 +0800\r\nMIME-Version: 1.0\r\n\r\n",
        "From: <Save by Tencent MsgMgr>\r\nSubject: Tencent IM Message\r\nMIME-Version: 1.0\r\n\r\n",
        "From 林小姐\n\n您好",
        "小王: 在吗\n小李: 在\n\n",
        "Subject: x\nTo: y\n\n",
        "",
    ],
)
def test_what_only_looks_like_a_mail_is_none(text: str) -> None:
    source = Source(data=text.encode(), name="a.eml")
    assert eml.READER.sniff(source) is None
    assert mbox.READER.sniff(source) is None


def test_a_mail_inside_a_mail_is_a_record_at_its_section() -> None:
    data = (FIXTURES / "eml" / "sample-forwarded.eml").read_bytes()
    outer, inner = read(data).records
    assert isinstance(inner, Mail)
    assert (outer.where, inner.where) == (Locator(whole=True), Locator(member="2"))
    held = reread(data, inner.where)
    assert isinstance(held, bytes)
    assert b"Message-ID: <in-1@mail.example>" in held
    assert reread(data, Locator(member="2.1", lines=(1, 1))) == inner.text
    assert outer.attachments == ()
    assert inner.attachments == (
        Attachment(name="box.png", found=True, sha256=bare(digest_of(bytes(reread(data, Locator(member="2.2")))))),  # type: ignore[arg-type]
    )
    with pytest.raises(Unlocatable):
        reread(data, Locator(member="2.9"))


@pytest.mark.parametrize("name", ["sample-wechat.eml", "sample-wechat-html.eml"])
def test_the_messages_of_a_shared_chat_are_read_again_at_their_lines(name: str) -> None:
    data = (FIXTURES / "eml" / name).read_bytes()
    proof, *messages = read(data).records
    assert isinstance(proof, Mail)
    assert proof.message_id
    assert proof.at is not None
    assert proof.at.zone == "stated"
    assert len(messages) >= 2
    for message in messages:
        assert isinstance(message, Message)
        there = reread(data, message.where)
        assert isinstance(there, str)
        assert message.where.member == "1"
        assert all(line in there for line in message.text.split("\n"))
        assert message.sender is not None
        assert message.sender in there


def test_the_picture_that_a_shared_chat_names_is_the_attachment_of_its_mail() -> None:
    proof, *messages = read((FIXTURES / "eml" / "sample-wechat.eml").read_bytes()).records
    (named,) = [part for message in messages for part in message.attachments]  # type: ignore[union-attr]
    assert named.found
    assert (named,) == proof.attachments  # type: ignore[union-attr]


def test_a_shared_chat_in_an_mbox_is_found_again_by_the_number_of_its_mail() -> None:
    chat = (FIXTURES / "eml" / "sample-wechat.eml").read_bytes()
    data = b"From - x\r\n" + text_mail(b"hi") + b"\r\nFrom - y\r\n" + chat
    reading = read(data, reader=mbox)
    message = next(record for record in reading.records if not isinstance(record, Mail))
    assert message.where.member == "2/1"
    assert "阿青" in str(reread(data, message.where))
    mails = [record for record in reading.records if isinstance(record, Mail)]
    assert [bytes(reread(data, one.where))[:6] for one in mails] == [b"From -", b"From -"]  # type: ignore[arg-type]


def boxed(*mails: tuple[str, str]) -> bytes:
    form = (
        "From - x\nFrom: {} <{}@mail.example>\nTo: kefu@shop.example\nDate: Mon, 2 Mar 2026 09:00:00 +0800\n\n你好\n\n"
    )
    return "".join(form.format(name, address) for name, address in mails).encode()


def test_only_the_mails_of_the_customers_are_read_from_a_mailbox_of_several() -> None:
    data = boxed(("林小姐", "lin"), ("赵先生", "zhao"), ("林小姐", "lin"))
    reading = read(data, Params(customers=("LIN@mail.example",)), mbox)
    assert [record.sender for record in reading.records] == ["林小姐", "林小姐"]  # type: ignore[union-attr]
    assert (reading.balance.total, reading.balance.records, reading.balance.skipped) == (3, 2, 1)
    assert [(note.code, note.values) for note in reading.notes] == [("chats-of-others", {"count": 2, "read": 1})]
    assert read(data, Params(customers=()), mbox).records == ()
    assert len(read(data, None, mbox).records) == 3
    assert len(read(boxed(("林小姐", "lin")), Params(customers=()), mbox).records) == 1


def test_a_from_line_begins_a_mail_only_after_a_blank_line_and_before_headers() -> None:
    body = "你好\nFrom: 不是\n\nFrom 上海\n\n>From 杭州\n>>From 苏州\n"
    data = boxed(("林小姐", "lin")).decode().replace("你好\n", body).encode()
    (found,) = read(data, reader=mbox).records
    assert found.text == "你好\nFrom: 不是\n\nFrom 上海\n\nFrom 杭州\n>From 苏州"  # type: ignore[union-attr]


def test_half_a_mail_is_read_and_said_to_be_cut() -> None:
    reading = read((FIXTURES / "eml" / "broken-half.eml").read_bytes())
    assert codes(reading) == ["mail-cut"]
    assert reading.records


@pytest.mark.parametrize(
    "body",
    [
        "Content-Type: message/rfc822\r\n\r\n" * 100,
        "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(100)),
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\nx\r\n" * 6000,
        "Content-Type: text/plain;" + "a;" * 20_000 + "\r\n\r\n",
    ],
    ids=["mails", "multiparts", "parts", "parameters"],
)
def test_a_mail_beyond_reason_is_refused(body: str) -> None:
    reading = read(HEAD + DATE + body)
    assert (codes(reading), reading.records) == (["mail-too-complex"], ())
    assert reading.balance.unread == 1


def test_html_is_words_on_lines() -> None:
    html = "<p>a &amp;  b<br>c</p><style>x</style><table><tr><td>1</td><td>2</td></tr></table><pre>d\n  e</pre><div>f"
    raw = f"{HEAD}{DATE}Content-Type: text/html; charset=utf-8\r\n\r\n{html}"
    assert mail(raw).text == "a & b\nc\n1\t2\nd\n  e\nf"
    assert codes(read(raw)) == ["mail-html"]


SAMPLES = [path.read_bytes() for path in (*EML, *MBOX)]


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(SAMPLES), st.data())
def test_no_bytes_raise(sample: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(sample)))
    end = data.draw(st.integers(at, min(len(sample), at + 200)))
    changed = sample[:at] + data.draw(st.binary(max_size=20)) + sample[end:]
    for reader in (eml.READER, mbox.READER):
        source = Source(data=changed, name="x")
        reader.sniff(source)
        reading = reader.read(source)
        assert reading.records or reading.unread
        encode(reading)
        for record in reading.records:
            reread(changed, record.where)  # type: ignore[union-attr]
