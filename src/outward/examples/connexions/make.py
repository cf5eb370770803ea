"""Makes the evidence of the example `connexions`: one made-up case log with known truths in it.

    draw cases -> walk along the chain -> put on the calendar -> write down -> add dirt -> journeys.csv

The parameters stand in `chain.py`, the calendar in `days.py`, who writes what in `record.py`, the dirt in
`dirt.py` and the exact values of what is planted in `truths.py`. It uses numpy and nothing else of Outward,
so that Outward's own statistics can be held against it.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from outward.examples.connexions.dirt import soil
from outward.examples.connexions.record import Columns, all_events, columns
from outward.examples.connexions.truths import truths
from outward.examples.connexions.walk import draw_cases, walk

__all__ = ["CASES", "SEED", "journeys", "make", "truths"]

SEED = 20011123
CASES = 6000


def journeys(seed: int = SEED, size: float = 1.0) -> Columns:
    """Return the columns of the case log, each an array of texts with one entry a row.

    Args:
        seed: the same seed gives the same log.
        size: how large, 1.0 being 6,000 cases; at least 0.01.

    >>> log = journeys(size=0.01)
    >>> len(set(log["case"])), str(log["organisation"][0])
    (60, 'Schools')
    """
    rng = np.random.default_rng(seed)
    cases = draw_cases(rng, round(CASES * max(size, 0.01)))
    events = all_events(rng, cases, walk(rng, cases))
    return soil(rng, columns(rng, cases, events))


def make(folder: Path, seed: int = SEED, size: float = 1.0) -> list[Path]:
    """Return the paths of the files made: for now `journeys.csv` alone.

    Args:
        folder: where they are written; it is made if it is not there.
        seed: the same seed gives the same bytes.
        size: how large, 1.0 being 6,000 cases.
    """
    log = journeys(seed, size)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "journeys.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(log)
        writer.writerows(zip(*(values.tolist() for values in log.values()), strict=True))
    return [path]
