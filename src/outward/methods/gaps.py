"""By how much two groups of cases differ, and how surely: shares, endings and times, each with its test."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np

from outward.methods.compare_curves import log_rank
from outward.methods.competing import incidence_at, incidence_difference
from outward.methods.differences import Known, difference_p
from outward.methods.durations import Durations, people_in
from outward.methods.gray import gray
from outward.methods.intervals import Comparison
from outward.methods.lengths import comparable_within
from outward.methods.proportions import (
    clustered_difference,
    clustered_share,
    clustered_share_p,
    fisher_p,
    share_covariance,
    share_difference,
    two_share_p,
)
from outward.methods.survival import restricted_mean, restricted_mean_difference
from outward.methods.within import Share

RARE_UNDER = 10
"""Expected people on either side of a share under which the exact test is made."""

EXPECTED_AT_LEAST = 5
"""Endings expected in each group without which curves are not tested: among fewer the tests find too much."""

CUSTOMERS_AT_LEAST = 40
"""Customers without which tests that allow for those with several cases find too much."""


@dataclass(frozen=True)
class Gap:
    """How far a group is from another.

    Attributes:
        one: the group's figure.
        other: that of the group it is compared with.
        difference: the first less the second.
        low: lower end of its 95% interval.
        high: upper end of it.
        p_value: of the test that there is none, before any correction; NaN where none can be made.
        within: days within which the figures hold.
        cases: of the group and of the other.
        people: of the group and of the other.
        told_apart: fewer of those who did it and those who did not, in the group and in the other; of times, all.
    """

    one: float
    other: float
    difference: float
    low: float
    high: float
    p_value: float
    within: float
    cases: tuple[int, int]
    people: tuple[int, int]
    told_apart: tuple[int, int]


def share_gap(one: Share, other: Share, within: float) -> Gap | None:
    """Return by how much two groups' shares of cases differ; None where a group has no cases.

    Args:
        one: the group.
        other: the group that it is compared with.
        within: days that the shares are about.

    Method: Newcombe's interval and the two-share test; where customers have several cases the two
    clustered intervals joined and the score test; where fewer than `RARE_UNDER` people are expected on
    any side, Fisher's exact test of the people who did it at all.
    When not to use: for groups defined by something that happens within the days.

    >>> round(share_gap(Share(44, 100, 44, 100), Share(68, 100, 68, 100), 90).difference, 9)
    -0.24
    """
    if not one.cases or not other.cases:
        return None
    if one.members is None or other.members is None:
        value, low, high = map(float, share_difference(one.hits, one.cases, other.hits, other.cases))
        p_value = float(two_share_p(one.hits, one.cases, other.hits, other.cases))
    else:
        left, right = clustered_share(*one.members), clustered_share(*other.members)
        gap = clustered_difference(left, right, share_covariance(one.members, other.members))
        value, low, high = gap.value, gap.low, gap.high
        p_value = clustered_share_p(one.members, other.members)
    if _rare(one, other):
        p_value = fisher_p(one.hit_people, one.people, other.hit_people, other.people)
    return Gap(
        one.hits / one.cases,
        other.hits / other.cases,
        value,
        low,
        high,
        p_value,
        within,
        (one.cases, other.cases),
        (one.people, other.people),
        (_told_apart(one), _told_apart(other)),
    )


def _told_apart(share: Share) -> int:
    """Return the fewer of the people who did it and of those with a case in which it was not done."""
    missed = share.people - share.hit_people
    if share.members is not None:
        hits, cases, _ = share.members
        missed = int((hits < cases).sum())
    return min(share.hit_people, missed)


def _rare(one: Share, other: Share) -> bool:
    people, did = one.people + other.people, one.hit_people + other.hit_people
    return min(one.people, other.people) * min(did, people - did) < RARE_UNDER * people


def ending_gap(one: Durations, other: Durations, ending: int, within: float) -> Gap | None:
    """Return by how much the share that ends in one way differs within so many days; None where it is not known.

    Args:
        one: the group's cases.
        other: those of the group that it is compared with.
        ending: the kind of interest.
        within: days.

    Method: difference of cumulative incidences, see `incidence_difference`. The p-value is the larger of Gray's
    (see `gray`) and that of the difference, so that it stands for the figure shown and not for the speed
    alone; where cases came under observation late, which Gray's test cannot use, that of the difference.
    When not to use: for groups defined by something that happens later in the case.
    """
    found = incidence_difference(one, other, ending, [within])
    value, low, high = float(found.value[0]), float(found.low[0]), float(found.high[0])
    if not np.isfinite(value):
        return None
    shares = [float(incidence_at(group, ending, [within]).value[0]) for group in (one, other)]
    p_value = difference_p(Known(value, low, high))
    if not (one.truncated or other.truncated):
        p_value = _larger(p_value, _p_value(gray([one, other], ending)))
    cases, people = _sizes(one, other)
    ended = [people_in(group, (group.ended == ending) & (group.days <= within)) for group in (one, other)]
    apart = (min(ended[0], people[0] - ended[0]), min(ended[1], people[1] - ended[1]))
    return Gap(shares[0], shares[1], value, low, high, p_value, within, cases, people, apart)


def time_gap(one: Durations, other: Durations, at_most: float) -> Gap | None:
    """Return by how many days the mean time differs, within the days for which both groups are known.

    Args:
        one: the group's cases.
        other: those of the group that it is compared with.
        at_most: days within which the means hold, where they are known for longer.

    None where a group has no case that was ever seen open. Method: difference of restricted means, see
    `restricted_mean_difference`. The p-value is the larger of the log-rank test's and that of the difference, so
    that it stands for the figure shown.
    When not to use: for groups defined by something that happens later in the case.

    >>> gap = time_gap(Durations([3, 5], [1, 1]), Durations([1, 3], [1, 1]), 90)
    >>> gap.difference, gap.within
    (2.0, 5.0)
    """
    if not one.total or not other.total:
        return None
    within = min(comparable_within(one, other), at_most)
    if not within:
        return None
    means = [restricted_mean(group, within).value for group in (one, other)]
    gap = restricted_mean_difference(one, other, within)
    p_value = _larger(difference_p(Known(gap.value, gap.low, gap.high)), _p_value(log_rank([one, other])))
    cases, people = _sizes(one, other)
    return Gap(means[0], means[1], gap.value, gap.low, gap.high, p_value, within, cases, people, people)


def _larger(one: float, other: float) -> float:
    """Return the larger p-value; NaN where either test cannot be made."""
    return float(np.maximum(one, other))


def _p_value(found: Comparison) -> float:
    few = found.customers is not None and found.customers < CUSTOMERS_AT_LEAST
    return nan if few or min(found.expected) < EXPECTED_AT_LEAST else found.p_value


def _sizes(one: Durations, other: Durations) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the cases of both groups, and the people."""
    return (int(one.total), int(other.total)), (people_in(one, one.seen), people_in(other, other.seen))
