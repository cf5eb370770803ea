"""When a series changed: published points, closed forms, planted changes."""

from __future__ import annotations

import os

import numpy as np
import pytest

from outward.methods.changes import chance, change_points, changes, lasting, noise

EXHAUSTIVE = os.environ.get("OUTWARD_EXHAUSTIVE") == "1"


def test_the_noise_of_a_series_ignores_its_levels() -> None:
    rng = np.random.default_rng(1)
    series = rng.normal(0, 2, 5000) + np.repeat([0, 10, -5, 3, 0], 1000)
    assert noise(series) == pytest.approx(4, rel=0.1)


def test_a_step_in_even_noise_is_found_at_its_place() -> None:
    series = np.array([(7919 * place % 101) / 101 for place in range(200)]) + (np.arange(200) >= 100)
    assert change_points(series) == [100]


@pytest.mark.parametrize("series", [[], [1.0], [2.0] * 50, [0.0, 1.0] * 6])
def test_nothing_is_found_where_nothing_can_be(series: list[float]) -> None:
    assert changes(series) == []


def test_two_changes_have_their_levels_and_sizes() -> None:
    series = np.repeat([1.0, 5.0, 2.0], 20) + np.tile([0.1, -0.1], 30)
    found = changes(series)
    assert [(one.first, one.at, one.last) for one in found] == [(0, 20, 40), (20, 40, 60)]
    assert [(one.before, one.after) for one in found] == [pytest.approx((1, 5)), pytest.approx((5, 2))]
    assert all(one.difference_low < one.difference < one.difference_high for one in found)
    assert [(one.low, one.high) for one in found] == [(20, 20), (40, 40)]


@pytest.mark.parametrize("size", [1.0, 1.5, 2.0])
def test_planted_changes_lie_in_the_intervals_of_their_dates(size: float) -> None:
    seeds, held = 400 if EXHAUSTIVE else 12, []
    for seed in range(seeds):
        series = np.random.default_rng(seed).standard_normal(104) + size * (np.arange(104) >= 60)
        near = [one for one in changes(series) if abs(one.at - 60) <= 15]
        held += [one.low <= 60 <= one.high for one in near[:1]]
    assert len(held) >= 0.9 * seeds
    assert np.mean(held) >= (0.915 if EXHAUSTIVE else 0.75)


def test_chance_alone_is_seldom_taken_for_a_change() -> None:
    seeds = 1000 if EXHAUSTIVE else 60
    found = [chance(np.random.default_rng(seed).exponential(size=52), draws=199) <= 0.05 for seed in range(seeds)]
    assert np.mean(found) <= (0.07 if EXHAUSTIVE else 0.15)


def test_a_change_there_and_back_is_no_chance() -> None:
    series = np.random.default_rng(3).standard_normal(60) + 1.5 * ((np.arange(60) >= 20) & (np.arange(60) < 40))
    assert chance(series) < 0.01


def test_values_that_last_are_told_from_levels() -> None:
    rng = np.random.default_rng(4)
    assert not lasting(rng.standard_normal(100) + 5 * (np.arange(100) >= 50))
    assert lasting(np.convolve(rng.standard_normal(110), np.ones(4), "valid"))
