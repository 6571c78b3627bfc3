"""What stands in a message for a picture, a voice message, a transfer: words in brackets, in the languages of apps."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.model import MessageType

__all__ = ["PLACEHOLDERS", "kind_of"]

_WORDS: dict[MessageType, str] = {
    "image": "图片 照片 相片 圖片 闪照 原图 截图 image photo picture 사진 写真",
    "video": "视频 影片 短视频 小视频 視頻 video 동영상 動画",
    "voice": "语音 語音 语音消息 录音 语音留言 voice audio 음성메시지 ボイスメッセージ",
    "file": "文件 檔案 附件 file document 파일 ファイル",
    "sticker": "表情 动画表情 表情包 貼圖 贴纸 大表情 商城表情 sticker emoji 이모티콘 スタンプ",
    "location": "位置 定位 地理位置 位置資訊 location 지도 位置情報",
    "link": "链接 分享 音乐 小程序 视频号 公众号 连结 商品 商品卡片 link",
    "transfer": "转账 微信转账 轉賬 transfer",
    "red-packet": "红包 微信红包 QQ红包 口令红包 red-packet",
    "call": "语音通话 视频通话 通话 語音通話 視訊通話 call",
    "other": "名片 聊天记录 合并转发 收藏 卡片消息 未知消息 contact",
}
PLACEHOLDERS: dict[str, MessageType] = {word: kind for kind, words in _WORDS.items() for word in words.split()}
"""The word and the type of message it stands for."""

_ALONE = re.compile(r"[\[【〔]\s*(?P<word>[^\[\]【】〔〕:：\s]{1,12})(?:\s*[:：]?\s*(?P<rest>[^\]】〕]*))?[\]】〕]")


def kind_of(lines: Iterable[str]) -> MessageType:
    """The type of a body: that of its placeholders, if it holds nothing else and they are of one type."""
    found: set[MessageType | None] = set()
    for line in lines:
        text = line.strip()
        if not text:
            continue
        if text[0] not in "[【〔" or _ALONE.sub("", text).strip():
            return "text"
        found.update(PLACEHOLDERS.get(match["word"]) for match in _ALONE.finditer(text))
    return (found.pop() or "text") if len(found) == 1 else "text"
