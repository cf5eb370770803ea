"""Read workbooks, Excel (.xlsx, .xlsm) and OpenDocument (.ods): one table of one sheet, as text.

A workbook is untrusted: its XML is read once as a stream, which finds how large each sheet is, and copied
into a plain archive; only that copy is opened. Formulas are never worked out, the values saved with
them are read; macros, pictures and links are not looked at.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from outward.catalogue import Progress
from outward.errors import BadInput
from outward.evidence.names import unique
from outward.evidence.readers.archive import Archive
from outward.evidence.readers.choosing import Choice, choose
from outward.evidence.readers.sheet_bounds import OpenDocument, Scan, Sheet, Strings, root
from outward.evidence.readers.sheets import Merged, Table, find_table, table_rows, with_merged
from outward.evidence.readers.stream import check_room, fingerprint
from outward.evidence.readers.text_rows import keep_rows
from outward.evidence.tables import SetAside, Source

if TYPE_CHECKING:
    import duckdb
    from python_calamine import CalamineSheet, CalamineWorkbook

EXCEL, OPEN_DOCUMENT = "xlsx", "ods"
NOT_LOOKED_AT = re.compile(r"(^|/)(drawings|charts|media|pivot\w*|externalLinks|revisions|theme|comments\d*)\b")
DAMAGED = "The workbook '{}' is damaged, or is no workbook. Open it, save it again and try once more."


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
        merged = _checked(archive, copy, kind, progress)
    try:
        source = _read(path, copy, connection, scratch, progress, table, merged)
    finally:
        copy.unlink(missing_ok=True)
    relation, columns, aside, notes = source
    progress.advance(1.0, "Read")
    return Source(path, kind, relation, dict.fromkeys(columns, "VARCHAR"), digest, aside, notes)


def _checked(archive: Archive, copy: Path, kind: str, progress: Progress) -> dict[str, Merged]:
    """Write the XML of the workbook to a plain archive, checked; return the merged cells of OpenDocument sheets."""
    sheets: dict[str, Merged] = {}
    lengths: list[int] = []
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED, allowZip64=True) as out:
        for name, scan in _scans(archive, kind, lengths):
            with out.open(name, "w", force_zip64=True) as member:
                for block in scan.through(archive.blocks(name)):
                    progress.advance(0.3, "Checking the workbook")
                    check_room(copy.parent)
                    member.write(block)
            if isinstance(scan, Strings):
                lengths.extend(scan.lengths)
            if isinstance(scan, OpenDocument):
                sheets |= {sheet: extent.merged for sheet, extent in scan.sheets.items()}
        if kind == OPEN_DOCUMENT:
            out.writestr("mimetype", archive.start("mimetype"))
    return sheets


def _scans(archive: Archive, kind: str, lengths: list[int]) -> list[tuple[str, Scan]]:
    """The XML files to read, each with what looks at it; the texts that sheets share come first."""
    wanted = [name for name in archive.members if name.endswith((".xml", ".rels")) and not NOT_LOOKED_AT.search(name)]
    if kind == OPEN_DOCUMENT:
        return [(name, OpenDocument() if name == "content.xml" else Scan()) for name in wanted]
    roots = {name: root(archive.start(name)) for name in wanted}
    shared: list[tuple[str, Scan]] = [(name, Strings()) for name in wanted if roots[name] == "sst"]
    if len(shared) > 1:
        raise BadInput(DAMAGED.format(archive.path.name))
    others = [name for name in wanted if roots[name] != "sst"]
    return shared + [(name, Sheet(lengths) if roots[name] == "worksheet" else Scan()) for name in others]


def _read(
    path: Path,
    copy: Path,
    connection: duckdb.DuckDBPyConnection,
    scratch: Path,
    progress: Progress,
    wanted: str,
    merged: dict[str, Merged],
) -> tuple[str, list[str], tuple[SetAside, ...], tuple[str, ...]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with CalamineWorkbook.from_path(copy) as book:
            sheet, table, notes = _chosen(path, book, wanted, progress)
            table = with_merged(table, sheet, merged.get(table.name, ()))
            names = unique(table.header)
            relation = keep_rows(table_rows(sheet, table), names, connection, scratch, progress)
    except PasswordError:
        raise BadInput(f"The workbook '{path.name}' is locked with a password. Save it without one.") from None
    except (CalamineError, OSError):
        raise BadInput(DAMAGED.format(path.name)) from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # how the library gives up; it is no Exception
            raise BadInput(DAMAGED.format(path.name)) from None
        raise
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
