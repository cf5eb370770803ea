"""Working time beside elapsed time: what every question about time says of the calendar it was asked on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from outward.answers import Column, Sentence, Table, Value
from outward.errors import UsageError
from outward.evidence.calendar import HOLIDAYS_KNOWN, NATIONS, Calendar, calendar_of
from outward.evidence.view import View
from outward.methods.competing import incidence_at
from outward.methods.durations import Durations, independent_at_risk
from outward.methods.lengths import case_durations, followed_within
from outward.methods.survival import Quantile, quantiles
from outward.understand.groups import group_cell, group_columns, partition
from outward.understand.quantiles import finite, quantile_cells, quantile_columns

Clock = Literal["elapsed", "working"]
PARTS = (0.25, 0.5, 0.75, 0.9)


@dataclass(frozen=True)
class Working:
    """The same cases on the work clock of a calendar.

    Attributes:
        calendar: when the service works.
        view: the cases in working time; in whole working days where events bear bare dates.
    """

    calendar: Calendar
    view: View

    @property
    def whole_days(self) -> bool:
        """Whether whole working days are counted, and no hours."""
        return self.view.bare_dates

    @property
    def days(self) -> View:
        """The cases in whole working days, as time limits count."""
        return self.view if self.whole_days else self.view.worked(self.calendar, whole_days=True)


def working(view: View, spelt: str, clock: Clock = "elapsed") -> Working | None:
    """Return the cases of a view on a work clock; None where there is no calendar.

    Args:
        view: the chosen cases.
        spelt: a calendar; '' for that of the data set, 'none' for none.
        clock: which clock the question is asked on.

    Raises:
        UsageError: the calendar cannot be understood, or working time is asked for without one.
    """
    calendar = calendar_of(spelt or view.log.settings.working)
    if calendar is None:
        if clock == "working":
            raise UsageError("Working time needs a calendar. Add one, as working=england-and-wales.")
        return None
    return Working(calendar, view.worked(calendar, view.bare_dates))


def working_caveats(found: Working | None, *, limits: bool = False) -> tuple[Sentence, ...]:
    """Return what must be said of working time: whose, how long a day is, how days count, and what is not known.

    Args:
        found: the cases in working time; None where there is no calendar.
        limits: whether shares within so many working days are shown.
    """
    if found is None:
        return ()
    said = [f"Working time: {found.calendar.words()}."]
    if found.whole_days:
        said.append(
            "Events bear dates alone, so whole working days are counted and no hours: those after the first of two "
            "days, up to and including the second."
        )
    else:
        said.append(f"1 working day = {found.calendar.day_hours:.3g} hours.")
        if limits:
            said.append("Time limits count whole working days: the day on which a case begins is day 0.")
    first, last = (int(day[:4]) for day in (found.view.log.period[0], found.view.extract_day()))
    if NATIONS[found.calendar.nation] and (first < HOLIDAYS_KNOWN[0] or last > HOLIDAYS_KNOWN[1]):
        said.append(
            f"Bank holidays before {HOLIDAYS_KNOWN[0]} and after {HOLIDAYS_KNOWN[1]} are worked out by rule; extra "
            "ones are not known there."
        )
    return tuple(Sentence(one) for one in said)


def day_unit(view: View) -> str:
    """Return the unit of a view's days."""
    return "working days" if view.clock else "days"


def quantile_table(view: View, elapsed: Sequence[Durations], found: Working) -> Table:
    """Return elapsed and working time beside each other: until a quarter, half ... have ended.

    Args:
        view: the chosen cases.
        elapsed: their durations by group.
        found: the same cases in working time.
    """
    hours = not found.whole_days
    sides = ("below_working", "above_working")
    columns = (
        *group_columns(view),
        Column("ended", "number", "share", "Share of cases that have ended"),
        *quantile_columns("elapsed", "Elapsed time"),
        *quantile_columns("working", "Working time", unit="working days"),
        *([Column("working_hours", "quantile", "working hours", "In hours", sides=sides)] if hours else []),
        Column("people", "base"),
    )
    rows: list[dict[str, Value]] = []
    for place, (one, other) in enumerate(zip(elapsed, case_durations(found.view), strict=True)):
        pairs = zip(*(quantiles(group, list(PARTS)) for group in (one, other)), strict=True)
        for part, (calendar_days, working_days) in zip(PARTS, pairs, strict=True):
            row: dict[str, Value] = {**group_cell(view, place), "ended": part, "people": view.group_sizes[place][1]}
            row |= quantile_cells("elapsed", calendar_days, one) | quantile_cells("working", working_days, other)
            rows.append(row | (hours_cell(found, working_days) if hours else {}))
    return Table.of_rows(
        columns,
        rows,
        base="people",
        partition=partition(view),
        disjoint=False,
        title="Elapsed and working time beside each other",
    )


def hours_cell(found: Working, quantile: Quantile) -> dict[str, Value]:
    """Return a quantile of working time in hours."""
    days = quantile.days
    return {"working_hours": None if days is None else days * found.calendar.day_hours}


def limit_table(
    view: View,
    elapsed: Sequence[Durations],
    found: Working,
    within: int,
    within_working: int,
    endings: Mapping[str, int | None],
) -> Table:
    """Return the share of cases that end within a time limit, in days and in whole working days beside each other.

    Args:
        view: the chosen cases.
        elapsed: their durations by group.
        found: the same cases in working time.
        within: limit in days.
        within_working: limit in working days.
        endings: in which ways they end: words to the number of the ending, None for any.
    """
    told = any(endings.values())
    columns = (
        *group_columns(view),
        *([Column("ending", "label", title="How it ends")] if told else []),
        Column("time", "label", title="Time"),
        Column("limit", "label", title="Within"),
        Column("share", "estimate", "share", "Share of cases", of=("", "cases"), base="followed"),
        Column("share_low", "low", "share", bounds="share", base="followed"),
        Column("share_high", "high", "share", bounds="share", base="followed"),
        Column("cases", "count", "cases", "Cases in all"),
        Column("people", "base"),
        Column("followed", "base"),
    )
    clocks = [
        (elapsed, within, "elapsed", "days"),
        (case_durations(found.days), within_working, "working", "working days"),
    ]
    rows: list[dict[str, Value]] = []
    for place in range(len(view.groups)):
        cases, people = view.group_sizes[place]
        for ending, number in endings.items():
            for groups, limit, time, unit in clocks:
                group = groups[place]
                share = incidence_at(group, number, [float(limit)])
                known = bool(np.isfinite(share.value[0]))
                row: dict[str, Value] = {**group_cell(view, place), **({"ending": ending} if told else {})}
                row |= {
                    "time": time,
                    "limit": f"{limit} {unit}",
                    "share": finite(share.value[0]),
                    "cases": cases,
                    "people": people,
                }
                row |= {"share_low": finite(share.low[0]), "share_high": finite(share.high[0])}
                row["followed"] = int(independent_at_risk(group, np.array([0.0]))[0]) if known else 0
                rows.append(row)
    return Table.of_rows(
        columns,
        rows,
        base="people",
        partition=partition(view, *(["ending"] if told else [])),
        disjoint=False,
        title="Share of cases that end within a time limit, open cases allowed for",
    )


def working_limit(found: Working, wanted: int) -> int:
    """Return a limit in working days, or a round number of fewer where some group was not followed for so long."""
    return followed_within(case_durations(found.days), wanted)
