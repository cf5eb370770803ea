"""Small made-up workbooks, Excel and OpenDocument, from the same cells."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Percent:
    """A number in a cell that is set as a percentage; `format` is that of Excel."""

    number: float
    format: str = "0%"


Cell = str | float | bool | datetime.datetime | datetime.date | Percent | None
Rows = Sequence[Sequence[Cell]]
Merged = Sequence[tuple[int, int, int, int]]
"""Row and column of a merged cell, counted from 0, and how many rows and columns it takes."""


def write_workbook(path: Path, sheets: Mapping[str, Rows], merged: Merged = (), hidden: Sequence[str] = ()) -> Path:
    """Write sheets to an .xlsx or .ods file and return its path; `merged` belongs to the first sheet."""
    (_excel if path.suffix == ".xlsx" else _open_document)(path, sheets, merged, hidden)
    return path


def _excel(path: Path, sheets: Mapping[str, Rows], merged: Merged, hidden: Sequence[str]) -> None:
    from xlsxwriter import Workbook

    with Workbook(str(path), {"in_memory": True, "default_date_format": "yyyy-mm-dd hh:mm:ss"}) as book:
        for place, (name, rows) in enumerate(sheets.items()):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, Percent):
                        sheet.write(number, column, cell.number, book.add_format({"num_format": cell.format}))
                    else:
                        sheet.write(number, column, cell)
            for top, left, down, across in merged if not place else ():
                value = rows[top][left]
                sheet.merge_range(top, left, top + down - 1, left + across - 1, value)
            if name in hidden:
                sheet.hide()


def _open_document(path: Path, sheets: Mapping[str, Rows], merged: Merged, hidden: Sequence[str]) -> None:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.style import Style, TableProperties
    from odf.table import CoveredTableCell, Table, TableRow

    book = OpenDocumentSpreadsheet()
    unseen = Style(name="unseen", family="table")
    unseen.addElement(TableProperties(display="false"))
    book.automaticstyles.addElement(unseen)
    for place, (name, rows) in enumerate(sheets.items()):
        sheet = Table(name=name, stylename=unseen) if name in hidden else Table(name=name)
        spans = {(top, left): (down, across) for top, left, down, across in (merged if not place else ())}
        covered = {
            (row, column)
            for (top, left), (down, across) in spans.items()
            for row in range(top, top + down)
            for column in range(left, left + across)
        } - spans.keys()
        for number, row in enumerate(rows):
            line = TableRow()
            for column, cell in enumerate(row):
                spot = (number, column)
                line.addElement(CoveredTableCell() if spot in covered else _cell(cell, spans.get(spot)))
            sheet.addElement(line)
        book.spreadsheet.addElement(sheet)
    book.save(str(path))


def _cell(cell: Cell, span: tuple[int, int] | None) -> object:
    from odf.table import TableCell
    from odf.text import P

    more = {"numberrowsspanned": span[0], "numbercolumnsspanned": span[1]} if span else {}
    if cell is None:
        return TableCell(**more)
    if isinstance(cell, bool):
        return TableCell(valuetype="boolean", booleanvalue=str(cell).lower(), **more)
    if isinstance(cell, Percent):
        return TableCell(valuetype="percentage", value=str(cell.number), **more)
    if isinstance(cell, float | int):
        return TableCell(valuetype="float", value=str(cell), **more)
    if isinstance(cell, datetime.date):
        return TableCell(valuetype="date", datevalue=cell.isoformat(), **more)
    made = TableCell(valuetype="string", **more)
    made.addElement(P(text=cell))
    return made


CONTENT = (
    '<?xml version="1.0"?>{before}<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x">'
    "<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
)


def raw_open_document(path: Path, tables: str, before: str = "") -> Path:
    """Write an OpenDocument workbook around this XML of its tables."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", CONTENT.format(tables=tables, before=before))
    return path


def repacked(path: Path, changes: Mapping[str, str | bytes]) -> Path:
    """Write the archive again with some members changed or added."""
    with zipfile.ZipFile(path) as archive:
        held = {one.filename: archive.read(one) for one in archive.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (held | dict(changes)).items():
            archive.writestr(name, content)
    return path
