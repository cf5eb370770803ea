"""How long cases and waits last, as `Durations` read from a view: what the time-to-event methods take."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from outward.evidence.names import literal
from outward.evidence.once import once
from outward.evidence.view import View
from outward.evidence.worked import opening_shown
from outward.methods.durations import Durations, grid
from outward.methods.flows import wait_bin

EXACT_UP_TO = 500_000
"""Rows up to which every duration is kept as it is; beyond, alike ones are counted together (decision 0007)."""


@once
def case_durations(view: View) -> list[Durations]:
    """Return how long the cases of each group took to end, open ones censored, in the groups' order.

    Customers stand beside them where some have several cases; else alike cases are counted together.
    """
    if view.repeat_customers:
        found = view.columns("SELECT grp, days, ended, entry_days, customer FROM cases ORDER BY grp, case_no")
        return [_durations(found, found["grp"] == place) for place in range(len(view.groups))]
    days = _kept("days", view.size["cases"])
    found = view.columns(
        f"SELECT grp, {days} AS days, ended, least(entry_days, {days}) AS entry_days, count(*) AS cases "
        "FROM cases GROUP BY ALL ORDER BY ALL"
    )
    return [_durations(found, found["grp"] == place) for place in range(len(view.groups))]


def case_durations_by_month(view: View) -> list[tuple[str, int, Durations]]:
    """Return, for each month in which cases began: its first day, the people behind it, and the durations.

    Customers stand beside the durations where some have several cases.
    """
    days = "days" if view.repeat_customers else _kept("days", view.size["cases"])
    whose = ", customer" if view.repeat_customers else ""
    began = view.local("first")
    month = f"(year({began}) * 12 + month({began}) - 1)"
    found = view.columns(
        f"SELECT {month} AS month, {days} AS days, ended, least(entry_days, {days}) AS entry_days{whose}, "
        "count(*) AS cases FROM cases GROUP BY ALL ORDER BY ALL"
    )
    people = dict(view.rows(f"SELECT {month}, {view.people} FROM cases GROUP BY 1"))
    return [
        (
            f"{month // 12:04d}-{month % 12 + 1:02d}-01",
            people[month],
            _durations(found, found["month"] == month),
        )
        for month in sorted(people)
    ]


def waits_after(view: View, activities: list[int]) -> dict[tuple[int, int], Durations]:
    """Return, for each group and step, how long after it the next step came; where none came yet it is censored.

    Args:
        view: the chosen cases.
        activities: codes of the steps wanted.

    A case that has ended waits for nothing after its last step. Waiting runs to the start of the next
    step where starts are known, else to its completion. A wait that began before the extract's window
    opened counts from then on, and one that was over by then counts nowhere: such waits are only seen
    in cases that went on for long. Customers stand beside the waits at steps after which some wait
    more than once, so that intervals allow for it; beyond `EXACT_UP_TO` events only where customers
    have several cases.
    """
    if not activities:
        return {}
    exact = view.repeat_customers or view.size["events"] <= EXACT_UP_TO
    customer = ", customer" if exact else ""
    so_far = "greatest(0, followed - span_days)"
    still = so_far if exact else _kept(so_far, view.size["events"])
    found = view.columns(
        f"SELECT grp, activity, days, ended, least(entry, days) AS entry_days, sum(cases)::BIGINT AS cases{customer} "
        f"FROM ({_waits_over(view, exact)} UNION ALL "
        f"SELECT grp, last_activity, 0, {still}, {days_to_window(view, 'last')}, 1{customer} "
        "FROM cases WHERE NOT by_activity) "
        f"WHERE activity IN ({', '.join(str(code) for code in activities)}) GROUP BY ALL ORDER BY ALL"
    )
    return {
        (grp, code): _without_lone_customers(_durations(found, (found["grp"] == grp) & (found["activity"] == code)))
        for grp in range(len(view.groups))
        for code in activities
    }


def _waits_over(view: View, exact: bool) -> str:
    """Return the SQL of the waits that are over: grp, activity, ended, days, entry, cases, and the customer if exact.

    Else waits of the same bin are counted together, as their mean; where each has an entry of its own,
    to three significant figures.
    """
    wait = "coalesce(wait_us, gap_us)" if view.log.manifest.has_start else "gap_us"
    if not exact and not view.log.settings.window_from:
        return (
            f"SELECT grp, activity, 1 AS ended, sum({wait}) / count(*) / 86400e6 AS days, 0 AS entry, count(*) AS cases"
            f" FROM {view.flow()} WHERE next >= 0 GROUP BY grp, activity, {wait_bin(view, wait)}"
        )
    days, customer, flow = f"{wait} / 86400e6", "", view.flow()
    if exact:
        customer, flow = ", customer", "(SELECT events.*, grp, customer FROM events JOIN cases USING (case_no))"
    else:
        days = _kept(days, view.size["events"])
    return (
        f"SELECT grp, activity, 1 AS ended, {days} AS days, {days_to_window(view, 'time')} AS entry, "
        f"1 AS cases{customer} FROM {flow} WHERE next >= 0"
    )


def _without_lone_customers(durations: Durations) -> Durations:
    """Return the durations without customers where each of them has but one: they then tell nothing."""
    if durations.customer is None or len(np.unique(durations.customer)) < durations.counts.sum():
        return durations
    return Durations(durations.days, durations.ended, durations.weight, durations.entry)


def followed_within(groups: list[Durations], days: int) -> int:
    """Return these days, or a round number of fewer where the cases of some group were not followed for so long.

    Round, because the longest time that anybody was followed is one person's.

    >>> followed_within([Durations([3.5, 20.2], [1, 0])], 28), followed_within([Durations([3.5, 20.2], [1, 1])], 28)
    (14, 28)
    """
    longest = min((_known_for(group) for group in groups), default=np.inf)
    return days if longest >= days else max(1, int(grid(longest)[-1]))


def comparable_within(one: Durations, other: Durations) -> float:
    """Return the longest round time, in days, for which the curves of both groups are known.

    >>> comparable_within(Durations([3.5, 20.2], [1, 0]), Durations([0.5, 0.9], [1, 1]))
    14.0
    """
    longest = min(_known_for(one), _known_for(other))
    most = max(float(group.days[group.seen].max(initial=0)) for group in (one, other))
    return float(grid(min(longest, most))[-1]) if most > 0 else 0.0


def _known_for(group: Durations) -> float:
    """Return for how many days a group's curve is known: for ever where all who lasted longest have ended."""
    days, ended = group.days[group.seen], group.ended[group.seen]
    last = days.max(initial=0)
    return float(last) if np.any(ended[days == last] == 0) else np.inf


