"""From the text of whole traces in any form to rows: through lxml, without entities, network or document types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from outward.errors import BadInput

Row = dict[str, str]
Trace = tuple[Row, list[Row]]

TYPES = ("string", "date", "int", "float", "boolean", "id")


def rows_of(root: str, text: str) -> tuple[list[Trace], int]:
    """Return each trace's own attributes and its events', and the number of nested attributes left out.

    Keys are 'type key="name', as the tag begins.

    Args:
        root: the log's opening tag, which declares the namespaces.
        text: whole traces.

    Raises:
        BadInput: the text is not well-formed.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    name = root[1:].split()[0].rstrip("/>")
    whole = f"{root.rstrip('/>')}>{text}</{name}>"
    try:
        log = etree.fromstring(whole.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        raise BadInput(
            "The log is not well-formed XML, or is nested too deeply. Export it again, or check it with an XML tool."
        ) from None
    nested = 0
    traces: list[Trace] = []
    for trace in log.iterchildren("{*}trace"):
        case, inside = _attributes(trace)
        found = [_attributes(event) for event in trace.iterchildren("{*}event")]
        nested += inside + sum(count for _, count in found)
        traces.append((case, [row for row, _ in found]))
    return traces, nested


def _attributes(element: Any) -> tuple[Row, int]:
    row: Row = {}
    nested = 0
    for kind, child in _typed_children(element):
        key, value = child.get("key"), child.get("value")
        if key is not None and value is not None:
            row[f'{kind} key="{key}'] = value
        nested += len(child)
    return row, nested


def _typed_children(element: Any) -> Iterator[tuple[str, Any]]:
    for child in element.iterchildren():
        if isinstance(child.tag, str):
            kind = child.tag.rpartition("}")[2]
            if kind in (*TYPES, "list", "container"):
                yield kind, child
