"""Statements on a laid log: steps, paths, routes, waits and repeats, each once in standard SQL.

Every function takes a `View` and returns plain columns (name to array), one row a step or path and
group. `people` is the number of distinct customers behind a row: what release measures.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from outward.evidence.annotate import BINS_A_FACTOR_E
from outward.evidence.once import once
from outward.evidence.view import View

Columns = dict[str, NDArray[Any]]
Place = tuple[int, int, int]
"""A path: group, step and next step."""
Sides = Mapping[Place, tuple[int, int, int, int]]
"""People with a wait at or below the median of a path, at or above it, and the same of its 90th percentile."""
DAY = "86400e6"
PATH = ("grp", "activity", "next")
QUANTILES = {0.5: "median", 0.9: "p90"}
SORTED_UP_TO = 15_000_000
"""Events up to which quantiles are taken of all waits at once; the engine holds each of them in memory."""


@once
def steps(view: View) -> Columns:
    """Return, for each group and step: cases, times (events) and people."""
    return view.columns(
        f"SELECT grp, activity, sum(first_visit::INTEGER)::BIGINT AS cases, count(*) AS times, "
        f"{_people(view, 'first_visit')} "
        f"FROM {_flow(view)} GROUP BY grp, activity ORDER BY grp, cases DESC, activity"
    )


def steps_told(view: View) -> int:
    """Return how many different steps enough people of some group took for them to be shown.

    All steps, where nothing need be hidden; else a rarer one is not told from none.
    """
    found = steps(view)
    return len(np.unique(found["activity"][found["people"] >= view.smallest_group]))


@once
def paths(view: View, wait: str = "gap_us", quantiles: bool = True) -> Columns:
    """Return, for each group and pair of steps taken one after the other: cases, times, people and days between.

    Args:
        view: the chosen cases.
        wait: column with the microseconds waited.
        quantiles: whether the median and the 90th percentile are wanted beside the sum and the mean.
    """
    sorted_out = quantiles and view.size["events"] <= SORTED_UP_TO
    asked = f", quantile_cont({wait}, [0.5, 0.9]) AS q" if sorted_out else ""
    shown = f", {_days('q[1]', 'median')}, {_days('q[2]', 'p90')}" if sorted_out else ""
    found = view.columns(
        f"SELECT grp, activity, next, cases, times, people, waited / {DAY} AS days, "
        f"waited / times / {DAY} AS mean_days{shown} FROM (SELECT grp, activity, next, "
        "sum(first_arc::INTEGER)::BIGINT AS cases, count(*) AS times, "
        f"{_people(view, 'first_arc')}, sum({wait}) AS waited{asked} "
        f"FROM {_flow(view)} WHERE next >= 0 GROUP BY grp, activity, next) "
        "ORDER BY grp, cases DESC, activity, next"
    )
    return found if sorted_out or not quantiles else found | _quantiles_of_bins(view, found, wait)


def _quantiles_of_bins(view: View, found: Columns, wait: str) -> Columns:
    """Return the median and the 90th percentile of each path's waits, where these are too many to be held at once.

    They are first counted by bin, half a percent wide (decision 0007); then those in the bins that hold the
    quantiles, and in the bins beside these, are taken one by one.
    """
    bins = view.columns(
        f"SELECT grp, activity, next, {wait_bin(view, wait)} AS bin, count(*) AS times FROM {view.flow()} "
        f"WHERE next >= 0 GROUP BY ALL ORDER BY ALL"
    )
    path = np.stack([bins[name].astype(np.int64) for name in PATH])
    opens = np.append(0, np.flatnonzero(np.any(path[:, 1:] != path[:, :-1], axis=0)) + 1)
    closes = np.append(opens[1:], len(bins["times"]))
    before = np.append(0, np.cumsum(bins["times"]))
    ranks = {share: (before[closes] - before[opens] - 1) * share for share in QUANTILES}
    kept = np.zeros(len(bins["times"]), bool)
    for rank in ranks.values():
        for place in (np.floor(rank), np.ceil(rank)):
            at = np.searchsorted(before, before[opens] + place, side="right") - 1
            for near in (at - 1, at, at + 1):
                kept[np.clip(near, opens, closes - 1)] = True
    waits = _one_by_one(view, {name: column[kept] for name, column in bins.items() if name != "times"}, wait)
    passed = np.append(0, np.cumsum(np.where(kept, 0, bins["times"])))
    ends = np.cumsum(waits["times"])
    paths_in_order = {tuple(path[:, at].tolist()): number for number, at in enumerate(opens)}
    order = [paths_in_order[one] for one in zip(*(found[name].tolist() for name in PATH), strict=True)]
    columns: Columns = {}
    for share, name in QUANTILES.items():
        two = []
        for place in (np.floor(ranks[share]), np.ceil(ranks[share])):
            nth = before[opens] + place
            nth -= passed[np.searchsorted(before, nth, side="right") - 1]
            two.append(waits["wait"][np.searchsorted(ends, nth, side="right")].astype(float))
        us = (two[0] + (two[1] - two[0]) * (ranks[share] % 1))[order]
        columns |= {f"{name}_days": us / float(DAY), f"{name}_us": us}
    return columns


def _one_by_one(view: View, wanted: Columns, wait: str) -> Columns:
    """Return, in order, the different waits in some bins of some paths, and how often each was waited."""
    view.connection.register("wanted", wanted)
    found = view.columns(
        f"SELECT grp, activity, next, wait, count(*) AS times FROM (SELECT *, {wait} AS wait, "
        f"{wait_bin(view, wait)} AS bin FROM {view.flow()}) SEMI JOIN wanted USING (grp, activity, next, bin) "
        "GROUP BY ALL ORDER BY ALL"
    )
    view.connection.unregister("wanted")
    return found


def wait_bin(view: View, wait: str) -> str:
    """Return the SQL of the bin of a wait. The bins laid are of elapsed waiting; others are worked out.

    Args:
        view: the chosen cases.
        wait: column with the microseconds waited.
    """
    laid = not view.clock and (wait != "gap_us" or not view.log.manifest.has_start)
    return "wait_bin" if laid else f"floor(ln({wait} + 1) * {BINS_A_FACTOR_E})"


def _days(quantile: str, name: str) -> str:
    """Return a quantile as a column in days and one, to compare waits with, in microseconds."""
    return f"{quantile} / {DAY} AS {name}_days, {quantile} AS {name}_us"


@once
def sides(view: View, wait: str = "gap_us") -> Sides:
    """Return the people on each side of a path's quantiles, for paths that somebody takes more than once.

    On the others each half of the waits is that of half of the people; see `side_cells`. Paths on which
    even the tenth of the waits above the 90th percentile is surely that of enough people are not counted
    out, nor are those of too few people to be shown.

    Args:
        view: the chosen cases.
        wait: column with the microseconds waited.
    """
    found = paths(view, wait)
    times, people, enough = found["times"], found["people"], view.smallest_group
    above = (times - 1) / 10
    surely = np.maximum(above / _most_passages(view), above - (times - people)) >= enough
    again = np.flatnonzero((times > people) & (people >= enough) & ~surely)
    if enough == 1 or not len(again):
        return {}
    whose = "customer" if view.log.manifest.has_customer else "case_no"
    counted = ", ".join(
        f"count(*) FILTER ({most} {side} {quantile})"
        for quantile in ("median_us", "p90_us")
        for side, most in (("<=", "shortest"), (">=", "longest"))
    )
    view.connection.register(
        "again", {name: found[name][again] for name in ("grp", "activity", "next", "median_us", "p90_us")}
    )
    rows = view.rows(
        f"SELECT grp, activity, next, {counted} FROM (SELECT grp, activity, next, min({wait}) AS shortest, "
        f"max({wait}) AS longest FROM {_flow(view)} SEMI JOIN again USING (grp, activity, next) "
        f"GROUP BY grp, activity, next, {whose}) JOIN again USING (grp, activity, next) GROUP BY grp, activity, next"
    )
    view.connection.unregister("again")
    return {(grp, here, after): (one, two, three, four) for grp, here, after, one, two, three, four in rows}


def _most_passages(view: View) -> int:
    """Return how often at most one person can have taken one path."""
    held = "(SELECT sum(events) AS events FROM cases GROUP BY customer)"
    source = held if view.log.manifest.has_customer else "cases"
    ((most,),) = view.rows(f"SELECT max(events)::BIGINT FROM {source}")
    return int(most or 1)


def side_cells(sides: Sides, path: Place, people: int) -> dict[str, int]:
    """Return the people on each side of a path's median and 90th percentile, as release needs them.

    Args:
        sides: of the paths that somebody takes more than once.
        path: group, step and next step.
        people: behind the path.

    >>> side_cells({}, (0, 1, 2), 20)["above_p90"]
    2
    """
    half, most = people // 2, people * 9 // 10
    counts = sides.get(path, (half, people - half, most, people - most))
    return dict(zip(("below_median", "above_median", "below_p90", "above_p90"), counts, strict=True))


@once
def ends(view: View) -> Columns:
    """Return, for each group, first or last step (side 0 or 1): cases and people."""
    return view.columns(
        " UNION ALL ".join(
            f"SELECT grp, {side} AS side, {column} AS activity, count(*) AS cases, "
            f"{view.people} AS people FROM cases GROUP BY grp, {column}"
            for side, column in enumerate(("first_activity", "last_activity"))
        )
        + " ORDER BY grp, side, cases DESC, activity"
    )


def count_routes(view: View) -> None:
    """Count the cases and people of each group's exact routes into the table `counted`, ranked by `place`."""
    view.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE counted AS SELECT *, row_number() OVER (PARTITION BY grp ORDER BY cases DESC, "
        f"variant) AS place FROM (SELECT grp, variant, count(*) AS cases, {view.people} AS people "
        "FROM cases GROUP BY grp, variant)"
    )


