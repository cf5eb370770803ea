"""Writing a file whole: whoever reads it finds what was there before or all of what is new, and never a part."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def write(path: Path, content: bytes, mode: int | None = None, part: Path | None = None) -> None:
    """Write a file; one that is there already is replaced once the new one is whole and on the disk.

    Several may write the same file at once: one of them is the last.

    Args:
        path: the file.
        content: its bytes.
        mode: who may do what with it, as 0o600; unless given as with the one that is there, or as usual with new ones.
        part: where it lies until it is whole, in the same folder, for one that nobody else writes and that is looked
            for after a process was killed; under a random name unless given.

    Raises:
        OSError: it cannot be written; what was there stays, and no part is left.
    """
    part = part or _beside(path)
    with _written(part, content, mode, path):
        part.replace(path)


def write_first(path: Path, content: bytes, mode: int) -> None:
    """Write a file unless one is there: whoever comes first wins, and the file is never changed.

    Raises:
        OSError: it cannot be written; no part is left.
    """
    part = _beside(path)
    with _written(part, content, mode, path), suppress(FileExistsError):
        os.link(part, path)


def _beside(path: Path) -> Path:
    return path.with_name(f".{secrets.token_hex(8)}.part")


@contextmanager
def _written(part: Path, content: bytes, mode: int | None, like: Path) -> Iterator[None]:
    """Write the part, and leave nothing of it in the end."""
    part.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(part, flags, 0o666 if mode is None else mode)
    try:
        with os.fdopen(handle, "wb") as out:
            if mode is None and like.exists():
                shutil.copymode(like, part)
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        yield
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
