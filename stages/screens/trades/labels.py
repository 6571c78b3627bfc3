"""Labels of trades in classes of wordings: what stands before a value, whatever the shop, the app or the language.

A class is a pattern over the label as it is matched (`header_key`: width, case and blanks aside), so that wordings
never seen but built alike are known too. The order of the classes decides: the first that fits the whole label.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from stages.lang.text import header_key

__all__ = [
    "MONEY_FIELDS",
    "NUMBER_FIELDS",
    "PAYMENT",
    "REFUND",
    "STEPS",
    "TIME_FIELDS",
    "TRADE",
    "Labels",
    "field_of",
    "key",
    "simple",
]

Labels = tuple[tuple[str, str], ...]
"""Fields, each with the pattern of its labels."""

_BY = r"(?:(?:买家|卖家|商家|用户|客户|顾客|订单|平台|包裹|系统|实际)(?:的)?)?"
_WHEN = r"(?:的)?(?:时间|日期)"

_TIMES: Labels = (
    ("times.refund_applied", rf"(?:退款|售后|退货)?(?:的)?申请(?:退款|售后|退货|提交)?{_WHEN}"
                             rf"|(?:退款|售后|退货)(?:创建|发起|提交){_WHEN}|(?:refund )?requested(?: on| at)?"),
    ("times.refunded", rf"(?:商家)?退款(?:成功|完成|到账|完结|处理)?{_WHEN}|refunded (?:on|at)|refund (?:date|time)"),
    ("times.promised_ship", rf"(?:承诺|最晚|最迟|应)发货(?:截止)?{_WHEN}|发货(?:截止|时限){_WHEN}?|ship by(?: date)?"
                            r"|latest ship date"),
    ("times.created", rf"{_BY}(?:下单|创建|建立|成立|提交|拍下|生成|订购){_WHEN}|订单{_WHEN}"
                      rf"|订单(?:创建|提交|生成|成立|下单){_WHEN}|order(?:ed)? ?(?:placed|date|time|on|at"
                      rf"|created)(?: on| at)?"
                      r"|拍下商品|提交订单|买家下单|订单已成立|(?:date )?placed(?: on| at)?|created(?: at| on)?"
                      r"|purchased?(?: date| on)|date of order"),
    ("times.paid", rf"{_BY}(?:付款|支付)(?:完成|成功)?{_WHEN}|买家付款|订单已付款|paid at|(?:payment"
                   rf"|paid) (?:date|time|on)"),
    ("times.shipped", rf"{_BY}(?:发货|出货|出库|发出|寄出|寄件){_WHEN}"
                      r"|(?:卖家|商家)发货|(?:shipped|dispatched|fulfilled)(?: on| at)?|(?:ship|dispatch"
                      r"|shipping|shipment) date"),
    ("times.signed", rf"{_BY}(?:签收|送达|妥投){_WHEN}|delivered(?: on| at)?|date delivered"),
    ("times.confirmed", rf"{_BY}确认(?:收货)?{_WHEN}|确认收货|收货确认{_WHEN}"),
    ("times.completed", rf"(?:订单|交易)?(?:成交|完成|完结)(?:成功)?{_WHEN}|交易成功{_WHEN}"
                        r"|(?:order )?completed(?: on| at)?"),
    ("times.closed", rf"(?:订单|交易)?(?:关闭|取消|撤销){_WHEN}|(?:cancell?ed|closed) (?:on|at)"),
)  # fmt: skip

_AMOUNTS: Labels = (
    ("amounts.refunded", r"(?:实际|已|商家|买家|共|总)?退(?:款|货款)(?:总)?(?:金额|总额|合计)?|实退(?:款|金额)?"
                         r"|refund(?:ed)?(?: amount| total)?|total refund(?:ed)?"),
    ("amounts.received", r"(?:商家|卖家|店铺)?实收(?:款|金额)?|商家应收(?:款|金额)?|net payment|you received"),
    ("amounts.paid", rf"{_BY}(?:实付|实际支付|实际付款|已付|已支付|支付|付款)(?:款|金额|总额|总价|合计|总计)"
                     r"|实付|用户实付|买家实付|(?:amount |total )?paid(?: by customer)?|payment (?:amount|total)"
                     r"|amount paid|you paid"),
    ("amounts.shipping", r"(?:快递|物流|订单|商品|包裹)?总?(?:运费|邮费)(?:总?(?:金额|额))?|(?:快递|配送|物流)费用?"
                         r"|(?:shipping|delivery|postage)(?: ?(?:fee|cost|charges?|& handling|and handling))?"),
    ("amounts.discount_total", r"(?:优惠|折扣)(?:总)?(?:合计|总额|总计)|(?:总|共|合计)优惠|总计优惠"
                               r"|total (?:discount|savings)s?"),
    ("amounts.discount", r".{0,8}(?:优惠|立减|满减|折扣|抵扣|红包|津贴|补贴|优惠券|(?<!代金)券|直降)(?:券|金额)?"
                         r"|(?:.{1,12} )?discounts?(?: amount)?|coupons?|promotions?(?: applied)?|savings"),
    ("amounts.goods", r"(?:商品|货品|宝贝|货款|商品货款)(?:总|总共)?(?:总价|总额|金额|合计|小计|总计|价格)"
                      r"|小计|(?:items? |merchandise |goods )?sub-?total(?: \(\d+ items?\))?|items? total"
                      r"|items?(?: \(\d+\))?|item\(s\) subtotal"),
    ("amounts.payable", rf"{_BY}(?:应付|需付|待付|待支付)(?:款|金额|总额|合计)?|订单?(?:总价|总额|总计"
                        r"|合计|金额|总金额|总款)|合计|总计|总价|(?:order |grand )?total(?: due| price)?|amount due"
                        r"|total for this order"),
)  # fmt: skip

_NUMBERS: Labels = (
    ("sub_order_id", r"子订单(?:编号|号码?|id)"),
    ("order_id", r"(?:平台|商家|商户|原|主|关联|交易|店铺)?订单(?:编号|号码|号|id)"
                 r"|(?:original )?order ?(?:no\.?|number|id|#|nr\.?)"),
    ("transaction_id", r"(?:支付宝|微信|支付|微信支付|银行)?交易(?:单|流水)?(?:号|号码|编号)|支付(?:流水|单|交易)?号"
                       r"|(?:交易)?流水号|转账单号|支付渠道(?:订单|单)号|退款(?:单号|编号)|(?:transaction|payment) "
                       r"?(?:id|no\.?|number|reference)|reference(?: ?(?:no\.?|number|id))?"),
    ("tracking_no", r"(?:物流|快递|快件|货运|包裹|配送|发货|顺丰|承运)(?:单号|编号|运单号)|运单(?:号码?|编号)?"
                    r"|(?:追踪|跟踪)(?:单|号|编)?号码?|(?:tracking|waybill|parcel|consignment|shipment)"
                    r"(?: ?(?:no\.?|number|id|#|code))|tracking|awb"),
)  # fmt: skip

_WHO: Labels = (
    ("receiver", r"收(?:货|件)(?:人)?(?:信息)|配送信息|收货"),
    ("buyer.name", r"收(?:货|件)人(?:姓名)?|收货姓名|姓名|consignee|recipient(?: name)?|customer(?: name)?"
                   r"|ship(?:ped)? "
                   r"to name"),
    ("buyer.phone", r"(?:收(?:货|件)人|联系|买家)(?:人)?(?:电话|手机|手机号码?)|手机号?码?|联系方式"
                    r"|phone(?: ?(?:no\.?|number))?|mobile(?: number)?"),
    ("buyer.address", r"(?:收(?:货|件)(?:人)?|配送|送货|详细|邮寄|寄送)地址|(?:shipping|delivery) address"
                      r"|(?:ship|deliver(?:ed)?|shipping) to"),
    ("buyer.nick", r"买家(?:昵称|会员名|账号|帐号|id|旺旺|用户名)?|(?:用户|会员|客户)(?:昵称|名|账号|名称)"
                   r"|下单(?:用户|人|账号)"
                   r"|小红书(?:昵称|号)|buyer(?: ?(?:name|nick|nickname|id))?"),
    ("party", r"店铺(?:名称)?|商家(?:名称)?|卖家(?:昵称|会员名)?|商户(?:全称|名称)?|seller|sold by|merchant|store"),
    ("carrier", r"(?:物流|快递|承运|配送)(?:公司|商|人|企业|服务商|名称)|carrier|courier|shipped (?:via|with|by)"),
    ("delivery", r"快递|物流|(?:物流|快递|配送|运送|发货)(?:方式|渠道)|(?:shipping|delivery) method"),
    ("status", r"(?:订单|交易|当前)?(?:状态)|(?:order )?status"),
    ("text", r"(?:买家|用户|订单|客户)?(?:留言|备注)|(?:order |customer )?(?:notes?|remarks?)"),
)  # fmt: skip

_PLAIN: Labels = (
    ("", r"(?:支付|付款|交易)(?:方式|渠道|类型)|(?:配送|运送|物流)类型|发票(?:类型|抬头)?|商品(?:编码|编号|id|规格|名称"
         r"|数量)|数量|单价"
         r"|退货物流单号|(?:售后|服务|退货)(?:单号|编号|类型|状态|原因)|退款(?:原因|方式|说明|类型|状态)"
         r"|申请(?:退款|售后)?(?:金额|原因|件数)"
         r"|官方电话|客服电话|(?:tax|taxes|vat|payment method|email)"
         r"|预计(?:发货|送达|到达)(?:时间)?|(?:estimated|expected) (?:delivery|arrival)(?: date)?"),
)  # fmt: skip

TRADE: Labels = (*_PLAIN, *_TIMES, *_NUMBERS, *_AMOUNTS, *_WHO)
"""Labels of orders and parcels. A label without a field is known to be a label, and that is all."""

PAYMENT: Labels = (
    ("transaction_id", r"(?:支付宝|微信)?(?:交易|支付|转账|转帐|退款|订单|账单|凭证|回单|电子回单)(?:单"
                       r"|流水)?(?:号|号码|编号)"
                       r"|(?:交易)?流水号|(?:transaction|payment|transfer|confirmation|receipt) ?(?:id|no\.?"
                       r"|number|#)"
                       r"|reference(?: ?(?:no\.?|number|id))?"),
    ("order_id", r"(?:商户|商家)(?:订单|单)?(?:号|编号|单号)|原(?:商户|商家)?(?:订单|单)号"
                 r"|merchant order(?: ?(?:no\.?|id))?"
                 r"|order ?(?:no\.?|number|id|#)|invoice ?(?:no\.?|number|id)"),
    ("times.refunded", rf"退款(?:成功|完成|到账|到帐)?{_WHEN}|退回{_WHEN}|到账{_WHEN}"),
    ("times.refund_applied", rf"(?:退款)?(?:申请|发起){_WHEN}"),
    ("times.paid", rf"(?:支付|付款|转账|转帐|交易|扣款|汇款)(?:完成|成功)?{_WHEN}|(?:payment|paid|transfer"
                   rf"|transaction) "
                   r"(?:date|time|on)|paid (?:on|at)|date(?: and time|/time)?"),
    ("times.confirmed", rf"(?:收款|收钱|入账){_WHEN}|received (?:on|at)"),
    ("times.created", rf"(?:创建|下单|账单创建){_WHEN}|created(?: on| at)?"),
    ("payee", r"收款(?:方|人|账户|商户|商家|单位|账号)?(?:全称|户名|名称|姓名|备注名)?|商户(?:全称|名称|简称)?"
              r"|商家(?:名称|全称)?"
              r"|(?:to|payee|recipient|paid to|merchant|sent to|beneficiary)(?: name)?"),
    ("payer", r"付款(?:方|人|账户|户名|单位)(?:全称|户名|名称|姓名)?|付款户名"
              r"|(?:from|payer|paid by|sender|received from)(?: name)?"),
    ("party", r"(?:对方|交易对方|对方账户|对方账号|对方户名)(?:名称|户名)?|转账对象"),
    ("status", r"(?:当前|交易|支付|退款|转账)?状态|(?:payment |transaction |refund |transfer )?status"),
    ("amounts.refunded", r"(?:已)?退款(?:总)?金额|refund(?:ed)?(?: amount)?|amount refunded"),
    ("amounts.fee", r"手续费|服务费|(?:service |transaction )?fees?"),
    ("amounts.goods", r"商品金额|订单金额|原价|subtotal|order amount"),
    ("amounts.discount", r".{0,8}(?:优惠|立减|满减|折扣|抵扣|红包|券|随机立减)(?:金额)?|discounts?(?: amount)?"),
    ("amounts.paid", r"(?:实付|实际支付|支付|付款|转账|交易|收款|扣款|汇款)(?:总)?(?:金额|合计|款)|金额|实付"
                     r"|(?:total )?amount"
                     r"(?: paid| sent)?|total(?: paid)?|you paid|payment amount"),
    ("text", r"(?:商品|转账|付款|收款|交易)?(?:说明|备注|附言|留言|用途|摘要)|商品(?:名称)?|note|memo"
             r"|description|purpose"),
    ("", r"(?:支付|付款|收款|退款|转账)(?:方式|渠道|账号|账户|卡号|去向|到)?|账单分类|计入收支|清算机构"
         r"|收单机构|付款银行|收款银行"
         r"|交易类型|(?:payment method|funding source|paid with|account|method)|收款账号|付款账号|退款(?:方式"
         r"|原因|到)|退回账户"),
)  # fmt: skip
"""Labels of bills, transfers and receipts: there an order number is the payment's own, the merchant's the order's."""

