"""Sets that nearly add up, and whether their rounded counts give a small group away: against sums done by hand."""

from __future__ import annotations

import numpy as np
import pytest

from outward.disclosure.audit import gives_away, reader_of
from outward.disclosure.entangled import Span
from outward.disclosure.policies import policy

OUTWARD = policy()


def test_a_sum_of_two_sets_is_no_distance_away_and_leans_on_both() -> None:
    span = Span(near=100)
    assert span.add([], 60) == 60
    assert span.add([25], 25) == pytest.approx(25 - 25 * 25 / 60)
    assert span.add([35, 0], 35) == pytest.approx(0, abs=1e-6)
    assert span.leaning == [(), (0,), (0, 1)]


def test_distances_are_those_of_least_squares() -> None:
    dice = np.random.default_rng(4)
    sets = (dice.random((12, 80)) < 0.5).astype(float)
    span = Span(near=0)
    for place, one in enumerate(sets):
        left = span.add(sets[:place] @ one, int(one.sum()))
        if place:
            found = np.linalg.lstsq(sets[:place].T, one, rcond=None)[0]
            assert left == pytest.approx(((one - found @ sets[:place]) ** 2).sum(), abs=1e-6)


def test_only_what_is_tied_is_looked_at_and_everyone_ties_nothing() -> None:
    span = Span(near=1)
    span.leaning = [(), (0,), (0,), (2,), ()]
    assert span.entangled([3], 10) == [0, 3, 2]
    assert span.entangled([1], 10) == [0, 1]


def test_a_copy_grows_on_its_own() -> None:
    span = Span(near=100)
    span.add([], 60)
    span.copy().add([25], 25)
    assert len(span.leaning) == 1


def test_the_reader_knows_a_count_within_its_rounding_and_not_under_the_threshold() -> None:
    reader = reader_of(np.array([[True, False], [True, True]]), np.array([11, 32]), OUTWARD)
    assert (reader.least.tolist(), reader.most.tolist()) == ([10, 43], [12, 47])


def test_everyone_and_all_but_seven_give_seven_away_where_rounding_leaves_no_doubt() -> None:
    """42 are shown as 40 and 35 as 35: between 1 and 9 more. 43 and 34 are shown as 45 and 35: it may be 14 more."""
    sets = np.array([[True, True], [True, False]])
    assert gives_away(sets, np.array([35, 7]), OUTWARD)
    assert not gives_away(sets, np.array([34, 9]), OUTWARD)


def test_sets_without_small_groups_give_nothing_away() -> None:
    assert not gives_away(np.array([[True, True], [True, False]]), np.array([30, 12]), OUTWARD)
