"""D1.1: groups against principles and objectives, and the holes."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.made_workspaces import made_workspace, shuffled
from tests.reference.records import holds

from outward.asking import ask
from outward.disclosure.released import ReleasedAnswer
from outward.present.matrix import matrix_html
from outward.present.words import sentence
from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Group
from outward.workspace.kinds.delivery import Principle
from outward.workspace.meaning.inheritance import held_by, inside

PENSIONS: dict[str, Any] = {
    "group": [
        {"id": "pensioners"},
        {"id": "future", "size": 4000},
        {"id": "under-16", "parent": "future", "size": 1200},
        {"id": "self-employed", "parent": "future", "size": 7},
    ],
    "principle": [
        {"id": "dignity", "groups": ["pensioners", "future"]},
        {"id": "individuality", "groups": ["self-employed"]},
        {"id": "spare"},
    ],
    "finding": [{"id": "letters"}],
    "objective": [
        {"id": "learn", "type": "learn", "group": "under-16", "target_date": "2026-06-30", "owner": "Head of research"},
        {"id": "save", "group": "self-employed", "target": 40, "findings": ["letters"]},
        {"id": "loose", "owner": "Director"},
    ],
}


def cells(answer: ReleasedAnswer) -> dict[tuple[str, str], str]:
    table = answer.tables["cells"]
    return {
        (str(row["group"]), str(row["matter"])): f"{row['found']}{' (hole)' if row['hole'] == 'yes' else ''}"
        for row in table.rows()
    }


def test_each_cell_says_what_holds_and_where_it_comes_from() -> None:
    found = cells(ask("D1.1", made_workspace(**PENSIONS)))
    assert len(found) == 4 * (3 + 2 + 3)
    assert {matter: said for (group, matter), said in found.items() if group == "Self employed"} == {
        "Dignity": "from 'Future'",
        "Individuality": "holds",
        "Spare": "does not hold",
        "To learn": "none",
        "To achieve": "1",
        "With a target": "1 of 1",
        "With an owner": "0 of 1, 1 without (hole)",
        "With evidence": "1 of 1",
    }
    assert found["Future", "To learn"] == "none; 1 for groups inside it"
    assert found["Pensioners", "To learn"] == "none (hole)"
    assert found["Under 16", "With evidence"] == "1 of 1"


def test_the_holes_are_listed_and_counted() -> None:
    answer = ask("D1.1", made_workspace(**PENSIONS))
    holes = [(row["title"], row["hole"]) for row in answer.tables["holes"].rows()]
    assert holes == [
        ("Pensioners", "no objective is set for it"),
        ("Save", "nobody answers for it"),
        ("Loose", "it is for no group"),
        ("Loose", "it has no target"),
        ("Loose", "it rests on no finding"),
        ("Spare", "it names no group for which it holds"),
    ]
    (summary,) = answer.tables["summary"].rows()
    assert summary == {
        "groups": 4,
        "principles": 3,
        "objectives": 3,
        "holes": 6,
        "no_principle": 0,
        "no_objective": 1,
        "incomplete": 2,
    }
    assert sentence(answer, answer.sentence) == (
        "6 holes in what is promised to 4 groups: 0 without a principle, 1 without an objective; 2 objectives lack a "
        "target, an owner, evidence or a group."
    )


def test_sizes_are_people_and_leave_through_release() -> None:
    table = ask("D1.1", made_workspace(**PENSIONS)).tables["groups"]
    sizes = dict(zip(table.values["group"], zip(table.values["size"], table.marks["size"], strict=True), strict=True))
    assert sizes == {
        "Pensioners": (None, "x"),
        "Future": (4000, None),
        "Under 16": (1200, None),
        "Self employed": (None, "c"),
    }


def test_without_a_hole_it_says_so_and_without_groups_too() -> None:
    whole = {"id": "o", "group": "a", "target": 1, "owner": "Director", "findings": ["f"]}
    full = made_workspace(
        group=[{"id": "a"}], principle=[{"id": "p", "groups": ["a"]}], objective=[whole], finding=[{"id": "f"}]
    )
    answer = ask("D1.1", full)
    assert sentence(answer, answer.sentence) == (
        "Every one of 1 group has a principle and an objective, without a hole."
    )
    empty = ask("D1.1", made_workspace())
    assert sentence(empty, empty.sentence).startswith("No customer group is written down yet")
    assert empty.pictures == ()


def test_the_picture_marks_holes_by_word_and_leaves_no_cell_out() -> None:
    answer = ask("D1.1", made_workspace(**PENSIONS))
    (picture,) = answer.pictures
    drawn = matrix_html(answer, picture)  # type: ignore[arg-type]
    assert drawn.count('<td class="govuk-table__cell') == 4 * 8
    assert "△ </span><strong>0 of 1, 1 without</strong></td>" in drawn
    assert "△ </span><strong>none</strong></td>" in drawn


def test_groups_of_one_title_are_told_apart() -> None:
    twins = made_workspace(group=[{"id": "a", "title": "Young"}, {"id": "b", "title": "Young"}])
    assert ask("D1.1", twins).tables["groups"].values["group"] == ("Young (a)", "Young (b)")


@st.composite
def trees(draw: st.DrawFn) -> Workspace:
    """Groups inside groups, and principles for some of them, in any order."""
    number = draw(st.integers(1, 8))
    groups = [
        {"id": f"g{n}", **({"parent": f"g{draw(st.integers(0, n - 1))}"} if n and draw(st.booleans()) else {})}
        for n in range(number)
    ]
    names = st.lists(st.sampled_from([group["id"] for group in groups]), unique=True)
    principles = [{"id": f"p{n}", "groups": draw(names)} for n in range(draw(st.integers(0, 3)))]
    return made_workspace(group=draw(st.permutations(groups)), principle=principles)


@given(trees())
def test_a_principle_holds_in_every_group_inside_and_nowhere_else(workspace: Workspace) -> None:
    for principle in workspace.every(Principle):
        for group in workspace.every(Group):
            by = held_by(workspace, principle, group)
            assert (by is not None) == holds(workspace, principle, group)
            if by:
                assert all(held_by(workspace, principle, one) for one in inside(workspace, group))


@given(trees())
def test_every_group_has_one_cell_for_each_principle_and_counts_add_up(workspace: Workspace) -> None:
    answer = ask("D1.1", workspace)
    found = cells(answer)
    assert len(found) == len(workspace.every(Group)) * (len(workspace.every(Principle)) + 5)
    for row in answer.tables["groups"].rows():
        of_group = [said for (group, matter), said in found.items() if group == row["group"] and matter[0] == "P"]
        assert row["principles"] == sum(not said.startswith("does not") for said in of_group)
        assert row["inherited"] == sum(said.startswith("from") for said in of_group)
    (summary,) = answer.tables["summary"].rows()
    assert summary["holes"] == len(answer.tables["holes"])


@given(trees(), st.integers(0, 2**32))
def test_the_order_of_records_changes_no_figure(workspace: Workspace, seed: int) -> None:
    one, two = ask("D1.1", workspace), ask("D1.1", shuffled(workspace, seed))
    assert cells(one) == cells(two)
    assert list(one.tables["summary"].rows()) == list(two.tables["summary"].rows())
