"""What `dossier read` shows a person: what was understood first, and how much more there is."""

from __future__ import annotations

import msgspec

from pipeline.cli.shown import shown
from pipeline.locate import WHOLE, Locator
from pipeline.model import Amounts, Attachment, Dating, Money, Payment, Record, Review, Scan, Times
from pipeline.moment import Zone, from_epoch_ms
from tests.made import at, line, message, order

BOX = Locator(box=(0, 0, 9, 9))


def test_bare_lines_are_shown_as_they_read() -> None:
    assert list(shown([line(0, "下单一周"), line(50, "都没发货")])) == ["下单一周", "都没发货"]


def test_what_was_understood_comes_before_the_lines() -> None:
    records: list[Record] = [line(0, "已经发货"), message(1, "2026-03-12 10:03", "阿青", "已经发货", "self")]
    assert list(shown(records)) == ["[消息]  2026-03-12 10:03  阿青（本方）  已经发货", "文字 1 行（--json 全部列出）"]


def test_a_message_without_a_name_is_told_by_its_side_and_one_without_words_by_its_type() -> None:
    voice = msgspec.structs.replace(message(1, None, "x", "", "other", "voice"), sender=None)
    assert list(shown([voice])) == ["[消息]  对方  ［语音］"]


def test_a_message_tells_its_conversation_what_became_of_it_and_its_files() -> None:
    sent = msgspec.structs.replace(
        message(1, "2026-03-12 10:03", "林小姐", "", kind="image"),
        chat="售后群", edited=True, recalled=True,
        attachments=(Attachment(name="a.jpg", found=True, sha256="0" * 64), Attachment(name="b.jpg")),
    )  # fmt: skip
    assert list(shown([sent])) == [
        "[消息]  2026-03-12 10:03  〔售后群〕  林小姐  ［图片］  （已编辑）  （已撤回）  附件：a.jpg  "
        "附件：b.jpg，不在手边"
    ]


def test_a_resolved_time_stands_beside_what_was_said() -> None:
    when = msgspec.structs.replace(at("2026-03-16 21:14"), said="昨天 21:14", date="anchored")
    told = Review(where=BOX, author="momo酱", rating="1星", at=when, text="不好")
    assert list(shown([told])) == ["[评价]  昨天 21:14 → 2026-03-16 21:14  momo酱  1星  不好"]


def test_an_epoch_is_told_as_a_date_and_a_written_time_as_it_stands() -> None:
    zone = Zone(name="+08:00", basis="case")
    epoch = from_epoch_ms("1772431385", 1_772_431_385_000, zone, grain="second")
    written = message(1, "2026-03-02 14:03:05", "林小姐", "在吗")
    counted, kept = shown([msgspec.structs.replace(written, at=epoch), written])
    assert "1772431385 → 2026-03-02 14:03  林小姐" in counted
    assert "→" not in kept


def test_trades_are_told_by_number_state_amount_and_parcel() -> None:
    assert list(shown([order(created="2026-03-11 01:23:58")])) == [
        "[订单]  2026-03-11 01:23:58  P366374524942915524  270.80 CNY  顺丰速运 SF3006662992881"
    ]
    paid = Payment(
        where=BOX,
        transaction_id="4200",
        amounts=Amounts(paid=Money(value="8.00", currency="CNY")),
        times=Times(paid=at("2026-03-13 19:06:24")),
        status="已收款",
    )
    scan = Scan(where=BOX, times=Times(scanned=at("2026-03-13 18:40:16")), text="已签收")
    assert list(shown([paid, scan])) == [
        "[支付]  2026-03-13 19:06:24  4200  已收款  8.00 CNY",
        "[物流]  2026-03-13 18:40:16  已签收",
    ]


def test_a_date_is_told_with_its_wording() -> None:
    dated = Dating(where=WHOLE, role="photo.taken", at=at("2026-03-12 08:21:44"), text="IMG_20260312_082144", basis="x")
    assert list(shown([dated])) == ["[日期]  2026-03-12 08:21:44  IMG_20260312_082144"]


def test_the_rest_is_counted_and_long_texts_are_cut() -> None:
    told = list(shown([line(50 * number, f"第 {number} 行" + "很长" * 60) for number in range(20)]))
    assert len(told) == 13
    assert told[-1] == "…另有 8 条（--json 全部列出）"
    assert all(len(text) <= 61 for text in told)


def test_nothing_is_nothing() -> None:
    assert list(shown([])) == []


def test_a_payment_tells_what_was_paid_and_then_what_went_back() -> None:
    amounts = Amounts(paid=Money(value="268.00", currency="CNY"), refunded=Money(value="89.84", currency="CNY"))
    (said,) = shown([Payment(where=WHOLE, order_id="P1", amounts=amounts)])
    assert said.endswith("268.00 CNY  已退 89.84 CNY")
    nothing = msgspec.structs.replace(amounts, refunded=Money(value="0.00", currency="CNY"))
    (said,) = shown([Payment(where=WHOLE, order_id="P1", amounts=nothing)])
    assert said.endswith("268.00 CNY")
