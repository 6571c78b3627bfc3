"""What the readers of QQ have to say."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {
    "reads-qq-txt": Wording(
        "info",
        "电脑 QQ 消息管理器导出的文本（TXT）",
        "Text exported by the message manager of QQ on a computer",
    ),
    "reads-qq-share": Wording(
        "info",
        "手机 QQ 分享出来的聊天记录文本",
        "QQ messages shared as text from a phone",
    ),
    "reads-qq-paste": Wording(
        "info",
        "从电脑 QQ 聊天窗口复制粘贴的文本",
        "Text copied from a QQ chat window on a computer",
    ),
    "reads-qq-mht": Wording(
        "info",
        "电脑 QQ 消息管理器导出的网页档案（MHT，带图片）",
        "Web archive (MHT, with pictures) exported by the message manager of QQ",
    ),
    "reads-qqchatexporter-json": Wording(
        "info",
        "QQChatExporter 导出的 JSON，以及它的分块清单",
        "JSON exported by QQChatExporter, and its list of chunks",
    ),
    "reads-qqchatexporter-jsonl": Wording(
        "info",
        "QQChatExporter 分块导出的消息（JSONL）",
        "Messages of a chunked export by QQChatExporter (JSONL)",
    ),
    "reads-qqchatexporter-txt": Wording(
        "info",
        "QQChatExporter 导出的文本（TXT）",
        "Text exported by QQChatExporter",
    ),
    "qq-title": Wording(
        "info",
        "有 QQ 消息管理器导出文本的标题或“消息对象”边框。",
        "It has the title, or the borders around an object, of QQ's message manager.",
    ),
    "qq-headers": Wording(
        "info",
        "消息头的写法（时间、昵称、括号里的 QQ 号）与 QQ 消息管理器一致，但没有标题。",
        "Its headers (time, name, number in brackets) are those of QQ's message manager; the title is missing.",
    ),
    "qq-share-day": Wording(
        "info",
        "日期分隔行和带秒的消息头与手机 QQ 分享的文本一致。",
        "Its date separators, and headers with seconds, are those of text shared from QQ on a phone.",
    ),
    "qq-paste-titles": Wording(
        "info",
        "消息头以【头衔】开头，与从 QQ 群复制的文本一致。",
        "Its headers begin with a title in 【】, as in text copied from a QQ group.",
    ),
    "qq-paste-seconds": Wording(
        "info",
        "消息头是“昵称 日期 时:分:秒”，日期用斜杠，与从电脑 QQ 复制的文本一致。",
        "Its headers are name, date with slashes and a time with seconds, as in text copied from QQ.",
    ),
    "qq-paste-undated": Wording(
        "info",
        "消息头只有昵称和带秒的时间，没有日期，与从电脑 QQ 复制的当天消息一致。",
        "Its headers are a name and a time with seconds but no date, as QQ copies messages of the same day.",
    ),
    "qq-dateless": Wording(
        "warning",
        "有 {count} 条消息只写了时间没有日期，没有排进时间线。请从 QQ 的消息记录里重新复制或导出带日期的内容。",
        "{count} messages state a time but no date and are not on the timeline. Copy or export them again with their dates.",
    ),
    "qq-mht-heading": Wording(
        "info",
        "开头有 QQ 消息管理器导出网页档案的标记。",
        "It begins as a web archive of QQ's message manager does.",
    ),
    "qq-mht-pictures": Wording(
        "info",
        "聊天里的 {count} 张图片就在这个文件内部；列出的校验值是图片内容本身的，不是另外的文件。",
        "{count} pictures of the chat are inside this file; the digests stated are of those bytes, not of other files.",
    ),
    "qq-mht-picture-broken": Wording(
        "warning",
        "文件内部有 {count} 张图片已损坏或不完整，没有采用：{names}。请重新导出。",
        "{count} pictures inside the file are damaged or cut and were not taken: {names}. Export again.",
    ),
    "qq-mht-row-unknown": Wording(
        "warning",
        "这一段表格不是可以识别的消息，未读取。",
        "This row of the table is no message that is known; it stays unread.",
    ),
    "qq-mht-encoding": Wording(
        "error",
        "文件里的网页部分用了无法识别的编码（{said}），未读取。请用 QQ 重新导出。",
        "The page inside the file is in an encoding that is not known ({said}) and stays unread. Export again with QQ.",
    ),
    "qq-recalled-kept": Wording(
        "warning",
        "有 {count} 条消息被标为“已撤回”但仍有内容：这些内容是导出工具 {tool} 保留的，QQ 里已看不到，请核对后再引用。",
        "{count} messages are marked as taken back yet have their text: the tool {tool} kept it; QQ no longer shows it. Check before quoting.",
    ),
    "qqchatexporter-marks": Wording(
        "info",
        "有 QQChatExporter 导出文件的标记。",
        "It bears the marks of a file by QQChatExporter.",
    ),
    "qqchatexporter-shape": Wording(
        "info",
        "内容的写法与 QQChatExporter 导出的一致，但没有它的标记。",
        "Its content has the shape of an export by QQChatExporter; its mark is missing.",
    ),
    "qqchatexporter-manifest": Wording(
        "info",
        "这是分块导出的清单，消息在 {count} 个分块文件里；其中 {found} 个在证据中。",
        "This is the list of a chunked export: the messages are in {count} chunk files, {found} of which are among the evidence.",
    ),
    "qqchatexporter-chunks-missing": Wording(
        "warning",
        "分块清单里有 {count} 个分块文件不在证据中：{names}。请一并放入，否则聊天记录不完整。",
        "{count} chunk files of the list are not among the evidence: {names}. Add them, or the chat is not complete.",
    ),
}
