"""How long each case has lasted and how it ended: the one input of every time-to-event method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from outward.errors import BadInput

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

MINUTES = (1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 75, 90, 105, 120)
HOURS = (0.5, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 21, 24, 30, 36, 42, 48)
DAYS = (1, 2, 3, 5, 7, 10, 14, 21, 28, 42, 56, 84, 112, 140, 168, 196, 224, 252, 280, 308, 336, 365)
MONTHS = (15, 18, 21, 24, 30, 36, 42, 48, 60, 72, 84, 96, 120, 180, 240, 360, 480, 600)
DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True, eq=False)
class Durations:
    """One row a case, or a row for many alike cases with their number as weight.

    A case is at risk from just after `entry` up to and including `days`; one whose entry is 0 from
    the very start, so that it may end on day 0. One whose entry equals its exit was never seen at
    risk and counts nowhere (`unseen`).

    Attributes:
        days: time from origin to ending or to the last moment known to be open, in days, from 0.
        ended: 0 where still open (censored), otherwise the kind of ending, 1, 2, ...
        weight: number of alike cases behind the row; None is 1 each. They are counts, not
            sampling weights: standard errors take them for as many independent cases.
        entry: days since its origin when the case came under observation (left truncation); None is 0.
        customer: whose case it is; where given, intervals and tests allow for customers with several.

    Raises:
        BadInput: columns of different lengths, a time below 0 or no number, an entry after the exit,
            a weight below 0.

    >>> Durations([3, 5, 5], [1, 0, 2]).total
    3.0
    """

    days: Floats
    ended: Integers
    weight: Floats | None
    entry: Floats | None
    customer: Integers | None

    def __init__(self, days: Any, ended: Any, weight: Any = None, entry: Any = None, customer: Any = None):
        given = {"days": days, "ended": ended, "weight": weight, "entry": entry, "customer": customer}
        for name, values in given.items():
            whole = name in {"ended", "customer"}
            cells = None if values is None else np.asarray(values, np.int64 if whole else np.float64)
            object.__setattr__(self, name, cells)
        self._check()

    def _check(self) -> None:
        columns = [c for c in (self.weight, self.entry, self.customer, self.ended) if c is not None]
        if self.days.ndim != 1 or any(column.shape != self.days.shape for column in columns):
            raise BadInput("The durations' columns differ in length: each case needs one value in every one.")
        if (bad := int(np.sum(~(np.isfinite(self.days) & (self.days >= 0))))) > 0:
            raise BadInput(f"{bad} cases last less than 0 days or have no duration. Set them aside first.")
        if np.any(self.ended < 0):
            raise BadInput("Kinds of ending must be numbered from 1, with 0 for cases that are still open.")
        if self.weight is not None and not np.all(np.isfinite(self.weight) & (self.weight >= 0)):
            raise BadInput("A number of cases is below 0 or is missing.")
        if self.entry is not None and not np.all((self.entry >= 0) & (self.entry <= self.days)):
            raise BadInput("Some cases come under observation after they ended. Check the extract's window.")

    @property
    def counts(self) -> Floats:
        """The number of cases behind each row."""
        return np.ones(len(self.days)) if self.weight is None else self.weight

    @property
    def seen(self) -> NDArray[np.bool_]:
        """Which rows were ever at risk while under observation."""
        some = self.counts > 0
        return some if self.entry is None else some & ((self.entry == 0) | (self.entry < self.days))

    @property
    def total(self) -> float:
        """The number of cases that were ever at risk."""
        return float(self.counts[self.seen].sum())

    @property
    def unseen(self) -> float:
        """The number of cases that ended as they came under observation, and so count nowhere."""
        return float(self.counts[~self.seen].sum())

    @property
    def kinds(self) -> tuple[int, ...]:
        """The kinds of ending that happen."""
        return tuple(int(kind) for kind in np.unique(self.ended[self.seen]) if kind)

    @property
    def truncated(self) -> bool:
        """Whether any case came under observation after its origin."""
        return self.entry is not None and bool(np.any(self.entry > 0))

    def take(self, rows: NDArray[Any]) -> Durations:
        """Return these rows only, chosen by a mask or by positions.

        >>> Durations([3, 5, 5], [1, 0, 2]).take(np.array([True, False, True])).kinds
        (1, 2)
        """
        columns = (self.weight, self.entry, self.customer)
        rest = (None if column is None else column[rows] for column in columns)
        return Durations(self.days[rows], self.ended[rows], *rest)

    def ending_as(self, kind: int | None) -> Durations:
        """Return the same cases with one ending, 1: this kind (others censored), or any where None.

        >>> Durations([3, 5, 5], [1, 0, 2]).ending_as(2).ended.tolist()
        [0, 0, 1]
        """
        ended = self.ended > 0 if kind is None else self.ended == kind
        return Durations(self.days, ended, self.weight, self.entry, self.customer)


def joined(groups: Sequence[Durations]) -> Durations:
    """Return the cases of several groups together; customers only where every group has them.

    Args:
        groups: each group's cases.

    >>> joined([Durations([1], [1]), Durations([2], [0], weight=[5])]).total
    6.0
    """
    days = np.concatenate([group.days for group in groups])
    ended = np.concatenate([group.ended for group in groups])
    weight = entry = customer = None
    if any(group.weight is not None for group in groups):
        weight = np.concatenate([group.counts for group in groups])
    if any(group.entry is not None for group in groups):
        starts = [np.zeros(len(g.days)) if g.entry is None else g.entry for g in groups]
        entry = np.concatenate(starts)
    known = [group.customer for group in groups if group.customer is not None]
    if len(known) == len(groups):
        customer = np.concatenate(known)
    return Durations(days, ended, weight, entry, customer)


@dataclass(frozen=True, eq=False)
class EventTable:
    """The distinct exit times with what happened at each: all that curves need.

    Attributes:
        times: distinct exit times in days, rising.
        at_risk: cases at risk just before each time.
        ended: cases that ended at each time, in whatever way.
        by_kind: kind of ending to the cases that ended so at each time.
    """

    times: Floats
    at_risk: Floats
    ended: Floats
    by_kind: dict[int, Floats]

    def kind(self, kind: int) -> Floats:
        """The cases that ended in this way at each time; zeros for a kind that never happens."""
        return self.by_kind.get(kind, np.zeros(len(self.times)))


def event_table(durations: Durations) -> EventTable:
    """Return the cases at risk and the endings at each distinct exit time.

    Exact for ties: endings come before censorings of the same time. One sort, no loop over times.

    Args:
        durations: the cases; `weight` counts alike ones.

    >>> event_table(Durations([2, 1, 2, 3], [1, 1, 0, 2])).at_risk.tolist()
    [4.0, 3.0, 1.0]
    """
    seen = durations.seen
    counts, ended = durations.counts[seen], durations.ended[seen]
    times, place = np.unique(durations.days[seen], return_inverse=True)

    def total(rows: NDArray[np.bool_]) -> Floats:
        return np.bincount(place[rows], counts[rows], minlength=len(times)).astype(np.float64)

    leaving = np.bincount(place, counts, minlength=len(times)).astype(np.float64)
    at_risk = leaving[::-1].cumsum()[::-1] - _not_yet_entered(durations, times)
    by_kind = {kind: total(ended == kind) for kind in durations.kinds}
    return EventTable(times, at_risk, sum(by_kind.values(), np.zeros(len(times))), by_kind)


def at_risk_at(durations: Durations, times: Floats) -> Floats:
    """Return how many cases are at risk just before each of these times.

    Args:
        durations: the cases.
        times: days, in any order.

    >>> at_risk_at(Durations([2, 1, 2, 3], [1, 1, 0, 2]), np.array([0.0, 2.0, 4.0])).tolist()
    [4.0, 3.0, 0.0]
    """
    seen = durations.seen
    leaving = _at_or_after(durations.days[seen], durations.counts[seen], times)
    return leaving - _not_yet_entered(durations, times)


def independent_at_risk(durations: Durations, times: Floats) -> Floats:
    """Return how many customers have a case at risk just before each time; cases, where none are given.

    Args:
        durations: the cases. Of a customer with late entries and gaps, the whole span counts.
        times: days, in any order.

    >>> cases = Durations([2, 1, 5], [1, 1, 0], customer=[7, 7, 8])
    >>> independent_at_risk(cases, np.array([1.0, 3.0])).tolist()
    [2.0, 1.0]
    """
    if durations.customer is None:
        return at_risk_at(durations, times)
    seen = durations.seen
    known, codes = np.unique(durations.customer[seen], return_inverse=True)
    last, first = np.zeros(len(known)), np.full(len(known), np.inf)
    np.maximum.at(last, codes, durations.days[seen])
    np.minimum.at(first, codes, 0.0 if durations.entry is None else durations.entry[seen])
    return at_risk_at(Durations(last, np.zeros(len(known)), None, first), times)


def people_in(durations: Durations, rows: NDArray[np.bool_]) -> int:
    """Return how many customers stand behind these rows; cases, where no customers are given.

    Args:
        durations: the cases.
        rows: a mask of those meant; rows never at risk do not count.

    >>> cases = Durations([2, 1, 5], [1, 1, 0], customer=[7, 7, 8])
    >>> people_in(cases, cases.days < 4)
    1
    """
    meant = rows & durations.seen
    return (
        int(durations.counts[meant].sum()) if durations.customer is None else len(np.unique(durations.customer[meant]))
    )


def _not_yet_entered(durations: Durations, times: Floats) -> Floats:
    if durations.entry is None:
        return np.zeros(len(times))
    late = durations.seen & (durations.entry > 0)
    return _at_or_after(durations.entry[late], durations.counts[late], times)


def _at_or_after(moments: Floats, counts: Floats, times: Floats) -> Floats:
    order = np.argsort(moments, kind="stable")
    before = np.concatenate([[0.0], np.cumsum(counts[order])])
    return np.asarray(before[-1] - before[np.searchsorted(moments[order], times, side="left")], np.float64)


def step_values(steps: Floats, values: Floats, times: Floats, start: float = 0.0) -> Floats:
    """Return a right-continuous step function at these times; `start` before its first step.

    >>> step_values(np.array([1.0, 2.0]), np.array([5.0, 6.0]), np.array([0.5, 1.0, 9.0])).tolist()
    [0.0, 5.0, 6.0]
    """
    return np.concatenate([[start], values])[np.searchsorted(steps, times, side="right")]


def grid(max_days: float) -> Floats:
    """Return round times up to `max_days` at which a curve is shown and released, in days.

    Minutes where everything is over in two hours, hours where it is in two days, else days, weeks,
    months and years; at most 40. A curve on a fixed grid has no drops that single people cause.

    Args:
        max_days: the longest duration to be shown, in days.

    >>> grid(30).tolist()
    [1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 14.0, 21.0, 28.0]
    >>> (grid(0.2) * 24).round(6).tolist()
    [0.5, 1.0, 2.0, 3.0, 4.0]
    """
    if max_days <= 2 / 24:
        points = np.array(MINUTES) / 1440
    elif max_days < 2:
        points = np.array(HOURS) / 24
    else:
        points = np.concatenate([DAYS, np.round(np.array(MONTHS) * DAYS_A_MONTH)])
    points = points[points <= max_days]
    return points if len(points) else np.array([float(max_days)])
