"""In which order the items of each layer stand beside the main road, so that few roads cross."""

from __future__ import annotations

from bisect import bisect_right, insort
from dataclasses import dataclass
from itertools import pairwise

from outward.present.layers import Net

SWEEPS = 8
LARGEST_SHARE = 0.6  # of all items off the main road that one side takes before a knot is split


@dataclass(frozen=True)
class Rows:
    """For each layer, the items on the left and on the right of the main road, from inside to outside."""

    left: list[list[int]]
    right: list[list[int]]


def ordered(net: Net, *, one_side: bool = False) -> Rows:
    """Return the order of the items in each layer.

    Args:
        net: the items.
        one_side: whether all stand on one side, where there is no main road.

    Whatever hangs together off the main road stands on one side of it, so that nothing crosses it
    unless it must; on each side the longest detours stand outermost at first, and barycentre sweeps
    take crossings away.
    """
    side = dict.fromkeys(range(len(net.layer)), 1) if one_side else _sides(net)
    layers = max(net.layer, default=-1) + 1
    sides = []
    for which in (-1, 1):
        rows: list[list[int]] = [[] for _ in range(layers)]
        for item in sorted(_outwards(net, side, which)):
            rows[net.layer[item[-1]]].append(item[-1])
        sides.append(_untangled(net, rows))
    return Rows(*sides)


def _knots(net: Net) -> list[list[int]]:
    """Return the roads in groups that hang together by boxes off the main road."""
    off = [item for item in range(len(net.layer)) if not net.on_main[item]]
    parent = {item: item for item in off}
    size = dict.fromkeys(off, 1)
    largest = max(LARGEST_SHARE * len(off), 12.0)

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    def join(one: int, other: int) -> None:
        one, other = root(one), root(other)
        if one != other and size[one] + size[other] <= largest:
            parent[other] = one
            size[one] += size[other]

    for road in sorted(range(len(net.chain)), key=lambda road: (-net.weight[road], road)):
        items = [item for item in net.chain[road] if not net.on_main[item]]
        for one, other in pairwise(items):
            join(one, other)
    groups: dict[int, list[int]] = {}
    for item in off:
        groups.setdefault(root(item), []).append(item)
    return list(groups.values())


def _sides(net: Net) -> dict[int, int]:
    """Return -1 (left) or 1 (right) for each item off the main road.

    Plain loops back stand on the left and plain short cuts on the right; larger knots go where there
    is more room.
    """
    boxes = _box_count(net)
    of_road = {item: road for road, items in enumerate(net.chain) for item in items[1:-1]}
    side: dict[int, int] = {}
    used = {-1: 0, 1: 0}
    knots = sorted(_knots(net), key=lambda knot: (-len(knot), knot[0]))
    plain = [knot for knot in knots if knot[0] >= boxes]
    for knot in plain:
        chosen = -1 if net.back[of_road[knot[0]]] else 1
        side.update(dict.fromkeys(knot, chosen))
        used[chosen] += len(knot)
    for knot in knots:
        if knot[0] < boxes:
            chosen = -1 if used[-1] < used[1] else 1
            side.update(dict.fromkeys(knot, chosen))
            used[chosen] += len(knot)
    return side


def _box_count(net: Net) -> int:
    inner = {item for items in net.chain for item in items[1:-1]}
    return min(inner, default=len(net.layer))


def _outwards(net: Net, side: dict[int, int], which: int) -> list[tuple[int, int, int]]:
    """Return (how far out, tie break, item) for each item of one side: longer roads stand further out."""
    length = {}
    for road, items in enumerate(net.chain):
        for item in items[1:-1]:
            length[item] = (len(items), road)
    return [(*length.get(item, (5, -1)), item) for item, chosen in side.items() if chosen == which]


def _untangled(net: Net, rows: list[list[int]]) -> list[list[int]]:
    """Return the rows with few crossings: the best of some sweeps down and up."""
    slot = [0.0] * len(net.layer)
    for row in rows:
        _number(slot, row)
    inside = {item for row in rows for item in row}
    centre: list[list[int]] = [[] for _ in rows]
    for item, main in enumerate(net.on_main):
        if main:
            centre[net.layer[item]].append(item)
    best, fewest = [row[:] for row in rows], _crossings(net, rows, centre, inside, slot)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        ties = net.above if sweep % 2 == 0 else net.below
        for row in rows if sweep % 2 == 0 else reversed(rows):
            _by_barycentre(row, ties, slot, inside, net.on_main)
        crossings = _crossings(net, rows, centre, inside, slot)
        if crossings < fewest:
            best, fewest = [row[:] for row in rows], crossings
    return best


def _number(slot: list[float], row: list[int]) -> None:
    for place, item in enumerate(row):
        slot[item] = place + 1.0


def _by_barycentre(
    row: list[int], ties: list[list[int]], slot: list[float], inside: set[int], on_main: list[bool]
) -> None:
    wish = {}
    for item in row:
        known = [slot[other] for other in ties[item] if other in inside or on_main[other]]
        wish[item] = sum(known) / len(known) if known else slot[item]
    row.sort(key=lambda item: (wish[item], slot[item]))
    _number(slot, row)


def _crossings(net: Net, rows: list[list[int]], centre: list[list[int]], inside: set[int], slot: list[float]) -> int:
    """Count the crossings on one side; the main road stands at slot 0."""
    total = 0
    for row, middle in zip(rows, centre, strict=True):
        ties = [
            (slot[item], slot[other])
            for item in (*middle, *row)
            for other in net.below[item]
            if other in inside or net.on_main[other]
        ]
        seen: list[float] = []
        for _, reach in sorted(ties):
            total += len(seen) - bisect_right(seen, reach)
            insort(seen, reach)
    return total
