"""Writes what the readers now make of a format's fixtures into its expected.json, for a person to read and compare.

`python -m tests.formats.expect fixtures/chats/qq-txt`; the parameters that stand there are kept.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.formats.test_fixtures import files_of, read, summary


def main(folder: Path) -> None:
    """Write the file anew."""
    expected = folder / "expected.json"
    known = json.loads(expected.read_bytes()) if expected.exists() else {}
    cases = {}
    for name in files_of(folder):
        params = known.get(name, {}).get("params", {})
        cases[name] = {"params": params, "reading": summary(read(folder.parent.name, folder, name, params))}
    expected.write_text(json.dumps(cases, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
