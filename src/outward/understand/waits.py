"""U3.4: where customers wait, open cases included."""

from __future__ import annotations

from typing import Any

from outward.answers import Answer, Chart, Column, Grounds, Method, Sentence, Table, Value, standing
from outward.catalogue import question
from outward.evidence.view import View, each
from outward.methods import flows
from outward.methods.durations import Durations
from outward.methods.lengths import waits_after
from outward.methods.survival import quantiles
from outward.pictures import bars_with_intervals
from outward.understand.groups import choice_caveats, group_cell, group_columns, partition, stamp_caveats
from outward.understand.path_times import path_bases, path_cells, path_columns
from outward.understand.quantiles import quantile_cells, quantile_columns
from outward.understand.working import Working, day_unit, working_caveats
from outward.understand.working import working as calendar_time

STEPS_AT_MOST = 25
PATHS_AT_MOST = 200
MIDDLE = ("median_days", "below", "above")

METHOD = Method(
    "Days waited, by step and by path",
    "After a step a customer waits until the next one. By path, waits that are over are added up, customers times "
    "days, and half of them were shorter than the median. By step, the time until the next step is a Kaplan-Meier "
    "median with its 95% interval: cases that still wait at the day of the extract count as waiting. Where the log "
    "knows when work began, waiting runs to the start of the next step; else it runs to its completion and includes "
    "the work on it.",
    "Kaplan and Meier (1958); Brookmeyer and Crowley (1982); methods of process mining: van der Aalst (2016)",
    ("Days are calendar days.", "Cases that still wait would wait on like others that waited so long."),
)


@question("U3.4", "Where do they wait?")
def waits(view: View, *, working: str = "") -> Answer:
    """Return where customers wait: by path, the days waited; by step, how long until the next and who waits now.

    working: the calendar, as 'england-and-wales, Mon-Fri 09:00-17:00'; empty takes the data set's, none shows none

    Days are calendar days, with working days beside them where there is a calendar. Assumes that cases which
    still wait would wait on like others that waited so long. Where starts of work are not recorded, waiting
    includes the work on the next step, and says so.
    """
    found = calendar_time(view, working)
    steps, paths = _steps(view, found), _paths(view, found)
    tables = {"steps": steps, "paths": paths}
    if view.log.manifest.has_start:
        tables["work"] = _work(view, found)
    return Answer(
        sentence=_sentence(view, found),
        tables=tables,
        pictures=(
            Chart(
                "paths",
                bars_with_intervals(
                    "path",
                    "days",
                    by="group" if view.grouped else "",
                    unit="days",
                    title="Customers times days",
                ),
                Sentence("Most days are waited between '{paths.from_step}' and '{paths.to_step}'", "Days waited"),
                rows=10,
            ),
        ),
        caveats=(*_caveats(view), *working_caveats(found), *stamp_caveats(view), *choice_caveats(view)),
        method=METHOD,
        evidence=(view.evidence(),),
        standing=standing(
            Grounds(
                basis=view.log.basis,
                effective_number=float(paths.values["people"][0] or 0) if len(paths) else 0.0,
                known_coverage="coverage" in view.log.settings.confirmed,
                doubts=view.doubts("roles", "endings", "extract_date"),
            )
        ),
    )


def _sentence(view: View, found: Working | None) -> Sentence:
    whose = "In '{paths.group}', customers" if view.grouped else "Customers"
    longest = (
        f"{whose} wait longest in all between '{{paths.from_step}}' and '{{paths.to_step}}': {{paths.days}} "
        "for {paths.cases|case|cases}"
    )
    half = f"{longest}; half of the waits are over {{paths.median_days}}"
    return Sentence(
        *([f"{half}, or {{paths.median_working_days}}."] if found else []),
        f"{half}.",
        f"{longest}.",
        f"{whose} wait longest in all between '{{paths.from_step}}' and '{{paths.to_step}}'.",
        "There are too few cases to say where they wait.",
    )


def _caveats(view: View) -> list[Sentence]:
    said = [Sentence("Days by path are those of waits that are over; who still waits is counted by step alone.")]
    if view.log.settings.window_from:
        said.append(Sentence("Waits that began before the extract's first day count by step only from that day on."))
    if view.log.manifest.has_start:
        return [Sentence("Waiting ends when work on the next step begins."), *said]
    words = "The data has one time a step: what is shown is the time between steps, waiting and work together."
    return [Sentence(words), *said]


def _waiting(view: View) -> str:
    return "coalesce(wait_us, gap_us)" if view.log.manifest.has_start else "gap_us"


