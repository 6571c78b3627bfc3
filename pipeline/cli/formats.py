"""dossier formats: every reader and every layout of screens, and how sure it is that real ones look so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pipeline.cli.common import json_option, language_option, print_json
from pipeline.cli.speech import language as spoken
from pipeline.cli.speech import t
from pipeline.contract import Reader
from pipeline.errors import say

if TYPE_CHECKING:
    from stages.screens.page import Layout

__all__ = ["command", "layouts", "readers"]


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
    rows = [_row(reader.id, reader.version, reader.grade) for reader in readers()]
    rows += [_row(f"screen-{layout.id}", layout.version, layout.grade) for layout in layouts()]
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


def _row(name: str, version: int, grade: str) -> dict[str, str | int]:
    return {
        "id": name,
        "version": version,
        "reads": say(f"reads-{name}", {}, spoken()),
        "grade": grade,
        "sure": say(f"grade-{grade}", {}, spoken()),
    }


def layouts() -> tuple[Layout, ...]:
    """Every layout of screens."""
    from stages.screens.layouts import LAYOUTS

    return LAYOUTS


def readers() -> tuple[Reader, ...]:
    """Every reader of exports."""
    from stages.chats.formats import READERS as CHATS
    from stages.orders.readers import READERS as ORDERS

    return (*CHATS, *ORDERS)
