"""Shares of cases and customers: their intervals, differences and tests."""

from __future__ import annotations

from typing import Any

import numpy as np

from outward.methods.durations import Floats, Integers
from outward.methods.intervals import Estimate, normal_quantile
from outward.wilson import score_limits


def wilson(hits: Any, cases: Any, level: float = 0.95, effect: Any = 1.0) -> tuple[Floats, Floats]:
    """Return the lower and upper ends of the interval of a share, or of many.

    Args:
        hits: numbers with the property.
        cases: numbers of all, of the same shape; where 0 the ends are NaN.
        level: of confidence.
        effect: how many cases count as one independent case (`design_effect`), where customers have several.

    Method: Wilson (1927) score interval, without continuity correction.
    Assumes independent cases that are a sample of something; a complete count has no sampling error.
    When not to use: for weighted surveys, or where coverage must never fall under the level
    (`clopper_pearson`).

    >>> [round(float(end), 4) for end in wilson(81, 263)]
    [0.2553, 0.3662]
    """
    hits, cases = np.asarray(hits, np.float64), np.asarray(cases, np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.asarray(np.where(cases > 0, hits / cases, np.nan), np.float64)
        low, high = score_limits(share, np.asarray(cases / effect, np.float64), normal_quantile(level))
    return np.where(share == 0, 0.0, low), np.where(share == 1, 1.0, high)


def clopper_pearson(hits: Any, cases: Any, level: float = 0.95) -> tuple[Floats, Floats]:
    """Return the ends of the exact interval of a share: it covers at least as often as it says.

    Args:
        hits: numbers with the property.
        cases: numbers of all, of the same shape; where 0 the ends are NaN.
        level: of confidence.

    Method: Clopper and Pearson (1934), by beta quantiles.
    Assumes independent cases.
    When not to use: as the everyday interval, as it is wider than it need be (`wilson`).

    >>> [round(float(end), 4) for end in clopper_pearson(0, 10)]
    [0.0, 0.3085]
    """
    from scipy.special import betaincinv

    hits, cases = np.asarray(hits, np.float64), np.asarray(cases, np.float64)
    tail, misses = (1 - level) / 2, cases - hits
    low = np.where(hits > 0, betaincinv(np.maximum(hits, 1), misses + 1, tail), 0.0)
    high = np.where(misses > 0, betaincinv(hits + 1, np.maximum(misses, 1), 1 - tail), 1.0)
    return np.where(cases > 0, low, np.nan), np.where(cases > 0, high, np.nan)


def share_difference(
    hits: Any, cases: Any, other_hits: Any, other_cases: Any, level: float = 0.95
) -> tuple[Floats, Floats, Floats]:
    """Return by how much two shares differ, first minus second, and the ends of the interval.

    Args:
        hits: numbers with the property in the first group.
        cases: numbers of all in it.
        other_hits: the same for the second group.
        other_cases: and all in it.
        level: of confidence.

    Method: Newcombe (1998), method 10: the two Wilson intervals joined.
    Assumes independent cases, and groups without a case in common.
    When not to use: where customers have several cases (`clustered_difference`).

    >>> [round(float(part), 4) for part in share_difference(56, 70, 48, 80)]
    [0.2, 0.0524, 0.3339]
    """
    one, other = np.asarray(hits) / np.asarray(cases), np.asarray(other_hits) / np.asarray(other_cases)
    low, high = wilson(hits, cases, level)
    other_low, other_high = wilson(other_hits, other_cases, level)
    difference = one - other
    below = difference - np.hypot(one - low, other_high - other)
    above = difference + np.hypot(high - one, other - other_low)
    return difference, below, above


def two_share_p(hits: Any, cases: Any, other_hits: Any, other_cases: Any) -> Floats:
    """Return the p-value of the test that two shares are the same.

    Args:
        hits: numbers with the property in the first group.
        cases: numbers of all in it.
        other_hits: the same for the second group.
        other_cases: and all in it.

    Method: chi-square with one degree of freedom and the 'N - 1' factor (Campbell 2007), which keeps
    its size down to expected numbers of 1; for large numbers it is Pearson's. 1 where neither group,
    or everybody in both, has the property.
    When not to use: where customers have several cases; where an expected number is under 1.

    >>> round(float(two_share_p(56, 70, 48, 80)), 4)
    0.0083
    """
    from scipy.special import erfc

    one, many = np.asarray(hits, np.float64), np.asarray(cases, np.float64)
    two, rest = np.asarray(other_hits, np.float64), np.asarray(other_cases, np.float64)
    everybody, having = many + rest, one + two
    below = many * rest * having * (everybody - having)
    cross = one * (rest - two) - two * (many - one)
    statistic = np.divide((everybody - 1) * cross**2, below, out=np.zeros(np.shape(below)), where=below > 0)
    return np.asarray(erfc(np.sqrt(statistic / 2)), np.float64)


def fisher_p(hits: int, cases: int, other_hits: int, other_cases: int) -> float:
    """Return the p-value of the exact test that two shares are the same.

    Args:
        hits: number with the property in the first group.
        cases: number of all in it.
        other_hits: the same for the second group.
        other_cases: and all in it.

    Method: Fisher (1935), two-sided: tables no likelier than this one. It never finds too much.
    When not to use: where every expected number is large, as it finds too little (`two_share_p`).

    >>> round(fisher_p(3, 4, 1, 4), 4)
    0.4857
    """
    from scipy.special import gammaln  # scipy.stats has this too, but takes a second to load

    did, everybody = hits + other_hits, cases + other_cases
    could = np.arange(max(0, did - other_cases), min(did, cases) + 1)
    ways = [
        gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1) for n, k in ((cases, could), (other_cases, did - could))
    ]
    whole = gammaln(everybody + 1) - gammaln(did + 1) - gammaln(everybody - did + 1)
    chances = np.exp(ways[0] + ways[1] - whole)
    return float(min(1.0, chances[chances <= chances[could == hits] * (1 + 1e-7)].sum()))


