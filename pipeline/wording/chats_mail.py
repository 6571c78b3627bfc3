"""What the readers of mail have to say."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {}
