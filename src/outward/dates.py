"""Days: the one that it is, by the clock that everything told as of a day goes by, and one that is written down."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def today() -> date:
    """Return the day that it is in London, wherever the computer stands."""
    return datetime.now(LONDON).date()


def day_of(text: str) -> date:
    """Return the day that is written as 2026-03-31, and in no other form.

    Raises:
        ValueError: it is no day, or is written in another form; the message says so without a full stop.

    >>> day_of("2026-03-31")
    datetime.date(2026, 3, 31)
    """
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        raise ValueError(f"'{text[:40]}' is no day. Write it as 2026-03-31")
    return found
