"""From a file to a relation of the engine: one reader for each format, chosen by content, then name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from outward.catalogue import Progress
from outward.errors import BadInput, UsageError
from outward.evidence.readers.archive import Archive
from outward.evidence.readers.naming import check_name
from outward.evidence.readers.stream import blocks, head
from outward.evidence.tables import Source

if TYPE_CHECKING:
    import duckdb

SAVE_AS = "Save it as CSV (comma or semicolon separated) and try again."
SPSS = (b"$FL2", b"$FL3")
ZIP, OLD = (b"PK\x03\x04", b"PK\x05\x06"), b"\xd0\xcf\x11\xe0"
NOT_READ = {
    b"%PDF": "is a PDF. Ask for the data behind it as CSV.",
    b"SQLite format 3": f"is an SQLite database. {SAVE_AS}",
    b"{\\rtf": f"is a text document. {SAVE_AS}",
}
LOCKED = "is locked with a password. Open it, save it without a password and try again."
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
    if kind in (workbook.EXCEL, workbook.OPEN_DOCUMENT):
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
        return _archive(path)
    if start.startswith(OLD):
        raise BadInput(f"The file '{path.name}' {_old(path)}")
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


def _archive(path: Path) -> str:
    """Which kind of file the zip archive is: workbooks are such, and text documents too."""
    with Archive(path) as archive:
        kind = archive.start("mimetype").decode("ascii", errors="replace").strip()
        if kind.startswith("application/vnd.oasis.opendocument.spreadsheet"):
            if b":encryption-data" in archive.start("META-INF/manifest.xml", 1 << 20):
                raise BadInput(f"The file '{path.name}' {LOCKED}")
            return "ods"
        if any(name.endswith("workbook.xml") for name in archive.members):
            return "xlsx"
        if any(name.endswith("workbook.bin") for name in archive.members):
            raise BadInput(f"The file '{path.name}' is a binary Excel workbook (.xlsb). Save it as .xlsx or CSV.")
        if "word/document.xml" in archive.members or "ppt/presentation.xml" in archive.members or kind:
            raise BadInput(f"The file '{path.name}' is a document, not a workbook. {SAVE_AS}")
    return "zip"


def _old(path: Path) -> str:
    """What to say of a file in the old container of Office, in which locked workbooks are kept as well."""
    if any("EncryptedPackage".encode("utf-16-le") in block for block in blocks(path)):
        return LOCKED
    return "is an old Excel workbook (.xls) or another old Office file. Save it as .xlsx or CSV and try again."
