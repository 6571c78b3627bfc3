"""QQ on screens: told from WeChat by its own words, ranks beside names are no part of them."""

from __future__ import annotations

from stages.screens.chats.qq import LAYOUT
from tests.stages.screens.chats.drawn import Chat, messages, pictured, plain, read, said


def private() -> Chat:
    """A private chat, the other one online."""
    chat = Chat(right="#0099ff").title("Zoe-要暴富")
    chat.top -= 40
    chat.middle("手机在线", high=30).middle("昨天 21:33")
    return chat.say("left", "什么时候发货呀").say("right", "今天下午").say("left", "好")


def test_whether_the_other_one_is_online_tells_it_and_is_no_message() -> None:
    assert said(read(private(), LAYOUT)) == [("other", "什么时候发货呀"), ("self", "今天下午"), ("other", "好")]


def test_ranks_are_no_part_of_a_name_and_names_stand_on_both_sides() -> None:
    chat = Chat().title("售后交流群(128)").middle("昨天 18:20")
    chat.small("LV12 群主 大象").say("left", "发货太慢了").small("LV3 momo酱").say("left", "我的也没到")
    chat.small("LV7 管理员 初晴客服", "right").say("right", "今天全部发完")
    assert [message.sender for message in messages(read(chat, LAYOUT))] == ["大象", "momo酱", "初晴客服"]


def test_a_rank_on_a_line_of_its_own_is_passed_over() -> None:
    chat = Chat().title("售后交流群(128)").middle("昨天 18:20").say("right", "在")
    chat.small("LV12 群主")
    chat.top -= 10
    chat.small("大象").say("left", "发货太慢了")
    assert messages(read(chat, LAYOUT))[-1].sender == "大象"


def test_without_qq_s_words_it_is_not_claimed() -> None:
    chat = Chat().title("橘子汽水").middle("昨天 21:33").say("left", "在吗").say("right", "在")
    assert LAYOUT.sniff(chat.page()) is None


def test_a_labelled_picture() -> None:
    page, truth = pictured("06-qq")
    found = [(side, plain(text)) for side, text in said(read(page, LAYOUT))]
    wanted = [(record["side"], plain(record["text"])) for record in truth]
    assert [message for message in found if message in wanted] == wanted[:-1]  # the last is cut by the edge
