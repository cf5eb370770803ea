"""Rows of text, written to the scratch folder as they are read and kept by the engine as one Parquet file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from outward.catalogue import Progress
from outward.evidence.names import RESERVED, literal, quoted
from outward.evidence.readers.naming import one_file
from outward.evidence.readers.stream import check_room
from outward.evidence.tables import LONGEST_LABEL

if TYPE_CHECKING:
    import duckdb

ROWS_A_STEP = 20_000


def keep_rows(
    rows: Iterable[Sequence[str]],
    names: Sequence[str],
    connection: duckdb.DuckDBPyConnection,
    scratch: Path,
    progress: Progress,
) -> str:
    """Return the relation of these rows: `row_no` from 1 and text columns, an empty cell as NULL.

    Of a longer cell one character more than a label may have is kept.

    Args:
        rows: as many cells in each as there are names.
        names: the columns, unique.
        connection: the engine.
        scratch: where the rows lie for as long as the relation is used.
        progress: asked whether to go on.
    """
    written, kept = scratch / "rows.csv", scratch / "rows.parquet"
    with written.open("w", encoding="utf-8", errors="replace", newline="") as out:
        write = csv.writer(out, lineterminator="\n").writerow
        for number, row in enumerate(rows, 1):
            if number % ROWS_A_STEP == 0:
                check_room(scratch)
                progress.advance(0.7, "Reading the rows")
            write([number, *(cell[: LONGEST_LABEL + 1] for cell in row)])
    shape = dict.fromkeys(names, "VARCHAR")
    connection.execute(
        f"COPY ({scan(written, {RESERVED: 'BIGINT', **shape})}) TO {literal(str(kept))} (COMPRESSION zstd)"
    )
    written.unlink()
    listed = ", ".join(map(quoted, (RESERVED, *names)))
    return f"SELECT {listed} FROM read_parquet({one_file(kept)}, hive_partitioning = false)"


def scan(path: Path, columns: dict[str, str]) -> str:
    """Return the SQL query over a file that `csv.writer` wrote.

    Args:
        path: the file.
        columns: name to engine type, in order.
    """
    shape = ", ".join(f"{literal(name)}: {literal(kind)}" for name, kind in columns.items())
    return (
        f"SELECT * FROM read_csv({one_file(path)}, auto_detect = false, header = false, delim = ',', "
        f"quote = '\"', escape = '\"', columns = {{{shape}}}, nullstr = '', allow_quoted_nulls = true, "
        "max_line_size = 67108864)"
    )
