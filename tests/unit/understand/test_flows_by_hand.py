"""What cases do (E1.1, U3.1, U3.2, U3.4, U3.5): every table worked out by hand on six cases."""

from __future__ import annotations

from math import erfc, sqrt
from pathlib import Path

import pytest
from tests.made_case_logs import Case, case, cases, laid

from outward.asking import ask
from outward.evidence.store import LaidLog, bring_in
from outward.evidence.tables import Settings
from outward.methods.proportions import clustered_share, wilson

from .asked import FOLLOWED, SIX, caveats, close, exactly, many, rows, said


@pytest.fixture
def log(tmp_path: Path) -> LaidLog:
    return laid(tmp_path, SIX, FOLLOWED)


def test_e11_counts_what_the_file_holds(log: LaidLog) -> None:
    answer = exactly("E1.1", log)
    names = ("rows", "events", "cases", "customers", "activities", "variants", "first", "last", "unconfirmed")
    assert rows(answer, "counts", *names) == [(18, 18, 6, 6, 4, 5, "2024-01-01", "2024-01-28", 0)]
    assert rows(answer, "months", "month", "cases") == [("2024-01-01", 6)]
    assert rows(answer, "aside", "reason") == []
    assert {row[0]: row[1] for row in rows(answer, "confirmed", "matter", "confirmed")} == dict.fromkeys(
        (
            "what the columns mean",
            "which steps end a case",
            "when the extract was taken",
            "the time zone",
            "whether everyone is in it",
        ),
        "yes",
    )
    assert said(answer).startswith("18 events of 6 cases, from 1 January 2024 to 28 January 2024; nothing is left")


def test_e11_checks_what_is_in_doubt(log: LaidLog) -> None:
    checks = {row[0]: row[1:] for row in rows(exactly("E1.1", log), "checks", "check", "found", "out_of")}
    assert checks["events at midnight sharp"] == (18, 18)
    assert checks["events at the same time as the one before"] == (0, 18)
    assert checks["cases without an ending"] == (1, 6)


def test_e11_counts_rows_set_aside_and_those_written_twice(tmp_path: Path) -> None:
    path = tmp_path / "dirty.csv"
    path.write_text(
        "case,activity,time\n1,Apply,2024-01-01 10:00\n1,Apply,2024-01-01 10:00\n1,Pay,2024-01-02 10:00\n"
        "2,Apply,2024-01-03 09:00\n2,Pay,\n,Apply,2024-01-05 09:00\n2,,2024-01-06 09:00\n"
    )
    answer = exactly("E1.1", log_of(path))
    assert rows(answer, "counts", "rows", "events", "cases") == [(7, 4, 2)]
    assert sum(int(str(row[0])) for row in rows(answer, "aside", "rows")) == 3
    checks = {row[0]: row[1] for row in rows(answer, "checks", "check", "found")}
    assert checks["events that repeat the one before outright"] == 1


def log_of(path: Path) -> LaidLog:
    roles = {"case": "case", "activity": "activity", "time": "time"}
    return bring_in(path, Settings(roles=roles, time_zone="UTC"))


def test_u31_counts_steps(log: LaidLog) -> None:
    answer = exactly("U3.1", log)
    assert rows(answer, "summary", "cases", "events", "steps", "groups") == [(6, 18, 4, 1)]
    expected = [("Apply", 6, 1.0, 7), ("Check", 5, 5 / 6, 7), ("Pay", 3, 0.5, 3), ("Refuse", 1, 1 / 6, 1)]
    assert close(rows(answer, "steps", "step", "cases", "share", "times"), expected)


