"""The document's own words, in Chinese and English."""

from __future__ import annotations

from pipeline.errors import say
from pipeline.model import Note, Unread
from pipeline.moment import Moment
from pipeline.wording import Language

__all__ = ["Words"]

_WORDS: dict[str, tuple[str, str]] = {
    # every page
    "title": ("不实评价申诉证据卷宗", "Evidence dossier for a review appeal"),
    "page-of": ("第 {page} 页，共 {pages} 页", "Page {page} of {pages}"),
    "page": ("第 {page} 页", "page {page}"),
    "back-to-catalogue": ("← 目录", "← Catalogue"),
    "back-to-brief": ("← 摘要", "← Summary"),
    "comma": ("、", ", "),
    "semicolon": ("；", "; "),
    "colon": ("：", ": "),
    "stop": ("。", "."),
    "quoted": ("“{text}”", "“{text}”"),
    "exhibit": ("证据 {label}", "Exhibit {label}"),
    "exhibit-word": ("证据 ", "Exhibit "),
    "pages-before": ("第 ", "p. "),
    "pages-after": (" 页", ""),
    "none": ("—", "—"),
    "unknown": ("未知", "unknown"),
    "place-member": ("成员 {name}", "member {name}"),
    "place-line": ("第 {first} 行", "line {first}"),
    "place-lines": ("第 {first}–{last} 行", "lines {first}–{last}"),
    "place-page": ("第 {page} 页", "page {page}"),
    "place-box": ("图中位置 [{box}]", "at [{box}] in the picture"),
    "place-bytes": ("第 {first}–{last} 字节", "bytes {first}–{last}"),
    # page 1
    "brief": ("摘要", "Summary"),
    "brief-lead": (
        "一页摘要。每一处结论后面注明证据编号和页码；点击可直接跳到该页。",
        "One page. Every finding names its exhibit and page; click to go there.",
    ),
    "headline-neutral": ("证据卷宗", "Evidence dossier"),
    "meta-applicant": ("申诉人", "Applicant"),
    "meta-order": ("订单号", "Order"),
    "meta-ground": ("申诉理由", "Ground"),
    "meta-review": ("被申诉评价", "Review"),
    "meta-exhibits": ("证据件数", "Exhibits"),
    "meta-unread": ("未能读取", "Not read"),
    "not-declared": ("未填写", "not stated"),
    "exhibits-count": ("{count} 件", "{count}"),
    "exhibits-with-members": ("{count} 件（另含压缩包内 {members} 件）", "{count} (and {members} inside archives)"),
    "unread-count": ("{count} 件（见第 {page} 页）", "{count} (see page {page})"),
    "unread-none": ("无", "none"),
    "request-neutral": (
        "尚未填写申诉请求。以下为现有证据及其内容。",
        "No request has been stated. What follows is the evidence as it stands.",
    ),
    "facts": ("事实", "Facts"),
    "facts-none": ("现有证据没有得出可列明的事实。", "The evidence yields no fact that can be stated."),
    "sentences": ("逐句核实", "The review, sentence by sentence"),
    "sentences-none": ("没有填写评价原文，未作核实。", "The review's text was not given; nothing was checked."),
    "sentences-more": ("另有 {count} 句，见第 {page} 页。", "{count} more on page {page}."),
    "column-says": ("评价原话", "The review says"),
    "column-verdict": ("结论", "Finding"),
    "column-because": ("依据", "Because"),
    "column-pages": ("证据与页码", "Exhibits and pages"),
    "course": ("经过", "Course of events"),
    "lane-order": ("订单", "Order"),
    "lane-parcel": ("物流", "Parcel"),
    "lane-talk": ("沟通", "Talk"),
    "review-posted": ("评价发布", "Review posted"),
    "course-none": ("没有带日期的事件。", "No event carries a date."),
    "cut-off": ("（全文见第 {page} 页）", "(in full on page {page})"),
    # verdicts and grounds
    "finding-contradicted": ("不符", "Contradicted"),
    "finding-partly": ("部分不符", "Partly"),
    "finding-supported": ("属实", "True"),
    "finding-opinion": ("观点", "Opinion"),
    "finding-no-evidence": ("无证据", "No evidence"),
    "ground-misunderstanding": ("误解", "Misunderstanding"),
    "ground-contrary-to-facts": ("评价与事实不符", "Contrary to the facts"),
    "ground-defamation": ("侮辱、诽谤", "Defamation"),
    "ground-extortion": ("以评价相要挟", "Extortion by review"),
    "ground-competitor": ("同行恶意评价", "Review by a competitor"),
    "ground-abuse": ("辱骂、人身攻击", "Abuse"),
    "ground-privacy": ("泄露他人隐私", "Breach of privacy"),
    "ground-unrelated": ("与商品无关", "Unrelated to the goods"),
    "ground-advertising": ("广告", "Advertising"),
    "stance-contradicted": ("申诉人主张：不符", "The applicant says: contradicted"),
    "stance-partly": ("申诉人主张：部分不符", "The applicant says: partly"),
    "stance-accepted": ("申诉人认可", "The applicant accepts it"),
    "stance-opinion": ("申诉人认为属于观点", "The applicant calls it an opinion"),
    "stance-unanswered": ("申诉人未回应", "The applicant has not answered"),
    "platform-xiaohongshu_shop_review": ("小红书 · 店铺评价申诉", "Xiaohongshu · shop review appeal"),
    # answers
    "answers": ("对评价的回应", "Answers to the review"),
    "answers-lead": (
        "先列评价原话，再列核实结论、申诉人的说明和依据；引号中的文字都能在所注证据中找到。",
        "What the review says, what was found, the applicant's answer and the evidence; quoted words stand in it.",
    ),
    "answer": ("说明", "Answer"),
    "because-applicant": ("依据", "Because"),
    "because-customer": ("对买家有利", "For the customer"),
    "because-opinion": ("属买家感受，不作事实核实。", "The customer's view; not a matter of fact."),
    "because-none": ("现有证据不能证实，也不能否定。", "The evidence at hand neither confirms nor refutes this."),
    "wording": ("原文", "Wording"),
    "for-customer": ("对买家有利的事实", "What speaks for the customer"),
    "for-customer-none": (
        "在现有证据中没有找到对买家有利的事实。",
        "Nothing in the evidence at hand speaks for the customer.",
    ),
    "differs": ("核实结论与申诉人主张不一致。", "The finding differs from what the applicant says."),
    # statement
    "statement": ("申诉说明", "Statement"),
    "statement-lead": ("申诉人的陈述。", "The applicant's statement."),
    "statement-drafted": (
        "根据已填写的回应和证据拟写，提交前请核对。",
        "Drafted from the answers and the evidence; check it.",
    ),
    "statement-none": ("申诉人没有填写说明。", "The applicant has made no statement."),
    "draft-first": (
        "申诉人{name}就订单 {order} 收到的评价提出申诉。{request}",
        "{name} appeals against the review of order {order}. {request}",
    ),
    "draft-claim": ("评价称“{says}”。{answer}", "The review says “{says}”. {answer}"),
    # catalogue
    "catalogue": ("证据目录", "List of exhibits"),
    "catalogue-lead": (
        "序号一经编定不再变更。来源、取得时间与完整哈希见第 {page} 页。",
        "Numbers never change. Sources, times and full digests stand on page {page}.",
    ),
    "column-number": ("序号", "No."),
    "column-name": ("证据名称", "Exhibit"),
    "column-source": ("证据来源", "Source"),
    "column-purpose": ("证明目的", "What it proves"),
    "column-page": ("页码", "Pages"),
    "column-remark": ("备注", "Remark"),
    "status-read": ("完整", "whole"),
    "status-partly": ("部分读取", "partly read"),
    "status-unread": ("未读取", "not read"),
    "status-withdrawn": ("已撤回", "withdrawn"),
    "masked": ("含遮盖", "masked"),
    "received-twice": ("收到 {count} 次", "received {count} times"),
    "purpose-none": ("备查", "for reference"),
    "purpose-unused": ("未使用", "not used"),
    "purpose-by": ("通过“{quote}”，证明：{fact}", "By “{quote}” proves: {fact}"),
    "purpose": ("证明：{fact}", "Proves: {fact}"),
    "purpose-review": ("通过评价原文及发布时间，证明被申诉的内容", "Shows the review that is appealed against"),
    "purpose-more": ("等 {count} 项", "and {count} more"),
    "kind-review": ("评价截图", "Review screenshot"),
    "kind-chat": ("聊天记录", "Chat"),
    "kind-order": ("订单记录", "Order record"),
    "kind-screenshot": ("截图", "Screenshot"),
    "kind-photo": ("照片", "Photo"),
    "kind-image": ("图片", "Picture"),
    "kind-table": ("表格", "Table"),
    "kind-text": ("文本", "Text"),
    "kind-archive": ("压缩包", "Archive"),
    "kind-pdf": ("PDF 文件", "PDF file"),
    "kind-empty": ("空文件", "Empty file"),
    "kind-unknown": ("文件", "File"),
    "source-inbox": ("申诉人提交", "handed in by the applicant"),
    "source-archive": ("压缩包（证据 {label}）", "archive (exhibit {label})"),
    "source-reader": ("{source}，{format}", "{source}, {format}"),
    # timeline
    "timeline": ("时间线", "Timeline"),
    "timeline-lead": (
        "共 {count} 项。时间按原文记录，注明精确程度与时区依据；先后不能确定的相邻两项标“≈”。",
        "{count} events. Times as recorded, with grain and basis of the zone; “≈” marks neighbours whose order cannot be told.",
    ),
    "timeline-none": ("没有读到带时间的事实。", "No fact with a time was read."),
    "column-time": ("时间", "Time"),
    "column-role": ("事项", "What"),
    "column-text": ("内容", "Content"),
    "order-unknown": ("≈ 与上一项的先后不能确定", "≈ order to the previous one cannot be told"),
    "said": ("原文“{said}”", "reads “{said}”"),
    "untimed": ("日期不明的事项", "Events without a date"),
    "conflicts": ("相互矛盾之处", "Conflicts"),
    "conflict-events": ("（第 {numbers} 项）", "(events {numbers})"),
    "gaps": ("空缺", "Gaps"),
    "grain-year": ("精确到年", "to the year"),
    "grain-month": ("精确到月", "to the month"),
    "grain-day": ("精确到日", "to the day"),
    "grain-hour": ("精确到时", "to the hour"),
    "grain-minute": ("精确到分", "to the minute"),
    "grain-second": ("精确到秒", "to the second"),
    "grain-millisecond": ("精确到毫秒", "to the millisecond"),
    "zone-stated": ("时区见原文", "zone stated"),
    "zone-platform": ("时区按平台", "platform's zone"),
    "zone-case": ("时区按本案设定", "zone set for this case"),
    "zone-unknown": ("时区不明", "zone unknown"),
    "date-anchored": ("日期据{anchor}推算", "date resolved against {anchor}"),
    "date-anchored-somehow": ("日期为推算", "date resolved"),
    "date-inferred": ("日期为推断", "date inferred"),
    "date-unknown": ("日期不明", "date unknown"),
    "role-order.created": ("下单", "Ordered"),
    "role-order.paid": ("付款", "Paid"),
    "role-order.shipped": ("发货", "Shipped"),
    "role-order.signed": ("签收", "Signed for"),
    "role-order.confirmed": ("确认收货", "Confirmed"),
    "role-order.completed": ("交易完成", "Completed"),
    "role-order.closed": ("交易关闭", "Closed"),
    "role-refund.applied": ("申请退款", "Refund asked"),
    "role-refund.paid": ("退款", "Refunded"),
    "role-payment.made": ("支付", "Payment"),
    "role-parcel.scan": ("物流", "Parcel"),
    "role-chat.message": ("聊天", "Message"),
    "role-mail.sent": ("邮件", "Mail"),
    "role-review.posted": ("发布评价", "Review posted"),
    "role-review.replied": ("回复评价", "Review answered"),
    "role-screenshot.captured": ("截屏", "Screenshot taken"),
    "role-photo.taken": ("拍摄", "Photo taken"),
    "role-file.dated": ("文件日期", "File dated"),
    "certainty-agreed": ("两次识别读数一致", "two readings agree"),
    "certainty-disputed": ("两次识别读数不一致", "two readings differ"),
    "certainty-corrected": ("经人工更正", "corrected by hand"),
    # exhibits
    "exhibits": ("证据", "Exhibits"),
    "clean-page": ("原貌页", "as received"),
    "marked-page": ("标注页", "marked"),
    "printed-page": ("排印页", "typeset"),
    "part": ("（{part}/{parts}）", " ({part}/{parts})"),
    "clean-lead": ("原貌页。图中内容未加标注。", "As received, without marks."),
    "clean-masked-lead": (
        "原貌页。黑色遮盖（个人信息）为本卷宗所加；原始文件未作改动，哈希见第 {page} 页。",
        "As received. The black masks (personal data) were added here; the original is unaltered, digest on page {page}.",
    ),
    "marked-lead": (
        "标注页。方框和编号为本卷宗所加；原始文件未作改动，哈希见第 {page} 页。",
        "Marked. Boxes and numbers were added here; the original is unaltered, digest on page {page}.",
    ),
    "marked-masked-lead": (
        "标注页。方框、编号和遮盖（个人信息）为本卷宗所加；原始文件未作改动，哈希见第 {page} 页。",
        "Marked. Boxes, numbers and masks (personal data) were added here; the original is unaltered, digest on page {page}.",
    ),
    "slice-of": (
        "长图第 {part} 段，共 {parts} 段（像素行 {top}–{bottom}）",
        "Part {part} of {parts} (rows {top}–{bottom})",
    ),
    "fact-file": ("文件名", "File"),
    "fact-received": ("收到", "Received"),
    "fact-size": ("尺寸", "Size"),
    "fact-pixels": ("{width}×{height} 像素，{bytes} 字节", "{width}×{height} px, {bytes} bytes"),
    "fact-bytes": ("{bytes} 字节", "{bytes} bytes"),
    "fact-digest": ("SHA-256 前 16 位", "SHA-256, first 16"),
    "fact-dated": ("时间线索", "Dates"),
    "fact-lines": ("文字", "Text"),
    "fact-lines-read": ("机器识别 {count} 行，可在本页检索", "{count} lines read by machine, searchable here"),
    "fact-used": ("用于", "Used for"),
    "fact-parent": ("所在压缩包", "Inside"),
    "fact-reader": ("读取方式", "Read by"),
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
    "record-scan": ("物流节点 {id}", "Scan {id}"),
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
        "{count} messages, typeset and numbered from the original; the applicant right, the customer left, unknown sides plain.",
    ),
    "completeness": ("首条 {first}，末条 {last}，共 {count} 条。", "First {first}, last {last}, {count} messages."),
    "completeness-declared": ("文件自报：{declared}。", "The file itself states: {declared}."),
    "completeness-differs": (
        "文件自报 {declared} 条，实际读到 {count} 条，两者不符。",
        "The file states {declared} messages; {count} were read.",
    ),
    "completeness-unread": (
        "另有 {count} 处未能读取，见第 {page} 页。",
        "{count} places were not read, see page {page}.",
    ),
    "message-number": ("{number}", "{number}"),
    "message-no-time": ("时间不明", "no time"),
    "message-no-sender": ("发送人不明", "sender unknown"),
    "message-edited": ("已编辑", "edited"),
    "message-recalled": ("已撤回", "recalled"),
    "message-attached": ("附件：{name}", "Attached: {name}"),
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
        "向申诉人索取原始文件和 ORIGINALS.sha256，放在同一个文件夹。",
        "Ask the applicant for the originals and ORIGINALS.sha256; put them into one folder.",
    ),
    "step-2": (
        "运行 sha256sum -c ORIGINALS.sha256（Windows：certutil -hashfile 文件 SHA256），与上表逐组比较。",
        "Run sha256sum -c ORIGINALS.sha256 (Windows: certutil -hashfile FILE SHA256) and compare with the table.",
    ),
    "step-3": (
        "检查本 PDF 自身：文件末尾 %dossier-seal 后的 64 位，是把这 64 位换成 0 之后整个文件的 SHA-256；也可运行 dossier verify dossier.pdf，不需联网。",
        "Check this PDF itself: the 64 digits after %dossier-seal at its end are the SHA-256 of the file with those digits as zeros; or run dossier verify dossier.pdf, which needs no network.",
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
    "limits": ("不能证明什么", "What this does not prove"),
    "limits-text": (
        "哈希和封印只说明文件自收入后没有变化，不说明内容真实，也不说明由谁制作；没有电子签名时，封印能发现改动，不能证明作者。图片文字由程序识别，可能有误，以图为准。",
        "Digests and seal only show that nothing changed since receipt; not that the content is true, nor who made it. Without a signature the seal shows damage, not authorship. Text in pictures was read by machine and may be wrong; the picture counts.",
    ),
    # pledge
    "pledge": ("承诺书", "Pledge"),
    "pledge-text": (
        "本人（本单位）承诺：所提交的证据均为原始文件或其如实副本，未经伪造、变造或删改；对评价的回应以这些证据为依据，如实陈述，不隐瞒对买家有利的事实；如有不实，愿承担相应责任。",
        "I (we) pledge that the evidence handed in is original or a true copy, neither forged nor altered; that the answers to the review rest on it, are true, and hide nothing that speaks for the customer; and that I (we) answer for any untruth.",
    ),
    "pledge-neutral": (
        "本人（本单位）承诺：所提交的证据均为原始文件或其如实副本，未经伪造、变造或删改；如有不实，愿承担相应责任。",
        "I (we) pledge that the evidence handed in is original or a true copy, neither forged nor altered, and that I (we) answer for any untruth.",
    ),
    "pledge-applicant": ("申诉人", "Applicant"),
    "pledge-account": ("店铺账号", "Account"),
    "pledge-contact": ("联系方式", "Contact"),
    "pledge-signature": ("签名或盖章", "Signature or seal"),
    "pledge-date": ("日期", "Date"),
    "pledge-date-line": ("　　　　年　　　月　　　日", ""),
    "days-hours": ("{days} 天 {hours} 小时", "{days} d {hours} h"),
    "hours-minutes": ("{hours} 小时 {minutes} 分", "{hours} h {minutes} min"),
    "minutes": ("{minutes} 分", "{minutes} min"),
}


