"""How far groups are apart: exact tests where few are expected, none where curves hold too little."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import fisher_exact

from outward.methods.compare_curves import log_rank
from outward.methods.durations import Durations
from outward.methods.gaps import ending_gap, share_gap, time_gap
from outward.methods.proportions import clustered_share_p, fisher_p, two_share_p
from outward.methods.within import Share


@pytest.mark.parametrize("seed", range(40))
def test_the_exact_test_is_that_of_scipy(seed: int) -> None:
    luck = np.random.default_rng(seed)
    cases, other = (int(luck.integers(1, 60)) for _ in range(2))
    hits, other_hits = int(luck.integers(0, cases + 1)), int(luck.integers(0, other + 1))
    expected = fisher_exact([[hits, cases - hits], [other_hits, other - other_hits]]).pvalue
    assert fisher_p(hits, cases, other_hits, other) == pytest.approx(float(expected), rel=1e-9)


def plain(hits: int, cases: int) -> Share:
    return Share(hits, cases, hits, cases)


def test_where_few_are_expected_the_test_is_exact() -> None:
    few, many = share_gap(plain(3, 40), plain(0, 60), 90), share_gap(plain(30, 400), plain(10, 600), 90)
    assert few
    assert many
    assert few.p_value == fisher_p(3, 40, 0, 60)
    assert many.p_value == float(two_share_p(30, 400, 10, 600))
    assert (few.cases, few.people, few.told_apart) == ((40, 60), (40, 60), (3, 0))


def held(hits: list[int], cases: list[int], first: int) -> Share:
    customers = np.arange(first, first + len(hits))
    members = (np.array(hits), np.array(cases), customers)
    return Share(sum(hits), sum(cases), sum(hit > 0 for hit in hits), len(hits), members)


def test_customers_with_several_cases_are_allowed_for() -> None:
    # 60 and 60 customers with two cases each, of which a customer's are all alike
    one, other = held([2, 2, 0] * 20, [2] * 60, 0), held([2, 0, 0] * 20, [2] * 60, 60)
    gap = share_gap(one, other, 90)
    assert gap
    assert one.members
    assert other.members
    assert gap.p_value == clustered_share_p(one.members, other.members)
    assert gap.difference == pytest.approx(1 / 3)
    naive = share_gap(plain(80, 120), plain(40, 120), 90)
    assert naive
    assert gap.high - gap.low > 1.3 * (naive.high - naive.low)
    assert gap.people == (60, 60)
    assert gap.told_apart == (20, 20)


def test_a_rare_thing_is_counted_by_people() -> None:
    one, other = held([2] + [0] * 39, [2] * 40, 0), held([0] * 40, [2] * 40, 40)
    gap = share_gap(one, other, 90)
    assert gap
    assert gap.p_value == fisher_p(1, 40, 0, 40)


def test_a_group_without_cases_has_no_difference() -> None:
    assert share_gap(plain(0, 0), plain(5, 10), 90) is None
    assert time_gap(Durations([], []), Durations([1, 2], [1, 1]), 90) is None


def test_curves_with_few_endings_are_shown_but_not_tested() -> None:
    one, other = Durations([1, 2, 3, 4], [1, 1, 1, 1]), Durations(range(5, 25), [1] * 20)
    gap = time_gap(one, other, 10)
    assert gap
    assert np.isnan(gap.p_value)
    assert (gap.one, gap.within) == (2.5, 10)
    ended = ending_gap(one, other, 1, 10.0)
    assert ended
    assert np.isnan(ended.p_value)
    assert ended.difference == pytest.approx(1 - 6 / 20)


def test_means_hold_within_the_days_stated() -> None:
    one, other = Durations([10] * 40 + [200] * 40, [1] * 80), Durations([20] * 40 + [300] * 40, [1] * 80)
    gap = time_gap(one, other, 90)
    assert gap
    assert (gap.one, gap.other, gap.within) == (50.0, 55.0, 90)
    assert gap.p_value > 0.05  # the curves differ, beyond the 90 days
    assert log_rank([one, other]).p_value < 0.05
