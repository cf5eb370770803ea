"""Medians and percentiles, spelled out."""

from __future__ import annotations

from collections.abc import Sequence

DECIMALS = 9


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share of the values lies, between two of them in proportion.

    >>> quantile([1.0, 2.0, 3.0, 4.0], 0.5), quantile([0.0, 10.0], 0.9)
    (2.5, 9.0)
    """
    ranked = sorted(values)
    place = share * (len(ranked) - 1)
    below = int(place)
    above = min(below + 1, len(ranked) - 1)
    return ranked[below] + (place - below) * (ranked[above] - ranked[below])


def rounded(number: float) -> float:
    """Return a number as figures are compared: to nine decimals."""
    return round(number, DECIMALS) + 0.0
