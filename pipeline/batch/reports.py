"""What is told of a batch: as JSON, as JUnit XML for systems that run builds, and in lines for people."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

from pipeline.batch.engine import CaseRun
from pipeline.errors import Exit, Language, say, worst

__all__ = ["Report", "name_of"]

_MADE = ("dossier", "out", "exhibits", "events", "pages", "made", "reused", "unread")
_ERRORS = frozenset({Exit.BUG, Exit.LACKING, Exit.BUSY})
"""What JUnit calls an error: the case is not to blame. All else that is not complete it calls a failure."""

_NO_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 (2.2, Char) does not allow."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """A batch as it came out. `loose` are files below the root itself, which belong to no case; `closed` folders that
    could not be looked into.
    """

    root: Path
    runs: Sequence[CaseRun]
    loose: Sequence[Path]
    closed: Sequence[Path]
    seconds: float
    jobs: int
    language: Language

    @property
    def exit(self) -> Exit:
        """By the worst case."""
        closed = (Exit.LACKING,) if self.closed else ()
        return worst((*(run.exit for run in self.runs), *closed))

    def name(self, run: CaseRun) -> str:
        """A case's path below the root, or the root's own name."""
        return name_of(run.case, self.root)

    def json(self) -> dict[str, Any]:
        """The report as `--json` prints it and `--report` writes it; cases in natural order of path."""
        counts = Counter(int(run.exit) for run in self.runs)
        return {
            "root": _text(self.root),
            "exit": int(self.exit),
            "jobs": self.jobs,
            "seconds": round(self.seconds, 3),
            "cpu": round(sum(run.cpu for run in self.runs), 3),
            "counts": {str(code): counts[code] for code in sorted(counts)},
            "cases": [self._case(run) for run in self.runs],
            "loose": [_text(path.relative_to(self.root)) for path in self.loose],
            "closed": [_text(path.relative_to(self.root)) for path in self.closed],
        }

    def junit(self) -> bytes:
        """The report as JUnit XML: a test case for each case, in the order of the report."""
        failures = [run for run in self.runs if run.exit not in (Exit.COMPLETE, Exit.INTERRUPTED, *_ERRORS)]
        errors = [run for run in self.runs if run.exit in _ERRORS]
        skipped = [run for run in self.runs if run.exit == Exit.INTERRUPTED]
        counts = {"tests": len(self.runs), "failures": len(failures), "errors": len(errors), "skipped": len(skipped)}
        about = {name: str(count) for name, count in counts.items()} | {"time": f"{self.seconds:.3f}"}
        suites = Xml.Element("testsuites", about)
        suite = Xml.SubElement(suites, "testsuite", {"name": "dossier batch", **about})
        for run in self.runs:
            self._test_case(suite, run)
        Xml.indent(suites)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{Xml.tostring(suites, "unicode")}\n'.encode()

    def lines(self) -> Iterable[str]:
        """The report in lines: how many of which kind, then each case that needs a look, then what belongs to none."""
        counts = Counter(run.exit for run in self.runs)
        whole, partly = counts[Exit.COMPLETE], counts[Exit.UNREAD]
        values = {"cases": len(self.runs), "whole": whole, "partly": partly, "rest": len(self.runs) - whole - partly}
        yield say("batch-counts", values, self.language)
        for run in self.runs:
            if run.exit != Exit.COMPLETE:
                yield f"  · {self.name(run)}  {self.why(run)}"
        if self.loose:
            yield say("batch-loose", {"count": len(self.loose), "name": _text(Path(self.loose[0].name))}, self.language)
        for path in self.closed:
            yield say("batch-closed", {"name": _text(path.relative_to(self.root))}, self.language)

    def why(self, run: CaseRun) -> str:
        """In a sentence, what came of a case."""
        if reason := run.why(self.language):
            return reason
        summary = run.summary or {}
        values = {name: summary.get(name) for name in ("pages", "exhibits")}
        if run.exit == Exit.COMPLETE:
            return say("batch-made", values, self.language)
        names = "、".join(item["name"] for item in summary.get("unread", ()))
        return say("batch-partly", {**values, "names": names or "—"}, self.language)

    def _case(self, run: CaseRun) -> dict[str, Any]:
        summary = run.summary or {}
        code = run.error.code if run.error else "bug" if run.bug else None
        error = {"code": code, "message": run.why(self.language)} if code else None
        return {
            "case": self.name(run),
            "exit": int(run.exit),
            "seconds": run.seconds,
            "cpu": run.cpu,
            "memory": run.memory,
            **{name: summary.get(name) for name in _MADE},
            "error": error,
        }

    def _test_case(self, suite: Xml.Element, run: CaseRun) -> None:
        about = {"name": _xml(self.name(run)), "classname": "dossier", "time": f"{run.seconds:.3f}"}
        case = Xml.SubElement(suite, "testcase", about)
        if run.exit == Exit.COMPLETE:
            return
        said = {"message": _xml(self.why(run))}
        if run.exit == Exit.INTERRUPTED:
            Xml.SubElement(case, "skipped", said)
            return
        kind = "error" if run.exit in _ERRORS else "failure"
        Xml.SubElement(case, kind, {**said, "type": f"exit-{int(run.exit)}"})


def name_of(case: Path, root: Path) -> str:
    """A case's path below the root, or the root's own name."""
    return _text(case.relative_to(root) if case != root else Path(root.resolve().name))


def _text(path: Path) -> str:
    """A path as text that can be printed and encoded on one line, whatever bytes it has."""
    text = os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def _xml(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
