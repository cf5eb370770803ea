"""The tables of U3.9, from whole weeks and the changes found in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Literal

from outward.answers import Column, Table, Value
from outward.evidence.view import View
from outward.methods.changes import Change
from outward.methods.proportions import wilson
from outward.methods.weeks import Week
from outward.understand.groups import comparison_columns, group_cell, group_columns, partition
from outward.understand.quantiles import finite

NOTHING = "nothing"


@dataclass(frozen=True)
class Measure:
    """What is measured week by week.

    Attributes:
        name: the end of its tables' names.
        words: what it is.
        unit: of its values.
        figure: its column in the table of weeks.
        value: its value in a week.
        at_once: whether a week counts as soon as it is over, and not only once its cases were followed.
    """

    name: str
    words: str
    unit: Literal["share", "days", "count"]
    figure: str
    value: Callable[[Week], float]
    at_once: bool = False


@dataclass(frozen=True)
class Series:
    """One measure of one group: the weeks that it is known of, in order."""

    measure: Measure
    grp: int
    weeks: Sequence[Week]

    @property
    def values(self) -> list[float]:
        """Its values, week by week."""
        return [self.measure.value(week) for week in self.weeks]


Dated = Sequence[tuple[Series, Sequence[Change]]]


def measures(view: View, within: int) -> tuple[Measure, ...]:
    """Return what is measured, what matters most to customers first."""
    soon = f"within {within} days"
    ended, again = f"the share that ended {soon}", f"the share that did a step again {soon}"
    return (
        *(
            (Measure("ended", ended, "share", "ended_share", lambda week: week.ended / week.cases),)
            if view.log.settings.endings
            else ()
        ),
        Measure("days", f"mean days to the last event {soon}", "days", "mean_days", lambda week: week.days),
        Measure("again", again, "share", "again_share", lambda week: week.again / week.cases),
        Measure("cases", "cases begun in a week", "count", "cases", lambda week: week.cases, at_once=True),
    )


def looked_at(view: View, series: Sequence[Series], tests: Sequence[Mapping[str, Value]]) -> Table:
    """Return each measure that was looked at, and whether it changed beyond chance."""
    columns = (
        *group_columns(view),
        Column("measure", "label", title="Measure"),
        Column("weeks", "number", "weeks", "Whole weeks looked at"),
        *comparison_columns("Permutation test"),
        Column("people", "base"),
    )
    rows = [
        {**group_cell(view, one.grp), "measure": one.measure.words, "weeks": len(one.weeks), **cells}
        | {"people": _people(one.weeks)}
        for one, cells in zip(series, tests, strict=True)
    ]
    return Table.of_rows(columns, rows, base="people", disjoint=False, title="What was looked at week by week")


def changed(view: View, measure: Measure, dated: Dated) -> Table:
    """Return the changes of one measure: the week of each, the levels before and after, and their difference."""
    kind: Literal["estimate", "mean"] = "estimate" if measure.unit == "share" else "mean"
    gap: Literal["difference", "mean"] = "difference" if measure.unit == "share" else "mean"
    unit = "cases" if measure.unit == "count" else measure.unit
    of = ("", "cases") if measure.unit == "share" else None
    columns = (
        *group_columns(view),
        Column("week", "date", "week", "New level from the week of"),
        Column("earliest", "date", "week", "At the earliest"),
        Column("latest", "date", "week", "At the latest"),
        Column("before", kind, unit, "Mean week before", of=of),
        Column("after", kind, unit, "Mean week after", of=of),
        Column("difference", gap, unit, "Difference", of=of),
        Column("difference_low", "low", unit, bounds="difference"),
        Column("difference_high", "high", unit, bounds="difference"),
        Column("cases", "count", "cases", "Cases on the side with fewer"),
        Column("people", "base"),
    )
    rows: list[dict[str, Value]] = []
    for one, found in dated:
        for change in found if one.measure == measure else ():
            sides = (one.weeks[change.first : change.at], one.weeks[change.at : change.last])
            row: dict[str, Value] = {**group_cell(view, one.grp), "week": _day(one.weeks[change.at].begins)}
            row |= {"earliest": _day(one.weeks[change.low].begins), "latest": _day(one.weeks[change.high].begins)}
            row |= {"before": change.before, "after": change.after, "difference": change.difference}
            row |= {"difference_low": change.difference_low, "difference_high": change.difference_high}
            row["cases"] = min(sum(week.cases for week in side) for side in sides)
            rows.append(row | {"people": min(_people(side) for side in sides)})
    title = f"Changes in {measure.words}"
    return Table.of_rows(columns, rows, base="people", partition=partition(view), disjoint=False, title=title)


def by_week(
    view: View, weeks: Sequence[Week], dated: Dated, within: int, worked: Mapping[tuple[int, date], Week]
) -> Table:
    """Return the whole weeks: cases begun, what became of them, and of which measures a new level begins.

    Args:
        view: the chosen cases.
        weeks: those with enough people.
        dated: the changes found.
        within: days within which repeats, endings and days count.
        worked: the weeks in working time, by group and Monday; none where there is no calendar.
    """
    ends = bool(view.log.settings.endings)
    lasted = f"Mean days to the last event within {within} days"
    columns = (
        *group_columns(view),
        Column("week", "date", "week", "Week from Monday"),
        Column("cases", "count", "cases", "Cases begun"),
        Column("begins", "label", title="New level of"),
        *_days_columns("mean_days", lasted, "days"),
        *(_days_columns("mean_working_days", lasted.replace("days", "time", 1), "working days") if worked else ()),
        *_share_columns("again", f"Did a step again within {within} days"),
        *(_share_columns("ended", f"Ended within {within} days") if ends else ()),
        Column("people", "base"),
    )
    rows = []
    for week in weeks:
        row: dict[str, Value] = {**group_cell(view, week.grp), "week": _day(week.begins), "cases": week.cases}
        row |= {"begins": _beginning(week, dated), "people": week.people}
        row |= _days_cells("mean_days", week)
        row |= _days_cells("mean_working_days", worked[week.grp, week.begins]) if worked else {}
        row |= _share_cells("again", week.again, week.again_people, week)
        row |= _share_cells("ended", week.ended, week.ended_people, week) if ends else {}
        rows.append(row)
    return Table.of_rows(
        columns,
        rows,
        base="people",
        small="drop",
        partition=partition(view),
        disjoint=not view.repeat_customers,
        title="Week by week, by the week in which cases began",
    )


def _share_columns(name: str, title: str) -> tuple[Column, ...]:
    share, base = f"{name}_share", f"{name}_people"
    return (
        Column(name, "count", "cases", title, base=base),
        Column(share, "share", "share", f"Share: {title[:1].lower()}{title[1:]}", of=(name, "cases"), base=base),
        Column(f"{share}_low", "low", "share", bounds=share, base=base),
        Column(f"{share}_high", "high", "share", bounds=share, base=base),
        Column(base, "base"),
    )


def _share_cells(name: str, hits: int, people: int, week: Week) -> dict[str, Value]:
    """Return the cells of a share; empty where the week's cases were not followed for long enough."""
    if not week.followed:
        return dict.fromkeys((name, *(f"{name}_share{end}" for end in ("", "_low", "_high")))) | {f"{name}_people": 0}
    low, high = wilson(hits, week.cases)
    cells: dict[str, Value] = {name: hits, f"{name}_share": hits / week.cases, f"{name}_people": people}
    return cells | {f"{name}_share_low": finite(low), f"{name}_share_high": finite(high)}


