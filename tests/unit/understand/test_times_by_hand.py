"""How long cases take and how they end (U3.3, U3.6): worked out by hand, open cases censored."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.made_case_logs import Case, case, cases, laid

from outward.answers import Value
from outward.asking import ask
from outward.evidence.store import LaidLog, bring_in
from outward.evidence.tables import Settings
from outward.methods.durations import Durations
from outward.methods.survival import survival_at

from .asked import FOLLOWED, SIX, caveats, close, exactly, many, rows, said


@pytest.fixture
def log(tmp_path: Path) -> LaidLog:
    return laid(tmp_path, SIX, FOLLOWED)


# At risk and ended: day 4, 1 of 6; day 5 one censored; day 6, 1 of 4; day 8, 1 of 3; day 10, 1 of 2; day 11, 1 of 1.


def test_u33_follows_kaplan_and_meier_with_open_cases_in(log: LaidLog) -> None:
    answer = exactly("U3.3", log, within_days=9)
    names = ("cases", "ended", "open", "p25_days", "median_days", "p75_days", "p90_days", "within_share")
    assert close(rows(answer, "summary", *names), [(6, 5, 1, 6.0, 8.0, 10.0, 11.0, 7 / 12)])


def test_u33_draws_the_curve_on_round_days(log: LaidLog) -> None:
    found = rows(exactly("U3.3", log), "curve", "day", "open_share")
    expected = [(0, 1.0), (1, 1.0), (2, 1.0), (3, 1.0), (5, 5 / 6), (7, 5 / 8), (10, 5 / 24)]
    assert close(found, [(float(day), share) for day, share in expected])


def test_u33_spans_assume_nothing(log: LaidLog) -> None:
    assert close(rows(exactly("U3.3", log), "spans", "cases", "median_days", "mean_days"), [(6, 5.0, 31 / 6)])
    by_area = rows(exactly("U3.3", log, by="area"), "spans", "group", "median_days", "mean_days")
    assert close(by_area, [("North", 6.0, 6.0), ("South", 2.0, 13 / 3)])


def test_u33_tells_each_month_in_which_cases_began(tmp_path: Path) -> None:
    log = [*cases(3, "Apply 0, Pay 4"), *cases(2, "Apply 31, Pay 39", first=10), case("20", "Apply 40")]
    settings = Settings(endings={"Pay": "done"}, extract_date="2024-03-31")
    found = rows(exactly("U3.3", laid(tmp_path, log, settings)), "months", "month", "cases", "median_days")
    assert close(found, [("2024-01-01", 3, 4.0), ("2024-02-01", 3, 8.0)])


def test_u33_compares_mean_days_within_a_time_that_both_were_followed(tmp_path: Path) -> None:
    quick = [case(f"q{n}", f"Apply 0, Pay {1 + n % 5}", area="North") for n in range(60)]
    slow = [case(f"s{n}", f"Apply 0, Pay {6 + n % 5}", area="South") for n in range(50)]
    answer = exactly("U3.3", laid(tmp_path, [*quick, *slow], Settings(endings={"Pay": "done"})), by="area")
    # All have ended, so that their curves are known for ever: means 3 and 8.
    found = rows(answer, "compared", "group", "against", "difference_days", "within", "stands_out", "comparisons")
    assert close(found, [("South", "North", 5.0, 10.0, "yes", 1)])
    assert said(answer).startswith(
        "Half of the cases of 'North' end within 3 days, open ones included; 1 comparison made, 1 stands out"
    )


def test_u33_is_not_held_back_by_a_small_group_whose_cases_have_all_ended(tmp_path: Path) -> None:
    log = [
        *cases(60, "Apply 0, Pay 4", area="North"),
        *cases(60, "Apply 0", first=100, area="North"),
        *cases(50, "Apply 0, Pay 12", first=200, area="South"),
        *cases(50, "Apply 0", first=300, area="South"),
        case("400", "Apply 0, Pay 0.5", area="West"),
    ]
    settings = Settings(endings={"Pay": "done"}, extract_date="2024-01-30")
    found = rows(exactly("U3.3", laid(tmp_path, log, settings), by="area"), "compared", "group", "within")
    assert found == [("South", 28.0), ("West", 28.0)]


def test_u33_says_nothing_of_months_whose_quick_cases_were_never_seen(tmp_path: Path) -> None:
    log = [*cases(3, "Apply 0, Pay 40"), *cases(2, "Apply 0", first=10), *cases(4, "Apply 31, Pay 39", first=20)]
    settings = Settings(endings={"Pay": "done"}, extract_date="2024-03-31", window_from="2024-02-01")
    found = rows(exactly("U3.3", laid(tmp_path, log, settings)), "months", "month", "cases", "median_days")
    assert close(found, [("2024-01-01", 5, None), ("2024-02-01", 4, 8.0)])


def test_u36_shares_of_competing_endings_add_up(log: LaidLog) -> None:
    answer = exactly("U3.6", log, within_days=9)
    found = rows(answer, "summary", "ending", "ended", "share", "cases")
    expected = [("done", 3, 3 / 8, 6), ("refused", 1, 5 / 24, 6), ("gave up", 1, 0.0, 6), ("still open", 1, 5 / 12, 6)]
    assert close(found, expected)
    assert sum(float(str(row[2])) for row in found) == pytest.approx(1)
    later = rows(exactly("U3.6", log, within_days=11), "summary", "ending", "share")
    assert close(later, [("done", 7 / 12), ("refused", 5 / 24), ("gave up", 5 / 24), ("still open", 0.0)])


def test_u36_shares_of_each_group(log: LaidLog) -> None:
    found = rows(exactly("U3.6", log, by="area", within_days=9), "summary", "group", "ending", "ended", "share")
    assert close(
        found,
        [
            ("North", "done", 2, 2 / 3),
            ("North", "refused", 1, 1 / 3),
            ("North", "gave up", 0, 0.0),
            ("North", "still open", 0, 0.0),
            ("South", "done", 1, 0.0),
            ("South", "refused", 0, 0.0),
            ("South", "gave up", 1, 0.0),
            ("South", "still open", 1, 1.0),
        ],
    )


def test_u36_day_by_day(log: LaidLog) -> None:
    found = rows(exactly("U3.6", log), "over_time", "ending", "day", "share")
    done = [(day, share) for ending, day, share in found if ending == "done"]
    assert close(done, [(0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (3.0, 0.0), (5.0, 1 / 6), (7.0, 1 / 6), (10.0, 7 / 12)])


def test_u36_says_after_which_step_they_leave(log: LaidLog) -> None:
    found = rows(exactly("U3.6", log), "last_steps", "ending", "step", "ended", "days")
    assert close(found, [("gave up", "Check", 1, 11.0)])


def test_u36_tries_half_and_twice_the_silence(log: LaidLog) -> None:
    # With 5 days case 4 is given up on day 6, among 4 at risk; with 20 on day 21, which is not within 9 days.
    found = rows(exactly("U3.6", log, within_days=9), "gave_up", "silent_days", "ended", "share")
    assert close(found, [(5, 1, 5 / 24), (10, 1, 0.0), (20, 1, 0.0)])


def test_where_only_days_are_known_times_under_a_day_mean_nothing(tmp_path: Path) -> None:
    words = "Most events bear a date without a time of day: times under a day mean nothing."
    days, clock = list(cases(20, "Apply 0, Pay 2")), list(cases(20, "Apply 0.4, Pay 2.6"))
    for question in ("U3.3", "U3.4"):
        assert words in caveats(exactly(question, laid(tmp_path, days, FOLLOWED, f"days{question}.csv")))
        assert words not in caveats(exactly(question, laid(tmp_path, clock, FOLLOWED, f"clock{question}.csv")))


def test_without_endings_nothing_is_told_of_them(tmp_path: Path) -> None:
    back, forth = cases(20, "Apply 0, Check 1, Apply 2"), cases(20, "Check 0, Apply 1, Check 2", first=30)
    log = laid(tmp_path, [*back, *forth])
    assert not log.settings.endings
    assert said(exactly("U3.6", log)) == "How cases end cannot be told: it is not known which steps end a case."
    assert said(exactly("U3.3", log)) == (
        "How long it takes cannot be told: it is not known which steps end a case. "
        "From the first to the last event, half of the cases span under 2 days."
    )


def test_without_endings_only_what_can_be_told_is_shown(tmp_path: Path) -> None:
    back, forth = cases(3, "Apply 0, Check 1, Apply 2"), cases(1, "Apply 0, Check 1, Check 6", first=30)
    log = laid(tmp_path, [*back, *forth])
    assert not log.settings.endings
    times, endings = (exactly(question, log) for question in ("U3.3", "U3.6"))
    assert list(times.tables) == ["spans", "last_so_far"]
    assert rows(times, "spans", "cases", "median_days", "mean_days") == [(4, 2.0, 3.0)]
    assert list(endings.tables) == ["last_so_far"]
    for answer in (times, endings):
        found = rows(answer, "last_so_far", "step", "cases", "share", "step_share", "step_cases")
        assert found == [("Apply", 3, 0.75, 0.75, 4), ("Check", 1, 0.25, 0.25, 4)]
        assert not answer.pictures


def test_an_unconfirmed_ending_is_said_and_a_confirmed_one_is_not(tmp_path: Path) -> None:
    words = "Which steps end a case was guessed from the data; nobody confirmed it."
    guessed = laid(tmp_path, SIX, replace(FOLLOWED, confirmed=()))
    for question in ("U3.3", "U3.6"):
        assert words in caveats(exactly(question, guessed))
    confirmed = laid(tmp_path, SIX, FOLLOWED)
    for question in ("U3.3", "U3.6"):
        assert words not in caveats(exactly(question, confirmed))


LATE = [case("1", "Apply 0, Pay 20"), case("2", "Apply 12, Pay 15"), case("3", "Apply 15, Pay 27")]
"""With a window from day 10 the first case enters at the age of 10 days.

