"""Reading a workspace's records from a workbook that people have changed, every problem at its sheet and row."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any

from outward.catalogue import Progress, Silent
from outward.errors import BadInput, NotFound
from outward.untrusted.archive import Archive
from outward.untrusted.sheet_bounds import MOST_PERCENT, Extent
from outward.untrusted.stream import head
from outward.untrusted.workbooks import archived_kind, checked_copy, old_office, opened
from outward.workspace.building import Row, wrong_with_each
from outward.workspace.contents import Name, Workspace
from outward.workspace.fields import Field, fields_of
from outward.workspace.problems import LACKING, TWICE, UNKNOWN, UNREADABLE, BadWorkspace, Place, Problem
from outward.workspace.records import Record, kinds
from outward.workspace.workbook.cells import Called, cell_name, percentage, value_from
from outward.workspace.workbook.layout import COLUMNS, EXPORTED, HOW_TO, sheet_of
from outward.workspace.workbook.naming import called_in, with_ids

MOST_CELLS = 2_000_000
"""Cells of all sheets, empty ones between them included: a hundred times what 5,000 records take."""

OLD = b"\xd0\xcf\x11\xe0"
NOT_PLAIN = {
    "formula": "The cell {cell} holds a formula, which Outward does not work out. Paste its value instead.",
    "tab": "The cell {cell} holds a tab, which would be lost. Write spaces instead.",
}
Cells = Sequence[Any]
Merged = list[tuple[int, int, int, int]]


@dataclass(frozen=True)
class Exported:
    """What was exported: the workspace, its revision, and a fingerprint of each record."""

    workspace: str
    revision: str
    records: Mapping[Name, str]


@dataclass(frozen=True)
class Incoming:
    """What a workbook or folder brings in.

    Attributes:
        rows: its records, not yet checked.
        columns: each kind that it holds, with the fields that it has a place for.
        stamp: what it was when it was exported; None where it does not say.
    """

    rows: tuple[Row, ...]
    columns: Mapping[str, frozenset[str]]
    stamp: Exported | None = None


@dataclass
class _Found:
    """What has been found so far."""

    rows: list[tuple[type[Record], dict[Field, Any], Place]] = field(default_factory=list)
    columns: dict[str, frozenset[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_workbook(path: Path, progress: Progress | None = None, workspace: Workspace | None = None) -> Incoming:
    """Return what a workbook brings in.

    Args:
        path: an .xlsx or .ods file.
        progress: told how far it has come; may stop it.
        workspace: what it is brought into, whose records its cells may mean by their titles; None for a new one.

    Raises:
        NotFound: there is no such file.
        BadInput: it is no workbook that can be read, or built to do harm.
        BadWorkspace: something in it cannot be read; says everything that is wrong, each with sheet and row.
    """
    progress = progress or Silent()
    kind = _kind(path)
    with tempfile.TemporaryDirectory(prefix="outward-") as scratch:
        copy = Path(scratch) / f"checked.{kind}"
        with Archive(path) as archive:
            if any("vbaproject" in name.lower() or name.startswith("Basic/") for name in archive.members):
                raise BadInput(f"The workbook '{path.name}' holds macros. Save it without them, as .xlsx or .ods.")
            extents = checked_copy(archive, copy, kind, progress)
        cells = sum(extent.rows * extent.columns for extent in extents.values())
        if cells > MOST_CELLS or any(len(extent.percent) >= MOST_PERCENT for extent in extents.values()):
            raise BadInput(f"The workbook '{path.name}' is larger than any workspace. Delete what is not its records.")
        with opened(copy, path.name) as book:
            return _read(path.name, dict(_sheets(book)), extents, workspace)


def _kind(path: Path) -> str:
    """Return 'xlsx' or 'ods'."""
    if not path.is_file():
        raise NotFound(f"There is no file '{path.name}'.")
    start = head(path, 8)
    if not start:
        raise BadInput(f"The file '{path.name}' is empty.")
    if start.startswith(OLD):
        raise old_office(path, ".xlsx or .ods")
    kind = archived_kind(path) if start.startswith(b"PK") else ""
    if kind not in ("xlsx", "ods"):
        raise BadInput(
            f"The file '{path.name}' is no workbook. Give an .xlsx or .ods file, or a ZIP file (.zip) of a workspace's "
            "folder."
        )
    return kind


def _sheets(book: Any) -> Iterator[tuple[str, tuple[list[Cells], Merged]]]:
    """Yield each sheet's name, its rows from its corner, and the merged cells that the library tells."""
    from python_calamine import SheetTypeEnum

    for one in book.sheets_metadata:
        if one.typ == SheetTypeEnum.WorkSheet and not one.name.lower().startswith("notes"):
            sheet = book.get_sheet_by_name(one.name)
            merged = [
                (top, left, bottom - top + 1, right - left + 1)
                for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
            ]
            yield one.name, (sheet.to_python(skip_empty_area=False), merged)


