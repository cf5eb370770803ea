"""The embedded engine: the same figures as the reference's, from a log laid in a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from outward.catalogue import Progress, Silent, find
from outward.evidence.calendar import calendar_of
from outward.evidence.engines.embedded import connect
from outward.evidence.laying import EVENTS_A_BATCH, lay
from outward.evidence.names import literal, quoted
from outward.evidence.store import LaidLog
from outward.evidence.tables import EventRows, Settings, Source
from outward.evidence.view import View, each
from outward.evidence.where import Where
from outward.methods import flows, lengths
from outward.methods.durations import Durations
from outward.methods.weeks import weeks
from outward.methods.within import Deed, Kind, deeds
from outward.understand.spans import spans
from tests.reference.contacts import WITHIN_DAYS
from tests.reference.events import Event
from tests.reference.flows import Row
from tests.reference.following import OPEN
from tests.reference.sums import rounded
from tests.spec import embedded_contacts

PLACES = ("channel", "resource", "organisation")
MANY = 10_000


def lay_events(
    events: list[Event],
    settings: Settings,
    folder: Path,
    events_a_batch: int = EVENTS_A_BATCH,
    progress: Progress | None = None,
    name: str = "made.csv",
) -> LaidLog:
    """Lay events given as values into `folder` and return the log."""
    with closing(connect(folder.parent / ".scratch-made")) as connection:
        source = Source(Path(name), "csv", "", {}, "0" * 64)
        rows, key = event_rows(events), b"a key for tests"
        lay(source, rows, settings, folder, connection, key, progress or Silent(), events_a_batch)
    return LaidLog(folder.name, folder)


def event_rows(events: list[Event]) -> EventRows:
    """Return events as the relation that laying reads."""
    names = list(dict.fromkeys(name for event in events for name in event.attributes))
    places = tuple(name for name in names if name in PLACES)
    attributes = tuple(name for name in names if name not in PLACES)
    has_start = any(event.start is not None for event in events)
    has_customer = any(event.customer is not None for event in events)
    columns = {"row_no": "BIGINT", "case_id": "VARCHAR", "activity": "VARCHAR", "time": "TIMESTAMP"}
    columns |= {"start": "TIMESTAMP"} if has_start else {}
    columns |= {"customer": "VARCHAR"} if has_customer else {}
    columns |= dict.fromkeys((*names, "problem"), "VARCHAR")
    values = ", ".join(f"({', '.join(_cells(event, has_start, has_customer, names))})" for event in events)
    cast = ", ".join(f"{quoted(name)}::{kind} AS {quoted(name)}" for name, kind in columns.items())
    listed = ", ".join(quoted(name) for name in columns)
    roles = (*(("customer",) if has_customer else ()), *places)
    return EventRows(f"SELECT {cast} FROM (VALUES {values}) AS made({listed})", has_start, roles, attributes)


def _cells(event: Event, has_start: bool, has_customer: bool, names: list[str]) -> Iterator[str]:
    yield str(event.row)
    yield literal(event.case)
    yield literal(event.activity)
    yield _cell(event.time)
    if has_start:
        yield _cell(event.start)
    if has_customer:
        yield _cell(event.customer)
    for name in names:
        yield _cell(event.attributes.get(name))
    yield _cell(event.problem)


def _cell(value: str | datetime | None) -> str:
    return "NULL" if value is None else literal(str(value))


class Embedded:
    """The figures of a log, from its laid files."""

    def __init__(self, log: LaidLog) -> None:
        self.log = log

    def figures(
        self, names: Iterable[str], where: Where, by: str = "", smallest_group: int = 1
    ) -> dict[str, list[Row]]:
        """Return the rows of each of these figures, in no particular order."""
        with View.open(self.log, where, by, smallest_group) as view:
            return {name: FIGURES[name](view) for name in names}


def _rows(view: View, columns: dict[str, Any], names: dict[str, str]) -> list[Row]:
    """Return columns as rows, with groups and steps by label and days to so many decimals."""
    rows = []
    for values in each(columns, *names):
        row = {}
        for column, value in zip(names, values, strict=True):
            row[names[column]] = _plain(view, column, value)
        rows.append(row)
    return rows


def _plain(view: View, column: str, value: Any) -> str | int | float:
    if column in ("grp", "activity", "next"):
        labels = view.groups if column == "grp" else view.activities
        return labels[int(value)]
    return rounded(value) if isinstance(value, float) else int(value)


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


GROUP, STEP = {"grp": "group"}, {"grp": "group", "activity": "step"}
PATH = {"grp": "group", "activity": "from", "next": "to"}


def _paths(view: View) -> list[Row]:
    counted = _same("cases", "times", "people", "mean_days", "median_days", "p90_days")
    return _rows(view, flows.paths(view), PATH | counted)


def _ends(view: View) -> list[Row]:
    rows = _rows(view, flows.ends(view), STEP | _same("side", "cases", "people"))
    return [row | {"side": ("first", "last")[int(row["side"])]} for row in rows]


def _routes(view: View) -> list[Row]:
    flows.count_routes(view)
    found = flows.routes(view, MANY)
    return [
        {
            "group": view.groups[grp],
            "route": " > ".join(view.activities[code] for code in steps),
            "steps": len(steps),
            "cases": cases,
            "people": people,
            "median_days": rounded(median),
        }
        for grp, steps, cases, people, median in each(found, "grp", "steps", "cases", "people", "median_days")
    ]


def _coverage(view: View) -> list[Row]:
    flows.count_routes(view)
    return _rows(view, flows.route_coverage(view), GROUP | _same("routes", "cases"))


def _rare_routes(view: View) -> list[Row]:
    flows.count_routes(view)
    return _rows(view, flows.route_tail(view, 1), GROUP | _same("routes", "cases"))


def _waits(view: View) -> list[Row]:
    wait = "coalesce(wait_us, gap_us)" if view.log.manifest.has_start else "gap_us"
    wanted = _same("cases", "times", "people", "days", "median_days", "p90_days")
    return _rows(view, flows.waits(view, wait, MANY), PATH | wanted)


def _waits_after(view: View) -> list[Row]:
    found = lengths.waits_after(view, list(range(len(view.activities))))
    return [
        {
            "group": view.groups[grp],
            "step": view.activities[code],
            "days": rounded(days),
            "still": "no" if done else "yes",
        }
        for (grp, code), durations in found.items()
        for days, done, _ in _cases(durations)
    ]


def _work(view: View) -> list[Row]:
    if not view.log.manifest.has_start:
        return []
    return _rows(view, flows.work(view), STEP | _same("times", "people", "median_days", "mean_days", "days"))


def _cases(durations: Durations) -> Iterator[tuple[float, int, float]]:
    """Yield days, ending and entry of each case behind the rows."""
    entry = np.zeros(len(durations.days)) if durations.entry is None else durations.entry
    for days, ended, entered, count in zip(durations.days, durations.ended, entry, durations.counts, strict=True):
        for _ in range(int(count)):
            yield float(days), int(ended), float(entered)


def _lasted(view: View, groups: list[Durations]) -> list[Row]:
    kinds = (OPEN, *view.endings)
    return [
        {"group": group, "ending": kinds[ended], "days": rounded(days), "entry_days": rounded(entry)}
        for group, durations in zip(view.groups, groups, strict=True)
        for days, ended, entry in _cases(durations)
    ]


def _gave_up(view: View) -> list[Row]:
    silence = view.log.settings.gave_up_after_days
    if not silence:
        return []
    number = view.endings.index("gave up") + 1
    return [
        {"silent_days": silent} | row
        for silent in (silence // 2, silence, 2 * silence)
        for row in _lasted(view, lengths.given_up_after(view, silent, number))
    ]


def _endings(view: View) -> list[Row]:
    if not view.endings:
        return [
            {"group": group, "ending": OPEN, "cases": cases}
            for group, (cases, _) in zip(view.groups, view.group_sizes, strict=True)
        ]
    table = find("U3.6").answer(view).tables["summary"]
    return [
        {
            "group": str(row.get("group", view.ALL)),
            "ending": str(row["ending"]).removeprefix("still "),
            "cases": int(row["ended"] or 0),
        }
        for row in table.rows()
        if row["ended"]
    ]


def _months(view: View) -> list[Row]:
    return [
        {"month": month, "cases": int(durations.counts.sum()), "people": people}
        for month, people, durations in lengths.case_durations_by_month(view)
    ]


def _weeks(view: View) -> list[Row]:
    return [
        {"group": view.groups[week.grp], "week": str(week.begins), "cases": week.cases, "people": week.people}
        for week in weeks(view, WITHIN_DAYS)
    ]


def _weeks_followed(view: View) -> list[Row]:
    rows = []
    for week in weeks(view, WITHIN_DAYS):
        row: Row = {"group": view.groups[week.grp], "week": str(week.begins), "again": week.again, "ended": week.ended}
        row |= {"again_people": week.again_people, "ended_people": week.ended_people, "mean_days": rounded(week.days)}
        rows += [row] if week.followed else []
    return rows


def _within(kind: Kind) -> Callable[[View], list[Row]]:
    """Return the figure of what cases did within the days; nothing is left out because few, or all, did it."""
    all_of_them: dict[Kind, int] = {"steps": MANY, "repeats": MANY, "routes": MANY}

    def figure(view: View) -> list[Row]:
        rows: list[Row] = []
        for deed in (deed for deed in deeds(view, WITHIN_DAYS, all_of_them, fewest=0) if deed.kind == kind):
            for place, share in enumerate(deed.shares):
                row: Row = {"group": view.groups[place], "what": _what(view, deed), "cases": share.hits}
                row |= {"people": share.hit_people, "of": share.cases, "of_people": share.people}
                rows += [row] if share.hits else []
        return rows

    return figure


def _what(view: View, deed: Deed) -> str:
    return " > ".join(view.activities[step] for step in deed.steps) or "any"


def _spans(view: View) -> list[Row]:
    table = spans(view, None)
    return [
        {
            "group": str(row.get("group", view.ALL)),
            "cases": int(row["cases"] or 0),
            "median_days": rounded(float(row["median_days"] or 0)),
            "mean_days": rounded(float(row["mean_days"] or 0)),
        }
        for row in table.rows()
    ]


def _worked(figure: Callable[[View], list[Row]], whole_days: bool = False) -> Callable[[View], list[Row]]:
    """Return the figure on the work clock of the log's calendar; no rows where it has none."""

    def worked(view: View) -> list[Row]:
        calendar = calendar_of(view.log.settings.working)
        if not calendar:
            return []
        return figure(view.worked(calendar, whole_days))

    return worked


