"""The first page: it says everything in short, stays one page whatever it is given, and hides what is personal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.locate import Locator
from pipeline.model import Appeal, Applicant, Case, Citation, Finding, Quote, Reason, ReviewClaim
from stages.assemble.build import _pass, lay_out
from stages.assemble.content import Content
from stages.assemble.fonts import Fonts
from stages.assemble.page import Box, Disc, Glyphs, Rule
from stages.assemble.parts.brief import draw_brief, reasons_in_brief, verdict, without_reason
from stages.assemble.style import BOTTOM, LEFT, MM, RIGHT
from tests.stages.assemble import sample
from tests.stages.assemble.drawing import edited, glyphs, in_language, lines, links, settled, text

KNOWN = {"exhibits": {"2": (7, 7), "3": (8, 9), "5-1": (15, 16)}, "destinations": {"answers": 2, "statement": 4}}
FOOT = BOTTOM + 1  # a lower-case tail may hang a little below the last baseline


def brief(fonts: Fonts, content: Content, **changes: Any) -> Any:
    return settled(fonts, replace(content, **changes), draw_brief, **KNOWN)


def appraised(content: Content, **changes: Any) -> Content:
    return replace(content, appraisal=edited(content.appraisal, **changes))


def finding(says: str, verdict_: str = "no-evidence", *because: Reason, answer: str = "") -> Finding:
    return Finding(says=says, finding=verdict_, claimed=None, agrees=None, because=because, answer=answer)  # type: ignore[arg-type]


def reason(text: str, side: str = "applicant", *exhibits: str) -> Reason:
    return Reason(text=text, side=side, exhibits=exhibits)  # type: ignore[arg-type]


def reaches(book: Any) -> float:
    """How far down the first page is used."""
    ends = [mark.y for mark in book.pages[0].marks if isinstance(mark, Glyphs)]
    ends += [mark.y + mark.height for mark in book.pages[0].marks if isinstance(mark, Box)]
    ends += [mark.to_y for mark in book.pages[0].marks if isinstance(mark, Rule)]
    return max(ends)


def test_it_says_the_case_in_the_order_of_a_readers_questions(fonts: Fonts, content: Content) -> None:
    book = brief(fonts, content)
    shown = lines(book.page)
    assert shown[0].startswith("下单后 31 小时发货")
    places = [
        next(at for at, line in enumerate(shown) if line.startswith(start))
        for start in ("申诉人", "被申诉评价", "请核实并处理", "事实", "逐句核实", "经过")
    ]
    assert places == sorted(places)
    assert len(book.pages) == 1


def test_the_particulars_name_who_what_and_how_much(fonts: Fonts, content: Content) -> None:
    said = text(brief(fonts, content))
    assert "申诉人" in said
    assert "初晴女装旗舰店" in said
    assert sample.ORDER in said
    assert "评价与事实不符" in said
    assert "momo酱、2026-03-16 21:14" in said
    assert "7件（另含压缩包、邮件内2件）；另有1件已撤回" in said.replace(" ", "")
    assert "2 件（见第" in said


def test_facts_are_numbered_and_name_exhibits_with_pages(fonts: Fonts, content: Content) -> None:
    book = brief(fonts, content)
    said = text(book)
    facts = said[said.index("事实1") : said.index("逐句核实")]
    assert facts.startswith(
        "事实13 月 11 日 01:26 付款，3 月 12 日 08:35 发货，相隔 31 小时 8 分。证据 2、3 · 第 7、8 页"
        "23 月 13 日 18:40 本人签收，早于评价三天。证据 2、3 · 第 7、8 页"
        "3买家三次咨询，首次回复用时 2 分钟。证据 5-1 · 第 15 页"
    )
    assert {"exhibit-2", "exhibit-3", "page-7", "page-8"} <= links(book)


def test_every_statement_has_its_verdict_and_its_reason(fonts: Fonts, content: Content) -> None:
    said = text(brief(fonts, content))
    for quoted, shown in (("下单一周都没发货", "不符"), ("包装有点皱", "属实"), ("再也不会来了", "观点")):
        assert f"“{quoted}”" in said.replace("\n", "")
        assert shown in said
    assert "申诉人认可包装有褶皱" in said
    assert "属买家感受，不作事实核实。" in said


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_no_line_runs_into_the_margin(fonts: Fonts, content: Content, language: str) -> None:
    book = brief(fonts, in_language(content, language))
    for mark in glyphs(book.pages):
        assert mark.x > LEFT - mark.size / 2  # an opening mark hangs
        assert mark.x + fonts.width(mark.text, mark.face, mark.size) < RIGHT + 8


def test_english_is_english(fonts: Fonts, content: Content) -> None:
    said = text(brief(fonts, in_language(content, "en")))
    for phrase in (
        "Applicant",
        "Contrary to the facts",
        "Facts",
        "sentence by sentence",
        "Course of events",
        "7 (and 2",
    ):
        assert phrase in said
    assert "申诉理由" not in said
    assert "逐句" not in said


def test_without_a_case_it_says_so_and_claims_nothing(fonts: Fonts, undeclared: Content) -> None:
    said = text(brief(fonts, undeclared))
    assert said.count("未填写") == 5  # and the text of the review
    assert "尚未填写申诉请求" in said
    assert "没有填写评价原文" in said
    assert "不符" not in said


def test_without_facts_and_dates_it_says_so(fonts: Fonts, content: Content) -> None:
    bare = replace(appraised(content, facts=()), timeline=edited(content.timeline, events=()))
    said = text(brief(fonts, bare))
    assert "现有证据没有得出可列明的事实" in said
    assert "没有带日期的事件" in said


def test_what_is_personal_is_hidden_in_every_word_of_the_applicant(fonts: Fonts, content: Content) -> None:
    secret = f"{sample.BUYER}电话{sample.PHONE}"
    case = edited(content.case, appeal=Appeal(ground="privacy", request=f"请删除泄露{secret}的评价"))
    strained = appraised(
        content,
        headline=f"评价泄露{secret}",
        statements=(finding(f"{secret}说的"), finding("二", "contradicted", reason(f"见{secret}"))),
        facts=(reason(f"{secret}签收"),),
    )
    said = text(brief(fonts, strained, case=case))
    assert sample.PHONE not in said
    assert sample.BUYER not in said
    assert said.count("159****9938") == 5


def test_a_reason_counts_for_the_side_that_was_found_right(content: Content) -> None:
    both = reason("店铺说。"), reason("买家说。", "customer")
    assert reasons_in_brief(content, finding("甲", "contradicted", *both)) == "店铺说"
    assert reasons_in_brief(content, finding("甲", "supported", *both)) == "买家说"
    assert reasons_in_brief(content, finding("甲", "supported", both[0])) == "店铺说"
    assert reasons_in_brief(content, finding("甲", "contradicted", both[0], reason("再说；"))) == "店铺说；再说"


def test_without_a_reason_it_says_what_that_means(content: Content) -> None:
    assert reasons_in_brief(content, finding("甲", answer="已补发。")) == "现有证据不能证实，也不能否定。"
    assert reasons_in_brief(content, finding("甲")) == "现有证据不能证实，也不能否定。"
    assert without_reason(content, finding("甲", "opinion")).startswith("属买家感受")


@pytest.mark.parametrize("name", ["contradicted", "partly", "supported", "opinion", "no-evidence"])
def test_every_verdict_is_worded(content: Content, name: str) -> None:
    tag = verdict(content, finding("甲", name))
    assert tag.shape == name
    assert tag.word == content.words(f"finding-{name}")


def test_what_is_cut_names_the_page_that_has_it_whole(fonts: Fonts, content: Content) -> None:
    case = edited(content.case, appeal=Appeal(request="请核实这一条评价并按平台规则处理。" * 20))
    book = brief(fonts, content, case=case)
    assert "…（全文见第 4 页）" in text(book).replace("\n", "")
    assert "statement" in links(book)


def test_statements_that_do_not_fit_are_counted(fonts: Fonts, content: Content) -> None:
    many = tuple(finding(f"第{n}句") for n in range(40))
    book = brief(fonts, appraised(content, statements=many))
    said = text(book)
    shown = sum(f"“第{n}句”" in said for n in range(40))
    assert 0 < shown < 40
    assert f"另有 {40 - shown} 句，见第 2 页" in said


def test_a_headline_of_two_lines_turns_at_a_pause(fonts: Fonts, content: Content) -> None:
    headline = "下单后三十一小时发货三天送达，“一周没发货”与记录不符"
    shown = lines(brief(fonts, appraised(content, headline=headline)).page)
    assert shown[:2] == ["下单后三十一小时发货三天送达，", "“一周没发货”与记录不符"]


def test_the_head_of_the_page_names_the_platform(fonts: Fonts, content: Content) -> None:
    assert brief(fonts, appraised(content, platform="小红书 · 店铺评价申诉")).page.head == "小红书 · 店铺评价申诉"
    assert brief(fonts, appraised(content, platform="")).page.head == "摘要"


SENTENCE = st.text(alphabet="下单一周没发货，客服也不理人。Abc12 “”", min_size=1, max_size=160)
REASONS = st.builds(reason, SENTENCE, st.sampled_from(["applicant", "customer"]), st.sampled_from(["2", "3", "5-1"]))
VERDICTS = st.sampled_from(["contradicted", "partly", "supported", "opinion", "no-evidence"])


@st.composite
def cases(draw: st.DrawFn) -> tuple[Case, dict[str, Any]]:
    """A case of any size: its own words, and the appraisal's."""
    case = Case(
        applicant=Applicant(name=draw(st.none() | SENTENCE)),
        review=ReviewClaim(author=draw(st.none() | SENTENCE), order_id=draw(st.sampled_from([None, sample.ORDER]))),
        appeal=Appeal(request=draw(st.none() | SENTENCE.map(lambda one: one * 4))),
        only=tuple(draw(st.lists(st.just(sample.ORDER), max_size=5))),
        declared=True,
    )
    findings = st.lists(st.builds(finding, SENTENCE, VERDICTS, REASONS, answer=SENTENCE), max_size=12)
    return case, {
        "headline": draw(SENTENCE),
        "platform": draw(st.sampled_from(["", "小红书 · 店铺评价申诉"])),
        "statements": tuple(draw(findings)),
        "facts": tuple(draw(st.lists(REASONS, max_size=7))),
    }


