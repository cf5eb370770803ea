from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.unit.disclosure.made_tables import OUTWARD, released

from outward.answers import Column, Table
from outward.disclosure.exposure import interval, programme, worked_out
from outward.disclosure.flows import Path, could_be_fewer, leeway
from outward.disclosure.released import Policy

Flow = dict[tuple[str, str], int]

EXACTLY_FOUR: Flow = {
    ("▶", "A"): 29,
    ("▶", "B"): 18,
    ("A", "A"): 14,
    ("A", "B"): 23,
    ("B", "A"): 37,
    ("B", "B"): 38,
    ("A", "■"): 43,
    ("B", "■"): 4,
}
"""Every path but one is shown, and the roundings fall so that it must have been taken four times."""

DETOUR: Flow = {
    ("▶", "A"): 1000,
    ("A", "B"): 997,
    ("A", "C"): 3,
    ("B", "C"): 997,
    ("C", "D"): 1000,
    ("D", "■"): 1000,
}


def paths(flow: Flow) -> list[Path]:
    return [Path(pair, times, times, times < 10) for pair, times in flow.items()]


def table(flow: Flow) -> Table:
    columns = (
        Column("from_step", "label"),
        Column("to_step", "label"),
        Column("cases", "count", "cases"),
        Column("times", "count", "events"),
        Column("people", "base"),
    )
    rows: list[dict[str, Any]] = [
        {"from_step": a, "to_step": b, "cases": times, "times": times, "people": times}
        for (a, b), times in flow.items()
    ]
    return Table.of_rows(columns, rows, base="people", small="drop", disjoint=False, flow=("from_step", "to_step"))


def shown(flow: Flow, policy: Policy = OUTWARD) -> set[tuple[object, object]]:
    return {(row["from_step"], row["to_step"]) for row in released(table(flow), policy).rows()}


def limits(flow: Flow, pair: tuple[str, str], left: set[tuple[object, object]]) -> tuple[float, float]:
    known = programme(paths(flow), [path for path in paths(flow) if path.pair in left], OUTWARD)
    return interval([pair], known)


def test_a_rare_detour_is_left_out_and_the_main_road_stays() -> None:
    assert shown(DETOUR) == set(DETOUR) - {("A", "C")}
    assert limits(DETOUR, ("A", "C"), shown(DETOUR))[0] == 0


def test_without_the_guard_a_path_could_be_worked_out_exactly() -> None:
    left = shown(EXACTLY_FOUR, replace(OUTWARD, guarded=False))
    assert left == set(EXACTLY_FOUR) - {("B", "■")}
    assert limits(EXACTLY_FOUR, ("B", "■"), left) == (4, 4)


def test_with_the_guard_it_cannot_and_little_else_is_hidden() -> None:
    left = shown(EXACTLY_FOUR)
    least, most = limits(EXACTLY_FOUR, ("B", "■"), left)
    assert least < 1 or most - least >= 3
    assert len(left) >= len(EXACTLY_FOUR) - 3


@pytest.mark.parametrize("flow", [EXACTLY_FOUR, DETOUR])
def test_the_quick_argument_never_says_more_than_the_programme(flow: Flow) -> None:
    everything = paths(flow)
    seen = [path for path in everything if not path.few]
    left = leeway(seen, everything, OUTWARD)
    for path in everything:
        if path.few and could_be_fewer(path, left, OUTWARD):
            assert not worked_out(path, everything, seen, OUTWARD)
            assert limits(flow, path.pair, {one.pair for one in seen})[0] == 0


def test_groups_are_guarded_each_by_itself() -> None:
    both = table(EXACTLY_FOUR)
    columns = (Column("group", "label"), *both.columns)
    rows = [{"group": group, **row} for group in ("North", "South") for row in both.rows()]
    grouped = Table.of_rows(
        columns, rows, base="people", small="drop", partition=("group",), flow=("from_step", "to_step")
    )
    found = released(grouped)
    for group in ("North", "South"):
        mine = {(row["from_step"], row["to_step"]) for row in found.rows() if row["group"] == group}
        assert mine == shown(EXACTLY_FOUR)


def test_a_path_that_few_people_took_often_is_left_out_too() -> None:
    columns = (*table(DETOUR).columns,)
    rows: list[dict[str, Any]] = [
        *table(DETOUR).rows(),
        {"from_step": "B", "to_step": "B", "cases": 2, "times": 500, "people": 2},
    ]
    found = released(Table.of_rows(columns, rows, base="people", small="drop", flow=("from_step", "to_step")))
    assert ("B", "B") not in set(zip(found.values["from_step"], found.values["to_step"], strict=True))
