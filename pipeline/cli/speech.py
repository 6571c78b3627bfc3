"""The terminal's language: --language, else DOSSIER_LANG, else zh-CN; settled before any command is loaded."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import cast

from pipeline.errors import Language

__all__ = ["choose", "language", "t"]

_chosen: list[Language] = ["zh-CN"]


def choose(arguments: Sequence[str], environ: Mapping[str, str] = os.environ) -> Language:
    """Settle the language by the command's arguments and the environment; what is not a language is not taken."""
    wanted = environ.get("DOSSIER_LANG", "")
    for index, argument in enumerate(arguments):
        if argument == "--language" and index + 1 < len(arguments):
            wanted = arguments[index + 1]
        elif argument.startswith("--language="):
            wanted = argument.removeprefix("--language=")
    _chosen[0] = cast("Language", wanted) if wanted in ("zh-CN", "en") else "en" if wanted.startswith("en") else "zh-CN"
    return _chosen[0]


def language() -> Language:
    """The language settled on."""
    return _chosen[0]


def t(zh: str, en: str) -> str:
    """The text in the terminal's language."""
    return zh if _chosen[0] == "zh-CN" else en
