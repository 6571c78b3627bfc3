"""What the readers of the chats of shop platforms, and declared tables have to say."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {
    "reads-qianniu-txt": Wording(
        "info",
        "千牛（旺旺）消息管理器导出的文本聊天记录",
        "chats that Qianniu's (Wangwang's) message manager saved as text",
    ),
    "qianniu-rules": Wording(
        "info",
        "有千牛消息管理器为每位买家画的分隔线，记录的写法也一致。",
        "It has the rule that Qianniu draws for each buyer, and records of its form.",
    ),
    "qianniu-records": Wording(
        "info",
        "“昵称(日期 时间):  正文”的写法与千牛导出的一致，但没有买家分隔线。",
        "Its records have Qianniu's form, nick(date time):  text; the rules of buyers are missing.",
    ),
    "qianniu-older": Wording(
        "info",
        "“日期 时间 昵称: 正文”的写法与旧版旺旺导出的一致。",
        "Its records have the form of an older Wangwang: date time nick: text.",
    ),
    "chat-emoji-lost": Wording(
        "info",
        "这个文件是 GBK 编码，存不下表情符号：{count} 条消息里有问号“?”，原来可能是表情。请以截图核对。",
        "The file is in GBK, which holds no emoji: {count} messages show “?”, where an emoji may have stood. Check a screenshot.",
    ),
    "reads-qianniu-paste": Wording(
        "info",
        "从千牛聊天窗口复制出来的聊天记录",
        "messages copied from Qianniu's chat window",
    ),
    "qianniu-heads": Wording(
        "info",
        "昵称紧接日期时间，或“客服 --> 买家”的写法，是从千牛窗口复制的。",
        "Nicks glued to the time, or “agent --> buyer”, are how Qianniu's window copies.",
    ),
    "qianniu-states": Wording(
        "info",
        "消息之间有单独一行的“已读/未读”，是从千牛窗口复制的。",
        "Lines of 已读 or 未读 stand between messages, as Qianniu's window copies them.",
    ),
    "qianniu-two-lines": Wording(
        "info",
        "昵称和时间各占一行，像是从千牛窗口复制的。",
        "Nick and time stand on two lines, as Qianniu's window copies them.",
    ),
    "reads-jd-log": Wording(
        "info",
        "京东咚咚导出的聊天日志（.log、.txt）",
        "chat logs of JD's Dongdong (.log, .txt)",
    ),
    "jd-sessions-marked": Wording(
        "info",
        "有京东咚咚的“以下为一通会话”分隔行。",
        "It has the marks that JD's Dongdong sets around each session.",
    ),
    "jd-session-open": Wording(
        "info",
        "这通会话没有结束标记：可能被截断，或导出时仍在进行。",
        "This session has no end mark: it may be cut, or was still going on when it was exported.",
    ),
}
