"""Tiny stages as tests of many machines need them; workers import them by name."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import tiny_stages

from pipeline.contract import Inputs, Made
from pipeline.locate import WHOLE
from pipeline.model import Balance, Message, Reading


def beside(inputs: Inputs, params: Any) -> Made:
    """Reads the bytes of every file of the case, and takes a file that it does not get for one that is not there."""
    del params
    texts = []
    for name, digest in sorted(inputs.siblings.items()):
        try:
            texts.append(f"{name}: {inputs.path(digest).read_text()}")
        except LookupError:
            texts.append(f"{name}: -")
    return reading("\n".join(texts))


def once(inputs: Inputs, params: Any) -> Made:
    """What says `wait` waits as long as the file stands that its second line names, and says so in a file beside it."""
    del params
    text = inputs.data().decode()
    word, _, flag = text.strip().partition("\n")
    if word == "wait":
        (Path(f"{flag}.{os.getpid()}")).touch()
        while Path(flag).exists():
            time.sleep(0.05)
    return reading(word)


def reading(text: str) -> Made:
    records = (Message(where=WHOLE, at=None, sender=None, text=text),)
    return Made(
        document=Reading(
            reader="tiny@1", format="tiny", records=records, balance=Balance(unit="lines", total=1, records=1)
        )
    )


BESIDE = (tiny_stages.INGEST, replace(tiny_stages.READ, run=beside, reads_siblings=True), *tiny_stages.ORDER[2:])
ONCE = (tiny_stages.INGEST, replace(tiny_stages.READ, run=once), *tiny_stages.ORDER[2:])
