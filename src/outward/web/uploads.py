"""Files that people bring in: streamed into a private folder, kept until dealt with, then removed.

The files of a form lie with its job alone, in `uploads/<id of the job>` beside the laid logs. They hold raw
personal data, so they go as soon as the data set is laid, the job ends in any other way, or a day has passed.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from time import time
from typing import IO, Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from outward import locking
from outward.own_folder import own_folder
from outward.web import jobs

MOST_BYTES = 8 << 30
MOST_RECORDS_BYTES = 64 << 20
"""Of a workbook or folder of records: fifty times what 5,000 of them take."""
FREE_BYTES = 256 << 20
"""What stays free on the disk, beyond twice the file: laying needs about as much as the file again."""
FREE_FOR_RECORDS = 16 << 20
"""The same beside a file of records, which is small."""
KEPT_SECONDS = 24 * 3600
ROWS_KEPT_SECONDS = 7 * 24 * 3600
BEGINNING_SECONDS = 3
"""How long a file may take from its row to its lock."""
KIND = "read"
EXPIRED = "More than a day passed before anything was confirmed, so the file was removed. Choose it again."
BROKEN_OFF = "The file did not arrive whole, and what came of it was removed. Choose it again."


def folder() -> Path:
    """Return the folder of files brought in, made if need be, for its owner alone."""
    return own_folder("uploads")


def room(id: str) -> Path:
    """Return the private folder of one job."""
    return folder() / id


def files_of(job: jobs.Job) -> list[Path]:
    """Return the files that were brought in for a job, as they were chosen."""
    return [room(job.id) / "file" / str(name) for name in (job.about["file"], *job.about.get("more", ()))]


def names_of(job: jobs.Job) -> str:
    """Return what a job's files are called."""
    return " and ".join([str(job.about["file"]), *map(str, job.about.get("more", ()))])


def plain_name(name: str) -> str:
    """Return a file's name with nothing in it that could mean more than a name.

    >>> plain_name("../claims *2024*.csv"), plain_name("...")
    ('claims _2024_.csv', 'file')
    """
    last = re.split(r"[/\\]", name)[-1]
    return re.sub(r"[^\w .()+-]", "_", last).lstrip(". ")[-100:].rstrip(". ") or "file"


def refusal(size: int, place: str = "/bring-in") -> str:
    """Return why a file of this size cannot be taken in; '' where it can.

    Args:
        size: in bytes.
        place: the address that it was sent to; a file of records is small.
    """
    if place != "/bring-in" and size > MOST_RECORDS_BYTES:
        return (
            f"The file is larger than {MOST_RECORDS_BYTES >> 20} MB, and no file of records needs as much. Choose "
            "the workbook, or the ZIP file, that holds the records."
        )
    if size > MOST_BYTES:
        return (
            f"The file is larger than {MOST_BYTES >> 30} GB, which is the most that is taken in here. "
            "Bring it in on the command line: outward look FILE."
        )
    free, needed = (
        shutil.disk_usage(folder()).free,
        2 * size + (FREE_BYTES if place == "/bring-in" else FREE_FOR_RECORDS),
    )
    if free < needed:
        return (
            f"There is too little free disk for this file: {free >> 20:,} MB are free, and {needed >> 20:,} MB are "
            "needed. Make room, and choose it again."
        )
    return ""


class Receiving:
    """Files on their way in, one after the other; whoever is done with them closes it."""

    def __init__(self, name: str) -> None:
        self.names = [plain_name(name)]
        self.id = jobs.add(KIND, {"file": self.names[0]}, "receiving")
        self.size = 0
        place = room(self.id)
        (place / "file").mkdir(parents=True, mode=0o700)
        place.chmod(0o700)
        self.lock: IO[str] = locking.held(place / "lock")  # freed however this process ends
        self.file = os.fdopen(_private(place / "file" / self.names[0]), "wb")

    def begin(self, name: str) -> None:
        """Begin a further file."""
        self.file.close()
        name = plain_name(name)
        while name in self.names:
            name = f"again {name}"
        self.names.append(name)
        self.file = os.fdopen(_private(room(self.id) / "file" / name), "wb")

    def write(self, some: bytes) -> None:
        """Add what came."""
        self.file.write(some)
        self.size += len(some)

    def close(self) -> None:
        """Close the file and free the lock."""
        self.file.close()
        self.lock.close()

    def drop(self) -> None:
        """Remove everything of it."""
        self.close()
        shutil.rmtree(room(self.id), ignore_errors=True)
        jobs.drop(self.id)


