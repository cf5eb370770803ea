"""What holds for a group because it holds for a group around it."""

from __future__ import annotations

from collections.abc import Iterable

from outward.errors import UsageError
from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Group, Need
from outward.workspace.kinds.delivery import Principle


def held(workspace: Workspace, group: Group) -> dict[str, Group]:
    """Return the ids of the principles that hold for a group, each with the group by which it does.

    A principle holds for the groups that it names and for every group inside these: by the group itself, or by the
    nearest around it that is named.

    Args:
        workspace: the records.
        group: the group that is asked about.
    """
    found: dict[str, Group] = {}
    for one in workspace.around(group):
        for principle in workspace.naming(Principle, "groups", one.id):
            found.setdefault(principle.id, one)
    return found


def inside(workspace: Workspace, group: Group) -> tuple[Group, ...]:
    """Return the groups that are parts of a group, at any depth, in the order in which they are written."""
    return workspace.some(Group, workspace.parts[group.id] - {group.id})


def touching(workspace: Workspace, group: Group) -> frozenset[str]:
    """Return the ids of the groups that share people with a group: itself, those around it, those inside it."""
    return workspace.parts[group.id] | {one.id for one in workspace.around(group)}


def needs_of(workspace: Workspace, group: Group | None) -> tuple[Need, ...]:
    """Return the needs and concerns of a group, in the order in which they are written; all of them for no group.

    They are those of every group that shares people with it: of itself, of those around it and of those inside it.
    """
    return workspace.naming(Need, "groups", *touching(workspace, group)) if group else workspace.every(Need)


def reached(workspace: Workspace, named: Iterable[str]) -> frozenset[str]:
    """Return the groups that are reached: those named, and those that have a part among them.

    A part that is not reached is missing by itself, and need not be told of the group around it as well.

    Args:
        workspace: the records.
        named: ids of groups.
    """
    parts, first = workspace.parts, frozenset(named)
    return frozenset(id for one in first for id in parts[one]) | {
        group.id for group in workspace.every(Group) if parts[group.id] & first
    }


def chosen_group(workspace: Workspace, id: str) -> Group | None:
    """Return the group that a person chose by its id; None where none was chosen.

    Raises:
        UsageError: there is no such group.
    """
    found = workspace.get(Group, id)
    if id and not found:
        raise UsageError.unknown("customer group", id, [one.id for one in workspace.every(Group)])
    return found
