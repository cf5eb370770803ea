"""Days: the one that it is, by the clock that everything told as of a day goes by."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def today() -> date:
    """Return the day that it is in London, wherever the computer stands."""
    return datetime.now(LONDON).date()
