"""What an answer in two groups says of both sides: the figures, their differences, and what was tested."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from math import nan

from outward.answers import Column, Mark, Value
from outward.disclosure.released import ReleasedTable
from outward.methods.differences import Known, difference, difference_p

ROWS_AT_MOST = 5
COMPARABLE = ("share", "estimate", "quantile")
"""Kinds of figures that can be compared between sides of different size."""
LABELS = ("label", "date")
RANGES = "From the likely ranges"
"""The test of a difference whose question makes none: its p-value is not corrected before."""
ALLOW_FOR_OPEN = ("estimate", "quantile")
"""Kinds of figures that allow for open cases, so that they can be compared whatever time cases have had."""
POOLED = ("other", "all other routes")
"""Rows in which release and questions count the rest together: another rest on each side."""
OF_COMPARISON = ("group", "against", "stands_out", "comparisons", "standing_out")

Labels = tuple[tuple[Column, Value], ...]
"""What a row is about: each label with its column."""
Tables = Mapping[str, ReleasedTable]


@dataclass(frozen=True)
class Reading:
    """One figure of one side as it was released, or the difference of two.

    Attributes:
        value: the figure; None where it was not released.
        low: lower end of its interval, where it has one.
        high: upper end.
        mark: why there is no figure.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    mark: Mark | None = None

    @property
    def known(self) -> Known | None:
        """The figure with its interval; None where either is missing."""
        if self.value is None or self.low is None or self.high is None:
            return None
        return Known(self.value, self.low, self.high)


@dataclass(frozen=True)
class Figure:
    """One figure of both sides.

    Attributes:
        about: the labels of its row.
        column: what it is.
        readings: that of each side; empty where the question knows the difference alone.
        gap: the first less the second.
    """

    about: Labels
    column: Column
    readings: tuple[Reading, ...]
    gap: Reading


@dataclass(frozen=True)
class Tested:
    """One comparison that was tested: the test, and its p-value corrected over all that is compared.

    `column` is the figure that was tested; None where the test looks at the whole course.
    """

    about: Labels
    test: str
    p_value: float | None
    stands_out: bool
    column: Column | None = None


def figures(tables: Tables, names: tuple[str, str], *, of_both: bool = False) -> tuple[Figure, ...]:
    """Return the figures of both sides that tables in two groups hold, each with its difference.

    Of a table with labels, the first figure of each row alone.

    Args:
        tables: of one question, with a column 'group'.
        names: of the groups.
        of_both: only the rows that both sides have.
    """
    told = _differences(tables, names)
    table = next((one for one in tables.values() if _comparable(one)), None)
    if table is None:
        return tuple(told)
    columns = _comparable(table)
    labels = [column for column in table.columns if column.kind in LABELS and column.name != "group"]
    rows = [pair for pair in _by_label(table, labels, names) if not of_both or None not in pair]
    found = [_figure(table, column, labels, pair) for pair in rows for column in (columns[:1] if labels else columns)]
    return (*(_with_own_difference(one, told) for one in found), *(one for one in told if one.column.kind == "mean"))


def most_apart(found: Sequence[Figure]) -> tuple[Figure, ...]:
    """Return the few figures that differ most, where there are many rows with labels."""
    if len(found) <= ROWS_AT_MOST or not found[0].about:
        return tuple(found)
    return tuple(sorted(found, key=lambda one: -_apart(one))[:ROWS_AT_MOST])


def _comparable(table: ReleasedTable) -> list[Column]:
    if "group" not in table.values or "against" in table.values:
        return []
    return [column for column in table.columns if column.kind in COMPARABLE]


Pair = tuple[int | None, int | None]
"""The row of each side that bears the same labels."""


def _by_label(table: ReleasedTable, labels: Sequence[Column], names: tuple[str, str]) -> list[Pair]:
    found: dict[tuple[Value, ...], list[int | None]] = {}
    for place, row in enumerate(table.rows()):
        if row["group"] in names:
            key = tuple(row[column.name] for column in labels)
            if key and key[-1] in POOLED:
                continue
            found.setdefault(key, [None, None])[names.index(str(row["group"]))] = place
    return [(pair[0], pair[1]) for pair in found.values()]


