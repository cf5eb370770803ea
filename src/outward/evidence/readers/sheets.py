"""Where the table stands in a sheet: below its titles, above its notes, with merged cells filled."""

from __future__ import annotations

import datetime
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from outward.catalogue import Progress
from outward.errors import BadInput
from outward.evidence.readers.dialect import MOST_COLUMNS
from outward.untrusted.sheet_bounds import MOST_CELLS, SAVE_AS_CSV

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

LOOKED_AT = 200
HEADER_WITHIN = 50
Merged = Sequence[tuple[int, int, int, int]]


@dataclass(frozen=True)
class Table:
    """A table found in a sheet; rows and columns are counted from 0 at the sheet's corner.

    Attributes:
        name: the sheet's name.
        header: what stands in the header's cells.
        header_row: the header's row.
        last_row: the last row of the table.
        first_column: the column of the header's first cell.
        rows: rows below the header that are not blank.
        notes: rows below the table that are no rows of it.
        titles: rows above the header that are not blank.
        merged: merged cells as (row, column, rows, columns).
    """

    name: str
    header: tuple[str, ...]
    header_row: int
    last_row: int
    first_column: int
    rows: int
    notes: int
    titles: int
    merged: Merged = ()


def find_table(sheet: CalamineSheet, progress: Progress) -> Table | None:
    """Return the table of a sheet; None where it holds none with a row below its header.

    The header is the first row with nearly as many filled cells as most rows have. Below the table, rows
    with a single filled cell are notes, and rows with two after an empty row.

    Args:
        sheet: the sheet.
        progress: asked whether to go on.

    Raises:
        BadInput: the table has too many columns.
    """
    counts, first = array("I"), list[tuple[int, list[Any]]]()
    for number, row in enumerate(sheet.iter_rows()):
        if number % 10_000 == 0:
            progress.advance(0.6, "Looking for the table")
        filled = len(row) - row.count("")
        counts.append(filled)
        if filled and len(first) < LOOKED_AT:
            first.append((number, row))
    header_row = _header(first)
    if header_row is None:
        return None
    last_row = _last(counts, header_row)
    rows = sum(1 for number in range(header_row + 1, last_row + 1) if counts[number])
    cells = next(row for number, row in first if number == header_row)
    left, right = _across(cells, first, header_row)
    if not rows or right - left < 2:
        return None
    if right - left > MOST_COLUMNS:
        raise BadInput(
            f"The sheet '{sheet.name}' has {right - left:,} columns; at most {MOST_COLUMNS:,} can be read. "
            "Leave out the columns that are not needed."
        )
    offset = sheet.start[1] if sheet.start else 0
    return Table(
        sheet.name,
        tuple(written(cell) for cell in cells[left:right]),
        header_row,
        last_row,
        offset + left,
        rows,
        notes=sum(1 for number in range(last_row + 1, len(counts)) if counts[number]),
        titles=sum(1 for number in range(header_row) if counts[number]),
    )


def _filled(row: list[Any]) -> int:
    return len(row) - row.count("")


def _header(first: list[tuple[int, list[Any]]]) -> int | None:
    """The first row with nearly as many cells as most rows have, most of them words."""
    wide = [(number, row) for number, row in first if _filled(row) > 1]
    if not wide:
        return None
    usual = Counter(_filled(row) for _, row in wide).most_common(1)[0][0]
    for number, row in wide:
        words = sum(isinstance(cell, str) and cell != "" for cell in row)
        if number <= first[0][0] + HEADER_WITHIN and _filled(row) >= 0.8 * usual and words * 2 > _filled(row):
            return number
    return wide[0][0]


def _across(cells: list[Any], first: list[tuple[int, list[Any]]], header_row: int) -> tuple[int, int]:
    """The first column of the header, and the one after the last that holds a header or a value below it."""
    filled = [place for place, cell in enumerate(cells) if cell != ""]
    below = [place for number, row in first if number > header_row for place, cell in enumerate(row) if cell != ""]
    return filled[0], max(filled[-1], *below, filled[0]) + 1 if below else filled[-1] + 1


def _last(counts: Sequence[int], header_row: int) -> int:
    """The last row of the table: below it stand blank rows and notes alone."""
    last = len(counts) - 1
    while last > header_row and (counts[last] <= 1 or (counts[last] == 2 and not counts[last - 1])):
        last -= 1
    return last


def table_rows(sheet: CalamineSheet, table: Table) -> Iterator[list[str]]:
    """Yield the rows of the table as text, merged cells filled with what they hold; '' for an empty cell.

    Args:
        sheet: the sheet.
        table: what `find_table` found, with its merged cells.
    """
    offset = sheet.start[1] if sheet.start else 0
    left = table.first_column - offset
    right = left + len(table.header)
    fills = _fills(table)
    held: dict[int, tuple[int, str]] = {}
    for number, row in enumerate(sheet.iter_rows()):
        if number > table.last_row:
            break
        if number <= table.header_row or (_filled(row) == 0 and number not in fills and not held):
            continue
        cells = [written(cell) for cell in row[left:right]]
        blank = not any(cells)
        for column, down, across in fills.get(number, ()):
            value = cells[column]
            held.update(dict.fromkeys(range(column, column + across), (number + down - 1, value)))
        for place, (until, value) in list(held.items()):
            if number > until:
                del held[place]
            elif not cells[place]:
                cells[place] = value
        if not blank:
            yield cells


def _fills(table: Table) -> dict[int, list[tuple[int, int, int]]]:
    """The merged cells of the table by row: column within the table, rows down, columns across."""
    fills: dict[int, list[tuple[int, int, int]]] = {}
    total = 0
    for row, column, down, across in table.merged:
        place = column - table.first_column
        across = min(across, len(table.header) - place)
        if not table.header_row < row <= table.last_row or place < 0 or across < 1:
            continue
        total += min(down, table.last_row - row + 1) * across
        if total > MOST_CELLS:
            raise BadInput(f"The merged cells of the sheet '{table.name}' lie on top of one another. {SAVE_AS_CSV}")
        fills.setdefault(row, []).append((place, down, across))
    return fills


def with_merged(table: Table, sheet: CalamineSheet, merged: Merged) -> Table:
    """Return the table with its merged cells.

    Args:
        table: the table.
        sheet: its sheet, which knows them in an Excel workbook.
        merged: those of an OpenDocument workbook.
    """
    known = sheet.merged_cell_ranges
    if known is None:
        return replace(table, merged=merged)
    return replace(
        table, merged=tuple((top, left, bottom - top + 1, right - left + 1) for (top, left), (bottom, right) in known)
    )


def written(cell: Any) -> str:
    """Return a cell as text: a whole number without a point, a date as 2024-03-31.

    >>> written(1001.0), written(2.5), written(datetime.datetime(2024, 3, 31, 9, 30)), written(True)
    ('1001', '2.5', '2024-03-31 09:30:00', 'true')
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e17 else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(" ")
    if isinstance(cell, (datetime.date, datetime.time)):
        return cell.isoformat()
    return str(cell)
