"""The work: pure stages, in the order in which evidence becomes a dossier."""

from __future__ import annotations

from pipeline.contract import Stage
from stages.annotate import STAGE as ANNOTATE
from stages.appraise import STAGE as APPRAISE
from stages.assemble import STAGE as ASSEMBLE
from stages.chats import STAGE as CHATS
from stages.decisions import STAGE as DECISIONS
from stages.exif import STAGE as EXIF
from stages.ingest import STAGE as INGEST
from stages.ocr import STAGE as OCR
from stages.ocr.again import STAGE as AGAIN
from stages.orders import STAGE as ORDERS
from stages.orders.linked import STAGE as LINKED
from stages.screens import STAGE as SCREENS
from stages.seal import STAGE as SEAL
from stages.timeline import STAGE as TIMELINE

__all__ = ["ORDER"]

ORDER: tuple[Stage, ...] = (
    INGEST,
    EXIF,
    OCR,
    AGAIN,
    DECISIONS,
    SCREENS,
    CHATS,
    ORDERS,
    LINKED,
    TIMELINE,
    APPRAISE,
    ANNOTATE,
    ASSEMBLE,
    SEAL,
)
"""Reading it is reading the product."""
