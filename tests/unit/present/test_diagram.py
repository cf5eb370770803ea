"""A diagram: things in columns, ties between them, what hangs loose; and the layout from left to right."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.made_workspaces import made_workspace

from outward.answers import Diagram
from outward.asking import ask
from outward.disclosure.released import ReleasedAnswer
from outward.present.diagram import diagram_svg
from outward.present.files import answer_file
from outward.present.layout import Edge, Layout, Node, in_columns

SVG = "{http://www.w3.org/2000/svg}"
LONG = "A need that takes very many words to say, more than anybody would want to read in a box"
TWO: dict[str, Any] = {
    "group": [{"id": "all"}],
    "need": [{"id": "clear", "title": "Clear <b>letters</b> & calls", "groups": ["all"]}],
    "measure": [{"id": "read", "needs": ["clear"]}, {"id": "calls"}],
    "objective": [{"id": "save", "measures": ["read"], "outcome": "secure"}],
    "reward": [{"id": "bonus", "measures": ["calls"]}],
    "outcome": [{"id": "secure"}],
}


def answered(**records: Any) -> ReleasedAnswer:
    return ask("O2.1", made_workspace(**(records or TWO)))


def drawn(answer: ReleasedAnswer, **how: Any) -> str:
    (picture,) = answer.pictures
    assert isinstance(picture, Diagram)
    return diagram_svg(answer, picture, **how)


def test_it_is_well_made_named_and_told_in_words() -> None:
    root = ElementTree.fromstring(drawn(answered(), name="sight"))
    assert (root.get("role"), root.get("aria-labelledby"), root.get("aria-describedby")) == (
        *("img", "sight-title", "sight-about"),
    )
    named = {one.get("id"): one.text for one in root.iter() if one.get("id")}
    assert named["sight-title"] == "From what customers need to what is reached"
    assert named["sight-about"] == (
        "Columns from left to right: 1 under 'Needs and concerns', 2 under 'Measures', 2 under 'Objectives and "
        "rewards', 1 under 'Outcomes'. Ties between them: 4. Hanging loose: 2. The tables hold every one."
    )


def test_nothing_in_it_runs_or_is_styled_inline() -> None:
    text = drawn(answered())
    assert "style=" not in text
    assert "<script" not in text
    assert "<b>" not in text
    assert "Clear &lt;b&gt;letters&lt;/b&gt; &amp; calls" in text


def test_what_hangs_loose_is_marked_by_edge_sign_and_words() -> None:
    text = drawn(answered())
    assert text.count("stroke-dasharray") == 2
    assert text.count("l5.5 -10l5.5 10Z") == 3  # two things, and the key
    assert "serves no need" in text
    assert "for what no customer asked for" in " ".join(re.findall(r">([^<]+)</text>", text))
    assert "hangs loose: what it lacks stands beside the mark" in text
    assert "hangs loose" not in drawn(answered(**{**TWO, "measure": TWO["measure"][:1], "reward": []}))


def test_what_it_is_stands_above_the_name_where_a_column_holds_several_kinds() -> None:
    text = drawn(answered())
    assert ">Reward</text>" in text
    assert ">Objective</text>" in text
    assert ">Measure</text>" not in text


def test_long_names_are_wrapped_and_whole_in_the_tool_tip() -> None:
    text = drawn(answered(group=[{"id": "all"}], need=[{"id": "long", "title": LONG, "groups": ["all"]}]))
    assert f"<title>need or concern: {LONG}</title>" in text
    assert "…" in text
    assert max(len(one.text or "") for one in ElementTree.fromstring(text).iter(f"{SVG}text")) < 60


def test_made_up_records_are_stamped_on_it() -> None:
    answer = ask("O2.1", made_workspace({"made_up": True}, **TWO))
    assert "Made-up data</text>" in drawn(answer)


@pytest.mark.parametrize("suffix", [".svg", ".html"])
def test_it_is_in_the_files_of_the_answer(suffix: str) -> None:
    assert 'class="outward-diagram"' in answer_file(answered(), suffix)


@st.composite
def webs(draw: st.DrawFn) -> tuple[list[Node], list[Edge], dict[str, int]]:
    """Boxes in up to four columns, and roads between them that run to the right."""
    number = draw(st.integers(1, 14))
    column = {str(n): draw(st.integers(0, 3)) for n in range(number)}
    nodes = [Node(str(n), 168, draw(st.sampled_from([30.0, 60.0, 90.0]))) for n in range(number)]
    ways = [(one, other) for one in column for other in column if column[one] < column[other]]
    chosen = draw(st.lists(st.sampled_from(ways), unique=True)) if ways else []
    return nodes, [Edge(one, other, 1) for one, other in chosen], column


def laid(web: tuple[list[Node], list[Edge], dict[str, int]]) -> Layout:
    return in_columns(*web)


@given(webs())
def test_boxes_stand_in_their_columns_and_never_on_each_other(web: tuple[Any, Any, dict[str, int]]) -> None:
    placed, column = laid(web), web[2]
    for (one, here), (other, there) in combinations(placed.nodes.items(), 2):
        if column[one] == column[other]:
            assert here.x == there.x
            assert abs(here.y - there.y) >= (here.height + there.height) / 2
        else:
            assert (here.x < there.x) == (column[one] < column[other])
    for place in placed.nodes.values():
        assert place.x - place.width / 2 >= -0.01
        assert place.y - place.height / 2 >= -0.01
        assert place.x + place.width / 2 <= placed.width + 0.01
        assert place.y + place.height / 2 <= placed.height + 0.01


@given(webs())
def test_every_road_runs_from_the_right_of_one_box_to_the_left_of_another(web: tuple[Any, list[Edge], Any]) -> None:
    placed = laid(web)
    assert set(placed.routes) == {(edge.source, edge.target) for edge in web[1]}
    for (source, target), route in placed.routes.items():
        first, last = placed.nodes[source], placed.nodes[target]
        assert route.points[0][0] == pytest.approx(first.x + first.width / 2)
        assert route.points[-1][0] == pytest.approx(last.x - last.width / 2)
        assert abs(route.points[0][1] - first.y) <= first.height / 2
        assert [x for x, _ in route.points] == sorted(x for x, _ in route.points)


@given(webs())
def test_the_same_input_gives_the_same_picture(web: tuple[Any, Any, Any]) -> None:
    assert laid(web) == laid(web)
