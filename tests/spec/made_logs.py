"""Made-up logs for Hypothesis: small, and full of what goes wrong in real ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from outward.evidence.sides import Sides
from outward.evidence.tables import ENDING_KINDS, Settings
from outward.evidence.where import Condition, Where
from tests.reference.chosen import choose
from tests.reference.events import NOT_KNOWN, Event, cases_of
from tests.reference.questions import Reference

LABELS = ("Apply", "Assess", "apply", "Prüfung & Ärger", "步骤", "it's", 'say "x"', "a > b", "x|(y), z", " =")
VALUES = ("North", "Süd | West", "north", "東", '"')
ATTRIBUTES = ("area", "channel", "from")
START = datetime(2024, 3, 29, 0, 0)
ZONES = ("UTC", "Europe/London")
CALENDARS = (
    "england-and-wales",
    "no-holidays, Mon-Sun 00:00-24:00",
    "scotland, Mon-Sat 10:00-17:30",
    "northern-ireland, Fri-Mon 22:00-06:00, closed 2024-04-03",
)


@dataclass(frozen=True)
class Look:
    """Which cases are asked for, in which groups."""

    where: Where
    by: str
    smallest_group: int


@dataclass(frozen=True)
class Made:
    """A made log, what is confirmed about it, and some looks at it."""

    events: list[Event]
    settings: Settings
    looks: list[Look]

    def leaves_none(self, look: Look) -> bool:
        """Return whether a look leaves no case, or none on one of its sides."""
        reference = Reference(self.events, self.settings)
        groups = choose(reference.events, reference.settings, look.where, look.by, look.smallest_group).groups
        return not groups or not all(groups.values())


@st.composite
def logs(draw: st.DrawFn) -> list[Event]:
    """Draw the events of a log, in the order of their rows."""
    labels = draw(st.lists(st.sampled_from(LABELS), min_size=1, max_size=5, unique=True))
    number_of_cases = draw(st.integers(1, 12))
    has_start, has_customer = draw(st.booleans()), draw(st.booleans())
    names = draw(st.lists(st.sampled_from(ATTRIBUTES), max_size=2, unique=True))
    quarters_of_a_day = st.integers(0, 40)
    row: dict[str, st.SearchStrategy[Any]] = {
        "case": st.integers(1, number_of_cases).map("case {}".format),
        "activity": st.sampled_from(labels),
        "time": quarters_of_a_day,
        "start": st.none() | st.integers(-1, 8) if has_start else st.none(),
        "customer": st.sampled_from((None, "Q1", "Q2", "Q3", "Q4")) if has_customer else st.none(),
        "problem": st.sampled_from((None,) * 12 + ("the date cannot be read",)),
    }
    row |= {f"is {name}": st.sampled_from((None, *VALUES)) for name in names}
    rows = draw(st.lists(st.fixed_dictionaries(row), min_size=1, max_size=50))
    copies = draw(st.lists(st.sampled_from(range(len(rows))), max_size=6))
    return _events([{**rows[0], "problem": None}, *rows[1:], *(rows[place] for place in copies)], names)


def _events(rows: list[dict[str, Any]], names: list[str]) -> list[Event]:
    events = []
    for number, row in enumerate(rows, start=1):
        time = START + timedelta(hours=6 * row["time"])
        start = None if row["start"] is None else time - timedelta(hours=5 * row["start"])
        attributes = {name: row[f"is {name}"] for name in names}
        said = row["case"], row["activity"], time, start, row["customer"], attributes, row["problem"]
        events.append(Event(number, *said))
    return events


@st.composite
def settings_for(draw: st.DrawFn, events: list[Event]) -> Settings:
    """Draw what is confirmed about a log."""
    steps = sorted({event.activity for event in events})
    days = st.integers(0, 20).map(lambda day: (START + timedelta(days=day)).date().isoformat())
    return Settings(
        time_zone=draw(st.sampled_from(ZONES)),
        extract_date=draw(st.just("") | days),
        window_from=draw(st.just("") | days),
        endings=draw(st.dictionaries(st.sampled_from(steps), st.sampled_from(ENDING_KINDS), max_size=3)),
        working=draw(st.sampled_from(("", *CALENDARS))),
        gave_up_after_days=draw(st.sampled_from((0, 0, 2, 3, 7))),
    )


@st.composite
def wheres(draw: st.DrawFn, events: list[Event]) -> Where:
    """Draw a filter that names only what is in the log."""
    usable = [event for event in events if event.problem is None]
    step = st.sampled_from(sorted({event.activity for event in usable}))
    day = st.integers(-1, 12).map(lambda day: (START + timedelta(days=day)).date().isoformat())
    routes = sorted({case.steps for case in cases_of(events)})
    kinds: list[st.SearchStrategy[Condition]] = [
        st.builds(Condition, st.sampled_from(("passes", "never", "starts", "ends")), st.tuples(step)),
        st.builds(Condition, st.sampled_from(("path", "before")), st.tuples(step, step)),
        st.builds(Condition, st.just("within"), st.tuples(step, st.integers(0, 12).map(str))),
        st.builds(Condition, st.just("route"), st.sampled_from(routes)),
        st.builds(Condition, st.sampled_from(("from", "to")), st.tuples(day)),
    ]
    for name in usable[0].attributes:
        known = {event.attributes[name] for event in usable} - {None}
        value = st.sampled_from(sorted(str(one) for one in {*known, NOT_KNOWN}))
        values = st.lists(value, min_size=1, max_size=2, unique=True)
        kinds.append(values.map(lambda some, name=name: Condition("value", (name, *sorted(some)))))  # type: ignore[misc]
    return Where(tuple(draw(st.lists(st.one_of(kinds), max_size=2))))


@st.composite
def sides(draw: st.DrawFn, events: list[Event]) -> str:
    """Draw two different filters as the sides of a comparison; the second may be everyone else."""
    first = draw(wheres(events).filter(bool))
    return str(Sides(first, draw(wheres(events).filter(lambda other: other != first))))


@st.composite
def logs_with_looks(draw: st.DrawFn) -> Made:
    """Draw a log, its settings and three looks at it, the first at everything."""
    events = draw(logs())
    settings = draw(settings_for(events))
    names = sorted(events[0].attributes)
    by = st.sampled_from(("", *names)) | sides(events)
    look = st.builds(Look, wheres(events), by, st.integers(1, 3))
    return Made(events, settings, [Look(Where(), "", 1), draw(look), draw(look)])
