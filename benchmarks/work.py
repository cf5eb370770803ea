"""One measured piece of work, run in a process of its own: `python -m benchmarks.work NAME LOG [SCRATCH]`.

Prints one line of JSON: seconds of each part, and the process's peak memory in MB.

All three do the same for the log: read the Parquet file; steps and paths with counts of events and of
cases, median and 90th percentile of the days between (U3.1), exact routes with counts (U3.2), days from
first to last event with quartiles (U3.3), days waited by path (U3.4), cases and extra events by repeated
step (U3.5), first and last steps (U3.6); the same by `channel`; and the same for the cases that reach
'Activity 08 of the service' within 14 days of their first event, about half of them. Outward alone also
counts the people behind every figure, open cases, and intervals.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

REACHED = "Activity 08 of the service"
WITHIN_DAYS = 14


class Laps:
    """Seconds of each part, in order."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.since = time.perf_counter()

    def lap(self, name: str) -> None:
        """End a part."""
        now = time.perf_counter()
        self.seconds[name] = now - self.since
        self.since = now


def outward(log: Path, scratch: Path) -> dict[str, float]:
    """Lay the log and put every question: whole, by group, filtered; then again on the laid log."""
    import os

    os.environ["OUTWARD_HOME"], os.environ["OUTWARD_KEY"] = str(scratch), str(scratch / "key")
    from outward.catalogue import find
    from outward.evidence.store import bring_in
    from outward.evidence.tables import Settings
    from outward.evidence.view import View
    from outward.evidence.where import Where

    laps = Laps()
    endings = {"Activity 35 of the service": "done"}
    laid = bring_in(log, Settings(time_zone="UTC", endings=endings, confirmed=("time_zone", "endings")))
    laps.lap("read")
    where = Where.parse(f"within({REACHED}, {WITHIN_DAYS}d)")
    for name, meant, by in (("all", Where(), ""), ("by group", Where(), "channel"), ("filtered", where, "")):
        with View.open(laid, meant, by, smallest_group=10) as view:
            for question in ("U3.1", "U3.2", "U3.3", "U3.4", "U3.5", "U3.6"):
                find(question).answer(view)
                laps.lap(f"{name} {question}")
    return laps.seconds


def polars(log: Path, _scratch: Path) -> dict[str, float]:
    """The same by hand with Polars, as an analyst who knows it well would write it."""
    import polars as pl

    laps = Laps()
    frame = pl.read_parquet(log).sort("case", "time", maintain_order=True)
    laps.lap("read")

    def everything(events: pl.DataFrame, keys: list[str]) -> None:
        flow = events.with_columns(
            next=pl.col("activity").shift(-1).over("case"),
            gap=(pl.col("time").shift(-1).over("case") - pl.col("time")),
        )
        arcs = flow.filter(pl.col("next").is_not_null())
        arcs.group_by([*keys, "activity", "next"]).agg(
            pl.len(),
            cases=pl.col("case").n_unique(),
            median=pl.col("gap").median(),
            p90=pl.col("gap").quantile(0.9),
            mean=pl.col("gap").mean(),
            total=pl.col("gap").sum(),
        )
        flow.group_by([*keys, "activity"]).agg(pl.len(), pl.col("case").n_unique())
        cases = events.group_by([*keys, "case"], maintain_order=True).agg(
            route=pl.col("activity").str.join(" > "),
            first=pl.col("time").first(),
            last=pl.col("time").last(),
            starts=pl.col("activity").first(),
            ends=pl.col("activity").last(),
        )
        cases.group_by([*keys, "route"]).len().sort("len", descending=True)
        days = cases.with_columns(days=pl.col("last") - pl.col("first"))
        (days.group_by(keys) if keys else days.group_by(pl.lit(1))).agg(
            median=pl.col("days").median(), p25=pl.col("days").quantile(0.25), p75=pl.col("days").quantile(0.75)
        )
        cases.group_by([*keys, "starts"]).len()
        cases.group_by([*keys, "ends"]).len()
        again = events.group_by([*keys, "case", "activity"]).agg(
            n=pl.len(), span=pl.col("time").max() - pl.col("time").min()
        )
        again.filter(pl.col("n") > 1).group_by([*keys, "activity"]).agg(
            pl.len(), extra=(pl.col("n") - 1).sum(), days=pl.col("span").sum()
        )

    everything(frame, [])
    laps.lap("all")
    everything(frame, ["channel"])
    laps.lap("by group")
    began = pl.col("time").first().over("case")
    reached = frame.filter((pl.col("activity") == REACHED) & (pl.col("time") <= began + pl.duration(days=WITHIN_DAYS)))
    everything(frame.join(reached.select("case").unique(), on="case", how="semi", maintain_order="left"), [])
    laps.lap("filtered")
    return laps.seconds


def pm4py(log: Path, _scratch: Path) -> dict[str, float]:
    """The same with pm4py on pandas, through its own functions where it has them."""
    import pandas as pd
    import pm4py as pm
    from pm4py.algo.discovery.dfg.adapters.pandas.df_statistics import get_dfg_graph
    from pm4py.statistics.rework.pandas import get as rework

    laps = Laps()
    frame = pm.format_dataframe(pd.read_parquet(log), case_id="case", activity_key="activity", timestamp_key="time")
    laps.lap("read")

    def everything(events: Any) -> None:
        frequency, performance = get_dfg_graph(events, measure="both", perf_aggregation_key="median")
        get_dfg_graph(events, measure="frequency", keep_once_per_case=True)
        assert frequency
        assert performance
        pm.get_variants(events)
        pm.get_all_case_durations(events)
        rework.apply(events)
        pm.get_start_activities(events)
        pm.get_end_activities(events)

    everything(frame)
    laps.lap("all")
    for channel in frame["channel"].unique():
        everything(frame[frame["channel"] == channel])
    laps.lap("by group")
    began = frame.groupby("case:concept:name")["time:timestamp"].transform("first")
    soon = frame["time:timestamp"] <= began + pd.Timedelta(days=WITHIN_DAYS)
    reached = frame.loc[(frame["concept:name"] == REACHED) & soon, "case:concept:name"].unique()
    everything(frame[frame["case:concept:name"].isin(reached)])
    laps.lap("filtered")
    return laps.seconds


def outward_xes(log: Path, scratch: Path) -> dict[str, float]:
    """Read an XES file into a laid log."""
    import os

    os.environ["OUTWARD_HOME"], os.environ["OUTWARD_KEY"] = str(scratch), str(scratch / "key")
    from outward.evidence.store import bring_in

    laps = Laps()
    bring_in(log)
    laps.lap("read")
    return laps.seconds


def pm4py_xes(log: Path, _scratch: Path) -> dict[str, float]:
    """Read an XES file with pm4py's default reader."""
    import pm4py as pm

    laps = Laps()
    pm.read_xes(str(log))
    laps.lap("read")
    return laps.seconds


WORK: dict[str, Callable[[Path, Path], dict[str, float]]] = {
    "outward": outward,
    "polars": polars,
    "pm4py": pm4py,
    "outward_xes": outward_xes,
    "pm4py_xes": pm4py_xes,
}

if __name__ == "__main__":
    import warnings

    warnings.simplefilter("ignore")
    seconds = WORK[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "total": sum(seconds.values()), "peak_mb": peak}))
