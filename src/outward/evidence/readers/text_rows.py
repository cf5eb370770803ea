"""Rows of text, written to the scratch folder as they are read and kept by the engine as one Parquet file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from outward.catalogue import Progress
from outward.errors import BadInput
from outward.evidence.names import RESERVED, literal, quoted
from outward.evidence.readers.dialect import MOST_COLUMNS
from outward.evidence.readers.naming import files_in, one_file
from outward.evidence.tables import LONGEST_LABEL
from outward.untrusted.stream import check_room

if TYPE_CHECKING:
    import duckdb

Row = dict[str, str]
ROWS_A_STEP = 20_000
CELLS_A_PART = 2_000_000


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


class Parts:
    """Rows of one kind, kept as they come in Parquet files, each with the columns that it needs."""

    def __init__(self, folder: Path, kind: str, connection: duckdb.DuckDBPyConnection) -> None:
        self.folder, self.kind, self.connection = folder, kind, connection
        self.keys: dict[str, int] = {}
        self.files = 0

    def write(self, numbers: Mapping[str, Sequence[int] | NDArray[np.int64]], rows: Sequence[Row]) -> None:
        """Add rows, each with its numbers in front."""
        keys = {key: None for row in rows for key in row}
        named = self.named(keys)
        cells = [f"nullif({column}, '') AS {column}" for _, column in named]
        step = max(1, CELLS_A_PART // max(1, len(named)))
        for begin in range(0, len(rows), step):
            some = slice(begin, begin + step)
            columns = {name: np.array(column[some], np.int64) for name, column in numbers.items()}
            columns |= {column: np.array([row.get(key, "") for row in rows[some]], object) for key, column in named}
            self.connection.register("rows_of_part", columns)
            self.keep(f"SELECT {', '.join([*numbers, *cells])} FROM rows_of_part")
            self.connection.unregister("rows_of_part")

    def named(self, keys: Iterable[str]) -> list[tuple[str, str]]:
        """Return each key with the name of its column (`events_0` ...).

        Numbered, as two keys may differ in case alone, which the engine does not tell apart.
        """
        found = [(key, f"{self.kind}_{self.keys.setdefault(key, len(self.keys))}") for key in keys]
        check_columns(len(self.keys))
        return found

    def keep(self, query: str) -> None:
        """Add the rows of a query: the numbers, and columns as they are `named`."""
        path = self.folder / f"{self.kind}-{self.files:06d}.parquet"
        self.connection.execute(f"COPY ({query}) TO {literal(str(path))} (FORMAT parquet, COMPRESSION lz4)")
        self.files += 1

    def scan(self) -> str:
        """Return the SQL query over all the rows: the numbers, then a text column for each key."""
        files = files_in(self.folder, f"{self.kind}-*.parquet")
        return f"SELECT * FROM read_parquet({files}, union_by_name = true, hive_partitioning = false)"

    def remove(self) -> None:
        """Delete the files."""
        for path in self.folder.glob(f"{self.kind}-*.parquet"):
            path.unlink()
        self.files = 0


def check_columns(number: int) -> None:
    """Check that a table has no more columns than can be read.

    Raises:
        BadInput: it has more.
    """
    if number > MOST_COLUMNS:
        raise BadInput(
            f"The file has more than {MOST_COLUMNS:,} columns, which is more than can be read. "
            "Leave out those that are not needed."
        )
