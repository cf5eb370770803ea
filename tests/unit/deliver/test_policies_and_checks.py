"""What the rules say of a policy is what question D1.2 tells of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.made_workspaces import made_workspace

from outward import dates
from outward.asking import ask
from outward.checks.checking import check
from outward.workspace.contents import Workspace

from .clocks import today_is

DAYS = ("2025-01-01", "2025-02-01", "2025-03-01")
GROUPS = ("all", "young", "old")
FINDINGS = ("f0", "f1", "f2")
NEEDS = ("n0", "n1")


def some(*ids: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(ids), unique=True, max_size=2)


DAY = st.none() | st.sampled_from(DAYS)
ON = st.sampled_from([date(2024, 12, 31), *map(date.fromisoformat, DAYS), dates.today()])
FINDING = st.fixed_dictionaries({"known_on": DAY, "groups": some(*GROUPS), "needs": some(*NEEDS)})
POLICY = st.fixed_dictionaries(
    {
        "stage": st.sampled_from(("outset", "options", "decision", "delivery", "review")),
        "groups": some(*GROUPS),
        "options_on": DAY,
        "decision_on": DAY,
        "outset_findings": some(*FINDINGS),
        "options_findings": some(*FINDINGS),
        "decision_findings": some(*FINDINGS),
        "delivery_findings": some(*FINDINGS),
    }
)


def of(findings: list[dict[str, Any]], policies: list[dict[str, Any]]) -> Workspace:
    return made_workspace(
        group=[{"id": "all"}, {"id": "young", "parent": "all"}, {"id": "old", "parent": "all"}],
        need=[{"id": "n0", "groups": ["young"]}, {"id": "n1", "groups": ["old"], "findings": ["f0"]}],
        finding=[{"id": id, **one} for id, one in zip(FINDINGS, findings, strict=True)],
        policy=[{"id": f"p{number}", **one} for number, one in enumerate(policies)],
    )


def found(workspace: Workspace, code: str, on: date = date.max) -> set[str]:
    return {one.id.upper() for one in check(workspace, on).found if one.rule.code == code}


@given(st.lists(FINDING, min_size=3, max_size=3), st.lists(POLICY, min_size=1, max_size=2), ON)
def test_a_rule_speaks_where_the_answer_shows_a_hole(
    findings: list[dict[str, Any]], policies: list[dict[str, Any]], on: date
) -> None:
    workspace = of(findings, policies)
    with pytest.MonkeyPatch.context() as patch:
        today_is(patch, on.isoformat())
        told = ask("D1.2", workspace)
    rows = [row for row in told.tables["stages"].rows() if row["stage"] == "decision"]
    assert found(workspace, "D131", on) == {row["policy"] for row in rows if row["hole"] == "yes"}
    assert found(workspace, "D133", on) == {row["policy"] for row in rows if row["left_out"]}
    assert found(workspace, "D134", on) == {row["policy"] for row in rows if not row["day"]}
    assert found(workspace, "D135", on) == found(workspace, "D137", on) == {row["policy"] for row in rows}


def test_what_was_on_the_table_earlier_was_on_it_at_the_decision_and_a_need_tells_of_whom() -> None:
    workspace = made_workspace(
        group=[{"id": "g"}],
        need=[{"id": "n", "groups": ["g"]}],
        finding=[
            {"id": "f", "needs": ["n"], "known_on": "2025-01-01"},
            {"id": "f2", "groups": ["g"], "known_on": "2025-01-02"},
        ],
        policy=[
            {
                "id": "p",
                "stage": "decision",
                "groups": ["g"],
                "outset_on": "2025-02-01",
                "options_on": "2025-03-01",
                "decision_on": "2025-06-01",
                "options_findings": ["f2"],
            }
        ],
    )
    (decided,) = (row for row in ask("D1.2", workspace).tables["stages"].rows() if row["stage"] == "decision")
    assert (decided["table"], decided["left_out"]) == (1, 1)
    assert found(workspace, "D131") == set()
    assert found(workspace, "D133") == {"P"}


@pytest.mark.parametrize(("on", "spoken"), [(date(2025, 1, 31), False), (date(2025, 2, 1), True)])
def test_a_policy_that_is_decided_later_is_not_yet_decided(on: date, spoken: bool) -> None:
    workspace = of(
        [{"known_on": "2025-01-01", "groups": ["young"]}, {}, {}],
        [{"stage": "decision", "groups": ["young"], "decision_on": "2025-02-01"}],
    )
    for code in ("D131", "D133", "D135", "D137"):
        assert found(workspace, code, on) == ({"P0"} if spoken else set())


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ({"stage": "decision"}, "is at the stage 'decision'"),
        ({"stage": "options", "decision_findings": ["f0"]}, "has findings on the table at its decision"),
    ],
)
def test_a_decision_without_its_day_is_told_from_what_is_written_down(policy: dict[str, Any], said: str) -> None:
    workspace = of([{}, {}, {}], [policy])
    (spoken,) = [one.said for one in check(workspace, date.max).found if one.rule.code == "D134"]
    assert spoken == f"Policy 'P0' {said}, and the day of its decision is not said."
