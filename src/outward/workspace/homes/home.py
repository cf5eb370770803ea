"""Where a workspace is at home: one folder or one database, and how it is read, changed and looked back at.

A change says for each record what it was and what it becomes. It is refused where the record is no longer
what it was, so that nobody overwrites what they have not seen.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from outward.errors import NotFound, OutwardError, UsageError
from outward.own_folder import own_folder
from outward.workspace.building import Row, record_of
from outward.workspace.contents import Name, Workspace
from outward.workspace.folder.reading import HEADER, lies_there
from outward.workspace.problems import BadWorkspace, Problem
from outward.workspace.records import EMPTY, Record, kind_of, plain

DATABASE = "workspace.sqlite"
SERVED = "OUTWARD_FOLDER"
"""The variable that tells the pages which folder is served beside those of this machine."""
UNFINISHED = (
    "There is no workspace in {where} yet: it was begun, and nothing was written. Begin it again under the same name, "
    "or delete the file '{name}'."
)
"""What is said of a database into which nothing was written."""

Values = Mapping[str, Any]
"""A record as plain values: words, numbers, truth values, lists; days as 2026-03-31; nothing that is empty."""


@dataclass(frozen=True)
class Change:
    """What one record was and what it becomes.

    Attributes:
        kind: name of its kind.
        id: its id.
        before: its plain values as they were seen; None where it was not there.
        after: its plain values as they are to be; None takes it away.
    """

    kind: str
    id: str
    before: Values | None
    after: Values | None


class MovedOn(OutwardError):
    """A record is no longer what a change was made from; nothing was written.

    Attributes:
        change: what was wanted.
        now: the plain values that stand there now; None where nothing does.
    """

    status = 409

    def __init__(self, change: Change, now: Values | None) -> None:
        self.change, self.now = change, now
        called = f"{kind_of(change.kind).TITLE} '{change.id}'"
        happened = "is no longer there" if now is None else "has been changed meanwhile"
        if change.before is None and now is not None:
            happened = "is there already"
        super().__init__(f"The {called} {happened}, so nothing was saved. Look at what stands there now, then save.")


@dataclass(frozen=True)
class Erasure:
    """Who erased what a record held, and when.

    Attributes:
        by: who did.
        at: when, ISO in UTC.
    """

    by: str
    at: str


@dataclass(frozen=True)
class Revision:
    """One change of one record, as it was made; what it held may have been erased since.

    Attributes:
        number: its place among all changes of the workspace, from 1.
        kind: name of the record's kind.
        id: the record's id.
        by: who made it; 'outside' where it was made in the files themselves.
        at: when, ISO in UTC; of a change made outside, when it was noticed.
        before: the plain values until then; None where there was no record, nothing in it where they were erased.
        after: the plain values since; None where it was taken away, nothing in it where they were erased.
        change: letters that the revisions of one change have in common.
        erased: who erased what stood before or after, and when; None where nothing of it was.
    """

    number: int
    kind: str
    id: str
    by: str
    at: str
    before: Values | None
    after: Values | None
    change: str = ""
    erased: Erasure | None = None


class Home(Protocol):
    """Where a workspace is kept."""

    @property
    def id(self) -> str:
        """The workspace's name in addresses; '' where nothing was written yet."""

    @property
    def where(self) -> str:
        """Words for people: the folder 'pensions'."""

    @property
    def own_name(self) -> str:
        """What this user's own files about it are called: those of this place alone, whatever its id is."""

    def load(self) -> Workspace:
        """Return the workspace as it stands.

        Raises:
            BadWorkspace: something in it cannot be read; says everything that is wrong.
        """

    def change(self, changes: Sequence[Change], by: str) -> Workspace:
        """Return the workspace with all these changes made, or make none.

        Args:
            changes: one for each record.
            by: who makes them.

        Raises:
            MovedOn: a record is no longer what it was.
            BadWorkspace: the result cannot be read.
        """

    def history(self, kind: str = "", id: str = "") -> tuple[Revision, ...]:
        """Return the revisions of a record, a kind or everything, the earliest first."""

    def together(self, change: str) -> tuple[Revision, ...]:
        """Return the revisions of all records that one change was about."""

    def removed(self) -> tuple[Revision, ...]:
        """Return the revisions that took away what is not there any more, the latest first."""

    def as_of(self, day: date) -> Workspace:
        """Return the workspace as it stood at the end of a day in London.

        Raises:
            NotFound: nothing is known of that day, or something that stood then was erased.
        """

    def erase(self, kind: str, id: str, by: str) -> str:
        """Erase what a record held in the past; return its id in the history since. What stands now stays.

        Who changed it and when is kept, with who erased what it held. A record that was removed loses its id as well,
        and gets one that tells nothing.

        Raises:
            NotFound: there is no such record, and there never was, as far as is known.
            UsageError: it holds nothing in the past (any more).
        """


