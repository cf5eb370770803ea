"""Kaplan-Meier, quantiles and restricted means against R, closed forms and laws they must keep."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from outward.errors import BadInput
from outward.methods.durations import Durations, Floats
from outward.methods.survival import (
    Quantile,
    kaplan_meier,
    quantiles,
    restricted_mean,
    restricted_mean_difference,
    survival_at,
)

# The acute myelogenous leukaemia data of R's survival package, maintained patients first.
AML_DAYS = np.array([9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161, 5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45])
AML_ENDED = np.array([1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1])
AML = Durations(AML_DAYS, AML_ENDED)
MAINTAINED, OTHERS = AML.take(np.arange(11)), AML.take(np.arange(11, 23))
LATE = {"days": [4, 3, 6, 5, 7, 8], "ended": [1, 0, 1, 1, 1, 0], "entry": [0, 0, 2, 1, 3, 0]}

CASES = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 2), st.integers(1, 4)), min_size=2, max_size=25)


def test_the_curve_is_that_of_r_survival() -> None:
    found = survival_at(AML, [9, 13, 23, 31, 48])
    assert found.at_risk.tolist() == [19, 17, 13, 8, 2]
    assert found.value == pytest.approx([0.78260870, 0.69565217, 0.54658385, 0.38647343, 0.08281573], abs=5e-9)
    assert found.se == pytest.approx([0.08600615, 0.09594388, 0.10725064, 0.10885880, 0.07266180], abs=5e-9)
    # Limits worked out from the formula with 40 digits; R prints the same to the digits that it gives.
    assert found.low == pytest.approx([0.55421151, 0.46564175, 0.31925041, 0.18283662, 0.00695597], abs=1e-8)
    assert found.high == pytest.approx([0.90320749, 0.84172129, 0.72644917, 0.58747691, 0.28676037], abs=1e-8)


def test_the_quartiles_are_those_of_r_survival() -> None:
    assert quantiles(AML) == (
        Quantile(0.25, 12, 5, 23),
        Quantile(0.5, 27, 13, 34),
        Quantile(0.75, 43, 30, None),
    )
    assert [quantiles(group, [0.5])[0].days for group in (MAINTAINED, OTHERS)] == [31, 23]


def test_the_restricted_mean_is_that_of_r_survival() -> None:
    found = [restricted_mean(group, 30) for group in (MAINTAINED, OTHERS)]
    assert [one.value for one in found] == pytest.approx([24.602273, 19.694444], abs=5e-7)
    assert [one.se for one in found] == pytest.approx([2.3131494, 3.0541979], abs=5e-8)


def test_the_difference_of_restricted_means_has_both_errors() -> None:
    found = restricted_mean_difference(MAINTAINED, OTHERS, 30)
    assert found.value == pytest.approx(24.602273 - 19.694444, abs=1e-6)
    assert found.se == pytest.approx(np.hypot(2.3131494, 3.0541979), abs=1e-7)
    assert found.high - found.value == pytest.approx(1.959964 * found.se, rel=1e-6)


def test_customers_in_both_groups_tie_their_restricted_means() -> None:
    customer = np.arange(23)
    once = Durations(AML_DAYS, AML_ENDED, customer=customer)
    assert restricted_mean_difference(once, once, 30).se == pytest.approx(0, abs=1e-9)
    others = Durations(AML_DAYS, AML_ENDED, customer=customer + 100)
    apart = restricted_mean(once, 30).se * np.sqrt(2)
    assert restricted_mean_difference(once, others, 30).se == pytest.approx(apart, rel=1e-9)


def test_late_entries_are_at_risk_only_from_entry() -> None:
    curve = kaplan_meier(Durations(**LATE))
    events = curve.ended > 0
    assert curve.times[events].tolist() == [4, 5, 6, 7]
    assert curve.at_risk[events].tolist() == [5, 4, 3, 2]
    assert curve.survival[events] == pytest.approx([0.8, 0.6, 0.4, 0.2], rel=1e-12)


def test_without_open_cases_it_is_the_plain_share_and_its_binomial_error() -> None:
    days = np.array([1, 2, 2, 3, 5, 8, 8, 8, 13, 21])
    found = survival_at(Durations(days, np.ones(10)), [2, 8])
    assert found.value == pytest.approx([0.7, 0.2], rel=1e-12)
    assert found.se**2 == pytest.approx([0.021, 0.016], rel=1e-12)
    assert found.effective == pytest.approx([10, 10], rel=1e-12)
    mean = restricted_mean(Durations(days, np.ones(10)), 21)
    assert mean.value == pytest.approx(days.mean(), rel=1e-12)
    assert mean.se == pytest.approx(np.sqrt(days.var() / 10), rel=1e-12)


def test_it_tells_the_rate_of_exponential_durations() -> None:
    rng = np.random.default_rng(11)
    days, followed = rng.exponential(100, 200_000), rng.uniform(0, 400, 200_000)
    cases = Durations(np.minimum(days, followed), days <= followed)
    times = np.array([10.0, 50, 100, 200, 300])
    assert survival_at(cases, times).value == pytest.approx(np.exp(-times / 100), abs=0.006)
    assert quantiles(cases, [0.5])[0].days == pytest.approx(100 * np.log(2), rel=0.02)
    assert restricted_mean(cases, 200).value == pytest.approx(100 * (1 - np.exp(-2)), rel=0.01)


def test_a_curve_that_stands_on_the_share_gives_the_middle_of_the_step() -> None:
    assert quantiles(Durations([2, 4, 8, 9], [1, 1, 1, 1]), [0.5])[0].days == 6
    assert quantiles(Durations([2, 10], [1, 0]), [0.5])[0].days == 6


def test_what_is_not_reached_is_no_number() -> None:
    cases = Durations([1, 5, 5, 5], [1, 0, 0, 0])
    assert quantiles(cases, [0.5])[0] == Quantile(0.5, None, 1, None)
    assert np.isnan(survival_at(cases, [6]).value[0])
    with pytest.raises(BadInput, match="restrict the mean to 5 days"):
        restricted_mean(cases, 6)


def test_nobody_yet_and_everybody_still_have_an_interval() -> None:
    cases = Durations(np.arange(1, 21), np.ones(20))
    found = survival_at(cases, [0.5, 20, 400])
    assert found.value.tolist() == [1, 0, 0]
    assert found.low[0] == pytest.approx(0.025 ** (1 / 20), rel=1e-12)  # Clopper-Pearson for 20 of 20
    assert found.high[1] == found.high[2] == survival_at(cases, [19]).high[0]
    at_once = survival_at(Durations([3] * 20, [1] * 20), [3, 9])
    assert at_once.high == pytest.approx(1 - 0.025 ** (1 / 20), rel=1e-12)


def test_before_anything_happens_customers_are_counted_and_not_their_cases() -> None:
    cases = Durations(np.repeat(np.arange(5, 15), 30), np.ones(300), customer=np.repeat(np.arange(10), 30))
    found = survival_at(cases, [1])
    assert found.at_risk.tolist() == [300]
    assert found.effective.tolist() == [10]
    assert found.low == pytest.approx(0.025 ** (1 / 10), rel=1e-12)


def test_one_customer_gives_no_interval() -> None:
    cases = Durations([1, 2, 3, 4], [1, 1, 1, 0], customer=[7, 7, 7, 7])
    found = survival_at(cases, [2])
    assert found.value.tolist() == [0.5]
    assert np.isnan([found.se[0], found.low[0], found.high[0], restricted_mean(cases, 3).low]).all()
    assert found.effective.tolist() == [1]
    assert quantiles(cases, [0.5])[0] == Quantile(0.5, 2.5, None, None)


def test_no_cases_give_no_figures() -> None:
    nothing = Durations([], [])
    assert kaplan_meier(nothing).times.tolist() == []
    assert np.isnan(survival_at(nothing, [1]).value[0])
    assert quantiles(nothing, [0.5])[0].days is None
    with pytest.raises(BadInput, match="0 days or fewer"):
        restricted_mean(nothing, 3)


@given(CASES)
@settings(deadline=None, max_examples=60)
def test_the_curve_agrees_with_scipy(rows: list[tuple[int, int, int]]) -> None:
    days, ended, _ = np.array(rows).T
    data = stats.CensoredData(days[ended > 0].astype(float), right=days[ended == 0].astype(float))
    theirs = stats.ecdf(data).sf
    mine = kaplan_meier(Durations(days, ended))
    assert mine.survival == pytest.approx(theirs.evaluate(mine.times), abs=1e-12)


@given(CASES)
@settings(deadline=None, max_examples=60)
def test_counts_are_repeated_rows_in_any_order(rows: list[tuple[int, int, int]]) -> None:
    days, ended, weight = np.array(rows).T
    order = np.random.default_rng(len(rows)).permutation(int(weight.sum()))
    counted = Durations(days, ended, weight)
    repeated = Durations(np.repeat(days, weight)[order], np.repeat(ended, weight)[order])
    one, other = kaplan_meier(counted), kaplan_meier(repeated)
    for column in ("times", "at_risk", "ended", "survival", "se", "low", "high"):
        assert np.array_equal(getattr(one, column), getattr(other, column), equal_nan=True)
    assert quantiles(counted) == quantiles(repeated)


@given(CASES)
@settings(deadline=None, max_examples=60)
def test_intervals_hold_their_estimate_and_the_curve_falls(rows: list[tuple[int, int, int]]) -> None:
    days, ended, weight = np.array(rows).T
    curve = kaplan_meier(Durations(days, ended, weight))
    assert np.all(np.diff(curve.survival) <= 0)
    assert np.all((curve.low <= curve.survival) & (curve.survival <= curve.high))


def customers_moved(cases: Durations, figure: object, step: float = 1e-5) -> Floats:
    """What a figure gains as each customer's cases count for a little more, over how much more."""
    assert cases.customer is not None
    assert callable(figure)
    moved = []
    for customer in np.unique(cases.customer):
        mine = step * cases.counts * (cases.customer == customer)
        up, down = (
            figure(Durations(cases.days, cases.ended, cases.counts + way, cases.entry)) for way in (mine, -mine)
        )
        moved.append((np.asarray(up) - np.asarray(down)) / (2 * step))
    return np.array(moved)


