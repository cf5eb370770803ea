"""A database as the home of a workspace: one SQLite file, in which every change is an appended revision."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from outward.errors import BadInput, NotFound, UsageError
from outward.workspace.building import rebuilt
from outward.workspace.contents import Workspace
from outward.workspace.folder.together import own_name
from outward.workspace.header import Header
from outward.workspace.homes import erasing, revisions
from outward.workspace.homes.home import DATABASE, UNFINISHED, Change, MovedOn, Revision, checked, compared
from outward.workspace.ids import id_from
from outward.workspace.records import kinds, plain

_seen: dict[Path, tuple[int, tuple[int, str], Workspace]] = {}
"""File to its number on the disk, the number and change of its last revision, and the workspace of that."""

NOTHING = Workspace({kind: {} for kind in kinds()})
"""What stands in a database before its first change."""


@dataclass(frozen=True)
class DatabaseHome:
    """A workspace in a database.

    Attributes:
        file: the SQLite file; the first change makes it.
    """

    file: Path

    @property
    def id(self) -> str:
        """The workspace's name in addresses; '' where the file is not there, or nothing was written into it yet."""
        if not self.file.is_file():
            return ""
        with suppress(BadInput), revisions.opened(self.file) as connection:
            return revisions.id_of(connection, Header.KIND)
        return id_from(self._name)

    @property
    def where(self) -> str:
        """Words for people."""
        return f"the database '{self._name}'"

    @property
    def own_name(self) -> str:
        """What this user's own files about it are called."""
        return own_name(self.file)

    def load(self) -> Workspace:
        """Return the workspace as it stands.

        Raises:
            NotFound: there is no such file, or nothing was written into it yet.
            BadInput: the file is damaged, or none of ours.
            BadWorkspace: what it holds cannot be read any more.
        """
        with self._opened() as connection:
            return self._at(connection)

    def change(self, changes: Sequence[Change], by: str) -> Workspace:
        """Return the workspace with all these changes appended, or append none.

        Raises:
            MovedOn: a record is no longer what it was.
            BadWorkspace: the result could not be read.
            BadInput: the file cannot be written.
        """
        wanted = checked(changes, by)
        with revisions.opened(self.file) as connection:
            with revisions.writing(connection):
                found = self._at(connection) if revisions.last(connection)[0] else NOTHING
                compared(changes, found)
                wanted = {name: values for name, values in wanted.items() if values != found.values(*name)}
                made = rebuilt(found, wanted)
                revisions.append(connection, wanted, by, secrets.token_hex(8))
            return self._kept(revisions.last(connection), made)

    def history(self, kind: str = "", id: str = "") -> tuple[Revision, ...]:
        """Return the revisions of a record, a kind or everything, the earliest first."""
        with self._opened() as connection:
            return revisions.history(connection, kind, id)

    def together(self, change: str) -> tuple[Revision, ...]:
        """Return the revisions of all records that one change was about."""
        with self._opened() as connection:
            return revisions.of_change(connection, change)

    def removed(self) -> tuple[Revision, ...]:
        """Return the revisions that took away what is not there any more, the latest first."""
        with self._opened() as connection:
            return revisions.removed(connection)

    def as_of(self, day: date) -> Workspace:
        """Return the workspace as it stood at the end of a day in London.

        Raises:
            NotFound: nothing is known of that day.
        """
        with self._opened() as connection:
            return revisions.workspace_of(connection, day)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """Open the file to read it, and never make it.

        Raises:
            NotFound: it is not there.
            BadInput: it is damaged, or none of ours.
        """
        if not self.file.is_file():
            raise NotFound(f"There is no database '{self._name}' (any more).")
        with revisions.opened(self.file) as connection:
            yield connection

    def erase(self, kind: str, id: str, by: str) -> str:
        """Erase what a record held in the past; return its id in the history since.

        Raises:
            NotFound: there is no such record, and there never was.
            UsageError: it holds nothing in the past (any more).
            BadInput: the file cannot be written.
        """
        with revisions.opened(self.file) as connection:
            return erasing.erase(connection, kind, id, by)

    @property
    def _name(self) -> str:
        place = self.file.resolve()
        return place.parent.name if place.name == DATABASE else place.stem

    def _at(self, connection: sqlite3.Connection) -> Workspace:
        """Return the workspace of the last revision.

        Raises:
            NotFound: there is none yet.
        """
        last = revisions.last(connection)
        if not last[0]:
            raise NotFound(UNFINISHED.format(where=self.where, name=self.file.name))
        seen = _seen.get(self.file.resolve())
        if seen and seen[:2] == (self._inode, last):
            return seen[2]
        return self._kept(last, revisions.workspace_of(connection))

    def _kept(self, last: tuple[int, str], workspace: Workspace) -> Workspace:
        _seen[self.file.resolve()] = (self._inode, last, workspace)
        return workspace

    @property
    def _inode(self) -> int:
        return self.file.stat().st_ino


def begin_in(file: Path, workspace: Workspace, by: str) -> DatabaseHome:
    """Return a new database that holds a workspace.

    What a beginning that failed has left at that place is gone on with: there is a workspace once all of it is written.

    Args:
        file: the SQLite file to make.
        workspace: what it begins with.
        by: who begins it.

    Raises:
        UsageError: there is a workspace in it already.
        BadInput: it cannot be written.
    """
    home = DatabaseHome(file)
    try:
        if not home.id:
            held = workspace.records.items()
            home.change([Change(kind, id, None, plain(one)) for kind, some in held for id, one in some.items()], by)
            return home
    except MovedOn:
        pass  # somebody else was faster
    raise UsageError(f"There is a workspace '{home.id}' already. Choose another name.")
