"""An answer in sentences and aligned tables, for a terminal."""

from __future__ import annotations

import sys
import unicodedata
from textwrap import fill, wrap

from outward.disclosure.released import ReleasedAnswer, ReleasedTable
from outward.present.lettering import ELLIPSIS, clean, shortened
from outward.present.tables import Heading, headings, notes, turned, words_at
from outward.present.words import basis_words, sentence, stamps, standing_words, titled

ROWS = 10
WIDEST_LABEL, NARROWEST_LABEL = 44, 18
BOLD, PLAIN = "\x1b[1m", "\x1b[0m"


def answer_text(released: ReleasedAnswer, *, width: int = 88, rows: int = ROWS, bold: bool | None = None) -> str:
    """Return the answer as text: its sentence, the top of its tables, caveats, standing and basis.

    Args:
        released: the answer.
        width: of a line, in characters.
        rows: the most to show of each table.
        bold: whether the title and the sentence are set in bold; by default only on a terminal.
    """
    strong = sys.stdout.isatty() if bold is None else bold
    title = clean(f"{released.question} {titled(released)}")
    parts = [_bold(fill(title, width), strong)]
    if stamps(released):
        parts.append(" | ".join(stamp.upper() for stamp in stamps(released)))
    parts.append(_bold(fill(clean(sentence(released, released.sentence)), width), strong))
    for name, table in released.tables.items():
        if len(table):
            parts.append(_table(name, table, width, rows))
    closing = [clean(sentence(released, caveat)) for caveat in released.caveats]
    closing += [standing_words(released.standing), basis_words(released.basis)]
    closing.append(released.small_numbers)
    parts.append("\n".join(fill(line, width) for line in closing))
    return "\n\n".join(parts) + "\n"


def _bold(text: str, strong: bool) -> str:
    return f"{BOLD}{text}{PLAIN}" if strong else text


def _table(name: str, table: ReleasedTable, width: int, rows: int) -> str:
    columns = headings(table)
    shown = min(rows, len(table))
    title = clean(table.title or name.replace("_", " ").capitalize())
    if len(table) == 1:
        lines = _turned([(clean(one.words), clean(words)) for one, words in turned(table)], width)
    else:
        lines = _grid(table, columns, shown, width)
    if shown < len(table):
        lines.append(f"... and {len(table) - shown:,} more rows")
    lines += [fill(line, width) for line in notes(table)]
    return "\n".join([fill(title, width), *lines])


def _turned(pairs: list[tuple[str, str]], width: int) -> list[str]:
    """Return a table of one row with its columns underneath each other."""
    room = min(max(_cells(heading) for heading, _ in pairs), width // 2)
    return [f"  {_fitted(heading, room, False)}  {_cut(words, width - room - 4)}" for heading, words in pairs]


def _grid(table: ReleasedTable, columns: list[Heading], shown: int, width: int) -> list[str]:
    """Return the rows aligned under headings of several lines; columns that do not fit are named."""
    cells = [[clean(words_at(table, one, row)) for row in range(shown)] for one in columns]
    heads = [clean(one.words) for one in columns]
    numeric = [one.column.kind not in ("label", "date") for one in columns]
    widths = _widths(heads, cells, numeric, width, folded=False)
    if sum(widths) + 2 * (len(widths) - 1) > width:
        widths = _widths(heads, cells, numeric, width, folded=True)
    fits = sum(sum(widths[: place + 1]) + 2 * place <= width for place in range(len(widths)))
    folded = [wrap(head, room) or [""] for head, room in zip(heads[:fits], widths, strict=False)]
    tall = max((len(lines) for lines in folded), default=0)
    grid = [[""] * (tall - len(lines)) + lines for lines in folded]
    lines = [_line([column[row] for column in grid], widths, numeric) for row in range(tall)]
    lines.append("-" * min(width, sum(widths[:fits]) + 2 * (fits - 1)))
    lines += [_line([column[row] for column in cells[:fits]], widths, numeric) for row in range(shown)]
    if fits < len(heads):
        lines.append(fill(f"Not shown for want of width: {', '.join(heads[fits:])}.", width))
    return lines


def _line(texts: list[str], widths: list[int], numeric: list[bool]) -> str:
    fitted = (_fitted(text, room, right) for text, room, right in zip(texts, widths, numeric, strict=False))
    return "  ".join(fitted).rstrip()


def _widths(heads: list[str], cells: list[list[str]], numeric: list[bool], width: int, *, folded: bool) -> list[int]:
    """Return the width of each column: that of its widest cell or heading, or word of a folded heading.

    Labels give way first where the line is too long.
    """
    widths = []
    for head, column, right in zip(heads, cells, numeric, strict=True):
        word = max((_cells(part) for part in (head.split() if folded else [head])), default=1)
        widest = max([word, *(_cells(text) for text in column)])
        widths.append(widest if right else max(word, min(widest, WIDEST_LABEL)))
    labels = [place for place, right in enumerate(numeric) if not right]
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


def _cut(text: str, room: int) -> str:
    """Leave out the middle of what is too wide: the end often tells one label from another."""
    if _cells(text) <= room:
        return text
    text = shortened(text)
    head, tail = text[: len(text) * 2 // 3], text[len(text) * 2 // 3 :]
    while _cells(head) + _cells(tail) >= room and (head or tail):
        head, tail = (head[:-1], tail) if len(head) > len(tail) else (head, tail[1:])
    return f"{head}{ELLIPSIS}{tail}"


def _fitted(text: str, room: int, right: bool) -> str:
    text = _cut(text, room)
    space = " " * (room - _cells(text))
    return space + text if right else text + space
