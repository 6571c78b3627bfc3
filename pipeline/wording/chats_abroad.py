"""What the readers of WhatsApp and Telegram have to say."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {}
