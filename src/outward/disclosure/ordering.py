"""The order of rows, so that it says no more than the released figures do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from outward.answers import Table, Value
from outward.disclosure.parts import wholes
from outward.disclosure.pooling import is_pooled
from outward.disclosure.rounding import number

KEYS = ("label", "number", "date")
Key = tuple[tuple[float, str], ...]
START, END = "▶", "■"
FIRST_AND_LAST = {START: -1.0, END: 1.0}
"""Where the beginning and the end of a journey stand among steps whose figures are equal."""


def said_by_release(table: Table, released: Mapping[str, Sequence[Value]]) -> list[int]:
    """Return the order of rows that the released figures alone would give.

    Rows sorted by an exact figure would tell which of two equal rounded counts is the larger. Where
    a column of figures rises or falls all the way (in the table, or in each whole), rows are sorted
    by its released cells, then by their labels; hidden cells come last, a pooled row after them. Any
    other order of rows says nothing about their figures, and stays.

    Args:
        table: the rows before rounding.
        released: column name to its released cells; columns that are not shown are missing.
    """
    rows = list(range(len(table)))
    if all(column.kind in KEYS for column in table.columns):
        return rows
    keys = [_key(table, row) for row in rows]
    parts = wholes(table)
    if [row for part in parts for row in part] != rows:
        parts = [rows]
    varying = [
        column.name for column in table.columns if column.kind not in KEYS and _varies(table, column.name, parts)
    ]
    for groups in ([rows], parts):
        if all(_ordered([keys[row] for row in _own(table, group)]) for group in groups):
            return rows
        for name in varying:
            way = _way(table, name, groups)
            if way:
                by = released.get(name) or _first_figures(table, released)
                ordered = [_sorted(table, group, by, way, keys) for group in groups]
                return [row for group in _wholes_sorted(table, released, ordered, keys) for row in group]
    return [row for group in _wholes_sorted(table, released, parts, keys) for row in group]


def _varies(table: Table, name: str, parts: Sequence[Sequence[int]]) -> bool:
    """Return whether a figure differs within some whole: one that does not tells the wholes apart alone."""
    return len(parts) == 1 or any(len({table.values[name][row] for row in part}) > 1 for part in parts)


def _wholes_sorted(
    table: Table, released: Mapping[str, Sequence[Value]], groups: Sequence[list[int]], keys: Sequence[Key]
) -> list[list[int]]:
    """Return the wholes in the order that the released figures alone would give, by what all rows of each share."""
    if len(groups) < 2:
        return list(groups)
    first = [group[0] for group in groups]
    for column in table.columns:
        if column.kind in KEYS or _varies(table, column.name, groups):
            continue
        way = _way(table, column.name, [first])
        if way:
            by = released.get(column.name) or _first_figures(table, released)
            place = {row: at for at, row in enumerate(_sorted(table, first, by, way, keys))}
            return sorted(groups, key=lambda group: place[group[0]])
    return list(groups)


def _own(table: Table, group: Sequence[int]) -> list[int]:
    return [row for row in group if not is_pooled(table, row)]


def _ordered(keys: Sequence[Key]) -> bool:
    return all(one <= other for one, other in pairwise(keys))


def _key(table: Table, row: int) -> Key:
    cells = (table.values[column.name][row] for column in table.columns if column.kind in KEYS)
    return tuple((number(cell) or FIRST_AND_LAST.get(str(cell), 0.0), str(cell)) for cell in cells)


def _way(table: Table, name: str, groups: Sequence[Sequence[int]]) -> int:
    """Return 1 where the column rises in every group, -1 where it falls, 0 where it does neither."""
    ways = set()
    for group in groups:
        found = [number(table.values[name][row]) for row in _own(table, group)]
        known = [value for value in found if value is not None]
        for one, other in pairwise(known):
            ways.add((other > one) - (other < one))
    ways.discard(0)
    return ways.pop() if len(ways) == 1 else 0


def _first_figures(table: Table, released: Mapping[str, Sequence[Value]]) -> Sequence[Value]:
    """Return the first column of released counts, by which rows stand that a hidden column ordered."""
    counts = (released[column.name] for column in table.columns if column.kind == "count")
    return next(counts, [None] * len(table))


def _sorted(table: Table, group: Sequence[int], by: Sequence[Value], way: int, keys: Sequence[Key]) -> list[int]:
    def place(row: int) -> tuple[bool, bool, float, Key]:
        value = number(by[row])
        return is_pooled(table, row), value is None, way * (value or 0.0), keys[row]

    return sorted(group, key=place)
