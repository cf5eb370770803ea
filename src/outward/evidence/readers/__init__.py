"""From a file to a relation of the engine: one reader for each format, chosen by content, then name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from outward.catalogue import Progress
from outward.errors import BadInput, UsageError
from outward.evidence.readers.naming import check_name
from outward.evidence.tables import Source
from outward.untrusted.stream import head
from outward.untrusted.workbooks import EXCEL, OPEN_DOCUMENT, SAVE_AS, archived_kind, old_office

if TYPE_CHECKING:
    import duckdb

SPSS = (b"$FL2", b"$FL3")
ZIP, OLD = (b"PK\x03\x04", b"PK\x05\x06"), b"\xd0\xcf\x11\xe0"
NOT_READ = {
    b"%PDF": "is a PDF. Ask for the data behind it as CSV.",
    b"SQLite format 3": f"is an SQLite database. {SAVE_AS}",
    b"{\\rtf": f"is a text document. {SAVE_AS}",
}
MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def open_source(
    path: Path, connection: duckdb.DuckDBPyConnection, scratch: Path, progress: Progress, table: str = ""
) -> Source:
    """Return the file as a relation: every column of it and `row_no`, the original row from 1.

    Args:
        path: a .csv, .tsv, .txt, .jsonl, .parquet, .xes, .xlsx, .ods or .sav file, or a .zip with one; text and XES
            may be packed (.gz).
        connection: the engine; the relation can be asked on it as long as `scratch` stands.
        scratch: a private folder for temporary files, deleted by the caller.
        progress: told how far the reading has come; may stop it.
        table: which table of a file that holds several; '' for the one that can be meant.

    Raises:
        NotFound: there is no such file.
        UsageError: there is no such table.
        BadInput: the file cannot be read; the sentence says why and what to do.
        Cancelled: a person stopped it.
    """
    from outward.evidence.readers import delimited, json_lines, parquet, spss, workbook, xes, zipped

    check_name(path)
    kind = detect(path)
    if kind in (EXCEL, OPEN_DOCUMENT):
        return workbook.read(path, connection, scratch, progress, kind, table)
    if kind == "zip":
        return zipped.read(path, connection, scratch, progress, table)
    if table:
        raise UsageError(f"The file '{path.name}' holds one table, so none can be chosen. Leave out --table.")
    if kind == "parquet":
        return parquet.read(path, connection, progress)
    readers = {"xes": xes.read, "jsonl": json_lines.read, "spss": spss.read, "csv": delimited.read}
    return readers[kind](path, connection, scratch, progress)


def detect(path: Path) -> str:
    """Return what kind of file it is, by what it holds first and by its name second.

    'csv', 'jsonl', 'parquet', 'xes', 'xlsx', 'ods', 'spss' or 'zip'.

    Raises:
        NotFound: there is no such file.
        BadInput: it is empty, or of a kind that is not read.
    """
    start = head(path, 1 << 16)
    if not start:
        raise BadInput(f"The file '{path.name}' is empty.")
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(SPSS):
        return "spss"
    if start.startswith(ZIP):
        return archived_kind(path)
    if start.startswith(OLD):
        raise old_office(path)
    for magic, words in NOT_READ.items():
        if start.startswith(magic):
            raise BadInput(f"The file '{path.name}' {words}")
    encoding = next((name for mark, name in MARKS.items() if start.startswith(mark)), "latin-1")
    text = start.decode(encoding, errors="replace").lstrip()
    if text.startswith("<"):
        return _markup(path, text)
    if text[:1] in "{[" and ".csv" not in path.name.lower():
        if text.startswith("["):
            raise BadInput(
                f"The file '{path.name}' looks like JSON in one piece. "
                "Save it as JSON lines (one object a line) or CSV."
            )
        return "jsonl"
    return "csv"


def _markup(path: Path, text: str) -> str:
    if re.search(r"<!(DOCTYPE|ENTITY)", text) and not re.search(r"<!DOCTYPE\s+html", text, re.IGNORECASE):
        raise BadInput(
            f"The file '{path.name}' declares a document type, which a log never needs and which can do harm. "
            "Export the log again as plain XES."
        )
    if re.search(r"<(\w+:)?log\b", text) or path.name.lower().endswith((".xes", ".xes.gz")):
        return "xes"
    raise BadInput(f"The file '{path.name}' is a web page or XML that is not an event log (XES). {SAVE_AS}")
