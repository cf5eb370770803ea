"""Forgetting a whole workspace: all that this user's own folder holds of it. A folder elsewhere keeps its files."""

from __future__ import annotations

import secrets
import shutil
from contextlib import suppress
from glob import escape
from pathlib import Path

from outward.errors import BadInput, UsageError
from outward.own_folder import own_folder
from outward.workspace.folder.together import one_at_a_time, own_name, room_of
from outward.workspace.homes.database import DatabaseHome
from outward.workspace.homes.folder import FolderHome
from outward.workspace.homes.home import DATABASE, Home, open_home

GONE = ".forgotten-"
"""How the name of a workspace begins that is being removed; nobody sees it any more."""


def home_of(source: str) -> Home:
    """Return the home that a name means; a folder that is no longer there is one too, while its journal is.

    Raises:
        UsageError: there is no such workspace.
    """
    try:
        return open_home(source)
    except UsageError:
        if not Path(source).exists() and _journal(Path(source)).exists():
            return FolderHome(Path(source))
        raise


def is_kept(home: Home) -> bool:
    """Return whether the records of a workspace themselves lie in this user's own folder."""
    return _place(home) is not None


def forget(home: Home) -> None:
    """Remove the journal of a workspace, notes of its changes and, where they are kept here, its records.

    The records go last: after a killed process the workspace is still there, to be forgotten once more.

    Raises:
        UsageError: it is a database elsewhere, of which nothing lies here.
        BadInput: something cannot be removed.
    """
    place = _place(home)
    if isinstance(home, DatabaseHome) and place is None:
        raise UsageError(f"{home.where[:1].upper()}{home.where[1:]} is a file of your own. Delete it to forget it.")
    try:
        if isinstance(home, FolderHome):
            with one_at_a_time(home.folder):
                journal, room = _journal(home.folder), room_of(home.folder)
                prepared = (path for path in room.glob("*") if path.name != "lock")
                for part in (journal, *journal.parent.glob(f"{journal.name}-*"), *prepared):
                    part.unlink(missing_ok=True)
                _set_aside(place)
            shutil.rmtree(room, ignore_errors=True)
        else:
            _set_aside(place)
    except OSError as error:
        raise BadInput(
            f"{home.where[:1].upper()}{home.where[1:]} cannot be forgotten: {error.strerror}. Close what uses it, "
            "then try again."
        ) from error
    all_gone()


def all_gone() -> None:
    """Remove what is left of workspaces that were forgotten.

    Raises:
        BadInput: not all of it can be removed.
    """
    if not sweep():
        raise BadInput(
            "It is forgotten, but its files cannot all be deleted, so its letters still lie there. Close what uses "
            f"them, then forget it again; or delete what begins with '{GONE}' in the folder 'workspaces' of Outward's "
            "own folder (OUTWARD_HOME)."
        )


def sweep() -> bool:
    """Remove what a killed process left of workspaces that were forgotten; return whether nothing of it is left."""
    for left in own_folder("workspaces").glob(f"{GONE}*"):
        with suppress(OSError):
            left.unlink() if left.is_symlink() or left.is_file() else shutil.rmtree(left)
    return not any(own_folder("workspaces").glob(f"{GONE}*"))


def _set_aside(place: Path | None) -> None:
    """Let nobody see a workspace any more, in one step."""
    if place is not None:
        logs = place.parent.glob(f"{escape(place.name)}-*") if place.is_file() else ()
        for part in (*logs, place):
            part.rename(part.with_name(f"{GONE}{secrets.token_hex(4)}"))


def _place(home: Home) -> Path | None:
    """Return where the records of a workspace lie among those of this computer; None where they lie elsewhere."""
    if isinstance(home, FolderHome):
        path = home.folder
    elif isinstance(home, DatabaseHome):
        path = home.file.parent if home.file.name == DATABASE else home.file
    else:
        return None
    return path if path.parent.resolve() == own_folder("workspaces").resolve() else None


def _journal(folder: Path) -> Path:
    return own_folder("journals") / f"{own_name(folder)}.sqlite"
