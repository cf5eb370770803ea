"""Where the steps and paths of a map or blueprint stand, or the things of a diagram: a layered layout.

Layers by longest path with the main road first (Sugiyama and others 1981), loops drawn against the
stream, few crossings by barycentre sweeps, straight roads by blocks (after Brandes and Köpf 2001).
A map runs from top to bottom, with the main road as one straight line at x = 0. Each road's words have
a place of their own in the rows between the steps, so that words never lie on steps or on other words.
A diagram runs from left to right, without a main road.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from outward.present.layers import Flow, Graph, chains, layered
from outward.present.ordering import ordered
from outward.present.placing import across
from outward.present.routing import down, routed


@dataclass(frozen=True)
class Node:
    """A box to place.

    Attributes:
        id: its name, unlike any other.
        width: in pixels.
        height: in pixels.
        beside: room to keep free on its right, for a loop onto itself.
    """

    id: str
    width: float
    height: float
    beside: float = 0.0


@dataclass(frozen=True)
class Edge:
    """A road between two boxes.

    Attributes:
        source: the box it leaves.
        target: the box it reaches.
        weight: how much goes along it; heavier roads are straighter.
        label_width: of its words, in pixels; 0 for none.
        label_height: of its words, in pixels.
        stroke: its thickness, in pixels.
    """

    source: str
    target: str
    weight: float
    label_width: float = 0.0
    label_height: float = 0.0
    stroke: float = 2.0


@dataclass(frozen=True)
class Place:
    """Where a box stands: its centre and size, in pixels."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Route:
    """How a road runs: vertical at every point, with a bend between two points where x differs.

    Attributes:
        points: from the source's edge to the target's, in pixels.
        label: the centre of its words; None where it has none.
        back: whether it runs upwards, against the stream.
        main: whether it belongs to the main road.
    """

    points: tuple[tuple[float, float], ...]
    label: tuple[float, float] | None
    back: bool
    main: bool


@dataclass(frozen=True)
class Layout:
    """A placed picture; x and y start at 0.

    Attributes:
        nodes: box to its place.
        routes: (source, target) to its route; loops of a box onto itself are not among them.
        main: the boxes of the main road, in order.
        width: in pixels.
        height: in pixels.
    """

    nodes: Mapping[str, Place]
    routes: Mapping[tuple[str, str], Route]
    main: tuple[str, ...]
    width: float
    height: float


def lay_out(nodes: Sequence[Node], edges: Iterable[Edge], start: str = "", end: str = "") -> Layout:
    """Return where these boxes and roads stand, from top to bottom; the same input, the same picture.

    Args:
        nodes: the boxes; ids must differ.
        edges: the roads, at most one for each (source, target); roads to unknown boxes and loops of
            a box onto itself are left out.
        start: the box on top; '' where there is none.
        end: the box at the bottom; '' where there is none.

    >>> placed = lay_out([Node("a", 80, 30), Node("b", 80, 30)], [Edge("a", "b", 5)], "a", "b")
    >>> placed.nodes["a"].x == placed.nodes["b"].x, placed.nodes["a"].y < placed.nodes["b"].y
    (True, True)
    """
    number = {node.id: place for place, node in enumerate(nodes)}
    kept = [edge for edge in edges if edge.source in number and edge.target in number and edge.source != edge.target]
    graph = Graph(
        count=len(nodes),
        edges=[(number[edge.source], number[edge.target], edge.weight) for edge in kept],
        start=number.get(start, -1),
        end=number.get(end, -1),
    )
    return _laid(graph, layered(graph), nodes, kept)


def in_columns(nodes: Sequence[Node], edges: Iterable[Edge], column: Mapping[str, int]) -> Layout:
    """Return where these boxes and roads stand in columns from left to right; the same input, the same picture.

    Roads are horizontal at every point, and there is no main road.

    Args:
        nodes: the boxes; in a column they stand in this order as far as their roads let them.
        edges: the roads, each from a column to one further right; others are left out.
        column: the column of each box, 0 for the one on the left.

    >>> placed = in_columns([Node("a", 80, 30), Node("b", 80, 30)], [Edge("a", "b", 1)], {"a": 0, "b": 1})
    >>> placed.nodes["a"].y == placed.nodes["b"].y, placed.nodes["a"].x < placed.nodes["b"].x
    (True, True)
    """
    number = {node.id: place for place, node in enumerate(nodes)}
    kept = [edge for edge in edges if column.get(edge.source, 0) < column.get(edge.target, 0)]
    graph = Graph(len(nodes), [(number[one.source], number[one.target], one.weight) for one in kept], -1, -1)
    flow = Flow([False] * len(kept), [], [column[node.id] for node in nodes])
    lying = [Node(node.id, node.height, node.width) for node in nodes]
    return _turned(_laid(graph, flow, lying, kept, one_side=True))


def _turned(layout: Layout) -> Layout:
    """Return a layout from top to bottom as one from left to right."""
    return Layout(
        nodes={id: Place(one.y, one.x, one.height, one.width) for id, one in layout.nodes.items()},
        routes={
            ends: replace(one, points=tuple((x, y) for y, x in one.points), label=None)
            for ends, one in layout.routes.items()
        },
        main=(),
        width=layout.height,
        height=layout.width,
    )


def _laid(graph: Graph, flow: Flow, nodes: Sequence[Node], kept: Sequence[Edge], *, one_side: bool = False) -> Layout:
    """Return where boxes and roads stand once the layer of each box is known."""
    net = chains(graph, flow, nodes, kept)
    rows = ordered(net, one_side=one_side)
    x = across(net, rows)
    y = down(net, x)
    routes = routed(net, x, y, nodes)
    shift = min((x[item] - net.left[item] for item in range(len(net.layer))), default=0.0)
    places = {
        node.id: Place(x[place] - shift, y.middle[net.layer[place]], node.width, node.height)
        for place, node in enumerate(nodes)
    }
    width = max((x[item] + net.right[item] for item in range(len(net.layer))), default=0.0) - shift
    return Layout(
        nodes=places,
        routes={
            (edge.source, edge.target): Route(
                points=tuple((px - shift, py) for px, py in points),
                label=(label[0] - shift, label[1]) if label else None,
                back=back,
                main=main,
            )
            for edge, (points, label, back, main) in zip(kept, routes, strict=True)
        },
        main=tuple(nodes[item].id for item in flow.main),
        width=width,
        height=y.height,
    )
