"""Working time beside elapsed time: worked out by hand, and the same as elapsed where it is always open."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.made_case_logs import case, laid

from outward.asking import ask
from outward.errors import UsageError
from outward.evidence.tables import Settings

from .asked import FOLLOWED, SIX, caveats, close, exactly, many, rows, said

WEEKDAYS = "no-holidays, Mon-Fri 09:00-17:00"
ALWAYS = "no-holidays, Mon-Sun 00:00-24:00"
IN_HOURS = [
    case("1", "Apply 0.5, Pay 4.75", area="North"),
    case("2", "Apply 0.4, Check 4.3, Pay 8.6", area="North"),
    case("3", "Apply 1.45, Refuse 7.5", area="North"),
    case("4", "Apply 0.6, Check 1.2", area="South"),
    case("5", "Apply 25.5, Check 27.4", area="South"),
    case("6", "Apply 10.5, Pay 20.5", area="South"),
]


# Working days after the first: 1 done on day 4, 2 on day 6, 3 refused on day 4, 4 given up on day 9, 6 done on day 6,
# and 5 open on day 2. At risk and ended: day 4, 2 of 5; day 6, 2 of 3; day 9, 1 of 1.


def test_u33_counts_whole_working_days_where_events_bear_bare_dates(tmp_path: Path) -> None:
    log = laid(tmp_path, SIX, replace(FOLLOWED, working=WEEKDAYS))
    answer = exactly("U3.3", log, within_days=9, within_working_days=5)
    found = rows(answer, "working", "ended", "elapsed_days", "working_days")
    assert close(found, [(0.25, 6.0, 4.0), (0.5, 8.0, 6.0), (0.75, 10.0, 6.0), (0.9, 11.0, 9.0)])
    assert close(rows(answer, "limits", "time", "share"), [("elapsed", 7 / 12), ("working", 2 / 5)])
    assert "5 working days" in said(answer)
    assert any("whole working days are counted and no hours" in one for one in caveats(answer))
    assert "working_hours" not in answer.tables["working"].values


def test_u33_in_hours_says_how_long_a_working_day_is(tmp_path: Path) -> None:
    log = laid(tmp_path, many(IN_HOURS, 3), replace(FOLLOWED, working=WEEKDAYS))
    answer = exactly("U3.3", log)
    assert "1 working day = 8 hours." in caveats(answer)
    for days, hours in rows(answer, "working", "working_days", "working_hours"):
        assert hours == pytest.approx(8 * float(days or 0))


@pytest.mark.parametrize("clock", ["elapsed", "working"])
def test_open_round_the_clock_every_figure_is_the_elapsed_one(clock: str, tmp_path: Path) -> None:
    log = laid(tmp_path, many(IN_HOURS, 3), FOLLOWED)
    elapsed, always = exactly("U3.3", log), exactly("U3.3", log, working=ALWAYS, clock=clock)
    for name in ("summary", "curve", "months", "spans"):
        for column, cells in elapsed.tables[name].values.items():
            assert always.tables[name].values[column] == cells
    table = always.tables["working"].values
    for end in ("", "_low", "_high"):
        assert table[f"working_days{end}"] == table[f"elapsed_days{end}"]


def test_without_a_calendar_nothing_is_said_of_working_time(tmp_path: Path) -> None:
    log = laid(tmp_path, SIX, replace(FOLLOWED, working=WEEKDAYS))
    for answer in (exactly("U3.3", log, working="none"), exactly("U3.3", laid(tmp_path, SIX, FOLLOWED, "other.csv"))):
        assert not {"working", "limits"} & set(answer.tables)
        assert not any("orking" in one for one in caveats(answer))


def test_the_picture_may_run_on_the_work_clock(tmp_path: Path) -> None:
    log = laid(tmp_path, many(IN_HOURS, 3), replace(FOLLOWED, working=WEEKDAYS))
    answer = exactly("U3.3", log, clock="working")
    assert answer.tables["curve"].column("day").unit == "working days"
    assert max(float(day or 0) for (day,) in rows(answer, "curve", "day")) < 11


def test_working_time_without_a_calendar_is_refused(tmp_path: Path) -> None:
    log = laid(tmp_path, SIX, FOLLOWED)
    with pytest.raises(UsageError, match="needs a calendar"):
        exactly("U3.3", log, clock="working")
    with pytest.raises(UsageError, match="no choice of 'clock' 'wrking'"):
        exactly("U3.3", log, clock="wrking")
    with pytest.raises(UsageError, match="whose bank holidays"):
        exactly("U3.3", log, working="Mon-Fri 09:00-17:00")
    with pytest.raises(UsageError, match="cannot be understood"):
        laid(tmp_path, SIX, Settings(working="atlantis"), "other.csv")


def test_years_beyond_the_known_bank_holidays_are_said(tmp_path: Path) -> None:
    late = [case(one.id, ", ".join(f"{step} {day + 1500}" for step, day in one.steps)) for one in SIX]
    log = laid(tmp_path, late, Settings(endings={"Pay": "done"}))
    assert any("worked out by rule" in one for one in caveats(exactly("U3.3", log, working="scotland")))
    assert not any("worked out by rule" in one for one in caveats(exactly("U3.3", log, working=WEEKDAYS)))


def test_a_calendar_is_kept_confirmed_and_told(tmp_path: Path) -> None:
    log = laid(tmp_path, SIX, replace(FOLLOWED, working="Scotland", confirmed=("working",)))
    assert log.settings.working == "scotland, Mon-Fri 09:00-17:00"
    found = rows(exactly("E1.1", log), "confirmed", "matter", "taken_to_be", "confirmed")
    assert ("when the service works", "Mon-Fri 09:00-17:00, closed on bank holidays in Scotland", "yes") in found


def test_small_numbers_are_hidden_in_working_time_too(tmp_path: Path) -> None:
    answer = ask("U3.3", laid(tmp_path, SIX, replace(FOLLOWED, working=WEEKDAYS)))
    for name in ("working", "limits"):
        shown = answer.tables[name].values
        assert not any(
            value for column in shown if column.endswith(("days", "share", "low", "high")) for value in shown[column]
        )


# At risk and done or refused on working day 4: 1 of 5 each; done on day 6: 2 of 3. In days: done on 4, 1 of 6, and on
# 8, 1 of 3; refused on 6, 1 of 4.


def test_u36_tells_time_limits_of_what_the_service_decides(tmp_path: Path) -> None:
    log = laid(tmp_path, SIX, replace(FOLLOWED, working=WEEKDAYS))
    answer = exactly("U3.6", log, within_days=9, within_working_days=5)
    found = rows(answer, "limits", "ending", "limit", "share")
    assert close(
        found,
        [
            ("done", "9 days", 3 / 8),
            ("done", "5 working days", 1 / 5),
            ("refused", "9 days", 5 / 24),
            ("refused", "5 working days", 1 / 5),
        ],
    )
    assert any("cases end as 'gave up' is told in calendar days alone" in one for one in caveats(answer))
    assert "limits" not in exactly("U3.6", log, working="none").tables


WORKED = {"U3.1": "paths", "U3.2": "routes", "U3.3": "spans", "U3.4": "paths"}


@pytest.mark.parametrize(("question", "table"), WORKED.items())
def test_working_time_stands_beside_elapsed_time(question: str, table: str, tmp_path: Path) -> None:
    log = laid(tmp_path, many(IN_HOURS, 3), FOLLOWED)
    plain, both, always = (exactly(question, log, working=one) for one in ("none", WEEKDAYS, ALWAYS))
    columns = [one.name for one in both.tables[table].columns]
    quantiles = [one.name for one in plain.tables[table].columns if one.kind == "quantile"]
    assert quantiles
    assert not any("working" in one.name for one in plain.tables[table].columns)
    for name in quantiles:
        other = name.replace("_days", "_working_days")
        assert columns.index(other) == columns.index(name) + 1
        assert both.tables[table].column(other).unit == "working days"
        assert always.tables[table].values[other] == plain.tables[table].values[name]
        assert both.tables[table].values[other] != both.tables[table].values[name]
    assert "1 working day = 8 hours." in caveats(both)
    assert not any("orking" in one for one in caveats(plain))


def test_u31_and_u34_tell_paths_in_whole_working_days_worked_out_by_hand(tmp_path: Path) -> None:
    log = laid(tmp_path, SIX, replace(FOLLOWED, working=WEEKDAYS))
    # Days 0 to 2, 0 to 4, 1 to 2, 4 to 5 (a Saturday), 0 to 1, 25 (a Friday) to 27: working days 2, 4, 1, 0, 1, 0.
    for question in ("U3.1", "U3.4"):
        names = ("median_days", "median_working_days", "p90_days", "p90_working_days")
        found = rows(exactly(question, log), "paths", "from_step", "to_step", *names)
        assert close([one[2:] for one in found if one[:2] == ("Apply", "Check")], [(1.5, 1.0, 3.0, 3.0)])


def test_u34_says_both_clocks_in_its_sentence_and_counts_who_still_waits(tmp_path: Path) -> None:
    log = laid(tmp_path, many(IN_HOURS, 3), replace(FOLLOWED, working=ALWAYS))
    answer = exactly("U3.4", log)
    assert "working day" in said(answer)
    assert "working" not in said(exactly("U3.4", log, working="none"))
    steps = answer.tables["steps"].values
    for end in ("", "_low", "_high"):
        assert steps[f"median_working_days{end}"] == steps[f"median_days{end}"]


@pytest.mark.parametrize(("question", "table"), WORKED.items())
def test_few_people_hide_a_quantile_of_working_time(question: str, table: str, tmp_path: Path) -> None:
    answer = ask(question, laid(tmp_path, many(IN_HOURS, 2), replace(FOLLOWED, working=WEEKDAYS)))
    quantiles = [one.name for one in answer.tables[table].columns if one.kind == "quantile"]
    assert any("working" in name for name in quantiles)
    for name in quantiles:
        assert not any(answer.tables[table].values[name])


def test_u39_shows_working_days_week_by_week_and_looks_for_the_same_changes(tmp_path: Path) -> None:
    log = laid(tmp_path, many(IN_HOURS, 3), FOLLOWED)
    plain, both, always = (exactly("U3.9", log, within_days=7, working=one) for one in ("none", WEEKDAYS, ALWAYS))
    assert plain.tables["measures"].values == both.tables["measures"].values
    assert "mean_working_days" not in plain.tables["weeks"].values
    weeks = always.tables["weeks"].values
    assert any(weeks["mean_days"])
    for end in ("", "_low", "_high"):
        assert weeks[f"mean_working_days{end}"] == pytest.approx(weeks[f"mean_days{end}"])
    pairs = zip(both.tables["weeks"].values["mean_working_days"], weeks["mean_days"], strict=True)
    known = [(float(worked), float(days)) for worked, days in pairs if worked is not None and days is not None]
    assert known
    assert all(worked < days for worked, days in known if days)
