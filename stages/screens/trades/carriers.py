"""Names of carriers: those that are known, and whatever is built like one."""

from __future__ import annotations

import re

from stages.screens.trades.values import Part

__all__ = ["carrier_in", "names_carrier"]

_CARRIER = re.compile(
    r"(?:(?:中国|中國)(?=邮政|郵政))?(?:顺丰|順豐|中通|圆通|圓通|韵达|申通|极兔|百世|京东|德邦|邮政|郵政|菜鸟|丹鸟|跨越|安能|天天|优速|宅急送"
    r"|国通|速尔|苏宁|九曳|壹米滴答|黑猫|黑貓"
    r"|新竹|EMS|ems)(?:极速)?(?:速运|速運|快递|快遞|速递|速遞|物流|快运|快運|宅配|宅急便|同城|标快|特快"
    r"|标准|特快专递|国际|直送|供应链|EMS|小包)*(?:包裹|小包)?"
    r"|(?<![A-Za-z])(?:UPS|DHL|FedEx|USPS|TNT|DPD|GLS|Royal Mail|Canada Post|Australia Post|Hermes|Evri|Yodel"
    r"|Aramex|Yanwen"
    r"|YunExpress|SF Express|J&T Express|Amazon Logistics|China Post|Parcelforce|OnTrac|LaserShip|PostNL|Singpost)"
    r"(?: (?:Express|Ground|eCommerce|Next Day|2nd Day Air|Worldwide|Priority(?: Mail)?|Home Delivery|First Class"
    r"|Standard|Saver|Global Mail|Parcel|24|48|Tracked(?: \d\d)?))*(?![A-Za-z])",
)
_LIKE = re.compile(r"[\u3400-\u9fff]{2,4}?(?:速运|快递|速递|快运|物流)(?=$|[\s(（:：|,，/]|[A-Za-z]{0,4}\d)")
"""What is built like the name of a carrier."""
_NO_CARRIER = re.compile(
    r"(?:标准|特快|极速|次日|查看|申请|您的|普通|暂无|商家|卖家|选择|联系|官方|更多|全部|修改|同城|退货|我的|快递|物流"
    r"|支持)?(?:快递|物流|速递|速运|快运)"
)


def carrier_in(part: Part) -> Part | None:
    """The carrier a part names, None where it names none."""
    match = _named(part.text)
    return part.cut(*match.span()) if match is not None else None


def names_carrier(text: str) -> bool:
    """Whether a wording begins with the name of a carrier, and holds at most a parcel's number beside it."""
    match = _named(text)
    return (
        match is not None
        and re.fullmatch(r"\s*", text[: match.start()]) is not None
        and (re.fullmatch(r"[\s:：(（]*[A-Za-z]{0,5}[\d\s*]*[)）]?", text[match.end() :]) is not None)
    )


def _named(text: str) -> re.Match[str] | None:
    for pattern in (_CARRIER, _LIKE):
        for match in pattern.finditer(text):
            if not _NO_CARRIER.fullmatch(match[0]):
                return match
    return None
