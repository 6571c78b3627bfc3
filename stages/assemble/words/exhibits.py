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
        "共 {count} 条消息，由本卷宗按原始文件排印并编号；右侧为申诉人，左侧为对方，无法分辨时不分左右。",
        "{count} messages, typeset and numbered from the original; the applicant right, the customer left,"
        " unknown sides plain.",
    ),
    "completeness": ("首条 {first}，末条 {last}，共 {count} 条。", "First {first}, last {last}, {count} messages."),
    "completeness-differs": (
        "文件自报 {declared} 条，实际读到 {count} 条，两者不符。",
        "The file states {declared} messages; {count} were read.",
    ),
    "completeness-unread": (
        "另有 {count} 处未能读取，见第 {page} 页。",
        "{count} places were not read, see page {page}.",
    ),
    "message-no-time": ("时间不明", "no time"),
    "message-no-sender": ("发送人不明", "sender unknown"),
    "message-edited": ("已编辑", "edited"),
    "message-recalled": ("已撤回", "recalled"),
    "message-attached-found": ("附件：{name}（证据 {label}）", "Attached: {name} (exhibit {label})"),
    "message-attached-missing": ("附件：{name}（不在证据中）", "Attached: {name} (not among the exhibits)"),
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
