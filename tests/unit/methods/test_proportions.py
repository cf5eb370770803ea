"""Intervals, differences and tests of shares against published figures and SciPy."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from outward.methods.intervals import Estimate
from outward.methods.proportions import (
    clopper_pearson,
    clustered_difference,
    clustered_share,
    clustered_share_p,
    design_effect,
    share_covariance,
    share_difference,
    two_share_p,
    wilson,
)

COUNTS = st.integers(1, 200).flatmap(lambda cases: st.tuples(st.integers(0, cases), st.just(cases)))


def test_wilson_gives_newcombes_published_limits() -> None:
    low, high = wilson([81, 15, 0, 1], [263, 148, 20, 29])
    assert low.round(4).tolist() == [0.2553, 0.0624, 0, 0.0061]
    assert high.round(4).tolist() == [0.3662, 0.1605, 0.1611, 0.1718]


@pytest.mark.parametrize(
    ("counts", "limits"),
    [
        ((56, 70, 48, 80), (0.0524, 0.3339)),
        ((9, 10, 3, 10), (0.1705, 0.8090)),
        ((10, 10, 0, 10), (0.6075, 1.0)),
        ((5, 56, 0, 29), (-0.0381, 0.1926)),
    ],
)
def test_differences_give_newcombes_published_limits(
    counts: tuple[int, int, int, int], limits: tuple[float, float]
) -> None:
    _, low, high = share_difference(*counts)
    assert (round(float(low), 4), round(float(high), 4)) == limits


@given(COUNTS)
@settings(deadline=None)
def test_intervals_of_one_share_agree_with_scipy(counts: tuple[int, int]) -> None:
    theirs = stats.binomtest(*counts)
    for mine, method in ((wilson(*counts), "wilson"), (clopper_pearson(*counts), "exact")):
        limits = theirs.proportion_ci(method=method)
        assert [float(end) for end in mine] == pytest.approx([limits.low, limits.high], abs=1e-9)


def test_a_share_of_nobody_has_no_interval() -> None:
    assert np.isnan([wilson(0, 0), clopper_pearson(0, 0)]).all()


@given(COUNTS, COUNTS)
@settings(deadline=None)
def test_two_shares_are_tested_as_pearson_does_but_for_one_case(one: tuple[int, int], other: tuple[int, int]) -> None:
    table = np.array([[one[0], one[1] - one[0]], [other[0], other[1] - other[0]]])
    if (table.sum(axis=0) == 0).any():
        assert two_share_p(*one, *other) == 1
        return
    theirs = stats.chi2_contingency(table, correction=False).statistic * (1 - 1 / table.sum())
    assert float(two_share_p(*one, *other)) == pytest.approx(stats.chi2.sf(theirs, 1), rel=1e-9)


def test_with_a_case_a_customer_the_share_is_nearly_wilsons() -> None:
    hits = np.repeat([1, 0], [120, 280])
    found = clustered_share(hits, np.ones(400), np.arange(400))
    assert found.se == pytest.approx(np.sqrt(0.3 * 0.7 / 399), rel=1e-12)
    assert [found.low, found.high] == pytest.approx([float(end) for end in wilson(120, 400)], abs=0.001)


def test_copies_of_a_customers_cases_add_no_evidence() -> None:
    hits, customer = np.repeat([1, 0], [12, 28]), np.arange(40)
    once = clustered_share(hits, np.ones(40), customer)
    thrice = clustered_share(np.tile(hits, 3), np.ones(120), np.tile(customer, 3))
    counted = clustered_share(3 * hits, 3 * np.ones(40), customer)
    assert thrice == counted
    assert thrice.se == pytest.approx(once.se, rel=1e-12)
    assert [thrice.low, thrice.high] == pytest.approx([once.low, once.high], abs=0.005)


def test_when_all_customers_agree_the_interval_counts_customers() -> None:
    found = clustered_share(np.zeros(60), np.ones(60), np.arange(60) // 3)
    reach = stats.t.ppf(0.975, 19)
    assert (found.value, found.low) == (0, 0)
    assert found.high == pytest.approx(reach**2 / (20 + reach**2), rel=1e-9)  # Wilson's limit for 0 of 20


def test_the_design_effect_is_that_of_alike_customers_in_closed_form() -> None:
    # 100 customers with 4 cases each, all alike: each case past the first tells nothing.
    squares = 100 * 4**2 * 0.5 * 0.5
    wider = float(stats.t.ppf(0.975, 99) / stats.norm.ppf(0.975))
    assert design_effect(0.5, 400, 100, squares) == pytest.approx(4 * 100 / 99 * wider**2, rel=1e-9)
    assert design_effect(0.0, 400, 100, 0.0) == pytest.approx(4 * wider**2, rel=1e-9)
    assert design_effect(0.5, 400, 100, 1.0) == pytest.approx(wider**2, rel=1e-9)
    assert design_effect(0.5, 400, 1, 1.0) == np.inf


def test_one_customer_tells_nothing_of_the_others() -> None:
    found = clustered_share([1, 0], [1, 1], [7, 7])
    assert (found.value, found.low, found.high) == (0.5, 0, 1)
    assert np.isnan(clustered_share([], [], []).value)


def test_a_customer_in_both_groups_ties_their_shares() -> None:
    rng = np.random.default_rng(2)
    hits, customer = rng.integers(0, 2, 90), np.arange(90) // 3
    group = (hits, np.ones(90), customer)
    share = clustered_share(*group)
    assert share_covariance(group, group) == pytest.approx(share.se**2 * 29 / 30, rel=1e-9)
    assert share_covariance(group, (hits, np.ones(90), customer + 100)) == 0
    tied = clustered_difference(share, share, share_covariance(group, group))
    apart = clustered_difference(share, share)
    assert apart.se == pytest.approx(share.se * np.sqrt(2), rel=1e-12)
    assert tied.high - tied.low < 0.3 * (apart.high - apart.low)


def independent(hits: int, cases: int, first: int) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    return np.repeat([1, 0], [hits, cases - hits]), np.ones(cases), np.arange(first, first + cases)


def test_with_a_case_a_customer_the_clustered_test_is_nearly_the_plain_one() -> None:
    found = clustered_share_p(independent(120, 400, 0), independent(90, 400, 400))
    assert found == pytest.approx(float(two_share_p(120, 400, 90, 400)), rel=0.05)


def test_copies_of_a_customers_cases_do_not_make_a_difference_surer() -> None:
    one, other = independent(30, 100, 0), independent(20, 100, 100)
    thrice = [tuple(np.tile(part, 3) for part in group) for group in (one, other)]
    assert clustered_share_p(*thrice) == pytest.approx(clustered_share_p(one, other), rel=1e-9)  # type: ignore[arg-type]


def test_a_few_customers_without_the_property_do_not_stand_out() -> None:
    assert clustered_share_p(independent(0, 5, 0), independent(300, 1000, 10)) > 0.1


def test_the_same_customers_in_both_groups_make_a_difference_surer() -> None:
    one, other = independent(30, 100, 0), independent(20, 100, 0)
    assert clustered_share_p(one, other) < clustered_share_p(one, independent(20, 100, 100))


def test_nothing_can_be_tested_on_two_customers_or_where_all_are_alike() -> None:
    assert clustered_share_p(independent(1, 1, 0), independent(0, 1, 1)) == 1
    assert clustered_share_p(independent(9, 9, 0), independent(8, 8, 10)) == 1


def test_a_clustered_difference_joins_the_two_intervals() -> None:
    found = clustered_difference(Estimate(0.8, 0.05, 0.6918, 0.8771), Estimate(0.6, 0.05, 0.4905, 0.7000))
    assert (found.low, found.high) == pytest.approx((0.2 - np.hypot(0.1082, 0.1), 0.2 + np.hypot(0.0771, 0.1095)))
