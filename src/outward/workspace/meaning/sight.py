"""The line of sight: from a need by its measures and objectives to an outcome, and what is rewarded on the way."""

from __future__ import annotations

from dataclasses import dataclass

from outward.workspace.contents import Name, Workspace
from outward.workspace.kinds.customers import Group, Need
from outward.workspace.kinds.delivery import Objective, Outcome
from outward.workspace.kinds.operations import Measure, Reward
from outward.workspace.meaning.inheritance import touching
from outward.workspace.records import Record


@dataclass(frozen=True)
class Thread:
    """What hangs on one need.

    Attributes:
        need: the need or concern.
        measures: those that serve it.
        objectives: those that would meet it, or that are measured by these.
        outcomes: those that these work towards, or that are measured by these.
        rewards: those on these measures.
    """

    need: Need
    measures: tuple[Measure, ...]
    objectives: tuple[Objective, ...]
    outcomes: tuple[Outcome, ...]
    rewards: tuple[Reward, ...]


@dataclass(frozen=True)
class Sight:
    """Everything in the line of sight, and what is tied to what.

    Attributes:
        threads: one for each need.
        measures: all of them, those too that serve no need.
        objectives: likewise.
        outcomes: likewise.
        rewards: likewise.
        links: pairs of (kind, id), from a need towards an outcome or a reward.
    """

    threads: tuple[Thread, ...]
    measures: tuple[Measure, ...]
    objectives: tuple[Objective, ...]
    outcomes: tuple[Outcome, ...]
    rewards: tuple[Reward, ...]
    links: tuple[tuple[Name, Name], ...]

    @property
    def records(self) -> tuple[Record, ...]:
        """All of them, from needs to outcomes."""
        needs = tuple(thread.need for thread in self.threads)
        return (*needs, *self.measures, *self.objectives, *self.rewards, *self.outcomes)


def thread_of(workspace: Workspace, need: Need) -> Thread:
    """Return what hangs on a need."""
    measures = workspace.naming(Measure, "needs", need.id)
    read = [one.id for one in measures]
    aimed = (*workspace.naming(Objective, "needs", need.id), *workspace.naming(Objective, "measures", *read))
    objectives = workspace.some(Objective, (one.id for one in aimed))
    counted = workspace.naming(Outcome, "measures", *read)
    outcomes = workspace.some(Outcome, (*(one.outcome for one in objectives), *(one.id for one in counted)))
    rewards = workspace.naming(Reward, "measures", *read)
    return Thread(need, measures, objectives, outcomes, rewards)


def line_of_sight(workspace: Workspace, group: Group | None = None) -> Sight:
    """Return the line of sight of all needs; or of a group's, with only what hangs on them or is the group's own.

    Args:
        workspace: the records.
        group: its needs are those of any group that shares people with it.
    """
    shared = touching(workspace, group) if group else frozenset()
    needs = [one for one in workspace.every(Need) if not group or shared.intersection(one.groups)]
    threads = tuple(thread_of(workspace, need) for need in needs)
    tied = {(one.KIND, one.id) for thread in threads for one in (*thread.measures, *thread.objectives)}
    objectives = tuple(
        one for one in workspace.every(Objective) if not group or one.group in shared or _name(one) in tied
    )
    read = {id for one in objectives for id in one.measures}
    measures = tuple(one for one in workspace.every(Measure) if not group or one.id in read or _name(one) in tied)
    counted, towards = {one.id for one in measures}, {one.outcome for one in objectives}
    outcomes = tuple(
        one for one in workspace.every(Outcome) if not group or one.id in towards or counted.intersection(one.measures)
    )
    rewards = tuple(one for one in workspace.every(Reward) if not group or counted.intersection(one.measures))
    sight = Sight(threads, measures, objectives, outcomes, rewards, ())
    here = {_name(one) for one in sight.records}
    links = tuple(dict.fromkeys(link for link in _links(sight) if here.issuperset(link)))
    return Sight(threads, measures, objectives, outcomes, rewards, links)


def _name(record: Record) -> Name:
    return record.KIND, record.id


def _links(sight: Sight) -> list[tuple[Name, Name]]:
    """Return what is tied to what, by the shortest step: not past what stands between the two."""
    asked = {one.id: set(one.needs) for one in sight.measures}
    links = [((Need.KIND, need), _name(one)) for one in sight.measures for need in one.needs]
    for objective in sight.objectives:
        links += [((Measure.KIND, id), _name(objective)) for id in objective.measures]
        between = {need for id in objective.measures for need in asked.get(id, ())}
        links += [((Need.KIND, need), _name(objective)) for need in objective.needs if need not in between]
    for outcome in sight.outcomes:
        own = [one for one in sight.objectives if one.outcome == outcome.id]
        links += [(_name(one), _name(outcome)) for one in own]
        between = {id for one in own for id in one.measures}
        links += [((Measure.KIND, id), _name(outcome)) for id in outcome.measures if id not in between]
    for reward in sight.rewards:
        links += [((Measure.KIND, id), _name(reward)) for id in reward.measures]
    return links


def unasked(workspace: Workspace, reward: Reward) -> tuple[Measure, ...]:
    """Return the measures that a reward is for and that no need asks for."""
    return tuple(one for one in workspace.some(Measure, reward.measures) if not one.needs)


def loose(workspace: Workspace, record: Record) -> str:
    """Return where a record hangs loose in the line of sight, in words; '' where it is tied on both sides."""
    if isinstance(record, Need):
        return "" if workspace.naming(Measure, "needs", record.id) else "no measure"
    if isinstance(record, Measure):
        return "" if record.needs else "no need asks for it"
    if isinstance(record, Objective):
        lacking = [*([] if record.measures else ["no measure"]), *([] if record.outcome else ["no outcome"])]
        return " and ".join(lacking)
    if isinstance(record, Outcome):
        return "" if workspace.naming(Objective, "outcome", record.id) else "no objective works towards it"
    if isinstance(record, Reward):
        return "for what no need asks for" if unasked(workspace, record) else ""
    return ""
