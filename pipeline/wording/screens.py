"""What screens has to say."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {
    "screen-tie": Wording(
        "warning",
        "这张图像两种页面（{screens}），无法断定是哪一种，因此只按文字行读取。",
        "The picture looks like two kinds of screen ({screens}) alike; it is read as plain lines.",
    ),
    "screen-captures-disagree": Wording(
        "warning",
        "这张图的截取时间互相矛盾（{one}；{other}），因此“昨天”“3天前”一类的时间没有换算成日期。请从手机相册重新导出原图。",
        "What dates this picture disagrees ({one}; {other}), so times such as “yesterday” were given no date. "
        "Export the original from the phone again.",
    ),
    "screen-clock-disagrees": Wording(
        "warning",
        "画面顶部的时钟是 {clock}，与图片的日期（{capture}）对不上，可能是转存或翻拍的图；“昨天”一类的时间没有换算成日期。"
        "请提供当时的原始截图。",
        "The clock on the screen shows {clock}, which does not fit the picture's date ({capture}): it may be a copy. "
        "Times such as “yesterday” were given no date. Add the original screenshot.",
    ),
    "screen-saved-only": Wording(
        "info",
        "“{text}”没有写全日期。文件信息只说明图片何时被保存（{saved}），截取可能更早，因此没有换算成日期。"
        "请从手机相册发送原图，不要改文件名。",
        "“{text}” states no whole date. The file only says when the picture was saved ({saved}); it may be older, so no date "
        "was worked out. Send the original from the phone without renaming it.",
    ),
    "screen-undated": Wording(
        "info",
        "“{text}”没有写全日期，图片也没有记录何时截取，因此没有换算成日期。请从手机相册发送原图，不要改文件名。",
        "“{text}” states no whole date, and nothing says when the picture was captured, so no date was worked out. "
        "Send the original from the phone without renaming it.",
    ),
    "screen-time-after-capture": Wording(
        "warning",
        "“{text}”晚于图片的截取时间（{capture}），没有采用。请核对图片和日期。",
        "“{text}” lies after the picture was captured ({capture}) and was not used. Check the picture and its date.",
    ),
    "screen-time-ambiguous": Wording(
        "warning",
        "“{text}”可能指不同的日子（截取时间：{capture}），没有换算成日期。有带日期的画面时请补充。",
        "“{text}” can mean different days (captured: {capture}) and was given no date. Add a screen that shows it.",
    ),
    "screen-time-mark-disagrees": Wording(
        "warning",
        "“{text}”的上午/下午标记与小时不符，按 24 小时制采用。请核对。",
        "The AM or PM of “{text}” does not go with its hour; it was taken by 24 hours. Please check it.",
    ),
    "screen-time-no-such-day": Wording(
        "warning",
        "“{text}”这一天在截取图片的那一年（{capture}）不存在，没有采用。请核对是否识别有误。",
        "There is no “{text}” in the year of the capture ({capture}); it was not used. Check the reading.",
    ),
    "screen-time-weekday-disagrees": Wording(
        "warning",
        "“{text}”的星期与日期不符，没有采用。请核对图片。",
        "The weekday of “{text}” is not that of its date; it was not used. Check the picture.",
    ),
    "reads-screen-note": Wording(
        "info",
        "小红书笔记截图：作者、标题、正文、日期和评论",
        "Xiaohongshu notes on screens: author, text, date, comments",
    ),
    "reads-screen-comments": Wording(
        "info", "评论区截图：作者、评论、时间、回复", "Threads of comments on screens: author, text, time, replies"
    ),
    "reads-screen-shop-review": Wording(
        "info",
        "商品评价截图：买家、评分、日期、正文、追评、商家回复",
        "Reviews of goods on screens: buyer, rating, date, text, answers",
    ),
    "reads-screen-review-cards": Wording(
        "info",
        "商家后台评价截图：每条评价一张卡片，写明买家、评分、评价时间",
        "Reviews in a merchant's back end on screens, as cards with labels",
    ),
    "reads-screen-review-table": Wording(
        "info", "商家后台“评价管理”表格截图", "Tables of reviews in a merchant's back end, on screens"
    ),
    "screen-other-orders": Wording(
        "info",
        "图中另有 {orders} 个订单不是本案的，其内容没有列入时间线。",
        "The picture shows {orders} orders that the case is not about; they are not on the timeline.",
    ),
    "screen-several-orders": Wording(
        "warning",
        "图中有 {orders} 个订单，没有指明是哪一个，因此都没有列入时间线。请在 case.toml 的 [only] 里写明 order_id。",
        "The picture shows {orders} orders, and none is named: none is on the timeline. Name the order_id under [only].",
    ),
    "screen-order-nearly": Wording(
        "warning",
        "图中的订单号读作 {seen}，与本案的 {order} 只差一两个字符，可能是识别错误。请看图核对，在 decisions.toml 里更正。",
        "The picture shows the order {seen}, which differs from {order} by a character or two and may be misread. "
        "Look at the picture and correct it in decisions.toml.",
    ),
    "reads-screen-wechat": Wording(
        "info",
        "微信聊天截图：左右气泡、时间、撤回、转账、引用",
        "WeChat on screens: bubbles, times, recalls, transfers, quotes",
    ),
    "reads-screen-qq": Wording("info", "QQ 聊天截图", "QQ chats on screens"),
    "reads-screen-whatsapp": Wording(
        "info",
        "WhatsApp 一类的聊天截图：时间在气泡里",
        "WhatsApp and chats like it on screens: the time stands in the bubble",
    ),
    "reads-screen-chat": Wording(
        "info",
        "其他气泡式聊天截图：店铺客服、私信、短信",
        "Other chats in bubbles on screens: customer service, direct messages, SMS",
    ),
    "reads-screen-chat-log": Wording(
        "info",
        "没有气泡的聊天截图：转发的聊天记录、消息记录，飞书、钉钉等按行排列的消息",
        "Chats without bubbles on screens: forwarded records, message histories, workplace chats in a list",
    ),
    "screen-chat-aside": Wording(
        "info",
        "聊天截图里有 {count} 行文字不属于任何一条消息（如图标、卡片、列表），没有算作消息，原文仍保留。请看一眼有没有遗漏。",
        "{count} lines of this chat belong to no message (icons, cards, lists); they are kept as plain text. "
        "Check that none is missing.",
    ),
    "screen-chat-hole": Wording(
        "info",
        "聊天截图里有 {count} 处没有文字的空白，可能是图片或表情消息，程序没有读出内容。重要的话请单独说明。",
        "This chat has {count} stretches without words, perhaps pictures or stickers, of which nothing was read. "
        "Say what they show if it matters.",
    ),
    "screen-chat-order": Wording(
        "warning",
        "聊天截图里有 {count} 处时间早于上面一条，请核对是否识别有误或图片被拼接。",
        "At {count} places of this chat a time is earlier than the one above it: check the reading, or whether the "
        "picture was joined.",
    ),
    "screen-date-order": Wording(
        "warning",
        "日期 “{text}” 分不清哪个是月、哪个是日，没有当作日期使用。请换一张写明月份、"
        "或同页另有日期能看出顺序（如 25/03/2026）的截图。单独读取时（dossier read）也可以用 --date-order mdy 或 dmy 写明。",
        "The date “{text}” can be read month first or day first, and is not used as a date. Use a picture "
        "that names the month, or that shows another date which settles the order (25/03/2026). When reading a single "
        "file (dossier read), --date-order mdy or dmy states it too.",
    ),
    "reads-screen-order-page": Wording(
        "info",
        "订单详情截图：订单号、各项时间、金额、商品、收货人、物流单号，不限平台",
        "Order pages on screens, of any platform: number, times, amounts, articles, recipient, parcel",
    ),
    "reads-screen-track": Wording(
        "info",
        "物流轨迹截图：快递公司、单号和每一次扫描",
        "Parcel tracks on screens: carrier, number and every scan",
    ),
    "reads-screen-payment": Wording(
        "info",
        "支付、转账、退款凭证截图：金额、收支方向、对方、单号、时间",
        "Payments, transfers and refunds on screens: amount, direction, other side, number, time",
    ),
    "reads-screen-back-office": Wording(
        "info",
        "商家后台截图：订单查询、订单管理、售后，表格或卡片",
        "A merchant's back end on screens: tables and cards of orders and after-sales",
    ),
    "reads-screen-form": Wording(
        "info",
        "其他写明栏目的单据：纸质登记单、快递面单、收据、发票、PDF 页面，只读写得确定的内容",
        "Any other page of labels and values: paper forms, waybills, receipts, invoices, pages of a PDF; only what is "
        "certain",
    ),
    "screen-labels-known": Wording(
        "info",
        "页面上有这一类页面才有的栏目（如订单号、付款时间、实付款）。",
        "The page has the labels of its kind, such as order number, time of payment, amount paid.",
    ),
    "screen-track-entries": Wording(
        "info",
        "页面上有多条带时间的物流记录。",
        "The page lists dated entries about a parcel.",
    ),
    "screen-many-orders": Wording(
        "info",
        "页面上有多个订单，各有各的信息。",
        "The page shows several orders, each with facts of its own.",
    ),
    "screen-field-differs": Wording(
        "warning",
        "这张图对同一项内容（{field}）写了两个不同的值，没有采用，请看图核对。",
        "The picture states {field} in two different ways; neither was used. Look at the picture.",
    ),
    "screen-value-not-read": Wording(
        "info",
        "“{label}”旁边的“{said}”读不成时间、金额或单号，只按原文保留。",
        "“{said}” beside “{label}” is no time, amount or number; it is kept as printed only.",
    ),
}
