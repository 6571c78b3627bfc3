"""Findings never go beyond the evidence; facts are told for both sides."""

from __future__ import annotations

import msgspec
import pytest

from pipeline.contract import Item, Settings, zone_of
from pipeline.locate import Locator
from pipeline.model import (
    Appeal,
    Applicant,
    Appraisal,
    Case,
    Claim,
    Message,
    ReviewClaim,
    Side,
    Spot,
    Stance,
    Verdict,
)
from pipeline.moment import Moment
from stages.appraise import Params
from stages.appraise.verdict import reach
from stages.timeline import Params as TimelineParams
from stages.timeline.line import draw
from tests.made import at, item, line, message, order

REVIEW = ReviewClaim(
    author="momo酱",
    posted="2026-03-16 21:14",
    exhibit="评价.png",
    order_id="P366374524942915524",
    text="下单一周都没发货，客服也不理人。包装有点皱，再也不会来了。",
)
CASE = Case(
    declared=True,
    title="申诉",
    platform="xiaohongshu_shop_review",
    zone="Asia/Shanghai",
    zone_basis="platform",
    applicant=Applicant(name="初晴女装旗舰店"),
    review=REVIEW,
    appeal=Appeal(ground="contrary-to-facts", request="请核实并处理该条不实评价。"),
    claims=(
        Claim(
            says="下单一周都没发货",
            answer="付款后 31 小时发货。",
            stance="contradicted",
            evidence=("订单.xlsx",),
            quotes=("2026-03-12 08:35:21",),
        ),
        Claim(says="包装有点皱", answer="已补偿 8 元", stance="accepted", evidence=("聊天.txt",)),
        Claim(says="再也不会来了", stance="opinion"),
    ),
)
SHEET = item(
    "2",
    "订单.xlsx",
    order(
        paid="2026-03-11 01:26:48",
        promised_ship="2026-03-13 01:26:48",
        shipped="2026-03-12 08:35:21",
        completed="2026-03-15 18:40:16",
    ),
)
SHOT = item(
    "1", "评价.png", line(100, "momo酱 2026-03-16 21:14"), line(200, "下单一周都没发货，客服也不理人。"), kind="image"
)
CHAT = item(
    "3",
    "聊天.txt",
    message(1, "2026-03-12 10:00", "林小姐", "发货了吗", "other"),
    message(2, "2026-03-12 10:03", "阿青", "已经发货", "self"),
    message(3, "2026-03-14 20:00", "林小姐", "包装有点皱", "other"),
    message(4, "2026-03-14 20:21", "阿青", "给您补偿 8 元", "self"),
)


def reached(*items: Item, case: Case = CASE, language: str = "zh-CN") -> Appraisal:
    zone = zone_of(case, Settings())
    timeline = draw(items, TimelineParams(language=language, zone=zone, review=case.review))
    return reach(items, timeline, Params(case=case, zone=zone, language=language))


def codes(appraisal: Appraisal, severity: str) -> set[str]:
    return {line.code for line in appraisal.readiness if line.severity == severity}


def test_every_passage_of_the_review_is_answered_in_its_order() -> None:
    found = reached(SHOT, SHEET, CHAT)
    assert [(finding.says, finding.finding) for finding in found.statements] == [
        ("下单一周都没发货", "contradicted"),
        ("客服也不理人", "no-evidence"),
        ("包装有点皱", "supported"),
        ("再也不会来了", "opinion"),
    ]
    assert [finding.agrees for finding in found.claims] == [True, True, True]
    assert found.statements[1].claimed is None
    assert "passage-unanswered" in codes(found, "should")


def test_a_quote_that_is_not_found_is_a_note_and_no_finding() -> None:
    claim = msgspec.structs.replace(CASE.claims[0], quotes=("2026-03-19 08:35:21",))
    found = reached(SHOT, SHEET, case=msgspec.structs.replace(CASE, claims=(claim,)))
    assert found.claims[0].finding == "no-evidence"
    assert found.claims[0].agrees is False
    assert [note.code for note in found.notes] == ["quote-not-found"]
    assert "claim-not-shown" in codes(found, "must")
    assert "quote-not-found" in codes(found, "should")
    assert found.advice == "gather"


def test_who_names_an_archive_means_what_is_in_it() -> None:
    archive = item("4", "微信聊天.zip", kind="archive")
    inside = item("4-1", "微信聊天.zip/聊天.txt", message(1, "2026-03-12 10:03", "阿青", "已经发货", "self"))
    exhibit = msgspec.structs.replace(inside.exhibit, parent="4")
    claim = Claim(says="客服也不理人", stance="contradicted", evidence=("微信聊天.zip",), quotes=("已经发货",))
    appraisal = reached(
        SHOT,
        SHEET,
        archive,
        msgspec.structs.replace(inside, exhibit=exhibit),
        case=msgspec.structs.replace(CASE, claims=(claim,)),
    )
    assert appraisal.claims[0].finding == "contradicted"


