"""Loads case.toml, and the rulings beside it, into the frozen `Case`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pipeline.decisions import load_rulings
from pipeline.errors import UsageError
from pipeline.model import Appeal, Applicant, Case, Claim, Person, ReviewClaim, Ruling, Source, Value
from pipeline.moment import parse_zone
from pipeline.store import reading
from pipeline.toml import line_of, load_toml

__all__ = ["CASE_FILE", "load", "template"]

CASE_FILE = "case.toml"

Ground = Literal[
    "misunderstanding",
    "contrary-to-facts",
    "defamation",
    "extortion",
    "competitor",
    "abuse",
    "privacy",
    "unrelated",
    "advertising",
]


class _CaseTable(Value, frozen=True, kw_only=True):
    title: str | None = None
    platform: str | None = None
    language: Literal["zh-CN", "en"] = "zh-CN"
    zone: str | None = None


class _AppealTable(Value, frozen=True, kw_only=True):
    ground: Ground | None = None
    request: str | None = None
    statement: str | None = None


class _OnlyTable(Value, frozen=True, kw_only=True):
    order_id: tuple[str, ...] = ()


class _File(Value, frozen=True, kw_only=True):
    """The schema of case.toml."""

    case: _CaseTable = _CaseTable()
    applicant: Applicant = Applicant()
    review: ReviewClaim = ReviewClaim()
    appeal: _AppealTable = _AppealTable()
    claims: tuple[Claim, ...] = ()
    only: _OnlyTable = _OnlyTable()
    people: tuple[Person, ...] = ()
    sources: tuple[Source, ...] = ()


def load(folder: Path, platforms: Mapping[str, str | None]) -> Case:
    """The case of a folder; without case.toml an undeclared one.

    `platforms` maps every known platform to its zone. UsageError says the line and what to type, MachineLacks what
    may not be read.
    """
    loaded = load_toml(folder / CASE_FILE, _File)
    rulings = load_rulings(folder)
    return Case(rulings=rulings) if loaded is None else _case(loaded[0], folder, platforms, loaded[1], rulings)


def _case(
    file: _File, folder: Path, platforms: Mapping[str, str | None], text: str, rulings: tuple[Ruling, ...]
) -> Case:
    zone, basis = _zone(file, platforms, text)
    for source in file.sources:
        if "zone" in source.time:
            _check_zone(source.time["zone"], ("sources", "time"), text)
    only = file.only.order_id or ((file.review.order_id,) if file.review.order_id else ())
    return Case(
        title=file.case.title,
        platform=file.case.platform,
        language=file.case.language,
        zone=zone,
        zone_basis=basis,
        applicant=file.applicant,
        review=file.review,
        appeal=Appeal(
            ground=file.appeal.ground,
            request=file.appeal.request,
            statement=_statement(file.appeal.statement, folder, text),
        ),
        claims=file.claims,
        only=only,
        people=file.people,
        sources=file.sources,
        rulings=rulings,
        declared=True,
    )


def _zone(
    file: _File, platforms: Mapping[str, str | None], text: str
) -> tuple[str | None, Literal["case", "platform", "unknown"]]:
    platform = file.case.platform
    if platform is not None and platform not in platforms:
        line = line_of(("case", "platform"), text)
        near = sorted(platforms, key=lambda known: (not known.startswith(platform[:4]), known))
        raise UsageError("case-wrong-platform", line=line, platform=platform, known=", ".join(near))
    if file.case.zone is not None:
        _check_zone(file.case.zone, ("case", "zone"), text)
        return file.case.zone, "case"
    zone = platforms.get(platform) if platform else None
    return (zone, "platform") if zone else (None, "unknown")


def _check_zone(zone: str, key: tuple[str, str], text: str) -> None:
    try:
        parse_zone(zone)
    except ValueError as error:
        raise UsageError("case-wrong-zone", line=line_of(key, text), zone=zone) from error


def _statement(name: str | None, folder: Path, text: str) -> str | None:
    if name is None:
        return None
    path = folder / name
    line = line_of(("appeal", "statement"), text)
    if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
        raise UsageError("case-no-statement", line=line, name=name)
    try:
        with reading(path):
            return path.read_bytes().decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise UsageError("case-statement-not-utf8", line=line, name=name) from error


def template(title: str, language: Literal["zh-CN", "en"]) -> str:
    """The commented case.toml of `dossier new`: every line of it may stay as it is."""
    return (_TEMPLATE_ZH if language == "zh-CN" else _TEMPLATE_EN).replace("{title}", _toml_escape(title))


def _toml_escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


_TEMPLATE_ZH = """\
# 案件说明。每一行都可以不填；以 # 开头的行不起作用，去掉 # 并改成您的内容即可。
# 引号请用英文半角 " "，不要用中文引号。

