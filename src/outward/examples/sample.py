"""A small made-up case log to try Outward with: seeded, so that it is the same file every time."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import datetime, timedelta
from functools import cache

import numpy as np

CASES = 600
FIRST = datetime(2024, 1, 8, 9)
HEADER = ("permit_no", "step", "done_at", "customer_no", "channel", "area")
STEPS = ("Apply", "Check papers", "Ask for papers", "Papers received", "Decide", "Grant", "Refuse", "Withdraw")


@cache
def sample_csv() -> bytes:
    """Return the sample as the bytes of a CSV file: 600 made-up applications for a permit.

    >>> sample_csv().splitlines()[0].decode()
    'permit_no,step,done_at,customer_no,channel,area'
    """
    rng = np.random.default_rng(2001)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    for number in range(CASES):
        channel = str(rng.choice(["Online", "Phone", "Post"], p=[0.5, 0.2, 0.3]))
        area = str(rng.choice(["North", "South", "West"]))
        customer = f"C{int(rng.integers(0, 520)):04d}"
        time = FIRST + timedelta(days=number * 0.9, minutes=int(rng.integers(0, 480)))
        for step in _journey(rng, channel):
            writer.writerow([f"P{number:04d}", step, f"{time:%d/%m/%Y %H:%M}", customer, channel, area])
            time += timedelta(days=float(rng.exponential(12 if step == "Ask for papers" else 5)) + 0.1)
    return out.getvalue().encode()


@cache
def sample_fingerprint() -> str:
    """Return the SHA-256 of the sample, by which a file is known to be it."""
    return hashlib.sha256(sample_csv()).hexdigest()


def _journey(rng: np.random.Generator, channel: str) -> list[str]:
    rounds = int(rng.choice([0, 1, 2], p=[0.3, 0.5, 0.2] if channel == "Post" else [0.7, 0.25, 0.05]))
    first, check, ask, received, decide, *last = STEPS
    ends = [[decide, last[0]], [decide, last[1]], [last[2]], []]
    return [first, check, *[ask, received, check] * rounds, *ends[int(rng.choice(4, p=[0.62, 0.14, 0.09, 0.15]))]]
