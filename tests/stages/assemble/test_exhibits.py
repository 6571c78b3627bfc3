"""The exhibits' own pages: fact sheets, transcripts, pictures and archives, as they are printed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract import Item
from pipeline.locate import Locator
from pipeline.model import (
    Amounts,
    Attachment,
    Buyer,
    Mark,
    Message,
    Money,
    Note,
    Order,
    OrderItem,
    Payment,
    Reading,
    Refund,
    Scan,
    Settlement,
    Shipment,
    Times,
    Tracking,
    Unread,
    bare,
)
from stages.assemble.content import Content
from stages.assemble.fonts import Fonts
from stages.assemble.layout import Book
from stages.assemble.page import Box, Disc, Glyphs, Hidden, Picture
from stages.assemble.parts.exhibits import draw_exhibits
from stages.assemble.parts.sheet import draw_sheet
from stages.assemble.parts.transcript import draw_transcript
from stages.assemble.style import ACCENT, BOTTOM, LEFT, MM, RIGHT
from tests.stages.assemble import sample
from tests.stages.assemble.drawing import a_book, drawn, edited, glyphs, in_language, item, lines, links, lowest, text

ROW = Locator(sheet="表", rows=(5,))


def only(content: Content, *items: Item, **changes: Any) -> Content:
    """The case with these exhibits alone."""
    return replace(content, items=items, **changes)


def sheet(fonts: Fonts, content: Content, *records: Any, **values: Any) -> Book:
    book = a_book(fonts, content.language)
    draw_sheet(book, content, item("2", "orders.csv", *records, **values))
    return book


def transcript(fonts: Fonts, content: Content, *messages: Message, **values: Any) -> Book:
    book = a_book(fonts, content.language)
    draw_transcript(book, content, item("5-1", "chat.txt", *messages, **values))
    return book


def message(said: str, side: str = "other", when: str | None = "2026-03-11 20:14", **values: Any) -> Message:
    where = values.pop("where", Locator(lines=(1, 2)))
    at = sample.at(when, grain="minute") if when else None
    return Message(**{"where": where, "at": at, "sender": "momo酱", "text": said, "side": side, **values})


def spot(book: Book, said: str) -> Glyphs:
    return next(mark for mark in glyphs(book.pages) if said in mark.text)


# sheets


def test_a_sheet_gives_every_field_with_the_row_it_comes_from(fonts: Fonts, content: Content) -> None:
    shown = lines(sheet(fonts, content, sample.order_record()).page)
    wanted = [
        f"订单号{sample.ORDER}“订单列表”表第 17 行",
        "状态已完成“订单列表”表第 17 行",
        "买家momo酱“订单列表”表第 17 行",
        "收货人林**“订单列表”表第 17 行",
        "电话159****9938“订单列表”表第 17 行",
        f"地址{sample.DISTRICT}***“订单列表”表第 17 行",
        "商品燕麦色针织开衫 M ×1 270.80 CNY“订单列表”表第 17 行",
        "商品总价270.80 CNY“订单列表”表第 17 行",
        "实付270.80 CNY“订单列表”表第 17 行",
        "下单时间2026-03-11 01:23:58“订单列表”表第 17 行",
        "付款时间2026-03-11 01:26:48“订单列表”表第 17 行",
        "发货时间2026-03-12 08:35:21“订单列表”表第 17 行",
        "签收时间2026-03-13 18:40:16“订单列表”表第 17 行",
        f"物流单号顺丰速运 {sample.PARCEL}“订单列表”表第 17 行",
    ]
    assert [line for line in shown if line.endswith("“订单列表”表第 17 行")] == wanted
    assert f"订单 {sample.ORDER}" in shown


def test_the_cells_are_printed_as_they_stand_and_hidden_where_personal(fonts: Fonts, content: Content) -> None:
    said = text(sheet(fonts, content, sample.order_record()))
    cells = said[said.index("原表单元格") :]
    assert cells.rstrip("　") == (
        f"原表单元格订单号：{sample.ORDER}　付款时间：2026-03-11 01:26:48　发货时间：2026-03-12 08:35:21　"
        "收货人：林**　手机：159****9938"
    )


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (Payment, "支付 T1"),
        (Refund, "退款 T1"),
        (Shipment, "包裹 T1"),
        (Scan, "物流轨迹 T1"),
        (Settlement, "资金流水 T1"),
    ],
)
def test_every_kind_of_record_has_its_heading(fonts: Fonts, content: Content, kind: Any, title: str) -> None:
    assert title in text(sheet(fonts, content, kind(where=ROW, transaction_id="T1")))
    tracked = kind(where=ROW, tracking=(Tracking(carrier=None, number="SF1"),))
    assert title.replace("T1", "SF1") in text(sheet(fonts, content, tracked))


def test_what_is_empty_takes_no_row(fonts: Fonts, content: Content) -> None:
    shown = lines(sheet(fonts, content, Payment(where=ROW, status="成功", direction="in")).page)
    assert [line for line in shown if line.endswith("“表”表第 5 行")] == ["状态成功“表”表第 5 行"]


def test_a_short_name_is_hidden_too_and_a_hidden_one_stays(fonts: Fonts, content: Content) -> None:
    for name, shown in (("林", "林**"), ("林**", "林**"), ("欧阳小夏", "欧**")):
        assert f"收货人{shown}" in text(sheet(fonts, content, Order(where=ROW, buyer=Buyer(name=name))))


def test_all_amounts_and_times_have_words(fonts: Fonts, content: Content) -> None:
    money, when = Money(value="1.00", currency="CNY"), sample.at("2026-03-11 01:23:58")
    record = Refund(
        where=ROW, order_id="D1",
        amounts=Amounts(**dict.fromkeys(Amounts.__struct_fields__, money)),
        times=Times(**dict.fromkeys(Times.__struct_fields__, when)),
        items=(OrderItem(title="开衫", sku="S-1"), OrderItem()),
    )  # fmt: skip
    for language in ("zh-CN", "en"):
        said = text(sheet(fonts, in_language(content, language), record))
        assert said.count("1.00 CNY") == len(Amounts.__struct_fields__)
        assert said.count("2026-03-11 01:23:58") == len(Times.__struct_fields__)
        assert "开衫 S-1" in said


def test_other_peoples_orders_are_said_to_be_left_out(fonts: Fonts, content: Content) -> None:
    reading = sample.order_record()
    plain = item("2", "orders.csv", reading)
    noted = replace_reading(plain, notes=(Note(code="other-orders-left-out", values={"count": 3}),))
    for one, wanted in ((plain, False), (noted, True)):
        book = a_book(fonts)
        draw_sheet(book, content, one)
        assert ("原表另有他人订单，未收入本卷宗。" in text(book)) is wanted


def replace_reading(one: Item, **changes: Any) -> Item:
    changed: Reading = edited(one.readings[0], **changes)
    made: Item = edited(one, readings=(changed,))
    return made


def test_a_marked_value_is_bold_and_its_mark_shown(fonts: Fonts, content: Content) -> None:
    mark = Mark(number=4, exhibit="2", where=ROW, title="付款", text="见证据 3。", quotes=("01:26:48",))
    record = Order(where=Locator(sheet="表", rows=(4, 5)), times=Times(paid=sample.at("2026-03-11 01:26:48")))
    book = sheet(fonts, replace(content, marks={"2": (mark,)}), record)
    assert spot(book, "2026-03-11 01:26:48").colour == ACCENT
    assert spot(book, "2026-03-11 01:26:48").face == "bold"
    assert "4付款　见证据 3。" in text(book)
    assert book.placed["2", ROW] == 1
    elsewhere = edited(mark, where=Locator(sheet="表", rows=(9,)))
    unmarked = sheet(fonts, replace(content, marks={"2": (elsewhere,)}), record)
    assert not [one for one in unmarked.page.marks if isinstance(one, Disc)]


# transcripts


def test_the_applicant_stands_right_and_the_customer_left(fonts: Fonts, content: Content) -> None:
    book = transcript(fonts, content, message("在吗"), message("在的亲", "self"), message("以上是记录", "system"))
    other, own, system = (spot(book, said) for said in ("在吗", "在的亲", "以上是记录"))
    assert other.x < system.x < own.x
    boxes = [mark for mark in book.page.marks if isinstance(mark, Box)]
    assert len(boxes) == 2
    assert max(box.x + box.width for box in boxes) == pytest.approx(RIGHT)


def test_an_unknown_side_is_neither(fonts: Fonts, content: Content) -> None:
    book = transcript(fonts, content, message("谁说的", "unknown"))
    assert not [mark for mark in book.page.marks if isinstance(mark, Box)]


def test_messages_are_numbered_and_days_named_once(fonts: Fonts, content: Content) -> None:
    times = ("2026-03-11 20:14", "2026-03-11 20:16", "2026-03-12 09:02", None)
    book = transcript(fonts, content, *(message(f"话{n}", when=when) for n, when in enumerate(times)))
    texts = [mark.text for mark in glyphs(book.pages)]
    assert [one for one in texts if one in {"1", "2", "3", "4"}] == ["1", "2", "3", "4"]
    assert [one for one in texts if one in {"2026-03-11", "2026-03-12"}] == ["2026-03-11", "2026-03-12"]
    assert "momo酱　20:14" in texts
    assert "momo酱　时间不明" in texts
    assert {f"message-5-1-{n}" for n in (1, 2, 3, 4)} <= set(book.destinations)


def test_it_says_how_much_there_is_and_what_is_missing(fonts: Fonts, content: Content) -> None:
    talk = item("5-1", "chat.txt", message("一"), message("二", when="2026-03-12 09:02"))
    whole = a_book(fonts)
    draw_transcript(whole, content, talk)
    assert "首条 2026-03-11 20:14，末条 2026-03-12 09:02，共 2 条（对方 2）。" in text(whole)
    assert "文件自报" not in text(whole)
    cut = replace_reading(talk, declared={"messages": 12}, unread=(Unread(code="lines-unread"),))
    book = a_book(fonts)
    book.known = book.known._replace(destinations={"unread": 18})
    draw_transcript(book, content, cut)
    assert "文件自报 12 条，实际读到 2 条，两者不符。" in text(book)
    assert "另有 1 处未能读取，见第 18 页。" in text(book)


def test_without_times_it_names_none(fonts: Fonts, content: Content) -> None:
    assert "首条 未知，末条 未知，共 1 条（对方 1）。" in text(transcript(fonts, content, message("一", when=None)))


def test_attachments_lead_to_their_exhibit_or_are_said_to_be_missing(fonts: Fonts, content: Content) -> None:
    photo = next(one for one in content.items if one.exhibit.label == "5-2")
    held = Attachment(name="IMG_0312.png", found=True, sha256=bare(photo.exhibit.digest))
    gone = Attachment(name="IMG_0313.png")
    book = transcript(fonts, content, message("[IMG_0312.png]", attachments=(held, gone)))
    assert "附件：IMG_0312.png（证据 5-2）" in text(book)
    assert "附件：IMG_0313.png（不在证据中）" in text(book)
    assert "[IMG" not in text(book)
    assert "exhibit-5-2" in links(book)
    assert len([mark for mark in book.page.marks if isinstance(mark, Picture)]) == 1


@pytest.mark.parametrize(
    ("flags", "said"),
    [({"edited": True}, "（已编辑）"), ({"recalled": True, "edited": True}, "（已编辑、已撤回，导出")],
)
def test_edits_and_recalls_are_said(fonts: Fonts, content: Content, flags: Any, said: str) -> None:
    assert said in text(transcript(fonts, content, message("好", **flags)))


def test_a_message_without_words_names_its_type(fonts: Fonts, content: Content) -> None:
    assert "〔语音〕" in text(transcript(fonts, content, message("", type="voice")))


def test_messages_are_hidden_where_they_are_personal(fonts: Fonts, content: Content) -> None:
    said = text(transcript(fonts, content, message(f"我是{sample.BUYER}，{sample.PHONE}", sender=sample.BUYER)))
    assert "我是林**，159****9938" in said
    assert "林**　20:14" in said


def test_a_mark_stands_at_its_message_with_its_note(fonts: Fonts, content: Content) -> None:
    mark = Mark(number=7, exhibit="5-1", where=Locator(lines=(5, 5)), title="两分钟内回复", text="与评价不符。")
    talk = (message("在吗"), message("在的", "self", where=Locator(lines=(4, 5))))
    book = transcript(fonts, replace(content, marks={"5-1": (mark,)}), *talk)
    (disc,) = (one for one in book.page.marks if isinstance(one, Disc))
    assert abs(disc.y - spot(book, "在的").y) < 12
    assert "7两分钟内回复" in text(book).replace("　", "")
    assert ("5-1", mark.where) in book.placed


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(alphabet="买家说下单，。“好”Abc12 \n😀", max_size=500),
            st.sampled_from(["self", "other", "system", "unknown"]),
            st.sampled_from(["2026-03-11 20:14", "2026-03-12 09:02", None]),
        ),
        max_size=25,
    )
)
def test_every_word_of_every_message_is_printed_on_a_page(
    fonts: Fonts, content: Content, talk: list[tuple[str, str, str | None]]
) -> None:
    book = transcript(
        fonts, content, *(message(f"头{said}尾{n}。", side, when) for n, (said, side, when) in enumerate(talk))
    )
    printed = text(book).replace(" ", "")
    assert all(f"尾{n}。" in printed for n in range(len(talk)))
    written = "".join(said for said, _, _ in talk)
    assert all(printed.count(char) >= written.count(char) for char in "买家说下单😀")
    assert lowest(book) < BOTTOM
    assert all(
        mark.x >= LEFT - 6 and mark.x + fonts.width(mark.text, mark.face, mark.size) <= RIGHT + 6
        for mark in glyphs(book.pages)
    )


# pictures and archives


def test_a_picture_comes_clean_first_and_marked_after(fonts: Fonts, content: Content) -> None:
    book = drawn(fonts, content, draw_exhibits)
    first, last = book.exhibits["1"]
    assert (first, last) == (1, 2)
    clean, marked = book.pages[0], book.pages[1]
    assert "原貌页" in clean.head
    assert "标注页" in marked.head
    assert not [mark for mark in clean.marks if isinstance(mark, Disc)]
    assert len([mark for mark in marked.marks if isinstance(mark, Disc)]) == 2
    assert [page.foot for page in book.pages[:2]] == ["证据 1（1/2）", "证据 1（2/2）"]


def test_boxes_frame_the_words_they_are_about(fonts: Fonts, content: Content) -> None:
    book = drawn(fonts, content, draw_exhibits)
    marked = book.pages[book.exhibits["3"][1] - 1]
    (picture,) = (mark for mark in marked.marks if isinstance(mark, Picture))
    scale = picture.width / 1080
    boxes = [mark for mark in marked.marks if isinstance(mark, Box) and mark.stroke == ACCENT]
    for mark in content.marks["3"]:
        left, top, right, bottom = mark.where.box or (0, 0, 0, 0)
        assert any(
            box.x <= picture.x + left * scale
            and box.x + box.width >= min(picture.x + right * scale, picture.x + picture.width)
            and box.y <= picture.y + top * scale
            and box.y + box.height >= picture.y + bottom * scale
            for box in boxes
        )


def test_a_picture_tells_what_it_is_and_what_it_is_used_for(fonts: Fonts, content: Content) -> None:
    first = drawn(fonts, content, draw_exhibits).pages[0]
    said = "".join(mark.text for mark in glyphs([first]))
    assert "证据/review.png" in said
    assert "1080×2340 像素" in said
    assert next(one for one in content.items if one.exhibit.label == "1").exhibit.digest[7:23] in said
    assert "机器识别 7 行" in said
    assert "2026-03-16 21:20:03" in said
    assert "证明被申诉的内容" in said


def test_the_text_layer_lies_inside_its_picture(fonts: Fonts, content: Content) -> None:
    book = drawn(fonts, content, draw_exhibits)
    count = 0
    for page in (*book.pages[:2], *(book.pages[number - 1] for number in book.exhibits["3"])):
        (picture,) = (mark for mark in page.marks if isinstance(mark, Picture))
        for mark in page.marks:
            if isinstance(mark, Hidden):
                count += 1
                assert picture.x - 1 <= mark.x < mark.x + mark.width <= picture.x + picture.width + 1
                assert picture.y - 1 <= mark.y < mark.y + mark.height <= picture.y + picture.height + 1
    assert count == 2 * (7 + 14)


def test_a_long_picture_is_shown_whole_over_its_pages(fonts: Fonts, content: Content) -> None:
    book = drawn(fonts, content, draw_exhibits)
    first, last = book.exhibits["4"]
    pieces = content.shots["4"].pieces
    assert last - first + 1 == len(pieces) > 2
    for at, piece in enumerate(pieces):
        page = book.pages[first - 1 + at]
        assert f"第 {at + 1} 段，共 {len(pieces)} 段（像素行 {piece.top}–{piece.bottom}）" in "".join(
            mark.text for mark in glyphs([page])
        )
        (picture,) = (mark for mark in page.marks if isinstance(mark, Picture))
        assert picture.key == piece.key
        assert picture.width / picture.height == pytest.approx(1080 / (piece.bottom - piece.top), rel=0.01)
        assert picture.y + picture.height <= BOTTOM + 0.01


def test_an_archive_lists_its_members_with_their_numbers(fonts: Fonts, content: Content) -> None:
    book = drawn(fonts, content, draw_exhibits)
    page = book.pages[book.exhibits["5"][0] - 1]
    shown = lines(page)
    assert any(line.startswith("5-1chat.txt") for line in shown)
    assert any(line.startswith("5-2IMG_0312.jpg") for line in shown)


def test_exhibits_that_were_not_read_or_were_withdrawn_have_no_pages(fonts: Fonts, content: Content) -> None:
    assert not {"6", "7", "10"} & set(drawn(fonts, content, draw_exhibits).exhibits)


def test_an_exhibit_read_in_part_is_shown_as_far_as_it_was_read(fonts: Fonts, content: Content) -> None:
    record = sample.order_record()
    partly = item("2", "orders.csv", record, status="partly", failed=(Unread(code="rows-unread"),))
    book = drawn(fonts, only(content, partly), draw_exhibits)
    assert book.exhibits == {"2": (1, 1)}
    assert sample.ORDER in text(book)


def test_nothing_stands_below_the_foot_or_beside_the_page(fonts: Fonts, content: Content) -> None:
    book = drawn(fonts, content, draw_exhibits)
    assert lowest(book) < BOTTOM + 5
    for mark in glyphs(book.pages):
        assert mark.x > LEFT - 15 * MM
        assert mark.x + fonts.width(mark.text, mark.face, mark.size) < RIGHT + 3


def test_a_cited_wording_is_red_among_the_cells_too(fonts: Fonts, content: Content) -> None:
    order = Order(where=ROW, order_id="P1", amounts=Amounts(paid=Money(value="270.80", currency="CNY")),
                  cells=(("订单号", "P1"), ("实付", "270.8")))  # fmt: skip
    mark = Mark(number=1, exhibit="2", where=ROW, title="270.8", text="", quotes=("270.8",))
    book = sheet(fonts, replace(content, marks={"2": (mark,)}), order)
    assert spot(book, "实付：270.8").colour == ACCENT
    assert spot(book, "订单号：P1").colour != ACCENT
