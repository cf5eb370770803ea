"""The commands that take a workspace out and bring it in: what would change is said before anything does."""

from __future__ import annotations

import getpass
import os
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from outward import dates
from outward.cli.progress import Line
from outward.errors import UsageError
from outward.workspace.contents import Workspace
from outward.workspace.differing import LEFT, TAKEN, Differences, alike, what_happened
from outward.workspace.exchange import DATABASE_ENDING
from outward.workspace.fields import fields_of
from outward.workspace.homes.home import Change
from outward.workspace.records import kind_of

CUT = 100
"""Letters of a value that are shown."""
SHOWN = 200
"""Records that are listed."""


def export(
    workspace: Annotated[str, typer.Argument(help="A workspace: its folder, its database, or its id.")],
    file: Annotated[
        str, typer.Argument(help="What to write: a workbook (.xlsx, .ods), a new folder, or a ZIP file of one (.zip).")
    ],
) -> None:
    """Write a workspace as a workbook, a folder or a ZIP file of one, to be changed and brought back."""
    from outward.workspace.exchange import export as write
    from outward.workspace.homes.home import open_home

    home = open_home(workspace)
    written = write(home, Path(file), dates.today())
    number = sum(map(len, written.records.values()))
    typer.echo(f"Written to {file}: {_counted(number)} of {home.where}, revision {written.revision}.")


def bring_in(
    file: Annotated[
        str,
        typer.Argument(help="A workbook (.xlsx, .ods), a ZIP file of a workspace's folder, or its folder or database."),
    ],
    workspace: Annotated[
        str, typer.Argument(help="The workspace to change: its folder, its database (.sqlite), or its id.")
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Make the changes that are shown.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Take out the records that the file lacks.")] = False,
    take: Annotated[
        bool, typer.Option("--take", help="Take the file's words for what was changed in the workspace since, too.")
    ] = False,
    new: Annotated[bool, typer.Option("--new", help="Make the workspace if there is none of that name.")] = False,
    by: Annotated[str, typer.Option("--by", help="Who makes the changes; unless given, your name here.")] = "",
) -> None:
    """Show what a workbook or folder would change in a workspace, and with --yes change it.

    Where there is none yet at a path (./claims, claims.sqlite), it is made; under a bare name only with --new, as it
    may be a slip. Exit code 1 says that there are changes and none was made.
    """
    from outward.workspace.differing import differences
    from outward.workspace.exchange import ChangedTwice, apply, bring_in_new, incoming_from
    from outward.workspace.homes.home import open_home

    try:
        home = open_home(workspace)
    except UsageError as error:
        with Line() as line:
            incoming = incoming_from(Path(file), line)
        if Path(workspace).is_dir() or not (number := len(incoming.rows)):
            raise
        if not (new or is_path(workspace)):
            raise UsageError(f"{error} To make a new workspace of that name, add --new.") from None
        if not yes:
            typer.echo(f"There is no workspace '{workspace}'. With --yes it is made, with {_counted(number)}.")
            raise typer.Exit(1) from None
        made = bring_in_new(incoming, Path(workspace), by or getpass.getuser())
        typer.echo(f"The workspace '{made.title}' is made in '{workspace}', with {_counted(number)}.")
        typer.echo(f"To open it in the browser: outward serve {shlex.quote(workspace)}")
        return
    held = home.load()
    with Line() as line:
        incoming = incoming_from(Path(file), line, held)
    found = differences(home, held, incoming, remove=remove, take=take)
    for said in told(held, found):
        typer.echo(said)
    if found.clashes:
        raise ChangedTwice(found.clashes)
    if not found.changes:
        return
    if yes:
        apply(home, found, by or getpass.getuser())
        typer.echo(f"\n{_counted(len(found.changes))} changed in {home.where}.")
    else:
        typer.echo(f"\nNothing was changed. To change {_counted(len(found.changes))} in {home.where}, add --yes.")
        raise typer.Exit(1)


def is_path(workspace: str) -> bool:
    """Return whether the words for a workspace surely mean a place on the disk, and not the id of one.

    >>> [is_path(words) for words in ("literacy", "./literacy", "literacy.sqlite")]
    [False, True, True]
    """
    return Path(workspace).suffix.lower() == DATABASE_ENDING or any(one in workspace for one in (os.sep, "/"))


def told(workspace: Workspace, found: Differences) -> Iterator[str]:
    """Yield what an import would do, line by line."""
    likeness = alike(workspace, found)
    for change in found.changes[:SHOWN]:
        yield from _change(change, taken=found.taken.get((change.kind, change.id), frozenset()))
        if same := likeness.get((change.kind, change.id)):
            yield f"    {same}"
    if len(found.changes) > SHOWN:
        yield f"... and {_counted(len(found.changes) - SHOWN)} more."
    for change in found.clashes[:SHOWN]:
        yield from _change(change, "Changed on both sides")
    if found.missing:
        some = ", ".join(_called(*name) for name in found.missing[:5]) + (" ..." if len(found.missing) > 5 else "")
        yield f"Not in the file, and left where they are: {some}. To take them out, add --remove."
    for change in found.left[:SHOWN]:
        yield from _change(change, LEFT[what_happened(change)])
    if found.left or found.clashes:
        number = _counted(len(found.left) + len(found.clashes))
        yield (
            f"Changed in the workspace since the file was taken away: {number}. To take the file's words for them too, "
            "add --take; the history keeps what stands there now."
        )
    yield from found.notes


def _change(change: Change, said: str = "", taken: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield a change: the record, then each field that differs."""
    before, after = change.before or {}, change.after or {}
    yield f"{said or what_happened(change)}: {_called(change.kind, change.id)} - {_said((after or before)['title'])}"
    if change.after is not None:
        for field in fields_of(kind_of(change.kind)):
            old, new = before.get(field.name), after.get(field.name)
            note = f" ({TAKEN})" if field.name in taken else ""
            if change.before is None and new is not None and field.name not in ("id", "title"):
                yield f"    {field.name}: {_said(new)}{note}"
            elif change.before is not None and old != new:
                yield f"    {field.name}: {_said(old)} -> {_said(new)}{note}"


def _called(kind: str, id: str) -> str:
    return f"{kind_of(kind).TITLE} '{id}'"


def _said(value: Any) -> str:
    """Return a value in one short line, without letters that would steer a terminal."""
    if value is None:
        return "(nothing)"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    text = "".join(letter if letter.isprintable() else " " for letter in text)
    return text if len(text) <= CUT else f"{text[:CUT]} ..."


def _counted(number: int) -> str:
    return f"{number:,} record{'' if number == 1 else 's'}"