def _private(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)


class IntoPrivateFolder(FileUploadHandler):
    """The step that writes a file straight into its private folder as it comes, and refuses what is too large."""

    chunk_size = 1 << 20
    receiving: Receiving | None = None

    def handle_raw_input(self, *given: Any, **more: Any) -> None:
        """Look at the size that the browser names."""
        size = given[2] if len(given) > 2 else more.get("content_length") or 0
        self.refused = refusal(int(size), self._place)

    @property
    def _place(self) -> str:
        return self.request.path if self.request is not None else ""

    def new_file(self, *given: Any, **more: Any) -> None:
        """Make its folder, or refuse it."""
        super().new_file(*given, **more)
        self._refuse()
        if self.receiving:
            self.receiving.begin(str(self.file_name))
        else:
            self.receiving = Receiving(str(self.file_name))

    def _refuse(self) -> None:
        if self.refused:
            if self.receiving:
                self.receiving.drop()
            if self.request is not None:
                self.request.META["outward.refused"] = self.refused
            raise StopUpload(connection_reset=False)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write what came."""
        assert self.receiving
        if start and start % (64 << 20) == 0:
            self.refused = refusal(start + len(raw_data), self._place)
            self._refuse()
        try:
            self.receiving.write(raw_data)
        except OSError:
            self.refused = "The disk is full. Make room for three times the file's size, and choose it again."
            self._refuse()

    def file_complete(self, file_size: int) -> Receiving | None:  # type: ignore[override]  # noqa: ARG002 - by this name
        """Hand over the file, whole."""
        assert self.receiving
        self.receiving.file.flush()
        return self.receiving

    def upload_interrupted(self) -> None:
        """Remove what came of it."""
        if self.receiving:
            self.receiving.drop()


def taken(request: HttpRequest) -> Receiving | None:
    """Return the files that a form brought; None where none was chosen.

    Their job waits for nothing until `accept` says so; unless it does, they are removed.
    """
    found = request.FILES.get("file")
    return found if isinstance(found, Receiving) else None


def refused(request: HttpRequest) -> str:
    """Return why a form's file was not taken in; '' where it was."""
    return str(request.META.get("outward.refused", ""))


def accept(receiving: Receiving, about: dict[str, Any]) -> str:
    """Let the work on the files begin, and return its job."""
    first, *more = receiving.names
    jobs.move(receiving.id, ("receiving",), "waiting", about={"file": first, "more": more, **about})
    receiving.close()
    return receiving.id


def sweep() -> None:
    """Remove every file that nobody needs any more, and every folder that no job knows."""
    now = time()
    for job in jobs.every():
        age = now - job.changed
        if job.state == "receiving" and age > BEGINNING_SECONDS and locking.is_free(room(job.id) / "lock"):
            jobs.move(job.id, ("receiving",), "failed", said=BROKEN_OFF)
        elif job.state == "ready" and age > KEPT_SECONDS:
            jobs.move(job.id, ("ready",), "failed", said=EXPIRED)
        elif job.state not in jobs.OPEN and age > ROWS_KEPT_SECONDS:
            jobs.drop(job.id)
    there = list(folder().iterdir())  # before the jobs are read: a folder is made after its job
    wanted = {job.id for job in jobs.every() if job.state in jobs.OPEN}
    for place in there:
        if place.is_dir() and place.name not in wanted:
            shutil.rmtree(place, ignore_errors=True)
