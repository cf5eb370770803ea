"""Writing several files of a folder at once: all of them or none, whenever the process is killed.

What the files held and what they are to hold is written to a room of this user's own. Then a note of what is meant
goes there; from then on the change is made, and this user's next reading of the folder finishes it. Where somebody
changed one of the files meanwhile, the whole change is undone instead and their words stay. Nothing that lies in the
folder itself is ever taken for such a note, as folders come from others too.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from outward import whole_file
from outward.errors import BadInput
from outward.locking import locked
from outward.own_folder import own_folder
from outward.workspace.ids import id_from

NOTE = "note.json"
SET_ASIDE = "note.unread"

Step = tuple[int, Path, str | None, str | None]
"""Number of a file in the room, its place, and the digests of what it held and is to hold; None for no file."""


def own_name(place: Path) -> str:
    """Return what this user's own files about a folder or file are called: for people to recognise, its alone."""
    place = place.resolve()
    return f"{id_from(place.name)[:40]}-{hashlib.sha256(str(place).encode()).hexdigest()[:12]}"


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Let one process and one thread of this user at a time deal with a folder.

    Where this user's own folder cannot be written, reading goes on without; nothing can be changed then.
    """
    try:
        room = room_of(folder)
        room.mkdir(exist_ok=True, mode=0o700)
        (room / "lock").touch()
    except OSError:
        yield
        return
    with locked(room / "lock"):
        yield


def is_under_way(folder: Path) -> bool:
    """Return whether a change of the folder was begun and is not finished."""
    try:
        return (room_of(folder) / NOTE).exists()
    except OSError:
        return False


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
        BadInput: the folder cannot be written, or what is told cannot be kept; everything is as it was.
    """
    try:
        room = room_of(folder)
        for name in files:
            _place(folder, name)
        for number, (old, new) in enumerate(files.values()):
            for word, content in (("old", old), ("new", new)):
                if content is not None:
                    whole_file.write(room / f"{number}.{word}", content, 0o600)
        note = {
            "files": [[name, _digest(old), _digest(new)] for name, (old, new) in files.items()],
            "told": dict(told),
        }
        whole_file.write(room / NOTE, json.dumps(note, ensure_ascii=False).encode(), 0o600)
        _settle(room)
        return finish(folder, kept)
    except (OSError, BadInput) as error:
        with suppress(OSError, BadInput):
            _take_back(folder)
        if isinstance(error, BadInput):
            raise
        raise BadInput(
            f"The folder '{folder.resolve().name}' cannot be written: {error.strerror or 'it does not let us'}. "
            "Look at who may change it, and whether the disk is full."
        ) from error


def finish(folder: Path, kept: Callable[[Mapping[str, Any]], None]) -> bool:
    """Finish the change that was begun in a folder, or undo it where that is no longer possible.

    Args:
        folder: within `one_at_a_time`.
        kept: called with what was told of the change once its files are written.

    Returns:
        Whether it was finished; False as well where none was begun.

    Raises:
        OSError: the files cannot be read or written.
        BadInput: one of the files is no file any more.
    """
    room = room_of(folder)
    if not (found := _noted(folder)):
        _clear(room)
        return False
    steps, told = found
    untouched = all(_now(place) in (old, new) for _, place, old, new in steps)
    if not untouched:
        _take_back(folder)
        return False
    for number, place, _, new in steps:
        if _now(place) != new:
            _put(room / f"{number}.new", place, new)
    kept(told)
    _over(room, steps)
    return True


def drop_unread(folder: Path) -> None:
    """Remove what is left of a change that was broken off and could not be read."""
    (room_of(folder) / SET_ASIDE).unlink(missing_ok=True)


def _take_back(folder: Path) -> None:
    """Undo what a change that was begun has written, and forget it."""
    room = room_of(folder)
    steps, _ = _noted(folder) or ([], {})
    for number, place, old, new in steps:
        if old != new and _now(place) == new:
            _put(room / f"{number}.old", place, old)
    _over(room, steps)


def _over(room: Path, steps: list[Step]) -> None:
    """Forget a change, with what it left."""
    for _, place, _, _ in steps:
        _part(place).unlink(missing_ok=True)
    (room / NOTE).unlink(missing_ok=True)
    _clear(room)


def _noted(folder: Path) -> tuple[list[Step], Mapping[str, Any]] | None:
    """Return what is meant by the change that was begun, if one was; a note that cannot be read is set aside."""
    note = room_of(folder) / NOTE
    if not note.exists():
        return None
    try:
        meant = json.loads(note.read_text(encoding="utf-8"))
        files = [(str(name), old, new) for name, old, new in meant["files"]]
        told = dict(meant["told"])
    except (ValueError, KeyError, TypeError):
        note.replace(note.with_name(SET_ASIDE))
        logging.getLogger(__name__).warning(
            "A change of the folder '%s' was broken off, and the note of it cannot be read. The files are as they "
            "are; look at what was changed last.",
            folder.resolve().name,
        )
        return None
    return [(number, _place(folder, name), old, new) for number, (name, old, new) in enumerate(files)], told


def _put(source: Path, place: Path, digest: str | None) -> None:
    """Put a file in its place, or take away what is there."""
    if digest is None:
        place.unlink(missing_ok=True)
    else:
        place.parent.mkdir(exist_ok=True)
        whole_file.write(place, source.read_bytes(), part=_part(place))
    if place.parent.exists():
        _settle(place.parent)


def _part(place: Path) -> Path:
    """Return where a file lies until it takes its place, so that what a killed process left is found."""
    return place.with_name(f".{place.name}.outward")


def room_of(folder: Path) -> Path:
    """Return the room in which this user's changes of a folder are prepared; it may not be there."""
    return own_folder("changes") / own_name(folder)


def _clear(room: Path) -> None:
    for left in (*room.glob("*.new"), *room.glob("*.old"), *room.glob("*.part")):
        left.unlink(missing_ok=True)


def _place(folder: Path, name: str) -> Path:
    """Return where a file of the folder really lies.

    Raises:
        BadInput: it is a link to somewhere else, or something that is no file.
    """
    place = (folder / name).resolve()
    if not place.is_relative_to(folder.resolve()):
        raise BadInput(f"'{name}' is a link to somewhere else, so it is not changed from here. Change it there.")
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(place.lstat().st_mode):
            raise BadInput(f"'{name}' is no file, so nothing was written. Move away what lies there.")
    return place


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
