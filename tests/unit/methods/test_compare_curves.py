"""The log-rank and Gray's test against R and SciPy, and laws they must keep."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from outward.errors import BadInput
from outward.methods.compare_curves import log_rank
from outward.methods.durations import Durations
from outward.methods.gray import gray

DONE, GAVE_UP = 1, 2
MAINTAINED = Durations([9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161], [1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0])
OTHERS = Durations([5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45], [1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1])
A = Durations([1, 2, 2, 3, 4, 5, 6, 6, 7, 8, 9, 10], [1, 2, 0, 1, 2, 1, 0, 1, 2, 1, 0, 1])
B = Durations([2, 3, 3, 5, 6, 8, 9, 11, 12, 12, 13, 15], [2, 2, 1, 2, 0, 1, 2, 2, 1, 0, 2, 1])
CASES = st.lists(
    st.tuples(st.integers(1, 12), st.integers(0, 2), st.integers(1, 3), st.integers(0, 2)),
    min_size=6,
    max_size=30,
)


def groups_of(rows: list[tuple[int, int, int, int]], repeated: bool = False) -> list[Durations]:
    days, ended, weight, group = np.array(rows).T
    if repeated:
        days, ended, group = (np.repeat(column, weight) for column in (days, ended, group))
        return [Durations(days[group == g], ended[group == g]) for g in np.unique(group)]
    return [Durations(days[group == g], ended[group == g], weight[group == g]) for g in np.unique(group)]


def test_the_log_rank_test_is_that_of_r_survival() -> None:
    found = log_rank([MAINTAINED, OTHERS])
    assert found.statistic == pytest.approx(3.3963887, abs=5e-8)
    assert found.p_value == pytest.approx(0.06533932, abs=5e-9)
    assert found.degrees == 1
    assert found.observed == (7, 11)
    assert sum(found.expected) == pytest.approx(18, rel=1e-12)


def test_grays_test_is_that_of_cmprsk() -> None:
    done, gave_up = gray([A, B], DONE), gray([A, B], GAVE_UP)
    assert (done.statistic, gave_up.statistic) == pytest.approx((4.1327937, 0.0722646), abs=5e-8)
    assert (done.p_value, gave_up.p_value) == pytest.approx((0.04205986, 0.7880676), abs=5e-8)


@given(CASES)
@settings(deadline=None, max_examples=60)
def test_two_groups_agree_with_scipy(rows: list[tuple[int, int, int, int]]) -> None:
    groups = groups_of([(days, ended, 1, group % 2) for days, ended, _, group in rows])
    assume(len(groups) == 2)
    mine = log_rank(groups)
    assume(np.isfinite(mine.statistic))
    theirs = stats.logrank(
        *(
            stats.CensoredData(g.days[g.ended > 0].astype(float), right=g.days[g.ended == 0].astype(float))
            for g in groups
        )
    )
    assert mine.statistic == pytest.approx(theirs.statistic**2, rel=1e-9, abs=1e-12)
    assert mine.p_value == pytest.approx(theirs.pvalue, rel=1e-9)


@given(CASES)
@settings(deadline=None, max_examples=60)
def test_counts_are_repeated_rows(rows: list[tuple[int, int, int, int]]) -> None:
    counted, repeated = groups_of(rows), groups_of(rows, repeated=True)
    for one, other in (
        (log_rank(counted), log_rank(repeated)),
        (gray(counted, DONE), gray(repeated, DONE)),
    ):
        assert one.degrees == other.degrees
        assert one.p_value == pytest.approx(other.p_value, rel=1e-9, nan_ok=True)


@given(CASES)
@settings(deadline=None, max_examples=60)
def test_the_order_of_groups_does_not_matter(rows: list[tuple[int, int, int, int]]) -> None:
    groups = groups_of(rows)
    for one, other in (
        (log_rank(groups), log_rank(groups[::-1])),
        (gray(groups, DONE), gray(groups[::-1], DONE)),
    ):
        assert one.p_value == pytest.approx(other.p_value, rel=1e-7, nan_ok=True)


@given(CASES)
@settings(deadline=None, max_examples=60)
def test_what_is_expected_sums_to_what_is_observed(rows: list[tuple[int, int, int, int]]) -> None:
    groups = groups_of(rows)
    for found in (log_rank(groups), gray(groups, DONE)):
        assert sum(found.expected) == pytest.approx(sum(found.observed), rel=1e-9, abs=1e-9)


def test_one_of_several_endings_leaves_the_others_as_censored() -> None:
    alone = [group.ending_as(GAVE_UP) for group in (A, B)]
    assert log_rank([A, B], GAVE_UP) == log_rank(alone)


def test_late_entries_count_from_entry() -> None:
    # By hand: at 3 one of a and b each are at risk, then one of b and two of c; all end one by one.
    one = Durations([3, 6], [1, 1], entry=[0, 4])
    other = Durations([5, 7], [1, 1], entry=[0, 4])
    shares, ended = np.array([1 / 2, 1 / 3, 1 / 2, 0]), np.array([1, 0, 1, 0])
    score = (ended - shares).sum()
    variance = (shares * (1 - shares)).sum()
    assert log_rank([one, other]).statistic == pytest.approx(score**2 / variance, rel=1e-12)


def test_grays_test_refuses_late_entries() -> None:
    with pytest.raises(BadInput, match="Leave them out"):
        gray([Durations([3], [1], entry=[1]), A], DONE)


def test_without_other_endings_or_censoring_grays_score_is_the_log_rank_score() -> None:
    one, other = Durations([1, 3, 5, 6], [1, 1, 1, 1]), Durations([2, 4, 7, 8], [1, 1, 1, 1])
    assert gray([one, other], DONE).expected == pytest.approx(log_rank([one, other]).expected, rel=1e-12)


@pytest.mark.parametrize("groups", [[A], [A, Durations([], [])], [Durations([], []), Durations([], [])]])
def test_with_nothing_to_compare_there_is_no_p_value(groups: list[Durations]) -> None:
    for found in (log_rank(groups), gray(groups, DONE)):
        assert np.isnan(found.p_value)
        assert found.degrees == 0


def copies(group: Durations, times: int, first: int) -> Durations:
    """The same cases several times over, under the same customers."""
    number = len(group.days)
    customer = np.tile(np.arange(first, first + number), times)
    return Durations(np.tile(group.days, times), np.tile(group.ended, times), customer=customer)


def test_copies_of_a_customers_cases_add_no_evidence() -> None:
    once = [copies(A, 1, 0), copies(B, 1, 100)]
    thrice = [copies(A, 3, 0), copies(B, 3, 100)]
    assert gray(thrice, DONE).p_value == pytest.approx(gray(once, DONE).p_value, rel=1e-9)
    assert log_rank(thrice).p_value == pytest.approx(log_rank(once).p_value, rel=1e-9)
    assert gray([Durations(g.days, g.ended) for g in thrice], DONE).p_value < gray(once, DONE).p_value
    assert log_rank(thrice).customers == 24


def test_with_too_few_customers_there_is_no_p_value() -> None:
    one, other = Durations([1, 2], [1, 1], customer=[1, 1]), Durations([3, 4], [1, 1], customer=[2, 2])
    assert np.isnan(log_rank([one, other]).p_value)


def test_with_many_customers_the_robust_test_is_the_plain_one() -> None:
    rng = np.random.default_rng(21)
    days, followed = rng.exponential(50, 6000), rng.uniform(10, 100, 6000)
    ended = np.where(days <= followed, rng.integers(1, 3, 6000), 0)
    group = rng.integers(0, 3, 6000)
    cases = Durations(np.minimum(days, followed), ended, customer=np.arange(6000))
    own = [cases.take(group == g) for g in range(3)]
    plain = [Durations(g.days, g.ended) for g in own]
    assert log_rank(own).statistic == pytest.approx(log_rank(plain).statistic, rel=0.05)
    assert gray(own, DONE).statistic == pytest.approx(gray(plain, DONE).statistic, rel=0.05)
