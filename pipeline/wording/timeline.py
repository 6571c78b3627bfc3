"""What timeline has to say."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {}
