"""The days of the made-up partnership: when offices and schools are open, and when referrals come.

Days are whole numbers from `FIRST_DAY`. Offices close at weekends and on the bank holidays of England;
schools also in their holidays; the online self-service never closes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int64]
Shares = NDArray[np.float64]

FIRST_DAY = np.datetime64("2023-09-01")
EXTRACT_DATE = "2026-10-31"
EXTRACT_DAY = int((np.datetime64(EXTRACT_DATE) - FIRST_DAY).astype(np.int64))
"""The extract was taken as this day began: the last events are of the day before."""
INTAKE_FROM = "2023-11-01"
REMINDERS_FROM = "2025-03-03"

BANK_HOLIDAYS = [
    "2023-12-25",
    "2023-12-26",
    "2024-01-01",
    "2024-03-29",
    "2024-04-01",
    "2024-05-06",
    "2024-05-27",
    "2024-08-26",
    "2024-12-25",
    "2024-12-26",
    "2025-01-01",
    "2025-04-18",
    "2025-04-21",
    "2025-05-05",
    "2025-05-26",
    "2025-08-25",
    "2025-12-25",
    "2025-12-26",
    "2026-01-01",
    "2026-04-03",
    "2026-04-06",
    "2026-05-04",
    "2026-05-25",
    "2026-08-31",
    "2026-12-25",
    "2026-12-28",
    "2027-01-01",
    "2027-03-26",
    "2027-03-29",
    "2027-05-03",
    "2027-05-31",
    "2027-08-30",
]

SCHOOL_HOLIDAYS = [
    "2023-10-23/2023-10-27",
    "2023-12-21/2024-01-05",
    "2024-02-12/2024-02-16",
    "2024-03-29/2024-04-12",
    "2024-05-27/2024-05-31",
    "2024-07-24/2024-09-02",
    "2024-10-28/2024-11-01",
    "2024-12-23/2025-01-03",
    "2025-02-17/2025-02-21",
    "2025-04-07/2025-04-21",
    "2025-05-26/2025-05-30",
    "2025-07-23/2025-09-01",
    "2025-10-27/2025-10-31",
    "2025-12-22/2026-01-02",
    "2026-02-16/2026-02-20",
    "2026-03-30/2026-04-10",
    "2026-05-25/2026-05-29",
    "2026-07-22/2026-09-01",
    "2026-10-26/2026-10-30",
]

REFERRALS_BY_MONTH = (1.2, 1.0, 1.05, 0.8, 1.0, 0.95, 0.7, 0.35, 1.75, 1.4, 1.2, 0.7)
"""How busy each month is, January first: a slump in August, a surge in September."""

SUMMER = "Summer holiday"
TERMS = ("Autumn term", "Spring term", "Summer term", SUMMER)
LATEST_DAY = EXTRACT_DAY + 364
"""As far as journeys can be followed: no further than needed to learn how long the last of them took."""
ALL_DAYS = FIRST_DAY + np.arange(LATEST_DAY + 7)


@dataclass(frozen=True)
class Calendar:
    """Which days are open.

    Attributes:
        open: one flag a day from `FIRST_DAY`.
        days: the open days in order.
        before: how many open days come before each day.
    """

    open: NDArray[np.bool_]
    days: Days
    before: Days

    @classmethod
    def of(cls, is_open: NDArray[np.bool_]) -> Calendar:
        """Return the calendar of these flags, one a day from `FIRST_DAY`."""
        before = np.concatenate([[0], np.cumsum(is_open)])
        return cls(is_open, np.flatnonzero(is_open), before)

    def pick(self, origin: Days, week: Days, luck: Shares) -> tuple[Days, Shares]:
        """Return an open day in each week after an origin, and how far through that day (0 to 1).

        Week k after an origin is its days 7k+1 to 7k+6, so that what falls in weeks 0 to k is always less
        than 7(k+1) days after the origin, whatever the hour and the clock change. Greater luck is later.

        Args:
            origin: the day that weeks are counted from.
            week: the week after it, 0 or more.
            luck: numbers from 0 to 1.
        """
        first = self.before[origin + 7 * week + 1]
        place = luck * (self.before[origin + 7 * week + 7] - first)
        rank = place.astype(np.int64)
        return self.days[first + rank], place - rank


def _flags(spans: list[str]) -> NDArray[np.bool_]:
    """Return for each day whether it is in one of these spans, written 'day' or 'day/day'."""
    flags = np.zeros(len(ALL_DAYS), dtype=np.bool_)
    for span in spans:
        ends = span.split("/")
        first, last = np.datetime64(ends[0]), np.datetime64(ends[-1])
        flags |= (first <= ALL_DAYS) & (last >= ALL_DAYS)
    return flags


OFFICE = Calendar.of(np.is_busday(ALL_DAYS, holidays=BANK_HOLIDAYS))
SCHOOL = Calendar.of(OFFICE.open & ~_flags(SCHOOL_HOLIDAYS))


def day_of(date: str) -> int:
    """Return the number of a date, counted from `FIRST_DAY`.

    >>> day_of("2023-09-03")
    2
    """
    return int((np.datetime64(date) - FIRST_DAY).astype(np.int64))


def term_of(days: Days) -> Days:
    """Return the place in `TERMS` of each day, by date alone."""
    dates = FIRST_DAY + days
    month = dates.astype("datetime64[M]").astype(np.int64) % 12 + 1
    day = (dates - dates.astype("datetime64[M]")).astype(np.int64) + 1
    holiday = (month == 8) | ((month == 7) & (day > 20))
    return np.select([holiday, month >= 9, month <= 3], [3, 0, 1], 2)


def referral_days(route_is_school: bool, is_online: bool, weeks_before: int) -> Shares:
    """Return the chance of each day to be that of a referral; they add up to 1.

    Args:
        route_is_school: the pupil stops attending exactly `weeks_before` weeks earlier, on a school day with
            another school day in the six days after it.
        is_online: referrals come on any day, not only when offices are open.
        weeks_before: whole weeks from the first event of the case to the referral.
    """
    day = np.arange(EXTRACT_DAY)
    month = ALL_DAYS[:EXTRACT_DAY].astype("datetime64[M]").astype(np.int64) % 12
    chance = np.asarray(REFERRALS_BY_MONTH)[month]
    chance[: day_of(INTAKE_FROM)] = 0.0
    if not is_online:
        chance[~OFFICE.open[:EXTRACT_DAY]] = 0.0
    if route_is_school:
        start = np.maximum(day - 7 * weeks_before, 0)
        chance[~SCHOOL.open[start] | (SCHOOL.before[start + 7] == SCHOOL.before[start + 1])] = 0.0
    return np.asarray(chance / chance.sum())
