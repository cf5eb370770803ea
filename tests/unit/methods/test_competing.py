"""Aalen-Johansen and differences of shares against R, closed forms and laws they must keep."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outward.methods.competing import aalen_johansen, incidence_at, incidence_difference
from outward.methods.durations import Durations, Floats
from outward.methods.proportions import share_difference
from outward.methods.survival import kaplan_meier, survival_at

DONE, GAVE_UP = 1, 2
A = Durations([1, 2, 2, 3, 4, 5, 6, 6, 7, 8, 9, 10], [1, 2, 0, 1, 2, 1, 0, 1, 2, 1, 0, 1])
B = Durations([2, 3, 3, 5, 6, 8, 9, 11, 12, 12, 13, 15], [2, 2, 1, 2, 0, 1, 2, 2, 1, 0, 2, 1])
CASES = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 3), st.integers(1, 4), st.integers(0, 5)),
    min_size=2,
    max_size=25,
)


def test_shares_and_errors_are_those_of_r_survival() -> None:
    done, gave_up = (incidence_at(A, kind, [4, 8, 10]) for kind in (DONE, GAVE_UP))
    assert survival_at(A, [4, 8, 10]).value == pytest.approx([0.64814815, 0.23148148, 0], abs=5e-9)
    assert done.value == pytest.approx([0.17592593, 0.47685185, 0.70833333], abs=5e-9)
    assert gave_up.value == pytest.approx([0.17592593, 0.29166667, 0.29166667], abs=5e-9)
    assert done.se[:2] == pytest.approx([0.11332878, 0.15722954], abs=5e-9)
    assert gave_up.se[:2] == pytest.approx([0.11332878, 0.14377963], abs=5e-9)
    assert incidence_at(B, DONE, [4, 8, 12]).value == pytest.approx([0.08333333, 0.17857143, 0.27380952], abs=5e-9)


def test_without_open_cases_it_is_the_plain_share_and_its_binomial_error() -> None:
    cases = Durations(np.arange(1, 11), [1, 2, 2, 1, 3, 1, 1, 2, 3, 1])
    found = incidence_at(cases, 1, [4, 7, 10])
    assert found.value == pytest.approx([0.2, 0.4, 0.5], rel=1e-12)
    assert found.se**2 == pytest.approx([0.016, 0.024, 0.025], rel=1e-9)
    assert found.effective == pytest.approx([10, 10, 10], rel=1e-9)


def test_it_tells_shares_of_exponential_durations_with_competing_rates() -> None:
    rng = np.random.default_rng(12)
    days, followed = rng.exponential(100, 200_000), rng.uniform(0, 400, 200_000)
    kind = np.where(days <= followed, rng.choice([1, 2], 200_000, p=[0.3, 0.7]), 0)
    times = np.array([20.0, 100, 300])
    found = incidence_at(Durations(np.minimum(days, followed), kind), 1, times)
    assert found.value == pytest.approx(0.3 * (1 - np.exp(-times / 100)), abs=0.006)


@given(CASES)
@settings(deadline=None, max_examples=60)
def test_open_and_all_endings_sum_to_one(rows: list[tuple[int, int, int, int]]) -> None:
    days, ended, weight, entry = np.array(rows).T
    cases = Durations(days, ended, weight, np.minimum(entry, days))
    total = sum((aalen_johansen(cases, kind).incidence for kind in (1, 2, 3)), kaplan_meier(cases).survival)
    assert total == pytest.approx(np.ones(len(total)), abs=1e-12)


@given(CASES)
@settings(deadline=None, max_examples=60)
def test_counts_are_repeated_rows_in_any_order(rows: list[tuple[int, int, int, int]]) -> None:
    days, ended, weight, _ = np.array(rows).T
    order = np.random.default_rng(len(rows)).permutation(int(weight.sum()))
    repeated = Durations(np.repeat(days, weight)[order], np.repeat(ended, weight)[order])
    one, other = aalen_johansen(Durations(days, ended, weight), 1), aalen_johansen(repeated, 1)
    for column in ("times", "at_risk", "ended", "incidence", "se", "low", "high"):
        assert np.array_equal(getattr(one, column), getattr(other, column), equal_nan=True)


@given(CASES)
@settings(deadline=None, max_examples=60)
def test_a_single_ending_is_kaplan_meier_turned_over(rows: list[tuple[int, int, int, int]]) -> None:
    days, ended, weight, _ = np.array(rows).T
    cases = Durations(days, ended, weight)
    still, over = survival_at(cases, np.arange(13)), incidence_at(cases, None, np.arange(13))
    assert over.value == pytest.approx(1 - still.value, abs=1e-12, nan_ok=True)
    inside = (still.value > 0) & (still.value < 1)
    for mine, theirs in ((over.se, still.se), (over.low, 1 - still.high), (over.high, 1 - still.low)):
        assert mine[inside] == pytest.approx(theirs[inside], abs=1e-7)


@given(CASES)
@settings(deadline=None, max_examples=60)
def test_with_a_case_a_customer_robust_errors_are_the_plain_ones(
    rows: list[tuple[int, int, int, int]],
) -> None:
    days, ended, _, _ = np.array(rows).T
    own, plain = Durations(days, ended, customer=np.arange(len(days))), Durations(days, ended)
    times = np.arange(13)
    assert incidence_at(own, 1, times).se == pytest.approx(incidence_at(plain, 1, times).se, abs=1e-7, nan_ok=True)


def moved(cases: Durations, customers: list[int], times: Floats, step: float = 1e-5) -> Floats:
    """How the share done moves as each customer's cases count for a little more, over how much more."""
    rows = []
    for customer in customers:
        mine = step * cases.counts * (cases.customer == customer)
        up, down = (
            incidence_at(Durations(cases.days, cases.ended, cases.counts + way, cases.entry), 1, times).value
            for way in (mine, -mine)
        )
        rows.append((up - down) / (2 * step))
    return np.array(rows)


