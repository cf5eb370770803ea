"""What sets of people tell together: the rule that keeps two answers from giving a few people away.

A count of everyone in an area, and one of all of them but three, tell of three. So two sets of which
one holds the other must differ by nobody, or by at least the threshold.

A set is a row of bits, eight people to a byte as `numpy.packbits` makes them, all rows over the same
people in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint8]


def bits_of(numbers: NDArray[np.integer], everyone: int) -> Bits:
    """Return the set of these numbers out of `everyone`.

    >>> bits_of(np.array([0, 8]), 10).tolist()
    [128, 128]
    """
    chosen = np.zeros(everyone, bool)
    chosen[numbers] = True
    return np.packbits(chosen)


def size(one: Bits) -> int:
    """Return how many are in a set.

    >>> size(bits_of(np.array([1, 2, 5]), 9))
    3
    """
    return int(np.bitwise_count(one).sum())


def members(one: Bits) -> NDArray[np.integer]:
    """Return the numbers in a set."""
    return np.flatnonzero(np.unpackbits(one))


def shared(one: Bits, others: NDArray[np.uint8]) -> NDArray[np.integer]:
    """Return how many are in a set and in each of some others, which are rows of bits."""
    counts: NDArray[np.integer] = np.bitwise_count(others & one).sum(axis=1)
    return counts


def atoms(sets: Sequence[Bits], everyone: int, most: int) -> tuple[NDArray[np.bool_], NDArray[np.integer]]:
    """Return the kinds of membership: one row a set, whether each kind is in it; and the people of each kind.

    Args:
        sets: as bits; those after which there would be too many kinds are left out.
        everyone: how many people there are.
        most: how many kinds there may be.

    >>> flags, sizes = atoms([bits_of(np.arange(4), 5), bits_of(np.array([3, 4]), 5)], 5, 10)
    >>> sorted(zip(flags.T.astype(int).tolist(), sizes.tolist()))
    [([0, 1], 1), ([1, 0], 3), ([1, 1], 1)]
    """
    kinds, sizes = np.zeros(everyone, np.int32), np.array([everyone])
    fitting = 0
    for one in sets:
        finer = 2 * kinds + np.unpackbits(one, count=everyone)
        counts = np.bincount(finer, minlength=2 * len(sizes))
        used = counts > 0
        if np.count_nonzero(used) > most:
            break
        kinds, sizes, fitting = (np.cumsum(used, dtype=np.int32) - 1)[finer], counts[used], fitting + 1
    someone = np.empty(len(sizes), np.int64)
    someone[kinds] = np.arange(everyone)
    flags = [np.unpackbits(one, count=everyone)[someone] for one in sets[:fitting]]
    return np.array(flags, bool).reshape(fitting, len(sizes)), sizes


def tells_of_few(
    new: Bits,
    shown: Callable[[int], Bits],
    sizes: NDArray[np.integer],
    threshold: int,
    widest: int,
    people: Callable[[NDArray[np.integer]], int] = len,
) -> bool:
    """Return whether a set and one shown before, of which one holds the other, differ by too few people.

    Args:
        new: the set to be shown.
        shown: gives a set shown before by its place.
        sizes: how many are in each of them.
        threshold: fewest people of whom anything may be told.
        widest: most members that fewer people than the threshold can have in a set: one less than
            the threshold where each stands for a person, more where people have several cases.
        people: counts the people behind some numbers.

    >>> sets = [bits_of(np.arange(20), 30), bits_of(np.arange(30), 30)]
    >>> tells_of_few(bits_of(np.arange(17), 30), sets.__getitem__, np.array([20, 30]), 10, 9)
    True
    >>> tells_of_few(bits_of(np.arange(10), 30), sets.__getitem__, np.array([20, 30]), 10, 9)
    False
    """
    held = size(new)
    for place in np.flatnonzero((sizes != held) & (np.abs(sizes - held) <= widest)):
        other = shown(int(place))
        inner, outer = (new, other) if held < sizes[place] else (other, new)
        if not (inner & ~outer).any() and people(members(outer & ~inner)) < threshold:
            return True
    return False
