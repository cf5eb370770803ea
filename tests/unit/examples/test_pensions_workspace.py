from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from outward.asking import ask
from outward.checks.checking import check
from outward.examples import read_example
from outward.methods.proportions import wilson
from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Body, Group, Interview, Need
from outward.workspace.kinds.delivery import Objective, Outcome, Policy, Principle, Strategy
from outward.workspace.kinds.knowledge import Action, DataSet, Finding
from outward.workspace.kinds.operations import Assessment, Benchmark, Measure, Reward, Service, Step
from outward.workspace.kinds.stakeholders import Commitment, Relationship, Risk, Stakeholder
from outward.workspace.records import Record

DAY = date(2026, 11, 23)


@pytest.fixture
def workspace() -> Workspace:
    return read_example("pensions")


@pytest.mark.parametrize(
    ("kind", "fewest"),
    [
        (Group, 6),
        (Body, 6),
        (Need, 20),
        (Measure, 20),
        (Reward, 3),
        (Benchmark, 1),
        (Stakeholder, 12),
        (Relationship, 5),
        (Risk, 4),
        (Commitment, 5),
        (Principle, 4),
        (Objective, 15),
        (Outcome, 5),
        (Finding, 10),
        (Action, 8),
        (Policy, 3),
        (Strategy, 1),
        (Service, 1),
        (Step, 8),
        (Interview, 8),
        (Assessment, 7),
        (DataSet, 4),
    ],
)
def test_it_is_whole_in_its_records(workspace: Workspace, kind: type[Record], fewest: int) -> None:
    assert len(workspace.every(kind)) >= fewest


def test_it_has_the_groups_of_the_report(workspace: Workspace) -> None:
    groups = {group.id: group.status for group in workspace.every(Group)}
    assert groups["existing-pensioners"] == "existing"
    assert groups["imminent-pensioners"] == "imminent"
    for id in ("under-16s", "self-employed", "unemployed", "working-for-an-employer"):
        assert groups[id] == "future"


def test_each_group_of_the_report_has_something_to_learn_and_something_to_achieve(workspace: Workspace) -> None:
    found = Counter((one.group, one.type) for one in workspace.every(Objective))
    for id in ("under-16s", "self-employed", "unemployed", "working-for-an-employer"):
        assert found[id, "learn"] >= 1
        assert found[id, "achieve"] >= 1


def test_dignity_and_individuality_hold_for_existing_and_imminent_pensioners(workspace: Workspace) -> None:
    for id in ("dignity", "individuality"):
        principle = workspace.get(Principle, id)
        assert principle is not None
        assert set(principle.groups) == {"existing-pensioners", "imminent-pensioners"}


def test_needs_stand_under_all_four_expectations(workspace: Workspace) -> None:
    found = Counter(need.expectation for need in workspace.every(Need))
    assert min(found[one] for one in ("personalised", "choice", "information", "voice")) >= 4


def test_stakeholders_are_of_all_types(workspace: Workspace) -> None:
    (field,) = [one for one in Stakeholder.model_fields.items() if one[0] == "type"]
    assert {one.type for one in workspace.every(Stakeholder)} == set(field[1].annotation.__args__)  # type: ignore[union-attr]


def test_groups_of_future_pensioners_add_up(workspace: Workspace) -> None:
    parts = [one.size or 0 for one in workspace.every(Group) if one.parent == "future-pensioners"]
    whole = workspace.get(Group, "future-pensioners")
    assert whole is not None
    assert sum(parts) == whole.size


def test_sizes_say_that_they_are_made_up(workspace: Workspace) -> None:
    for group in workspace.every(Group):
        assert group.size is None or "Made up" in group.size_source


def test_the_benchmark_is_cited(workspace: Workspace) -> None:
    for benchmark in workspace.every(Benchmark):
        assert len(benchmark.source) > 40
        assert benchmark.published_on is not None


def test_a_pilot_says_where_against_what_and_when_it_is_decided(workspace: Workspace) -> None:
    pilots = [one for one in workspace.every(Action) if one.type == "pilot"]
    assert pilots
    for pilot in pilots:
        assert pilot.place
        assert pilot.comparison
        assert pilot.decide_on


def test_policies_are_at_different_stages(workspace: Workspace) -> None:
    assert len({policy.stage for policy in workspace.every(Policy)}) >= 3


def test_nothing_happens_after_the_example_was_written(workspace: Workspace) -> None:
    last = str(DAY)
    for finding in workspace.every(Finding):
        assert str(finding.known_on) <= last
    for action in workspace.every(Action):
        for day in (action.decided_on, action.done_on, action.told_on, action.effect_on):
            assert day is None or str(day) <= last


def test_dates_of_an_action_stand_in_their_order(workspace: Workspace) -> None:
    known = {finding.id: finding.known_on for finding in workspace.every(Finding)}
    for action in workspace.every(Action):
        assert action.decided_on is not None
        assert all((known[id] or action.decided_on) <= action.decided_on for id in action.findings)
        assert action.done_on is None or action.decided_on <= action.done_on
        assert action.told_on is None or action.decided_on <= action.told_on
        assert action.effect_on is None or (action.done_on is not None and action.done_on <= action.effect_on)


def test_an_effect_that_is_claimed_has_a_range_beside_its_figure(workspace: Workspace) -> None:
    assert not [one.said for one in check(workspace, DAY).found if one.rule.code in ("D303", "D304")]


def test_a_test_with_few_people_does_not_claim_what_may_be_chance(workspace: Workspace) -> None:
    rewritten = workspace.get(Action, "forecast-rewritten")
    assert rewritten is not None
    assert rewritten.effect == "cannot tell"
    for misread in (5, 12):
        low, high = wilson(misread, 24)
        assert f"{misread} of 24, between {low:.0%} and {high:.0%}" in rewritten.effect_about


def test_two_findings_have_waited_for_years_as_is_said_of_it(workspace: Workspace) -> None:
    clocks = ask("D5.1", workspace, on=str(DAY)).tables["clocks"].rows()
    years = [row for row in clocks if row["state"] == "waiting" and int(row["clock_days"] or 0) > 2 * 365]
    assert len(years) == 2
    assert "Two findings have waited for a decision for years." in " ".join(workspace.header.about.split())


def test_what_came_later_is_not_held_against_a_past_day(workspace: Workspace) -> None:
    then = check(workspace, date(2024, 6, 30)).found
    for kind in ("action", "policy", "relationship", "adaptation"):
        assert not [str(one) for one in then if one.kind == kind]
    assert {one.id for one in then if one.kind == "finding"} == {"letters-come-too-late", "calls-cut-short"}
