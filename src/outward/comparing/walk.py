"""A walk along the usual way of one side, and its most common exact route: by rule, never one customer's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from outward.answers import Value
from outward.comparing.figures import POOLED, Tables, number
from outward.understand.groups import END, START

STAGES_AT_MOST = 20


@dataclass(frozen=True)
class Stage:
    """One step of a walk, and the way that most go on from it.

    Attributes:
        step: where it stands; '▶' is the beginning.
        to: where most go on to; '■' is the end of what is recorded.
        share: of the cases that come to the step, those that go this way; None where it was not released.
        median_days: half of those who go this way wait under this; None likewise.
        p90_days: nine in ten of them wait under this.
    """

    step: str
    to: str
    share: float | None
    median_days: float | None
    p90_days: float | None


@dataclass(frozen=True)
class Route:
    """The most common exact route of a side.

    Attributes:
        words: its steps in their order.
        cases: how many took it.
        share: of the side's cases.
        median_days: half of them took under this from the first event to the last; None where it was not released.
    """

    words: str
    cases: int
    share: float | None
    median_days: float | None


def common_route(tables: Tables, name: str) -> Route | None:
    """Return the exact route that most cases of one side took; None where none was released.

    Args:
        tables: the released tables of U3.2 by two sides.
        name: of the side.
    """
    taken = [
        (int(number(row["cases"]) or 0), row)
        for row in (tables["routes"].rows() if "routes" in tables else ())
        if row["group"] == name and row["route"] not in (None, *POOLED)
    ]
    cases, row = min(taken, key=lambda one: (-one[0], str(one[1]["route"])), default=(0, {}))
    return Route(str(row["route"]), cases, number(row["share"]), number(row["median_days"])) if cases else None


def in_common(first: Sequence[Stage], second: Sequence[Stage]) -> tuple[str, ...]:
    """Return the steps that two walks both come to, as many as stand in the same order in both.

    >>> one = [Stage("▶", "Apply", 1, 0, 0), Stage("Apply", "Check", 1, 0, 0), Stage("Check", "Pay", 1, 0, 0)]
    >>> in_common(one, [Stage("▶", "Apply", 1, 0, 0), Stage("Apply", "Pay", 1, 0, 0)])
    ('Apply', 'Pay')
    """
    ours, theirs = ([stage.to for stage in stages if stage.to != END] for stages in (first, second))
    longest: dict[tuple[int, int], tuple[str, ...]] = {}
    for at, one in enumerate(ours):
        for place, other in enumerate(theirs):
            left, above = longest.get((at, place - 1), ()), longest.get((at - 1, place), ())
            both = (*longest.get((at - 1, place - 1), ()), one) if one == other else ()
            longest[at, place] = max(both, left, above, key=len)
    return longest.get((len(ours) - 1, len(theirs) - 1), ())


def walk(tables: Tables, name: str) -> tuple[Stage, ...]:
    """Return the usual way of one side: from each step to where most go on, never back to one already walked.

    Args:
        tables: the released tables of U3.1 by two sides.
        name: of the side.

    It ends at the end of what is recorded, or after `STAGES_AT_MOST` steps. Every share and time is a
    released one of all who go that way, whichever way they came.
    """
    paths = [row for row in tables["paths"].rows() if row["group"] == name and row["cases"] is not None]
    steps = {row["step"]: number(row["cases"]) for row in tables["steps"].rows() if row["group"] == name}
    here, walked = START, {START}
    stages: list[Stage] = []
    while here != END and len(stages) < STAGES_AT_MOST:
        ways = [row for row in paths if row["from_step"] == here and row["to_step"] not in walked]
        if not ways:
            break
        way = min(ways, key=lambda row: (-(number(row["cases"]) or 0), str(row["to_step"])))
        stages.append(_stage(way, number(way["group_cases"]) if here == START else steps.get(here)))
        here = str(way["to_step"])
        walked.add(here)
    return tuple(stages)


def _stage(way: Mapping[str, Value], at_step: float | None) -> Stage:
    cases = number(way["cases"])
    share = min(cases / at_step, 1.0) if cases is not None and at_step else None
    waits = (number(way["median_days"]), number(way["p90_days"]))
    return Stage(str(way["from_step"]), str(way["to_step"]), share, *waits)
