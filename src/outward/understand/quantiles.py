"""Quantiles in tables: the figure, its interval, and the people on each side that release asks for."""

from __future__ import annotations

from typing import SupportsFloat

import numpy as np

from outward.answers import Column, Kind, Value
from outward.methods.durations import Durations, people_in
from outward.methods.survival import Quantile


def quantile_columns(name: str, title: str, unit: str = "days") -> tuple[Column, ...]:
    """Return the columns of a quantile and its interval, and the hidden ones with the people on each side of each."""
    ends: tuple[tuple[str, Kind, str], ...] = (
        ("", "quantile", title),
        ("_low", "low", ""),
        ("_high", "high", ""),
    )
    shown = tuple(
        Column(
            f"{name}_days{end}",
            kind,
            unit,
            words,
            bounds=f"{name}_days" if end else "",
            sides=(f"below_{name}{end}", f"above_{name}{end}"),
        )
        for end, kind, words in ends
    )
    return shown + tuple(Column(side, "base") for column in shown for side in column.sides or ())


def quantile_cells(name: str, quantile: Quantile, group: Durations, people_a_row: float = 1.0) -> dict[str, Value]:
    """Return a quantile's cells, with the customers on each side of each, as release needs them.

    Args:
        name: of the quantile.
        quantile: its days and interval.
        group: the durations that it is of; customers are counted where they stand beside them.
        people_a_row: by how much to scale the rows where customers are not known beside them.
    """
    scale = people_a_row if group.customer is None else 1.0
    cells: dict[str, Value] = {}
    for end, days in (("", quantile.days), ("_low", quantile.low), ("_high", quantile.high)):
        below = above = 0
        if days is not None:
            below = people_in(group, (group.days <= days) & (group.ended > 0))
            above = people_in(group, group.days >= days)
        cells[f"{name}_days{end}"] = days
        cells[f"below_{name}{end}"] = int(below * scale)
        cells[f"above_{name}{end}"] = int(above * scale)
    return cells


def finite(value: SupportsFloat) -> float | None:
    """Return a figure, None where it is not known.

    >>> finite(np.float64(0.5)), finite(float("nan"))
    (0.5, None)
    """
    return float(value) if np.isfinite(float(value)) else None
