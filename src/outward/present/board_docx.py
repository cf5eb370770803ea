"""The board sheet as a Word file, for people who paste it into a paper of their own."""

from __future__ import annotations

import io
import zipfile
from datetime import date as day_of
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from outward.present.board import (
    HEADINGS,
    OUTSTANDING,
    Board,
    Part,
    due,
    foot,
    found_here,
    further,
    in_all,
    lead,
    shortened,
    standing,
)

if TYPE_CHECKING:
    from docx.document import Document

MARGIN_MM = 12
POINTS = 8
WIDTHS_MM = (96, 45, 45)
"""Of the columns of what is outstanding; together the width between the margins."""
ZIPPED_AT = (1980, 1, 1, 0, 0, 0)


def board_docx(board: Board) -> bytes:
    """Return the sheet as a Word file with real headings, lists and a table with a header row.

    The same sheet gives the same bytes. It holds no picture, no link and no macro.
    """
    import docx

    document = docx.Document()
    _paper(document, board)
    if board.stamps:
        document.add_paragraph().add_run(". ".join(board.stamps) + ".").bold = True
    document.add_heading(_plain(board.title), level=1)
    document.add_paragraph(_plain(lead(board)))
    if board.about:
        document.add_paragraph(_plain(board.about))
    for part in board.parts:
        _part(document, board, part)
    document.add_paragraph(f"In all, the checks find: {in_all(board)}")
    _outstanding(document, board)
    for one in (*board.unread, foot(board)):
        document.add_paragraph(one)
    return _same_bytes(document)


def _paper(document: Document, board: Board) -> None:
    """Set A4, narrow margins, small letters, the language, and when and by what it was made."""
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN_MM)
    sizes = {"Normal": POINTS, "List Bullet": POINTS, "Heading 1": 14, "Heading 2": 10, "Heading 3": POINTS}
    for name, points in sizes.items():
        style: Any = document.styles[name]
        style.font.size, style.font.name = Pt(points), "Arial"
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for own in [key for key in fonts.attrib if "Theme" in key]:
            del fonts.attrib[own]
        fonts.set(qn("w:hAnsi"), "Arial")
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(0), Pt(1)
        if name.startswith("Heading"):
            style.font.color.rgb = RGBColor(0x12, 0x43, 0x6D)
            style.paragraph_format.space_before = Pt(3)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    held = document.core_properties
    held.title, held.author, held.language, held.comments = _plain(board.title), "Outward", "en-GB", ""
    held.created = held.modified = datetime.combine(day_of.fromisoformat(board.on), time())
    held.subject = ". ".join(board.stamps)


def _part(document: Document, board: Board, part: Part) -> None:
    document.add_heading(_plain(part.title), level=2)
    for one in part.said:
        line = document.add_paragraph(_plain(one.words), style="List Bullet")
        line.add_run(f" Question {one.answer.question}. {standing(board, one)}".rstrip()).italic = True
    document.add_paragraph(found_here(part))
    for worst in part.worst:
        document.add_paragraph(_plain(worst.words), style="List Bullet")
    if part.cannot:
        document.add_heading("What cannot be answered yet", level=3)
        for words in shortened(part.cannot):
            document.add_paragraph(_plain(words), style="List Bullet")


def _outstanding(document: Document, board: Board) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    document.add_heading(OUTSTANDING, level=2)
    if not board.outstanding:
        document.add_paragraph(board.nothing_yet)
        return
    table = document.add_table(rows=1, cols=len(HEADINGS))
    table.style, table.autofit = document.styles["Table Grid"], False
    for cell, words in zip(table.rows[0].cells, HEADINGS, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for one in board.outstanding:
        for cell, words in zip(table.add_row().cells, (one.title, one.owner or "nobody", due(one)), strict=True):
            cell.text = _plain(words)
    for column, width in zip(table.columns, WIDTHS_MM, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    if board.more:
        document.add_paragraph(f"{further(board)}.")


def _plain(words: str) -> str:
    """Return words in one line, without what XML cannot hold."""
    return "".join(letter if letter.isprintable() else " " for letter in words)


def _same_bytes(document: Document) -> bytes:
    """Return the file with a fixed time on each of its parts."""
    made, fixed = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as read, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as write:
        for name in read.namelist():
            write.writestr(zipfile.ZipInfo(name, ZIPPED_AT), read.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
