"""When a series changed: change points, how sure their dates are, and by how much."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from outward.methods.durations import Floats

SHORTEST = 7
"""Values that a level lasts at least."""

DRAWS = 2_000
SHUFFLES = 1_999


@dataclass(frozen=True)
class Change:
    """One change of level in a series.

    Attributes:
        at: place of the first value of the new level.
        low: earliest place at which it may have been.
        high: latest one.
        before: mean of the level before, back to the last change.
        after: mean of the new level, up to the next change.
        difference: after less before.
        difference_low: lower end of its interval.
        difference_high: upper end.
        first: place at which the level before begins.
        last: place just behind the end of the new level.
    """

    at: int
    low: int
    high: int
    before: float
    after: float
    difference: float
    difference_low: float
    difference_high: float
    first: int
    last: int


def noise(series: Floats) -> float:
    """Return the variance of a series about its levels, from half the mean squared first difference.

    Args:
        series: values in order of time.

    Method: von Neumann (1941): a change of level adds to one difference alone.

    >>> noise(np.array([1.0, 3.0, 1.0, 3.0]))
    2.0
    """
    return float(np.mean(np.diff(series) ** 2) / 2) if len(series) > 1 else 0.0


def change_points(series: Any) -> list[int]:
    """Return the places at which a new level begins.

    Args:
        series: values in order of time, none missing.

    Method: PELT (Killick, Fearnhead and Eckley 2012) with squared error, levels of at least seven values,
    penalty 2 s^2 ln n, s^2 as in `noise`. Assumes levels with independent noise of one size: a trend, a
    season or noise that lasts looks like several changes.
    When not to use: with fewer than some twenty values.

    >>> change_points([0.0, 0.1] * 10 + [1.0, 1.1] * 10)
    [20]
    """
    values = np.asarray(series, np.float64)
    size = noise(values)
    if len(values) < 2 * SHORTEST or size <= 0:
        return []
    from ruptures import Pelt  # type: ignore[import-untyped]  # the library has no types

    search = Pelt(model="l2", min_size=SHORTEST, jump=1).fit(values.reshape(-1, 1))
    return [int(place) for place in search.predict(pen=2 * size * np.log(len(values)))[:-1]]


def changes(series: Any, level: float = 0.95) -> list[Change]:
    """Return the changes of level in a series, each with the interval of its date and of its size.

    Args:
        series: values in order of time, none missing.
        level: of confidence.

    Method: `change_points`, without those whose size could be none at all, the least sure first; the interval of
    a date is the likelihood-ratio set between the neighbouring changes, its limit drawn 2,000 times from levels
    like those found (Hinkley 1970; Hansen 2000); that of a size is Welch's. Both take it that there was a
    change: how often chance alone makes one is no part of them.

    >>> [(one.at, one.low, one.high) for one in changes([0.0, 0.1] * 10 + [1.0, 1.1] * 10)]
    [(20, 20, 20)]
    """
    values = np.asarray(series, np.float64)
    if not len(values):
        return []
    ends = _sure(values, level)
    found = []
    for place in range(1, len(ends) - 1):
        first, at, last = ends[place - 1], ends[place], ends[place + 1]
        low, high = _dated(values[first:last], at - first, level)
        found.append(
            Change(at, first + low, first + high, *_sizes(values[first:at], values[at:last], level), first, last)
        )
    return found


def _sure(values: Floats, level: float) -> list[int]:
    """Return where levels begin and the last one ends, each surely apart from the one before."""
    ends = [0, *change_points(values), len(values)]
    while len(ends) > 2:
        sureness = []
        for place in range(1, len(ends) - 1):
            parts = values[ends[place - 1] : ends[place]], values[ends[place] : ends[place + 1]]
            _, _, gap, low, high = _sizes(*parts, level)
            sureness.append(abs(gap) - (high - low) / 2)
        if min(sureness) > 0:
            break
        del ends[1 + int(np.argmin(sureness))]
    return ends


def _sizes(before: Floats, after: Floats, level: float) -> tuple[float, float, float, float, float]:
    from scipy.special import stdtrit

    one, other = before.var(ddof=1) / len(before), after.var(ddof=1) / len(after)
    spread = one + other
    gap = float(after.mean() - before.mean())
    if spread <= 0:
        return float(before.mean()), float(after.mean()), gap, gap, gap
    degrees = spread**2 / (one**2 / (len(before) - 1) + other**2 / (len(after) - 1))
    reach = float(stdtrit(degrees, (1 + level) / 2) * np.sqrt(spread))
    return float(before.mean()), float(after.mean()), gap, gap - reach, gap + reach


def _misfits(series: Floats) -> Floats:
    """Return, for each place of a change and each series (a row), the squared error left, less the total's."""
    number = series.shape[1]
    sums = np.cumsum(series, axis=1)
    counts = np.arange(1, number)
    left, total = sums[:, :-1], sums[:, -1:]
    gained: Floats = -(left**2 / counts + (total - left) ** 2 / (number - counts))
    return gained


