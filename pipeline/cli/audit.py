"""dossier audit: walks the ledger of a case."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.common import case_argument, json_option, language_option, print_json
from pipeline.cli.speech import language as spoken
from pipeline.cli.speech import t
from pipeline.errors import Exit, UsageError

__all__ = ["command"]


@click.command(
    "audit",
    help=t(
        "逐条核对保管记录 ledger.jsonl 的哈希链。\n\n\b\n例：\n  dossier audit 我的案件",
        "Walk the hash chains of ledger.jsonl, record by record.\n\n\b\nExample:\n  dossier audit my-case",
    ),
)
@case_argument
@language_option
@json_option
def command(case: Path, language: str | None, as_json: bool) -> int:
    """Print the records and every problem; exit 5 when there is one."""
    from pipeline.ledger import audit, evidence_head, records

    del language
    path = case / "ledger.jsonl"
    if not path.is_file():
        raise UsageError("no-ledger", case=case)
    problems = [problem.say(spoken()) for problem in audit(path)]
    entries = records(path)
    head = None if problems else evidence_head(path)
    if as_json:
        print_json({"intact": not problems, "records": len(entries), "evidence_head": head, "problems": problems})
    else:
        for entry in entries:
            click.echo(f"{entry.at}  {entry.action:<10} {entry.label or '':<5} {entry.name or ''}".rstrip())
        click.echo(
            "\n".join(f"✗ {problem}" for problem in problems)
            or t(f"完好：{len(entries)} 条，证据链首 {head}", f"Intact: {len(entries)} records, evidence head {head}")
        )
    return int(Exit.ALTERED if problems else Exit.COMPLETE)
