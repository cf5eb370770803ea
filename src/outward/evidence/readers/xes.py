"""Read XES event logs as a stream, packed or not, with bounded memory and without entities or network.

Traces are cut out of the stream in blocks and taken apart: by the engine where they are in the plain form
of nearly every log (`xes_plain`), else by lxml (`xes_traces`). The rows are kept in the scratch folder and
typed by the engine. A document type is refused: a log needs none, and
entities are how a small file fills a memory.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from outward.catalogue import Progress
from outward.errors import BadInput
from outward.evidence.readers.xes_tables import Tables, typed
from outward.evidence.tables import Source
from outward.untrusted.stream import blocks

if TYPE_CHECKING:
    import duckdb

LONGEST_TRACE = 64 << 20
"""Characters of one case above which the file is refused instead of filling the memory."""

LONGEST_VALUE = 1_000_000
FIRST_TRACE = re.compile(r"<(?:\w+:)?trace[\s/>]")


def read(path: Path, connection: duckdb.DuckDBPyConnection, scratch: Path, progress: Progress) -> Source:
    """Return an XES log as a relation: one row an event, `case:NAME` for what belongs to its case.

    Dates become TIMESTAMP WITH TIME ZONE, numbers and booleans their own types, all else VARCHAR.
    Extensions, classifiers and attributes inside attributes are left out; the last are noted.

    Args:
        path: the file, packed with gzip or not.
        connection: the engine.
        scratch: a private folder that holds the rows for as long as the relation is used.
        progress: told how far it has come.

    Raises:
        BadInput: the file is no XES, broken, unsafe or without events.
    """
    digest = hashlib.sha256()
    tables = Tables(scratch, connection)
    for root, text in _pieces(_checked(_text(blocks(path, digest.update, progress)))):
        tables.add(root, text)
    if not tables.events:
        raise BadInput(f"The log '{path.name}' holds no events inside traces.")
    progress.advance(0.8, "Typing the columns")
    relation, columns = typed(tables, connection, scratch)
    progress.advance(1.0, "Read")
    return Source(path, "xes", relation, columns, digest.hexdigest(), notes=tables.notes())


def _text(found: Iterator[bytes]) -> Iterator[str]:
    """The blocks decoded as the file declares, UTF-8 where it does not."""
    first = next(found, b"")
    declared = re.search(rb"<\?xml[^>]*encoding=[\"']([\w.-]+)[\"']", first[:300])
    wide = first[:2] in (b"\xff\xfe", b"\xfe\xff")
    name = "utf-16" if wide else declared.group(1).decode("ascii") if declared else "utf-8-sig"
    try:
        decode = codecs.getincrementaldecoder("utf-8-sig" if name.lower() == "utf-8" else name)().decode
        yield decode(first)
        for block in found:
            yield decode(block)
        yield decode(b"", True)
    except (LookupError, UnicodeDecodeError):
        raise BadInput("The log is not written in the encoding that it declares. Export it again.") from None


def _checked(found: Iterator[str]) -> Iterator[str]:
    """The same text; a block of it that lies in one value is refused."""
    for text in found:
        if len(text) > LONGEST_VALUE and "<" not in text and not text.isspace():
            raise BadInput("A value of the log is longer than a million characters: this is not an event log.")
        yield text


def _pieces(found: Iterator[str]) -> Iterator[tuple[str, str]]:
    """The opening tag of the log, with text that holds whole traces and nothing before or after them."""
    root, rest = _opening(found)
    prefix = rest[1:].partition("trace")[0]
    closing = f"</{prefix}trace>"
    while True:
        cut = rest.rfind(closing) + len(closing)
        if cut >= len(closing):
            yield root, rest[:cut]
            rest = rest[cut:]
        if len(rest) > LONGEST_TRACE:
            raise BadInput("One case of the log is larger than 64 million characters: this is not an event log.")
        if (block := next(found, None)) is None:
            break
        rest += block
    end = re.search(r"</(?:\w+:)?log\s*>\s*(?:<!--.*-->\s*)?$", rest, re.DOTALL)
    if not end:
        raise BadInput("The log ends too early: it was cut off. Export or download it again.")
    yield root, rest[: end.start()]


def _opening(found: Iterator[str]) -> tuple[str, str]:
    """The log's opening tag and what follows the head, from the first trace on."""
    start = ""
    for block in found:
        start += block
        first = FIRST_TRACE.search(start)
        if first or len(start) > LONGEST_TRACE:
            break
    else:
        first = None
    before = start[: first.start()] if first else start
    if "<!DOCTYPE" in before or "<!ENTITY" in before:
        raise BadInput(
            "The log declares a document type, which a log never needs and which can do harm. "
            "Export it again as plain XES."
        )
    root = re.search(r"<(?:\w+:)?log\b[^<>]*>", before)
    if not first or not root:
        raise BadInput("The file is XML, but holds no event log with traces (XES).")
    return root.group(0), start[first.start() :]
