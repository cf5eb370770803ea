"""D5.1: what was known, for how long, and what came of it, as it stood on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.made_workspaces import made_workspace, shuffled
from tests.reference.records import came_of

from outward.asking import ask
from outward.errors import UsageError
from outward.examples import read_example
from outward.present.charts import chart_spec, chart_svg
from outward.present.tables import used_marks
from outward.present.words import cell_at, sentence
from outward.workspace.contents import Workspace
from outward.workspace.kinds.knowledge import Finding
from outward.workspace.meaning.ledger import ledger

from .clocks import today_is

ON = "2026-01-01"
SMALL: dict[str, Any] = {
    "finding": [
        {"id": "letters", "known_on": "2025-01-01"},
        {"id": "calls", "known_on": "2025-12-02"},
        {"id": "waits", "known_on": "2025-06-01"},
        {"id": "forms", "known_on": "2025-03-01"},
        {"id": "undated"},
        {"id": "later", "known_on": "2026-02-01"},
    ],
    "action": [
        {
            "id": "rewrite",
            "findings": ["letters", "forms"],
            "decided_on": "2025-04-11",
            "owner": "Head of letters",
            "due": "2025-09-01",
            "done_on": "2025-10-01",
            "effect": "better",
            "effect_about": "from 9 to 4 days",
            "effect_on": "2025-12-01",
            "told_on": "2025-12-24",
            "told_where": "the website",
        },
        {"id": "again", "findings": ["forms"], "decided_on": "2025-05-01", "due": "2025-12-31", "owner": "Director"},
        {"id": "leave", "findings": ["waits"], "type": "none", "decided_on": "2025-07-01"},
        {"id": "future", "findings": ["calls"], "decided_on": "2026-03-01"},
    ],
}


@pytest.fixture(autouse=True)
def _on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    today_is(monkeypatch, ON)


def rows(on: str = ON) -> dict[str, dict[str, Any]]:
    table = ask("D5.1", made_workspace(**SMALL), on=on).tables["findings"]
    return {str(row["finding"]): row for row in table.rows()}


def test_what_waits_comes_first_the_longest_known_first() -> None:
    assert list(rows()) == ["Calls", "Undated", "Forms", "Letters", "Waits"]
    assert [row["state"] for row in rows().values()] == ["waiting", "waiting", "decided", "done", "left as it is"]


def test_a_finding_says_what_came_of_it() -> None:
    assert rows()["Letters"] == {
        "finding": "Letters",
        "state": "done",
        "known_on": "2025-01-01",
        "decided_on": "2025-04-11",
        "clock_days": 100,
        "owner": "Head of letters",
        "due": "2025-09-01",
        "overdue": "no",
        "done_on": "2025-10-01",
        "effect": "better",
        "told_on": "2025-12-24",
    }


def test_an_action_says_what_was_done_seen_and_told() -> None:
    tables = ask("D5.1", made_workspace(**SMALL), on=ON).tables
    (done,) = (row for row in tables["actions"].rows() if row["finding"] == "Letters")
    assert done == {
        "finding": "Letters",
        "action": "Rewrite",
        "type": "change",
        "decided_on": "2025-04-11",
        "owner": "Head of letters",
        "due": "2025-09-01",
        "done_on": "2025-10-01",
    }
    (came,) = (row for row in tables["came"].rows() if row["action"] == "Rewrite")
    assert came == {
        "action": "Rewrite",
        "effect": "better",
        "effect_about": "from 9 to 4 days",
        "effect_on": "2025-12-01",
        "told_on": "2025-12-24",
        "told_where": "the website",
    }


def test_what_is_to_be_done_shows_its_own_owner_and_date() -> None:
    found = rows()["Forms"]
    assert (found["owner"], found["due"], found["overdue"], found["done_on"]) == ("Director", "2025-12-31", "yes", None)
    assert (found["effect"], found["told_on"], found["clock_days"]) == ("better", "2025-12-24", 41)


def test_what_waits_is_timed_up_to_the_day_and_without_a_day_not_at_all() -> None:
    calls = rows()["Calls"]
    assert (calls["clock_days"], calls["decided_on"], calls["owner"]) == (30, None, "nobody")
    clocks = {row["finding"]: row for row in ask("D5.1", made_workspace(**SMALL), on=ON).tables["clocks"].rows()}
    assert (clocks["Calls"]["until"], clocks["Calls"]["clock"], clocks["Calls"]["known_days"]) == (ON, "runs", 30)
    assert (clocks["Letters"]["until"], clocks["Letters"]["clock"]) == ("2025-04-11", "stopped")
    assert clocks["Undated"]["clock"] == "none: a day is missing"
    assert [clocks["Undated"][name] for name in ("known_days", "clock_days", "until")] == [None, None, None]


def test_a_day_that_is_not_there_is_said_in_words() -> None:
    tables = ask("D5.1", made_workspace(**SMALL), on=ON).tables
    names = ("known_on", "decided_on", "clock_days", "due", "done_on", "told_on")
    undated = list(rows()).index("Undated")
    assert [cell_at(tables["findings"], name, undated) for name in names] == [
        *("not said", "none said", "no clock", "no day", "no", "no")
    ]
    assert not used_marks(tables["findings"])


@pytest.mark.parametrize(
    ("on", "state", "effect", "told"),
    [
        ("2025-04-10", "waiting", "not yet known", None),
        ("2025-04-11", "decided", "not yet known", None),
        ("2025-10-01", "done", "not yet known", None),
        ("2025-12-01", "done", "better", None),
        ("2025-12-24", "done", "better", "2025-12-24"),
    ],
)
def test_as_of_a_day_nothing_later_counts(on: str, state: str, effect: str, told: str | None) -> None:
    found = rows(on)["Letters"]
    assert (found["state"], found["effect"], found["told_on"]) == (state, effect, told)


def test_the_summary_adds_up_and_the_sentence_says_it() -> None:
    answer = ask("D5.1", made_workspace({"decide_within_days": 20}, **SMALL), on=ON)
    (found,) = answer.tables["summary"].rows()
    assert found == {
        "on": ON,
        "findings": 5,
        "waiting": 2,
        "too_long": 1,
        "longest_days": 30,
        "decided": 1,
        "overdue": 1,
        "done": 1,
        "left": 1,
        "no_day": 0,
        "clocks": 4,
        "clocks_waiting": 1,
        "half_days": None,
        "early": 0,
        "told": 2,
        "undated": 1,
        "later": 1,
    }
    assert tuple(answer.tables["effects"].rows()) == (
        {
            "actions": 3,
            "better": 1,
            "worse": 0,
            "no_effect": 0,
            "cannot_tell": 0,
            "effect_no_day": 0,
            "not_yet": 2,
        },
    )
    assert sentence(answer, answer.sentence) == (
        "Of 5 findings 2 wait for a decision, the longest for 30 days; 1 is decided and not all done, 1 is done and "
        "1 is left as it is by decision. As their owners wrote down, 1 action made it better. Customers were told of "
        "2 findings."
    )
    assert [sentence(answer, caveat) for caveat in answer.caveats][1:] == [
        "1 finding has no clock, because nobody says since when it is known.",
        "Where fewer than 5 findings have a clock, no usual time is told: read their clocks one by one.",
    ]


def test_the_clock_is_drawn_from_knowing_to_deciding() -> None:
    answer = ask("D5.1", made_workspace(**SMALL), on=ON)
    (chart,) = answer.pictures
    spec = chart_spec(answer, chart)  # type: ignore[arg-type]
    bars = spec["layer"][0]["encoding"]
    assert (bars["x"]["field"], bars["x2"]["field"], bars["color"]["field"]) == ("known_on", "until", "state")
    drawn = chart_svg(answer, chart)  # type: ignore[arg-type]
    assert "waiting, 30 days" in drawn
    assert "done, 100 days" in drawn


def test_where_nothing_waits_it_says_so() -> None:
    done = {"id": "a", "findings": ["f"], "decided_on": "2025-02-01", "done_on": "2025-03-01"}
    answer = ask("D5.1", made_workspace(finding=[{"id": "f", "known_on": "2025-01-01"}], action=[done]), on=ON)
    assert sentence(answer, answer.sentence).startswith("Of 1 finding none waits for a decision; 1 is done.")


DAY = date(2025, 6, 1)


def waits(*clocks: int, decided: tuple[int, ...] = ()) -> dict[str, Any]:
    """Return the summary of findings that have waited so many days, and of others decided after so many."""
    today = date.fromisoformat(ON)
    known = [today - timedelta(clock) for clock in clocks] + [today - timedelta(1000)] * len(decided)
    findings = [{"id": f"f{number}", "known_on": str(day)} for number, day in enumerate(known)]
    actions = [
        {"id": f"a{number}", "findings": [f"f{number}"], "decided_on": str(today - timedelta(1000 - clock))}
        for number, clock in enumerate(decided, len(clocks))
    ]
    (found,) = ask("D5.1", made_workspace(finding=findings, action=actions), on=ON).tables["summary"].rows()
    return found


def test_what_waits_counts_as_undecided_for_as_long_as_it_has_waited() -> None:
    assert waits(*[2000] * 9, decided=(1,))["half_days"] is None
    assert waits(decided=(1, 2, 3, 40, 50))["half_days"] == 3
    assert waits(900, 900, decided=(1, 2, 3))["half_days"] == 3
    assert waits(900, 900, 900, decided=(1, 2, 3))["half_days"] == 3  # half of them, and no word of the others
    assert waits(900, 900, 900, 900, decided=(1, 2, 3))["half_days"] is None
    assert waits(2, 2, 2, decided=(1, 5))["half_days"] == 5  # those that have hardly waited tell little


@pytest.mark.parametrize(
    ("known", "actions", "said"),
    [
        (5, 3, "Half were decided within 9 days of being known, those that still wait counted in."),
        (6, 3, "Half were decided within 9 days of being known, those that still wait counted in: of 5 with a clock 2"),
        (5, 2, "More than half are still undecided."),
        (6, 2, "More than half are still undecided: of 5 with a clock 3 still wait."),
    ],
)
def test_the_sentence_says_of_how_many_where_not_all_have_a_clock(known: int, actions: int, said: str) -> None:
    findings = [{"id": f"f{number}", "known_on": "2025-01-01" if number < 5 else ""} for number in range(known)]
    decided = [{"id": f"a{n}", "findings": [f"f{n}"], "decided_on": "2025-01-10"} for n in range(actions)]
    answer = ask("D5.1", made_workspace(finding=findings, action=decided), on=ON)
    assert said in sentence(answer, answer.sentence)


def test_too_few_clocks_have_no_usual_time() -> None:
    found = waits(decided=(1, 2, 3, 4))
    assert (found["clocks"], found["half_days"]) == (4, None)


@pytest.mark.parametrize(
    ("example", "on", "half"),
    [
        ("pensions", "2026-11-26", 133),
        ("pensions", "2024-06-30", 145),
        ("literacy", "2026-11-26", 196),
        ("across", "2026-11-26", None),
        ("connexions", "2026-11-26", None),
    ],
)
def test_the_examples_agree_with_what_was_worked_out_by_hand(
    example: str, on: str, half: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    today_is(monkeypatch, "2026-11-26")
    answer = ask("D5.1", read_example(example), on=on)
    assert answer.tables["summary"].values["half_days"] == (half,)
    if half is None:
        assert "More than half are still undecided." in sentence(answer, answer.sentence)


def test_a_decision_before_it_was_known_has_no_clock_and_is_told() -> None:
    findings = [{"id": f"f{number}", "known_on": "2025-01-01"} for number in range(6)]
    actions = [{"id": "early", "findings": ["f0"], "decided_on": "2024-01-01"}]
    actions += [{"id": f"a{n}", "findings": [f"f{n}"], "decided_on": "2025-01-11"} for n in range(1, 6)]
    answer = ask("D5.1", made_workspace(finding=findings, action=actions), on=ON)
    (found,) = answer.tables["summary"].rows()
    assert (found["early"], found["clocks"], found["half_days"]) == (1, 5, 10)
    clocks = {row["finding"]: (row["clock_days"], row["until"], row["clock"]) for row in answer.tables["clocks"].rows()}
    assert clocks["F0"] == (None, None, "none: decided before it was known")
    assert (
        "1 finding was decided before the day from which the body knew, as it is written: no clock is told there."
        in [sentence(answer, caveat) for caveat in answer.caveats]
    )
    assert "Half were decided within 10 days of being known." in sentence(answer, answer.sentence)


def test_effects_are_counted_apart_and_what_cannot_be_told_is_no_effect_that_was_seen() -> None:
    said = ("better", "better", "worse", "no effect", "cannot tell", "not yet known")
    findings = [{"id": f"f{number}", "known_on": "2025-01-01"} for number in range(6)]
    actions = [
        {"id": f"a{number}", "findings": [f"f{number}"], "decided_on": "2025-02-01", "effect": effect}
        for number, effect in enumerate(said)
    ]
    answer = ask("D5.1", made_workspace(finding=findings, action=actions), on=ON)
    assert (
        "As their owners wrote down, 2 actions made it better, 1 action made it worse, 1 action had no effect and 1 "
        "action had an effect that cannot be told."
    ) in sentence(answer, answer.sentence)
    assert "{effects.cannot_tell|" in answer.sentence.templates[0]


def test_a_day_to_come_is_refused() -> None:
    with pytest.raises(UsageError, match=r"2026-01-02 is still to come.*up to 2026-01-01"):
        ask("D5.1", made_workspace(**SMALL), on="2026-01-02")


@pytest.mark.parametrize(
    ("said", "limit"), [({}, 180), ({"decide_within_days": None}, 180), ({"decide_within_days": 0}, 0)]
)
def test_days_within_which_to_decide_are_180_unless_said(said: dict[str, Any], limit: int) -> None:
    answer = ask("D5.1", made_workspace(said, finding=[{"id": "f", "known_on": "2025-12-01"}]), on=ON)
    assert answer.tables["summary"].column("too_long").title == f"Waiting for more than {limit} days"
    assert answer.tables["summary"].values["too_long"] == (int(limit < 31),)


days = st.one_of(st.just(""), st.integers(-60, 60).map(lambda n: (DAY + timedelta(n)).isoformat()))


@st.composite
def ledgers(draw: st.DrawFn) -> Workspace:
    """Findings with and without days, and actions about some of them."""
    number = draw(st.integers(1, 5))
    names = [f"f{n}" for n in range(number)]
    findings = [{"id": name, "known_on": draw(days)} for name in names]
    actions = [
        {
            "id": f"a{n}",
            "findings": draw(st.lists(st.sampled_from(names), unique=True)),
            "type": draw(st.sampled_from(["change", "none", "pilot"])),
            "effect": draw(st.sampled_from(["not yet known", "better", "no effect"])),
            **{one: draw(days) for one in ("decided_on", "due", "done_on", "effect_on", "told_on")},
        }
        for n in range(draw(st.integers(0, 4)))
    ]
    return made_workspace(finding=findings, action=actions)


@given(ledgers(), st.booleans())
def test_the_ledger_agrees_with_the_reference(workspace: Workspace, past: bool) -> None:
    entries = ledger(workspace, DAY, past=past)
    known = {one.id for one in workspace.every(Finding) if (one.known_on or (date.max if past else DAY)) <= DAY}
    assert {one.finding.id for one in entries} == known
    for entry in entries:
        assert came_of(workspace, entry.finding, DAY, past) == {
            "state": entry.state,
            "waited": entry.clock_days,
            "overdue": entry.overdue,
            "effects": set(entry.effects),
            "told": entry.told is not None,
        }


@given(ledgers(), st.integers(0, 2**32))
def test_its_counts_add_up_and_the_order_of_records_changes_nothing(workspace: Workspace, seed: int) -> None:
    one, two = (ask("D5.1", which, on=DAY.isoformat()) for which in (workspace, shuffled(workspace, seed)))
    assert {name: table.values for name, table in one.tables.items()} == {
        name: table.values for name, table in two.tables.items()
    }
    (found,) = one.tables["summary"].rows()
    assert found["findings"] == sum(int(found[name] or 0) for name in ("waiting", "decided", "done", "left", "no_day"))
    assert found["findings"] == len(one.tables["findings"])
