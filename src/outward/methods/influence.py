"""How much each customer moves a curve: standard errors that hold when customers have several cases.

Every curve here is a smooth function of the numbers at risk and ended. Its infinitesimal jackknife
gives each case a sum over event times of height x (ended - at risk x hazard). Summed within customers
and squared this is the grouped jackknife, or robust variance, of Lin and Wei (1989). With one case a
customer and no late entries it equals Greenwood's variance exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from outward.methods.durations import Durations, EventTable, Floats, Integers, step_values

CELLS = 200_000
"""How many (time, customer) cells are held at a time."""

Term = tuple[Floats, int | None]
"""Heights at each event time, and the kind of ending that they belong to (None is any)."""


@dataclass(frozen=True, eq=False)
class Influence:
    """What each case adds to a curve at the times wanted: a weighted sum of running parts.

    Attributes:
        table: the event table of the cases.
        parts: each part's terms: what a case gains when it ends, and pays for while at risk.
        at: times wanted, rising, in days.
        weights: (times wanted, parts), how the parts add up.
    """

    table: EventTable
    parts: Sequence[Sequence[Term]]
    at: Floats
    weights: Floats


def part_values(durations: Durations, table: EventTable, terms: Sequence[Term]) -> tuple[Floats, Floats]:
    """Return each case's gain less what it has paid by its exit, and what is paid by each event time.

    Args:
        durations: the cases, all ever at risk, with exits among the table's times.
        table: of these cases, or of these and others.
        terms: of one part.
    """
    place = np.searchsorted(table.times, durations.days)
    gains, paid = np.zeros(len(durations.days)), np.zeros(len(table.times))
    for heights, kind in terms:
        mine = durations.ended > 0 if kind is None else durations.ended == kind
        gains += np.where(mine, heights[place], 0.0)
        ended = table.ended if kind is None else table.kind(kind)
        paid += np.cumsum(heights * ended / table.at_risk)
    return gains - paid[place], paid


def customer_codes(*several: Durations) -> tuple[list[Integers], int]:
    """Return customers numbered from 0, the same number in every group, and how many there are.

    Args:
        several: groups of cases, all with customers.

    >>> codes, number = customer_codes(Durations([1, 2], [1, 1], customer=[7, 9]))
    >>> codes[0].tolist(), number
    ([0, 1], 2)
    """
    names = [durations.customer[durations.seen] for durations in several if durations.customer is not None]
    known, codes = np.unique(np.concatenate(names), return_inverse=True)
    ends = np.cumsum([len(part) for part in names])[:-1]
    return [part.astype(np.int64) for part in np.split(codes, ends)], len(known)


def customer_influence(durations: Durations, effect: Influence, codes: Integers, number: int) -> Iterator[Floats]:
    """Yield every customer's influence on the curve, (times wanted, customers), some customers at a time.

    A case counts in two places only, where it enters and where it leaves; running sums do the rest.

    Args:
        durations: the cases.
        effect: the curve's influence, for the same cases.
        codes: each case's customer (those ever at risk), numbered from 0.
        number: of customers.
    """
    cases = durations.take(durations.seen)
    entry = np.zeros(len(cases.days)) if cases.entry is None else cases.entry
    joins = np.where(entry > 0, np.searchsorted(effect.at, entry), 0)
    leaves = np.searchsorted(effect.at, cases.days)
    values = [part_values(cases, effect.table, terms) for terms in effect.parts]
    now = [step_values(effect.table.times, paid, effect.at) for _, paid in values]
    for rows, place, width in _blocks(codes, number, max(1, CELLS // len(effect.at))):
        counts, shape = cases.counts[rows], (len(effect.at), width)
        joined, left = joins[rows] * width + place, leaves[rows] * width + place
        at_risk = _running(joined, counts, shape) - _running(left, counts, shape)
        total = np.zeros(shape)
        for weights, (exits, paid), paid_by_now in zip(effect.weights.T, values, now, strict=True):
            held = _running(left, counts * exits[rows], shape)
            if cases.truncated:
                begun = np.where(entry[rows] > 0, step_values(effect.table.times, paid, entry[rows]), 0.0)
                held += _running(joined, counts * begun, shape)
            total += weights[:, None] * (held - at_risk * paid_by_now[:, None])
        yield total


def _blocks(codes: Integers, number: int, step: int) -> Iterator[tuple[Integers, Integers, int]]:
    """Cases of so many customers at a time: rows, customers numbered within the block, how many."""
    if number <= step:
        yield np.arange(len(codes)), codes, number
        return
    order = np.argsort(codes, kind="stable")
    for first in range(0, number, step):
        ends = np.searchsorted(codes, [first, first + step], sorter=order)
        rows = order[slice(*ends)]
        yield rows, codes[rows] - first, min(step, number - first)


def _running(cells: Integers, amounts: Floats, shape: tuple[int, int]) -> Floats:
    """Amounts summed in each (time, customer) cell, then over times; cells beyond the last time drop out."""
    size = shape[0] * shape[1]
    inside = cells < size
    summed: Floats = np.bincount(cells[inside], amounts[inside], minlength=size).astype(np.float64, copy=False)
    return np.cumsum(summed.reshape(shape), axis=0)


def robust_variance(durations: Durations, effect: Influence) -> Floats:
    """Return a curve's variance at each time wanted, allowing for customers with several cases.

    Args:
        durations: the cases, with customers.
        effect: the curve's influence.

    Method: grouped infinitesimal jackknife (Lin and Wei 1989), as in R's survfit with cluster().
    Assumes that customers are independent of each other, and at least some forty of them: with
    fewer it is too small, and with one customer NaN.
    """
    (codes,), number = customer_codes(durations)
    if number < 2:
        return np.full(len(effect.at), np.nan)
    return _added(np.square(v).sum(axis=1) for v in customer_influence(durations, effect, codes, number))


def robust_covariance(one: Durations, first: Influence, other: Durations, second: Influence) -> Floats:
    """Return the covariance of two groups' curves at the same times, through customers in both.

    Args:
        one: the first group's cases, with customers.
        first: the influence on its curve.
        other: the second group's.
        second: the influence on its.
    """
    (left, right), number = customer_codes(one, other)
    pairs = zip(
        customer_influence(one, first, left, number),
        customer_influence(other, second, right, number),
        strict=True,
    )
    return _added((mine * theirs).sum(axis=1) for mine, theirs in pairs)


def _added(blocks: Iterator[Floats]) -> Floats:
    return np.asarray(np.sum(list(blocks), axis=0), np.float64)
