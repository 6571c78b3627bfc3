"""What appraise has to say: facts, findings, readiness, the drafted statement."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {
    # Facts
    "about": Wording("info", "约 {length}", "about {length}"),
    "unknown": Wording("info", "（未填写）", "(not given)"),
    "fact-shipped-after": Wording(
        "info", "{paid} 付款，{shipped} 发货，相隔 {length}。", "Paid {paid}, shipped {shipped}: {length} apart."
    ),
    "fact-shipped-in-time": Wording(
        "info",
        "{shipped} 发货，早于承诺的最晚发货时间 {promised}。",
        "Shipped {shipped}, before the promised latest time {promised}.",
    ),
    "fact-shipped-late": Wording(
        "info",
        "{shipped} 发货，晚于承诺的最晚发货时间 {promised}。",
        "Shipped {shipped}, after the promised latest time {promised}.",
    ),
    "fact-arrived": Wording("info", "{at} {what}。", "{what}: {at}."),
    "fact-arrived-before-review": Wording(
        "info", "{at} {what}；{length}后评价发布。", "{what}: {at}, {length} before the review."
    ),
    "fact-arrived-after-review": Wording("info", "{at} {what}，晚于评价发布。", "{what}: {at}, after the review."),
    "fact-replies": Wording(
        "info",
        "买家 {turns} 次来信均有回复，首次回复不超过 {first}，最长不超过 {longest}。",
        "All {turns} enquiries were answered: the first within {first}, the slowest within {longest}.",
    ),
    "fact-replies-some": Wording(
        "info",
        "买家 {turns} 次来信，回复 {answered} 次，首次回复不超过 {first}，最长不超过 {longest}。",
        "{answered} of {turns} enquiries were answered: the first within {first}, the slowest within {longest}.",
    ),
    "fact-unanswered": Wording(
        "info",
        "{at} 的来信“{text}”在所提供的聊天记录里没有回复。",
        "The message of {at}, “{text}”, has no answer in the chat provided.",
    ),
    "fact-unanswered-more": Wording(
        "info",
        "更早还有 {count} 次来信在所提供的聊天记录里没有回复，最早 {first}，最近 {last}。",
        "{count} earlier enquiries have no answer in the chat provided, the first of {first}, the last of {last}.",
    ),
    "fact-refund-applied": Wording("info", "{at} 买家申请退款。", "The customer applied for a refund: {at}."),
    "fact-refund-paid": Wording("info", "{at} 已退款。", "Refunded: {at}."),
    "conceded-accepted": Wording("info", "申诉人认可“{says}”：{answer}", "The applicant accepts “{says}”: {answer}"),
    "conceded-partly": Wording(
        "info",
        "申诉人对“{says}”只否认一部分：{answer}",
        "The applicant disputes only a part of “{says}”: {answer}",
    ),
    "fact-review-before-shipped": Wording(
        "info",
        "评价发布（{review}）早于发货（{shipped}）。",
        "The review ({review}) was posted before shipping ({shipped}).",
    ),
    "quote-often": Wording(
        "info",
        "“{quote}”在证据 {labels} 里共有 {count} 处，每件只标注前 3 处。",
        "“{quote}” stands in {count} places of exhibit {labels}; the first 3 of each are marked.",
    ),
    "speaks-against": Wording(
        "warning",
        "记录支持买家的说法：{detail} 摘要标题因此不写“与记录不符”。请考虑改为回复买家。",
        "The records bear the customer out: {detail} The headline therefore claims nothing. Consider a reply instead.",
    ),
    "source-absent": Wording(
        "warning",
        "[[sources]] 里的“{name}”不在 inbox 文件夹里。",
        "“{name}”, named in [[sources]], is not in the inbox.",
    ),
    "reason-quoted": Wording(
        "info",
        "所引 {wordings} 处原文，在 {exhibits} 件证据里找到",
        "{wordings} quoted wording(s) found in {exhibits} exhibit(s)",
    ),
    # Headline and statement
    "headline": Wording(
        "info", "{answer}，\n“{says}”与记录不符", "{answer}:\n“{says}” does not agree with the records"
    ),
    "headline-plain": Wording("info", "证据卷宗", "Evidence dossier"),
    "statement-opening": Wording(
        "info",
        "{applicant}就买家“{author}”于 {posted} 对订单 {order} 发布的评价提出申诉，逐句说明如下。",
        "{applicant} appeals against the review that “{author}” posted on {posted} about order {order}, passage by passage:",
    ),
    "statement-exhibits": Wording("info", "（证据 {labels}）", " (exhibit {labels})"),
    "statement-contradicted": Wording(
        "info",
        "评价称“{says}”，与记录不符：{answer}{exhibits}。",
        "The review says “{says}”. The records differ: {answer}{exhibits}.",
    ),
    "statement-partly": Wording(
        "info",
        "评价称“{says}”，与记录部分不符：{answer}{exhibits}。",
        "The review says “{says}”. In part the records differ: {answer}{exhibits}.",
    ),
    "statement-supported": Wording(
        "info",
        "评价称“{says}”，属实：{answer}{exhibits}。",
        "The review says “{says}”. That is so: {answer}{exhibits}.",
    ),
    "statement-opinion": Wording(
        "info",
        "评价称“{says}”，属于买家的感受，不在申诉之列。",
        "“{says}” is the customer's opinion and is not appealed against.",
    ),
    "statement-no-evidence": Wording(
        "info",
        "评价称“{says}”，申诉人的说明是：{answer}；所附证据未能直接证明。",
        "The review says “{says}”. The applicant's answer: {answer}; the evidence does not show it directly.",
    ),
    "statement-request": Wording("info", "据此，{request}。", "Therefore: {request}."),
    # Call-outs
    "mark-claim": Wording("info", "答复“{says}”。", "Answers “{says}”."),
    "mark-more": Wording("info", "{title} 等 {count} 处", "{title} and more, {count} in all"),
    "mark-fact": Wording("info", "{fact}", "{fact}"),
    "mark-review": Wording("info", "评价原话。", "The review's own words."),
    "mark-review-time": Wording("info", "评价发布时间。", "When the review was posted."),
    "mark-agrees": Wording("info", "与证据 {labels} 一致。", "Agrees with exhibit {labels}."),
    "mark-single": Wording("info", "文字由程序识别，以图片为准。", "Read by machine; the picture decides."),
    "mark-agreed": Wording(
        "info", "两个识别程序读数一致，以图片为准。", "Two engines read the same; the picture decides."
    ),
    "mark-disputed": Wording(
        "info",
        "两个识别程序读数不同，另一个读作“{other}”，以图片为准。",
        "Two engines differ; the other read “{other}”. The picture decides.",
    ),
    "mark-corrected": Wording(
        "info",
        "经人工更正，程序读作“{other}”，以图片为准。",
        "Corrected by hand; the machine read “{other}”. The picture decides.",
    ),
    # Readiness
    "no-case-file": Wording(
        "error",
        "没有 case.toml：卷宗只陈述证据，不提出申诉。用 dossier new 生成后填写。",
        "There is no case.toml: the dossier makes no appeal.",
    ),
    "no-claims": Wording(
        "error", "没有逐句答复（[[claims]]）：请写明评价里哪句话与事实不符。", "There are no [[claims]]."
    ),
    "no-review-text": Wording(
        "error", "没有填写评价原文（[review] text）。", "The text of the review is missing ([review] text)."
    ),
    "no-applicant": Wording(
        "error", "没有填写申诉人（[applicant] name）。", "The applicant is missing ([applicant] name)."
    ),
    "no-ground": Wording("error", "没有选择申诉理由（[appeal] ground）。", "The ground is missing ([appeal] ground)."),
    "no-request": Wording(
        "warning", "没有写明请求（[appeal] request）。", "The request is missing ([appeal] request)."
    ),
    "no-zone": Wording(
        "warning",
        "时区未知：请填写平台（[case] platform）或时区（[case] zone），否则有的先后无法判断。",
        "The zone is unknown: give [case] platform or zone, or some orders of time cannot be told.",
    ),
    "no-platform": Wording(
        "warning", "没有填写平台（[case] platform）。", "The platform is missing ([case] platform)."
    ),
    "no-review-exhibit": Wording(
        "error",
        "没有评价页面的截图（[review] exhibit：{name}）。平台要看到评价原文、昵称和发布时间。",
        "The review's screenshot is missing ({name}).",
    ),
    "no-order-id": Wording(
        "error", "没有填写订单号（[review] order_id）。", "The order number is missing ([review] order_id)."
    ),
    "number-near-there": Wording(
        "warning",
        "证据 {label} 第 {rows} 行可能也属于本案（{number}），但编号末尾被表格软件抹成了 0，没有读取。请重新导出这份文件。",
        "Row {rows} of exhibit {label} may belong to this case ({number}), but a spreadsheet has cut its number; it was not "
        "read. Export the file again.",
    ),
    "order-id-not-seen": Wording(
        "error",
        "没有任何证据显示订单号 {order}。缺订单号或订单号不一致，是申诉被驳回的常见原因。",
        "No exhibit shows order number {order}.",
    ),
    "evidence-absent": Wording(
        "error",
        "“{says}”的证据“{name}”不在 inbox 文件夹里。",
        "“{name}”, the evidence for “{says}”, is not in the inbox.",
    ),
    "quote-not-found": Wording(
        "warning",
        "“{says}”引用的原文“{quote}”在证据 {labels} 里没有找到，未作标注。请核对原文，或换一件证据。",
        "“{quote}”, quoted for “{says}”, was not found in exhibit {labels}; nothing is marked. Check the wording.",
    ),
    "claim-without-evidence": Wording("error", "“{says}”没有证据。", "“{says}” has no evidence."),
    "claim-not-shown": Wording(
        "error",
        "“{says}”的证据里没有找到一处引用原文，卷宗按“无证据”列出。",
        "No quoted wording was found for “{says}”; it is listed without evidence.",
    ),
    "claim-without-answer": Wording("warning", "“{says}”没有写答复。", "“{says}” has no answer."),
    "claim-not-in-review": Wording(
        "warning", "“{says}”不在评价原文里：请照原文抄写，一字不改。", "“{says}” does not stand in the review's text."
    ),
    "evidence-unread": Wording(
        "error",
        "“{says}”的证据 {labels} 未能读取，请换一份完整的文件。",
        "Exhibit {labels}, evidence for “{says}”, could not be read.",
    ),
    "reading-disputed": Wording(
        "warning",
        "证据{label}：两个识别程序读数不同，一个读作“{text}”，另一个读作“{other}”。请看图片，把正确的文字写进 decisions.toml。",
        "Exhibit {label}: two engines differ, one read “{text}”, the other “{other}”. Look at the picture and write "
        "what it shows into decisions.toml.",
    ),
    "quote-nearly": Wording(
        "info",
        "没有找到“{quote}”；证据{label}里最接近的是“{near}”。如果是识别错误，请在 decisions.toml 里更正；如果是引用有误，请改 case.toml。",
        "“{quote}” was not found; nearest is “{near}” in exhibit {label}. If the machine misread it, correct it in "
        "decisions.toml; if the quote is wrong, change case.toml.",
    ),
    "passage-unanswered": Wording("warning", "评价里的“{says}”没有答复。", "“{says}” in the review is not answered."),
    "exhibit-unread": Wording(
        "warning", "证据 {label}（{name}）未能读取。", "Exhibit {label} ({name}) could not be read."
    ),
    "exhibit-partly": Wording(
        "info", "证据 {label}（{name}）只读取了一部分。", "Exhibit {label} ({name}) was read in part."
    ),
    "chat-sides-unknown": Wording(
        "warning",
        "证据 {label} 的聊天分不清谁是买家：请在 [[people]] 里写明。",
        "In exhibit {label} it is unknown who the customer is: say so in [[people]].",
    ),
    "conflict": Wording("warning", "{detail}", "{detail}"),
    "for-customer": Wording("info", "对买家有利：{detail}", "For the customer: {detail}"),
}