def routes(view: View, at_most: int) -> Columns:
    """Return the most common exact routes of each group: steps, cases, people, median days end to end.

    `below` and `above` are the people with a case at or below that median, and at or above it.
    `count_routes` comes first.
    """
    return view.columns(
        "WITH lasted AS (SELECT grp, place, customer, span_days AS span FROM cases "
        f"JOIN counted USING (grp, variant) WHERE place <= {at_most}), "
        "middles AS (SELECT grp, place, median(span) AS middle FROM lasted GROUP BY grp, place), "
        f"told AS (SELECT grp, place, any_value(middle) AS median_days, {beside(view.people, 'span')} "
        "FROM lasted JOIN middles USING (grp, place) GROUP BY grp, place) "
        "SELECT grp, steps, counted.cases, people, median_days, below, above FROM told "
        "JOIN counted USING (grp, place) JOIN variants USING (variant) ORDER BY grp, place"
    )


def beside(people: str, column: str) -> str:
    """Return the SQL of the people at or below, and at or above, the `middle` of a column."""
    sides = (("<=", "below"), (">=", "above"))
    return ", ".join(f"{people} FILTER ({column} {side} middle) AS {name}" for side, name in sides)


def route_tail(view: View, at_most: int) -> Columns:
    """Return, for each group, its number of routes, and the cases and people outside the most common ones.

    `count_routes` comes first.
    """
    people = f"coalesce(sum(people) FILTER (place > {at_most}), 0)::BIGINT"
    if view.log.manifest.has_customer:
        people = (
            "(SELECT count(DISTINCT customer) FROM cases JOIN counted AS rare USING (grp, variant) "
            f"WHERE rare.grp = counted.grp AND place > {at_most})"
        )
    return view.columns(
        f"SELECT grp, count(*) AS routes, coalesce(sum(cases) FILTER (place > {at_most}), 0)::BIGINT AS cases, "
        f"{people} AS people FROM counted GROUP BY grp ORDER BY grp"
    )


