from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from outward.present.layout import Edge, Layout, Node, lay_out


def _boxes(*names: str) -> list[Node]:
    return [Node(name, 100, 40) for name in names]


def _edges(*roads: tuple[str, str, float]) -> list[Edge]:
    return [Edge(source, target, weight, 50, 30) for source, target, weight in roads]


LOOPED = _edges(("s", "a", 100), ("a", "b", 90), ("b", "e", 90), ("b", "a", 20), ("a", "d", 10), ("d", "e", 10))


def _large(count: int, roads: int) -> tuple[list[Node], list[Edge]]:
    rng = np.random.default_rng(1)
    pairs = {(str(one), str(one + 1)) for one in range(count - 1)}
    while len(pairs) < roads:
        one, other = rng.integers(0, count, 2)
        if one != other:
            pairs.add((str(one), str(other)))
    return [Node(str(one), 150, 50) for one in range(count)], [
        Edge(one, other, float(rng.integers(1, 1000)), 60, 30) for one, other in sorted(pairs)
    ]


def _apart(layout: Layout) -> bool:
    return all(
        abs(one.x - other.x) >= (one.width + other.width) / 2 or abs(one.y - other.y) >= (one.height + other.height) / 2
        for one, other in combinations(layout.nodes.values(), 2)
    )


def _words_apart(layout: Layout, width: float, height: float) -> bool:
    places = [route.label for route in layout.routes.values() if route.label]
    clear = all(
        abs(x - other_x) >= width or abs(y - other_y) >= height
        for (x, y), (other_x, other_y) in combinations(places, 2)
    )
    return clear and all(
        abs(x - node.x) >= (width + node.width) / 2 or abs(y - node.y) >= (height + node.height) / 2
        for x, y in places
        for node in layout.nodes.values()
    )


def test_the_main_road_is_the_widest_and_runs_straight_down() -> None:
    layout = lay_out(_boxes("s", "a", "b", "d", "e"), LOOPED, "s", "e")
    assert layout.main == ("s", "a", "b", "e")
    assert len({round(layout.nodes[name].x, 6) for name in layout.main}) == 1
    heights = [layout.nodes[name].y for name in layout.main]
    assert heights == sorted(heights)
    for one, other in pairwise(layout.main):
        assert len({round(x, 6) for x, _ in layout.routes[one, other].points}) == 1


def test_a_loop_runs_back_upwards_and_nothing_else_does() -> None:
    layout = lay_out(_boxes("s", "a", "b", "d", "e"), LOOPED, "s", "e")
    assert [pair for pair, route in layout.routes.items() if route.back] == [("b", "a")]
    for route in layout.routes.values():
        assert (route.points[-1][1] < route.points[0][1]) == route.back


def test_a_step_that_is_mostly_left_again_for_the_main_road_stands_below_where_it_is_entered() -> None:
    roads = _edges(("s", "a", 100), ("a", "e", 100), ("a", "fix", 30), ("fix", "a", 50))
    layout = lay_out(_boxes("s", "a", "fix", "e"), roads, "s", "e")
    assert layout.routes["fix", "a"].back
    assert not layout.routes["a", "fix"].back


def test_boxes_and_words_never_lie_on_each_other() -> None:
    boxes, roads = _large(25, 80)
    layout = lay_out(boxes, roads, "0", "24")
    assert _apart(layout)
    assert _words_apart(layout, 60, 30)


def test_everything_lies_within_the_picture() -> None:
    boxes, roads = _large(25, 80)
    layout = lay_out(boxes, roads, "0", "24")
    for place in layout.nodes.values():
        assert place.width / 2 <= place.x + 1e-6
        assert place.x <= layout.width - place.width / 2 + 1e-6
        assert place.y <= layout.height
    for route in layout.routes.values():
        assert all(-1e-6 <= x <= layout.width + 1e-6 and 0 <= y <= layout.height for x, y in route.points)


def test_the_same_input_gives_the_same_picture() -> None:
    boxes, roads = _large(30, 90)
    assert lay_out(boxes, roads, "0", "29") == lay_out(boxes, roads, "0", "29")


def test_a_picture_without_start_end_or_roads_can_be_laid_out() -> None:
    assert lay_out([], []).nodes == {}
    assert _apart(lay_out(_boxes("a", "b", "c"), []))
    assert lay_out(_boxes("a", "b"), _edges(("a", "b", 1), ("b", "a", 2), ("a", "nowhere", 9))).main == (
        "b",
        "a",
    )


@settings(max_examples=60, deadline=None)
@given(
    st.integers(2, 9).flatmap(
        lambda count: st.tuples(
            st.just(count),
            st.dictionaries(
                st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)),
                st.integers(0, 50),
                max_size=25,
            ),
        )
    )
)
def test_any_graph_is_laid_out_without_overlap(made: tuple[int, dict[tuple[int, int], int]]) -> None:
    count, weights = made
    roads = _edges(*((str(one), str(other), float(weight)) for (one, other), weight in weights.items()))
    layout = lay_out(_boxes(*(str(one) for one in range(count))), roads, "0", str(count - 1))
    assert set(layout.routes) == {(str(one), str(other)) for one, other in weights if one != other}
    assert _apart(layout)
    assert _words_apart(layout, 50, 30)
