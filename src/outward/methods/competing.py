"""How does it end: the share that has ended in each way by each time, when endings compete."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from outward.methods.durations import Durations, EventTable, Floats, event_table, step_values
from outward.methods.influence import Influence, Term, robust_covariance, robust_variance
from outward.methods.intervals import Estimates, curve_limits
from outward.methods.survival import curve_at, open_share, pick, product_limit, with_last_open


@dataclass(frozen=True, eq=False)
class IncidenceCurve:
    """The share of cases that have ended in one way: a step function, constant between times.

    Attributes:
        ending: the kind of ending.
        times: distinct exit times in days, rising.
        at_risk: cases at risk just before each.
        ended: cases that ended in this way at each.
        incidence: share that has, just after each.
        se: standard errors.
        low: lower ends of the intervals.
        high: upper ends of them.
    """

    ending: int
    times: Floats
    at_risk: Floats
    ended: Floats
    incidence: Floats
    se: Floats
    low: Floats
    high: Floats


def aalen_johansen(durations: Durations, ending: int, level: float = 0.95) -> IncidenceCurve:
    """Return the share of cases that have ended in one way after each time.

    Args:
        durations: the cases with all their kinds of ending.
        ending: the kind of interest.
        level: of confidence.

    Method: Aalen and Johansen (1978); delta-method variance (Marubini and Valsecchi 1995, section
    10.2.2), equal to the infinitesimal jackknife; intervals on the log(-log(1 - F)) scale, which for
    a single kind of ending are exactly those of Kaplan-Meier turned over.
    Assumes independent cases; with customers who have several use `incidence_at`.
    When not to use: never put 1 - Kaplan-Meier per ending in its place; those sum to more than 1.

    >>> aalen_johansen(Durations([1, 2, 3], [1, 2, 1]), 1).incidence.round(4).tolist()
    [0.3333, 0.3333, 0.6667]
    """
    table = event_table(durations)
    incidence, se = incidence_and_error(table, ending)
    low, high = curve_limits(1 - incidence, se, table.at_risk, level)
    return IncidenceCurve(ending, table.times, table.at_risk, table.kind(ending), incidence, se, 1 - high, 1 - low)


def incidence_and_error(table: EventTable, ending: int) -> tuple[Floats, Floats]:
    """Return the cumulative incidence just after each time and its standard error.

    Args:
        table: of the cases.
        ending: the kind of interest.
    """
    before, incidence = _before_and_incidence(table, ending)
    hazard = table.kind(ending) / table.at_risk
    green = table.ended / table.at_risk * open_share(table)
    own = before**2 * hazard * (1 - hazard) / table.at_risk
    shared = before * hazard / table.at_risk
    square = np.cumsum(green)
    cross = np.cumsum(incidence * green + shared)
    rest = np.cumsum(incidence**2 * green + own + 2 * incidence * shared)
    variance = incidence**2 * square - 2 * incidence * cross + rest
    return incidence, np.sqrt(np.maximum(variance, 0.0))


def _before_and_incidence(table: EventTable, ending: int) -> tuple[Floats, Floats]:
    survival, _ = product_limit(table)
    before = np.concatenate([[1.0], survival])[:-1]
    incidence = np.cumsum(before * table.kind(ending) / table.at_risk)
    return before, np.where(incidence > 1 - 1e-12, 1.0, incidence)


def incidence_at(durations: Durations, ending: int | None, times: Any, level: float = 0.95) -> Estimates:
    """Return the share of cases that have ended in one way within stated times: 'within N days'.

    Args:
        durations: the cases with all their kinds of ending; with customers errors are cluster-robust.
        ending: the kind of interest; None is any.
        times: days.
        level: of confidence.

    Method: `aalen_johansen`; with customers the grouped jackknife of Lin and Wei (1989).
    Values beyond the longest follow-up are NaN, unless all have ended.

    >>> incidence_at(Durations([1, 2, 3], [1, 2, 1]), 1, [2]).value.round(4).tolist()
    [0.3333]
    """
    if ending is None:
        durations, ending = durations.ending_as(None), 1
    table = event_table(durations)
    incidence, naive = incidence_and_error(table, ending)
    wanted = np.asarray(times, np.float64)
    at = with_last_open(table, product_limit(table)[0], wanted)
    value = curve_at(table, product_limit(table)[0], incidence, at, start=0.0)
    se = step_values(table.times, naive, at)
    if durations.customer is not None:
        se = np.sqrt(robust_variance(durations, incidence_influence(table, ending, at)))
    return turned(pick(durations, at, 1 - value, np.where(np.isfinite(value), se, np.nan), wanted, level))


def turned(still: Estimates) -> Estimates:
    """Return the estimates of the complement: ended for open, open for ended.

    Args:
        still: estimated shares.
    """
    return Estimates(
        still.times, 1 - still.value, still.se, 1 - still.high, 1 - still.low, still.at_risk, still.effective
    )


def incidence_influence(table: EventTable, ending: int, at: Floats) -> Influence:
    """Return how cases move the cumulative incidence at these times.

    Args:
        table: of the cases.
        ending: the kind of interest.
        at: times wanted, rising.
    """
    before, incidence = _before_and_incidence(table, ending)
    left = open_share(table)
    parts: list[list[Term]] = [[(left, None)], [(before / table.at_risk, ending), (incidence * left, None)]]
    value = step_values(table.times, incidence, at)
    return Influence(table, parts, at, np.column_stack([-value, np.ones(len(at))]))


def incidence_difference(
    one: Durations, other: Durations, ending: int | None, times: Any, level: float = 0.95
) -> Estimates:
    """Return by how much the share ended in one way differs, first group minus second, at stated times.

    Args:
        one: the first group's cases.
        other: the second group's; with customers in both, errors are cluster-robust and customers
            who stand in both groups are allowed for.
        ending: the kind of interest; None is any.
        times: days.
        level: of confidence.

    Method: difference of Aalen-Johansen estimates; the interval joins the two groups' own intervals
    (MOVER: Zou and Donner 2008; Newcombe 1998 for plain shares), so it stays within -1 to 1 and does
    not collapse where a group has had no such ending.
    When not to use: where the groups are defined by something that happens later in the case.

    >>> incidence_difference(Durations([1, 2], [1, 1]), Durations([1, 2], [2, 2]), 1, [1]).value.tolist()
    [0.5]
    """
    if ending is None:
        one, other, ending = one.ending_as(None), other.ending_as(None), 1
    wanted = np.unique(np.asarray(times, np.float64))
    left, right = (incidence_at(group, ending, wanted, level) for group in (one, other))
    both = np.zeros(len(wanted))
    if one.customer is not None and other.customer is not None:
        effects = [incidence_influence(event_table(group), ending, wanted) for group in (one, other)]
        both = robust_covariance(one, effects[0], other, effects[1])
    return _take_times(_difference(left, right, both), np.asarray(times, np.float64))


def _difference(left: Estimates, right: Estimates, covariance: Floats) -> Estimates:
    value = left.value - right.value
    product = left.se * right.se
    alike = np.divide(covariance, product, out=np.zeros(len(value)), where=product > 0)
    low = value - _reach(left.value - left.low, right.high - right.value, alike)
    high = value + _reach(left.high - left.value, right.value - right.low, alike)
    se = np.sqrt(np.maximum(left.se**2 + right.se**2 - 2 * covariance, 0.0))
    at_risk, effective = np.minimum(left.at_risk, right.at_risk), np.minimum(left.effective, right.effective)
    return Estimates(left.times, value, se, low, high, at_risk, effective)


def _reach(mine: Floats, theirs: Floats, alike: Floats) -> Floats:
    return np.sqrt(np.maximum(mine**2 + theirs**2 - 2 * alike * mine * theirs, 0.0))


def _take_times(estimates: Estimates, wanted: Floats) -> Estimates:
    where = np.searchsorted(estimates.times, wanted)
    columns = ("value", "se", "low", "high", "at_risk", "effective")
    return Estimates(wanted, *(getattr(estimates, column)[where] for column in columns))