[case]
title = "{title}"
platform = "xiaohongshu_shop_review"     # 在哪里申诉；时间按该平台的时区理解
# language = "zh-CN"                     # 卷宗语言：zh-CN 或 en
# zone = "Asia/Shanghai"                 # 证据里的时间属于哪个时区（一般不用填）

[applicant]
# name = "您的店铺名称"
# account = "店铺账号"
# contact = "联系电话"

[review]
# author = "评价人昵称"
# url = "评价链接"
# posted = "2026-03-16 21:14"            # 评价发布时间，照页面抄写
# exhibit = "评价截图.png"               # inbox 里的评价截图
# order_id = "订单号"                    # 只有这个订单的内容会进入卷宗，其他买家的不会
# text = "评价原文，一字不改"

[appeal]
# 申诉理由：misunderstanding 误解 / contrary-to-facts 与事实不符 / defamation 诽谤 / extortion 恶意索赔 /
#          competitor 同行 / abuse 辱骂 / privacy 泄露隐私 / unrelated 与商品无关 / advertising 广告
# ground = "contrary-to-facts"
# request = "请核实并处理该条不实评价"
# statement = "statement.md"             # 自己写好的申诉说明；不填则按下面的逐句答复起草

# 评价里的每一句话写一段 [[claims]]，逐句答复：
# [[claims]]
# says = "评价里的一句话，照原文"
# answer = "您的答复，写事实，不写情绪"
# stance = "contradicted"                # contradicted 不符 / partly 部分不符 / accepted 属实 / opinion 观点
# evidence = ["订单.xlsx", "物流截图.png"]  # inbox 里的证据文件
# quotes = ["2026-03-12 08:35:21"]       # 证据里的原文：会在证据上找到并框出

# 同一个人有几个名字时：
# [[people]]
# name = "评价人昵称"
# aliases = ["微信备注名"]
# side = "customer"                      # customer 买家 / applicant 本店 / other 其他人
"""

_TEMPLATE_EN = """\
# About the case. Every line may stay empty; a line that begins with # has no effect.

[case]
title = "{title}"
platform = "xiaohongshu_shop_review"     # where the appeal goes; times are read in its zone
language = "en"
# zone = "Asia/Shanghai"

[applicant]
# name = "Your shop"
# account = "shop account"
# contact = "phone"

[review]
# author = "nickname of the reviewer"
# url = "link"
# posted = "2026-03-16 21:14"            # as the page prints it
# exhibit = "review.png"                 # the screenshot of the review in inbox
# order_id = "order number"              # only this order enters the dossier, never other buyers' rows
# text = "the review, word for word"

[appeal]
# misunderstanding contrary-to-facts defamation extortion competitor abuse privacy unrelated advertising
# ground = "contrary-to-facts"
# request = "Please check and handle this untrue review"
# statement = "statement.md"             # without it one is drafted from the claims

# One [[claims]] for each sentence of the review:
# [[claims]]
# says = "a sentence of the review, word for word"
# answer = "your answer: facts, no feelings"
# stance = "contradicted"                # contradicted partly accepted opinion unanswered
# evidence = ["orders.xlsx", "parcel.png"]
# quotes = ["2026-03-12 08:35:21"]       # wording that is looked up and boxed in those exhibits

# [[people]]
# name = "nickname of the reviewer"
# aliases = ["name in the chat"]
# side = "customer"                      # customer applicant other
"""
