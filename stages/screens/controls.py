"""The words of controls: what apps print on buttons, tabs and empty inputs, as `header_key` gives them.

A word of these is a control only where it stands like one: `status` decides that.
"""

from __future__ import annotations

import re

__all__ = ["ACTIONS", "INLINE", "INPUTS", "TABS"]

ACTIONS = re.compile(
    r"回[复覆]|点?赞|踩|收藏|分享|转发|评论|举报|投诉|(?:查看)?翻译|展开(?:全文)?|全文|收起|更多|查看更多(?:评论|评价)?|复制(?:单号|链接)?|拷贝|长按复制"
    r"|编辑|编輯|删除|置顶|\+?关注|已关注|回关|私信|发消息|进店(?:逛逛)?|联系(?:卖家|客服|商家|买家|快递员|骑手)|(?:在线)?客服|店铺"
    r"|(?:展开|查看)(?:全部|更多|剩余)?\s?\d*\s?条?(?:回复|评论|评价)|共\d+条回复|(?:写|去|发布|追加)?评价|追评|回复评价|申诉"
    r"|申请(?:售后|退款|开票|开具发票)|(?:退款|退换)/售后|(?:开具|查看)发票|查看?物流|物流详情|确认收货|再次购买|再[买来]一单"
    r"|(?:删除|取消)订单|延长收货|催发货|修改地址|加入购物车|立即(?:购买|付款)|去支付|付款|(?:拨打|打)电话"
    r"|发送|提交|确定|确认|取消|返回|完成|保存|关闭|[上下]一步|搜索|筛选|排序|查询|重置|导出|(?:查看)?详情|查看|备注"
    r"|reply|like|share|save|copy|follow(?:ing)?|send|back|cancel|done|edit|delete|close|report|respond|refund|helpful"
    r"|(?:see )?translat(?:e|ion)|(?:see|show) more|view (?:all )?(?:\d+ )?(?:more )?(?:replies|comments|reviews)"
    r"|track(?: package| order| parcel)?|buy again|reorder|return(?: items?)?|contact (?:seller|buyer|us|support)"
    r"|message (?:seller|buyer)|fulfill items?|more actions|add to (?:cart|bag|basket)|buy now|search|filter|sort"
    r"|export|(?:view )?details|write a review",
)
INLINE = re.compile(
    r"回[复覆]|点?赞|踩|收藏|分享|转发|举报|(?:查看)?翻译|展开.*|收起|全文|查看.*|复制(?:单号|链接)?|拷贝|\+?关注|已关注|回关|私信|申诉|回复评价|编辑|删除"
    r"|reply|like|share|copy|follow(?:ing)?|edit|delete|report|helpful|(?:see|view|show) .*|(?:see )?translat(?:e|ion)",
)
"""Those that stand behind a text: others do so as well as steps of an order."""
TABS = re.compile(
    r"首页|购物车?|市集|热门|视频|直播|消息|通知|我的?|发现|关注|附近|推荐|分类|通讯录|微信|联系人|动态|客服|店铺|收藏|订单|商品|数据|工作台|经营|更多|发布|\+"
    r"|home|search|shop|orders?|products?|inbox|messages|chats?|updates|calls|communities|profile|me|cart|account|more"
    r"|notifications|activity|explore|settings|store|analytics|customers",
)
INPUTS = re.compile(
    r"(?:说点儿?什么|有话要说|写评论|写下你的评论|发(?:条|表)?(?:友善的)?评论|留下你的(?:精彩)?评论|善语结善缘|有什么想说|爱评论的人|快来(?:评论|互动)|我来说两句"
    r"|发(?:消息|信息)|输入消息|请输入|按住\s?说话|想问点什么|和(?:ta|他|她)聊聊|回[复覆]\s?@).{0,16}"
    r"|回[复覆].{1,16}[:：]"
    r"|(?:type a message|message|imessage|text message|add a comment|write a (?:comment|reply|message)|hold to talk"
    r"|send a message)(?:\.{2,}|…)?"
)