At risk and ended: day 3, 1 of 2; day 12, 1 of 2; day 20, 1 of 1.
"""


def test_a_case_that_began_before_the_window_counts_only_from_then_on(tmp_path: Path) -> None:
    settings = Settings(endings={"Pay": "done"}, extract_date="2024-01-30", window_from="2024-01-11")
    log = laid(tmp_path, LATE, settings)
    answer = exactly("U3.3", log, within_days=15)
    assert close(rows(answer, "summary", "median_days", "within_share"), [(7.5, 0.75)])
    assert "Cases that began before the extract's first day count only from that day on." in caveats(answer)
    checks = {row[0]: row[1:] for row in rows(exactly("E1.1", log), "checks", "check", "found", "out_of")}
    assert checks["cases that began before the extract's first day"] == (1, 3)


def test_without_a_window_the_same_cases_count_from_their_beginning(tmp_path: Path) -> None:
    log = laid(tmp_path, LATE, Settings(endings={"Pay": "done"}, extract_date="2024-01-30"))
    assert close(rows(exactly("U3.3", log, within_days=15), "summary", "median_days", "within_share"), [(12.0, 2 / 3)])


def test_a_case_that_was_over_before_the_window_counts_nowhere(tmp_path: Path) -> None:
    settings = Settings(endings={"Pay": "done"}, extract_date="2024-01-30", window_from="2024-01-11")
    log = laid(tmp_path, [*LATE, case("4", "Apply 0, Pay 2")], settings)
    assert close(rows(exactly("U3.3", log, within_days=15), "summary", "median_days", "within_share"), [(7.5, 0.75)])


def test_groups_with_late_entries_are_tested_by_the_difference_at_a_time(tmp_path: Path) -> None:
    log = [Case(f"{n}-{one.id}", one.steps, {"area": "NS"[n % 2]}) for n in range(20) for one in LATE]
    settings = Settings(endings={"Pay": "done"}, extract_date="2024-01-30", window_from="2024-01-11")
    (row,) = rows(exactly("U3.6", laid(tmp_path, log, settings), by="area"), "compared", "p_value", "stands_out")
    assert row == (1.0, "no")


def test_comparisons_that_were_not_made_are_not_counted(tmp_path: Path) -> None:
    log = [case(str(n), "Apply 0, Check 1", area="NS"[n % 2]) for n in range(40)]
    log.append(case("40", "Apply 0, Pay 1", area="E"))
    settings = Settings(endings={"Pay": "done"}, extract_date="2024-01-30")
    answer = exactly("U3.6", laid(tmp_path, log, settings), by="area", where="area=N|S")
    assert rows(answer, "compared", "comparisons", "standing_out") == [(None, None)]
    assert "comparison" not in said(answer)


def test_waits_that_were_over_before_the_window_count_nowhere(tmp_path: Path) -> None:
    # Of cases that began before day 10 only those that lasted until then are in the log, and their waits are long.
    log = [*cases(2, "Apply 12, Pay 14"), *cases(3, "Apply 0, Check 8, Pay 15", first=9)]
    settings = Settings(endings={"Pay": "done"}, extract_date="2024-01-30", window_from="2024-01-11")
    assert _median_wait(laid(tmp_path, log, settings)) == 2.0
    assert _median_wait(laid(tmp_path, log, replace(settings, window_from=""), "plain.csv")) == 8.0


def _median_wait(log: LaidLog) -> Value:
    return next(
        median for step, median in rows(exactly("U3.4", log), "steps", "step", "median_days") if step == "Apply"
    )


REPEATED = [
    Case(f"{person}-{turn}", (("Apply", 0.0), ("Pay", float(1 + person % 20))), {"customer": f"P{person}"})
    for person in range(100)
    for turn in range(4)
]
"""A hundred customers with four alike cases each: as much as is known of a hundred cases."""


def _person(one: Case) -> int:
    return int(one.id.split("-")[0])


def test_intervals_allow_for_customers_with_several_cases(tmp_path: Path) -> None:
    settings = Settings(endings={"Pay": "done"})
    answer = exactly("U3.3", laid(tmp_path, REPEATED, settings), within_days=10)
    ((low, high),) = rows(answer, "summary", "within_share_low", "within_share_high")
    each = Durations(np.array([1.0 + person % 20 for person in range(100)]), np.ones(100))
    known = survival_at(each, [10.0])
    assert float(str(high)) - float(str(low)) == pytest.approx(float(known.high[0] - known.low[0]), rel=0.03)
    nobody = [Case(one.id, one.steps, {}) for one in REPEATED]
    plain = exactly("U3.3", laid(tmp_path, nobody, settings, "plain.csv"), within_days=10)
    ((narrow_low, narrow_high),) = rows(plain, "summary", "within_share_low", "within_share_high")
    assert float(str(narrow_high)) - float(str(narrow_low)) < 0.55 * (float(str(high)) - float(str(low)))


def test_shares_of_endings_allow_for_customers_with_several_cases(tmp_path: Path) -> None:
    refused = (("Apply", 0.0), ("Refuse", 5.0))
    log = [Case(one.id, one.steps if _person(one) % 3 else refused, one.columns) for one in REPEATED]
    settings = Settings(endings={"Pay": "done", "Refuse": "refused"})
    found = []
    for customer in (True, False):
        made = [Case(one.id, one.steps, one.columns if customer else {}) for one in log]
        answer = exactly("U3.6", laid(tmp_path, made, settings, f"made{customer}.csv"), within_days=10)
        (row,) = [row for row in rows(answer, "summary", "ending", "share_low", "share_high") if row[0] == "refused"]
        found.append(float(str(row[2])) - float(str(row[1])))
    assert found[0] == pytest.approx(2 * found[1], rel=0.05)


def test_tests_allow_for_customers_with_several_cases(tmp_path: Path) -> None:
    log = [Case(one.id, one.steps, {**one.columns, "area": "NS"[_person(one) % 37 % 2]}) for one in REPEATED]
    settings = Settings(endings={"Pay": "done"})
    nobody = [Case(one.id, one.steps, {"area": one.columns["area"]}) for one in log]
    for question in ("U3.3", "U3.6"):
        known = exactly(question, laid(tmp_path, log, settings), by="area", within_days=10)
        plain = exactly(question, laid(tmp_path, nobody, settings, "plain.csv"), by="area", within_days=10)
        ((careful,),), ((careless,),) = (rows(answer, "compared", "p_value") for answer in (known, plain))
        assert float(str(careful)) > float(str(careless))


def test_medians_by_month_allow_for_customers_with_several_cases(tmp_path: Path) -> None:
    widths = []
    for customer in (True, False):
        made = [Case(one.id, one.steps, one.columns if customer else {}) for one in REPEATED]
        answer = exactly("U3.3", laid(tmp_path, made, Settings(endings={"Pay": "done"}), f"made{customer}.csv"))
        ((low, high),) = rows(answer, "months", "median_days_low", "median_days_high")
        widths.append(float(str(high)) - float(str(low)))
    assert widths[0] > widths[1]


def test_one_customer_with_many_waits_is_one_on_either_side_of_a_median(tmp_path: Path) -> None:
    # Twenty customers wait a day; one of them waits 30 days thirty times. Beyond the median is one person.
    often = [Case(f"o{n}", (("Apply", 0.0), ("Pay", 30.0)), {"customer": "P0"}) for n in range(30)]
    once = [Case(f"c{n}", (("Apply", 0.0), ("Pay", 1.0)), {"customer": f"P{n}"}) for n in range(20)]
    log = laid(tmp_path, [*often, *once], Settings(endings={"Pay": "done"}))
    for question, table in (("U3.1", "paths"), ("U3.4", "paths"), ("U3.4", "steps"), ("U3.3", "summary")):
        shown = [row["median_days"] for row in ask(question, log).tables[table].rows()]
        assert 30.0 not in shown, (question, table)


def test_few_customers_with_many_cases_are_few(tmp_path: Path) -> None:
    log = [Case(one.id, one.steps, {"customer": f"P{_person(one) % 9}"}) for one in REPEATED]
    known = laid(tmp_path, log, Settings(endings={"Pay": "done"}))
    for question in ("E1.1", "U3.1", "U3.2", "U3.3", "U3.4", "U3.5", "U3.6"):
        answer = ask(question, known)
        for name, table in answer.tables.items():
            for column in table.columns:
                if column.kind not in ("label", "number", "date"):
                    shown = [cell for cell in table.values[column.name] if cell is not None]
                    assert not shown, (question, name, column.name)


def test_groups_picked_by_something_later_are_not_compared(tmp_path: Path) -> None:
    log = laid(tmp_path, many(SIX, 40), FOLLOWED)
    words = "Groups are not compared, because cases were picked by something that came later."
    for question in ("U3.3", "U3.5", "U3.6"):
        later = exactly(question, log, by="area", where="passes(Check)")
        assert "compared" not in later.tables
        assert words in caveats(later)
        assert "comparison" not in said(later)
        for where in ("", "starts(Apply)", "from=2024-01-01"):
            answer = exactly(question, log, by="area", where=where)
            assert "compared" in answer.tables
            assert words not in caveats(answer)


def test_groups_formed_by_something_recorded_later_are_not_compared(tmp_path: Path) -> None:
    # Who is still there on day 20 is reviewed, and only then is the channel known: they seem slow by that alone.
    path = tmp_path / "late.csv"
    path.write_text(
        "case,activity,time,channel\n"
        + "".join(
            f"{n},Apply,2024-01-01,\n"
            + (f"{n},Review,2024-01-21,Phone\n" if n % 2 and n % 40 > 20 else "")
            + f"{n},Pay,2024-02-{1 + n % 28:02d},\n"
            for n in range(400)
        )
    )
    log = bring_in(path, Settings(endings={"Pay": "done"}))
    for question in ("U3.3", "U3.5", "U3.6"):
        answer = exactly(question, log, by="channel")
        assert "compared" not in answer.tables
        assert any("recorded only later" in one for one in caveats(answer))


def test_cases_picked_by_a_value_recorded_later_are_not_compared(tmp_path: Path) -> None:
    # Whoever has a channel came as far as the review; the area is known from the first event on.
    path = tmp_path / "late.csv"
    path.write_text(
        "case,activity,time,channel,area\n"
        + "".join(
            f"{n},Apply,2024-01-01,,{'NS'[n // 2 % 2]}\n"
            + (f"{n},Review,2024-01-21,Phone,\n" if n % 2 else "")
            + f"{n},Pay,2024-02-{1 + n % 28:02d},,\n"
            for n in range(400)
        )
    )
    log = bring_in(path, Settings(endings={"Pay": "done"}))
    for question in ("U3.3", "U3.5", "U3.6"):
        later = exactly(question, log, by="area", where="channel=Phone")
        assert "compared" not in later.tables
        assert "Groups are not compared, because cases were picked by something that came later." in caveats(later)
        assert any(one.startswith("'channel' is often recorded only later") for one in caveats(later))
        first = exactly(question, log, by="area", where="area=N|S")
        assert "compared" in first.tables
        assert not [one for one in caveats(first) if "later" in one]


def test_a_group_that_does_worse_is_shown_to_do_worse(tmp_path: Path) -> None:
    paid, refused = "Apply 0, Pay 4", "Apply 0, Refuse 4"
    log = [
        *cases(160, paid, area="North"),
        *cases(40, refused, first=200, area="North"),
        *cases(50, paid, first=300, area="South"),
        *cases(50, refused, first=400, area="South"),
    ]
    settings = Settings(endings={"Pay": "done", "Refuse": "refused"}, extract_date="2024-01-30")
    answer = ask("U3.6", laid(tmp_path, log, settings), by="area", within_days=10)
    found = {row["ending"]: row for row in answer.tables["compared"].rows()}
    assert (found["done"]["difference"], found["refused"]["difference"]) == (-0.3, 0.3)
    assert (
        -0.46 < float(str(found["done"]["difference_low"])) < -0.3 < float(str(found["done"]["difference_high"])) < -0.1
    )