@pytest.mark.parametrize("customers", [False, True])
@pytest.mark.parametrize("by", ["", "area"])
def test_the_number_of_steps_is_the_same_with_and_without_a_rare_one(customers: bool, by: str, tmp_path: Path) -> None:
    log, appealed = many(SIX, 20), (("Apply", 0.0), ("Appeal", 3.0))
    rare = [Case(f"r{n}", appealed, {"area": "North"}) for n in range(9)]
    if customers:
        log = [Case(one.id, one.steps, one.columns | {"customer": f"c{n}"}) for n, one in enumerate(log)]
        rare = [Case(f"r{n}", appealed, {"area": "North", "customer": f"c{n % 3}"}) for n in range(30)]
    for place, (with_rare, exact) in enumerate(((log, 4), ([*log, *rare], 5))):
        laid_log = laid(tmp_path, with_rare, FOLLOWED, name=f"{place}.csv")
        for question, table, column in (("U3.1", "summary", "steps"), ("E1.1", "counts", "activities")):
            guarded, unchecked = ask(question, laid_log, by=by), exactly(question, laid_log, by=by)
            assert rows(guarded, table, column) == [(4,)]
            assert guarded.tables[table].column(column).title == "Different steps that enough customers took"
            assert rows(unchecked, table, column) == [(exact,)]
            assert unchecked.tables[table].column(column).title == "Different steps"
        assert "4 steps that enough customers took" in said(ask("U3.1", laid_log, by=by))
        assert f"{exact} steps" in said(exactly("U3.1", laid_log, by=by))


def test_u31_counts_paths_with_their_days(log: LaidLog) -> None:
    found = rows(
        exactly("U3.1", log), "paths", "from_step", "to_step", "cases", "times", "median_days", "p90_days", "mean_days"
    )
    assert close(
        sorted(found, key=lambda row: (str(row[0]), str(row[1]))),
        [
            ("Apply", "Check", 5, 6, 1.5, 3.0, 11 / 6),
            ("Apply", "Pay", 1, 1, 10.0, 10.0, 10.0),
            ("Check", "Apply", 1, 1, 2.0, 2.0, 2.0),
            ("Check", "Check", 1, 1, 2.0, 2.0, 2.0),
            ("Check", "Pay", 2, 2, 2.0, 2.0, 2.0),
            ("Check", "Refuse", 1, 1, 2.0, 2.0, 2.0),
            ("Check", "■", 2, 2, None, None, None),
            ("Pay", "■", 3, 3, None, None, None),
            ("Refuse", "■", 1, 1, None, None, None),
            ("▶", "Apply", 6, 6, None, None, None),
        ],
    )


def test_u31_shares_are_of_the_cases_of_the_group(log: LaidLog) -> None:
    found = rows(exactly("U3.1", log, by="area"), "steps", "group", "step", "cases", "share", "group_cases")
    assert ("North", "Pay", 2, round(2 / 3, 9), 3) in found
    assert ("South", "Pay", 1, round(1 / 3, 9), 3) in found
    assert ("South", "Check", 2, round(2 / 3, 9), 3) in found


def test_u31_keeps_whole_cases_where_it_is_filtered(log: LaidLog) -> None:
    answer = exactly("U3.1", log, where="passes(Refuse)")
    assert rows(answer, "summary", "cases", "events") == [(1, 5)]
    assert "Only cases that meet all of this: goes through 'Refuse'." in caveats(answer)
    assert any("picked by something that happened on their way" in one for one in caveats(answer))
    assert rows(exactly("U3.1", log, where="area=South"), "summary", "cases", "events") == [(3, 6)]
    assert rows(exactly("U3.1", log, where="never(Check)"), "summary", "cases", "events") == [(1, 2)]
    assert rows(exactly("U3.1", log, where="within(Pay, 4d)"), "summary", "cases", "events") == [(1, 3)]


def test_u32_ranks_exact_routes(log: LaidLog) -> None:
    answer = exactly("U3.2", log)
    assert rows(answer, "summary", "cases", "routes") == [(6, 5)]
    found = rows(answer, "routes", "route", "cases", "share", "steps", "median_days")
    assert close(found[:1], [("Apply > Check", 2, 1 / 3, 2, 1.5)])
    assert close(
        sorted(found[1:], key=lambda row: str(row[0])),
        [
            ("Apply > Check (×2) > Pay", 1, 1 / 6, 4, 8.0),
            ("Apply > Check > Apply > Check > Refuse", 1, 1 / 6, 5, 6.0),
            ("Apply > Check > Pay", 1, 1 / 6, 3, 4.0),
            ("Apply > Pay", 1, 1 / 6, 2, 10.0),
        ],
    )
    assert close(
        rows(answer, "coverage", "routes", "cases", "share"),
        [(1, 2, 1 / 3), (2, 3, 0.5), (3, 4, 2 / 3), (5, 6, 1.0)],
    )


