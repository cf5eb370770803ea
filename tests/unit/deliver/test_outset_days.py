"""D1.2 by its days: what was known only after a stage, what is not said, and what a past day cannot tell."""

from __future__ import annotations

from typing import Any

import pytest
from tests.made_workspaces import made_workspace

from outward.asking import ask
from outward.disclosure.released import ReleasedAnswer
from outward.present.words import sentence

from .clocks import today_is

TODAY = "2026-01-01"
KNOWN = {"id": "f", "known_on": "2025-06-01", "groups": ["g"]}


@pytest.fixture(autouse=True)
def _on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    today_is(monkeypatch, TODAY)


def told(*policies: dict[str, Any], on: str = TODAY, findings: tuple[dict[str, Any], ...] = (KNOWN,)) -> ReleasedAnswer:
    of = [{"id": f"p{number}", "groups": ["g"], **one} for number, one in enumerate(policies)]
    return ask("D1.2", made_workspace(group=[{"id": "g"}], finding=findings, policy=of), on=on)


def summed(answer: ReleasedAnswer) -> dict[str, Any]:
    (row,) = answer.tables["summary"].rows()
    return row


def stood(answer: ReleasedAnswer) -> dict[Any, Any]:
    return {row["stage"]: row["stood"] for row in answer.tables["findings"].rows()}


def test_what_was_known_only_after_the_stage_was_not_on_its_table() -> None:
    answer = told({"stage": "decision", "decision_on": "2025-05-31", "decision_findings": ["f"]})
    assert stood(answer)["decision"] == "said to be on the table, known only later"
    (decided,) = (row for row in answer.tables["stages"].rows() if row["stage"] == "decision")
    assert [decided[name] for name in ("table", "too_late", "left_out", "hole")] == [0, 1, 0, "yes"]
    assert decided["words"] == "nothing on the table, 1 said to be, known later"
    assert (summed(answer)["blind"], summed(answer)["too_late"]) == (1, 1)
    assert answer.tables["groups"].values["decision"] == (0,)
    assert any(sentence(answer, one).startswith("1 finding is said to have been on a table") for one in answer.caveats)


def test_what_came_too_late_for_one_stage_is_on_the_table_of_the_next() -> None:
    policy = {"stage": "decision", "outset_on": "2025-05-31", "decision_on": "2025-06-01", "outset_findings": ["f"]}
    assert stood(told(policy)) == {
        "outset": "said to be on the table, known only later",
        "options": "on the table",
        "decision": "on the table",
    }


def test_delivery_goes_on_so_what_is_used_in_it_counts_once_it_is_known() -> None:
    policy = {"stage": "delivery", "decision_on": "2025-01-01", "delivery_on": "2025-02-01", "delivery_findings": ["f"]}
    assert stood(told(policy))["delivery"] == "on the table"
    assert summed(told(policy))["too_late"] == 0
    assert "delivery" not in stood(told(policy, on="2025-05-31"))


def test_a_begin_that_is_not_said_is_no_begin_without_findings() -> None:
    said, unsaid = told({"outset_on": "2025-07-01"}), told({})
    assert [summed(said)[name] for name in ("blind_outset", "outset_not_said")] == [1, 0]
    assert [summed(unsaid)[name] for name in ("blind_outset", "outset_not_said")] == [0, 1]
    (begun,) = unsaid.tables["stages"].rows()
    assert (begun["words"], begun["hole"]) == ("not said", "no")


def test_a_finding_left_out_three_times_is_one_finding() -> None:
    answer = told(*[{"stage": "decision", "decision_on": "2025-07-01"}] * 3)
    assert [summed(answer)[name] for name in ("left_out", "left_out_times")] == [1, 3]
    assert sentence(answer, answer.sentence) == (
        "Of 3 policies that are decided, 3 had no finding about customers on the table; 1 finding was known when a "
        "policy was decided, and left out, 3 times in all."
    )


def test_of_a_group_it_is_told_what_was_on_the_table_and_what_was_left_out() -> None:
    answer = told({"stage": "decision", "outset_on": "2025-07-01", "decision_on": "2025-08-01"})
    assert answer.tables["groups"].title == "Was anything about each group on the table?"
    assert [answer.tables["groups"].values[name] for name in ("decision", "left_out", "ever")] == [(0,), (1,), ("no",)]


def test_of_a_policy_that_has_not_begun_nothing_is_judged() -> None:
    answer = told({"stage": "decision", "outset_on": "2025-07-01", "decision_on": "2025-08-01"}, on="2025-06-30")
    assert [answer.tables["groups"].values[name] for name in ("decision", "left_out", "ever")] == [
        (None,),
        (None,),
        ("not begun by then",),
    ]
    assert sentence(answer, answer.sentence) == (
        "On 30 June 2025, the one policy that is written down has not come to a decision."
    )


def test_a_decision_without_a_day_counts_today_and_is_apart_of_a_past_day() -> None:
    assert summed(told({"stage": "decision"}))["decided"] == 1
    then = told({"stage": "decision"}, on="1990-01-01")
    assert [summed(then)[name] for name in ("decided", "no_day", "blind", "outset_not_said")] == [0, 1, 0, 0]
    assert then.tables["groups"].values["ever"] == ("cannot be told: a day is missing",)
    assert any(sentence(then, one).startswith("1 policy has no day of decision") for one in then.caveats)


@pytest.mark.parametrize(
    ("days", "decided", "no_day"),
    [
        ({"delivery_on": "1989-12-31"}, 1, 0),
        ({"delivery_on": "1990-01-02"}, 0, 1),
        ({"outset_on": "1989-12-31"}, 0, 1),
        ({"outset_on": "1990-01-02"}, 0, 0),
    ],
)
def test_days_of_other_stages_tell_of_one_without_a_day(days: dict[str, str], decided: int, no_day: int) -> None:
    found = summed(told({"stage": "delivery", **days}, on="1990-01-01"))
    assert [found["decided"], found["no_day"]] == [decided, no_day]
