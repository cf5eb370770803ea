"""Whole weeks: the cases that begin in each, and what becomes of them within so many days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from outward.evidence.view import View

WEEK = timedelta(days=7)
DAY_US = 86_400_000_000


@dataclass(frozen=True)
class Week:
    """The cases of one group that begin in one week.

    Attributes:
        grp: place of the group.
        begins: its Monday, in the log's time zone.
        followed: whether each of its cases was followed for the days asked for; where not, the rest is not known.
        cases: cases that begin in it.
        people: customers behind them.
        again: cases that do a step again within the days.
        again_people: customers behind these.
        ended: cases that a step ends within the days.
        ended_people: customers behind these.
        days: mean days, on the clock of the view, from the first event to the last one within the days.
        days_spread: standard deviation of the same; 0 for one case.
    """

    grp: int
    begins: date
    followed: bool
    cases: int
    people: int
    again: int
    again_people: int
    ended: int
    ended_people: int
    days: float
    days_spread: float


def weeks(view: View, within_days: int) -> list[Week]:
    """Return the whole weeks in which cases begin, by group and time; none for a week without any.

    Args:
        view: the chosen cases.
        within_days: days after its first event in which a case's repeats and ending count, on any clock.

    A week is whole where it lies between the first day of the log's window (else of its events) and the
    last day up to which cases were followed; without a day of extract the last event's day is not over.
    """
    settings, (earliest, latest) = view.log.settings, view.log.period
    opened = date.fromisoformat(settings.window_from or earliest)
    closed = date.fromisoformat(settings.extract_date) + timedelta(1) if settings.extract_date else None
    closed = closed or date.fromisoformat(latest)
    limit = f"<= {within_days * DAY_US}"
    soon = f"FILTER (epoch_us(time - first) {limit})"
    lasted = f"max(epoch_us(time - first)) {soon} / 86400e6"
    if view.clock:
        lasted = f"(max(time_shown) {soon} - any_value(first_shown)) / {view.clock.day_us!r}"
    found = view.rows(
        "WITH told AS (SELECT case_no, any_value(grp) AS grp, any_value(customer) AS customer, "
        f"date_trunc('week', {view.local('any_value(first)')})::DATE AS week, "
        f"bool_or(NOT first_visit AND epoch_us(time - first) {limit}) AS again, "
        f"any_value(by_activity AND epoch_us(last - first) {limit}) AS ended, "
        f"{lasted} AS days "
        "FROM events JOIN cases USING (case_no) GROUP BY case_no) "
        "SELECT grp, week, count(*), count(DISTINCT customer), count(*) FILTER (again), "
        "count(DISTINCT customer) FILTER (again), count(*) FILTER (ended), count(DISTINCT customer) FILTER (ended), "
        "avg(days), coalesce(stddev_samp(days), 0) FROM told GROUP BY grp, week ORDER BY grp, week"
    )
    return [
        Week(grp, begins, begins + WEEK + timedelta(within_days) <= closed, *counts)
        for grp, begins, *counts in found
        if opened <= begins and begins + WEEK <= closed
    ]
