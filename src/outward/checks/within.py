"""Which customer groups are inside which, and what is known about whom; each worked out for all groups at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Group, Interview, Need
from outward.workspace.kinds.knowledge import Finding


def parts(workspace: Workspace) -> Mapping[str, frozenset[str]]:
    """Return for each group the ids of itself and of every group inside it."""
    found: dict[str, set[str]] = {group.id: set() for group in workspace.every(Group)}
    for group in workspace.every(Group):
        for larger in workspace.around(group):
            found[larger.id].add(group.id)
    return {id: frozenset(inside) for id, inside in found.items()}


def reached(workspace: Workspace, named: Iterable[str], inherited: bool = True) -> frozenset[str]:
    """Return the groups that are reached: those named, and those that have a part among them.

    A part that is not reached is missing by itself, and need not be told of the group around it as well.

    Args:
        workspace: the records.
        named: ids of groups.
        inherited: whether what holds for a group holds for the groups inside it.
    """
    inside, first = parts(workspace), frozenset(named)
    held = frozenset(id for one in first for id in inside[one]) if inherited else first
    return held | {group.id for group in workspace.every(Group) if inside[group.id] & first}


def groups_of_findings(workspace: Workspace) -> Mapping[str, frozenset[str]]:
    """Return for each finding the groups that it is about: those it names, and those of the needs that it shows."""
    about = {finding.id: set(finding.groups) for finding in workspace.every(Finding)}
    of_need = {need.id: need.groups for need in workspace.every(Need)}
    for finding in workspace.every(Finding):
        about[finding.id].update(group for need in finding.needs for group in of_need[need])
    for need in workspace.every(Need):
        for id in need.findings:
            about[id].update(need.groups)
    return {id: frozenset(groups) for id, groups in about.items()}


def known_about(workspace: Workspace) -> frozenset[str]:
    """Return the groups about which there is a finding or an interview, or about a group inside them."""
    heard = {id for groups in groups_of_findings(workspace).values() for id in groups}
    heard |= {id for interview in workspace.every(Interview) for id in interview.groups}
    return frozenset(id for id, inside in parts(workspace).items() if inside & heard)
