"""Personal data in text: what to hide, and how it looks hidden.

Phones, ID-card numbers, mail addresses, and the names and addresses of natural persons are hidden so that a reader
can still compare them (王**, 159****9938). Numbers that identify an order or a parcel are told by `keep`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

__all__ = ["Hidden", "mask", "spans"]

_HAN = "一-鿿"
_NOT_IN_NUMBER = r"(?<![0-9A-Za-z])"
_NUMBER_ENDS = r"(?![0-9A-Za-z])"
_MOBILE = re.compile(rf"{_NOT_IN_NUMBER}(?:\+?86[-\s]?)?(1[3-9]\d)([-\s]?)(\d{{4}})([-\s]?)(\d{{4}}){_NUMBER_ENDS}")
_LANDLINE = re.compile(rf"{_NOT_IN_NUMBER}(0(?:10|2\d|[3-9]\d{{2}}))([-\s])(\d{{3,4}})(\d{{4}}){_NUMBER_ENDS}")
_ID_CARD = re.compile(
    rf"{_NOT_IN_NUMBER}([1-8]\d{{5}})((?:19|20)\d{{2}})(\d{{2}})(\d{{2}})(\d{{3}}[\dXx]){_NUMBER_ENDS}"
)
_MAIL = re.compile(r"(?<![A-Za-z0-9_.+-])([A-Za-z0-9])[A-Za-z0-9._%+-]*(@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
_LABELLED_NAME = re.compile(rf"(?:收货人|收件人|联系人|真实姓名|姓名)\s*[:：]?\s*([{_HAN}·]{{2,8}})(?![{_HAN}])")
_PHONE_AHEAD = r"(?=(?:\+?86[-\s]?)?1[3-9]\d[-\s]?[\d*]{4}[-\s]?[\d*]{4})"
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁"
    "葛伍韦申尤毕聂焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景"
    "薄单包司柏宁柯阮桂闵欧阳上官诸葛司马"
)
_NO_NAME = "订单|单号|电话|手机|联系|客服|热线"
_NAME_BY_PHONE = re.compile(
    rf"(?:^|(?<=[\s,，:：]))(?!{_NO_NAME})([{_SURNAMES}][{_HAN}·]{{1,3}})[\s,，]+{_PHONE_AHEAD}"
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


def _inside(hidden: Hidden, kept: list[tuple[int, int]]) -> bool:
    return any(start <= hidden.start and hidden.end <= end for start, end in kept)


def _found(text: str, names: tuple[str, ...], addresses: tuple[str, ...]) -> list[Hidden]:
    found = [*_by(_MOBILE, text, "phone", _mobile), *_by(_LANDLINE, text, "phone", _landline)]
    found += [hidden for hidden in _by(_ID_CARD, text, "id-card", _id_card) if _is_id_card(text, hidden)]
    found += _by(_MAIL, text, "mail", lambda match: f"{match[1]}***{match[2]}")
    found += [*_names(text, names), *_addresses(text, addresses)]
    return found


def _by(pattern: re.Pattern[str], text: str, kind: str, shown: Callable[[re.Match[str]], str]) -> list[Hidden]:
    return [Hidden(match.start(), match.end(), kind, shown(match)) for match in pattern.finditer(text)]


def _mobile(match: re.Match[str]) -> str:
    return f"{match[1]}****{match[5]}"


def _landline(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2]}****{match[4][-2:]}"


def _id_card(match: re.Match[str]) -> str:
    return f"{match[1][:3]}{'*' * 13}{match[5][-2:]}"


def _is_id_card(text: str, hidden: Hidden) -> bool:
    """An ID-card number holds a date of birth; other numbers of eighteen digits seldom do."""
    birth = text[hidden.start + 6 : hidden.start + 14]
    try:
        date(int(birth[:4]), int(birth[4:6]), int(birth[6:]))
    except ValueError:
        return False
    return True


def _names(text: str, names: tuple[str, ...]) -> list[Hidden]:
    found = [
        Hidden(match.start(), match.end(), "name", _name(match[0]))
        for name in names
        if len(name.strip()) > 1 and "*" not in name
        for match in re.finditer(re.escape(name.strip()), text)
    ]
    for pattern in (_LABELLED_NAME, _NAME_BY_PHONE):
        found += [Hidden(*match.span(1), "name", _name(match[1])) for match in pattern.finditer(text)]
    return found


def _name(name: str) -> str:
    return name[0] + "**"


def _addresses(text: str, addresses: tuple[str, ...]) -> list[Hidden]:
    found = [
        Hidden(*match.span(1), "address", "***")
        for pattern in (_ADDRESS, _ROAD_AND_NUMBER)
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
