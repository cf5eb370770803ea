"""Revisions in an SQLite file, appended; `erasing` alone changes any. A database's truth, the journal of a folder."""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from outward.dates import LONDON
from outward.errors import BadInput, NotFound
from outward.workspace.building import Row, build
from outward.workspace.contents import Name, Workspace
from outward.workspace.homes.home import Erasure, Revision, Values
from outward.workspace.records import kind_of, kinds

Held = dict[Name, dict[str, Any]]
"""What stands, by kind and id, in the order in which records came."""
Last = tuple[int, str]
"""The number of the last revision and the letters of its change; 0 and '' where there is none."""
Stored = tuple[int, str | None]
"""The version of a kind's fields and what a record held, as JSON; None where there was none."""

OURS = 0x4F757477
"""SQLite's mark of whose file it is: 'Outw'."""
LAYOUT = 2
"""Of the file; in one of layout 1 nothing was erased."""
ERASED = 0
"""Stands for the version where what a record held was erased; by whom and when is kept in its place."""
TO_SWEEP = "to_sweep"
"""A table that is there while something was erased and its letters may still lie in the file."""
WAIT_SECONDS = 60
SWEEP_SECONDS = 1
"""How long sweeping waits for others who use the file; at an opening it does not wait at all."""

TABLES = (
    """CREATE TABLE revisions (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        change TEXT NOT NULL,     -- which change it was a part of
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,         -- ISO in UTC
        version INTEGER NOT NULL, -- of the kind's fields
        held TEXT                 -- the plain values since, as JSON; NULL where it was taken away
    ) STRICT""",
    "CREATE INDEX revisions_of ON revisions (kind, id, number)",
    "CREATE INDEX revisions_by_change ON revisions (change)",
    """CREATE TRIGGER kept_as_they_are BEFORE UPDATE ON revisions
       BEGIN SELECT RAISE(ABORT, 'revisions are never changed'); END""",
    """CREATE TRIGGER kept_for_good BEFORE DELETE ON revisions
       BEGIN SELECT RAISE(ABORT, 'revisions are never removed'); END""",
)

Upgrade = Callable[[dict[str, Any]], dict[str, Any]]
UPGRADES: dict[tuple[str, int], Upgrade] = {}
"""Kind and version to what turns plain values of that version into those of the next."""


@contextmanager
def opened(file: Path) -> Iterator[sqlite3.Connection]:
    """Open a file of revisions, made for its owner alone if need be.

    Raises:
        BadInput: the file is none of ours, of a newer Outward, or damaged.
    """
    try:
        if not file.exists():
            _make(file)
        with closing(sqlite3.connect(file, timeout=WAIT_SECONDS, isolation_level=None)) as connection:
            _recognise(connection, file)
            if _to_sweep(connection):  # a process was killed before it had done so, or others used the file
                sweep(connection, 0)
            yield connection
    except sqlite3.DatabaseError as error:
        raise BadInput(_plainly(error, file)) from error


def _make(file: Path) -> None:
    """Make a file without revisions; it is there whole or not at all, and whoever comes first wins."""
    made = (*TABLES, f"PRAGMA application_id = {OURS}", f"PRAGMA user_version = {LAYOUT}")
    try:
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".outward-") as beside:
            part = Path(beside) / file.name
            os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
            with closing(sqlite3.connect(part, isolation_level=None)) as connection:
                # The log comes last, so that nothing of what is made can be in it alone and be left behind.
                for statement in ("BEGIN", *made, "COMMIT", "PRAGMA journal_mode = WAL"):
                    connection.execute(statement)
            with suppress(FileExistsError):
                os.link(part, file)
    except OSError as error:
        raise BadInput(f"'{file.name}' cannot be made there: {error.strerror}. Choose another folder.") from error


