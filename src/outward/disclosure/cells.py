"""One column's cells as they may be shown: a rule for each kind of figure."""

from __future__ import annotations

from dataclasses import dataclass

from outward.answers import KEPT, Column, Mark, Table, Value
from outward.disclosure.parts import guard_parts
from outward.disclosure.people import behind, behind_cells, small
from outward.disclosure.released import Policy
from outward.disclosure.rounding import DECIMALS, gridded, nearest, number, plain, significant
from outward.wilson import score_limits

Cell = tuple[Value, Mark | None]
ENDS = ("low", "high")
GRIDDED = ("estimate", "difference")


@dataclass(frozen=True)
class Rules:
    """What the cells of one table are released under.

    Attributes:
        table: the rows that may be shown, not yet rounded.
        policy: the rules for small numbers.
        counts: each column of counts or bases as released, None where hidden.
    """

    table: Table
    policy: Policy
    counts: dict[str, list[int | None]]


def rules(table: Table, policy: Policy) -> Rules:
    """Return the rules for the cells of a table, its counts rounded and guarded."""
    counts = {
        column.name: _rounded(table, column, policy) for column in table.columns if column.kind in ("count", "base")
    }
    shown = {name: cells for name, cells in counts.items() if table.column(name).kind == "count"}
    return Rules(table, policy, {**counts, **guard_parts(table, shown, policy)})


def _rounded(table: Table, column: Column, policy: Policy) -> list[int | None]:
    people = behind_cells(table, column)
    numbers = [number(value) for value in table.values[column.name]]
    cells: list[int | None] = []
    for found, base in zip(numbers, people, strict=True):
        if found == 0 and policy.zeros_shown:
            cells.append(0)
        else:
            few = found is None or small(base, policy)
            cells.append(None if found is None or few else nearest(found, policy.rounding))
    return cells


def released_column(under: Rules, column: Column) -> list[Cell]:
    """Return the cells of a column as they may be shown, each with its mark."""
    if column.kind == "count":
        return [_count(under, column, row) for row in range(len(under.table))]
    if column.kind in KEPT:
        return _kept(under, column)
    if column.kind in ENDS and column.bounds:
        return _ends(under, column)
    return _figures(under, column)


def _count(under: Rules, column: Column, row: int) -> Cell:
    found = under.counts[column.name][row]
    if found is not None:
        return found, None
    return None, "x" if under.table.values[column.name][row] is None else "c"


def _kept(under: Rules, column: Column) -> list[Cell]:
    """Words, ranks and days stay; one that names its own base goes with it.

    A day on which something happened first or last is one person's: its month is said.
    """
    months = column.kind == "date" and column.unit == "day"
    cells = [_plain(str(value)[:7] if months and value else value) for value in under.table.values[column.name]]
    if not column.base:
        return cells
    bases = _own(under, column)
    return [(None, "c") if small(base, under.policy) else cell for cell, base in zip(cells, bases, strict=True)]


def _plain(value: Value) -> Cell:
    if isinstance(value, str):
        return value, None
    value = plain(value)
    if isinstance(value, float) and not value.is_integer():
        value = significant(value, 3) if abs(value) < 100 else float(round(value))
    return value, "z" if value is None else None


def _figures(under: Rules, column: Column) -> list[Cell]:
    sides = _sides(under, column)
    people = _own(under, column) if column.kind == "share" else behind_cells(under.table, column)
    return [
        (None, "c") if small(min(base, sides[row]), under.policy) else _figure(under, column, row)
        for row, base in enumerate(people)
    ]


def _own(under: Rules, column: Column) -> list[float]:
    """Return the base that the column itself names: enough people where it names none."""
    return behind(under.table, column.base) if column.base else [float("inf")] * len(under.table)


def _sides(under: Rules, column: Column) -> list[float]:
    """Return the fewer of the people below and above a quantile; none where the column does not say."""
    quantile = column.kind == "quantile" or _bounds_quantile(under, column)
    if not quantile or not under.policy.sides_needed:
        return [float("inf")] * len(under.table)
    if not column.sides:
        return [-1.0] * len(under.table)
    below, above = (behind(under.table, name) for name in column.sides)
    return [min(pair) for pair in zip(below, above, strict=True)]


