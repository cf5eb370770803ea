"""O2.1 and O2.2: from needs to outcomes, what hangs loose, and what is rewarded."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.made_workspaces import made_workspace, shuffled

from outward.asking import ask
from outward.checks.checking import check
from outward.disclosure.released import ReleasedAnswer
from outward.present.words import cell_at, sentence
from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Need
from outward.workspace.kinds.delivery import Objective
from outward.workspace.kinds.operations import Measure
from outward.workspace.meaning.sight import line_of_sight

SMALL: dict[str, Any] = {
    "group": [{"id": "all"}, {"id": "young", "parent": "all"}, {"id": "old", "parent": "all"}],
    "need": [
        {"id": "clear", "groups": ["all"], "importance": "high"},
        {"id": "quick", "groups": ["young"], "importance": "high"},
        {"id": "heard", "groups": ["old"]},
    ],
    "measure": [
        {"id": "read", "needs": ["clear"]},
        {"id": "days", "needs": ["clear", "quick"]},
        {"id": "calls"},
    ],
    "objective": [
        {"id": "faster", "group": "young", "measures": ["days"], "needs": ["quick"], "outcome": "secure"},
        {"id": "listen", "group": "old", "needs": ["heard"], "outcome": "secure"},
        {"id": "spare"},
    ],
    "outcome": [{"id": "secure", "measures": ["days", "read"]}, {"id": "lonely"}],
    "reward": [{"id": "bonus", "measures": ["calls", "days"]}, {"id": "praise", "measures": ["read"]}],
}


def links(answer: ReleasedAnswer) -> set[tuple[str, str]]:
    return {(str(row["from_thing"]), str(row["to_thing"])) for row in answer.tables["links"].rows()}


def loose(answer: ReleasedAnswer) -> dict[str, str]:
    found = {str(row["thing"]): str(row["loose"]) for row in answer.tables["things"].rows()}
    return {thing: words for thing, words in found.items() if words != "nowhere"}


def test_each_need_is_followed_to_its_outcomes_and_rewards() -> None:
    answer = ask("O2.1", made_workspace(**SMALL))
    assert [tuple(row.values()) for row in answer.tables["needs"].rows()] == [
        ("Heard", "no", "no measure", "none", "Listen", "Secure", "none"),
        ("Clear", "yes", "nowhere", "Read; Days", "Faster", "Secure", "Bonus; Praise"),
        ("Quick", "yes", "nowhere", "Days", "Faster", "Secure", "Bonus"),
    ]
    assert sentence(answer, answer.sentence) == (
        "Of 3 needs and concerns 1 has no measure, and 2 can be followed by a measure and an objective to an outcome. "
        "Of 3 measures 1 serves no need, principle or outcome."
    )


LINES: dict[str, tuple[dict[str, Any], str]] = {
    "whole": ({"measure": ["n"], "by measure": True, "outcome": "u"}, "nowhere"),
    "not measured": ({"measure": [], "meets": True, "outcome": "u"}, "no measure"),
    "no objective": ({"measure": ["n"], "counted": True}, "no objective"),
    "objective by another way": ({"measure": ["n"], "meets": True, "outcome": "u"}, "no objective by these measures"),
    "no outcome": ({"measure": ["n"], "by measure": True}, "no outcome"),
    "outcome by another way": (
        {"measure": ["n"], "by measure": True, "counted": True},
        "no outcome by these measures",
    ),
}


@pytest.mark.parametrize("case", LINES)
def test_only_an_unbroken_line_counts_and_it_is_said_where_it_breaks(case: str) -> None:
    given, breaks = LINES[case]
    workspace = made_workspace(
        group=[{"id": "all"}],
        need=[{"id": "n", "groups": ["all"]}],
        measure=[{"id": "m", "needs": given["measure"]}],
        objective=[
            {
                "id": "o",
                "needs": ["n"] if given.get("meets") else [],
                "measures": ["m"] if given.get("by measure") else [],
                "outcome": given.get("outcome", ""),
            }
        ],
        outcome=[{"id": "u", "measures": ["m"] if given.get("counted") else []}],
    )
    answer = ask("O2.1", workspace)
    (row,) = answer.tables["needs"].rows()
    assert (row["breaks"], row["followed"]) == (breaks, "yes" if breaks == "nowhere" else "no")
    (found,) = answer.tables["summary"].rows()
    assert found["through"] == int(breaks == "nowhere")
    hanging = breaks.startswith(("no measure", "no objective"))
    assert loose(answer).get("N", "") == (breaks if hanging else "")


def test_ties_go_by_the_shortest_step() -> None:
    assert links(ask("O2.1", made_workspace(**SMALL))) == {
        ("Clear", "Read"),
        ("Clear", "Days"),
        ("Quick", "Days"),
        ("Heard", "Listen"),
        ("Days", "Faster"),
        ("Read", "Secure"),
        ("Faster", "Secure"),
        ("Listen", "Secure"),
        ("Calls", "Bonus"),
        ("Days", "Bonus"),
        ("Read", "Praise"),
    }


def test_what_hangs_loose_says_what_it_lacks() -> None:
    assert loose(ask("O2.1", made_workspace(**SMALL))) == {
        "Heard": "no measure",
        "Calls": "serves no need, principle or outcome",
        "Listen": "no measure",
        "Spare": "no measure and no outcome",
        "Lonely": "no objective works towards it",
        "Bonus": "in part for what no customer asked for: 1 of its 2 measures",
    }


def test_a_group_shows_its_own_needs_and_what_hangs_on_them() -> None:
    answer = ask("O2.1", made_workspace(**SMALL), group="young")
    things = set(answer.tables["things"].values["thing"])
    assert things == {"Clear", "Quick", "Read", "Days", "Faster", "Secure", "Bonus", "Praise"}
    assert links(answer) <= {(one, other) for one in map(str, things) for other in map(str, things)}


def test_what_is_too_much_to_take_in_is_told_and_not_drawn() -> None:
    need = [{"id": f"n{n}", "groups": ["all"]} for n in range(250)]
    all_of_it: dict[str, Any] = {"group": [{"id": "all"}], "need": need}
    assert len(ask("O2.1", made_workspace(**all_of_it)).pictures) == 1
    answer = ask("O2.1", made_workspace(**all_of_it, measure=[{"id": "calls"}]))
    assert answer.pictures == ()
    assert len(answer.tables["things"]) == 251
    assert "too many for a picture" in " ".join(sentence(answer, caveat) for caveat in answer.caveats)


def test_without_needs_it_says_whom_nothing_serves() -> None:
    answer = ask("O2.1", made_workspace(measure=[{"id": "calls"}]))
    assert sentence(answer, answer.sentence) == (
        "No need or concern is written down, so nothing says whom 1 measure serves."
    )


def test_what_is_to_be_learned_needs_no_measure_and_no_outcome() -> None:
    assert loose(ask("O2.1", made_workspace(objective=[{"id": "ask", "type": "learn"}]))) == {}


def test_the_name_of_a_record_stands_first() -> None:
    answer = ask("O2.1", made_workspace(**SMALL))
    assert next(one.name for one in answer.tables["things"].columns) == "thing"
    assert next(one.name for one in answer.tables["links"].columns) == "from_thing"
    assert all(cell != "" for table in answer.tables.values() for cells in table.values.values() for cell in cells)


def test_rewards_are_held_against_needs() -> None:
    answer = ask("O2.2", made_workspace(**SMALL))
    assert [(row["reward"], row["measure"], row["asked"], row["share"]) for row in answer.tables["rewards"].rows()] == [
        ("Bonus", "Calls", "no", "1 of its 2 measures"),
        ("Bonus", "Days", "by a need", "1 of its 2 measures"),
        ("Praise", "Read", "by a need", "none"),
    ]
    assert [(row["need"], row["rewarded"]) for row in answer.tables["needs"].rows()] == [
        ("Heard", "no"),
        ("Clear", "yes"),
        ("Quick", "yes"),
    ]
    assert sentence(answer, answer.sentence) == (
        "Of 2 rewards 0 are wholly and 1 in part for what no customer asked for. Of 3 needs and concerns 1 has no "
        "reward that is written down, 0 of them of high importance."
    )
    assert set(answer.tables["things"].values["kind"]) == {"need or concern", "measure", "reward"}
    assert links(answer) >= {("Calls", "Bonus"), ("Clear", "Read")}
    assert said(made_workspace(**SMALL), "O203") == [
        "Reward 'Bonus' is given in part for 'Calls', which no customer asked for: 1 of its 2 measures."
    ]


def test_a_reward_for_nothing_else_is_wholly_for_what_no_customer_asked_for() -> None:
    answer = ask("O2.2", made_workspace(**{**SMALL, "reward": [{"id": "bonus", "measures": ["calls"]}]}))
    assert sentence(answer, answer.sentence).startswith("Of 1 reward 1 is for what no customer asked for. Of 3")
    assert answer.tables["rewards"].values["share"] == ("all",)
    assert loose(answer)["Bonus"] == "for what no customer asked for"


@pytest.mark.parametrize("kind", ["principle", "outcome"])
def test_what_shows_a_principle_or_an_outcome_was_asked_for(kind: str) -> None:
    shown = {**SMALL, kind: [{"id": "dignity", "measures": ["calls"]}, {"id": "secure"}]}
    workspace = made_workspace(**shown)
    asked = ask("O2.2", workspace).tables
    assert asked["summary"].values["partly"] == (0,)
    assert asked["rewards"].values["asked"].count("for a principle or an outcome") == 1
    (found,) = ask("O2.1", workspace).tables["summary"].rows()
    assert (found["unasked"], found["shown"], found["loose_rewards"]) == (0, 1, 0)
    assert said(workspace, "O202") == said(workspace, "O203") == []


def test_where_no_reward_is_written_down_nothing_is_said_of_what_is_rewarded() -> None:
    answer = ask("O2.2", made_workspace(group=[{"id": "all"}], need=[{"id": "clear", "groups": ["all"]}]))
    assert sentence(answer, answer.sentence) == (
        "No reward is written down, so it cannot be told which needs are rewarded."
    )
    assert answer.pictures == ()
    assert answer.tables["needs"].values["rewarded"] == ("not said",)
    assert cell_at(answer.tables["summary"], "unrewarded", 0) == "not said"


def said(workspace: Workspace, code: str) -> list[str]:
    return [one.said for one in check(workspace, date.max).found if one.rule.code == code]


@st.composite
def webs(draw: st.DrawFn) -> Workspace:
    """Needs, measures, objectives, outcomes and rewards tied in any way."""

    def some(pre: str, number: int) -> list[str]:
        return draw(st.lists(st.sampled_from([f"{pre}{n}" for n in range(number)]), unique=True, max_size=2))

    needs, measures, objectives, outcomes, rewards = (draw(st.integers(1, 4)) for _ in range(5))
    return made_workspace(
        group=[{"id": "all"}, {"id": "young", "parent": "all"}, {"id": "old"}],
        need=[{"id": f"n{n}", "groups": [draw(st.sampled_from(["all", "young", "old"]))]} for n in range(needs)],
        measure=[{"id": f"m{n}", "needs": some("n", needs)} for n in range(measures)],
        objective=[
            {
                "id": f"b{n}",
                "needs": some("n", needs),
                "measures": some("m", measures),
                "outcome": draw(st.sampled_from(["", "o0"])),
            }
            for n in range(objectives)
        ],
        outcome=[{"id": f"o{n}", "measures": some("m", measures)} for n in range(outcomes)],
        reward=[{"id": f"r{n}", "measures": some("m", measures) or ["m0"]} for n in range(rewards)],
    )


def whole(workspace: Workspace, need: Need) -> bool:
    """Whether a measure names the need, an objective names this measure, and this objective names an outcome."""
    return any(
        need.id in measure.needs and measure.id in objective.measures and bool(objective.outcome)
        for measure in workspace.every(Measure)
        for objective in workspace.every(Objective)
    )


@given(webs(), st.integers(0, 2**32))
def test_every_need_appears_once_counts_add_up_and_order_changes_nothing(workspace: Workspace, seed: int) -> None:
    for question in ("O2.1", "O2.2"):
        one, two = ask(question, workspace), ask(question, shuffled(workspace, seed))
        (found,) = one.tables["summary"].rows()
        assert len(set(one.tables["needs"].values["need"])) == len(one.tables["needs"]) == found["needs"]
        assert list(one.tables["summary"].rows()) == list(two.tables["summary"].rows())
        assert links(one) == links(two)
        assert loose(one) == loose(two)
    answer = ask("O2.1", workspace)
    (found,) = answer.tables["summary"].rows()
    assert sum(int(found[one] or 0) for one in ("unmeasured", "aimless", "endless", "through")) == found["needs"]
    assert found["through"] == sum(whole(workspace, need) for need in workspace.every(Need))
    assert len(said(workspace, "O201")) == found["unmeasured"]
    assert len(said(workspace, "O202")) == found["unasked"]
    assert len(said(workspace, "O203")) == found["loose_rewards"]
    things = [(row["kind"], row["loose"]) for row in answer.tables["things"].rows()]
    for kind, count, hanging in (
        ("measure", "measures", "unasked"),
        ("objective", "objectives", "loose_objectives"),
        ("outcome", "outcomes", "unreached"),
        ("reward", "rewards", "loose_rewards"),
    ):
        assert found[count] == sum(one == kind for one, _ in things)
        assert found[hanging] == sum(one == kind and lacks != "nowhere" for one, lacks in things)


@given(webs())
def test_whatever_a_need_hangs_on_can_be_walked_to_along_the_ties(workspace: Workspace) -> None:
    sight = line_of_sight(workspace)
    onward: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for source, target in sight.links:
        onward.setdefault(source, set()).add(target)
    for thread in sight.threads:
        reached, waiting = set(), [("need", thread.need.id)]
        while waiting:
            for other in onward.get(waiting.pop(), ()):
                if other not in reached:
                    reached.add(other)
                    waiting.append(other)
        told = {(one.KIND, one.id) for one in (*thread.measures, *thread.objectives, *thread.outcomes, *thread.rewards)}
        assert reached == told
