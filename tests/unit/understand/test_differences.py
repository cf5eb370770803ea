"""Where groups differ: planted differences are found with their sign and size, chance is not, and all is looked at."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import count, pairwise
from pathlib import Path
from statistics import fmean

import numpy as np
import pytest
from tests.made_case_logs import Case, laid

from outward.answers import Chart, Level, Value
from outward.asking import ask
from outward.disclosure.released import ReleasedAnswer
from outward.evidence.store import LaidLog
from outward.present.charts import chart_svg

from .asked import caveats, exactly, rows, said
from .made_apart import ALIKE, APART, SETTINGS, Ways, journey, made

EXHAUSTIVE = os.environ.get("OUTWARD_EXHAUSTIVE") == "1"
ENDS = ("", "_low", "_high")


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> LaidLog:
    """A log of which one area's cases are asked for papers and checked again twice as often, and wait twice as long."""
    folder = tmp_path_factory.mktemp("apart")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OUTWARD_HOME", str(folder / "home"))
        patch.setenv("OUTWARD_KEY", str(folder / "key"))
        return laid(folder, made(5, APART, cases_each=3), SETTINGS)


def found(answer: ReleasedAnswer, group: str = "West") -> dict[str, dict[str, Value]]:
    """Return the rows about a group, by what they are about."""
    tables = (answer.tables["shares"], answer.tables["days"])
    return {str(row["what"]): row for table in tables for row in table.rows() if row["group"] == group}


Steps = list[tuple[str, float]]


def truths(within: Callable[[str], float]) -> dict[str, float]:
    """Return by how much West truly differs, from very many cases without an end of following.

    Args:
        within: the days within which a thing counts.
    """
    luck = np.random.default_rng(1)
    both = [[journey(ways, luck) for _ in range(20_000)] for ways in (APART, ALIKE)]

    def gap(what: str, figure: Callable[[list[str], Steps, float], float | None]) -> float:
        days = within(what)
        means = []
        for cases in both:
            found = (figure([step for step, day in case if day <= days], case, days) for case in cases)
            means.append(fmean(value for value in found if value is not None))
        return means[0] - means[1]

    def wait(step: str) -> Callable[[list[str], Steps, float], float | None]:
        def waited(_: list[str], case: Steps, days: float) -> float | None:
            gaps = [after - day for (name, day), (_, after) in pairwise(case) if name == step]
            return min(gaps[0], days) if gaps else None

        return waited

    figures: dict[str, Callable[[list[str], Steps, float], float | None]] = {
        "Comes to 'Ask for papers'": lambda soon, *_: "Ask for papers" in soon,
        "Does 'Check' again": lambda soon, *_: soon.count("Check") > 1,
        "Comes to 'Pay'": lambda soon, *_: "Pay" in soon,
        "Does exactly this: Apply > Check > Pay": lambda soon, *_: soon == ["Apply", "Check", "Pay"],
        "Ends well": lambda soon, *_: "Pay" in soon,
        "Is withdrawn": lambda soon, *_: "Withdraw" in soon,
        "From the first event to the end": lambda _, case, days: min(case[-1][1], days),
        "Wait after 'Apply'": wait("Apply"),
        "Wait after 'Ask for papers'": wait("Ask for papers"),
    }
    return {what: gap(what, figure) for what, figure in figures.items()}


def test_planted_differences_are_found_with_their_sign_and_size(apart: LaidLog) -> None:
    answer = exactly("U3.8", apart, by="area")
    west = found(answer)
    planted = ("Comes to 'Ask for papers'", "From the first event to the end", "Wait after 'Apply'")
    assert [west[what]["stands_out"] for what in planted] == ["yes"] * 3
    true = truths(lambda what: float(west[what]["within"] or 0))
    for what, gap in true.items():
        value, low, high = (west[what].get(f"difference{end}", west[what].get(f"difference_days{end}")) for end in ENDS)
        # Nine intervals of 95% together: each is taken twice as wide.
        assert 2 * low - value < gap < 2 * high - value, what  # type: ignore[operator]
        assert (value > 0) == (gap > 0) or abs(gap) < 0.05  # type: ignore[operator]
    assert {row["stands_out"] for area in ("East", "South") for row in found(answer, area).values()} == {"no"}


def test_as_released_it_says_how_many_comparisons_and_the_furthest_apart(apart: LaidLog) -> None:
    answer = ask("U3.8", apart, by="area")
    ((_, made_, standing_out), *rest) = rows(answer, "compared", "matter", "comparisons", "standing_out")
    assert (made_, standing_out) == tuple(sum(int(row[place] or 0) for row in rest) for place in (1, 2))
    assert said(answer).startswith(f"{made_} comparisons made, {standing_out} stand out. Furthest apart - ")
    assert "'West'" in said(answer)
    assert answer.standing.level is Level.CARE  # as West is small
    assert any("corrected for all comparisons made" in one for one in caveats(answer))


