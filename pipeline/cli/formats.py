"""dossier formats: every reader, what it reads, and how sure it is that real files look so."""

from __future__ import annotations

import click

from pipeline.cli.common import json_option, language_option, print_json
from pipeline.cli.speech import language as spoken
from pipeline.cli.speech import t
from pipeline.contract import Reader
from pipeline.errors import say

__all__ = ["command", "readers"]


@click.command(
    "formats",
    help=t(
        "列出能读取的格式，以及对每种格式有多大把握。\n\n\b\n例：\n  dossier formats",
        "List the formats that can be read, and how sure each reader is.\n\n\b\nExample:\n  dossier formats",
    ),
)
@language_option
@json_option
def command(language: str | None, as_json: bool) -> None:
    """Print a line a reader."""
    del language
    rows = [
        {
            "id": reader.id,
            "version": reader.version,
            "reads": say(f"reads-{reader.id}", {}, spoken()),
            "grade": reader.grade,
            "sure": say(f"grade-{reader.grade}", {}, spoken()),
        }
        for reader in readers()
    ]
    if as_json:
        print_json(rows)
        return
    width = max(len(str(row["id"])) for row in rows)
    for row in rows:
        click.echo(
            f"{row['id']:<{width}}  {row['grade']}  {row['reads']}（{row['sure']}）"
            if t("1", "")
            else f"{row['id']:<{width}}  {row['grade']}  {row['reads']} ({row['sure']})"
        )


def readers() -> tuple[Reader, ...]:
    """Every reader of exports."""
    from stages.chats import READERS as CHATS
    from stages.orders import READERS as ORDERS

    return (*CHATS, *ORDERS)
