"""D1.4: who owns which need."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.made_workspaces import made_workspace

from outward.asking import ask
from outward.present.matrix import matrix_html
from outward.present.words import sentence

BODIES = [{"id": "dwp", "type": "department"}, {"id": "moj", "type": "department"}]
GROUPS = [{"id": "all"}, {"id": "young", "parent": "all"}, {"id": "old", "parent": "all"}]
SMALL: dict[str, Any] = {
    "body": BODIES,
    "group": GROUPS,
    "need": [
        {"id": "clear", "groups": ["all"], "owned_by": ["dwp"], "owned_ground": "Pensions Act"},
        {"id": "one-place", "groups": ["young"], "ownership": "nobody's"},
        {"id": "joined", "groups": ["young"], "owned_by": ["dwp", "moj"]},
        {"id": "heard", "groups": ["old"]},
        {"id": "odd", "groups": ["old"], "ownership": "nobody's", "owned_by": ["moj"]},
    ],
}


def test_each_need_is_one_bodys_shared_nobodys_or_not_said() -> None:
    answer = ask("D1.4", made_workspace(**SMALL))
    found = {row["need"]: (row["owned"], row["bodies"], row["at_odds"]) for row in answer.tables["needs"].rows()}
    assert found == {
        "Heard": ("not said", "not said", "all fits"),
        "Odd": ("nobody's", "Moj", "said to be nobody's, and yet a body is named"),
        "One place": ("nobody's", "nobody", "all fits"),
        "Joined": ("shared", "Dwp; Moj", "all fits"),
        "Clear": ("owned", "Dwp", "all fits"),
    }
    assert next(iter(found)) == "Heard"
    assert sentence(answer, answer.sentence) == (
        "Of 5 needs and concerns 1 is one body's, 1 is shared, 2 are nobody's, and of 1 nobody says."
    )


def test_where_of_every_need_somebody_says_it_is_not_said() -> None:
    answer = ask("D1.4", made_workspace(**{**SMALL, "need": SMALL["need"][:3]}))
    assert sentence(answer, answer.sentence) == (
        "Of 3 needs and concerns 1 is one body's, 1 is shared and 1 is nobody's."
    )


def test_a_group_has_its_own_needs_and_those_of_groups_around_it() -> None:
    table = ask("D1.4", made_workspace(**SMALL)).tables["groups"]
    counted = {
        row["group"]: [row[name] for name in ("needs", "owned", "shared", "nobodys", "not_said")]
        for row in table.rows()
    }
    assert counted == {"All": [1, 1, 0, 0, 0], "Young": [3, 1, 1, 1, 0], "Old": [3, 1, 0, 1, 1]}


def test_a_group_can_be_chosen() -> None:
    answer = ask("D1.4", made_workspace(**SMALL), group="young")
    assert set(answer.tables["needs"].values["need"]) == {"Clear", "One place", "Joined"}
    assert answer.tables["groups"].values["group"] == ("All", "Young")
    assert answer.parameters["group"] == "young"


def test_the_picture_leaves_cells_empty_and_marks_what_nobody_owns() -> None:
    answer = ask("D1.4", made_workspace(**SMALL))
    (picture,) = answer.pictures
    drawn = matrix_html(answer, picture)  # type: ignore[arg-type]
    heads = drawn.split("</thead>")[0]
    assert [heads.index(f">{one}<") for one in ("Dwp", "Moj", "Nobody", "Not said")] == sorted(
        heads.index(f">{one}<") for one in ("Dwp", "Moj", "Nobody", "Not said")
    )
    assert drawn.count("outward-hole") == 3
    assert "<strong>nobody&#x27;s</strong></td>" in drawn


STATES = ["owned", "shared", "nobody's", ""]


@given(st.lists(st.tuples(st.sampled_from(STATES), st.lists(st.sampled_from(["dwp", "moj"]), unique=True)), max_size=8))
def test_every_need_is_counted_once_and_counts_add_up(given_needs: list[tuple[str, list[str]]]) -> None:
    needs = [
        {"id": f"n{n}", "groups": ["all"], **({"ownership": state} if state else {}), "owned_by": bodies}
        for n, (state, bodies) in enumerate(given_needs)
    ]
    answer = ask("D1.4", made_workspace(body=BODIES, group=GROUPS, need=needs))
    (found,) = answer.tables["summary"].rows()
    parts = [int(found[name] or 0) for name in ("owned", "shared", "nobodys", "not_said")]
    assert sum(parts) == found["needs"] == len(needs) == len(answer.tables["needs"])
    for row in answer.tables["groups"].rows():
        assert row["needs"] == len(needs)


@pytest.mark.parametrize(
    ("state", "bodies", "fits"),
    [
        ("owned", ["dwp"], True),
        ("owned", [], False),
        ("owned", ["dwp", "moj"], False),
        ("shared", ["dwp"], False),
        ("shared", ["dwp", "moj"], True),
        ("nobody's", [], True),
        ("nobody's", ["moj"], False),
        ("", [], True),
    ],
)
def test_what_does_not_fit_is_said(state: str, bodies: list[str], fits: bool) -> None:
    need = {"id": "n", "groups": ["all"], **({"ownership": state} if state else {}), "owned_by": bodies}
    answer = ask("D1.4", made_workspace(body=BODIES, group=GROUPS, need=[need]))
    assert (answer.tables["needs"].values["at_odds"] == ("all fits",)) is fits
    assert answer.tables["summary"].values["at_odds"] == (int(not fits),)
