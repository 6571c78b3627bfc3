"""Stages that ask for too much."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from pipeline.contract import Inputs, Made
from pipeline.locate import WHOLE
from pipeline.model import Balance, Message, Reading, Value

MEGABYTE = 1 << 20
CHILD = f"kept = [bytearray(64 * {MEGABYTE}) for _ in range(100)]"
"""A program that asks for 6 GB, piece by piece."""


class Nothing(Value, frozen=True, kw_only=True):
    """No parameters."""


def said(text: str) -> Made:
    records = (Message(where=WHOLE, at=None, sender=None, text=text),)
    balance = Balance(unit="lines", total=1, records=1)
    return Made(document=Reading(reader="greedy@1", format="greedy", records=records, balance=balance))


def modest(inputs: Inputs, params: Any) -> Made:
    del inputs, params
    return said(str(os.getpid()))


def many_pieces(inputs: Inputs, params: Any) -> Made:
    del inputs, params
    return said(str(len([bytearray(16 * MEGABYTE) for _ in range(1000)])))


def one_piece(inputs: Inputs, params: Any) -> Made:
    del inputs, params
    return said(str(np.ones(8 << 30, np.uint8).sum()))


def in_a_thread_of_numpy(inputs: Inputs, params: Any) -> Made:
    """Native code that allocates for itself."""
    del inputs, params
    square = np.ones((30_000, 30_000))
    return said(str((square @ square).sum()))


def in_a_child(inputs: Inputs, params: Any) -> Made:
    """The child fails, and its parent tells how."""
    del inputs, params
    ran = subprocess.run([sys.executable, "-c", CHILD], capture_output=True, text=True, check=False)
    return said(ran.stderr.splitlines()[-1] if ran.stderr else "it had it all")


GREEDY: tuple[Callable[[Inputs, Any], Made], ...] = (many_pieces, one_piece, in_a_thread_of_numpy)
