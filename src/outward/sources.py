"""What a question can be asked of, data or a workspace, and which of the two a name means."""

from __future__ import annotations

from pathlib import Path

from outward.catalogue import Question
from outward.errors import NotFound, UsageError
from outward.evidence.store import Given, LaidLog, data_sets, find
from outward.workspace.contents import Workspace
from outward.workspace.homes.home import DATABASE, Home, open_home
from outward.workspace.kinds.knowledge import DataSet

Source = Given | Workspace
"""What a question can be asked of: data, or a workspace as a value, by its folder, its database or its id."""

A_DATABASE = b"SQLite format 3\0"  # how a file begins that a workspace may be kept in


def workspace_refused(source: Source) -> None:
    """Refuse a workspace where data is asked for.

    Raises:
        UsageError: the source is one.
    """
    one = _single(source)
    if isinstance(one, str | Path) and (_is_data_set(str(one)) or not _home(one)):
        return
    if not isinstance(one, str | Path | Workspace):
        return
    raise UsageError(
        f"'{_called(source)}' is a workspace, and this is asked of data. Give a case log or the id of a data set "
        "(`outward data` lists them). `outward questions` says what can be asked of a workspace."
    )


def workspace_of(source: Source, question: Question) -> Workspace:
    """Return the workspace that a name means.

    Raises:
        UsageError: there is no such workspace, or it is a data set or a file of cases.
        BadInput: its database is damaged, or none of ours.
        BadWorkspace: its records cannot be read as they are.
    """
    one = _single(source)
    if isinstance(one, Workspace):
        return one
    if isinstance(one, str | Path):
        if home := _home(one):
            return home.load()
        meant = Path(one).suffix.lower() == Path(DATABASE).suffix  # if damaged, it says so as it is opened
        if meant or not (Path(one).is_file() or _is_data_set(str(one))):
            return open_home(one).load()
    raise UsageError(
        f"{question.id} is asked of a workspace, and '{_called(one)}' is a data set. Give the folder of a "
        "workspace, its database or its id."
    )


def data_sets_of(workspace: Workspace) -> list[LaidLog]:
    """Return the data sets of this computer that are a workspace's, by name: those whose id one of its records gives.

    The name of a file says nothing of whose it is, so it is never looked at.
    """
    chosen = {place.brought_in_as for place in workspace.every(DataSet)}
    return [log for log in data_sets() if log.id in chosen]


def _single(source: Source) -> Source:
    """Return the one thing in a list of one; anything else as it is."""
    if isinstance(source, str | Path | LaidLog | Workspace) or len(source) != 1:
        return source
    return source[0]


def _home(source: str | Path) -> Home | None:
    """Return where a workspace of that name is at home, if there is one; a file is one only if it is a database."""
    if Path(source).is_file():
        with Path(source).open("rb") as file:
            if file.read(len(A_DATABASE)) != A_DATABASE:
                return None
    try:
        return open_home(source)
    except UsageError:
        return None


def _is_data_set(id: str) -> bool:
    try:
        find(id)
    except NotFound:
        return False
    return True


def _called(source: Source) -> str:
    """Return what a source is called in a message."""
    if isinstance(source, str | Path):
        return str(source)
    if isinstance(source, Workspace | LaidLog):
        return source.id
    return ", ".join(str(one) for one in source)
