"""What the readers of WeChat's exports and what people copy from it have to say."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {}
