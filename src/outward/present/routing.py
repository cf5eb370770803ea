"""How tall each layer is, and the points that each road passes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from outward.present.layers import Net, Sized

LEAST_GAP, MOST_GAP = 24.0, 60.0  # between layers, in pixels
PORT = 4.0  # between two arrow heads at one side of a box, in pixels

Points = list[tuple[float, float]]


@dataclass(frozen=True)
class Heights:
    """For each layer its top, middle and bottom; and the whole height. All in pixels."""

    top: list[float]
    middle: list[float]
    bottom: list[float]
    height: float


def down(net: Net, x: list[float]) -> Heights:
    """Return where each layer stands; wide bends get a taller gap to bend in."""
    layers = max(net.layer, default=-1) + 1
    high, widest = [0.0] * layers, [0.0] * layers
    for item, layer in enumerate(net.layer):
        high[layer] = max(high[layer], net.high[item])
        for other in net.below[item]:
            widest[layer] = max(widest[layer], abs(x[item] - x[other]))
    top, middle, bottom, y = [], [], [], 0.0
    for layer in range(layers):
        top.append(y)
        middle.append(y + high[layer] / 2)
        bottom.append(y + high[layer])
        y = bottom[-1] + min(MOST_GAP, LEAST_GAP + widest[layer] / 9)
    return Heights(top, middle, bottom, bottom[-1] if bottom else 0.0)


def routed(
    net: Net, x: list[float], y: Heights, nodes: Sequence[Sized]
) -> list[tuple[Points, tuple[float, float] | None, bool, bool]]:
    """Return for each road its points, the centre of its words, whether it runs back, whether it is main."""
    leaving, reaching = _ports(net, x, nodes, below=True), _ports(net, x, nodes, below=False)
    routes = []
    for road, items in enumerate(net.chain):
        first, last = items[0], items[-1]
        points: Points = [(x[first] + leaving[road], y.middle[net.layer[first]] + nodes[first].height / 2)]
        for item in items[1:-1]:
            layer = net.layer[item]
            points += [(x[item], y.top[layer]), (x[item], y.bottom[layer])]
        points.append((x[last] + reaching[road], y.middle[net.layer[last]] - nodes[last].height / 2))
        if net.back[road]:
            points.reverse()
        words = net.words[road]
        label = (x[words], y.middle[net.layer[words]]) if words >= 0 else None
        routes.append((points, label, net.back[road], net.main_edge[road]))
    return routes


def head_size(stroke: float) -> tuple[float, float]:
    """Return how long and how wide the arrow head of a road of this thickness is, in pixels."""
    return 6 + stroke * 0.5, 6 + stroke * 1.25


def _ports(net: Net, x: list[float], nodes: Sequence[Sized], below: bool) -> dict[int, float]:
    """Return for each road how far from its box's middle it leaves (or reaches) it."""
    at: dict[int, list[tuple[float, float, int]]] = {}
    for road, items in enumerate(net.chain):
        box, following = (items[0], items[1]) if below else (items[-1], items[-2])
        at.setdefault(box, []).append((x[following], -net.weight[road], road))
    ports: dict[int, float] = {}
    for box, roads in at.items():
        roads.sort()
        ports.update(_spread(net, x[box], nodes[box].width / 2 - 10, roads))
    return ports


def _spread(net: Net, middle: float, room: float, roads: list[tuple[float, float, int]]) -> dict[int, float]:
    """Return the ports of one side of a box: the road straight ahead in the middle, or all around it."""
    places, edge = [0.0], 0.0
    for (_, _, one), (_, _, other) in pairwise(roads):
        edge += (head_size(net.stroke[one])[1] + head_size(net.stroke[other])[1]) / 2 + PORT
        places.append(edge)
    straight = [place for place, (far, _, _) in enumerate(roads) if abs(far - middle) < 1]
    straight.sort(key=lambda place: (not net.main_edge[roads[place][2]], roads[place][1]))
    axis = places[straight[0]] if straight else places[-1] / 2
    reach = max(axis, places[-1] - axis)
    squeeze = min(1.0, room / reach) if reach else 1.0
    return {road: (place - axis) * squeeze for place, (_, _, road) in zip(places, roads, strict=True)}