def clustered_share(hits: Any, cases: Any, customer: Any, level: float = 0.95) -> Estimate:
    """Return the share of cases with a property when customers have several cases each.

    Args:
        hits: for each row, the number of cases with the property (0 or 1 for single cases).
        cases: for each row, the number of cases (1 for single ones).
        customer: for each row, whose they are.
        level: of confidence.

    Method: ratio estimator with its linearised variance over customers (Cochran 1977, section 3.12);
    Wilson's interval at the effective number of cases with a t quantile (Korn and Graubard 1998 in
    Wilson's form; Franco and others 2019). A share of 0 or 1 counts customers, not cases, and the
    effective number is never above the number of cases.
    Assumes that customers are independent; with fewer than some twenty it covers too little.

    >>> clustered_share([1, 1, 0, 1], [1, 1, 1, 1], [7, 7, 8, 9]).value
    0.75
    """
    hits_of, cases_of = _per_customer(hits, cases, customer)
    number, total = len(cases_of), float(cases_of.sum())
    value = float(hits_of.sum() / total) if total else float("nan")
    if number < 2:
        return Estimate(value, float("nan"), 0.0, 1.0)
    squares = float(np.sum((hits_of - value * cases_of) ** 2))
    low, high = wilson(value * total, total, level, design_effect(value, total, number, squares, level))
    return Estimate(value, float(np.sqrt(number / (number - 1) * squares)) / total, float(low), float(high))


def design_effect(share: float, cases: float, customers: int, squares: float, level: float = 0.95) -> float:
    """Return how many cases count as one independent case in the interval of a share, 1 or more.

    Args:
        share: of the cases with a property.
        cases: how many there are.
        customers: whose they are, at least 1.
        squares: sum over customers of (cases with the property - share x cases), squared.
        level: of confidence.

    Method: variance of the ratio estimator over that of independent cases (Kish 1965), for a t rather
    than a normal interval (Korn and Graubard 1998). A share of 0 or 1 counts customers, not cases; the
    effective number is never above the number of cases. With one customer it is infinite: the interval
    is then the whole range.

    >>> round(design_effect(0.5, 400, 100, squares=400.0), 2)
    4.14
    """
    from scipy.special import stdtrit

    if customers < 2:
        return float("inf")
    alike = share * (1 - share) * cases
    effect = customers / (customers - 1) * squares / alike if squares > 0 and alike > 0 else cases / customers
    wider = float(stdtrit(customers - 1, (1 + level) / 2)) / normal_quantile(level)
    return max(effect, 1.0) * wider**2


