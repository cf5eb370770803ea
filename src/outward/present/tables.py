"""An answer's tables as HTML, as CSV, and as Arrow, pandas and Polars tables."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from outward.answers import Column, Value
from outward.disclosure.released import ReleasedAnswer, ReleasedTable
from outward.errors import Missing
from outward.present.lettering import clean, safe
from outward.present.scrolling import scrolling
from outward.present.words import MARKS, WORKING, basis_words, cell_at, mark, stamps, titled

SHOWN, MOST = 20, 500
NARROW = 3  # columns, up to which a table is only as wide as its words
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula."""


@dataclass(frozen=True)
class Heading:
    """One column of a table as people read it: a figure, or the two ends of its interval."""

    column: Column
    ends: tuple[str, str] | None = None

    @property
    def words(self) -> str:
        """What stands above it."""
        if self.ends:
            return "Likely range"
        return f"{self.column.heading} ({self.unit})" if self.unit else self.column.heading

    @property
    def unit(self) -> str:
        """The unit that stands above the figures and not beside each: long ones, as 'customer days'."""
        unit = self.column.unit
        return unit if unit.endswith(" days") or unit in WORKING else ""


def headings(table: ReleasedTable) -> list[Heading]:
    """Return the columns to read, the two ends of an interval as one column beside its figure.

    A path stands as its two steps; the column that holds both is for pictures.
    """
    low = {column.bounds: column.name for column in table.columns if column.kind == "low"}
    high = {column.bounds: column.name for column in table.columns if column.kind == "high"}
    paired = [name for name in low if name in high and name in table.values]
    within = {low[name] for name in paired} | {high[name] for name in paired}
    told = {"path"} if {"from_step", "to_step"} <= set(table.values) else set()
    shown = []
    for column in table.columns:
        if column.name not in within | told:
            shown.append(Heading(column))
        if column.name in paired:
            shown.append(Heading(column, (low[column.name], high[column.name])))
    return shown


def words_at(table: ReleasedTable, heading: Heading, row: int) -> str:
    """Return what stands in one cell of the table that people read."""
    if not heading.ends:
        words = cell_at(table, heading.column.name, row)
        return _bare(words, heading.unit)
    low, high = (_bare(cell_at(table, end, row), heading.unit) for end in heading.ends)
    return low if low == high else f"{low} to {high}"


def _bare(words: str, unit: str) -> str:
    """Return a figure without the unit that stands above it."""
    return words.replace(f" {unit}", "").replace(f" {unit.removesuffix('s')}", "") if unit else words


def used_marks(table: ReleasedTable) -> list[str]:
    """Return the symbols that stand in the table, in the order of the legend."""
    unsaid = {column.name for column in table.columns if column.unsaid}
    found = {
        symbol
        for name, cells in table.marks.items()
        for symbol in cells
        if symbol and (symbol == "c" or name not in unsaid)
    }
    unknown = any(
        _is_missing(value) and not (table.marks.get(column.name) or {row: None})[row]
        for column in table.columns
        if column.kind != "label" and not column.unsaid
        for row, value in enumerate(table.values[column.name])
    )
    return [symbol for symbol in MARKS if symbol in found or (symbol == "x" and unknown)]


def notes(table: ReleasedTable) -> list[str]:
    """Return the lines that explain a table: its symbols, its intervals, what was left out."""
    symbols = "; ".join(f"{mark(symbol)} {MARKS[symbol]}" for symbol in used_marks(table))
    lines = [f"{symbols}."] if symbols else []
    if any(heading.ends for heading in headings(table)):
        where = "In brackets, the" if _read_down(table) else "The"
        lines.append(f"{where} likely range: the interval in which the true figure can be expected to lie.")
    if table.rows_left_out:
        lines.append("Rows with too few people are left out or counted together.")
    return lines


LeadsTo = Callable[[ReleasedTable, str, int], str]
"""Where the cell of a table, a column and a row leads; '' for nowhere."""


def nowhere(_table: ReleasedTable, _column: str, _row: int) -> str:
    """Return '', whatever the cell."""
    return ""


