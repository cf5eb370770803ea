"""Statements on a laid log: steps, paths, routes, waits and repeats, each once in standard SQL.

Every function takes a `View` and returns plain columns (name to array), one row a step or path and
group. `people` is the number of distinct customers behind a row: what release measures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from outward.evidence.view import View

Columns = dict[str, NDArray[Any]]
Place = tuple[int, int, int]
"""A path: group, step and next step."""
Sides = Mapping[Place, tuple[int, int, int, int]]
"""People with a wait at or below the median of a path, at or above it, and the same of its 90th percentile."""
DAY = "86400e6"
SURELY_MANY = 30
"""People on a side of a quantile that are enough under every policy, without counting them out."""


def steps(view: View) -> Columns:
    """Return, for each group and step: cases, times (events) and people."""
    return view.columns(
        f"SELECT grp, activity, sum(first_visit::INTEGER)::BIGINT AS cases, count(*) AS times, "
        f"{_people(view, 'first_visit')} "
        f"FROM {_flow(view)} GROUP BY grp, activity ORDER BY grp, cases DESC, activity"
    )


def paths(view: View) -> Columns:
    """Return, for each group and pair of steps taken one after the other: cases, times, people, mean days."""
    return view.columns(
        "SELECT grp, activity, next, sum(first_arc::INTEGER)::BIGINT AS cases, count(*) AS times, "
        f"sum(gap_us) / count(*) / {DAY} AS mean_days, {_people(view, 'first_arc')} "
        f"FROM {_flow(view)} WHERE next IS NOT NULL GROUP BY grp, activity, next "
        "ORDER BY grp, cases DESC, activity, next"
    )


def path_quantiles(view: View, wait: str = "gap_us") -> Columns:
    """Return, for each group and path, the median and the 90th percentile of the days from one step to the next."""
    return view.columns(
        f"SELECT grp, activity, next, q[1] / {DAY} AS median_days, q[2] / {DAY} AS p90_days FROM "
        f"(SELECT grp, activity, next, quantile_cont({wait}, [0.5, 0.9]) AS q FROM {view.flow()} "
        "WHERE next IS NOT NULL GROUP BY grp, activity, next)"
    )


def sides(view: View, taken: Iterable[tuple[Place, int, int]], wait: str = "gap_us") -> Sides:
    """Return the people on each side of a path's quantiles, for paths that somebody takes more than once.

    On the others each half of the waits is that of half of the people; see `side_cells`. So it is also
    where even the tenth of the waits above the 90th percentile is surely that of many people: those
    paths are not counted out, as that would take longer than all else on a large log.

    Args:
        view: the chosen cases.
        taken: each path with its times and people.
        wait: column with the microseconds waited.
    """
    most = _most_passages(view)
    again = [
        path
        for path, times, people in taken
        if times > people and max(times / 10 / most, times / 10 - (times - people)) < SURELY_MANY
    ]
    if not again:
        return {}
    whose = "customer" if view.log.manifest.has_customer else "case_no"
    at = "GROUP BY grp, activity, next"
    counted = ", ".join(
        f"count(DISTINCT {whose}) FILTER ({wait} {side} q[{place}])" for place in (1, 2) for side in ("<=", ">=")
    )
    columns = zip(("grp", "activity", "next"), np.array(again, np.int32).T, strict=True)
    view.connection.register("again", dict(columns))
    found = view.rows(
        f"WITH flow AS (SELECT flow.* FROM {_flow(view)} AS flow JOIN again USING (grp, activity, next)), "
        f"middles AS (SELECT grp, activity, next, quantile_cont({wait}, [0.5, 0.9]) AS q FROM flow {at}) "
        f"SELECT grp, activity, next, {counted} FROM flow JOIN middles USING (grp, activity, next) {at}"
    )
    view.connection.unregister("again")
    return {(grp, here, after): (one, two, three, four) for grp, here, after, one, two, three, four in found}


def _most_passages(view: View) -> int:
    """Return how often at most one person can have taken one path."""
    held = "SELECT sum(events) AS events FROM cases GROUP BY customer" if view.log.manifest.has_customer else "cases"
    source = f"({held})" if view.log.manifest.has_customer else held
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


def ends(view: View) -> Columns:
    """Return, for each group, first or last step (side 0 or 1): cases and people."""
    return view.columns(
        " UNION ALL ".join(
            f"SELECT grp, {side} AS side, {column} AS activity, count(*) AS cases, "
            f"count(DISTINCT customer) AS people FROM cases GROUP BY grp, {column}"
            for side, column in enumerate(("first_activity", "last_activity"))
        )
        + " ORDER BY grp, side, cases DESC, activity"
    )


def count_routes(view: View) -> None:
    """Count the cases and people of each group's exact routes into the table `counted`, ranked by `place`."""
    people = "count(DISTINCT customer)" if view.log.manifest.has_customer else "count(*)"
    view.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE counted AS SELECT *, row_number() OVER (PARTITION BY grp ORDER BY cases DESC, "
        f"variant) AS place FROM (SELECT grp, variant, count(*) AS cases, {people} AS people "
        "FROM cases GROUP BY grp, variant)"
    )


