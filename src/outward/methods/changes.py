"""When a series changed: change points, how sure their dates are, and by how much."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from outward.methods.durations import Floats

SHORTEST = 7
"""Values that a level lasts at least."""

ALIKE = 0.5
"""Resemblance of neighbours up to which the test nearly keeps its level; beyond, it finds a little too much."""

COEFFICIENTS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
TRIED = 200
DRAWS = 2_000
SHUFFLES = 1_999
TINY = 1e-300

Places = NDArray[np.intp]


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
    penalty 2 s^2 ln n, s^2 as in `noise`, raised to the variance of sums where neighbours resemble each other.
    Assumes levels with noise of one size: a trend or a season looks like several changes.
    When not to use: with fewer than some twenty values.

    >>> change_points([0.0, 0.1] * 10 + [1.0, 1.1] * 10)
    [20]
    """
    values = np.asarray(series, np.float64)
    size = noise(values)
    if len(values) < 2 * SHORTEST or size <= 0:
        return []
    from ruptures import Pelt  # type: ignore[import-untyped]  # the library has no types

    alike = resemblance(values)
    size *= _inflation(alike) / (1 - alike)
    search = Pelt(model="l2", min_size=SHORTEST, jump=1).fit(values.reshape(-1, 1))
    return [int(place) for place in search.predict(pen=2 * size * np.log(len(values)))[:-1]]


def resemblance(series: Any) -> float:
    """Return how much a value resembles the one before, beyond their levels: from 0, not at all, to 0.95.

    Args:
        series: values in order of time, none missing.

    Method: the first autocorrelation about three levels, those of the two largest stretches and the rest's. These
    take up a part of it, so it is held against the same figure of first-order autoregressions drawn with each
    coefficient (indirect inference: Gourieroux, Monfort and Renault 1993). With more levels it is too large,
    which is the careful side.

    >>> resemblance([0.0, 1.0] * 20), resemblance([1.0] * 20), round(resemblance(np.sin(np.arange(80) / 3)), 1)
    (0.0, 0.0, 0.9)
    """
    values = np.asarray(series, np.float64)
    if len(values) < 2 * SHORTEST or noise(values) <= 0:
        return 0.0
    (found,) = _autocorrelations(_unlevelled(values[None]))
    return float(np.interp(found, _autocorrelations_drawn(len(values)), COEFFICIENTS))


@lru_cache
def _autocorrelations_drawn(number: int) -> Floats:
    """Return the mean autocorrelation, about three levels, of series of this length with each of the coefficients."""
    added = np.random.default_rng(number).standard_normal((TRIED, number))
    means = [_autocorrelations(_unlevelled(_lasting(added, alike))).mean() for alike in COEFFICIENTS]
    return np.maximum.accumulate(means)


def _autocorrelations(series: Floats) -> Floats:
    """Return the first autocorrelation of each series (a row) about 0; 0 where it is 0 throughout."""
    found: Floats = np.sum(series[:, 1:] * series[:, :-1], axis=1) / np.maximum(np.sum(series**2, axis=1), TINY)
    return found


def _unlevelled(series: Floats) -> Floats:
    """Return each series (a row) less its levels, which change where its two largest stretches begin and end."""
    left, part = series, np.zeros(series.shape, np.int8)
    for _ in range(2):
        _, *edges = _stretches(left)
        part += sum(np.arange(series.shape[1]) >= edge[:, None] for edge in edges)
        left = series.copy()
        for each in range(part.max() + 1):
            inside = part == each
            left -= inside * np.sum(series * inside, axis=1, keepdims=True) / np.maximum(inside.sum(1)[:, None], 1)
    return left


def _inflation(alike: float) -> float:
    """Return how many times the variance of a mean is larger where values resemble the one before so much."""
    return (1 + alike) / (1 - alike)


def changes(series: Any, level: float = 0.95) -> list[Change]:
    """Return the changes of level in a series, each with the interval of its date and of its size.

    Args:
        series: values in order of time, none missing.
        level: of confidence.

    Method: `change_points`, without those whose size could be none at all, the least sure first; the interval of
    a date is the likelihood-ratio set between the neighbouring changes, its limit drawn 2,000 times from levels
    like those found (Hinkley 1970; Hansen 2000); that of a size is Welch's. Both allow for neighbours that
    resemble each other, and take it that there was a change: how often chance alone makes one is no part of them.

    >>> [(one.at, one.low, one.high) for one in changes([0.0, 0.1] * 10 + [1.0, 1.1] * 10)]
    [(20, 20, 20)]
    """
    values = np.asarray(series, np.float64)
    if not len(values):
        return []
    alike = resemblance(values)
    ends = _sure(values, level, alike)
    found = []
    for place in range(1, len(ends) - 1):
        first, at, last = ends[place - 1], ends[place], ends[place + 1]
        low, high = _dated(values[first:last], at - first, level, alike)
        sizes = _sizes(values[first:at], values[at:last], level, alike)
        found.append(Change(at, first + low, first + high, *sizes, first, last))
    return found