def table_html(
    released: ReleasedAnswer, name: str, *, shown: int = SHOWN, most: int = MOST, leads_to: LeadsTo = nowhere
) -> str:
    """Return one table as HTML in the GOV.UK manner, with its symbols explained underneath.

    How small numbers were dealt with is the same for all tables of an answer: whoever shows them says it once.

    Args:
        released: the answer.
        name: of the table within the answer.
        shown: rows to show at once; the others wait behind 'Show the other rows'.
        most: rows to put on a page at all; what is beyond stands in the CSV, and it says so.
        leads_to: where a cell leads.
    """
    table = released.tables[name]
    caption = caption_of(released, name)
    rows = range(min(len(table), most))
    parts = [_grid(table, caption, rows[:shown], leads_to)]
    if len(rows) > shown:
        rest = f"{caption}, rows {shown + 1:,} to {len(rows):,}"
        parts.append(
            '<details class="govuk-details"><summary class="govuk-details__summary">'
            '<span class="govuk-details__summary-text">'
            f"Show the other {f'{len(rows) - shown:,} rows' if len(rows) > shown + 1 else 'row'}"
            f" {unseen(f'of: {caption}')}</span></summary>"
            f'<div class="govuk-details__text">{_grid(table, rest, rows[shown:], leads_to)}</div></details>'
        )
    lines = [*notes(table), *(f"{stamp}." for stamp in stamps(released))]
    if len(table) > most:
        lines.insert(0, f"The first {most:,} of {len(table):,} rows. The CSV file holds them all.")
    if lines:
        parts.append(f'<p class="govuk-body-s outward-notes">{"<br>".join(safe(line) for line in lines)}</p>')
    return "".join(parts)


def caption_of(released: ReleasedAnswer, name: str) -> str:
    """Return what stands above a table of the answer."""
    return released.tables[name].title or name.replace("_", " ").capitalize()


def _grid(table: ReleasedTable, caption: str, rows: Sequence[int], leads_to: LeadsTo) -> str:
    columns = headings(table)
    if _read_down(table):
        return _turned(table, caption, leads_to)
    head = "".join(
        f'<th scope="col" class="govuk-table__header{_numeric(one.column) if place else ""}">{safe(one.words)}</th>'
        for place, one in enumerate(columns)
    )
    body = "".join(f'<tr class="govuk-table__row">{_row(table, columns, row, leads_to)}</tr>' for row in rows)
    return scrolling(
        f'<table class="govuk-table{" outward-narrow" if len(columns) <= NARROW else ""}">'
        f'<caption class="govuk-table__caption govuk-table__caption--s">{safe(caption)}</caption>'
        f'<thead class="govuk-table__head"><tr class="govuk-table__row">{head}</tr></thead>'
        f'<tbody class="govuk-table__body">{body}</tbody></table>'
    )


def _read_down(table: ReleasedTable) -> bool:
    return len(table) == 1 and len(headings(table)) > 1


def turned(table: ReleasedTable) -> list[tuple[Heading, str]]:
    """Return a table of one row as headings with their figures, an interval in brackets after its figure."""
    pairs: list[tuple[Heading, str]] = []
    for heading in headings(table):
        words = words_at(table, heading, 0)
        if not heading.ends:
            pairs.append((heading, words))
        elif words != pairs[-1][1]:
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} ({words})")
    return pairs


def _turned(table: ReleasedTable, caption: str, leads_to: LeadsTo) -> str:
    """Return a table of one row with its columns underneath each other, to be read down."""
    cells = [
        (one.words, _leading(_spoken(safe(words), _symbols(table, one, 0)), leads_to(table, one.column.name, 0)))
        for one, words in turned(table)
    ]
    body = "".join(
        f'<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">{safe(head)}</th>'
        f'<td class="govuk-table__cell">{text}</td></tr>'
        for head, text in cells
    )
    return scrolling(
        '<table class="govuk-table outward-narrow"><caption class="govuk-table__caption '
        f'govuk-table__caption--s">{safe(caption)}</caption>'
        f'<tbody class="govuk-table__body">{body}</tbody></table>'
    )


def _row(table: ReleasedTable, columns: Sequence[Heading], row: int, leads_to: LeadsTo) -> str:
    cells = []
    for place, heading in enumerate(columns):
        text = _spoken(safe(words_at(table, heading, row)), _symbols(table, heading, row))
        text = _leading(text, leads_to(table, heading.column.name, row))
        if not place and heading.column.kind in ("label", "date", "number"):
            cells.append(f'<th scope="row" class="govuk-table__header">{text}</th>')
        else:
            cells.append(f'<td class="govuk-table__cell{_numeric(heading.column)}">{text}</td>')
    return "".join(cells)


def _leading(text: str, where: str) -> str:
    return f'<a class="govuk-link" href="{safe(where)}">{text}</a>' if where else text


def cell_html(table: ReleasedTable, column: str, row: int) -> str:
    """Return the cell of that column and row (from 0) as HTML: a symbol is shown, and its meaning is read out."""
    return _spoken(safe(cell_at(table, column, row)), _symbols(table, Heading(table.column(column)), row))


def _symbols(table: ReleasedTable, heading: Heading, row: int) -> set[str]:
    """Return the symbols that stand in a cell: those of its figure and of its interval."""
    name = heading.column.name
    columns = [one for one in table.columns if name in (one.name, one.bounds)]
    marks = {(table.marks.get(one.name) or {row: None})[row] for one in columns}
    if any(one.kind != "label" and _is_missing(table.values[one.name][row]) for one in columns):
        marks.add("x")
    return {symbol for symbol in marks if symbol}