@pytest.mark.parametrize(
    ("stance", "verdict"),
    [
        ("contradicted", "contradicted"),
        ("partly", "partly"),
        ("accepted", "supported"),
        ("opinion", "opinion"),
        ("unanswered", "no-evidence"),
    ],
)
def test_stances_compare_with_findings(stance: Stance, verdict: Verdict) -> None:
    claim = msgspec.structs.replace(CASE.claims[0], stance=stance)
    finding = reached(SHEET, case=msgspec.structs.replace(CASE, claims=(claim,))).claims[0]
    assert (finding.finding, finding.agrees) == (verdict, True)


def test_facts_follow_from_the_timeline() -> None:
    texts = [fact.text for fact in reached(SHOT, SHEET, CHAT).facts]
    assert texts == [
        "3 月 11 日 01:26 付款，3 月 12 日 08:35 发货，相隔 31 小时 8 分。",
        "3 月 12 日 08:35 发货，早于承诺的最晚发货时间 3 月 13 日 01:26。",
        "3 月 15 日 18:40 订单完成；约 26 小时 33 分后评价发布。",
        "买家 2 次来信均有回复，首次回复不超过 4 分钟，最长不超过 22 分钟。",
    ]


def test_what_speaks_for_the_customer_is_told() -> None:
    late = item("2", "订单.xlsx", order(paid="2026-03-11 01:26:48", promised_ship="2026-03-12 01:00:00",
                                     shipped="2026-03-12 08:35:21", refund_applied="2026-03-15 09:00:00"))  # fmt: skip
    silent = item("3", "聊天.txt", message(1, "2026-03-12 10:00", "林小姐", "发货了吗", "other"))
    texts = " ".join(reason.text for reason in reached(late, silent).for_customer)
    assert "晚于承诺" in texts
    assert "没有回复" in texts
    assert "申请退款" in texts
    assert "认可“包装有点皱”" in texts


def test_an_order_number_or_the_reviews_own_words_prove_nothing() -> None:
    for quotes, evidence in ((("P366374524942915524",), "订单.xlsx"), (("下单一周都没发货",), "评价.png")):
        claim = msgspec.structs.replace(CASE.claims[0], quotes=quotes, evidence=(evidence,))
        found = reached(SHOT, SHEET, case=msgspec.structs.replace(CASE, claims=(claim,)))
        assert found.claims[0].finding == "no-evidence"
        assert found.claims[0].because[0].quotes


def test_no_headline_against_records_that_bear_the_customer_out() -> None:
    late = item("2", "订单.xlsx", order(promised_ship="2026-03-11 20:00:00", shipped="2026-03-12 08:35:21"))
    found = reached(SHOT, late)
    assert found.claims[0].finding == "contradicted"
    assert found.headline == "申诉"
    assert "speaks-against" in codes(found, "should")


def test_a_review_before_shipping_is_told_even_where_two_sheets_disagree() -> None:
    sheets = (item(str(n), f"{n}.xlsx", order(shipped=f"2026-03-{17 + n} 08:00:00")) for n in (2, 3))
    texts = [reason.text for reason in reached(SHOT, *sheets).for_customer]
    assert any("早于发货" in text for text in texts)


def test_a_stated_review_time_counts_only_against_the_applicant() -> None:
    late = item("2", "订单.xlsx", order(shipped="2026-03-18 08:00:00"))
    assert any("早于发货" in reason.text for reason in reached(late).for_customer)
    assert not any("后评价发布" in fact.text for fact in reached(SHEET).facts)


def test_the_partly_disputed_is_not_called_conceded() -> None:
    claim = msgspec.structs.replace(CASE.claims[0], stance="partly")
    texts = [reason.text for reason in reached(SHEET, case=msgspec.structs.replace(CASE, claims=(claim,))).for_customer]
    assert any("只否认一部分" in text for text in texts)
    assert not any("认可“下单" in text for text in texts)


def test_a_common_word_is_marked_three_times_and_counted() -> None:
    chat = item("3", "聊天.txt", *(message(n, f"2026-03-12 10:0{n}", "阿青", "发货", "self") for n in range(1, 7)))
    claim = Claim(says="下单一周都没发货", stance="contradicted", evidence=("聊天.txt",), quotes=("发货",))
    found = reached(chat, case=msgspec.structs.replace(CASE, claims=(claim,)))
    assert len(found.claims[0].because[0].quotes) == 3
    assert [(note.code, note.values["count"]) for note in found.notes if note.code == "quote-often"] == [
        ("quote-often", 6)
    ]


def test_evidence_that_is_not_there_is_a_note() -> None:
    claim = Claim(says="下单一周都没发货", stance="contradicted", evidence=("没有.png",), quotes=("发货",))
    found = reached(SHEET, case=msgspec.structs.replace(CASE, claims=(claim,)))
    assert "evidence-absent" in [note.code for note in found.notes]


