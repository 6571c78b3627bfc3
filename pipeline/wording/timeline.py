"""What the timeline has to say."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {
    "times-disagree": Wording(
        "warning",
        "订单 {order} 的“{what}”有两个不一致的时间：{left} 与 {right}。",
        "Order {order}: two times for “{what}” that cannot both hold: {left} and {right}.",
    ),
    "times-impossible": Wording(
        "warning",
        "订单 {order}：“{right}”（{right_at}）早于“{left}”（{left_at}），顺序不可能成立，请核对。",
        "Order {order}: “{right}” ({right_at}) is before “{left}” ({left_at}), which cannot be. Please check.",
    ),
    "chat-export-lacks": Wording(
        "warning",
        "同一段聊天的两份导出不一致：证据 {lacking} 缺少证据 {held} 中的 {count} 条消息（第一条：{at} “{text}”），而前后的消息两份都有。请说明原因，或重新导出完整的记录。",
        "Two exports of one chat differ: exhibit {lacking} lacks {count} messages of exhibit {held} (the first: {at}, “{text}”) though it has those around them. Say why, or export the chat whole.",
    ),
    "review-time-unclear": Wording(
        "warning",
        "case.toml 里的评价时间“{said}”看不明白，未列入时间线。请写成 2026-03-16 21:14。",
        "The review's time “{said}” in case.toml is unclear and not on the timeline. Write it as 2026-03-16 21:14.",
    ),
    "review-time-differs": Wording(
        "warning",
        "case.toml 写的评价时间是“{said}”，评价截图上显示的是“{shown}”。时间线按截图列出，请核对。",
        "case.toml states “{said}” as the review's time, its screenshot shows “{shown}”. The timeline follows the picture.",
    ),
    "review-time-not-seen": Wording(
        "warning",
        "评价截图里没有找到发布时间“{said}”；该时间只按申诉人所述列出，不作为事实。",
        "The review's time “{said}” was not found in its screenshot; it is shown as the applicant's word, not as a fact.",
    ),
}
