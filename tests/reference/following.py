"""How far cases were followed, and how each had ended by then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from outward.evidence.tables import Settings
from tests.reference.events import DAY, Case, Event, days

OPEN = "open"
GAVE_UP = "gave up"

Measure = Callable[[datetime, datetime], float]
"""How many days it is from one moment to another."""


def elapsed(first: datetime, second: datetime) -> float:
    """Return the days that pass from one moment to another."""
    return days(second - first)


def midnight(day: str, zone: str, later: int = 0) -> datetime:
    """Return, in UTC, the moment at which a day (ISO) begins in a time zone, or a number of days later."""
    local = datetime.combine(date.fromisoformat(day) + timedelta(days=later), time(), ZoneInfo(zone))
    return local.astimezone(UTC).replace(tzinfo=None)


def local(moment: datetime, zone: str) -> datetime:
    """Return what the clocks of a time zone showed at a moment (UTC)."""
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def followed_until(events: list[Event], settings: Settings) -> datetime:
    """Return when following ended: at the end of the extract's day, else with the last event of the log."""
    if settings.extract_date:
        return midnight(settings.extract_date, settings.time_zone, later=1)
    return max(event.time for event in events if event.problem is None)


@dataclass(frozen=True)
class Fate:
    """How a case had ended, how long it had lasted then, and when it came under observation, in days."""

    ending: str
    days: float
    entry: float
    waited_since_last_event: float


def fate(
    case: Case,
    until: datetime,
    settings: Settings,
    silent_days: int | None = None,
    measure: Measure = elapsed,
    early: timedelta = timedelta(),
) -> Fate:
    """Return how a case ended.

    It ends with its last event if that step is an ending. Else, if it has been silent for so many
    days, it was given up at the end of them. Else it is open up to the end of following.

    Args:
        case: the case.
        until: when following ended.
        settings: the endings, the rule for giving up, the window.
        silent_days: the silence that counts as giving up, in place of the settings'; 0 is never.
        measure: how long it is from one moment to another.
        early: by how much the window opens early, where whole days count.
    """
    silence = settings.gave_up_after_days if silent_days is None else silent_days
    kind = settings.endings.get(case.steps[-1])
    if kind is not None:
        ending, end = kind, case.last
    elif silence and until - case.last >= silence * DAY:
        ending, end = GAVE_UP, case.last + silence * DAY
    else:
        ending, end = OPEN, max(case.last, until)
    entry = _entry(case, end, settings, measure, early)
    return Fate(ending, measure(case.first, end), entry, measure(case.last, end))


def _entry(case: Case, end: datetime, settings: Settings, measure: Measure, early: timedelta) -> float:
    """Return for how many days a case ran before the extract's window opened: nobody watched it then."""
    if not settings.window_from:
        return 0.0
    opened = midnight(settings.window_from, settings.time_zone) - early
    return max(0.0, measure(case.first, min(opened, end)))
