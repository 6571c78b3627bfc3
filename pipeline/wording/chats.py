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
    "date-order-stated": Wording(
        "info",
        "日期的先后顺序按您指定的“{order}”理解。",
        "The order of day, month and year is the one you stated: {order}.",
    ),
    "date-order-day-above-12": Wording(
        "info",
        "日期的先后顺序是 {order}：例如“{said}”只能这样理解。",
        "Dates are in the order {order}: “{said}” can only be read so.",
    ),
    "date-order-named": Wording(
        "info",
        "日期的先后顺序是 {order}：写“{said}”的消息带有 {other} 的文件名。",
        "Dates are in the order {order}: the message dated “{said}” names a file of {other}.",
    ),
    "date-order-weekday": Wording(
        "info",
        "日期的先后顺序是 {order}：“{said}”旁边写的星期几只能这样理解。",
        "Dates are in the order {order}: only so does “{said}” fall on the day of the week written beside it.",
    ),
    "date-order-no-step-back": Wording(
        "info",
        "日期的先后顺序是 {order}：换一种理解，时间会在“{said}”处倒退。",
        "Dates are in the order {order}: read otherwise the file would go back in time at “{said}”.",
    ),
    "date-order-unproved": Wording(
        "warning",
        '这个文件的日期（如“{said}”）分不清日和月的先后，所以这些消息没有排进时间线。请用 --date-order dmy（日/月/年）或 mdy（月/日/年）说明，或在 case.toml 里写：[[sources]] file = "文件名"，time = {{ order = "dmy" }}。',
        'Nothing in this file shows whether its dates (such as “{said}”) put the day or the month first, so its messages are not on the timeline. Say --date-order dmy or mdy, or in case.toml: [[sources]] file = "name", time = {{ order = "dmy" }}.',
    ),
    "date-order-contradicted": Wording(
        "warning",
        "这个文件的日期互相矛盾：“{said}”与“{other}”不能用同一种先后顺序理解，这些消息没有排进时间线。",
        "The dates of this file contradict each other: “{said}” and “{other}” cannot be in one order; its messages are not on the timeline.",
    ),
    "attachments-missing": Wording(
        "info",
        "聊天里提到的 {count} 个文件不在证据中：{names}。如果有，请一并放入。",
        "{count} files named in the chat are not among the evidence: {names}. Add them if you have them.",
    ),
    "attachments-ambiguous": Wording(
        "warning",
        "聊天里提到的 {count} 个文件名各对应几个不同的文件，无法确定是哪一个：{names}。",
        "{count} names in the chat belong to several different files each; which is meant cannot be told: {names}.",
    ),
    "attachment-alike": Wording(
        "info",
        "没有找到“{name}”，但有名字相近的“{file}”：未作为附件，请核对。",
        "“{name}” is not there, but “{file}” looks like it; it is not taken for the attachment.",
    ),
    "file-beyond-limit": Wording(
        "warning",
        "文件太大：只读取了前 {megabytes} MB，其余没有读取。请导出较短的时间段。",
        "The file is too large: its first {megabytes} MB were read, the rest was not. Export a shorter period.",
    ),
    "chats-of-others": Wording(
        "warning",
        '文件里有 {count} 个会话，只读取了与本案买家有关的 {read} 个；其他人的会话没有进入卷宗。要读取，请在 case.toml 的 [[people]] 里写上对方的名字并注明 side = "customer"。',
        'The file holds {count} conversations; {read} with this case\'s customers were read, those of others stay out. To read one, name its person in case.toml under [[people]] with side = "customer".',
    ),
    "json-cut": Wording(
        "error",
        "文件在第 {offset} 字节处不再是完整的 JSON：之前的 {count} 条已读取，之后的没有读取。请提供完整的文件。",
        "From byte {offset} on the file is not JSON: {count} items before it were read, what follows was not. Supply the whole file.",
    ),
    "chat-item-unknown": Wording(
        "warning",
        "这一项不是可以识别的消息，未读取。",
        "This item is no message that is known; it stays unread.",
    ),
    "chat-time-unreadable": Wording(
        "warning",
        "时间“{said}”读不出来，这条消息没有时间。",
        "The time “{said}” cannot be read; the message has none.",
    ),
    "chat-time-from-id": Wording(
        "info",
        "消息的时间是从消息编号推算的，不是页面显示的时间。",
        "The messages' times are worked out from their ids; the page did not show them.",
    ),
    "chat-count-differs": Wording(
        "warning",
        "文件自称有 {declared} 条消息，实际读到 {found} 条。",
        "The file states {declared} messages; {found} were found.",
    ),
    "chat-preview-only": Wording(
        "warning",
        "这是合并转发的预览，只有前几行，不是完整的聊天记录。",
        "This is the preview of a forwarded chat: a few lines of it, not all.",
    ),
    "chat-clock-odd": Wording(
        "info",
        "时间“{said}”把 12 小时制和 24 小时制混在一起，按 24 小时制理解。",
        "The time “{said}” mixes clocks of 12 and 24 hours; it is read by 24.",
    ),
    "chat-ids-rounded": Wording(
        "warning",
        "消息编号像是被 Excel 改过（末尾是 0000），编号不可靠。",
        "The message ids look as if Excel had rounded them (ending in 0000) and cannot be relied on.",
    ),
    "chat-times-differ": Wording(
        "warning",
        "时间戳与文字时间不一致（“{said}”）：以时间戳为准。",
        "The epoch and the written time (“{said}”) differ: the epoch counts.",
    ),
    "media-digest-differs": Wording(
        "error",
        "附件“{name}”与清单记录的校验值不一致：文件被改过，或不是同一个。",
        "The attachment “{name}” does not have the digest that the manifest states: it was changed, or is another.",
    ),
}