def _recognise(connection: sqlite3.Connection, file: Path) -> None:
    """Make sure that the file is ours and not of a newer Outward."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != OURS:
        raise BadInput(f"'{file.name}' is no workspace of Outward. Choose the file of one.")
    if connection.execute("PRAGMA user_version").fetchone()[0] > LAYOUT:
        raise BadInput(f"'{file.name}' was made by a newer Outward. Install that version to open it.")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA temp_store = MEMORY")  # so that no other file ever holds what records say


def _to_sweep(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (TO_SWEEP,)).fetchone())


def sweep(connection: sqlite3.Connection, seconds: float = SWEEP_SECONDS) -> bool:
    """Write the file and its log anew without what was erased; return whether nothing of it is left in them.

    It is left for the next opening where somebody else uses the file, or there is no room.

    Args:
        connection: outside `writing`.
        seconds: how long it waits for others.
    """
    connection.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")
    try:
        if not _log_emptied(connection):  # before the file is written anew, which takes longer
            return False
        connection.execute("VACUUM")
        if not _log_emptied(connection):
            return False
        connection.execute(f"DROP TABLE IF EXISTS {TO_SWEEP}")
    except sqlite3.OperationalError:
        return False
    finally:
        connection.execute(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}")
    return True


def _log_emptied(connection: sqlite3.Connection) -> bool:
    (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def _plainly(error: sqlite3.DatabaseError, file: Path) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return f"'{file.name}' has been in use by something else for a minute. Close what uses it, then try again."
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return f"'{file.name}' cannot be opened or written here. Look at who may change its folder."
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return f"'{file.name}' could not be written: the disk is full or failing. Nothing was saved."
    if code == sqlite3.SQLITE_NOTADB:
        return f"'{file.name}' is no workspace of Outward: it is not a database."
    return f"'{file.name}' is damaged. Put it back from a copy."


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """Let one at a time write; what is written is kept whole at the end, or not at all."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def append(
    connection: sqlite3.Connection,
    after: Mapping[Name, Values | None],
    by: str,
    change: str,
    at: str = "",
) -> None:
    """Append one revision for each record.

    Args:
        connection: within `writing`.
        after: what each holds since; None where it was taken away.
        by: who made the change.
        change: letters of their own for it.
        at: when, ISO in UTC; now unless given.
    """
    at = at or now()
    rows = [
        (change, kind, id, by, at, kind_of(kind).VERSION, None if held is None else as_json(held))
        for (kind, id), held in after.items()
    ]
    connection.executemany(
        "INSERT INTO revisions (change, kind, id, by, at, version, held) VALUES (?, ?, ?, ?, ?, ?, ?)", rows
    )


def holds(connection: sqlite3.Connection, change: str) -> bool:
    """Return whether a change has been appended."""
    return bool(connection.execute("SELECT 1 FROM revisions WHERE change = ?", (change,)).fetchone())


def goes_on_from(connection: sqlite3.Connection, noted: Last) -> bool:
    """Return whether a file holds what was once its last revision, and so all that came before it."""
    held = connection.execute("SELECT change FROM revisions WHERE number = ?", (noted[0],)).fetchone()
    return held is not None and held[0] == noted[1]


def last(connection: sqlite3.Connection) -> Last:
    """Return the last revision."""
    row = connection.execute("SELECT number, change FROM revisions ORDER BY number DESC LIMIT 1").fetchone()
    return (int(row[0]), str(row[1])) if row else (0, "")


def id_of(connection: sqlite3.Connection, kind: str) -> str:
    """Return the id of the record of a kind that was last changed, '' where there is none."""
    found = connection.execute("SELECT id FROM revisions WHERE kind = ? ORDER BY number DESC LIMIT 1", (kind,))
    return next((str(id) for (id,) in found), "")


def state(connection: sqlite3.Connection, day: date | None = None, only: Collection[str] | None = None) -> Held:
    """Return what stands now, or stood at the end of a day in London.

    Args:
        connection: of the file.
        day: the day; now unless given.
        only: the kinds to look at; all unless given.
    """
    rows = connection.execute(STATE, (_end_of(day) if day else "9999",))
    wanted = (row for row in rows if only is None or row[0] in only)
    return {(kind, id): _values(kind, version, held) or {} for kind, id, version, held in wanted}


STATE = """
WITH gone AS (SELECT kind, id, max(number) AS number FROM revisions WHERE held IS NULL AND at < ?1 GROUP BY kind, id)
SELECT kind, id, version, held FROM revisions JOIN (
    SELECT max(number) AS number, min(number) AS first FROM revisions AS each
    WHERE at < ?1 AND number > coalesce((SELECT number FROM gone WHERE gone.kind = each.kind AND gone.id = each.id), 0)
    GROUP BY kind, id
) USING (number) ORDER BY first
"""
HISTORY = """
SELECT number, kind, id, by, at, version, held, change FROM revisions
WHERE (?1 = '' OR kind = ?1) AND (?2 = '' OR id = ?2) ORDER BY number
"""


