"""The wording table: every code of a note, of something unread, of an error and of a readiness line, in zh and en.

One module for each area that words something; here they become one table in which a code stands once.
"""

from __future__ import annotations

from pipeline.wording import (
    appraise,
    assemble,
    batch,
    case,
    chats,
    chats_abroad,
    chats_mail,
    chats_others,
    chats_qq,
    chats_shops,
    chats_tools,
    chats_wechat,
    cluster,
    decisions,
    exif,
    explain,
    ingest,
    machine,
    ocr,
    orders,
    pdf,
    screens,
    tables,
    timeline,
    verify,
    watch,
)
from pipeline.wording.base import Language, Wording

__all__ = ["WORDINGS", "Language", "Wording"]

_AREAS = (
    appraise,
    assemble,
    batch,
    case,
    chats,
    chats_abroad,
    chats_mail,
    chats_others,
    chats_qq,
    chats_shops,
    chats_tools,
    chats_wechat,
    cluster,
    decisions,
    exif,
    explain,
    ingest,
    machine,
    ocr,
    orders,
    pdf,
    screens,
    tables,
    timeline,
    verify,
    watch,
)

WORDINGS: dict[str, Wording] = {}
for _area in _AREAS:
    for _code, _row in _area.ROWS.items():
        if _code in WORDINGS:
            raise ValueError(f"the code {_code} is worded twice")
        WORDINGS[_code] = _row
