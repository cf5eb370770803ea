"""What holds for a group because it holds for a group around it."""

from __future__ import annotations

from collections.abc import Iterable

from outward.errors import UsageError
from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Group
from outward.workspace.kinds.delivery import Principle


def held_by(workspace: Workspace, principle: Principle, group: Group) -> Group | None:
    """Return the group by which a principle holds for a group: itself, or the nearest around it; None for none.

    Args:
        workspace: the records.
        principle: holds for the groups that it names and for every group inside these.
        group: the group that is asked about.
    """
    return next((one for one in workspace.around(group) if one.id in principle.groups), None)


def inside(workspace: Workspace, group: Group) -> tuple[Group, ...]:
    """Return the groups that are parts of a group, at any depth, in the order in which they are written."""
    return workspace.some(Group, workspace.parts[group.id] - {group.id})


def touching(workspace: Workspace, group: Group) -> frozenset[str]:
    """Return the ids of the groups that share people with a group: itself, those around it, those inside it."""
    return workspace.parts[group.id] | {one.id for one in workspace.around(group)}


def reached(workspace: Workspace, named: Iterable[str], inherited: bool = True) -> frozenset[str]:
    """Return the groups that are reached: those named, and those that have a part among them.

    A part that is not reached is missing by itself, and need not be told of the group around it as well.

    Args:
        workspace: the records.
        named: ids of groups.
        inherited: whether what holds for a group holds for the groups inside it.
    """
    parts, first = workspace.parts, frozenset(named)
    held = frozenset(id for one in first for id in parts[one]) if inherited else first
    return held | {group.id for group in workspace.every(Group) if parts[group.id] & first}


def chosen_group(workspace: Workspace, id: str) -> Group | None:
    """Return the group that a person chose by its id; None where none was chosen.

    Raises:
        UsageError: there is no such group.
    """
    found = workspace.get(Group, id)
    if id and not found:
        raise UsageError.unknown("customer group", id, [one.id for one in workspace.every(Group)])
    return found
