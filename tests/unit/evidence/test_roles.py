from __future__ import annotations

import duckdb
import pytest

from outward.errors import BadInput, UsageError
from outward.evidence import roles, wide
from outward.evidence.tables import Settings

from .conftest import Opened

TIMES = [f"2024-01-{day:02} 10:00:00" for day in range(1, 29)]


def log(header: str, rows: int = 24) -> str:
    """Six cases of four steps each."""
    steps = ("Apply", "Check", "Decide", "Tell")
    lines = (f"K{n // 4},{steps[n % 4]},{TIMES[n % 28]},web" for n in range(rows))
    return "\n".join([header, *lines]) + "\n"


@pytest.mark.parametrize(
    "header",
    [
        "case:concept:name,concept:name,time:timestamp,channel",
        "Case ID,Activity,Timestamp,Channel",
        "caseId,eventName,eventTime,contactChannel",
        "zaaknummer,activiteit,tijdstip,kanaal",
        "Aktenzeichen,Aktivität,Zeitpunkt,Kanal",
        "Numéro dossier,Activité,Date heure,Canal",
        "expediente,actividad,fecha,canal",
        "reference,step,date,channel",
        "APPLICATION_REF,TASK,EVENT_DATE,CHANNEL",
    ],
)
def test_it_knows_names_in_five_languages(opened: Opened, connection: duckdb.DuckDBPyConnection, header: str) -> None:
    found = {one.role: one.column for one in roles.guess(opened(log(header)), connection)}
    case, activity, time, channel = (name.strip() for name in header.split(","))
    assert found == {"case": case, "activity": activity, "time": time, "channel": channel}


def test_each_guess_says_how_sure_and_why(opened: Opened, connection: duckdb.DuckDBPyConnection) -> None:
    for one in roles.guess(opened(log("case,step,happened,channel")), connection):
        assert 0 < one.confidence <= 1
        assert one.column in one.why
        assert "K1" not in one.why


def test_the_only_column_of_times_is_the_time(opened: Opened, connection: duckdb.DuckDBPyConnection) -> None:
    found = {one.role: one for one in roles.guess(opened(log("case,step,happened,channel")), connection)}
    assert found["time"].column == "happened"
    assert found["time"].confidence <= 0.5


def test_a_case_that_repeats_beats_one_that_does_not(opened: Opened, connection: duckdb.DuckDBPyConnection) -> None:
    lines = [f"{n},{n // 4},Step {n % 4},{TIMES[n % 28]}" for n in range(40)]
    source = opened("\n".join(["complaint_id,dossier_no,step,date", *lines]) + "\n")
    assert roles.settle(source, connection, Settings()).roles["case"] == "dossier_no"


WIDE = "Unique Key,Date received,Date closed,Due date,Team\n" + "".join(
    f"{n},{n % 28 + 1:02}/03/2024,{'' if n % 3 else '30/03/2024'},31/03/2024,north\n" for n in range(30)
)


def test_it_finds_a_wide_table_and_leaves_out_what_was_only_planned(
    opened: Opened, connection: duckdb.DuckDBPyConnection
) -> None:
    source = opened(WIDE)
    assert wide.guess(source, connection) == {"Date received": "Received", "Date closed": "Closed"}
    settled = roles.settle(source, connection, Settings())
    assert dict(settled.roles) == {"case": "Unique Key", "organisation": "Team"}
    assert settled.time_style == "%d/%m/%Y"


def test_a_long_log_is_not_taken_for_a_wide_table(opened: Opened, connection: duckdb.DuckDBPyConnection) -> None:
    lines = [f"{n},{n // 4},Step {n % 4},{TIMES[n % 28]},{TIMES[n % 28]}" for n in range(40)]
    source = opened("\n".join(["id,case_id,activity,start_time,end_time", *lines]) + "\n")
    assert wide.guess(source, connection) == {}
    assert dict(roles.settle(source, connection, Settings()).roles) == {
        "case": "case_id",
        "activity": "activity",
        "time": "end_time",
        "start": "start_time",
    }


def test_what_was_given_wins_and_an_empty_role_is_nobodys(
    opened: Opened, connection: duckdb.DuckDBPyConnection
) -> None:
    source = opened(log("case,step,time,channel"))
    given = Settings(roles={"activity": "channel", "channel": ""}, confirmed=("endings",), name="a made-up log")
    settled = roles.settle(source, connection, given)
    assert dict(settled.roles) == {"case": "case", "activity": "channel", "time": "time"}
    assert (settled.confirmed, settled.name) == (("endings",), "a made-up log")


def test_settling_twice_changes_nothing(opened: Opened, connection: duckdb.DuckDBPyConnection) -> None:
    for text in (log("case,step,time,channel"), WIDE):
        source = opened(text)
        once = roles.settle(source, connection, Settings())
        assert roles.settle(source, connection, once) == once


@pytest.mark.parametrize(
    "given",
    [
        Settings(roles={"case": "cases"}),
        Settings(dates={"tim": "Applied"}),
        Settings(keep=("chanel",)),
        Settings(leave_out=("stepp",)),
    ],
)
def test_it_offers_the_column_that_was_meant(
    opened: Opened, connection: duckdb.DuckDBPyConnection, given: Settings
) -> None:
    with pytest.raises(UsageError, match="Did you mean"):
        roles.settle(opened(log("case,step,time,channel")), connection, given)


def test_it_offers_the_role_that_was_meant(opened: Opened, connection: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(UsageError, match="Did you mean 'resource'"):
        roles.settle(opened(log("case,step,time,channel")), connection, Settings(roles={"ressource": "step"}))


def test_it_names_the_columns_and_the_flags_where_it_cannot_tell(
    opened: Opened, connection: duckdb.DuckDBPyConnection
) -> None:
    with pytest.raises(BadInput) as caught:
        roles.settle(opened("colour,shape\nsecretred,round\nsecretblue,flat\n"), connection, Settings())
    said = str(caught.value)
    assert all(word in said for word in ("'colour'", "'shape'", "--role case=COLUMN", "--role time=COLUMN"))
    assert "secret" not in said


def test_it_says_when_a_time_column_holds_no_times(opened: Opened, connection: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(BadInput, match="does not hold times"):
        roles.settle(opened(log("case,step,time,channel")), connection, Settings(roles={"time": "channel"}))


def test_it_sees_decimal_commas(opened: Opened, connection: duckdb.DuckDBPyConnection) -> None:
    rows = [f"{n // 3};Step {n % 3};{TIMES[n]};1.0{n:02},5" for n in range(20)]
    commas = opened("\n".join(["case;step;time;cost", *rows]) + "\n")
    assert roles.settle(commas, connection, Settings()).decimal_comma
    assert not roles.settle(opened(log("case,step,time,channel")), connection, Settings()).decimal_comma