def routes(view: View, at_most: int) -> Columns:
    """Return the most common exact routes of each group: steps, cases, people, median days end to end.

    `count_routes` comes first.
    """
    return view.columns(
        "SELECT grp, steps, any_value(counted.cases) AS cases, any_value(people) AS people, "
        f"median(epoch_us(last - first)) / {DAY} AS median_days "
        "FROM cases JOIN counted USING (grp, variant) JOIN variants USING (variant) "
        f"WHERE place <= {at_most} GROUP BY grp, place, steps ORDER BY grp, place"
    )


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
    return view.columns(
        "WITH wanted AS (SELECT unnest([1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000]) AS routes), "
        "sums AS (SELECT grp, place, people, sum(cases) OVER (PARTITION BY grp ORDER BY place) AS cases FROM counted) "
        "SELECT grp, routes, cases::BIGINT AS cases, (SELECT any_value(people) FROM counted AS added WHERE "
        "added.grp = sums.grp AND added.place = coalesce((SELECT max(routes) FROM wanted AS w "
        "WHERE w.routes < wanted.routes), 0) + 1) AS people "
        "FROM sums JOIN wanted ON place = routes ORDER BY grp, routes"
    )


def repeats(view: View) -> Columns:
    """Return, for each group and step done again in a case: cases, people, extra events, immediate ones, days.

    `days` runs from the first to the last time of the step in each such case: time spent going round.
    """
    return view.columns(
        "WITH spans AS (SELECT grp, case_no, activity, count(*) AS extra, max(since_first_us) AS span "
        f"FROM {view.flow()} WHERE NOT first_visit GROUP BY grp, case_no, activity), "
        f"at_once AS (SELECT grp, activity, count(*) AS immediate FROM {view.flow()} WHERE next = activity "
        "GROUP BY grp, activity) "
        "SELECT grp, activity, count(*) AS cases, "
        f"{'count(DISTINCT customer)' if view.log.manifest.has_customer else 'count(*)'} AS people, "
        "sum(extra)::BIGINT AS extra, coalesce(any_value(immediate), 0) AS immediate, "
        f"sum(span) / {DAY} AS days FROM spans "
        f"{'JOIN (SELECT case_no, customer FROM cases) USING (case_no)' if view.log.manifest.has_customer else ''} "
        "LEFT JOIN at_once USING (grp, activity) GROUP BY grp, activity ORDER BY grp, cases DESC, activity"
    )


def rework(view: View) -> Columns:
    """Return, for each group: cases with any step done again, the people behind them, and the extra events."""
    return view.columns(
        "WITH again AS (SELECT case_no, count(*) AS extra FROM "
        f"{view.flow()} WHERE NOT first_visit GROUP BY case_no) "
        "SELECT grp, count(*) AS cases, count(DISTINCT customer) AS people, sum(extra)::BIGINT AS extra "
        "FROM again JOIN cases USING (case_no) GROUP BY grp ORDER BY grp"
    )


def waits(view: View, wait: str, at_most: int) -> list[tuple[Any, ...]]:
    """Return the paths on which most days are waited: group, step, next, cases, times, people, days, [median, p90].

    Args:
        view: the chosen cases.
        wait: column with the microseconds waited.
        at_most: paths a group.
    """
    return view.rows(
        "SELECT * EXCLUDE (place) FROM (SELECT *, row_number() OVER (PARTITION BY grp ORDER BY days DESC, activity, "
        "next) AS place FROM (SELECT grp, activity, next, sum(first_arc::INTEGER)::BIGINT AS cases, count(*) AS times, "
        f"{_people(view, 'first_arc')}, sum({wait}) / {DAY} AS days, "
        f"list_transform(quantile_cont({wait}, [0.5, 0.9]), lambda q: q / {DAY}) AS q "
        f"FROM {_flow(view)} WHERE next IS NOT NULL GROUP BY grp, activity, next)) "
        f"WHERE place <= {at_most} ORDER BY grp, place"
    )


def work(view: View) -> Columns:
    """Return, for each group and step with a recorded start: times, people, median, mean and total days at work."""
    whose = "customer" if view.log.manifest.has_customer else "case_no"
    return view.columns(
        f"SELECT grp, activity, count(*) AS times, count(DISTINCT {whose}) AS people, "
        f"median(service_us) / {DAY} AS median_days, sum(service_us) / count(*) / {DAY} AS mean_days, "
        f"sum(service_us) / {DAY} AS days FROM {_flow(view)} WHERE service_us IS NOT NULL "
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