@settings(max_examples=60, deadline=None)
@given(cases())
def test_page_one_is_one_page_whatever_it_holds(fonts: Fonts, content: Content, made: tuple[Case, Any]) -> None:
    case, changes = made
    book = brief(fonts, appraised(content, **changes), case=case)
    assert len(book.pages) == 1
    assert reaches(book) <= FOOT


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_fullest_page_ends_above_its_foot(fonts: Fonts, content: Content, language: str) -> None:
    long = "这是一句很长的话，用来填满第一页上的每一处地方，看看会不会溢出。" * 8
    case = Case(
        applicant=Applicant(name=long), review=ReviewClaim(author=long, order_id=long), appeal=Appeal(request=long),
    )  # fmt: skip
    strained = appraised(
        in_language(content, language),
        headline=long,
        statements=tuple(finding(long, "contradicted", reason(long, "applicant", "2", "3", "5-1")) for _ in range(9)),
        facts=(reason(long, "applicant", "2", "3", "5-1"),) * 9,
    )
    book = brief(fonts, strained, case=case)
    assert len(book.pages) == 1
    assert reaches(book) <= FOOT
    assert any(isinstance(mark, Disc) for mark in book.page.marks)


@settings(max_examples=8, deadline=None)
@given(cases())
def test_the_pages_it_names_are_the_pages_of_the_book(fonts: Fonts, content: Content, made: tuple[Case, Any]) -> None:
    case, changes = made
    book = lay_out(fonts, appraised(replace(content, case=case), **changes))
    assert book.learnt().destinations["answers"] == 2
    assert _pass(fonts, appraised(replace(content, case=case), **changes), book.learnt()).learnt() == book.learnt()
    unread = book.learnt().destinations["unread"]
    assert f"2 件（见第 {unread} 页）" in "".join(mark.text for mark in glyphs(book.pages[:1]))
    assert reaches(book) < MM * 297


