"""Rows of text, written to the scratch folder as they are read and kept by the engine as one Parquet file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from outward.catalogue import Progress
from outward.errors import BadInput
from outward.evidence.names import RESERVED, literal, quoted
from outward.evidence.readers.dialect import MOST_COLUMNS
from outward.evidence.readers.naming import one_file
from outward.evidence.readers.stream import check_room
from outward.evidence.tables import LONGEST_LABEL

if TYPE_CHECKING:
    import duckdb

Row = dict[str, str]
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


class Parts:
    """Rows of one kind in text files: a new file whenever a column appears that the last had not."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.folder, self.kind = folder, kind
        self.keys: dict[str, None] = {}
        self.files: list[tuple[Path, int]] = []

    def write(self, numbers: Iterable[Sequence[int]], rows: list[Row]) -> None:
        """Add rows, each with its numbers in front."""
        if not rows:
            return
        before = len(self.keys)
        for row in rows:
            if not row.keys() <= self.keys.keys():
                self.keys.update(dict.fromkeys(row))
                check_columns(len(self.keys))
        if len(self.keys) > before or not self.files:
            path = self.folder / f"{self.kind}-{len(self.files)}.csv"
            self.files.append((path, len(self.keys)))
        path, width = self.files[-1]
        keys = list(self.keys)[:width]
        with path.open("a", encoding="utf-8", errors="replace", newline="") as out:
            write = csv.writer(out, lineterminator="\n").writerows
            write([*number, *map(row.get, keys)] for number, row in zip(numbers, rows, strict=True))

    def scan(self, numbers: Sequence[str]) -> str:
        """Return the SQL query over all the rows: the numbers, then a text column for each key (`events_0` ...)."""
        return " UNION ALL BY NAME ".join(self._scan_part(path, width, numbers) for path, width in self.files)

    def _scan_part(self, path: Path, width: int, numbers: Sequence[str]) -> str:
        # Numbered, not named: two keys may differ in case alone, which the engine does not tell apart.
        columns = dict.fromkeys(numbers, "BIGINT") | dict.fromkeys(
            (f"{self.kind}_{n}" for n in range(width)), "VARCHAR"
        )
        return scan(path, columns)

    def remove(self) -> None:
        """Delete the files."""
        for path, _ in self.files:
            path.unlink()
        self.files = []


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
