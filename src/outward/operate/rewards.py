"""O2.2: what is rewarded that no customer asked for, and what customers need that nothing rewards."""

from __future__ import annotations

from collections.abc import Sequence

from outward.answers import Answer, Column, Method, Sentence, Table, Value
from outward.catalogue import question
from outward.operate.line_of_sight import drawn_as, links_table, things_table, too_many
from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Group, Need
from outward.workspace.kinds.operations import Measure, Reward
from outward.workspace.meaning.answering import NOT_SAID, WRITTEN_DOWN, evidence_of, listed, names, standing_of
from outward.workspace.meaning.sight import Sight, Thread, line_of_sight, unasked

METHOD = Method(
    "Rewards held against needs",
    "A reward is for measures, and a measure serves the needs that it names. Asked for by customers is a measure that "
    "serves at least one need; a need is rewarded where a reward is for a measure that serves it. A reward for several "
    "measures stands with each.",
    "Customer Focused Government (2001), on rewards that turn the whole organisation to face the customer",
    ("What a reward is for is what is written down, and not what people believe it is for.",),
)
TITLE = "What is rewarded that no customer asked for, and which needs does nothing reward?"
COLUMNS = {Need.KIND: "Needs and concerns", Measure.KIND: "Measures", Reward.KIND: "Rewards"}


@question("O2.2", TITLE)
def rewards(workspace: Workspace) -> Answer:
    """Return which rewards are for measures that no need asks for, and which needs no reward is for."""
    found = line_of_sight(workspace)
    drawn = _drawn(found)
    return Answer(
        question="O2.2",
        version=1,
        title=TITLE,
        sentence=_sentence(found),
        tables={
            "summary": _summary(workspace, found),
            "rewards": _rewards(workspace, found.rewards),
            "needs": _needs(workspace, found.threads),
            "things": things_table(workspace, drawn.records, COLUMNS),
            "links": links_table(workspace, drawn),
        },
        pictures=drawn_as("What is rewarded, and whom it serves", drawn) if found.rewards else (),
        caveats=(
            WRITTEN_DOWN,
            Sentence("That nothing rewards a need does not say that nobody meets it."),
            *too_many(drawn),
        ),
        method=METHOD,
        evidence=(evidence_of(workspace),),
        standing=standing_of(workspace, found.rewards, "no reward is written down"),
    )


def _sentence(found: Sight) -> Sentence:
    if not found.rewards:
        return Sentence("No reward is written down, so nothing rewards any of {summary.needs|need|needs}.")
    return Sentence(
        "{summary.unasked} of {summary.rewards|reward is|rewards are} for what no customer asked for; nothing rewards "
        "{summary.unrewarded} of {summary.needs|need or concern|needs and concerns}, {summary.important} of them of "
        "high importance."
    )


def _summary(workspace: Workspace, found: Sight) -> Table:
    bare = [thread.need for thread in found.threads if not thread.rewards]
    row: dict[str, Value] = {
        "rewards": len(found.rewards),
        "unasked": sum(bool(unasked(workspace, reward)) for reward in found.rewards),
        "needs": len(found.threads),
        "unrewarded": len(bare),
        "important": sum(need.importance == "high" for need in bare),
    }
    columns = (
        Column("rewards", "number", "rewards", "Rewards"),
        Column("unasked", "number", "rewards", "Of which for what no customer asked for"),
        Column("needs", "number", "needs", "Needs and concerns"),
        Column("unrewarded", "number", "needs", "Of which nothing rewards"),
        Column("important", "number", "needs", "Of these, of high importance"),
    )
    return Table.of_rows(columns, [row], title="Rewards and needs")


def _rewards(workspace: Workspace, rewards: Sequence[Reward]) -> Table:
    """Return each reward with each measure that it is for, those that no need asks for first."""
    columns = (
        Column("reward", "label", title="Reward"),
        Column("type", "label", title="Kind"),
        Column("who", "label", title="Who is rewarded"),
        Column("measure", "label", title="For which measure"),
        Column("needs", "label", title="Needs that it serves"),
        Column("asked", "label", title="Asked for by customers"),
    )
    called, measures = names(workspace.every(Reward)), names(workspace.every(Measure))
    needs = names(workspace.every(Need))
    pairs = [
        (reward, measure) for reward in rewards for measure in workspace.every(Measure) if measure.id in reward.measures
    ]
    rows: list[dict[str, Value]] = [
        {
            "reward": called[reward.id],
            "type": reward.type,
            "who": reward.who or NOT_SAID,
            "measure": measures[measure.id],
            "needs": listed([needs[id] for id in measure.needs], "none"),
            "asked": "yes" if measure.needs else "no",
        }
        for reward, measure in sorted(pairs, key=lambda pair: (bool(pair[1].needs), pair[0].id, pair[1].id))
    ]
    return Table.of_rows(columns, rows, title="Reward by reward, those that no customer asked for first")


RANK = {"high": 0, "medium": 1, "low": 2}


def _needs(workspace: Workspace, threads: Sequence[Thread]) -> Table:
    """Return each need with what rewards it, those that nothing rewards first, the most important of them first."""
    columns = (
        Column("need", "label", title="Need or concern"),
        Column("importance", "label", title="Importance to customers"),
        Column("groups", "label", title="Whose need"),
        Column("measures", "label", title="Measures that serve it"),
        Column("rewards", "label", title="Rewards on these"),
        Column("rewarded", "label", title="Rewarded"),
    )
    called, groups = names(workspace.every(Need)), names(workspace.every(Group))
    measures, rewards = names(workspace.every(Measure)), names(workspace.every(Reward))
    in_order = sorted(threads, key=lambda one: (bool(one.rewards), RANK.get(one.need.importance or "", 3), one.need.id))
    rows: list[dict[str, Value]] = [
        {
            "need": called[thread.need.id],
            "importance": thread.need.importance or NOT_SAID,
            "groups": listed([groups[id] for id in thread.need.groups]),
            "measures": listed([measures[one.id] for one in thread.measures], "none"),
            "rewards": listed([rewards[one.id] for one in thread.rewards], "none"),
            "rewarded": "yes" if thread.rewards else "no",
        }
        for thread in in_order
    ]
    return Table.of_rows(columns, rows, title="Need by need, those that nothing rewards first")


def _drawn(found: Sight) -> Sight:
    """Return what the picture shows: every reward, the measures that it is for, and every need."""
    rewarded = {id for reward in found.rewards for id in reward.measures}
    measures = tuple(one for one in found.measures if one.id in rewarded)
    kept = {(one.KIND, one.id) for one in (*measures, *found.rewards, *(one.need for one in found.threads))}
    links = tuple(link for link in found.links if kept.issuperset(link))
    return Sight(found.threads, measures, (), (), found.rewards, links)
