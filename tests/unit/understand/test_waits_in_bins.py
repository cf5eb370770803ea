"""Waits of a large log are counted by bins: what comes out lies within half a percent of the exact figures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.made_case_logs import Case, laid

from outward.evidence.store import LaidLog
from outward.evidence.view import View
from outward.evidence.where import Where
from outward.methods import lengths
from outward.methods.survival import quantiles

SHARES = [0.1, 0.25, 0.5, 0.75, 0.9]


def log_of(folder: Path, whole_days: bool) -> LaidLog:
    rng = np.random.default_rng(11)
    made = []
    for number in range(300):
        waits = rng.lognormal(1.5, 1.5, 3)
        days = np.concatenate([[0.0], np.cumsum(np.ceil(waits) if whole_days else waits)])
        steps = tuple((step, float(day)) for step, day in zip(("Apply", "Check", "Pay", "Close"), days, strict=True))
        made.append(Case(str(number), steps[: int(rng.integers(2, 5))]))
    return laid(folder, made)


@pytest.mark.parametrize("whole_days", [False, True])
def test_medians_and_totals_stay(whole_days: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = log_of(tmp_path, whole_days)
    with View.open(log, Where()) as view:
        exact = lengths.waits_after(view, [0, 1, 2, 3])
    monkeypatch.setattr(lengths, "EXACT_UP_TO", 0)
    with View.open(log, Where()) as view:
        binned = lengths.waits_after(view, [0, 1, 2, 3])
    compared = 0
    for place, durations in exact.items():
        ours, over = binned[place], durations.ended > 0
        assert ours.total == durations.total
        total = float((ours.days * ours.counts)[ours.ended > 0].sum())
        assert total == pytest.approx(float((durations.days * durations.counts)[over].sum()), rel=1e-9)
        for one, other in zip(quantiles(ours, SHARES), quantiles(durations, SHARES), strict=True):
            assert (one.days is None) == (other.days is None)
            if other.days is not None:
                compared += 1
                assert one.days == pytest.approx(other.days, rel=0.006)
    assert compared > 6
