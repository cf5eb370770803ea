"""Work that a person stops ends in the middle of a statement, and what was not stopped is left alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from outward.catalogue import Silent
from outward.errors import Cancelled
from outward.evidence.engines.embedded import connect
from outward.evidence.readers import delimited, parquet
from outward.evidence.stopping import interruptible, stoppable
from outward.evidence.tables import Source

READ: dict[str, Callable[..., Source]] = {
    "csv": lambda path, connection, scratch: delimited.read(path, connection, scratch, Silent()),
    "parquet": lambda path, connection, scratch: parquet.read(path, connection, Silent()),
}
ENDLESS = "SELECT count(*) FROM range(10_000_000_000) a, range(10_000_000_000) b WHERE hash(a.range + b.range) = 1"


class Stopped:
    """A person who asks to stop once the work has begun, and what was told until then."""

    def __init__(self) -> None:
        self.told: list[tuple[float, str]] = []

    def advance(self, share: float, doing: str) -> None:
        self.told.append((share, doing))
        if len(self.told) > 2:
            raise Cancelled("Stopped.")


@pytest.mark.parametrize("cursor", [False, True])
def test_a_statement_that_runs_is_broken_off(cursor: bool) -> None:
    person = Stopped()

    def work() -> None:
        with stoppable(person) as watched:
            connection = connect()
            connection = interruptible(connection.cursor()) if cursor else connection
            watched.advance(0.5, "counting")
            connection.execute(ENDLESS)

    with pytest.raises(Cancelled, match="Stopped"):
        work()
    assert person.told == [(0.5, "counting")] * 3


def test_work_without_a_statement_hears_of_it_at_its_next_step() -> None:
    person = Stopped()

    def work() -> None:
        with stoppable(person) as watched:
            connect().close()
            watched.advance(0.5, "counting")
            while len(person.told) < 3:
                time.sleep(0.01)
            watched.advance(0.6, "further")

    with pytest.raises(Cancelled):
        work()
    assert (0.6, "further") not in person.told[:3]


def test_what_nobody_stops_goes_on_and_connections_are_let_go() -> None:
    class Heard:
        def advance(self, share: float, doing: str) -> None:
            """Never stop."""

    with stoppable(Heard()), stoppable(Heard()) as watched:
        watched.advance(0.1, "")
        assert connect().execute("SELECT 1").fetchall() == [(1,)]
    nobody = Silent()
    with stoppable(nobody) as same:
        assert same is nobody


def test_an_interrupt_from_elsewhere_is_not_taken_for_a_stop() -> None:
    class Heard:
        def advance(self, share: float, doing: str) -> None:
            """Never stop."""

    with pytest.raises(duckdb.InterruptException), stoppable(Heard()):
        raise duckdb.InterruptException("INTERRUPT Error: Interrupted!")


@pytest.mark.parametrize("reader", ["csv", "parquet"])
def test_a_file_whose_reading_is_broken_off_is_not_called_damaged(
    reader: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class BrokenOff:
        """A connection whose reading is broken off."""

        def execute(self, statement: str) -> None:
            if "read_csv(" in statement or "read_parquet(" in statement:
                raise duckdb.InterruptException("INTERRUPT Error: Interrupted!")

        sql = execute

    path = tmp_path / f"made.{reader}"
    path.write_text("case,step,time\n" + "a,b,2024-01-01\n" * 3)
    if reader == "parquet":
        with duckdb.connect() as connection:
            connection.execute(f"COPY (SELECT 1 AS a) TO '{path}' (FORMAT parquet)")
    with pytest.raises(duckdb.InterruptException):
        READ[reader](path, BrokenOff(), tmp_path)
