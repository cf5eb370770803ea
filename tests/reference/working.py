"""Working time, day by day: the hours of each open day that lie between two moments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from outward.evidence.calendar import Calendar, calendar_of
from outward.evidence.tables import Settings
from tests.reference import lengths
from tests.reference.chosen import Chosen
from tests.reference.flows import Row
from tests.reference.following import Measure, fate, local

INSTANT = timedelta(microseconds=1)


def in_hours(calendar: Calendar, zone: str) -> Measure:
    """Return how to measure in working days by the hours worked."""

    def measure(first: datetime, second: datetime) -> float:
        seconds = 0.0
        day = local(first, zone).date() - timedelta(days=1)
        while day <= local(second, zone).date():
            hours = calendar.hours[day.weekday()]
            if hours and calendar.working_days(day, day):
                opens, closes = (_moment(day, minutes, zone) for minutes in hours)
                seconds += max(0.0, (min(closes, second) - max(opens, first)).total_seconds())
            day += timedelta(days=1)
        return seconds / 3600 / calendar.day_hours

    return measure


def in_whole_days(calendar: Calendar, zone: str) -> Measure:
    """Return how to count the working days after a moment's day, up to and including another's."""

    def measure(first: datetime, second: datetime) -> float:
        day, found = local(first, zone).date(), 0
        while day < local(second, zone).date():
            day += timedelta(days=1)
            found += len(calendar.working_days(day, day))
        return float(found)

    return measure


def _moment(day: date, minutes: int, zone: str) -> datetime:
    shown = datetime.combine(day, time()) + timedelta(minutes=minutes)
    return shown.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None)


def _calendar(settings: Settings) -> Calendar | None:
    return calendar_of(settings.working)


def durations(chosen: Chosen) -> list[Row]:
    """Return each case as `lengths.durations` does, in working days by the hours worked."""
    calendar, settings = _calendar(chosen.settings), chosen.settings
    if not calendar:
        return []
    measure = in_hours(calendar, settings.time_zone)
    return [
        lengths.lasted(group, fate(case, chosen.until, settings, measure=measure))
        for group, cases in chosen.groups.items()
        for case in cases
    ]


def whole_days(chosen: Chosen) -> list[Row]:
    """Return each case as `lengths.durations` does, in whole working days.

    The day of the extract is the last that counts; a case is watched from the window's first day on.
    """
    calendar, settings = _calendar(chosen.settings), chosen.settings
    if not calendar:
        return []
    measure = in_whole_days(calendar, settings.time_zone)
    found = []
    for group, cases in chosen.groups.items():
        for case in cases:
            lasted = fate(case, chosen.until, settings)
            until = chosen.until - INSTANT if settings.extract_date and lasted.ending == "open" else chosen.until
            found.append(lengths.lasted(group, fate(case, until, settings, measure=measure, early=INSTANT)))
    return found


def in_working_time(figure: Callable[[Chosen, Measure], list[Row]]) -> Callable[[Chosen], list[Row]]:
    """Return a figure in working days by the hours worked; no rows where the log has no calendar."""
    return _measured(figure, in_hours)


def in_working_days(figure: Callable[[Chosen, Measure], list[Row]]) -> Callable[[Chosen], list[Row]]:
    """Return a figure in whole working days; no rows where the log has no calendar."""
    return _measured(figure, in_whole_days)


def _measured(
    figure: Callable[[Chosen, Measure], list[Row]], how: Callable[[Calendar, str], Measure]
) -> Callable[[Chosen], list[Row]]:
    def measured(chosen: Chosen) -> list[Row]:
        calendar = _calendar(chosen.settings)
        return figure(chosen, how(calendar, chosen.settings.time_zone)) if calendar else []

    return measured
