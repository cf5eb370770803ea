"""Whether something had happened by a day, where its own day may not be said."""

from __future__ import annotations

from datetime import date


def by(day: date | None, on: date) -> bool:
    """Return whether something that happened on one day had happened by another; no where its day is not said.

    >>> by(date(2026, 3, 31), date(2026, 3, 31)), by(None, date(2026, 3, 31))
    (True, False)
    """
    return day is not None and day <= on


def later(day: date | None, on: date) -> bool:
    """Return whether something happens after a day; no where its day is not said.

    >>> later(date(2026, 4, 1), date(2026, 3, 31)), later(None, date(2026, 3, 31))
    (True, False)
    """
    return day is not None and day > on
