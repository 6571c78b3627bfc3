"""What the columns of order tables are commonly called: enough to draft a declaration, which a person confirms."""

from __future__ import annotations

from collections.abc import Iterable

from stages.lang.text import header_key

__all__ = ["NAMES", "by_names"]

_PRINTED: dict[str, str] = {
    "order_id": "订单号 订单编号 主订单编号 主订单号 父订单号 平台订单号 交易编号 order_id orderid order_no order_sn"
    " 订单id 单号",
    "sub_order_id": "子订单编号 子订单号 商品单号 sub_order_id",
    "transaction_id": "支付流水号 支付单号 交易流水号 交易单号 支付交易号 transaction_id trade_no",
    "carrier": "物流公司 快递公司 承运商 配送方式 carrier express",
    "tracking_no": "快递单号 运单号 物流单号 物流编号 tracking_no tracking_number waybill_no",
    "status": "订单状态 状态 交易状态 order_status status",
    "nick": "买家昵称 买家会员名 买家旺旺 用户昵称 买家账号 买家 buyer_nick nickname",
    "name": "收件人 收货人 收货人姓名 收件人姓名 receiver_name",
    "phone": "收件人电话 收货人电话 联系电话 联系手机 手机号 收件人手机 receiver_phone",
    "address": "收货地址 收件地址 详细地址 收件人地址 address",
    "title": "商品名称 商品标题 宝贝标题 商品 品名 货品名称 title product_name",
    "sku": "sku编码 商家编码 商品编码 规格编码 货号 skuid sku_id sku",
    "spec": "规格 商品规格 sku规格 规格名称 颜色分类 商品属性 spec",
    "quantity": "数量 商品数量 购买数量 件数 商品件数 quantity qty",
    "unit_price": "单价 商品单价 unit_price",
    "created": "下单时间 订单创建时间 创建时间 订单提交时间 拍下时间 create_time created_at order_time",
    "paid": "付款时间 支付时间 订单付款时间 支付完成时间 pay_time paid_at",
    "promised_ship": "承诺发货时间 最晚发货时间 应发货时间",
    "shipped": "发货时间 订单发货时间 发出时间 ship_time shipped_at",
    "signed": "签收时间 妥投时间",
    "confirmed": "确认收货时间 收货时间",
    "completed": "完成时间 订单完成时间 交易完成时间 订单完结时间",
    "refund_applied": "申请退款时间 售后申请时间 退款申请时间",
    "refunded": "退款时间 退款完成时间 退款成功时间",
    "closed": "关闭时间 订单关闭时间 取消时间",
    "goods": "商品总价 商品金额 商品总额 货款",
    "shipping": "运费 邮费 快递费",
    "discount": "优惠金额 优惠 优惠总额 折扣金额",
    "payable": "应付金额 应付款 订单应付金额 买家应付货款",
    "amount": "订单金额 总金额 订单总额 金额 amount total",
    "paid_amount": "实付金额 支付金额 买家实付金额 实际支付金额 买家实际支付金额 实付款",
    "received": "商家实收金额 实收金额 实收",
    "refunded_amount": "退款金额 已退金额",
    "text": "买家留言 备注 商家备注 订单备注 留言",
}
NAMES: dict[str, tuple[str, ...]] = {
    field: tuple(map(header_key, printed.split())) for field, printed in _PRINTED.items()
}
"""A declaration's word for a column, and the names of such columns, the surest first."""


def by_names(names: Iterable[str]) -> dict[str, str]:
    """The columns of a header as far as their names tell: field and printed name, each column once.

    A unit in brackets behind a name does not matter here.
    """
    printed: dict[str, str] = {}
    for name in names:
        printed.setdefault(header_key(name).partition("(")[0], name)
    printed.pop("", None)
    columns: dict[str, str] = {}
    for field, words in NAMES.items():
        found = next((printed[word] for word in words if word in printed), None)
        if found is not None:
            columns[field] = found
    return columns
