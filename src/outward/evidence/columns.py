"""What each column of a source holds, in figures taken from its first rows."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outward.evidence.names import quoted
from outward.evidence.tables import Source

if TYPE_CHECKING:
    import duckdb

SAMPLE = 5_000
NUMBER = r"^\s*[+-]?\d+([.,]\d+)*\s*$"
NUMERIC = re.compile(r"TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|FLOAT|DOUBLE|DECIMAL")


@dataclass(frozen=True)
class Profile:
    """A column in figures, from the first 5,000 rows.

    Attributes:
        rows: rows looked at.
        filled: of these, not empty.
        distinct: different values, roughly.
        numbers: share of the filled ones that are numbers (0 to 1).
    """

    rows: int
    filled: int
    distinct: int
    numbers: float


def profiles(source: Source, connection: duckdb.DuckDBPyConnection) -> dict[str, Profile]:
    """Return the profile of every column.

    Args:
        source: the opened file.
        connection: the engine.
    """
    cells = []
    for column in source.columns:
        name = quoted(column)
        number = f"count(*) FILTER (regexp_matches({name}::VARCHAR, '{NUMBER}'))"
        cells.append(f"count({name}), approx_count_distinct({name}), {number}")
    row = connection.execute(
        f"SELECT count(*), {', '.join(cells)} FROM (SELECT * FROM ({source.relation}) LIMIT {SAMPLE})"
    ).fetchone()
    assert row is not None, "an aggregate always gives a row"
    found = {}
    for place, column in enumerate(source.columns):
        filled, distinct, numbers = row[1 + 3 * place : 4 + 3 * place]
        found[column] = Profile(row[0], filled, min(distinct, filled), numbers / max(filled, 1))
    return found


def exact_distinct(
    source: Source, columns: Collection[str], connection: duckdb.DuckDBPyConnection
) -> dict[str, tuple[int, int]]:
    """Return for each column the filled rows and the different values of the whole file.

    Args:
        source: the opened file.
        columns: which columns.
        connection: the engine.
    """
    if not columns:
        return {}
    # Hashes instead of text: bounded memory, and one in 10^19 is near enough for a guess.
    cells = ", ".join(
        f"count({quoted(c)}), count(DISTINCT hash({quoted(c)})) FILTER ({quoted(c)} IS NOT NULL)" for c in columns
    )
    row = connection.execute(f"SELECT {cells} FROM ({source.relation})").fetchone() or ()
    return dict(zip(columns, zip(row[::2], row[1::2], strict=True), strict=True))
