"""The answers in full and the statement: nothing that was found is left out, for either side."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipeline.locate import Locator
from pipeline.model import Appeal, Citation, Claim, Finding, Quote, Reason
from stages.assemble.content import Content
from stages.assemble.fonts import Fonts
from stages.assemble.layout import Book
from stages.assemble.parts.answers import draw_answers
from stages.assemble.parts.statement import draw_statement
from stages.assemble.style import BOTTOM
from tests.stages.assemble import sample
from tests.stages.assemble.drawing import drawn, edited, in_language, lines, links, lowest, settled, text

KNOWN = {"exhibits": {"2": (7, 7), "3": (8, 9), "5-1": (15, 16)}}


def citation(label: str, quote: str, certainty: str = "exact") -> Citation:
    return Citation(
        exhibit=label, sha256="0" * 64, where=Locator(lines=(1, 1)), quote=quote, reader="r@1", certainty=certainty,  # type: ignore[arg-type]
        other="活" if certainty in ("disputed", "corrected") else None,
    )  # fmt: skip


def reason(said: str, side: str = "applicant", *cites: Citation) -> Reason:
    quotes = tuple(Quote(says=one.quote, citation=one) for one in cites)
    return Reason(text=said, side=side, quotes=quotes)  # type: ignore[arg-type]


def finding(says: str, found: str = "no-evidence", *because: Reason, **values: Any) -> Finding:
    return Finding(**{"says": says, "finding": found, "claimed": None, "agrees": None, "because": because, **values})


def answers(fonts: Fonts, content: Content, *findings: Finding, **changes: Any) -> Book:
    appraisal = edited(content.appraisal, statements=findings, claims=(), **changes)
    return settled(fonts, replace(content, appraisal=appraisal), draw_answers, **KNOWN)


def test_every_statement_stands_with_number_verdict_and_reasons(fonts: Fonts, content: Content) -> None:
    said = text(settled(fonts, content, draw_answers, **KNOWN))
    for number, (verdict, quoted) in enumerate(
        (("不符", "下单一周都没发货"), ("不符", "客服也不理人"), ("属实", "包装有点皱"), ("观点", "再也不会来了")), 1
    ):
        assert f"{number}{verdict}“{quoted}”" in said


def test_a_quotation_names_its_exhibit_and_the_page_that_shows_it(fonts: Fonts, content: Content) -> None:
    book = settled(fonts, content, draw_answers, **KNOWN)
    assert "原文 证据 3　“2026-03-12 08:35:21”（两次识别读数一致）" in text(book)
    assert "page-8" in links(book)


def test_what_one_exhibit_says_is_gathered_and_each_wording_stands_once(fonts: Fonts, content: Content) -> None:
    cites = (citation("5-1", "在吗"), citation("2", "已发货"), citation("5-1", "好的"), citation("5-1", "在吗"))
    said = text(answers(fonts, content, finding("甲", "contradicted", reason("理由", "applicant", *cites))))
    assert said.index("原文 证据 2　“已发货”") < said.index("原文 证据 5-1　“在吗”、“好的”")
    assert said.count("在吗") == 1


@pytest.mark.parametrize(
    ("certainty", "word"),
    [("disputed", "两次识别读数不一致，另一次读作“活”"), ("corrected", "经人工更正，程序读作“活”")],
)
def test_how_sure_a_reading_is_stands_beside_it(fonts: Fonts, content: Content, certainty: str, word: str) -> None:
    said = text(
        answers(fonts, content, finding("甲", "partly", reason("理由", "applicant", citation("2", "话", certainty))))
    )
    assert f"“话”（{word}）" in said
    assert "（" not in text(
        answers(fonts, content, finding("甲", "partly", reason("理由", "applicant", citation("2", "话", "exact"))))
    ).replace("（需", "")


def test_a_reason_for_the_customer_says_so(fonts: Fonts, content: Content) -> None:
    said = text(answers(fonts, content, finding("甲", "partly", reason("店铺说"), reason("买家说", "customer"))))
    assert "依据店铺说" in said
    assert "对买家有利买家说" in said


def test_where_finding_and_claim_differ_it_says_so(fonts: Fonts, content: Content) -> None:
    said = text(answers(fonts, content, finding("甲", "supported", claimed="contradicted", agrees=False)))
    assert "申诉人主张：不符。核实结论与申诉人主张不一致。" in said
    agreed = text(answers(fonts, content, finding("甲", "opinion", claimed="opinion", agrees=True)))
    assert "申诉人认为属于观点" in agreed
    assert "不一致" not in agreed


def test_without_a_reason_it_says_what_that_means(fonts: Fonts, content: Content) -> None:
    assert "依据现有证据不能证实，也不能否定。" in text(answers(fonts, content, finding("甲")))
    assert "依据属买家感受，不作事实核实。" in text(answers(fonts, content, finding("甲", "opinion")))


def test_the_applicants_answer_is_given_in_full(fonts: Fonts, content: Content) -> None:
    assert "说明我们已经补发。" in text(answers(fonts, content, finding("甲", answer="我们已经补发。")))
    claimed = replace(content, case=edited(content.case, claims=(Claim(says="甲", answer="见快递单。"),)))
    assert "说明见快递单。" in text(answers(fonts, claimed, finding("甲")))


def test_claims_that_are_no_statement_stand_after_them(fonts: Fonts, content: Content) -> None:
    appraisal = edited(content.appraisal, claims=(finding("另一句"), content.appraisal.statements[0]))
    said = text(drawn(fonts, replace(content, appraisal=appraisal), draw_answers, **KNOWN))
    assert said.count("“下单一周都没发货”") == 1
    assert "5无证据“另一句”" in said


def test_what_speaks_for_the_customer_is_never_left_out(fonts: Fonts, content: Content) -> None:
    for_customer = (reason("包装确有褶皱"), reason("客服晚回复一天"))
    said = text(answers(fonts, content, finding("甲"), for_customer=for_customer))
    assert said.index("对买家有利的事实") < said.index("包装确有褶皱") < said.index("客服晚回复一天")
    assert "没有找到对买家有利的事实" in text(answers(fonts, content, finding("甲"), for_customer=()))


def test_answers_are_hidden_where_they_are_personal(fonts: Fonts, content: Content) -> None:
    secret = f"{sample.BUYER} {sample.PHONE}"
    because = reason(secret, "applicant", citation("5-1", secret))
    said = text(answers(fonts, content, finding(secret, "partly", because, answer=f"见{secret}")))
    assert sample.PHONE not in said
    assert sample.BUYER not in said
    assert said.count("林** 159****9938") == 4


def test_very_long_answers_go_on_and_stay_above_the_foot(fonts: Fonts, content: Content) -> None:
    long = "这是一段很长的说明，写满好几页纸。" * 100
    cites = tuple(citation("5-1", f"{long}{n}") for n in range(3))
    findings = [
        finding(f"{long}{n}", "partly", reason(long, "applicant", *cites), answer=f"另{long}") for n in range(2)
    ]
    book = answers(fonts, content, *findings)
    said = text(book)
    assert said.count(long) == 2 * (1 + 1 + 1 + 3)
    assert lowest(book) < BOTTOM


def test_each_answer_can_be_reached(fonts: Fonts, content: Content) -> None:
    book = settled(fonts, content, draw_answers, **KNOWN)
    assert {f"answer-{n}" for n in (1, 2, 3, 4)} <= set(book.destinations)


def test_it_speaks_english(fonts: Fonts, content: Content) -> None:
    said = text(drawn(fonts, in_language(content, "en"), draw_answers, **KNOWN))
    for phrase in (
        "Answers to the review",
        "Contradicted",
        "Because",
        "For the customer",
        "What speaks for the customer",
    ):
        assert phrase in said


def test_a_written_statement_stands_as_written(fonts: Fonts, content: Content) -> None:
    case = edited(content.case, appeal=Appeal(statement="第一段。\n\n  \n\n第二段，电话 15912349938。\n同一段。"))
    book = drawn(fonts, replace(content, case=case), draw_statement)
    assert lines(book.page) == [
        "申诉说明", "申诉人的陈述。", "第一段。", "第二段，电话 159****9938。", "同一段。",
    ]  # fmt: skip


def test_the_appraisals_draft_is_marked_as_one(fonts: Fonts, content: Content) -> None:
    appraisal = edited(content.appraisal, statement=("一、事实。", "二、请求。"))
    shown = lines(drawn(fonts, replace(content, appraisal=appraisal), draw_statement).page)
    assert shown == ["申诉说明", "根据已填写的回应和证据拟写，提交前请核对。", "一、事实。", "二、请求。"]


def test_without_a_draft_the_answers_make_one(fonts: Fonts, content: Content) -> None:
    said = text(drawn(fonts, content, draw_statement))
    assert f"申诉人初晴女装旗舰店就订单 {sample.ORDER} 收到的评价提出申诉。" in said
    assert "评价称“下单一周都没发货”。付款后 31 小时 8 分发货" in said


def test_without_a_case_there_is_nothing_to_answer_and_no_statement(fonts: Fonts, undeclared: Content) -> None:
    assert not drawn(fonts, undeclared, draw_answers).pages
    assert not drawn(fonts, undeclared, draw_statement).pages


def test_without_a_case_what_speaks_for_the_customer_is_still_said(fonts: Fonts, undeclared: Content) -> None:
    appraisal = edited(undeclared.appraisal, for_customer=(reason("包装确有褶皱", "customer"),))
    book = drawn(fonts, replace(undeclared, appraisal=appraisal), draw_answers)
    assert "对买家有利的事实" in text(book)
    assert "包装确有褶皱" in text(book)
    assert "answers" in book.destinations


def test_without_the_review_nothing_was_checked(fonts: Fonts, undeclared: Content) -> None:
    declared = replace(undeclared, case=edited(undeclared.case, declared=True))
    assert "没有填写评价原文，未作核实。" in text(drawn(fonts, declared, draw_answers))
    assert "申诉人没有填写说明。" in text(drawn(fonts, declared, draw_statement))
