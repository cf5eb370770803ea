"""The released tables of two data sets as tables in two groups, and which of their words mean the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from outward.answers import Column, Mark, Value
from outward.disclosure.released import ReleasedTable

Tables = Mapping[str, ReleasedTable]


def joined(first: Tables, second: Tables, names: tuple[str, str]) -> dict[str, ReleasedTable]:
    """Return the tables that both have, each in two groups, with the columns that mean the same in both.

    Every cell is a cell of one of the two, as `release` made it; but for the spelling of labels nothing is changed.
    Labels of the second are spelled as the first spells them, where they are the same name.

    Args:
        first: released tables of the first side, not in groups.
        second: those of the second.
        names: what the groups are called.
    """
    return {name: _joined(table, second[name], names) for name, table in first.items() if name in second}


def _joined(one: ReleasedTable, other: ReleasedTable, names: tuple[str, str]) -> ReleasedTable:
    columns = [column for column in one.columns if _in(column, other)]
    columns = [column for column in columns if not column.bounds or column.bounds in [each.name for each in columns]]
    spelled = {
        column.name: same_names(_labels(one, column), _labels(other, column))
        for column in columns
        if column.kind == "label"
    }
    values: dict[str, tuple[Value, ...]] = {"group": (names[0],) * len(one) + (names[1],) * len(other)}
    marks: dict[str, tuple[Mark | None, ...]] = {"group": (None,) * (len(one) + len(other))}
    for column in columns:
        known = spelled.get(column.name, {})
        second = tuple(known.get(cell, cell) if isinstance(cell, str) else cell for cell in other.values[column.name])
        values[column.name] = one.values[column.name] + second
        marks[column.name] = one.marks[column.name] + other.marks[column.name]
    group = Column("group", "label", title="Side")
    left_out = one.rows_left_out or other.rows_left_out
    return replace(one, columns=(group, *columns), values=values, marks=marks, rows_left_out=left_out)


def _in(column: Column, other: ReleasedTable) -> bool:
    """Return whether another table has the column too, with the same meaning: its heading says within how many days."""
    return any(
        (one.name, one.kind, one.unit, one.title) == (column.name, column.kind, column.unit, column.title)
        for one in other.columns
    )


def _labels(table: ReleasedTable, column: Column) -> list[str]:
    return [cell for cell in table.values[column.name] if isinstance(cell, str)]


def same_names(first: Iterable[str], second: Iterable[str]) -> dict[str, str]:
    """Return each name of the second that is one of the first too, with how the first spells it.

    Names are the same where they are equal, or where they are equal but for capitals and spaces and no further
    name is.

    >>> same_names(["Apply", "Pay", "PAY"], ["APPLY ", "Pay", "pay"])
    {'Pay': 'Pay', 'APPLY ': 'Apply'}
    """
    ours, theirs = dict.fromkeys(first), dict.fromkeys(second)
    found = {name: name for name in theirs if name in ours}
    alike, also = (Counter(map(folded, some)) for some in (ours, theirs))
    spelled = {folded(name): name for name in ours}
    for name in theirs:
        key = folded(name)
        if name not in found and alike[key] == also[key] == 1:
            found[name] = spelled[key]
    return found


def folded(name: str) -> str:
    """Return a name without capitals and needless spaces.

    >>> folded("  Ask  for Evidence")
    'ask for evidence'
    """
    return " ".join(name.casefold().split())


def only_in_one(first: Iterable[str], second: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the names that only the first has, and those that only the second has, in their order.

    >>> only_in_one(["Apply", "Check"], ["apply", "Visit"])
    (['Check'], ['Visit'])
    """
    ours, theirs = list(dict.fromkeys(first)), list(dict.fromkeys(second))
    known = same_names(ours, theirs)
    return [name for name in ours if name not in known.values()], [name for name in theirs if name not in known]
