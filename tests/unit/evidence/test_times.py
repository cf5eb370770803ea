from __future__ import annotations

from datetime import datetime

import duckdb
import pytest

from outward.errors import BadInput, UsageError
from outward.evidence import times
from outward.evidence.time_styles import CLOCKS, DAYS, recognise

from .conftest import EventsOf, Opened

MOMENTS = [datetime(2024, 2, 13, 15, 4, 5), datetime(2023, 11, 30, 9, 45, 59), datetime(2019, 5, 1, 0, 30, 7)]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("clock", [clock for clock in CLOCKS if "%f" not in clock])
def test_it_recognises_what_strftime_writes_and_the_engine_reads_it(
    day: str, clock: str, connection: duckdb.DuckDBPyConnection
) -> None:
    written = [moment.strftime(day + clock) for moment in MOMENTS]
    style = recognise(written)
    assert style is not None
    cell = times.utc_sql("v", "VARCHAR", style.pattern, "UTC")
    for text, moment in zip(written, MOMENTS, strict=True):
        expected = datetime.strptime(text, day + clock)
        found = connection.execute(f"SELECT {cell} FROM (SELECT ? AS v)", [text]).fetchone()
        assert found == (expected,), (style.pattern, moment)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2024-07-01", "2024-06-30 23:00:00"),
        ("2024-01-01 10:00:00", "2024-01-01 10:00:00"),
        ("2024-07-01T10:00", "2024-07-01 09:00:00"),
        ("2024-07-01T10:00:00.123456", "2024-07-01 09:00:00.123456"),
        ("2015-09-09 08:41:16.933000000", "2015-09-09 07:41:16.933"),
        ("2024-07-01T10:00:00Z", "2024-07-01 10:00:00"),
        ("2024-07-01 10:00:00+02:00", "2024-07-01 08:00:00"),
        ("2024-07-01 10:00:00.5-0330", "2024-07-01 13:30:00.5"),
        ("2024-07-01T10:00+02", "2024-07-01 08:00:00"),
        (" 2024-07-01 10:00:00 ", "2024-07-01 09:00:00"),
    ],
)
def test_it_reads_iso_times_in_the_zone_of_the_data(text: str, utc: str, connection: duckdb.DuckDBPyConnection) -> None:
    cell = times.utc_sql("v", "VARCHAR", "iso", "Europe/London")
    assert connection.execute(f"SELECT {cell}::VARCHAR FROM (SELECT ? AS v)", [text]).fetchone() == (utc,)


@pytest.mark.parametrize(("style", "text"), [("epoch_s", "1720000000"), ("epoch_ms", "1720000000000")])
def test_it_reads_seconds_since_1970(style: str, text: str, connection: duckdb.DuckDBPyConnection) -> None:
    found = recognise([text, "1" + text[1:-1] + "7"])
    assert found is not None
    assert found.pattern == style
    cell = times.utc_sql("v", "VARCHAR", style, "Europe/London")
    assert connection.execute(f"SELECT {cell} FROM (SELECT '{text}' AS v)").fetchone() == (
        datetime(2024, 7, 3, 9, 46, 40),
    )


def test_one_late_value_decides_between_day_and_month(opened: Opened, connection: duckdb.DuckDBPyConnection) -> None:
    either = "".join(f"{n},0{n % 9 + 1}/02/2024\n" for n in range(7000))
    for last, first in (("13/01/2024", "%d"), ("01/13/2024", "%m")):
        source = opened(f"n,when\n{either}x,{last}\n")
        style = times.detect(source.relation, "when", "VARCHAR", connection)
        assert style is not None
        assert (style.pattern[:2], style.is_sure) == (first, True)


def test_the_day_is_taken_first_and_unsure_where_either_would_do(
    opened: Opened, connection: duckdb.DuckDBPyConnection
) -> None:
    source = opened("n,when\n1,01/02/2024\n2,03/04/2024\n")
    style = times.detect(source.relation, "when", "VARCHAR", connection)
    assert style is not None
    assert (style.pattern, style.is_sure) == ("%d/%m/%Y", False)
    assert "day was taken first" in style.why


def test_a_column_may_mix_precisions() -> None:
    style = recognise(["13/02/2024", "14/02/2024 10:30", "15/02/2024 10:30:59"])
    assert style is not None
    assert sorted(style.pattern.split("|")) == ["%d/%m/%Y", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S"]


@pytest.mark.parametrize("values", [["1", "2", "3"], ["12:30", "13:45"], ["2024", "2025"], ["Apply", "May"], []])
def test_other_columns_are_no_times(values: list[str]) -> None:
    assert recognise(values) is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2024-01-01 00:00:00", None),
        ("1970-01-03 00:00:00", None),
        ("1970-01-01 10:20:30", None),
        ("1900-01-01", times.STAND_IN),
        ("1899-12-30", times.STAND_IN),
        ("0001-01-01", times.STAND_IN),
        ("9999-12-31", times.STAND_IN),
        ("1970-01-01", times.STAND_IN),
        ("1970-01-01T00:00:00.000+01:00", times.STAND_IN),
        ("0000-00-00", times.UNREAD),
        ("2023-02-30", times.UNREAD),
        ("soon", times.UNREAD),
    ],
)
@pytest.mark.parametrize("zone", ["UTC", "Europe/London", "Pacific/Auckland"])
def test_dates_that_stand_for_none_are_told(
    text: str, problem: str | None, zone: str, connection: duckdb.DuckDBPyConnection
) -> None:
    cell = times.utc_sql("v", "VARCHAR", "iso", zone)
    told = connection.execute(f"SELECT {times.problem_sql('t')} FROM (SELECT {cell} AS t FROM (SELECT '{text}' AS v))")
    assert told.fetchone() == (problem,)


def test_it_offers_the_nearest_time_zone(connection: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(UsageError, match="Did you mean 'Europe/London'"):
        times.check_zone("Europe/Londn", connection)


ELSEWHERE = ("3 maart 2024", "3. März 2024", "03-août-2024", "3 de enero de 2024", "3 Mawrth 2024")


@pytest.mark.parametrize("written", ELSEWHERE)
@pytest.mark.parametrize("header", ["case,activity,time", "case,activity,odd"])
def test_months_of_other_languages_are_named_not_read(
    opened: Opened, events_of: EventsOf, written: str, header: str
) -> None:
    source = opened(f"{header}\n" + f"1,Apply,{written}\n1,Decide,{written}\n" * 30)
    with pytest.raises(BadInput, match=r"not English .* as 2024-03-31"):
        events_of(source)
