"""What is said of a file held against what it holds: days of extract, endings and date styles that cannot be."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from outward.errors import UsageError

if TYPE_CHECKING:
    import duckdb

    from outward.evidence.manifest import Manifest
    from outward.evidence.tables import Settings

EXTRACT_YEARS_AFTER = 30
"""Years after the last event in which an extract may have been taken."""


def check_extract(day: str, first: str, last: str) -> None:
    """Check that an extract can have been taken on a day (ISO, or '').

    Args:
        day: of the extract.
        first: the day of the first event.
        last: that of the last one.

    Raises:
        UsageError: it is before the first event, or so long after the last one that it must be a slip.
    """
    if not day:
        return
    if day < first[:10] or int(day[:4]) > int(last[:4]) + EXTRACT_YEARS_AFTER:
        raise UsageError(
            f"The extract cannot have been taken on {day}: the events run from {first[:10]} to {last[:10]}. Check the "
            "year; write it as 2024-03-31."
        )


def check_endings(manifest: Manifest, settings: Settings) -> None:
    """Check that the steps named as endings are there: one may be missing from an extract, but not misspelt.

    Raises:
        UsageError: the log has none of them, or one that is spelt nearly like a step it has.
    """
    missing = [step for step in settings.endings if step not in manifest.activities]
    slips = [step for step in missing if get_close_matches(step, manifest.activities, n=1, cutoff=0.85)]
    if missing and (slips or len(missing) == len(settings.endings)):
        step = (slips or missing)[0]
        raise UsageError(f"There is no step '{step}' to end a case. Write it as it stands in the file.")


def check_style(style: str, connection: duckdb.DuckDBPyConnection) -> None:
    """Check that times can be written in this style.

    Raises:
        UsageError: the engine knows no such pattern.
    """
    from duckdb import Error

    try:
        for one in filter(lambda part: "%" in part, style.split("|")):
            connection.execute("SELECT try_strptime('2024', ?)", [one])
    except Error:
        raise UsageError(f"The time style '{style}' cannot be understood. Write it as %d/%m/%Y %H:%M.") from None
