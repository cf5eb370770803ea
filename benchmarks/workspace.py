"""How long a workspace of made records takes to load and to change, in a folder and in a database.

Run as a program with the number of records: `python -m benchmarks.workspace 5000`. Medians of five.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from outward.workspace import database_home, folder_home
from outward.workspace.beginning import make_database, make_folder
from outward.workspace.homes import Change, Home

RUNS = 5
WORDS = "Letters and pages say plainly what is decided, why, and what can be done about it. " * 3


def made_changes(number: int) -> list[Change]:
    """Return so many new records: groups, needs, measures and findings that refer to each other."""
    made = []
    for at in range(number // 4):
        group, need, measure = f"group-{at}", f"need-{at}", f"measure-{at}"
        made += [
            Change("group", group, None, {"title": f"Group {at}", "about": WORDS, "size": at, "size_on": "2026-03-31"}),
            Change("need", need, None, {"title": f"Need {at}", "about": WORDS, "groups": [group]}),
            Change("measure", measure, None, {"title": f"Measure {at}", "counts": WORDS, "needs": [need]}),
            Change("finding", f"finding-{at}", None, {"title": f"Finding {at}", "about": WORDS, "needs": [need]}),
        ]
    return made


def seconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes, the median of five."""
    taken = []
    for _ in range(RUNS):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return median(taken)


def measure(home: Home, number: int) -> None:
    """Print what loading and changing take."""

    def afresh() -> None:
        folder_home._seen.clear()
        database_home._seen.clear()
        home.load()

    def one_change() -> None:
        before = home.load().values("need", "need-7")
        assert before
        home.change([Change("need", "need-7", before, {**before, "title": before["title"] + "."})], "benchmark")

    start = perf_counter()
    home.change(made_changes(number), "benchmark")
    print(f"{home.where}: {number:,} records written in {perf_counter() - start:.2f} s", end="")
    print(f"; loaded afresh in {seconds(afresh):.2f} s; one change in {seconds(one_change):.2f} s", end="")
    print(f"; loaded again in {seconds(home.load):.4f} s")


def main(number: int) -> None:
    """Measure both stores in a folder of their own."""
    with tempfile.TemporaryDirectory() as room:
        os.environ["OUTWARD_HOME"] = str(Path(room) / "home")
        measure(make_folder(Path(room) / "folder"), number)
        measure(make_database(str(Path(room) / "database.sqlite")), number)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
