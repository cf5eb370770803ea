"""Links from the answers about records to the pages of these records."""

from __future__ import annotations

from functools import cache

from outward.disclosure.released import ReleasedTable
from outward.present.tables import LeadsTo
from outward.web.workspaces import address
from outward.workspace.contents import Workspace
from outward.workspace.meaning.answering import names
from outward.workspace.records import kinds

OF_ANY_KIND = {"title": "kind", "thing": "kind", "from_thing": "from_kind", "to_thing": "to_kind"}
"""Columns that hold what records of several kinds are called, and where the kind stands beside them."""


def to_records(workspace: Workspace) -> LeadsTo:
    """Return where the cells of an answer lead: to the record that a cell names, as `names` calls it.

    A column that is named after a kind, as 'need', holds what records of that kind are called, or else words that
    name none. What an answer of a past day calls a record is what it is called today.
    """
    by_title = {kind.TITLE: name for name, kind in kinds().items()}

    @cache
    def ids(kind: str) -> dict[str, str]:
        return {title: id for id, title in names(workspace.records.get(kind, {}).values()).items()}

    def leads_to(table: ReleasedTable, column: str, row: int) -> str:
        beside = OF_ANY_KIND.get(column, "")
        kind = by_title.get(str(table.values[beside][row]), "") if beside in table.values else column
        id = ids(kind).get(str(table.values[column][row])) if kind in kinds() else None
        return address(workspace.id, "records", kind, id) if id else ""

    return leads_to
