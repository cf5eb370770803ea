"""Brings files in again and again, and kills the processes that do it at random moments: the helper of `test_kills`.

Run as a program with a seed and a number of kills. It prints one line for whatever it finds lost, half-written
or left over, and how many kills there were of which process. Everything is forked from one parent, so that a
thousand kills take minutes.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import django
import numpy as np

os.environ["DJANGO_SETTINGS_MODULE"] = "outward.web.settings"

from django.test import Client, override_settings

from outward.errors import BadInput
from outward.evidence import store
from outward.evidence.engines.embedded import connect
from outward.evidence.inspection import plain
from outward.evidence.names import literal
from outward.own_folder import home
from outward.web import bringing, entry, jobs, uploads, worker
from tests.made_case_logs import case, write

CASES = 300
PATIENCE_SECONDS = 60.0
NAME = "claims.csv"
STEPS = ("Apply", "Check", "Decide")


def made_file(folder: Path) -> bytes:
    """Return the file that is brought in each time."""
    log = [
        case(str(n), ", ".join(f"{step} {n / 9 + place}" for place, step in enumerate(STEPS)), area="NS"[n % 2])
        for n in range(CASES)
    ]
    return write(folder / "made.csv", log).read_bytes()


class Trials:
    """Trials one after the other, with what was found."""

    def __init__(self, seed: int, content: bytes) -> None:
        self.rng = np.random.default_rng(seed)
        self.content = content
        self.kills: Counter[str] = Counter()
        self.ends: Counter[str] = Counter()
        self.found: list[str] = []
        self.usual = {"web": 0.5, "read": 1.0, "lay": 1.0, "last": 1.0}
        """Seconds that each takes without a kill; learned on the way."""

    def fork(self, what: str, do: Callable[[], None], is_over: Callable[[], bool], kill: bool) -> None:
        """Run something in a child; kill it at a random moment, or when what it was to do is over."""
        began = time.monotonic()
        until = self.rng.uniform(0, 1.2 * self.usual[what]) if kill else PATIENCE_SECONDS
        child = os.fork()
        if child == 0:
            do()
            os._exit(0)
        is_ended = False
        while time.monotonic() - began < until and not is_over():
            if os.waitpid(child, os.WNOHANG)[0]:
                is_ended = True
                break
            time.sleep(0.002)
        took = time.monotonic() - began
        if not kill:
            self.usual[what] = 0.7 * self.usual[what] + 0.3 * took
            if took >= PATIENCE_SECONDS:
                self.found.append(f"{what} never ends")
        if not is_ended:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            if kill:
                self.kills[what] += 1

    def send(self, kill: bool, **more: str) -> str:
        """Send the file as a browser does, and return the id of its job; '' where none was taken up."""
        before = {job.id for job in jobs.every()}

        def post() -> None:
            key, kept = entry.new_key()
            uploads.IntoPrivateFolder.chunk_size = 1 << 12
            with override_settings(ENTRY_DIGEST=kept):
                client = Client(headers={"host": "127.0.0.1"})
                client.get(f"/enter/{key}")
                file = io.BytesIO(self.content)
                file.name = NAME
                client.post("/bring-in", {**more, "file": file})

        self.fork("web", post, lambda: False, kill)
        new = [job for job in jobs.every() if job.id not in before]
        taken = [job.id for job in new if job.state == "waiting"]
        if taken and uploads.files_of(jobs.find(taken[0]))[0].read_bytes() != self.content:
            self.found.append("a file was taken up that is not whole")
        return taken[0] if taken else ""

    def work(self, id: str, kind: str, kills: int) -> None:
        """Have workers do what a job waits for, killing so many of them first."""
        parent = os.getpid()

        def is_over() -> bool:
            job = jobs.find(id)
            return job.state not in ("waiting", "running") or job.kind != kind

        for number in range(kills + 1):
            self.fork(kind, lambda: worker.main(parent), is_over, kill=number < kills)
            self.look(f"after a kill at {kind}")
            if is_over():
                return

    def look(self, when: str) -> None:
        """Look whether each data set that can be seen is whole."""
        for log in store.data_sets():
            try:
                manifest, settings = log.manifest, log.settings
            except BadInput:
                self.found.append(f"{when}: a data set is damaged")
                continue
            with connect() as engine:
                files = literal(str(log.folder / "events-*.parquet"))
                (events,) = engine.execute(f"SELECT count(*) FROM read_parquet({files})").fetchall()[0]
            whole = (events, manifest.events, manifest.cases) == (len(STEPS) * CASES, len(STEPS) * CASES, CASES)
            if not whole or not settings.roles:
                self.found.append(f"{when}: a data set is half-written")

    def trial(self, deadly: bool = True) -> None:
        """Bring the file in once, with kills on the way if it is deadly, and look at what there is at the end."""
        correct = [log.id for log in store.data_sets()] if self.rng.random() < 0.5 else []
        id = self.send(deadly and self.rng.random() < 0.5, **({"correct": correct[0]} if correct else {}))
        if not id:
            self.ends["not taken up"] += 1
        else:
            self.work(id, "read", deadly * int(self.rng.integers(0, 3)))
            name = f"Trial {self.kills.total()}"
            if jobs.find(id).state == "ready":
                seen = bringing.seen(jobs.find(id))
                settings = replace(seen.settings, name=name, confirmed=("roles",))
                about = {**jobs.find(id).about, "settings": plain(settings)}
                jobs.move(id, ("ready",), "waiting", kind="lay", about=about, tries=0)
                self.work(id, "lay", deadly * int(self.rng.integers(0, 4)))
            job = jobs.find(id)
            self.ends[job.state] += 1
            names = [log.name for log in store.data_sets()]
            if job.state == "done" and names != [name]:
                self.found.append(f"a file was laid and is lost: {names}")
            if job.state not in ("done", "failed"):
                self.found.append(f"a job is stuck as {job.state}")
        self.recover()

    def recover(self) -> None:
        """Start a last worker, leave it alone, and look whether anything is left over."""
        uploads.BEGINNING_SECONDS = 0
        parent = os.getpid()
        self.fork("last", lambda: worker.main(parent), lambda: not self.left_over(), kill=False)
        self.found += self.left_over()
        self.look("at the end")
        for job in jobs.every():
            jobs.drop(job.id)

    def left_over(self) -> list[str]:
        """Return whatever lies about that nobody needs."""
        evidence = [place.name for place in store.evidence_folder().iterdir() if place.name.startswith(".")]
        left = [f"left over in evidence: {name}" for name in evidence if name != ".lock"]
        left += [f"left over in uploads: {one.name}" for one in uploads.folder().iterdir() if one.is_dir()]
        open_ = [job.state for job in jobs.every() if job.state in jobs.OPEN]
        return left + [f"a job is left as {state}" for state in open_]


def main() -> None:
    """Print what was found in so many kills."""
    seed, wanted = int(sys.argv[1]), int(sys.argv[2])
    django.setup()
    trials = Trials(seed, made_file(home().parent))
    import_module("outward.web.urls")  # before the forks, so that each is quick
    trials.trial(deadly=False)
    while trials.kills.total() < wanted and not trials.found:
        trials.trial()
    for one in trials.found:
        print(f"found: {one}")
    print(f"kills: {trials.kills.total()} {dict(trials.kills)}; ends: {dict(trials.ends)}")


if __name__ == "__main__":
    main()
