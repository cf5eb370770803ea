"""U3.5: what customers have to do again."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from outward.answers import Answer, Chart, Column, Grounds, Method, Sentence, Table, Value, standing
from outward.catalogue import question
from outward.evidence.view import View, each
from outward.methods import flows
from outward.methods.customer_sums import design_effects
from outward.methods.proportions import clustered_share_p, two_share_p
from outward.pictures import bars_with_intervals
from outward.understand.groups import (
    choice_caveats,
    compares_counts,
    comparison_caveats,
    comparison_cells,
    comparison_columns,
    group_cell,
    group_columns,
    group_title,
    partition,
    small_groups,
)
from outward.understand.shares import share_cells, share_columns

METHOD = Method(
    "Rework",
    "A step is done again when it occurs more than once in a case; every time beyond the first is an extra event. "
    "'At once' counts those that directly follow the same step, 'after other steps' the rest. Days going round run "
    "from the first to the last time of the step. Intervals are Wilson's; groups are compared with the largest one "
    "by the two-share test, corrected by Holm's method. Where some customers have several cases, intervals and tests "
    "count only as many cases as would tell as much if each were another customer's.",
    "van der Aalst (2016); Wilson (1927); Korn and Graubard (1998); Rao and Scott (1992); Holm (1979)",
    ("A step that is meant to be repeated, such as a yearly review, counts like any other.",),
)


@question("U3.5", "What do they have to do again?", version=2)
def repeats(view: View) -> Answer:
    """Return which steps are done more than once in a case, in how many cases, and the days spent going round.

    Counts are complete and have no sampling error; intervals say how far chance alone could move the
    shares for customers like these. Not for steps that are meant to be repeated.
    """
    summary = _summary(view)
    return Answer(
        sentence=_sentence(view),
        tables={"summary": summary, "steps": _steps(view)} | _compared(view, summary),
        pictures=(
            Chart(
                "steps",
                bars_with_intervals("step", "share", "share_low", "share_high", by="group" if view.grouped else ""),
                Sentence("'{steps.step}' is done again in {steps.share} of cases", "What is done again"),
                rows=10,
            ),
        ),
        caveats=(
            Sentence(
                "The counts are complete and have no sampling error; the intervals say how far chance alone "
                "could move the shares for customers like these."
            ),
            Sentence("A step that is meant to be repeated, such as a review, counts like any other."),
            Sentence("Going round in two steps at once counts the same days for both."),
            *comparison_caveats(view),
            *choice_caveats(view),
        ),
        method=METHOD,
        evidence=(view.evidence(),),
        standing=standing(
            Grounds(
                basis=view.log.basis,
                effective_number=view.group_sizes[0][1],
                known_coverage="coverage" in view.log.settings.confirmed,
                doubts=(*view.doubts("roles"), *small_groups([people for _, people in view.group_sizes])),
            )
        ),
    )


def _sentence(view: View) -> Sentence:
    if view.grouped:
        said = "{summary.share} of the cases of '{summary.group}' do at least one step again"
        made = "; {compared.comparisons|comparison|comparisons} made, {compared.standing_out|stands|stand} out."
        return Sentence(
            *([said + made] if compares_counts(view) else []),
            f"{said}.",
            "There are too few cases to say what is done again.",
        )
    return Sentence(
        "{summary.share} of cases do at least one step again; '{steps.step}' most often, in {steps.cases|case|cases}.",
        "{summary.share} of cases do at least one step again.",
        "Hardly any case does a step again, or too few to say.",
    )


def _summary(view: View) -> Table:
    columns = (
        *group_columns(view),
        Column("cases", "count", "cases", "Cases that do a step again", base="people"),
        *share_columns("Share of cases", ("cases", "group_cases"), base="people"),
        Column("extra_events", "count", "events", "Extra events", base="people"),
        Column("group_cases", "count", "cases", "Cases in all"),
        Column("people", "base"),
        Column("group_people", "base"),
    )
    found = {grp: rest for grp, *rest in each(flows.rework(view), "grp", "cases", "people", "extra")}
    effects = design_effects(view, "(SELECT DISTINCT case_no FROM events WHERE NOT first_visit)")
    rows = []
    for place in range(len(view.groups)):
        cases, people, extra = found.get(place, (0, 0, 0))
        in_all, everyone = view.group_sizes[place]
        row: dict[str, Value] = {**group_cell(view, place), "cases": cases}
        row |= share_cells(cases, in_all, effects.get((place,), in_all / everyone))
        row |= {"extra_events": extra, "group_cases": in_all, "people": people, "group_people": everyone}
        rows.append(row)
    title = "Cases that do at least one step again"
    return Table.of_rows(columns, rows, base="group_people", partition=partition(view), title=title)


def _steps(view: View) -> Table:
    columns = (
        *group_columns(view),
        Column("step", "label", title="Step"),
        Column("cases", "count", "cases", "Cases that do it again"),
        *share_columns("Share of cases", ("cases", "group_cases")),
        Column("extra_events", "count", "events", "Extra events"),
        Column("at_once", "count", "events", "Of which at once"),
        Column("after_others", "count", "events", "After other steps"),
        Column("mean_days", "mean", "days", "Mean days going round"),
        Column("days", "total", "customer days", "Days going round in all", of=("mean_days", "cases")),
        Column("group_cases", "count", "cases", "Cases in all", base="group_people"),
        Column("people", "base"),
        Column("group_people", "base"),
    )
    again = "(SELECT DISTINCT case_no, activity FROM events WHERE NOT first_visit)"
    effects = design_effects(view, again, "activity")
    rows = []
    for grp, activity, cases, people, extra, immediate, days in each(
        flows.repeats(view), "grp", "activity", "cases", "people", "extra", "immediate", "days"
    ):
        in_all, everyone = view.group_sizes[grp]
        row: dict[str, Value] = {**group_cell(view, grp), "step": view.activities[activity], "cases": cases}
        row |= share_cells(cases, in_all, effects.get((grp, activity), 1.0))
        row |= {"extra_events": extra, "at_once": immediate, "after_others": extra - immediate}
        row |= {"mean_days": days / cases, "days": days}
        rows.append(row | {"group_cases": in_all, "people": people, "group_people": everyone})
    return Table.of_rows(
        columns,
        rows,
        base="people",
        small="drop",
        partition=partition(view),
        disjoint=False,
        title="Steps done again within a case",
    )


Group = tuple[NDArray[Any], NDArray[Any], NDArray[Any]]


def _by_customer(view: View) -> list[Group]:
    """Return, for each group, how many cases of each customer do a step again, of how many, and whose they are."""
    found = view.columns(
        "SELECT grp, customer, count(*) AS cases, count(again.case_no) AS hits FROM cases LEFT JOIN "
        f"(SELECT DISTINCT case_no FROM {view.flow()} WHERE NOT first_visit) AS again USING (case_no) "
        "GROUP BY grp, customer ORDER BY grp, customer"
    )
    return [
        (found["hits"][mine], found["cases"][mine], found["customer"][mine])
        for mine in (found["grp"] == place for place in range(len(view.groups)))
    ]


def _compared(view: View, summary: Table) -> dict[str, Table]:
    """Return each group's share against the largest group's, corrected for all comparisons made."""
    if not compares_counts(view):
        return {}
    columns = (
        Column("group", "label", title=group_title(view)),
        Column("against", "label", title="Against"),
        *comparison_columns("Two-share test"),
        Column("people", "base"),
    )
    first, *others = summary.rows()
    if view.repeat_customers:
        largest, *rest = _by_customer(view)
        raw = [clustered_share_p(group, largest) for group in rest]
    else:
        whole = first["cases"], first["group_cases"]
        raw = [float(two_share_p(row["cases"], row["group_cases"], *whole)) for row in others]
    rows: list[dict[str, Value]] = [
        {
            "group": row["group"],
            "against": first["group"],
            "people": min(int(row["people"] or 0), int(first["people"] or 0)),
            **cells,
        }
        for row, cells in zip(others, comparison_cells(raw), strict=True)
    ]
    title = "Do the groups differ beyond chance?"
    return {"compared": Table.of_rows(columns, rows, base="people", disjoint=False, title=title)}
