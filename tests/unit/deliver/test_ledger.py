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
from outward.present.charts import chart_spec, chart_svg
from outward.present.words import sentence
from outward.workspace.contents import Workspace
from outward.workspace.kinds.knowledge import Finding
from outward.workspace.meaning.ledger import ledger

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
            "effect_on": "2025-12-01",
            "told_on": "2025-12-24",
            "told_where": "the website",
        },
        {"id": "again", "findings": ["forms"], "decided_on": "2025-05-01", "due": "2025-12-31", "owner": "Director"},
        {"id": "leave", "findings": ["waits"], "type": "none", "decided_on": "2025-07-01"},
        {"id": "future", "findings": ["calls"], "decided_on": "2026-03-01"},
    ],
}


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
        "known_days": 365,
        "until": "2025-04-11",
        "clock_days": 100,
        "owner": "Head of letters",
        "due": "2025-09-01",
        "overdue": "no",
        "done_on": "2025-10-01",
        "effect": "better",
        "told_on": "2025-12-24",
        "told_where": "the website",
    }


def test_what_is_to_be_done_shows_its_own_owner_and_date() -> None:
    found = rows()["Forms"]
    assert (found["owner"], found["due"], found["overdue"], found["done_on"]) == ("Director", "2025-12-31", "yes", None)
    assert (found["effect"], found["told_where"], found["clock_days"]) == ("better", "the website", 41)


def test_what_waits_is_timed_up_to_the_day_and_without_a_day_not_at_all() -> None:
    assert (rows()["Calls"]["clock_days"], rows()["Calls"]["until"], rows()["Calls"]["owner"]) == (30, ON, "nobody")
    assert (rows()["Undated"]["known_days"], rows()["Undated"]["clock_days"]) == (None, None)


@pytest.mark.parametrize(
    ("on", "state", "effect", "told"),
    [
        ("2025-04-10", "waiting", "none seen yet", "not told"),
        ("2025-04-11", "decided", "none seen yet", "not told"),
        ("2025-10-01", "done", "none seen yet", "not told"),
        ("2025-12-01", "done", "better", "not told"),
        ("2025-12-24", "done", "better", "the website"),
    ],
)
def test_as_of_a_day_nothing_later_counts(on: str, state: str, effect: str, told: str) -> None:
    found = rows(on)["Letters"]
    assert (found["state"], found["effect"], found["told_where"]) == (state, effect, told)


def test_the_summary_adds_up_and_the_sentence_says_it() -> None:
    answer = ask("D5.1", made_workspace({"decide_within_days": 20}, **SMALL), on=ON)
    (found,) = answer.tables["summary"].rows()
    assert found == {
        "findings": 5,
        "waiting": 2,
        "too_long": 1,
        "longest_days": 30,
        "decided": 1,
        "overdue": 1,
        "done": 1,
        "left": 1,
        "median_days": 41,
        "effect_seen": 2,
        "told": 2,
    }
    assert sentence(answer, answer.sentence) == (
        "Of 5 findings 2 wait for a decision, the longest for 30 days; 1 is decided, 1 is done, 2 have an effect that "
        "was seen, and customers were told of 2."
    )
    assert "Findings that became known after that day are left out." in [
        sentence(answer, caveat) for caveat in answer.caveats
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
    assert sentence(answer, answer.sentence).startswith("Of 1 finding none waits for a decision;")


DAY = date(2025, 6, 1)
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


@given(ledgers())
def test_the_ledger_agrees_with_the_reference(workspace: Workspace) -> None:
    entries = ledger(workspace, DAY)
    known = {one.id for one in workspace.every(Finding) if not one.known_on or one.known_on <= DAY}
    assert {one.finding.id for one in entries} == known
    for entry in entries:
        assert came_of(workspace, entry.finding, DAY) == {
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
    assert found["findings"] == sum(int(found[name] or 0) for name in ("waiting", "decided", "done", "left"))
    assert found["findings"] == len(one.tables["findings"])
