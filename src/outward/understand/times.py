"""U3.3: how long it takes, open cases included."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from outward.answers import Answer, Chart, Column, Grounds, Method, Sentence, Table, Value, standing
from outward.catalogue import question
from outward.evidence.view import View
from outward.methods.compare_curves import log_rank
from outward.methods.durations import Durations, at_risk_at, grid, independent_at_risk
from outward.methods.lengths import case_durations, case_durations_by_month, comparable_within, followed_within
from outward.methods.survival import Quantile, quantiles, restricted_mean_difference, survival_at
from outward.pictures import curve_with_band, lines_by_month
from outward.understand.groups import (
    choice_caveats,
    compares,
    comparison_caveats,
    comparison_cells,
    comparison_columns,
    group_cell,
    group_columns,
    group_title,
    partition,
    small_groups,
    stamp_caveats,
)
from outward.understand.quantiles import finite, quantile_cells, quantile_columns
from outward.understand.spans import spans
from outward.understand.unended import last_so_far, unended, unended_caveat
from outward.understand.working import (
    Clock,
    Working,
    day_unit,
    limit_table,
    quantile_table,
    working_caveats,
    working_limit,
)
from outward.understand.working import working as calendar_time

QUARTERS = {"p25": 0.25, "median": 0.5, "p75": 0.75, "p90": 0.9}
TITLES = {
    "p25": "A quarter end within",
    "median": "Half end within",
    "p75": "Three quarters end within",
    "p90": "Nine in ten end within",
}
MONTHS_AT_MOST = 60

METHOD = Method(
    "Kaplan-Meier curves",
    "From the first event of a case to its ending, of whatever kind; a case still open counts as open up to the "
    "day of the extract. Medians are where the curve crosses one half, with 95% intervals by inverting its "
    "log-log band; where some customers have several cases the intervals allow for it. Groups are compared by "
    "the log-rank test, corrected by Holm's method, and by their mean time within the days for which both groups "
    "were followed, with a 95% interval. Working time is read off a clock that runs in opening hours alone, from "
    "which open cases, the day of the extract and all else are read as well.",
    "Kaplan and Meier (1958); Brookmeyer and Crowley (1982); Lin and Wei (1989); Holm (1979)",
    ("Cases still open would end like the others that lasted so long.",),
)


@question("U3.3", "How long does it take?")
def times(
    view: View,
    *,
    within_days: int = 28,
    within_working_days: int = 20,
    working: str = "",
    clock: Clock = "elapsed",
) -> Answer:
    """Return how long cases take to end, open ones included: quartiles, shares done within a time, curve, trend.

    within_days: days for 'how many have ended within so many days'
    within_working_days: the same in working days, where there is a calendar
    working: the calendar, as 'england-and-wales, Mon-Fri 09:00-17:00'; empty takes the data set's, none shows none
    clock: which time the curve, the months and the comparisons are in

    Assumes that open cases would end like others that lasted so long. Where no step is known to end a
    case nothing can be told of how long it takes; only the spans from first to last event are shown.
    """
    found = calendar_time(view, working, clock)
    within_working = 0
    if view.endings:
        groups = case_durations(view)
        within_days = followed_within(groups, within_days)
        within_working = working_limit(found, within_working_days) if found else 0
        tables = _told(view, groups, within_days, found, within_working, clock)
        earned = standing(_grounds(view, tables["summary"]))
    else:
        tables, earned = {"spans": spans(view, found), "last_so_far": last_so_far(view)}, unended(view)
    return Answer(
        sentence=_sentence(view, within_days, within_working),
        tables=tables,
        pictures=_pictures(found.view if found and clock == "working" else view, tables),
        caveats=(
            *_caveats(view),
            *working_caveats(found, limits=bool(view.endings)),
            *stamp_caveats(view),
            *comparison_caveats(view),
            *choice_caveats(view),
        ),
        method=METHOD,
        evidence=(view.evidence(),),
        standing=earned,
    )


def _told(
    view: View, groups: Sequence[Durations], within_days: int, found: Working | None, within_working: int, clock: Clock
) -> dict[str, Table]:
    tables = {"summary": _summary(view, groups, within_days)}
    drawn = (view, groups)
    if found:
        tables["working"] = quantile_table(view, groups, found)
        tables["limits"] = limit_table(view, groups, found, within_days, within_working, {"any": None})
        drawn = (found.view, case_durations(found.view)) if clock == "working" else drawn
    tables |= {"curve": _curve(*drawn), "spans": spans(view, found)}
    if not view.grouped:
        tables["months"] = _months(drawn[0])
    elif compares(view):
        tables["compared"] = _compared(*drawn)
    return tables


def _grounds(view: View, summary: Table) -> Grounds:
    medians, lows, highs = (summary.values[name] for name in ("median_days", "median_days_low", "median_days_high"))
    ended = [int(people or 0) for people in summary.values["ended_people"]]
    widths = [
        (float(high) - float(low)) / float(middle) if middle else float(high != low)
        for middle, low, high in zip(medians, lows, highs, strict=True)
        if middle is not None and low is not None and high is not None
    ]
    known = len(widths) == len(medians)
    return Grounds(
        basis=view.log.basis,
        effective_number=ended[0],
        minimum=30,
        known_coverage="coverage" in view.log.settings.confirmed,
        follow_up_complete=known,
        interval_width=max(widths, default=None),
        width_wanted=0.5,
        doubts=(*view.doubts("roles", "endings", "extract_date"), *small_groups(ended)),
        settle="wait until more cases have ended",
    )


def _sentence(view: View, within: int, within_working: int) -> Sentence:
    if not view.endings:
        why = "How long it takes cannot be told: it is not known which steps end a case"
        half = "half of the cases" + (" of '{spans.group}'" if view.grouped else "")
        return Sentence(f"{why}. From the first to the last event, {half} span under {{spans.median_days}}.", f"{why}.")
    if within_working and not view.grouped:
        half = "Half of all cases end within {summary.median_days}, or {working[ended=0.5].working_days}"
        limit = f"{{limits[time=working].share}} end within {within_working} working days."
        elapsed = _sentence(view, within, 0).templates
        return Sentence(f"{half}, open cases included; {limit}", f"{half}, open cases included.", *elapsed)
    if view.grouped:
        said = "Half of the cases of '{summary.group}' end within {summary.median_days}, open ones included"
        made = "; {compared.comparisons|comparison|comparisons} made, {compared.standing_out|stands|stand} out."
        return Sentence(
            *([f"{said}{made.removesuffix('.')}: see '{{compared[stands_out=yes].group}}'."] if compares(view) else []),
            *([said + made] if compares(view) else []),
            f"{said}.",
            "When half of the cases of '{summary.group}' will have ended cannot be said yet; the groups' times are "
            "shown side by side.",
            "There are too few cases to say how long it takes.",
        )
    return Sentence(
        "Half of all cases end within {summary.median_days} (95% interval {summary.median_days_low} to "
        f"{{summary.median_days_high}}), open cases included; {{summary.within_share}} end within {within} days.",
        f"Half of all cases end within {{summary.median_days}}, open cases included; {{summary.within_share}} end "
        f"within {within} days.",
        "Half of all cases end within {summary.median_days}, open cases included.",
        f"{{summary.within_share}} of cases end within {within} days; when half of them will have ended cannot be "
        "said yet.",
        "There are too few cases to say how long it takes.",
    )


def _caveats(view: View) -> list[Sentence]:
    if not view.endings:
        span = "A span is not how long it takes: that of a case which has only begun is short."
        return [Sentence(span), unended_caveat()]
    said = []
    if "extract_date" not in view.log.settings.confirmed:
        day = date.fromisoformat(view.extract_day())
        words = f"{day.day} {day:%B %Y}"
        said.append(Sentence(f"Cases are taken to have been followed up to {words}: nobody confirmed it."))
    if "endings" not in view.log.settings.confirmed:
        said.append(Sentence("Which steps end a case was guessed from the data; nobody confirmed it."))
    if view.log.settings.window_from:
        said.append(Sentence("Cases that began before the extract's first day count only from that day on."))
    return said


def _summary(view: View, groups: Sequence[Durations], within: int) -> Table:
    columns = (
        *group_columns(view),
        Column("cases", "count", "cases", "Cases"),
        Column("ended", "count", "cases", "Ended", base="ended_people"),
        Column("open", "count", "cases", "Still open", base="open_people"),
        *(column for name in QUARTERS for column in quantile_columns(name, TITLES[name])),
        Column(
            "within_share",
            "estimate",
            "share",
            f"Ended within {within} days",
            of=("", "cases"),
            base="followed",
        ),
        Column("within_share_low", "low", "share", bounds="within_share", base="followed"),
        Column("within_share_high", "high", "share", bounds="within_share", base="followed"),
        *(Column(name, "base") for name in ("people", "ended_people", "open_people", "followed")),
    )
    counts = {
        grp: rest
        for grp, *rest in view.rows(
            "SELECT grp, count(*) FILTER (ended > 0), count(*) FILTER (ended = 0), "
            f"{view.people} FILTER (ended > 0), {view.people} FILTER (ended = 0) "
            "FROM cases GROUP BY grp"
        )
    }
    rows = []
    for place, group in enumerate(groups):
        ended, still, ended_people, open_people = counts.get(place, (0, 0, 0, 0))
        cases, people = view.group_sizes[place]
        row: dict[str, Value] = {**group_cell(view, place), "cases": cases, "ended": ended, "open": still}
        row |= {"people": people, "ended_people": ended_people, "open_people": open_people}
        for name, quantile in zip(QUARTERS, quantiles(group, list(QUARTERS.values())), strict=True):
            row |= quantile_cells(name, quantile, group)
        rows.append(row | _within(group, within))
    return Table.of_rows(columns, rows, base="people", partition=partition(view), title="How long cases take to end")


def _within(group: Durations, days: int) -> dict[str, Value]:
    still = survival_at(group, [float(days)])
    known = np.isfinite(still.value[0])
    ends = (1 - still.value[0], 1 - still.high[0], 1 - still.low[0])
    names = ("within_share", "within_share_low", "within_share_high")
    cells: dict[str, Value] = {name: finite(end) if known else None for name, end in zip(names, ends, strict=True)}
    return cells | {"followed": int(independent_at_risk(group, np.array([0.0]))[0]) if known else 0}


def _curve(view: View, groups: Sequence[Durations]) -> Table:
    columns = (
        *group_columns(view),
        Column("day", "number", day_unit(view), f"{day_unit(view).capitalize()} since the first event"),
        Column("open_share", "estimate", "share", "Still open", of=("", "cases"), base="at_risk_people"),
        Column("open_share_low", "low", "share", bounds="open_share", base="at_risk_people"),
        Column("open_share_high", "high", "share", bounds="open_share", base="at_risk_people"),
        Column("cases", "count", "cases", "Cases in all"),
        Column("people", "base"),
        Column("at_risk_people", "base"),
    )
    longest = max((float(group.days.max()) for group in groups if len(group.days)), default=1.0)
    rows: list[dict[str, Value]] = []
    for place, group in enumerate(groups):
        days = np.concatenate([[0.0], grid(max(longest, 1e-3))])
        cases, people = view.group_sizes[place]
        curve = survival_at(group, days)
        people_at_risk = independent_at_risk(group, days)
        for day, value, low, high, risk in zip(days, curve.value, curve.low, curve.high, people_at_risk, strict=True):
            if not np.isfinite(value):
                break
            row: dict[str, Value] = {**group_cell(view, place), "day": float(day), "open_share": float(value)}
            row |= {"open_share_low": finite(low), "open_share_high": finite(high), "cases": cases}
            rows.append(row | {"people": people, "at_risk_people": int(risk)})
    title = "Share of cases still open"
    return Table.of_rows(columns, rows, base="people", partition=partition(view), disjoint=False, title=title)


def _months(view: View) -> Table:
    columns = (
        Column("month", "date", "month", "Month in which they began"),
        Column("cases", "count", "cases", "Cases that began"),
        *quantile_columns("median", TITLES["median"], day_unit(view)),
        Column("people", "base"),
    )
    rows = []
    for month, people, group in case_durations_by_month(view)[-MONTHS_AT_MOST:]:
        row: dict[str, Value] = {"month": month, "cases": int(group.counts.sum()), "people": people}
        rows.append(row | quantile_cells("median", _median(group), group))
    return Table.of_rows(columns, rows, base="people", title="By the month in which cases began, open ones included")


def _median(group: Durations) -> Quantile:
    """Return the median; not known where nobody was followed from the beginning: the quick ones were never seen."""
    if at_risk_at(group, np.array([0.0]))[0] == 0:
        return Quantile(0.5, None, None, None)
    return quantiles(group, [0.5])[0]


def _compared(view: View, groups: Sequence[Durations]) -> Table:
    """Each group against the largest: the difference of mean days within a time that both were followed."""
    columns = (
        Column("group", "label", title=group_title(view)),
        Column("against", "label", title="Against"),
        Column("difference_days", "mean", day_unit(view), "Difference of mean days"),
        Column("difference_days_low", "low", day_unit(view), bounds="difference_days"),
        Column("difference_days_high", "high", day_unit(view), bounds="difference_days"),
        Column("within", "number", day_unit(view), "Within the first"),
        *comparison_columns("Log-rank test"),
        Column("people", "base"),
    )
    first, others = groups[0], list(enumerate(groups))[1:]
    tests = comparison_cells([log_rank([first, group]).p_value for _, group in others])
    rows = []
    for (place, group), cells in zip(others, tests, strict=True):
        within = comparable_within(group, first)
        gap = restricted_mean_difference(group, first, within)
        row: dict[str, Value] = {"group": view.groups[place], "against": view.groups[0], "within": within}
        row |= {"difference_days": gap.value, "difference_days_low": gap.low, "difference_days_high": gap.high}
        rows.append(row | cells | {"people": min(view.group_sizes[place][1], view.group_sizes[0][1])})
    title = "Do the groups differ beyond chance?"
    return Table.of_rows(columns, rows, base="people", disjoint=False, title=title)


def _pictures(view: View, tables: dict[str, Table]) -> tuple[Chart, ...]:
    if not view.endings:
        return ()
    by = "group" if view.grouped else ""
    half = "{working[ended=0.5].working_days}" if view.clock else "{summary.median_days}"
    curve = Chart(
        "curve",
        curve_with_band(
            "day",
            "open_share",
            "open_share_low",
            "open_share_high",
            by,
            x_title=f"{day_unit(view).capitalize()} since the first event",
            y_title="Still open",
        ),
        Sentence(
            f"Half of the cases of '{{summary.group}}' end within {half}"
            if view.grouped
            else f"Half of all cases end within {half}",
            "How many are still open, day by day",
        ),
        name="curve",
    )
    if "months" not in tables or len(tables["months"]) < 3:
        return (curve,)
    months = Chart(
        "months",
        lines_by_month(
            "month",
            "median_days",
            "median_days_low",
            "median_days_high",
            unit="days",
            y_title=f"Half end within ({day_unit(view)})",
        ),
        Sentence("How long cases take, by the month in which they began"),
        name="months",
    )
    return (curve, months)
