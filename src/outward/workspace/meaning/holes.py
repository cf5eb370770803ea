"""The holes in what is promised and aimed at: one arithmetic for the question D1.1 and for the rules of its name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Group
from outward.workspace.kinds.delivery import Objective, Principle
from outward.workspace.meaning.knowledge import Groups, groups_of_findings

Lack = Literal["group", "target", "owner", "evidence"]
Part = Literal["principle", "objective", "nobody"] | Lack
LACKS: tuple[Lack, ...] = ("group", "target", "owner", "evidence")
PARTS: tuple[Part, ...] = ("principle", "objective", *LACKS, "nobody")


@dataclass(frozen=True)
class Hole:
    """One thing that is missing.

    Attributes:
        record: the group, objective or principle that lacks it.
        part: what is missing: a principle or an objective of a group; a group, a target, an owner or evidence of an
            objective; for a principle 'nobody', as it holds for nobody.
        field: the field of the record in which it would stand; '' where another record mends it.
        said: what is missing, to follow the name of the record.
    """

    record: Group | Objective | Principle
    part: Part
    field: str
    said: str


def past(objective: Objective, on: date) -> bool:
    """Return whether an objective is past on a day: its day is over or, where it has none, it is told what came of it.

    >>> past(Objective(id="a", title="A", target_date=date(2026, 3, 31)), date(2026, 4, 1))
    True
    """
    return objective.target_date < on if objective.target_date else objective.reached != "not yet"


def holes(workspace: Workspace, on: date, *parts: Part) -> Iterator[Hole]:
    """Yield the holes on a day: those of groups, then of objectives that are not past, then of principles.

    Args:
        workspace: the records.
        on: the day.
        parts: which holes; all of them where none is named.
    """
    wanted = parts or PARTS
    aimed, ever = _aimed(workspace, on)
    promised = {id for principle in workspace.every(Principle) for id in principle.groups}
    for group in workspace.every(Group):
        if "principle" in wanted and promised.isdisjoint(one.id for one in workspace.around(group)):
            yield Hole(group, "principle", "", "has no principle that holds for it")
        if "objective" in wanted and group.id not in aimed:
            said = "has no objective any more: the day is past" if group.id in ever else "has no objective"
            yield Hole(group, "objective", "", said)
    if set(LACKS) & set(wanted):
        about = groups_of_findings(workspace)
        for objective in workspace.every(Objective):
            if not past(objective, on):
                yield from (hole for hole in lacks(workspace, objective, about) if hole.part in wanted)
    for principle in workspace.every(Principle) if "nobody" in wanted else ():
        if not principle.groups:
            yield Hole(principle, "nobody", "groups", "names no group for whom it holds")


def _aimed(workspace: Workspace, on: date) -> tuple[set[str], set[str]]:
    """Return the groups for which, or for a group inside which, an objective is set; and was, past ones included."""
    aimed: set[str] = set()
    ever: set[str] = set()
    for objective in workspace.every(Objective):
        if group := workspace.get(Group, objective.group):
            around = {one.id for one in workspace.around(group)}
            ever |= around
            aimed |= set() if past(objective, on) else around
    return aimed, ever


def lacks(workspace: Workspace, objective: Objective, about: Groups) -> Iterator[Hole]:
    """Yield what an objective lacks to be whole.

    Args:
        workspace: the records.
        objective: one of them.
        about: the groups that each finding is about, see `groups_of_findings`.
    """
    if not objective.group:
        yield Hole(objective, "group", "group", "is for no group")
    if objective.type == "achieve" and objective.target is None:
        yield Hole(objective, "target", "target", "has no target" + ("" if objective.target_date else " and no day"))
    elif not objective.target_date:
        yield Hole(objective, "target", "target_date", "has no day by which it is to be reached")
    if not objective.owner:
        yield Hole(objective, "owner", "owner", "has no owner")
    if objective.type == "learn":
        return
    if not objective.findings:
        yield Hole(objective, "evidence", "findings", "rests on no finding")
    elif objective.group and not any(_about(workspace, objective.group, about[id]) for id in objective.findings):
        yield Hole(objective, "evidence", "findings", "rests on findings about other groups than its own")


def _about(workspace: Workspace, group: str, groups: frozenset[str]) -> bool:
    """Return whether a finding about these groups bears on a group: on it or a group inside, or on everybody."""
    return not groups or bool(workspace.parts[group] & groups)
