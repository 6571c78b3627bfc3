"""What the readers of LINE, Messenger, Slack, Discord and the rest have to say."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {}
