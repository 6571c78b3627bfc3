"""Which engines read: what was asked for, against what the machine has."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from pipeline.contract import Tool
from pipeline.errors import MachineLacks
from stages.ocr.engines import Engine

__all__ = ["chosen", "engines_of", "tools_of"]

_ENGINES = {"tesseract": ("tesseract",), "rapidocr": ("rapidocr",), "both": ("rapidocr", "tesseract"), "none": ()}
"""By the name of a choice: the engine that reads, and the one that reads what it fails on and bears witness."""


def chosen(option: str, languages: tuple[str, ...], seconds: int) -> str:
    """The choice that an option comes to here: auto is both, else the one that is there; MachineLacks if none is."""
    if option != "auto":
        return option
    there = [name for name in ("rapidocr", "tesseract") if _is_there(partial(_tools, name, languages, seconds))]
    if not there:
        raise MachineLacks("no-engine")
    return there[0] if len(there) == 1 else "both"


def engines_of(choice: str, languages: tuple[str, ...], seconds: int) -> tuple[Engine, ...]:
    """The engines of a choice; one call of one may take `seconds`."""
    return tuple(_engine(name, languages, seconds) for name in _ENGINES[choice])


def tools_of(choice: str, languages: tuple[str, ...], seconds: int) -> tuple[Tool, ...]:
    """The fingerprints of a choice's engines; MachineLacks says what to install."""
    return tuple(tool for name in _ENGINES[choice] for tool in _tools(name, languages, seconds))


def _engine(name: str, languages: tuple[str, ...], seconds: int) -> Engine:
    if name == "rapidocr":
        from stages.ocr.engines.rapidocr import RapidOcr

        return RapidOcr(seconds)
    from stages.ocr.engines.tesseract import Tesseract

    return Tesseract(languages, seconds)


def _tools(name: str, languages: tuple[str, ...], seconds: int) -> tuple[Tool, ...]:
    return _engine(name, languages, seconds).fingerprint()


def _is_there(question: Callable[[], object]) -> bool:
    try:
        question()
    except MachineLacks:
        return False
    return True
