"""What is in doubt about a log, over all of it."""

from __future__ import annotations

from tests.reference.chosen import Chosen, people
from tests.reference.events import cases_of
from tests.reference.flows import Row


def groups(chosen: Chosen) -> list[Row]:
    """Return each group: its cases and customers."""
    return [{"group": group, "cases": len(cases), "people": people(cases)} for group, cases in chosen.groups.items()]


def quality(chosen: Chosen) -> list[Row]:
    """Return the counts of the log.

    A tie is an event at the same time as the one before it in its case; a duplicate is a tie of the
    same step; a bare date is an event at midnight (UTC).
    """
    cases = cases_of(chosen.events)
    ties = [(a, b) for case in cases for a, b in case.pairs() if a.time == b.time]
    times = [event.time for case in cases for event in case.events]
    return [
        {
            "rows": len(chosen.events),
            "events": len(times),
            "cases": len(cases),
            "customers": people(cases),
            "routes": len({case.steps for case in cases}),
            "ties": len(ties),
            "duplicates": sum(a.activity == b.activity for a, b in ties),
            "date_only": sum((t.hour, t.minute, t.second, t.microsecond) == (0, 0, 0, 0) for t in times),
        }
    ]


def aside(chosen: Chosen) -> list[Row]:
    """Return the rows that cannot be used, by reason, and the cases they name."""
    bad = [event for event in chosen.events if event.problem is not None]
    rows: list[Row] = []
    for reason in sorted({str(event.problem) for event in bad}):
        here = [event for event in bad if event.problem == reason]
        rows.append({"reason": reason, "rows": len(here), "cases": len({event.case for event in here})})
    return rows


def varying(chosen: Chosen) -> list[Row]:
    """Return, for each attribute of cases, in how many its value changes on the way."""
    rows: list[Row] = []
    names = {name for event in chosen.events for name in event.attributes}
    for name in sorted(names - {"channel", "organisation"}):
        changing = 0
        for case in cases_of(chosen.events):
            known = {event.attributes.get(name) for event in case.events} - {None}
            changing += len(known) > 1
        rows.append({"attribute": name, "cases": changing})
    return rows
