"""dossier verify: a finished PDF, an out/ folder or a whole case, with nothing but the files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import click

from pipeline.cli import speech
from pipeline.cli.common import ANY_PATH, json_option, language_option, print_json
from pipeline.cli.speech import t
from pipeline.errors import Exit, UsageError, say
from pipeline.model import digest_of
from stages.verify import Check, Verdict, judged

__all__ = ["command"]


@click.command(
    "verify",
    help=t(
        "核验 dossier.pdf 或案件文件夹：任何一个字节被改动都会指出。不需要联网。\n\n"
        "\b\n例：\n  dossier verify 我的案件/out/dossier.pdf\n  dossier verify 我的案件",
        "Check a dossier.pdf or a case folder: any changed byte is found and named. Needs no network.\n\n"
        "\b\nExample:\n  dossier verify my-case/out/dossier.pdf\n  dossier verify my-case",
    ),
)
@click.argument("path", type=ANY_PATH, metavar=t("文件或文件夹", "PATH"))
@language_option
@json_option
def command(path: Path, language: str | None, as_json: bool) -> int:
    """Print every check; exit 5 when one failed."""
    del language
    verdict = verified(path)
    if as_json:
        print_json(verdict)
    else:
        click.echo(_text(verdict))
    return int(Exit.COMPLETE if verdict.intact else Exit.ALTERED)


def verified(path: Path) -> Verdict:
    """The verdict on a path; a case folder's ledger is walked as well."""
    from stages.verify import verify

    if not path.exists():
        raise UsageError("no-such-file", name=path)
    verdict = verify(path, speech.language())
    ledger = path / "ledger.jsonl"
    if ledger.is_file():
        return judged((*verdict.checks, *_ledger(path, ledger)))
    if (path / "originals").is_dir():
        return judged((*verdict.checks, _check("failed", "verify-no-ledger")))
    return verdict


def _ledger(case: Path, ledger: Path) -> tuple[Check, ...]:
    """The ledger's own chains, and that it knows what stands in out/."""
    from pipeline.ledger import START, audit, entries_in, newer

    problems = audit(ledger)
    if refusal := newer(problems):
        raise refusal
    if problems:
        said = (say(problem.code, problem.values, speech.language()) for problem in problems)
        return tuple(_check("failed", "verify-ledger-broken", detail=detail) for detail in said)
    entries = entries_in(ledger)
    head = next((entry.hash for entry in reversed(entries) if entry.chain == "evidence"), START)
    if _stated_head(case) not in (None, head):
        return (_check("failed", "verify-head-differs"),)
    sealed = {entry.body.get("sums") for entry in entries if entry.kind == "sealed"}
    sums = case / "out" / "SHA256SUMS"
    if sums.is_file() and digest_of(sums.read_bytes()) not in sealed:
        return (_check("failed", "verify-not-sealed"),)
    return (_check("ok", "verify-ledger-ok", count=len(entries)),)


def _stated_head(case: Path) -> str | None:
    try:
        return str(json.loads((case / "out" / "manifest.json").read_bytes())["evidence_head"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _check(status: Literal["ok", "failed"], code: str, **values: object) -> Check:
    return Check(check="ledger", status=status, detail=say(code, values, speech.language()))


def _text(verdict: Verdict) -> str:
    signs = {"ok": "✓", "failed": "✗", "absent": "–"}
    lines = [f"{signs[check.status]} {check.detail}" for check in verdict.checks]
    end = (
        t("完好。", "Intact.")
        if verdict.intact
        else t("不完好：见上面标 ✗ 的各项。", "Not intact: see the lines marked ✗.")
    )
    return "\n".join([*lines, end])
