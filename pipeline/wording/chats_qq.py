"""What the readers of QQ have to say."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {}
