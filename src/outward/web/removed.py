"""Records that were removed: which they are, and the ties that their removal cut."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from outward.errors import BadInput
from outward.web import facts, workspaces
from outward.web.workspaces import Link
from outward.workspace.contents import Name, Workspace
from outward.workspace.fields import Field, fields_of
from outward.workspace.homes.home import Change
from outward.workspace.records import kind_of, kinds

if TYPE_CHECKING:
    from outward.workspace.homes.home import Revision

MOST_NAMED = 50
"""Records that an address or a page names at most."""


@dataclass(frozen=True)
class Tie:
    """A field of another record in which a record that was removed had stood, or may have, where that is erased.

    Attributes:
        name: of that other record.
        field: which field.
        before: what it held until the removal.
        after: what the removal left in it.
        erased: whether what it held until the removal is erased, so that nobody can tell.
    """

    name: Name
    field: Field
    before: Any
    after: Any
    erased: bool = False


def removed_of(id: str, kind: str = "") -> tuple[Revision, ...]:
    """Return the removals of what is not there any more, the latest first; none where no history can be read.

    Args:
        id: the workspace's.
        kind: of this kind alone; '' for all.
    """
    with suppress(BadInput):
        return tuple(one for one in workspaces.home(id).removed() if kind in ("", one.kind))
    return ()


def cut(name: Name, change: Iterable[Revision]) -> list[Tie]:
    """Return the ties to a record that were cut by a change which removed it, or may have been.

    Args:
        name: of the record.
        change: all revisions of that change.
    """
    kind, id = name
    return [
        Tie((one.kind, one.id), field, one.before.get(field.name), one.after.get(field.name), one.before == {})
        for one in change
        if (one.kind, one.id) != name and one.before is not None and one.after is not None
        for field in fields_of(kind_of(one.kind))
        if field.to == kind and (one.before == {} or id in _ids(one.before.get(field.name)))
        if id not in _ids(one.after.get(field.name))
    ]


def _ids(value: Any) -> Sequence[str]:
    return value if isinstance(value, list) else [value]


def tied_again(workspace: Workspace, name: Name, ties: Iterable[Tie]) -> tuple[list[Change], list[Name]]:
    """Return the changes that make other records name a record again, and the records that cannot.

    A field names it again where it still holds what the removal left in it; what somebody has changed since stays.

    Args:
        workspace: as it stands.
        name: of the record that is put back.
        ties: which its removal cut.
    """
    after: dict[Name, dict[str, Any]] = {}
    lost: dict[Name, None] = {}
    for tie in ties:
        now = workspace.values(*tie.name)
        if tie.erased:
            lost |= dict.fromkeys(untied(workspace, name, [tie]))
            continue
        if now is None or now.get(tie.field.name) != tie.after:
            lost[tie.name] = None
            continue
        there = {*workspace.records[tie.field.to], *name[1:]}
        held = [one for one in tie.before if one in there] if tie.field.several else tie.before
        after.setdefault(tie.name, now)[tie.field.name] = held
    changes = [Change(*other, workspace.values(*other), values) for other, values in after.items()]
    return changes, list(lost)


def untied(workspace: Workspace, name: Name, ties: Iterable[Tie]) -> list[Name]:
    """Return the records that named a record until it was removed, or may have, and do not name it now."""
    found: dict[Name, None] = {}
    for tie in ties:
        now = workspace.values(*tie.name) or {}
        could = [one for one in fields_of(kind_of(tie.name[0])) if one.to == name[0]] if tie.erased else [tie.field]
        if not any(name[1] in _ids(now.get(field.name)) for field in could):
            found[tie.name] = None
    return list(found)


def told(again: int, lost: Sequence[Name]) -> dict[str, str]:
    """Return what is to be told once of ties after a record was put back, for `telling`."""
    names = ",".join(f"{kind}/{id}" for kind, id in lost[:MOST_NAMED])
    return {name: said for name, said in (("again", str(again or "")), ("lost", names)) if said}


def telling(workspace: Workspace, told: Mapping[str, str]) -> dict[str, Any]:
    """Return what a record's page says of ties after it was put back: how many hold again, and who does not."""
    again = told.get("again", "")
    names = [part.partition("/") for part in told.get("lost", "").split(",")[:MOST_NAMED]]
    lost = [facts.link(workspace, kind, id) for kind, _, id in names if kind in kinds() and id]
    return {"again": int(again) if again.isascii() and again.isdigit() and len(again) < 7 else 0, "lost": lost}


def links(workspace: Workspace, ties: Iterable[Tie]) -> list[Link]:
    """Return links to the records that named a record until it was removed."""
    names = list(dict.fromkeys(tie.name for tie in ties))
    return [facts.link(workspace, *name) for name in names[:MOST_NAMED]]


def title_of(one: Revision) -> str:
    """Return what a record was called that was removed."""
    return str((one.before or {}).get("title") or one.id)
