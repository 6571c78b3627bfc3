"""What several commands share: options, the case, the settings with where each comes from, the progress line."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click
import msgspec

from pipeline.case import load
from pipeline.cli.endings import interrupted_by_term
from pipeline.cli.speech import t
from pipeline.contract import Settings
from pipeline.errors import UsageError
from pipeline.model import Case
from pipeline.moment import parse_zone

if TYPE_CHECKING:
    from pipeline.limits import Limits

__all__ = [
    "ANY_PATH",
    "ENGINES",
    "Setting",
    "case_argument",
    "case_of",
    "interrupted_by_term",
    "jobs_option",
    "json_of",
    "json_option",
    "language_option",
    "limits_of",
    "print_json",
    "scheduler_options",
    "settings_of",
]

F = TypeVar("F", bound=Callable[..., Any])
ENGINES = ("auto", "tesseract", "rapidocr", "both", "none")
ANY_PATH = click.Path(path_type=Path, readable=False)
"""What cannot be read is said where it is opened, as a lack of rights."""

ATTACH = ("none", "manifest", "all")
_STEERS = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What JSON leaves as it is and a terminal may obey: further controls, and what turns the direction of writing."""

LEAST = 1024
"""Megabytes that the engines take for themselves, and something for a picture."""


class Setting(NamedTuple):
    """A setting, its value, and where it comes from: option, environment, case.toml, platform, default."""

    name: str
    value: str | None
    origin: str


def language_option(function: F) -> F:
    """--language, for the terminal and for what is made."""
    choice = click.Choice(["zh-CN", "en"])
    return click.option("--language", type=choice, help=t("语言。", "Language."))(function)


def json_option(function: F) -> F:
    """--json on every command."""
    return click.option("--json", "as_json", is_flag=True, help=t("输出 JSON，供程序读取。", "Print JSON."))(function)


def jobs_option(function: F) -> F:
    """--jobs: how many processes work at once."""
    return click.option(
        "--jobs",
        type=click.IntRange(1),
        help=t("同时使用几个进程（默认：处理器个数）。", "Processes at once (default: processors)."),
    )(function)


def scheduler_options(function: F) -> F:
    """--scheduler and --store: the machines that work, and where they find what they work on."""
    scheduler = t(
        "让 dask 调度器上的机器来做，例如 tcp://10.0.0.5:8786。", "Let the machines of a dask scheduler work."
    )
    store = t("这些机器都能读写的共享存储，例如 file:///mnt/share。", "A shared store that they all reach.")
    function = click.option("--store", metavar="URL", envvar="DOSSIER_STORE", help=store)(function)
    return click.option("--scheduler", metavar="ADDRESS", envvar="DOSSIER_SCHEDULER", help=scheduler)(function)


def case_argument(function: F) -> F:
    """The case folder."""
    return click.argument("case", type=ANY_PATH, metavar=t("案件文件夹", "CASE"))(function)


def jobs_of(jobs: int | None) -> int:
    """The number asked for, else DOSSIER_JOBS, else one for each processor this process may use."""
    if jobs is not None:
        return jobs
    wanted = os.environ.get("DOSSIER_JOBS", "")
    if wanted.isdecimal() and int(wanted) > 0:
        return int(wanted)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def limits_of() -> Limits:
    """What one task may take: DOSSIER_MEMORY megabytes, where that is set. UsageError if it is no such number."""
    from pipeline.limits import LIMITS

    wanted = os.environ.get("DOSSIER_MEMORY", "")
    if not wanted:
        return LIMITS
    if not (wanted.isascii() and wanted.isdecimal() and int(wanted) >= LEAST):
        raise UsageError("wrong-memory", value=wanted, least=LEAST)
    return replace(LIMITS, memory=int(wanted) << 20)


def case_of(folder: Path) -> Case:
    """The case of a folder; UsageError where there is none."""
    from stages.appraise.platforms import zones

    if not folder.is_dir():
        raise UsageError("not-a-case", case=folder)
    return load(folder, zones())


def settings_of(case: Case, **options: str | None) -> tuple[Settings, tuple[Setting, ...]]:
    """The settings of a build, and where each comes from: option, then DOSSIER_*, then case.toml, then default."""
    found: list[Setting] = []
    defaults = {"ocr": "auto", "attach": "manifest", "language": case.language, "zone": case.zone}
    origins = {"language": "case.toml" if case.declared else "default", "zone": _zone_origin(case)}
    for name, default in defaults.items():
        variable = f"DOSSIER_{name.upper()}"
        if options.get(name) is not None:
            found.append(Setting(name, options[name], "option"))
        elif os.environ.get(variable):
            found.append(Setting(name, os.environ[variable], variable))
        else:
            found.append(Setting(name, default, origins.get(name, "default")))
    chosen = {setting.name: setting.value for setting in found if setting.value is not None}
    _check_choice("ocr", chosen["ocr"], ENGINES)
    _check_choice("attach", chosen["attach"], ATTACH)
    _check_choice("language", chosen["language"], ("zh-CN", "en"))
    zone = next(setting for setting in found if setting.name == "zone")
    stated = zone.value if zone.origin in ("option", "DOSSIER_ZONE") else None
    check_zone(stated)
    settings = Settings(ocr=chosen["ocr"], attach=chosen["attach"], language=chosen["language"], zone=stated)
    return settings, tuple(found)


def _zone_origin(case: Case) -> str:
    return {"case": "case.toml", "platform": "platform", "unknown": "default"}[case.zone_basis]


def check_zone(zone: str | None) -> None:
    """UsageError where --zone is neither a name nor an offset."""
    try:
        if zone is not None:
            parse_zone(zone)
    except ValueError as error:
        raise UsageError("wrong-zone", zone=zone) from error


def _check_choice(name: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise UsageError("wrong-choice", name=name, value=value, choices=", ".join(choices))


def print_json(value: object, *, lines: bool = False) -> None:
    """One JSON value on stdout, indented for people or on one line for programs."""
    click.echo(json_of(value, lines=lines))


def json_of(value: object, *, lines: bool = False) -> str:
    """A value as JSON with its keys in order; signs that steer a terminal are escaped."""
    data = msgspec.json.encode(value, order="sorted")
    text = (data if lines else msgspec.json.format(data, indent=2)).decode()
    return _STEERS.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def on_terminal() -> bool:
    """Whether progress may be drawn."""
    return sys.stderr.isatty()
