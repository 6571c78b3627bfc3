"""dossier check: readiness before the one try."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import click
import msgspec

from pipeline.cli.common import (
    case_argument,
    case_of,
    jobs_option,
    json_option,
    language_option,
    print_json,
    settings_of,
)
from pipeline.cli.log import listener, log_option
from pipeline.cli.speech import language as spoken
from pipeline.cli.speech import t
from pipeline.errors import Exit
from pipeline.progress import Listener

__all__ = ["command"]


@click.command(
    "check",
    help=t(
        "提交之前检查：缺什么、哪里弱、哪句没有答复、哪些对买家有利。\n\n\b\n例：\n  dossier check 我的案件",
        "Before submitting: what is missing, weak or unanswered, and what speaks for the customer.\n\n"
        "\b\nExample:\n  dossier check my-case",
    ),
)
@case_argument
@click.option("--platform", metavar="ID", help=t("按这个平台检查。", "Check for this platform."))
@jobs_option
@log_option
@language_option
@json_option
def command(
    case: Path, platform: str | None, jobs: int | None, log: str | None, language: str | None, as_json: bool
) -> int:
    """Build what is missing, then print readiness; exit 6 when something must be mended first."""
    from pipeline.cli.building import build

    hear = listener(log)
    built = build(case, {}, jobs=jobs, progress=hear)
    text = ((built.out or case / "out") / "findings.json").read_text("utf-8")
    findings = json.loads(text)
    wanted = language if as_json else spoken()
    if platform or wanted not in (None, settings_of(case_of(case))[0].language):
        findings = _otherwise(case, platform, jobs, hear)
    if as_json:
        print_json(findings)
    else:
        click.echo(_text(findings))
    ready = not any(line["severity"] == "must" for line in findings["readiness"])
    return int(Exit.COMPLETE if ready else Exit.NOT_READY)


def _otherwise(case: Path, platform: str | None, jobs: int | None, hear: Listener) -> dict[str, Any]:
    """The findings for another platform or in another language, without touching what was made."""
    from pipeline.cli.building import build
    from stages.seal.outputs import findings

    options = {"language": spoken()}
    built = build(case, options, jobs=jobs, until="appraise", platform=platform, progress=hear)
    return cast("dict[str, Any]", msgspec.to_builtins(findings(built.documents)))


def _text(findings: dict[str, Any]) -> str:
    heads = {
        "must": t("必须先解决", "Must be mended first"),
        "should": t("建议解决", "Should be mended"),
        "info": t("供参考", "For information"),
    }
    parts = [_advice(findings["triage"]["advice"])]
    for severity, head in heads.items():
        lines = [line["message"] for line in findings["readiness"] if line["severity"] == severity]
        if lines:
            parts.append("\n".join([f"{head}：" if t("1", "") else f"{head}:", *(f"  · {line}" for line in lines)]))
    doubtful = [line["citation"] for line in findings["readiness"] if line.get("citation")]
    if doubtful:
        parts.append(_rulings(doubtful))
    if not any(line["severity"] == "must" for line in findings["readiness"]):
        parts.append(
            t("可以提交。提交前请亲自翻看一遍 dossier.pdf。", "Ready. Look through dossier.pdf before you submit it.")
        )
    return "\n".join(parts)


def _rulings(citations: list[dict[str, Any]]) -> str:
    """What to put into decisions.toml for each doubtful reading; `text` is left for the person who looks."""
    lead = t(
        "请对照图片：把下面各段复制到案件文件夹里的 decisions.toml，在 text 里照图片填写（不需要更正的删去）：",
        "Look at the pictures: copy these blocks into decisions.toml in the case folder, fill in text as the picture "
        "shows it, and leave out what needs no ruling:",
    )
    blocks = [
        "\n".join(
            [
                "[[readings]]",
                f"exhibit = {_quoted(citation['exhibit'])}",
                *([f"page = {citation['where']['page']}"] if "page" in citation["where"] else []),
                f"box = {[round(side) for side in citation['where']['box']]}",
                f"machine = {_quoted(citation['quote'])}",
                'text = ""'
                + (f"   # {t('另一读数', 'other reading')}: {citation['other']}" if citation["other"] else ""),
            ]
        )
        for citation in citations
        if "box" in citation["where"]
    ]
    return "\n\n".join([lead, *blocks]) + "\n"


def _quoted(text: str) -> str:
    """A text as a basic string of TOML."""
    return json.dumps(text, ensure_ascii=False)


def _advice(advice: str) -> str:
    return {
        "appeal": t("建议：申诉。证据与评价中的陈述不符。", "Advice: appeal. The evidence differs from the review."),
        "reply": t(
            "建议：回复买家，不申诉。评价属实或属于观点。",
            "Advice: reply, do not appeal. The review is true or an opinion.",
        ),
        "gather": t(
            "建议：先补充证据。目前没有证据直接否定评价。",
            "Advice: gather evidence first. Nothing yet contradicts the review.",
        ),
    }[advice]
