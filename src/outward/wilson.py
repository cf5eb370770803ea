"""The score interval of a share: one formula, for the methods and for release, which works it out anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Number = TypeVar("Number", float, "NDArray[np.float64]")
REACH_95 = 1.959963984540054
"""Standard errors to each side in a normal interval of 95%."""


def score_limits(share: Number, cases: Number, reach: float = REACH_95) -> tuple[Number, Number]:
    """Return the ends of the score interval of a share, or of many.

    Args:
        share: of the cases, from 0 to 1.
        cases: how many independent cases; fewer than were counted where customers have several.
        reach: standard errors to each side.

    Source: Wilson (1927), JASA 22, 209-212. For a complete count the interval speaks of the process
    behind it, not of sampling.

    >>> [round(end, 6) for end in score_limits(0.3, 50)]
    [0.191036, 0.437504]
    """
    extra = reach**2 / cases
    middle = (share + extra / 2) / (1 + extra)
    half = (extra * share * (1 - share) + extra**2 / 4) ** 0.5 / (1 + extra)
    return middle - half, middle + half
