"""What is told as of a day goes by the day in London, wherever the computer stands."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

import pytest
from tests.made_workspaces import made_workspace

from outward import dates
from outward.asking import ask
from outward.checks.checking import check
from outward.cli import checking

FINDING = {"id": "letters", "known_on": "2026-06-01"}


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-06-30T22:59:59+00:00", "2026-06-30"),
        ("2026-06-30T23:00:00+00:00", "2026-07-01"),
        ("2026-12-31T23:59:59+00:00", "2026-12-31"),
    ],
)
def test_terminal_checks_and_answers_have_the_same_day(monkeypatch: pytest.MonkeyPatch, moment: str, day: str) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Clock:
            return cls.fromisoformat(moment).astimezone(tz)

    monkeypatch.setattr(dates, "datetime", Clock)
    workspace = made_workspace(finding=[FINDING])
    assert check(workspace).on == checking._day("") == dates.today() == date.fromisoformat(day)
    assert ask("D5.1", workspace).parameters["on"] == day
