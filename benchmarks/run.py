"""`make bench`: Outward beside pm4py and hand-written Polars on one made log, in alternating runs.

Every piece of work runs in a process of its own; what is printed are medians, ratios and peak memory.
The log has 36 activities, heavy-tailed routes, 12.7 events a case, rows in global time order.
`OUTWARD_BENCH_CASES` sets its size (a million cases), `OUTWARD_BENCH_RUNS` the runs of each (3).
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

CASES = int(os.environ.get("OUTWARD_BENCH_CASES", "1000000"))
RUNS = int(os.environ.get("OUTWARD_BENCH_RUNS", "3"))
XES_CASES = min(CASES, 30_000)


def once(name: str, log: Path, room: Path) -> dict[str, Any]:
    """Run one piece of work in a process and a scratch folder of its own and return what it printed."""
    scratch = room / "scratch"
    shutil.rmtree(scratch, ignore_errors=True)
    ended = subprocess.run(
        [sys.executable, "-m", "benchmarks.work", name, str(log), str(scratch)],
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise SystemExit(f"{name} failed:\n{ended.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return found


def made(kind: str, path: Path, cases: int) -> int:
    """Make a log in a process of its own, whose memory no run inherits, and return its number of events."""
    command = [sys.executable, "-m", "benchmarks.made_log", kind, str(path), str(cases)]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def parts(run: dict[str, Any]) -> dict[str, float]:
    """Return seconds by part: read, all, by group, filtered, total."""
    found = {"read": 0.0, "all": 0.0, "by group": 0.0, "filtered": 0.0}
    for name, seconds in run["seconds"].items():
        part = next(part for part in found if name.startswith(part))
        found[part] += seconds
    return found | {"total": run["total"], "peak MB": run["peak_mb"]}


def alternate(names: list[str], log: Path, room: Path) -> dict[str, dict[str, float]]:
    """Run each in turn, RUNS times round, and return the median of every part."""
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for turn in range(RUNS):
        for name in names:
            print(f"  run {turn + 1} of {RUNS}: {name}", file=sys.stderr, flush=True)
            runs[name].append(parts(once(name, log, room)))
    return {
        name: {part: statistics.median(one[part] for one in each) for part in each[0]} for name, each in runs.items()
    }


def table(found: dict[str, dict[str, float]], ours: str) -> str:
    """Return medians and ratios to ours as aligned text."""
    columns = list(found[ours])
    lines = [f"{'':14}" + "".join(f"{column:>16}" for column in columns)]
    for name, row in found.items():
        cells = [
            f"{row[c]:.2f}" + ("" if name == ours else f" ({row[c] / found[ours][c]:.1f}x)" if found[ours][c] else "")
            for c in columns
        ]
        lines.append(f"{name:14}" + "".join(f"{cell:>16}" for cell in cells))
    return "\n".join(lines)


def main() -> None:
    """Make the logs, measure, print."""
    with tempfile.TemporaryDirectory() as place:
        room = Path(place)
        log, xes = room / "log.parquet", room / "log.xes"
        events = made("log", log, CASES)
        print(f"Made log: {events:,} events of {CASES:,} cases. Medians of {RUNS} alternating runs, seconds.")
        print(table(alternate(["outward", "polars", "pm4py"], log, room), "outward"), flush=True)
        shutil.rmtree(room / "scratch", ignore_errors=True)
        once("outward", log, room)
        report = room / "statements.json"
        environment = os.environ | {"OUTWARD_HOME": str(room / "scratch")}
        subprocess.run([sys.executable, "-m", "benchmarks.statements", str(report)], check=True, env=environment)
        measured = json.loads(report.read_text())
        print("\nStatements on the laid log, beside a bare scan of the columns they read")
        for name, row in measured["statements"].items():
            print(f"  {name:40}{row['seconds']:8.3f} s" + (f"{row['ratio']:8.2f} x the scan" if "ratio" in row else ""))
        print(f"  an uncached change of group on the map  {measured['group change']:8.3f} s (median of 20)")
        count = made("xes", xes, XES_CASES)
        print(f"\nXES: {count:,} events", flush=True)
        print(table(alternate(["outward_xes", "pm4py_xes"], xes, room), "outward_xes"))


if __name__ == "__main__":
    main()
