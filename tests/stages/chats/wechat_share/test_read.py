"""WeChat's share text, shape by shape."""

from __future__ import annotations

import pytest

from pipeline.contract import Source
from pipeline.locate import reread
from pipeline.model import Message, Person, Reading
from pipeline.moment import Zone
from stages.chats import Params
from stages.chats.formats import READERS

READER = next(reader for reader in READERS if reader.id == "wechat-share")
TITLE = "林小姐 和 阿青 在微信上的聊天记录如下，请查收。\n\n"
DAY = "—————  2026-03-02  —————\n\n\n"
PLATFORM = Params(zone=Zone(name="Asia/Shanghai", basis="platform"))


def read(text: str | bytes, params: Params = PLATFORM) -> Reading:
    data = text if isinstance(text, bytes) else text.encode()
    return READER.read(Source(data=data, name="chat.txt", params=params))


def messages(reading: Reading) -> list[Message]:
    return [record for record in reading.records if isinstance(record, Message)]


def said(sender: str, time: str, body: str) -> str:
    return f"{sender}  {time}\n\n{body}\n\n\n"


def codes(reading: Reading) -> list[str]:
    return [note.code for note in reading.notes]


@pytest.mark.parametrize(
    ("title", "declared"),
    [
        ("林小姐 和 阿青 在微信上的聊天记录如下，请查收。", {"chat": "private", "people": "林小姐、阿青"}),
        ("林小姐和阿青在微信上的聊天记录如下，请查收。", {"chat": "private", "people": "林小姐、阿青"}),
        ("初晴 售后 微信群上的聊天记录如下，请查收。", {"chat": "group", "name": "初晴 售后"}),
        ('微信群"面料"的聊天记录如下:', {"chat": "group", "name": "面料"}),
        ("微信群“面料”的聊天记录如下：", {"chat": "group", "name": "面料"}),
    ],
)
def test_titles(title: str, declared: dict[str, str]) -> None:
    reading = read(f"{title}\n\n{DAY}{said('阿青', '14:03', '在')}")
    assert reading.declared == {"title": title, **declared}
    assert len(reading.records) == 1
    assert reading.balance.unread == 0


def test_a_salutation_above_the_title_is_no_message() -> None:
    reading = read(f"Dear:\n\n{TITLE}{DAY}{said('阿青', '14:03', '在')}")
    assert (reading.balance.records, reading.balance.unread) == (3, 0)


@pytest.mark.parametrize(
    "separator",
    [
        "—————  2026-03-02  —————",
        "—————  2026/03/02  —————",
        "—————  2026/3/2  —————",
        "—————  2026.3.2  —————",
        "—————  2026年3月2日  —————",
        "————  2026-03-02  ————",
        "—————2026-03-02—————",
        "\u200e—————\u00a0\u00a02026-03-02  —————  ",
    ],
)
def test_date_separators(separator: str) -> None:
    (message,) = messages(read(f"{TITLE}{separator}\n\n{said('阿青', '9:05', '在')}"))
    assert message.at is not None
    assert (message.at.start, message.at.end) == ("2026-03-02T09:05:00+08:00", "2026-03-02T09:05:59+08:00")
    assert (message.at.grain, message.at.zone, message.at.date) == ("minute", "platform", "stated")


def test_a_header_is_parted_at_its_last_gap() -> None:
    (message,) = messages(read(TITLE + DAY + said("G  (一刀）", "11:58", "好")))
    assert (message.sender, message.text) == ("G  (一刀）", "好")


@pytest.mark.parametrize("name", ["a: b", "[客服]", "😀", "二 人", "12:30", "阿青  12:30"])
def test_names_may_hold_anything(name: str) -> None:
    (message,) = messages(read(TITLE + DAY + said(name, "23:59", "好")))
    assert message.sender == name


def test_two_messages_of_one_minute_keep_the_order_of_the_file() -> None:
    found = messages(read(TITLE + DAY + said("阿青", "14:03", "一") + said("林小姐", "14:03", "二")))
    assert [message.text for message in found] == ["一", "二"]
    assert found[0].at == found[1].at


