"""dossier suggest: drafts what case.toml has to say about a table that no reader knows."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.common import json_option, language_option, print_json
from pipeline.cli.speech import t
from pipeline.errors import Exit, UsageError

__all__ = ["command"]


@click.command(
    "suggest",
    help=t(
        "为程序不认得的表格（订单、聊天记录）起草一段 [[sources]]：核对后粘贴进 case.toml。\n\n"
        "\b\n例：\n  dossier suggest 我的案件/inbox/导出.xlsx",
        "Draft the [[sources]] section of a table that no reader knows: check it and paste it into case.toml.\n\n"
        "\b\nExample:\n  dossier suggest my-case/inbox/export.xlsx",
    ),
)
@click.argument("file", metavar=t("文件", "FILE"))
@language_option
@json_option
def command(file: str, language: str | None, as_json: bool) -> int:
    """Print the draft; exit 3 if a column that is needed has to be chosen by the person, 4 if there is no table."""
    del language
    path = Path(file)
    if not path.is_file():
        raise UsageError("is-a-folder" if path.is_dir() else "no-such-file", name=file)
    from pipeline.cli.suggesting import draft_of, lines_of

    draft = draft_of(path)
    lines = lines_of(draft)
    if as_json:
        print_json(
            {
                "file": path.name,
                "known": draft.known,
                "format": draft.format,
                "sheet": draft.sheet,
                "columns": draft.columns,
                "undecided": [{"field": field, "choices": list(names)} for field, names in draft.undecided.items()],
                "toml": "\n".join(lines),
            }
        )
    else:
        for line in lines:
            click.echo(line)
    if draft.known is not None:
        return int(Exit.COMPLETE)
    if not draft.headings:
        return int(Exit.NOTHING)
    return int(Exit.UNREAD if draft.needs_choice else Exit.COMPLETE)
