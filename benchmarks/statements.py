"""Each statement on the laid log beside a bare scan of the columns it reads: `python -m benchmarks.statements`.

Statistical inference is timed apart from the statements that feed it, and the map by a change of group.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from outward.asking import ask, forget_answers
from outward.evidence.store import LaidLog, data_sets
from outward.evidence.view import View
from outward.evidence.where import Where
from outward.methods import flows, lengths
from outward.methods.survival import quantiles, survival_at

TIMES = 5


def seconds(work: Callable[[], Any], times: int = TIMES) -> float:
    """Return the median seconds of some runs."""
    found = []
    for _ in range(times):
        since = time.perf_counter()
        work()
        found.append(time.perf_counter() - since)
    return statistics.median(found)


def forgetting(view: View, work: Callable[[], Any]) -> Callable[[], Any]:
    """Return the work, done on a view that remembers nothing."""

    def afresh() -> None:
        view.found.clear()
        view.connection.execute("DROP TABLE IF EXISTS spans")
        work()

    return afresh


def scan(view: View, *columns: str, relation: str = "events") -> Callable[[], Any]:
    """Return a bare scan: the sum of each column."""
    sums = ", ".join(f"sum({column})" for column in columns)
    return lambda: view.rows(f"SELECT {sums} FROM {relation}")


def statements(log: LaidLog) -> dict[str, dict[str, float]]:
    """Return seconds and the ratio to a bare scan, by statement."""
    found = {}
    with View.open(log, Where()) as view:
        flow = ("activity", "next", "first_arc::INTEGER", "gap_us")
        cases = ("variant", "epoch_us(first)", "epoch_us(last)")
        pairs: dict[str, tuple[Callable[[], Any], Callable[[], Any]]] = {
            "paths: counts and means": (lambda: flows.paths(view, quantiles=False), scan(view, *flow)),
            "paths: and medians, 90th percentiles": (lambda: flows.paths(view), scan(view, *flow)),
            "steps": (lambda: flows.steps(view), scan(view, "activity", "first_visit::INTEGER")),
            "routes counted": (lambda: flows.count_routes(view), scan(view, "variant", relation="all_cases")),
            "routes with medians": (lambda: flows.routes(view, 200), scan(view, *cases, relation="all_cases")),
            "waits after steps": (
                lambda: lengths.waits_after(view, list(range(25))),
                scan(view, "activity", "next", "gap_us"),
            ),
            "repeats": (
                lambda: flows.repeats(view),
                scan(view, "case_no", "activity", "next", "first_visit::INTEGER", "since_first_us"),
            ),
            "how long cases take": (
                lambda: lengths.case_durations(view),
                scan(view, "epoch_us(first)", "epoch_us(last)", "last_activity", relation="all_cases"),
            ),
        }
        view.rows("SELECT sum(gap_us) FROM events")
        flows.count_routes(view)
        for name, (work, bare) in pairs.items():
            took, floor = seconds(forgetting(view, work)), seconds(bare)
            found[name] = {"seconds": took, "scan": floor, "ratio": took / floor}
        durations = lengths.case_durations(view)
        found["inference: quartiles and curve"] = {
            "seconds": seconds(lambda: [(quantiles(one), survival_at(one, [7.0, 28.0])) for one in durations])
        }
    return found


def group_change(log: LaidLog) -> float:
    """Return the median seconds of 20 uncached changes of group on the map."""
    values = log.values("channel")
    found = []
    for turn in range(20):
        forget_answers(log.id)
        since = time.perf_counter()
        ask("U3.1", log, where=f"channel={values[turn % len(values)]}")
        found.append(time.perf_counter() - since)
    return statistics.median(found)


if __name__ == "__main__":
    (only,) = data_sets()
    report = {"statements": statements(only), "group change": group_change(only)}
    Path(sys.argv[1]).write_text(json.dumps(report))
