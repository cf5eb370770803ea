"""The reference engine: every figure by name, from a list of events."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from outward.evidence.tables import Settings
from outward.evidence.where import Where
from tests.reference import contacts, flows, lengths, quality, weeks, within, working
from tests.reference.chosen import Chosen, choose
from tests.reference.events import Event
from tests.reference.flows import Row

FIGURES: dict[str, Callable[[Chosen], list[Row]]] = {
    "groups": quality.groups,
    "quality": quality.quality,
    "aside": quality.aside,
    "varying": quality.varying,
    "steps": flows.steps,
    "paths": flows.paths,
    "ends": flows.ends,
    "routes": flows.routes,
    "coverage": flows.coverage,
    "rare routes": flows.rare_routes,
    "rework": flows.rework,
    "repeats": flows.repeats,
    "waits": lengths.waits,
    "waits after": lengths.waits_after,
    "work": lengths.work,
    "durations": lengths.durations,
    "gave up": lengths.gave_up,
    "endings": lengths.endings,
    "months": lengths.months,
    "spans": lengths.spans,
    "channels": contacts.channels,
    "moves": contacts.moves,
    "contained": contacts.contained,
    "repeat contact": contacts.repeat_contact,
    "failure demand": contacts.failure_demand,
    "weeks": weeks.weeks,
    "weeks followed": weeks.followed,
    "steps within": within.steps,
    "repeats within": within.repeats,
    "routes within": within.routes,
    "working durations": working.durations,
    "whole working days": working.whole_days,
    "working waits": working.in_working_time(lengths.waits),
    "whole-day waits": working.in_working_days(lengths.waits),
    "working waits after": working.in_working_time(lengths.waits_after),
    "working paths": working.in_working_time(flows.paths),
    "working routes": working.in_working_time(flows.routes),
    "working spans": working.in_working_time(lengths.spans),
    "working weeks followed": working.in_working_time(weeks.followed),
    "working work": working.in_working_time(lengths.work),
}


class Reference:
    """The figures of a log, in plain Python."""

    def __init__(self, events: list[Event], settings: Settings) -> None:
        self.events, self.settings = events, settings

    def figures(
        self, names: Iterable[str], where: Where, by: str = "", smallest_group: int = 1
    ) -> dict[str, list[Row]]:
        """Return the rows of each of these figures, in no particular order."""
        chosen = choose(self.events, self.settings, where, by, smallest_group)
        return {name: FIGURES[name](chosen) for name in names}
