"""How a workspace is laid out as a workbook, whatever the program: its sheets, columns, help and cells."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from outward.workspace.contents import Name, Workspace
from outward.workspace.fields import Field, fields_of
from outward.workspace.records import Record, kind_of, kinds, plain
from outward.workspace.workbook.cells import Cell, cell_of

HOW_TO, COLUMNS, EXPORTED = "How to", "Columns", "As exported"
SPARE = 1_000
"""Rows below the last record that are ready to be filled in."""

COLOURS = {"W": "#505A5F", "U": "#12436D", "O": "#28A197", "R": "#801650", "D": "#F46A25"}
WIDTHS = {"line": 28, "prose": 48, "choice": 20, "day": 13, "number": 12, "whole": 12, "yes or no": 10, "settings": 36}
HEADING, STRONG, NORMAL = "heading", "strong", "normal"


@dataclass(frozen=True)
class Column:
    """A column of a sheet.

    Attributes:
        field: what stands in it.
        note: the help that the cell of its title carries.
        offered: what its cells offer to choose from; empty where anything goes.
        source: the sheet whose ids its cells offer; '' for none.
        width: in letters.
    """

    field: Field
    note: str
    offered: tuple[str, ...]
    source: str
    width: int

    @property
    def title(self) -> str:
        """The words at its head."""
        return self.field.title

    @property
    def style(self) -> str:
        """The style of its cells: day, number or words."""
        return {"day": "day", "number": "number", "whole": "number"}.get(self.field.shape, "words")


@dataclass(frozen=True)
class Sheet:
    """The sheet of one kind of record: a row of titles, then a row for each record."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    colour: str

    @property
    def last(self) -> int:
        """The last row that is ready to be filled in, from 1."""
        return 1 + len(self.rows) + SPARE


