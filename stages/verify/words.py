"""A check with its sentence."""

from __future__ import annotations

from typing import Literal

from pipeline.errors import say
from stages.verify import Check

__all__ = ["told"]


def told(
    check: str,
    status: Literal["ok", "failed", "absent"],
    code: str,
    language: Literal["zh-CN", "en"],
    **values: object,
) -> Check:
    """A check worded by the table."""
    return Check(check=check, status=status, detail=say(code, values, language))