def open_home(source: str | Path) -> Home:
    """Return where a workspace is at home.

    Args:
        source: a folder that holds workspace.yaml, a database file, or the id of a workspace on this machine.

    Raises:
        UsageError: it is none of these.
    """
    path = Path(source)
    if (found := _home_in(path)) and found.id:
        return found
    if found:
        raise UsageError(UNFINISHED.format(where=found.where, name=DATABASE if path.is_dir() else path.name))
    known = homes()
    for home in known:
        if home.id == str(source):
            return home
    if lies_there(path) and path.is_dir():
        raise UsageError(f"The folder '{path.resolve().name}' holds no workspace. Make one with: outward new FOLDER")
    raise UsageError.unknown("workspace", str(source), [home.id for home in known])


def find_home(id: str) -> Home:
    """Return the home of a workspace on this machine.

    Raises:
        NotFound: there is none (any more).
    """
    for home in homes():
        if home.id == id:
            return home
    raise NotFound(f"There is no workspace '{id}' (any more).")


def homes() -> list[Home]:
    """Return the homes of the workspaces on this machine, that of a folder which is being served first.

    Where two have the same id, the first is meant. A database into which nothing was written yet is passed over.
    """
    served = [Path(os.environ[SERVED])] if os.environ.get(SERVED) else []
    found: dict[str, Home] = {}
    own = (path for path in own_folder("workspaces").iterdir() if not path.name.startswith("."))
    for path in (*served, *sorted(own)):
        if (home := _home_in(path)) and (id := home.id):
            found.setdefault(id, home)
    return list(found.values())


def _home_in(path: Path) -> Home | None:
    """Return the home that lies at a path, if any does."""
    from outward.workspace.homes.database import DatabaseHome
    from outward.workspace.homes.folder import FolderHome

    if not lies_there(path):
        return None
    if lies_there(path / HEADER):
        return FolderHome(path)
    file = path if path.is_file() else path / DATABASE
    return DatabaseHome(file) if file.is_file() else None


def checked(changes: Sequence[Change], by: str) -> dict[Name, dict[str, Any] | None]:
    """Return what the changes make of each record, as plain values in their one spelling.

    Raises:
        UsageError: a record is changed twice, an id would change, or nobody makes them.
        BadWorkspace: values will not do.
    """
    if not by.strip():
        raise UsageError("A change needs somebody who makes it.")
    wanted: dict[Name, dict[str, Any] | None] = {}
    problems: list[Problem] = []
    for change in changes:
        name = (change.kind, change.id)
        if name in wanted:
            raise UsageError("One record is changed twice at once. Change it once.")
        wanted[name] = None
        if change.after is None:
            continue
        made = record_of(Row(change.kind, {"id": change.id, **change.after}))
        if not isinstance(made, Record):
            problems += made
        elif made.id != change.id:
            raise UsageError(f"The id of a record never changes, and '{change.id}' would.")
        else:
            wanted[name] = plain(made)
    if problems:
        raise BadWorkspace(problems)
    return wanted


def compared(changes: Sequence[Change], found: Workspace) -> None:
    """Refuse changes that were made from what no longer stands.

    Raises:
        MovedOn: says what stands there now.
    """
    for change in changes:
        now = found.values(change.kind, change.id)
        before = None if change.before is None else {k: v for k, v in change.before.items() if v not in EMPTY}
        if now != before:
            raise MovedOn(change, now)
