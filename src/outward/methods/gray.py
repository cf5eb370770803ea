"""Do groups' cases end differently: Gray's test for one ending among several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from outward.errors import BadInput
from outward.methods.compare_curves import clustered_variance
from outward.methods.durations import Durations, Floats, event_table, joined, step_values
from outward.methods.influence import Term
from outward.methods.intervals import Comparison, compare

WANTED, OTHER = 1, 2


@dataclass(frozen=True, eq=False)
class _Group:
    """A group's quantities at the times of all groups together."""

    at_risk: Floats
    wanted: Floats
    other: Floats
    before: Floats  # share still open just before
    after: Floats
    incidence_before: Floats

    @property
    def weight(self) -> Floats:
        """Cases at risk over the share open: those who would be at risk, were there no ending."""
        return _ratio(self.at_risk, self.before)


@dataclass(frozen=True, eq=False)
class _Noise:
    """What one ending more in a group adds to a score, before the group's open share over at risk."""

    wanted: Floats
    other: Floats


def gray(groups: Sequence[Durations], ending: int) -> Comparison:
    """Return whether the share that ends in one way differs between groups, when endings compete.

    Args:
        groups: each group's cases, with all their kinds of ending and no late entries; where all have
            customers the variance is cluster-robust.
        ending: the kind of interest.

    Raises:
        BadInput: some cases came under observation after they began.

    Method: Gray (1988) with rho = 0. With customers, the influence function behind his variance,
    summed within customers as Lin and Wei (1989) do for the log-rank score, referred to F.
    Assumes that within a group being open still says nothing about when and how a case would end.
    With customers, at least some forty of them.
    When not to use: for the speed of an ending among those still open (`log_rank` with `ending`); for
    groups defined by something that happens later in the case.

    >>> most, few = Durations(range(1, 9), [1] * 8), Durations(range(1, 9), [1, 2, 2, 2, 2, 2, 2, 2])
    >>> gray([most, few], 1).p_value < 0.05
    True
    """
    if any(group.truncated for group in groups):
        raise BadInput(
            "Gray's test cannot use cases that came under observation after they began. "
            "Leave them out, or compare the shares at stated times."
        )
    groups = [_two_endings(group, ending) for group in groups]
    times = event_table(joined(groups)).times
    rows = [_quantities(group, times) for group in groups]
    share = np.array([row.weight * (1 - row.incidence_before) for row in rows])
    share = _ratio(share, share.sum(axis=0))
    ended = np.sum([row.wanted for row in rows], axis=0)
    observed = np.array([row.wanted.sum() for row in rows])
    noise = _noises(rows, ended)
    customers: int | None = None
    if all(group.customer is not None for group in groups):
        variance, customers = _robust(groups, times, rows, noise)
    else:
        variance = _independent(rows, noise, ended)
    return compare(observed - share @ ended, variance, observed, customers)


def _two_endings(group: Durations, ending: int) -> Durations:
    ended = np.where(group.ended == ending, WANTED, np.where(group.ended > 0, OTHER, 0))
    return Durations(group.days, ended, group.weight, None, group.customer)


def _quantities(group: Durations, times: Floats) -> _Group:
    table = event_table(group)
    survival = np.cumprod(1 - table.ended / table.at_risk, dtype=np.float64)
    before = np.concatenate([[1.0], survival])[:-1]
    incidence: Floats = np.cumsum(before * table.kind(WANTED) / table.at_risk)
    place = np.searchsorted(times, table.times)
    at_risk, wanted, other = np.zeros((3, len(times)))
    wanted[place], other[place] = table.kind(WANTED), table.kind(OTHER)
    following = np.searchsorted(table.times, times)
    at_risk = np.append(table.at_risk, 0.0)[following]
    return _Group(
        at_risk,
        wanted,
        other,
        np.concatenate([[1.0], survival])[following],
        step_values(table.times, survival, times, start=1.0),
        np.concatenate([[0.0], incidence])[following],
    )


def _noises(rows: Sequence[_Group], ended: Floats) -> list[list[_Noise]]:
    """For each score and group, how far an ending in the group at each time moves the score."""
    weights = np.array([row.weight for row in rows])
    total = weights.sum(axis=0)
    steps = _ratio(ended, total)
    free = 1 - np.cumsum(steps)  # of that ending, all groups together as if they were alike
    free = np.where(free > 1e-12, free, 0.0)
    hazard = _ratio(steps, np.concatenate([[1.0], free])[:-1])
    noises = []
    for score, weight in enumerate(weights):
        line = []
        for number, row in enumerate(rows):
            now = weights[number] * (float(score == number) - _ratio(weight, total))
            paid = np.cumsum(now * hazard)
            later = paid[-1:] - paid
            carry = _ratio(free, row.after)
            line.append(_Noise(now + np.where(row.after > 0, 1 - carry, 1.0) * later, -carry * later))
        noises.append(line)
    return noises


def _independent(rows: Sequence[_Group], noises: Sequence[Sequence[_Noise]], ended: Floats) -> Floats:
    """The scores' covariance for independent cases, with Gray's correction for ties."""
    total = np.sum([row.weight for row in rows], axis=0)
    variance = np.zeros((len(rows), len(rows)))
    for number, row in enumerate(rows):
        wanted = np.array([line[number].wanted for line in noises])
        other = np.array([line[number].other for line in noises])
        alike = _ratio(row.before * ended, total * row.at_risk)
        tied = 1 - _ratio(np.maximum(ended - 1, 0), total * row.before - 1)
        variance += (wanted * alike * tied) @ wanted.T
        apart = _ratio(row.before**2 * row.other, row.at_risk**2)
        tied = 1 - _ratio(np.maximum(row.other - 1, 0), row.at_risk - 1)
        variance += (other * apart * tied) @ other.T
    return variance


def _robust(
    groups: Sequence[Durations], times: Floats, rows: Sequence[_Group], noises: Sequence[Sequence[_Noise]]
) -> tuple[Floats, int]:
    tables = [event_table(group) for group in groups]
    heights: list[list[list[Term]]] = []
    for number, (row, table) in enumerate(zip(rows, tables, strict=True)):
        place = np.searchsorted(times, table.times)
        each = _ratio(row.before, row.at_risk)[place]
        moves = [line[number] for line in noises]
        heights.append([[(m.wanted[place] * each, WANTED), (m.other[place] * each, OTHER)] for m in moves])
    return clustered_variance(groups, tables, heights)


def _ratio(above: Floats, below: Floats) -> Floats:
    """Above over below, 0 where below is 0."""
    zero = np.zeros(np.broadcast(above, below).shape)
    return np.divide(above, below, out=zero, where=np.broadcast_to(below, zero.shape) > 0)