REFUND: Labels = (
    ("status", r"(?:售后|退款|退货|退货退款|处理|申请)(?:进度|状态)|(?:refund|return) status"),
    ("transaction_id", r"退款(?:单号|编号|id)|refund ?(?:id|no\.?|number)"),
    ("times.refund_applied", rf"申请{_WHEN}|(?:售后|退款)?(?:单)?(?:创建|发起|提交){_WHEN}"),
    ("", r"(?:售后|服务|退货)(?:单号|编号|id)"),
)  # fmt: skip
"""Labels that mean something else on a page or in a row of after-sales."""

STEPS: Labels = (
    ("times.created", rf"{_BY}已?(?:下单|拍下(?:商品)?|(?:提交|创建)(?:订单)?|订单(?:提交|创建))(?:成功)?"
                      r"|(?:order )?(?:placed|created|ordered)"),
    ("times.paid", rf"{_BY}已?(?:付款|支付)(?:订单)?(?:成功|完成)?|(?:payment )?(?:paid|confirmed)|payment"),
    ("times.shipped", rf"{_BY}已?(?:发货|出库|寄出)(?:成功|完成)?|shipped|dispatched"),
    ("times.signed", rf"{_BY}已?(?:签收|送达|妥投)(?:成功)?|delivered"),
    ("times.confirmed", rf"{_BY}已?(?:确认)?收货"),
    ("times.completed", r"(?:交易|订单)?(?:已)?(?:完成|成功)|(?:order )?completed?"),
    ("times.closed", r"(?:交易|订单)(?:已)?(?:关闭|取消)|(?:cancell?ed|closed)"),
    ("", rf"{_BY}已?(?:评价|揽收|揽件|出票|接单|备货|配货|配送|派送|运输)(?:中|完成)?|reviewed|processing"),
)  # fmt: skip
"""Steps of an order: a label of a time only where they stand in a row and each has its time under it."""

