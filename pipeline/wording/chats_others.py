"""What the readers of LINE, Messenger, Slack, Discord and the rest have to say."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {
    "reads-line-txt": Wording("info", "LINE 导出的文字聊天记录", "LINE's text export of a chat"),
    "reads-meta-json": Wording(
        "info", "Messenger 或 Instagram 导出的消息（JSON）", "Messenger's or Instagram's archive (JSON)"
    ),
    "reads-slack-json": Wording(
        "info", "Slack 导出的频道记录（每天一个 JSON）", "Slack's export of a channel, a JSON file a day"
    ),
    "reads-discord-json": Wording("info", "DiscordChatExporter 导出的 JSON", "DiscordChatExporter's JSON"),
    "reads-discord-csv": Wording("info", "DiscordChatExporter 导出的 CSV", "DiscordChatExporter's CSV"),
    "reads-discord-txt": Wording("info", "DiscordChatExporter 导出的文本", "DiscordChatExporter's plain text"),
    "reads-kakaotalk-txt": Wording("info", "KakaoTalk 导出的文字聊天记录", "KakaoTalk's text export of a chat"),
    "reads-kakaotalk-csv": Wording("info", "KakaoTalk 导出的 CSV（Mac 版）", "KakaoTalk's CSV export (Mac)"),
    "reads-googlechat-json": Wording(
        "info", "Google Chat 归档（Takeout）的消息", "Google Chat's messages from Takeout (JSON)"
    ),
    "reads-signal-md": Wording("info", "signal-export 导出的聊天记录", "A Signal chat as signal-export writes it"),
    "reads-signal-sigtop": Wording("info", "sigtop 导出的 Signal 聊天记录", "A Signal chat as sigtop writes it"),
    "reads-imessage-txt": Wording(
        "info", "imessage-exporter 导出的信息记录", "An iMessage chat as imessage-exporter writes it"
    ),
    "reads-feishu-json": Wording(
        "info", "飞书接口返回的消息（JSON）", "Messages as Feishu's interface gives them (JSON)"
    ),
    "chat-line-title": Wording("info", "开头有 LINE 聊天记录的标题。", "It begins with the title of a LINE chat."),
    "chat-line-shape": Wording(
        "info",
        "日期行和“时间、姓名、内容”的写法与 LINE 一致，但没有标题。",
        "Its days and rows have the shape of a LINE chat; the title is missing.",
    ),
    "chat-line-twelve": Wording(
        "warning",
        "“{said}”有两种理解（半夜 0 点或中午 12 点），这里按 0 点处理，请核对。",
        "“{said}” may mean midnight or noon; it is read as midnight, please check.",
    ),
    "chat-names-undecided": Wording(
        "warning",
        "有 {count} 条消息的姓名和内容之间只有空格，分不清哪里是姓名，所以没有写发送人，文字原样保留。请在 case.toml 的 [[people]] 里写上聊天中的姓名，或者用手机导出。",
        "In {count} messages only a blank parts name and text, and which words are the name cannot be told: they have no sender, the wording is kept. Name the people under [[people]] in case.toml, or export from the phone.",
    ),
    "chat-meta-keys": Wording(
        "info",
        "消息的字段名（sender_name、timestamp_ms）是 Messenger 或 Instagram 的。",
        "Its keys (sender_name, timestamp_ms) are those of Messenger and Instagram.",
    ),
    "chat-meta-sealed-keys": Wording(
        "info",
        "消息的字段名（senderName、threadName）是 Messenger 加密聊天的。",
        "Its keys (senderName, threadName) are those of Messenger's encrypted chats.",
    ),
    "chat-mojibake-repaired": Wording(
        "info",
        "文件把文字存成了乱码（这种导出的通病），已按固定规则还原；原文件没有改动。",
        "The file stores its wording garbled, as this export always does; it was restored by a fixed rule, the original is unchanged.",
    ),
    "chat-newest-first": Wording("info", "文件把最新的消息排在最前面。", "The file has its newest messages first."),
    "chat-reactions-left": Wording(
        "info",
        "有 {count} 条消息带有表情回应，卷宗里没有列出。",
        "{count} messages bear reactions, which are not listed.",
    ),
    "chat-slack-ts": Wording(
        "info",
        "每条消息的编号（ts）写法与 Slack 一致。",
        "Its messages bear the ids (ts) of Slack.",
    ),
    "chat-names-missing": Wording(
        "warning",
        "有 {count} 人只有编号、没有名字。请把同一次导出的 {file} 一并放入。",
        "{count} people are known by an id only. Add the file {file} of the same export.",
    ),
    "chat-discord-keys": Wording(
        "info",
        "文件的字段名（guild、channel、messages）是 DiscordChatExporter 的。",
        "Its keys (guild, channel, messages) are those of DiscordChatExporter.",
    ),
    "chat-discord-columns": Wording(
        "info",
        "表头（AuthorID、Author、Date、Content）是 DiscordChatExporter 的。",
        "Its header (AuthorID, Author, Date, Content) is that of DiscordChatExporter.",
    ),
    "chat-discord-banner": Wording(
        "info",
        "开头有 DiscordChatExporter 的频道说明。",
        "It begins with the banner of DiscordChatExporter.",
    ),
    "chat-row-odd": Wording(
        "warning",
        "这一行的列数与表头不一致，未读取。请提供没有改动过的导出文件。",
        "This row has other columns than the header; it stays unread. Supply the export unchanged.",
    ),
    "chat-kakao-title": Wording(
        "info", "开头有 KakaoTalk 聊天记录的标题。", "It begins with the title of a KakaoTalk chat."
    ),
    "chat-kakao-shape": Wording(
        "info", "日期行和消息的写法与 KakaoTalk 一致。", "Its days and rows have the shape of a KakaoTalk chat."
    ),
    "chat-kakao-columns": Wording(
        "info", "表头（Date、User、Message）是 KakaoTalk 的。", "Its header (Date, User, Message) is that of KakaoTalk."
    ),
    "chat-google-keys": Wording(
        "info",
        "消息的字段名（creator、created_date）是 Google Chat 归档的。",
        "Its keys (creator, created_date) are those of Google Chat's archive.",
    ),
    "chat-signal-shape": Wording(
        "info",
        "“[日期, 时间] 姓名: 内容”的写法与 signal-export 一致。",
        "Its rows have the shape that signal-export writes.",
    ),
    "chat-sigtop-shape": Wording(
        "info",
        "From、Type、Sent 的写法与 sigtop 一致。",
        "Its heads (From, Type, Sent) are those of sigtop.",
    ),
    "chat-imessage-shape": Wording(
        "info",
        "“时间、发送人、内容”分行的写法与 imessage-exporter 一致。",
        "Times, senders and texts stand in lines as imessage-exporter writes them.",
    ),
    "chat-feishu-keys": Wording(
        "info",
        "消息的字段名（message_id、msg_type、create_time、body）是飞书接口的。",
        "Its keys (message_id, msg_type, create_time, body) are those of Feishu's interface.",
    ),
    "chat-names-are-ids": Wording(
        "warning",
        "接口只给出发送人的编号，没有姓名。请在 case.toml 的 [[people]] 里用 aliases 写明编号对应的人。",
        "The interface names people by id only. Say who they are by aliases under [[people]] in case.toml.",
    ),
}
