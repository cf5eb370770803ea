"""How far left or right of the main road each item stands: straight roads, close together."""

from __future__ import annotations

from outward.present.layers import Net
from outward.present.ordering import Rows

GAP = 16.0  # between neighbours in a layer, in pixels
RELAXING = 6


def across(net: Net, rows: Rows) -> list[float]:
    """Return the x of each item in pixels; the main road stands at 0."""
    x = [0.0] * len(net.layer)
    centre: dict[int, list[int]] = {}
    for item, main in enumerate(net.on_main):
        if main:
            centre.setdefault(net.layer[item], []).append(item)
    for side, layers in ((-1, rows.left), (1, rows.right)):
        inner = net.right if side < 0 else net.left
        outer = net.left if side < 0 else net.right
        bounds = [max((outer[item] for item in centre.get(layer, [])), default=0.0) for layer in range(len(layers))]
        distance = _packed(net, layers, inner, outer, bounds)
        for item, far in distance.items():
            x[item] = side * far
    return x


def _packed(
    net: Net, layers: list[list[int]], inner: list[float], outer: list[float], bounds: list[float]
) -> dict[int, float]:
    """Return each item's distance from the main road, with the items of a block in one line."""
    block = _blocks(net, {item for row in layers for item in row})
    near: dict[int, dict[int, float]] = {}
    least: dict[int, float] = {}
    while True:
        near, least = _constraints(layers, inner, outer, bounds, block)
        order = _in_order(near, least)
        if len(order) == len(least):
            break
        _split(net, block, near, set(least) - set(order))
    place: dict[int, float] = {}
    for one in order:
        place[one] = max([least[one], *(place[other] + gap for other, gap in near[one].items())])
    _relaxed(net, block, near, least, order, place)
    return {item: place[of] for item, of in block.items()}


def _split(net: Net, block: dict[int, int], near: dict[int, dict[int, float]], stuck: set[int]) -> None:
    """Cut the longest of the blocks that stand in a circle in two, so that the circle may open."""
    inward = {other for of in stuck for other in near[of]}
    while len(core := stuck & inward) < len(stuck):
        stuck = core
        inward = {other for of in stuck for other in near[of]}
    held: dict[int, list[int]] = {of: [] for of in stuck}
    for item, of in sorted(block.items()):
        if of in stuck:
            held[of].append(item)
    longest = sorted(held.values(), key=lambda items: (-len(items), items[0]))
    for items in longest[: 1 + len(longest) // 8]:
        if len(items) == 1:
            break
        items.sort(key=lambda item: (net.layer[item], item))
        for half in (items[: len(items) // 2], items[len(items) // 2 :]):
            block.update(dict.fromkeys(half, half[0]))


def _blocks(net: Net, inside: set[int]) -> dict[int, int]:
    """Return the block of each item: a road's inner items, and boxes tied by their heaviest road."""
    block = {item: item for item in inside}
    for items in net.chain:
        within = [item for item in items[1:-1] if item in inside]
        for item in within:
            block[item] = within[0]
    has_above: set[int] = set()
    has_below: set[int] = set()
    for road in sorted(range(len(net.chain)), key=lambda road: (net.back[road], -net.weight[road], road)):
        items = net.chain[road]
        top, bottom = items[0], items[-1]
        if not all(item in inside for item in items) or top in has_below or bottom in has_above:
            continue
        has_below.add(top)
        has_above.add(bottom)
        old = {block[bottom], *(block[item] for item in items[1:-1])}
        for item, of in block.items():
            if of in old:
                block[item] = block[top]
    return block


def _constraints(
    layers: list[list[int]],
    inner: list[float],
    outer: list[float],
    bounds: list[float],
    block: dict[int, int],
) -> tuple[dict[int, dict[int, float]], dict[int, float]]:
    """Return, for each block, its inner neighbours with the distance to keep, and the least distance."""
    near: dict[int, dict[int, float]] = {of: {} for of in block.values()}
    least = dict.fromkeys(near, 0.0)
    for row, bound in zip(layers, bounds, strict=True):
        for place, item in enumerate(row):
            of = block[item]
            if not place:
                least[of] = max(least[of], bound + GAP + inner[item])
                continue
            other = row[place - 1]
            gap = outer[other] + GAP + inner[item]
            near[of][block[other]] = max(near[of].get(block[other], 0.0), gap)
    return near, least


def _in_order(near: dict[int, dict[int, float]], least: dict[int, float]) -> list[int]:
    """Return the blocks from inside to outside; those in a circle are missing."""
    waits = {of: len(others) for of, others in near.items()}
    after: dict[int, list[int]] = {of: [] for of in least}
    for of, others in near.items():
        for other in others:
            after[other].append(of)
    ready = [of for of in sorted(least) if not waits[of]]
    for of in ready:
        for other in after[of]:
            waits[other] -= 1
            if not waits[other]:
                ready.append(other)
    return ready


def _relaxed(
    net: Net,
    block: dict[int, int],
    near: dict[int, dict[int, float]],
    least: dict[int, float],
    order: list[int],
    place: dict[int, float],
) -> None:
    """Move blocks outwards, where there is room, to stand under what they are tied to."""
    far: dict[int, list[tuple[int, float]]] = {of: [] for of in order}
    for of, others in near.items():
        for other, gap in others.items():
            far[other].append((of, gap))
    ties = _ties(net, block)
    widest = max(place.values(), default=0.0)
    for _ in range(RELAXING):
        for of in reversed(order):
            if not ties[of]:
                continue
            wish = sum(place.get(other, 0.0) for other in ties[of]) / len(ties[of])
            low = max([least[of], *(place[other] + gap for other, gap in near[of].items())])
            high = min([widest, *(place[other] - gap for other, gap in far[of])])
            place[of] = max(low, min(wish, high))


def _ties(net: Net, block: dict[int, int]) -> dict[int, list[int]]:
    """Return, for each block, the blocks its roads lead to; -1 stands for the main road or the other side."""
    ties: dict[int, list[int]] = {of: [] for of in block.values()}
    for item, of in block.items():
        for other in (*net.above[item], *net.below[item]):
            if block.get(other, -1) != of:
                ties[of].append(block.get(other, -1))
    return ties