TIME_FIELDS = frozenset(name for name, _ in (*_TIMES, *PAYMENT) if name.startswith("times."))
MONEY_FIELDS = frozenset(name for name, _ in (*_AMOUNTS, *PAYMENT) if name.startswith("amounts."))
NUMBER_FIELDS = frozenset({"order_id", "sub_order_id", "transaction_id", "tracking_no"})

_SIMPLE = str.maketrans(
    "訂單編號碼時間實際總價額運費優惠應計貨發簽達確認關閉帳賬電話聯絡買賣遞狀態備註轉資訊預紅補貼購郵暱稱員",
    "订单编号码时间实际总价额运费优惠应计货发签达确认关闭账账电话联络买卖递状态备注转资讯预红补贴购邮昵称员",
)
"""Labels in traditional characters are matched as their simple forms."""
_REMARK = re.compile(r"\s*\([^()]{1,12}\)$")
_TAIL = re.compile(r"[\s::?？ⓘ①>›»〉\]】)*·.]+$")
_HEAD = re.compile(r"^[\s·•*|【\[]+")


def key(said: str) -> str:
    """A label as it is matched: without the colon, the chevron or the question mark behind it."""
    text = simple(_HEAD.sub("", header_key(said)))
    while (shorter := _REMARK.sub("", text) if _REMARK.search(text) else _TAIL.sub("", text)) != text:
        text = shorter
    return text.strip()


def simple(text: str) -> str:
    """A wording with the traditional characters of labels in their simple forms, each at its place."""
    return text.translate(_SIMPLE)


@lru_cache(maxsize=4096)
def field_of(said: str, labels: Labels = TRADE) -> str | None:
    """The field a label names, "" for a label that is known and names none, None for what is no label.

    Kept, for every layout asks for the same lines.
    """
    wording = key(said)
    if not 1 < len(wording) <= 24:
        return None
    found = _any_of(labels).fullmatch(wording)
    return labels[found.lastindex - 1][0] if found and found.lastindex else None


@cache
def _any_of(labels: Labels) -> re.Pattern[str]:
    """All patterns in one, tried in their order: the group that matched is the label's number."""
    return re.compile("|".join(f"({pattern})" for _, pattern in labels))
