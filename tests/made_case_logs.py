"""Small made-up case logs, written as files and brought in as a person would."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from outward.evidence.store import LaidLog, bring_in
from outward.evidence.tables import ROLES, Settings

BEGIN = datetime(2024, 1, 1)
"""Day 0 of every made case log."""


@dataclass(frozen=True)
class Case:
    """One made case: its steps with the days on which they happen, and its other columns."""

    id: str
    steps: tuple[tuple[str, float], ...]
    columns: dict[str, str] = field(default_factory=dict)


def case(id: str, steps: str, **columns: str) -> Case:
    """Return a case drawn in a line, days counted from `BEGIN`.

    >>> case("1", "Apply 0, Pay now 2.5", area="North").steps
    (('Apply', 0.0), ('Pay now', 2.5))
    """
    drawn = (step.strip().rpartition(" ") for step in steps.split(","))
    return Case(id, tuple((name, float(day)) for name, _, day in drawn), columns)


def cases(number: int, steps: str, first: int = 1, **columns: str) -> Iterator[Case]:
    """Yield so many alike cases, numbered from `first`."""
    for place in range(first, first + number):
        yield case(str(place), steps, **columns)


def write(path: Path, log: Iterable[Case]) -> Path:
    """Write the cases as CSV, one row an event, and return the path."""
    log = list(log)
    names = list(dict.fromkeys(name for one in log for name in one.columns))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["case", "activity", "time", *names])
        for one in log:
            for step, day in one.steps:
                time = (BEGIN + timedelta(days=day)).isoformat(" ", "microseconds")
                writer.writerow([one.id, step, time, *(one.columns.get(name, "") for name in names)])
    return path


def roles_of(log: Iterable[Case]) -> dict[str, str]:
    """Return the role of each column that bears the name of one."""
    names = {"case", "activity", "time", *(name for one in log for name in one.columns)}
    return {role: role for role in ROLES if role in names}


def laid(folder: Path, log: Iterable[Case], settings: Settings | None = None, name: str = "made.csv") -> LaidLog:
    """Write the cases to a file and bring it in; times are UTC, and columns mean what they are called."""
    log = list(log)
    given = settings or Settings()
    zone = "UTC" if given.time_zone == Settings.time_zone else given.time_zone
    return bring_in(write(folder / name, log), replace(given, roles=roles_of(log), time_zone=zone))


HUSHED = ("Hushcase", "Hushperson", "Hushworker")
"""Parts of every case number, customer number and name of staff in `private_log`: none may be seen again."""


def private_log(number: int = 120) -> list[Case]:
    """Return cases with numbers of cases and customers and names of staff that must never leave."""
    log = []
    for place in range(number):
        steps = f"Apply {place / 10}, Check {place / 10 + 1 + place % 7}, Decide {place / 10 + 3 + place % 11}"
        if place % 4 == 0:
            steps += f", Check {place / 10 + 20}, Decide {place / 10 + 21}"
        if place % 7:
            steps += f", Pay {place / 10 + 30 + place % 13}"
        columns = {
            "customer": f"Hushperson-{place * 7 % 100:03d}",
            "resource": f"Hushworker {'ABCDE'[place % 5]}",
            "area": ("North", "South", "West")[place % 3],
            "channel": ("Phone", "Post")[place % 2],
        }
        log.append(Case(f"Hushcase-{place:04d}", case("", steps).steps, columns))
    return log
