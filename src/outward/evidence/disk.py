"""How much disk laying takes: said before it begins, and refused where there is less."""

from __future__ import annotations

import shutil
from pathlib import Path

from outward.errors import BadInput

BYTES_AN_EVENT, BYTES_A_LABEL = 64, 8
"""What laying needs at most, for what it keeps and what it works with: what was measured on the
benchmark's log is 22 bytes an event, and 44 where the engine had 512 MB for a hundred million of them."""


def room_for(events: int, labels: int, folder: Path) -> str:
    """Return how much disk laying takes at most, in words.

    Args:
        events: to be laid.
        labels: columns of words beside each.
        folder: where they will lie.

    Raises:
        BadInput: there is less.
    """
    needed, free = events * (BYTES_AN_EVENT + BYTES_A_LABEL * labels), shutil.disk_usage(folder).free
    if free < needed:
        raise BadInput(
            f"There is too little free disk: {events:,} events take up to {_words(needed)} while they are laid, and "
            f"{_words(free)} are free. Make room, or set OUTWARD_HOME to a folder on a larger disk."
        )
    return _words(needed)


def _words(size: int) -> str:
    """Return a number of bytes in words.

    >>> _words(1_000), _words(2_345_000_000)
    ('1 MB', '2.3 GB')
    """
    return f"{max(1, round(size / 1e6))} MB" if size < 1e9 else f"{size / 1e9:.1f} GB"