def route_coverage(view: View) -> Columns:
    """Return, for each group and round number of routes, the cases that these cover, the most common first.

    `people` stands behind what the last of them add: those of the most common of the routes added.
    `count_routes` comes first.
    """
    round_numbers = [1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000]
    return view.columns(
        "WITH wanted AS (SELECT routes, lag(routes, 1, 0) OVER (ORDER BY routes) + 1 AS added "
        f"FROM (SELECT unnest({round_numbers}) AS routes)) "
        "SELECT grp, routes, sum(cases)::BIGINT AS cases, any_value(people) FILTER (place = added) AS people "
        f"FROM counted JOIN wanted ON place <= routes WHERE place <= {round_numbers[-1]} "
        "GROUP BY grp, routes HAVING max(place) = routes ORDER BY grp, routes"
    )


def repeats(view: View) -> Columns:
    """Return, for each group and step done again in a case: cases, people, extra events, immediate ones, days.

    `days` runs from the first to the last time of the step in each such case: time spent going round.
    """
    return view.columns(
        f"WITH at_once AS (SELECT grp, activity, count(*) AS immediate FROM {view.flow()} WHERE next = activity "
        f"GROUP BY grp, activity) SELECT grp, activity, count(*) AS cases, {view.people} AS people, "
        f"sum(extra)::BIGINT AS extra, coalesce(any_value(immediate), 0) AS immediate, sum(span) / {DAY} AS days "
        f"FROM {_spans(view)} LEFT JOIN at_once USING (grp, activity) "
        "GROUP BY grp, activity ORDER BY grp, cases DESC, activity"
    )


