"""The rows of a log, written in parts to the scratch folder, then typed by the engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from outward.evidence.names import RESERVED, literal, quoted, unique
from outward.evidence.readers.naming import one_file
from outward.evidence.readers.text_rows import Parts
from outward.evidence.readers.xes_traces import Trace
from outward.evidence.tables import LONGEST_LABEL

if TYPE_CHECKING:
    import duckdb

NAME = 'string key="concept:name'
SQL_TYPES = {"date": "TIMESTAMP WITH TIME ZONE", "int": "BIGINT", "float": "DOUBLE", "boolean": "BOOLEAN"}


class Tables:
    """The cases and the events of a log as they are read."""

    def __init__(self, scratch: Path) -> None:
        self.case_parts, self.event_parts = Parts(scratch, "cases"), Parts(scratch, "events")
        self.cases = self.events = self.empty = self.nameless = self.nested = 0

    def add(self, traces: list[Trace], nested: int) -> None:
        """Add these traces; a case without a name of its own is numbered."""
        first_case, first_event = self.cases, self.events
        numbers = [(place,) for place, (_, events) in enumerate(traces, first_case + 1) for _ in events]
        for place, (case, events) in enumerate(traces, first_case + 1):
            if not case.get(NAME):
                case[NAME] = f"trace {place}"
                self.nameless += 1
            self.empty += not events
        rows = [event for _, events in traces for event in events]
        self.cases += len(traces)
        self.events += len(rows)
        self.nested += nested
        self.case_parts.write(((n,) for n in range(first_case + 1, self.cases + 1)), [case for case, _ in traces])
        places = ((n, *case) for n, case in enumerate(numbers, first_event + 1))
        self.event_parts.write(places, rows)

    def notes(self) -> tuple[str, ...]:
        """Return what a person should know about the reading."""
        said = (
            (self.nameless, "cases have no name (concept:name) and were numbered 'trace 1', 'trace 2' ..."),
            (self.empty, "cases hold no event and do not appear."),
            (self.nested, "attributes inside other attributes are left out."),
        )
        return tuple(f"{count:,} {words}" for count, words in said if count)


def typed(tables: Tables, connection: duckdb.DuckDBPyConnection, scratch: Path) -> tuple[str, dict[str, str]]:
    """Return the relation of the log and its columns with their types, kept as one Parquet file.

    Args:
        tables: the rows as they were written.
        connection: the engine.
        scratch: where the file goes; the parts are deleted.
    """
    cases, events = tables.case_parts, tables.event_parts
    chosen = [*_columns(cases, "case:", connection), *_columns(events, "", connection)]
    names = unique(name for name, _, _ in chosen)
    cells = ", ".join(f"{cell} AS {quoted(name)}" for name, (_, cell, _) in zip(names, chosen, strict=True))
    rows = scratch / "rows.parquet"
    connection.execute(
        f"COPY (SELECT e.row_no, {cells} FROM ({events.scan(('row_no', 'trace_no'))}) e "
        f"JOIN ({cases.scan(('trace_no',))}) c USING (trace_no)) "
        f"TO {literal(str(rows))} (COMPRESSION zstd)"
    )
    cases.remove()
    events.remove()
    columns = {name: kind for name, (_, _, kind) in zip(names, chosen, strict=True)}
    listed = ", ".join(quoted(name) for name in names)
    return f"SELECT {RESERVED}, {listed} FROM read_parquet({one_file(rows)}, hive_partitioning = false)", columns


Chosen = tuple[str, str, str]


def _columns(parts: Parts, prefix: str, connection: duckdb.DuckDBPyConnection) -> list[Chosen]:
    """Name, SQL cell and type of each attribute; one that was written with several types is text."""
    spellings: dict[str, list[tuple[str, str]]] = {}
    for place, key in enumerate(parts.keys):
        tag, _, name = key.partition(' key="')
        spellings.setdefault(name, []).append((tag, f"{parts.kind}_{place}"))
    kinds = {name: _kind({tag for tag, _ in found}) for name, found in spellings.items()}
    cells = {name: f"coalesce({', '.join(cell for _, cell in found)})" for name, found in spellings.items()}
    failed = _that_do_not_cast(parts, cells, kinds, connection)
    chosen = []
    for name, cell in cells.items():
        kind = "VARCHAR" if name in failed else kinds[name]
        bounded = f"left({cell}, {LONGEST_LABEL + 1})"
        chosen.append((prefix + name, bounded if kind == "VARCHAR" else f"CAST({cell} AS {kind})", kind))
    return chosen


def _kind(tags: set[str]) -> str:
    if tags == {"int", "float"}:
        return "DOUBLE"
    return SQL_TYPES.get(next(iter(tags)), "VARCHAR") if len(tags) == 1 else "VARCHAR"


def _that_do_not_cast(
    parts: Parts, cells: dict[str, str], kinds: dict[str, str], connection: duckdb.DuckDBPyConnection
) -> set[str]:
    """The attributes with a value that is not what its tag says, or a date without an offset."""
    wanted = [name for name, kind in kinds.items() if kind != "VARCHAR"]
    if not wanted:
        return set()
    tests = ", ".join(f"coalesce(bool_or({_misfit(cells[name], kinds[name])}), false)" for name in wanted)
    numbers = ("row_no", "trace_no") if parts.kind == "events" else ("trace_no",)
    row = connection.execute(f"SELECT {tests} FROM ({parts.scan(numbers)})").fetchone() or ()
    return {name for name, misfit in zip(wanted, row, strict=True) if misfit}


def _misfit(cell: str, kind: str) -> str:
    unread = f"{cell} IS NOT NULL AND TRY_CAST({cell} AS {kind}) IS NULL"
    if kind != SQL_TYPES["date"]:
        return unread
    return f"({unread}) OR NOT regexp_matches({cell}, '(Z|[+-]\\d\\d:?\\d\\d)$')"