class Words:
    """The words in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._at = 0 if language == "zh-CN" else 1

    def __call__(self, key: str, **values: object) -> str:
        """A phrase with its values; KeyError for a key that is not worded."""
        return _WORDS[key][self._at].format(**values)

    def known(self, key: str, otherwise: str) -> str:
        """A phrase for a name that others may extend (a platform, an action)."""
        return _WORDS[key][self._at] if key in _WORDS else otherwise

    def why(self, note: Note | Unread) -> str:
        """The sentence of a note; a code that a reader from elsewhere brought without wording stands as it is."""
        try:
            return say(note.code, note.values, self.language)
        except KeyError:
            return note.code

    def time(self, at: Moment) -> str:
        """A moment as fine as it is known, or as it was read where its date is unknown."""
        if at.start is None:
            return at.said
        length = {"year": 4, "month": 7, "day": 10, "hour": 13, "minute": 16, "second": 19}.get(at.grain, 23)
        return at.start.replace("T", " ")[:length]

    def basis(self, at: Moment) -> str:
        """How fine a moment is, and on what its zone and date rest."""
        parts = [self(f"grain-{at.grain}"), self(f"zone-{at.zone}")]
        if at.date == "anchored":
            parts.append(self("date-anchored", anchor=at.anchor) if at.anchor else self("date-anchored-somehow"))
        elif at.date != "stated":
            parts.append(self(f"date-{at.date}"))
        return self("comma").join(parts)