def test_a_dispute_about_a_time_gives_no_fact() -> None:
    other = item("4", "另一.xlsx", order(shipped="2026-03-18 08:35:21"))
    texts = [fact.text for fact in reached(SHEET, other).facts]
    assert not any("相隔" in text for text in texts)
    assert "conflict" in codes(reached(SHEET, other), "should")


def test_sides_must_be_known_for_replies_to_be_counted() -> None:
    unknown = item(
        "3", "聊天.txt", message(1, "2026-03-12 10:00", "a", "发货了吗"), message(2, "2026-03-12 10:03", "b", "发了")
    )
    found = reached(unknown)
    assert not any("来信" in fact.text for fact in found.facts)
    assert "chat-sides-unknown" in codes(found, "should")


def test_the_headline_claims_no_more_than_was_found() -> None:
    assert reached(SHOT, SHEET).headline == "付款后 31 小时发货，\n“下单一周都没发货”与记录不符"
    assert reached(SHOT).headline == "申诉"
    assert reached(SHOT, case=Case()).headline == "证据卷宗"


def test_the_drafted_statement_cites_what_was_found() -> None:
    text = "\n".join(reached(SHOT, SHEET, CHAT).statement)
    assert "付款后 31 小时发货（证据 2）。" in text
    assert "不在申诉之列" in text
    assert text.endswith("据此，请核实并处理该条不实评价。")
    own = msgspec.structs.replace(CASE, appeal=msgspec.structs.replace(CASE.appeal, statement="一\n\n二"))
    assert reached(SHOT, case=own).statement == ("一", "二")
    assert reached(SHOT, case=Case()).statement == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"claims": ()}, "no-claims"),
        ({"applicant": Applicant()}, "no-applicant"),
        ({"appeal": Appeal(request="x")}, "no-ground"),
        ({"review": msgspec.structs.replace(REVIEW, text=None)}, "no-review-text"),
        ({"review": msgspec.structs.replace(REVIEW, exhibit=None)}, "no-review-exhibit"),
        ({"review": msgspec.structs.replace(REVIEW, order_id=None)}, "no-order-id"),
        ({"review": msgspec.structs.replace(REVIEW, order_id="P999")}, "order-id-not-seen"),
        ({"claims": (Claim(says="下单一周都没发货", stance="contradicted"),)}, "claim-without-evidence"),
        ({"claims": (Claim(says="x", stance="partly", evidence=("没有.png",)),)}, "evidence-absent"),
        ({"declared": False}, "no-case-file"),
    ],
)
def test_what_must_be_there(change: dict[str, object], code: str) -> None:
    assert code in codes(reached(SHOT, SHEET, CHAT, case=msgspec.structs.replace(CASE, **change)), "must")


def test_a_whole_case_lacks_nothing() -> None:
    answered = (
        *CASE.claims,
        Claim(
            says="客服也不理人", answer="均已回复", stance="contradicted", evidence=("聊天.txt",), quotes=("已经发货",)
        ),
    )
    assert codes(reached(SHOT, SHEET, CHAT, case=msgspec.structs.replace(CASE, claims=answered)), "must") == set()


def test_a_claim_that_nobody_made_is_noted() -> None:
    claim = Claim(says="从没说过的话", stance="opinion")
    found = reached(SHOT, SHEET, case=msgspec.structs.replace(CASE, claims=(claim,)))
    assert "claim-not-in-review" in codes(found, "should")


def test_english() -> None:
    found = reached(SHOT, SHEET, CHAT, language="en")
    assert found.facts[0].text == "Paid 11 Mar 01:26, shipped 12 Mar 08:35: 31 h 8 min apart."
    assert "does not agree" in found.headline


def test_an_answer_whose_time_a_screenshot_does_not_show_is_neither_late_nor_missing() -> None:
    def bubble(top: int, text: str, side: Side, when: Moment | None) -> Message:
        box = (40.0, float(top), 400.0, top + 40.0)
        spots = (Spot(field="text", text=text, where=Locator(box=box), confidence=0.9),)
        return Message(where=Locator(box=box), at=when, sender=None, text=text, side=side, spots=spots)

    asked = bubble(100, "怎么还没发货", "other", at("2026-03-12 10:00"))
    later = msgspec.structs.replace(at("2026-03-12 10:00"), end="2026-03-14T10:00:00+08:00", date="inferred")
    for when in (None, later):
        found = reached(item("3", "聊天.png", asked, bubble(200, "今天发出", "self", when), kind="image"))
        assert [fact.rule for fact in (*found.facts, *found.for_customer) if "repl" in fact.rule] == []
        assert [fact for fact in found.for_customer if fact.rule == "fact-unanswered"] == []
    alone = reached(item("3", "聊天.png", asked, kind="image"))
    assert "fact-unanswered" in [fact.rule for fact in alone.for_customer]
