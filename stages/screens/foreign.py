"""Orders that the case is not about: a picture may show many, and what is read of the others goes no further."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.model import Note, Record, Trade
from stages.lang.match import folded

__all__ = ["own_orders"]

_MISREAD = 2
"""In how many characters a number may differ from that of the case to be taken for a misreading of it."""


def own_orders(records: Sequence[Record], only: tuple[str, ...] | None) -> tuple[tuple[Record, ...], tuple[Note, ...]]:
    """The records without the orders of others, and notes that count them.

    `only` are the order numbers of the case, None for every one. Where it names none, a single order is taken for the
    one that is meant, and of several none is. A number that is nearly that of the case is said, to be ruled on.
    """
    if only is None:
        return tuple(records), ()
    numbers = {number for record in records if (number := _number(record)) is not None}
    wanted = {folded(number)[0] for number in only} or (numbers if len(numbers) == 1 else set())
    others = numbers - wanted
    if not others:
        return tuple(records), ()
    kept = tuple(record for record in records if _number(record) not in others)
    code = "screen-other-orders" if only else "screen-several-orders"
    near = [
        Note(code="screen-order-nearly", values={"seen": seen.upper(), "order": own})
        for seen in sorted(others)
        for own in only
        if _is_nearly(seen, folded(own)[0])
    ]
    return kept, (Note(code=code, values={"orders": len(others)}), *near)


def _number(record: Record) -> str | None:
    return folded(record.order_id)[0] if isinstance(record, Trade) and record.order_id else None


def _is_nearly(seen: str, own: str) -> bool:
    return len(seen) == len(own) and 0 < _differences(seen, own) <= _MISREAD


def _differences(left: Iterable[str], right: Iterable[str]) -> int:
    return sum(one != other for one, other in zip(left, right, strict=True))
