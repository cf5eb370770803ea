"""A made-up workspace: a record of every kind with something in every field, and markup wherever words can stand."""

from __future__ import annotations

from typing import Any

from outward.workspace.building import Row, build
from outward.workspace.contents import Workspace
from outward.workspace.fields import Field, fields_of
from outward.workspace.header import Header
from outward.workspace.records import Record, kinds

MARKUP = '<b>bold</b> & "quoted" <support>{{ title }}</support> it\'s'
HEADER = {
    "id": "support",
    "title": "Support in work",
    "body": "A made-up body",
    "about": "How people claim support.\n\nEveryone in it is made up.",
    "made_up": True,
}


def id_of(kind: str) -> str:
    """Return the id of the one record of a kind."""
    return f"one-{kind.replace('_', '-')}"


def title_of(kind: type[Record]) -> str:
    """Return the title of the one record of a kind."""
    return f"One <b>{kind.TITLE}</b>"


def rows() -> list[Row]:
    """Return what the workspace is made of."""
    found = [Row("workspace", dict(HEADER))]
    for name, kind in kinds().items():
        if kind is not Header:
            values = {field.name: _value(name, field) for field in fields_of(kind)}
            values |= {"id": id_of(name), "title": title_of(kind)}
            found.append(Row(name, {field: value for field, value in values.items() if value != ""}))
    return found


def workspace() -> Workspace:
    """Return the workspace, made by the real rules."""
    return build(rows())


def _value(kind: str, field: Field) -> Any:
    if (kind, field.name) == ("silence", "record"):
        return "need/one-need"
    if field.to == kind:
        return [] if field.several else ""
    one: Any = {
        "line": {"question": "U3.4", "rule": "U104" if kind == "silence" else MARKUP}.get(field.name, MARKUP),
        "prose": f"{MARKUP}\n\nand more",
        "choice": (field.choices or ("",))[-1],
        "day": "2026-03-31",
        "number": "12.5",
        "whole": "3",
        "yes or no": "yes",
        "settings": {MARKUP: MARKUP},
    }[field.shape]
    if field.to:
        one = id_of(field.to)
    return [one] if field.several else one
