"""Make the benchmark's event log: seeded, 36 activities, heavy-tailed routes, rows in global time order.

A case walks a fixed chain of 36 activities: nearly always to the usual next step, now and then
to another one, back to an earlier one, or to an end. Most cases so share a few dozen routes while
about a fifth of all cases have a route of their own.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np

ACTIVITIES = 36
MEAN_EVENTS = 12.6
ROWS_AT_ONCE = 8_000_000
CHANNELS = ("online", "phone", "post", "office")


def transition_table(rng: np.random.Generator) -> np.ndarray:
    """Cumulative probabilities of the next activity, one row an activity; the last column is the end."""
    table = np.zeros((ACTIVITIES, ACTIVITIES + 1))
    for here in range(ACTIVITIES):
        usual = here + 1 if here + 1 < ACTIVITIES else ACTIVITIES
        table[here, usual] += 0.845
        other = rng.choice(ACTIVITIES, size=3, replace=False)
        table[here, other] += np.array([0.045, 0.03, 0.015])
        table[here, ACTIVITIES] += 0.004 if here < 9 else 0.006
        table[here, min(here + 2, ACTIVITIES)] += 0.06
    for here in (11, 13, 15, 17, 20, 24, 28):
        table[here] *= 0.52
        table[here, ACTIVITIES] += 0.48
    return np.cumsum(table / table.sum(axis=1, keepdims=True), axis=1)


def walk(cases: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Case number, position in the case and activity of every event, case by case unordered."""
    cumulative = transition_table(rng)
    alive = np.arange(cases, dtype=np.int32)
    state = np.zeros(cases, dtype=np.int8)
    found: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    for position in range(200):
        if not len(alive):
            break
        found.append((alive, np.full(len(alive), position, np.int16), state))
        draw = rng.random(len(alive))
        following = (cumulative[state] < draw[:, None]).sum(axis=1).astype(np.int8)
        keep = following < ACTIVITIES
        alive, state = alive[keep], following[keep]
    cases_met, positions, activities = (np.concatenate(part) for part in zip(*found, strict=True))
    return cases_met, positions, activities


def make_log(path: Path, cases: int = 1_000_000, seed: int = 20011123) -> int:
    """Write the log to `path` as Parquet and return its number of events."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rng = np.random.default_rng(seed)
    case, position, activity = walk(cases, rng)
    order = np.lexsort((position, case))
    case, activity, first = case[order], activity[order], position[order] == 0
    gap = rng.lognormal(10.0, 1.6, len(case)).astype(np.int64)
    start = 1_640_995_200 + np.sort(rng.integers(0, 3 * 365 * 86_400, cases))
    elapsed = np.cumsum(np.where(first, 0, gap))
    opening = np.maximum.accumulate(np.where(first, np.arange(len(case)), 0))
    seconds = start[case] + elapsed - elapsed[opening]
    in_time = np.argsort(seconds, kind="stable")
    case, activity, seconds = case[in_time], activity[in_time], seconds[in_time]
    names = np.array([f"Activity {k:02d} of the service" for k in range(ACTIVITIES)])
    channel = rng.choice(len(CHANNELS), cases, p=[0.5, 0.25, 0.2, 0.05]).astype(np.int8)

    def rows(some: slice) -> pa.Table:
        def label(codes: np.ndarray, labels: Any) -> pa.Array:
            return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(np.array(labels))).cast(pa.string())

        return pa.table(
            {
                "case": pa.array(case[some]).cast(pa.string()),
                "activity": label(activity[some], names),
                "time": pa.array(seconds[some] * 1_000_000, pa.timestamp("us")),
                "channel": label(channel[case[some]], CHANNELS),
            }
        )

    with pq.ParquetWriter(path, rows(slice(0, 0)).schema) as out:
        for begin in range(0, len(case), ROWS_AT_ONCE):
            out.write_table(rows(slice(begin, begin + ROWS_AT_ONCE)))
    return len(case)


def write_xes(path: Path, cases: int, seed: int = 20011123) -> int:
    """Write a log of the same make as XES and return its number of events."""
    rng = np.random.default_rng(seed)
    case, position, activity = walk(cases, rng)
    order = np.lexsort((position, case))
    case, activity = case[order].tolist(), activity[order].tolist()
    before = -1
    with path.open("w", encoding="utf-8") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0">\n')
        for number, (here, step) in enumerate(zip(case, activity, strict=True)):
            if here != before:
                out.write("</trace>\n" if before >= 0 else "")
                out.write(f'<trace><string key="concept:name" value="{here}"/>')
                out.write(f'<string key="channel" value="{CHANNELS[here % 4]}"/>\n')
                before = here
            day, second = 1 + number % 28, number % 86_400
            stamp = f"2024-01-{day:02d}T{second // 3600:02d}:{second % 3600 // 60:02d}:{second % 60:02d}.000+00:00"
            out.write(
                f'<event><string key="concept:name" value="Activity {step:02d} of the service"/>'
                f'<string key="org:resource" value="worker {number % 40}"/>'
                f'<string key="lifecycle:transition" value="complete"/>'
                f'<date key="time:timestamp" value="{stamp}"/></event>\n'
            )
        out.write("</trace></log>\n")
    return len(case)


if __name__ == "__main__":
    make = {"log": make_log, "xes": write_xes}[sys.argv[1]]
    print(make(Path(sys.argv[2]), int(sys.argv[3])))
