"""The interval of a share, worked out anew from the released counts."""

from __future__ import annotations

from math import sqrt

from outward.disclosure.rounding import DECIMALS

Z95 = 1.959963984540054


def wilson(part: float, whole: float) -> tuple[float, float]:
    """Return the 95% score interval of `part` out of `whole`, as shares.

    Source: Wilson (1927), JASA 22, 209-212. Assumes independent people; for a complete count the
    interval speaks of the process behind it, not of sampling.

    >>> wilson(15, 50)
    (0.191036, 0.437504)
    """
    share, square = part / whole, Z95 * Z95
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    half = Z95 / (1 + square / whole) * sqrt(share * (1 - share) / whole + square / (4 * whole * whole))
    return round(max(0.0, middle - half), DECIMALS), round(min(1.0, middle + half), DECIMALS)
