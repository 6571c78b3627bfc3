"""The `dossier` group: loads a command when it is called, and turns every ending into an exit code and a sentence."""

from __future__ import annotations

import contextlib
import errno
import importlib
import os
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple, TypeVar

import click

import pipeline
from pipeline.cli import speech
from pipeline.cli.endings import interrupted_by_term
from pipeline.cli.speech import t
from pipeline.errors import DossierError, Exit, UsageError, say

__all__ = ["run"]

C = TypeVar("C", bound=click.Command)


class _Entry(NamedTuple):
    """A command: the module it lives in, and its line in the list of commands."""

    module: str
    zh: str
    en: str


COMMANDS: dict[str, _Entry] = {
    "new": _Entry("new", "新建案件文件夹", "Make a case folder"),
    "build": _Entry("build", "生成证据卷宗", "Build the dossier of a case"),
    "batch": _Entry("batch", "处理一个文件夹下面的所有案件", "Build every case below a folder"),
    "watch": _Entry("watch", "看守收件文件夹，放进去的案件自动处理", "Build whatever is put into a drop folder"),
    "read": _Entry("read", "查看程序从文件里读到什么", "Show what the readers see in files"),
    "suggest": _Entry("suggest", "为不认得的表格起草说明", "Draft the declaration of a table nobody knows"),
    "formats": _Entry("formats", "列出能读取的格式", "List the formats that can be read"),
    "check": _Entry("check", "检查还缺什么", "Check what is missing before submitting"),
    "verify": _Entry("verify", "核验卷宗是否被改动", "Verify a dossier or a case folder"),
    "explain": _Entry("explain", "说明一件证据或一个步骤", "Explain an exhibit or a stage"),
    "audit": _Entry("audit", "核对保管记录", "Walk the ledger of a case"),
    "show-config": _Entry("show_config", "列出每项设置及其来源", "Show every setting and where it comes from"),
}


class _Formatter(click.HelpFormatter):
    """Click's help with its few fixed words in the terminal's language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or t("用法：", "Usage: "))

    def write_heading(self, heading: str) -> None:
        super().write_heading(
            {"Options": t("选项", "Options"), "Commands": t("命令", "Commands")}.get(heading, heading)
        )


class _Context(click.Context):
    formatter_class = _Formatter


def _with_help(command: C) -> C:
    """The command with --help described in the terminal's language."""
    if command.add_help_option:
        command.add_help_option = False
        click.help_option("-h", "--help", help=t("显示用法。", "Show this help."))(command)
    return command


class _Group(click.Group):
    """A group whose commands are imported when they are called."""

    context_class = _Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"pipeline.cli.{COMMANDS[name].module}").command
        command.context_class = _Context
        return _with_help(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise UsageError("no-such-command", name=args[0], known="、".join(COMMANDS))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, t(entry.zh, entry.en)) for name, entry in COMMANDS.items()])


def _group() -> click.Group:
    group = _Group(
        "dossier",
        help=t(
            "把零散的证据（截图、订单表、聊天记录）整理成一份可以提交的证据卷宗。\n\n"
            "\b\n例：\n  dossier new 我的案件\n  dossier build 我的案件",
            "Turns scattered evidence into one dossier for an appeal.\n\n"
            "\b\nExample:\n  dossier new my-case\n  dossier build my-case",
        ),
        context_settings={"max_content_width": 100},
    )
    version = f"dossier {pipeline.__version__}"
    shown = click.version_option(pipeline.__version__, message=version, help=t("显示版本。", "Show the version."))(
        group
    )
    return _with_help(shown)


def run(arguments: Sequence[str]) -> int:
    """Run the command line; the exit code. No traceback reaches a person."""
    language = speech.choose(arguments)
    try:
        _refuse_intruders()
        with interrupted_by_term():
            code = _invoke(arguments)
            sys.stdout.flush()
    except DossierError as error:
        _tell(error.say(language))
        return int(error.exit)
    except click.ClickException as error:
        _tell(_click_sentence(error))
        return int(Exit.USAGE)
    except (KeyboardInterrupt, click.Abort):
        _tell(say("interrupted", {}, language))
        return int(Exit.INTERRUPTED)
    except BrokenPipeError:
        _silence_stdout()
        return int(Exit.COMPLETE)
    except OSError as error:
        _tell(_machine_sentence(error))
        return int(Exit.LACKING)
    except Exception as error:
        if os.environ.get("DOSSIER_DEBUG"):
            raise
        _tell(say("bug", {"error": f"{type(error).__name__}: {error}"}, language))
        return int(Exit.BUG)
    else:
        return code


def _tell(sentence: str) -> None:
    """Say it on stderr; where nobody hears, the exit code still stands."""
    with contextlib.suppress(OSError):
        click.echo(sentence, err=True)


def _invoke(arguments: Sequence[str]) -> int:
    """Click's own `main` would turn a closed pipe into exit 1."""
    try:
        group = _group()
        with group.make_context("dossier", list(arguments)) as context:
            return int(group.invoke(context) or Exit.COMPLETE)
    except click.exceptions.Exit as left:
        return left.exit_code


def _refuse_intruders() -> None:
    """Both packages come from one place: a folder named `stages` elsewhere must not be taken for ours."""
    home = Path(pipeline.__file__).resolve().parent.parent
    spec = find_spec("stages")
    found = Path(spec.origin).resolve().parent.parent if spec and spec.origin else None
    if found != home:
        raise UsageError("intruder", package="stages", path=found or "—")


def _click_sentence(error: click.ClickException) -> str:
    """Click's own complaint, in the terminal's language, and where help is."""
    context = getattr(error, "ctx", None)
    name = context.command_path if context else "dossier"
    detail = error.format_message()
    if isinstance(error, click.NoSuchOption):
        near = f"（{'、'.join(error.possibilities)}？）" if error.possibilities else ""
        detail = t(f"没有选项 {error.option_name}{near}。", detail)
    elif isinstance(error, click.MissingParameter):
        wanted = error.param.make_metavar(context) if error.param and context else ""
        detail = t(f"还缺少：{wanted}。", detail)
    elif isinstance(error, click.BadParameter):
        detail = t(_wrong_value(error), detail)
    elif isinstance(error, click.UsageError):
        detail = t(f"命令不对：{error.message}", detail)
    return (
        f"{detail}\n{t('查看用法', 'See')}：{name} --help"
        if speech.language() == "zh-CN"
        else f"{detail}\nSee {name} --help"
    )


def _wrong_value(error: click.BadParameter) -> str:
    """What a wrong value of an option may be instead."""
    kind = error.param.type if error.param else None
    name = error.param.opts[0] if error.param else ""
    if isinstance(kind, click.Choice):
        return f"{name} 只能是：{'、'.join(map(str, kind.choices))}。"
    if isinstance(kind, click.IntRange):
        return f"{name} 应为不小于 {kind.min} 的整数。"
    return f"参数不对：{name} {error.message}"


def _machine_sentence(error: OSError) -> str:
    """What the machine lacks, said of an error that nobody has worded closer to where it came from."""
    path = error.filename or t("屏幕或输出文件", "the output")
    if error.errno in (errno.ENOSPC, errno.EFBIG):
        return say("no-space", {"path": path}, speech.language())
    if error.errno == errno.EROFS:
        return say("read-only-disk", {"path": path}, speech.language())
    if error.errno in (errno.EACCES, errno.EPERM):
        return say("no-access", {"path": path}, speech.language())
    return say("machine-error", {"error": error.strerror or str(error), "path": path}, speech.language())


def _silence_stdout() -> None:
    """A reader that closed the pipe is no error; Python must not complain at exit either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
