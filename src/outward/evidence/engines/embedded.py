"""The embedded engine: an in-memory DuckDB connection over Parquet files, with bounded memory."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

MEMORY = os.environ.get("OUTWARD_MEMORY", "512MB")


def connect(scratch: Path | None = None, memory: str = MEMORY) -> duckdb.DuckDBPyConnection:
    """Return a connection in UTC that fetches nothing from outside and spills to `scratch`.

    Args:
        scratch: a private folder for what does not fit in memory; without it nothing is spilled.
        memory: how much the engine may hold, as '512MB'.

    >>> connect().sql("SELECT 1 + 1").fetchall()
    [(2,)]
    """
    import duckdb

    connection = duckdb.connect(
        config={
            "memory_limit": memory,
            "temp_directory": str(scratch) if scratch else "",
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "perfect_ht_threshold": 20,
        }
    )
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET enable_progress_bar = false")
    return connection
