"""A made file, opened: what most tests of reading start with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from outward.catalogue import Silent
from outward.evidence.event_rows import event_rows
from outward.evidence.readers import open_source
from outward.evidence.roles import settle
from outward.evidence.tables import EventRows, Settings, Source

Opened = Callable[..., Source]
Rows = list[tuple[object, ...]]
Events = list[dict[str, object]]
EventsOf = Callable[..., tuple[EventRows, Events]]


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as engine:
        engine.execute("SET TimeZone = 'UTC'")
        yield engine


@pytest.fixture
def opened(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> Opened:
    """Write a file and open it."""
    count = 0

    def write_and_open(content: str | bytes, name: str = "made-up.csv") -> Source:
        nonlocal count
        count += 1
        scratch = tmp_path / f"scratch-{count}"
        scratch.mkdir()
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return open_source(path, connection, scratch, Silent())

    return write_and_open


@pytest.fixture
def rows_of(connection: duckdb.DuckDBPyConnection) -> Callable[[Source], Rows]:
    """The rows of a source in file order, without their numbers."""

    def ask(source: Source) -> Rows:
        # Zoned times are cast, as fetching them would need one more library.
        cells = ", ".join(
            f'"{name}"::TIMESTAMP' if "ZONE" in kind else f'"{name}"' for name, kind in source.columns.items()
        )
        return connection.execute(f"SELECT {cells} FROM ({source.relation}) ORDER BY row_no").fetchall()

    return ask


@pytest.fixture
def events_of(
    connection: duckdb.DuckDBPyConnection,
) -> EventsOf:
    """The events of a source as mappings, ordered by case, time and row."""

    def ask(source: Source, given: Settings | None = None) -> tuple[EventRows, Events]:
        settled = settle(source, connection, given or Settings(time_zone="UTC"))
        events = event_rows(source, settled, connection)
        found = connection.execute(f"SELECT * FROM ({events.relation}) ORDER BY case_id, time, row_no")
        names = [column[0] for column in found.description or []]
        return events, [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    return ask
