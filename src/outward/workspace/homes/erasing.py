"""Erasing what a record held in the past from a file of revisions: the one way past its guard, and it leaves a mark.

When it was changed and by whom stays, and in place of what it held stands who erased that and when.
"""

from __future__ import annotations

import json
import sqlite3

from outward.errors import NotFound, OutwardError, UsageError
from outward.workspace.homes import revisions
from outward.workspace.records import kind_of

GUARD = "kept_as_they_are"
"""The trigger that refuses every change of a revision."""
PAST = f"""FROM revisions WHERE kind = ?1 AND id = ?2 AND held IS NOT NULL AND version != {revisions.ERASED}
AND number < (SELECT max(number) FROM revisions WHERE kind = ?1 AND id = ?2)"""
"""The revisions in which a record held something that does not stand any more."""


class NotSwept(OutwardError):
    """What was erased is out of the history, but its letters still lie in the file."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "It is erased from the history, but something else has the file open, so its letters may still lie there. "
            "Close what uses it; they are swept out when Outward next opens the file."
        )


def erase(connection: sqlite3.Connection, kind: str, id: str, by: str) -> int:
    """Erase what a record held but for what stands now, all of it or nothing; return of how many changes.

    A process that is killed on the way leaves everything as it was, or what is left of the letters is swept out of
    the file when it is next opened.

    Args:
        connection: of the file, outside `revisions.writing`.
        kind: name of the record's kind.
        id: the record's id.
        by: who erases it.

    Raises:
        NotFound: nothing of such a record is known.
        UsageError: nothing is there to erase, or nobody does it.
        NotSwept: something else has the file open, so that the letters still lie in it.
    """
    if not by.strip():
        raise UsageError("Erasing needs somebody who does it.")
    mark = json.dumps({"by": by, "at": revisions.now()}, ensure_ascii=False)
    with revisions.writing(connection):
        _something_to_erase(connection, kind, id)
        (guard,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (GUARD,)).fetchone()
        connection.execute(f"DROP TRIGGER {GUARD}")
        statement = (
            f"UPDATE revisions SET version = {revisions.ERASED}, held = ?3 WHERE number IN (SELECT number {PAST})"
        )
        many = connection.execute(statement, (kind, id, mark)).rowcount
        connection.execute(guard)
        connection.execute(f"PRAGMA user_version = {revisions.LAYOUT}")
        connection.execute(f"CREATE TABLE IF NOT EXISTS {revisions.TO_SWEEP} (yes INTEGER) STRICT")
    if not revisions.sweep(connection):
        raise NotSwept
    return many


def can_be_erased(connection: sqlite3.Connection, kind: str, id: str) -> int:
    """Return in how many changes a record held something that does not stand any more."""
    (many,) = connection.execute(f"SELECT count(*) {PAST}", (kind, id)).fetchone()
    return int(many)


def _something_to_erase(connection: sqlite3.Connection, kind: str, id: str) -> None:
    if can_be_erased(connection, kind, id):
        return
    called = f"{kind_of(kind).TITLE} '{id}'"
    if not connection.execute("SELECT 1 FROM revisions WHERE kind = ? AND id = ?", (kind, id)).fetchone():
        raise NotFound(f"There is no {called} in this workspace, and there never was, as far as is known.")
    raise UsageError(
        f"Nothing of the past of the {called} is left to erase. To erase what it says now, change or remove it first."
    )