def clustered(seed: int, late: bool) -> Durations:
    rng = np.random.default_rng(seed)
    days = rng.integers(1, 15, 60).astype(float)
    entry = np.minimum(rng.integers(0, 4, 60), days - 1) if late else None
    return Durations(days, rng.integers(0, 3, 60), rng.integers(1, 3, 60), entry, rng.integers(0, 15, 60))


@pytest.mark.parametrize("late", [False, True])
def test_robust_errors_are_the_grouped_jackknife(late: bool) -> None:
    cases, times = clustered(3, late), np.array([3.0, 7, 11.5])
    by_customer = moved(cases, list(range(15)), times)
    assert incidence_at(cases, 1, times).se == pytest.approx(np.sqrt((by_customer**2).sum(axis=0)), rel=1e-6)


def test_differences_allow_for_customers_in_both_groups() -> None:
    one, other, times = clustered(3, False), clustered(4, False), np.array([7.0, 3, 11.5])
    apart = moved(one, list(range(15)), times) - moved(other, list(range(15)), times)
    found = incidence_difference(one, other, 1, times)
    assert found.times.tolist() == times.tolist()
    assert found.se == pytest.approx(np.sqrt((apart**2).sum(axis=0)), rel=1e-6)


def test_the_same_customers_in_both_groups_make_a_difference_surer() -> None:
    cases = clustered(5, False)
    strangers = Durations(cases.days, cases.ended, cases.weight, None, np.arange(100, 160) // 4)
    same, apart = (incidence_difference(cases, other, 1, [3, 7]) for other in (cases, strangers))
    assert same.value.tolist() == [0, 0]
    assert same.se == pytest.approx([0, 0], abs=1e-7)
    assert np.all((same.low <= 0) & (same.high >= 0))
    assert np.all(same.high - same.low < 0.9 * (apart.high - apart.low))


def test_taking_customers_a_few_at_a_time_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    cases, times = clustered(6, True), [2, 5, 9]
    at_once = incidence_at(cases, 1, times).se
    monkeypatch.setattr("outward.methods.influence.CELLS", 12)
    assert incidence_at(cases, 1, times).se == pytest.approx(at_once, rel=1e-12)


def test_differences_in_any_ending_are_those_of_the_open_share() -> None:
    found = incidence_difference(A, B, None, [4, 8])
    still = survival_at(B, [4, 8]).value - survival_at(A, [4, 8]).value
    assert found.value == pytest.approx(still, rel=1e-12)


def test_differences_stay_near_newcombes_where_nothing_is_open() -> None:
    one = Durations(np.arange(70), np.where(np.arange(70) < 56, 1, 2))
    other = Durations(np.arange(80), np.where(np.arange(80) < 48, 1, 2))
    found = incidence_difference(one, other, 1, [100])
    value, low, high = share_difference(56, 70, 48, 80)
    assert [found.value[0], found.low[0], found.high[0]] == pytest.approx([value, low, high], abs=0.015)


def test_an_ending_that_has_not_happened_has_an_upper_limit() -> None:
    found = incidence_at(Durations(np.arange(1, 31), [2] * 30), 1, [10])
    assert found.value.tolist() == [0]
    assert found.low.tolist() == [0]
    assert found.high == pytest.approx(1 - 0.025 ** (1 / 21), rel=1e-12)  # 21 are still at risk


def test_beyond_the_longest_follow_up_nothing_is_told() -> None:
    found = incidence_at(Durations([1, 2, 5], [1, 2, 0]), 1, [5, 6])
    assert np.isfinite(found.value).tolist() == [True, False]
    assert np.isnan([found.se[1], found.low[1], found.high[1]]).all()