def test_rows_that_stand_out_come_first_and_the_largest_of_them(apart: LaidLog) -> None:
    for table, figure in (("shares", "difference"), ("days", "difference_days")):
        order = rows(exactly("U3.8", apart, by="area"), table, "stands_out", figure)
        stand = [abs(float(gap or 0)) for word, gap in order if word == "yes"]
        assert [word for word, _ in order[: len(stand)]] == ["yes"] * len(stand)
        assert all(one > other - 0.06 * max(one, 0.1) for one, other in pairwise(stand))


def test_charts_tell_what_stands_out_by_shape_and_words_and_not_by_colour_alone(apart: LaidLog) -> None:
    answer = ask("U3.8", apart, by="area")
    (chart,) = (one for one in answer.pictures if one.name == "days")
    assert isinstance(chart, Chart)
    drawn = chart_svg(answer, chart)
    said = rows(answer, "days", "stands_out")
    stand = len(said) - said.count(("no",))
    assert stand > 0
    assert drawn.count(", stands out<") == stand
    # A diamond's outline has no arcs, and a circle's has.
    assert len(re.findall(r'<path transform[^>]* d="M-[^A"]*Z" fill="#', drawn)) == stand


def test_exploring_finds_no_less_than_publishing(apart: LaidLog) -> None:
    publish, explore = (
        rows(exactly("U3.8", apart, by="area", correction=one), "compared", "comparisons", "standing_out")[0]
        for one in ("holm", "benjamini-hochberg")
    )
    assert publish[0] == explore[0]
    assert int(publish[1] or 0) <= int(explore[1] or 0)
    answer = exactly("U3.8", apart, by="area", correction="benjamini-hochberg")
    assert any("for exploring" in one for one in caveats(answer))
    assert any("many things at once" in reason for reason in answer.standing.reasons)


def families(folder: Path, number: int, cases_each: int, alike: float) -> int:
    """Return in how many of so many logs of alike areas anything stands out."""
    seeds = count(1000)
    wrong = 0
    for _ in range(number):
        seed = next(seeds)
        place = folder / str(seed)
        place.mkdir()
        log = laid(place, made(seed, ALIKE, cases_each, alike), SETTINGS)
        wrong += bool(rows(exactly("U3.8", log, by="area"), "compared", "standing_out")[0][0])
    return wrong


@pytest.mark.parametrize(("cases_each", "alike"), [(1, 0.0), (3, 0.8)])
def test_chance_seldom_stands_out(tmp_path: Path, cases_each: int, alike: float) -> None:
    number = 400 if EXHAUSTIVE else 12
    # At 5% a family, so many are exceeded once in some 500 runs.
    assert families(tmp_path, number, cases_each, alike) <= (33 if EXHAUSTIVE else 4)


def coloured(number: int = 60) -> list[Case]:
    """Return cases with an attribute that matters, one that does not, one with many values and a late one."""
    log, luck = [], np.random.default_rng(3)
    for place in range(4 * number):
        area = "North" if place % 4 else "South"
        steps = [("Apply", place / 10), ("Check", place / 10 + (1 + place % 5) * (3 if area == "South" else 1))]
        steps += [("Pay", steps[-1][1] + 2 + place % 3)] if place % 7 else []
        log.append(
            Case(
                str(place), tuple(steps), {"area": area, "dice": str(luck.integers(3)), "topic": f"Topic {place % 20}"}
            )
        )
    return log


def test_without_groups_every_attribute_of_few_values_is_looked_at(tmp_path: Path) -> None:
    answer = exactly("U3.8", laid(tmp_path, coloured()), within_days=14)
    stand = {row[0] for row in rows(answer, "days", "group", "stands_out") if row[1] == "yes"}
    assert stand == {"area: South"}
    assert {str(row[0]).split(":")[0] for row in rows(answer, "days", "group")} == {"area", "dice"}
    told = {row[:2]: row[2] for row in rows(answer, "attributes", "attribute", "matter", "standing_out")}
    assert int(told["area", "Waits"] or 0) > 0
    assert told["dice", "Waits"] == 0
    assert [picture.name for picture in answer.pictures] == ["attributes"]
    assert "Not looked at: 1 attribute with one value alone, or more than 12." in caveats(answer)
    assert any("many things at once" in reason for reason in answer.standing.reasons)


