"""An answer in sentences and aligned tables, for a terminal."""

from __future__ import annotations

import sys
import unicodedata
from textwrap import fill

from outward.disclosure.released import ReleasedAnswer, ReleasedTable
from outward.present.lettering import ELLIPSIS, clean
from outward.present.tables import headings, notes, words_at
from outward.present.words import basis_words, sentence, stamps, standing_words

ROWS = 10
WIDEST_LABEL, NARROWEST_LABEL = 44, 8
BOLD, PLAIN = "\x1b[1m", "\x1b[0m"


def answer_text(
    released: ReleasedAnswer, *, width: int = 88, rows: int = ROWS, bold: bool | None = None
) -> str:
    """Return the answer as text: its sentence, the top of its tables, caveats, standing and basis.

    Args:
        released: the answer.
        width: of a line, in characters.
        rows: the most to show of each table.
        bold: whether the title and the sentence are set in bold; by default only on a terminal.
    """
    strong = sys.stdout.isatty() if bold is None else bold
    title = clean(f"{released.question} {released.title}")
    parts = [_bold(title, strong)]
    if stamps(released):
        parts.append(" | ".join(stamp.upper() for stamp in stamps(released)))
    parts.append(_bold(fill(clean(sentence(released, released.sentence)), width), strong))
    for name, table in released.tables.items():
        if len(table):
            parts.append(_table(name, table, width, rows))
    closing = [clean(sentence(released, caveat)) for caveat in released.caveats]
    closing += [standing_words(released.standing), basis_words(released.basis)]
    closing.append(released.policy.words)
    parts.append("\n".join(fill(line, width) for line in closing))
    return "\n\n".join(parts) + "\n"


def _bold(text: str, strong: bool) -> str:
    return f"{BOLD}{text}{PLAIN}" if strong else text


def _table(name: str, table: ReleasedTable, width: int, rows: int) -> str:
    columns = headings(table)
    shown = min(rows, len(table))
    grid = [[clean(one.words) for one in columns]]
    grid += [[clean(words_at(table, one, row)) for one in columns] for row in range(shown)]
    numeric = [one.column.kind not in ("label", "date") for one in columns]
    widths = _widths(grid, numeric, width)
    lines = [clean(table.title or name.replace("_", " ").capitalize())]
    for place, row in enumerate(grid):
        cells = [_fitted(text, room, right) for text, room, right in zip(row, widths, numeric, strict=True)]
        lines.append("  ".join(cells).rstrip())
        if not place:
            lines.append("-" * min(width, sum(widths) + 2 * (len(widths) - 1)))
    if shown < len(table):
        lines.append(f"... and {len(table) - shown:,} more rows")
    lines += [fill(line, width) for line in notes(table)]
    return "\n".join(lines)


def _widths(grid: list[list[str]], numeric: list[bool], width: int) -> list[int]:
    """Return the width of each column; labels give way first where the line is too long."""
    widths = [max(_cells(text) for text in column) for column in zip(*grid, strict=True)]
    labels = [place for place, right in enumerate(numeric) if not right]
    widths = [min(room, WIDEST_LABEL) if place in labels else room for place, room in enumerate(widths)]
    while labels and sum(widths) + 2 * (len(widths) - 1) > width:
        widest = max(labels, key=lambda place: widths[place])
        if widths[widest] <= NARROWEST_LABEL:
            break
        widths[widest] -= 1
    return widths


def _cells(text: str) -> int:
    """Return how many columns of a terminal the text takes."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def _fitted(text: str, room: int, right: bool) -> str:
    if _cells(text) > room:
        while text and _cells(text) > room - 1:
            text = text[:-1]
        text += ELLIPSIS
    space = " " * (room - _cells(text))
    return space + text if right else text + space
