"""Read a ZIP file with a table in it: the one table it holds, or the one that is named."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from outward.catalogue import Progress
from outward.errors import BadInput, SeveralTables, UsageError
from outward.evidence.tables import Source
from outward.untrusted.archive import Archive
from outward.untrusted.stream import check_room, fingerprint

if TYPE_CHECKING:
    import duckdb

TABLES = re.compile(
    r"\.((csv|tsv|txt|xes|jsonl|ndjson|json)(\.gz)?|parquet|xlsx|xlsm|ods|sav|zsav)$",
    re.IGNORECASE,
)
ARCHIVES = re.compile(r"\.(zip|7z|rar|tar|tgz|tar\.\w+)$", re.IGNORECASE)
NOT_MEANT = re.compile(r"(^|/)(__MACOSX/|\.(?!\./)|~\$|read ?me)", re.IGNORECASE)
LISTED = 12
NESTED = "holds an archive inside an archive, which is not unpacked. Unpack it and give the one table."


def read(
    path: Path, connection: duckdb.DuckDBPyConnection, scratch: Path, progress: Progress, table: str = ""
) -> Source:
    """Return the one table of a ZIP file as a relation, read as if it were a file of its own.

    Args:
        path: the ZIP file.
        connection: the engine.
        scratch: a private folder that holds the unpacked table for as long as the relation is used.
        progress: told how far it has come.
        table: the file inside, or 'FILE/SHEET' for a sheet of a workbook inside; '' for the only one.

    Raises:
        UsageError: there is no such table.
        BadInput: it holds no table or several, or one that is empty, or is damaged, locked or built to do harm.
    """
    from outward.evidence.readers import detect, open_source

    digest = fingerprint(path, progress)
    with Archive(path) as archive:
        held = [name for name in archive.members if not NOT_MEANT.search(name)]
        tables = [name for name in held if TABLES.search(name)]
        empty = [name for name in tables if not archive.members[name].file_size]
        name, rest = _chosen(path, tables, empty, held, table)
        inner = scratch / "inside" / _plain(name)
        inner.parent.mkdir()
        with inner.open("wb") as out:
            for block in archive.blocks(name):
                progress.advance(0.2, "Unpacking")
                check_room(scratch)
                out.write(block)
    if detect(inner) == "zip":
        raise BadInput(f"The file '{path.name}' {NESTED}")
    try:
        source = open_source(inner, connection, scratch, progress, rest)
    except SeveralTables as several:
        raise SeveralTables(str(several), [f"{name}/{one}" for one in several.names]) from None
    notes = source.notes
    if len(archive.members) > 1:
        without = f" Left out as empty: {_listed(empty)}." if empty else ""
        notes = (f"The ZIP file holds {len(archive.members)} files; '{inner.name}' was read.{without}", *notes)
    return replace(source, path=path, fingerprint=digest, notes=notes)


def _chosen(path: Path, all_tables: list[str], empty: list[str], held: list[str], wanted: str) -> tuple[str, str]:
    """The file inside to read, and the table of it that is asked for; empty ones are passed over."""
    tables = [name for name in all_tables if name not in empty]
    if wanted in empty or (empty and not tables):
        raise BadInput(
            f"The file '{wanted or empty[0]}' inside '{path.name}' is empty. Save it again, or choose another table."
        )
    if not tables and any(ARCHIVES.search(name) for name in held):
        raise BadInput(f"The file '{path.name}' {NESTED}")
    if not tables:
        raise BadInput(
            f"The ZIP file '{path.name}' holds no table that can be read. Give a CSV, workbook, Parquet, XES, JSON "
            "lines or SPSS file."
        )
    for name in sorted(tables, key=len, reverse=True):
        if wanted == name or wanted.startswith(f"{name}/"):
            return name, wanted[len(name) + 1 :]
    if len(tables) == 1:
        return tables[0], wanted
    if wanted:
        raise UsageError.unknown("table", wanted, tables, f" in '{path.name}'")
    without = f" Empty: {_listed(empty)}." if empty else ""
    said = f"The ZIP file '{path.name}' holds {len(tables)} tables: {_listed(tables)}. Say which with --table NAME."
    raise SeveralTables(said + without, tables)


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return ", ".join(f"'{name}'" for name in names[:LISTED]) + more


def _plain(name: str) -> str:
    """The name for the unpacked file: never a path, never a name that a system keeps for itself."""
    return "in-zip " + re.sub(r"[^\w.() -]", "_", PurePosixPath(name).name)[-80:].strip(". ")
