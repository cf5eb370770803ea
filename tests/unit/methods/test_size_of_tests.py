"""Do tests at 5% cry wolf 5 times in a hundred, and see what is there? On made-up cases."""

from __future__ import annotations

import numpy as np

from outward.methods.compare_curves import log_rank
from outward.methods.durations import Durations
from outward.methods.gaps import ending_gap
from outward.methods.gray import gray

RUNS = 1000
ERROR = 3 * np.sqrt(0.05 * 0.95 / RUNS)


def made_groups(rng: np.random.Generator, customers: int, each: int, groups: int) -> list[Durations]:
    """Groups that are alike; with several cases a customer their rates share a gamma frailty."""
    number = customers * each
    customer = np.repeat(np.arange(customers), each)
    rate = rng.gamma(1, 1, customers)[customer] if each > 1 else 1.0
    days, followed = rng.exponential(1, number) / rate, rng.uniform(0.2, 3, number)
    ended = np.where(days <= followed, rng.integers(1, 3, number), 0)
    cases = Durations(np.minimum(days, followed), ended, customer=customer)
    return [cases.take(customer % groups == group) for group in range(groups)]


def found_by_chance(customers: int, each: int, groups: int, robust: bool, seed: int) -> tuple[float, float]:
    """How often each test finds a difference at 5%: log-rank, Gray."""
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(RUNS):
        made = made_groups(rng, customers, each, groups)
        if not robust:
            made = [Durations(group.days, group.ended) for group in made]
        found.append([log_rank(made).p_value < 0.05, gray(made, 1).p_value < 0.05])
    share = np.mean(found, axis=0)
    return float(share[0]), float(share[1])


def test_plain_tests_of_independent_cases_keep_their_size() -> None:
    for share in found_by_chance(150, 1, 3, robust=False, seed=201):
        assert abs(share - 0.05) < ERROR


def test_robust_tests_of_clustered_cases_keep_their_size() -> None:
    for share in found_by_chance(100, 4, 3, robust=True, seed=202):
        assert abs(share - 0.05) < ERROR


def test_robust_tests_with_few_customers_keep_their_size() -> None:
    for share in found_by_chance(40, 3, 2, robust=True, seed=203):
        assert abs(share - 0.05) < ERROR


def test_plain_tests_of_clustered_cases_cry_wolf() -> None:
    of_speed, of_ending = found_by_chance(100, 4, 3, robust=False, seed=204)
    assert of_speed > 0.15
    assert of_ending > 0.05 + ERROR


def test_robust_tests_of_customers_with_cases_in_every_group_keep_their_size() -> None:
    rng = np.random.default_rng(205)
    found = []
    for _ in range(RUNS):
        (cases,) = made_groups(rng, 80, 4, 1)
        group = rng.integers(0, 2, len(cases.days))
        both = [cases.take(group == which) for which in (0, 1)]
        found.append([log_rank(both).p_value < 0.05, gray(both, 1).p_value < 0.05])
    assert np.all(np.abs(np.mean(found, axis=0) - 0.05) < ERROR)


def test_a_planted_difference_is_seen() -> None:
    rng = np.random.default_rng(206)
    seen = []
    for _ in range(100):
        slow, fast = made_groups(rng, 200, 2, 2)
        fast = Durations(fast.days / 2.5, np.where(fast.ended == 2, 1, fast.ended), customer=fast.customer)
        seen.append([log_rank([slow, fast]).p_value < 0.05, gray([slow, fast], 1).p_value < 0.05])
    assert np.all(np.mean(seen, axis=0) > 0.9)


def test_of_cases_seen_late_the_difference_at_a_time_keeps_its_size() -> None:
    """Gray's test cannot use them; a third of the cases came under observation after they began."""
    rng = np.random.default_rng(208)
    found = []
    for _ in range(RUNS):
        days, followed, ended = rng.exponential(1, 600), rng.uniform(0.2, 3, 600), rng.integers(1, 3, 600)
        exits = np.minimum(days, followed)
        entry = np.where(rng.random(600) < 1 / 3, rng.uniform(0, 0.5, 600), 0.0)
        seen = entry < exits
        cases = Durations(exits[seen], np.where(days <= followed, ended, 0)[seen], entry=entry[seen])
        side = rng.random(len(cases.days)) < 0.5
        gap = ending_gap(cases.take(side), cases.take(~side), 1, 1.0)
        found.append(gap is not None and gap.p_value < 0.05)
    assert abs(float(np.mean(found)) - 0.05) < ERROR
