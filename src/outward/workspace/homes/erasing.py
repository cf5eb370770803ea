"""Erasing what a record held in the past from a file of revisions: the one way past its guard, and it leaves a mark.

When it was changed and by whom stays, and in place of what it held stands who erased that and when. Of a record that
was removed the id goes too, as it is mostly made from the title.
"""

from __future__ import annotations

import json
import secrets
import sqlite3

from outward.errors import NotFound, OutwardError, UsageError
from outward.workspace.fields import fields_of
from outward.workspace.homes import revisions
from outward.workspace.kinds.knowledge import Silence
from outward.workspace.records import kind_of

GUARD = "kept_as_they_are"
"""The trigger that refuses every change of a revision."""
PAST = f"""FROM revisions WHERE kind = ?1 AND id = ?2 AND held IS NOT NULL AND version != {revisions.ERASED}
AND number < (SELECT max(number) FROM revisions WHERE kind = ?1 AND id = ?2)"""
"""The revisions in which a record held something that does not stand any more."""
LAST = "SELECT held FROM revisions WHERE kind = ? AND id = ? ORDER BY number DESC LIMIT 1"
NAMING = f"""SELECT number, kind, held FROM revisions AS one
WHERE (instr(held, '"' || ?1 || '"') OR instr(held, '/' || ?1 || '"')) AND version != {revisions.ERASED}
AND number < (SELECT max(number) FROM revisions WHERE kind = one.kind AND id = one.id)"""
"""The revisions of other records that do not stand any more and may name one of this id."""


class NothingLeft(UsageError):
    """A record holds nothing in the past (any more)."""


class NotSwept(OutwardError):
    """What was erased is out of the history, but its letters still lie in the file."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "It is erased from the history, but something else has the file open or the disk is full, so its "
            "letters may still lie there. Close what uses it, or make room; they are swept out when Outward next opens "
            "the file."
        )


def erase(connection: sqlite3.Connection, kind: str, id: str, by: str) -> str:
    """Erase what a record held but for what stands now, all of it or nothing; return its id in the history since.

    That is its own where it still stands, and one that tells nothing where it was removed.

    A process that is killed on the way leaves everything as it was, or what is left of the letters is swept out of
    the file when it is next opened.

    Args:
        connection: of the file, outside `revisions.writing`.
        kind: name of the record's kind.
        id: the record's id.
        by: who erases it.

    Raises:
        NotFound: nothing of such a record is known.
        NothingLeft: nothing is there to erase.
        UsageError: nobody does it.
        NotSwept: something else has the file open or the disk is full, so that the letters still lie in it.
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
        connection.execute(statement, (kind, id, mark))
        called = _called_otherwise(connection, kind, id)
        connection.execute(guard)
        connection.execute(f"PRAGMA user_version = {revisions.LAYOUT}")
        connection.execute(f"CREATE TABLE IF NOT EXISTS {revisions.TO_SWEEP} (yes INTEGER) STRICT")
    if not revisions.sweep(connection):
        raise NotSwept
    return called


def _called_otherwise(connection: sqlite3.Connection, kind: str, id: str) -> str:
    """Give a record that was removed an id that tells nothing, wherever the past names it; return its id since."""
    (held,) = connection.execute(LAST, (kind, id)).fetchone()
    if held is not None:
        return id
    new = f"erased-{secrets.token_hex(4)}"
    connection.execute("UPDATE revisions SET id = ? WHERE kind = ? AND id = ?", (new, kind, id))
    for number, source, held in connection.execute(NAMING, (id,)).fetchall():
        values = json.loads(held)
        for field in fields_of(kind_of(source)):
            value = values.get(field.name)
            if field.to == kind and field.several and value:
                values[field.name] = [new if one == id else one for one in value]
            elif field.to == kind and value == id:
                values[field.name] = new
        if (source, values.get("record")) == (Silence.KIND, f"{kind}/{id}"):
            values["record"] = f"{kind}/{new}"
        connection.execute("UPDATE revisions SET held = ? WHERE number = ?", (revisions.as_json(values), number))
    return new


def _something_to_erase(connection: sqlite3.Connection, kind: str, id: str) -> None:
    if connection.execute(f"SELECT 1 {PAST}", (kind, id)).fetchone():
        return
    called = f"{kind_of(kind).TITLE} '{id}'"
    if not connection.execute("SELECT 1 FROM revisions WHERE kind = ? AND id = ?", (kind, id)).fetchone():
        raise NotFound(f"There is no {called} in this workspace, and there never was, as far as is known.")
    raise NothingLeft(
        f"Nothing of the past of the {called} is left to erase. To erase what it says now, change or remove it first."
    )