def _bounds_quantile(under: Rules, column: Column) -> bool:
    return column.kind in ENDS and bool(column.bounds) and under.table.column(column.bounds).kind == "quantile"


def _total(under: Rules, column: Column, row: int) -> Cell:
    """Return the released mean times the released count: a total as it is would tell the count apart."""
    mean_name, count_name = column.of or ("", "")
    mean, count = number(plain(under.table.values[mean_name][row])), under.counts[count_name][row]
    if mean is None or count is None:
        return None, "c"
    return significant(significant(mean, 3) * count, 3), None


def _figure(under: Rules, column: Column, row: int) -> Cell:
    if column.kind == "share":
        return _share(under, column, row)
    value = number(plain(under.table.values[column.name][row]))
    if value is None:
        return None, "x"
    if column.kind == "total":
        return _total(under, column, row)
    if column.kind in GRIDDED:
        return _estimate(under, column, row, value)
    if column.kind == "p_value":
        return max(0.001, significant(value, 2)), None
    towards = -1 if column.kind == "low" else 1 if column.kind == "high" else 0
    return significant(value, 3, towards), None


def _of(column: Column) -> tuple[str, str]:
    assert column.of is not None, f"{column.kind} {column.name} does not say what it is of"
    return column.of


def _share(under: Rules, column: Column, row: int) -> Cell:
    part, whole = (under.counts[name][row] for name in _of(column))
    if part is None or whole is None:
        return None, "c"
    if whole == 0:
        return None, "z"
    if under.policy.ends_masked and part in (0, whole):
        return None, "high" if part else "low"
    return round(part / whole, DECIMALS), None


def _estimate(under: Rules, column: Column, row: int, value: float) -> Cell:
    whole = under.counts[_of(column)[1]][row]
    if not whole:
        return None, "c"
    found = gridded(value, whole, under.policy.rounding, least=_least(column))
    if under.policy.ends_masked and found in ((-1.0, 1.0) if column.kind == "difference" else (0.0, 1.0)):
        return None, "high" if found else "low"
    return found, None


def _ends(under: Rules, column: Column) -> list[Cell]:
    """An interval goes with its figure, and is rounded outward or worked out anew as that is."""
    figure = under.table.column(column.bounds)
    figures = released_column(under, figure)
    if figure.kind == "share":
        return [_share_end(under, column, figure, row, cell) for row, cell in enumerate(figures)]
    sides = _sides(under, column)
    own = _own(under, column)
    cells: list[Cell] = []
    for row, (_, mark) in enumerate(figures):
        value = number(plain(under.table.values[column.name][row]))
        if mark not in (None, "x"):
            cells.append((None, mark))
        elif small(min(own[row], sides[row]), under.policy):
            cells.append((None, "c"))
        else:
            cells.append((None, "x") if value is None else _end(under, column, figure, row, value))
    return cells


def _least(column: Column) -> float:
    return -1.0 if column.kind == "difference" else 0.0


def _share_end(under: Rules, column: Column, figure: Column, row: int, cell: Cell) -> Cell:
    """Return an end worked out from the released counts; more of the design effect would tell of the exact ones."""
    if cell[1] is not None:
        return None, cell[1]
    part, whole = (under.counts[name][row] for name in _of(figure))
    if part is None or not whole or part > whole:
        return None, "x"
    effect = number(under.table.values[column.effect][row]) if column.effect else 1.0
    if effect is None:
        return None, "x"
    end = score_limits(part / whole, whole / significant(max(effect, 1.0), 2, towards=1))[column.kind == "high"]
    return round(min(1.0, max(0.0, end)), DECIMALS), None


def _end(under: Rules, column: Column, figure: Column, row: int, value: float) -> Cell:
    towards = 1 if column.kind == "high" else -1
    if figure.kind in GRIDDED:
        whole = under.counts[_of(figure)[1]][row]
        return (gridded(value, whole, under.policy.rounding, towards, _least(figure)), None) if whole else (None, "c")
    if figure.kind == "count":
        step = under.policy.rounding
        return int((value // step if towards < 0 else -(-value // step)) * step), None
    return significant(value, 3, towards), None
