"""Another day as today, for questions that are told as of a day."""

from __future__ import annotations

from datetime import date

import pytest

from outward import asking
from outward.deliver import ledger, outset


def today_is(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    """Make a day today for those who ask and for the questions."""

    class Then(date):
        @classmethod
        def today(cls) -> Then:
            return cls.fromisoformat(day)

    for module in (asking, ledger, outset):
        monkeypatch.setattr(module, "date", Then)