@dataclass(frozen=True)
class Page:
    """A sheet of words: each row says how it is set, and what stands in its cells."""

    name: str
    widths: tuple[int, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    hidden: bool = False


@dataclass(frozen=True)
class Book:
    """A whole workbook, in the order of its sheets."""

    before: tuple[Page, ...]
    sheets: tuple[Sheet, ...]
    after: tuple[Page, ...]


def sheet_of(kind: type[Record]) -> str:
    """Return the name of the sheet of a kind of record.

    >>> from outward.workspace.kinds.knowledge import DataSet
    >>> sheet_of(DataSet)
    'Data sets'
    """
    return kind.PLURAL.capitalize()


def fingerprint_of(values: Mapping[str, Any]) -> str:
    """Return letters that change with every change of a record's plain values."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]


def fingerprints_of(workspace: Workspace) -> dict[Name, str]:
    """Return the fingerprint of every record of a workspace."""
    held = workspace.records.items()
    return {(kind, id): fingerprint_of(plain(one)) for kind, of_kind in held for id, one in of_kind.items()}


def book_of(workspace: Workspace, on: date) -> Book:
    """Return a workspace as a workbook.

    Args:
        workspace: what to write.
        on: the day that it says it was exported on.
    """
    return Book(
        (_how_to(workspace, on),),
        tuple(_sheet(workspace, kind) for kind in kinds().values()),
        (_columns(), _exported(workspace)),
    )


def lines_of(cell: Cell, width: int) -> int:
    r"""Return how many lines a cell needs in a column of this width, in letters.

    >>> lines_of("two\nlines", 10), lines_of("x" * 25, 10), lines_of(None, 10)
    (2, 3, 1)
    """
    return sum(max(1, -(-len(line) // width)) for line in cell.split("\n")) if isinstance(cell, str) else 1


def _sheet(workspace: Workspace, kind: type[Record]) -> Sheet:
    fields = fields_of(kind)
    rows = tuple(
        tuple(cell_of(field, values.get(field.name)) for field in fields)
        for values in map(plain, workspace.every(kind))
    )
    return Sheet(sheet_of(kind), tuple(_column(field) for field in fields), rows, COLOURS[kind.PRINCIPLE])


def _column(field: Field) -> Column:
    note = f"{field.help}\n{_written(field)}" + ("\nIt must be filled in." if _must(field) else "")
    offered = ("yes", "no") if field.shape == "yes or no" else field.choices
    source = sheet_of(kind_of(field.to)) if field.to else ""
    longest = max(map(len, field.title.split()))
    width = 22 if field.to or field.name == "id" else 36 if field.name == "title" else WIDTHS[field.shape]
    return Column(field, note, offered if not field.several else (), source, max(width, longest + 5))


def _must(field: Field) -> bool:
    """Return whether people must fill in a cell: an id is made where there is none."""
    return field.required and field.name != "id"


def _written(field: Field) -> str:
    """Say how a value is written in a cell."""
    if field.name == "id":
        return "Small letters, digits and hyphens; if left empty, made from the title. Never change it once given."
    if field.to:
        sheet = sheet_of(kind_of(field.to))
        return (
            f"Ids or titles of the sheet '{sheet}', one a line."
            if field.several
            else f"An id or title of the sheet '{sheet}'."
        )
    if field.choices:
        return f"One of: {', '.join(field.choices)}."
    return {
        "line": "One a line in the same cell." if field.several else "Words in one line.",
        "prose": "Words, in several lines if need be.",
        "day": "A date, as 2026-03-31.",
        "number": "A number, without its unit.",
        "whole": "A whole number.",
        "yes or no": "yes or no.",
        "settings": "Names and values, one a line, as 'name: value'.",
    }[field.shape]


def _how_to(workspace: Workspace, on: date) -> Page:
    header = workspace.header
    whose = header.body or header.title
    body = " The body and its evidence are made up." if header.made_up else ""
    day = f"{on.day} {on:%B %Y}"
    rules = {
        "What this is": f"What {whose} knows and has decided about its customers: a sheet for each kind of record, "
        f"a row for each record.{body}",
        "Bring it back": "Save the workbook as .xlsx or .ods. In the browser, follow 'Take it away or bring it in' on "
        "the page Records, and choose the file there. You first see what would change; nothing changes until you press "
        "'Bring it in'. In a terminal: outward import FILE WORKSPACE, and the same with --yes to make the changes.",
        "Ids": "The id in the first column is the name by which other records refer to this one. Give each new record "
        "its own, or leave it empty: it is then made from the title. Where a record is referred to, its title will do "
        "as well, if no other of its kind has it. A changed id is a new record, and the old one is missing.",
        "Lists": "Several values in one cell stand one a line (Alt+Enter in Excel, Ctrl+Enter in LibreOffice). Ids may "
        "be parted by commas or semicolons as well, words by semicolons.",
        "Dates": "Write them as 2026-03-31, or as your program writes dates.",
        "What you may do": "Move, sort, hide and colour columns, rows and sheets; leave rows and columns out. A "
        "column that is left out empties nothing: its values stay as they were. Blank rows are passed over.",
        "What not to do": "Do not rename sheets or titles of columns, merge cells or use formulas: paste their values.",
        "Taking a record out": "Delete its row. In the browser, choose the file and follow 'Show it with these taken "
        "out'. In a terminal, add --remove. Otherwise nothing is ever taken out.",
        "Your own notes": "Sheets whose name begins with 'Notes' are yours: they are not read.",
        "Help": "The title of each column carries a note. The sheet 'Columns' says the same for all.",
        "As it was": f"Exported on {day} from the workspace '{workspace.id}', revision {workspace.revision}. The "
        "hidden sheet 'As exported' tells what you changed from what others changed since: leave it in.",
    }
    sheets = tuple(
        (NORMAL, (sheet_of(kind), (kind.__doc__ or "").strip(), str(len(workspace.every(kind)))))
        for kind in kinds().values()
    )
    return Page(
        HOW_TO,
        (24, 100, 10),
        (
            (HEADING, (header.title,)),
            *((NORMAL, (name, words)) for name, words in rules.items()),
            (NORMAL, ()),
            (STRONG, ("Sheet", "What it holds", "Records")),
            *sheets,
        ),
    )


def _columns() -> Page:
    rows = tuple(
        (NORMAL, (sheet_of(kind), field.title, field.help, _written(field), "yes" if _must(field) else ""))
        for kind in kinds().values()
        for field in fields_of(kind)
    )
    return Page(
        COLUMNS, (20, 24, 80, 60, 10), ((STRONG, ("Sheet", "Column", "What it means", "Written", "Must")), *rows)
    )


def _exported(workspace: Workspace) -> Page:
    records = tuple((NORMAL, (*name, found)) for name, found in fingerprints_of(workspace).items())
    return Page(
        EXPORTED,
        (20, 40, 20),
        (
            (STRONG, ("Kind", "Id", "As exported")),
            (NORMAL, ("revision", workspace.id, workspace.revision)),
            *records,
        ),
        hidden=True,
    )
