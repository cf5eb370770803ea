"""The work clock W(t): the working time from a beginning to a moment, so that W(b) − W(a) is what lies between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from outward.evidence.calendar import Calendar

if TYPE_CHECKING:
    import duckdb

DAY_US = 86_400_000_000
NEVER = 2**61
"""Microseconds beyond any moment."""
START = datetime(1970, 1, 1, tzinfo=UTC)

Moments = NDArray[np.int64]
"""Microseconds since 1970 in UTC."""


@dataclass(frozen=True, eq=False)
class WorkClock:
    """A clock that runs while a service works and stands still while it does not.

    Attributes:
        opens: when each span of work begins, rising.
        closes: when it is over, before the next begins.
        days: first and last day (UTC, since 1970) for which the clock is made.
        day_us: microseconds of work that make one working day.
        whole_days: whether it counts days and no hours. Each working day is then one microsecond of
            work, the last before its midnight: at the first moment of a day it has been counted.
    """

    opens: Moments
    closes: Moments
    days: tuple[int, int]
    day_us: float
    whole_days: bool = False

    def at(self, moments: Moments) -> Moments:
        """Return what the clock shows at these moments, in microseconds of work.

        Args:
            moments: in any order, within the days that the clock was made for.

        >>> clock = work_clock(Calendar.parse("no-holidays"), "UTC", date(1970, 1, 1), date(1970, 1, 2))
        >>> (np.diff(clock.at(np.array([10, 24 + 12]) * 3_600_000_000)) / 3_600_000_000).tolist()
        [10.0]
        """
        shown = np.concatenate([[0], np.cumsum(self.closes - self.opens)])
        place = np.searchsorted(self.opens, moments, side="right")
        left = np.maximum(np.concatenate([[-NEVER], self.closes])[place] - moments, 0)
        found: Moments = shown[place] - left
        return found

    @cached_property
    def _spans(self) -> tuple[Moments, Moments, Moments, Moments]:
        """The spans of work cut at each midnight (UTC): opening, closing, its day, and which one of its day it is."""
        opens, closes = self._cut()
        at = opens // DAY_US
        return opens, closes, at, np.arange(len(at)) - np.searchsorted(at, at)

    @property
    def spans_a_day(self) -> int:
        """The most spans of work that one day (UTC) holds: seldom more than one, three where the clocks change."""
        return int(self._spans[-1].max(initial=0)) + 1

    def install(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Make the table `work_days`: what the clock shows as each day (UTC) begins, and the work within the day.

        Args:
            connection: the engine.
        """
        opens, closes, at, place = self._spans
        days = np.arange(self.days[0], self.days[1] + 1)
        table = {"day": days, "shows": self.at(days * DAY_US)}
        for one in range(self.spans_a_day):
            begins, ends = np.full((2, len(days)), NEVER)
            mine = (place == one) & (at >= days[0]) & (at <= days[-1])
            begins[at[mine] - days[0]], ends[at[mine] - days[0]] = opens[mine], closes[mine]
            table |= {f"opens{one}": begins, f"closes{one}": ends}
        connection.register("part_of_clock", table)
        connection.execute("CREATE OR REPLACE TEMP TABLE work_days AS SELECT * FROM part_of_clock")
        connection.unregister("part_of_clock")

    def _cut(self) -> tuple[Moments, Moments]:
        """Return the spans of work that last for any time, cut at each midnight (UTC)."""
        some = self.closes > self.opens
        opens, closes = self.opens[some], self.closes[some]
        nights = (closes - 1) // DAY_US - opens // DAY_US  # midnights within each
        number = np.repeat(np.arange(len(opens)), nights + 1)
        which = np.arange(len(number)) - np.searchsorted(number, number)
        day = opens[number] // DAY_US + which
        return np.maximum(opens[number], day * DAY_US), np.minimum(closes[number], (day + 1) * DAY_US)

    def stamped(self, relation: str, moments: Mapping[str, str]) -> str:
        """Return a query: the rows of a relation with what the clock shows at moments of theirs, in microseconds.

        Args:
            relation: a relation of the engine, called `given` in what follows.
            moments: name of a new column to the SQL of a TIMESTAMP (UTC); where that is NULL, so is the column.

        `install` comes first. Each moment is one join with a table of days.

        >>> clock = work_clock(Calendar.parse("scotland"), "UTC", date(2024, 1, 1), date(2024, 1, 2))
        >>> clock.stamped("cases", {"began": "given.first"})[:22]
        'SELECT given.*, at_beg'
        """
        spans = range(self.spans_a_day)
        parts = ["shows", *(f"{end}{one}" for one in spans for end in ("opens", "closes"))]
        # Grouped, so that the engine knows each day to be there once and leaves out the moments nobody asks for.
        days = f"(SELECT day, {', '.join(f'max({part}) AS {part}' for part in parts)} FROM work_days GROUP BY day)"
        shown, joined = ["given.*"], ""
        for name, moment in moments.items():
            us = f"epoch_us({moment})"
            within = "".join(
                f" + greatest(0, least({us}, at_{name}.closes{one}) - at_{name}.opens{one})" for one in spans
            )
            shown.append(f"at_{name}.shows{within} AS {name}")
            joined += f" LEFT JOIN {days} AS at_{name} ON at_{name}.day = {us} // {DAY_US}"
        return f"SELECT {', '.join(shown)} FROM {relation} AS given{joined}"


@lru_cache(maxsize=16)
def work_clock(calendar: Calendar, zone: str, first: date, last: date, whole_days: bool = False) -> WorkClock:
    """Return the work clock of a calendar for a span of days.

    Args:
        calendar: when it is open, on the clocks of the zone.
        zone: IANA name.
        first: first day that any moment falls on.
        last: last such day.
        whole_days: count days and no hours. Then from one day to another are the working days after
            the first, up to and including the second: the day on which something comes in is day 0.

    Where the clocks change within the open hours the time counted is the time that passes.
    """
    whole, local = (first - timedelta(days=1), last + timedelta(days=1)), ZoneInfo(zone)
    covered = ((whole[0] - START.date()).days, (whole[1] - START.date()).days)
    days = calendar.working_days(*whole)
    if whole_days:
        midnights = _moments([(day, 0) for day in days], local)
        return WorkClock(midnights - 1, midnights, covered, 1.0, whole_days=True)
    open_ = [calendar.hours[day.weekday()] or (0, 0) for day in days]
    opens = _moments([(day, span[0]) for day, span in zip(days, open_, strict=True)], local)
    closes = _moments([(day, span[1]) for day, span in zip(days, open_, strict=True)], local)
    closes = np.maximum.accumulate(np.maximum(opens, closes)) if len(days) else closes
    opens[1:] = np.maximum(opens[1:], closes[:-1])  # an hour that the clocks leave out may make spans meet
    return WorkClock(opens, np.maximum(opens, closes), covered, calendar.day_hours * DAY_US / 24)


def _moments(local: list[tuple[date, int]], zone: ZoneInfo) -> Moments:
    """Return, in UTC, the moments at which the clocks of a zone show so many minutes after a day's midnight."""
    shown = (datetime.combine(day, time()) + timedelta(minutes=minutes) for day, minutes in local)
    found: list[Any] = [(one.replace(tzinfo=zone) - START) // timedelta(microseconds=1) for one in shown]
    return np.array(found, np.int64)
