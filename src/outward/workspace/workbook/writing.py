"""Writing a workspace as a workbook: XLSX or ODS, whole or not at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from outward import whole_file
from outward.errors import UsageError
from outward.workspace.contents import Workspace
from outward.workspace.workbook.layout import book_of
from outward.workspace.workbook.ods import ods_of
from outward.workspace.workbook.xlsx import xlsx_of

WRITERS = {".xlsx": xlsx_of, ".ods": ods_of}


def workbook_of(workspace: Workspace, ending: str, on: date) -> bytes:
    """Return a workspace as the bytes of a workbook.

    Args:
        workspace: what to write.
        ending: '.xlsx' or '.ods'.
        on: the day that it says it was exported on.

    Raises:
        UsageError: no workbook ends so.
        BadInput: a value is longer than a cell of Excel holds.
    """
    if ending.lower() not in WRITERS:
        raise UsageError(f"A workbook does not end with '{ending}'. End its name with .xlsx or .ods.")
    return WRITERS[ending.lower()](book_of(workspace, on))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file; one that is there already is replaced once the new one is whole.

    Raises:
        UsageError: the folder may not be written.
    """
    try:
        whole_file.write(path, content)
    except OSError as error:
        raise UsageError(f"'{path}' cannot be written: {error.strerror}.") from error
