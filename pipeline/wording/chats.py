"""What chats has to say."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {
    "reads-wechat-share": Wording(
        "info",
        "微信多选消息后以邮件或文本分享的聊天记录",
        "WeChat messages shared as text or mail from the phone",
    ),
    "chat-title": Wording(
        "info",
        "开头有微信分享聊天记录的标题。",
        "It begins with the title of a shared WeChat chat.",
    ),
    "chat-shape": Wording(
        "info",
        "日期分隔行和“姓名+时间”的写法与微信分享的聊天记录一致，但没有标题。",
        "Its date separators and headers have the shape of a shared WeChat chat; the title is missing.",
    ),
    "format-tie": Wording(
        "warning",
        "这个文件同时符合多种格式：{formats}。请用 --format 指明一种。",
        "This file fits several formats: {formats}. Name one with --format.",
    ),
    "chat-dateless": Wording(
        "warning",
        "有 {count} 条消息前面没有日期分隔行，日期未知。请重新导出，把日期分隔行包含在内。",
        "{count} messages stand before any date separator: their date is unknown. Export again with the date included.",
    ),
    "chat-same-name": Wording(
        "warning",
        "标题里两个人同名（{name}），无法区分消息是谁发的。",
        "The title names two people alike ({name}); whose messages they are cannot be told.",
    ),
    "chat-second-title": Wording(
        "warning",
        "这里又出现一个聊天记录标题：可能是粘贴进来的另一段记录，请核对后面的消息属于谁。",
        "Another chat title stands here: it may be pasted or joined; check whose messages follow.",
    ),
    "chat-no-such-day": Wording(
        "warning",
        "日期分隔行写的“{said}”不是真实的日期，后面的消息没有日期。",
        "The separator says “{said}”, which is no date; the messages below it have none.",
    ),
    "chat-date-goes-back": Wording(
        "warning",
        "日期分隔行“{said}”早于前一个日期，请核对记录是否被拼接或改动。",
        "The separator “{said}” is earlier than the one before; check whether the text was joined or altered.",
    ),
    "chat-time-goes-back": Wording(
        "warning",
        "这条消息的时间“{said}”早于前一条，请核对记录是否被拼接或改动。",
        "This message's time “{said}” is earlier than the one before; check whether the text was joined or altered.",
    ),
    "chat-lookalike": Wording(
        "info",
        "这一行像消息头，但与本文件的写法不一致，按消息正文处理：{said}",
        "This line looks like a header but not as this file writes them; it is taken as text: {said}",
    ),
    "chat-empty-message": Wording(
        "info",
        "这条消息只有发送人和时间，没有内容。",
        "This message has a sender and a time but no content.",
    ),
    "chat-line-outside": Wording(
        "warning",
        "这些行不属于任何一条消息，未读取。",
        "These lines belong to no message and stay unread.",
    ),
    "line-not-decodable": Wording(
        "error",
        "这些行的文字编码已损坏，未读取。请提供原始文件。",
        "The bytes of these lines do not decode; they stay unread. Supply the original file.",
    ),
    "text-not-decodable": Wording(
        "error",
        "文字编码在第 {offset} 字节处损坏，文件未读取。请提供原始文件。",
        "The text does not decode at byte {offset}; the file stays unread. Supply the original file.",
    ),
}
