"""Read Parquet: its own types, row numbers from the file, nested and binary columns left out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from outward.catalogue import Progress
from outward.errors import BadInput
from outward.evidence.names import RESERVED, quoted
from outward.evidence.readers.naming import one_file
from outward.evidence.tables import Source
from outward.untrusted.stream import fingerprint

if TYPE_CHECKING:
    import duckdb


def read(path: Path, connection: duckdb.DuckDBPyConnection, progress: Progress) -> Source:
    """Return a Parquet file as a relation with the types it was written with.

    Args:
        path: the file.
        connection: the engine.
        progress: told how far it has come.

    Raises:
        BadInput: the file is damaged, empty or holds no plain column.
    """
    import duckdb

    digest = fingerprint(path, progress)
    scan = f"read_parquet({one_file(path)}, file_row_number = true, hive_partitioning = false)"
    try:
        described = connection.execute(f"DESCRIBE SELECT * EXCLUDE (file_row_number) FROM {scan}").fetchall()
        rows = connection.execute(f"SELECT count(*) FROM {scan}").fetchone()
    except duckdb.InterruptException:  # a person stopped it: nothing is wrong with the file
        raise
    except duckdb.Error:
        raise BadInput(f"The Parquet file '{path.name}' is damaged or locked. Export it again.") from None
    kept = {name: _plain(kind) for name, kind, *_ in described if _plain(kind) and name.casefold() != RESERVED}
    if not kept or not rows or not rows[0]:
        raise BadInput(f"The Parquet file '{path.name}' has no rows or no plain columns.")
    progress.advance(1.0, "Read")
    dropped = [name for name, *_ in described if name not in kept]
    notes = (f"Nested, binary or reserved columns are left out: {', '.join(dropped)}.",) if dropped else ()
    names = ", ".join(f"CAST({quoted(name)} AS {kind}) AS {quoted(name)}" for name, kind in kept.items())
    relation = f"SELECT file_row_number + 1 AS {RESERVED}, {names} FROM {scan}"
    return Source(path, "parquet", relation, kept, digest, notes=notes)


def _plain(kind: str) -> str:
    """The type to read a column as; '' where it cannot be used."""
    if any(mark in kind for mark in ("[", "STRUCT", "MAP", "BLOB", "UNION", "VARIANT", "GEOMETRY")):
        return ""
    if kind.startswith(("ENUM", "UUID", "INTERVAL", "TIME", "JSON")) and not kind.startswith("TIMESTAMP"):
        return "VARCHAR"
    return "TIMESTAMP" if kind in {"TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"} else kind
