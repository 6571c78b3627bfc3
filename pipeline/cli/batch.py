"""dossier batch: every case below a folder."""

from __future__ import annotations

import time
from concurrent.futures import as_completed
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.batch_shown import Bar, Lines, Logged
from pipeline.cli.common import (
    ANY_PATH,
    ATTACH,
    ENGINES,
    interrupted_by_term,
    jobs_of,
    jobs_option,
    json_option,
    language_option,
    on_terminal,
    print_json,
    scheduler_options,
)
from pipeline.cli.log import kind_of, listener, log_option
from pipeline.cli.speech import language as spoken
from pipeline.cli.speech import t
from pipeline.errors import Exit, MachineLacks, NothingUsable, UsageError, say

if TYPE_CHECKING:
    from pipeline.batch import CaseRun, Cases, Found
    from pipeline.batch.reports import Report

__all__ = ["command"]

_PATH = click.Path(path_type=Path, dir_okay=False)


@click.command(
    "batch",
    help=t(
        "处理一个文件夹下面的所有案件，一个案件出问题不影响其他案件。\n\n"
        "案件：含有 case.toml、ledger.jsonl 或 inbox 文件夹的文件夹；没有这些时，是最上层直接放着证据文件的文件夹。"
        "按 Ctrl-C 停止，再运行一次会接着做。\n\n"
        "\b\n例：\n  dossier batch 全部案件\n  dossier batch 全部案件 --jobs 4 --report 报告.json --junit 报告.xml",
        "Build every case below a folder; the trouble of one stops no other.\n\n"
        "A case is a folder with case.toml, ledger.jsonl or inbox/; otherwise the topmost folder that directly holds "
        "evidence. Ctrl-C stops; the same command goes on from there.\n\n"
        "\b\nExample:\n  dossier batch cases\n  dossier batch cases --jobs 4 --report report.json --junit report.xml",
    ),
)
@click.argument("root", type=ANY_PATH, metavar=t("文件夹", "ROOT"))
@jobs_option
@scheduler_options
@click.option("--report", type=_PATH, metavar="FILE.json", help=t("把报告写成 JSON。", "Write the report as JSON."))
@click.option("--junit", type=_PATH, metavar="FILE.xml", help=t("把报告写成 JUnit XML。", "Write it as JUnit XML."))
@click.option("--ocr", type=click.Choice(ENGINES), help=t("文字识别引擎。", "Which engine reads pictures."))
@click.option("--attach", type=click.Choice(ATTACH), help=t("PDF 里附带什么。", "What the PDFs carry along."))
@click.option("--retry", is_flag=True, help=t("重试上次中断或超时的文件。", "Try again what crashed or timed out."))
@log_option
@language_option
@json_option
def command(
    root: Path,
    jobs: int | None,
    scheduler: str | None,
    store: str | None,
    report: Path | None,
    junit: Path | None,
    ocr: str | None,
    attach: str | None,
    retry: bool,
    log: str | None,
    language: str | None,
    as_json: bool,
) -> int:
    """Build all cases side by side, tell each as it ends, then the whole."""
    from pipeline.batch import Cases
    from pipeline.batch.reports import Report
    from pipeline.cli.building import build
    from pipeline.pools import opened

    found = _found(root)
    options = {"ocr": ocr, "attach": attach, "language": language}
    started = time.monotonic()
    pooled = opened(jobs_of(jobs), apart=True, scheduler=scheduler, store=store)
    with pooled as pool, interrupted_by_term():
        cases = Cases(pool, lambda case, lane, listen: build(case, options, retry=retry, pool=lane, progress=listen))
        runs = _all(cases, found, root, log)
    made = Report(
        root=root,
        runs=runs,
        loose=found.loose,
        closed=found.closed,
        seconds=time.monotonic() - started,
        jobs=pool.width,
        language=spoken(),
    )
    if as_json:
        print_json(made.json())
    else:
        click.echo("\n".join(made.lines()))
    _write(made, report, junit)
    return int(made.exit)


def _found(root: Path) -> Found:
    from pipeline.batch import cases_below
    from stages.ingest.evidence import is_evidence

    if not root.is_dir():
        raise UsageError("batch-root", root=root)
    found = cases_below(root, is_evidence)
    if not found.cases and not found.closed:
        raise NothingUsable("batch-none", root=root)
    return found


def _all(cases: Cases, found: Found, root: Path, log: str | None) -> list[CaseRun]:
    """What came of each case, in the order of the cases. An interrupt ends them all and is told."""
    from pipeline.batch.reports import name_of

    names = {folder: name_of(folder, root) for folder in found.cases}
    told = Logged(listener(log)) if kind_of(log) else Bar(len(names)) if on_terminal() else Lines(len(names))
    futures = [cases.start(folder, told.listen(name)) for folder, name in names.items()]
    try:
        for future in as_completed(futures):
            told.done(names[future.result().case], future.result())
    except KeyboardInterrupt:
        cases.stop()
        done = sum(future.result().exit != Exit.INTERRUPTED for future in futures)
        click.echo(say("batch-resume", {"done": done, "cases": len(futures)}, spoken()), err=True)
    finally:
        told.clear()
    return [future.result() for future in futures]


def _write(made: Report, report: Path | None, junit: Path | None) -> None:
    """Write the reports; DossierError names the one that cannot be, after the other was tried too."""
    import msgspec

    texts = {
        report: lambda: msgspec.json.format(msgspec.json.encode(made.json(), order="sorted"), indent=2) + b"\n",
        junit: made.junit,
    }
    failed: list[MachineLacks] = []
    for path, text in texts.items():
        try:
            if path is not None:
                path.write_bytes(text())
        except OSError as error:
            failed.append(MachineLacks("report-not-written", path=path, error=error.strerror))
    if failed:
        raise failed[0]
