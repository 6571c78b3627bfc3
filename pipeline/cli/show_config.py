"""dossier show-config: every setting, its value, and where it comes from."""

from __future__ import annotations

import os
from pathlib import Path

import click

from pipeline.cli.common import (
    case_argument,
    case_of,
    jobs_of,
    json_option,
    language_option,
    limits_of,
    print_json,
    settings_of,
)
from pipeline.cli.speech import t
from pipeline.model import Case

__all__ = ["command"]


@click.command(
    "show-config",
    help=t(
        "列出每项设置的值和来源（选项、环境变量、case.toml、平台、默认）。\n\n\b\n例：\n  dossier show-config 我的案件",
        "List every setting with its value and where it comes from.\n\n\b\nExample:\n  dossier show-config my-case",
    ),
)
@case_argument
@language_option
@json_option
def command(case: Path, language: str | None, as_json: bool) -> None:
    """Print the settings."""
    loaded = case_of(case)
    _, settings = settings_of(loaded, language=language)
    rows = [(setting.name, setting.value, setting.origin) for setting in settings]
    memory = "DOSSIER_MEMORY" if os.environ.get("DOSSIER_MEMORY") else "default"
    rows += [("jobs", str(jobs_of(None)), "default"), ("memory", str(limits_of().memory >> 20), memory)]
    rows += _of_case(loaded)
    if as_json:
        print_json([{"setting": name, "value": value, "from": origin} for name, value, origin in rows])
        return
    width = max(len(name) for name, _, _ in rows)
    for name, value, origin in rows:
        shown = value if value is not None else t("（未定）", "(unset)")
        click.echo(f"{name:<{width}}  {shown}" + (f"  ← {_origin(origin)}" if value is not None else ""))


def _of_case(case: Case) -> list[tuple[str, str | None, str]]:
    origin = "case.toml" if case.declared else "default"
    return [
        ("platform", case.platform, origin),
        ("only.order_id", ", ".join(case.only) or None, origin),
        ("applicant.name", case.applicant.name, origin),
        ("review.order_id", case.review.order_id, origin),
        ("appeal.ground", case.appeal.ground, origin),
        ("claims", str(len(case.claims)), origin),
    ]


def _origin(origin: str) -> str:
    return {"option": t("选项", "option"), "default": t("默认", "default"), "platform": t("平台", "platform")}.get(
        origin, origin
    )
