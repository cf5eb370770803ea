"""Writing several files of a folder at once: all of them or none, whenever the process is killed.

The new files are written beside, in `.outward` within the folder. Then a note of what is meant goes there; from
then on the change is made, and whoever opens the folder next finishes it. Where somebody changed one of the files
meanwhile, the whole change is undone instead and their words stay.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from outward.errors import BadInput
from outward.locking import locked

ROOM = ".outward"
NOTE = "note.json"


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Let one process and one thread at a time deal with a folder; where it cannot be written, nobody changes it."""
    room = folder / ROOM
    try:
        if not (room / ".gitignore").is_file():
            room.mkdir(exist_ok=True)
            (room / ".gitignore").write_text("*\n", encoding="utf-8")
        (room / "lock").touch()
    except OSError:
        yield
        return
    with locked(room / "lock"):
        yield


def is_under_way(folder: Path) -> bool:
    """Return whether a change of the folder was begun and is not finished."""
    return (folder / ROOM / NOTE).exists()


def write_together(
    folder: Path,
    files: Mapping[str, tuple[bytes | None, bytes | None]],
    told: Mapping[str, Any],
    kept: Callable[[Mapping[str, Any]], None],
) -> bool:
    """Return whether the files were written; they were not where somebody else changed one meanwhile.

    Args:
        folder: within `one_at_a_time`.
        files: name within the folder to what it held and what it is to hold; None for no file.
        told: what is said of the change, plain values.
        kept: called with what is told once the files are written, perhaps again after a killed process.

    Raises:
        BadInput: the folder cannot be written.
    """
    room = folder / ROOM
    try:
        for number, (name, (old, new)) in enumerate(files.items()):
            _place(folder, name)
            for word, content in (("old", old), ("new", new)):
                if content is not None:
                    _write(room / f"{number}.{word}", content, like=folder / name)
        note = {
            "files": [[name, _digest(old), _digest(new)] for name, (old, new) in files.items()],
            "told": dict(told),
        }
        _write(room / f"{NOTE}.part", json.dumps(note, ensure_ascii=False).encode())
        (room / f"{NOTE}.part").replace(room / NOTE)
        _settle(room)
        return finish(folder, kept)
    except OSError as error:
        raise BadInput(
            f"The folder '{folder.name}' cannot be written: {error.strerror or 'it does not let us'}. "
            "Look at who may change it, and whether the disk is full."
        ) from error


def finish(folder: Path, kept: Callable[[Mapping[str, Any]], None]) -> bool:
    """Finish the change that was begun in a folder, or undo it where that is no longer possible.

    Args:
        folder: within `one_at_a_time`.
        kept: called with what was told of the change once its files are written.

    Returns:
        Whether it was finished; False as well where none was begun.
    """
    room = folder / ROOM
    if not (room / NOTE).exists():
        _clear(room)
        return False
    note = json.loads((room / NOTE).read_text(encoding="utf-8"))
    steps = [(number, _place(folder, name), old, new) for number, (name, old, new) in enumerate(note["files"])]
    untouched = all(_now(place) in (old, new) for _, place, old, new in steps)
    for number, place, old, new in steps:
        if untouched and _now(place) != new:
            _put(room / f"{number}.new", place, new)
        elif not untouched and _now(place) == new:
            _put(room / f"{number}.old", place, old)
    if untouched:
        kept(note["told"])
    (room / NOTE).unlink()
    _clear(room)
    return untouched


def _put(source: Path, place: Path, digest: str | None) -> None:
    """Put a file in its place, or take away what is there."""
    if digest is None:
        place.unlink(missing_ok=True)
    else:
        place.parent.mkdir(exist_ok=True)
        source.replace(place)
    _settle(place.parent)


def _clear(room: Path) -> None:
    for left in (*room.glob("*.new"), *room.glob("*.old"), *room.glob("*.part")):
        left.unlink(missing_ok=True)


def _place(folder: Path, name: str) -> Path:
    """Return where a file of the folder really lies.

    Raises:
        BadInput: it is a link to somewhere else.
    """
    place = (folder / name).resolve()
    if not place.is_relative_to(folder.resolve()):
        raise BadInput(f"'{name}' is a link to somewhere else, so it is not changed from here. Change it there.")
    return place


def _write(path: Path, content: bytes, like: Path | None = None) -> None:
    with path.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    if like and like.exists():
        shutil.copymode(like, path)


def _settle(folder: Path) -> None:
    """Let what was renamed in a folder outlast a power cut, where the system offers it."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _now(place: Path) -> str | None:
    return _digest(place.read_bytes()) if place.exists() else None


def _digest(content: bytes | None) -> str | None:
    return None if content is None else hashlib.sha256(content).hexdigest()
