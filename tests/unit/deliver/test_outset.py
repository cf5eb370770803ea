"""D1.2: what was known of customers when a policy was decided."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.made_workspaces import made_workspace, shuffled

from outward.asking import ask
from outward.deliver.outset import MOST_ROWS
from outward.present.matrix import matrix_html
from outward.present.words import sentence

SMALL: dict[str, Any] = {
    "group": [{"id": "all"}, {"id": "young", "parent": "all"}, {"id": "old", "parent": "all"}],
    "need": [{"id": "clear", "groups": ["young"], "findings": ["by-need"]}],
    "finding": [
        {"id": "on-table", "known_on": "2025-01-01", "groups": ["young"]},
        {"id": "left-out", "known_on": "2025-01-01", "groups": ["young"]},
        {"id": "of-everybody", "known_on": "2025-01-01", "groups": ["all"]},
        {"id": "by-need", "known_on": "2025-06-01"},
        {"id": "too-late", "known_on": "2025-06-02", "groups": ["young"]},
        {"id": "undated", "groups": ["young"]},
        {"id": "of-others", "known_on": "2025-01-01", "groups": ["old"]},
    ],
    "policy": [
        {
            "id": "grant",
            "stage": "delivery",
            "groups": ["young"],
            "outset_on": "2024-01-01",
            "decision_on": "2025-06-01",
            "decision_findings": ["on-table"],
        },
        {"id": "idea", "groups": ["old"], "outset_on": "2025-01-01", "outset_findings": ["of-others"]},
    ],
}


def test_each_finding_stands_as_it_did_at_each_stage() -> None:
    table = ask("D1.2", made_workspace(**SMALL)).tables["findings"]
    found = {(row["policy"], row["stage"], row["finding"]): row["stood"] for row in table.rows()}
    decided = {finding: stood for (policy, stage, finding), stood in found.items() if (policy, stage) == _AT}
    assert decided == {
        "On table": "on the table",
        "Left out": "known, not on the table",
        "By need": "known, not on the table",
        "Too late": "known only later",
        "Undated": "cannot be told: a day is missing",
    }
    assert found["Grant", "outset", "On table"] == "known only later"
    assert found["Grant", "options", "On table"] == "cannot be told: a day is missing"
    assert found["Idea", "outset", "Of others"] == "on the table"
    assert {stage for policy, stage, _ in found if policy == "Idea"} == {"outset"}


_AT = ("Grant", "decision")


def test_stages_and_groups_are_counted_and_the_sentence_says_it() -> None:
    answer = ask("D1.2", made_workspace(**SMALL))
    stages = [
        (row["policy"], row["stage"], row["table"], row["left_out"], row["later"], row["unknown"], row["hole"])
        for row in answer.tables["stages"].rows()
    ]
    assert stages == [
        ("Grant", "outset", 0, 0, 4, 1, "yes"),
        ("Grant", "options", 0, 0, 0, 5, "no"),
        ("Grant", "decision", 1, 2, 1, 1, "no"),
        ("Grant", "delivery", 1, 0, 0, 4, "no"),
        ("Idea", "outset", 1, 0, 0, 0, "no"),
    ]
    groups = [tuple(row[name] for name in _OF_GROUPS) for row in answer.tables["groups"].rows()]
    assert groups == [("Grant", "Young", 1, 2, "yes"), ("Idea", "Old", None, 0, "yes")]
    assert sentence(answer, answer.sentence) == (
        "The one policy that is decided had a finding about customers on the table; 2 findings were known when a "
        "policy was decided, and left out."
    )


_OF_GROUPS = ("policy", "group", "decision", "left_out", "ever")


def test_where_nothing_was_on_the_table_the_picture_says_so() -> None:
    answer = ask("D1.2", made_workspace(**SMALL))
    (picture,) = answer.pictures
    drawn = matrix_html(answer, picture)  # type: ignore[arg-type]
    assert "<strong>nothing on the table, 4 known later</strong></td>" in drawn
    assert ">1 on the table, 2 known and left out, 1 known later</td>" in drawn


def test_a_policy_for_nobody_is_named_and_one_not_decided_is_not_judged() -> None:
    answer = ask("D1.2", made_workspace(policy=[{"id": "vague"}]))
    assert sentence(answer, answer.sentence) == ("The one policy that is written down has not come to a decision yet.")
    assert answer.tables["summary"].values["no_groups"] == (1,)
    assert any("names nobody whom it affects" in sentence(answer, one) for one in answer.caveats)


@given(st.integers(0, 2**32))
def test_the_order_of_records_changes_no_figure(seed: int) -> None:
    workspace = made_workspace(**SMALL)
    one, two = ask("D1.2", workspace), ask("D1.2", shuffled(workspace, seed))
    for name, table in one.tables.items():
        assert sorted(map(str, table.rows())) == sorted(map(str, two.tables[name].rows()))


def test_a_long_list_of_findings_stops_and_says_so() -> None:
    many = [{"id": f"f{number}", "groups": ["g"], "known_on": "2025-01-01"} for number in range(MOST_ROWS + 1)]
    policy = {"id": "p", "stage": "outset", "groups": ["g"], "outset_on": "2025-02-01"}
    answer = ask("D1.2", made_workspace(group=[{"id": "g"}], finding=many, policy=[policy]))
    assert len(answer.tables["findings"]) == MOST_ROWS
    assert any("stops after 2,000 rows" in sentence(answer, one) for one in answer.caveats)
