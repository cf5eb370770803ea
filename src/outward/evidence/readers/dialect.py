"""How a delimited file is written: which character parts its fields, and where its header stands."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass

from outward.errors import BadInput

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
MOST_COLUMNS = 2000
ROWS_LOOKED_AT = 200


@dataclass(frozen=True)
class Dialect:
    """The delimiter, the header's cells as written, and the lines of title above the header."""

    delimiter: str
    header: tuple[str, ...]
    title_lines: int


def sniff(text: str, name: str) -> Dialect:
    r"""Return how the text is written: the delimiter that gives the most even and widest rows.

    Args:
        text: the first part of the file, with whole lines.
        name: the file's name, for messages.

    Raises:
        BadInput: there is no header, only a header, or too many columns.

    >>> sniff("case;cost\n1;2,5\n2;3,5\n", "made-up.csv").delimiter
    ';'
    """
    tried = [(_evenness(rows), -place, delimiter, rows) for place, (delimiter, rows) in enumerate(_tries(text))]
    if not tried:
        raise BadInput(f"The file '{name}' holds no rows.")
    _, _, delimiter, rows = max(tried)
    titles = _titles(rows)
    header = rows[titles][1]
    if len(rows) <= titles + 1:
        if text.count('"') % 2:
            raise BadInput(
                f"A quotation mark near the top of '{name}' is not closed, so it cannot be told where the rows "
                "begin. Mend that line, or export the file again with quotation marks doubled inside fields."
            )
        raise BadInput(f"The file '{name}' has a header and no rows below it.")
    if len(header) > MOST_COLUMNS:
        raise BadInput(
            f"The file '{name}' has {len(header):,} columns; at most {MOST_COLUMNS:,} can be read. "
            "Leave out the columns that are not needed."
        )
    lines_of_header = 1 + sum(cell.count("\n") for cell in header)
    return Dialect(delimiter, tuple(header), rows[titles][0] - lines_of_header if titles else 0)


Rows = list[tuple[int, list[str]]]


def _tries(text: str) -> list[tuple[str, Rows]]:
    tries = ((delimiter, _rows(text, delimiter)) for delimiter in DELIMITERS)
    return [(delimiter, rows) for delimiter, rows in tries if rows]


def _rows(text: str, delimiter: str) -> Rows:
    """The first rows that are not blank, each with the number of the line on which it ends."""
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    rows: Rows = []
    try:
        for row in reader:
            if row:
                rows.append((reader.line_num, row))
            if len(rows) >= ROWS_LOOKED_AT:
                break
    except csv.Error:
        # One overlong field: what was read before it is enough to go by.
        return rows
    return rows


def _evenness(rows: Rows) -> tuple[bool, float]:
    widths = Counter(len(row) for _, row in rows)
    width, often = widths.most_common(1)[0]
    share = often / len(rows)
    return width > 1 and len(rows[_titles(rows)][1]) > 1, share * min(width, 50) if share > 0.5 else share


def _titles(rows: Rows) -> int:
    """How many rows of title (one filled cell) stand above a header of three cells or more."""
    usual = Counter(len(row) for _, row in rows).most_common(1)[0][0]
    if usual < 3:
        return 0
    for number, (_, row) in enumerate(rows[:10]):
        if sum(bool(cell.strip()) for cell in row) > 1:
            return number
    return 0
