"""Do intervals of shares cover? Exactly, from the binomial; for clustered shares on made-up cases."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from outward.methods.durations import Floats
from outward.methods.proportions import (
    clopper_pearson,
    clustered_difference,
    clustered_share,
    clustered_share_p,
    share_difference,
    two_share_p,
    wilson,
)

SHARES = np.linspace(0.05, 0.95, 91)


def exact_coverage(limits: tuple[Floats, Floats], cases: int) -> Floats:
    """How often the interval holds each true share: the sum of the chances of the counts where it does."""
    chances = stats.binom.pmf(np.arange(cases + 1)[:, None], cases, SHARES)
    held = (limits[0][:, None] <= SHARES) & (limits[1][:, None] >= SHARES)
    return np.asarray((chances * held).sum(axis=0), np.float64)


@pytest.mark.parametrize("cases", [20, 50, 200])
def test_wilson_covers_on_average_and_the_exact_interval_always(cases: int) -> None:
    counts = np.arange(cases + 1)
    assert 0.94 <= exact_coverage(wilson(counts, cases), cases).mean() <= 0.96
    assert exact_coverage(wilson(counts, cases), cases).min() > 0.91
    assert exact_coverage(clopper_pearson(counts, cases), cases).min() >= 0.95


@pytest.mark.parametrize(("one", "other"), [(30, 40), (60, 25), (100, 100)])
def test_newcombes_interval_covers_on_average(one: int, other: int) -> None:
    hits, other_hits = np.meshgrid(np.arange(one + 1), np.arange(other + 1), indexing="ij")
    _, low, high = share_difference(hits, one, other_hits, other)
    found = []
    for first in SHARES[::10]:
        for second in SHARES[::10]:
            held = (low <= first - second) & (first - second <= high)
            chance = np.outer(
                stats.binom.pmf(np.arange(one + 1), one, first),
                stats.binom.pmf(np.arange(other + 1), other, second),
            )
            found.append(float((chance * held).sum()))
    assert 0.94 <= np.mean(found) <= 0.97
    assert min(found) > 0.92


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5])
def test_the_test_of_two_shares_keeps_its_size(share: float) -> None:
    hits, other_hits = np.meshgrid(np.arange(41), np.arange(61), indexing="ij")
    found = two_share_p(hits, 40, other_hits, 60) < 0.05
    one, other = (stats.binom.pmf(np.arange(many + 1), many, share) for many in (40, 60))
    assert 0.035 < float((np.outer(one, other) * found).sum()) < 0.06


def test_clustered_shares_cover_where_plain_ones_do_not() -> None:
    rng = np.random.default_rng(301)
    robust, plain, apart = [], [], []
    for _ in range(1000):
        both = []
        for _group in range(2):
            customer = np.repeat(np.arange(50), rng.integers(1, 8, 50))
            hits = (rng.random(len(customer)) < rng.beta(0.6, 1.4, 50)[customer]).astype(int)
            both.append(clustered_share(hits, np.ones(len(hits)), customer))
        low, high = wilson(hits.sum(), len(hits))
        robust.append(both[1].low <= 0.3 <= both[1].high)
        plain.append(low <= 0.3 <= high)
        difference = clustered_difference(both[0], both[1])
        apart.append(difference.low <= 0 <= difference.high)
    assert 0.93 <= np.mean(robust) <= 0.97
    assert 0.93 <= np.mean(apart) <= 0.97
    assert np.mean(plain) < 0.85


@pytest.mark.parametrize(("customers", "others"), [(60, 40), (200, 8)])
def test_the_test_of_clustered_shares_does_not_cry_wolf(customers: int, others: int) -> None:
    rng = np.random.default_rng(302)
    found = []
    for _ in range(1000):
        groups = []
        for many, first in ((customers, 0), (others, 1000)):
            customer = np.repeat(np.arange(many), rng.integers(1, 6, many))
            hits = (rng.random(len(customer)) < rng.beta(0.6, 1.4, many)[customer]).astype(int)
            groups.append((hits, np.ones(len(hits)), customer + first))
        found.append(clustered_share_p(groups[0], groups[1]) < 0.05)
    assert np.mean(found) < 0.05 + 3 * np.sqrt(0.05 * 0.95 / 1000)
