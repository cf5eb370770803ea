"""Read JSON lines: one object a line, as many systems and services hand their events out."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from outward.catalogue import Progress
from outward.errors import BadInput
from outward.evidence.names import RESERVED, literal, quoted, unique
from outward.evidence.readers.naming import one_file
from outward.evidence.readers.text_rows import Parts, Row
from outward.evidence.tables import LONGEST_LABEL, SetAside, Source
from outward.untrusted.stream import BLOCK, blocks, check_room

if TYPE_CHECKING:
    import duckdb

DEEPEST = 5
LOOKED_AT = 1_000
NO_OBJECT = "the line is no JSON object"
TWICE = "a name stands twice in the line"
NO_NUMBER = "the line holds a number that is none (NaN or Infinity)"


class _Odd(Exception):
    """Why a line cannot be used."""


def read(path: Path, connection: duckdb.DuckDBPyConnection, scratch: Path, progress: Progress) -> Source:
    """Return the lines as a relation of text columns; null and what is not there are NULL.

    An object inside an object becomes columns with a dot in their names; lists are left out and counted.

    Args:
        path: the file, packed with gzip or not.
        connection: the engine.
        scratch: a private folder that holds the rows for as long as the relation is used.
        progress: told how far it has come.

    Raises:
        BadInput: no line holds an object, or a line is longer than four million bytes.
    """
    digest = hashlib.sha256()
    parts, aside, inside = Parts(scratch, "lines", connection), Counter[str](), Counter[str]()
    number = 0
    for lines in _lines(blocks(path, digest.update, progress)):
        rows = [row for line in lines if (row := _row(line, aside, inside)) is not None]
        check_room(scratch)
        parts.write({RESERVED: range(number + 1, number + len(rows) + 1)}, rows)
        number += len(rows)
        if not number and aside.total() > LOOKED_AT:
            break
    if not number:
        raise BadInput(
            f"The file '{path.name}' looks like JSON, but none of its first lines holds an object of its own. "
            "Save it as JSON lines (one object a line) or as CSV."
        )
    if not parts.keys:
        raise BadInput(f"The objects of the file '{path.name}' hold no values of their own: there are no columns.")
    progress.advance(0.8, "Keeping the rows")
    relation, columns = _kept(parts, connection, scratch)
    progress.advance(1.0, "Read")
    set_aside = tuple(SetAside(reason, count) for reason, count in sorted(aside.items()))
    return Source(path, "jsonl", relation, columns, digest.hexdigest(), set_aside, _notes(inside))


def _lines(found: Iterator[bytes]) -> Iterator[list[bytes]]:
    """The lines that are not blank, some at a time."""
    rest = next(found, b"").removeprefix(b"\xef\xbb\xbf")
    if b"\0" in rest:
        raise BadInput("The JSON is not written in UTF-8. Save it in UTF-8 and try again.")
    while True:
        *lines, rest = rest.split(b"\n")
        yield [line for line in lines if line and not line.isspace()]
        if len(rest) > BLOCK:
            raise BadInput("A line of the file is longer than 4 million characters: this is not a table.")
        if (block := next(found, None)) is None:
            break
        rest += block
    yield [rest] if rest and not rest.isspace() else []


def _row(line: bytes, aside: Counter[str], inside: Counter[str]) -> Row | None:
    """The object of a line as text; None where there is none, with the reason counted."""
    try:
        value = DECODER.decode(line.decode("utf-8"))
        if not isinstance(value, dict):
            raise _Odd(NO_OBJECT)
        row: Row = {}
        _flatten(value, "", 1, row, inside)
    except _Odd as odd:
        aside[str(odd)] += 1
    except (ValueError, RecursionError):
        aside[NO_OBJECT] += 1
    else:
        return row
    return None


def _flatten(value: dict[str, Any], prefix: str, depth: int, row: Row, inside: Counter[str]) -> None:
    for key, cell in value.items():
        name = prefix + key
        if isinstance(cell, dict) and depth < DEEPEST:
            inside["objects"] += 1
            _flatten(cell, f"{name}.", depth + 1, row, inside)
        elif isinstance(cell, (dict, list)):
            inside["lists"] += 1
        elif name in row:
            raise _Odd(TWICE)
        else:
            row[name] = _text(cell)


def _text(cell: str | bool | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    kept = cell[: LONGEST_LABEL + 1]
    return kept if kept.isascii() else kept.encode(errors="replace").decode()  # half a letter is none


def _whole(number: str) -> str:
    """A number as it is written, without a fraction of nothing but noughts."""
    before, _, after = number.partition(".")
    return before if after and not after.strip("0") else number


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Odd(TWICE)
    return found


def _no_number(_: str) -> NoReturn:
    raise _Odd(NO_NUMBER)


DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_int=str, parse_float=_whole, parse_constant=_no_number)


def _kept(parts: Parts, connection: duckdb.DuckDBPyConnection, scratch: Path) -> tuple[str, dict[str, str]]:
    names = unique(parts.keys)
    cells = ", ".join(f"{parts.kind}_{place} AS {quoted(name)}" for place, name in enumerate(names))
    rows = scratch / "rows.parquet"
    connection.execute(
        f"COPY (SELECT {RESERVED}, {cells} FROM ({parts.scan()})) TO {literal(str(rows))} (COMPRESSION zstd)"
    )
    parts.remove()
    listed = ", ".join(map(quoted, (RESERVED, *names)))
    return f"SELECT {listed} FROM read_parquet({one_file(rows)}, hive_partitioning = false)", dict.fromkeys(
        names, "VARCHAR"
    )


def _notes(inside: Counter[str]) -> tuple[str, ...]:
    said = (
        ("objects", "Objects inside objects became columns of their own, with a dot in their names."),
        ("lists", "Lists inside objects, and what is nested deeper than five objects, are left out."),
    )
    return tuple(words for what, words in said if inside[what])
