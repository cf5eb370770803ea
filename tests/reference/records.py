"""Questions about records in plain, obvious Python: what holds for whom, and what became of each finding."""

from __future__ import annotations

from datetime import date

from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Group
from outward.workspace.kinds.delivery import Principle
from outward.workspace.kinds.knowledge import Action, Finding


def holds(workspace: Workspace, principle: Principle, group: Group) -> bool:
    """Return whether a principle holds for a group: it names the group, or the group's parent has it."""
    if group.id in principle.groups:
        return True
    parents = [one for one in workspace.every(Group) if one.id == group.parent]
    return any(holds(workspace, principle, parent) for parent in parents)


def came_of(workspace: Workspace, finding: Finding, on: date, past: bool) -> dict[str, object]:
    """Return what had become of a finding by a day, worked out from scratch; of a past day, without guessing days."""
    decided: list[Action] = []
    unsure = False
    for action in workspace.every(Action):
        if finding.id not in action.findings:
            continue
        after = [action.due, action.done_on, action.decide_on, action.effect_on, action.told_on]
        if action.decided_on:
            surely = action.decided_on <= on
        else:
            surely = not past or any(day and day <= on for day in after)
            unsure = unsure or not surely
        if surely:
            decided.append(action)
    days = sorted(action.decided_on for action in decided if action.decided_on)
    to_do = [action for action in decided if action.type != "none"]
    undone = [action for action in to_do if action.done_on is None or action.done_on > on]
    state = "cannot be told: a day is missing" if unsure else "waiting"
    if decided:
        state = "decided" if undone else "done" if to_do else "left as it is"
    waited = None
    if finding.known_on and (days or state == "waiting"):
        waited = ((days[0] if days else on) - finding.known_on).days
    seen = set()
    for action in decided:
        if action.effect == "not yet known":
            continue
        if action.effect_on:
            if action.effect_on <= on:
                seen.add(action.effect)
        elif not past and not (action.done_on and action.done_on > on):
            seen.add(action.effect)
    return {
        "state": state,
        "waited": waited if waited is None or waited >= 0 else None,
        "overdue": any(action.due and action.due < on for action in undone),
        "effects": seen,
        "told": any(action.told_on and action.told_on <= on for action in decided),
    }
