"""What the rules say of the ledger on a day is what question D5.1 tells of it on that day."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.made_workspaces import made_workspace

from outward.asking import ask
from outward.checks.checking import check

DAYS = st.dates(date(2025, 1, 1), date(2025, 1, 9))
DAY = st.none() | DAYS.map(str)
ACTION = st.fixed_dictionaries(
    {
        "type": st.sampled_from(("change", "none")),
        "findings": st.lists(st.sampled_from(("f0", "f1")), unique=True),
        "decided_on": DAY,
        "due": DAY,
        "done_on": DAY,
    }
)


@given(st.lists(DAY, min_size=2, max_size=2), st.lists(ACTION, max_size=3), st.integers(0, 4), DAYS)
def test_a_rule_speaks_where_the_answer_shows_a_wait(
    known: list[str | None], actions: list[dict[str, Any]], limit: int, on: date
) -> None:
    workspace = made_workspace(
        {"decide_within_days": limit},
        finding=[{"id": f"f{number}", "known_on": day} for number, day in enumerate(known)],
        action=[{"id": f"a{number}", **one} for number, one in enumerate(actions)],
    )
    found = check(workspace, on).found
    tables = ask("D5.1", workspace, on=on.isoformat()).tables
    assert len([one for one in found if one.rule.code == "D501"]) == tables["summary"].values["too_long"][0]
    late = {one.id for one in found if one.rule.code == "D502"}
    told = {row["finding"] for row in tables["findings"].rows()}
    answered = {f"F{id[1:]}" for number, one in enumerate(actions) if f"a{number}" in late for id in one["findings"]}
    assert {row["finding"] for row in tables["findings"].rows() if row["overdue"] == "yes"} == answered & told
