"""Which sets of people nearly add up to one another: only there can counts be added and subtracted to tell of few.

Whoever works out a small group from counts adds and subtracts sets until nearly nobody is left. Then each of
those sets is nearly a sum of the others: its distance from what the others span is small. As vectors with a 1 for
each person in the set, distances follow from how many people each two sets share.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

NOTHING = 1e-6
"""A squared distance below this is a rounding error of the arithmetic, not a person."""

LEANS = 0.02
"""A set counts as a part of a sum from this weight on."""

Numbers = NDArray[np.float64]


class Span:
    """The sets shown so far as vectors, and which of them lean on which.

    Attributes:
        near: squared distance up to which a set is nearly a sum of others.
        leaning: of each set, the places of the sets that it is nearly a sum of.
    """

    def __init__(self, near: float) -> None:
        self.near = near
        self.leaning: list[tuple[int, ...]] = []
        self._basis: list[int] = []
        self._factor = np.zeros((16, 16))

    def add(self, shared: Sequence[int] | NDArray[np.integer], size: int) -> float:
        """Add a set and return its squared distance from those before.

        Args:
            shared: how many members it has in common with each set before, by place.
            size: how many members it has.

        >>> span = Span(near=100)
        >>> [round(span.add(*one), 6) for one in (([], 200), ([80], 80), ([120, 0], 120))]
        [200.0, 48.0, 0.0]
        >>> span.leaning[2]
        (0, 1)
        """
        held = len(self._basis)
        factor = self._factor[:held, :held]
        along = _solved(factor, np.asarray(shared, float)[self._basis])
        left = max(0.0, float(size - along @ along))
        parts: tuple[int, ...] = ()
        if left <= self.near and held:
            weights = _solved(factor, along, turned=True)
            parts = tuple(self._basis[at] for at in np.flatnonzero(np.abs(weights) >= LEANS))
        if left > NOTHING:
            self._grow(held + 1)
            self._factor[held, :held], self._factor[held, held] = along, left**0.5
            self._basis.append(len(self.leaning))
        self.leaning.append(parts)
        return left

    def copy(self) -> Span:
        """Return a span of the same sets that grows on its own."""
        other = Span(self.near)
        other.leaning, other._basis, other._factor = [*self.leaning], [*self._basis], self._factor.copy()
        return other

    def entangled(self, places: Sequence[int], most: int) -> list[int]:
        """Return these sets and those that add up with them, the nearest first.

        Args:
            places: where to begin.
            most: how many to return at most; everyone, at place 0, is always among them and leads nowhere.
        """
        tied: dict[int, set[int]] = {}
        for place, parts in enumerate(self.leaning):
            for part in parts:
                tied.setdefault(place, set()).add(part)
                tied.setdefault(part, set()).add(place)
        found = dict.fromkeys([0, *places])
        waiting = list(places)
        while waiting and len(found) < most:
            for place in sorted(tied.get(waiting.pop(0), ())):
                if place not in found and len(found) < most:
                    found[place] = None
                    waiting.append(place)
        return list(found)

    def _grow(self, wanted: int) -> None:
        if wanted > len(self._factor):
            larger = np.zeros((2 * wanted, 2 * wanted))
            larger[: len(self._factor), : len(self._factor)] = self._factor
            self._factor = larger


def _solved(factor: Numbers, right: Numbers, turned: bool = False) -> Numbers:
    from scipy.linalg import solve_triangular

    if not len(factor):
        return np.zeros(0)
    found: Numbers = solve_triangular(factor, right, lower=True, trans=1 if turned else 0)
    return found
