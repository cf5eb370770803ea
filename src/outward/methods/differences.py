"""How far two figures differ, from the figures and their own intervals alone: what released answers can say."""

from __future__ import annotations

from math import erfc, hypot, isnan, nan, sqrt
from typing import NamedTuple

Z = 1.959963984540054
"""How many standard errors reach to the end of a 95% interval."""


class Known(NamedTuple):
    """A figure with its 95% interval."""

    value: float
    low: float
    high: float


def difference(one: Known, other: Known) -> Known:
    """Return one figure less another, with its 95% interval.

    Args:
        one: a figure with its interval.
        other: the figure that is taken from it.

    Method: square-and-add (MOVER), Zou and Donner (2008); for shares with Wilson's intervals it is
    Newcombe's method 10 (1998).
    Assumes that the two figures come from different people; where some stand behind both, the interval
    is rather too wide.
    When not to use: for two figures of the same cases.

    >>> [round(part, 4) for part in difference(Known(0.8, 0.6918, 0.8777), Known(0.6, 0.4904, 0.7004))]
    [0.2, 0.0524, 0.3343]
    """
    gap = one.value - other.value
    below = hypot(one.value - one.low, other.high - other.value)
    above = hypot(one.high - one.value, other.value - other.low)
    return Known(gap, gap - below, gap + above)


def difference_p(gap: Known) -> float:
    """Return the p-value that a difference with this 95% interval has against none at all.

    Args:
        gap: the difference with its interval; NaN where it is not known, as the p-value then is.

    Method: Altman and Bland (2011), from the half of the interval on the side of no difference.
    Assumes that the difference is about normal. When not to use: where the test itself can be made.

    >>> round(difference_p(Known(0.2, 0.0, 0.4)), 3), difference_p(Known(0.0, -1.0, 1.0))
    (0.05, 1.0)
    """
    if isnan(gap.value):
        return nan
    reach = gap.value - gap.low if gap.value > 0 else gap.high - gap.value
    if not gap.value:
        return 1.0
    return erfc(abs(gap.value) / (reach / Z) / sqrt(2)) if reach > 0 else 0.0
