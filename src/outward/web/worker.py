"""The one child process that does the long work: started by `serve`, watched by it, and safe to kill.

It holds a lock, takes up what a dead worker left, and then does one job after another. When it starts, and between
jobs, it removes what is kept no longer. It ends with the process that started it. To stop work that does not look
up, it ends itself: the next worker finds the job marked, and nothing half-made.
"""

from __future__ import annotations

import os
import sys
import time
import traceback
from threading import Event, Thread

from outward import locking
from outward.errors import Cancelled, OutwardError
from outward.evidence import store
from outward.web import bringing, drafts, jobs, uploads
from outward.web.lifeline import end_with
from outward.workspace.homes import forgetting

IDLE_SECONDS = 0.3
SWEEP_SECONDS = 5.0
BEAT_SECONDS = 0.25
GRACE_SECONDS = 0.5
"""How long work that was asked to stop may go on before its process ends: with a beat, under a second."""
TOLD_SECONDS = 0.1


class Told:
    """Progress written to the job's row; raises when a person asked to stop."""

    def __init__(self, id: str) -> None:
        self.id = id
        self.said_at = 0.0

    def advance(self, share: float, doing: str) -> None:
        """Write it down, at most ten times a second.

        Raises:
            Cancelled: a person asked to stop.
        """
        if time.monotonic() - self.said_at < TOLD_SECONDS:
            return
        self.said_at = time.monotonic()
        if jobs.tell(self.id, share, doing):
            raise Cancelled("Stopped.")


def run(job: jobs.Job) -> None:
    """Do one job, and write down how it ended."""
    over = Event()
    Thread(target=_beat, args=(job.id, over), daemon=True).start()
    try:
        bringing.work(job, Told(job.id))
    except Cancelled:
        jobs.move(job.id, ("running",), "stopped")
    except OutwardError as error:
        jobs.move(job.id, ("running",), "failed", said=str(error))
    except MemoryError:
        said = "This computer has too little memory for that file. Close other programs, or cut the file."
        jobs.move(job.id, ("running",), "failed", said=said)
    except Exception as error:  # noqa: BLE001 - said in the terminal without values; the worker goes on
        jobs.move(job.id, ("running",), "failed", said=_fault(error))
    finally:
        over.set()


def _fault(error: Exception) -> str:
    """Say in the terminal where it happened, without values, and return what to tell a person."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    print(f"Fault: {type(error).__name__} at {last.filename}:{last.lineno} in {last.name}", file=sys.stderr)
    return (
        "The file holds something that Outward cannot deal with: it is damaged, or this is a fault in Outward. "
        "The terminal says where it happened. Export the file again, or leave columns out of it."
    )


def _beat(id: str, over: Event) -> None:
    """Give signs of life until the job is over; end this process if it should stop and does not."""
    asked = 0.0
    while not over.wait(BEAT_SECONDS):
        if jobs.beat(id):
            asked = asked or time.monotonic()
            if time.monotonic() - asked > GRACE_SECONDS:
                os._exit(0)


def main(parent: int) -> None:
    """Do the jobs until the process that started this one ends."""
    Thread(target=end_with, args=(parent,), daemon=True).start()
    with locking.locked(uploads.folder() / ".worker"):
        jobs.recover()
        store.mend()
        forgetting.sweep()
        swept = 0.0
        while True:
            job = jobs.claim()
            if job:
                run(job)
            if time.monotonic() - swept > SWEEP_SECONDS:
                uploads.sweep()
                drafts.sweep()
                swept = time.monotonic()
            if not job:
                time.sleep(IDLE_SECONDS)


if __name__ == "__main__":
    main(int(sys.argv[1]))
