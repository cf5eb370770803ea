"""Of which records a question is asked, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from outward import dates
from outward.workspace.contents import Workspace
from outward.workspace.kinds.customers import Group


def narrowing(workspace: Workspace, asked: Mapping[str, object]) -> str:
    """Return of which records a question is asked in words, '' where it is asked of all as they stand today.

    Args:
        workspace: whose records.
        asked: the question's parameters; `group` is the id of a customer group, `on` an ISO day.
    """
    group, on = workspace.get(Group, str(asked.get("group", ""))), str(asked.get("on", ""))
    said = [f"customer group: {group.title}"] if group else []
    if on and on != dates.today().isoformat():
        day = date.fromisoformat(on)
        said.append(f"as it stood on {day.day} {day:%B} {day.year}")
    return "; ".join(said)
