"""The one input of time-to-event methods: what it refuses, how it counts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outward.errors import BadInput
from outward.methods.durations import Durations, at_risk_at, event_table, grid, joined

ROWS = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 3), st.integers(0, 8), st.integers(0, 4)),
    min_size=1,
    max_size=30,
)


def durations_of(rows: list[tuple[int, int, int, int]]) -> Durations:
    days, ended, entry, weight = np.array(rows).T
    return Durations(days, ended, weight, np.minimum(entry, days))


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"days": [1, 2], "ended": [1]}, "differ in length"),
        ({"days": [-1], "ended": [1]}, "1 cases last less than 0 days"),
        ({"days": [np.nan], "ended": [0]}, "no duration"),
        ({"days": [1], "ended": [-1]}, "numbered from 1"),
        ({"days": [1], "ended": [1], "weight": [-2]}, "below 0"),
        ({"days": [1], "ended": [1], "entry": [2]}, "after they ended"),
    ],
)
def test_it_refuses_what_cannot_be_a_duration(columns: dict[str, list[float]], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        Durations(**columns)


def test_a_case_that_enters_as_it_leaves_counts_nowhere() -> None:
    cases = Durations([3, 0, 5], [1, 1, 1], entry=[3, 0, 2])
    assert cases.total == 2
    assert cases.unseen == 1
    assert event_table(cases).times.tolist() == [0, 5]


@given(ROWS)
@settings(deadline=None, max_examples=60)
def test_the_event_table_counts_as_a_plain_loop_does(rows: list[tuple[int, int, int, int]]) -> None:
    table = event_table(durations_of(rows))
    for place, time in enumerate(table.times):
        risk = ended = 0
        for days, kind, entry, weight in rows:
            from_the_start = min(entry, days) == 0
            risk += weight * (days >= time and (from_the_start or min(entry, days) < time))
            ended += weight * (days == time and kind > 0 and (from_the_start or entry < days))
        assert table.at_risk[place] == risk
        assert table.ended[place] == ended


@given(ROWS)
@settings(deadline=None, max_examples=60)
def test_the_number_at_risk_is_the_same_wherever_it_is_asked(rows: list[tuple[int, int, int, int]]) -> None:
    cases = durations_of(rows)
    table = event_table(cases)
    assert at_risk_at(cases, table.times).tolist() == table.at_risk.tolist()


def test_joined_groups_keep_customers_only_where_all_have_them() -> None:
    one, other = Durations([1], [1], customer=[4]), Durations([2], [0], entry=[1])
    assert joined([one, one]).customer is not None
    together = joined([one, other])
    assert together.customer is None
    assert together.entry is not None
    assert together.entry.tolist() == [0, 1]


def test_an_ending_can_stand_alone() -> None:
    cases = Durations([1, 2, 3], [1, 2, 0])
    assert cases.ending_as(2).ended.tolist() == [0, 1, 0]
    assert cases.ending_as(None).ended.tolist() == [1, 1, 0]


@given(st.floats(0.001, 30000))
@settings(deadline=None)
def test_the_grid_is_short_rising_and_within_reach(longest: float) -> None:
    points = grid(longest)
    assert 1 <= len(points) <= 40
    assert np.all(np.diff(points) > 0)
    assert 0 < points[0] <= points[-1] <= longest


def test_the_grid_holds_the_times_people_name() -> None:
    assert {1, 2, 3, 7, 14, 28, 56, 84, 112, 168, 252, 365, 730, 3652} <= set(grid(4000).tolist())
    assert {1, 2, 4, 24} <= set((grid(1.5) * 24).round(9).tolist())
    assert {5, 10, 30, 60} <= set((grid(0.05) * 1440).round(9).tolist())
