"""Everything in which the groups of a view are set against the largest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from outward.evidence.view import View
from outward.methods import flows
from outward.methods.durations import Durations
from outward.methods.gaps import Gap, ending_gap, share_gap, time_gap
from outward.methods.lengths import case_durations, waits_after
from outward.methods.within import Deed, Kind, deeds
from outward.understand.difference_tables import Difference
from outward.understand.groupings import followed_for
from outward.understand.routes import route_words

AT_MOST: dict[Kind, int] = {"steps": 10, "repeats": 6, "routes": 5}
WAITS_AT_MOST = 8
PEOPLE_AT_LEAST = 10
Found = tuple[int, str, str, Literal["share", "days"], Gap | None]
"""The group's place, the matter, what it is, the unit and how far the group is from the largest."""

ENDS = {"done": "Ends well", "refused": "Is refused", "withdrawn": "Is withdrawn", "gave up": "Is given up"}


def differences_of(view: View, within: int, named: bool = False) -> list[Difference]:
    """Return each group's difference from the largest in endings, deeds, times and waits, not yet corrected.

    Args:
        view: the chosen cases, in groups that can be tested.
        within: days of each case that count.
        named: whether groups are called by their attribute too.
    """
    name = f"{view.by}: " if named else ""
    groups = case_durations(view) if view.endings else []
    long = float(followed_for(view))
    found = (*_endings(view, groups, long), *_deeds(view, within), *_times(groups, long), *_waits(view, float(within)))
    return [
        Difference(matter, what, name + view.groups[place], name + view.groups[0], unit, gap, view.by if named else "")
        for place, matter, what, unit, gap in found
        if gap
    ]


def _endings(view: View, groups: Sequence[Durations], within: float) -> Iterator[Found]:
    for number, ending in enumerate(view.endings, start=1):
        for place in range(1, len(groups)):
            yield place, "Endings", ENDS[ending], "share", ending_gap(groups[place], groups[0], number, within)


def _deeds(view: View, within: int) -> Iterator[Found]:
    fewest = max(PEOPLE_AT_LEAST, view.smallest_group)
    for deed in deeds(view, within, AT_MOST, fewest):
        matter, what = _words(view, deed)
        for place in range(1, len(view.groups)):
            yield place, matter, what, "share", share_gap(deed.shares[place], deed.shares[0], float(within))


def _words(view: View, deed: Deed) -> tuple[str, str]:
    if deed.kind == "routes":
        return "Exact routes", f"Does exactly this: {route_words(view, list(deed.steps))}"
    if not deed.steps:
        return "Repeats", "Does some step again"
    step = view.activities[deed.steps[0]]
    return ("Steps", f"Comes to '{step}'") if deed.kind == "steps" else ("Repeats", f"Does '{step}' again")


def _times(groups: Sequence[Durations], within: float) -> Iterator[Found]:
    for place in range(1, len(groups)):
        yield place, "Times", "From the first event to the end", "days", time_gap(groups[place], groups[0], within)


def _waits(view: View, within: float) -> Iterator[Found]:
    wait = "coalesce(wait_us, gap_us)" if view.log.manifest.has_start else "gap_us"
    steps = flows.steps_that_wait_most(view, wait, WAITS_AT_MOST)
    waits = waits_after(view, steps)
    for step in steps:
        for place in range(1, len(view.groups)):
            yield (
                place,
                "Waits",
                f"Wait after '{view.activities[step]}'",
                "days",
                time_gap(waits[place, step], waits[0, step], within),
            )
