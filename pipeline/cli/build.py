"""dossier build: the ordered stages over one case."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.common import (
    ANY_PATH,
    ATTACH,
    ENGINES,
    case_argument,
    jobs_of,
    jobs_option,
    json_option,
    language_option,
    print_json,
    scheduler_options,
)
from pipeline.cli.log import listener, log_option
from pipeline.cli.speech import language as spoken
from pipeline.cli.speech import t

__all__ = ["command"]


@click.command(
    "build",
    help=t(
        "读取案件文件夹里的证据，生成 out/dossier.pdf 及其附带文件。\n\n"
        "\b\n例：\n  dossier build 我的案件\n  dossier build 我的案件 --jobs 4",
        "Read the evidence of a case and make out/dossier.pdf and the files beside it.\n\n"
        "\b\nExample:\n  dossier build my-case\n  dossier build my-case --jobs 4",
    ),
)
@case_argument
@click.option("--until", metavar="STAGE", help=t("只运行到这一步。", "Stop after this stage."))
@jobs_option
@scheduler_options
@click.option("--ocr", type=click.Choice(ENGINES), help=t("文字识别引擎。", "Which engine reads pictures."))
@click.option("--attach", type=click.Choice(ATTACH), help=t("PDF 里附带什么。", "What the PDF carries along."))
@click.option("--zone", help=t("证据所在时区，例如 +08:00。", "Zone of the evidence, such as +08:00."))
@click.option("--out", type=ANY_PATH, help=t("输出到这个文件夹。", "Write the results here."))
@click.option("--retry", is_flag=True, help=t("重试上次中断或超时的文件。", "Try again what crashed or timed out."))
@log_option
@language_option
@json_option
def command(
    case: Path,
    until: str | None,
    jobs: int | None,
    scheduler: str | None,
    store: str | None,
    ocr: str | None,
    attach: str | None,
    zone: str | None,
    out: Path | None,
    retry: bool,
    log: str | None,
    language: str | None,
    as_json: bool,
) -> int:
    """Build, then say what was made and what could not be read."""
    from pipeline import report
    from pipeline.cli.building import build
    from pipeline.pools import opened

    options = {"ocr": ocr, "attach": attach, "zone": zone, "language": language}
    with opened(jobs_of(jobs), apart=True, scheduler=scheduler, store=store) as pool:
        built = build(case, options, pool=pool, until=until, out=out, retry=retry, progress=listener(log))
    if as_json:
        print_json(report.summary(built))
    else:
        click.echo(report.text(built, spoken()))
    return int(report.exit_of(built))
