"""A folder as the home of a workspace: files that people keep in git and change in an editor, or here.

Its history lies in a private journal beside the data of this user. What was changed in the files themselves is
noticed when the folder is next read, and written down as made outside.
"""

from __future__ import annotations

import logging
import secrets
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import time_ns
from typing import Any

from outward.errors import BadInput, NotFound
from outward.own_folder import own_folder
from outward.workspace.building import Row, build, rows_as_built
from outward.workspace.contents import Name, Workspace, same_as_written
from outward.workspace.folder.edits import edited
from outward.workspace.folder.reading import HEADER, content_of, file_of, id_of, read_file, read_workspace
from outward.workspace.folder.together import drop_unread, finish, is_under_way, one_at_a_time, own_name, write_together
from outward.workspace.header import Header
from outward.workspace.homes import erasing, revisions
from outward.workspace.homes.home import Change, Revision, checked, compared
from outward.workspace.problems import BadWorkspace
from outward.workspace.records import kinds, plain

OUTSIDE = "outside"
TRIES = 5
SURE_NS = 100_000_000
"""How long a file must have lain still until its size and times tell that it is the same."""

Stamp = Mapping[str, tuple[int, int, int, int]]
"""File to its number on the disk, its size, and when it and what is said of it were last changed, in ns."""


class NoJournal(BadInput):
    """The history of a folder cannot be read or written; the folder can."""


@dataclass(frozen=True)
class _Seen:
    """A workspace as it was read, and how its files looked then.

    Attributes:
        stamp: of its files.
        at_ns: when they were read.
        workspace: what they held.
        noted: the last revision of the journal once this was written down; None where it could not be.
    """

    stamp: Stamp
    at_ns: int
    workspace: Workspace
    noted: revisions.Last | None

    def same(self, stamp: Stamp) -> frozenset[str]:
        """Return the files that are surely those that were read."""
        sure = self.at_ns - SURE_NS
        return frozenset(
            file for file, looks in stamp.items() if looks == self.stamp.get(file) and max(looks[2:]) < sure
        )


_seen: dict[Path, _Seen] = {}


