"""How long does it take: Kaplan-Meier curves, quantiles and restricted means, open cases included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from outward.errors import BadInput
from outward.methods.durations import (
    Durations,
    EventTable,
    Floats,
    at_risk_at,
    event_table,
    independent_at_risk,
    step_values,
)
from outward.methods.influence import Influence, robust_covariance, robust_variance
from outward.methods.intervals import (
    Estimate,
    Estimates,
    carried,
    curve_limits,
    effective_number,
    log_log_limits,
    normal_quantile,
)

ROBUST_TIMES = 200


@dataclass(frozen=True, eq=False)
class SurvivalCurve:
    """A Kaplan-Meier curve: a step function, constant from each time until the next.

    Attributes:
        times: distinct exit times in days, rising.
        at_risk: cases at risk just before each.
        ended: cases that ended at each.
        survival: share not yet ended just after each.
        se: standard errors (Greenwood); 0 where all have ended.
        low: lower ends of the log-log intervals.
        high: upper ends of them.
    """

    times: Floats
    at_risk: Floats
    ended: Floats
    survival: Floats
    se: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Quantile:
    """The time by which a share has ended, None where the curve or its band does not reach it.

    Attributes:
        share: of cases, 0.5 for the median.
        days: the time; None is 'not reached', never a number.
        low: lower end of its interval.
        high: upper end of it; None is 'not reached'.
    """

    share: float
    days: float | None
    low: float | None
    high: float | None


def kaplan_meier(durations: Durations, level: float = 0.95) -> SurvivalCurve:
    """Return the share of cases not yet ended after each time, open cases included.

    Args:
        durations: the cases, as records or as counts; any ending counts.
        level: of confidence.

    Method: Kaplan and Meier (1958), Greenwood's variance, log-log intervals.
    Assumes that cases still open, or not yet under observation, would end like the others, and that
    cases are independent: with customers who have several use `survival_at`, whose errors allow for it.
    When not to use: for one ending among several (`competing.aalen_johansen`); for late entries with
    hardly anyone at risk at the start, where one early ending drives the whole curve.

    >>> kaplan_meier(Durations([1, 2, 3], [1, 0, 1])).survival.round(4).tolist()
    [0.6667, 0.6667, 0.0]
    """
    table = event_table(durations)
    survival, se = product_limit(table)
    low, high = curve_limits(survival, se, table.at_risk, level)
    return SurvivalCurve(table.times, table.at_risk, table.ended, survival, se, low, high)


def product_limit(table: EventTable) -> tuple[Floats, Floats]:
    """Return survival just after each time and its standard error by Greenwood.

    Args:
        table: of the cases.
    """
    survival = np.cumprod(1 - table.ended / table.at_risk, dtype=np.float64)
    se: Floats = survival * np.sqrt(np.cumsum(table.ended / table.at_risk * open_share(table)))
    return survival, se


def open_share(table: EventTable) -> Floats:
    """Return 1 / (at risk - ended) at each time, 0 where nobody is left.

    Args:
        table: of the cases.
    """
    left = table.at_risk - table.ended
    return np.divide(1.0, left, out=np.zeros(len(left)), where=left > 0)


def survival_at(durations: Durations, times: Any, level: float = 0.95) -> Estimates:
    """Return the share of cases not yet ended at stated times, with intervals.

    Args:
        durations: the cases; with customers the errors are cluster-robust.
        times: days.
        level: of confidence.

    Method: `kaplan_meier`; with customers the grouped jackknife of Lin and Wei (1989).
    Values beyond the longest follow-up are NaN, unless all have ended.

    >>> survival_at(Durations([1, 2, 3], [1, 0, 1]), [1, 2]).value.round(4).tolist()
    [0.6667, 0.6667]
    """
    table = event_table(durations)
    survival, greenwood = product_limit(table)
    wanted = np.asarray(times, np.float64)
    at = with_last_open(table, survival, wanted)
    value = curve_at(table, survival, survival, at, start=1.0)
    se = step_values(table.times, greenwood, at)
    if durations.customer is not None:
        se = np.sqrt(robust_variance(durations, survival_influence(table, survival, at)))
    return pick(durations, at, value, np.where(np.isfinite(value), se, np.nan), wanted, level)


def survival_influence(table: EventTable, survival: Floats, at: Floats) -> Influence:
    """Return how cases move the survival curve at these times.

    Args:
        table: of the cases.
        survival: the curve at the table's times.
        at: times wanted, rising.
    """
    weights = -step_values(table.times, survival, at, start=1.0)
    return Influence(table, [[(open_share(table), None)]], at, weights[:, None])


def with_last_open(table: EventTable, survival: Floats, wanted: Floats) -> Floats:
    """Return the times wanted, rising, and the last at which cases were open: its limit holds later.

    Args:
        table: of the cases.
        survival: share open just after each of its times.
        wanted: times in any order.
    """
    still = table.times[survival > 0]
    return np.union1d(wanted, still[-1:] if len(still) else table.times[:1])


def curve_at(table: EventTable, survival: Floats, curve: Floats, at: Floats, start: float) -> Floats:
    """Return a curve at stated times, NaN where it is not known: beyond the last exit with cases open.

    Args:
        table: of the cases.
        survival: share open just after each of its times.
        curve: the curve's values there.
        at: times wanted.
        start: the curve's value before the first time.
    """
    values = step_values(table.times, curve, at, start=start)
    if len(survival) and survival[-1] == 0:
        return values
    last = table.times[-1] if len(table.times) else -1.0
    return np.where(at <= last, values, np.nan)


def pick(durations: Durations, at: Floats, survival: Floats, se: Floats, wanted: Floats, level: float) -> Estimates:
    """Return the estimates at the times wanted, from those worked out at rising times.

    Args:
        durations: the cases.
        at: rising times that include all those wanted.
        survival: share open at each.
        se: its standard error.
        wanted: times to hand back, in any order.
        level: of confidence.
    """
    at_risk = at_risk_at(durations, at)
    independent = independent_at_risk(durations, at)
    low, high = curve_limits(survival, se, independent, level)
    effective = effective_number(survival, se, independent)
    effective = np.where(survival == 0, carried(np.where(survival == 0, np.nan, effective)), effective)
    where = np.searchsorted(at, wanted)
    columns = (column[where] for column in (survival, se, low, high, at_risk, effective))
    return Estimates(wanted, *columns)


def quantiles(
    durations: Durations, shares: Sequence[float] = (0.25, 0.5, 0.75), level: float = 0.95
) -> tuple[Quantile, ...]:
    """Return the times by which these shares of cases have ended, with intervals.

    Args:
        durations: the cases; with customers the band is cluster-robust.
        shares: each between 0 and 1.
        level: of confidence.

    Method: inverting the Kaplan-Meier curve and its log-log band (Brookmeyer and Crowley 1982). Where
    the curve stands exactly at the share, the middle of that step, as in R's survfit.
    When not to use: to compare groups whose curves do not reach the share; see `restricted_mean`.

    >>> quantiles(Durations([1, 2, 3, 4], [1, 1, 0, 0]), [0.25, 0.75])[1].days is None
    True
    """
    table = event_table(durations)
    survival, greenwood = product_limit(table)
    low, high = log_log_limits(survival, greenwood * _inflation(durations, table, survival), level)
    return tuple(
        Quantile(share, *(_crossing(table.times, 1 - curve, share) for curve in (survival, low, high)))
        for share in shares
    )


def _inflation(durations: Durations, table: EventTable, survival: Floats) -> Floats:
    """How much wider than Greenwood's the robust errors are, between some 200 event times by line."""
    events = table.times[(table.ended > 0) & (survival > 0)]
    if durations.customer is None or not len(events):
        return np.ones(len(survival))
    if len(events) > ROBUST_TIMES:
        events = events[np.linspace(0, len(events) - 1, ROBUST_TIMES).round().astype(int)]
    robust = np.sqrt(robust_variance(durations, survival_influence(table, survival, events)))
    greenwood = step_values(table.times, product_limit(table)[1], events)
    return np.interp(table.times, events, robust / greenwood)


