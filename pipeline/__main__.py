"""`dossier`, and `python -P -m pipeline`, which is the same."""

from __future__ import annotations

import os
import sys
import warnings


def main() -> None:
    """Run the command line and leave with its exit code."""
    from pipeline.cli.app import run
    from pipeline.cli.endings import opened_streams

    _name_files_in_utf8()
    opened_streams()
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # a library's word on a damaged file: what matters of it is a note or unread
    sys.exit(run(sys.argv[1:]))


def _name_files_in_utf8() -> None:
    """Begin anew where files cannot bear Chinese names: a locale of ASCII, and Python told to keep to it."""
    from pipeline.cli.endings import speaks_chinese

    if not speaks_chinese(sys.getfilesystemencoding()) and os.environ.get("PYTHONUTF8") != "1":
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606


if __name__ == "__main__":
    main()
