"""What assemble has to say."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {}
