"""One process and one thread at a time."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Let one process and one thread at a time go on; the lock goes with the process, however it ends.

    Args:
        path: the file that stands for the lock, made if need be.
    """
    with path.open("w") as file:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def held(path: Path) -> IO[str]:
    """Return the file, locked by this process until it is closed; for a lock that nobody else wants.

    Args:
        path: the file, made if it is not there; its folder must be.

    Raises:
        BlockingIOError: another process, or another part of this one, holds it.
    """
    file = path.open("w")
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise BlockingIOError from error
    return file


def is_free(path: Path) -> bool:
    """Return whether nobody holds the lock that this file stands for."""
    try:
        held(path).close()
    except BlockingIOError:
        return False
    except FileNotFoundError:
        return True
    return True
