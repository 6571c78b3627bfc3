"""小红书千帆: the order sheet, as data. Its after-sale and settlement sheets share names with it and are told apart.

One row a SKU in a package, so that an order number repeats; sums are in yuan; the sheet has no time of delivery.
"""

from __future__ import annotations

from stages.orders.known import known
from stages.orders.layout import Layout, columns, keys

__all__ = ["LAYOUT", "READER"]

LAYOUT = Layout(
    id="xiaohongshu-orders",
    version=1,
    all_of=keys("订单号", "SKU规格", "SKU件数", "商家应收金额(元)(支付金额)"),
    any_of=keys("小红书编码", "达人ID", "承诺发货时间"),
    none_of=keys("售后单号", "申请售后金额(元)", "动账金额", "结算时间"),
    columns=columns(
        order_id=("订单号",),
        transaction_id=("支付渠道订单号",),
        status=("订单状态",),
        text=("用户备注",),
        name=("收件人姓名",),
        phone=("收件人电话",),
        address=("收件人地址",),
        title=("SKU名称", "商品名称"),
        sku=("规格ID",),
        spec=("SKU规格",),
        quantity=("SKU件数",),
        goods=("商品总价(元)",),
        shipping=("包裹总运费(元)",),
        payable=("用户应付金额(元)",),
        received=("商家应收金额(元)(支付金额)",),
        carrier=("快递公司",),
        tracking_no=("快递单号",),
        created=("订单创建时间",),
        paid=("支付时间",),
        promised_ship=("承诺发货时间",),
        shipped=("订单发货时间",),
        completed=("订单完成时间",),
    ),
    withheld=("订购人身份证", "收件人身份证"),
    to_the_second=True,
)

READER = known(LAYOUT, grade="B")