def answered(*wordings: str) -> Reason:
    cite = Citation(
        exhibit="2", sha256="0" * 64, where=Locator(lines=(1, 1)), quote="", reader="r@1", certainty="exact"
    )
    quotes = tuple(Quote(says=said, citation=edited(cite, quote=said)) for said in wordings)
    return Reason(text="所引原文", side="applicant", exhibits=("2",), quotes=quotes, answers="没发货")


def test_what_is_quoted_stands_as_the_reason_and_never_the_applicants_answer(content: Content) -> None:
    one = finding("没发货", "contradicted", answered("甲", "乙"), answer="早就发了")
    assert reasons_in_brief(content, one) == "“甲”、“乙”"
    more = finding("没发货", "contradicted", answered(sample.ORDER, "甲", "乙"), answer="早就发了")
    assert reasons_in_brief(content, more) == "“甲”、“乙”等 3 处原文"


def test_what_speaks_for_the_customer_elsewhere_is_counted_with_its_page(fonts: Fonts, content: Content) -> None:
    others = (reason("发错了尺码", "customer"), reason("晚了一天", "customer"))
    book = brief(fonts, appraised(content, for_customer=others))
    assert "另有 2 项对买家有利的事实，见第 2 页：发错了尺码" in text(book)
    assert "answers" in links(book)
    long = brief(fonts, appraised(content, for_customer=(reason("长" * 80, "customer"),)))
    assert "另有 1 项对买家有利的事实，见第 2 页" in text(long)
    assert "长" not in text(long)
