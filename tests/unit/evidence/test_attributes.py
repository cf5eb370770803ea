from __future__ import annotations

import duckdb
import pytest

from outward.evidence.attributes import MOST_ATTRIBUTES, Attributes, attributes, bands_sql
from outward.evidence.tables import Settings

from .conftest import Opened

ROLES = {"case": "case", "activity": "step", "time": "time"}


def kept(
    opened: Opened, connection: duckdb.DuckDBPyConnection, columns: dict[str, list[str]], comma: bool = False
) -> tuple[Attributes, dict[str, list[object]]]:
    """The attributes of a made log of one-event cases with these columns, and their values."""
    rows = len(next(iter(columns.values())))
    lines = [";".join(["case", "step", "time", *columns])]
    lines += [
        ";".join([f"K{n}", "Apply", "2024-01-01", *(cells[n] for cells in columns.values())]) for n in range(rows)
    ]
    source = opened("\n".join(lines) + "\n")
    found = attributes(source, Settings(roles=ROLES, decimal_comma=comma), list(columns), connection)
    values = {
        name: [v for (v,) in connection.execute(f"SELECT {cell} FROM ({source.relation}) ORDER BY row_no").fetchall()]
        for name, cell in found.cells.items()
    }
    return found, values


def test_a_number_becomes_bands_at_its_quartiles(opened: Opened, connection: duckdb.DuckDBPyConnection) -> None:
    _, values = kept(opened, connection, {"amount": [str(n) for n in range(1, 101)]})
    assert list(dict.fromkeys(values["amount"])) == ["up to 26", "26 to 50", "50 to 76", "over 76"]


def test_bands_cover_every_number_and_nothing_else(connection: duckdb.DuckDBPyConnection) -> None:
    cell = bands_sql("x", [1.25, 30, 12_000])
    found = connection.execute(
        f"SELECT {cell} FROM (VALUES (-5), (1.25), (30), (31), (1e9), (NULL)) AS t(x)"
    ).fetchall()
    assert [band for (band,) in found] == [
        *("up to 1.2", "1.2 to 30", "1.2 to 30", "30 to 12,000", "over 12,000"),
        None,
    ]


def test_numbers_with_decimal_commas_become_bands(opened: Opened, connection: duckdb.DuckDBPyConnection) -> None:
    _, values = kept(opened, connection, {"amount": [f"1.{n:03},5" for n in range(100)]}, comma=True)
    assert values["amount"][0] == "up to 1,020"
    assert values["amount"][-1] == "over 1,080"


def test_few_numbers_and_numbers_that_name_things_stay_as_they_are(
    opened: Opened, connection: duckdb.DuckDBPyConnection
) -> None:
    columns = {"points": [str(n % 7) for n in range(100)], "budget no": [str(n % 40) for n in range(100)]}
    _, values = kept(opened, connection, columns)
    assert values == {name: list(cells) for name, cells in columns.items()}


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (["x"] * 2500, "it has one value only"),
        ([""] * 2500, "it is empty"),
        ([f"v{n}" for n in range(2500)], "it has over 1,000 different values"),
        ([f"v{n % 700}" if n < 800 else "" for n in range(2500)], "it tells most cases apart"),
        ([f"{n % 28 + 1:02}/03/2024" for n in range(2500)], "it holds dates"),
        ([f"K{n}" for n in range(2500)], "it is the same as 'case'"),
    ],
)
def test_it_says_why_a_column_is_left_out(
    opened: Opened, connection: duckdb.DuckDBPyConnection, cells: list[str], reason: str
) -> None:
    found, _ = kept(opened, connection, {"thing": cells, "area": ["n", "s"] * 1250})
    assert (dict(found.left_out), list(found.cells)) == ({"thing": reason}, ["area"])


def test_at_most_forty_are_kept_the_fullest_first(opened: Opened, connection: duckdb.DuckDBPyConnection) -> None:
    columns = {f"a{c}": [("x", "y")[n % 2] if n % (c + 2) else "" for n in range(120)] for c in range(45)}
    found, _ = kept(opened, connection, columns)
    assert len(found.cells) == MOST_ATTRIBUTES
    assert set(found.left_out) == {"a0", "a1", "a2", "a3", "a4"}
