"""`make scale`: laying and asking at growing sizes, with memory and disk: is the cost linear, and bounded?

`OUTWARD_SCALE_CASES` sets the sizes (a million cases, then eight million: 101 million events). Every piece
of work runs in a process of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.run import made, once

SIZES = [int(size) for size in os.environ.get("OUTWARD_SCALE_CASES", "1000000,8000000").split(",")]


def megabytes(folder: Path) -> float:
    """Return the size of all files under a folder; one that goes away meanwhile counts nothing."""
    total = 0
    for file in folder.rglob("*"):
        try:
            total += file.stat().st_size
        except FileNotFoundError:
            continue
    return total / 1e6


class Watched:
    """The most that a folder held while some work ran."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.most, self.over = folder, 0.0, threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()

    def _watch(self) -> None:
        while not self.over.wait(0.2):
            self.most = max(self.most, megabytes(self.folder))

    def end(self) -> float:
        """Stop watching and return the most, in MB."""
        self.over.set()
        self.thread.join()
        return self.most


def main() -> None:
    """Make, lay, ask and measure at every size."""
    for cases in SIZES:
        with tempfile.TemporaryDirectory() as place:
            room = Path(place)
            log, scratch = room / "log.parquet", room / "scratch"
            events = made("log", log, cases)
            watched = Watched(scratch)
            begun = time.perf_counter()
            run = once("outward", log, room)
            most = watched.end()
            print(f"{events:,} events of {cases:,} cases ({log.stat().st_size / 1e6:,.0f} MB as Parquet)")
            print(f"  whole process {time.perf_counter() - begun:9.1f} s, peak memory {run['peak_mb']:,.0f} MB")
            read = run["seconds"]["read"]
            print(f"  laid          {read:9.1f} s, {read / events * 1e6:.2f} us an event")
            print(f"  disk          {megabytes(scratch):9,.0f} MB laid, {most:,.0f} MB at most while at work")
            for part in ("all", "by group", "filtered"):
                spent = sum(seconds for name, seconds in run["seconds"].items() if name.startswith(part))
                print(f"  {part:12}{spent:11.1f} s")
            report = room / "statements.json"
            environment = os.environ | {"OUTWARD_HOME": str(scratch), "OUTWARD_KEY": str(scratch / "key")}
            command = [sys.executable, "-m", "benchmarks.statements", str(report)]
            subprocess.run(command, check=True, env=environment)
            measured = json.loads(report.read_text())
            for name, row in measured["statements"].items():
                ratio = f"{row['ratio']:8.2f} x the scan" if "ratio" in row else ""
                print(f"  {name:40}{row['seconds']:8.3f} s{ratio}")
            print(f"  an uncached change of group on the map  {measured['group change']:8.3f} s", flush=True)


if __name__ == "__main__":
    main()
