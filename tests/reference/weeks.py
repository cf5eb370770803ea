"""Whole weeks: the cases that begin in each, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from tests.reference.chosen import Chosen, people
from tests.reference.contacts import WITHIN_DAYS
from tests.reference.events import DAY, Case, Event
from tests.reference.flows import Row
from tests.reference.following import Measure, elapsed, local
from tests.reference.sums import rounded


def weeks(chosen: Chosen) -> list[Row]:
    """Return the cases that begin in each whole week, and the customers behind them."""
    return [
        {"group": group, "week": str(monday), "cases": len(cases), "people": people(cases)}
        for group, monday, cases in _begun(chosen)
        if monday >= _opened(chosen) and monday + timedelta(7) <= _closed(chosen)
    ]


def followed(chosen: Chosen, measure: Measure = elapsed) -> list[Row]:
    """Return the cases that did a step again, ended, and went on for how long, in weeks that were followed so long."""
    rows: list[Row] = []
    for group, monday, cases in _begun(chosen):
        if monday < _opened(chosen) or monday + timedelta(7 + WITHIN_DAYS) > _closed(chosen):
            continue
        again = [case for case in cases if _repeats(soon(case))]
        over = [case for case in cases if len(soon(case)) == len(case.events)]
        ended = [case for case in over if case.steps[-1] in chosen.settings.endings]
        lasted = [measure(case.first, soon(case)[-1].time) for case in cases]
        row: Row = {"group": group, "week": str(monday), "again": len(again), "ended": len(ended)}
        row |= {"again_people": people(again), "ended_people": people(ended)}
        rows.append(row | {"mean_days": rounded(sum(lasted) / len(lasted))})
    return rows


def _begun(chosen: Chosen) -> Iterator[tuple[str, date, list[Case]]]:
    """Yield, for each group and Monday, the cases that began in the week from then on."""
    for group, cases in chosen.groups.items():
        found: dict[date, list[Case]] = {}
        for case in cases:
            day = local(case.first, chosen.settings.time_zone).date()
            found.setdefault(day - timedelta(day.weekday()), []).append(case)
        for monday in sorted(found):
            yield group, monday, found[monday]


def soon(case: Case) -> list[Event]:
    """Return a case's events within the days."""
    return [event for event in case.events if event.time - case.first <= WITHIN_DAYS * DAY]


def _repeats(events: list[Event]) -> bool:
    names = [event.activity for event in events]
    return len(set(names)) < len(names)


def _opened(chosen: Chosen) -> date:
    if chosen.settings.window_from:
        return date.fromisoformat(chosen.settings.window_from)
    first = min(event.time for event in chosen.events if event.problem is None)
    return local(first, chosen.settings.time_zone).date()


def _closed(chosen: Chosen) -> date:
    """Return the first day that is not known whole."""
    if chosen.settings.extract_date:
        return date.fromisoformat(chosen.settings.extract_date) + timedelta(1)
    return local(chosen.until, chosen.settings.time_zone).date()
