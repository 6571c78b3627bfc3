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
    "reads-chat-table": Wording(
        "info",
        'case.toml 的 [[sources]] 里以 format = "chat-table" 说明了各列含义的聊天记录表格（xlsx、xls、ods、csv、tsv）',
        'tables of messages whose columns [[sources]] of case.toml declares with format = "chat-table" (xlsx, xls, ods, csv, tsv)',
    ),
    "chat-header-not-found": Wording(
        "error",
        "在前 60 行里没有找到像聊天记录的表头（内容列，以及时间列或发送人列），文件未读取。请运行 dossier suggest，按它起草的 [[sources]] 说明各列。",
        "No header of messages (a text, and a time or a sender) was found in the first 60 rows; nothing was read. Run dossier suggest and declare the columns as it drafts.",
    ),
    "chat-text-not-declared": Wording(
        "error",
        "没有说明哪一列是消息内容（text），或表中没有这一列，这张表没有读取。请在 [[sources]] 的 columns 里写明 text。",
        "Which column holds the text is not declared, or it is not there; the sheet stays unread. Declare text under columns in [[sources]].",
    ),
    "chat-sheet-other": Wording(
        "info",
        "工作表“{sheet}”没有聊天记录的列名，没有读取。",
        "The sheet “{sheet}” has no columns of messages; it was not read.",
    ),
    "chat-columns-taken": Wording(
        "warning",
        "各列的含义是按列名理解的：{columns}。请核对；要放入卷宗，请用 dossier suggest 起草 [[sources]]，确认后写进 case.toml。",
        "The columns were taken by their names: {columns}. Check them; for a dossier, let dossier suggest draft [[sources]], confirm it and put it into case.toml.",
    ),
    "chat-column-doubtful": Wording(
        "warning",
        "分不清“{names}”里哪一列是 {field}，一列也没有采用。请在 [[sources]] 的 columns 里写明 {field}。",
        "Which of “{names}” is {field} cannot be told; none was taken. Declare {field} under columns in [[sources]].",
    ),
    "chat-side-unknown": Wording(
        "info",
        "有 {count} 条消息的“哪一方”写的是不认识的词（{words}），没有据此区分买家和店铺。",
        "{count} messages name their side in words that are not known ({words}); no side was taken from them.",
    ),
    "chat-type-unknown": Wording(
        "info",
        "有 {count} 条消息的类型是不认识的词（{words}），按内容判断。",
        "{count} messages name a type that is not known ({words}); it was told by their text.",
    ),
    "chat-rows-not-in-order": Wording(
        "info",
        "有 {count} 行的时间早于上一行：表格不是按时间排列的，次序照原样保留。",
        "{count} rows are earlier than the one above: the table is not in order of time; its own order is kept.",
    ),
    "chat-serial-dates": Wording(
        "info",
        "有 {count} 个时间是表格软件的日期序号（如 46092.5），按 1900 年日期系统换算。",
        "{count} times are a spreadsheet's serial numbers (such as 46092.5), read by its 1900 calendar.",
    ),
    "reads-jd-sessions": Wording(
        "info",
        "京东咚咚的会话记录表（xlsx、csv）：每一行是平台对一次咨询的记录",
        "the sheet of sessions of JD's Dongdong (xlsx, csv): a row is the platform's record of one inquiry",
    ),
    "jd-rows-are-sessions": Wording(
        "info",
        "这 {count} 条是平台对每次会话的统计（何时咨询、多久响应、是否解决等），不是聊天原文；原文见咚咚日志，可按顾客和时间对应。",
        "These {count} entries are the platform's figures on each session (when, how soon answered, whether solved), not what was said; the log holds that, by customer and time.",
    ),
    "jd-session-without-customer": Wording(
        "warning",
        "这一行没有写明顾客，无法判断是谁的会话，未读取。",
        "This row names no customer; whose session it is cannot be told, so it stays unread.",
    ),
    "jd-sheet-other": Wording(
        "info",
        "工作表“{sheet}”的列名不是会话记录，没有读取。",
        "The columns of the sheet “{sheet}” are not those of sessions; it was not read.",
    ),
}
