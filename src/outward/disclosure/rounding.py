"""Rounding, as released figures are rounded: to a multiple, to significant figures, outward to a grid."""

from __future__ import annotations

import math
from datetime import date, datetime

from outward.answers import Value

DECIMALS = 6
"""Shares carry so many decimals: enough for any table, too few to look like more than they are."""


def nearest(count: float, step: int) -> int:
    """Return the count to the nearest multiple of `step`, halves up.

    >>> [nearest(count, 5) for count in (8, 12, 13, 22, 102)]
    [10, 10, 15, 20, 100]
    """
    return math.floor(count / step + 0.5) * step


def significant(value: float, figures: int, towards: int = 0) -> float:
    """Return the value to so many significant figures; `towards` -1 rounds down, 1 up, 0 to the nearest.

    >>> significant(1234.5, 3), significant(0.012349, 3), significant(12.34, 3, towards=1)
    (1230.0, 0.0123, 12.4)
    """
    if value == 0:
        return 0.0
    decimals = figures - 1 - math.floor(math.log10(abs(value)))
    near = round(value, decimals)
    ulp = 10.0**-decimals
    if towards < 0 and near > value:
        near = round(near - ulp, decimals)
    if towards > 0 and near < value:
        near = round(near + ulp, decimals)
    return float(near)


def gridded(share: float, pieces: int, step: int, towards: int = 0, least: float = 0.0) -> float:
    """Return a share on the grid of `step` people out of `pieces`, between `least` and 1.

    >>> gridded(0.523, 100, 5), gridded(0.523, 100, 5, towards=-1), gridded(0.523, 100, 5, towards=1)
    (0.5, 0.5, 0.55)
    >>> gridded(-0.077, 110, 5, towards=-1, least=-1.0)
    -0.090909
    """
    places = share * pieces / step
    whole = {-1: math.floor(places + 1e-9), 0: math.floor(places + 0.5), 1: math.ceil(places - 1e-9)}[towards]
    return round(min(1.0, max(least, whole * step / pieces)), DECIMALS)


def plain(value: object) -> Value:
    """Return the value as plain Python: no array scalars, no infinities, dates as ISO days.

    >>> plain(float("nan")), plain(date(2024, 5, 1))
    (None, '2024-05-01')
    """
    if value is None or type(value) in (str, bool, int):
        return value  # type: ignore[return-value]  # as type() narrows nothing
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    item = getattr(value, "item", None)
    if item is not None:
        value = item()
    if type(value) in (bool, int):
        return value  # type: ignore[return-value]  # as type() narrows nothing
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, str):
        return str(value)
    raise AssertionError(f"a cell of type {type(value).__name__} is no plain value")


def number(value: Value) -> float | None:
    """Return the cell as a number, None where it holds none."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
