"""Several files as one log: extracts of the same columns put below one another, lists joined by case or customer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from outward.catalogue import Progress
from outward.errors import BadInput, SeveralTables
from outward.evidence.columns import exact_distinct
from outward.evidence.names import RESERVED, literal, quoted, unique
from outward.evidence.readers import open_source
from outward.evidence.readers.naming import one_file
from outward.evidence.tables import SetAside, Source
from outward.evidence.vocabulary import by_name
from outward.untrusted.stream import combined

if TYPE_CHECKING:
    import duckdb

FEW = 10
AGAIN = "the same row stands in a file before it"


def open_together(
    paths: Sequence[Path],
    connection: duckdb.DuckDBPyConnection,
    scratch: Path,
    progress: Progress,
    table: str = "",
) -> Source:
    """Return several files as one relation, under the name of the first.

    A file with the same columns as those before it is put below them, without the rows that stand there already.
    Any other must share a column with them that has a different value in each row of one side: that side is a
    list, and what it tells is joined to every row of the other.

    Args:
        paths: the files, in their order.
        connection: the engine.
        scratch: a private folder that holds the rows for as long as the relation is used.
        progress: told how far the reading has come; may stop it.
        table: which table of the first file, where that holds several.

    Raises:
        BadInput: a file cannot be read, or cannot be joined to those before it.
    """
    sources = []
    for number, path in enumerate(paths):
        room = scratch / f"file-{number}"
        room.mkdir()
        try:
            sources.append(open_source(path, connection, room, progress, "" if number else table))
        except SeveralTables as several:
            if not number:
                raise
            raise BadInput(
                f"Of several files only the first can hold more than one table, and '{path.name}' holds "
                f"{len(several.names)}. Save the one that is meant as a file of its own, or give '{path.name}' first."
            ) from None
    whole = sources[0]
    for number, other in enumerate(sources[1:], 1):
        put = _stacked if _names(whole).keys() == _names(other).keys() else _joined
        whole = put(whole, other, connection, scratch / f"together-{number}.parquet")
    return replace(whole, path=paths[0], fingerprint=combined([one.fingerprint for one in sources]))


def _names(source: Source) -> dict[str, str]:
    return {name.casefold(): name for name in source.columns}


def _stacked(one: Source, other: Source, connection: duckdb.DuckDBPyConnection, rows: Path) -> Source:
    """The rows of the one, then those of the other that do not stand there already."""
    there = _names(other)
    kinds = {
        name: kind if kind == other.columns[there[name.casefold()]] else "VARCHAR" for name, kind in one.columns.items()
    }
    above = ", ".join(f"{quoted(name)}::{kind} AS {quoted(name)}" for name, kind in kinds.items())
    below = ", ".join(f"{quoted(there[name.casefold()])}::{kind} AS {quoted(name)}" for name, kind in kinds.items())
    same = " AND ".join(f"a.{quoted(name)} IS NOT DISTINCT FROM b.{quoted(name)}" for name in kinds)
    (last, first_rows), (_, other_rows) = _extent(one, connection), _extent(other, connection)
    total = _write(
        f"SELECT {RESERVED}, {above} FROM ({one.relation}) "
        f"UNION ALL SELECT {RESERVED} + {last}, * EXCLUDE ({RESERVED}) "
        f"FROM (SELECT {RESERVED}, {below} FROM ({other.relation})) b "
        f"ANTI JOIN (SELECT {above} FROM ({one.relation})) a ON {same}",
        connection,
        rows,
    )
    again = first_rows + other_rows - total
    aside = (SetAside(AGAIN, again),) if again else ()
    return replace(
        one,
        relation=_scan(rows, kinds),
        columns=kinds,
        aside=(*one.aside, *other.aside, *aside),
        notes=(*one.notes, f"The rows of '{other.path.name}' were put below those before it.", *_of(other)),
    )


def _joined(one: Source, other: Source, connection: duckdb.DuckDBPyConnection, rows: Path) -> Source:
    """Every row of the log with what the list tells of its case or customer."""
    key, is_list = _key(one, other, connection)
    log, listed = (one, other) if is_list else (other, one)
    log_key, list_key = _names(log)[key], _names(listed)[key]
    told = [name for name in listed.columns if name != list_key]
    names = unique([*log.columns, *told])[len(log.columns) :]
    columns = dict(log.columns) | {name: listed.columns[old] for name, old in zip(names, told, strict=True)}
    carried = "".join(f", l.{quoted(old)} AS {quoted(name)}" for name, old in zip(names, told, strict=True))
    match = f"trim(e.{quoted(log_key)}::VARCHAR) = trim(l.{quoted(list_key)}::VARCHAR)"
    _write(f"SELECT e.*{carried} FROM ({log.relation}) e LEFT JOIN ({listed.relation}) l ON {match}", connection, rows)
    (unknown,) = connection.execute(
        f"SELECT count(*) FROM ({log.relation}) e ANTI JOIN ({listed.relation}) l ON {match}"
    ).fetchall()[0]
    (unused,) = connection.execute(
        f"SELECT count(*) FROM ({listed.relation}) l ANTI JOIN ({log.relation}) e ON {match}"
    ).fetchall()[0]
    aside = (SetAside(f"no row of '{log.path.name}' has its '{list_key}'", unused),) if unused else ()
    notes = [f"What '{listed.path.name}' tells was joined to '{log.path.name}' by '{log_key}'."]
    if unknown:
        notes.append(
            f"{_several(unknown)} of '{log.path.name}' have a '{log_key}' that is not in '{listed.path.name}': what it "
            "tells is not known of them."
        )
    return replace(
        log,
        relation=_scan(rows, columns),
        columns=columns,
        aside=(*one.aside, *other.aside, *aside),
        notes=(*one.notes, *notes, *_of(other)),
    )


def _key(one: Source, other: Source, connection: duckdb.DuckDBPyConnection) -> tuple[str, bool]:
    """The name of the column to join by, and whether the other file is the list."""
    mine, theirs = _names(one), _names(other)
    shared = [name for name in mine if name in theirs]
    if not shared:
        raise BadInput(
            f"'{other.path.name}' shares no column with '{one.path.name}', so the two cannot be joined. Give the "
            "column with the number of the case or customer the same name in both."
        )
    ranked = sorted(shared, key=lambda name: -max(by_name("case", mine[name]), by_name("customer", mine[name])))
    for source, names, is_list in ((other, theirs, True), (one, mine, False)):
        counts = exact_distinct(source, [names[name] for name in ranked], connection)
        for name in ranked:
            filled, distinct = counts[names[name]]
            if filled and filled == distinct:
                return name, is_list
    raise BadInput(
        f"'{other.path.name}' and '{one.path.name}' share "
        f"{', '.join(repr(mine[name]) for name in shared[:12])}, but none of these has a different value in each row "
        "of one of them, so it cannot be told which rows belong together. Give a list with one row a case or customer."
    )


def _extent(source: Source, connection: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """The last row number, and how many rows there are."""
    last, rows = connection.execute(f"SELECT max({RESERVED}), count(*) FROM ({source.relation})").fetchall()[0]
    return int(last or 0), int(rows)


def _write(query: str, connection: duckdb.DuckDBPyConnection, rows: Path) -> int:
    """Write the rows in their order and return how many there are."""
    found = connection.execute(f"COPY ({query} ORDER BY {RESERVED}) TO {literal(str(rows))} (COMPRESSION zstd)")
    return int((found.fetchone() or (0,))[0])


def _scan(rows: Path, columns: dict[str, str]) -> str:
    listed = ", ".join(map(quoted, (RESERVED, *columns)))
    return f"SELECT {listed} FROM read_parquet({one_file(rows)}, hive_partitioning = false)"


def _of(other: Source) -> tuple[str, ...]:
    return tuple(f"'{other.path.name}': {note}" for note in other.notes)


def _several(rows: int) -> str:
    return f"{rows:,} rows" if rows >= FEW else f"Fewer than {FEW} rows"
