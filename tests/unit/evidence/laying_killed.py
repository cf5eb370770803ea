"""Lays a log again and again over an existing one, and is killed on the way: the helper of `test_laying`.

Run as a program with a folder and moments: 'after 0.05' is killed after so many seconds, 'before rename 1'
kills itself just before the first folder gets its name, 'after rename 1' just after. It prints what the
store holds each time.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from tests.reference.events import Event
from tests.spec.embedded import lay_events

from outward.errors import BadInput
from outward.evidence import store
from outward.evidence.engines.embedded import connect
from outward.evidence.names import literal
from outward.evidence.tables import Settings

NAME = "made-log"


def made_events(cases: int) -> list[Event]:
    """Return the events of so many cases, three each."""
    began = datetime(2024, 1, 1)
    return [
        Event(3 * case + step + 1, str(case), "ABC"[step], began + timedelta(days=step), customer=f"Q{case % 7}")
        for case in range(cases)
        for step in range(3)
    ]


def state() -> str:
    """Return which whole log the store holds after its leftovers are cleared: the name of its source."""
    store._clear_leftovers()
    evidence = store.evidence_folder()
    left = sorted(path.name for path in evidence.iterdir() if path.name != ".lock")
    if left != [NAME]:
        return f"leftovers: {left}"
    try:
        manifest = store.find(NAME).manifest
        held = store.find(NAME).settings
    except BadInput as error:
        return f"damaged: {error}"
    connection = connect()
    (events,) = connection.execute(
        f"SELECT count(*) FROM read_parquet({literal(str(evidence / NAME / 'events-*.parquet'))})"
    ).fetchall()[0]
    whole = (events, manifest.cases) == (manifest.events, manifest.events // 3) and held == Settings()
    hidden = [path.name for path in (evidence / NAME).iterdir() if path.name.startswith((".", "rows", "enc"))]
    connection.close()
    return manifest.source if whole and not hidden else f"half a log: {events} events, {hidden}"


def die() -> None:
    """End this process as an operating system ends it that runs out of memory: at once."""
    os.kill(os.getpid(), signal.SIGKILL)


def lay_new(moment: str) -> None:
    """Lay the new log over what is there; kill this process at the moment said, if it is a rename."""
    target = store.evidence_folder() / NAME
    plain, seen = Path.rename, 0

    def rename(self: Path, to: Path) -> Path:
        nonlocal seen
        seen += 1
        if moment == f"before rename {seen}":
            die()
        renamed = plain(self, to)
        if moment == f"after rename {seen}":
            die()
        return renamed

    Path.rename = rename  # type: ignore[method-assign, assignment]
    lay_events(made_events(400), Settings(), target, events_a_batch=150, name="new.csv")


def child(moment: str) -> int:
    """Start a child that lays the new log and return its number."""
    number = os.fork()
    if number == 0:
        lay_new(moment)
        os._exit(0)
    return number


def trial(moment: str) -> str:
    """Lay the old log, have a child lay the new one over it, kill it at the moment, and return what is left."""
    lay_events(made_events(200), Settings(), store.evidence_folder() / NAME, name="old.csv")
    began = time.monotonic()
    number = child(moment)
    if moment.startswith("after 0."):
        time.sleep(float(moment.split()[1]))
        os.kill(number, signal.SIGKILL)
    os.waitpid(number, 0)
    return f"{state()} | {time.monotonic() - began:.3f}"


def main() -> None:
    """Print what is left after each moment; random ones lie within the time that one laying takes."""
    seed, how_many = int(sys.argv[1]), int(sys.argv[2])
    for moment in sys.argv[3:]:
        print(f"{moment}: {trial(moment)}")
    took = float(trial("never").split("|")[1])
    for seconds in np.random.default_rng(seed).uniform(0.0, 0.9 * min(took, 1.0), how_many):
        print(f"random: {trial(f'after {seconds:.4f}')}")


if __name__ == "__main__":
    main()
