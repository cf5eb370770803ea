"""Read CSV and its kin: any common delimiter, encoding and line end, with the bad rows counted.

The file is surveyed once, rewritten only where the engine could not read it, then parsed by the engine
into one Parquet file in the scratch folder, so that row numbers stay in the order of the file.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from outward.catalogue import Progress
from outward.errors import BadInput
from outward.evidence.names import literal, quoted, unique
from outward.evidence.readers.dialect import DELIMITERS, Dialect, sniff
from outward.evidence.readers.naming import one_file
from outward.evidence.readers.text import Survey, decoder, rewritten, survey
from outward.evidence.tables import LONGEST_LABEL, SetAside, Source
from outward.untrusted.stream import head

if TYPE_CHECKING:
    import duckdb

REASONS = {
    "MISSING COLUMNS": "the row has too few fields",
    "TOO MANY COLUMNS": "the row has too many fields",
    "UNQUOTED VALUE": "a quotation mark stands in the wrong place",
    "LINE SIZE OVER MAXIMUM": "the row is longer than two million characters",
    "INVALID ENCODING": "the row holds characters that cannot be read",
}


def read(path: Path, connection: duckdb.DuckDBPyConnection, scratch: Path, progress: Progress) -> Source:
    """Return a delimited text file as a relation of text columns; an empty field is NULL.

    Args:
        path: the file, packed with gzip or not.
        connection: the engine.
        scratch: a private folder that holds the parsed rows for as long as the relation is used.
        progress: told how far it has come.

    Raises:
        BadInput: the file is empty, binary, damaged or no table.
    """
    found = survey(path, scratch, progress)
    dialect = sniff(_start(path, found.encoding), path.name)
    plain = found.unpacked if found.is_plain else rewritten(found, scratch, progress)
    columns = unique(dialect.header)
    progress.advance(0.6, "Reading the rows")
    rows = scratch / "rows.parquet"
    aside = _parse(connection, plain, rows, dialect, columns, found.lines)
    for temporary in {found.unpacked, plain} - {path}:
        temporary.unlink()
    progress.advance(1.0, "Read")
    names = ", ".join(quoted(name) for name in columns)
    relation = (
        f"SELECT file_row_number + 1 AS row_no, {names} "
        f"FROM read_parquet({one_file(rows)}, file_row_number = true, hive_partitioning = false)"
    )
    notes = _notes(found, dialect, columns)
    return Source(path, "csv", relation, dict.fromkeys(columns, "VARCHAR"), found.fingerprint, aside, notes)


def _start(path: Path, encoding: str) -> str:
    """The first whole lines of the file as text."""
    text = decoder(encoding)(head(path), False).removeprefix("\ufeff")
    short = len(text) < 200_000
    return text if short else text[: text.rfind("\n") + 1] or text


def _parse(
    connection: duckdb.DuckDBPyConnection, plain: Path, rows: Path, dialect: Dialect, columns: list[str], lines: int
) -> tuple[SetAside, ...]:
    import duckdb

    scan = (
        f"read_csv({one_file(plain)}, auto_detect = false, header = true, skip = {dialect.title_lines}, "
        f"delim = {literal(dialect.delimiter)}, quote = '\"', escape = '\"', encoding = 'utf-8', "
        f"columns = {{{', '.join(f'{literal(name)}: ' + literal('VARCHAR') for name in columns)}}}, "
        "nullstr = '', allow_quoted_nulls = true, strict_mode = true, compression = 'none', "
        "store_rejects = true, rejects_table = 'outward_rejects', rejects_scan = 'outward_scans', "
        "rejects_limit = 0, rejects_line_size_limit = 1)"
    )
    cells = ", ".join(f"left({quoted(name)}, {LONGEST_LABEL + 1}) AS {quoted(name)}" for name in columns)
    try:
        copied = connection.execute(f"COPY (SELECT {cells} FROM {scan}) TO {literal(str(rows))} (COMPRESSION zstd)")
        kept = int((copied.fetchone() or (0,))[0])
        aside = _rejected(connection)
    except duckdb.InterruptException:  # a person stopped it: nothing is wrong with the file
        raise
    except duckdb.Error as error:
        raise BadInput(_refusal(str(error))) from None
    finally:
        connection.execute("DROP TABLE IF EXISTS outward_rejects; DROP TABLE IF EXISTS outward_scans")
    _check_whole(kept, aside, lines)
    return tuple(SetAside(reason, count) for reason, count, _ in aside)


Rejected = list[tuple[str, int, int]]


def _rejected(connection: duckdb.DuckDBPyConnection) -> Rejected:
    """Reason, rows and first line of the rows left out; a row with several faults counts once."""
    found = connection.execute(
        "SELECT kind, count(*), min(line) FROM (SELECT line, min(error_type::VARCHAR) AS kind "
        "FROM outward_rejects GROUP BY ALL) GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    return [(REASONS.get(kind, "the row could not be read"), count, line) for kind, count, line in found]


def _check_whole(kept: int, aside: Rejected, lines: int) -> None:
    """Refuse a file in which an unclosed quotation mark swallowed rows that nobody would miss."""
    swallowing = (REASONS["UNQUOTED VALUE"], REASONS["LINE SIZE OVER MAXIMUM"])
    stray = next((line for reason, _, line in aside if reason in swallowing), 0)
    if stray and kept + sum(count for _, count, _ in aside) < lines - 2:
        raise BadInput(
            f"A quotation mark near line {stray:,} is not closed, so it cannot be told where the rows after it "
            "begin. Mend that line, or export the file again with quotation marks doubled inside fields."
        )
    if not kept:
        reasons = "; ".join(f"{reason}: {count:,}" for reason, count, _ in aside)
        raise BadInput(f"No row of the file could be read ({reasons or 'it has no rows'}).")


def _refusal(message: str) -> str:
    """What to say when the engine gives up; its own words may quote the file, so they are not passed on."""
    line = re.search(r"[Ll]ine:?\s+(\d+)", message)
    where = f" near line {int(line.group(1)):,}" if line else ""
    return f"The file is not a table that can be read: its rows stop making sense{where}. Export it again as CSV."


def _notes(found: Survey, dialect: Dialect, columns: list[str]) -> tuple[str, ...]:
    notes = []
    if found.encoding != "utf-8":
        notes.append(f"The encoding is {found.encoding}.")
    if found.unreadable:
        notes.append(f"{found.unreadable:,} characters could not be read and stand as \ufffd.")
    if dialect.delimiter != ",":
        notes.append(f"Fields are separated by a {DELIMITERS[dialect.delimiter]}.")
    if dialect.title_lines:
        notes.append(f"The first {dialect.title_lines} lines are a title and were skipped.")
    renamed = [name for name, given in zip(columns, dialect.header, strict=True) if name != " ".join(given.split())]
    if renamed:
        notes.append(f"Columns without a name of their own were named: {', '.join(renamed[:10])}.")
    return tuple(notes)
