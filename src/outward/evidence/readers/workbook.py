"""Read workbooks, Excel (.xlsx, .xlsm) and OpenDocument (.ods): one table of one sheet, as text.

A workbook is untrusted and is checked first; the values saved with its formulas are read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from outward.catalogue import Progress
from outward.evidence.names import unique
from outward.evidence.readers.choosing import Choice, choose
from outward.evidence.readers.sheets import Merged, Table, find_table, table_rows, with_merged
from outward.evidence.readers.text_rows import keep_rows
from outward.evidence.tables import SetAside, Source
from outward.untrusted.archive import Archive
from outward.untrusted.stream import fingerprint
from outward.untrusted.workbooks import checked_copy, opened

if TYPE_CHECKING:
    import duckdb
    from python_calamine import CalamineSheet, CalamineWorkbook


def read(
    path: Path,
    connection: duckdb.DuckDBPyConnection,
    scratch: Path,
    progress: Progress,
    kind: str,
    table: str = "",
) -> Source:
    """Return one table of a workbook as a relation of text columns.

    Args:
        path: the workbook.
        connection: the engine.
        scratch: a private folder that holds the rows for as long as the relation is used.
        progress: told how far it has come.
        kind: 'xlsx' or 'ods'.
        table: the sheet; '' to choose the only one with a table, or the only one with the columns of a log.

    Raises:
        UsageError: there is no such sheet.
        BadInput: the workbook is damaged, locked, too large, holds no table or several that could be meant.
    """
    digest = fingerprint(path, progress)
    copy = scratch / f"checked.{kind}"
    with Archive(path) as archive:
        merged = {name: extent.merged for name, extent in checked_copy(archive, copy, kind, progress).items()}
    try:
        source = _read(path, copy, connection, scratch, progress, table, merged)
    finally:
        copy.unlink(missing_ok=True)
    relation, columns, aside, notes = source
    progress.advance(1.0, "Read")
    return Source(path, kind, relation, dict.fromkeys(columns, "VARCHAR"), digest, aside, notes)


def _read(
    path: Path,
    copy: Path,
    connection: duckdb.DuckDBPyConnection,
    scratch: Path,
    progress: Progress,
    wanted: str,
    merged: Mapping[str, Merged],
) -> tuple[str, list[str], tuple[SetAside, ...], tuple[str, ...]]:
    with opened(copy, path.name) as book:
        sheet, table, notes = _chosen(path, book, wanted, progress)
        table = with_merged(table, sheet, merged.get(table.name, ()))
        names = unique(table.header)
        relation = keep_rows(table_rows(sheet, table), names, connection, scratch, progress)
    aside = (SetAside("it is a note below the table", table.notes),) if table.notes else ()
    return relation, names, aside, (*notes, *_notes(table, names))


def _chosen(
    path: Path, book: CalamineWorkbook, wanted: str, progress: Progress
) -> tuple[CalamineSheet, Table, tuple[str, ...]]:
    """The sheet to read and the table in it, with what to say of the choice."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    shown = [one.name for one in sheets if one.visible == SheetVisibleEnum.Visible]
    found: dict[str, Table] = {}
    for name in [wanted] if wanted in [one.name for one in sheets] else shown:
        sheet = book.get_sheet_by_name(name)
        if table := find_table(sheet, progress):
            found[name] = table
    choices = [Choice(one.name, one.header, f"{one.rows:,} rows") for one in found.values()]
    chosen, why = choose(path.name, wanted, choices)
    if sheet.name != chosen:
        sheet = book.get_sheet_by_name(chosen)
    return sheet, found[chosen], _said(chosen, why, wanted, shown, len(sheets), len(found))


def _said(name: str, why: str, wanted: str, shown: Sequence[str], sheets: int, tables: int) -> tuple[str, ...]:
    if sheets == 1:
        return ()
    hidden = f", {sheets - len(shown)} of them hidden" if sheets > len(shown) else ""
    held = "" if wanted else f"; {tables} of those shown {'holds a table' if tables == 1 else 'hold tables'}"
    return (f"The workbook has {sheets} sheets{hidden}{held}. '{name}' was read: {why}.",)


def _notes(table: Table, names: Sequence[str]) -> tuple[str, ...]:
    notes = []
    if table.titles:
        notes.append(f"Rows of title above the header were skipped: {table.titles}.")
    if any(table.header_row < row <= table.last_row for row, *_ in table.merged):
        notes.append("Merged cells were filled with what they hold.")
    renamed = [name for name, given in zip(names, table.header, strict=True) if name != " ".join(given.split())]
    if renamed:
        notes.append(f"Columns without a name of their own were named: {', '.join(renamed[:10])}.")
    return tuple(notes)
