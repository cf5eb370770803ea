"""Workbooks: the table found between titles and notes, cells as what they are, the right sheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest
from tests.made_workbooks import Rows as Cells
from tests.made_workbooks import write_workbook

from outward.catalogue import Silent
from outward.errors import BadInput, UsageError
from outward.evidence.readers import detect, open_source
from outward.evidence.tables import SetAside, Source

from .conftest import Rows

ENDINGS = pytest.mark.parametrize("ending", ["xlsx", "ods"])
HEADER = ("case id", "activity", "time")
LOG: Cells = [
    HEADER,
    (1001, "Apply", datetime(2024, 1, 2, 10, 30, 15)),
    (1001, "Decide", datetime(2024, 1, 5)),
    (1002, "Apply", date(2024, 1, 3)),
    (1003, "Apply", None),
]
READ = [
    ("1001", "Apply", "2024-01-02 10:30:15"),
    ("1001", "Decide", "2024-01-05"),
    ("1002", "Apply", "2024-01-03"),
    ("1003", "Apply", None),
]
AREAS: Cells = [("code", "area", "region"), (1, "North", "Up"), (2, "South", "Down")]
RowsOf = Callable[[Source], Rows]


@pytest.fixture
def read(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> Callable[..., Source]:
    def write_and_read(sheets: dict[str, Cells], ending: str, table: str = "", **more: object) -> Source:
        path = write_workbook(tmp_path / f"made.{ending}", sheets, **more)  # type: ignore[arg-type]
        return open_source(path, connection, tmp_path, Silent(), table)

    return write_and_read


Read = Callable[..., Source]


def days(rows: Rows) -> Rows:
    """The rows with midnight written as the day alone: Excel does not tell the two apart."""
    return [tuple(cell.removesuffix(" 00:00:00") if isinstance(cell, str) else cell for cell in row) for row in rows]


@ENDINGS
def test_cells_are_read_as_what_they_are(read: Read, rows_of: RowsOf, ending: str) -> None:
    source = read({"Log": LOG}, ending)
    assert (source.format, list(source.columns), source.aside, source.notes) == (ending, list(HEADER), (), ())
    assert days(rows_of(source)) == READ


@ENDINGS
def test_numbers_keep_their_figures(read: Read, rows_of: RowsOf, ending: str) -> None:
    rows: Cells = [("a", "b", "c"), (1e15, 0.1, True), (-3, 12.5, False)]
    assert rows_of(read({"S": rows}, ending)) == [("1000000000000000", "0.1", "true"), ("-3", "12.5", "false")]


@ENDINGS
def test_the_header_is_found_below_titles_and_notes_are_no_rows(read: Read, rows_of: RowsOf, ending: str) -> None:
    rows: Cells = [
        ("Applications received", None, None),
        ("Extract of", date(2024, 2, 1), None),
        (None, None, None),
        *LOG,
        (None, None, None),
        ("Source: case system", None, None),
        ("Contact", "the team", None),
    ]
    source = read({"Log": rows[:-1]}, ending)
    assert days(rows_of(source)) == READ
    assert source.aside == (SetAside("it is a note below the table", 1),)
    assert "Rows of title above the header were skipped: 2." in source.notes
    two: Cells = [*rows[:-2], rows[-1]]
    assert read({"Log": two}, ending).aside == (SetAside("it is a note below the table", 1),)


@ENDINGS
def test_a_last_row_with_two_cells_is_a_row_of_a_wide_table(read: Read, rows_of: RowsOf, ending: str) -> None:
    rows: Cells = [
        ("request id", "date asked", "date closed"),
        (1, date(2024, 1, 1), date(2024, 2, 1)),
        (2, date(2024, 1, 2), None),
    ]
    source = read({"S": rows}, ending)
    assert (len(rows_of(source)), source.aside) == (2, ())


@ENDINGS
def test_merged_cells_are_filled(read: Read, rows_of: RowsOf, ending: str) -> None:
    rows: Cells = [
        HEADER,
        (1001, "Apply", date(2024, 1, 2)),
        (None, "Decide", date(2024, 1, 5)),
        (1002, "Apply", date(2024, 1, 3)),
    ]
    source = read({"Log": rows}, ending, merged=[(1, 0, 2, 1)])
    assert [row[0] for row in rows_of(source)] == ["1001", "1001", "1002"]
    assert "Merged cells were filled with what they hold." in source.notes


@ENDINGS
def test_blank_rows_and_a_table_away_from_the_corner(read: Read, rows_of: RowsOf, ending: str) -> None:
    nothing = (None,) * 5
    rows: Cells = [nothing, nothing, *[(None, None, *row) for row in LOG[:3]], nothing, (None, None, *LOG[3])]
    assert days(rows_of(read({"Log": rows}, ending))) == READ[:3]


@ENDINGS
def test_a_heading_over_several_columns_is_no_header(read: Read, ending: str) -> None:
    rows: Cells = [("Case", None, "What happened", None), ("case id", "area", "activity", "time"), (1, "N", "A", "x")]
    source = read({"Log": rows}, ending, merged=[(0, 0, 1, 2), (0, 2, 1, 2)])
    assert list(source.columns) == ["case id", "area", "activity", "time"]


@ENDINGS
def test_of_several_sheets_the_log_is_read_and_it_is_said(read: Read, rows_of: RowsOf, ending: str) -> None:
    source = read({"Read me": [("About",)], "Areas": AREAS, "Log": LOG}, ending)
    assert days(rows_of(source)) == READ
    assert source.notes == (
        "The workbook has 3 sheets; 2 of those shown hold tables. 'Log' was read: "
        "it alone has columns named as a case, a step and a time.",
    )


@ENDINGS
def test_a_sheet_that_is_asked_for_is_read_hidden_or_not(read: Read, rows_of: RowsOf, ending: str) -> None:
    sheets = {"Log": LOG, "Areas": AREAS}
    assert rows_of(read(sheets, ending, "Areas")) == [("1", "North", "Up"), ("2", "South", "Down")]
    source = read(sheets, ending, "Areas", hidden=["Areas"])
    assert source.notes[0] == "The workbook has 2 sheets, 1 of them hidden. 'Areas' was read: it was asked for."
    assert days(rows_of(read(sheets, ending, hidden=["Areas"]))) == READ


@ENDINGS
def test_several_that_could_be_meant_are_listed(read: Read, ending: str) -> None:
    with pytest.raises(BadInput, match=r"2 tables: 'This year' \(3 columns, 4 rows\), 'Last year' .*--table NAME"):
        read({"This year": LOG, "Last year": LOG}, ending)
    with pytest.raises(UsageError, match="Did you mean 'This year'"):
        read({"This year": LOG, "Last year": LOG}, ending, "This yaer")


@ENDINGS
@pytest.mark.parametrize("rows", [[], [("only",)], [HEADER], [("a", "b"), (1, 2)]])
def test_a_sheet_without_a_table_is_refused(read: Read, ending: str, rows: Cells) -> None:
    with pytest.raises(BadInput, match="no table of three columns"):
        read({"S": rows}, ending)


def test_a_table_can_only_be_chosen_where_there_are_several(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    path = tmp_path / "made.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(UsageError, match="one table"):
        open_source(path, connection, tmp_path, Silent(), "Sheet 1")


@ENDINGS
def test_a_workbook_is_known_by_its_content(tmp_path: Path, ending: str) -> None:
    path = write_workbook(tmp_path / f"made.{ending}", {"Log": LOG}).rename(tmp_path / "made.csv")
    assert detect(path) == ending
