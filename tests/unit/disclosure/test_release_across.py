from __future__ import annotations

import itertools
from typing import Any

import numpy as np
from tests.unit.disclosure.made_tables import released

from outward.answers import Column, Table
from outward.disclosure.rounding import nearest

COLUMNS = (
    Column("group", "label"),
    Column("step", "label"),
    Column("cases", "count", "cases"),
    Column("people", "base"),
)


def by_group(sizes: dict[str, list[int]]) -> Table:
    rows: list[dict[str, Any]] = [
        {"group": f"g{group}", "step": step, "cases": size, "people": size}
        for step, cells in sizes.items()
        for group, size in enumerate(cells)
    ]
    rows.sort(key=lambda row: str(row["group"]))
    return Table.of_rows(COLUMNS, rows, base="people", small="drop", partition=("group",), disjoint=False)


def test_a_group_left_out_cannot_be_worked_out_from_the_whole_and_the_other_groups() -> None:
    """98 - 42 - 47, asked whole and by group: the third group would be exactly nine."""
    found = released(by_group({"Apply": [42, 47, 9], "Pay": [50, 60, 70]}))
    assert [row["group"] for row in found.rows() if row["step"] == "Apply"] == ["g1"]
    assert [row["group"] for row in found.rows() if row["step"] == "Pay"] == ["g0", "g1", "g2"]


def test_groups_that_leave_room_all_stay() -> None:
    found = released(by_group({"Apply": [41, 44, 3]}))
    assert found.values["group"] == ("g0", "g1")


def test_whatever_the_sizes_the_hidden_group_keeps_four_possible_ones() -> None:
    dice = np.random.default_rng(11)
    for _ in range(150):
        sizes = [*(int(size) for size in dice.integers(10, 60, 3)), int(dice.integers(1, 10))]
        shown = [cell for cell in released(by_group({"Apply": sizes})).values["cases"] if isinstance(cell, int)]
        if len(shown) == 3:
            ways = itertools.product(*(range(max(10, cell - 2), cell + 3) for cell in shown))
            sums = {sum(way) for way in ways}
            whole = nearest(sum(sizes), 5)
            fits = {rest for rest in range(10) if any(nearest(rest + total, 5) == whole for total in sums)}
            assert sizes[3] in fits
            assert 0 in fits or len(fits) >= 4
