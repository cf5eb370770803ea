from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from outward.catalogue import Silent
from outward.errors import BadInput
from outward.evidence.readers import open_source

from .conftest import EventsOf, Opened


def written(connection: duckdb.DuckDBPyConnection, path: Path, query: str) -> Path:
    connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    return path


def test_it_keeps_real_types_and_row_order(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    path = written(
        connection,
        tmp_path / "made-up.parquet",
        "SELECT range AS n, TIMESTAMP '2024-01-01' AS t, TIMESTAMPTZ '2024-01-01 00:00+00' AS z, "
        "DATE '2024-01-01' AS d, [1] AS list, 'x'::BLOB AS bytes FROM range(300000)",
    )
    source = open_source(path, connection, tmp_path, Silent())
    assert dict(source.columns) == {
        "n": "BIGINT",
        "t": "TIMESTAMP",
        "z": "TIMESTAMP WITH TIME ZONE",
        "d": "DATE",
    }
    assert "list, bytes" in source.notes[0]
    wrong = connection.execute(f"SELECT count(*) FROM ({source.relation}) WHERE row_no <> n + 1").fetchone()
    assert wrong == (0,)


def test_it_refuses_an_empty_file(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    path = written(connection, tmp_path / "none.parquet", "SELECT 1 AS a WHERE false")
    with pytest.raises(BadInput, match="no rows"):
        open_source(path, connection, tmp_path, Silent())


def test_a_log_in_parquet_gives_the_same_events_as_in_csv(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection, events_of: EventsOf, opened: Opened
) -> None:
    text = (
        "case,activity,time\n1,Apply,2024-01-02 10:00:00\n1,Decide,2024-01-05 11:00:00\n2,Apply,2024-01-03 09:30:00\n"
    )
    path = written(
        connection,
        tmp_path / "log.parquet",
        "SELECT * FROM (VALUES (1, 'Apply', TIMESTAMP '2024-01-02 10:00:00'), (1, 'Decide', TIMESTAMP "
        "'2024-01-05 11:00:00'), (2, 'Apply', TIMESTAMP '2024-01-03 09:30:00')) AS t(\"case\", activity, time)",
    )
    assert events_of(open_source(path, connection, tmp_path, Silent()))[1] == events_of(opened(text))[1]