def _spoken(text: str, symbols: Collection[str]) -> str:
    """Return escaped words in which each symbol is shown, and said in words to whoever listens.

    >>> _spoken("[z]", {"z"})
    '<span aria-hidden="true">[z]</span><span class="govuk-visually-hidden">does not apply</span>'
    """
    for symbol in symbols:
        said = re.split("[,:]", MARKS[symbol])[0]
        text = text.replace(mark(symbol), f'<span aria-hidden="true">{mark(symbol)}</span>{unseen(said)}')
    return text


def unseen(words: str) -> str:
    """Return words for those who listen, which nobody sees."""
    return f'<span class="govuk-visually-hidden">{safe(words)}</span>'


def _numeric(column: Column) -> str:
    return "" if column.kind in ("label", "date") else " govuk-table__cell--numeric"


def first_line(released: ReleasedAnswer) -> str:
    """Return the comment on top of a CSV file: the question, the basis, the policy, without a comma."""
    policy = released.policy
    checked = f"policy {policy.name}" if policy.checked else "not for release"
    about = f"# {released.question} {titled(released)} | basis: {released.basis.value} | {checked}"
    about += f" | {basis_words(released.basis)} {released.small_numbers}"
    return clean(about).replace(",", ";").replace('"', "'")


def table_csv(released: ReleasedAnswer, name: str) -> str:
    """Return one table as CSV: a comment, the column names, the figures as plain numbers.

    A cell without a figure holds its symbol. Text that a spreadsheet would run as a formula gets an
    apostrophe in front.

    Args:
        released: the answer.
        name: of the table within the answer.
    """
    table = released.tables[name]
    out = io.StringIO()
    out.write(first_line(released) + "\r\n")
    writer = csv.writer(out)
    writer.writerow([_harmless(column.name) for column in table.columns])
    for row in range(len(table)):
        writer.writerow([_csv_cell(table, column, row) for column in table.columns])
    return out.getvalue()


def _csv_cell(table: ReleasedTable, column: Column, row: int) -> str:
    value = table.values[column.name][row]
    symbols = table.marks.get(column.name)
    if _is_missing(value):
        return "" if column.kind == "label" and not (symbols and symbols[row]) else cell_at(table, column.name, row)
    if isinstance(value, str):
        return _harmless(value)
    return str(value)


def _harmless(text: str) -> str:
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def to_arrow(released: ReleasedAnswer, name: str) -> Any:
    """Return one table as a pyarrow Table; its metadata holds the question, basis and policy.

    Args:
        released: the answer.
        name: of the table within the answer.

    Raises:
        Missing: pyarrow is not installed.
    """
    pyarrow = _installed("pyarrow")
    table = released.tables[name]
    types = {"label": pyarrow.string(), "date": pyarrow.string(), "count": pyarrow.int64()}
    columns, fields = [], []
    for column in table.columns:
        values = [_plain(value) for value in table.values[column.name]]
        kind = types.get(column.kind, pyarrow.float64())
        if column.kind == "label":
            values = [None if value is None else str(value) for value in values]
        if column.kind == "count" and any(isinstance(value, float) and value % 1 for value in values):
            kind = pyarrow.float64()
        columns.append(pyarrow.array(values, kind))
        fields.append(pyarrow.field(column.name, kind, metadata={"unit": column.unit, "kind": column.kind}))
    about = {
        "question": released.question,
        "title": released.title,
        "basis": released.basis.value,
        "policy": released.small_numbers,
    }
    return pyarrow.Table.from_arrays(columns, schema=pyarrow.schema(fields, metadata=about))


def _is_missing(value: Value) -> bool:
    return value is None or value != value


def _plain(value: Value) -> Value:
    return None if _is_missing(value) else value


def to_pandas(released: ReleasedAnswer, name: str) -> Any:
    """Return one table as a pandas DataFrame; a cell without a figure is missing.

    Raises:
        Missing: pandas is not installed.
    """
    pandas = _installed("pandas")
    table = released.tables[name]
    return pandas.DataFrame({column: [_plain(value) for value in cells] for column, cells in table.values.items()})


def to_polars(released: ReleasedAnswer, name: str) -> Any:
    """Return one table as a Polars DataFrame; a cell without a figure is null.

    Raises:
        Missing: Polars is not installed.
    """
    polars = _installed("polars")
    table = released.tables[name]
    return polars.DataFrame(
        {column: [_plain(value) for value in cells] for column, cells in table.values.items()}, strict=False
    )


def _installed(library: str) -> Any:
    from importlib import import_module

    try:
        return import_module(library)
    except ImportError as error:
        raise Missing(
            f"'{library}' is not installed, so the table cannot be given in its form. "
            "Install it with: pip install outward[notebook]"
        ) from error
