"""Do 95% intervals of curves hold the truth 93 to 97 times in a hundred? On made-up cases."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from outward.methods.competing import incidence_at, incidence_difference
from outward.methods.durations import Durations, Floats
from outward.methods.survival import quantiles, restricted_mean, survival_at

RUNS = 1000
TIMES = np.array([0.3, 0.7, 1.3])
TAU = 1.3


def made_cases(rng: np.random.Generator, customers: int, each: int = 1) -> Durations:
    """Durations of mean 1 that end in one of two ways, censored for a third.

    With several cases a customer their rates share a gamma frailty of variance 1.
    """
    number = customers * each
    customer = np.repeat(np.arange(customers), each)
    rate = rng.gamma(1, 1, customers)[customer] if each > 1 else 1.0
    days, followed = rng.exponential(1, number) / rate, rng.uniform(0.3, 3, number)
    ended = np.where(days <= followed, rng.integers(1, 3, number), 0)
    return Durations(np.minimum(days, followed), ended, customer=customer if each > 1 else None)


def still_open(times: Floats, each: int) -> Floats:
    return 1 / (1 + times) if each > 1 else np.exp(-times)


def holds(low: float | None, truth: float, high: float | None) -> bool:
    return (low is None or low <= truth) and (high is None or truth <= high)


def covered(customers: int, each: int, robust: bool, seed: int) -> dict[str, Floats]:
    """The share of runs in which each interval held its truth."""
    rng = np.random.default_rng(seed)
    truth = still_open(TIMES, each)
    median, mean = (1.0, np.log1p(TAU)) if each > 1 else (np.log(2), 1 - np.exp(-TAU))
    held: dict[str, list[Any]] = {"open": [], "ended": [], "difference": [], "median": [], "mean": []}
    for _ in range(RUNS):
        cases, others = made_cases(rng, customers, each), made_cases(rng, customers, each)
        if not robust:
            cases, others = (Durations(group.days, group.ended) for group in (cases, others))
        for name, found, right in (
            ("open", survival_at(cases, TIMES), truth),
            ("ended", incidence_at(cases, 1, TIMES), (1 - truth) / 2),
            ("difference", incidence_difference(cases, others, 1, TIMES), 0 * truth),
        ):
            held[name].append((found.low <= right) & (right <= found.high))
        half, area = quantiles(cases, [0.5])[0], restricted_mean(cases, TAU)
        held["median"].append(holds(half.low, float(median), half.high))
        held["mean"].append(holds(area.low, float(mean), area.high))
    return {name: np.mean(runs, axis=0) for name, runs in held.items()}


def test_intervals_of_independent_cases_cover() -> None:
    for share in covered(120, 1, robust=False, seed=101).values():
        assert np.all((share >= 0.93) & (share <= 0.97)), share


def test_robust_intervals_of_clustered_cases_cover() -> None:
    for share in covered(80, 4, robust=True, seed=102).values():
        assert np.all((share >= 0.93) & (share <= 0.97)), share


def test_plain_intervals_of_clustered_cases_do_not_cover() -> None:
    found = covered(80, 4, robust=False, seed=103)
    assert all(np.all(found[name] < 0.9) for name in ("open", "median", "mean"))
    assert np.all(found["ended"] < 0.93)


@pytest.mark.parametrize("late", [0.5, 0.9])
def test_intervals_with_late_entries_cover(late: float) -> None:
    rng = np.random.default_rng(104)
    held = []
    for _ in range(RUNS):
        days, followed = rng.exponential(1, 300), rng.uniform(0.3, 3, 300)
        entry = np.where(rng.random(300) < late, rng.uniform(0, 1.5, 300), 0)
        until, seen = np.minimum(days, followed), np.minimum(days, followed) > entry
        cases = Durations(until[seen], (days <= followed)[seen], None, entry[seen])
        found, truth = survival_at(cases, TIMES), np.exp(-TIMES)
        held.append((found.low <= truth) & (truth <= found.high))
    share = np.mean(held, axis=0)
    assert np.all((share >= 0.93) & (share <= 0.97)), share
