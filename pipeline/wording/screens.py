"""What screens has to say."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {
    "screen-tie": Wording(
        "warning",
        "这张图像两种页面（{screens}），无法断定是哪一种，因此只按文字行读取。",
        "The picture looks like two kinds of screen ({screens}) alike; it is read as plain lines.",
    ),
}
