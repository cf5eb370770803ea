"""What a file would change in a workspace, what it leaves alone, and what is said of it.

What is exported carries a fingerprint of each record. So it can be told what the file changed from what its
home changed since: the one is brought in, the other is left alone, and where both changed a record nothing
is done at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from outward.errors import OutwardError, UsageError
from outward.workspace.building import Row, build, record_of, rows_as_built
from outward.workspace.called import as_called
from outward.workspace.contents import Name, Workspace
from outward.workspace.header import Header
from outward.workspace.homes.home import Change, Home
from outward.workspace.records import Record, kinds, plain
from outward.workspace.workbook.layout import fingerprint_of, fingerprints_of
from outward.workspace.workbook.reading import Exported, Incoming

Against = Literal["as exported", "no stamp", "another past", "asked"]
"""What a file is compared with: the workspace as it was exported; or as it stands, as the file does not say when that
was, as the workspace never was so, or as somebody asked for it."""
SAME = "There is nothing to change: the file says what the workspace says."
DIFFERS = "As it stands, nothing would be changed. The file and the workspace still differ, as is said here."
AS_IT_STANDS = "is compared with the workspace as it stands now: an old value in it would undo a newer one."
WHY: Mapping[Against, str] = {
    "as exported": "",
    "no stamp": f"The file does not say when it was taken away, so it {AS_IT_STANDS}",
    "another past": "The file was taken away from another workspace of this id, as from a copy of it, or from before "
    f"its history begins. So it {AS_IT_STANDS}",
    "asked": "What was changed in the workspace since the file was taken away becomes what the file says as well. What "
    "stands there now is kept in the history of each record.",
}


@dataclass(frozen=True)
class Differences:
    """What an import would do, and what it leaves alone.

    Attributes:
        changes: what the file changes, in the order of the kinds.
        clashes: what the file changes and the home has changed since it was exported.
        missing: records that the file lacks and that stay, as nobody asked to take them out.
        left: what the home has changed since, and the file has not: from what stands to what the file says.
        against: what the file is compared with.
        taken: the fields of each changed record that are empty in the file, and get what is usual.
    """

    changes: tuple[Change, ...]
    clashes: tuple[Change, ...] = ()
    missing: tuple[Name, ...] = ()
    left: tuple[Change, ...] = ()
    against: Against = "as exported"
    taken: Mapping[Name, frozenset[str]] = field(default_factory=dict)

    @property
    def same(self) -> bool:
        """Whether the file says what the workspace says."""
        return not (self.changes or self.clashes or self.missing or self.left)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be said of the whole, in sentences for any page or terminal."""
        if self.same:
            return (SAME,)
        return tuple(filter(None, ("" if self.changes or self.clashes else DIFFERS, WHY[self.against])))


def differences(
    home: Home, workspace: Workspace, incoming: Incoming, *, remove: bool = False, take: bool = False
) -> Differences:
    """Return what an import would do to a workspace.

    Args:
        home: where the workspace is kept.
        workspace: as it stands.
        incoming: what the file holds.
        remove: whether records that the file lacks are taken out.
        take: whether the file's words are taken for what the home has changed since as well.

    Raises:
        UsageError: the file is of another workspace.
        BadWorkspace: something in the file will not do; says everything that is wrong, each at its place.
    """
    _of_this_workspace(workspace, incoming)
    against = _against(home, workspace, incoming.stamp, take)
    base = incoming.stamp.records if incoming.stamp and against == "as exported" else None
    rows, wanted = _wanted(workspace, incoming)
    found: dict[str, list[Any]] = {"changes": [], "clashes": [], "missing": [], "left": []}
    result: dict[Name, Row] = {
        (kind, id): row
        for kind in kinds()
        for id, row in zip(workspace.records[kind], rows_as_built(workspace, kind), strict=True)
    }
    for name, after in wanted.items():
        change = Change(*name, workspace.values(*name), after)
        what = _what(change, base)
        found[what].append(change)
        if what == "changes":
            result[name] = rows[name]
        elif change.before == after:
            result[name] = replace(result[name], place=rows[name].place)
    gone: dict[Name, Record] = {}
    for name, change in _absent(workspace, incoming, wanted):
        what = _what(change, base) if remove or (base is not None and name not in base) else "missing"
        found[what].append(name if what == "missing" else change)
        if what == "changes":
            gone[name] = workspace.records[name[0]][name[1]]
            del result[name]
    if not found["clashes"]:
        build(result.values(), gone)
    return Differences(
        tuple(found["changes"]),
        tuple(found["clashes"]),
        tuple(found["missing"]),
        tuple(one for one in found["left"] if one.before != one.after),
        against,
        {name: fields for one in found["changes"] if (fields := _taken(rows.get(name := (one.kind, one.id)), one))},
    )


def _taken(row: Row | None, change: Change) -> frozenset[str]:
    """Return the fields that a change fills in, as they are empty in the row that it was made from."""
    if row is None or row.record or not change.after:
        return frozenset()
    return frozenset(change.after.keys() - row.values.keys() - {"id"})


