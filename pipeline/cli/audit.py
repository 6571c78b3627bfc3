"""dossier audit: walks the ledger of a case."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.common import case_argument, json_option, language_option, print_json
from pipeline.cli.speech import language as spoken
from pipeline.cli.speech import t
from pipeline.errors import Exit, UsageError, plain, say
from pipeline.ledger import START, Entry, audit, entries_in, newer

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
    """Print the records and every problem; exit 5 when there is one, 7 when a newer program wrote them."""
    del language
    path = case / "ledger.jsonl"
    if not path.is_file():
        raise UsageError("no-ledger", case=case)
    found = audit(path)
    if refusal := newer(found):
        raise refusal
    problems = [say(problem.code, problem.values, spoken()) for problem in found]
    entries = entries_in(path)
    head = next((entry.hash for entry in reversed(entries) if entry.chain == "evidence"), START)
    if as_json:
        print_json({"intact": not problems, "records": len(entries), "evidence_head": head, "problems": problems})
    else:
        for entry in entries:
            click.echo(_line(entry))
        click.echo(
            "\n".join(f"✗ {problem}" for problem in problems)
            or t(f"完好：{len(entries)} 条，证据链首 {head}", f"Intact: {len(entries)} records, evidence head {head}")
        )
    return int(Exit.ALTERED if problems else Exit.COMPLETE)


def _line(entry: Entry) -> str:
    """A record on one line: when, what, and which exhibit."""
    label, name = entry.body.get("label") or "", entry.body.get("name") or ""
    return f"{entry.at}  {entry.kind:<10} {label:<5} {plain(name)}".rstrip()