def test_one_group_alone_cannot_be_compared(tmp_path: Path) -> None:
    answer = exactly("U3.8", laid(tmp_path, [Case(str(n), (("Apply", n), ("Pay", n + 1.0)), {}) for n in range(40)]))
    assert answer.standing.level is Level.CANNOT_TELL
    assert said(answer) == "Nothing is compared: there are no two groups of enough people to compare."


def test_cases_picked_by_what_came_later_are_not_compared(apart: LaidLog) -> None:
    answer = exactly("U3.8", apart, by="area", where="passes(Pay)")
    assert len(answer.tables["shares"]) == len(answer.tables["days"]) == 0
    assert any("Groups are not compared" in one for one in caveats(answer))
    assert "cases were picked or grouped by something that came later" in said(answer)


def test_periods_are_compared_as_each_case_counts_for_as_long(apart: LaidLog) -> None:
    answer = exactly("U3.8", apart, by="from=2024-01-01 & to=2024-06-30 vs from=2024-07-01 & to=2024-12-31")
    assert len(answer.tables["shares"])
    assert {row[0] for row in rows(answer, "shares", "stands_out")} == {"no"}


def test_guarded_it_leaves_out_groups_that_would_tell_of_a_few(tmp_path: Path) -> None:
    log = [
        Case(str(n), (("Apply", n), ("Pay", n + 1.0 + n % 3)), {"hue": "red" if n < 60 else "blue", "shade": shade})
        for n in range(120)
        for shade in ("dark" if n < 63 else "light",)
    ]
    brought = laid(tmp_path, log)
    ask("U3.1", brought, by="hue", guarded=True)
    guarded, plain = (caveats(ask("U3.8", brought, guarded=one)) for one in (True, False))
    left_out = "Not looked at: 'shade', as with what was shown before it would tell of a few people."
    assert left_out in guarded
    assert left_out not in plain


def test_of_an_extract_that_cut_older_cases_endings_are_tested_at_a_time(tmp_path: Path) -> None:
    log = laid(tmp_path, made(5, APART), replace(SETTINGS, window_from="2024-03-01"))
    tested = exactly("U3.6", log, by="area", within_days=90).tables["compared"]
    assert tested.column("p_value").heading == "Test of the difference, corrected"
    p_values = [row["p_value"] for row in tested.rows()]
    assert all(isinstance(p_value, float) and 0 < p_value <= 1 for p_value in p_values)
    ended = rows(exactly("U3.8", log, by="area"), "shares", "what", "stands_out")
    assert {word for what, word in ended if what.startswith(("Ends", "Is "))} == {"no"}  # type: ignore[union-attr]


def test_what_is_only_slower_does_not_end_otherwise(tmp_path: Path) -> None:
    """Of two areas one takes twice as long, and as many are refused in both."""
    slow = made(8, Ways(days=27.0, asked=0.3, again=0.2))
    west = found(exactly("U3.8", laid(tmp_path, slow, SETTINGS), by="area"))
    assert west["Wait after 'Apply'"]["stands_out"] == "yes"
    for what in ("Ends well", "Is refused"):
        low, high = west[what]["difference_low"], west[what]["difference_high"]
        assert (west[what]["stands_out"] == "yes") <= (low > 0 or high < 0), what  # type: ignore[operator]
        assert west[what]["stands_out"] == "no", what


def test_a_share_of_few_people_is_not_shown_nor_what_it_can_be_worked_out_from(tmp_path: Path) -> None:
    log = [
        Case(str(n), (("Apply", n / 10), *((("Appeal", n / 10 + 1),) if few or many else ()), ("Pay", n / 10 + 3)), {})
        for n in range(600)
        for few, many in ((n % 2 and n < 12, n % 2 == 0 and n % 8 == 0),)
    ]
    for one in log:
        one.columns["area"] = "N" if int(one.id) % 2 == 0 else "S"
    (row,) = [
        row
        for row in ask("U3.8", laid(tmp_path, log), by="area").tables["shares"].rows()
        if row["what"] == "Comes to 'Appeal'"
    ]
    shown = row["share"], row["against_share"], row["difference"], row["difference_low"]
    assert sum(figure is not None for figure in shown) == 1
    assert row["stands_out"] == "yes"


def test_figures_of_one_group_are_the_same_in_every_row(tmp_path: Path) -> None:
    answer = ask("U3.8", laid(tmp_path, made(5, APART), SETTINGS), by="area")
    told: dict[Value, set[Value]] = {}
    for row in answer.tables["shares"].rows():
        told.setdefault(row["what"], set()).add(row["against_share"])
    assert {len(values) for values in told.values()} == {1}
