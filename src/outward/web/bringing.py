"""What bringing a file in is made of: looking at it first, and laying it once a person has said what it is."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from outward.catalogue import Progress
from outward.errors import BadInput, NotFound, SeveralTables, UsageError
from outward.evidence import store
from outward.evidence.inspection import Inspection, inspect, read_inspection, write_inspection
from outward.evidence.manifest import settings_from
from outward.evidence.tables import Settings
from outward.web import jobs, uploads

READ, LAY = "read", "lay"


def seen_file(id: str) -> Path:
    """Return where the inspection of a job's file lies."""
    return uploads.room(id) / "seen.json"


def seen(job: jobs.Job) -> Inspection:
    """Return what was found out about a job's file.

    Raises:
        BadInput: it is gone.
    """
    return read_inspection(seen_file(job.id))


def given(job: jobs.Job) -> Settings:
    """Return what a person said about a job's file so far."""
    return settings_from(job.about.get("settings", {}))


def work(job: jobs.Job, progress: Progress) -> None:
    """Do what a job is for.

    Raises:
        OutwardError: it cannot be done as it stands.
        Cancelled: a person stopped it.
    """
    {READ: _read, LAY: _lay}[job.kind](job, progress)


def _read(job: jobs.Job, progress: Progress) -> None:
    """Look at the file and wait for a person to confirm what it is."""
    room = uploads.room(job.id)
    for left in room.glob(".scratch-*"):  # of a worker that was killed
        shutil.rmtree(left, ignore_errors=True)
    last, said = None, given(job)
    if job.about.get("after"):
        last = store.find(str(job.about["after"]))
    if job.about.get("correct") and not job.about.get("settings"):
        said = store.find(str(job.about["correct"])).settings
    try:
        found = _inspected(job, said, progress, last)
    except SeveralTables as several:
        _to_person(job, {**job.about, "tables": several.names})
        return
    _check_same(job, found)
    write_inspection(seen_file(job.id), found)
    _to_person(job, job.about)


def _inspected(job: jobs.Job, said: Settings, progress: Progress, last: store.LaidLog | None) -> Inspection:
    """Look at the files: at the table of the extract before, where it is there again."""
    files, room = uploads.files_of(job), uploads.room(job.id)
    if last and last.settings.table and not said.table:
        with suppress(UsageError):
            return inspect(files, replace(said, table=last.settings.table), progress, room, last)
    return inspect(files, said, progress, room, last)


def _to_person(job: jobs.Job, about: dict[str, Any]) -> None:
    """Leave the job to the person who brought the file in."""
    jobs.move(job.id, ("running",), "ready", said=str(job.about.get("note", "")), tries=0, about=about)
    if jobs.find(job.id).stop:  # asked for just before it was done
        jobs.move(job.id, ("ready",), "stopped")


def _check_same(job: jobs.Job, found: Inspection) -> None:
    """Check that a file brought in to put a data set right is the one that it was made from.

    Raises:
        BadInput: it is another.
    """
    if not job.about.get("correct"):
        return
    log = store.find(str(job.about["correct"]))
    if log.manifest.fingerprint != found.fingerprint:
        raise BadInput(
            f"This is not the file that '{log.name}' was made from. Choose that file; a newer one is brought in "
            "as the next extract."
        )


def _lay(job: jobs.Job, progress: Progress) -> None:
    """Lay the file as a person said, then remove it."""
    try:
        first, *more = uploads.files_of(job)
        log = store.bring_in(first, given(job), progress, more=more, afresh=True)
    except (BadInput, UsageError) as error:  # back to the person, who can put it right
        jobs.move(job.id, ("running",), "ready", said=str(error), kind=READ, tries=0)
        return
    jobs.move(job.id, ("running",), "done", about={"file": job.about["file"], "data_set": log.id})
    shutil.rmtree(uploads.room(job.id), ignore_errors=True)


def data_set_of(job: jobs.Job) -> str:
    """Return the id of the data set that a job made; '' where it is gone or not yet made."""
    id = str(job.about.get("data_set", ""))
    try:
        return store.find(id).id if id else ""
    except NotFound:
        return ""
