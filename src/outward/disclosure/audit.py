"""Whether released counts of sets give a small group away: a linear programme plays the reader.

The reader is taken to know who could be in which sets together (the atoms: all people with the same memberships),
that counts are rounded and that nothing under the threshold is shown - but not how many people an atom has.
He must not be able to prove that some small group has at least one member and fewer than the threshold.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from outward.disclosure.parts import bounds
from outward.disclosure.released import Policy
from outward.disclosure.rounding import nearest

PROGRAMMES_AT_MOST = 60
"""Groups that are looked into one by one; beyond them what was asked for is refused."""

SURE = 1e-6

Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Reader:
    """What a reader knows of the sizes of atoms: each set's count within its rounding.

    Attributes:
        sets: one row a set, whether each atom is in it.
        least: fewest members of each set, `most` the most.
    """

    sets: csr_array
    least: Numbers
    most: Numbers

    def world(self, goal: Numbers) -> Numbers:
        """Return sizes of atoms that fit all that is known and make the goal as small as can be."""
        # `milp` without whole numbers, as `linprog` takes no range and would see each set twice.
        ranges = LinearConstraint(self.sets, self.least, self.most)
        found = milp(goal, constraints=ranges, bounds=Bounds(0, np.inf))
        assert found.status == 0, f"what was released contradicts itself: {found.message}"
        return np.asarray(found.x)


def reader_of(sets: Flags, sizes: NDArray[np.integer], policy: Policy) -> Reader:
    """Return what a reader knows who is shown the rounded count of each set.

    Args:
        sets: one row a set, whether each atom is in it.
        sizes: members of each atom.
        policy: how counts are rounded, and under what threshold none is shown.
    """
    ends = [bounds(nearest(int(sizes[row].sum()), policy.rounding), policy) for row in sets]
    least, most = np.array(ends, float).T
    return Reader(csr_array(sets.astype(float)), least, most)


def gives_away(sets: Flags, sizes: NDArray[np.integer], policy: Policy) -> bool:
    """Return whether the counts of sets prove some small group to be there and to be small.

    Looked at are the atoms, and of every two sets what they share and what one has beyond the other.

    Args:
        sets: one row a set, whether each atom is in it; everyone among them.
        sizes: members of each atom, at least one.
        policy: how counts are rounded, and under what threshold none is shown.
    """
    groups = small_groups(sets, sizes, policy.threshold)
    reader = reader_of(sets, sizes, policy)
    for goal in _goals(groups, sizes, policy.threshold):
        if not len(groups):
            return False
        groups = _in_doubt(groups, reader.world(goal), policy.threshold)
    for _ in range(PROGRAMMES_AT_MOST):
        if not len(groups):
            return False
        group = groups[0].astype(float)
        fewest, most = reader.world(group), reader.world(-group)
        if fewest @ group > SURE and most @ group < policy.threshold - SURE:
            return True
        groups = _in_doubt(_in_doubt(groups, fewest, policy.threshold), most, policy.threshold)
    return len(groups) > 0


def small_groups(sets: Flags, sizes: NDArray[np.integer], threshold: int) -> Flags:
    """Return the groups under the threshold that a reader would look for, a row each.

    >>> sets = np.array([[True, True, True], [True, True, False], [False, True, True]])
    >>> small_groups(sets, np.array([50, 3, 40]), 10).astype(int)
    array([[0, 1, 0]])
    """
    pairs = [sets[:, None] & sets[None, :], sets[:, None] & ~sets[None, :]]
    found = np.concatenate([np.eye(len(sizes), dtype=bool), *(pair.reshape(-1, len(sizes)) for pair in pairs)])
    members = found @ sizes
    kept: Flags = np.unique(found[(members > 0) & (members < threshold)], axis=0)
    return kept


def _goals(groups: Flags, sizes: NDArray[np.integer], threshold: int) -> list[Numbers]:
    """Return goals whose worlds clear many groups at once: all small ones empty, or large, or some of each."""
    dice = np.random.default_rng(len(sizes))
    often = groups.sum(0).astype(float)
    mixed = [np.where(sizes < threshold, dice.normal(size=len(sizes)), 0.0) for _ in range(6)]
    return [often, -np.minimum(often, 1), *mixed]


def _in_doubt(groups: Flags, world: Numbers, threshold: int) -> Flags:
    """Return the groups that are neither empty nor large in a world."""
    members = groups @ world
    return groups[(members > SURE) & (members < threshold - SURE)]
