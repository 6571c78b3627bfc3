"""dossier read: what the readers see in files, without a case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import speech
from pipeline.cli.common import (
    ENGINES,
    check_zone,
    jobs_of,
    jobs_option,
    json_option,
    language_option,
    limits_of,
    print_json,
)
from pipeline.cli.shown import shown, units
from pipeline.cli.speech import t
from pipeline.contract import Settings
from pipeline.errors import Exit, UsageError, plain, say

if TYPE_CHECKING:
    from pipeline.limits import Limits

__all__ = ["command"]


@click.command(
    "read",
    help=t(
        "查看程序从文件里读到了什么（不需要案件文件夹）。\n\n\b\n例：\n  dossier read 聊天记录.txt 订单.xlsx 截图.png",
        "Show what the readers see in files, without a case.\n\n"
        "\b\nExample:\n  dossier read chat.txt orders.xlsx shot.png",
    ),
)
@click.argument("files", nargs=-1, required=True, metavar=t("文件…", "FILE..."))
@jobs_option
@click.option(
    "--format", "form", metavar="ID", help=t("按这种格式读取（见 dossier formats）。", "Read as this format.")
)
@click.option("--zone", help=t("文件里的时间所在时区。", "Zone of the times in the files."))
@click.option(
    "--date-order", type=click.Choice(["dmy", "mdy", "ymd"]), help=t("日期的先后顺序。", "Order of day, month, year.")
)
@click.option("--ocr", type=click.Choice(ENGINES), help=t("文字识别引擎。", "Which engine reads pictures."))
@language_option
@json_option
def command(
    files: tuple[str, ...],
    jobs: int | None,
    form: str | None,
    zone: str | None,
    date_order: str | None,
    ocr: str | None,
    language: str | None,
    as_json: bool,
) -> int:
    """Read every file that exists; exit 2 if one does not, 4 if none gave a record, 3 if something stayed unread."""
    del language
    check_zone(zone)
    _check_format(form)
    settings = Settings(ocr=ocr or "auto", zone=zone, date_order=date_order, format=form, every_order=True)
    there = [name for name in files if Path(name).is_file()]
    for name in files:
        if name not in there:
            code = "is-a-folder" if Path(name).is_dir() else "no-such-file"
            click.echo(say(code, {"name": name}, speech.language()), err=True)
    entries = []
    for read in _read(there, settings, min(jobs_of(jobs), max(1, len(there))), limits_of()):
        for entry in read:
            entries.append(entry)
            _show(entry, as_json=as_json)
    return int(_exit(entries, missing=len(there) < len(files)))


def _read(names: list[str], settings: Settings, width: int, limits: Limits) -> Iterator[list[dict[str, Any]]]:
    """The entries of each file. One at which its worker ends is unread, and the others are read."""
    from concurrent.futures import BrokenExecutor

    from pipeline.cli.reading import not_read, read_file
    from pipeline.pools import opened

    language = speech.language()
    with opened(width, apart=len(names) > 1) as pool:
        waiting = [pool.submit(read_file, name, settings, language, limits) for name in names]
        for name, future in zip(names, waiting, strict=True):
            try:
                yield future.result()
            except BrokenExecutor:
                yield not_read(name, "task-crashed", language, limits)


def _check_format(form: str | None) -> None:
    from pipeline.cli.formats import readers

    known = [reader.id for reader in readers()]
    if form is not None and form not in known:
        raise UsageError("no-such-format", format=form, formats=", ".join(known))


def _exit(entries: list[dict[str, Any]], *, missing: bool) -> Exit:
    if missing:
        return Exit.USAGE
    if not any(entry["records"] for entry in entries):
        return Exit.NOTHING
    return Exit.UNREAD if any(entry["unread"] for entry in entries) else Exit.COMPLETE


def _show(entry: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(entry, lines=True)
        return
    name, reader = plain(entry["file"]["name"]), entry["reader"] or entry["format"] or "—"
    click.echo(f"{name}  {reader}  {entry['file']['media_type'] or ''}")
    for line in shown(entry["records"]):
        click.echo(f"    {line}")
    for note in (*entry["notes"], *entry["unread"]):
        click.echo(f"  · {note['message']}")
    balance = entry["balance"]
    if balance is not None:
        counts = f"{balance.records} / {balance.skipped} / {balance.unread}"
        zh = f"  共 {balance.total} {units(balance.unit)}：{counts}（读取 / 略过 / 未读）"
        click.echo(t(zh, f"  {balance.total} {balance.unit}: {counts} (read / skipped / unread)"))