def test_u32_counts_routes_of_each_group(log: LaidLog) -> None:
    found = rows(exactly("U3.2", log, by="area"), "routes", "group", "route", "cases", "share")
    assert len([row for row in found if row[0] == "North"]) == 3
    assert close([row for row in found if row[0] == "South"][:1], [("South", "Apply > Check", 2, 2 / 3)])


def test_u34_adds_up_the_days_waited_on_each_path(log: LaidLog) -> None:
    found = rows(
        exactly("U3.4", log), "paths", "path", "cases", "times", "days", "mean_days", "median_days", "p90_days"
    )
    assert close(found[:1], [("Apply → Check", 5, 6, 11.0, 11 / 6, 1.5, 3.0)])
    assert close(found[1:3], [("Apply → Pay", 1, 1, 10.0, 10.0, 10.0, 10.0), ("Check → Pay", 2, 2, 4.0, 2.0, 2.0, 2.0)])
    assert {row[0] for row in found[3:]} == {"Check → Apply", "Check → Check", "Check → Refuse"}


def test_u34_waits_after_a_step_include_those_who_still_wait(log: LaidLog) -> None:
    # After Apply: 1, 1, 1, 2, 2, 4, 10 days. After Check: five times 2, and one who waits for 3 so far;
    # whoever gave up waits no more.
    found = {row[0]: row[1:] for row in rows(exactly("U3.4", log), "steps", "step", "median_days", "waiting_now")}
    assert found["Apply"] == (2.0, 0)
    assert found["Check"] == (2.0, 1)


def test_u34_says_where_most_days_are_waited(log: LaidLog) -> None:
    assert said(exactly("U3.4", log)) == (
        "Customers wait longest in all between 'Apply' and 'Check': 11 customer days for 5 cases; "
        "half of the waits are over 1.5 days."
    )
    assert said(exactly("U3.4", log, by="area")).startswith("In 'North', customers wait longest in all between")


def test_u34_tells_work_from_waiting_where_starts_are_known(tmp_path: Path) -> None:
    path = tmp_path / "made.csv"
    path.write_text(
        "case,activity,start,time\n"
        "1,Apply,2024-01-01 00:00,2024-01-02 00:00\n1,Check,2024-01-05 00:00,2024-01-06 12:00\n"
        "2,Apply,2024-01-01 00:00,2024-01-04 00:00\n2,Check,2024-01-05 00:00,2024-01-05 12:00\n"
    )
    roles = {"case": "case", "activity": "activity", "time": "time", "start": "start"}
    answer = exactly("U3.4", bring_in(path, Settings(roles=roles, time_zone="UTC")))
    # From the completion of Apply to the start of Check: 3 days and 1 day.
    assert close(rows(answer, "paths", "path", "days", "median_days"), [("Apply → Check", 4.0, 2.0)])
    work = rows(answer, "work", "step", "times", "service_median_days", "service_mean_days", "service_days")
    assert close(work, [("Apply", 2, 2.0, 2.0, 4.0), ("Check", 2, 1.0, 1.0, 2.0)])
    assert "Waiting ends when work on the next step begins." in caveats(answer)


def test_u35_counts_what_is_done_again(log: LaidLog) -> None:
    answer = exactly("U3.5", log)
    assert close(rows(answer, "summary", "cases", "share", "extra_events", "group_cases"), [(2, 1 / 3, 3, 6)])
    names = ("step", "cases", "share", "extra_events", "at_once", "after_others", "days")
    assert close(
        rows(answer, "steps", *names),
        [("Check", 2, 1 / 3, 2, 1, 1, 5.0), ("Apply", 1, 1 / 6, 1, 0, 1, 3.0)],
    )
    assert said(answer) == "33% of cases do at least one step again; 'Check' most often, in 2 cases."


