"""Long work: one row a job, in a small SQLite file that survives whatever happens to a process.

    receiving -> waiting -> running -> ready -> waiting -> running -> done
                                    (or failed, or stopped, from anywhere)

`ready` waits for a person. The web process adds jobs and reads how far they are; the one worker that holds
the lock runs them. Each change of state is one statement, so a killed process leaves a job in one state or
the next, and `recover` takes up what a dead worker left running.
"""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import time
from typing import Any

from outward.errors import NotFound
from outward.own_folder import home

TRIES = 3
"""How often a job is begun before it is given up."""

OPEN = ("receiving", "waiting", "running", "ready")
"""States in which a job still has something to do or to keep."""

TABLE = """
CREATE TABLE IF NOT EXISTS jobs (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL,
    share REAL NOT NULL DEFAULT 0, doing TEXT NOT NULL DEFAULT '', said TEXT NOT NULL DEFAULT '',
    stop INTEGER NOT NULL DEFAULT 0, tries INTEGER NOT NULL DEFAULT 0, beat REAL NOT NULL DEFAULT 0,
    changed REAL NOT NULL, about TEXT NOT NULL)
"""


@dataclass(frozen=True)
class Job:
    """One piece of long work.

    Attributes:
        id: sixteen hexadecimal digits, used in addresses.
        kind: what is to be done.
        state: where it stands (see the module).
        share: how much is done, 0 to 1.
        doing: what is being done now.
        said: what a person must know: why it failed, what to look at.
        stop: whether a person asked to stop it.
        tries: how often it was begun.
        beat: when its worker last gave a sign of life, in seconds since 1970.
        changed: when its state last changed, in seconds since 1970.
        about: what the work needs, as plain values.
    """

    id: str
    kind: str
    state: str
    share: float
    doing: str
    said: str
    stop: bool
    tries: int
    beat: float
    changed: float
    about: dict[str, Any]


def _file() -> Path:
    folder = home()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / "jobs.sqlite3"


@contextmanager
def _table() -> Iterator[sqlite3.Connection]:
    path = _file()
    if not path.exists():  # made for its owner alone; never opened beside SQLite, whose locks a close would drop
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute(TABLE)
        yield connection


def _job(row: tuple[Any, ...]) -> Job:
    id, kind, state, share, doing, said, stop, tries, beat, changed, about = row
    return Job(id, kind, state, share, doing, said, bool(stop), tries, beat, changed, json.loads(about))


def add(kind: str, about: dict[str, Any], state: str = "waiting") -> str:
    """Return the id of a new job.

    Args:
        kind: what is to be done.
        about: what the work needs, as plain values.
        state: 'waiting', or 'receiving' while its file comes in.
    """
    id = secrets.token_hex(8)
    with _table() as table:
        table.execute(
            "INSERT INTO jobs (id, kind, state, changed, about) VALUES (?, ?, ?, ?, ?)",
            (id, kind, state, time(), json.dumps(about)),
        )
    return id


def find(id: str) -> Job:
    """Return the job of that id.

    Raises:
        NotFound: there is none (any more).
    """
    with _table() as table:
        row = table.execute("SELECT * FROM jobs WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise NotFound("This is over: the file was dealt with, or it lay too long.")
    return _job(row)


def every() -> list[Job]:
    """Return all jobs, the newest first."""
    with _table() as table:
        return [_job(row) for row in table.execute("SELECT * FROM jobs ORDER BY changed DESC, id")]


def move(id: str, before: tuple[str, ...], state: str, *, said: str = "", **more: Any) -> bool:
    """Move a job on if it is still in one of the states before, and return whether it was.

    Args:
        id: the job.
        before: the states from which it may go on.
        state: the new one.
        said: what a person must know.
        more: a new `kind`, `about` or `tries`.
    """
    values: dict[str, Any] = {"state": state, "said": said, "changed": time(), "share": 0, "doing": ""}
    values |= {name: json.dumps(value) if name == "about" else value for name, value in more.items()}
    columns = ", ".join(f"{name} = ?" for name in values)
    if state not in OPEN and "about" not in more:  # what was said of the file goes with it
        columns += ", about = json_object('file', json_extract(about, '$.file'))"
    marks = ", ".join("?" * len(before))
    with _table() as table:
        done = table.execute(
            f"UPDATE jobs SET {columns} WHERE id = ? AND state IN ({marks})", (*values.values(), id, *before)
        )
        return done.rowcount == 1


def claim() -> Job | None:
    """Return the job that has waited longest, now running; None where none waits."""
    now = time()
    with _table() as table:
        row = table.execute(
            "UPDATE jobs SET state = 'running', share = 0, doing = '', tries = tries + 1, beat = ?, changed = ? "
            "WHERE id = (SELECT id FROM jobs WHERE state = 'waiting' ORDER BY changed, id LIMIT 1) RETURNING *",
            (now, now),
        ).fetchone()
    return _job(row) if row else None


def tell(id: str, share: float, doing: str) -> bool:
    """Write down how far a running job is, and return whether a person asked to stop it."""
    with _table() as table:
        row = table.execute(
            "UPDATE jobs SET share = ?, doing = ?, beat = ? WHERE id = ? RETURNING stop", (share, doing, time(), id)
        ).fetchone()
    return row is None or bool(row[0])


def beat(id: str) -> bool:
    """Give a sign of life of a running job's worker, and return whether a person asked to stop it."""
    with _table() as table:
        row = table.execute("UPDATE jobs SET beat = ? WHERE id = ? RETURNING stop", (time(), id)).fetchone()
    return row is None or bool(row[0])


def stop(id: str) -> None:
    """Stop a job: at once where it does not run, else as soon as its worker sees it."""
    with _table() as table:
        table.execute("UPDATE jobs SET stop = 1 WHERE id = ?", (id,))
    move(id, ("receiving", "waiting", "ready"), "stopped")


def recover() -> None:
    """Take up the jobs that a dead worker left running: for the worker that now holds the lock."""
    with _table() as table:
        left = [_job(row) for row in table.execute("SELECT * FROM jobs WHERE state = 'running'")]
    for job in left:
        if job.stop:
            move(job.id, ("running",), "stopped")
        elif job.tries >= TRIES:
            said = (
                f"The work broke off {job.tries} times, perhaps for want of memory. Close other programs, or set "
                "OUTWARD_MEMORY to what the engine may hold; then choose the file again."
            )
            move(job.id, ("running",), "failed", said=said)
        else:
            move(job.id, ("running",), "waiting")


def drop(id: str) -> None:
    """Remove a job's row."""
    with _table() as table:
        table.execute("DELETE FROM jobs WHERE id = ?", (id,))
