"""Records that come in as a file: read within bounds, kept until they are confirmed, then removed.

A workbook, or the folder of a workspace in a ZIP file, lies with its job in a private folder, as every file that is
brought in. It waits there for a person, and is removed once it is brought in, thrown away or a day old.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.http import HttpRequest

from outward.errors import BadInput, NotFound, UsageError
from outward.web import jobs, uploads

if TYPE_CHECKING:
    from outward.workspace.contents import Workspace
    from outward.workspace.workbook.reading import Incoming

KIND = "carry"
GONE = "There is no such file (any more). Choose it again."
ONE = "Choose one file: a workbook holds all kinds of records."


@contextmanager
def coming_in(request: HttpRequest) -> Iterator[uploads.Receiving | None]:
    """Give the file that a form brought, None where it brought none; unless it is kept meanwhile, it is removed."""
    receiving = uploads.taken(request)
    try:
        yield receiving
    finally:
        if receiving and not receiving.lock.closed:
            receiving.drop()


def incoming(receiving: uploads.Receiving, workspace: Workspace | None = None) -> Incoming:
    """Return what a file that has come in holds.

    Args:
        receiving: the file.
        workspace: what it is to be brought into; None for a new one.

    Raises:
        UsageError: there are several.
        BadInput: it cannot be read, or was built to do harm; BadWorkspace says what is wrong, each at its place.
    """
    receiving.file.flush()
    if len(receiving.names) > 1:
        raise UsageError(ONE)
    return _read(receiving.id, receiving.names[0], workspace)


def keep(receiving: uploads.Receiving, of: str) -> str:
    """Keep a file until somebody confirms it, and return its job.

    Args:
        receiving: the file that has come in.
        of: the `own_name` of the home that it is to be brought into.
    """
    about = {"file": receiving.names[0], "of": of}
    jobs.move(receiving.id, ("receiving",), "ready", kind=KIND, about=about)
    receiving.close()
    return receiving.id


def find(id: str, of: str) -> jobs.Job:
    """Return a file that waits to be brought into the home of that `own_name`.

    Raises:
        NotFound: there is none (any more).
    """
    found = jobs.find(id)
    if found.state == "failed":
        raise NotFound(found.said)
    if found.kind != KIND or found.state != "ready" or found.about["of"] != of:
        raise NotFound(GONE)
    return found


def waiting(of: str) -> list[jobs.Job]:
    """Return the files that wait to be brought into the home of that `own_name`, the newest first."""
    return [one for one in jobs.every() if one.kind == KIND and one.state == "ready" and one.about["of"] == of]


def kept(job: jobs.Job, workspace: Workspace) -> Incoming:
    """Return what a file that waits to be brought into a workspace holds.

    Raises:
        BadInput: it cannot be read any more.
    """
    return _read(job.id, str(job.about["file"]), workspace)


def _read(id: str, name: str, workspace: Workspace | None) -> Incoming:
    from outward.workspace.exchange import incoming_from

    path = uploads.room(id) / "file" / name
    try:
        if path.stat().st_size > uploads.MOST_RECORDS_BYTES:
            raise BadInput(uploads.refusal(path.stat().st_size, ""))
        if path.is_dir() or path.suffix.lower() == ".sqlite":
            raise BadInput("A database is not taken in here. Export it as a workbook or ZIP file, and choose that.")
        return incoming_from(path, workspace=workspace)
    except FileNotFoundError:  # brought in or thrown away a moment ago, as by a second click
        raise NotFound(GONE) from None


def drop(job: jobs.Job) -> None:
    """Remove a file that waits, and all that is known of it."""
    jobs.drop(job.id)
    shutil.rmtree(uploads.room(job.id), ignore_errors=True)
