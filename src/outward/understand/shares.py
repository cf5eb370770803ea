"""Shares in tables: the figure, its interval, and the design effect that release needs to work it out anew."""

from __future__ import annotations

from outward.answers import Column, Value
from outward.methods.proportions import wilson


def share_columns(title: str, of: tuple[str, str], base: str = "") -> tuple[Column, ...]:
    """Return the columns of a share and its interval, and the hidden one with its design effect."""
    return (
        Column("share", "share", "share", title, of=of, base=base),
        Column("share_low", "low", "share", bounds="share", base=base, effect="share_effect"),
        Column("share_high", "high", "share", bounds="share", base=base, effect="share_effect"),
        Column("share_effect", "effect"),
    )


def share_cells(having: int, cases: int, effect: float = 1.0) -> dict[str, Value]:
    """Return a share's cells.

    Args:
        having: cases with the property.
        cases: all of them, at least 1.
        effect: design effect, above 1 where customers have several cases.
    """
    low, high = wilson(having, cases, effect=effect)
    return {"share": having / cases, "share_low": float(low), "share_high": float(high), "share_effect": effect}
