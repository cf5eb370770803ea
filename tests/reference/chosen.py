"""The cases that a question is asked of, in their groups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from outward.evidence.sides import Sides
from outward.evidence.tables import Settings
from outward.evidence.where import Where
from tests.reference.conditions import meets
from tests.reference.events import NOT_KNOWN, Case, Event, cases_of
from tests.reference.following import followed_until

ALL = "all"
OTHER = "other"
GROUPS_AT_MOST = 12


@dataclass(frozen=True)
class Chosen:
    """The chosen cases of a log.

    Attributes:
        events: every row of the log.
        settings: what is confirmed about it.
        until: when following ended.
        groups: label to its cases, in the order in which groups are shown.
    """

    events: list[Event]
    settings: Settings
    until: datetime
    groups: dict[str, list[Case]]

    @property
    def cases(self) -> list[Case]:
        """All chosen cases."""
        return [case for cases in self.groups.values() for case in cases]

    @property
    def has_start(self) -> bool:
        """Whether the log knows when work began."""
        return any(event.start is not None for event in self.events)


def choose(events: list[Event], settings: Settings, where: Where, by: str = "", smallest_group: int = 1) -> Chosen:
    """Return the cases that `where` means, grouped by an attribute ('' for one group of all)."""
    until = followed_until(events, settings)
    meant = [case for case in cases_of(events) if meets(case, where, until, settings)]
    if " vs " in by:
        groups = _sided(meant, Sides.parse(by), until, settings)
    else:
        groups = _grouped(meant, by, smallest_group) if by else {ALL: meant}
    return Chosen(events, settings, until, groups)


def _sided(cases: list[Case], sides: Sides, until: datetime, settings: Settings) -> dict[str, list[Case]]:
    """Return the cases on each side alone; where the second filter is empty, all others."""
    one = [case for case in cases if meets(case, sides.first, until, settings)]
    other = [case for case in cases if meets(case, sides.second, until, settings)] if sides.second else None
    if other is None:
        other, both = [case for case in cases if case not in one], []
    else:
        both = [case for case in one if case in other]
    alone = ([case for case in side if case not in both] for side in (one, other))
    return dict(zip(sides.names, alone, strict=True))


def people(cases: list[Case]) -> int:
    """Return how many distinct customers have these cases."""
    return len({case.customer for case in cases})


def _grouped(cases: list[Case], by: str, smallest: int) -> dict[str, list[Case]]:
    """Return the groups: the largest first (then by label), the pooled small ones, then 'not known'.

    At most twelve are kept apart. Where something is pooled that is still too small - customers in
    several groups counted in each - further groups join it, the smallest first. Too few cases
    without a value are pooled too.
    """
    by_value: dict[str, list[Case]] = {}
    for case in cases:
        by_value.setdefault(case.value(by), []).append(case)
    unknown = by_value.pop(NOT_KNOWN, [])
    ranked = sorted(by_value, key=lambda value: (-people(by_value[value]), value.encode()))
    kept = [value for value in ranked if people(by_value[value]) >= smallest][:GROUPS_AT_MOST]
    pooled = [by_value[value] for value in ranked if value not in kept]
    if 0 < people(unknown) < smallest:
        pooled.append(unknown)
        unknown = []
    while kept and pooled and sum(people(group) for group in pooled) < smallest:
        pooled.append(by_value[kept.pop()])
    groups = {value: by_value[value] for value in kept}
    if pooled:
        groups[OTHER] = [case for group in pooled for case in group]
    if unknown:
        groups[NOT_KNOWN] = unknown
    return groups