def test_without_a_separator_there_is_no_date() -> None:
    reading = read(TITLE + said("阿青", "14:03", "一") + DAY + said("阿青", "14:04", "二"))
    first, second = messages(reading)
    assert first.at is not None
    assert (first.at.start, first.at.date, first.at.said) == (None, "unknown", "14:03")
    assert second.at is not None
    assert second.at.start == "2026-03-02T14:04:00+08:00"
    assert codes(reading) == ["chat-dateless"]


def test_without_a_zone_there_is_no_offset() -> None:
    (message,) = messages(read(TITLE + DAY + said("阿青", "14:03", "一"), Params()))
    assert message.at is not None
    assert (message.at.start, message.at.zone) == ("2026-03-02T14:03:00", "unknown")


def test_a_day_that_does_not_exist_dates_nothing_below_it() -> None:
    reading = read(TITLE + DAY + "—————  2026-02-30  —————\n\n" + said("阿青", "14:03", "一"))
    (message,) = messages(reading)
    assert message.at is not None
    assert message.at.start is None
    assert codes(reading) == ["chat-no-such-day", "chat-dateless"]


def test_inner_blank_lines_become_one_and_line_ends_may_be_mixed() -> None:
    text = (TITLE + DAY).replace("\n", "\r\n") + "阿青  14:03\r\n\n一\r\n\r\n\r\n二\n三\r\n\r\n"
    (message,) = messages(read(text))
    assert message.text == "一\n\n二\n三"


def test_separators_that_only_python_cuts_at_stand_inside_a_message() -> None:
    (message,) = messages(read(TITLE + DAY + said("阿青", "14:03", "一\u2028二\x0b三\x85四\x0c五")))
    assert message.text == "一\u2028二\x0b三\x85四\x0c五"


def test_invisible_marks_do_not_hide_a_header_and_stay_in_the_text() -> None:
    (message,) = messages(read(TITLE + DAY + "\u200e阿青\u00a0\u202f14:03\u200f\n\n\u202a好\u202c\n"))
    assert (message.sender, message.text) == ("阿青", "\u202a好\u202c")


@pytest.mark.parametrize(
    ("body", "kind", "names"),
    [
        ("[图片: 8b0a.jpg(请在附件中查看)]", "image", ["8b0a.jpg"]),
        ("[图片: 8b0a.png.jpg（请在附件中查看）]", "image", ["8b0a.png.jpg"]),
        ("[图片: a.jpg(请在附件中查看)]\n[图片: b.jpg(请在附件中查看)]", "image", ["a.jpg", "b.jpg"]),
        ("[视频: v.mp4(请在附件中查看)]", "video", ["v.mp4"]),
        ("[文件: 质检 报告(1).pdf(请在附件中查看)]", "file", ["质检 报告(1).pdf"]),
        ("[语音]", "voice", []),
        ("[动画表情]", "sticker", []),
        ("[位置: 某某路]", "location", []),
        ("[链接: 商品页]", "link", []),
        ("[转账]", "transfer", []),
        ("[红包]", "red-packet", []),
        ("[视频通话]", "call", []),
        ("[聊天记录]", "other", []),
        ("[捂脸]", "text", []),
        ("看图 [图片]", "text", []),
        ("[图片: a.jpg(请在附件中查看)]\n就是这个", "text", ["a.jpg"]),
    ],
)
def test_placeholders(body: str, kind: str, names: list[str]) -> None:
    (message,) = messages(read(TITLE + DAY + said("阿青", "14:03", body)))
    assert (message.type, [attachment.name for attachment in message.attachments]) == (kind, names)
    assert message.text == body


@pytest.mark.parametrize(
    "line",
    [
        "林小姐 14:03",
        "林小姐  14:03",
        "林小姐  14:03:20",
        "林小姐  24:10",
        "林小姐  下午2:03",
        "—————  2026-03-01  —————",
    ],
)
def test_what_looks_like_a_header_inside_a_message_is_text_and_noted(line: str) -> None:
    quoted = f"他说：\n{line}\n我没收到"
    reading = read(TITLE + DAY + said("阿青", "14:03", quoted) + said("林小姐", "14:05", "嗯"))
    first, second = messages(reading)
    assert (first.text, second.text) == (quoted, "嗯")
    assert second.at is not None
    assert second.at.said == "2026-03-02 14:05"
    (note,) = reading.notes
    assert note.code == "chat-lookalike"
    assert note.where is not None
    assert reread((TITLE + DAY + said("阿青", "14:03", quoted)).encode(), note.where) == line


