"""Stopping long work when a person asks to: also in the middle of a statement of the engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from threading import Event, Thread
from typing import TYPE_CHECKING

from outward.catalogue import Progress, Silent
from outward.errors import Cancelled

if TYPE_CHECKING:
    import duckdb

LOOK_SECONDS = 0.2
"""How often a person's wish is looked up while the work itself says nothing."""
AGAIN_SECONDS = 0.05
"""How soon the next statement is broken off too."""

_running: ContextVar[list[duckdb.DuckDBPyConnection] | None] = ContextVar("_running", default=None)


def interruptible(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Return the connection, whose statements are broken off once the work around it should stop."""
    running = _running.get()
    if running is not None:
        running.append(connection)
    return connection


class _Watched:
    """Progress that another thread repeats, so that work which is silent for long hears that it should stop."""

    def __init__(self, whole: Progress) -> None:
        self.whole, self.over = whole, Event()
        self.said: tuple[float, str] | None = None
        self.stopped: Cancelled | None = None

    def advance(self, share: float, doing: str) -> None:
        """Pass it on.

        Raises:
            Cancelled: a person asked to stop.
        """
        if self.stopped:
            raise self.stopped
        self.said = share, doing
        self.whole.advance(share, doing)

    def watch(self, running: list[duckdb.DuckDBPyConnection]) -> None:
        """Look until the work is over; once it should stop, break off each statement that runs."""
        import duckdb

        while not self.over.wait(AGAIN_SECONDS if self.stopped else LOOK_SECONDS):
            try:
                if self.said and not self.stopped:
                    self.whole.advance(*self.said)
            except Cancelled as stopped:
                self.stopped = stopped
            for connection in [*running] if self.stopped else ():
                with suppress(duckdb.Error):  # closed meanwhile
                    connection.interrupt()


@contextmanager
def stoppable(progress: Progress) -> Iterator[Progress]:
    """Give the progress to tell, while statements of the connections opened meanwhile can be broken off.

    Args:
        progress: told how far the work has come; may stop it, from another thread too.

    Raises:
        Cancelled: a person asked to stop.
    """
    if type(progress) is Silent:  # nobody watches
        yield progress
        return
    import duckdb

    watched, running = _Watched(progress), list[duckdb.DuckDBPyConnection]()
    before = _running.set(running)
    watcher = Thread(target=watched.watch, args=(running,), daemon=True)
    watcher.start()
    try:
        yield watched
    except duckdb.InterruptException:
        if watched.stopped:
            raise watched.stopped from None
        raise
    finally:
        watched.over.set()
        watcher.join()
        _running.reset(before)
