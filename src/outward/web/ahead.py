"""Working ahead: what the board sheet, the questions and the checks of a workspace need, while a person reads on.

Each of them goes through every record, which takes a while where there are thousands. One thread does that as soon
as a page has met a new state of the records, so that the page that is opened next finds it done. Nothing is kept
here: what is worked out is remembered where it is asked for, as if somebody had asked.
"""

from __future__ import annotations

from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from time import sleep
from typing import TYPE_CHECKING

from outward import catalogue

if TYPE_CHECKING:
    from outward.workspace.contents import Workspace

PAUSE_SECONDS = 0.2
"""How long the page that met the new state is left alone."""

States = SimpleQueue["Workspace"]
_begun: list[States] = []


def begin() -> None:
    """Work ahead from now on, in this process; where this is never called, `of` does nothing."""
    states: States = SimpleQueue()
    _begun.append(states)
    Thread(target=_work, args=(states,), daemon=True).start()


def of(workspace: Workspace) -> None:
    """Have worked out what pages will ask of a workspace as it stands now."""
    for states in _begun:
        states.put(workspace)


def _work(states: States) -> None:
    """Get ready to draw, then work out one state after the other; of those that came meanwhile, only the last."""
    from outward.present.charts import get_ready

    get_ready()
    while True:
        latest = states.get()
        sleep(PAUSE_SECONDS)
        while not states.empty():
            latest = states.get()
        with suppress(Exception):  # the page that asks for it says what is wrong
            work_out(latest)


def work_out(workspace: Workspace) -> None:
    """Ask every question and check every rule of a workspace, so that the answers are remembered."""
    from outward.asking import ask
    from outward.checks.checking import check

    check(workspace)
    for id in catalogue.asked_of("workspace"):
        ask(id, workspace)