def _crossing(times: Floats, ended: Floats, share: float, tolerance: float = 1e-9) -> float | None:
    """Where a rising curve reaches a share: the middle of the step that stands exactly on it."""
    known = np.isfinite(ended)
    times, ended = times[known], np.maximum.accumulate(ended[known])
    reached = int(np.searchsorted(ended, share - tolerance))
    if reached == len(ended):
        return None
    passed = min(int(np.searchsorted(ended, share + tolerance)), len(ended) - 1)
    return float((times[reached] + times[passed]) / 2)


def restricted_mean(durations: Durations, tau: float, level: float = 0.95) -> Estimate:
    """Return the mean time to ending within the first `tau` days: the area under the curve.

    Args:
        durations: the cases; with customers the error is cluster-robust.
        tau: days to which the mean is restricted; state it beside the figure.
        level: of confidence.

    Raises:
        BadInput: nobody was followed for so long.

    Method: Irwin (1949), variance as in Klein and Moeschberger (2003, section 4.5), normal interval.
    When not to use: as 'the' mean duration; it is the mean of the smaller of duration and tau.

    >>> round(restricted_mean(Durations([1, 2, 3], [1, 1, 1]), 3).value, 9)
    2.0
    """
    table = event_table(durations)
    survival, _ = product_limit(table)
    if not len(survival) or (survival[-1] > 0 and tau > table.times[-1]):
        longest = float(table.times[-1]) if len(survival) else 0.0
        raise BadInput(f"No case was followed for {tau:g} days: restrict the mean to {longest:g} days or fewer.")
    areas, whole = _areas(table, survival, tau)
    heights = open_share(table) * (whole - areas)
    inside = table.times <= tau
    variance = float(np.sum((heights**2 * table.ended * _spread(table))[inside]))
    if durations.customer is not None:
        variance = float(robust_variance(durations, _mean_influence(durations, tau))[0])
    se = float(np.sqrt(variance))
    reach = normal_quantile(level) * se
    return Estimate(whole, se, max(whole - reach, 0.0), min(whole + reach, float(tau)))


