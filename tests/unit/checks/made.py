"""Workspaces of a few records, given by what a rule reads of them; the rest is filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from outward.workspace.building import Row, build
from outward.workspace.contents import Workspace, references_of
from outward.workspace.records import kind_of

ON = date(2026, 6, 30)
"""The day on which they are checked."""

Records = Mapping[str, list[dict[str, Any]]]

REQUIRED: Mapping[str, dict[str, Any]] = {
    "workspace": {"id": "w"},
    "need": {"groups": ["g"]},
    "body": {"type": "department"},
    "interview": {"speaker": "customer"},
    "step": {"service": "a-service"},
    "reward": {"measures": ["a-measure"]},
    "assessment": {"dimension": "values", "seen_by": "leaders"},
    "stakeholder": {"type": "business"},
    "relationship": {"stakeholder": "a-stakeholder"},
    "commitment": {"stakeholder": "a-stakeholder"},
    "risk": {"relationship": "a-relationship"},
    "interest": {"level": "a-level"},
    "silence": {"reason": "A trial runs.", "until": "2026-12-31"},
}
"""What a record must have, by its kind."""


def workspace_of(records: Records) -> Workspace:
    """Return a workspace of some records, and of those that they name."""
    rows = {(kind, row["id"]): row for kind, row in _rows({"workspace": [{}], **records})}
    waiting = list(rows)
    while waiting:
        kind, id = waiting.pop()
        record = kind_of(kind).model_validate(rows[kind, id])
        for one in references_of(record):
            if one.target not in rows:
                rows[one.target] = _filled(one.target[0], {"id": one.target[1]})
                waiting.append(one.target)
    return build(Row(kind, row) for (kind, _), row in rows.items())


def _rows(records: Records) -> Iterator[tuple[str, dict[str, Any]]]:
    for kind, given in records.items():
        yield from ((kind, _filled(kind, row)) for row in given)


def _filled(kind: str, row: dict[str, Any]) -> dict[str, Any]:
    row = {**REQUIRED.get(kind, {}), **row}
    return {"title": f"The {kind} {row['id']}", **row}
