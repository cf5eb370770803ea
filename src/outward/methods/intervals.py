"""What intervals and tests of curves and shares have in common."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from outward.methods.durations import Floats


@dataclass(frozen=True)
class Estimate:
    """A number with its standard error and interval; NaN where it cannot be told.

    Attributes:
        value: the estimate.
        se: its standard error.
        low: lower end of the interval.
        high: upper end of it.
    """

    value: float
    se: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Estimates:
    """A curve's values at stated times; NaN beyond the longest follow-up.

    Attributes:
        times: days.
        value: the estimates, shares from 0 to 1 (or differences of them).
        se: their standard errors, cluster-robust where customers were given.
        low: lower ends of the intervals.
        high: upper ends of them.
        at_risk: cases at risk just before each time; for a difference the fewer of the two.
        effective: independent, fully followed cases that would give the same standard error; where
            nothing has happened yet, customers (or cases) at risk.
    """

    times: Floats
    value: Floats
    se: Floats
    low: Floats
    high: Floats
    at_risk: Floats
    effective: Floats


@dataclass(frozen=True)
class Comparison:
    """The result of a test between groups.

    Attributes:
        statistic: the chi-square statistic; NaN where there was nothing to compare.
        degrees: its degrees of freedom.
        p_value: probability of a value so large, were there no difference.
        observed: endings seen in each group.
        expected: endings that each group would have had without a difference.
        customers: how many customers the test rests on; None where cases count as independent.
    """

    statistic: float
    degrees: int
    p_value: float
    observed: tuple[float, ...]
    expected: tuple[float, ...]
    customers: int | None = None


def normal_quantile(level: float) -> float:
    """Return how many standard errors a two-sided normal interval of this level reaches to each side.

    >>> round(normal_quantile(0.95), 6)
    1.959964
    """
    return NormalDist().inv_cdf((1 + level) / 2)


def log_log_limits(survival: Floats, se: Floats, level: float = 0.95) -> tuple[Floats, Floats]:
    """Return the limits of a survival share on the log(-log) scale; NaN where it is 0 or 1.

    Args:
        survival: shares still open, from 0 to 1.
        se: their standard errors.
        level: of confidence.

    Method: Kalbfleisch and Prentice (1980); Borgan and Liestol (1990) found it to cover better than
    the plain interval, and it never leaves 0 to 1.

    >>> [round(float(end[0]), 4) for end in log_log_limits(np.array([0.5]), np.array([0.1]))]
    [0.2952, 0.6745]
    """
    inside = (survival > 0) & (survival < 1)
    safe = np.where(inside, survival, 0.5)
    reach = normal_quantile(level) * se / np.abs(safe * np.log(safe))
    low, high = safe ** np.exp(reach), safe ** np.exp(-reach)
    return np.where(inside, low, np.nan), np.where(inside, high, np.nan)


def curve_limits(survival: Floats, se: Floats, at_risk: Floats, level: float) -> tuple[Floats, Floats]:
    """Return log-log limits along a curve, with honest ends where the curve is at 1 or at 0.

    Nobody has ended yet: the lower limit is the exact binomial one for those still at risk. Everybody
    has: an upper limit of an earlier time still holds, as the curve cannot rise.

    Args:
        survival: shares still open, at rising times.
        se: their standard errors.
        at_risk: cases (or independent customers) at risk just before each time.
        level: of confidence.
    """
    low, high = log_log_limits(survival, se, level)
    with np.errstate(divide="ignore"):
        exact = ((1 - level) / 2) ** (1 / at_risk)
    low = np.where(survival == 1, exact, np.where(survival == 0, 0.0, low))
    high = np.where(survival == 1, 1.0, high)
    all_ended = int(np.argmax(survival == 0)) if np.any(survival == 0) else len(high)
    if not np.any((survival > 0) & (survival < 1)):
        high[all_ended : all_ended + 1] = 1 - exact[all_ended : all_ended + 1]
    return low, np.where(survival == 0, carried(high), high)


def carried(values: Floats) -> Floats:
    """Return the values with each NaN replaced by the last number before it, if any.

    >>> carried(np.array([np.nan, 1.0, np.nan, 2.0])).tolist()
    [nan, 1.0, 1.0, 2.0]
    """
    last = np.maximum.accumulate(np.where(np.isfinite(values), np.arange(len(values)), -1))
    return np.where(last >= 0, values[last], np.nan) if len(values) else values


def effective_number(share: Floats, se: Floats, at_risk: Floats) -> Floats:
    """Return how many independent, fully followed cases would give this standard error.

    Args:
        share: estimated shares.
        se: their standard errors.
        at_risk: cases (or independent customers) at risk, the answer where nothing has happened yet.

    Method: p(1-p)/se^2 (Cutler and Ederer 1958; Dorey and Korn 1987). It falls with censoring and
    with customers who have several cases.

    >>> effective_number(np.array([0.5]), np.array([0.05]), np.array([300.0])).round(6).tolist()
    [100.0]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(se > 0, share * (1 - share) / se**2, at_risk)


def chi_square_p(statistic: float, degrees: int) -> float:
    """Return the probability of a chi-square value at least so large.

    >>> round(chi_square_p(3.841459, 1), 6)
    0.05
    """
    from scipy.special import gammaincc

    return float(gammaincc(degrees / 2, statistic / 2))


def quadratic_form(score: Floats, variance: Floats) -> tuple[float, int]:
    """Return score' variance^-1 score and its rank; scores of groups that carry nothing drop out.

    Args:
        score: observed minus expected, one a group; they sum to 0.
        variance: their covariance matrix.

    >>> statistic, rank = quadratic_form(np.array([3.0, -3.0]), np.array([[9.0, -9.0], [-9.0, 9.0]]))
    >>> round(statistic, 9), rank
    (1.0, 1)
    """
    if not len(score) or not np.all(np.isfinite(variance)):
        return float("nan"), 0
    roots, axes = np.linalg.eigh(variance)
    real = roots > 1e-10 * max(roots.max(initial=0.0), 1e-300)
    if not real.any():
        return float("nan"), 0
    return float(np.sum((score @ axes[:, real]) ** 2 / roots[real])), int(real.sum())


def compare(score: Floats, variance: Floats, observed: Floats, customers: int | None = None) -> Comparison:
    """Return the comparison of groups from their scores and covariance.

    Args:
        score: observed minus expected, one a group; they sum to 0.
        variance: their covariance matrix.
        observed: endings in each group.
        customers: where the covariance is summed within customers, how many there are. It is then
            scaled by customers / (customers - groups) and the statistic referred to F rather than
            chi-square, without which the test finds too much among few customers.
    """
    from scipy.special import fdtrc

    spare = 0 if customers is None else customers - len(score)
    if customers is not None:
        variance = variance * (customers / spare if spare > 0 else np.nan)
    statistic, degrees = quadratic_form(score, variance)
    p_value = float("nan")
    if degrees and customers is None:
        p_value = chi_square_p(statistic, degrees)
    elif degrees:
        p_value = float(fdtrc(degrees, spare, statistic / degrees))
    expected = tuple(float(value) for value in observed - score)
    return Comparison(statistic, degrees, p_value, tuple(map(float, observed)), expected, customers)
