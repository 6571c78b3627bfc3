"""Mails by their content, and their attachments as members."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.contract import Made
from pipeline.locate import Locator
from pipeline.model import Ingested, digest_of
from stages.ingest import STAGE, archive
from tests.stages.ole import compound

Perform = Callable[..., Made]
HEAD = "From: 林小姐 <lin@mail.example>\r\nTo: kefu@shop.example\r\nDate: Mon, 2 Mar 2026 14:03:00 +0800\r\n"
FIXTURES = Path(__file__).parents[3] / "fixtures" / "chats"


def ingested(perform: Perform, data: bytes, name: str = "a.eml") -> Ingested:
    document = perform(STAGE, data, name).document
    assert isinstance(document, Ingested)
    return document


def with_files(*files: tuple[str, bytes]) -> bytes:
    parts = "".join(
        f'--b\r\nContent-Type: application/octet-stream; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        f"{base64.b64encode(data).decode()}\r\n"
        for name, data in files
    )
    return f"{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n你好\r\n{parts}--b--\r\n".encode()


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (HEAD.encode() + b"\r\n\xff\xfe\x00", "mail.txt", "message/rfc822"),
        (b"\xef\xbb\xbf" + HEAD.encode() + b"\r\nx", "mail.eml", "message/rfc822"),
        (b"From - x\n" + HEAD.encode() + b"\r\nx", "all.mbox", "application/mbox"),
        (b"From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\nx", "page.mht", "text/plain"),
        (b"From me to you\n\nhello", "a.txt", "text/plain"),
    ],
)
def test_a_mail_is_one_by_its_content(perform: Perform, data: bytes, name: str, media_type: str) -> None:
    document = ingested(perform, data, name)
    assert (document.media_type, document.kind, document.unread, document.notes) == (media_type, "text", (), ())


def test_attachments_are_members_and_names_borne_twice_get_a_number(perform: Perform) -> None:
    made = perform(STAGE, with_files(("图.png", b"1"), ("图.png", b"2"), ("a/b.pdf", b"3")), "a.eml")
    document = made.document
    assert isinstance(document, Ingested)
    assert [(member.name, member.digest) for member in document.members] == [
        ("图.png", digest_of(b"1")), ("图 (2).png", digest_of(b"2")), ("a/b.pdf", digest_of(b"3")),
    ]  # fmt: skip
    assert [Path(made.files[str(at)]).read_bytes() for at in range(3)] == [b"1", b"2", b"3"]  # type: ignore[arg-type]
    assert (document.balance.total, document.balance.records) == (4, 4)


@pytest.mark.parametrize("name", ["../x.png", "/etc/passwd", "C:\\x.png", "a/../../b"])
def test_a_hostile_name_is_refused_and_said(perform: Perform, name: str) -> None:
    document = ingested(perform, with_files((name.replace("\\", "\\\\"), b"1"), ("ok.png", b"2")))
    assert [member.name for member in document.members] == ["ok.png"]
    assert [(span.code, span.values, span.where) for span in document.unread] == [
        ("attachment-name", {"member": name}, Locator(member="2"))
    ]
    assert (document.balance.total, document.balance.unread) == (3, 1)


def test_members_are_counted(perform: Perform, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 1)
    document = ingested(perform, with_files(("a", b"1"), ("b", b"2")))
    assert [span.code for span in document.unread] == ["attachments-too-many"]


def test_the_samples_give_their_attachments(perform: Perform) -> None:
    names = {}
    for path in sorted((FIXTURES / "eml").glob("sample*.eml")):
        document = ingested(perform, path.read_bytes(), path.name)
        assert document.unread == ()
        names[path.stem] = [member.name for member in document.members]
    assert names == {
        "sample-attachments": ["拉链正面.png", "拉链背面.png"],
        "sample-forwarded": ["box.png"],
        "sample-html": [],
        "sample-raw": ["说明 1.txt"],
        "sample-wechat": ["8b0abe52c3d94f10a7e6b1c2d3e4f598.png"],
        "sample-wechat-html": [],
    }


def test_the_attachments_of_others_stay_in_a_mailbox(perform: Perform) -> None:
    theirs = with_files(("身份证.png", b"id")).replace(b"lin@", b"zhao@").replace("林小姐".encode(), "赵先生".encode())
    data = b"From - x\r\n" + with_files(("图.png", b"1")) + b"\r\nFrom - x\r\n" + theirs
    document = ingested(perform, data, "all.mbox")
    assert document.members == ()
    assert (document.balance.skipped, document.balance.records) == (2, 0)


def test_an_outlook_mail_asks_for_another_form(perform: Perform) -> None:
    document = ingested(perform, compound({"__nameid_version1.0": b"x"}), "邮件.msg")
    assert [span.code for span in document.unread] == ["outlook-mail"]