def rework(view: View) -> Columns:
    """Return, for each group: cases with any step done again, the people behind them, and the extra events."""
    return view.columns(
        "SELECT grp, count(DISTINCT case_no) AS cases, count(DISTINCT customer) AS people, "
        f"sum(extra)::BIGINT AS extra FROM {_spans(view)} GROUP BY grp ORDER BY grp"
    )


@once
def _spans(view: View) -> str:
    """Make the table of the steps done again, one row a case and step, and return its name."""
    view.connection.execute(
        "CREATE TEMP TABLE spans AS SELECT case_no, activity, extra, since_first_us AS span, grp, customer "
        "FROM events JOIN cases USING (case_no) WHERE extra > 0"
    )
    return "spans"


def waits(view: View, wait: str, at_most: int) -> Columns:
    """Return the paths on which most days are waited, the most first: the columns of `paths`.

    Args:
        view: the chosen cases.
        wait: column with the microseconds waited.
        at_most: paths a group.
    """
    found = paths(view, wait)
    order = np.lexsort((found["next"], found["activity"], -found["days"], found["grp"]))
    grp = found["grp"][order]
    place = np.arange(len(grp)) - np.searchsorted(grp, grp)
    return {name: column[order[place < at_most]] for name, column in found.items()}


def steps_that_wait_most(view: View, wait: str, at_most: int) -> list[int]:
    """Return the steps after which most days are waited, the most first.

    Args:
        view: the chosen cases.
        wait: column with the microseconds waited.
        at_most: steps.
    """
    found = paths(view, wait)
    days = np.bincount(found["activity"], found["days"])
    met = np.unique(found["activity"])
    return [int(code) for code in met[np.lexsort((met, -days[met]))][:at_most]]


def work(view: View) -> Columns:
    """Return, for each group and step with a recorded start: times, people, median, mean and total days at work.

    `below` and `above` are the people with work at or below that median, and at or above it.
    """
    whose = f"count(DISTINCT {'customer' if view.log.manifest.has_customer else 'case_no'})"
    return view.columns(
        f"WITH done AS (SELECT * FROM {_flow(view)} WHERE service_us IS NOT NULL), "
        "middles AS (SELECT grp, activity, median(service_us) AS middle FROM done GROUP BY grp, activity) "
        f"SELECT grp, activity, count(*) AS times, {whose} AS people, any_value(middle) / {DAY} AS median_days, "
        f"sum(service_us) / count(*) / {DAY} AS mean_days, sum(service_us) / {DAY} AS days, "
        f"{beside(whose, 'service_us')} FROM done JOIN middles USING (grp, activity) "
        "GROUP BY grp, activity ORDER BY grp, days DESC, activity"
    )


def _flow(view: View) -> str:
    """Return the chosen events, with the customer where customers are known beyond cases."""
    if not view.log.manifest.has_customer:
        return view.flow()
    return (
        "(SELECT events.*, grp, customer FROM events JOIN (SELECT case_no, grp, customer FROM cases) USING (case_no))"
    )


def _people(view: View, first: str) -> str:
    if view.log.manifest.has_customer:
        return "count(DISTINCT customer) AS people"
    return f"sum({first}::INTEGER)::BIGINT AS people"
