"""Several files as one log: nothing counted twice, nothing lost in silence."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from tests.made_workbooks import write_workbook

from outward.catalogue import Silent
from outward.cli.main import exit_code
from outward.errors import BadInput
from outward.evidence.readers.joining import AGAIN, open_together
from outward.evidence.store import bring_in, data_sets, resolve
from outward.evidence.tables import SetAside, Settings, Source

EVENTS = "case id,activity,time\n" + "".join(
    f"C{n},{step},2024-01-0{day}\n" for n in range(12) for day, step in ((1, "Apply"), (2, "Decide"))
)
CASES = "Case ID,area,activity\n" + "".join(f" C{n} ,{'NS'[n % 2]},x{n}\n" for n in range(2, 15))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "events.csv").write_text(EVENTS)
    (folder / "cases.csv").write_text(CASES)
    return folder


def together(
    connection: duckdb.DuckDBPyConnection, folder: Path, *names: str
) -> tuple[Source, list[tuple[object, ...]]]:
    scratch = folder / "scratch"
    scratch.mkdir()
    source = open_together([folder / name for name in names], connection, scratch, Silent())
    listed = ", ".join(f'"{name}"' for name in source.columns)
    return source, connection.execute(f"SELECT {listed} FROM ({source.relation}) ORDER BY row_no").fetchall()


@pytest.mark.parametrize("order", [("events.csv", "cases.csv"), ("cases.csv", "events.csv")])
def test_a_list_of_cases_is_joined_whichever_comes_first(
    here: Path, connection: duckdb.DuckDBPyConnection, order: tuple[str, str]
) -> None:
    source, rows = together(connection, here, *order)
    assert list(source.columns) == ["case id", "activity", "time", "area", "activity (2)"]
    assert rows[0] == ("C0", "Apply", "2024-01-01", None, None)
    assert rows[4:6] == [("C2", "Apply", "2024-01-01", "N", "x2"), ("C2", "Decide", "2024-01-02", "N", "x2")]
    assert len(rows) == 24
    assert source.aside == (SetAside("no row of 'events.csv' has its 'Case ID'", 3),)
    assert source.path.name == order[0]
    assert any("Fewer than 10 rows of 'events.csv' have a 'case id' that is not in" in note for note in source.notes)


def test_a_list_of_customers_is_joined_to_every_case_of_theirs(
    here: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    (here / "log.csv").write_text(
        "case,customer,activity,time\n1,K1,A,2024-01-01\n2,K1,A,2024-01-02\n3,K2,A,2024-01-03\n"
    )
    (here / "people.csv").write_text("customer,band\nK1,low\nK2,high\n")
    source, found = together(connection, here, "log.csv", "people.csv")
    assert [row[-1] for row in found] == ["low", "low", "high"]
    assert source.aside == ()
    assert source.notes == ("What 'people.csv' tells was joined to 'log.csv' by 'customer'.",)


def test_extracts_of_the_same_columns_are_stacked_without_what_overlaps(
    here: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    (here / "may.csv").write_text("case,activity,time\n1,A,2024-05-01\n1,A,2024-05-01\n2,A,\n")
    (here / "june.csv").write_text("Time,Case,Activity\n2024-05-01,1,A\n,2,A\n2024-06-01,1,B\n2024-06-01,1,B\n")
    source, rows = together(connection, here, "may.csv", "june.csv")
    assert rows == [
        ("1", "A", "2024-05-01"),
        ("1", "A", "2024-05-01"),
        ("2", "A", None),
        ("1", "B", "2024-06-01"),
        ("1", "B", "2024-06-01"),
    ]
    assert source.aside == (SetAside(AGAIN, 2),)


def test_formats_may_differ_and_three_files_come_together(here: Path, connection: duckdb.DuckDBPyConnection) -> None:
    write_workbook(here / "more.xlsx", {"S": [("case id", "activity", "time"), ("C0", "Pay", "2024-01-03")]})
    source, rows = together(connection, here, "events.csv", "more.xlsx", "cases.csv")
    assert (len(rows), rows[-1][:3]) == (25, ("C0", "Pay", "2024-01-03"))
    assert source.format == "csv"


@pytest.mark.parametrize(
    ("other", "says"),
    [("number,area\n1,N\n", "shares no column"), ("case id,area\nC1,N\nC1,S\n", "one row a case or customer")],
)
def test_what_cannot_be_joined_is_said(
    here: Path, connection: duckdb.DuckDBPyConnection, other: str, says: str
) -> None:
    (here / "other.csv").write_text(other)
    with pytest.raises(BadInput, match=says):
        together(connection, here, "events.csv", "other.csv")


def test_what_was_joined_is_another_data_set_and_is_known_again(here: Path) -> None:
    alone = bring_in(here / "events.csv")
    both = resolve([here / "events.csv", here / "cases.csv"])
    assert alone.id != both.id
    assert "area" in both.attributes
    assert resolve(["events.csv", "cases.csv"]).id == both.id
    assert len(data_sets()) == 2
    assert [one.reason for one in both.manifest.aside] == ["no row of 'events.csv' has its 'Case ID'"]
    renamed = resolve(["events.csv", "cases.csv"], Settings(roles={"activity": "activity (2)"}))
    assert set(renamed.manifest.activities) <= {f"x{n}" for n in range(20)}


def test_the_command_line_joins_with_with(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["ask", "E1.1", "events.csv", "--with", "cases.csv", "--json"]) == 0
    assert "was joined to 'events.csv' by 'case id'" in capsys.readouterr().out
    assert exit_code(["look", "events.csv", "--with", "cases.csv", "--file", "-"]) == 0
    assert exit_code(["look", "events.csv", "cases.csv", "--with", "cases.csv", "--file", "-"]) == 2
    assert "one file" in capsys.readouterr().err
    assert exit_code(["ask", "E1.1", "events.csv", "--with", "nowhere.csv"]) == 3
