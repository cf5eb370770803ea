"""How closely a hidden path can be worked out from everything that is shown: a linear programme.

Imported only when the quick argument of `flows` does not settle the matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_array

from outward.disclosure.ordering import END, START
from outward.disclosure.parts import bounds, room
from outward.disclosure.rounding import nearest

if TYPE_CHECKING:
    from outward.disclosure.flows import Pair, Path
    from outward.disclosure.released import Policy

MOST_PAIRS = 20_000
"""Beyond so many pairs of steps the programme takes too long, and the path counts as given away."""


@dataclass(frozen=True)
class Programme:
    """What a reader knows of a table of paths: a flow through steps, each figure within its rounding.

    Attributes:
        pairs: one unknown for each path that is or could be: how often it was taken.
        limits: least and most of each unknown, those of the paths first, then those of the steps.
        balance: rows that are nought: what leaves (or enters) a step, less the step's own figure.
    """

    pairs: list[Pair]
    limits: list[tuple[float, float | None]]
    balance: coo_array


def worked_out(path: Path, everything: Sequence[Path], shown: Sequence[Path], policy: Policy) -> bool:
    """Return whether a hidden path is proven to exist and known to fewer values than a figure shown."""
    sources = {one.pair[0] for one in everything}
    targets = {one.pair[1] for one in everything}
    if len(sources) * len(targets) > MOST_PAIRS:
        return True
    least, most = interval([path.pair], programme(everything, shown, policy))
    return least >= 1 and most - least < room(policy)


def programme(everything: Sequence[Path], shown: Sequence[Path], policy: Policy) -> Programme:
    """Return what a reader knows who has the released paths and the figures of every step."""
    leaving, entering = _sums(everything, 0), _sums(everything, 1)
    known = {one.pair: bounds(nearest(one.times, policy.rounding), policy) for one in shown}
    pairs = [(a, b) for a in sorted(leaving) for b in sorted(entering) if (a, b) != (START, END)]
    limits: list[tuple[float, float | None]] = [known.get(pair, (0, None)) for pair in pairs]
    at: dict[tuple[str, int], int] = {}
    for side, sums in enumerate((leaving, entering)):
        for step, times in sums.items():
            same = leaving.get(step) == entering.get(step)
            if same and side == 1:
                at[step, 1] = at[step, 0]
                continue
            at[step, side] = len(limits)
            few = times < policy.threshold
            limits.append((0, policy.threshold - 1) if few else bounds(nearest(times, policy.rounding), policy))
    return Programme(pairs, limits, _balance(pairs, at, len(limits)))


def _sums(paths: Sequence[Path], side: int) -> dict[str, int]:
    sums: dict[str, int] = {}
    for path in paths:
        sums[path.pair[side]] = sums.get(path.pair[side], 0) + path.times
    return sums


def _balance(pairs: list[Pair], at: dict[tuple[str, int], int], unknowns: int) -> coo_array:
    rows = {end: row for row, end in enumerate(at)}
    places = [(rows[pair[side], side], unknown, 1.0) for unknown, pair in enumerate(pairs) for side in (0, 1)]
    places += [(rows[end], unknown, -1.0) for end, unknown in at.items()]
    row, column, value = zip(*places, strict=True)
    return coo_array((value, (row, column)), shape=(len(rows), unknowns))


def interval(wanted: Sequence[Pair], known: Programme) -> tuple[float, float]:
    """Return the least and most times that these paths together can have been taken."""
    goal: NDArray[np.float64] = np.zeros(len(known.limits))
    goal[[known.pairs.index(pair) for pair in wanted]] = 1.0
    return ceil(_least(goal, known) - 1e-6), floor(-_least(-goal, known) + 1e-6)


def _least(goal: NDArray[np.float64], known: Programme) -> float:
    found = linprog(
        goal,
        A_eq=known.balance.tocsr(),
        b_eq=np.zeros(known.balance.shape[0]),
        bounds=known.limits,
        method="highs",
    )
    assert found.status == 0, f"the truth itself is a solution, yet the programme says: {found.message}"
    return float(found.fun)
