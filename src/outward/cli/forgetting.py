"""The commands that remove for good: what a record held in the past, a data set, a whole workspace."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

from outward.errors import NotFound, UsageError


def erase(
    workspace: Annotated[str, typer.Argument(help="A workspace: its folder, its database, or its id.")],
    record: Annotated[str, typer.Argument(help="The record, as 'interview/a-pensioner'.")],
    by: Annotated[str, typer.Option("--by", help="Who erases it; unless given, your name here.")] = "",
) -> None:
    """Erase what a record held in the past, for good: from the history of the workspace, and drafts of it.

    What it holds now stays; change or remove it first. Who changed it and when stays too; a record that was removed
    gets an id that tells nothing. The files of a folder, its history in git and copies elsewhere are not reached.
    """
    from outward.phrases import in_a_row
    from outward.web.carrying import waiting
    from outward.web.erasing import erase as erase_past
    from outward.workspace.homes.home import open_home
    from outward.workspace.records import kind_of

    kind, _, id = record.partition("/")
    if not id:
        raise UsageError(f"Which record is '{record}'? Give its kind and its id, as in 'interview/a-pensioner'.")
    home, called = open_home(workspace), kind_of(kind).TITLE
    since = erase_past(home, kind, id, by or getpass.getuser())
    if not since:
        typer.echo(
            f"A draft of the {called} '{id}' is erased from this machine. Nothing of its past was left to erase in "
            f"{home.where}."
        )
        return
    files = in_a_row([str(one.about["file"]) for one in waiting(home.own_name)])
    otherwise = "" if since == id else f" The history now calls it '{since}'."
    typer.echo(
        f"What the {called} '{id}' held in the past is erased from {home.where}.{otherwise} "
        "The files of a folder, its history in git and copies elsewhere were not touched."
        f"{files and f' Nor was what waits to be brought in, for a day at most: {files}.'}"
    )


def forget(
    source: Annotated[
        str,
        typer.Argument(help="Id of a data set (`outward data` lists them); or a workspace: its id, or its folder."),
    ],
) -> None:
    """Erase a data set or a workspace from this machine for good.

    The file that a data set came from stays where it is; so do the files of a workspace in a folder of your own,
    whose history and drafts go.
    """
    from outward.evidence import store
    from outward.web.erasing import forget as forget_workspace
    from outward.workspace.homes.forgetting import all_gone, home_of, is_kept, sweep

    sweep()
    try:
        name = store.find(source).name
    except NotFound:
        try:
            home = home_of(source)
        except UsageError:
            all_gone()
            said = f"There is no data set or workspace '{source}' on this machine. `outward data` lists data sets."
            raise NotFound(said) from None
        kept, where = is_kept(home), home.where
        forget_workspace(home)
        files = "" if kept else " The files of the folder were not touched."
        typer.echo(f"All that was kept here of {where} is erased from this machine.{files}")
        return
    store.forget(source)
    typer.echo(f"'{name}' is erased from this machine. The file it came from was not touched.")
