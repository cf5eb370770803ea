"""Rows with too few people: left out, or pooled into a row 'other'."""

from __future__ import annotations

from collections.abc import Sequence

from outward.answers import Column, Table, Value
from outward.disclosure.parts import wholes
from outward.disclosure.people import behind_rows, small
from outward.disclosure.released import Policy
from outward.disclosure.rounding import number

OTHER = "other"


def without_small_rows(table: Table, policy: Policy) -> Table:
    """Return the table without the rows that its `small` does not let stand.

    A pooled row holds at least the threshold of people: if the small rows of one whole do not reach
    it together, the next smallest row joins them; if all rows of the whole do not, none is shown.
    """
    people = behind_rows(table)
    if people is None or table.small == "mark":
        return table
    kept: list[dict[str, Value]] = []
    rows = list(table.rows())
    for whole in wholes(table):
        pool, stay = _pool(table, people, whole, policy)
        kept += [rows[row] for row in stay]
        if pool:
            kept.append(_pooled(table, [rows[row] for row in pool], [rows[row] for row in whole]))
    return _with_rows(table, kept)


def _pool(table: Table, people: Sequence[float], whole: list[int], policy: Policy) -> tuple[list[int], list[int]]:
    """Return the rows of one whole that are pooled, and those that stay."""
    few = [row for row in whole if small(people[row], policy)]
    stay = [row for row in whole if not small(people[row], policy)]
    if table.small == "drop" or not few:
        return [], stay
    waiting = sorted(stay, key=lambda row: (people[row], _label(table, row)))
    while waiting and small(_together(table, people, few), policy):
        few.append(waiting.pop(0))
    if small(_together(table, people, few), policy):
        return [], []
    return few, [row for row in stay if row not in set(few)]


def _label(table: Table, row: int) -> tuple[str, ...]:
    return tuple(str(table.values[column.name][row]) for column in table.columns if column.kind == "label")


def _together(table: Table, people: Sequence[float], rows: Sequence[int]) -> float:
    bases = [max(people[row], 0.0) for row in rows]
    return sum(bases) if table.disjoint else max(bases)


def _pooled(table: Table, rows: list[dict[str, Value]], whole: list[dict[str, Value]]) -> dict[str, Value]:
    return {
        column.name: _pooled_cell(
            table, column, [row[column.name] for row in rows], [row[column.name] for row in whole]
        )
        for column in table.columns
    }


def _pooled_cell(table: Table, column: Column, cells: list[Value], whole: list[Value]) -> Value:
    if column.name in table.partition:
        return cells[0]
    if column.kind == "label":
        return OTHER
    numbers = [found for found in (number(cell) for cell in cells) if found is not None]
    if column.kind not in ("count", "base") or len(numbers) < len(cells):
        return None
    if _is_whole(table, column) and len(set(whole)) == 1:
        return cells[0]
    adds = table.disjoint or (column.kind == "count" and column.unit in ("cases", "events"))
    if adds:
        return sum(numbers)
    return max(numbers) if column.kind == "base" else None


def is_pooled(table: Table, row: int) -> bool:
    """Return whether this is a row 'other'."""
    labels = [column.name for column in table.columns if column.kind == "label"]
    own = [name for name in labels if name not in table.partition]
    return bool(own) and all(table.values[name][row] == OTHER for name in own)


def _is_whole(table: Table, column: Column) -> bool:
    """Return whether this is the denominator of a share, or the base of one: the same in every row."""
    wholes_of = [of for of in (one.of for one in table.columns) if of]
    names = {of[1] for of in wholes_of} - {of[0] for of in wholes_of}
    return column.name in names | {table.column(name).base for name in names}


def _with_rows(table: Table, rows: list[dict[str, Value]]) -> Table:
    settings = {name: getattr(table, name) for name in ("base", "small", "partition", "disjoint", "flow", "title")}
    return Table.of_rows(table.columns, rows, **settings)


def at_rows(table: Table, keep: Sequence[int]) -> Table:
    """Return the table with these rows only, in this order."""
    rows = list(table.rows())
    return _with_rows(table, [rows[row] for row in keep])
