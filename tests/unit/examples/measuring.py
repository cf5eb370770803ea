"""Measures a case log of the example in plain Python and numpy, knowing none of its parameters."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

EXTRACT = datetime(2026, 10, 31)
ENDINGS = {"Starts work or learning": "done", "Referral turned down": "refused", "Moves away": "withdrawn"}
SILENCE_DAYS = 91


@dataclass(frozen=True)
class Case:
    """One case: its attributes and its dated events in order."""

    attributes: dict[str, str]
    events: list[tuple[datetime, str]]

    def times(self, activity: str) -> list[datetime]:
        return [time for time, name in self.events if name == activity]

    @property
    def referral(self) -> datetime:
        return self.times("Referral received")[0]

    @property
    def ending(self) -> tuple[str, datetime]:
        """How it ended and when it was known; 'open' where it has not."""
        last, name = self.events[-1]
        if name in ENDINGS:
            return ENDINGS[name], last
        silent = days(last, EXTRACT) > SILENCE_DAYS
        return ("gave up", last) if silent else ("open", last)


def days(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds() / 86400


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def usable(row: dict[str, str]) -> bool:
    return row["time"] != "" and not row["time"].startswith("1900")


def cases_of(rows: Iterable[dict[str, str]]) -> list[Case]:
    """Return the cases of these rows, without undated rows and copies."""
    found: dict[str, Case] = {}
    seen = set()
    for row in rows:
        key = tuple(row.values())
        if usable(row) and key not in seen:
            seen.add(key)
            case = found.setdefault(row["case"], Case(row, []))
            case.events.append((datetime.fromisoformat(row["time"]), row["activity"]))
    for case in found.values():
        case.events.sort(key=lambda event: event[0])
    return list(found.values())


Outcome = Callable[[Case], bool | None]
"""True or false for a case that counts; None for one that does not."""


def reaches(activity: str, within: int) -> Outcome:
    """Among cases followed so many days after the referral, whether they reach the activity by then."""

    def outcome(case: Case) -> bool | None:
        if days(case.referral, EXTRACT) < within:
            return None
        return any(days(case.referral, time) <= within for time in case.times(activity))

    return outcome


def ends(how: str, within: int, origin: str) -> Outcome:
    """Among cases followed so many days after the origin, whether they end that way by then."""

    def outcome(case: Case) -> bool | None:
        start = case.events[0][0] if origin == "first event" else case.referral
        if days(start, EXTRACT) < within:
            return None
        kind, time = case.ending
        waited = days(start, time) + SILENCE_DAYS * (kind == "gave up")
        return kind == how and waited <= within

    return outcome


def twice(activity: str) -> Outcome:
    """Among cases with 91 days behind the first such activity, whether they have it twice."""

    def outcome(case: Case) -> bool | None:
        if not case.times(activity) or days(case.times(activity)[0], EXTRACT) < SILENCE_DAYS:
            return None
        return len(case.times(activity)) > 1

    return outcome


def more_than_once(activity: str, before: datetime) -> Outcome:
    """Among all cases that began before a day, whether they have the activity more than once."""

    def outcome(case: Case) -> bool | None:
        return len(case.times(activity)) > 1 if case.events[0][0] < before else None

    return outcome


def passes(activity: str, among: str, followed: int) -> Outcome:
    """Among cases with `among` at least so many days ago, whether they also have the activity."""

    def outcome(case: Case) -> bool | None:
        if not case.times(among) or days(case.times(among)[0], EXTRACT) < followed:
            return None
        return bool(case.times(activity))

    return outcome


def counts(cases: Iterable[Case], by: str, outcome: Outcome) -> dict[str, tuple[int, int]]:
    """Return for each group how many cases count and for how many of them it is true."""
    found: dict[str, list[bool]] = {}
    for case in cases:
        value = outcome(case)
        if value is not None:
            found.setdefault("all" if by == "all" else case.attributes[by], []).append(value)
    return {group: (len(values), sum(values)) for group, values in found.items()}


def waits(cases: Iterable[Case], before: str, after: str, *, directly: bool) -> dict[str, list[float]]:
    """Return the waits in days between two activities by area, and for 'all'."""
    found: dict[str, list[float]] = {"all": []}
    for case in cases:
        names = [name for _, name in case.events]
        if before not in names or after not in names:
            continue
        first, then = names.index(before), names.index(after)
        if directly and then != first + 1:
            continue
        wait = days(case.events[first][0], case.events[then][0])
        found["all"].append(wait)
        found.setdefault(case.attributes["area"], []).append(wait)
    return found
