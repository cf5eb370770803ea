"""The size of a workbook's sheets, found from its XML before anything is built from it.

Two cells, one at each corner, make a sheet of 17 thousand million; a few bytes of an OpenDocument
sheet say 'repeat this a million times'. The XML is read as a stream, in any encoding and spelling,
and a workbook is refused before such a sheet is spread out in memory.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Any
from xml.parsers import expat

from outward.errors import BadInput

MOST_CELLS = 12_000_000
"""Cells of one sheet, empty ones between them included: a million rows of twelve columns."""

MOST_LETTERS = 400_000_000
"""Characters in the cells of one sheet, repeated ones counted each time."""

MOST_MERGED = 200_000

MOST_ODD = 1_000
FORMULA, TAB = "formula", "tab"
"""What the library that reads cells does not tell of them: it gives a formula's last value, and drops tabs of
OpenDocument."""

MOST_PERCENT = 100_000
"""Cells set as a percentage that are noted of one sheet."""

SAVE_AS_CSV = "Save the one sheet as CSV and give that."


@dataclass
class Extent:
    """How far a sheet goes: rows and columns from its corner to the last filled cell.

    Attributes:
        before: cells and letters of the sheets that are held in memory beside it.
        merged: merged cells as (row, column, rows, columns), counted from 0; of OpenDocument only.
        odd: the first cells that hold a formula or a tab, by row and column, counted from 0.
        percent: the first cells that show 45%, by row and column, counted from 0: what they hold times how many. Set
            as a percentage they hold 0.45, times 100; with the mark as a word of an Excel format they hold 45.
    """

    before: tuple[int, int] = (0, 0)
    rows: int = 0
    columns: int = 0
    filled: int = 0
    letters: int = 0
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    odd: dict[tuple[int, int], str] = field(default_factory=dict)
    percent: dict[tuple[int, int], int] = field(default_factory=dict)

    def is_odd(self, row: int, column: int, why: str) -> None:
        """Note that a cell holds what the library does not tell."""
        if len(self.odd) < MOST_ODD:
            self.odd[row, column] = why

    def is_percent(self, row: int, column: int, down: int = 1, across: int = 1, times: int = 100) -> None:
        """Note that cells show a percentage, so many down and across from a row and column."""
        cells = product(range(row, row + down), range(column, column + across))
        self.percent |= dict.fromkeys(islice(cells, MOST_PERCENT - len(self.percent)), times)

    def whole(self) -> tuple[int, int]:
        """Return the cells, empty ones between them included, and the letters held together."""
        cells, letters = self.before
        return cells + max(self.rows * self.columns, self.filled), letters + self.letters

    def take(self, row: int, column: int, times: int = 1) -> None:
        """Count a filled cell that ends at this row and column (from 1).

        Raises:
            BadInput: the sheet is too large.
        """
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)
        self.filled += times
        if self.before[0] + max(self.rows * self.columns, self.filled) > MOST_CELLS:
            self._refuse()

    def read(self, letters: int) -> None:
        """Count so many characters.

        Raises:
            BadInput: the sheet is too large.
        """
        self.letters += letters
        if self.before[1] + self.letters > MOST_LETTERS:
            self._refuse()

    def _refuse(self) -> None:
        raise BadInput(
            f"A sheet of the workbook reaches to row {self.rows:,} and column {self.columns:,}, or holds very long "
            f"text: too large to be read safely. {SAVE_AS_CSV}"
        )


class Scan:
    """One XML file of a workbook read as a stream; a subclass says what its elements mean."""

    def __init__(self) -> None:
        self.parser: Any = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = _refuse_type

    def through(self, found: Iterator[bytes]) -> Iterator[bytes]:
        """Yield the same blocks once each has been looked at.

        Raises:
            BadInput: they are no sound XML, declare a document type, or tell of a sheet too large.
        """
        try:
            for block in found:
                self.parser.Parse(block, False)
                yield block
            self.parser.Parse(b"", True)
        except (expat.ExpatError, LookupError, ValueError):
            raise BadInput("The workbook is damaged inside. Open it, save it again and try once more.") from None


def _refuse_type(*_: object) -> None:
    raise BadInput("The workbook declares a document type, which can do harm. Save it again and try once more.")


class Strings(Scan):
    """The texts that the sheets of an Excel workbook share: how long each is."""

    def __init__(self) -> None:
        super().__init__()
        self.lengths: list[int] = []
        self.parser.StartElementHandler = self._opened
        self.parser.CharacterDataHandler = self._text

    def _opened(self, name: str, _: dict[str, str]) -> None:
        if local(name) == "si":
            self.lengths.append(0)

    def _text(self, text: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(text)


class Styles(Scan):
    """The styles of an Excel workbook: which of them show a number as a percentage, of what it is times how many."""

    def __init__(self) -> None:
        super().__init__()
        self.percents: dict[str, int] = {}
        self.formats = {"9": 100, "10": 100}  # 0% and 0.00%, which every program knows
        self.within = ""
        self.number = 0
        self.parser.StartElementHandler = self._opened

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if name == "numFmt" and self.within == "numFmts":
            code = attributes.get("formatCode", "")
            if "%" in NOT_SHOWN.sub("", code):
                self.formats[attributes.get("numFmtId", "")] = 100
            elif AS_A_WORD.search(code):
                self.formats[attributes.get("numFmtId", "")] = 1
        elif name == "xf" and self.within == "cellXfs":
            if times := self.formats.get(attributes.get("numFmtId", "")):
                self.percents[str(self.number)] = times
            self.number += 1
        elif name in ("numFmts", "cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            self.within = name


NOT_SHOWN = re.compile(r'"[^"]*"|\\.')
"""Words within the format of a number, which are shown as they stand."""
AS_A_WORD = re.compile(r'"\s*%\s*"|\\%')
"""The mark of a percentage as such a word: 45 is shown as 45%."""


class Sheet(Scan):
    """A sheet of an Excel workbook; a cell counts once it holds something."""

    def __init__(self, lengths: list[int], percents: dict[str, int]) -> None:
        super().__init__()
        self.extent, self.lengths, self.percents = Extent(), lengths, percents
        self.row = self.column = self.merged = 0
        self.row_text = ""
        self.shared = False
        self.percent = 0
        self.columns: dict[str, int] = {}
        self.parser.StartElementHandler = self._opened

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if name == "c":
            self._cell(attributes)
        elif name in ("v", "is"):
            self.extent.take(self.row, self.column)
            if self.percent:
                self.extent.is_percent(self.row - 1, self.column - 1, times=self.percent)
            if self.shared:
                self.parser.CharacterDataHandler = self._number
        elif name == "row":
            self._at_row(_whole(attributes.get("r", "")) or self.row + 1)
            self.column = 0
        elif name == "mergeCell":
            self.merged += 1
            _check_merged(self.merged)
        elif name == "f":
            self.extent.is_odd(self.row - 1, self.column - 1, FORMULA)

    def _cell(self, attributes: dict[str, str]) -> None:
        if self.shared:
            self.parser.CharacterDataHandler = None
        self.shared = attributes.get("t") == "s"
        self.percent = self.percents.get(attributes.get("s", ""), 0)
        place = attributes.get("r", "")
        letters = place.removesuffix(self.row_text)
        if letters in self.columns:
            self.column = self.columns[letters]
        elif place:
            letters = place.rstrip("0123456789")
            self.column = self.columns[letters] = _column(letters)
            self._at_row(_whole(place[len(letters) :]))
        else:
            self.column += 1

    def _at_row(self, row: int) -> None:
        if row > self.row:
            self.row, self.row_text = row, str(row)

    def _number(self, text: str) -> None:
        number = _whole(text)
        if number < len(self.lengths) and not text.isspace():
            self.extent.read(self.lengths[number])


class OpenDocument(Scan):
    """The content of an OpenDocument workbook: its sheets by name."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: dict[str, Extent] = {}
        self.extent = Extent()
        self.row = self.column = self.rows = self.times = self.length = 0
        self.parser.StartElementHandler = self._opened
        self.parser.EndElementHandler = self._closed
        self.parser.CharacterDataHandler = self._text

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if name in ("table-cell", "covered-table-cell"):
            self.times = _times(attributes, "table:number-columns-repeated")
            self.length = len(attributes.get("office:string-value", ""))
            if "office:value-type" in attributes or "calcext:value-type" in attributes:
                self._filled(attributes)
            if "table:formula" in attributes:
                self.extent.is_odd(self.row, self.column, FORMULA)
            self.column += self.times
        elif name == "table-row":
            self.row += self.rows
            self.rows, self.column = _times(attributes, "table:number-rows-repeated"), 0
        elif name == "table":
            self.extent = Extent(before=self.extent.whole())
            self.sheets[attributes.get("table:name", "")] = self.extent
            self.row = self.rows = 0
        elif name == "tab":
            self.extent.is_odd(self.row, self.column - self.times, TAB)

    def _filled(self, attributes: dict[str, str]) -> None:
        down, across = (_times(attributes, f"table:number-{what}-spanned") for what in ("rows", "columns"))
        if down * across > 1:
            self.extent.merged.append((self.row, self.column, down, across))
            _check_merged(len(self.extent.merged))
        self.extent.take(self.row + self.rows, self.column + self.times, self.times * self.rows)
        if "percentage" in (attributes.get("office:value-type"), attributes.get("calcext:value-type")):
            self.extent.is_percent(self.row, self.column, self.rows, self.times)

    def _text(self, text: str) -> None:
        self.length += len(text)

    def _closed(self, name: str) -> None:
        if local(name) == "table-cell":
            self.extent.read(self.length * self.times * self.rows)
            self.length = 0


