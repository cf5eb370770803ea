"""Waits of a large log are counted by bins: quantiles of paths stay exact, of other waits within half a percent."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.made_case_logs import Case, laid

from outward.evidence.store import LaidLog, bring_in
from outward.evidence.view import View
from outward.evidence.where import Where
from outward.methods import flows, lengths
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


@pytest.mark.parametrize("whole_days", [False, True])
@pytest.mark.parametrize("by", ["", "area"])
def test_quantiles_of_paths_stay(by: str, whole_days: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(5)
    made = []
    for number in range(400):
        waits = rng.lognormal(1.0, 1.5, 3)
        days = np.concatenate([[0.0], np.cumsum(np.floor(waits) if whole_days else waits)])
        steps = tuple((str(step), float(day)) for step, day in zip(rng.permutation(list("ABCD")), days, strict=True))
        made.append(Case(str(number), steps, {"area": str(rng.choice(["North", "South"]))}))
    log = laid(tmp_path, made)
    with View.open(log, Where(), by) as view:
        exact = flows.paths(view)
    monkeypatch.setattr(flows, "SORTED_UP_TO", 0)
    with View.open(log, Where(), by) as view:
        binned = flows.paths(view)
    for name in ("grp", "activity", "next", "cases", "times", "people", "days", "mean_days"):
        assert exact[name].tolist() == binned[name].tolist()
    gaps: dict[tuple[int, int, int], list[int]] = {
        key: [] for key in zip(*(exact[name].tolist() for name in ("grp", "activity", "next")), strict=True)
    }
    with View.open(log, Where(), by) as view:
        query = f"SELECT grp, activity, next, gap_us FROM {view.flow()} WHERE next >= 0"
        for grp, here, after, gap in view.rows(query):
            gaps[grp, here, after].append(gap)
    for number, waited in enumerate(gaps.values()):
        for name, share in (("median_us", 0.5), ("p90_us", 0.9)):
            assert binned[name][number] == pytest.approx(np.quantile(waited, share), rel=1e-14)
            assert binned[name][number] == pytest.approx(exact[name][number], rel=1e-14)
            assert binned[name.replace("us", "days")][number] == binned[name][number] / 86400e6


@pytest.mark.parametrize("wait", ["gap_us", "coalesce(wait_us, gap_us)"])
def test_quantiles_stay_where_starts_make_waiting_shorter(
    wait: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(8)
    rows = ["case,activity,start,time"]
    for case in range(200):
        begun = np.datetime64("2024-01-01T00:00:00") + np.cumsum(rng.integers(3_600, 900_000, 2)).astype(
            "timedelta64[s]"
        )
        done = begun + rng.integers(60, 900_000, 2).astype("timedelta64[s]")
        rows += [f"{case},{step},{s},{e}" for step, s, e in zip("AB", begun, np.maximum.accumulate(done), strict=True)]
    path = tmp_path / "work.csv"
    path.write_text("\n".join(rows))
    log = bring_in(path)
    assert log.manifest.has_start
    with View.open(log, Where()) as view:
        exact = flows.paths(view, wait)
    monkeypatch.setattr(flows, "SORTED_UP_TO", 0)
    with View.open(log, Where()) as view:
        binned = flows.paths(view, wait)
        truth = [gap for (gap,) in view.rows(f"SELECT {wait} FROM events WHERE activity = 0 AND next = 1")]
    assert exact["times"].tolist() == binned["times"].tolist()
    at = int(np.flatnonzero((binned["activity"] == 0) & (binned["next"] == 1))[0])
    for name, share in (("median_us", 0.5), ("p90_us", 0.9)):
        assert binned[name][at] == pytest.approx(np.quantile(truth, share), rel=1e-14)
