"""How times are written, found out from the values, and the SQL that reads them as UTC.

A style is 'iso', 'epoch_s', 'epoch_ms', or strptime patterns parted by '|' where a column mixes
several ('%d/%m/%Y %H:%M|%d/%m/%Y'); '' stands for a column that holds real times.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from outward.errors import UsageError
from outward.evidence.names import literal, quoted
from outward.evidence.time_styles import (
    ISO,
    MILLISECONDS,
    SECONDS,
    Style,
    month_elsewhere,
    reason,
    recognise,
    swapped_days,
)

if TYPE_CHECKING:
    import duckdb

LOOKED_AT = 5000
COMPARED = 500

STAND_IN = "the date is impossible or stands for none (before 1901, after 2199, or 1 January 1970)"
UNREAD = "the date cannot be read"
FAR_SECONDS = 100_000_000_000
"""Numbers beyond the year 5000 count no seconds since 1970; the engine could not hold the largest as a time."""
OFFSET = r":\d\d[.,\d]*\s?(Z|UTC|GMT|[+-]\d\d(:?\d\d)?)$"


def is_real_time(kind: str) -> bool:
    """Return whether a column of this engine type holds times already."""
    return kind == "DATE" or kind.startswith("TIMESTAMP")


def detect(relation: str, column: str, kind: str, connection: duckdb.DuckDBPyConnection) -> Style | None:
    """Return how the times of a column are written; None where it does not hold times.

    The pattern is found in the first 5,000 values; whether the day or the month comes first is then
    decided over all values. Where every value could be either, the day is taken first, unsure.

    Args:
        relation: the SQL query of the source.
        column: the column's name.
        kind: its engine type.
        connection: the engine.
    """
    if is_real_time(kind):
        return Style("", 1.0, True, "the file holds real times")
    cell = quoted(column)
    values = _common(relation, cell, connection)
    found = recognise([value for value, _ in values], [count for _, count in values])
    if not found or found.is_sure:
        return found
    return _ordered(found, relation, cell, connection)


def _common(relation: str, cell: str, connection: duckdb.DuckDBPyConnection) -> list[tuple[str, int]]:
    """The values among the first 5,000 rows, with how often each is there, the most common first."""
    return connection.execute(
        f"SELECT trim({cell}::VARCHAR) AS value, count(*) FROM (SELECT {cell} FROM ({relation}) "
        f"WHERE {cell} IS NOT NULL LIMIT {LOOKED_AT}) GROUP BY ALL ORDER BY 2 DESC, 1 LIMIT {COMPARED}"
    ).fetchall()


def foreign_months(relation: str, column: str, connection: duckdb.DuckDBPyConnection) -> str:
    """Return what to say of a column whose months are words of another language; '' where they are not.

    Args:
        relation: the SQL query of the source.
        column: the column's name.
        connection: the engine.
    """
    month = month_elsewhere([value for value, _ in _common(relation, quoted(column), connection)])
    if not month:
        return ""
    return (
        f"The column '{column}' writes months as words that are not English ('{month}'). "
        "Write the dates as 2024-03-31 in the file and try again."
    )


def _ordered(style: Style, relation: str, cell: str, connection: duckdb.DuckDBPyConnection) -> Style:
    """The same style once all values have been asked whether the day or the month comes first."""
    patterns = style.pattern.split("|")
    swapped = [swapped_days(pattern) for pattern in patterns]
    row = connection.execute(
        f"SELECT count({_any(cell, patterns)}), count({_any(cell, swapped)}), count({cell}) FROM ({relation})"
    ).fetchone() or (0, 0, 0)
    chosen = swapped if row[1] > row[0] else patterns
    is_sure = row[0] != row[1]
    return Style("|".join(chosen), max(row[:2]) / max(row[2], 1), is_sure, reason(chosen[0], is_sure))


def _any(cell: str, patterns: list[str]) -> str:
    tries = ", ".join(f"try_strptime(trim({cell}::VARCHAR), {literal(pattern)})" for pattern in patterns)
    return f"coalesce({tries})" if len(patterns) > 1 else tries


def utc_sql(cell: str, kind: str, style: str, zone: str) -> str:
    """Return SQL for the cell as a UTC TIMESTAMP; NULL where it cannot be read.

    Args:
        cell: a SQL expression.
        kind: its engine type.
        style: how it is written (see the module).
        zone: the time zone of times without an offset.

    >>> utc_sql("t", "TIMESTAMP", "", "UTC")
    't::TIMESTAMP'
    """
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"make_timestamp(epoch_us({cell}))"
    if is_real_time(kind):
        return _from_zone(f"{cell}::TIMESTAMP", zone)
    tries = [_read(f"trim({cell}::VARCHAR)", one, zone) for one in (style or ISO).split("|")]
    return f"coalesce({', '.join(tries)})" if len(tries) > 1 else tries[0]


def _read(text: str, style: str, zone: str) -> str:
    if style in (SECONDS, MILLISECONDS):
        scale = 1_000_000 if style == SECONDS else 1000
        number = f"TRY_CAST({text} AS DOUBLE)"
        near = f"CASE WHEN abs({number}) < {FAR_SECONDS * 1_000_000 // scale} THEN {number} END"
        return f"make_timestamp(CAST(round({near} * {scale}) AS BIGINT))"
    if style == ISO:
        offset = f"make_timestamp(epoch_us(TRY_CAST({text} AS TIMESTAMPTZ)))"
        plain = _from_zone(f"TRY_CAST({text} AS TIMESTAMP)", zone)
        # The usual nineteen characters hold no offset; the pattern is only tried on the others.
        usual = f"length({text}) = 19 AND substring({text}, 17, 1) = ':'"
        return (
            f"CASE WHEN {usual} THEN {plain} WHEN regexp_matches({text}, {literal(OFFSET)}) THEN {offset} "
            f"ELSE {plain} END"
        )
    return _from_zone(f"try_strptime({text}, {literal(style)})", zone)


def _from_zone(cell: str, zone: str) -> str:
    if zone == "UTC":
        return cell
    # Far outside the calendar the zone cannot be applied; those times are set aside anyway.
    near = f"CASE WHEN {cell} BETWEEN TIMESTAMP '1900-01-01' AND TIMESTAMP '2200-01-01' THEN {cell} END"
    return f"coalesce(make_timestamp(epoch_us(timezone({literal(zone)}, {near}))), {cell})"


def problem_sql(utc: str) -> str:
    """Return SQL saying why a time cannot be used: unreadable, or a stand-in for no date; else NULL.

    Args:
        utc: SQL of a UTC time whose cell in the file is not empty.
    """
    return (
        f"CASE WHEN {utc} IS NULL THEN {literal(UNREAD)} "
        f"WHEN {utc} < TIMESTAMP '1901-01-02' OR {utc} >= TIMESTAMP '2199-12-31' "
        f"OR ({utc} BETWEEN TIMESTAMP '1969-12-31 10:00' AND TIMESTAMP '1970-01-01 14:00' "
        f"AND minute({utc}) = 0 AND second({utc}) = 0) THEN {literal(STAND_IN)} END"
    )


def check_zone(zone: str, connection: duckdb.DuckDBPyConnection) -> None:
    """Check that the engine knows the time zone.

    Raises:
        UsageError: it does not; the nearest known name is offered.
    """
    known = [name for (name,) in connection.execute("SELECT name FROM pg_timezone_names()").fetchall()]
    if zone not in known:
        raise UsageError.unknown("time zone", zone, known)
