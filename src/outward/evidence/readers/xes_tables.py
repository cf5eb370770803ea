"""The rows of a log, written in parts to the scratch folder, then typed by the engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from outward.evidence.names import RESERVED, literal, quoted, unique
from outward.evidence.readers.naming import one_file
from outward.evidence.readers.text_rows import Parts
from outward.evidence.readers.xes_plain import Shapes, cut, install, keys_of
from outward.evidence.readers.xes_traces import Trace, rows_of
from outward.evidence.tables import LONGEST_LABEL

if TYPE_CHECKING:
    import duckdb

NAME = 'string key="concept:name'
SQL_TYPES = {"date": "TIMESTAMP WITH TIME ZONE", "int": "BIGINT", "float": "DOUBLE", "boolean": "BOOLEAN"}


class Tables:
    """The cases and the events of a log as they are read."""

    def __init__(self, scratch: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.case_parts, self.event_parts = (Parts(scratch, kind, connection) for kind in ("cases", "events"))
        self.cases = self.events = self.empty = self.nameless = self.nested = 0

    def add(self, root: str, text: str) -> None:
        """Add whole traces; a case without a name of its own is numbered.

        Args:
            root: the log's opening tag.
            text: what is cut out of the log.

        Raises:
            BadInput: the text is not well-formed.
        """
        shapes = cut(text, self.connection)
        if shapes:
            self._keep(*shapes)
        else:
            self._write(*rows_of(root, text))

    def _keep(self, of_traces: Shapes, of_events: Shapes) -> None:
        """Add the traces of the table `cut`."""
        cases, events, busy = self.connection.execute(
            "SELECT count(*) FILTER (row_no = 0), count(*) FILTER (row_no > 0), "
            "count(DISTINCT trace_no) FILTER (row_no > 0) FROM cut"
        ).fetchall()[0]
        columns = dict(self.case_parts.named(dict.fromkeys((*keys_of(of_traces), NAME))))
        cells = install(of_traces, columns, self.connection)
        name, number, rows = cells[NAME], f"trace_no + {self.cases}", "FROM cut JOIN shapes USING (shape)"
        ((nameless,),) = self.connection.execute(
            f"SELECT count(*) {rows} WHERE row_no = 0 AND {name} IS NULL"
        ).fetchall()
        cells[NAME] = f"coalesce({name}, 'trace ' || ({number}))"
        told = ", ".join(f"{cells[key]} AS {column}" for key, column in columns.items())
        self.case_parts.keep(f"SELECT {number} AS trace_no, {told} {rows} WHERE row_no = 0")
        columns = dict(self.event_parts.named(keys_of(of_events)))
        cells = install(of_events, columns, self.connection)
        told = "".join(f", {cells[key]} AS {column}" for key, column in columns.items())
        self.event_parts.keep(
            f"SELECT row_no + {self.events} AS {RESERVED}, {number} AS trace_no{told} {rows} WHERE row_no > 0"
        )
        self.cases += cases
        self.events += events
        self.empty += cases - busy
        self.nameless += nameless

    def _write(self, traces: list[Trace], nested: int) -> None:
        first_case, first_event = self.cases + 1, self.events + 1
        for place, (case, events) in enumerate(traces, first_case):
            if not case.get(NAME):
                case[NAME] = f"trace {place}"
                self.nameless += 1
            self.empty += not events
        rows = [event for _, events in traces for event in events]
        self.cases += len(traces)
        self.events += len(rows)
        self.nested += nested
        cases = range(first_case, self.cases + 1)
        self.case_parts.write({"trace_no": cases}, [case for case, _ in traces])
        of_case = np.repeat(cases, [len(events) for _, events in traces])
        self.event_parts.write({RESERVED: range(first_event, self.events + 1), "trace_no": of_case}, rows)

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
        f"COPY (SELECT e.row_no, {cells} FROM ({events.scan()}) e "
        f"JOIN ({cases.scan()}) c USING (trace_no)) "
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
    row = connection.execute(f"SELECT {tests} FROM ({parts.scan()})").fetchone() or ()
    return {name for name, misfit in zip(wanted, row, strict=True) if misfit}


def _misfit(cell: str, kind: str) -> str:
    unread = f"{cell} IS NOT NULL AND TRY_CAST({cell} AS {kind}) IS NULL"
    if kind != SQL_TYPES["date"]:
        return unread
    return f"({unread}) OR NOT regexp_matches({cell}, '(Z|[+-]\\d\\d:?\\d\\d)$')"
