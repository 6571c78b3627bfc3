"""Who a parcel goes to, where no label says so: a name beside a telephone number, with an address under it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.model import Line
from stages.lang.match import folded
from stages.screens.page import Context
from stages.screens.trades.rows import overlap
from stages.screens.trades.values import Part, whole

__all__ = ["Contact", "contact_in", "contact_on", "side_of"]

_PHONE = re.compile(
    r"(?<![\dA-Za-z])(?:\(?\+?(?:86|852|853|886)\)?[\s-]?)?(?:(?<=[\s)-])9[\d*]{8}"
    r"|1[\d*]{2}[\s-]?[\d*]{4}[\s-]?[\d*]{4}"
    r"|09\d{2}[\s-]?[\d*]{3}[\s-]?[\d*]{3}"
    r"|1[\d*]{2}\*{2,8}\d{2,4})(?:[-转]\d{3,5})?(?![\d*])"
)
_NAME = re.compile(r"[\u3400-\u9fff*·•＊x]{1,12}|[A-Z][A-Za-z.'’-]*(?: [A-Z][A-Za-z.'’-]*){0,3}")
_PLACE = re.compile(
    r"[\u3400-\u9fff]{2,}(?:省|市|区|區|县|縣|州|盟|镇|鎮|乡|街道|街|路|道|巷|弄|村|號|号|栋|座|单元|室|小区"
    r"|花园|大厦)"
)
_CLERK = re.compile(r"派[件送]员|快递员|配送员|客服|官方|揽[收件]|业务员|骑手|网点|驿站|联系")
_SEPARATORS = " ,，、;；|/:："


class Contact(NamedTuple):
    """A name, a telephone number, and where it is printed in the same breath an address."""

    name: Part | None
    phone: Part
    address: Part | None = None


def side_of(name: str, context: Context) -> str | None:
    """Whose name it is by what is known of people: customer, applicant or other; None where nothing is known."""
    wanted = folded(name)[0]
    sides = {
        person.side for person in context.people if wanted in {folded(own)[0] for own in (person.name, *person.aliases)}
    }
    return sides.pop() if len(sides) == 1 else None


def contact_in(part: Part) -> Contact | None:
    """The contact in one wording: "王海涛 159****9938", the number first, or an address behind them."""
    match = _PHONE.search(part.text)
    if match is None or _CLERK.search(part.text):
        return None
    before, after = _stripped(part.cut(0, match.start())), _stripped(part.cut(match.end(), len(part.text)))
    names = [piece for piece in (before, after) if piece.text and _NAME.fullmatch(piece.text)]
    others = [piece for piece in (before, after) if piece.text and piece not in names]
    places = [piece for piece in others if _PLACE.search(piece.text)]
    if len(names) > 1 or len(places) != len(others) or len(places) > 1:
        return None
    return Contact(names[0] if names else None, part.cut(*match.span()), places[0] if places else None)


def contact_on(lines: Sequence[Line]) -> tuple[Contact, tuple[Part, ...]] | None:
    """The one contact on a page that no label names, with the lines of its address; None where several are."""
    found = [(line, contact) for line in lines if (contact := contact_in(whole(line))) is not None]
    if len(found) != 1:
        return None
    line, contact = found[0]
    if contact.name is None:
        contact = contact._replace(name=_name_beside(line, lines))
    return contact, () if contact.address else _address(line, lines)


def _name_beside(phone: Line, lines: Sequence[Line]) -> Part | None:
    height = phone.box[3] - phone.box[1]
    for line in lines:
        gap = phone.box[0] - line.box[2]
        if line is not phone and overlap(line.box, phone.box) > 0.5 and -0.3 * height < gap < 2.5 * height:
            return whole(line) if _NAME.fullmatch(line.text.strip()) else None
    return None


def _address(phone: Line, lines: Sequence[Line]) -> tuple[Part, ...]:
    """The address right under a contact, or right above it where nothing is under it."""
    return _block(phone, lines, down=True) or tuple(reversed(_block(phone, lines, down=False)))


def _block(start: Line, lines: Sequence[Line], *, down: bool) -> tuple[Part, ...]:
    held: list[Part] = []
    last = start
    while True:
        following = [line for line in lines if _follows(last, line, down=down, first=not held)]
        line = min(following, key=lambda line: abs(line.box[1] - last.box[1]), default=None)
        if line is None or len(held) == 3 or not (held or _PLACE.search(line.text)):
            return tuple(held)
        held.append(whole(line))
        last = line


def _follows(last: Line, line: Line, *, down: bool, first: bool) -> bool:
    height = last.box[3] - last.box[1]
    gap = line.box[1] - last.box[3] if down else last.box[1] - line.box[3]
    if line is last or not -0.3 * height <= gap <= (1.2 if first else 0.6) * height:
        return False
    alike = first or last.look is None or line.look is None or last.look.ink == line.look.ink
    return alike and abs(line.box[0] - last.box[0]) <= (6 if first else 0.8) * height


def _stripped(part: Part) -> Part:
    text = part.text
    start = len(text) - len(text.lstrip(_SEPARATORS))
    return part.cut(start, max(start, len(text.rstrip(_SEPARATORS))))
