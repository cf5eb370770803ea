"""The name of a file as the engine takes it: this file and no other."""

from __future__ import annotations

from pathlib import Path

from outward.errors import BadInput
from outward.evidence.names import literal


def check_name(path: Path) -> None:
    """Check that the name can be written as text.

    Raises:
        BadInput: it holds bytes that are no characters.
    """
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError:
        raise BadInput("The name of the file or of its folder holds bytes that are no letters. Rename it.") from None


def one_file(path: Path) -> str:
    """Return SQL for reading exactly this file; to the engine `*`, `?` and `[` would stand for other files too.

    Args:
        path: the file; a relative one is taken from the working folder.

    >>> one_file(Path("/made/up/a?[1].csv"))
    "'/made/up/a[?][[]1].csv'"
    """
    return literal(_escaped(path))


def files_in(folder: Path, pattern: str) -> str:
    """Return SQL for reading the files of exactly this folder whose names match a pattern.

    >>> files_in(Path("/made/u[p]"), "events-*.parquet")
    "'/made/u[[]p]/events-*.parquet'"
    """
    return literal(f"{_escaped(folder)}/{pattern}")


def _escaped(path: Path) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in str(path.absolute()))