def _figure(table: ReleasedTable, column: Column, labels: Sequence[Column], pair: Pair) -> Figure:
    row = next(place for place in pair if place is not None)
    about = tuple((label, table.values[label.name][row]) for label in labels)
    readings = tuple(_reading(table, column, place) for place in pair)
    return Figure(about, column, readings, _gap(*readings))


def _reading(table: ReleasedTable, column: Column, row: int | None) -> Reading:
    if row is None:
        return Reading(mark="c")
    ends = {one.kind: one.name for one in table.columns if one.bounds == column.name}
    low, high = (number(table.values[ends[end]][row]) if end in ends else None for end in ("low", "high"))
    value = number(table.values[column.name][row])
    return Reading(value, low, high, table.marks[column.name][row] if value is None else None)


def number(value: Value) -> float | None:
    """Return a cell as a number; None where it is none."""
    return float(value) if isinstance(value, int | float) else None


def _gap(one: Reading, other: Reading) -> Reading:
    if one.value is None or other.value is None:
        return Reading(mark="x")
    if one.known and other.known:
        return Reading(*difference(one.known, other.known))
    return Reading(one.value - other.value)


def _apart(figure: Figure) -> float:
    """Return how far two sides are apart, for the order; a masked share counts as none or all."""
    ends = {"low": 0.0, "high": 1.0}
    seen = [one.value if one.value is not None else ends.get(one.mark or "", nan) for one in figure.readings]
    gap = abs(seen[0] - seen[1])
    return gap if gap == gap else -1.0


def _differences(tables: Tables, names: tuple[str, str]) -> list[Figure]:
    """Return the differences that the question itself worked out, turned to be the first side less the second."""
    found = []
    for table in tables.values():
        if "against" not in table.values:
            continue
        bounded = {column.bounds for column in table.columns if column.kind in ("low", "high")}
        for column in (one for one in table.columns if one.name in bounded):
            for place, row in enumerate(table.rows()):
                gap = _reading(table, column, place)
                turned = gap if row["group"] == names[0] else _turned(gap)
                found.append(Figure(_about(table, place), column, (), turned))
    return found


def _turned(gap: Reading) -> Reading:
    value, low, high = (None if one is None else -one for one in (gap.value, gap.high, gap.low))
    return replace(gap, value=value, low=low, high=high)


def _about(table: ReleasedTable, row: int) -> Labels:
    own = [one for one in table.columns if one.kind in (*LABELS, "number") and one.name not in OF_COMPARISON]
    return tuple((column, table.values[column.name][row]) for column in own)


def _with_own_difference(figure: Figure, told: Sequence[Figure]) -> Figure:
    """Return the figure with the question's own difference, where it worked one out for the same labels."""
    labels = [value for _, value in figure.about]
    for one in told:
        if one.column.kind == "difference" and labels and [value for _, value in one.about] == labels:
            return replace(figure, gap=one.gap)
    return figure


def tests(tables: Tables) -> tuple[Tested, ...]:
    """Return the tests that an answer made between its groups, as it corrected them itself."""
    found = []
    for table in tables.values():
        if not {"against", "p_value", "stands_out", "comparisons"} <= set(table.values):
            continue
        test = table.column("p_value").heading.removesuffix(", corrected")
        for place, row in enumerate(table.rows()):
            about = tuple(one for one in _about(table, place) if one[0].kind in LABELS)
            found.append(Tested(about, test, number(row["p_value"]), row["stands_out"] == "yes"))
    return tuple(found)


def range_tests(found: Sequence[Figure], kinds: Collection[str] = ALLOW_FOR_OPEN) -> tuple[Tested, ...]:
    """Return a test of each difference that has an interval, for a question that makes no tests itself.

    Args:
        found: all figures that are compared, not only those on show.
        kinds: of the figures that are tested.
    """
    return tuple(
        Tested(one.about, RANGES, difference_p(one.gap.known), stands_out=False, column=one.column)
        for one in found
        if one.gap.known and one.readings and one.column.kind in kinds
    )
