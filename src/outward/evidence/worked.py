"""Events and cases as a clock shows them: what a view needs to measure lengths of time, elapsed or worked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np

from outward.evidence.names import literal
from outward.evidence.work_clock import DAY_US, WorkClock, work_clock

if TYPE_CHECKING:
    from outward.evidence.calendar import Calendar
    from outward.evidence.store import LaidLog


@dataclass(frozen=True)
class Shown:
    """What a clock shows at the moments that matter to a case, each an expression in SQL.

    Attributes:
        relation: the cases.
        first: at the first event; `last` at the last.
        silent: at the end of the silence that counts as giving up.
        extract: at the end of following.
        opening: as the extract's window opened; '' where it has none.
        day: how far the clock goes in a day.
    """

    relation: str
    first: str
    last: str
    silent: str
    extract: str
    opening: str
    day: str


def cases_elapsed(log: LaidLog, chosen: str, extract: str) -> Shown:
    """Return the moments of cases as elapsed time shows them.

    Args:
        log: the laid log.
        chosen: the relation of the cases.
        extract: the SQL of the moment at which following ended.
    """
    start, zone = log.settings.window_from, literal(log.settings.time_zone)
    opening = f"epoch_us(timezone('UTC', timezone({zone}, TIMESTAMP '{start}')))" if start else ""
    silent = f"epoch_us(last + INTERVAL {log.settings.gave_up_after_days} DAY)"
    return Shown(chosen, "epoch_us(first)", "epoch_us(last)", silent, f"epoch_us({extract})", opening, "86400e6")


def cases_worked(log: LaidLog, chosen: str, clock: WorkClock) -> Shown:
    """Return the moments of cases as a work clock shows them.

    Args:
        log: the laid log.
        chosen: the relation of the cases.
        clock: installed in the engine.
    """
    moments = {"first_shown": "given.first", "last_shown": "given.last"}
    if log.settings.gave_up_after_days:
        moments["silent_shown"] = f"given.last + INTERVAL {log.settings.gave_up_after_days} DAY"
    return Shown(
        f"({clock.stamped(chosen, moments)})",
        *("first_shown", "last_shown"),
        "silent_shown" if log.settings.gave_up_after_days else "NULL",
        str(_shown(clock, _followed_until(log, clock))),
        str(opening_shown(log, clock)) if log.settings.window_from else "",
        repr(clock.day_us),
    )


def events_worked(log: LaidLog, events: str, clock: WorkClock) -> str:
    """Return a query: the events with their lengths of time as a work clock measures them, and what it shows.

    Args:
        log: the laid log.
        events: the query of the events.
        clock: installed in the engine.

    A working day is 24 hours of these microseconds.
    """
    later = {"gap_us": "+", "wait_us": "+", "service_us": "-", "since_first_us": "-"}
    named = {
        name: sign for name, sign in later.items() if log.manifest.has_start or name not in ("wait_us", "service_us")
    }
    moments = {
        f"{name}_end": f"given.time {sign} to_microseconds(nullif(given.{name}, -1))" for name, sign in named.items()
    }
    length = f"* {DAY_US / clock.day_us!r}::DOUBLE)::BIGINT"  # as a decimal it takes four times as long
    measured = ", ".join(f"round(abs({name}_end - time_shown) {length} AS {name}" for name in named)
    stamped = clock.stamped(f"({events})", {"time_shown": "given.time"} | moments)
    return f"SELECT * EXCLUDE ({', '.join(moments)}) REPLACE ({measured}) FROM ({stamped})"


def clock_of(log: LaidLog, calendar: Calendar, whole_days: bool = False) -> WorkClock:
    """Return the work clock of a calendar for the days of a log.

    Args:
        log: the laid log.
        calendar: when the service works.
        whole_days: count whole working days and no hours.
    """
    first, last = log.period
    until = date.fromisoformat(max(last, log.settings.extract_date))
    silence = timedelta(days=log.settings.gave_up_after_days)
    return work_clock(calendar, log.settings.time_zone, date.fromisoformat(first), until + silence, whole_days)


def opening_shown(log: LaidLog, clock: WorkClock) -> int:
    """Return what a work clock shows as the extract's window opens.

    Args:
        log: one with such a window.
        clock: of that log.
    """
    return _shown(clock, _midnight(log, log.settings.window_from) - clock.whole_days)


def _followed_until(log: LaidLog, clock: WorkClock) -> int:
    """Return the moment up to which cases were followed; where whole days count, not into the day after."""
    if not log.settings.extract_date:
        return _us(datetime.fromisoformat(log.manifest.last).replace(tzinfo=UTC))
    return _midnight(log, log.settings.extract_date, later=1) - clock.whole_days


def _midnight(log: LaidLog, day: str, later: int = 0) -> int:
    local = datetime.combine(date.fromisoformat(day) + timedelta(days=later), time(), ZoneInfo(log.settings.time_zone))
    return _us(local)


def _us(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def _shown(clock: WorkClock, moment: int) -> int:
    return int(clock.at(np.array([moment]))[0])
