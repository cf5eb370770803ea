"""D1.4: who owns which need."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.made_workspaces import made_workspace

from outward.asking import ask
from outward.checks.checking import check
from outward.present.matrix import matrix_html
from outward.present.words import sentence
from outward.workspace.contents import Workspace

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
    found = {row["need"]: (row["owned"], row["bodies"], row["contradiction"]) for row in answer.tables["needs"].rows()}
    assert found == {
        "Heard": ("not said", "not said", "all fits"),
        "Odd": ("contradicts itself", "Moj", "said to be nobody's, and 1 body is named"),
        "One place": ("nobody's", "nobody", "all fits"),
        "Joined": ("shared", "Dwp; Moj", "all fits"),
        "Clear": ("one body's", "Dwp", "all fits"),
    }
    assert next(iter(found)) == "Heard"
    assert sentence(answer, answer.sentence) == (
        "Of 5 needs and concerns 1 is one body's, 1 is shared, 1 is nobody's, 1 contradicts itself and of 1 nobody "
        "says."
    )


def test_where_of_every_need_somebody_says_it_is_not_said() -> None:
    answer = ask("D1.4", made_workspace(**{**SMALL, "need": SMALL["need"][:3]}))
    assert sentence(answer, answer.sentence) == (
        "Of 3 needs and concerns 1 is one body's, 1 is shared and 1 is nobody's."
    )


GROUPS_OF_SMALL = {"All": [5, 1, 1, 1, 1, 1], "Young": [3, 1, 1, 1, 0, 0], "Old": [3, 1, 0, 0, 1, 1]}
COUNTS = ("needs", "owned", "shared", "nobodys", "contradicting", "not_said")


def test_a_group_has_its_own_needs_and_those_of_groups_around_and_inside_it() -> None:
    table = ask("D1.4", made_workspace(**SMALL)).tables["groups"]
    assert {row["group"]: [row[name] for name in COUNTS] for row in table.rows()} == GROUPS_OF_SMALL


@pytest.mark.parametrize("group", ["all", "young", "old"])
def test_a_group_that_is_chosen_is_counted_as_its_row_is(group: str) -> None:
    workspace = made_workspace(**SMALL)
    answer = ask("D1.4", workspace, group=group)
    (summary,) = answer.tables["summary"].rows()
    (row,) = (one for one in answer.tables["groups"].rows() if one["group"] == group.title())
    assert [summary[name] for name in COUNTS] == [row[name] for name in COUNTS] == GROUPS_OF_SMALL[group.title()]
    assert ask("O2.1", workspace, group=group).tables["summary"].values["needs"] == (summary["needs"],)


def test_a_group_is_shown_with_the_groups_that_share_people_with_it() -> None:
    answer = ask("D1.4", made_workspace(**SMALL), group="young")
    assert set(answer.tables["needs"].values["need"]) == {"Clear", "One place", "Joined"}
    assert answer.tables["groups"].values["group"] == ("All", "Young")
    assert answer.parameters["group"] == "young"


def test_each_body_is_told_with_what_it_owns_and_whoever_owns_nothing_is_seen() -> None:
    small = {**SMALL, "body": [*BODIES, {"id": "nhs", "type": "agency"}]}
    small["need"] = [*SMALL["need"], {"id": "seen", "groups": ["all"], "owned_by": ["dwp"], "importance": "high"}]
    answer = ask("D1.4", made_workspace(**small))
    assert [tuple(row.values()) for row in answer.tables["bodies"].rows()] == [
        ("Dwp", 3, 2, 1, 1, "no", 0),
        ("Moj", 1, 0, 1, 0, "no", 1),
        ("Nhs", 0, 0, 0, 0, "yes", 0),
    ]
    assert sentence(answer, answer.sentence).endswith("of 1 nobody says. 1 body owns none of them.")


def test_the_grid_has_words_in_every_cell_and_marks_what_has_no_clear_owner() -> None:
    answer = ask("D1.4", made_workspace(**SMALL))
    (picture,) = answer.pictures
    drawn = matrix_html(answer, picture)  # type: ignore[arg-type]
    heads = [one.split("</th>")[0] for one in drawn.split("</thead>")[0].split('<th scope="col" class="')[1:]]
    assert [one.split(">")[1] for one in heads] == ["Need or concern", "Whose it is", "Dwp", "Moj"]
    assert drawn.count("outward-hole") == 3
    assert drawn.count("outward-depth-0") == 5 * 3 - 3
    assert "<strong>nobody&#x27;s</strong></td>" in drawn
    assert '"></td>' not in drawn


def test_a_grid_too_large_to_take_in_is_not_drawn_and_its_table_holds_the_parts_alone() -> None:
    needs = [{"id": f"n{n}", "groups": ["all"], "owned_by": ["dwp"]} for n in range(667)]
    answer = ask("D1.4", made_workspace(body=BODIES, group=GROUPS, need=needs))
    assert answer.pictures == ()
    assert len(answer.tables["cells"]) == 2 * 667
    assert "too many needs and bodies" in " ".join(sentence(answer, one) for one in answer.caveats)
    assert len(ask("D1.4", made_workspace(body=BODIES, group=GROUPS, need=needs[:-1])).pictures) == 1


def test_a_body_that_is_named_twice_counts_once() -> None:
    needs = [{"id": "a", "groups": ["all"], "ownership": "shared", "owned_by": ["dwp", "dwp"]}]
    needs += [{"id": "b", "groups": ["all"], "owned_by": ["moj", "moj"]}]
    workspace = made_workspace(body=BODIES, group=GROUPS, need=needs)
    answer = ask("D1.4", workspace)
    assert answer.tables["needs"].values["owned"] == ("contradicts itself", "one body's")
    assert answer.tables["needs"].values["bodies"] == ("Dwp", "Moj")
    assert said(workspace, "U207") == ["Need 'A' is said to be shared, and 1 body is named."]
    assert said(workspace, "U206") == ["Whose need 'B' is, is not said outright; 1 body is named."]


def said(workspace: Workspace, code: str) -> list[str]:
    return [one.said for one in check(workspace, date.max).found if one.rule.code == code]


STATES = ["owned", "shared", "nobody's", ""]


@given(st.lists(st.tuples(st.sampled_from(STATES), st.lists(st.sampled_from(["dwp", "moj"]), max_size=3)), max_size=8))
def test_every_need_is_counted_once_and_the_checks_count_as_the_question_does(
    given_needs: list[tuple[str, list[str]]],
) -> None:
    needs = [
        {"id": f"n{n}", "groups": ["all"], **({"ownership": state} if state else {}), "owned_by": bodies}
        for n, (state, bodies) in enumerate(given_needs)
    ]
    workspace = made_workspace(body=BODIES, group=GROUPS, need=needs)
    answer = ask("D1.4", workspace)
    (found,) = answer.tables["summary"].rows()
    parts = [int(found[name] or 0) for name in ("owned", "shared", "nobodys", "contradicting", "not_said")]
    assert len(said(workspace, "U205")) == found["nobodys"]
    assert len(said(workspace, "U207")) == found["contradicting"]
    assert sum("outright" not in one for one in said(workspace, "U206")) == found["not_said"]
    bodies = list(answer.tables["bodies"].rows())
    assert sum(int(row["alone"] or 0) for row in bodies) == found["owned"]
    assert sum(int(row["shared"] or 0) for row in bodies) == 2 * int(found["shared"] or 0)
    assert sum(row["nothing"] == "yes" for row in bodies) == found["idle"]
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
    assert (answer.tables["needs"].values["contradiction"] == ("all fits",)) is fits
    assert answer.tables["summary"].values["contradicting"] == (int(not fits),)
