"""Two data sets beside each other: each as it is by itself, and honest about what makes them unlike."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from tests.made_case_logs import Case, cases, laid
from tests.unit.comparing.test_comparing import SURE, planted

from outward.answers import Basis
from outward.asking import ask
from outward.comparing import Comparison, Put, compare
from outward.errors import ReleaseRefused, UsageError
from outward.evidence.store import LaidLog
from outward.evidence.tables import Settings
from outward.present import comparison as words


def body(folder: Path, name: str, log: list[Case], settings: Settings = SURE) -> LaidLog:
    return laid(folder, log, replace(settings, name=name), f"{name.lower().replace(' ', '-')}.csv")


def half(area: str, seed: int, slower: float = 0, refused: float = 0.2, number: int = 300) -> list[Case]:
    return [one for one in planted(seed, slower, refused, number) if one.columns["area"] == area]


@pytest.fixture
def compared(tmp_path: Path) -> Comparison:
    hill = body(tmp_path, "Hill Council", half("North", 1))
    vale = body(tmp_path, "Vale Council", half("South", 1, slower=8, refused=0.5))
    return compare(hill, other=vale)


def put(compared: Comparison, id: str) -> Put:
    return next(one for one in compared.puts if one.id == id)


def figure_of(compared: Comparison, id: str, what: str) -> list[float | None]:
    found = next(one for one in put(compared, id).figures if words.figure_words(one) == what)
    return [*(reading.value for reading in found.readings), found.gap.value]


def test_each_body_says_what_it_says_by_itself(compared: Comparison) -> None:
    first, second, gap = figure_of(compared, "U3.3", "Half end within")
    alone = [ask("U3.3", log).tables["summary"].values["median_days"][0] for log in compared.logs]
    assert [first, second] == alone
    assert gap == pytest.approx(float(alone[0] or 0) - float(alone[1] or 0))
    assert compared.names == ("Hill Council", "Vale Council")
    assert compared.sizes == (300, 300)


def test_two_bodies_come_to_the_same_figures_as_two_groups_of_one(tmp_path: Path) -> None:
    """Laid as one file or as two, the same cases give the same released figures of both sides."""
    log = planted(1, slower=8, refused=0.5)
    together = compare(body(tmp_path, "Both", log), "area=North", "area=South")
    hill, vale = (
        body(tmp_path, area, [one for one in log if one.columns["area"] == area]) for area in ("North", "South")
    )
    apart = compare(hill, other=vale)
    seen = 0
    for one, other in zip(together.puts, apart.puts, strict=True):
        told = {words.figure_words(found): found.readings for found in one.figures}
        for found in other.figures:
            if words.figure_words(found) in told:
                seen += 1
                assert found.readings == told[words.figure_words(found)]
    assert seen > 8


def test_planted_differences_stand_out(compared: Comparison) -> None:
    out = {put.id for put in compared.puts for test in put.tests if test.stands_out}
    assert {"U3.3", "U3.6"} <= out
    assert "refused 2" in words.put_words(put(compared, "U3.6"), compared.names)


def test_where_nothing_differs_hardly_any_page_says_that_something_does(tmp_path: Path) -> None:
    """At most 5 in 100 pages may: of 12, more than 3 would be less likely than one in four hundred."""
    found = 0
    for seed in range(12):
        (tmp_path / str(seed)).mkdir()
        two = [body(tmp_path / str(seed), area, half(area, seed, number=60)) for area in ("North", "South")]
        found += compare(two[0], other=two[1]).standing_out > 0
    assert found <= 3


@pytest.mark.skipif(os.environ.get("OUTWARD_EXHAUSTIVE") != "1", reason="it compares 200 pairs: OUTWARD_EXHAUSTIVE=1")
def test_at_most_one_page_in_twenty_says_that_something_differs_where_nothing_does(tmp_path: Path) -> None:
    """Of 200, 19 or more would be less likely than one in a hundred where each has a chance of 1 in 20."""
    found = 0
    for seed in range(200):
        two = [body(tmp_path, area, half(area, 100 + seed, number=60)) for area in ("North", "South")]
        found += compare(two[0], other=two[1]).standing_out > 0
    assert found < 19


def test_tests_are_corrected_over_the_whole_page(compared: Comparison) -> None:
    from outward.methods.differences import difference_p

    raw, shown = [], []
    for one in compared.puts:
        for test in one.tests:
            found = next(figure for figure in one.figures if words._is_about(test, figure))
            assert found.gap.known
            raw.append(difference_p(found.gap.known))
            shown.append(test.p_value)
    smallest = min(range(len(raw)), key=raw.__getitem__)
    assert shown[smallest] == pytest.approx(min(1.0, raw[smallest] * compared.made))
    assert compared.made == len(raw)


def test_the_same_cases_under_another_name_differ_in_nothing(tmp_path: Path) -> None:
    log = planted(3, slower=2)
    compared = compare(body(tmp_path, "One", log), other=body(tmp_path, "Two", log))
    gaps = [figure.gap.value for one in compared.puts for figure in one.figures if figure.gap.value is not None]
    assert len(gaps) > 8
    assert set(gaps) == {0.0}
    assert compared.made
    assert not compared.standing_out


def test_steps_are_aligned_whatever_their_capitals_and_spaces(tmp_path: Path) -> None:
    hill = body(
        tmp_path, "Hill", [*cases(40, "Apply 0, Ask for proof 1, Pay 4"), *cases(20, "Apply 0, Pay 2", first=41)]
    )
    vale = body(
        tmp_path,
        "Vale",
        [*cases(40, "APPLY 0, ask  for Proof 1, PAY 9, Visit 10"), *cases(20, "APPLY 0, PAY 2", first=41)],
        replace(SURE, endings={"PAY": "done", "Visit": "done"}),
    )
    compared = compare(hill, other=vale)
    assert figure_of(compared, "U3.1", "Ask for proof: share of cases")[2] == pytest.approx(0.0)
    said = " ".join(compared.unlike)
    assert "only 'Vale' has 'Visit'" in said
    assert "only 'Hill'" not in said
    assert [stage.to for stage in compared.walks[1]][:2] == ["Apply", "Ask for proof"]


def test_without_a_step_in_common_it_says_so(tmp_path: Path) -> None:
    hill = body(tmp_path, "Hill", list(cases(40, "Apply 0, Pay 4")))
    vale = body(tmp_path, "Vale", list(cases(40, "Ring 0, Close 4")), replace(SURE, endings={"Close": "done"}))
    compared = compare(hill, other=vale)
    assert any("No step that enough customers took has the same name in both" in one for one in compared.unlike)
    assert words.put_words(put(compared, "U3.1"), compared.names).startswith("Not tested: no row")


def test_what_makes_them_unlike_is_said(tmp_path: Path) -> None:
    hill = body(tmp_path, "Hill", half("North", 1))
    settings = replace(
        SURE,
        confirmed=("roles",),
        extract_date="2026-03-31",
        gave_up_after_days=90,
        working="england-and-wales, Mon-Fri 09:00-17:00",
        basis=Basis.REPORTED,
        time_zone="Europe/Rome",
    )
    vale = body(tmp_path, "Vale", [*half("South", 1), *cases(60, "Apply 500, Pay 510", first=5000)], settings)
    compared = compare(hill, other=vale)
    said = "\n".join(compared.unlike)
    for words_ in (
        "cover different months: 'Hill' January 2024 to ",
        "taken of 'Hill' on 2025-12-31 and of 'Vale' on 2026-03-31",
        "In 'Hill' it is confirmed which steps end a case; in 'Vale' it was guessed",
        "in 'Hill' never, in 'Vale' after 90 silent days",
        "'Hill' has no calendar and 'Vale' keeps england-and-wales",
        "'Hill' is in the zone UTC, 'Vale' in Europe/Rome",
        "counts as reported",
    ):
        assert words_ in said
    assert words.basis_of(compared) is Basis.REPORTED
    for out in (words.comparison_text(compared), words.comparison_html(compared)):
        assert "reported" in out.lower()


def test_shares_so_far_are_tested_only_where_both_had_the_same_time(tmp_path: Path, compared: Comparison) -> None:
    assert put(compared, "U3.5").tests
    late = body(tmp_path, "Late", half("South", 1), replace(SURE, extract_date="2026-06-30"))
    other = compare(compared.logs[0], other=late)
    assert not put(other, "U3.5").tests
    assert "had not the same time" in words.put_words(put(other, "U3.5"), other.names)
    assert put(other, "U3.3").tests


def test_cases_picked_by_what_came_later_are_not_tested(compared: Comparison) -> None:
    picked = compare(compared.logs[0], "passes(Refuse)", "passes(Refuse)", other=compared.logs[1])
    assert picked.made == 0
    assert picked.names[0] == "Hill Council: goes through 'Refuse'"
    assert "picked by something that came later" in words.put_words(put(picked, "U3.3"), picked.names)


def test_waits_that_end_otherwise_are_not_tested(tmp_path: Path) -> None:
    hill = body(tmp_path, "Hill", half("North", 1))
    days = [Case(one.id, tuple((step, float(int(day))) for step, day in one.steps)) for one in half("South", 1)]
    vale = body(tmp_path, "Vale", days)
    compared = compare(hill, other=vale)
    assert not put(compared, "U3.4").tests
    assert "one of them records dates" in words.put_words(put(compared, "U3.4"), compared.names)


def test_standing_is_the_lowest_of_both(tmp_path: Path) -> None:
    hill = body(tmp_path, "Hill", half("North", 1))
    few = body(tmp_path, "Vale", half("South", 1, number=25))
    compared = compare(hill, other=few)
    levels = [answer.standing.level.value for answer in put(compared, "U3.3").answers]
    assert words.standing_of(put(compared, "U3.3").answers).level.value == levels[1] == "cannot tell yet"


def test_times_within_which_both_were_followed_are_compared(tmp_path: Path) -> None:
    """Vale was followed for a few days alone: both are asked within the same few days."""
    hill = body(tmp_path, "Hill", half("North", 1))
    short = [*cases(60, "Apply 0, Pay 4"), *cases(60, "Apply 0, Check 3", first=61)]
    vale = body(tmp_path, "Vale", short, replace(SURE, extract_date="2024-01-12"))
    compared = compare(hill, other=vale)
    titles = {figure.column.heading for figure in put(compared, "U3.3").figures}
    (within,) = (title for title in titles if title.startswith("Ended within"))
    assert 0 < int(within.split()[2]) < 12
    assert put(compared, "U3.6").figures


def test_both_are_held_against_what_was_shown_of_each(tmp_path: Path) -> None:
    """Each data set has its own record: a filter that leaves out a few of either is refused."""
    hill = body(tmp_path, "Hill", list(cases(80, "Apply 0, Pay 4")))
    vale = body(tmp_path, "Vale", [*cases(60, "Apply 0, Pay 9"), *cases(4, "Apply 150, Pay 160", first=61)])
    early = "to=2024-03-31"
    assert compare(hill, early, other=vale, guarded=True).answers
    for sides in ({"first": hill, "other": vale}, {"first": vale, "other": hill}):
        with pytest.raises(ReleaseRefused, match="Together with what was shown before"):
            compare(sides["first"], where=early, other=sides["other"], guarded=True)
    assert compare(hill, where=early, other=vale).answers


@pytest.mark.parametrize(
    ("first", "said"), [("starts(Nowhere)", "Fewer than 10 customers"), ("town=X", "no attribute 'town' in 'Hill")]
)
def test_what_cannot_be_compared_is_refused(first: str, said: str, compared: Comparison) -> None:
    with pytest.raises(UsageError, match=said):
        compare(compared.logs[0], first, other=compared.logs[1])


def test_a_data_set_is_not_another_body_than_itself(compared: Comparison) -> None:
    with pytest.raises(UsageError, match="Both are the data set 'Hill Council'"):
        compare(compared.logs[0], other=compared.logs[0])


def test_every_output_tells_of_both(compared: Comparison) -> None:
    text, page = words.comparison_text(compared), words.comparison_html(compared)
    found = json.loads(words.comparison_json(compared))
    assert [one["name"] for one in found["data_sets"]] == ["Hill Council", "Vale Council"]
    assert len(found["answers"]["U3.3"]) == 2
    assert found["unlike"] == list(compared.unlike)
    assert "Hill Council beside Vale Council" in text
    for one in compared.unlike:
        assert one.split(":")[0].replace("'", "&#x27;") in page
    assert page.count(">Hill Council: How long does it take?<") == 1
    assert words.comparison_file_name(compared) == "hill-council-beside-vale-council.html"


def test_made_up_data_stamps_the_whole(tmp_path: Path) -> None:
    hill = body(tmp_path, "Hill", half("North", 1))
    vale = body(tmp_path, "Vale", half("South", 1), replace(SURE, basis=Basis.MADE_UP))
    compared = compare(hill, other=vale)
    assert "MADE-UP DATA" in words.comparison_text(compared)
    assert words.comparison_file_name(compared).endswith("made-up-data.html")
    assert json.loads(words.comparison_json(compared))["basis"] == "made-up"
