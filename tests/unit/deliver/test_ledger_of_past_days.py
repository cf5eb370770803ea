"""D5.1 of a past day: what has no day cannot be placed, and nothing that came later is shown."""

from __future__ import annotations

from typing import Any

import pytest
from tests.made_workspaces import made_workspace

from outward.asking import ask
from outward.disclosure.released import ReleasedAnswer
from outward.present.words import sentence

from .clocks import today_is

TODAY, PAST = "2026-01-01", "1990-01-01"


@pytest.fixture(autouse=True)
def _on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    today_is(monkeypatch, TODAY)


def told(on: str, finding: dict[str, Any], *actions: dict[str, Any]) -> ReleasedAnswer:
    done = [{"id": f"a{number}", "findings": ["f"], **one} for number, one in enumerate(actions)]
    return ask("D5.1", made_workspace(finding=[{"id": "f", **finding}], action=done), on=on)


def summed(answer: ReleasedAnswer, table: str = "summary") -> dict[str, Any]:
    (row,) = answer.tables[table].rows()
    return row


def test_a_finding_without_a_day_is_known_today_and_cannot_be_told_of_a_past_day() -> None:
    now, then = told(TODAY, {}, {"decided_on": "2025-01-01"}), told(PAST, {}, {"decided_on": "1989-01-01"})
    assert (summed(now)["findings"], summed(now)["decided"], summed(now)["undated"]) == (1, 1, 1)
    assert (summed(then)["findings"], summed(then)["decided"], summed(then)["undated"]) == (0, 0, 1)
    assert "1 finding is left out, because without a day it cannot be told what was known." in [
        sentence(then, one) for one in then.caveats
    ]
    assert sentence(then, then.sentence) == (
        "No finding is written down that was known by 1 January 1990, so there is nothing to tell."
    )


def test_a_decision_without_a_day_counts_today_and_is_apart_of_a_past_day() -> None:
    finding = {"known_on": "1980-01-01"}
    assert summed(told(TODAY, finding, {}))["decided"] == 1
    then = told(PAST, finding, {})
    assert [summed(then)[name] for name in ("waiting", "decided", "no_day", "too_long")] == [0, 0, 1, 0]
    assert "of 1 it cannot be told, as a day is missing" in sentence(then, then.sentence)
    assert then.tables["findings"].values["state"] == ("cannot be told: a day is missing",)


@pytest.mark.parametrize("after", ["due", "done_on", "effect_on", "told_on"])
def test_a_decision_without_a_day_had_been_made_by_what_came_after_it(after: str) -> None:
    finding = {"known_on": "1980-01-01"}
    assert summed(told(PAST, finding, {after: PAST}))["no_day"] == 0
    assert summed(told(PAST, finding, {after: "1990-01-02"}))["no_day"] == 1


def test_an_effect_without_a_day_is_seen_today_and_cannot_be_told_of_a_past_day() -> None:
    finding, action = {"known_on": "1980-01-01"}, {"decided_on": "1985-01-01", "effect": "better"}
    assert summed(told(TODAY, finding, action), "effects")["better"] == 1
    then = told(PAST, finding, action)
    found = summed(then, "effects")
    assert [found[name] for name in ("actions", "better", "effect_no_day", "not_yet")] == [1, 0, 1, 0]
    assert "1 effect has no day: whether it was seen by then cannot be told." in [
        sentence(then, one) for one in then.caveats
    ]


def test_an_effect_without_a_day_was_not_seen_before_its_action_was_done() -> None:
    action = {"decided_on": "1985-01-01", "done_on": "1995-01-01", "effect": "better"}
    found = summed(told(PAST, {"known_on": "1980-01-01"}, action), "effects")
    assert [found[name] for name in ("better", "effect_no_day", "not_yet")] == [0, 0, 1]


def test_figures_of_an_effect_are_blank_where_the_effect_is() -> None:
    action = {
        "decided_on": "1985-01-01",
        "done_on": "1986-01-01",
        "effect": "better",
        "effect_about": "from 9 to 4 days",
        "effect_on": "1990-01-02",
        "told_on": "1990-01-02",
        "told_where": "the website",
    }
    (then,) = told(PAST, {"known_on": "1980-01-01"}, action).tables["came"].rows()
    assert [then[name] for name in ("effect", "effect_about", "told_on", "told_where")] == [
        "not yet known",
        "not yet known",
        None,
        "not told",
    ]
    (later,) = told("1990-01-02", {"known_on": "1980-01-01"}, action).tables["came"].rows()
    assert (later["effect_about"], later["told_where"]) == ("from 9 to 4 days", "the website")


def test_a_past_day_says_that_it_is_told_from_the_records_of_today_and_how_many_are_left_out() -> None:
    then, now = told(PAST, {"known_on": "1991-01-01"}), told(TODAY, {"known_on": "1991-01-01"})
    said = "It is told from today's records, by the days in them. 1 finding that became known later is left out."
    assert said in [sentence(then, one) for one in then.caveats]
    assert not any("today's records" in sentence(now, one) for one in now.caveats)
    past = told(PAST, {"known_on": "1980-01-01"})
    assert sentence(past, past.sentence).startswith("On 1 January 1990, of 1 finding 1 waits for a decision, the lon")


def test_a_workspace_without_findings_says_so_of_no_day() -> None:
    answer = ask("D5.1", made_workspace(), on=TODAY)
    assert sentence(answer, answer.sentence) == "No finding is written down yet, so there is nothing to tell."
    assert answer.standing.reasons == ("no finding is written down yet",)


def test_what_was_done_later_is_shown_nowhere_on_a_past_day() -> None:
    left = {"type": "none", "decided_on": "1985-01-01", "done_on": "2000-01-01"}
    then = told(PAST, {"known_on": "1980-01-01"}, left)
    assert [then.tables[table].values["done_on"] for table in ("findings", "actions")] == [(None,), (None,)]