def restricted_mean_difference(one: Durations, other: Durations, tau: float, level: float = 0.95) -> Estimate:
    """Return by how many days the mean time within the first `tau` days differs, first group minus second.

    Args:
        one: the first group's cases.
        other: the second group's; with customers in both, those who stand in both groups are allowed for.
        tau: days to which both means are restricted; see `restricted_mean`.
        level: of confidence.

    Raises:
        BadInput: a group was not followed for so long.

    Method: difference of restricted means with a normal interval (Royston and Parmar 2013).

    >>> restricted_mean_difference(Durations([3, 5], [1, 1]), Durations([1, 3], [1, 1]), 5).value
    2.0
    """
    left, right = restricted_mean(one, tau, level), restricted_mean(other, tau, level)
    both = 0.0
    if one.customer is not None and other.customer is not None:
        effects = [_mean_influence(group, tau) for group in (one, other)]
        both = float(robust_covariance(one, effects[0], other, effects[1])[0])
    value, se = left.value - right.value, float(np.sqrt(max(left.se**2 + right.se**2 - 2 * both, 0.0)))
    reach = normal_quantile(level) * se
    return Estimate(value, se, value - reach, value + reach)


def _mean_influence(durations: Durations, tau: float) -> Influence:
    """Return how cases move the restricted mean."""
    table = event_table(durations)
    areas, whole = _areas(table, product_limit(table)[0], tau)
    parts = [[(open_share(table), None)], [(open_share(table) * areas, None)]]
    return Influence(table, parts, np.array([float(tau)]), np.array([[-whole, 1.0]]))


def _spread(table: EventTable) -> Floats:
    return (table.at_risk - table.ended) / table.at_risk


def _areas(table: EventTable, survival: Floats, tau: float) -> tuple[Floats, float]:
    """The area under the curve up to each event time, none beyond tau, and up to tau."""
    ends = np.minimum(np.append(table.times, tau), tau)
    widths = np.diff(ends, prepend=0.0)
    areas = np.cumsum(widths * np.concatenate([[1.0], survival]))
    return areas[:-1], float(areas[-1])
