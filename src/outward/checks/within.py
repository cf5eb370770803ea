"""Which customer groups are inside which, and what is known about whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Group, Interview
from outward.workspace.kinds.knowledge import Finding


def parts(workspace: Workspace) -> Mapping[str, frozenset[str]]:
    """Return for each group the ids of itself and of every group inside it."""
    found: dict[str, set[str]] = {group.id: set() for group in workspace.every(Group)}
    for group in workspace.every(Group):
        for larger in workspace.around(group):
            found[larger.id].add(group.id)
    return {id: frozenset(inside) for id, inside in found.items()}


def children(workspace: Workspace) -> Mapping[str, tuple[str, ...]]:
    """Return for each group the ids of those whose parent it is."""
    found: dict[str, list[str]] = {group.id: [] for group in workspace.every(Group)}
    for group in workspace.every(Group):
        if group.parent:
            found[group.parent].append(group.id)
    return {id: tuple(below) for id, below in found.items()}


def covered(workspace: Workspace, named: Iterable[str], inherited: bool) -> frozenset[str]:
    """Return the groups that are reached: those named, and those of which every part is reached.

    Args:
        workspace: the records.
        named: ids of groups.
        inherited: whether what holds for a group holds for the groups inside it.
    """
    reached = set(named)
    if inherited:
        inside = parts(workspace)
        reached = {id for one in reached for id in inside[one]}
    below = children(workspace)
    deepest_first = sorted(workspace.every(Group), key=lambda group: -len(workspace.around(group)))
    for group in deepest_first:
        if below[group.id] and all(child in reached for child in below[group.id]):
            reached.add(group.id)
    return frozenset(reached)


def known_about(workspace: Workspace) -> frozenset[str]:
    """Return the groups about which there is a finding or an interview, or about a group inside them."""
    heard = {id for finding in workspace.every(Finding) for id in finding.groups}
    heard |= {id for interview in workspace.every(Interview) for id in interview.groups}
    return frozenset(
        larger.id for group in workspace.every(Group) if group.id in heard for larger in workspace.around(group)
    )