def _sure(values: Floats, level: float, alike: float) -> list[int]:
    """Return where levels begin and the last one ends, each surely apart from the one before."""
    ends = [0, *change_points(values), len(values)]
    while len(ends) > 2:
        sureness = []
        for place in range(1, len(ends) - 1):
            parts = values[ends[place - 1] : ends[place]], values[ends[place] : ends[place + 1]]
            _, _, gap, low, high = _sizes(*parts, level, alike)
            sureness.append(abs(gap) - (high - low) / 2)
        if min(sureness) > 0:
            break
        del ends[1 + int(np.argmin(sureness))]
    return ends


def _sizes(before: Floats, after: Floats, level: float, alike: float) -> tuple[float, float, float, float, float]:
    from scipy.special import stdtrit

    # Values that resemble each other tell as much as fewer that do not.
    one, other = (_inflation(alike) * part.var(ddof=1) / len(part) for part in (before, after))
    spread = one + other
    gap = float(after.mean() - before.mean())
    if spread <= 0:
        return float(before.mean()), float(after.mean()), gap, gap, gap
    degrees = spread**2 / (one**2 / (len(before) - 1) + other**2 / (len(after) - 1)) / _inflation(alike)
    degrees = max(1.0, degrees)
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


def _dated(values: Floats, at: int, level: float, alike: float) -> tuple[int, int]:
    before, after = values[:at], values[at:]
    size = (np.sum((before - before.mean()) ** 2) + np.sum((after - after.mean()) ** 2)) / max(len(values) - 2, 1)
    if size <= 0:
        return at, at
    rng = np.random.default_rng(len(values))
    step = np.where(np.arange(len(values)) < at, 0.0, (after.mean() - before.mean()) / np.sqrt(size))
    drawn = _misfits(step + _lasting(rng.standard_normal((DRAWS, len(values))), alike) * np.sqrt(1 - alike**2))
    limit = float(np.quantile(drawn[:, at - 1] - drawn.min(axis=1), level))
    misfit = _misfits(values.reshape(1, -1))[0] / size
    inside = np.flatnonzero(misfit - misfit[at - 1] <= limit) + 1
    return int(inside.min()), int(inside.max())


def chance(series: Any, draws: int = SHUFFLES) -> float:
    """Return how often chance alone would make some stretch stand out as much: a p-value; NaN where none can be.

    Args:
        series: values in order of time, none missing.
        draws: shuffles of the values.

    Method: the largest gain that a level of its own brings for any stretch of at least seven values (circular
    binary segmentation: Olshen and others 2004), so that PELT's penalty, which keeps no level of error, need
    not; held against shuffles of the values. Where neighbours resemble each other (`resemblance`), what each
    value adds to the one before is drawn instead, and runs on in the same way (a first-order autoregression
    drawn again: Efron and Tibshirani 1986). Assumes that no more than this ties values together: a trend and a
    season make it too small.

    >>> chance([0.0, 0.1] * 10 + [1.0, 1.1] * 10) < 0.01, bool(np.isnan(chance([1.0] * 50)))
    (True, True)
    """
    values = np.asarray(series, np.float64)
    if len(values) < 2 * SHORTEST or noise(values) <= 0:
        return float("nan")
    rng, alike = np.random.default_rng(len(values)), resemblance(values)
    if alike:
        (left,) = _unlevelled(values[None])
        added = left[1:] - alike * left[:-1]
        drawn = _lasting(rng.choice(added - added.mean(), (draws, len(values))), alike)
    else:
        drawn = rng.permuted(np.tile(values, (draws, 1)), axis=1)
    gains, _, _ = _stretches(np.vstack([values, drawn]))
    return float((1 + np.sum(gains[1:] >= gains[0] * (1 - 1e-9))) / (1 + draws))


def _lasting(added: Floats, alike: float) -> Floats:
    """Return series (a row each) of which every value is what was added to so much of the one before."""
    from scipy.signal import lfilter

    begun = added.copy()
    begun[:, 0] /= np.sqrt(1 - alike**2)
    series: Floats = lfilter([1.0], [1.0, -alike], begun, axis=1)
    return series


def _stretches(series: Floats) -> tuple[Floats, Places, Places]:
    """Return, for each series (a row), its largest stretch.

    That is the one whose own level takes most off the squared error: the part it takes, where it begins and just
    behind where it ends.
    """
    about_0 = series - series.mean(axis=1, keepdims=True)
    rows, number = np.arange(len(series)), series.shape[1]
    sums = np.hstack([np.zeros((len(series), 1)), np.cumsum(about_0, axis=1)])
    most, begins, ends = np.zeros(len(series)), np.zeros(len(series), np.intp), np.full(len(series), SHORTEST)
    for length in range(SHORTEST, number - SHORTEST + 1):
        apart = np.abs(sums[:, length:] - sums[:, :-length])
        first = apart.argmax(axis=1)
        gains = apart[rows, first] ** 2 * number / (length * (number - length))
        larger = gains > most
        most[larger], begins[larger], ends[larger] = gains[larger], first[larger], first[larger] + length
    return most / np.maximum(np.sum(about_0**2, axis=1), TINY), begins, ends