def _groups(view: View) -> list[Row]:
    return [
        {"group": group, "cases": cases, "people": people}
        for group, (cases, people) in zip(view.groups, view.group_sizes, strict=True)
    ]


def _quality(view: View) -> list[Row]:
    manifest = view.log.manifest
    row: Row = {"rows": manifest.rows, "events": manifest.events, "cases": manifest.cases}
    facts = {name: count for name, count in manifest.quality.items() if not name.startswith(("varies_", "late_"))}
    return [row | {"customers": manifest.customers, "routes": manifest.variants} | facts]


def _aside(view: View) -> list[Row]:
    return [{"reason": one.reason, "rows": one.rows, "cases": one.cases} for one in view.log.manifest.aside]


def _varying(view: View) -> list[Row]:
    return [{"attribute": one.name, "cases": one.varying_cases} for one in view.log.manifest.attributes]


FIGURES: dict[str, Callable[[View], list[Row]]] = {
    "groups": _groups,
    "quality": _quality,
    "aside": _aside,
    "varying": _varying,
    "steps": lambda view: _rows(view, flows.steps(view), STEP | _same("cases", "times", "people")),
    "paths": _paths,
    "ends": _ends,
    "routes": _routes,
    "coverage": _coverage,
    "rare routes": _rare_routes,
    "rework": lambda view: _rows(view, flows.rework(view), GROUP | _same("cases", "people", "extra")),
    "repeats": lambda view: _rows(
        view, flows.repeats(view), STEP | _same("cases", "people", "extra", "immediate", "days")
    ),
    "waits": _waits,
    "waits after": _waits_after,
    "work": _work,
    "durations": lambda view: _lasted(view, lengths.case_durations(view)),
    "gave up": _gave_up,
    "endings": _endings,
    "months": _months,
    "spans": _spans,
    **embedded_contacts.FIGURES,
    "weeks": _weeks,
    "weeks followed": _weeks_followed,
    "steps within": _within("steps"),
    "repeats within": _within("repeats"),
    "routes within": _within("routes"),
    "working durations": _worked(lambda view: _lasted(view, lengths.case_durations(view))),
    "whole working days": _worked(lambda view: _lasted(view, lengths.case_durations(view)), whole_days=True),
    "working waits": _worked(_waits),
    "whole-day waits": _worked(_waits, whole_days=True),
    "working waits after": _worked(_waits_after),
    "working paths": _worked(_paths),
    "working routes": _worked(_routes),
    "working spans": _worked(_spans),
    "working weeks followed": _worked(_weeks_followed),
    "working work": _worked(_work),
}
