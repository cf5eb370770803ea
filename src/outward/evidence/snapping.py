"""Coarse edges where answers are guarded against each other: whole months, and days from a fixed list.

Two periods that differ by a day differ by a few people. Where edges are coarse there are few such pairs, so few
requests have to be refused.
"""

from __future__ import annotations

from datetime import date, timedelta

from outward.evidence.sides import Sides
from outward.evidence.where import Condition, Where

DAYS = (7, 14, 28, 56, 91, 182, 365)
"""The days that 'within N days' can mean where answers are guarded."""


def snapped(where: Where) -> Where:
    """Return a filter whose periods are whole months, made longer for it, and whose days are from the list.

    >>> str(snapped(Where.parse("from=2024-03-14 & to=2024-04-02 & within(Decision, 30d)")))
    'from=2024-03-01 & to=2024-04-30 & within(Decision, 28d)'
    """
    return Where(tuple(_coarse(one) for one in where.conditions))


def snapped_sides(two: Sides) -> Sides:
    """Return two sides with such edges.

    Raises:
        UsageError: they are the same then.

    >>> str(snapped_sides(Sides.parse("to=2024-03-14 vs from=2024-04-02")))
    'to=2024-03-31 vs from=2024-04-01'
    """
    return Sides.parse(str(Sides(snapped(two.first), snapped(two.second))))


def days_listed(days: int) -> int:
    """Return the nearest number of days in the list, the smaller of two as near.

    >>> days_listed(30), days_listed(1000)
    (28, 365)
    """
    return min(DAYS, key=lambda one: (abs(one - days), one))


def snapped_words(*filters: Where) -> str:
    """Return what becomes of the edges of filters, '' where they stay as they were.

    >>> snapped_words(Where.parse("from=2024-03-14 & passes(Pay)"))
    'Periods are whole months here, and days are from a fixed list: from=2024-03-14 was read as from=2024-03-01.'
    """
    every = [one for where in filters for one in where.conditions]
    read = [f"{one} was read as {_coarse(one)}" for one in every if _coarse(one) != one]
    return f"Periods are whole months here, and days are from a fixed list: {'; '.join(read)}." if read else ""


def month_end(day: date) -> date:
    """Return the last day of a day's month.

    >>> month_end(date(2024, 2, 3)).isoformat()
    '2024-02-29'
    """
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _coarse(one: Condition) -> Condition:
    if one.kind == "from":
        return Condition("from", (date.fromisoformat(one.parts[0]).replace(day=1).isoformat(),))
    if one.kind == "to":
        return Condition("to", (month_end(date.fromisoformat(one.parts[0])).isoformat(),))
    if one.kind == "within":
        return Condition("within", (one.parts[0], str(days_listed(int(one.parts[1])))))
    return one
