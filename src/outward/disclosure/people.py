"""How many people stand behind each cell and each row: what every other rule leans on."""

from __future__ import annotations

from outward.answers import Column, Table
from outward.disclosure.released import Policy
from outward.disclosure.rounding import number

UNKNOWN = -1.0
"""The base of a cell whose base is not known: under any threshold, and no zero either."""


def small(people: float, policy: Policy) -> bool:
    """Return whether a figure about so many people must not be shown."""
    return people < policy.threshold and not (people == 0 and policy.zeros_shown)


def behind(table: Table, name: str) -> list[float]:
    """Return the numbers in a column of bases or counts; an empty cell is an unknown base."""
    numbers = [number(value) for value in table.values[name]]
    return [UNKNOWN if found is None else float(found) for found in numbers]


def behind_cells(table: Table, column: Column) -> list[float]:
    """Return the people behind each cell of a column.

    That is the fewest of the row's base, the column's base and, for a count, the count itself: a
    count of customers, cases or events never has more people behind it than it counts. A figure
    that names no base at all has an unknown one, and will be hidden.
    """
    names = [name for name in (table.base, column.base) if name]
    if column.kind == "base" or (column.kind == "count" and (names or column.unit != "events")):
        names.append(column.name)
    elif column.kind == "share" and column.of:
        names += [name for name in column.of if name]
    elif not names and column.kind in ("estimate", "difference") and column.of:
        names.append(column.of[1])
    elif not names and column.kind == "quantile" and column.sides:
        names += column.sides
    assert names, f"column {column.name} ({column.kind}) needs a base of people"
    if not names:
        return [UNKNOWN] * len(table)
    return [min(cells) for cells in zip(*(behind(table, name) for name in names), strict=True)]


def behind_rows(table: Table) -> list[float] | None:
    """Return the people behind each row: the table's base, else its first count; None where it has none."""
    if table.base:
        return behind(table, table.base)
    for column in table.columns:
        if column.kind == "count":
            return behind_cells(table, column)
    return None
