"""Figures turned back into counts: they must tell no more than the rounded counts beside them."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from outward.answers import Column, Table, Value
from outward.disclosure.policies import policy
from outward.disclosure.release import release, release_table
from outward.disclosure.released import ReleasedTable
from outward.disclosure.rounding import nearest
from tests.attack.made_answers import Case, answer, curve_table, grouped_cases, parts_table, whole_answer

OUTWARD = policy()


def share_of(part: int, whole: int) -> ReleasedTable:
    columns = (
        Column("part", "count", "cases", base="part"),
        Column("share", "share", of=("part", "whole")),
        Column("low", "low", bounds="share"),
        Column("high", "high", bounds="share"),
        Column("whole", "count", "cases"),
    )
    row: dict[str, Value] = {"part": part, "whole": whole, "share": part / whole, "low": part / whole / 2}
    return release_table(Table.of_rows(columns, [{**row, "high": 1.0}]), OUTWARD)


@pytest.mark.parametrize(("part", "whole"), [(25, 100), (15, 50), (10, 15), (50, 50), (995, 1000)])
def test_all_counts_that_round_alike_give_the_same_share_and_interval(part: int, whole: int) -> None:
    ways = itertools.product(range(max(10, part - 2), part + 3), range(whole - 2, whole + 3))
    found = [share_of(a, b) for a, b in ways if a <= b]
    assert len(found) > 8
    assert all(one == found[0] for one in found)


def test_a_share_tells_its_counts_to_the_nearest_five() -> None:
    """Every pair of multiples of five is a solution; the exact pair is none unless it is one."""
    table = share_of(23, 97)
    share = table.values["share"][0]
    fits = [(a, b) for b in range(10, 120) for a in range(b) if round(a / b, 6) == share]
    assert (25, 95) in fits
    assert (23, 97) not in fits


def test_curves_move_in_steps_of_five_people() -> None:
    for seed in range(10):
        cases = grouped_cases(seed)
        table = release_table(curve_table(cases), OUTWARD)
        for row in table.rows():
            for name in ("open_share", "open_low", "open_high"):
                value = row[name]
                if isinstance(value, float) and 0 < value < 1 and isinstance(row["cases"], int):
                    places = value * row["cases"] / OUTWARD.rounding
                    assert places == pytest.approx(round(places), abs=0.01)


def test_no_figure_stands_where_too_few_people_do() -> None:
    for seed in range(20):
        cases = grouped_cases(seed)
        asked = whole_answer(cases)
        found = release(asked, OUTWARD)
        curve = asked.tables["curve"].values
        few = [day for day, base in zip(curve["day"], curve["at_risk"], strict=True) if int(base or 0) < 10]
        shown = {row["day"]: row["open_share"] for row in found.tables["curve"].rows()}
        assert all(shown[day] is None for day in few)


def test_logs_that_differ_only_below_the_rounding_are_released_alike() -> None:
    """A group of 48 to 52 people beside one of 60: nothing in the answer tells which."""
    found = []
    for size in range(48, 53):
        cases = [Case(number, "North", "done", 50, ("A",)) for number in range(size)]
        cases += [Case(100 + number, "South", "done", 50, ("A",)) for number in range(60)]
        found.append(release(answer({"groups": parts_table(cases, "group")}), OUTWARD))
    assert all(one == found[0] for one in found)


def sizes_of_the_rest(part: int, rest: int) -> set[int]:
    """The sizes of what A leaves out that fit the released whole and the released A."""
    shown = {size: nearest(size, OUTWARD.rounding) for size in range(10, 145)}
    return {
        other
        for other in range(10)
        for one in range(10, 130)
        if shown[one] == shown[part] and shown[one + other] == shown[part + rest]
    }


def test_the_remainder_of_a_filter_is_never_determined() -> None:
    """The whole and A are asked, A leaves 1 to 9 people out: which of several sizes, nobody can tell.

    At the threshold itself there is least room, because a shown 10 stands for 10 to 12 only.
    """
    for part in range(10, 120):
        for rest in range(1, 10):
            found = sizes_of_the_rest(part, rest)
            assert rest in found
            assert len(found) >= (4 if part > 12 else 3)


def test_row_order_does_not_tell_which_of_two_equal_counts_is_larger() -> None:
    dice = np.random.default_rng(4)
    seen = set()
    for _ in range(30):
        rows: list[dict[str, Any]] = [{"group": name, "cases": int(dice.integers(48, 53))} for name in "abcd"]
        rows.sort(key=lambda row: -int(row["cases"]))
        columns = (Column("group", "label"), Column("cases", "count", "cases"))
        table = release_table(Table.of_rows(columns, rows, disjoint=False), OUTWARD)
        seen.add((table.values["group"], table.values["cases"]))
    assert seen == {(("a", "b", "c", "d"), (50, 50, 50, 50))}
