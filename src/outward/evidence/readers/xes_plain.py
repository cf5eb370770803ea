"""Traces in the plain form of nearly every log, taken apart by the engine.

What is left of an event without its values is its shape. A log has few shapes: each is looked at once, and
says at which place between quotation marks the value of each attribute stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from outward.evidence.names import literal
from outward.evidence.readers.xes_traces import TYPES

if TYPE_CHECKING:
    import duckdb

Shapes = dict[str, dict[str, int]]
"""By shape: the place of each attribute's value among what the quotation marks part, by 'type key="name'."""

VALUE = r'value="[^"<&\n\t\r]*" ?/>'
ATTRIBUTE = re.compile(rf"\s*<((?:{'|'.join(TYPES)}) key=\"[^\"<&\n\t\r]*)\" ")
TRACE = re.compile(rf"\s*<trace>(?:{ATTRIBUTE.pattern})*\s*")
EVENT = re.compile(rf"(?:{ATTRIBUTE.pattern})*\s*</event>\s*")


def cut(text: str, connection: duckdb.DuckDBPyConnection) -> tuple[Shapes, Shapes] | None:
    """Make the table `cut` of whole traces and return the shapes of traces and of events.

    The table has trace_no and row_no, from 1 (row_no is 0 for what belongs to the trace itself), cells and shape.

    Args:
        text: whole traces.
        connection: the engine.

    Returns None where anything is written in another form: other quotes, entities, comments, nested attributes.
    """
    *traces, after = text.split("</trace>")
    if after.strip() or not traces:
        return None
    parts = [trace.split("<event>") for trace in traces]
    size = np.array([len(part) for part in parts])
    trace_no = np.repeat(np.arange(1, len(parts) + 1), size)
    row_no = np.arange(1, len(trace_no) + 1) - trace_no
    row_no[np.cumsum(size) - size] = 0
    told = np.array([one for part in parts for one in part], object)
    connection.register("parts_told", {"trace_no": trace_no, "row_no": row_no, "told": told})
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE cut AS SELECT trace_no, row_no, string_split(told, '\"') AS cells, "
        f"regexp_replace(told, {literal(VALUE)}, '', 'g') AS shape FROM parts_told"
    )
    connection.unregister("parts_told")
    found = connection.execute(
        "SELECT row_no = 0, shape FROM cut GROUP BY ALL ORDER BY min(row_no), min(trace_no)"
    ).fetchall()
    if not all((TRACE if is_trace else EVENT).fullmatch(shape) for is_trace, shape in found):
        return None
    of_traces, of_events = (
        {shape: _places(shape) for is_trace, shape in found if is_trace == wanted} for wanted in (True, False)
    )
    return of_traces, of_events


def _places(shape: str) -> dict[str, int]:
    """Return the place of each attribute's value, the last one's where a key stands twice."""
    return {key: 4 * number for number, key in enumerate(ATTRIBUTE.findall(shape), 1)}


def keys_of(shapes: Shapes) -> list[str]:
    """Return all keys of some shapes, in the order of the shapes."""
    return list(dict.fromkeys(key for places in shapes.values() for key in places))


def install(shapes: Shapes, columns: Mapping[str, str], connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Make the table `shapes` and return the SQL of each key's cell over `cut JOIN shapes USING (shape)`.

    Args:
        shapes: those of traces, or those of events.
        columns: the column of each key.
        connection: the engine.
    """
    table: dict[str, Any] = {"shape": np.array(list(shapes), object)}
    for key, column in columns.items():
        table[f"at_{column}"] = np.array([places.get(key, 0) for places in shapes.values()], np.int32)
    connection.register("shapes_found", table)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE shapes AS SELECT * REPLACE (shape::VARCHAR AS shape) FROM shapes_found"
    )
    connection.unregister("shapes_found")
    return {key: f"nullif(cells[at_{column}], '')" for key, column in columns.items()}
