"""Events, and the cases they make up once they are put in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

NOT_KNOWN = "not known"

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Event:
    """One row of a log. Times are UTC; `row` is its place in the file, from 1.

    `attributes` holds channel and organisation too. A row with a `problem` cannot be used.
    """

    row: int
    case: str
    activity: str
    time: datetime
    start: datetime | None = None
    customer: str | None = None
    attributes: Mapping[str, str | None] = field(default_factory=dict)
    problem: str | None = None


@dataclass(frozen=True)
class Case:
    """The events of one case, in order."""

    id: str
    events: tuple[Event, ...]

    @property
    def steps(self) -> tuple[str, ...]:
        """Its exact route."""
        return tuple(event.activity for event in self.events)

    @property
    def first(self) -> datetime:
        """When it began."""
        return self.events[0].time

    @property
    def last(self) -> datetime:
        """When it was last heard of."""
        return self.events[-1].time

    @property
    def customer(self) -> tuple[str, str]:
        """Whose case it is: the first customer it names; one that names nobody is a customer of its own."""
        for event in self.events:
            if event.customer is not None:
                return ("customer", event.customer)
        return ("case", self.id)

    def value(self, attribute: str) -> str:
        """The first known value of an attribute."""
        for event in self.events:
            known = event.attributes.get(attribute)
            if known is not None:
                return known
        return NOT_KNOWN

    def pairs(self) -> list[tuple[Event, Event]]:
        """Each event with the one right after it."""
        return [(self.events[i], self.events[i + 1]) for i in range(len(self.events) - 1)]


def cases_of(events: list[Event]) -> list[Case]:
    """Return the cases, in the order in which the file first names them."""
    gathered: dict[str, list[Event]] = {}
    for event in events:
        if event.problem is None:
            gathered.setdefault(event.case, []).append(event)
    return [Case(id, tuple(sorted(found, key=in_order))) for id, found in gathered.items()]


def in_order(event: Event) -> tuple[datetime, bool, datetime, int]:
    """Return what events of a case are sorted by: time, then start (unknown first), then row of the file."""
    return (event.time, event.start is not None, event.start or datetime.min, event.row)


def days(span: timedelta) -> float:
    """Return a span in days."""
    return span / DAY
