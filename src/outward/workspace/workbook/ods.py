"""A workbook as ODS."""

from __future__ import annotations

from datetime import date
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any

from outward.workspace.workbook.cells import Cell, cell_name
from outward.workspace.workbook.layout import HEADING, STRONG, Book, Column, Page, Sheet

if TYPE_CHECKING:
    from odf.opendocument import OpenDocument

LETTER = 0.19
"""Centimetres that a letter takes."""


def ods_of(book: Book) -> bytes:
    """Return a workbook as ODS."""
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import ContentValidations, DatabaseRanges

    out = OpenDocumentSpreadsheet()
    _for_paper(out)
    _styles(out, book)
    checks, ranges = ContentValidations(), DatabaseRanges()
    out.spreadsheet.addElement(checks)
    last = {sheet.name: sheet.last for sheet in book.sheets}
    for page in book.before:
        _page(out, page)
    for sheet in book.sheets:
        _sheet(out, sheet, last, checks, ranges)
    for page in book.after:
        _page(out, page)
    out.spreadsheet.addElement(ranges)
    _freeze(out, [sheet.name for sheet in book.sheets], book.before[0].name)
    whole = BytesIO()
    out.write(whole)
    return whole.getvalue()


def _for_paper(out: OpenDocument) -> None:
    """Print all columns side by side on A4."""
    from odf.namespaces import STYLENS
    from odf.style import MasterPage, PageLayout, PageLayoutProperties

    layout = PageLayout(name="wide")
    page = PageLayoutProperties(printorientation="landscape", pagewidth="29.7cm", pageheight="21cm")
    page.setAttrNS(STYLENS, "scale-to-X", "1")
    page.setAttrNS(STYLENS, "scale-to-Y", "0")
    layout.addElement(page)
    out.automaticstyles.addElement(layout)
    out.masterstyles.addElement(MasterPage(name="Default", pagelayoutname=layout))


def _styles(out: OpenDocument, book: Book) -> None:
    """Add the styles: of cells by their names, of columns by their widths, of tables by their colours."""
    from odf.namespaces import TABLENS
    from odf.number import DateStyle, Day, Month, Text, TextContent, TextStyle, Year
    from odf.style import ParagraphProperties, Style, TableCellProperties, TableColumnProperties, TableProperties
    from odf.style import TextProperties as Letters

    add = out.automaticstyles.addElement
    words, day = TextStyle(name="as-words"), DateStyle(name="as-day")
    words.addElement(TextContent())
    for part in (Year(style="long"), Text(text="-"), Month(style="long"), Text(text="-"), Day(style="long")):
        day.addElement(part)
    add(words)
    add(day)
    top = partial(TableCellProperties, verticalalign="top", wrapoption="wrap")
    for name, more in (("words", {"datastylename": words}), ("day", {"datastylename": day}), ("number", {})):
        style = Style(name=name, family="table-cell", **more)
        style.addElement(top())
        if name == "day":
            style.addElement(ParagraphProperties(textalign="start"))
        add(style)
    for name, letters in ((HEADING, {"fontweight": "bold", "fontsize": "16pt"}), (STRONG, {"fontweight": "bold"})):
        style = Style(name=name, family="table-cell", datastylename=words)
        style.addElement(Letters(**letters))
        add(style)
    for colour in {sheet.colour for sheet in book.sheets}:
        style = Style(name=f"title{colour[1:]}", family="table-cell", datastylename=words)
        style.addElement(TableCellProperties(backgroundcolor=colour, verticalalign="top", wrapoption="wrap"))
        style.addElement(Letters(fontweight="bold", color="#FFFFFF"))
        add(style)
        style = Style(name=f"sheet{colour[1:]}", family="table", masterpagename="Default")
        shown = TableProperties(display="true")
        shown.setAttrNS(TABLENS, "tab-color", colour)  # of a newer version of the format than the library knows
        style.addElement(shown)
        add(style)
    style = Style(name="shown", family="table", masterpagename="Default")
    style.addElement(TableProperties(display="true"))
    add(style)
    style = Style(name="unseen", family="table")
    style.addElement(TableProperties(display="false"))
    add(style)
    widths = {width for page in (*book.before, *book.after) for width in page.widths}
    for width in widths | {column.width for sheet in book.sheets for column in sheet.columns}:
        style = Style(name=f"wide{width}", family="table-column")
        style.addElement(TableColumnProperties(columnwidth=f"{width * LETTER:.2f}cm"))
        add(style)


def _page(out: OpenDocument, page: Page) -> None:
    from odf.table import Table, TableColumn, TableRow

    table = Table(name=page.name, stylename="unseen" if page.hidden else "shown")
    for width in page.widths:
        table.addElement(TableColumn(stylename=f"wide{width}", defaultcellstylename="words"))
    for how, cells in page.rows:
        row = TableRow()
        for words in cells:
            row.addElement(_cell(words, how if how in (HEADING, STRONG) else "words"))
        table.addElement(row)
    out.spreadsheet.addElement(table)