@pytest.mark.parametrize("late", [False, True])
def test_robust_errors_are_the_grouped_jackknife(late: bool) -> None:
    rng = np.random.default_rng(3)
    days = rng.integers(1, 15, 60).astype(float)
    entry = np.minimum(rng.integers(0, 4, 60), days - 1) if late else None
    cases = Durations(days, rng.integers(0, 2, 60), rng.integers(1, 3, 60), entry, rng.integers(0, 15, 60))
    times = np.array([3.0, 7, 11.5])
    moved = customers_moved(cases, lambda some: survival_at(some, times).value)
    assert survival_at(cases, times).se == pytest.approx(np.sqrt((moved**2).sum(axis=0)), rel=1e-6)
    moved = customers_moved(cases, lambda some: restricted_mean(some, 9).value)
    assert restricted_mean(cases, 9).se == pytest.approx(np.sqrt((moved**2).sum()), rel=1e-6)


@given(CASES)
@settings(deadline=None, max_examples=60)
def test_with_a_case_a_customer_robust_errors_are_greenwoods(rows: list[tuple[int, int, int]]) -> None:
    days, ended, _ = np.array(rows).T
    own = Durations(days, ended, customer=np.arange(len(days)))
    times = np.arange(13)
    assert survival_at(own, times).se == pytest.approx(
        survival_at(Durations(days, ended), times).se, abs=1e-12, nan_ok=True
    )


def test_quantile_bands_between_many_times_follow_the_robust_errors() -> None:
    rng = np.random.default_rng(8)
    days = np.repeat(rng.exponential(50, 400), 3)
    thrice = Durations(days + rng.uniform(0, 0.01, 1200), np.ones(1200), customer=np.repeat(np.arange(400), 3))
    once = Durations(days[::3], np.ones(400))
    wide, plain = quantiles(thrice, [0.5])[0], quantiles(once, [0.5])[0]
    assert wide.low == pytest.approx(plain.low, abs=1)
    assert wide.high == pytest.approx(plain.high, abs=1)
