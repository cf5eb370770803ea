"""A first look: what it points at, that it picks among released figures only, and what it cannot answer."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.made_case_logs import HUSHED, Case, cases, laid, private_log

from outward.answers import Basis, Level
from outward.asking import ask
from outward.catalogue import asked_of
from outward.errors import Cancelled, ReleaseRefused
from outward.evidence.store import LaidLog
from outward.evidence.tables import Settings
from outward.looking import ASKED_APART, Look, look
from outward.present.look import finding_words, look_file_name, look_html, look_json, look_text, trend_words

KNOWN = Settings(endings={"Pay": "done"}, gave_up_after_days=20, extract_date="2024-04-30")


@pytest.fixture
def log(tmp_path: Path) -> LaidLog:
    return laid(tmp_path, private_log(), KNOWN)


@pytest.fixture
def looked(log: LaidLog) -> Look:
    return look(log)


def test_it_asks_every_question_but_the_one_that_goes_through_every_attribute(looked: Look, log: LaidLog) -> None:
    assert list(looked.answers) == [id for id in asked_of("data set") if id not in ASKED_APART]
    assert all(looked.answers[id] is ask(id, log) for id in looked.answers)
    assert looked.fitness.question == "E1.1"
    assert looked.trend.question == "U3.3"


def test_it_points_at_three_things_those_with_most_customer_days_first(looked: Look) -> None:
    days = [one.days for one in looked.first]
    assert len(days) == 3
    assert days == sorted(days, reverse=True)
    assert {finding_words(one).split(":")[0] for one in looked.first} == {"Waiting", "Going round", "Leaving"}


def test_what_it_points_at_was_found_by_looking_and_so_is_never_firm(tmp_path: Path) -> None:
    sure = replace(KNOWN, confirmed=("roles", "endings", "extract_date", "coverage", "time_zone"))
    log = laid(tmp_path, [Case(f"{n}-{one.id}", one.steps, {}) for n in range(4) for one in private_log()], sure)
    found = look(log)
    assert found.answers["U3.4"].standing.level is Level.FIRM
    for one in found.first:
        assert one.standing.level is Level.CARE
        assert "it was found by looking through the data" in one.standing.reasons


def test_made_up_data_gives_findings_without_a_standing(tmp_path: Path) -> None:
    found = look(laid(tmp_path, private_log(), replace(KNOWN, basis=Basis.MADE_UP)))
    assert {one.standing.level for one in found.first} == {Level.NONE}


def test_every_finding_leads_to_its_cases(looked: Look, log: LaidLog) -> None:
    for one in looked.first:
        answer = ask("U3.1", log, where=one.where)
        assert answer.parameters["where"]


def test_a_finding_is_ranked_by_its_released_days(looked: Look) -> None:
    for one in looked.first:
        released = {
            cell for table in one.answer.tables.values() for cell in table.values.get("days", ()) if cell is not None
        }
        assert one.days in released


def test_of_a_handful_of_cases_it_points_at_nothing(tmp_path: Path) -> None:
    found = look(laid(tmp_path, private_log(8), KNOWN))
    assert found.first == ()
    assert "There is nothing that stands behind enough customers to point at." in look_text(found)
    assert "Nothing stands behind enough customers to point at." in look_html(found)


def test_it_says_what_it_cannot_answer_and_what_would_help(tmp_path: Path) -> None:
    found = look(laid(tmp_path, cases(60, "Apply 0, Check 1, Pay 3"), Settings(endings={"Pay": "done"})))
    told = "\n".join(found.cannot)
    for help in ("--role customer=COLUMN", "--role channel=COLUMN", "--gave-up-after DAYS", "--ending 'Pay=done'"):
        assert help in told
    assert "the data does not say when work began" in told


def test_what_is_known_is_not_asked_for(looked: Look) -> None:
    told = "\n".join(looked.cannot)
    assert "--role customer" not in told
    assert "--role channel" not in told
    assert "--gave-up-after" not in told


def test_what_cannot_be_answered_reads_well(tmp_path: Path) -> None:
    for number in (1, 8, 60):
        for one in look(laid(tmp_path, private_log(number)[:number], Settings(), f"made{number}.csv")).cannot:
            assert one[0].isupper()
            assert one.endswith((".", "DAYS.", "COLUMN."))
            assert ".." not in one


def test_the_trend_needs_six_months(looked: Look, tmp_path: Path) -> None:
    assert trend_words(looked).startswith("There are too few months")
    long = [
        one
        for month in range(8)
        for one in cases(30, f"Apply {month * 30.5 + 1}, Pay {month * 30.5 + 4 + month}", first=month * 100)
    ]
    found = look(laid(tmp_path, _jittered(long), Settings(endings={"Pay": "done"}), "long.csv"))
    assert trend_words(found).startswith("Of the cases that began in January 2024 half ended within")
    assert "August 2024" in trend_words(found)


def _jittered(log: list[Case]) -> list[Case]:
    return [
        Case(one.id, tuple((step, day + (place * (n % 30) / 10)) for place, (step, day) in enumerate(one.steps)))
        for n, one in enumerate(log)
    ]


def test_policy_none_needs_a_reason_and_is_stamped(log: LaidLog) -> None:
    with pytest.raises(ReleaseRefused):
        look(log, policy="none")
    found = look(log, policy="none", reason="a test")
    assert "NOT FOR RELEASE" in look_text(found)
    assert "not-for-release" in look_file_name(found)
    assert "Not for release" in look_html(found)


def test_it_says_how_far_it_has_come_and_can_be_stopped(log: LaidLog) -> None:
    told: list[float] = []

    class Watched:
        def advance(self, share: float, doing: str) -> None:
            told.append(share)
            if len(told) == 3:
                raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        look(log, policy="nhs_hes", progress=Watched())
    assert told == sorted(told)
    assert all(0 <= share <= 1 for share in told)


def test_nothing_it_shows_holds_a_number_of_a_case_or_customer_or_a_name_of_staff(log: LaidLog) -> None:
    for policy in ("outward", "nhs_hes", "none"):
        found = look(log, policy=policy, reason="a test")
        for text in (look_text(found), look_html(found), look_json(found)):
            assert not [word for word in HUSHED if word.lower() in text.lower()]


def test_its_json_can_be_read(looked: Look) -> None:
    found = json.loads(look_json(looked))
    assert len(found["findings"]) == 3
    assert found["trend"]


def test_a_wait_from_a_step_to_itself_is_told_once_as_going_round(tmp_path: Path) -> None:
    log = laid(tmp_path, _jittered(list(cases(60, "Apply 0, Review 2, Review 40, Pay 43"))), KNOWN)
    told = [finding_words(one) for one in look(log).first]
    assert any(one.startswith("Going round") and "'Review'" in one for one in told)
    assert not any("between 'Review' and 'Review'" in one for one in told)


def test_a_wait_says_what_one_in_ten_wait(tmp_path: Path) -> None:
    log = [*cases(180, "Apply 0, Pay 1"), *cases(120, "Apply 0, Pay 50", first=500)]
    told = finding_words(look(laid(tmp_path, log, KNOWN)).first[0])
    assert "half of the waits are over 1 day, one in ten over 50 days." in told


def test_without_endings_it_says_so_once_and_names_no_number_of_customers(tmp_path: Path) -> None:
    found = look(laid(tmp_path, cases(60, "Apply 0, Check 1, Apply 2"), Settings()))
    assert [one for one in found.cannot if "which steps end a case" in one] == [found.cannot[0]]
    assert "--ending 'STEP=done'" in found.cannot[0]
    assert not any("ewer than" in one for one in found.cannot)
    assert trend_words(found).endswith("it is not known which steps end a case.")


def test_the_trend_leaves_out_months_too_young_to_be_compared(tmp_path: Path) -> None:
    start = [month * 30.5 + 1 for month in range(9)]
    long = [
        one
        for month in range(9)
        for one in cases(30, f"Apply {start[month]}, Pay {start[month] + (61 if month < 6 else 3)}", first=month * 50)
    ]
    found = look(laid(tmp_path, _jittered(long), Settings(endings={"Pay": "done"}, extract_date="2024-09-10")))
    assert "of those that began in July 2024" in trend_words(found)
    assert "September 2024" not in trend_words(found)
    assert "ranges lie apart" in trend_words(found)


def test_the_file_says_once_why_what_it_points_at_is_not_firm(looked: Look) -> None:
    reasons = {reason for one in looked.first for reason in one.standing.reasons}
    opening = look_html(looked).partition("How it has gone")[0].lower()
    assert reasons
    assert all(opening.count(reason) == 1 for reason in reasons)