def given_up_after(view: View, silent_days: int, ending: int) -> list[Durations]:
    """Return the cases' durations if open cases silent for so many days counted as given up.

    Args:
        view: the chosen cases.
        silent_days: the silence that counts.
        ending: number of the ending 'gave up'.

    Cases that an activity ended keep their ending; the others are open, or given up, by the rule alone.
    In elapsed time alone: silence is counted in calendar days.
    """
    given_up = (
        f"NOT by_activity AND round(followed * 86400e6)::BIGINT - epoch_us(last - first) >= {silent_days} * 86400000000"
    )
    found = view.columns(
        f"SELECT grp, customer, days, ended, least(days, {days_to_window(view, 'first')}) AS entry_days FROM ("
        f"SELECT grp, customer, first, CASE WHEN {given_up} THEN {ending} WHEN by_activity THEN ended ELSE 0 END "
        f"AS ended, CASE WHEN {given_up} THEN epoch_us(last - first) / 86400e6 + {silent_days} "
        "WHEN by_activity THEN days ELSE followed END AS days FROM cases)"
    )
    if not view.repeat_customers:
        found.pop("customer")
    return [_durations(found, found["grp"] == place) for place in range(len(view.groups))]


def days_to_window(view: View, since: str) -> str:
    """Return the SQL of the days from a moment to the day on which the extract's window opened, 0 where it had."""
    start, zone = view.log.settings.window_from, view.log.settings.time_zone
    if not start:
        return "0"
    if view.clock:
        shown = opening_shown(view.log, view.clock)
        return f"greatest(0, ({shown} - {since}_shown) / {view.clock.day_us!r})"
    opened = f"timezone('UTC', timezone({literal(zone)}, TIMESTAMP '{start}'))"
    return f"greatest(0, epoch_us({opened} - {since}) / 86400e6)"


def _kept(column: str, rows: int) -> str:
    """Return the SQL of a duration as it is, or to three significant figures where there are very many."""
    if rows <= EXACT_UP_TO:
        return column
    unit = f"pow(10, floor(log10(greatest({column}, 1e-6))) - 2)"
    return f"round({column} / {unit}) * {unit}"


def _durations(found: dict[str, NDArray[Any]], rows: NDArray[np.bool_]) -> Durations:
    def taken(name: str) -> NDArray[Any] | None:
        return found[name][rows] if name in found else None

    return Durations(taken("days"), taken("ended"), taken("cases"), _entry(taken("entry_days")), taken("customer"))


def _entry(days: NDArray[Any] | None) -> NDArray[Any] | None:
    return None if days is None or not np.any(days > 0) else days
