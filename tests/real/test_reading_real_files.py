"""Public logs, read from file to events: the published figures must come out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from outward.catalogue import Silent
from outward.evidence.event_rows import event_rows
from outward.evidence.readers import open_source
from outward.evidence.roles import settle
from outward.evidence.tables import EventRows, Settings, Source

pytestmark = pytest.mark.real
SHARED = Path(__file__).parents[2].parent / "shared" / "data"


def real_data(name: str) -> Path:
    """Return the path of a public file kept beside the project; skip where it is absent, fail in CI."""
    path = SHARED / name
    if not path.exists():
        reason = f"the public data '{name}' is not here"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    return path


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as engine:
        yield engine


def read(
    name: str, connection: duckdb.DuckDBPyConnection, scratch: Path, given: Settings | None = None
) -> tuple[Source, Settings, EventRows]:
    source = open_source(real_data(name), connection, scratch, Silent())
    settings = settle(source, connection, given or Settings())
    events = event_rows(source, settings, connection)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE events AS SELECT * FROM ({events.relation})")
    return source, settings, events


def sizes(connection: duckdb.DuckDBPyConnection) -> tuple[int, int, int, int]:
    """Cases, events, activities and exact routes of what was read."""
    found = connection.execute(
        "SELECT count(DISTINCT case_id), sum(n)::BIGINT, (SELECT count(DISTINCT activity) FROM events "
        "WHERE problem IS NULL), count(DISTINCT route) FROM (SELECT case_id, count(*) AS n, "
        "list(activity ORDER BY time, row_no) AS route FROM events WHERE problem IS NULL GROUP BY case_id)"
    ).fetchone()
    assert found is not None
    return found


RAW = Settings(roles={"lifecycle": ""})


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("wabo_receipt/receipt.csv", None, (1_434, 8_577, 27, 116)),
        ("wabo_receipt/receipt.xes.gz", None, (1_434, 8_577, 27, 116)),
        (
            "road_traffic_fines_full/Road_Traffic_Fine_Management_Process.xes.gz",
            None,
            (150_370, 561_470, 11, 231),
        ),
        ("bpic2020_travel_expenses/BPI_2020_DomesticDeclarations.xes.gz", None, (10_500, 56_437, 17, 99)),
        ("bpic2020_travel_expenses/BPI_2020_InternationalDeclarations.xes.gz", None, (6_449, 72_151, 34, 753)),
        ("bpic2020_travel_expenses/BPI_2020_PermitLog.xes.gz", None, (7_065, 86_581, 51, 1_478)),
        ("bpic2020_travel_expenses/BPI_2020_PrepaidTravelCost.xes.gz", None, (2_099, 18_246, 29, 202)),
        ("bpic2020_travel_expenses/BPI_2020_RequestForPayment.xes.gz", None, (6_886, 36_796, 19, 89)),
        ("bpic2012_loans/bpic2012.xes.gz", RAW, (13_087, 262_200, 24, 4_366)),
    ],
)
def test_published_sizes_come_out(
    connection: duckdb.DuckDBPyConnection,
    tmp_path: Path,
    name: str,
    given: Settings | None,
    expected: tuple[int, int, int, int],
) -> None:
    _, _, events = read(name, connection, tmp_path, given)
    assert sizes(connection) == expected
    assert connection.execute("SELECT count(*) FROM events WHERE problem IS NOT NULL").fetchone() == (0,)
    assert events.aside == ()


def test_wabo_reads_alike_from_csv_and_xes(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    found = []
    for name in ("receipt.csv", "receipt.xes.gz"):
        scratch = tmp_path / name
        scratch.mkdir()
        _, settings, events = read(f"wabo_receipt/{name}", connection, scratch)
        assert events.personal.keys() == {"case:responsible"}
        found.append((dict(settings.roles), events.roles, sorted(events.attributes)))
        connection.execute(
            f"CREATE TEMP TABLE read_{len(found)} AS SELECT case_id, activity, time, channel, resource FROM events"
        )
    assert found[0] == found[1]
    differ = connection.execute(
        "SELECT count(*) FROM ((FROM read_1 EXCEPT ALL FROM read_2) UNION ALL (FROM read_2 EXCEPT ALL FROM read_1))"
    ).fetchone()
    assert differ == (0,)


def test_fines_have_the_published_counts_of_activities(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    read("road_traffic_fines_full/Road_Traffic_Fine_Management_Process.xes.gz", connection, tmp_path)
    counts = dict(connection.execute("SELECT activity, count(*) FROM events GROUP BY ALL").fetchall())
    assert counts["Create Fine"] == 150_370
    assert counts["Payment"] == 77_601
    assert counts["Send for Credit Collection"] == 59_013
    by_class = dict(
        connection.execute(
            'SELECT "vehicleClass", count(DISTINCT case_id) FROM events WHERE "vehicleClass" IS NOT NULL GROUP BY ALL'
        ).fetchall()
    )
    assert by_class == {"A": 146_712, "C": 2_456, "M": 1_198, "R": 4}


def test_loan_starts_and_completions_are_paired(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    _, settings, events = read("bpic2012_loans/bpic2012.xes.gz", connection, tmp_path)
    assert settings.roles["lifecycle"] == "lifecycle:transition"
    total, started, backwards = connection.execute(
        "SELECT count(*), count(start), count(*) FILTER (start > time) FROM events WHERE problem IS NULL"
    ).fetchone() or (0, 0, 0)
    lone = sum(one.rows for one in events.aside)
    assert (total, started + lone, backwards) == (164_506, 71_376, 0)
    assert any(note.startswith("26,318 rows of the kind 'schedule'") for note in events.notes)


CITY = [
    ("311_Service_Requests_mzuber88.csv", 1_000, 3),
    ("311_as10724.csv", 117, 3),
    ("311_data237.csv", 5_895, 3),
    ("nyc_311_sample_medhavipande18.csv", 20_000, 2),
]


@pytest.mark.parametrize(("name", "cases", "dates"), CITY)
def test_city_requests_are_seen_as_wide_tables(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, name: str, cases: int, dates: int
) -> None:
    _, settings, events = read(f"city_311/{name}", connection, tmp_path, Settings(time_zone="America/New_York"))
    assert settings.roles["case"].lower().replace("_", " ") == "unique key"
    assert list(settings.dates.values())[:2] == ["Created", "Closed"]
    assert (len(settings.dates), settings.time_style) == (dates, "%m/%d/%Y %I:%M:%S %p")
    assert sizes(connection)[0] == cases
    places = ("latitude", "longitude", "zip", "address", "coordinate")
    assert not [
        name
        for name in events.attributes
        if any(f" {place}" in f" {name.lower()}" for place in places) and "type" not in name.lower()
    ]


def test_median_hours_to_close_a_request(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    read("city_311/nyc_311_sample_medhavipande18.csv", connection, tmp_path, Settings(time_zone="America/New_York"))
    hours, negative = connection.execute(
        "SELECT median(epoch(c.time - a.time)) / 3600, count(*) FILTER (c.time < a.time) FROM events a "
        "JOIN events c USING (case_id) WHERE a.activity = 'Created' AND c.activity = 'Closed'"
    ).fetchone() or (0, 1)
    assert (round(hours, 2), negative) == (2.77, 0)


def test_stand_in_dates_of_the_city_are_set_aside(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    source, _, _ = read("city_311/311_data237.csv", connection, tmp_path, Settings(time_zone="America/New_York"))
    written = source.path.read_text(encoding="utf-8").count("/1900 ")
    told = connection.execute("SELECT count(*) FROM events WHERE problem IS NOT NULL").fetchone()
    assert written > 0
    assert told == (written,)


def test_complaints_of_the_unemployed(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    source, settings, events = read(
        "bpic2016_uwv/BPI2016_Complaints.csv", connection, tmp_path, Settings(time_zone="Europe/Amsterdam")
    )
    assert "The encoding is windows-1252." in source.notes
    assert settings.roles["case"] == "ComplaintDossierID"
    assert settings.roles["time"] == "ContactDate"
    assert settings.roles["customer"] == "CustomerID"
    assert sizes(connection)[:2] == (256, 289)
    found = connection.execute(
        "SELECT count(DISTINCT customer), min(timezone('Europe/Amsterdam', timezone('UTC', time)))::VARCHAR FROM events"
    ).fetchone()
    assert found == (226, "2015-07-03 00:00:00")
    assert "AgeCategory" in events.attributes


def test_clicks_of_visitors(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    _, settings, events = read("bpic2016_uwv/BPI2016_Clicks_NOT_Logged_In_sample1000.csv", connection, tmp_path)
    assert dict(settings.roles) == {"case": "SessionID", "activity": "PAGE_NAME", "time": "TIMESTAMP"}
    assert "IPID" in events.personal


@pytest.mark.parametrize(
    ("name", "rows", "time", "start"),
    [
        ("AcademicCredentials_train.csv.gz", 1_945, "end_time", "start_time"),
        ("ConsultaDataMining201618.csv.gz", 6_870, "time:timestamp", "start_timestamp"),
    ],
)
def test_university_logs_know_when_work_began(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, name: str, rows: int, time: str, start: str
) -> None:
    _, settings, events = read(f"pix_university_logs/{name}", connection, tmp_path)
    assert (settings.roles["time"], settings.roles["start"], events.has_start) == (time, start, True)
    assert connection.execute("SELECT count(start), count(*) FROM events").fetchone() == (rows, rows)
