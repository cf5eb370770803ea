"""Quantiles in tables: the figure, its interval, and the people on each side that release asks for."""

from __future__ import annotations

from outward.answers import Column, Kind, Value
from outward.methods.durations import Durations
from outward.methods.survival import Quantile


def quantile_columns(name: str, title: str) -> tuple[Column, ...]:
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
            "days",
            words,
            bounds=f"{name}_days" if end else "",
            sides=(f"below_{name}{end}", f"above_{name}{end}"),
        )
        for end, kind, words in ends
    )
    return shown + tuple(Column(side, "base") for column in shown for side in column.sides or ())


def quantile_cells(name: str, quantile: Quantile, group: Durations, people_a_case: float) -> dict[str, Value]:
    """Return a quantile's cells, with the people on each side of each, as release needs them."""
    cells: dict[str, Value] = {}
    for end, days in (("", quantile.days), ("_low", quantile.low), ("_high", quantile.high)):
        below = above = 0.0
        if days is not None:
            below = float(group.counts[(group.days <= days) & (group.ended > 0)].sum())
            above = float(group.counts[group.days >= days].sum())
        cells[f"{name}_days{end}"] = days
        cells[f"below_{name}{end}"] = int(below * people_a_case)
        cells[f"above_{name}{end}"] = int(above * people_a_case)
    return cells
