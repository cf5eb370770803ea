"""A workbook as XLSX."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from outward.errors import BadInput
from outward.workspace.workbook.cells import Cell
from outward.workspace.workbook.layout import HEADING, STRONG, Book, Column, Page, Sheet, lines_of

if TYPE_CHECKING:
    from xlsxwriter import Workbook

LONGEST = 32_767
"""Letters of one cell, as Excel counts them."""
LONGEST_MESSAGE = 255
LINE, MOST_LINES, A4 = 15, 12, 9
"""Points of a line; the lines of the tallest row; the number of the paper."""
TOP = {"valign": "top", "text_wrap": True}
Styles = dict[str, Any]


def xlsx_of(book: Book) -> bytes:
    """Return a workbook as XLSX.

    Raises:
        BadInput: a value is longer than a cell of Excel holds.
    """
    from xlsxwriter import Workbook

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    whole = BytesIO()
    with Workbook(whole, options) as out:
        styles: Styles = {
            "words": out.add_format(TOP | {"num_format": "@"}),
            "day": out.add_format(TOP | {"num_format": "yyyy-mm-dd", "align": "left"}),
            "number": out.add_format(TOP),
            HEADING: out.add_format({"bold": True, "font_size": 16}),
            STRONG: out.add_format({"bold": True, "bottom": 1}),
        }
        for page in book.before:
            _page(out, page, styles)
        last = {sheet.name: sheet.last for sheet in book.sheets}
        for sheet in book.sheets:
            _sheet(out, sheet, last, styles)
        for page in book.after:
            _page(out, page, styles)
    return whole.getvalue()


def _page(out: Workbook, page: Page, styles: Styles) -> None:
    written = out.add_worksheet(page.name)
    for column, width in enumerate(page.widths):
        written.set_column(column, column, width, styles["words"])
    for row, (how, cells) in enumerate(page.rows):
        for column, words in enumerate(cells):
            written.write_string(row, column, words, styles.get(how, styles["words"]))
        _tall(written, row, cells, page.widths)
    written.set_landscape()
    written.set_paper(A4)
    written.fit_to_pages(1, 0)
    if page.hidden:
        written.hide()


def _tall(written: Any, row: int, cells: Sequence[Cell], widths: Sequence[int]) -> None:
    """Make a row as tall as what it holds, which no program does of itself; very long words stay cut."""
    lines = max((lines_of(cell, width) for cell, width in zip(cells, widths, strict=False)), default=1)
    if lines > 1:
        written.set_row(row, LINE * min(lines, MOST_LINES))


def _sheet(out: Workbook, sheet: Sheet, last: dict[str, int], styles: Styles) -> None:
    written = out.add_worksheet(sheet.name)
    written.set_tab_color(sheet.colour)
    written.set_landscape()
    written.set_paper(A4)
    written.repeat_rows(0)
    written.repeat_columns(0)
    written.set_row(0, 2 * LINE)
    widths = [column.width for column in sheet.columns]
    for row, cells in enumerate(sheet.rows, 1):
        _tall(written, row, cells, widths)
    written.freeze_panes(1, 1)
    title = out.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": sheet.colour} | TOP)
    for number, column in enumerate(sheet.columns):
        style = column.style
        written.set_column(number, number, column.width, styles[style])
        written.write_string(0, number, column.title, title)
        written.write_comment(0, number, column.note, {"x_scale": 2, "y_scale": 1.4, "author": "Outward"})
        if checked := _validation(column, last):
            written.data_validation(1, number, sheet.last - 1, number, checked)
        for row, cells in enumerate(sheet.rows, 1):
            _cell(written, row, number, cells[number], styles[style], f"'{column.title}' of '{cells[0]}'")
    written.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)


def _cell(written: Any, row: int, column: int, cell: Cell, style: Any, what: str) -> None:
    if cell is None:
        return
    if isinstance(cell, date):
        written.write_datetime(row, column, cell, style)
    elif isinstance(cell, float | int):
        written.write_number(row, column, cell, style)
    elif len(cell.encode("utf-16-le")) > 2 * LONGEST:
        raise BadInput(f"{what} is longer than a cell of Excel holds. Export to .ods, or to a folder.")
    else:
        written.write_string(row, column, cell, style)


def _validation(column: Column, last: dict[str, int]) -> dict[str, Any]:
    """Return what the cells of a column offer, in words of the library; nothing where anything goes."""
    said = {
        "error_type": "warning",
        "error_title": column.title[:32],
        "error_message": column.note[:LONGEST_MESSAGE],
    }
    if column.offered:
        return said | {"validate": "list", "source": list(column.offered), "error_type": "stop"}
    if column.source and not column.field.several:
        return said | {"validate": "list", "source": f"='{column.source}'!$A$2:$A${last[column.source]}"}
    return {}
