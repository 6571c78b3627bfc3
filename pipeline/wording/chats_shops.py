"""What the readers of the chats of shop platforms, and declared tables have to say."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {}
