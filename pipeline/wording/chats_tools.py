"""What the readers of the JSON and CSV files of chat tools have to say."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {
    "reads-chatlab-json": Wording(
        "info",
        "ChatLab 通用聊天记录（JSON），包括小红书网页聊天导出",
        "ChatLab interchange files (JSON), Xiaohongshu's web chat among them",
    ),
    "reads-chatlab-jsonl": Wording(
        "info",
        "ChatLab 通用聊天记录（JSONL，每行一条）",
        "ChatLab interchange files (JSONL, one message a line)",
    ),
    "chatlab-header": Wording(
        "info",
        "文件里有 ChatLab 格式的标头。",
        "It has the header of ChatLab's format.",
    ),
    "chatlab-line": Wording(
        "info",
        "第一行是 ChatLab JSONL 的标头、成员或消息。",
        "Its first line is a header, member or message of ChatLab's JSONL.",
    ),
    "chat-not-in-order": Wording(
        "warning",
        "有 {count} 条消息的时间早于它前面的一条（第一处时间为“{said}”）：这里保持文件里的顺序，请核对是否被拼接或改动。",
        "{count} messages are earlier than the one before (the first at “{said}”): the file's order is kept; check whether it was joined or altered.",
    ),
    "chat-times-missing": Wording(
        "warning",
        "有 {count} 条消息的日期和时间读不出来，它们不会排进时间线。",
        "The date and time of {count} messages cannot be read; they are not on the timeline.",
    ),
    "chat-epochs-in-ms": Wording(
        "info",
        "有 {count} 条消息的时间戳写成了毫秒（格式规定为秒），已按毫秒理解。",
        "{count} messages give milliseconds where the format has seconds; they are read as milliseconds.",
    ),
    "chat-time-not-of-id": Wording(
        "warning",
        "有 {count} 条消息的时间与消息编号里的时间不一致（第一处时间戳为“{said}”）：文件可能被改动过，请核对。",
        "The time of {count} messages is not the one that their ids hold (the first is “{said}”): the file may have been altered.",
    ),
    "json-without-messages": Wording(
        "error",
        "文件里没有可以读取的消息列表：文件可能不完整。请重新导出。",
        "The file holds no list of messages that can be read; it may be incomplete. Export it again.",
    ),
    "json-line-broken": Wording(
        "error",
        "这一行不是完整的 JSON，未读取。请提供完整的文件。",
        "This line is not whole JSON; it stays unread. Supply the whole file.",
    ),
    "reads-xhs-media-manifest": Wording(
        "info",
        "小红书聊天导出的附件清单（核对 SHA-256）",
        "The media list of a Xiaohongshu chat export (SHA-256 digests are checked)",
    ),
    "reads-memotrace-csv": Wording(
        "info",
        "留痕 MemoTrace（WeChatMsg）导出的微信聊天 CSV",
        "WeChat messages as CSV from MemoTrace (WeChatMsg)",
    ),
    "reads-pywxdump-csv": Wording(
        "info",
        "PyWxDump / WeClone 导出的微信聊天 CSV",
        "WeChat messages as CSV from PyWxDump or WeClone",
    ),
    "reads-chatlog-json": Wording(
        "info",
        "chatlog 导出的微信聊天 JSON",
        "WeChat messages as JSON from chatlog",
    ),
    "reads-chatlog-csv": Wording(
        "info",
        "chatlog 导出的微信聊天 CSV",
        "WeChat messages as CSV from chatlog",
    ),
    "reads-chatlog-txt": Wording(
        "info",
        "chatlog 导出的微信聊天文本",
        "WeChat messages as text from chatlog",
    ),
    "reads-weflow-json": Wording(
        "info",
        "WeFlow / EchoTrace 导出的微信聊天 JSON",
        "WeChat messages as JSON from WeFlow or EchoTrace",
    ),
    "reads-wecom-jsonl": Wording(
        "info",
        "企业微信会话存档（解密后的 JSONL）",
        "WeCom's archive of conversations, opened by the firm (JSONL)",
    ),
    "memotrace-columns": Wording(
        "info",
        "表头是留痕 MemoTrace 的列名。",
        "Its header has the columns of MemoTrace.",
    ),
    "pywxdump-columns": Wording(
        "info",
        "表头是 PyWxDump 的列名。",
        "Its header has the columns of PyWxDump.",
    ),
    "chatlog-columns": Wording(
        "info",
        "表头是 chatlog 的列名。",
        "Its header has the columns of chatlog.",
    ),
    "chatlog-keys": Wording(
        "info",
        "消息的字段是 chatlog 的写法。",
        "Its messages have the keys of chatlog.",
    ),
    "chatlog-headers": Wording(
        "info",
        "消息头是 chatlog 的写法：昵称（微信号）和时间。",
        "Its headers are those of chatlog: name, id and time.",
    ),
    "weflow-keys": Wording(
        "info",
        "有会话信息，消息的字段是 WeFlow 的写法。",
        "It has a session block and messages with the keys of WeFlow.",
    ),
    "weflow-session": Wording(
        "info",
        "有 WeFlow 的会话信息，但没有消息列表。",
        "It has the session block of WeFlow but no list of messages.",
    ),
    "wecom-keys": Wording(
        "info",
        "第一行是企业微信会话存档的消息。",
        "Its first line is a message of WeCom's archive.",
    ),
    "media-manifest": Wording(
        "info",
        "清单里列出了附件的路径和 SHA-256。",
        "It lists media files with their paths and SHA-256.",
    ),
    "chat-row-broken": Wording(
        "error",
        "这一行的格子数量或内容与表头对不上，未读取。请重新导出，不要用 Excel 另存。",
        "The cells of this row do not fit the header; it stays unread. Export again without saving it in Excel.",
    ),
    "chat-columns-missing": Wording(
        "error",
        "没有找到需要的表头，文件未读取。请重新导出。",
        "The header with the needed columns was not found; the file stays unread. Export it again.",
    ),
    "chat-columns-shifted": Wording(
        "warning",
        "有 {count} 行的内容与表头错位，已按时间和编号的位置对齐，请核对。",
        "{count} rows are shifted against the header; they were aligned by their times and numbers. Check them.",
    ),
    "chat-cells-nameless": Wording(
        "warning",
        "有 {count} 行比表头长，多出来的格子没有列名，没有读取。",
        "{count} rows are longer than the header; their extra cells have no name and were not read.",
    ),
    "chat-date-incomplete": Wording(
        "warning",
        "有 {count} 条消息只写了“{said}”这样的时间，没有年份或日期，不会排进时间线。请用 JSON 格式重新导出，那里有完整的日期。",
        "{count} messages state only a time such as “{said}” without a year or date; they are not on the timeline. Export again as JSON, which has whole dates.",
    ),
    "media-missing": Wording(
        "warning",
        "清单里的附件“{name}”不在证据中。请放入完整的压缩包。",
        "The attachment “{name}” of the list is not among the evidence. Supply the whole archive.",
    ),
    "media-not-saved": Wording(
        "warning",
        "导出时有 {count} 个附件没有下载成功。如果网页上还能看到，请重新导出或截图。",
        "{count} attachments were not saved when the chat was exported. Export again or take screenshots while they can be seen.",
    ),
    "media-entry-unknown": Wording(
        "warning",
        "清单的这一项没有路径或校验值，无法核对。",
        "This entry of the list has no path or digest and cannot be checked.",
    ),
}
