"""Taking a workspace out as a workbook or folder, and bringing back what was changed in it meanwhile."""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import date
from pathlib import Path

from outward.catalogue import Progress
from outward.errors import BadInput, OutwardError, UsageError
from outward.untrusted.stream import head
from outward.untrusted.workbooks import archived_kind
from outward.workspace.building import build, rows_as_built
from outward.workspace.contents import Workspace
from outward.workspace.differing import Differences
from outward.workspace.fields import fields_of
from outward.workspace.folder.edits import edited
from outward.workspace.folder.packing import packed, unpacked
from outward.workspace.folder.reading import RECORDS, file_of, read_workspace
from outward.workspace.folder.together import is_under_way, one_at_a_time
from outward.workspace.homes.database import begin_in
from outward.workspace.homes.home import DATABASE, Change, Home, open_home
from outward.workspace.records import kind_of, kinds, plain
from outward.workspace.workbook.layout import fingerprints_of
from outward.workspace.workbook.reading import Exported, Incoming, read_workbook
from outward.workspace.workbook.writing import WRITERS, workbook_of, write_whole

STAMP = "as-exported.json"
"""The file of an exported folder that tells what it was."""
ZIPPED = ".zip"
ENDINGS = (*WRITERS, ZIPPED)
"""How the files end that a workspace can be exported as."""
DATABASE_ENDING = Path(DATABASE).suffix


class ChangedTwice(OutwardError):
    """The file and the home have both changed a record since the export; nothing was written."""

    status = 409

    def __init__(self, clashes: tuple[Change, ...]) -> None:
        self.clashes = clashes
        named = [f"{kind_of(one.kind).TITLE} '{one.id}'" for one in clashes[:10]]
        more = f" and {len(clashes) - 10} more" if len(clashes) > 10 else ""
        super().__init__(
            f"Changed both in the file and, since it was exported, in the workspace: {', '.join(named)}{more}. Nothing "
            "was changed. Export again and make these changes in the new file, leave them out of this one, or take the "
            "file's words."
        )


def export(home: Home, path: Path, on: date) -> Workspace:
    """Write a workspace to a file or folder, stamped with its revision, and return it.

    Args:
        home: where it is kept.
        path: a file that ends in .xlsx, .ods or .zip, or a folder that is new or empty.
        on: the day that it says it was exported on.

    Raises:
        UsageError: the place will not do.
        BadInput: a value is longer than a cell of Excel holds.
    """
    workspace = home.load()
    if path.suffix.lower() in ENDINGS and not path.is_dir():
        write_whole(path, exported(workspace, path.suffix.lower(), on))
    elif path.suffix and not path.is_dir():
        raise UsageError(
            f"'{path.name}' is neither a workbook (.xlsx, .ods), nor a ZIP file (.zip), nor a folder. Give one of them."
        )
    else:
        _write_folder(workspace, path)
    return workspace


def exported(workspace: Workspace, ending: str, on: date) -> bytes:
    """Return a workspace as the bytes of a file, stamped with its revision.

    Args:
        workspace: what to write.
        ending: one of `ENDINGS`; '.zip' is a ZIP file of its folder.
        on: the day that it says it was exported on.

    Raises:
        BadInput: a value is longer than a cell of Excel holds.
    """
    if ending != ZIPPED:
        return workbook_of(workspace, ending, on)
    with tempfile.TemporaryDirectory(prefix="outward-") as made:
        _write_folder(workspace, Path(made) / workspace.id)
        return packed(Path(made) / workspace.id, on)


def _write_folder(workspace: Workspace, path: Path, *, stamped: bool = True) -> None:
    """Write a workspace as a new folder, whole or not at all."""
    if path.is_file() or (path.is_dir() and any(path.iterdir())):
        raise UsageError(f"There is something in '{path.name}' already. Give a new folder.")
    try:
        with tempfile.TemporaryDirectory(dir=path.resolve().parent, prefix=".outward-") as made:
            whole = Path(made) / "whole"
            (whole / RECORDS).mkdir(parents=True)
            for kind in kinds().values():
                held = {id: plain(one) for id, one in workspace.records[kind.KIND].items()}
                if held:
                    (whole / file_of(kind)).write_bytes(edited(b"", kind, held)[0] or b"")
            if stamped:
                (whole / STAMP).write_text(_stamp_text(workspace), encoding="utf-8")
            if path.is_dir():
                path.rmdir()
            shutil.move(whole, path)
    except OSError as error:
        raise UsageError(f"'{path}' cannot be written: {error.strerror}.") from error


