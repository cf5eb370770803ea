"""U3.2: the exact routes that cases took, and how few of them cover how many cases."""

from __future__ import annotations

from outward.answers import Answer, Chart, Column, Grounds, Method, Sentence, Table, Value, standing
from outward.catalogue import question
from outward.evidence.view import View, each
from outward.methods import flows
from outward.pictures import bars_with_intervals
from outward.understand.groups import choice_caveats, group_cell, group_columns, partition
from outward.understand.working import Working, working_caveats
from outward.understand.working import working as calendar_time

ROUTES_AT_MOST = 200
LETTERS_AT_MOST = 300

METHOD = Method(
    "Exact routes (variants)",
    "Cases whose steps are the same in the same order share a route. Routes are ranked by cases; those beyond "
    f"the {ROUTES_AT_MOST} most common are counted together.",
    "van der Aalst, Process Mining (2016), chapter 7",
)


@question("U3.2", "Which exact routes do they take?")
def routes(view: View, *, working: str = "") -> Answer:
    """Return the most common exact routes with their cases, and how many cases the first few routes cover.

    working: the calendar, as 'england-and-wales, Mon-Fri 09:00-17:00'; empty takes the data set's, none shows none

    A complete count has no sampling error.
    """
    found = calendar_time(view, working)
    flows.count_routes(view)
    return Answer(
        sentence=_sentence(view),
        tables={"summary": _summary(view), "routes": _routes(view, found), "coverage": _coverage(view)},
        pictures=(
            Chart(
                "routes",
                bars_with_intervals("route", "share", by="group" if view.grouped else ""),
                Sentence("{routes.share} of cases take the most common exact route", "Exact routes"),
                rows=8,
            ),
        ),
        caveats=(
            Sentence("This is a complete count of the cases in the data: it has no sampling error."),
            Sentence(
                "Routes that few customers took are counted together, so that nobody can be told from their route."
            ),
            *working_caveats(found),
            *choice_caveats(view),
        ),
        method=METHOD,
        evidence=(view.evidence(),),
        standing=standing(
            Grounds(
                basis=view.log.basis,
                effective_number=view.size["customers"],
                minimum=10,
                known_coverage="coverage" in view.log.settings.confirmed,
                doubts=view.doubts("roles"),
            )
        ),
    )


def _sentence(view: View) -> Sentence:
    if view.grouped:
        return Sentence(
            "{summary.cases|case|cases} took {summary.routes|exact route|different exact routes}; {routes.share} of "
            "the cases of '{routes.group}' took its most common one.",
            "{summary.cases|case|cases} took {summary.routes|exact route|different exact routes}.",
        )
    return Sentence(
        "{summary.cases|case|cases} took {summary.routes|exact route|different exact routes}; "
        "{routes.share} of them took the most common one.",
        "{summary.cases|case|cases} took {summary.routes|exact route|different exact routes}.",
        "There are too few cases to show their routes.",
    )


def _summary(view: View) -> Table:
    ((routes_found,),) = view.rows("SELECT count(DISTINCT variant) FROM cases")
    columns = (
        Column("cases", "count", "cases", "Cases"),
        Column("routes", "count", "routes", "Different routes"),
        Column("people", "base"),
    )
    row: dict[str, Value] = {
        "cases": view.size["cases"],
        "routes": routes_found,
        "people": view.size["customers"],
    }
    return Table.of_rows(columns, [row], base="people", title="In all")


def _routes(view: View, found: Working | None) -> Table:
    lasted, sides = "Half took under, first to last event", ("below_working", "above_working")
    columns = (
        *group_columns(view),
        Column("route", "label", title="Route"),
        Column("cases", "count", "cases", "Cases"),
        Column("share", "share", "share", "Share of cases", of=("cases", "group_cases")),
        Column("steps", "number", "steps", "Steps"),
        Column("median_days", "quantile", "days", lasted, sides=("below", "above")),
        *([Column("median_working_days", "quantile", "working days", lasted, sides=sides)] if found else []),
        Column("group_cases", "count", "cases", "Cases in all", base="group_people"),
        *(Column(name, "base") for name in ("people", "group_people", "below", "above", *(sides if found else ()))),
    )
    worked = _worked(found) if found else {}
    none: dict[str, Value] = {"median_working_days": None, **dict.fromkeys(sides, 0)} if found else {}
    rows = [
        _row(view, grp, route_words(view, steps), cases, people)
        | {"steps": len(steps), "median_days": median, "below": below, "above": above}
        | worked.get((grp, tuple(steps)), {})
        for grp, steps, cases, people, median, below, above in each(
            flows.routes(view, ROUTES_AT_MOST), "grp", "steps", "cases", "people", "median_days", "below", "above"
        )
    ]
    rows += [
        _row(view, grp, "all other routes", cases, people) | none
        for grp, routes_found, cases, people in each(
            flows.route_tail(view, ROUTES_AT_MOST), "grp", "routes", "cases", "people"
        )
        if cases
    ]
    return Table.of_rows(
        columns,
        rows,
        base="people",
        small="pool",
        partition=partition(view),
        disjoint=not view.repeat_customers,
        title="Exact routes, the most common first",
    )


def _worked(found: Working) -> dict[tuple[int, tuple[int, ...]], dict[str, Value]]:
    """Return, for each group and route, the cells of its median in working time."""
    flows.count_routes(found.view)
    columns = flows.routes(found.view, ROUTES_AT_MOST)
    return {
        (grp, tuple(steps)): {"median_working_days": median, "below_working": below, "above_working": above}
        for grp, steps, median, below, above in each(columns, "grp", "steps", "median_days", "below", "above")
    }


def _row(view: View, grp: int, words: str, cases: int, people: int) -> dict[str, Value]:
    in_all, everyone = view.group_sizes[grp]
    return {
        **group_cell(view, grp),
        "route": words,
        "cases": cases,
        "share": cases / in_all,
        "steps": None,
        "median_days": None,
        "group_cases": in_all,
        "people": people,
        "group_people": everyone,
        "below": 0,
        "above": 0,
    }


def route_words(view: View, steps: list[int]) -> str:
    """Return a route in words, a run of one step said once with its length, cut where it is very long."""
    words, place = [], 0
    while place < len(steps):
        run = 1
        while place + run < len(steps) and steps[place + run] == steps[place]:
            run += 1
        label = view.activities[steps[place]]
        words.append(label if run == 1 else f"{label} (×{run})")
        place += run
    text = " > ".join(words)
    return text if len(text) <= LETTERS_AT_MOST else text[:LETTERS_AT_MOST].rsplit(" > ", 1)[0] + " > …"


def _coverage(view: View) -> Table:
    columns = (
        *group_columns(view),
        Column("routes", "number", "routes", "The most common"),
        Column("cases", "count", "cases", "Cases"),
        Column("share", "share", "share", "Share of cases", of=("cases", "group_cases")),
        Column("group_cases", "count", "cases", "Cases in all", base="group_people"),
        Column("people", "base"),
        Column("group_people", "base"),
    )
    rows = []
    for grp, number, cases, people in each(flows.route_coverage(view), "grp", "routes", "cases", "people"):
        in_all, everyone = view.group_sizes[grp]
        row: dict[str, Value] = {
            **group_cell(view, grp),
            "routes": number,
            "cases": cases,
            "share": cases / in_all,
        }
        rows.append(row | {"group_cases": in_all, "people": people, "group_people": everyone})
    return Table.of_rows(
        columns,
        rows,
        base="people",
        small="drop",
        partition=partition(view),
        title="How many cases a few routes cover",
    )
