"""Words of the exhibits and of the parts after them, in Chinese and English."""

from __future__ import annotations

__all__ = ["WORDS"]

WORDS: dict[str, tuple[str, str]] = {
    # exhibits
    "exhibits": ("证据", "Exhibits"),
    "clean-page": ("原貌页", "as received"),
    "marked-page": ("标注页", "marked"),
    "printed-page": ("排印页", "typeset"),
    "part": ("（{part}/{parts}）", " ({part}/{parts})"),
    "clean-lead": ("原貌页。图中内容未加标注。", "As received, without marks."),
    "clean-masked-lead": (
        "原貌页。黑色遮盖（个人信息）为本卷宗所加；原始文件未作改动，哈希见第 {page} 页。",
        "As received. The black masks (personal data) were added here; the original is unaltered, digest on "
        "page {page}.",
    ),
    "marked-lead": (
        "标注页。方框和编号为本卷宗所加；原始文件未作改动，哈希见第 {page} 页。",
        "Marked. Boxes and numbers were added here; the original is unaltered, digest on page {page}.",
    ),
    "marked-masked-lead": (
        "标注页。方框、编号和遮盖（个人信息）为本卷宗所加；原始文件未作改动，哈希见第 {page} 页。",
        "Marked. Boxes, numbers and masks (personal data) were added here; the original is unaltered, digest "
        "on page {page}.",
    ),
    "slice-of": (
        "长图第 {part} 段，共 {parts} 段（像素行 {top}–{bottom}）",
        "Part {part} of {parts} (rows {top}–{bottom})",
    ),
    "strip-of": (
        "横幅过宽，从左到右分为 {parts} 段排列。",
        " A wide strip, shown in {parts} parts from left to right.",
    ),
    "converted": (
        "原件为 {format} 格式，图像经转存后放入本卷宗。",
        " The original is a {format} file; its picture was converted to be shown here.",
    ),
    "pdf-page": (
        "原 PDF 第 {page} 页，共 {pages} 页。",
        " Page {page} of {pages} of the PDF.",
    ),
    "pdf-part": ("该页第 {part} 段，共 {parts} 段。", " Part {part} of {parts} of this page."),
    "too-wide": (
        "原图过宽（{width}×{height} 像素），缩印；请看原件。",
        "The picture is too wide ({width}×{height} px) and printed small; see the original.",
    ),
    "too-tall": (
        "原图过长（{width}×{height} 像素），缩印；请看原件。",
        "The picture is too tall ({width}×{height} px) and printed small; see the original.",
    ),
    "fact-file": ("文件名", "File"),
    "fact-received": ("收到", "Received"),
    "dated-by": ("{time}（据{basis}）", "{time} (by {basis})"),
    "file-name": ("文件名", "file name"),
    "fact-size": ("尺寸", "Size"),
    "fact-pixels": ("{width}×{height} 像素，{bytes} 字节", "{width}×{height} px, {bytes} bytes"),
    "fact-pages": ("{pages} 页，{bytes} 字节", "{pages} pages, {bytes} bytes"),
    "fact-lines-exact": ("原件自带文字 {count} 行", "{count} lines of text in the file itself"),
    "fact-digest": ("SHA-256 前 16 位", "SHA-256, first 16"),
    "fact-dated": ("时间线索", "Dates"),
    "fact-lines": ("文字", "Text"),
    "fact-lines-read": ("机器识别 {count} 行，可在本页检索", "{count} lines read by machine, searchable here"),
    "fact-used": ("用于", "Used for"),
    "see-marked": ("标注见第 {page} 页", "Marked on page {page}"),
    "sheet-lead": (
        "由本卷宗按原始文件排印，逐项注明原表行号；原始文件未作改动。",
        "Typeset from the original, each value with the row it comes from; the original is unaltered.",
    ),
    "sheet-other-orders": (
        "原表另有他人订单，未收入本卷宗。",
        "The table also holds orders of other people; they are not included.",
    ),
    "record-order": ("订单 {id}", "Order {id}"),
    "record-payment": ("支付 {id}", "Payment {id}"),
    "record-refund": ("退款 {id}", "Refund {id}"),
    "record-shipment": ("包裹 {id}", "Parcel {id}"),
    "record-track": ("物流轨迹 {id}（{count} 条）", "Track of {id} ({count} scans)"),
    "column-state": ("状态", "State"),
    "record-settlement": ("资金流水 {id}", "Settlement {id}"),
    "column-field": ("项目", "Field"),
    "column-value": ("内容", "Value"),
    "column-place": ("原表位置", "Place"),
    "field-order_id": ("订单号", "Order"),
    "field-sub_order_id": ("子订单号", "Sub-order"),
    "field-transaction_id": ("交易号", "Transaction"),
    "field-status": ("状态", "Status"),
    "field-party": ("对方", "Party"),
    "field-text": ("说明", "Text"),
    "field-tracking": ("物流单号", "Tracking"),
    "field-buyer": ("买家", "Buyer"),
    "field-name": ("收货人", "Receiver"),
    "field-phone": ("电话", "Phone"),
    "field-address": ("地址", "Address"),
    "field-item": ("商品", "Item"),
    "field-goods": ("商品总价", "Goods"),
    "field-shipping": ("运费", "Shipping"),
    "field-discount": ("优惠", "Discount"),
    "field-payable": ("应付", "Payable"),
    "field-paid": ("实付", "Paid"),
    "field-received": ("实收", "Received"),
    "field-refunded": ("已退", "Refunded"),
    "step-created": ("下单", "Ordered"),
    "step-paid": ("付款", "Paid"),
    "step-shipped": ("发货", "Shipped"),
    "step-collected": ("揽收", "Collected"),
    "step-signed": ("签收", "Signed for"),
    "step-confirmed": ("确认收货", "Confirmed"),
    "step-completed": ("完成", "Completed"),
    "step-refund_applied": ("申请退款", "Refund asked"),
    "step-refunded": ("退款", "Refunded"),
    "step-closed": ("关闭", "Closed"),
    "field-linked": ("关联记录", "Linked"),
    "linked-by": ("证据{label} 的{record}：都写着 {number}", "Exhibit {label}, {record}: both state {number}"),
    "linked-order": ("订单", "order"),
    "linked-payment": ("支付记录", "payment"),
    "linked-refund": ("退款售后记录", "refund"),
    "linked-shipment": ("包裹", "parcel"),
    "linked-scan": ("物流轨迹", "parcel scans"),
    "linked-settlement": ("结算记录", "settlement"),
    "time-created": ("下单时间", "Created"),
    "time-paid": ("付款时间", "Paid at"),
    "time-promised_ship": ("承诺发货", "Promised shipping"),
    "time-shipped": ("发货时间", "Shipped at"),
    "time-signed": ("签收时间", "Signed for at"),
    "time-confirmed": ("确认收货", "Confirmed at"),
    "time-completed": ("完成时间", "Completed at"),
    "time-refund_applied": ("申请退款", "Refund asked at"),
    "time-refunded": ("退款时间", "Refunded at"),
    "time-closed": ("关闭时间", "Closed at"),
    "time-scanned": ("扫描时间", "Scanned at"),
    "cells": ("原表单元格", "Cells as printed"),
    "transcript-lead": (
        "由本卷宗按原始文件排印，消息按文件中的顺序编号；右侧为申诉人，左侧为对方，无法分辨的不加边框。",
        "Typeset from the original, messages numbered in the order of the file; the applicant right, the customer "
        "left, unknown sides without a frame.",
    ),
    "chat-span-label": ("起止", "From and to"),
    "chat-missing-label": ("完整性", "Completeness"),
    "chat-silence-label": ("间隔", "Silences"),
    "chat-origin-label": ("来源与时间", "Origin, times"),
    "chat-proof-label": ("证明力", "What it proves"),
    "completeness": (
        "首条 {first}，末条 {last}，共 {count} 条（{sides}）。",
        "First {first}, last {last}, {count} messages ({sides}).",
    ),
    "chat-called": ("会话“{name}”。", "Chat “{name}”. "),
    "chat-called-group": ("群聊“{name}”。", "Group chat “{name}”. "),
    "chat-side-self": ("申诉人 {count}", "applicant {count}"),
    "chat-side-other": ("对方 {count}", "customer {count}"),
    "chat-side-system": ("系统提示 {count}", "notices {count}"),
    "chat-side-unknown": ("不分左右 {count}", "side unknown {count}"),
    "chat-shortened": (
        "消息较多，这里排印被引用的消息及其前后各 20 条，以及首尾各 10 条，共 {printed} 条；"
        "其余 {rest} 条在原位注明略去，编号不变，全部内容见 timeline.json 和原始文件。",
        " Of so many, those that are cited are printed with 20 on either side, and 10 at each end: {printed}. The "
        "other {rest} are counted where they are left out; numbers stay, timeline.json and the original hold all.",
    ),
    "completeness-differs": (
        "文件自报 {declared} 条，实际读到 {count} 条，两者不符。",
        " The file states {declared} messages; {count} were read.",
    ),
    "completeness-agrees": ("与文件自报的 {declared} 条一致。", " As many as the file states ({declared})."),
    "chat-nothing-missing": (
        "文件中的消息全部读出；文件没有声明总数，是否为全部聊天无法由文件本身判断。",
        "All messages of the file were read; it states no total, so the file itself cannot show whether the chat is "
        "whole.",
    ),
    "chat-recalled": (
        "有 {count} 条被撤回（第 {numbers} 条），撤回的提示保留在原位。",
        " Recalled: {count} (no. {numbers}); shown in place.",
    ),
    "chat-edited": ("有 {count} 条被编辑过（第 {numbers} 条）。", " Edited: {count} (no. {numbers})."),
    "numbers-more": (" 等", " …"),
    "chat-attached-all": ("附件 {count} 个，均在证据中。", " Attachments: {count}, all among the exhibits."),
    "chat-attached-lost": (
        "附件 {count} 个，其中 {lost} 个不在证据中。",
        " Attachments: {count}, of which {lost} not among the exhibits.",
    ),
    "chat-no-silence": (
        "没有三天以上的间隔，时间没有倒退。",
        "No silence of three days or more; time never goes back.",
    ),
    "chat-silences": ("三天以上的间隔 {count} 处：{shown}。", "Silences of three days or more: {count}; {shown}."),
    "chat-silence": (
        "第 {number}、{next} 条之间 {length}（{since} 至 {until}）",
        "{length} between no. {number} and {next} ({since} to {until})",
    ),
    "chat-steps-back": (
        "有 {count} 处时间早于前一条（第 {numbers} 条），按文件顺序排印。",
        " Times earlier than the one before: {count} (no. {numbers}); printed in the order of the file.",
    ),
    "chat-origin": ("{formats}。", "{formats}."),
    "chat-zone-stated": (
        "时间为导出文件记录的时间戳（含时区），按 {offset} 显示。",
        " Times are instants that the export records, shown at {offset}.",
    ),
    "chat-zone-platform": (
        "文件只写钟面时间、不写时区，按平台所在时区（{offset}）理解。",
        " Times are written without a zone and taken at the platform's ({offset}).",
    ),
    "chat-zone-case": (
        "文件只写钟面时间、不写时区，按本案设定的时区（{offset}）理解。",
        " Times are written without a zone and taken at the one set for this case ({offset}).",
    ),
    "chat-zone-unknown": ("文件只写钟面时间，时区不明。", " Times are written without a zone; it is unknown."),
    "chat-zone-none": ("消息没有可用的日期。", " No message has a date."),
    "chat-grain": ("时间{grain}。", " Times are {grain}."),
    "chat-proof": (
        "导出的聊天记录是当事人自行制作、可以编辑的副本；哈希（第 {page} 页）只证明它自收入卷宗后未被改动。",
        "An exported chat is a copy that a party made and could edit; its digest (page {page}) only proves that it has "
        "not changed since it was received.",
    ),
    "mail-proof": (
        "邮件文件由当事人提交、可以编辑；哈希（第 {page} 页）只证明它自收入卷宗后未被改动，发件服务器的记录可供核对。",
        "A mail file is handed in by a party who could edit it; its digest (page {page}) only proves that it has not "
        "changed since it was received; the sender's server has its own record.",
    ),
    "omits-chats-of-others": (
        "原文件共有 {count} 个会话，这里只有与本案买家有关的 {read} 个，其他人的会话没有收入本卷宗。",
        " The original holds {count} conversations; here are the {read} with this case's customer, those of others are "
        "not included.",
    ),
    "omits-chat-preview-only": (
        "其中合并转发的聊天只有预览的几行，不是全文。",
        " Of a forwarded chat only the preview's lines are there, not all of it.",
    ),
    "omits-json-cut": (
        "原文件不完整，在第 {offset} 字节处中断，之后的内容没有读到。",
        " The original breaks off at byte {offset}; what follows was not read.",
    ),
    "omits-file-beyond-limit": (
        "原文件很大，只读取了前 {megabytes} MB。",
        " Of the large original the first {megabytes} MB were read.",
    ),
    "omits-chat-dateless": (
        "有 {count} 条消息日期不明。",
        " The date of {count} messages is unknown.",
    ),
    "omits-date-order-unproved": (
        "文件的日期（如“{said}”）分不清日和月的先后，消息没有排进时间线。",
        " Whether dates such as “{said}” put the day or the month first is unproved; the messages are not on the "
        "timeline.",
    ),
    "chat-named": ("会话：{name}", "Conversation: {name}"),
    "left-out": (
        "此处略去 {count} 条（第 {first}–{last} 条）",
        "{count} left out here (no. {first}–{last})",
    ),
    "left-out-dated": (
        "此处略去 {count} 条（第 {first}–{last} 条），{since} 至 {until}",
        "{count} left out here (no. {first}–{last}), {since} to {until}",
    ),
    "completeness-unread": (
        "另有 {count} 处未能读取，见第 {page} 页。",
        "{count} places were not read, see page {page}.",
    ),
    "message-no-time": ("时间不明", "no time"),
    "message-no-sender": ("发送人不明", "sender unknown"),
    "message-edited": ("已编辑", "edited"),
    "message-recalled": ("已撤回，导出工具保留了内容", "recalled; the exporting tool kept the words"),
    "message-recall": ("撤回提示，文件中没有被撤回的内容", "a recall; the file does not hold what was recalled"),
    "message-reply": ("回复：{text}", "In reply to: {text}"),
    "message-reply-numbered": ("回复第 {number} 条：{text}", "In reply to no. {number}: {text}"),
    "mail-subject": ("主题：{text}", "Subject: {text}"),
    "mail-to": ("收件人：{names}", "To: {names}"),
    "mail-to-more": (" 等，另有 {count} 人", " and {count} more"),
    "type-text": ("〔空白消息〕", "[empty message]"),
    "type-image": ("〔图片〕", "[picture]"),
    "type-voice": ("〔语音〕", "[voice]"),
    "type-video": ("〔视频〕", "[video]"),
    "type-file": ("〔文件〕", "[file]"),
    "type-sticker": ("〔表情〕", "[sticker]"),
    "type-link": ("〔链接〕", "[link]"),
    "type-location": ("〔位置〕", "[location]"),
    "type-transfer": ("〔转账〕", "[transfer]"),
    "type-red-packet": ("〔红包〕", "[red packet]"),
    "type-call": ("〔通话〕", "[call]"),
    "type-poll": ("〔投票〕", "[poll]"),
    "type-system": ("〔系统提示〕", "[notice]"),
    "type-recall": ("〔撤回了一条消息〕", "[recalled message]"),
    "type-other": ("〔其他消息〕", "[other message]"),
    "message-attached-found": ("附件：{name}（证据 {label}）", "Attached: {name} (exhibit {label})"),
    "message-attached-missing": ("附件：{name}（不在证据中）", "Attached: {name} (not among the exhibits)"),
    "mail-lead": ("邮件的附件依次列在后面。", "The mail's attachments follow."),
    "archive-lead": ("压缩包，其中的文件依次列在后面。", "An archive; its files follow."),
    "plain-lead": ("本件没有可排印的内容；请看原始文件。", "Nothing in it can be printed; see the original."),
    # unread
    "unread": ("未能读取与说明", "What could not be read"),
    "unread-lead": (
        "没有读到的内容不作任何推断。原始文件均已保存，哈希见第 {page} 页。",
        "Nothing is inferred from what was not read. All originals are kept; digests on page {page}.",
    ),
    "unread-heading": ("未能读取", "Not read"),
    "unread-all-read": ("所有证据均已读取。", "Every exhibit was read."),
    "notes-heading": ("读取时的说明", "Notes of the readers"),
    "notes-more": (
        "另有同类 {count} 处，未在此逐一列出，见 notes.json。例如：{text}",
        "{count} more of this kind; notes.json lists them. For example: {text}",
    ),
    "notes-none": ("没有需要说明的事项。", "There is nothing to note."),
    "withdrawn-note": (
        "已从投递文件夹移除，编号保留，内容不作为证据。",
        "Removed from the inbox; the number stays, it is no evidence.",
    ),
    "unread-no-reason": ("未能读取，没有记录原因。", "Not read; no reason was recorded."),
    "general": ("全卷", "Dossier"),
    "column-exhibit": ("证据", "Exhibit"),
    "column-file": ("文件", "File"),
    "column-reason": ("原因", "Reason"),
    "column-where": ("位置", "Place"),
    # integrity
    "integrity": ("完整性与核验", "Integrity and how to check it"),
    "integrity-lead": (
        "哈希能证明文件自收入卷宗后未被改动；不能证明内容在此之前为真。",
        "A digest proves that a file has not changed since it was received; not that it was true before.",
    ),
    "originals": ("原始文件", "Originals"),
    "column-digest": ("SHA-256", "SHA-256"),
    "column-bytes": ("字节", "Bytes"),
    "how-to-check": ("怎样核验", "How to check"),
    "step-1": (
        "向申诉人索取原始文件，对每个文件运行 sha256sum 文件（Windows：certutil -hashfile 文件 SHA256），"
        "得到的 64 位与上表逐组比较。",
        "Ask the applicant for the originals; run sha256sum FILE (Windows: certutil -hashfile FILE SHA256) on each "
        "and compare the 64 digits with the table.",
    ),
    "step-2": (
        "检查本 PDF 自身：运行 dossier verify dossier.pdf，不需联网；也可手工核对：文件末尾 %dossier-seal 后的 64 位，"
        "是把这 64 位换成 0 之后整个文件的 SHA-256。",
        "Check this PDF itself: run dossier verify dossier.pdf, which needs no network; or by hand: the 64 digits "
        "after %dossier-seal at its end are the SHA-256 of the file with those digits as zeros.",
    ),
    "step-3-embedded": (
        "从本 PDF 的附件中取出 evidence-manifest.json，它的 SHA-256 应与上面“证据清单”的数字相同，"
        "其中的文件哈希应与上表相同。",
        "Take evidence-manifest.json from this PDF's attachments: its SHA-256 equals the digits under “Evidence "
        "manifest”, and the digests in it equal the table.",
    ),
    "step-3-beside": (
        "向申诉人索取 evidence-manifest.json，它的 SHA-256 应与上面“证据清单”的数字相同，其中的文件哈希应与上表相同。",
        "Ask for evidence-manifest.json: its SHA-256 equals the digits under “Evidence manifest”, and the digests in "
        "it equal the table.",
    ),
    "manifest-heading": ("证据清单", "Evidence manifest"),
    "manifest-embedded": (
        "本 PDF 内嵌 evidence-manifest.json；右侧二维码与下列数字是它的 SHA-256。",
        "evidence-manifest.json is embedded in this PDF; the code and the digits below are its SHA-256.",
    ),
    "manifest-beside": (
        "evidence-manifest.json 随卷宗另附；右侧二维码与下列数字是它的 SHA-256。",
        "evidence-manifest.json comes beside this PDF; the code and the digits below are its SHA-256.",
    ),
    "evidence-head": ("证据链首", "Head of the evidence chain"),
    "made": ("卷宗日期", "Dated"),
    "custody": ("保管记录", "Custody record"),
    "custody-none": ("没有保管记录。", "There is no custody record."),
    "column-action": ("动作", "Action"),
    "action-received": ("收入", "received"),
    "action-withdrawn": ("撤回", "withdrawn"),
    "action-decision": ("更正", "decision"),
    "action-decision-taken-back": ("撤回更正", "decision taken back"),
    "ruling": ("{name}\n“{machine}” → “{text}”", "{name}\n“{machine}” → “{text}”"),
    "limits": ("不能证明什么", "What this does not prove"),
    "limits-text": (
        "哈希和封印只说明文件自收入后没有变化，不说明内容真实，也不说明由谁制作；没有电子签名时，封印能发现改动，"
        "不能证明作者。图片文字由程序识别，可能有误，以图为准。",
        "Digests and seal only show that nothing changed since receipt; not that the content is true, nor "
        "who made it. Without a signature the seal shows damage, not authorship. Text in pictures was read "
        "by machine and may be wrong; the picture counts.",
    ),
    # pledge
    "pledge": ("承诺书", "Pledge"),
    "pledge-text": (
        "本人（本单位）承诺：所提交的证据均为原始文件或其如实副本，未经伪造、变造或删改；对评价的回应以这些证据为依据，"
        "如实陈述，不隐瞒对买家有利的事实；如有不实，愿承担相应责任。",
        "I (we) pledge that the evidence handed in is original or a true copy, neither forged nor altered;"
        " that the answers to the review rest on it, are true, and hide nothing that speaks for the customer;"
        " and that I (we) answer for any untruth.",
    ),
    "pledge-neutral": (
        "本人（本单位）承诺：所提交的证据均为原始文件或其如实副本，未经伪造、变造或删改；如有不实，愿承担相应责任。",
        "I (we) pledge that the evidence handed in is original or a true copy, neither forged nor altered,"
        " and that I (we) answer for any untruth.",
    ),
    "pledge-applicant": ("申诉人", "Applicant"),
    "pledge-account": ("店铺账号", "Account"),
    "pledge-contact": ("联系方式", "Contact"),
    "pledge-signature": ("签名或盖章", "Signature or seal"),
    "pledge-date": ("日期", "Date"),
    "pledge-date-line": ("　　　　年　　　月　　　日", ""),
}