def _days_columns(name: str, title: str, unit: str) -> tuple[Column, ...]:
    return (
        Column(name, "mean", unit, title),
        Column(f"{name}_low", "low", unit, bounds=name),
        Column(f"{name}_high", "high", unit, bounds=name),
    )


def _days_cells(name: str, week: Week) -> dict[str, Value]:
    from scipy.special import stdtrit

    if not week.followed:
        return dict.fromkeys((name, f"{name}_low", f"{name}_high"))
    known = week.cases > 1
    reach = float(stdtrit(week.cases - 1, 0.975)) * week.days_spread / sqrt(week.cases) if known else 0.0
    low, high = (max(0.0, week.days - reach), week.days + reach) if known else (None, None)
    return {name: week.days, f"{name}_low": low, f"{name}_high": high}


def _beginning(week: Week, dated: Dated) -> str:
    """Return the names of the measures of which a new level begins in a week."""
    names = [
        one.measure.name
        for one, found in dated
        if one.grp == week.grp and any(one.weeks[change.at] == week for change in found)
    ]
    return ", ".join(names) or NOTHING


def _people(weeks: Sequence[Week]) -> int:
    """Return at least how many people stand behind weeks: a customer may come in several."""
    return max((week.people for week in weeks), default=0)


def _day(day: date) -> str:
    return day.isoformat()
