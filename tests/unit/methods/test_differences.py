"""Differences from intervals: closed forms, published figures, and intervals that hold what they should."""

from __future__ import annotations

import numpy as np
import pytest

from outward.methods.corrections import before_holm, holm
from outward.methods.differences import Known, difference, difference_p
from outward.methods.durations import Durations
from outward.methods.proportions import share_difference, wilson
from outward.methods.survival import quantiles


@pytest.mark.parametrize("counts", [(56, 70, 48, 80), (9, 10, 3, 10), (10, 10, 0, 20), (5, 56, 0, 29)])
def test_for_shares_it_is_newcombes_method(counts: tuple[int, int, int, int]) -> None:
    hits, many, others, rest = counts
    one = Known(hits / many, *map(float, wilson(hits, many)))
    other = Known(others / rest, *map(float, wilson(others, rest)))
    assert difference(one, other) == pytest.approx([float(part) for part in share_difference(*counts)])


def test_published_differences_of_shares() -> None:
    """Newcombe (1998), table II, method 10: 56/70 less 48/80 is 0.0524 to 0.3339."""
    gap = difference(Known(0.8, *map(float, wilson(56, 70))), Known(0.6, *map(float, wilson(48, 80))))
    assert [round(part, 4) for part in gap] == [0.2, 0.0524, 0.3339]


def test_two_symmetric_intervals_add_as_their_squares() -> None:
    assert difference(Known(10, 7, 13), Known(4, 0, 8)) == pytest.approx((6, 1, 11))


def test_turning_the_sides_turns_the_difference() -> None:
    one, other = Known(10, 8, 15), Known(4, 1, 5)
    gap, turned = difference(one, other), difference(other, one)
    assert (-turned.value, -turned.high, -turned.low) == pytest.approx(gap)


def test_a_published_p_value_from_an_interval() -> None:
    """Altman and Bland (2011): a risk difference of -0.059, 95% interval -0.118 to 0, has p about 0.05."""
    assert difference_p(Known(-0.059, -0.118, 0.0)) == pytest.approx(0.05, abs=1e-6)
    assert difference_p(Known(1.0, 0.5, 1.5)) == pytest.approx(8.86e-5, rel=0.01)


def test_the_interval_of_a_difference_of_medians_holds_the_true_one() -> None:
    """300 made pairs of samples: between 92% and 99% of the 95% intervals hold the true difference."""
    dice, held = np.random.default_rng(5), 0
    truth = (20 - 12) * np.log(2)
    for _ in range(300):
        known = []
        for scale in (20, 12):
            days, followed = dice.exponential(scale, 120), dice.uniform(10, 90, 120)
            found = quantiles(Durations(np.minimum(days, followed), (days <= followed).astype(int)), [0.5])[0]
            assert found.days is not None
            assert found.low is not None
            assert found.high is not None
            known.append(Known(found.days, found.low, found.high))
        gap = difference(*known)
        held += gap.low <= truth <= gap.high
    assert 0.92 <= held / 300 <= 0.99


def test_before_holm_never_gives_less_than_what_there_was() -> None:
    dice = np.random.default_rng(6)
    for _ in range(500):
        raw = dice.uniform(0, 1, dice.integers(1, 9)) ** dice.integers(1, 6)
        back = before_holm(holm(raw))
        assert (back >= raw - 1e-12).all()
        assert (holm(back) >= holm(raw) - 1e-12).all()


def test_before_holm_gives_back_what_there_was_where_nothing_is_tied() -> None:
    assert before_holm(holm([0.001, 0.01, 0.04])) == pytest.approx([0.001, 0.01, 0.04])
    assert before_holm([0.02, np.nan, 0.03])[[0, 2]] == pytest.approx([0.01, 0.03])
    assert np.isnan(before_holm([0.02, np.nan, 0.03])[1])


def test_a_difference_that_is_not_known_has_no_p_value() -> None:
    assert np.isnan(difference_p(Known(np.nan, np.nan, np.nan)))
