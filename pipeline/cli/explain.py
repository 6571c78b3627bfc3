"""dossier explain: why a stage ran on an exhibit, what it read, and what came of it."""

from __future__ import annotations

import difflib
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.common import case_argument, json_option, language_option, print_json
from pipeline.cli.speech import language as spoken
from pipeline.cli.speech import t
from pipeline.errors import Exit, UsageError, plain, say

if TYPE_CHECKING:
    from pipeline.cli.explaining import Past
    from pipeline.contract import Stage
    from pipeline.model import Exhibit

__all__ = ["command"]

_LISTED = 40


@click.command(
    "explain",
    help=t(
        "说明一件证据：怎么来的、各步骤什么时候为什么运行、读了什么、得到什么、卷宗哪里引用它。"
        "写步骤名则说明这一步。不会重新生成任何东西。\n\n"
        "\b\n例：\n  dossier explain 我的案件 3\n  dossier explain 我的案件 订单.csv\n"
        "  dossier explain 我的案件 timeline",
        "Explain an exhibit: how it arrived, when and why each stage ran, what it read, what came of it, and where the "
        "dossier cites it. The name of a stage explains that stage. Nothing is built.\n\n"
        "\b\nExample:\n  dossier explain my-case 3\n  dossier explain my-case orders.csv\n"
        "  dossier explain my-case timeline",
    ),
)
@case_argument
@click.argument("wanted", metavar=t("证据编号、文件名或步骤", "EXHIBIT"))
@language_option
@json_option
def command(case: Path, wanted: str, language: str | None, as_json: bool) -> int:
    """Print what is known of it."""
    del language
    from pipeline.cli import explain_shown
    from pipeline.cli.explaining import exhibit_of, past_of, stage_of
    from pipeline.contract import Stage

    past = past_of(case, spoken())
    found = _found(past, wanted)
    told = stage_of(past, found) if isinstance(found, Stage) else exhibit_of(past, found)
    if as_json:
        print_json(told)
    else:
        lines = explain_shown.stage(told) if isinstance(found, Stage) else explain_shown.exhibit(told)
        click.echo("\n".join(map(plain, lines)))
        if not past.lines:
            click.echo("\n" + say("explain-work-gone", {}, spoken()))
    return int(Exit.COMPLETE)


def _found(past: Past, wanted: str) -> Exhibit | Stage:
    """The exhibit or stage that is meant; UsageError suggests what may be."""
    from stages import ORDER

    name = _plain(past, wanted)
    named = [exhibit for exhibit in past.exhibits if name == exhibit.label] or _named(past, name)
    if len(named) == 1:
        return named[0]
    if named:
        names = "、".join(f"{exhibit.label} {exhibit.name}" for exhibit in named)
        raise UsageError("explain-several", name=wanted, names=names, case=past.folder, label=named[0].label)
    for stage in ORDER:
        if stage.name == name:
            return stage
    raise _lost(past, wanted, name)


def _plain(past: Past, wanted: str) -> str:
    """A label or a name below inbox/, however it was typed: 证据3, "exhibit 3", or a path to the file."""
    text = unicodedata.normalize("NFC", wanted).strip()
    for beginning in (f"{past.folder.as_posix().rstrip('/')}/", "inbox/", "证据", "exhibit "):
        text = text.removeprefix(beginning)
    return text.strip()


def _named(past: Past, name: str) -> list[Exhibit]:
    """The exhibits of that name; those that are withdrawn only where no other is."""
    found = [x for x in past.exhibits if any(receipt.name == name for receipt in x.receipts)]
    found = found or [x for x in past.exhibits if any(r.name.rsplit("/", 1)[-1] == name for r in x.receipts)]
    return [exhibit for exhibit in found if not exhibit.withdrawn] or found


def _lost(past: Past, wanted: str, name: str) -> UsageError:
    from pipeline.intake import evidence_folder
    from stages import ORDER

    if (evidence_folder(past.folder) / name).is_file():
        return UsageError("explain-not-taken", name=name, case=past.folder)
    stages = [stage.name for stage in ORDER]
    labels = [exhibit.label for exhibit in past.exhibits]
    names = [receipt.name for exhibit in past.exhibits for receipt in exhibit.receipts]
    bases = {known.rsplit("/", 1)[-1]: known for known in names}
    near = difflib.get_close_matches(name, [*stages, *bases, *names], n=3, cutoff=0.5)
    likely = list(dict.fromkeys(bases.get(found, found) for found in near))
    hint = say("explain-near", {"names": "、".join(likely)}, spoken()) if likely else ""
    listed = " ".join(labels[:_LISTED]) + (" …" if len(labels) > _LISTED else "")
    return UsageError("explain-nothing-such", name=wanted, near=hint, labels=listed, stages=" ".join(stages))
