"""Read SPSS files (.sav, .zsav) as a table: labels instead of codes, dates as dates."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from outward.catalogue import Progress
from outward.errors import BadInput, Missing
from outward.evidence.names import unique
from outward.evidence.readers.sheets import written
from outward.evidence.readers.text_rows import check_columns, keep_rows
from outward.evidence.tables import Source
from outward.untrusted.stream import fingerprint

if TYPE_CHECKING:
    import duckdb

GIVES_UP = (ValueError, OSError, LookupError, TypeError, AttributeError)
"""What the library raises beside its own errors where a damaged file leads it astray."""

CELLS_A_STEP = 2_000_000


def read(path: Path, connection: duckdb.DuckDBPyConnection, scratch: Path, progress: Progress) -> Source:
    """Return an SPSS file as a relation of text columns; missing values are NULL.

    A code with a label is read as its label: 'Refused', not 3.

    Args:
        path: the file.
        connection: the engine.
        scratch: a private folder that holds the rows for as long as the relation is used.
        progress: told how far it has come.

    Raises:
        Missing: the extra 'spss' is not installed.
        BadInput: the file is damaged or empty, or has too many columns.
    """
    try:
        library = importlib.import_module("pyreadstat")
    except ImportError:
        raise Missing(
            f"The file '{path.name}' is an SPSS file, and what reads those is not installed. Install Outward with its "
            "extra: pip install 'outward[spss]'. Or save the file as CSV."
        ) from None
    digest = fingerprint(path, progress)
    meta = _read(library, path, metadataonly=True)[1]
    check_columns(len(meta.column_names))
    names = unique(name or "" for name in meta.column_names)  # a damaged name is none
    labels = [meta.variable_value_labels.get(name, {}) for name in meta.column_names]
    counted = _Counted(_rows(library, path, labels))
    relation = keep_rows(counted, names, connection, scratch, progress) if names else ""
    if not counted.rows:
        raise BadInput(f"The SPSS file '{path.name}' has no rows.")
    progress.advance(1.0, "Read")
    labelled = [name for name, known in zip(names, labels, strict=True) if known]
    notes = (f"Codes are read as their labels in: {', '.join(labelled[:20])}.",) if labelled else ()
    return Source(path, "spss", relation, dict.fromkeys(names, "VARCHAR"), digest, notes=notes)


class _Counted:
    """Rows, counted as they pass."""

    def __init__(self, rows: Iterator[list[str]]) -> None:
        self.inner, self.rows = rows, 0

    def __iter__(self) -> Iterator[list[str]]:
        for row in self.inner:
            self.rows += 1
            yield row


def _rows(library: Any, path: Path, labels: list[Mapping[Any, str]]) -> Iterator[list[str]]:
    """The rows, some at a time, so that a long file does not fill the memory."""
    step, done = max(1, CELLS_A_STEP // max(len(labels), 1)), 0
    while True:
        columns = _read(library, path, row_offset=done, row_limit=step, output_format="dict")[0]
        cells = [list(map(_cell(known), column)) for column, known in zip(columns.values(), labels, strict=True)]
        rows = len(cells[0]) if cells else 0
        yield from map(list, zip(*cells, strict=True))
        done += rows
        if rows < step:
            return


def _cell(labels: Mapping[Any, str]) -> Any:
    def text(cell: Any) -> str:
        if cell is None or cell != cell:  # not a number: missing
            return ""
        plain = cell.item() if hasattr(cell, "item") else cell
        return labels[plain] if plain in labels else written(plain)

    return text


def _read(library: Any, path: Path, **options: Any) -> Any:
    try:
        return library.read_sav(str(path), **options)
    except (library.ReadstatError, library.PyreadstatError, ArithmeticError, *GIVES_UP):
        raise BadInput(
            f"The SPSS file '{path.name}' is damaged, locked or holds dates that are none. Save it again, or as CSV."
        ) from None
