"""O2.2: what is rewarded that no customer asked for, and what customers need that nothing rewards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from outward.answers import Answer, Column, Method, Sentence, Table, Value
from outward.catalogue import question
from outward.operate.line_of_sight import drawn_as, links_table, things_table, too_many
from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Group, Need
from outward.workspace.kinds.operations import Measure, Reward
from outward.workspace.meaning.answering import NOT_SAID, WRITTEN_DOWN, evidence_of, listed, names, standing_of
from outward.workspace.meaning.sight import Rewarded, Sight, Thread, asked_for, line_of_sight, rewarded

METHOD = Method(
    "Rewards held against needs",
    "A reward is for measures, and a measure serves the needs that it names. Customers ask for a measure that serves a "
    "need, shows a principle to be kept or shows an outcome to be reached. A reward is for what no customer asked for "
    "where that holds of none of its measures, and in part where it holds of some. A need is rewarded where a reward "
    "is for a measure that serves it. A reward for several measures stands with each.",
    "Customer Focused Government (2001), on rewards that turn the whole organisation to face the customer",
    ("What a reward is for is what is written down, and not what people believe it is for.",),
)
COLUMNS = {Need.KIND: "Needs and concerns", Measure.KIND: "Measures", Reward.KIND: "Rewards"}


@question("O2.2", "What is rewarded that no customer asked for, and which needs does nothing reward?", version=2)
def rewards(workspace: Workspace) -> Answer:
    """Return which rewards are for measures that no customer asks for, wholly or in part, and which needs have none."""
    found = line_of_sight(workspace)
    of = {one.id: rewarded(workspace, one) for one in found.rewards}
    drawn = _drawn(found)
    return Answer(
        sentence=_sentence(found, of),
        tables={
            "summary": _summary(found, of),
            "rewards": _rewards(workspace, found.rewards, of),
            "needs": _needs(workspace, found.threads),
            "things": things_table(workspace, drawn.records, COLUMNS),
            "links": links_table(workspace, drawn),
        },
        pictures=drawn_as("What is rewarded, and whom it serves", drawn) if found.rewards else (),
        caveats=(
            WRITTEN_DOWN,
            Sentence("That no reward is for a need does not say that nobody meets it."),
            *too_many(drawn),
        ),
        method=METHOD,
        evidence=(evidence_of(workspace),),
        standing=standing_of(workspace, found.rewards, "no reward is written down"),
    )


def _sentence(found: Sight, of: Mapping[str, Rewarded]) -> Sentence:
    if not found.rewards:
        return Sentence("No reward is written down, so it cannot be told which needs are rewarded.")
    wholly = "{summary.unasked|is|are}"
    if any(one.unasked and not one.wholly for one in of.values()):
        wholly += " wholly and {summary.partly} in part"
    return Sentence(
        f"Of {{summary.rewards|reward|rewards}} {wholly} for what no customer asked for. Of "
        "{summary.needs|need or concern|needs and concerns} {summary.unrewarded|has|have} no reward that is written "
        "down, {summary.important} of them of high importance."
    )


def _summary(found: Sight, of: Mapping[str, Rewarded]) -> Table:
    bare = [thread.need for thread in found.threads if not thread.rewards]
    row: dict[str, Value] = {
        "rewards": len(found.rewards),
        "unasked": sum(one.wholly for one in of.values()),
        "partly": sum(bool(one.unasked) and not one.wholly for one in of.values()),
        "needs": len(found.threads),
        "unrewarded": len(bare) if found.rewards else None,
        "important": sum(need.importance == "high" for need in bare) if found.rewards else None,
    }
    columns = (
        Column("rewards", "number", "rewards", "Rewards"),
        Column("unasked", "number", "rewards", "Of which wholly for what no customer asked for"),
        Column("partly", "number", "rewards", "Of which in part for what no customer asked for"),
        Column("needs", "number", "needs", "Needs and concerns"),
        Column("unrewarded", "number", "needs", "Of which no reward is written down for", unsaid=NOT_SAID),
        Column("important", "number", "needs", "Of these, of high importance", unsaid=NOT_SAID),
    )
    return Table.of_rows(columns, [row], title="Rewards and needs")


def _rewards(workspace: Workspace, rewards: Sequence[Reward], of: Mapping[str, Rewarded]) -> Table:
    """Return each reward with each measure that it is for, those that no customer asks for first."""
    columns = (
        Column("reward", "label", title="Reward"),
        Column("type", "label", title="Kind"),
        Column("who", "label", title="Who is rewarded"),
        Column("measure", "label", title="For which measure"),
        Column("needs", "label", title="Needs that it serves"),
        Column("asked", "label", title="Asked for by customers"),
        Column("share", "label", title="How much of the reward nobody asked for"),
    )
    called, measures = names(workspace.every(Reward)), names(workspace.every(Measure))
    needs = names(workspace.every(Need))
    pairs = [
        (asked_for(workspace, measure), reward, measure) for reward in rewards for measure in of[reward.id].measures
    ]
    rows: list[dict[str, Value]] = [
        {
            "reward": called[reward.id],
            "type": reward.type,
            "who": reward.who or NOT_SAID,
            "measure": measures[measure.id],
            "needs": listed([needs[id] for id in measure.needs], "none"),
            "asked": asked,
            "share": of[reward.id].share,
        }
        for asked, reward, measure in sorted(pairs, key=lambda one: (one[0] != "no", one[1].id, one[2].id))
    ]
    return Table.of_rows(columns, rows, title="Reward by reward, those that no customer asked for first")


RANK = {"high": 0, "medium": 1, "low": 2}


def _needs(workspace: Workspace, threads: Sequence[Thread]) -> Table:
    """Return each need with the rewards for it, those without any first, the most important of them first."""
    columns = (
        Column("need", "label", title="Need or concern"),
        Column("importance", "label", title="Importance to customers"),
        Column("groups", "label", title="Whose need"),
        Column("measures", "label", title="Measures that serve it"),
        Column("rewards", "label", title="Rewards on these"),
        Column("rewarded", "label", title="Rewarded, as far as is written down"),
    )
    called, groups = names(workspace.every(Need)), names(workspace.every(Group))
    measures, rewards = names(workspace.every(Measure)), names(workspace.every(Reward))
    none = "no" if rewards else NOT_SAID
    in_order = sorted(threads, key=lambda one: (bool(one.rewards), RANK.get(one.need.importance or "", 3), one.need.id))
    rows: list[dict[str, Value]] = [
        {
            "need": called[thread.need.id],
            "importance": thread.need.importance or NOT_SAID,
            "groups": listed([groups[id] for id in thread.need.groups]),
            "measures": listed([measures[one.id] for one in thread.measures], "none"),
            "rewards": listed([rewards[one.id] for one in thread.rewards], "none" if rewards else NOT_SAID),
            "rewarded": "yes" if thread.rewards else none,
        }
        for thread in in_order
    ]
    return Table.of_rows(columns, rows, title="Need by need, those without a reward first")


def _drawn(found: Sight) -> Sight:
    """Return what the picture shows: every reward, the measures that it is for, and every need."""
    rewarded = {id for reward in found.rewards for id in reward.measures}
    measures = tuple(one for one in found.measures if one.id in rewarded)
    kept = {one.name for one in (*measures, *found.rewards, *(one.need for one in found.threads))}
    links = tuple(link for link in found.links if kept.issuperset(link))
    return Sight(found.threads, measures, (), (), found.rewards, links)
