"""What is in doubt about a log, over all of it."""

from __future__ import annotations

from datetime import UTC, time
from zoneinfo import ZoneInfo

from tests.reference.chosen import Chosen, people
from tests.reference.events import cases_of
from tests.reference.flows import Row


def groups(chosen: Chosen) -> list[Row]:
    """Return each group: its cases and customers."""
    return [{"group": group, "cases": len(cases), "people": people(cases)} for group, cases in chosen.groups.items()]


def quality(chosen: Chosen) -> list[Row]:
    """Return the counts of the log.

    A tie is an event at the same time as the one before it in its case; a duplicate is a tie of the
    same step; a bare date is an event at midnight on the clock of the data set's zone.
    """
    cases = cases_of(chosen.events)
    zone = ZoneInfo(chosen.settings.time_zone)
    tied = [[(a, b) for a, b in case.pairs() if a.time == b.time] for case in cases]
    same = [[a for a, b in pairs if a.activity == b.activity] for pairs in tied]
    bare = [[e for e in case.events if e.time.replace(tzinfo=UTC).astimezone(zone).time() == time(0)] for case in cases]
    return [
        {
            "rows": len(chosen.events),
            "events": sum(len(case.events) for case in cases),
            "cases": len(cases),
            "customers": people(cases),
            "routes": len({case.steps for case in cases}),
            "ties": sum(map(len, tied)),
            "ties_cases": sum(map(bool, tied)),
            "duplicates": sum(map(len, same)),
            "duplicates_cases": sum(map(bool, same)),
            "date_only": sum(map(len, bare)),
            "date_only_cases": sum(map(bool, bare)),
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
