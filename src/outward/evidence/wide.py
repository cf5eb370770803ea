"""Wide tables: one row a case with a column for each date, as most services keep them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outward.evidence import times
from outward.evidence.columns import Profile, exact_distinct, profiles
from outward.evidence.tables import Source
from outward.evidence.vocabulary import PLANNED, by_name, spoken

if TYPE_CHECKING:
    import duckdb

TIME_WORDS = frozenset(
    [
        "date",
        "time",
        "datetime",
        "timestamp",
        "dt",
        "on",
        "at",
        "datum",
        "tijd",
        "zeit",
        "fecha",
        "hora",
        "heure",
        "utc",
        "gmt",
        "of",
        "de",
        "du",
        "del",
        "van",
    ]
)
NEARLY_ALL = 0.98


def guess(source: Source, connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return each date column of a wide table with the activity it stands for; {} where it is none.

    A table is wide when a column names each row's case (98% of its values differ), at least two
    columns hold dates, and nothing says that it is one row an event. Dates that were promised,
    planned or are of birth are no events and are left out; a person can add them.

    Args:
        source: the opened file.
        connection: the engine.
    """
    found = profiles(source, connection)
    if not case_column(source, found, connection) or _is_long(source, found):
        return {}
    dates = [
        column
        for column in source.columns
        if not PLANNED & set(spoken(column)) and _holds_dates(source, column, found[column], connection)
    ]
    return named(dates) if len(dates) >= 2 else {}


def case_column(source: Source, found: dict[str, Profile], connection: duckdb.DuckDBPyConnection) -> str:
    """Return the column that names each row's case; '' where no column with such a name is nearly unique.

    Args:
        source: the opened file.
        found: the profiles of its columns.
        connection: the engine.
    """
    named_so = [c for c in source.columns if by_name("case", c) > 0 and found[c].distinct > 0.9 * found[c].filled]
    counts = exact_distinct(source, named_so, connection)
    unique = [c for c, (filled, distinct) in counts.items() if filled and distinct >= NEARLY_ALL * filled]
    return max(unique, key=lambda column: by_name("case", column), default="")


def named(dates: list[str]) -> dict[str, str]:
    """Return date columns with the activities that their names stand for.

    >>> named(["created_date", "Date Closed"])
    {'created_date': 'Created', 'Date Closed': 'Closed'}
    """
    activities: dict[str, str] = {}
    for column in dates:
        kept = [word for word in spoken(column) if word not in TIME_WORDS]
        activity = " ".join(kept).capitalize() or column
        activities[column] = column if activity in activities.values() else activity
    return activities


def _is_long(source: Source, found: dict[str, Profile]) -> bool:
    """Whether a column is plainly the activity of an event."""
    return any(by_name("activity", c) >= 0.9 and 1 < found[c].distinct <= 1000 for c in source.columns)


def _holds_dates(source: Source, column: str, profile: Profile, connection: duckdb.DuckDBPyConnection) -> bool:
    kind = source.columns[column]
    if not profile.filled or (kind != "VARCHAR" and not times.is_real_time(kind)):
        return False
    return times.detect(source.relation, column, kind, connection) is not None
