"""The line of sight: from a need by its measures and objectives to an outcome, and what is rewarded on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from outward.workspace.contents import Name, Workspace
from outward.workspace.kinds.customers import Group, Need
from outward.workspace.kinds.delivery import Objective, Outcome, Principle
from outward.workspace.kinds.operations import Measure, Reward
from outward.workspace.meaning.inheritance import needs_of, touching
from outward.workspace.records import Record

Lack = Literal["", "no measure", "no objective", "no outcome"]
LACKS: tuple[Lack, ...] = ("no measure", "no objective", "no outcome", "")


@dataclass(frozen=True)
class Thread:
    """What hangs on one need.

    Attributes:
        need: the need or concern.
        measures: those that serve it.
        objectives: those that would meet it, or that are measured by these.
        outcomes: those that these work towards, or that are measured by these.
        rewards: those on these measures.
        lacks: what is missing in the unbroken line from the need by a measure that serves it and an objective that
            names this measure to the outcome that the objective names; '' where there is such a line.
    """

    need: Need
    measures: tuple[Measure, ...]
    objectives: tuple[Objective, ...]
    outcomes: tuple[Outcome, ...]
    rewards: tuple[Reward, ...]
    lacks: Lack

    @property
    def breaks(self) -> str:
        """Where the line breaks, in words: what is met or reached by another way does not mend it; '' for nowhere."""
        besides = {"no objective": self.objectives, "no outcome": self.outcomes}.get(self.lacks)
        return f"{self.lacks} by these measures" if besides else self.lacks


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
    by_measure = workspace.naming(Objective, "measures", *read)
    aimed = (*workspace.naming(Objective, "needs", need.id), *by_measure)
    objectives = workspace.some(Objective, (one.id for one in aimed))
    counted = workspace.naming(Outcome, "measures", *read)
    outcomes = workspace.some(Outcome, (*(one.outcome for one in objectives), *(one.id for one in counted)))
    rewards = workspace.naming(Reward, "measures", *read)
    return Thread(need, measures, objectives, outcomes, rewards, _lacks(measures, by_measure))


def _lacks(measures: Sequence[Measure], objectives: Sequence[Objective]) -> Lack:
    if not measures:
        return "no measure"
    if not objectives:
        return "no objective"
    return "" if any(one.outcome for one in objectives) else "no outcome"


def line_of_sight(workspace: Workspace, group: Group | None = None) -> Sight:
    """Return the line of sight of all needs; or of a group's, with only what hangs on them or is the group's own.

    Args:
        workspace: the records.
        group: its needs are told by `needs_of`.
    """
    shared = touching(workspace, group) if group else frozenset()
    threads = tuple(thread_of(workspace, need) for need in needs_of(workspace, group))
    tied = {one.name for thread in threads for one in (*thread.measures, *thread.objectives)}
    objectives = tuple(
        one for one in workspace.every(Objective) if not group or one.group in shared or one.name in tied
    )
    read = {id for one in objectives for id in one.measures}
    measures = tuple(one for one in workspace.every(Measure) if not group or one.id in read or one.name in tied)
    counted, towards = {one.id for one in measures}, {one.outcome for one in objectives}
    outcomes = tuple(
        one for one in workspace.every(Outcome) if not group or one.id in towards or counted.intersection(one.measures)
    )
    rewards = tuple(one for one in workspace.every(Reward) if not group or counted.intersection(one.measures))
    sight = Sight(threads, measures, objectives, outcomes, rewards, ())
    here = {one.name for one in sight.records}
    links = tuple(dict.fromkeys(link for link in _links(sight) if here.issuperset(link)))
    return Sight(threads, measures, objectives, outcomes, rewards, links)


def _links(sight: Sight) -> list[tuple[Name, Name]]:
    """Return what is tied to what, by the shortest step: not past what stands between the two."""
    asked = {one.id: set(one.needs) for one in sight.measures}
    links = [((Need.KIND, need), one.name) for one in sight.measures for need in one.needs]
    for objective in sight.objectives:
        links += [((Measure.KIND, id), objective.name) for id in objective.measures]
        between = {need for id in objective.measures for need in asked.get(id, ())}
        links += [((Need.KIND, need), objective.name) for need in objective.needs if need not in between]
    towards: dict[str, list[Objective]] = {}
    for objective in sight.objectives:
        towards.setdefault(objective.outcome, []).append(objective)
    for outcome in sight.outcomes:
        own = towards.get(outcome.id, [])
        links += [(one.name, outcome.name) for one in own]
        between = {id for one in own for id in one.measures}
        links += [((Measure.KIND, id), outcome.name) for id in outcome.measures if id not in between]
    for reward in sight.rewards:
        links += [((Measure.KIND, id), reward.name) for id in reward.measures]
    return links


Asked = Literal["by a need", "for a principle or an outcome", "no"]


def asked_for(workspace: Workspace, measure: Measure) -> Asked:
    """Return whether customers ask for a measure: it serves a need, or shows a principle kept or an outcome reached."""
    if measure.needs:
        return "by a need"
    kept, reached = (workspace.naming(kind, "measures", measure.id) for kind in (Principle, Outcome))
    return "for a principle or an outcome" if kept or reached else "no"


def unasked(workspace: Workspace, measures: Sequence[Measure]) -> tuple[Measure, ...]:
    """Return those of some measures that no customer asks for."""
    return tuple(one for one in measures if asked_for(workspace, one) == "no")


@dataclass(frozen=True)
class Rewarded:
    """What a reward is for.

    Attributes:
        measures: all that it is for.
        unasked: those of them that no customer asks for.
    """

    measures: tuple[Measure, ...]
    unasked: tuple[Measure, ...]

    @property
    def wholly(self) -> bool:
        """Whether it is for nothing else."""
        return len(self.unasked) == len(self.measures)

    @property
    def share(self) -> str:
        """How much of it no customer asks for, in words."""
        if not self.unasked or self.wholly:
            return "all" if self.unasked else "none"
        return f"{len(self.unasked)} of its {len(self.measures)} measures"


def rewarded(workspace: Workspace, reward: Reward) -> Rewarded:
    """Return what a reward is for."""
    measures = workspace.some(Measure, reward.measures)
    return Rewarded(measures, unasked(workspace, measures))


def loose(workspace: Workspace, record: Record) -> str:
    """Return where a record hangs loose in the line of sight, in words; '' where it is tied on both sides."""
    if isinstance(record, Need):
        thread = thread_of(workspace, record)
        return thread.breaks if thread.lacks in ("no measure", "no objective") else ""
    if isinstance(record, Measure):
        return "serves no need, principle or outcome" if asked_for(workspace, record) == "no" else ""
    if isinstance(record, Objective):
        if record.type == "learn":
            return ""
        lacking = [*([] if record.measures else ["no measure"]), *([] if record.outcome else ["no outcome"])]
        return " and ".join(lacking)
    if isinstance(record, Outcome):
        return "" if workspace.naming(Objective, "outcome", record.id) else "no objective works towards it"
    if isinstance(record, Reward):
        found = rewarded(workspace, record)
        if not found.unasked:
            return ""
        return UNASKED if found.wholly else f"in part {UNASKED}: {found.share}"
    return ""


UNASKED = "for what no customer asked for"
