"""U3.1: the paths that customers take from step to step."""

from __future__ import annotations

from typing import Any

from outward.answers import Answer, Column, Grounds, Map, Method, Sentence, Table, Value, standing
from outward.catalogue import question
from outward.evidence.view import View, each
from outward.methods import flows
from outward.understand.groups import (
    END,
    START,
    choice_caveats,
    group_cell,
    group_columns,
    partition,
    plain,
    steps_title,
)
from outward.understand.path_times import no_path_cells, path_bases, path_cells, path_columns
from outward.understand.working import Working, working_caveats
from outward.understand.working import working as calendar_time

START_PATH, END_PATH = f"paths[from_step={START}]", f"paths[to_step={END}]"
PATHS_AT_MOST = 2_000
STEPS_AT_MOST = 500

METHOD = Method(
    "Directly-follows paths",
    "Events of a case are put in order of time; where times are equal, in the order of the file. A path is a "
    "step and the step right after it. 'Cases' counts each case once on a path, 'times taken' every passage.",
    "van der Aalst, Process Mining (2016), chapter 7",
    ("Two steps that go on side by side are shown one after the other, in the order in which they were recorded.",),
)


@question("U3.1", "What paths do customers take?")
def paths(view: View, *, working: str = "") -> Answer:
    """Return the steps, and the paths from step to step, with how many cases take each and how long it takes.

    working: the calendar, as 'england-and-wales, Mon-Fri 09:00-17:00'; empty takes the data set's, none shows none

    A complete count has no sampling error. Days run from the completion of one step to that of the next.
    Not for steps that go on side by side: their order is the order of recording.
    """
    found = calendar_time(view, working)
    step_table, path_table = _steps(view), _paths(view, found)
    size = view.size
    return Answer(
        sentence=_sentence(view),
        tables={"summary": _summary(view), "steps": step_table, "paths": path_table},
        pictures=(
            Map(
                "steps",
                "paths",
                _map_title(view),
            ),
        ),
        caveats=(
            Sentence("This is a complete count of the cases in the data: it has no sampling error."),
            *_too_many(view),
            *working_caveats(found),
            *choice_caveats(view),
        ),
        method=METHOD,
        evidence=(view.evidence(),),
        standing=standing(
            Grounds(
                basis=view.log.basis,
                effective_number=size["customers"],
                minimum=10,
                known_coverage="coverage" in view.log.settings.confirmed,
                doubts=view.doubts("roles"),
            )
        ),
    )


def _sentence(view: View) -> Sentence:
    told = "{summary.steps|step|steps}" + (" that enough customers took" if view.smallest_group > 1 else "")
    if view.grouped:
        return Sentence(
            f"{{summary.cases|case|cases}} in {{summary.groups|group|groups}} went through {told}.",
            "There are too few cases to show their paths.",
        )
    return Sentence(
        f"{{summary.cases|case|cases}} went through {told}; "
        f"the first is most often '{{{START_PATH}.to_step}}', "
        f"the last recorded one '{{{END_PATH}.from_step}}' ({{{END_PATH}.share}} of cases).",
        f"{{summary.cases|case|cases}} went through {told}.",
        "There are too few cases to show their paths.",
    )


def _map_title(view: View) -> Sentence:
    if view.grouped:
        return Sentence(f"The paths that customers take, by {'side' if view.sides else plain(view.by)}")
    return Sentence(
        f"Most cases begin with '{{{START_PATH}.to_step}}'; {{{END_PATH}.share}} were last seen at "
        f"'{{{END_PATH}.from_step}}'",
        f"Most cases begin with '{{{START_PATH}.to_step}}'",
        "The paths that customers take",
    )


def _too_many(view: View) -> tuple[Sentence, ...]:
    if len(view.activities) <= STEPS_AT_MOST:
        return ()
    text = f"Only the {STEPS_AT_MOST} most common steps are shown. Merge spellings of one step in the step list."
    return (Sentence(text),)