@dataclass(frozen=True)
class FolderHome:
    """A workspace in a folder.

    Attributes:
        folder: holds workspace.yaml.
    """

    folder: Path

    @property
    def id(self) -> str:
        """The workspace's name in addresses."""
        with suppress(BadWorkspace, IndexError):
            return str(read_file(self.folder, Header)[0].values["id"]) or id_of(self.folder)
        return id_of(self.folder)

    @property
    def where(self) -> str:
        """Words for people."""
        return f"the folder '{self.folder.resolve().name}'"

    @property
    def own_name(self) -> str:
        """What this user's own files about it are called."""
        return own_name(self.folder)

    def load(self) -> Workspace:
        """Return the workspace as its files hold it.

        Raises:
            NotFound: the folder holds no workspace (any more).
            BadWorkspace: something in it cannot be read; says everything that is wrong, each with file and line.
        """
        seen = _seen.get(self.folder.resolve())
        if seen and not is_under_way(self.folder) and _still(seen, _stamp(self.folder)):
            return seen.workspace
        with one_at_a_time(self.folder):
            return self._read()

    def change(self, changes: Sequence[Change], by: str) -> Workspace:
        """Return the workspace with all these changes written to its files, or write none.

        Raises:
            MovedOn: a record is no longer what it was.
            BadWorkspace: the result could not be read.
            BadInput: the files cannot be written.
        """
        wanted = checked(changes, by)
        for _ in range(TRIES):
            with one_at_a_time(self.folder):
                found = self._read()
                compared(changes, found)
                if made := self._write(found, wanted, by):
                    return made
        raise BadInput(f"Something keeps changing {self.where}. Nothing was saved; try again.")

    def history(self, kind: str = "", id: str = "") -> tuple[Revision, ...]:
        """Return the revisions of a record, a kind or everything, the earliest first."""
        with suppress(BadWorkspace, NotFound):
            self.load()
        with self._opened() as journal:
            return revisions.history(journal, kind, id)

    def together(self, change: str) -> tuple[Revision, ...]:
        """Return the revisions of all records that one change was about."""
        with self._opened() as journal:
            return revisions.of_change(journal, change)

    def removed(self) -> tuple[Revision, ...]:
        """Return the revisions that took away what is not there any more, the latest first."""
        with suppress(BadWorkspace, NotFound):
            self.load()
        with self._opened() as journal:
            return revisions.removed(journal)

    def as_of(self, day: date) -> Workspace:
        """Return the workspace as it stood at the end of a day in London, as far as this journal goes back.

        Raises:
            NotFound: nothing is known of that day.
        """
        with suppress(BadWorkspace, NotFound):
            self.load()
        with self._opened() as journal:
            return revisions.workspace_of(journal, day)

    def erase(self, kind: str, id: str, by: str) -> str:
        """Erase what a record held in the past from this journal; return its id there since. The files stay.

        Raises:
            NotFound: there is no such record, and there never was.
            UsageError: it holds nothing in the past (any more).
            BadWorkspace: something in the files cannot be read, so what stands now is not known.
            BadInput: the journal cannot be written.
        """
        with one_at_a_time(self.folder):
            self._read()
            drop_unread(self.folder)
            with self._opened() as journal:
                return erasing.erase(journal, kind, id, by)

    def _read(self) -> Workspace:
        """Return what the files hold, having finished what was begun and written down what was done outside."""
        self._finish()
        before, at_ns = _stamp(self.folder), time_ns()
        seen = _seen.get(self.folder.resolve())
        if seen and _still(seen, before):
            return seen.workspace
        same = seen.same(before) if seen else frozenset()
        known = {file_of(kind): name for name, kind in kinds().items() if file_of(kind) in same}
        rows = {file: rows_as_built(seen.workspace, name) for file, name in known.items()} if seen else {}
        workspace = read_workspace(self.folder, rows)
        if seen and same_as_written(workspace, seen.workspace):
            workspace = seen.workspace  # with all that was worked out from it
        noted = None
        try:
            noted = self._note_outside(workspace, frozenset(known.values()), seen.noted if seen else None)
        except NoJournal as error:
            logging.getLogger(__name__).warning("Read without its history. %s", error)
        _seen[self.folder.resolve()] = _Seen(before, at_ns, workspace, noted)
        return workspace

    def _finish(self) -> None:
        """Finish what was begun; where only its history cannot be written, its files are, and the rest waits.

        Raises:
            BadInput: the files cannot be written.
        """
        try:
            finish(self.folder, self._keep)
        except OSError as error:
            if not is_under_way(self.folder):
                return
            raise BadInput(
                f"A change of {self.where} was broken off and cannot be finished: {error.strerror}. "
                "Look at who may change the folder, and whether the disk is full."
            ) from error
        except NoJournal as error:
            logging.getLogger(__name__).warning("Read without its history. %s", error)

    def _write(self, found: Workspace, wanted: Mapping[Name, dict[str, Any] | None], by: str) -> Workspace | None:
        """Return the workspace with what is wanted written to its files; None where somebody changed them meanwhile."""
        wanted = {name: values for name, values in wanted.items() if values != found.values(*name)}
        files: dict[str, tuple[bytes | None, bytes | None]] = {}
        rows: list[Row] = []
        for name, kind in kinds().items():
            after = {id: values for (of_kind, id), values in wanted.items() if of_kind == name}
            if not after:
                rows += rows_as_built(found, name)
                continue
            old = content_of(self.folder, kind)
            new, held = edited(old or b"", kind, after, found.id)
            rows += held
            files[file_of(kind)] = (old, new)
        made = build(rows)
        told = {
            "change": secrets.token_hex(8),
            "by": by,
            "at": revisions.now(),
            "after": [[*name, values] for name, values in wanted.items()],
        }
        return made if not files or write_together(self.folder, files, told, self._keep) else None

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """Open the journal of this folder.

        Raises:
            NoJournal: it cannot be read or written; says where it lies.
        """
        name = f"{self.own_name}.sqlite"
        try:
            with revisions.opened(own_folder("journals") / name) as journal:
                yield journal
        except BadWorkspace:
            raise
        except (OSError, ValueError, BadInput) as error:
            said = str(error) if isinstance(error, BadInput) else "It is damaged, or nobody lets us."
            raise NoJournal(
                f"The history of {self.where} cannot be used. {said} It is the file '{name}' in the folder 'journals' "
                "of Outward's own folder (OUTWARD_HOME). Put it back from a copy, or move it away to begin a new one."
            ) from error

    def _keep(self, told: Mapping[str, Any]) -> None:
        """Write a change down in the journal, once."""
        after = {(kind, id): values for kind, id, values in told["after"]}
        with self._opened() as journal, revisions.writing(journal):
            if not revisions.holds(journal, told["change"]):
                revisions.append(journal, after, told["by"], told["change"], told["at"])

    def _note_outside(self, workspace: Workspace, same: frozenset[str], noted: revisions.Last | None) -> revisions.Last:
        """Write down what was changed in the files themselves since they were last read; return the last revision.

        Args:
            workspace: as it was read.
            same: the kinds whose files are those that were read the last time.
            noted: the last revision at that time; where the journal no longer holds it, every kind is looked at.
        """
        with self._opened() as journal, revisions.writing(journal):
            if not (noted and revisions.goes_on_from(journal, noted)):
                same = frozenset()
            changed = workspace.records.keys() - same
            now = {(kind, id): plain(one) for kind in changed for id, one in workspace.records[kind].items()}
            known = revisions.state(journal, only=changed)
            after = {name: values for name, values in now.items() if known.get(name) != values}
            gone = {name: None for name in known if name not in now}
            revisions.append(journal, {**gone, **after}, OUTSIDE, secrets.token_hex(8))
            return revisions.last(journal)


def _stamp(folder: Path) -> Stamp:
    """Return how the files of a folder look from without."""
    found = {}
    for path in (folder / HEADER, *(folder / "records").glob("*.y*ml")):
        with suppress(OSError):
            stat = path.stat()
            found[path.relative_to(folder).as_posix()] = (stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
    return found


def _still(seen: _Seen, stamp: Stamp) -> bool:
    """Return whether files that look like this are surely those that were read, and all of them."""
    return stamp.keys() == seen.stamp.keys() == seen.same(stamp)
