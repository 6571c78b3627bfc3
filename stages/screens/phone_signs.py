"""The signs of a phone's status bar in a line as engines read it: merged, spaced out, icons read as letters.

A closed grammar: a clock, names of networks and carriers, gauges (speed, charge), and what an icon is read as.
Whatever else stands there is strange, and may be the words of a page.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from stages.lang.match import Span

__all__ = ["Signs", "read_signs"]

_CLOCK = (
    r"(?<![\d:：/.\-])(?:(?:上午|下午|早上|晚上|凌晨|中午)\s?)?"
    r"(?:[01]?\s?\d|2\s?[0-3])\s?[:：∶]\s?[0-5]\s?\d(?:\s?[AaPp]\.?[Mm](?![A-Za-z])\.?)?(?![:：]\s?\d)(?!\d(?!G))"
)
_CARRIER = (
    r"中国移动|中国联通|中国电信|中国广电|中國移動|中國聯通|中國電信|中華電信|台灣大哥大|遠傳電信|無服務|无服务|无SIM卡"
    r"|仅限紧急呼叫|飞行模式|China\s?(?:Mobile|Unicom|Telecom|Broadnet)|CHN-(?:UNICOM|CT)|CMCC|CUCC|CTCC|Vodafone|T-Mobile"
    r"|AT&T|Verizon|Orange|Telstra|Singtel|docomo|SoftBank|SOS|No\sService"
)
_NETWORK = (
    r"[2-6]G(?:\+|-?A(?![A-Za-z]))?(?!B)|(?<=G)HD"
    r"|(?:(?<![A-Za-z])|(?<=/s))(?:LTE\+?|VoLTE|VoWi-?Fi|VoNR|HD(?:[12](?![\dG]))?|NR|H\+|E|NFC|VPN|GPRS|Wi-?Fi)"
    r"(?![A-Za-z])"
)
_SPEED = r"\d[\d\s]*(?:\.[\d\s]+)?\s?(?:[KMG]B?|B)\s?/\s?s|[KMG]?B?/s"
_CHARGE = r"\[?\d{1,3}\]|(?<!\d)\d{1,3}\s?%|(?<![\d/.,:¥￥$\-])(?:100|\d{1,2})(?![\d/.,:%年月日天\-])"
_ICON = r"[^\w\s¥￥$€£#@]|_|[令仝今穹日目曰回口田囗三川山刃丨く]|(?<![A-Za-z])[A-Za-z]{1,3}(?![A-Za-z])"
_SIGN = re.compile(
    rf"(?P<clock>{_CLOCK})|(?P<network>{_CARRIER}|{_NETWORK})|(?P<gauge>{_SPEED}|{_CHARGE})"
    rf"|(?P<icon>{_ICON})|(?P<strange>\S+)",
    re.IGNORECASE,
)


class Signs(NamedTuple):
    """What a line of a status bar shows: its clock, how many networks and gauges; `strange` where there is more."""

    clock: Span | None
    networks: int
    gauges: int
    strange: bool


def read_signs(text: str) -> Signs:
    """The signs in a line's text; a line of two clocks is strange."""
    clocks: list[Span] = []
    count = dict.fromkeys(("network", "gauge", "icon", "strange"), 0)
    for match in _SIGN.finditer(text):
        kind = str(match.lastgroup)
        if kind == "clock":
            clocks.append(Span(*match.span()))
        else:
            count[kind] += 1
    clock = clocks[0] if len(clocks) == 1 else None
    return Signs(clock, count["network"], count["gauge"], count["strange"] > 0 or len(clocks) > 1)
