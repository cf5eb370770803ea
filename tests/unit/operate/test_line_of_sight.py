"""O2.1 and O2.2: from needs to outcomes, what hangs loose, and what is rewarded."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.made_workspaces import made_workspace, shuffled

from outward.asking import ask
from outward.disclosure.released import ReleasedAnswer
from outward.present.words import sentence
from outward.workspace.contents import Workspace
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
    return {str(row["thing"]): str(row["loose"]) for row in answer.tables["things"].rows() if row["loose"]}


def test_each_need_is_followed_to_its_outcomes_and_rewards() -> None:
    answer = ask("O2.1", made_workspace(**SMALL))
    assert list(answer.tables["needs"].rows()) == [
        {"need": "Heard", "measures": "none", "objectives": "Listen", "outcomes": "Secure", "rewards": "none"},
        {
            "need": "Clear",
            "measures": "Read; Days",
            "objectives": "Faster",
            "outcomes": "Secure",
            "rewards": "Bonus; Praise",
        },
        {"need": "Quick", "measures": "Days", "objectives": "Faster", "outcomes": "Secure", "rewards": "Bonus"},
    ]
    assert sentence(answer, answer.sentence) == (
        "1 of 3 needs and concerns have no measure, and 1 of 3 measures serve no need; 2 of 3 needs can be followed to "
        "an outcome."
    )


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
        "Calls": "no need asks for it",
        "Listen": "no measure",
        "Spare": "no measure and no outcome",
        "Lonely": "no objective works towards it",
        "Bonus": "for what no need asks for",
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


def test_rewards_are_held_against_needs() -> None:
    answer = ask("O2.2", made_workspace(**SMALL))
    assert [(row["reward"], row["measure"], row["asked"]) for row in answer.tables["rewards"].rows()] == [
        ("Bonus", "Calls", "no"),
        ("Bonus", "Days", "yes"),
        ("Praise", "Read", "yes"),
    ]
    assert [(row["need"], row["rewarded"]) for row in answer.tables["needs"].rows()] == [
        ("Heard", "no"),
        ("Clear", "yes"),
        ("Quick", "yes"),
    ]
    assert sentence(answer, answer.sentence) == (
        "1 of 2 rewards are for what no customer asked for; nothing rewards 1 of 3 needs and concerns, 0 of them of "
        "high importance."
    )
    assert set(answer.tables["things"].values["kind"]) == {"need or concern", "measure", "reward"}
    assert links(answer) >= {("Calls", "Bonus"), ("Clear", "Read")}


def test_without_rewards_nothing_rewards_anything() -> None:
    answer = ask("O2.2", made_workspace(group=[{"id": "all"}], need=[{"id": "clear", "groups": ["all"]}]))
    assert sentence(answer, answer.sentence) == "No reward is written down, so nothing rewards any of 1 need."
    assert answer.pictures == ()


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
    things = [(row["kind"], row["loose"]) for row in answer.tables["things"].rows()]
    for kind, count, hanging in (
        ("need or concern", "needs", "unmeasured"),
        ("measure", "measures", "unasked"),
        ("objective", "objectives", "loose_objectives"),
        ("outcome", "outcomes", "unreached"),
        ("reward", "rewards", "loose_rewards"),
    ):
        assert found[count] == sum(one == kind for one, _ in things)
        assert found[hanging] == sum(one == kind and bool(lacks) for one, lacks in things)


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