def _of_this_workspace(workspace: Workspace, incoming: Incoming) -> None:
    """Refuse a file of another workspace."""
    ids = {str(row.record.id if row.record else row.values.get("id", "")) for row in incoming.rows if _is_header(row)}
    stamp = incoming.stamp
    for id in ids | ({stamp.workspace} if stamp else set()):
        if id and id != workspace.id:
            raise UsageError(
                f"The file holds the workspace '{id[:80]}', and this one is '{workspace.id}'. Bring it into that one, "
                "or make a new workspace of it: where workspaces are begun in the browser, or with outward import FILE "
                "NAME --new."
            )


def _against(home: Home, workspace: Workspace, stamp: Exported | None, take: bool) -> Against:
    """Return what a file can be compared with."""
    if stamp is None:
        return "no stamp"
    if stamp.revision != workspace.revision and not _stood(home, workspace, stamp):
        return "another past"
    return "asked" if take else "as exported"


def _stood(home: Home, workspace: Workspace, stamp: Exported) -> bool:
    """Return whether each record of a stamp stands in a workspace, or once stood there, as it was stamped.

    Of a record whose past is erased, nobody can tell: it is taken to have stood so. What was erased is then left out
    like all that was changed since, and does not come back with an old file unless somebody asks for its words.
    """
    now = fingerprints_of(workspace)
    unlike = {name: found for name, found in stamp.records.items() if now.get(name) != found}
    try:
        past = home.history() if unlike else ()
    except OutwardError:  # without its history nobody can tell
        return False
    for one in past:
        name = (one.kind, one.id)
        if name in unlike and (one.erased or (one.after is not None and fingerprint_of(one.after) == unlike[name])):
            del unlike[name]
    if any(one.erased for one in past):  # what was removed before its past was erased has lost its id as well
        known = {(one.kind, one.id) for one in past}
        unlike = {name: found for name, found in unlike.items() if name in known}
    return not unlike


def _is_header(row: Row) -> bool:
    return row.kind == Header.KIND


def _wanted(workspace: Workspace, incoming: Incoming) -> tuple[dict[Name, Row], dict[Name, dict[str, Any]]]:
    """Return the row and the plain values of each record in the file, with what its sheet has no column for.

    Raises:
        BadWorkspace: something in them will not do, or an id stands twice.
    """
    rows: dict[Name, Row] = {}
    wanted: dict[Name, dict[str, Any]] = {}
    merged: list[Row] = []
    for row in incoming.rows:
        if row.record is None:
            held = workspace.values(row.kind, str(row.values.get("id", ""))) or {}
            kept = {field: value for field, value in held.items() if field not in incoming.columns[row.kind]}
            row = Row(row.kind, kept | dict(row.values), row.place)
        merged.append(row)
        made = record_of(row)
        if not isinstance(made, list):
            rows[row.kind, made.id], wanted[row.kind, made.id] = row, plain(made)
    if len(rows) < len(merged):  # some will not do, or stand twice: everything wrong is said at once
        here = (row for kind in kinds() for row in rows_as_built(workspace, kind))
        typed = {*rows, *((row.kind, str(row.values.get("id", ""))) for row in merged)}
        build([*(row for row in here if row.record and (row.kind, row.record.id) not in typed), *merged])
    return rows, wanted


def _absent(workspace: Workspace, incoming: Incoming, wanted: Mapping[Name, object]) -> list[tuple[Name, Change]]:
    """Return the records that the file has a place for and lacks, each with the change that takes it out."""
    return [
        ((kind, id), Change(kind, id, workspace.values(kind, id), None))
        for kind in incoming.columns
        for id in workspace.records[kind]
        if (kind, id) not in wanted and kind != Header.KIND
    ]


def _what(change: Change, base: Mapping[Name, str] | None) -> str:
    """Return what becomes of a difference: 'changes', 'clashes', or 'left' where the file did not make it."""
    if change.before == change.after:
        return "left"
    if base is None:
        return "changes"
    then = base.get((change.kind, change.id))
    after, now = (None if held is None else fingerprint_of(held) for held in (change.after, change.before))
    if after == then:
        return "left"
    return "changes" if now == then else "clashes"


def what_happened(change: Change) -> str:
    """Return what a change is called: 'Added', 'Removed' or 'Changed'."""
    return "Added" if change.before is None else "Removed" if change.after is None else "Changed"


def alike(workspace: Workspace, found: Differences) -> Mapping[Name, str]:
    """Return what to say of each added record that has the title of another: its id may have been changed.

    Args:
        workspace: as it stands.
        found: what an import would do to it.
    """
    absent = {(kind, as_called(workspace.records[kind][id].title)): id for kind, id in found.missing}
    absent |= {
        (one.kind, as_called(str((one.before or {})["title"]))): one.id for one in found.changes if not one.after
    }
    told = {}
    for one in found.changes:
        id = absent.get((one.kind, as_called(str((one.after or {}).get("title", "")))))
        if one.before is None and id:
            told[one.kind, one.id] = (
                f"It has the title of '{id}', which is not in the file. Was its id changed? Then write '{id}' in its "
                "row again: an id never changes."
            )
    return told


TAKEN = "taken because empty"
"""What is said of a field that was left empty in the file and gets what is usual."""
LEFT = {
    "Added": "Removed from the workspace since, and left so",
    "Removed": "Added to the workspace since, and left so",
    "Changed": "Changed in the workspace since, and left so",
}
"""What the home did since, by what the file would do."""
