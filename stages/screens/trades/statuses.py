"""The status a page states at its top, and the buttons at its foot."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import Line
from stages.screens.page import Page
from stages.screens.trades.fields import Pair
from stages.screens.trades.labels import simple
from stages.screens.trades.rows import overlap
from stages.screens.trades.values import Part, Said, said, whole

__all__ = ["buttons_on", "headline", "is_status", "status_in"]

_DONE = (
    r"(?:付款|支付|发货|收货|签收|评价|取消|关闭|退款|揽收|揽件|出库|完成|送达|拼单|接单|自提|到账|存入零钱"
    r"|收款|收钱|转账|退还|退回|妥投|派送|入库|成团)"
)
_STATUS = re.compile(
    rf"(?:等待)?(?:您|买家|卖家|商家|平台|仓库|订单|快件|包裹|部分|全部|全额|对方|朋友|你)?(?:已全?部?|待|未"
    rf"|正在)(?:被)?(?:买家|卖家|商家|确认|全额|自动|部分)?{_DONE}"
    rf"(?:成功|完成|关闭|失败|零钱)?|等待(?:买家|卖家|商家|平台|您)?(?:确认)?{_DONE}|(?:交易|订单|支付|付款"
    rf"|转账|收款|退款|售后|退货|换货|退货退款|提现)"
    r"(?:已)?(?:成功|完成|关闭|失败|取消|处理中|申请中|审核中|进行中|中|已完成|已取消|已关闭|已签收|待处理)"
    r"|(?:运输|派送|配送|派件|揽收|退款|退货|处理|备货|拣货)中"
    r"|(?:商家|卖家|买家|平台)(?:已)?(?:同意|拒绝|处理中|退款成功)(?:退款|退货|申请)?|退款(?:已)?(?:原路退回"
    r"|到账)|待(?:自提|使用|分享|处理)|部分(?:发货|退款|收货|签收)|拼单成功|(?:已)?(?:妥投|签收)"
    r"|(?:partially |fully |not yet )?(?:paid|unpaid|pending|authorized|refunded|fulfilled|unfulfilled|shipped"
    r"|dispatched|delivered"
    r"|completed?|cancell?ed|closed|processing|open|archived|on hold|returned|in transit|out for delivery"
    r"|successful|failed)"
    r"|(?:payment|refund|order|transfer) (?:successful|completed?|pending|failed|confirmed|issued|sent|received)",
    re.IGNORECASE,
)  # fmt: skip
_BARE = re.compile(r"完成|成功|关闭|取消")
"""A state only where it is set large: small it is a button or a word among others."""
_LARGE = 1.25  # of the usual line height
_NOT_ONLY = re.compile(r"(?:[\s,，。.!！>›·|]|[✓✔☑√])*")
_BUTTON = re.compile(
    r"(?:再次购买|再买一单|加入购物车|查看物流|申请售后|申请退款|申请开票|开发票|联系(?:客服|商家|卖家|买家)"
    r"|客服|评价|追评|写评价|确认收货|延长收货|催发货|修改地址|取消订单"
    r"|删除订单|去支付|立即付款|退换|退款|更多|分享|投诉|打赏|复制|返回首页|查看(?:详情|订单|更多|物流)|备注"
    r"|发货|打印|导出|查询|重置|搜索|详情"
    r"|buy (?:it )?again|track (?:package|parcel|order)|return(?: items?)?|refund|write a (?:product )?review"
    r"|contact (?:us|seller)"
    r"|cancel order|view (?:order|invoice|details)|print|more actions|fulfill items?|help|edit|archive)",
    re.IGNORECASE,
)


def is_status(text: str) -> bool:
    """Whether a wording is the status of an order, a parcel, a payment or a refund, and nothing else."""
    wording = text.strip(" ,.!>") if text.isascii() else _NOT_ONLY.sub("", simple(text))
    return _STATUS.fullmatch(wording) is not None


def status_in(part: Part) -> Part | None:
    """The status a line begins with, before a comma, a blank or a mark."""
    match = re.match(r"[^\s,，。：:|（(]+", part.text)
    return part.cut(*match.span()) if match is not None and is_status(match[0]) else None


def headline(page: Page, free: Sequence[Line], pairs: Sequence[Pair]) -> Said | None:
    """The status that stands above every label, in the first row that states one: several badges are one status.

    Where none stands there, the one status on the page that is no button.
    """
    bottom = min((pair.label.line.box[1] for pair in pairs), default=page.box[3])
    foot = _foot(page)
    stated = [whole(line) for line in free if line.box[1] < foot and (is_status(line.text) or _is_large(line, page))]
    stated = stated or [part for line in free if line.box[1] <= bottom and (part := status_in(whole(line))) is not None]
    above = [part for part in stated if part.line.box[1] <= bottom] or stated
    if not above:
        return None
    first = min(above, key=lambda part: (part.line.box[1], part.line.box[0]))
    row = sorted(
        (part for part in above if overlap(part.line.box, first.line.box) > 0.5), key=lambda part: part.line.box[0]
    )
    return said(row, glue=" ")


def _is_large(line: Line, page: Page) -> bool:
    """Whether a bare word of a state stands larger than what the page is set in."""
    heights = sorted(other.box[3] - other.box[1] for other in page.lines)
    return _BARE.fullmatch(line.text.strip()) is not None and (
        line.box[3] - line.box[1] > _LARGE * heights[len(heights) // 2]
    )


def buttons_on(page: Page, held: set[int]) -> tuple[int, ...]:
    """The indices of lines that are buttons: worded like one and part of no pair."""
    return tuple(
        at for at, line in enumerate(page.lines) if id(line) not in held and _BUTTON.fullmatch(line.text.strip(" >›"))
    )


def _foot(page: Page) -> float:
    """Where the bar of buttons at the foot begins: the first of the last rows that hold nothing but buttons."""
    top = page.box[3] + 1
    for line in sorted(page.lines, key=lambda line: -line.box[3]):
        if not _BUTTON.fullmatch(line.text.strip(" >›")):
            break
        top = min(top, line.box[1])
    return top
