"""Another day as today, for questions that are told as of a day."""

from __future__ import annotations

from datetime import date

import pytest

from outward import dates


def today_is(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    """Make a day today for everything that goes by the clock of London."""
    monkeypatch.setattr(dates, "today", lambda: date.fromisoformat(day))
