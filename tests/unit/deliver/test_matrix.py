"""D1.1: groups against principles and objectives, and the holes."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.made_workspaces import made_workspace, shuffled
from tests.reference.records import holds

from outward.asking import ask
from outward.checks.checking import check
from outward.disclosure.released import ReleasedAnswer
from outward.present.matrix import matrix_html
from outward.present.words import sentence
from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Group
from outward.workspace.kinds.delivery import Objective, Principle
from outward.workspace.meaning.inheritance import held, inside

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


def asked(workspace: Workspace, on: str = "2026-01-01") -> ReleasedAnswer:
    return ask("D1.1", workspace, on=on)


def test_each_cell_says_what_holds_and_where_it_comes_from() -> None:
    found = cells(asked(made_workspace(**PENSIONS)))
    assert len(found) == 4 * (1 + 3 + 1 + 2 + 3)
    assert {matter: said for (group, matter), said in found.items() if group == "Self employed"} == {
        "Principles that hold": "2 hold",
        "Dignity": "from 'Future'",
        "Individuality": "holds",
        "Spare": "not promised to them",
        "Objectives": "1",
        "To learn": "none",
        "To achieve": "1",
        "With a target and a day": "0 of 1, 1 without (hole)",
        "With an owner": "0 of 1, 1 without (hole)",
        "With evidence": "1 of 1",
    }
    assert found["Future", "To learn"] == "none; 1 for groups inside it"
    assert found["Pensioners", "Objectives"] == "none (hole)"
    assert found["Pensioners", "To learn"] == "none"
    assert found["Under 16", "With evidence"] == "1 needs none"
    assert found["Pensioners", "With evidence"] == "no objective"


def test_the_holes_are_listed_and_counted_as_one_thing() -> None:
    answer = asked(made_workspace(**PENSIONS))
    holes = [(row["title"], row["hole"]) for row in answer.tables["holes"].rows()]
    assert holes == [
        ("Pensioners", "has no objective"),
        ("Save", "has no day by which it is to be reached"),
        ("Save", "has no owner"),
        ("Loose", "is for no group"),
        ("Loose", "has no target and no day"),
        ("Loose", "rests on no finding"),
        ("Spare", "names no group for whom it holds"),
    ]
    (summary,) = answer.tables["summary"].rows()
    assert summary == {
        "groups": 4,
        "principles": 3,
        "objectives": 3,
        "past": 0,
        "holes": 7,
        "no_principle": 0,
        "no_objective": 1,
        "lacking": 5,
        "for_nobody": 1,
        "incomplete": 2,
    }
    assert sentence(answer, answer.sentence) == (
        "7 holes in what is promised and aimed at: 1 group without an objective, 5 things that objectives lack and "
        "1 principle that holds for nobody."
    )


def test_rows_with_holes_come_first() -> None:
    table = asked(made_workspace(**PENSIONS)).tables["groups"]
    assert list(zip(table.values["group"], table.values["holes"], strict=True)) == [
        ("Self employed", 2),
        ("Pensioners", 1),
        ("Future", 0),
        ("Under 16", 0),
    ]


def test_evidence_about_another_group_is_none_and_to_learn_needs_none() -> None:
    given = {"group": "a", "target": 1, "target_date": "2026-03-31", "owner": "Director", "findings": ["f"]}
    workspace = made_workspace(
        group=[{"id": "a"}, {"id": "b"}],
        finding=[{"id": "f", "groups": ["b"]}],
        objective=[{"id": "o", **given}, {"id": "p", **given}, {"id": "l", **given, "type": "learn", "findings": []}],
    )
    answer = asked(workspace)
    assert cells(answer)["A", "With evidence"] == "0 of 2, 2 without; 1 needs none (hole)"
    assert answer.tables["holes"].values["hole"].count("rests on findings about other groups than its own") == 2


@pytest.mark.parametrize(("on", "over"), [("2026-03-31", False), ("2026-04-01", True)])
def test_an_objective_counts_until_its_day_is_past(on: str, over: bool) -> None:
    late = {"id": "late", "group": "a", "target_date": "2026-03-31", "reached": "no"}
    workspace = made_workspace(group=[{"id": "a"}], principle=[{"id": "p", "groups": ["a"]}], objective=[late])
    answer = asked(workspace, on)
    (summary,) = answer.tables["summary"].rows()
    assert (summary["past"], summary["no_objective"], summary["lacking"]) == ((1, 1, 0) if over else (0, 0, 3))
    assert cells(answer)["A", "Objectives"] == ("none; 1 past (hole)" if over else "1")
    said = [one.said for one in check(workspace, date.fromisoformat(on)).found if one.rule.code == "D101"]
    assert said == (["Customer group 'A' has no objective any more: the day is past."] if over else [])
    assert sentence(answer, answer.sentence).endswith("1 objective counts no more, as the day is past.") is over


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
    whole = {"id": "o", "group": "a", "target": 1, "target_date": "2026-03-31", "owner": "Director", "findings": ["f"]}
    full = made_workspace(
        group=[{"id": "a"}], principle=[{"id": "p", "groups": ["a"]}], objective=[whole], finding=[{"id": "f"}]
    )
    answer = asked(full)
    assert sentence(answer, answer.sentence) == (
        "No hole: every group has a principle and an objective, 1 group in all."
    )
    empty = asked(made_workspace())
    assert sentence(empty, empty.sentence).startswith("No customer group is written down yet")
    assert empty.pictures == ()


def test_the_picture_marks_holes_by_word_and_leaves_no_cell_out() -> None:
    answer = asked(made_workspace(**PENSIONS))
    (picture,) = answer.pictures
    drawn = matrix_html(answer, picture)  # type: ignore[arg-type]
    assert drawn.count('<td class="govuk-table__cell') == 4 * 10
    assert "△ </span><strong>0 of 1, 1 without</strong></td>" in drawn
    assert "△ </span><strong>none</strong></td>" in drawn


def test_a_grid_too_large_to_take_in_is_told_and_not_drawn() -> None:
    groups = [{"id": f"g{n}"} for n in range(286)]
    answer = asked(made_workspace(group=groups))
    assert (answer.pictures, len(answer.tables["cells"])) == ((), 286 * 7)
    assert "too many groups" in " ".join(sentence(answer, one) for one in answer.caveats)
    assert len(asked(made_workspace(group=groups[:-1])).pictures) == 1


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
            by = held(workspace, group).get(principle.id)
            assert (by is not None) == holds(workspace, principle, group)
            if by:
                assert all(principle.id in held(workspace, one) for one in inside(workspace, group))


@given(trees())
def test_every_group_has_one_cell_for_each_principle_and_counts_add_up(workspace: Workspace) -> None:
    answer = asked(workspace)
    found = cells(answer)
    assert len(found) == len(workspace.every(Group)) * (len(workspace.every(Principle)) + 7)
    named = {one.title for one in workspace.every(Principle)}
    for row in answer.tables["groups"].rows():
        of_group = [said for (group, matter), said in found.items() if group == row["group"] and matter in named]
        assert row["principles"] == sum(not said.startswith("not promised") for said in of_group)
        assert row["inherited"] == sum(said.startswith("from") for said in of_group)
    (summary,) = answer.tables["summary"].rows()
    assert summary["holes"] == len(answer.tables["holes"])


@given(trees(), st.integers(0, 2**32))
def test_the_order_of_records_changes_no_figure(workspace: Workspace, seed: int) -> None:
    one, two = asked(workspace), asked(shuffled(workspace, seed))
    assert cells(one) == cells(two)
    assert list(one.tables["summary"].rows()) == list(two.tables["summary"].rows())


LACKING = ("D101", "D102", "D103", "D104", "D105", "D112", "D113")


@st.composite
def promised(draw: st.DrawFn) -> Workspace:
    """Groups inside groups, and principles, findings and objectives of them that may lack anything."""
    groups = [{"id": "a"}, {"id": "b", "parent": "a"}, {"id": "c", "parent": "b"}, {"id": "d"}]
    some = st.lists(st.sampled_from("abcd"), unique=True, max_size=2)
    day = st.sampled_from([{}, {"target_date": "2025-12-31"}, {"target_date": "2026-01-01"}])
    objectives = [
        {
            "id": f"o{n}",
            "type": draw(st.sampled_from(["learn", "achieve"])),
            "group": draw(st.sampled_from(["", *"abcd"])),
            "reached": draw(st.sampled_from(["not yet", "yes", "no"])),
            "owner": draw(st.sampled_from(["", "Director"])),
            **draw(st.sampled_from([{}, {"target": 4}])),
            "findings": draw(st.lists(st.sampled_from(["f0", "f1"]), unique=True)),
            **draw(day),
        }
        for n in range(draw(st.integers(1, 4)))
    ]
    return made_workspace(
        group=groups,
        principle=[{"id": f"p{n}", "groups": draw(some)} for n in range(draw(st.integers(1, 2)))],
        finding=[{"id": f"f{n}", "groups": draw(some)} for n in range(2)],
        objective=objectives,
    )


@given(promised())
def test_the_rules_find_the_holes_that_the_answer_counts(workspace: Workspace) -> None:
    answer = asked(workspace)
    told = sorted((str(row["title"]), str(row["hole"])) for row in answer.tables["holes"].rows())
    found = [one for one in check(workspace, date(2026, 1, 1)).found if one.rule.code in LACKING]
    assert sorted((one.id.capitalize(), one.said.split("' ", 1)[1].rstrip(".")) for one in found) == told
    (summary,) = answer.tables["summary"].rows()
    parts = ("no_principle", "no_objective", "lacking", "for_nobody")
    assert sum(int(summary[one] or 0) for one in parts) == summary["holes"] == len(told)
    counted = [sum(one.rule.code == code for one in found) for code in ("D113", "D101", "D112")]
    assert counted == [summary[one] for one in ("no_principle", "no_objective", "for_nobody")]
    in_groups = sum(int(row["holes"] or 0) for row in answer.tables["groups"].rows())
    apart = [one for one in found if one.rule.code == "D112" or (one.kind == "objective" and not of(workspace, one.id))]
    assert in_groups == len(told) - len(apart)
    marked: Counter[str] = Counter()
    for row in answer.tables["cells"].rows():
        several = re.search(r"(\d+) without", str(row["found"]))
        marked[str(row["group"])] += (int(several[1]) if several else 1) if row["hole"] == "yes" else 0
    assert marked == {row["group"]: row["holes"] for row in answer.tables["groups"].rows()}


def of(workspace: Workspace, id: str) -> str:
    return workspace.get(Objective, id).group  # type: ignore[union-attr]  # it was found there
