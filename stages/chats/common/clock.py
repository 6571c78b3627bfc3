"""The hour of a twelve-hour clock, by its marker in the languages of phones."""

from __future__ import annotations

__all__ = ["MARKERS", "hour_of"]

_MORNING = frozenset(
    "am a.m. a.m 上午 凌晨 早上 清晨 오전 午前 ص पूर्वाह्न "
    "ق.ظ. ق.ظ π.μ. πμ öö sa ap. fm f.m. dop. pg".split()
)  # fmt: skip
_AFTERNOON = frozenset(
    "pm p.m. p.m 下午 晚上 傍晚 오후 午後 م अपराह्न "
    "ب.ظ. ب.ظ μ.μ. μμ ös ch ip. em e.m. odp. ptg".split()
)  # fmt: skip
_EVENING = frozenset({"晚上", "傍晚"})
_NOON = frozenset({"中午", "正午"})
MARKERS = _MORNING | _AFTERNOON | _NOON
"""Every marker, lower case and without blanks."""


def hour_of(hour: int, marker: str | None) -> int | None:
    """The hour of 24. None where hour and marker cannot stand together, or the marker is not known.

    An hour that only a clock of 24 shows (0, or 13 and more beside an afternoon marker) stays as it is: the caller
    may note it. 中午 is 11 to 13 o'clock; 凌晨 12 is midnight, 晚上 12 may be either and is none.
    """
    if not 0 <= hour <= 23:
        return None
    if marker is None:
        return hour
    word = "".join(marker.lower().split())
    if word in _MORNING:
        return hour % 12 if hour <= 12 else None
    if word in _EVENING and hour in (0, 12):
        return None
    if word in _AFTERNOON:
        return hour if hour > 12 else hour % 12 + 12
    if word in _NOON:
        return {11: 11, 12: 12, 13: 13, 1: 13}.get(hour)
    return None
