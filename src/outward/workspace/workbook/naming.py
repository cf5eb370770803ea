"""Which records the rows of a workbook are, and which records its cells mean: by id, or by title."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from outward.workspace.building import Row
from outward.workspace.called import as_called, meant_by
from outward.workspace.contents import Workspace
from outward.workspace.header import Header
from outward.workspace.ids import proposed
from outward.workspace.records import kind_of, kinds
from outward.workspace.workbook.cells import Called


def with_ids(rows: Iterable[Row], workspace: Workspace | None) -> list[Row]:
    """Return the rows, each that has a title and no id with one.

    A row that is called as a record of the workspace that no row stands for is that record: the file may have been
    brought in before. Any other is a new record, and gets the id that a form would give it.

    Args:
        rows: of one workbook.
        workspace: what they are brought into; None for a new one.
    """
    rows = list(rows)
    standing: dict[str, set[str]] = {kind: set() for kind in kinds()}
    for row in rows:
        standing[row.kind].add(str(row.values.get("id", "")))
    held: dict[tuple[str, str], list[str]] = {}
    for kind, of_kind in (workspace.records if workspace else {}).items():
        for id, record in of_kind.items():
            held.setdefault((kind, as_called(record.title)), []).append(id)
    result = []
    for row in rows:
        title = str(row.values.get("title", ""))
        if title and not row.values.get("id"):
            known = standing[row.kind]
            free = [id for id in held.get((row.kind, as_called(title)), ()) if id not in known]
            if row.kind == Header.KIND and workspace:
                id = workspace.id
            elif len(free) == 1:
                id = free[0]
            else:
                id = proposed(title, kind_of(row.kind), {*known, *(workspace.records[row.kind] if workspace else ())})
            known.add(id)
            row = replace(row, values={**row.values, "id": id})
        result.append(row)
    return result


def called_in(rows: Iterable[Row], workspace: Workspace | None) -> dict[str, Called]:
    """Return for each kind what each name of its records means, an id or a title.

    Args:
        rows: of one workbook, with their ids.
        workspace: what they are brought into; None for a new one.
    """
    told: dict[str, list[tuple[str, str]]] = {kind: [] for kind in kinds()}
    for row in rows:
        if id := str(row.values.get("id", "")):
            told[row.kind].append((id, str(row.values.get("title", ""))))
    for kind, of_kind in (workspace.records if workspace else {}).items():
        told[kind] += [(id, record.title) for id, record in of_kind.items()]
    return {kind: meant_by(records) for kind, records in told.items()}
