"""Settings of a data set as options of the command line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from outward.errors import UsageError
from outward.evidence.calendar import calendar_of
from outward.evidence.tables import ENDING_KINDS, ROLES, Settings

MOST_SILENT_DAYS = 36_500
"""A hundred years; the engine cannot reckon with far more."""


def pairs(given: Sequence[str], what: str, example: str) -> dict[str, str]:
    """Return name and value of each NAME=VALUE.

    Raises:
        UsageError: one has no equals sign, or nothing before or behind it.

    >>> pairs(["case=id"], "role", "case=COLUMN")
    {'case': 'id'}
    """
    found = {}
    for one in given:
        name, equals, value = one.rpartition("=") if what in ("ending", "step") else one.partition("=")
        if not (equals and name.strip() and (value.strip() or what == "step")):
            raise UsageError(f"The {what} '{one}' cannot be understood. Write it as {example}.")
        found[name.strip()] = value.strip()
    return found


def settings_of(
    role: Sequence[str],
    dates: Sequence[str],
    ending: Sequence[str],
    keep: Sequence[str],
    leave_out: Sequence[str],
    step: Sequence[str],
    time_zone: str,
    time_style: str,
    extract_date: str,
    window_from: str,
    gave_up_after: int,
    working: str,
    name: str,
    complete: bool,
    table: str,
) -> Settings:
    """Return the settings that a person gave; what was given is confirmed.

    Raises:
        UsageError: a role, kind of ending, date, zone or calendar is not known, or a number is below 0.
    """
    roles, endings = pairs(role, "role", "case=COLUMN"), pairs(ending, "ending", "'STEP=done'")
    for one in roles:
        if one not in ROLES:
            raise UsageError.unknown("role", one, ROLES)
    for kind in endings.values():
        if kind not in ENDING_KINDS:
            raise UsageError.unknown("kind of ending", kind, ENDING_KINDS)
    if not 0 <= gave_up_after <= MOST_SILENT_DAYS:
        raise UsageError(f"--gave-up-after takes a number of days from 1 to {MOST_SILENT_DAYS:,}.")
    given = {
        "roles": {"case", "activity", "time"} <= set(roles),  # fewer leave the others guessed
        "dates": bool(dates),
        "endings": bool(endings),
        "extract_date": bool(extract_date),
        "time_zone": bool(time_zone),
        "working": bool(working),
        "coverage": complete,
    }
    return Settings(
        roles=roles,
        dates=pairs(dates, "date column", "COLUMN=STEP"),
        time_style=time_style,
        time_zone=_zone(time_zone),
        extract_date=_day(extract_date),
        window_from=_day(window_from),
        endings=endings,
        gave_up_after_days=gave_up_after,
        working=_calendar(working),
        keep=tuple(keep),
        leave_out=tuple(leave_out),
        steps=pairs(step, "step", "'OLD=NEW', or as 'OLD=' to hide it"),
        confirmed=tuple(sorted(matter for matter, said in given.items() if said)),
        name=name,
        table=table,
    )


def _calendar(text: str) -> str:
    return str(calendar_of(text) or "none") if text.strip() else ""


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key if name else Settings.time_zone
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError(f"There is no time zone '{name}'. Write it as Europe/London or UTC.") from None


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise UsageError(f"'{text}' is no date. Write it as 2024-03-31.") from None
