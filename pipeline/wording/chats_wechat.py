"""What the readers of WeChat's exports and what people copy from it have to say."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {
    "reads-wechat-share-html": Wording(
        "info",
        "微信多选消息后以邮件分享的聊天记录（网页形式的邮件正文）",
        "WeChat messages shared by mail from the phone, as the mail's HTML",
    ),
    "reads-wechat-paste": Wording(
        "info",
        "从电脑版微信复制粘贴出来的聊天记录，以及合并转发的预览",
        "Messages copied from WeChat on a computer, and the previews of forwarded chats",
    ),
    "reads-memotrace-txt": Wording(
        "info",
        "留痕（MemoTrace）导出的聊天记录文本",
        "Chats saved as text by MemoTrace",
    ),
    "reads-wechatexporter-txt": Wording(
        "info",
        "WechatExporter 从手机备份导出的聊天记录文本",
        "Chats saved as text by WechatExporter from a phone's backup",
    ),
    "chat-paste-shape": Wording(
        "info",
        "每条消息前有“昵称 日期 时间”，是从电脑版微信复制的写法。",
        "A line of name, date and time stands above each message, as WeChat on a computer copies them.",
    ),
    "chat-time-first": Wording(
        "info",
        "每条消息前有“日期 时间 昵称”，下面是正文。",
        "A line of date, time and name stands above each message.",
    ),
    "chat-names-only": Wording(
        "info",
        "消息前只有“昵称：”，没有时间。",
        "Only a name and a colon stand above the messages; they have no time.",
    ),
    "chat-untimed": Wording(
        "warning",
        "有 {count} 条消息没有写时间，不能排进时间线。请从微信里连同时间一起重新复制，或提供截图。",
        "{count} messages state no time and are not on the timeline. Copy them again with their times, or add screenshots.",
    ),
    "chat-card-title": Wording(
        "info",
        "开头是合并转发的标题（“…的聊天记录”），下面是“昵称: 内容”的预览。",
        "It begins with the title of a forwarded chat, and lines of its preview follow.",
    ),
    "chat-exporter-title": Wording(
        "info",
        "第一行是 WechatExporter 写的标题（“… - 微信聊天记录”）。",
        "Its first line is the title that WechatExporter writes.",
    ),
    "chat-exporter-shape": Wording(
        "info",
        "每一行是“昵称 (日期 时间):正文”。",
        "Its lines are a name, a time in brackets, a colon and the text.",
    ),
}