def test_a_file_without_padding_has_headers_without_padding() -> None:
    text = "—————  2026-03-02  —————\n阿青  14:03\n一\n林小姐  14:04\n二\n阿青  14:05\n三\n"
    assert [message.text for message in messages(read(TITLE + text))] == ["一", "二", "三"]


def test_a_second_title_is_noted() -> None:
    reading = read(TITLE + DAY + said("阿青", "14:03", "看：\n甲 和 乙 在微信上的聊天记录如下，请查收。"))
    assert codes(reading) == ["chat-second-title"]


def test_clocks_that_run_back_are_noted_and_kept_in_the_order_of_the_file() -> None:
    earlier = "—————  2026-03-01  —————\n\n"
    reading = read(TITLE + DAY + said("a", "14:03", "一") + said("b", "9:59", "二") + earlier + said("c", "8:00", "三"))
    assert [message.text for message in messages(reading)] == ["一", "二", "三"]
    assert codes(reading) == ["chat-time-goes-back", "chat-date-goes-back"]


@pytest.mark.parametrize(
    "line", ["林小姐撤回了一条消息", '"林小姐" 撤回了一条消息', "你撤回了一条消息", "对方撤回了一条消息"]
)
def test_a_recall_between_messages_is_a_record_of_its_own(line: str) -> None:
    text = TITLE + DAY + said("林小姐", "14:03", "一") + line + "\n\n" + said("阿青", "14:05", "二")
    first, recall, last = messages(read(text))
    assert (first.text, last.text) == ("一", "二")
    assert (recall.text, recall.type, recall.side, recall.sender) == (line, "recall", "system", None)
    assert recall.recalled
    assert recall.at is not None
    assert (recall.at.said, recall.at.grain) == ("2026-03-02", "day")


def test_a_recall_that_is_all_of_a_message_keeps_its_time() -> None:
    (message,) = messages(read(TITLE + DAY + said("林小姐", "14:03", "林小姐撤回了一条消息")))
    assert (message.sender, message.type, message.side, message.recalled) == ("林小姐", "recall", "system", True)
    assert message.at is not None
    assert message.at.said == "2026-03-02 14:03"


def test_talking_about_a_recall_is_text() -> None:
    (message,) = messages(read(TITLE + DAY + said("阿青", "14:03", "刚才\n\n有个朋友撤回了一条消息\n\n你看到了吗")))
    assert message.type == "text"
    assert "有个朋友撤回了一条消息" in message.text


@pytest.mark.parametrize(
    "line", ["以上是打招呼的内容", "你已添加了阿青，现在可以开始聊天了。", "“甲”邀请“乙”加入了群聊", '"甲" 拍了拍 "乙"']
)
def test_the_app_s_own_lines_are_of_the_system(line: str) -> None:
    _, notice = messages(read(TITLE + DAY + said("林小姐", "14:03", "一") + line + "\n"))
    assert (notice.text, notice.type, notice.side) == (line, "system", "system")


def test_a_header_without_a_body_is_an_empty_message() -> None:
    reading = read(TITLE + DAY + "阿青  14:03\n\n林小姐  14:04\n\n在\n")
    first, second = messages(reading)
    assert (first.text, second.text) == ("", "在")
    assert codes(reading) == ["chat-empty-message"]


def test_lines_of_nobody_are_unread_together() -> None:
    reading = read(TITLE + DAY + "不知是谁\n写的\n\n" + said("阿青", "14:03", "在"))
    (span,) = reading.unread
    assert (span.code, span.where.lines if span.where else None) == ("chat-line-outside", (6, 7))
    assert reading.balance.unread == 2


def test_a_line_that_does_not_decode_is_unread_and_the_rest_is_read() -> None:
    data = (TITLE + DAY + said("阿青", "14:03", "一\n二")).encode().replace("一".encode(), b"\xff\xfe")
    reading = read(data)
    (message,) = messages(reading)
    assert message.text == "二"
    assert [span.code for span in reading.unread] == ["line-not-decodable"]
    assert reading.balance.unread == 1