def local(name: str) -> str:
    """Return the name of an element without its prefix.

    >>> local("x:row")
    'row'
    """
    return name.rpartition(":")[2] if ":" in name else name


def root(start: bytes) -> str:
    """Return the name of the outermost element of XML, without its prefix; '' where there is none.

    >>> root(b'<?xml version="1.0"?><x:worksheet xmlns:x="made-up">')
    'worksheet'
    """
    found: list[str] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, _: found.append(local(name))
    with contextlib.suppress(expat.ExpatError, LookupError, ValueError):
        parser.Parse(start, False)
    return found[0] if found else ""


def elements(content: bytes, name: str) -> list[dict[str, str]]:
    """Return the attributes of each element of this name in XML that a `Scan` has passed.

    >>> elements(b'<x:a><x:b n="1"/><b n="2"/></x:a>'.replace(b"<x:a", b'<x:a xmlns:x="made-up"'), "b")
    [{'n': '1'}, {'n': '2'}]
    """
    found: list[dict[str, str]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda one, attributes: found.append(attributes) if local(one) == name else None
    parser.Parse(content, True)
    return found


def _check_merged(number: int) -> None:
    if number > MOST_MERGED:
        raise BadInput(f"A sheet of the workbook has too many merged cells. {SAVE_AS_CSV}")


def _times(attributes: dict[str, str], name: str) -> int:
    return max(1, _whole(attributes.get(name, "1")))


def _whole(text: str) -> int:
    """The number in decimal digits; one far too large for any sheet stays too large."""
    try:
        return max(int(text[:12]), 0)
    except ValueError:
        return 0


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + max(ord(letter) - 64, 0)
    return number