def _dated(values: Floats, at: int, level: float) -> tuple[int, int]:
    before, after = values[:at], values[at:]
    size = (np.sum((before - before.mean()) ** 2) + np.sum((after - after.mean()) ** 2)) / max(len(values) - 2, 1)
    if size <= 0:
        return at, at
    rng = np.random.default_rng(len(values))
    step = np.where(np.arange(len(values)) < at, 0.0, (after.mean() - before.mean()) / np.sqrt(size))
    drawn = _misfits(step + rng.standard_normal((DRAWS, len(values))))
    limit = float(np.quantile(drawn[:, at - 1] - drawn.min(axis=1), level))
    misfit = _misfits(values.reshape(1, -1))[0] / size
    inside = np.flatnonzero(misfit - misfit[at - 1] <= limit) + 1
    return int(inside.min()), int(inside.max())


def chance(series: Any, draws: int = SHUFFLES) -> float:
    """Return how often chance alone would make some stretch stand out as much: a p-value; NaN where none can be.

    Args:
        series: values in order of time, none missing.
        draws: shuffles of the values.

    Method: a permutation test of the largest gain that a level of its own brings for any stretch of at
    least seven values (circular binary segmentation: Olshen and others 2004), so that PELT's penalty, which
    keeps no level of error, need not. Assumes values that could come in any order: noise that lasts, a
    trend and a season make it too small.

    >>> chance([0.0, 0.1] * 10 + [1.0, 1.1] * 10) < 0.01, bool(np.isnan(chance([1.0] * 50)))
    (True, True)
    """
    values = np.asarray(series, np.float64)
    if len(values) < 2 * SHORTEST or noise(values) <= 0:
        return float("nan")
    rng = np.random.default_rng(len(values))
    shuffled = rng.permuted(np.tile(values - values.mean(), (draws, 1)), axis=1)
    gains = _largest_gains(np.vstack([values - values.mean(), shuffled]))
    return float((1 + np.sum(gains[1:] >= gains[0] * (1 - 1e-9))) / (1 + draws))


def _largest_gains(series: Floats) -> Floats:
    """Return, for each series about 0 (a row), the most that one stretch's own level takes off the squared error."""
    number = series.shape[1]
    sums = np.hstack([np.zeros((len(series), 1)), np.cumsum(series, axis=1)])
    most = np.zeros(len(series))
    for length in range(SHORTEST, number - SHORTEST + 1):
        apart = np.abs(sums[:, length:] - sums[:, :-length]).max(axis=1)
        most = np.maximum(most, apart**2 * number / (length * (number - length)))
    return most


def lasting(series: Any) -> bool:
    """Return whether values resemble the one before more than chance would have it, their levels apart.

    Args:
        series: values in order of time, none missing.

    Method: the first autocorrelation about the levels of `change_points`, beyond 2 / sqrt(n).

    >>> lasting([0.0, 1.0, 2.0, 3.0, 3.5, 4.0, 3.5, 3.0, 2.0, 1.0, 0.0, 1.0]), lasting([0.0, 1.0] * 10)
    (True, False)
    >>> lasting([])
    False
    """
    values = np.asarray(series, np.float64)
    if not len(values):
        return False
    ends = [0, *change_points(values), len(values)]
    for first, last in pairwise(ends):
        values = np.concatenate([values[:first], values[first:last] - np.mean(values[first:last]), values[last:]])
    size = float(values @ values)
    return size > 0 and float(values[1:] @ values[:-1]) / size > 2 / float(np.sqrt(len(values)))
