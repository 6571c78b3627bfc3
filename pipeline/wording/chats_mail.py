"""What the readers of mail have to say."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {
    "reads-eml": Wording(
        "info", "邮件（.eml），附件各自成为一份证据", "A mail (.eml); its attachments become exhibits"
    ),
    "reads-mbox": Wording("info", "邮箱导出文件（.mbox），一个文件里有多封邮件", "An mbox file with several mails"),
    "mail-headers": Wording("info", "开头是邮件的信头。", "It begins with the headers of a mail."),
    "mbox-headers": Wording(
        "info",
        "开头是 mbox 的“From ”行和邮件的信头。",
        "It begins with an mbox's “From ” line and the headers of a mail.",
    ),
    "mail-undated": Wording(
        "warning",
        "这封邮件没有写明日期，没有排进时间线。",
        "This mail has no Date header and is not on the timeline.",
    ),
    "mail-without-zone": Wording(
        "warning",
        "邮件的日期“{said}”没有可靠的时区，无法换算成北京时间。",
        "The date “{said}” of this mail states no zone that can be relied on; it is not converted.",
    ),
    "mail-received-first": Wording(
        "warning",
        "邮件写的日期“{said}”晚于它到达收件服务器的时间“{received}”，请核对日期是否可靠。",
        "The mail's date “{said}” is later than its arrival at the server, “{received}”; check whether it can be relied on.",
    ),
    "mail-charset": Wording(
        "warning",
        "这封邮件标明的文字编码是“{stated}”，实际按 {used} 读出，请核对文字。",
        "This mail states the charset “{stated}” but was read as {used}; check its wording.",
    ),
    "mail-charset-lost": Wording(
        "error",
        "这封邮件的文字有无法解码的字节（标明的编码是“{stated}”），缺失处显示为“�”。请从邮箱重新导出。",
        "Some bytes of this mail do not decode (stated charset “{stated}”); they show as “�”. Export it again.",
    ),
    "mail-html": Wording(
        "info",
        "这封邮件只有网页格式的正文，这里只取出其中的文字，版式和颜色不在内。",
        "This mail is HTML only; its words were taken out of it, without layout and colours.",
    ),
    "mail-without-text": Wording("info", "这封邮件没有文字正文。", "This mail has no text."),
    "mail-holds-chat": Wording(
        "info",
        "这封邮件的正文是微信分享的聊天记录，其中的 {count} 条消息已逐条读出；发件时间是聊天导出时间的佐证。",
        "The text of this mail is a shared WeChat chat, read as {count} messages; the mail's date shows when it was exported.",
    ),
    "mail-cut": Wording(
        "error",
        "这封邮件不完整，末尾缺失：已有的部分已读取，缺失的附件没有。请从邮箱重新导出。",
        "This mail is incomplete, its end is missing: what is there was read. Export it again.",
    ),
    "mail-too-large": Wording(
        "error",
        "这封邮件超过 {megabytes} MB，没有打开。请把附件另存后单独放进来。",
        "This mail is over {megabytes} MB and was not opened. Save its attachments and add them by themselves.",
    ),
    "mail-too-complex": Wording(
        "error",
        "这封邮件的结构异常（层次或部分过多），没有打开。请在邮箱里另存正文和附件，再放进来。",
        "This mail has too many parts or levels and was not opened. Save its text and attachments and add those.",
    ),
    "mbox-without-mails": Wording(
        "error",
        "这个 mbox 文件里没有找到完整的邮件。请从邮箱重新导出。",
        "No whole mail was found in this mbox. Export it again.",
    ),
    "attachment-name": Wording(
        "error",
        "邮件附件“{member}”的文件名不安全（指向别处或含控制字符），没有取出。请在邮箱里另存这个附件，改名后放进来。",
        "The attachment “{member}” has an unsafe name (points elsewhere, or holds control characters) and was not taken out. Save it under another name and add it.",
    ),
    "attachments-too-many": Wording(
        "error",
        "邮件的附件太多或太大，“{member}”没有取出。请在邮箱里另存这个附件，再放进来。",
        "There are too many attachments, or they are too large: “{member}” was not taken out. Save it and add it.",
    ),
    "nested-mail": Wording(
        "warning",
        "邮件“{name}”在压缩包或另一封邮件里面，正文已读取，但它的 {members} 个附件没有取出。请把这封邮件单独放进 inbox 文件夹。",
        "The mail “{name}” lies inside an archive or another mail: it was read, its {members} attachments were not. Add the mail itself to inbox.",
    ),
    "outlook-mail": Wording(
        "error",
        "这是 Outlook 的邮件文件（.msg），不能直接读取。请在 Outlook 里打开它，另存为 .eml（或转发到邮箱后下载 .eml），再放进来。",
        "This is an Outlook mail (.msg), which is not read. Save it as .eml (or forward it and download the .eml) and add that.",
    ),
}