def test_a_line_that_does_not_decode_is_unread_beside_a_notice_too() -> None:
    text = TITLE + DAY + said("阿青", "14:03", "一") + "坏\n\n你撤回了一条消息\n\n坏\n"
    for place in (0, 1):
        parts = text.encode().split("坏".encode())
        parts[place] += b"\xff"
        reading = read("嗯".encode().join(parts))
        assert [span.code for span in reading.unread] == ["line-not-decodable"]
        assert reading.balance.unread == 1


def test_gb18030_and_utf_16_are_read_by_their_signature() -> None:
    text = TITLE + DAY + said("阿青", "14:03", "€ 好")
    for encoding in ("gb18030", "utf-16", "utf-8-sig"):
        reading = read(text.encode(encoding))
        assert reading.encoding == encoding
        (message,) = messages(reading)
        assert message.text in str(reread(text.encode(encoding), message.where, encoding=encoding))


def test_utf_16_that_breaks_is_unread_as_a_whole() -> None:
    reading = read((TITLE + DAY).encode("utf-16") + b"\x00")
    assert [span.code for span in reading.unread] == ["text-not-decodable"]


PEOPLE = (Person(name="momo酱", aliases=("林小姐",), side="customer"),)


def sides(title: str, names: list[str], people: tuple[Person, ...]) -> list[str]:
    body = "".join(said(name, "14:03", "在") for name in names)
    return [message.side for message in messages(read(f"{title}\n\n{DAY}{body}", Params(people=people)))]


PRIVATE = "林小姐 和 阿青 在微信上的聊天记录如下，请查收。"
ALIKE = "阿青 和 阿青 在微信上的聊天记录如下，请查收。"
GROUP = "售后 微信群上的聊天记录如下，请查收。"


@pytest.mark.parametrize(
    ("title", "names", "people", "expected"),
    [
        (PRIVATE, ["林小姐", "阿青"], (), ["unknown", "unknown"]),
        (PRIVATE, ["林小姐", "阿青"], PEOPLE, ["other", "self"]),
        (PRIVATE, ["阿青", "林小姐"], (Person(name="阿青", side="applicant"),), ["self", "other"]),
        (PRIVATE, ["客户林", "阿青"], PEOPLE, ["other", "self"]),
        (PRIVATE, ["客户林", "小店"], PEOPLE, ["unknown", "unknown"]),
        (PRIVATE, ["林小姐", "阿青", "第三人"], PEOPLE, ["other", "unknown", "unknown"]),
        (PRIVATE, ["林小姐", "阿青"], (Person(name="阿青", side="other"),), ["unknown", "unknown"]),
        (GROUP, ["林小姐", "阿青"], PEOPLE, ["other", "unknown"]),
        (ALIKE, ["阿青"], (Person(name="阿青", side="applicant"),), ["unknown"]),
        (PRIVATE, ["林小姐"], (*PEOPLE, Person(name="林小姐", side="applicant")), ["unknown"]),
        ("甲 和 乙 和 丙 在微信上的聊天记录如下，请查收。", ["甲 和 乙", "丙"],
         (Person(name="丙", side="applicant"),), ["other", "self"]),
    ],
)  # fmt: skip
def test_sides_are_known_or_follow_for_certain(
    title: str, names: list[str], people: tuple[Person, ...], expected: list[str]
) -> None:
    assert sides(title, names, people) == expected


@pytest.mark.parametrize(
    ("text", "score"),
    [
        (TITLE, 1.0),
        (DAY + said("阿青", "14:03", "在"), 0.7),
        (DAY + "阿青 14:03\n", None),
        ("阿青  14:03\n\n在\n", None),
        ("订单号,金额\n1,2\n", None),
        ("", None),
        ("这是闲聊\n" * 20 + TITLE, None),
    ],
)
def test_sniffing(text: str, score: float | None) -> None:
    found = READER.sniff(Source(data=text.encode(), name="x"))
    assert (found.value if found else None) == score