def _summary(view: View) -> Table:
    size = view.size
    columns = (
        Column("cases", "count", "cases", "Cases"),
        Column("events", "count", "events", "Events"),
        Column("steps", "number", "steps", steps_title(view)),
        Column("groups", "number", "groups", "Groups"),
        Column("people", "base"),
    )
    row: dict[str, Value] = {
        "cases": size["cases"],
        "events": size["events"],
        "steps": flows.steps_told(view),
        "groups": len(view.groups),
        "people": size["customers"],
    }
    return Table.of_rows(columns, [row], base="people", title="In all")


def _steps(view: View) -> Table:
    found = flows.steps(view)
    columns = (
        *group_columns(view),
        Column("step", "label", title="Step"),
        Column("cases", "count", "cases", "Cases"),
        Column("share", "share", "share", "Share of cases", of=("cases", "group_cases")),
        Column("times", "count", "events", "Times done"),
        Column("group_cases", "count", "cases", "Cases in all", base="group_people"),
        Column("people", "base"),
        Column("group_people", "base"),
    )
    rows = []
    for grp, activity, cases, times, people in each(found, "grp", "activity", "cases", "times", "people"):
        in_all, everyone = view.group_sizes[grp]
        rows.append(
            {
                **group_cell(view, grp),
                "step": view.activities[activity],
                "cases": cases,
                "share": cases / in_all,
                "times": times,
                "group_cases": in_all,
                "people": people,
                "group_people": everyone,
            }
        )
    return Table.of_rows(
        columns,
        rows[:STEPS_AT_MOST],
        base="people",
        small="drop",
        partition=partition(view),
        disjoint=False,
        title="Steps",
    )


def _paths(view: View, found: Working | None) -> Table:
    columns = (
        *group_columns(view),
        Column("from_step", "label", title="From"),
        Column("to_step", "label", title="To"),
        Column("cases", "count", "cases", "Cases"),
        Column("share", "share", "share", "Share of cases", of=("cases", "group_cases")),
        Column("times", "count", "events", "Times taken"),
        *path_columns(view, found, "Half took under", "Nine in ten took under"),
        Column("mean_days", "mean", "days", "Mean"),
        Column("group_cases", "count", "cases", "Cases in all", base="group_people"),
        *(Column(name, "base") for name in ("people", "group_people")),
        *path_bases(view, found),
    )
    rows = [*_ends(view, found), *_between(view, found)]
    places = {group: place for place, group in enumerate(view.groups)}
    rows.sort(key=lambda row: (places[row.get("group", view.groups[0])], -row["cases"]))
    return Table.of_rows(
        columns,
        rows[:PATHS_AT_MOST],
        base="people",
        small="drop",
        partition=partition(view),
        disjoint=False,
        flow=("from_step", "to_step"),
        title=f"Paths from step to step ({START} is the beginning, {END} the end of what is recorded)",
    )


def _ends(view: View, found: Working | None) -> list[dict[str, Any]]:
    """Return the rows from the beginning to first steps, and from last steps to the end."""
    rows = []
    for grp, side, activity, cases, people in each(flows.ends(view), "grp", "side", "activity", "cases", "people"):
        label = view.activities[activity]
        here = {"from_step": START, "to_step": label} if side == 0 else {"from_step": label, "to_step": END}
        row = _row(view, grp, cases, cases, people) | {"mean_days": None}
        rows.append(row | here | no_path_cells(view, found, people))
    return rows


def _between(view: View, found: Working | None) -> list[dict[str, Any]]:
    cells = path_cells(view, found, "gap_us")
    rows = []
    wanted = ("grp", "activity", "next", "cases", "times", "people", "mean_days")
    for grp, here, after, cases, taken, people, mean in each(flows.paths(view), *wanted):
        ends = {"from_step": view.activities[here], "to_step": view.activities[after]}
        row = _row(view, grp, cases, taken, people) | {"mean_days": mean}
        rows.append(row | ends | cells[grp, here, after])
    return rows


def _row(view: View, grp: int, cases: int, times: int, people: int) -> dict[str, Any]:
    in_all, everyone = view.group_sizes[grp]
    return {
        **group_cell(view, grp),
        "cases": cases,
        "share": cases / in_all,
        "times": times,
        "group_cases": in_all,
        "people": people,
        "group_people": everyone,
    }