def test_u35_has_wilsons_interval(log: LaidLog) -> None:
    low, high = (float(end) for end in wilson(2, 6))
    assert close(rows(exactly("U3.5", log), "summary", "share_low", "share_high"), [(low, high)])


def test_u35_counts_customers_where_some_have_several_cases(tmp_path: Path) -> None:
    drawn = [
        case("1", "Apply 0, Check 1, Check 2", customer="a", area="North"),
        case("2", "Apply 0, Check 1, Check 2", customer="a", area="North"),
        case("3", "Apply 0, Check 1", customer="b", area="North"),
        case("4", "Apply 0, Apply 1, Check 2", customer="c", area="North"),
        case("5", "Apply 0, Check 1", customer="c", area="South"),
        case("6", "Apply 0, Check 1", customer="d", area="South"),
    ]
    log = laid(tmp_path, drawn)
    for_all = clustered_share([1, 1, 0, 1, 0, 0], [1] * 6, list("aabccd"))
    of_check = clustered_share([1, 1, 0, 0, 0, 0], [1] * 6, list("aabccd"))
    answer = exactly("U3.5", log)
    ends = ("share_low", "share_high")
    assert close(rows(answer, "summary", *ends), [(for_all.low, for_all.high)])
    assert close(rows(answer, "steps", "step", *ends)[:1], [("Check", of_check.low, of_check.high)])
    by_area = exactly("U3.5", log, by="area")
    north = clustered_share([1, 1, 0, 1], [1] * 4, list("aabc"))
    assert close(rows(by_area, "summary", "group", *ends)[:1], [("North", north.low, north.high)])
    assert rows(by_area, "summary", "group", "share")[1] == ("South", 0.0)


def test_u35_compares_each_group_with_the_largest(tmp_path: Path) -> None:
    north = [
        case(f"n{n}", "Apply 0, Check 1, Check 2" if n < 30 else "Apply 0, Check 1", area="North") for n in range(60)
    ]
    south = [
        case(f"s{n}", "Apply 0, Check 1, Check 2" if n < 5 else "Apply 0, Check 1", area="South") for n in range(50)
    ]
    west = [
        case(f"w{n}", "Apply 0, Check 1, Check 2" if n < 20 else "Apply 0, Check 1", area="West") for n in range(40)
    ]
    log = laid(tmp_path, [*north, *south, *west])
    answer = exactly("U3.5", log, by="area")
    assert rows(answer, "summary", "group", "cases", "group_cases") == [
        ("North", 30, 60),
        ("South", 5, 50),
        ("West", 20, 40),
    ]
    found = rows(answer, "compared", "group", "against", "stands_out", "comparisons", "standing_out")
    assert found == [("South", "North", "yes", 2, 1), ("West", "North", "no", 2, 1)]
    # Chi-square of 30/60 against 5/50 with the N - 1 factor: 109 * (30*45 - 5*30)^2 / (60*50*35*75).
    statistic = 109 * (30 * 45 - 5 * 30) ** 2 / (60 * 50 * 35 * 75)
    (south_p,), _ = rows(answer, "compared", "p_value")
    assert float(str(south_p)) == pytest.approx(min(1, 2 * erfc(sqrt(statistic / 2))), rel=1e-3)
    assert said(answer) == ("50% of the cases of 'North' do at least one step again; 2 comparisons made, 1 stands out.")


def test_u32_shows_the_most_common_route_of_each_group_first(tmp_path: Path) -> None:
    """In the North 100 pay at once and 40 are checked first, whatever the routes are called."""
    made = [*cases(100, "Apply 0, Pay 4", area="North"), *cases(40, "Apply 0, Check 2, Pay 9", first=101, area="North")]
    made += [
        *cases(60, "Apply 0, Visit 3, Pay 30", first=201, area="South"),
        *cases(20, "Ask 0", first=301, area="South"),
    ]
    answer = ask("U3.2", laid(tmp_path, made), by="area")
    assert [row["cases"] for row in answer.tables["routes"].rows()] == [100, 40, 60, 20]
