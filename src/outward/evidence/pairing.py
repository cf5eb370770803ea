"""Start and complete rows of one activity, paired first in, first out within their case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from outward.evidence.names import quoted
from outward.evidence.tables import Source

if TYPE_CHECKING:
    import duckdb

START, COMPLETE = "start", "complete"


def lifecycle_counts(source: Source, column: str, connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return how many rows each lifecycle value has, in lower case, the most common first.

    Args:
        source: the opened file.
        column: the column that plays the lifecycle.
        connection: the engine.
    """
    rows = connection.execute(
        f"SELECT coalesce(lower(trim({quoted(column)}::VARCHAR)), ''), count(*) FROM ({source.relation}) "
        "GROUP BY ALL ORDER BY 2 DESC, 1"
    ).fetchall()
    return dict(rows)


def has_pairs(counts: Mapping[str, int]) -> bool:
    """Return whether both starts and completions are among the lifecycle values.

    >>> has_pairs({"complete": 10}), has_pairs({"complete": 10, "start": 9})
    (False, True)
    """
    return bool(counts.get(START) and counts.get(COMPLETE))


def paired_sql(rows: str) -> str:
    """Return SQL giving each row of `rows` with `began`, and `lone` where a start has no completion.

    Within a case and activity, in order of time and row, a completion takes the earliest start that
    none has taken; one that finds none has no known start. The number of completions without a
    start so far is the highest that completions have ever run ahead of starts, so the k-th start
    belongs to the k-th completion that found one: no row is compared with another.

    Args:
        rows: a SQL query with row_no, case_id, activity, time, phase ('start' or 'complete') and
            problem; rows with a problem are not paired.
    """
    # The strings are hashed first: text in a window over many rows fills memory and disk.
    return f"""
        WITH narrow AS (
            SELECT row_no, hash(case_id, activity) AS thing, time, (phase = '{START}')::INT AS is_start
            FROM ({rows}) WHERE problem IS NULL
        ), counted AS (
            SELECT row_no, thing, time, is_start,
                sum(is_start) OVER ordered AS starts,
                sum(1 - is_start) OVER ordered AS ends
            FROM narrow WINDOW ordered AS (PARTITION BY thing ORDER BY time, is_start DESC, row_no)
        ), matched AS (
            SELECT *, ends - greatest(0, max(ends - starts) OVER (
                PARTITION BY thing ORDER BY time, is_start DESC, row_no)) AS met
            FROM counted
        ), places AS (
            SELECT row_no, thing, time, is_start,
                CASE WHEN is_start = 1 THEN starts
                     WHEN met > coalesce(lag(met) OVER (PARTITION BY thing ORDER BY time, is_start DESC, row_no), 0)
                     THEN met END AS place
            FROM matched
        ), pairs AS (
            SELECT s.row_no AS start_row, s.time AS began, c.row_no AS row_no
            FROM places s LEFT JOIN places c ON s.thing = c.thing AND s.place = c.place AND c.is_start = 0
            WHERE s.is_start = 1
        )
        SELECT r.*, p.began, l.start_row IS NOT NULL AS lone
        FROM ({rows}) r
        LEFT JOIN (SELECT row_no, began FROM pairs WHERE row_no IS NOT NULL) p ON p.row_no = r.row_no
        LEFT JOIN (SELECT start_row FROM pairs WHERE row_no IS NULL) l ON l.start_row = r.row_no
    """