def _sheet(out: OpenDocument, sheet: Sheet, last: dict[str, int], checks: Any, ranges: Any) -> None:
    from odf.office import Annotation
    from odf.table import DatabaseRange, Table, TableCell, TableColumn, TableRow
    from odf.text import P

    table = Table(name=sheet.name, stylename=f"sheet{sheet.colour[1:]}")
    titles, spare = TableRow(), TableRow(numberrowsrepeated=sheet.last - 1 - len(sheet.rows))
    marks = []
    for number, column in enumerate(sheet.columns):
        style = column.style
        table.addElement(TableColumn(stylename=f"wide{column.width}", defaultcellstylename=style))
        title = _cell(column.title, f"title{sheet.colour[1:]}")
        note = Annotation()
        for line in column.note.split("\n"):
            note.addElement(P(text=line))
        title.insertBefore(note, title.firstChild)
        titles.addElement(title)
        check = _validation(column, f"{sheet.name}.{number}", sheet.name, number, last)
        mark = {"stylename": style}
        if check is not None:
            checks.addElement(check)
            mark["contentvalidationname"] = f"{sheet.name}.{number}"
        marks.append(mark)
        spare.addElement(TableCell(**mark))
    table.addElement(titles)
    for cells in sheet.rows:
        row = TableRow()
        for cell, mark in zip(cells, marks, strict=True):
            row.addElement(_cell(cell, **mark))
        table.addElement(row)
    table.addElement(spare)
    out.spreadsheet.addElement(table)
    reach = f"'{sheet.name}'.A1:'{sheet.name}'.{cell_name(len(sheet.rows), len(sheet.columns) - 1)}"
    name = f"Records.{sheet.name}"
    ranges.addElement(DatabaseRange(name=name, targetrangeaddress=reach, displayfilterbuttons="true"))


def _cell(cell: Cell, stylename: str, **more: Any) -> Any:
    from odf.table import TableCell
    from odf.teletype import addTextToElement
    from odf.text import P

    more |= {"stylename": stylename}
    if cell is None:
        return TableCell(**more)
    if isinstance(cell, date):
        return TableCell(valuetype="date", datevalue=cell.isoformat(), **more)
    if isinstance(cell, float | int):
        return TableCell(valuetype="float", value=repr(cell), **more)
    made = TableCell(valuetype="string", **more)
    for line in cell.split("\n"):
        words = P()
        addTextToElement(words, line)
        made.addElement(words)
    return made


def _validation(column: Column, name: str, sheet: str, number: int, last: dict[str, int]) -> Any:
    """Return what the cells of a column offer; None where anything goes."""
    from odf.table import ContentValidation, ErrorMessage
    from odf.text import P

    if column.offered:
        quoted = ";".join('"' + one.replace('"', '""') + '"' for one in column.offered)
        condition, kind = f"of:cell-content-is-in-list({quoted})", "stop"
    elif column.source and not column.field.several:
        reach = f"[$'{column.source}'.$A$2:.$A${last[column.source]}]"
        condition, kind = f"of:cell-content-is-in-list({reach})", "warning"
    else:
        return None
    check = ContentValidation(
        name=name,
        condition=condition,
        allowemptycell="true",
        displaylist="unsorted",
        basecelladdress=f"'{sheet}'.{cell_name(1, number)}",
    )
    said = ErrorMessage(title=column.title, messagetype=kind, display="true")
    said.addElement(P(text=column.note))
    check.addElement(said)
    return check


def _freeze(out: OpenDocument, names: list[str], first: str) -> None:
    """Keep the titles and the ids in sight as one scrolls."""
    from odf.config import ConfigItem, ConfigItemMapEntry, ConfigItemMapIndexed, ConfigItemMapNamed, ConfigItemSet

    settings = ConfigItemSet(name="ooo:view-settings")
    views, view = ConfigItemMapIndexed(name="Views"), ConfigItemMapEntry()
    tables = ConfigItemMapNamed(name="Tables")
    frozen = {
        "HorizontalSplitMode": ("short", "2"),
        "VerticalSplitMode": ("short", "2"),
        "HorizontalSplitPosition": ("int", "1"),
        "VerticalSplitPosition": ("int", "1"),
        "ActiveSplitRange": ("short", "3"),
        "PositionLeft": ("int", "0"),
        "PositionRight": ("int", "1"),
        "PositionTop": ("int", "0"),
        "PositionBottom": ("int", "1"),
    }
    for name in names:
        entry = ConfigItemMapEntry(name=name)
        for item, (kind, value) in frozen.items():
            entry.addElement(ConfigItem(name=item, type=kind, text=value))
        tables.addElement(entry)
    view.addElement(ConfigItem(name="ViewId", type="string", text="view1"))
    view.addElement(tables)
    view.addElement(ConfigItem(name="ActiveTable", type="string", text=first))
    views.addElement(view)
    settings.addElement(views)
    out.settings.addElement(settings)
