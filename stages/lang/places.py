"""Places as apps print them beside a time ("03-02 上海"): where the author's line is. The list is closed."""

from __future__ import annotations

__all__ = ["PLACES"]

_CHINA = (
    "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 "
    "海南 四川 贵州 云南 陕西 甘肃 青海 内蒙古 广西 西藏 宁夏 新疆 香港 澳门 台湾 中国香港 中国澳门 "
    "中国台湾 中国 北京市 天津市 上海市 重庆市 重慶 遼寧 黑龍江 江蘇 廣東 貴州 雲南 陝西 甘肅 內蒙古 "
    "廣西 寧夏 澳門 台灣 臺灣 湖南省 广东省 浙江省 江苏省 山东省 四川省"
)
_WORLD = (
    "美国 英国 日本 韩国 加拿大 澳大利亚 新西兰 新加坡 马来西亚 泰国 越南 菲律宾 印度尼西亚 印度 缅甸 "
    "柬埔寨 老挝 文莱 法国 德国 意大利 西班牙 葡萄牙 荷兰 比利时 瑞士 奥地利 瑞典 挪威 丹麦 芬兰 冰岛 "
    "爱尔兰 波兰 捷克 匈牙利 希腊 土耳其 俄罗斯 乌克兰 白俄罗斯 哈萨克斯坦 乌兹别克斯坦 蒙古 巴基斯坦 "
    "孟加拉国 斯里兰卡 尼泊尔 阿联酋 沙特阿拉伯 卡塔尔 以色列 伊朗 伊拉克 科威特 埃及 南非 尼日利亚 "
    "肯尼亚 埃塞俄比亚 加纳 坦桑尼亚 摩洛哥 墨西哥 巴西 阿根廷 智利 秘鲁 哥伦比亚 罗马尼亚 保加利亚 "
    "塞尔维亚 克罗地亚 卢森堡 马耳他 塞浦路斯 马尔代夫 毛里求斯 朝鲜 海外 未知"
)
PLACES: tuple[str, ...] = tuple(sorted({*_CHINA.split(), *_WORLD.split()}, key=lambda name: (-len(name), name)))
"""Provinces and countries by their Chinese names, the longest first."""