def history(connection: sqlite3.Connection, kind: str = "", id: str = "") -> tuple[Revision, ...]:
    """Return the revisions of a record, a kind or everything, the earliest first."""
    stood: dict[Name, Stored] = {}
    found = []
    for number, of_kind, of_id, by, at, version, held, change in connection.execute(HISTORY, (kind, id)):
        before = stood.get((of_kind, of_id), (0, None))
        stood[of_kind, of_id] = after = (version, held)
        found.append(_revision(number, of_kind, of_id, by, at, change, before, after))
    return tuple(found)


WITH_BEFORE = """
SELECT one.number, one.kind, one.id, one.by, one.at, one.version, one.held, one.change, before.version, before.held
FROM revisions AS one LEFT JOIN revisions AS before ON before.number = (
    SELECT max(number) FROM revisions WHERE kind = one.kind AND id = one.id AND number < one.number
)
"""
OF_CHANGE = f"{WITH_BEFORE} WHERE one.change = ? ORDER BY one.number"
REMOVED = f"""{WITH_BEFORE} WHERE one.held IS NULL AND NOT EXISTS (
    SELECT 1 FROM revisions WHERE kind = one.kind AND id = one.id AND number > one.number
) ORDER BY one.number DESC"""


def of_change(connection: sqlite3.Connection, change: str) -> tuple[Revision, ...]:
    """Return the revisions of one change, in their order."""
    return tuple(_revisions(connection.execute(OF_CHANGE, (change,))))


def removed(connection: sqlite3.Connection) -> tuple[Revision, ...]:
    """Return the revisions that took away what is not there any more, the latest first."""
    return tuple(_revisions(connection.execute(REMOVED)))


def _revisions(rows: Iterable[tuple[Any, ...]]) -> Iterator[Revision]:
    for number, kind, id, by, at, version, held, change, version_before, held_before in rows:
        yield _revision(number, kind, id, by, at, change, (version_before, held_before), (version, held))


def _revision(
    number: int, kind: str, id: str, by: str, at: str, change: str, before: Stored, after: Stored
) -> Revision:
    marks = [json.loads(held) for version, held in (after, before) if version == ERASED and held]
    erased = Erasure(**marks[0]) if marks else None
    return Revision(number, kind, id, by, at, _values(kind, *before), _values(kind, *after), change, erased)


def _values(kind: str, version: int, held: str | None) -> dict[str, Any] | None:
    """Return plain values; None where there was no record, nothing in them where they were erased."""
    if held is None:
        return None
    return {} if version == ERASED else upgraded(kind, version, held)


def workspace_of(connection: sqlite3.Connection, day: date | None = None) -> Workspace:
    """Return the workspace of the revisions, as it stands or as it stood at the end of a day in London.

    Raises:
        NotFound: nothing is known of that day, or something that stood then was erased.
        BadWorkspace: what stood then cannot be read any more.
    """
    held = state(connection, day)
    if erased := [f"{kind_of(kind).TITLE} '{id}'" for (kind, id), values in held.items() if not values]:
        raise NotFound(
            f"How this workspace stood on {day} cannot be told any more: what the {erased[0]} held then was erased."
        )
    if day and not held:
        (first,) = connection.execute("SELECT min(at) FROM revisions").fetchone()
        since = f" The first day known is {_day(first)}." if first else ""
        raise NotFound(f"Nothing is known of this workspace on {day}.{since}")
    return build(Row(kind, values) for (kind, _), values in held.items())


def upgraded(kind: str, version: int, held: str) -> dict[str, Any]:
    """Return plain values as the kind's fields are now.

    Args:
        kind: name of the kind.
        version: of its fields when the values were kept.
        held: the values as JSON.

    Raises:
        BadInput: they are of a newer Outward.
    """
    if kind not in kinds() or version > kind_of(kind).VERSION:
        raise BadInput("This workspace was written by a newer Outward. Install that version to open it.")
    values: dict[str, Any] = json.loads(held)
    for older in range(version, kind_of(kind).VERSION):
        values = UPGRADES[kind, older](values)
    return values


def now() -> str:
    """Return this moment, ISO in UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _day(at: str) -> date:
    return datetime.fromisoformat(at).astimezone(LONDON).date()


def _end_of(day: date) -> str:
    if day == date.max:
        return "9999"
    end = datetime.combine(day + timedelta(days=1), time(), LONDON)
    return end.astimezone(UTC).isoformat(timespec="milliseconds")


def as_json(held: Values) -> str:
    """Return plain values as they are kept."""
    return json.dumps(dict(held), ensure_ascii=False, separators=(",", ":"))
