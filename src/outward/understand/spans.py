"""From the first to the last recorded event of a case: what a file says without any assumption."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from outward.answers import Column, Table, Value
from outward.evidence.view import View, each
from outward.methods import flows
from outward.understand.groups import group_cell, group_columns, partition
from outward.understand.working import Working, day_unit


def spans(view: View, found: Working | None) -> Table:
    """Return the median and mean days from the first to the last event, ended or not.

    Args:
        view: the chosen cases.
        found: the same cases in working time; None where there is no calendar.
    """
    clocks = {"": (view, "")} | ({"working_": (found.view, "_working")} if found else {})
    columns = (
        *group_columns(view),
        Column("cases", "count", "cases", "Cases"),
        *(
            Column(f"median_{name}days", "quantile", day_unit(one), "Half span under", sides=_sides(after))
            for name, (one, after) in clocks.items()
        ),
        *(Column(f"mean_{name}days", "mean", day_unit(one), "Mean span") for name, (one, _) in clocks.items()),
        Column("people", "base"),
        *(Column(side, "base") for _, after in clocks.values() for side in _sides(after)),
    )
    rows: dict[int, dict[str, Value]] = {}
    for name, (one, after) in clocks.items():
        names = ("cases", f"median_{name}days", f"mean_{name}days", "people", *_sides(after))
        for grp, *cells in _spanned(one):
            rows[grp] = rows.get(grp, group_cell(view, grp)) | dict(zip(names, cells, strict=True))
    title = "From the first to the last recorded event, whether the case has ended or not"
    if view.log.settings.window_from:
        title += ", those that began before the extract's first day in full"
    return Table.of_rows(columns, rows.values(), base="people", partition=partition(view), title=title)


def _sides(after: str) -> tuple[str, str]:
    return f"below{after}", f"above{after}"


def _spanned(view: View) -> Iterator[tuple[Any, ...]]:
    """Yield, for each group: its place, cases, median and mean span, people, and those below and above the median."""
    found = view.columns(
        "WITH lasted AS (SELECT grp, customer, span_days AS span FROM cases), "
        "middles AS (SELECT grp, median(span) AS middle FROM lasted GROUP BY grp) "
        "SELECT grp, count(*) AS cases, any_value(middle) AS median_days, sum(span) / count(*) AS mean_days, "
        f"{view.people} AS people, {flows.beside(view.people, 'span')} "
        "FROM lasted JOIN middles USING (grp) GROUP BY grp ORDER BY grp"
    )
    return each(found, "grp", "cases", "median_days", "mean_days", "people", "below", "above")