def _stamp_text(workspace: Workspace) -> str:
    records = [[kind, id, found] for (kind, id), found in fingerprints_of(workspace).items()]
    return json.dumps({"workspace": workspace.id, "revision": workspace.revision, "records": records}, indent=0)


def incoming_from(path: Path, progress: Progress | None = None, workspace: Workspace | None = None) -> Incoming:
    """Return what a workbook, a ZIP file of a workspace's folder, or the folder or database of one brings in.

    Args:
        path: of the file or folder.
        progress: told how far it has come; may stop it.
        workspace: what it is brought into, whose records a workbook may mean by their titles; None for a new one.

    Raises:
        NotFound: there is nothing of that name.
        UsageError: it is a folder that holds no workspace.
        BadInput: it cannot be read; BadWorkspace says everything that is wrong, each at its place.
    """
    if path.suffix.lower() == DATABASE_ENDING or path.is_dir():
        return _incoming_of(_read_only(path), path / STAMP)
    if path.is_file() and head(path, 4).startswith(b"PK") and archived_kind(path) == "zip":
        with tempfile.TemporaryDirectory(prefix="outward-") as beside:
            folder = unpacked(path, Path(beside), (STAMP,))
            return _incoming_of(read_workspace(folder), folder / STAMP)
    return read_workbook(path, progress, workspace)


def _read_only(path: Path) -> Workspace:
    """Return the workspace of a database or folder; of a folder no history is begun for what is read from it once."""
    home = open_home(path)
    if not path.is_dir() or is_under_way(path):
        return home.load()
    with one_at_a_time(path):
        return read_workspace(path)


def _incoming_of(workspace: Workspace, stamp: Path) -> Incoming:
    rows = tuple(row for kind in kinds() for row in rows_as_built(workspace, kind))
    columns = {name: frozenset(field.name for field in fields_of(kind)) for name, kind in kinds().items()}
    return Incoming(rows, columns, _stamp_in(stamp))


def _stamp_in(path: Path) -> Exported | None:
    """Return what a folder says that it was when it was exported; None where it says nothing."""
    if not path.is_file():
        return None
    try:
        held = json.loads(path.read_bytes())
        records = {(str(kind), str(id)): str(found) for kind, id, found in held["records"]}
        return Exported(str(held["workspace"]), str(held["revision"]), records)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadInput(
            f"'{path.name}' of the folder is damaged, so that nobody can tell what was changed in it. Take the file "
            "away to compare the folder with the workspace as it stands."
        ) from None


def apply(home: Home, found: Differences, by: str) -> None:
    """Make the changes of an import, all of them or none.

    Args:
        home: where the workspace is kept.
        found: what `differences` found.
        by: who makes them.

    Raises:
        ChangedTwice: the home has changed the same records since the export.
        MovedOn: it did so this very moment.
    """
    if found.clashes:
        raise ChangedTwice(found.clashes)
    if found.changes:
        home.change(found.changes, by)


def bring_in_new(incoming: Incoming, path: Path, by: str) -> Workspace:
    """Make a workspace of what a file brings in, and return it.

    Args:
        incoming: what the file holds.
        path: a database that ends in .sqlite, or a folder; neither is there yet.
        by: who makes it.

    Raises:
        UsageError: the place will not do.
        BadWorkspace: the file will not do as a workspace of its own.
    """
    workspace = build(incoming.rows)
    if path.suffix.lower() != DATABASE_ENDING:
        _write_folder(workspace, path, stamped=False)
        return workspace
    return begin_in(path, workspace, by).load()
