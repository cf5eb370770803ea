"""The embedded engine: an in-memory DuckDB connection over Parquet files, with bounded memory."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from outward.errors import BadInput
from outward.evidence.stopping import interruptible

if TYPE_CHECKING:
    import duckdb

MEMORY = os.environ.get("OUTWARD_MEMORY", "512MB")
MEMORY_TO_LAY = os.environ.get("OUTWARD_MEMORY", "1500MB")
"""What a file is laid with: enough to hold eight million case numbers, so that no events need be spilled for them."""


def connect(scratch: Path | None = None, memory: str = MEMORY) -> duckdb.DuckDBPyConnection:
    """Return a connection in UTC that fetches nothing from outside and spills to `scratch`.

    Args:
        scratch: a private folder for what does not fit in memory; without it nothing is spilled.
        memory: how much the engine may hold, as '512MB'.

    >>> connect().sql("SELECT 1 + 1").fetchall()
    [(2,)]
    """
    import duckdb

    spill = {"max_temp_directory_size": f"{_half_free(scratch)}B"} if scratch else {}
    connection = duckdb.connect(
        config={
            "memory_limit": memory,
            "temp_directory": str(scratch) if scratch else "",
            **spill,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "perfect_ht_threshold": 20,
        }
    )
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET enable_progress_bar = false")
    return interruptible(connection)


def _half_free(scratch: Path) -> int:
    """Return half of the free bytes of the disk on which a folder is, or will be: the most that is spilled."""
    there = next(folder for folder in (scratch, *scratch.absolute().parents) if folder.exists())
    return shutil.disk_usage(there).free // 2


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn what the engine says when memory, disk or files fail it into a sentence.

    Raises:
        BadInput: there is too little memory or disk, or the data set went away while it was read.
    """
    import duckdb

    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise BadInput(
            "There is too little memory or free disk for this. Close other programs, or let the engine take more: "
            "set OUTWARD_MEMORY to 2GB."
        ) from error
    except duckdb.IOException as error:
        raise BadInput(
            "The data set changed or went away while it was read, or the disk is full. Ask again."
        ) from error
    except duckdb.InvalidInputException as error:
        raise BadInput("The file cannot be read to its end: it is damaged. Ask for it where it came from.") from error