def _read(
    file: str,
    sheets: dict[str, tuple[list[Cells], Merged]],
    extents: Mapping[str, Extent],
    workspace: Workspace | None,
) -> Incoming:
    known = {_same(name): kind for kind in kinds().values() for name in (sheet_of(kind), kind.KIND, kind.TITLE)}
    others = {_same(HOW_TO), _same(COLUMNS), _same(EXPORTED)}
    found = _Found()
    for name, (rows, merged) in sheets.items():
        kind = known.get(_same(name))
        if kind is None:
            if _same(name) not in others and any(any(cell != "" for cell in row) for row in rows):
                here = {known.get(_same(one)) for one in sheets}
                hint = _hint(name, [sheet_of(one) for one in kinds().values() if one not in here])
                said = f"No kind of record is kept in a sheet of this name. {hint}Rename it, or begin its name with "
                found.problems.append(Problem(UNKNOWN, f"{said}'Notes' if it is your own.", Place(name)))
        elif kind.KIND in found.columns:
            found.problems.append(Problem(TWICE, f"There are two sheets for {kind.PLURAL}.", Place(name)))
        else:
            extent = extents.get(name, Extent())
            _read_sheet(found, name, kind, rows, [*merged, *extent.merged], extent)
    if not found.columns and not found.problems:
        raise BadInput(f"The workbook '{file}' holds no sheet of a workspace, as 'Groups'. Is it the right file?")
    whole = _rows(found, workspace)
    if found.problems:
        order = {name: number for number, name in enumerate(sheets)}
        every = sorted(
            [*found.problems, *_further(found, whole)], key=lambda one: (order[one.place.file], one.place.line)
        )
        raise BadWorkspace(every, unfinished=True)
    return Incoming(whole, found.columns, _stamp(sheets.get(EXPORTED, ([], []))[0]))


def _further(found: _Found, rows: Sequence[Row]) -> list[Problem]:
    """Return what is wrong with rows that could be read, of a workbook that is refused anyway.

    What seems to be lacking there may stand in a cell or column that could not be read.
    """
    told = {(one.place.file, one.place.line, one.field) for one in found.problems}
    hit = {one.place.file for one in found.problems}
    return [
        one
        for one in wrong_with_each(rows)
        if (one.place.file, one.place.line, one.field) not in told
        and (one.code != LACKING or (one.place.cell and one.place.file not in hit))
    ]


def _read_sheet(
    found: _Found,
    name: str,
    kind: type[Record],
    rows: list[Cells],
    merged: Merged,
    extent: Extent,
) -> None:
    """Add what the sheet of a kind holds."""
    filled = [number for number, row in enumerate(rows) if any(cell != "" for cell in row)]
    found.columns[kind.KIND] = frozenset()
    if not filled:
        return
    first = filled[0]
    fields, problems = _titles(name, kind, rows[first], first + 1)
    found.problems += problems
    found.columns[kind.KIND] = frozenset(one.name for one in fields.values())
    for top, left, down, across in merged:
        if top + down > first and any(left <= column < left + across for column in fields):
            reach = f"{cell_name(top, left)} to {cell_name(top + down - 1, left + across - 1)}"
            said = f"The cells {reach} are merged, so that nobody can tell whose they are. Take them apart."
            found.problems.append(Problem(UNREADABLE, said, Place(name, top + 1)))
    for (down, across), why in sorted(extent.odd.items()):
        if down >= first and (across in fields or down == first):
            said = NOT_PLAIN[why].format(cell=cell_name(down, across))
            found.problems.append(Problem(UNREADABLE, said, Place(name, down + 1)))
    for number in filled[1:]:
        named = {one.name: f"{cell_name(number, column)} ({one.title})" for column, one in fields.items()}
        place = Place(name, number + 1, cells=named)
        row = rows[number]
        stray = [column for column, cell in enumerate(row) if cell != "" and column not in fields]
        if stray and not problems:
            said = f"The cell {cell_name(number, stray[0])} stands in a column without a title: empty it."
            found.problems.append(Problem(UNKNOWN, said, place))
        cells = {
            one: _shown(extent, number, column, row[column]) for column, one in fields.items() if column < len(row)
        }
        found.rows.append((kind, cells, place))