def _paths(view: View, found: Working | None) -> Table:
    columns = (
        *group_columns(view),
        Column("path", "label", title="Path"),
        Column("from_step", "label", title="From"),
        Column("to_step", "label", title="To"),
        Column("cases", "count", "cases", "Cases"),
        Column("times", "count", "events", "Times waited"),
        Column("days", "total", "customer days", "Days waited in all", of=("mean_days", "times")),
        Column("mean_days", "mean", "days", "Mean"),
        *path_columns(view, found, "Half of them were under", "Nine in ten of them were under"),
        Column("people", "base"),
        *path_bases(view, found),
    )
    cells = path_cells(view, found, _waiting(view))
    wanted = ("grp", "activity", "next", "cases", "times", "people", "days")
    rows = [
        _path_row(view, *one) | cells[one[:3]]
        for one in each(flows.waits(view, _waiting(view), PATHS_AT_MOST), *wanted)
    ]
    return Table.of_rows(
        columns,
        rows,
        base="people",
        small="drop",
        partition=partition(view),
        disjoint=False,
        title="Days waited from step to step in waits that are over, the most first",
    )


def _path_row(
    view: View, grp: int, here: int, after: int, cases: int, times: int, people: int, days: float
) -> dict[str, Value]:
    labels = view.activities[here], view.activities[after]
    return {
        **group_cell(view, grp),
        "path": f"{labels[0]} → {labels[1]}",
        "from_step": labels[0],
        "to_step": labels[1],
        "cases": cases,
        "times": times,
        "days": days,
        "mean_days": days / times,
        "people": people,
    }


def _steps(view: View, found: Working | None) -> Table:
    """Return, by step, how long until the next one, open cases included, and who is waiting there now."""
    columns = (
        *group_columns(view),
        Column("step", "label", title="After the step"),
        *quantile_columns("median", "Half wait under"),
        *(quantile_columns("median_working", "Half wait under", day_unit(found.view)) if found else ()),
        Column("waiting_now", "count", "cases", "Waiting there now", base="waiting_people"),
        Column("people", "base"),
        Column("waiting_people", "base"),
    )
    wanted = flows.steps_that_wait_most(view, _waiting(view), STEPS_AT_MOST)
    durations = waits_after(view, wanted)
    worked = waits_after(found.view, wanted) if found else {}
    now = {
        (grp, activity): (cases, people)
        for grp, activity, cases, people in view.rows(
            f"SELECT grp, last_activity, count(*), {view.people} FROM cases WHERE ended = 0 GROUP BY 1, 2"
        )
    }
    people = {(grp, activity): count for grp, activity, count in each(flows.steps(view), "grp", "activity", "people")}
    rows = [
        {**group_cell(view, grp), "step": view.activities[code], **_now_cells(now.get((grp, code), (0, 0)))}
        | _median_cells("median", durations[grp, code], people.get((grp, code), 0))
        | (_median_cells("median_working", worked[grp, code], people.get((grp, code), 0)) if found else {})
        | {"people": people.get((grp, code), 0)}
        for grp in range(len(view.groups))
        for code in wanted
        if len(durations[grp, code].days)
    ]
    return Table.of_rows(
        columns,
        rows,
        base="people",
        small="drop",
        partition=partition(view),
        disjoint=False,
        title="How long until the next step, cases that still wait included",
    )


def _median_cells(name: str, group: Durations, people: int) -> dict[str, Value]:
    return quantile_cells(name, quantiles(group, [0.5])[0], group, people / float(group.counts.sum()))


def _now_cells(now: tuple[int, int]) -> dict[str, Value]:
    return {"waiting_now": now[0], "waiting_people": now[1]}


def _work(view: View, found: Working | None) -> Table:
    """Return, by step, the time at work and the time waited before it, where starts are recorded."""
    half, sides = "Half of the work took under", ("below_working", "above_working")
    columns = (
        *group_columns(view),
        Column("step", "label", title="Step"),
        Column("times", "count", "events", "Times done"),
        Column("service_median_days", "quantile", "days", half, sides=("below", "above")),
        *([Column("service_median_working_days", "quantile", "working days", half, sides=sides)] if found else []),
        Column("service_mean_days", "mean", "days", "Mean time at work"),
        Column("service_days", "total", "days", "Days at work in all", of=("service_mean_days", "times")),
        *(Column(name, "base") for name in ("people", "below", "above", *(sides if found else ()))),
    )
    names = ("service_median_working_days", *sides)
    worked = {
        (grp, activity): dict(zip(names, cells, strict=True))
        for grp, activity, *cells in (each(flows.work(found.view), "grp", "activity", *MIDDLE) if found else ())
    }
    rows: list[dict[str, Any]] = []
    wanted = ("grp", "activity", "times", "median_days", "mean_days", "days", "people", "below", "above")
    for grp, activity, times, median, mean, total, people, below, above in each(flows.work(view), *wanted):
        row = {**group_cell(view, grp), "step": view.activities[activity], "times": times, "people": people}
        row |= {"service_median_days": median, "service_mean_days": mean, "service_days": total}
        row |= {"below": below, "above": above}
        rows.append(row | worked.get((grp, activity), {}))
    title = "Time at work on each step (from its start to its completion)"
    return Table.of_rows(
        columns, rows, base="people", small="drop", partition=partition(view), disjoint=False, title=title
    )
