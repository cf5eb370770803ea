"""Where no step is known to end a case: what can be told all the same, and what would settle it."""

from __future__ import annotations

from outward.answers import Basis, Column, Grounds, Level, Sentence, Standing, Table, standing
from outward.evidence.view import View, each
from outward.methods import flows
from outward.understand.groups import group_cell, group_columns, partition

STEPS_AT_MOST = 20


def unended(view: View) -> Standing:
    """Return the standing of an answer that needs endings, where none is known.

    Args:
        view: the cases; made-up ones earn their own standing.
    """
    if view.log.basis is Basis.MADE_UP:
        return standing(Grounds(view.log.basis, effective_number=0))
    why, settle = "it is not known which steps end a case", "say which steps end a case, and how"
    return Standing(Level.CANNOT_TELL, (why, settle))


def unended_caveat() -> Sentence:
    """Return how the table of last steps helps to say which of them end a case."""
    return Sentence(
        "A step that ends a case is the last one in nearly every case that has it: the highest shares of cases with "
        "the step point to them."
    )


def last_so_far(view: View) -> Table:
    """Return the steps that are the last of a case so far: among them are those that end one."""
    columns = (
        *group_columns(view),
        Column("step", "label", title="Last step so far"),
        Column("cases", "count", "cases", "Cases"),
        Column("share", "share", "share", "Share of all cases", of=("cases", "group_cases")),
        Column("step_share", "share", "share", "Share of cases with the step", of=("cases", "step_cases")),
        Column("step_cases", "count", "cases", "Cases with the step", base="step_people"),
        Column("group_cases", "count", "cases", "Cases in all", base="group_people"),
        *(Column(name, "base") for name in ("people", "step_people", "group_people")),
    )
    seen = {
        (grp, activity): (cases, people)
        for grp, activity, cases, people in each(flows.steps(view), "grp", "activity", "cases", "people")
    }
    rows, shown = [], dict.fromkeys(range(len(view.groups)), 0)
    for grp, side, activity, cases, people in each(flows.ends(view), "grp", "side", "activity", "cases", "people"):
        if side == 0 or shown[grp] == STEPS_AT_MOST:
            continue
        shown[grp] += 1
        in_all, everyone = view.group_sizes[grp]
        step_cases, step_people = seen[grp, activity]
        row = {**group_cell(view, grp), "step": view.activities[activity], "cases": cases, "share": cases / in_all}
        row |= {"step_share": cases / step_cases, "step_cases": step_cases, "group_cases": in_all}
        rows.append(row | {"people": people, "step_people": step_people, "group_people": everyone})
    title = "After which step nothing more has happened so far"
    return Table.of_rows(columns, rows, base="people", small="drop", partition=partition(view), title=title)
