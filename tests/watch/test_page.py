"""The status page: static, safe, and only written when there is something to say."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pipeline.errors import Language
from pipeline.watch.arrivals import Refused
from pipeline.watch.page import Page, Waiting, Working
from pipeline.watch.reasons import headline_of, write
from tests.watch.drops import Clock, put


class Tags(HTMLParser):
    """Whether tags are balanced, and which there are."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def inbox(tmp_path: Path, clock: Clock) -> Path:
    evil = '<img src=x onerror="alert(1)">'.replace("/", "")
    inbox = put(tmp_path / "收件箱", {".claims/x": "", f"done/{evil}/out/dossier.pdf": "", "failed/店 #1?/a": ""})
    for folder in (inbox / "done" / evil, inbox / "failed" / "店 #1?"):
        write(folder, ["<b>头</b>", "more"], clock.now(), "zh-CN", inbox / ".claims")
    return inbox


def shown(inbox: Path, clock: Clock, language: Language = "zh-CN") -> Tags:
    waiting = [Waiting(name="<script>", code="watch-wait-partial", values={"seconds": 3, "names": "<i>.part"})]
    working = [
        Working("店B", "watch-stage-ocr", 3, 12),
        Working("店C", "watch-page-reads", 5 << 20, 3 << 30),
        Working("店D", "watch-page-elsewhere"),
    ]
    Page(inbox, clock, language).show(waiting, [Refused("l&nk", "watch-link")], working)
    return Tags((inbox / "状态.html").read_text("utf-8"))


def test_it_is_one_static_file_without_scripts(inbox: Path, clock: Clock) -> None:
    page = shown(inbox, clock)
    assert page.open == []
    tags = {tag for tag, _ in page.seen}
    assert not tags & {"script", "img", "link", "iframe", "i", "b", "form", "object"}
    assert all(not name.startswith("on") for _, attributes in page.seen for name in attributes)
    metas = {attributes.get("http-equiv"): attributes.get("content") for tag, attributes in page.seen if tag == "meta"}
    assert metas["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'"
    assert metas["refresh"] == "10"
    assert "url(" not in (inbox / "状态.html").read_text("utf-8")


def test_it_shows_what_waits_what_is_worked_on_and_what_left(inbox: Path, clock: Clock) -> None:
    text = shown(inbox, clock).text
    for wanted in (
        "<script>",
        "<i>.part",
        "l&nk",
        "识别图片文字　3 / 12",
        "5.0 MB / 3.00 GB",
        "由另一个程序处理",
        "<b>头</b>",
        "没做成",
    ):
        assert wanted in text
    assert "<script>" in shown(inbox, clock, "en").text
    assert not re.search(r"[\u4e00-\u9fff]", re.sub("店|头|结果说明.txt|状态", "", shown(inbox, clock, "en").text))


def test_links_lead_to_files_that_are_there(inbox: Path, clock: Clock) -> None:
    from urllib.parse import unquote

    links = [attributes["href"] for tag, attributes in shown(inbox, clock).seen if tag == "a"]
    assert len(links) == 3
    for link in links:
        assert link is not None
        assert link.startswith("./")
        assert (inbox / unquote(link)).is_file()


def test_it_is_written_when_something_changed_or_it_is_old(inbox: Path, clock: Clock) -> None:
    page, file = Page(inbox, clock, "zh-CN"), inbox / "状态.html"

    def written() -> bool:
        file.unlink(missing_ok=True)
        page.show([], [], [])
        return file.exists()

    assert written()
    clock.wait(30)
    assert not written()
    clock.wait(31)
    assert written()
    put(inbox / "done" / "新", {"结果说明.txt": ""})
    assert written()


def test_only_the_newest_are_listed(inbox: Path, clock: Clock) -> None:
    for number in range(60):
        put(inbox / "done" / f"案{number}", {"结果说明.txt": "x"})
    assert sum(tag == "time" for tag, _ in shown(inbox, clock).seen) == 50


def test_the_headline_is_read_from_the_file(inbox: Path) -> None:
    assert headline_of(inbox / "failed" / "店 #1?") == "<b>头</b>"
    assert headline_of(inbox / "nowhere") == ""
    (inbox / "failed" / "店 #1?" / "结果说明.txt").write_bytes(b"\xff\xfe")
    assert headline_of(inbox / "failed" / "店 #1?") == ""
