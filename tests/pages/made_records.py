"""A made-up workspace: a record of every kind with something in every field, and markup wherever words can stand."""

from __future__ import annotations

import atexit
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from outward.workspace.building import Row, build
from outward.workspace.contents import Workspace
from outward.workspace.fields import Field, fields_of
from outward.workspace.header import Header
from outward.workspace.homes.folder import FolderHome
from outward.workspace.homes.home import Home
from outward.workspace.records import Record, kinds, plain
from tests.made_workspaces import written

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


@cache
def home() -> Home:
    """Return its home, a folder that is there while the tests run."""
    room = TemporaryDirectory(prefix="outward-made-")
    atexit.register(room.cleanup)
    return home_of(workspace(), Path(room.name))


def home_of(kept: Workspace, room: Path) -> Home:
    """Return the home of a workspace, newly written as a folder inside another."""
    records = {kind: [plain(one) for one in held.values()] for kind, held in kept.records.items() if held}
    (header,) = records.pop(Header.KIND)
    return FolderHome(written(room / kept.id, header, **records))


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