def _shown(extent: Extent, row: int, column: int, cell: Any) -> Any:
    """Return what a cell holds, as it is shown where that is 45%."""
    times = extent.percent.get((row, column))
    return percentage(cell, times) if isinstance(cell, float) and times else cell


def _rows(found: _Found, workspace: Workspace | None) -> tuple[Row, ...]:
    """Return what the rows of all sheets hold; who is meant is known once all of them have been seen."""
    rows = with_ids([_row(found, *one, lambda field: not field.to) for one in found.rows], workspace)
    called = called_in(rows, workspace)
    named = [_row(found, *one, lambda field: bool(field.to), called) for one in found.rows]
    whole = [Row(row.kind, {**row.values, **more.values}, row.place) for row, more in zip(rows, named, strict=True)]
    return tuple(row for row in whole if row.values)


def _row(
    found: _Found,
    kind: type[Record],
    cells: Mapping[Field, Any],
    place: Place,
    wanted: Callable[[Field], bool],
    called: Mapping[str, Called] = MappingProxyType({}),
) -> Row:
    """Return what those cells of a row hold that are wanted; what cannot be read is added to the problems."""
    values = {}
    for one in filter(wanted, cells):
        try:
            values[one.name] = value_from(one, cells[one], place.of(one.name), called.get(one.to, {}))
        except BadWorkspace as error:
            found.problems += error.problems
    return Row(kind.KIND, {name: value for name, value in values.items() if value is not None}, place)


def _titles(name: str, kind: type[Record], row: Cells, line: int) -> tuple[dict[int, Field], list[Problem]]:
    """Return the field of each column by its title, and what is wrong with the titles."""
    known = {_same(words): one for one in fields_of(kind) for words in (one.title, one.name)}
    fields: dict[int, Field] = {}
    problems: list[Problem] = []
    place = Place(name, line)
    here = [known.get(_same(str(cell))) for cell in row]
    for column, cell in enumerate(row):
        one = known.get(_same(str(cell)))
        if cell == "":
            continue
        if one is None:
            hint = _hint(str(cell)[:40], dict.fromkeys(one.title for one in known.values() if one not in here))
            said = f"There is no column '{str(cell)[:40]}' for {kind.PLURAL}. {hint}Rename it, or move it to a sheet "
            cell_at = replace(place, cell=cell_name(line - 1, column))
            problems.append(Problem(UNKNOWN, f"{said}whose name begins with 'Notes' if it is your own.", cell_at))
        elif one in fields.values():
            problems.append(Problem(TWICE, f"The column '{one.title}' stands twice. Delete one of the two.", place))
        else:
            fields[column] = one
    if known["id"] not in fields.values():
        said = "No column is called 'Id'. Name the column of ids so; its cells may stay empty."
        if not fields:
            first = next(str(cell)[:40] for cell in row if cell != "")
            said = f"The first row holds '{first}', and no title of a column. Delete the rows above the titles."
        problems = [*(problems if fields else []), Problem(LACKING, said, place)]
    return fields, problems


def _hint(found: str, missing: Iterable[str]) -> str:
    """Return a sentence with the nearest of the names that are missing, or with all of them; '' where none is."""
    missing = list(missing)
    near = get_close_matches(found, missing, n=1, cutoff=0.5)
    return f"Did you mean '{near[0]}'? " if near else f"Not there yet: {', '.join(missing[:12])}. " if missing else ""


def _stamp(rows: list[Cells]) -> Exported | None:
    """Return what the hidden sheet says of the export; None where it says nothing sound."""
    cells = [[str(cell) for cell in row[:3]] for row in rows[1:] if len(row) >= 3]
    if not cells or cells[0][0] != "revision":
        return None
    return Exported(cells[0][1], cells[0][2], {(kind, id): found for kind, id, found in cells[1:]})


def _same(name: str) -> str:
    """Return a name as it is compared: without capitals, spaces and lines between its words."""
    return "".join(letter for letter in name.lower() if letter.isalnum())
