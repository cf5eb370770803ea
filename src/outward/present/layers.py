"""Which layer each box of a layout stands in, and what runs through each layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import Protocol


class Sized(Protocol):
    """A box as far as its size goes."""

    @property
    def width(self) -> float:
        """In pixels."""

    @property
    def height(self) -> float:
        """In pixels."""

    @property
    def beside(self) -> float:
        """Room to keep free on its right, in pixels."""


class Worded(Protocol):
    """A road as far as its thickness and words go."""

    @property
    def label_width(self) -> float:
        """Of its words, in pixels."""

    @property
    def label_height(self) -> float:
        """Of its words, in pixels."""

    @property
    def stroke(self) -> float:
        """Its thickness, in pixels."""


@dataclass(frozen=True)
class Graph:
    """Boxes by number and roads as (source, target, weight); start and end are -1 where there is none."""

    count: int
    edges: list[tuple[int, int, float]]
    start: int
    end: int


@dataclass(frozen=True)
class Flow:
    """The direction of each road, the main road, and each box's rank from the top.

    Attributes:
        back: for each road, whether it runs against the stream.
        main: the boxes of the main road, in order.
        rank: for each box, 0 at the top.
    """

    back: list[bool]
    main: list[int]
    rank: list[int]


@dataclass
class Net:
    """Boxes and the pieces of roads, one in each layer they pass; boxes come first in every list.

    Boxes stand in even layers, words in odd ones.

    Attributes:
        layer: of each item.
        left: half width to the left of each item's x, in pixels.
        right: the same to the right.
        high: height of each item, in pixels.
        above: for each item, the items it is tied to in the layer above.
        below: the same in the layer below.
        chain: for each road, its items from top to bottom, both boxes included.
        words: for each road, the item that carries its words; -1 for none.
        weight: of each road.
        back: for each road, whether it runs upwards.
        on_main: for each item, whether it belongs to the main road.
        main_edge: for each road, the same.
        stroke: thickness of each road, in pixels.
    """

    layer: list[int] = field(default_factory=list)
    left: list[float] = field(default_factory=list)
    right: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    above: list[list[int]] = field(default_factory=list)
    below: list[list[int]] = field(default_factory=list)
    chain: list[list[int]] = field(default_factory=list)
    words: list[int] = field(default_factory=list)
    weight: list[float] = field(default_factory=list)
    back: list[bool] = field(default_factory=list)
    on_main: list[bool] = field(default_factory=list)
    main_edge: list[bool] = field(default_factory=list)
    stroke: list[float] = field(default_factory=list)

    def add(self, layer: int, left: float, right: float, high: float, main: bool) -> int:
        """Add an item and return its number."""
        self.layer.append(layer)
        self.left.append(left)
        self.right.append(right)
        self.high.append(high)
        self.on_main.append(main)
        self.above.append([])
        self.below.append([])
        return len(self.layer) - 1


def layered(graph: Graph) -> Flow:
    """Return the main road, the roads that run back, and the rank of each box."""
    main = main_road(graph)
    back = _against(graph, main)
    stream = [
        (target, source, weight) if turned else (source, target, weight)
        for (source, target, weight), turned in zip(graph.edges, back, strict=True)
    ]
    rank = _ranks(graph, stream)
    return Flow(back, main, _tightened(stream, rank, set(main)))


def main_road(graph: Graph) -> list[int]:
    """Return the boxes of the widest road from start to end: its narrowest part is as wide as can be.

    Among roads equally wide the one that follows the heavier path at each fork is taken. Without a
    start or an end, the road begins at the heaviest path and follows the heaviest path out.
    """
    out: dict[int, list[tuple[float, int]]] = {}
    for source, target, weight in graph.edges:
        out.setdefault(source, []).append((-weight, target))
    for ways in out.values():
        ways.sort()
    if graph.start < 0 or graph.end < 0:
        heaviest = max(graph.edges, key=lambda edge: edge[2], default=(0, 0, 0.0))
        first = graph.start if graph.start >= 0 else heaviest[0]
        return _followed(out, first, None, 0.0) if graph.count else []
    for bottleneck in sorted({weight for _, _, weight in graph.edges}, reverse=True):
        if graph.end in _reached(out, graph.start, bottleneck, set()):
            return _followed(out, graph.start, graph.end, bottleneck)
    return _followed(out, graph.start, None, 0.0)


def _reached(out: dict[int, list[tuple[float, int]]], first: int, least: float, closed: set[int]) -> set[int]:
    seen, waiting = {first}, [first]
    while waiting:
        for weight, target in out.get(waiting.pop(), []):
            if -weight >= least and target not in seen and target not in closed:
                seen.add(target)
                waiting.append(target)
    return seen


def _followed(out: dict[int, list[tuple[float, int]]], first: int, last: int | None, least: float) -> list[int]:
    road = [first]
    while road[-1] != last:
        closed = set(road)
        steps = [box for weight, box in out.get(road[-1], []) if -weight >= least and box not in closed]
        if last is not None:
            steps = [box for box in steps if last in _reached(out, box, least, closed)]
        if not steps:
            break
        road.append(steps[0])
    return road


def _against(graph: Graph, main: list[int]) -> list[bool]:
    """Say which roads run back: each road, most telling first, that would close a circle.

    The main road comes first, then the roads by which every other box is first reached, then the
    rest from heavy to light.
    """
    out: dict[int, list[tuple[float, int]]] = {}
    back = [False] * len(graph.edges)
    for way in _telling(graph, main):
        source, target, _ = graph.edges[way]
        upward = source == graph.end or target == graph.start
        back[way] = upward or source in _reached(out, target, 0.0, set())
        if back[way]:
            source, target = target, source
        out.setdefault(source, []).append((0.0, target))
    return back


def _telling(graph: Graph, main: list[int]) -> list[int]:
    """Return the roads in the order in which they say where the stream runs."""
    heavy = sorted(range(len(graph.edges)), key=lambda way: (-graph.edges[way][2], graph.edges[way][:2]))
    pairs = set(pairwise(main))
    first = [way for way in heavy if graph.edges[way][:2] in pairs]
    leaving: dict[int, list[tuple[float, int, int]]] = {}
    for way in heavy:
        source, target, weight = graph.edges[way]
        leaving.setdefault(source, []).append((-weight, way, target))
    seen = set(main)
    front = [road for box in main for road in leaving.get(box, [])]
    heapify(front)
    while front:
        _, way, target = heappop(front)
        if target not in seen:
            seen.add(target)
            first.append(way)
            for road in leaving.get(target, []):
                heappush(front, road)
    known = set(first)
    return first + [way for way in heavy if way not in known]


def _ranks(graph: Graph, stream: list[tuple[int, int, float]]) -> list[int]:
    """Rank by the longest path from the top; the end stands below everything."""
    waits = [0] * graph.count
    out: list[list[int]] = [[] for _ in range(graph.count)]
    for source, target, _ in stream:
        out[source].append(target)
        waits[target] += 1
    rank = [0] * graph.count
    ready = [box for box in range(graph.count) if not waits[box]]
    for box in ready:
        for target in out[box]:
            rank[target] = max(rank[target], rank[box] + 1)
            waits[target] -= 1
            if not waits[target]:
                ready.append(target)
    if graph.end >= 0:
        others = [place for box, place in enumerate(rank) if box != graph.end]
        rank[graph.end] = max(others, default=-1) + 1
    return rank


def _tightened(stream: list[tuple[int, int, float]], rank: list[int], fixed: set[int]) -> list[int]:
    """Move boxes off the main road down to where their heavier paths lead, so that roads are short."""
    into: dict[int, list[tuple[int, float]]] = {}
    out: dict[int, list[tuple[int, float]]] = {}
    for source, target, weight in stream:
        into.setdefault(target, []).append((source, weight))
        out.setdefault(source, []).append((target, weight))
    for _ in range(3):
        for box in sorted(range(len(rank)), key=lambda box: -rank[box]):
            if box in fixed or box not in out:
                continue
            lowest = min(rank[target] for target, _ in out[box]) - 1
            leaving = sum(weight for _, weight in out[box])
            coming = sum(weight for _, weight in into.get(box, []))
            if lowest > rank[box] and leaving > coming:
                rank[box] = lowest
    return rank


def chains(graph: Graph, flow: Flow, nodes: Sequence[Sized], edges: Sequence[Worded]) -> Net:
    """Return the boxes and, for each road, one item in every layer that it passes."""
    net = Net(back=flow.back, weight=[weight for _, _, weight in graph.edges])
    main = set(flow.main)
    for box, node in enumerate(nodes):
        half = node.width / 2
        net.add(2 * flow.rank[box], half, half + node.beside, node.height, box in main)
    pairs = set(pairwise(flow.main))
    for (source, target, _), turned, edge in zip(graph.edges, flow.back, edges, strict=True):
        on_main = (source, target) in pairs and not turned
        top, bottom = (target, source) if turned else (source, target)
        _chain(net, top, bottom, edge, on_main)
    return net


def _chain(net: Net, top: int, bottom: int, edge: Worded, on_main: bool) -> None:
    """Add the items of one road; its words stand in the odd layer nearest its middle."""
    first, last = net.layer[top], net.layer[bottom]
    middle = (first + last) // 2
    worded = middle if middle % 2 else middle + (1 if on_main or middle + 1 < last else -1)
    items = [top]
    words = -1
    for layer in range(first + 1, last):
        half = max(edge.stroke, 2.0) / 2
        high = 0.0
        if layer == worded and edge.label_width:
            half, high, words = max(half, edge.label_width / 2), edge.label_height, len(net.layer)
        items.append(net.add(layer, half, half, high, on_main))
    items.append(bottom)
    for upper, lower in pairwise(items):
        net.below[upper].append(lower)
        net.above[lower].append(upper)
    net.chain.append(items)
    net.words.append(words)
    net.main_edge.append(on_main)
    net.stroke.append(edge.stroke)
