"""One process and one thread at a time."""

from __future__ import annotations

import contextlib
import os
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
    with _opened(path) as file:
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
    file = _opened(path)
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


def _opened(path: Path) -> IO[str]:
    """Return the file, made if need be; what it holds stays, and no link is followed."""
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600), "r+")


def is_free(path: Path) -> bool:
    """Return whether nobody holds the lock that this file stands for."""
    try:
        held(path).close()
    except BlockingIOError:
        return False
    except FileNotFoundError:
        return True
    return True
