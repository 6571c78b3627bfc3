"""What each declared table format is."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {
    "reads-xiaohongshu-after-sale": Wording("info", "小红书千帆的售后单表", "After-sale cases of a Xiaohongshu shop"),
    "reads-xiaohongshu-settlement": Wording(
        "info", "小红书千帆的结算明细和其他服务款项", "Settlements and other money of a Xiaohongshu shop"
    ),
    "reads-xiaohongshu-account-flow": Wording("info", "小红书千帆的账户流水", "The account flow of a Xiaohongshu shop"),
    "reads-alipay-web": Wording(
        "info", "支付宝网页版导出的交易明细（2021 年及以前）", "Alipay bill from its web page, to 2021"
    ),
    "reads-alipay-app": Wording(
        "info", "支付宝手机端导出的交易明细（2021 年以后）", "Alipay bill from its app, since 2021"
    ),
    "reads-alipay-merchant": Wording("info", "支付宝商家中心的交易明细", "Alipay transactions of a shop"),
    "reads-alipay-account": Wording("info", "支付宝商家账户的账务明细", "Alipay account flow of a shop"),
    "reads-wechat-pay": Wording("info", "微信支付账单", "WeChat Pay bill"),
    "reads-taobao-orders": Wording("info", "淘宝、天猫千牛导出的订单表", "Orders of a Taobao or Tmall shop"),
    "reads-taobao-items": Wording("info", "淘宝、天猫千牛导出的宝贝明细表", "Order items of a Taobao or Tmall shop"),
    "reads-taobao-refunds": Wording("info", "淘宝、天猫千牛导出的退款表", "Refunds of a Taobao or Tmall shop"),
    "reads-jd-orders": Wording("info", "京东京麦导出的订单表", "Orders of a JD shop"),
    "reads-jd-finance": Wording("info", "京东金融账单", "JD Finance bill"),
    "reads-pinduoduo-orders": Wording("info", "拼多多商家后台导出的订单表", "Orders of a Pinduoduo shop"),
    "reads-douyin-orders": Wording("info", "抖店导出的订单表", "Orders of a Douyin shop"),
    "reads-douyin-refunds": Wording("info", "抖店导出的售后表", "After-sale cases of a Douyin shop"),
    "reads-kuaishou-orders": Wording("info", "快手小店导出的订单表", "Orders of a Kuaishou shop"),
    "reads-wechat-shop-orders": Wording("info", "微信小店、视频号小店导出的订单表", "Orders of a WeChat shop"),
    "reads-youzan-orders": Wording("info", "有赞导出的订单表", "Orders of a Youzan shop"),
    "reads-meituan-bill": Wording("info", "美团账单", "Meituan bill"),
    "reads-shopify-orders": Wording("info", "Shopify 导出的订单表", "Orders of a Shopify shop"),
    "reads-amazon-orders": Wording("info", "亚马逊卖家订单报表", "Order reports of an Amazon seller"),
    "reads-paypal-activity": Wording("info", "PayPal 账户的交易明细", "The activity of a PayPal account"),
    "reads-woocommerce-orders": Wording(
        "info", "WooCommerce 插件导出的订单表", "Orders as export plugins of WooCommerce write them"
    ),
    "reads-ebay-orders": Wording("info", "eBay 卖家订单报表", "The orders report of an eBay seller"),
    "reads-etsy-orders": Wording("info", "Etsy 卖家的订单表和商品表", "Sold orders and sold items of an Etsy shop"),
    "reads-tracking-table": Wording(
        "info", "物流轨迹表（运单号、时间、轨迹）", "A parcel's scans as a table (number, time, what happened)"
    ),
    "reads-stripe-balance": Wording("info", "Stripe 余额明细", "Stripe balance transactions"),
}
