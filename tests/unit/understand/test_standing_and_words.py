"""How far answers can be leaned on and why not further, and that what they say reads well."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from tests.made_case_logs import Case, case, cases, laid

from outward.answers import Basis, Level
from outward.asking import ask
from outward.catalogue import asked_of
from outward.disclosure.released import ReleasedAnswer
from outward.evidence.store import LaidLog
from outward.evidence.tables import Settings
from outward.present.words import sentence

from .asked import FOLLOWED, SIX, caveats, exactly, many, said

OF_DATA = asked_of("data set")
USE_DATES = ("E1.1", "U3.3", "U3.4", "U3.6", "U3.8", "U3.9")
"""Questions that lean on the endings and the day of the extract."""

SURE = Settings(
    endings={"Pay": "done"},
    extract_date="2024-01-31",
    confirmed=("roles", "endings", "extract_date", "coverage", "time_zone"),
)


def ended(number: int) -> list[Case]:
    """Cases that have all ended, with two routes, a step done again and two channels; 25 a week, up to week 0."""
    return [
        case(
            str(n),
            f"Apply {week}, Check {week + 1}, {f'Check {week + 2}, ' if n % 3 == 0 else ''}Pay {week + 3 + n % 17 / 2}",
            area="NS"[n % 2],
            channel=("Online", "Phone")[n % 5 // 3],
        )
        for n, week in ((n, -7 * (n // 25)) for n in range(number))
    ]


def answered(question: str, log: LaidLog, **more: object) -> ReleasedAnswer:
    """Ask with what the question needs to be told, so that nothing is guessed."""
    told = {"U3.7": {"digital": "Online"}, "U3.8": {"by": "channel"}}
    return ask(question, log, **told.get(question, {}), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("question", OF_DATA)
def test_it_is_firm_where_all_is_confirmed_known_and_followed(question: str, tmp_path: Path) -> None:
    answer = answered(question, laid(tmp_path, ended(400), SURE))
    assert (answer.standing.level, answer.standing.reasons) == (Level.FIRM, ())


@pytest.mark.parametrize(
    ("matter", "reason", "questions"),
    [
        ("roles", "nobody confirmed what the columns mean", OF_DATA),
        ("endings", "nobody confirmed which steps end a case", USE_DATES),
        ("extract_date", "nobody confirmed when the extract was taken", USE_DATES),
        ("coverage", "it is not known whether the data covers everyone", OF_DATA),
    ],
)
def test_what_nobody_confirmed_asks_for_care(
    matter: str, reason: str, questions: tuple[str, ...], tmp_path: Path
) -> None:
    log = laid(tmp_path, ended(400), replace(SURE, confirmed=tuple(one for one in SURE.confirmed if one != matter)))
    for question in OF_DATA:
        standing = answered(question, log).standing
        if question in questions:
            assert (standing.level, standing.reasons) == (Level.CARE, (reason,)), question
        else:
            assert standing.level is Level.FIRM, question


NEEDS_MANY = ("U3.9",)
"""Questions of which a few hundred customers are needed to tell anything."""


@pytest.mark.parametrize("question", [one for one in OF_DATA if one not in NEEDS_MANY])
def test_a_filter_made_for_the_look_asks_for_care(question: str, tmp_path: Path) -> None:
    standing = answered(question, laid(tmp_path, ended(400), SURE), where="area=N").standing
    assert standing.level is Level.CARE
    assert "the cases were picked by a filter made for this look" in standing.reasons


@pytest.mark.parametrize("question", [one for one in OF_DATA if one not in NEEDS_MANY])
def test_under_a_hundred_customers_it_asks_for_care(question: str, tmp_path: Path) -> None:
    standing = answered(question, laid(tmp_path, ended(80), SURE)).standing
    assert standing.level is Level.CARE
    assert "fewer than 100 customers stand behind it" in standing.reasons


@pytest.mark.parametrize("question", OF_DATA)
def test_of_a_handful_nothing_can_be_told(question: str, tmp_path: Path) -> None:
    assert ask(question, laid(tmp_path, ended(9), SURE)).standing.level is Level.CANNOT_TELL


@pytest.mark.parametrize("question", ["U3.3", "U3.6"])
def test_where_few_have_ended_it_says_what_would_settle_it(question: str, tmp_path: Path) -> None:
    log = [*cases(15, "Apply 0, Pay 3"), *cases(300, "Apply 20", first=100)]
    standing = ask(question, laid(tmp_path, log, SURE)).standing
    assert standing.level is Level.CANNOT_TELL
    assert standing.reasons[-1] == "wait until more cases have ended"


@pytest.mark.parametrize("question", ["U3.3", "U3.6"])
def test_without_endings_it_says_what_would_settle_it(question: str, tmp_path: Path) -> None:
    log = [*cases(200, "Apply 0, Check 1, Apply 2"), *cases(200, "Check 0, Apply 1, Check 2", first=300)]
    standing = ask(question, laid(tmp_path, log, Settings(extract_date="2024-01-31"))).standing
    assert standing.level is Level.CANNOT_TELL
    assert standing.reasons == ("it is not known which steps end a case", "say which steps end a case, and how")


def test_a_median_that_is_not_reached_asks_for_care(tmp_path: Path) -> None:
    log = [*cases(150, "Apply 0, Pay 3"), *cases(300, "Apply 20", first=200)]
    standing = ask("U3.3", laid(tmp_path, log, SURE)).standing
    assert standing.level is Level.CARE
    assert "not every case was followed long enough" in standing.reasons


@pytest.mark.parametrize("question", OF_DATA)
def test_made_up_data_never_earns_a_standing(question: str, tmp_path: Path) -> None:
    standing = answered(question, laid(tmp_path, ended(400), replace(SURE, basis=Basis.MADE_UP))).standing
    assert (standing.level, standing.reasons) == (Level.NONE, ("the data is made up",))


@pytest.mark.parametrize("question", OF_DATA)
def test_simulated_data_asks_for_care(question: str, tmp_path: Path) -> None:
    standing = answered(question, laid(tmp_path, ended(400), replace(SURE, basis=Basis.SIMULATED))).standing
    assert (standing.level, standing.reasons) == (Level.CARE, ("the evidence is simulated",))


def test_a_group_counts_for_the_standing_where_groups_are_told_apart(tmp_path: Path) -> None:
    log = [Case(one.id, one.steps, {"area": "N" if n < 350 else "S"}) for n, one in enumerate(ended(400))]
    made = laid(tmp_path, log, SURE)
    for question in ("U3.3", "U3.5"):
        assert ask(question, made, by="area").standing.level is Level.CARE
        assert ask(question, made).standing.level is Level.FIRM


ONE = [case("1", "Apply 0, Check 2, Pay 4")]


def test_one_case_is_said_in_the_singular(tmp_path: Path) -> None:
    log = laid(tmp_path, ONE, SURE)
    assert said(exactly("U3.1", log)).startswith("1 case went through 3 steps;")
    assert said(exactly("U3.2", log)).startswith("1 case took 1 exact route;")
    assert said(exactly("E1.1", log)).startswith("3 events of 1 case, from 1 January 2024 to 5 January 2024; nothing")
    assert "2 customer days for 1 case;" in said(exactly("U3.4", log))
    assert said(exactly("U3.3", log)) == (
        "Half of all cases end within 4 days, open cases included; 100% end within 28 days."
    )


SUPPRESSED = {
    "E1.1": "Too few cases to say anything of them.",
    "U3.1": "There are too few cases to show their paths.",
    "U3.2": "There are too few cases to show their routes.",
    "U3.3": "There are too few cases to say how long it takes.",
    "U3.4": "There are too few cases to say where they wait.",
    "U3.5": "Hardly any case does a step again, or too few to say.",
    "U3.6": "How cases end cannot be said: there are too few, none was followed for long enough, "
    "or nearly all end alike.",
    "U3.7": "Which channels customers use cannot be told: no column says it.",
    "U3.8": "Nothing is compared: there are no two groups of enough people to compare.",
    "U3.9": "There are too few whole weeks with enough people to tell whether anything changed.",
}


@pytest.mark.parametrize("question", OF_DATA)
def test_where_all_is_left_out_the_sentence_says_so(question: str, tmp_path: Path) -> None:
    assert said(ask(question, laid(tmp_path, SIX, FOLLOWED))) == SUPPRESSED[question]


def test_where_half_have_not_ended_no_median_is_made_up(tmp_path: Path) -> None:
    log = laid(tmp_path, [*cases(30, "Apply 0, Pay 3"), *cases(120, "Apply 20", first=200)], SURE)
    found = said(ask("U3.3", log, within_days=10))
    assert found == "20% of cases end within 10 days; when half of them will have ended cannot be said yet."


def test_where_nobody_was_followed_so_long_a_shorter_round_time_is_said(tmp_path: Path) -> None:
    log = laid(tmp_path, [*cases(60, "Apply 0, Pay 3"), *cases(60, "Apply 10.3", first=200)], SURE)
    assert said(ask("U3.6", log, within_days=28)).startswith("Within 14 days, 50% of cases end well")
    assert not re.search(r"20\.7|20 days", said(ask("U3.3", log)))


@pytest.mark.parametrize("question", OF_DATA)
@pytest.mark.parametrize("by", ["", "area"])
@pytest.mark.parametrize("times", [1, 3, 40])
@pytest.mark.parametrize("policy", ["outward", "none"])
def test_sentences_read_well(question: str, by: str, times: int, policy: str, tmp_path: Path) -> None:
    log = laid(tmp_path, many(SIX, times), FOLLOWED)
    answer = ask(question, log, by=by, policy=policy, reason="reading")
    told = [said(answer), *caveats(answer), *(sentence(answer, picture.title) for picture in answer.pictures)]
    for words in told:
        assert words[0].isupper() or words[0] in "'0123456789"
        assert not re.search(r"[{}\[\]]|None|nan|\b1 (cases|events|steps|groups|comparisons|days|matters)\b", words), (
            words
        )
        assert not re.search(r"  |\.\.| ,| \.|''", words), words
        assert not re.search(r"\b1 stand out|\b[02-9] stands out", words), words
    assert told[0].endswith(".")


def _labelled(log: LaidLog) -> str:
    return said(exactly("U3.1", log))


def test_braces_in_a_name_are_no_place_in_a_sentence(tmp_path: Path) -> None:
    odd, plain = cases(40, "Apply {summary.cases} 0, Pay 2", area="{x.y}"), cases(30, "Pay 2", first=50, area="North")
    log = laid(tmp_path, [*odd, *plain], Settings(endings={"Pay": "done"}))
    assert "'Apply {summary.cases}'" in _labelled(log)
    answer = ask("U3.1", log, where='area="{x.y}"')
    assert any("has area" in one for one in caveats(answer))
