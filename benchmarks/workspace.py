"""How long a workspace of made records takes: to read, check and change, each question, each page.

Run as a program with the number of records: `python -m benchmarks.workspace 5000`. Times are of a processor, the
median of three; pages are answered without a browser or a network.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import process_time

from benchmarks.made_workspace import write
from outward import asking
from outward.catalogue import asked_of
from outward.checks import checking
from outward.checks.checking import check
from outward.web.ahead import work_out
from outward.workspace.exchange import bring_in_new, incoming_from
from outward.workspace.homes import database as database_home
from outward.workspace.homes import folder as folder_home
from outward.workspace.homes.folder import FolderHome
from outward.workspace.homes.home import DATABASE, Change, Home, find_home

RUNS = 3
PAGES = (
    *("", "/records", "/records/need", "/records/need?q=n77", "/records/need/n7", "/records/need/n7/edit"),
    *("/records/need/n7/history", "/ask", "/checks"),
)


def seconds(work: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
    """Return how long a piece of work takes, the median of a few runs; what comes before each is not counted."""
    taken = []
    for _ in range(RUNS):
        before()
        start = process_time()
        work()
        taken.append(process_time() - start)
    return median(taken)


def forget() -> None:
    """Forget what was read and answered."""
    folder_home._seen.clear()
    database_home._seen.clear()
    unanswered()


def unanswered() -> None:
    """Forget what was answered and checked."""
    asking._released.clear()
    checking._checked.cache_clear()


def of_home(home: Home) -> Iterator[str]:
    """Yield what reading, checking and changing take."""

    def one_change() -> None:
        before = home.load().values("need", "n7")
        assert before
        home.change([Change("need", "n7", before, {**before, "title": str(before["title"]) + "."})], "benchmark")

    yield f"{home.where}: read afresh {seconds(home.load, forget):.2f}, read again {seconds(home.load):.4f}"
    checked = seconds(lambda: check(home.load()), checking._checked.cache_clear)
    yield f"  checked {checked:.2f}, one change {seconds(one_change):.2f}"


def of_questions(home: Home) -> Iterator[str]:
    """Yield what each question takes, asked afresh."""
    workspace = home.load()
    for id in asked_of("workspace"):
        yield f"  {id} {seconds(lambda id=id: asking.ask(id, workspace), asking._released.clear):.2f}"  # type: ignore[misc]
    yield f"  all of them and the checks, worked out ahead {seconds(lambda: work_out(workspace), unanswered):.2f}"


def of_pages(home: Home) -> Iterator[str]:
    """Yield what each page takes: the first time, and again where nothing was changed."""
    import django
    from django.test import Client, override_settings

    os.environ["DJANGO_SETTINGS_MODULE"] = "outward.web.settings"
    django.setup()
    from outward.web import entry

    key, kept = entry.new_key()
    with override_settings(ENTRY_DIGEST=kept):
        client = Client(headers={"host": "127.0.0.1"})
        client.get(f"/enter/{key}")
        for page in (*PAGES, *(f"/ask/{id}" for id in asked_of("workspace"))):
            address = f"/workspaces/{home.id}{page}"
            unanswered()
            start = process_time()
            response = client.get(address)
            first = process_time() - start
            assert response.status_code == 200, (address, response.status_code)
            again = seconds(lambda address=address: client.get(address))  # type: ignore[misc]
            yield f"  {page or 'board sheet'}: {first:.2f}, again {again:.3f} ({len(response.content) // 1000:,} kB)"


def main(number: int) -> None:
    """Print what is measured, in seconds, in a folder of its own."""
    with tempfile.TemporaryDirectory() as room:
        os.environ["OUTWARD_HOME"] = str(Path(room) / "home")
        folder = Path(room) / "home" / "workspaces" / "made"
        write(folder, number)
        database = Path(room) / "home" / "workspaces" / "kept" / DATABASE
        database.parent.mkdir()
        bring_in_new(incoming_from(folder), database, "benchmark")
        print(f"{number:,} records, seconds of a processor", flush=True)
        for home in (FolderHome(folder), database_home.DatabaseHome(database)):
            print(*of_home(home), sep="\n", flush=True)
        made = find_home("made")
        for line in (*of_questions(made), *of_pages(made)):
            print(line, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