def clustered_difference(one: Estimate, other: Estimate, covariance: float = 0.0) -> Estimate:
    """Return by how much two clustered shares differ, first minus second, with its interval.

    Args:
        one: the first share.
        other: the second.
        covariance: of the two, where some customers stand in both groups (`share_covariance`).

    Method: the two intervals joined (MOVER: Zou and Donner 2008), as Newcombe's for plain shares.

    >>> clustered_difference(Estimate(0.5, 0.1, 0.3, 0.7), Estimate(0.5, 0.1, 0.3, 0.7)).value
    0.0
    """
    product = one.se * other.se
    alike = covariance / product if product > 0 else 0.0
    value = one.value - other.value

    def reach(mine: float, theirs: float) -> float:
        return float(np.sqrt(max(mine**2 + theirs**2 - 2 * alike * mine * theirs, 0.0)))

    low = value - reach(one.value - one.low, other.high - other.value)
    high = value + reach(one.high - one.value, other.value - other.low)
    se = float(np.sqrt(max(one.se**2 + other.se**2 - 2 * covariance, 0.0)))
    return Estimate(value, se, low, high)


def clustered_share_p(one: tuple[Any, Any, Any], other: tuple[Any, Any, Any]) -> float:
    """Return the p-value of the test that two shares are the same when customers have several cases each.

    Args:
        one: the first group's hits, cases and customer, as for `clustered_share`.
        other: the second group's; customers may stand in both.

    Method: score test: the difference of the shares over its error, that error worked out with one
    share for both groups and residuals summed within customers (Rao and Scott 1992; Lin and Wei
    1989), never less than that of independent cases, referred to t. Not Wald's, which
    finds too much where hardly any case of a small group has the property.
    When not to use: with fewer than some forty customers in all.

    >>> many, few = np.repeat([1, 0], [30, 10]), np.repeat([1, 0], [20, 20])
    >>> round(clustered_share_p((many, np.ones(40), range(40)), (few, np.ones(40), range(40, 80))), 3)
    0.025
    """
    from scipy.special import stdtr

    known, codes = np.unique(np.concatenate([one[2], other[2]]), return_inverse=True)
    sums = [_summed(group, code, len(known)) for group, code in zip((one, other), _halves(codes, one), strict=True)]
    hits, cases = (np.array([float(group[part].sum()) for group in sums]) for part in (0, 1))
    spare = len(known) - 2
    if spare < 1 or not cases.all():
        return 1.0
    alike = float(hits.sum() / cases.sum())
    apart = [(having - alike * number) / number.sum() for having, number in sums]
    least = alike * (1 - alike) / cases
    own = max(sum(float(part @ part) for part in apart), float(least.sum()))
    variance = (own - 2 * float(apart[0] @ apart[1])) * len(known) / spare
    if not variance > 0:
        return 1.0
    difference = float(hits[0] / cases[0] - hits[1] / cases[1])
    return float(2 * stdtr(spare, -abs(difference) / np.sqrt(variance)))


def _halves(codes: Integers, one: tuple[Any, Any, Any]) -> list[Integers]:
    return np.split(codes, [len(one[2])])


def _summed(group: tuple[Any, Any, Any], codes: Integers, number: int) -> tuple[Floats, Floats]:
    """The hits and cases of each customer, numbered from 0."""
    having, held = (np.bincount(codes, np.asarray(part, np.float64), minlength=number) for part in group[:2])
    return having.astype(np.float64), held.astype(np.float64)


def share_covariance(one: tuple[Any, Any, Any], other: tuple[Any, Any, Any]) -> float:
    """Return the covariance of two groups' shares that comes from customers in both.

    Args:
        one: the first group's hits, cases and customer, as for `clustered_share`.
        other: the second group's.

    >>> share_covariance(([1, 0], [1, 1], [1, 2]), ([1, 0], [1, 1], [3, 4]))
    0.0
    """
    known, codes = np.unique(np.concatenate([one[2], other[2]]), return_inverse=True)
    residuals = []
    for group, code in zip((one, other), _halves(codes, one), strict=True):
        having, number = _summed(group, code, len(known))
        residuals.append((having - having.sum() / number.sum() * number) / number.sum())
    return float(residuals[0] @ residuals[1])


def _per_customer(hits: Any, cases: Any, customer: Any) -> tuple[Floats, Floats]:
    known, codes = np.unique(np.asarray(customer), return_inverse=True)
    having, number = _summed((hits, cases, customer), codes, len(known))
    return having[number > 0], number[number > 0]
