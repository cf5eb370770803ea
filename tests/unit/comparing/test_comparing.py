"""Two sides beside each other: the right figures, honest tests, and nothing beyond what was released."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from tests.made_case_logs import Case, case, cases, laid

from outward.asking import ask
from outward.catalogue import ROOMS
from outward.comparing import Comparison, compare
from outward.comparing.comparison import ASKED
from outward.comparing.figures import Figure
from outward.errors import UsageError
from outward.evidence.store import LaidLog
from outward.evidence.tables import Settings
from outward.present import comparison as words

SURE = Settings(
    endings={"Pay": "done", "Refuse": "refused"},
    extract_date="2025-12-31",
    confirmed=("roles", "endings", "extract_date", "coverage", "time_zone"),
)


def planted(seed: int, slower: float, refused: float = 0.2, number: int = 300) -> list[Case]:
    """Cases of two areas; those of the South take so many days more, and more of them are refused."""
    dice, log = np.random.default_rng(seed), []
    for place in range(2 * number):
        south = place % 2
        end = "Refuse" if dice.random() < (refused if south else 0.2) else "Pay"
        days = dice.exponential(10) + slower * south
        again = "Check 2, " if dice.random() < 0.3 else ""
        start = dice.uniform(0, 300)
        steps = f"Apply {start:.4f}, Check {start + 1:.4f}, {again.replace('2', f'{start + 2:.4f}')}"
        steps += f"{end} {start + 3 + days:.4f}"
        log.append(case(str(place), steps, area="NorthSouth"[5 * south : 5 + 5 * south]))
    return log


@pytest.fixture
def log(tmp_path: Path) -> LaidLog:
    return laid(tmp_path, planted(1, slower=8, refused=0.5), SURE)


@pytest.fixture
def compared(log: LaidLog) -> Comparison:
    return compare(log, "area=North", "area=South")


def figure(compared: Comparison, question: str, what: str) -> Figure:
    (put,) = (put for put in compared.puts if put.id == question)
    return next(one for one in put.figures if words.figure_words(one) == what)


def test_every_question_about_journeys_is_put_but_the_one_that_tests_what_the_others_test() -> None:
    assert "U3.8" not in ASKED
    assert {*ASKED, "U3.8"} >= {id for id in ROOMS if id.startswith("U3.")} >= {*ASKED}


def test_figures_are_those_of_the_answers(compared: Comparison, log: LaidLog) -> None:
    half = figure(compared, "U3.3", "Half end within")
    table = ask("U3.3", log, by="area=North vs area=South").tables["summary"]
    released = dict(zip(table.values["group"], table.values["median_days"], strict=True))
    assert [one.value for one in half.readings] == [released["North"], released["South"]]
    assert half.gap.value == pytest.approx(float(released["North"] or 0) - float(released["South"] or 0))
    assert compared.sizes == (300, 300)


def test_each_side_is_what_asking_it_alone_gives(compared: Comparison, log: LaidLog) -> None:
    for name, side in zip(compared.names, compared.sides.both, strict=True):
        alone = ask("U3.3", log, where=side).tables["summary"].values["median_days"][0]
        place = compared.names.index(name)
        assert figure(compared, "U3.3", "Half end within").readings[place].value == alone


def test_a_difference_is_the_first_side_less_the_second(compared: Comparison) -> None:
    refused = figure(compared, "U3.6", "How it ends: refused")
    assert refused.gap.value is not None
    assert refused.gap.value < -0.2
    turned = figure(compare(compared.logs[0], "area=South", "area=North"), "U3.6", "How it ends: refused")
    assert turned.gap.value == pytest.approx(-refused.gap.value)


def test_planted_differences_stand_out_and_are_said(compared: Comparison) -> None:
    out = {(put.id, test.test) for put in compared.puts for test in put.tests if test.stands_out}
    assert {"U3.3", "U3.6"} <= {id for id, _ in out}
    assert compared.standing_out >= 2
    assert words.lead(compared).startswith(f"{compared.made} comparisons made, {compared.standing_out} stand out: ")
    (ends,) = (put for put in compared.puts if put.id == "U3.6")
    said = words.put_words(ends, compared.names)
    assert said.startswith("'North' and 'South' differ beyond chance: done ")
    assert "refused 22% (North) against " in said


def test_where_nothing_differs_hardly_any_page_says_that_something_does(tmp_path: Path) -> None:
    """At most 5 in 100 pages may: of 12, more than 3 would be less likely than one in four hundred."""
    found = 0
    for seed in range(12):
        (tmp_path / str(seed)).mkdir()
        one = laid(tmp_path / str(seed), planted(seed, slower=0, number=60), SURE)
        found += compare(one, "area=North", "area=South").standing_out > 0
    assert found <= 3


def test_correcting_over_the_page_is_never_weaker_than_within_an_answer(compared: Comparison, log: LaidLog) -> None:
    (ends,) = (put for put in compared.puts if put.id == "U3.6")
    table = ask("U3.6", log, by=str(compared.sides)).tables["compared"]
    own = dict(zip(table.values["ending"], table.values["p_value"], strict=True))
    for test in ends.tests:
        assert test.p_value is not None
        assert test.p_value >= float(own[test.about[0][1]] or 0)


def test_sides_picked_by_what_came_later_are_shown_and_not_tested(log: LaidLog) -> None:
    compared = compare(log, "passes(Refuse)")
    assert compared.names == ("goes through 'Refuse'", "everyone else")
    assert compared.made == 0
    assert words.lead(compared).startswith("Nothing was tested")
    assert any("picked by something that came later" in words.put_words(put, compared.names) for put in compared.puts)


def test_shares_so_far_are_not_tested_between_periods(log: LaidLog) -> None:
    compared = compare(log, "to=2024-06-30", "from=2024-07-01")
    tested = {put.id for put in compared.puts for test in put.tests if test.p_value is not None}
    assert "U3.3" in tested
    assert "U3.5" not in tested
    assert any("have had less time" in one for one in words.bearing(compared))


def test_cases_that_meet_both_filters_are_counted_and_stand_on_neither_side(log: LaidLog) -> None:
    compared = compare(log, "area=North", "ends(Refuse)")
    assert compared.in_both
    assert f"{compared.in_both} cases meet both filters" in words.overlap(compared)
    assert compared.sizes[0] == pytest.approx(300 - compared.in_both, abs=5)


def test_few_cases_in_common_are_not_counted_out(tmp_path: Path) -> None:
    made = [*cases(40, "Apply 0, Pay 4", area="North"), *cases(40, "Apply 0, Check 2, Pay 9", first=41, area="South")]
    log = laid(tmp_path, [*made, case("99", "Apply 0, Check 1, Pay 2", area="North")], SURE)
    compared = compare(log, "area=North", "passes(Check)")
    assert compared.in_both is None
    assert words.overlap(compared).startswith("Few cases or none meet both filters")


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("area=North", "area=North", "The two sides are the same"),
        ("", "", "The two sides are the same"),
        ("area=Nowhere", "area=North", "Fewer than 10 customers stand on the side 'Nowhere'"),
        ("passes(Apply)", "area=North", "Fewer than 10 customers stand on the side"),
    ],
)
def test_what_cannot_be_compared_is_refused(first: str, second: str, said: str, log: LaidLog) -> None:
    with pytest.raises(UsageError, match=said):
        compare(log, first, second)


def test_every_output_says_the_same(compared: Comparison) -> None:
    text, page, told = words.comparison_text(compared), words.comparison_html(compared), words.comparison_json(compared)
    found = json.loads(told)
    assert found["comparisons"] == {"made": compared.made, "standing_out": compared.standing_out}
    assert [side["name"] for side in found["sides"]] == ["North", "South"]
    assert words.lead(compared).split(":")[0] in text.replace("\n", " ")
    assert words.lead(compared) in page
    assert page.count("<table") > 10
    assert words.comparison_file_name(compared) == "made-north-beside-south.html"


def test_labels_from_a_file_never_become_markup(tmp_path: Path) -> None:
    made = [
        *cases(40, "Apply <b>now</b> 0, Pay 4", area="<i>North</i>"),
        *cases(40, "Apply <b>now</b> 0, Pay 9", first=41, area="South"),
    ]
    compared = compare(laid(tmp_path, made, SURE), 'area="<i>North</i>"', "area=South")
    page = words.comparison_html(compared)
    assert "<b>now" not in page
    assert "<i>North" not in page
