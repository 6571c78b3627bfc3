"""dossier new: a case folder with a commented case.toml and an empty inbox/."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.case import CASE_FILE, template
from pipeline.cli.common import case_argument, json_option, language_option, print_json
from pipeline.cli.speech import language, t
from pipeline.errors import UsageError

__all__ = ["command"]


@click.command(
    "new",
    help=t(
        "新建案件文件夹：一份带说明的 case.toml 和空的 inbox 文件夹。\n\n\b\n例：\n  dossier new 我的案件",
        "Make a case folder: a commented case.toml and an empty inbox.\n\n\b\nExample:\n  dossier new my-case",
    ),
)
@case_argument
@language_option
@json_option
def command(case: Path, language: str | None, as_json: bool) -> None:
    """Make the folder; one that is a case already is left as it is."""
    del language
    make(case)
    if as_json:
        print_json({"case": str(case), "files": [CASE_FILE, "inbox/"]})
        return
    click.echo(t(f"已新建：{case}", f"Made: {case}"))
    click.echo(t(f"  1. 把证据放进 {case / 'inbox'}", f"  1. Put the evidence into {case / 'inbox'}"))
    click.echo(t(f"  2. 填写 {case / CASE_FILE}", f"  2. Fill in {case / CASE_FILE}"))
    click.echo(t(f"  3. 运行 dossier build {case}", f"  3. Run dossier build {case}"))


def make(case: Path) -> None:
    """Write the template and the inbox; UsageError where a case.toml is there already."""
    path = case / CASE_FILE
    if path.exists():
        raise UsageError("case-exists", case=case)
    (case / "inbox").mkdir(parents=True, exist_ok=True)
    path.write_text(template(case.resolve().name, language()), encoding="utf-8")
