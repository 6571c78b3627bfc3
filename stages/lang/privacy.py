"""Personal data in text: what to hide, and how it looks hidden.

Phones, ID and bank cards, mail addresses, and the names and addresses of natural persons are hidden so that a reader
can still compare them (王**, 159****9938). Numbers that identify an order or a parcel are told by `keep`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

__all__ = ["Hidden", "mask", "names_in", "spans"]

_HAN = "一-鿿"
_NARROW = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF5B), 0xFF0B, 0xFF20)} | {"　": " "}
)
"""Full-width digits, letters, plus and at sign as plain ones: every character stays one character."""

_MOBILE = re.compile(
    r"(?<!\d)(?:\(?(?:\+|00)?86\)?[-\s]?)?(1[3-9]\d)(?:[-\s]?\d{4}[-\s]?|[.·]\d{4}[.·])(\d{4})(?![\dA-Z])"
)
_LANDLINE = re.compile(
    r"(?<![\d.-])(?:\(?\+?86\)?[-\s]?)?\(?(0(?:10|2\d|[3-9]\d{2}))(\)?[-\s]?)([2-8]\d{2,3})[-\s]?(\d{4})(?!\d)"
)
_FOREIGN = re.compile(r"(?<![\w+])\+(?!86)(\d{1,3})(?:[-\s.]?\(?\d{2,5}\)?){2,4}(?!\d)")
_AMERICAN = re.compile(r"(?<![\w.-])(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-.]\d{4}(?![\w-])")
_BRITISH = re.compile(r"(?<![\w.-])07\d{3} ?\d{3} ?\d{3}(?!\d)")
_ID_CARD = re.compile(r"(?<!\d)([1-8]\d{5})([-\s]?)((?:19|20)\d{6})\2(\d{3}[\dXx])(?!\d)")
_OLD_ID_CARD = re.compile(
    r"(?<!\d)((?:1[1-5]|2[123]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])\d{4})([-\s]?)(\d{6})\2(\d{3})(?!\d)"
)
_CARD = re.compile(r"(?<![\d.-])(\d{4}[-\s]?)\d{4}[-\s]?\d{4}[-\s]?\d{4}(?:[-\s]?\d{1,3})?(?![\d-])")
_IS_CARD = re.compile(r"(?i:卡号|银行卡|储蓄卡|信用卡|借记卡|银行|收款账号|card(?: number| no\.?)?)[^\d\n]{0,10}$")
_IS_NO_CARD = re.compile(r"(?i:订单|单号|编号|交易|流水|快递|运单|order|tracking|parcel|transaction)[^\d\n]{0,14}$")
_WORD_AHEAD = re.compile(r"[A-Za-z]{1,12}[-.]?$")
_NUMBER_WORDS = frozenset({"TEL", "PHONE", "MOBILE", "MOB", "CELL", "CALL", "ID", "NO", "CARD", "WECHAT", "WX", "VX"})
_MAIL = re.compile(r"(?<![A-Za-z0-9._%+-])([A-Za-z0-9])[A-Za-z0-9._%+-]*(@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
_PHONE_AHEAD = r"(?=(?:\+?86[-\s]?)?1[3-9]\d[-\s.·]?[\d*]{4}[-\s.·]?[\d*]{4})"
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁"
    "葛伍韦申尤毕聂焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景"
    "薄单包司柏宁柯阮桂闵"
)
_SURNAME = rf"(?:欧阳|上官|诸葛|司马|[{_SURNAMES}])"
_NO_NAME = (
    "订单|单号|单位|电话|手机|联系|客服|热线|成功|时间|全部|方便|任何|任意|于是|马上|应该|安排|地址|信息|号码|编号|备注|数量|"
    "姓名|身份|证件|邮编|签名|签字|所在|省份|城市|谢谢|何时|常用|白天|祝好|曾经|包裹|包装|查收|查询|位置|毕竟|高兴"
)
_RECEIVER = "收货人|收件人|联系人|真实姓名|姓名"
_CARRIER = (
    "收货|收件|收件员|收员|派件员|派员|派送员|快递员|揽件员|揽收员|配送员|签收人|寄件人|发件人|业务员|户名|持卡人"
)
_LABELLED_NAME = re.compile(rf"(?:{_RECEIVER})\s*[:：]?\s*(?!{_NO_NAME})([{_HAN}·]{{2,8}})(?![{_HAN}])")
_NAME_AFTER_COLON = re.compile(
    rf"(?:{_RECEIVER}|{_CARRIER})\s*[:：]\s*(?!{_NO_NAME})({_SURNAME}(?:[{_HAN}·]{{1,3}}(?![{_HAN}])|[{_HAN}]{{1,2}}))"
)
_NAME_BY_PHONE = re.compile(
    rf"(?:^|(?<=[\s,，:：;；。、_（(【\[员人]))(?!{_NO_NAME})({_SURNAME}[{_HAN}·]{{1,3}})[\s,，:：_-]*{_PHONE_AHEAD}"
)
_NAME_AFTER_PHONE = re.compile(rf"(?<=[\d*]{{4}})[\s,，]?(?!{_NO_NAME})({_SURNAME}[{_HAN}·]{{1,2}})(?![{_HAN}*])")
_PHONE_BEFORE = re.compile(r"1[3-9]\d[-\s.·]?[\d*]{4}[-\s.·]?[\d*]{4}[\s,，]?$")
_CAPITAL = r"[A-Z][A-Za-z'’.-]+"
_NAME_LABELS = (
    r"(?:(?<![A-Za-z] )(?i:full |first |last |customer |recipient |receiver |buyer )?(?i:name)|"
    r"(?i:recipient|receiver|customer|buyer|consignee|attn\.?|shipped to|delivered to|sold to|bill to|"
    r"signed(?: for)? by))"
)
_ENGLISH_NAME = re.compile(
    rf"\b(?:{_NAME_LABELS}\s*[:：]\s*|(?i:ship to|deliver to|recipient|dear)\s*[:：]?\s*)"
    rf"(?!(?i:customer|sir|madam|buyer|seller|all|friend|shop|store|team|the|your|my|our|name|address|support)\b)"
    rf"({_CAPITAL}(?:[ \t]{_CAPITAL}){{0,3}})"
)
_LABELS = (_LABELLED_NAME, _NAME_AFTER_COLON, _ENGLISH_NAME)
_WHOLE_NAME = re.compile(rf"{_SURNAME}[{_HAN}·]{{1,3}}$|{_CAPITAL}(?: {_CAPITAL})+$")
_GOES_ON = re.compile(rf"[{_HAN}]")
_POSTCODE = r"(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]{2},? \d{5}(?:-\d{4})?)(?!\w)"
_STREETS = (
    "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Court|Ct|Close|Way|Place|Pl|Square|Sq|Terrace|Crescent|Gardens|"
    "Grove|Boulevard|Blvd|Row|Mews|Hill|Parkway|Pkwy|Walk|Green"
)
_ENGLISH_ADDRESS = re.compile(
    r"(?<![\w.])((?:(?i:flat|apt|apartment|unit|suite)\.? ?#?\w{1,5},?\s+)?\d{1,5}[A-Za-z]?(?:[-/]\d+)?,? "
    rf"(?:[A-Z][\w'’.-]*,? ){{1,4}}(?:{_STREETS})\b\.?(?:,?\s+(?i:flat|apt|apartment|unit|suite|#)\.? ?#?\w{{1,5}})?"
    rf"(?:(?:,?\s+[A-Z][A-Za-z.'’-]+){{0,4}}?,?\s+{_POSTCODE})?)"
)
_PROVINCE = rf"[{_HAN}]{{2,7}}?(?:省|自治区)\s*"
_CITY = rf"[{_HAN}]{{2,7}}?(?:市|自治州|地区|盟)\s*"
_COUNTY = rf"[{_HAN}]{{1,7}}?(?:区|县|旗|市)\s*"
_DISTRICT = rf"(?:{_PROVINCE}(?:{_CITY})?(?:{_COUNTY})?|{_CITY}(?:{_COUNTY})?|{_COUNTY})"
_ROADS = "路|街道|大街|街|大道|道|巷|弄|胡同|镇|乡|村|小区|花园|苑|公寓|大厦|广场|家园|新城"
_DOORS = "号楼|号院|号|弄|栋|幢|座|单元|楼|层|室|户|房"
_STREET = rf"[{_HAN}A-Za-z0-9（）()·\s]{{0,24}}?(?:{_ROADS})"
_HOUSE = rf"[{_HAN}A-Za-z0-9（）()·#\-－—\s]{{0,40}}?[0-9A-Za-z一二三四五六七八九十]+\s*(?:{_DOORS})"
_MORE_DOORS = rf"(?:[{_HAN}A-Za-z0-9\-－#\s]{{0,12}}?[0-9]+\s*(?:{_DOORS}))*(?:\s*[0-9]{{2,5}}(?![0-9]))?"
_ADDRESS = re.compile(rf"{_DISTRICT}({_STREET}{_HOUSE}{_MORE_DOORS})")
_DOOR = r"[0-9]+\s*(?:号|弄)"
_ROAD_AND_NUMBER = re.compile(
    rf"((?:(?![省市区县旗])[{_HAN}]){{2,4}}(?:路|大街|大道|街|巷|弄|胡同|小区|花园|苑|家园|新城)\s*{_DOOR}{_MORE_DOORS})"
)
_NEW_ID = 18  # digits of an ID card
_KNOWN_PART = 6  # characters of a known address that give it away


class Hidden(NamedTuple):
    """Characters `start` to `end` of a text, what they are, and what is printed instead."""

    start: int
    end: int
    kind: str
    shown: str


def mask(text: str, names: Iterable[str] = (), addresses: Iterable[str] = (), keep: Iterable[str] = ()) -> str:
    """The text with personal data hidden. What is hidden already stays as it is."""
    for found in reversed(spans(text, names, addresses, keep)):
        text = text[: found.start] + found.shown + text[found.end :]
    return text


def spans(
    text: str, names: Iterable[str] = (), addresses: Iterable[str] = (), keep: Iterable[str] = ()
) -> tuple[Hidden, ...]:
    """What to hide in a text, from left to right and without overlaps.

    `names` and `addresses` are known from orders; `keep` are wordings (order and parcel numbers, the shop's own
    contact) inside which nothing is hidden.
    """
    kept = [match.span() for wording in keep if wording for match in re.finditer(re.escape(wording), text)]
    found = [hidden for hidden in _found(text, tuple(names), tuple(addresses)) if not _inside(hidden, kept)]
    found.sort(key=lambda hidden: (hidden.start, -hidden.end))
    chosen: list[Hidden] = []
    for hidden in found:
        if not chosen or hidden.start >= chosen[-1].end:
            chosen.append(hidden)
    return tuple(chosen)


def names_in(text: str) -> tuple[str, ...]:
    """Whole names that a text tells by a label (收货人：…, Ship to: …), to be looked for elsewhere too."""
    text = text.translate(_NARROW)
    found = (match for pattern in _LABELS for match in pattern.finditer(text))
    return tuple(match[1] for match in found if _WHOLE_NAME.match(match[1]) and not _GOES_ON.match(text, match.end(1)))


def _inside(hidden: Hidden, kept: list[tuple[int, int]]) -> bool:
    return any(start <= hidden.start and hidden.end <= end for start, end in kept)


def _found(text: str, names: tuple[str, ...], addresses: tuple[str, ...]) -> list[Hidden]:
    text = text.translate(_NARROW)
    return [*_numbers(text), *_by(_MAIL, text, "mail", _mail), *_names(text, names), *_addresses(text, addresses)]


def _numbers(text: str) -> list[Hidden]:
    found = [hidden for hidden in _by(_ID_CARD, text, "id-card", _id_card) if _is_birthday(text, hidden)]
    found += [hidden for hidden in _by(_OLD_ID_CARD, text, "id-card", _id_card) if _is_birthday(text, hidden)]
    found += [hidden for hidden in _by(_CARD, text, "card", _card) if _is_card(text, hidden)]
    found += [*_by(_MOBILE, text, "phone", _mobile), *_by(_LANDLINE, text, "phone", _landline)]
    for pattern in (_FOREIGN, _AMERICAN, _BRITISH):
        found += _by(pattern, text, "phone", _ends)
    return [hidden for hidden in found if not _has_prefix(text, hidden.start)]


def _has_prefix(text: str, start: int) -> bool:
    """Whether a number goes on from letters, as those of orders and parcels do (P…, SF…)."""
    ahead = _WORD_AHEAD.search(text, max(0, start - 14), start)
    word = ahead[0].rstrip("-.") if ahead else ""
    return word.isupper() and word not in _NUMBER_WORDS


def _by(pattern: re.Pattern[str], text: str, kind: str, shown: Callable[[re.Match[str]], str]) -> list[Hidden]:
    return [Hidden(match.start(), match.end(), kind, shown(match)) for match in pattern.finditer(text)]


def _mail(match: re.Match[str]) -> str:
    return f"{match[1]}***{match[2]}"


def _mobile(match: re.Match[str]) -> str:
    return f"{match[1]}****{match[2]}"


def _landline(match: re.Match[str]) -> str:
    return f"{match[0][: match.start(3) - match.start()]}****{match[4][-2:]}"


def _ends(match: re.Match[str]) -> str:
    digits = re.sub(r"[^\d+]", "", match[0])
    return f"{digits[:3]}****{digits[-2:]}"


def _id_card(match: re.Match[str]) -> str:
    return f"{match[1][:3]}{'*' * 13}{match[4][-2:]}"


def _card(match: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", match[0])
    return f"{digits[:4]}{'*' * 8}{digits[-4:]}"


def _is_birthday(text: str, hidden: Hidden) -> bool:
    """An ID-card number holds a date of birth; other numbers of as many digits seldom do."""
    digits = re.sub(r"[-\s]", "", text[hidden.start : hidden.end])
    birth = digits[6:14] if len(digits) == _NEW_ID else f"19{digits[6:12]}"
    try:
        date(int(birth[:4]), int(birth[4:6]), int(birth[6:]))
    except ValueError:
        return False
    return True


def _is_card(text: str, hidden: Hidden) -> bool:
    """A bank card is told by the word before it, by groups of four, or by its first digit and its check digit."""
    before, number = text[: hidden.start], text[hidden.start : hidden.end]
    if _IS_NO_CARD.search(before):
        return False
    return bool(_IS_CARD.search(before)) or not number.isdecimal() or (number[0] in "3456" and _checks(number))


def _checks(number: str) -> bool:
    """Whether the last digit is the check digit of the others (Luhn)."""
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _names(text: str, names: tuple[str, ...]) -> list[Hidden]:
    found = [
        Hidden(match.start(), match.end(), "name", _name(match[0]))
        for name in names
        if len(name.strip()) > 1 and "*" not in name
        for match in re.finditer(_as_written(name.strip()), text)
    ]
    for pattern in (*_LABELS, _NAME_BY_PHONE):
        found += [Hidden(*match.span(1), "name", _name(match[1])) for match in pattern.finditer(text)]
    found += [
        Hidden(*match.span(1), "name", _name(match[1]))
        for match in _NAME_AFTER_PHONE.finditer(text)
        if _PHONE_BEFORE.search(text, max(0, match.start(1) - 18), match.start(1))
    ]
    return found


def _as_written(name: str) -> str:
    """A known name wherever it stands: a Latin one in any case and as a whole word."""
    if name.isascii():
        words = r"[\s_-]+".join(map(re.escape, name.split()))
        return rf"(?i)(?<![A-Za-z]){words}(?![A-Za-z])"
    return re.escape(name.translate(_NARROW))


def _name(name: str) -> str:
    return name[0] + "**"


def _addresses(text: str, addresses: tuple[str, ...]) -> list[Hidden]:
    found = [
        Hidden(*match.span(1), "address", "***")
        for pattern in (_ADDRESS, _ROAD_AND_NUMBER, _ENGLISH_ADDRESS)
        for match in pattern.finditer(text)
    ]
    for address in addresses:
        found += _known_address(text, address.strip())
    return found


def _known_address(text: str, address: str) -> list[Hidden]:
    """The house part of a known address, wherever a text repeats it or a long piece of it."""
    house = address[_district_end(address) :]
    if len(house) < 2 or "*" in house:
        return []
    exact = [Hidden(match.start(), match.end(), "address", "***") for match in re.finditer(re.escape(house), text)]
    bare = text.strip()
    if not exact and len(bare) >= _KNOWN_PART and bare in house:
        start = text.index(bare)
        return [Hidden(start, start + len(bare), "address", "***")]
    return exact


def _district_end(address: str) -> int:
    match = re.match(_DISTRICT, address)
    return match.end() if match else 0
