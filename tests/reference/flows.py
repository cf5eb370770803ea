"""Steps, paths, exact routes and what is done again."""

from __future__ import annotations

from collections import Counter

from tests.reference.chosen import Chosen, people
from tests.reference.events import Case, days
from tests.reference.following import Measure, elapsed
from tests.reference.sums import quantile, rounded

Row = dict[str, str | int | float]

COVERED_BY = (1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000)


def steps(chosen: Chosen) -> list[Row]:
    """Return each step: the cases that go through it, the times it is done, the customers behind it."""
    rows: list[Row] = []
    for group, cases in chosen.groups.items():
        for step in sorted({step for case in cases for step in case.steps}):
            through = [case for case in cases if step in case.steps]
            times = sum(case.steps.count(step) for case in through)
            row: Row = {"group": group, "step": step, "cases": len(through), "times": times}
            rows.append(row | {"people": people(through)})
    return rows


def paths(chosen: Chosen, measure: Measure = elapsed) -> list[Row]:
    """Return each pair of steps taken one right after the other: cases, times, people, days between them."""
    rows: list[Row] = []
    for group, cases in chosen.groups.items():
        for here, after in _taken(cases):
            along = [case for case in cases if (here, after) in _arcs(case)]
            gaps = [
                measure(first.time, second.time)
                for case in along
                for first, second in case.pairs()
                if (first.activity, second.activity) == (here, after)
            ]
            row: Row = {"group": group, "from": here, "to": after, "cases": len(along), "times": len(gaps)}
            row |= {"people": people(along), "mean_days": rounded(sum(gaps) / len(gaps))}
            row |= {"median_days": rounded(quantile(gaps, 0.5)), "p90_days": rounded(quantile(gaps, 0.9))}
            rows.append(row)
    return rows


def ends(chosen: Chosen) -> list[Row]:
    """Return with which steps cases begin, and with which their record ends."""
    rows: list[Row] = []
    for group, cases in chosen.groups.items():
        for side, place in (("first", 0), ("last", -1)):
            for step in sorted({case.steps[place] for case in cases}):
                here = [case for case in cases if case.steps[place] == step]
                row: Row = {"group": group, "side": side, "step": step, "cases": len(here)}
                rows.append(row | {"people": people(here)})
    return rows


def routes(chosen: Chosen, measure: Measure = elapsed) -> list[Row]:
    """Return each exact route: cases, people, median days from first to last event."""
    rows: list[Row] = []
    for group, cases in chosen.groups.items():
        for route in sorted({case.steps for case in cases}):
            same = [case for case in cases if case.steps == route]
            spans = [measure(case.first, case.last) for case in same]
            row: Row = {"group": group, "route": " > ".join(route), "steps": len(route), "cases": len(same)}
            rows.append(row | {"people": people(same), "median_days": rounded(quantile(spans, 0.5))})
    return rows


def coverage(chosen: Chosen) -> list[Row]:
    """Return how many cases the one, two, three, five ... most common routes cover."""
    rows: list[Row] = []
    for group, cases in chosen.groups.items():
        sizes = sorted(Counter(case.steps for case in cases).values(), reverse=True)
        for number in COVERED_BY:
            if number <= len(sizes):
                rows.append({"group": group, "routes": number, "cases": sum(sizes[:number])})
    return rows


def rare_routes(chosen: Chosen) -> list[Row]:
    """Return the number of routes, and the cases that take another one than the most common."""
    rows: list[Row] = []
    for group, cases in chosen.groups.items():
        sizes = sorted(Counter(case.steps for case in cases).values(), reverse=True)
        if sizes:
            rows.append({"group": group, "routes": len(sizes), "cases": sum(sizes[1:])})
    return rows


def rework(chosen: Chosen) -> list[Row]:
    """Return the cases that do any step again, the customers behind them, and the events beyond the first."""
    rows: list[Row] = []
    for group, cases in chosen.groups.items():
        again = [case for case in cases if len(set(case.steps)) < len(case.steps)]
        extra = sum(len(case.steps) - len(set(case.steps)) for case in again)
        if again:
            rows.append({"group": group, "cases": len(again), "people": people(again), "extra": extra})
    return rows


def repeats(chosen: Chosen) -> list[Row]:
    """Return each step done again: cases, people, extra events, those at once, days from first to last time."""
    rows: list[Row] = []
    for group, cases in chosen.groups.items():
        for step in sorted({step for case in cases for step in case.steps}):
            again = [case for case in cases if case.steps.count(step) > 1]
            if not again:
                continue
            row: Row = {"group": group, "step": step, "cases": len(again), "people": people(again)}
            row["extra"] = sum(case.steps.count(step) - 1 for case in again)
            row["immediate"] = sum(_arcs(case).count((step, step)) for case in again)
            row["days"] = rounded(sum(_going_round(case, step) for case in again))
            rows.append(row)
    return rows


def _arcs(case: Case) -> list[tuple[str, str]]:
    return [(first.activity, second.activity) for first, second in case.pairs()]


def _taken(cases: list[Case]) -> list[tuple[str, str]]:
    return sorted({arc for case in cases for arc in _arcs(case)})


def _going_round(case: Case, step: str) -> float:
    times = [event.time for event in case.events if event.activity == step]
    return days(max(times) - min(times))
