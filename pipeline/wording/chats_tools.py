"""What the readers of the JSON and CSV files of chat tools have to say."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {}
