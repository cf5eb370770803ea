"""Edits one workspace at random from several threads, and prints what was accepted: the helper of `test_many_at_once`.

Run as a program with a home, a seed, a number of threads and of edits for each.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from outward.workspace.homes.home import Change, Home, MovedOn, open_home

GROUPS = ("a", "b", "c", "d", "e")
START = 10**6


def edits(home: Home, seed: int, number: int) -> Counter[str]:
    """Make so many accepted edits: add to one group, or move from one to another; return the sums by group."""
    chance = np.random.default_rng(seed)
    sums: Counter[str] = Counter()
    while sums["accepted"] < number:
        one, other = (GROUPS[at] for at in chance.choice(len(GROUPS), 2, replace=False))
        amount = int(chance.integers(1, 100))
        added = {one: amount, other: -amount} if chance.random() < 0.3 else {one: amount}
        found = home.load()
        changes = []
        for id, plus in added.items():
            before = found.values("group", id)
            assert before
            changes.append(Change("group", id, before, {**before, "size": before["size"] + plus}))
        try:
            home.change(changes, f"worker {seed}")
        except MovedOn as refused:
            sums["refused"] += 1
            sums["wrongly refused"] += refused.now in (None, refused.change.before)
            continue
        sums.update(added)
        sums["accepted"] += 1
        sums["records"] += len(added)
    return sums


def run(home: Home, seed: int, threads: int, number: int) -> Counter[str]:
    """Make the edits of several threads and return their sums."""
    with ThreadPoolExecutor(threads) as pool:
        parts = pool.map(lambda thread: edits(home, 1000 * seed + thread, number), range(threads))
        total: Counter[str] = Counter()
        for part in parts:
            total.update(part)
    return total


if __name__ == "__main__":
    place, *numbers = sys.argv[1:]
    print(json.dumps(run(open_home(Path(place)), *map(int, numbers))))
