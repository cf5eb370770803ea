"""Questions about records in plain, obvious Python: what holds for whom, and what became of each finding."""

from __future__ import annotations

from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Group
from outward.workspace.kinds.delivery import Principle


def holds(workspace: Workspace, principle: Principle, group: Group) -> bool:
    """Return whether a principle holds for a group: it names the group, or the group's parent has it."""
    if group.id in principle.groups:
        return True
    parents = [one for one in workspace.every(Group) if one.id == group.parent]
    return any(holds(workspace, principle, parent) for parent in parents)
