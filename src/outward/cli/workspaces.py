"""Commands that make a workspace, and that open the pages on what is here."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from typing import Annotated

import typer

from outward.cli.progress import Line
from outward.errors import UsageError

PortOption = Annotated[int, typer.Option("--port", help="Port on this machine; 0 takes a free one.")]
BrowserOption = Annotated[bool, typer.Option("--browser/--no-browser", help="Open the browser.")]


def new(
    folder: Annotated[str, typer.Argument(help="The folder to make; with --database, the name of the workspace.")],
    title: Annotated[str | None, typer.Option("--title", help="What to call it; unless given, as the folder.")] = None,
    body: Annotated[str, typer.Option("--body", help="The public body whose workspace it is.")] = "",
    database: Annotated[
        bool, typer.Option("--database", help="Keep it in a database on this machine instead of in a folder.")
    ] = False,
) -> None:
    """Make a workspace: a folder of files to write in, or a database to fill in the browser."""
    from outward.workspace.homes.beginning import make_database, make_folder

    if not folder.strip():
        raise UsageError("Which folder is to be made? Give its name, as in: outward new our-workspace")
    if title is not None and not title.strip():
        raise UsageError("The title is empty. Say what to call the workspace, or leave out --title. Nothing was made.")
    if database:
        made = make_database(folder, title or "", body).where
        typer.echo(f"Made {made}. Open the pages on it with: outward serve")
    else:
        made = make_folder(Path(folder), title or "", body).where
        typer.echo(f"Made {made}. Write in its files, and open the pages on it with: outward serve {as_typed(folder)}")


def as_typed(name: str) -> str:
    """Return a name as it is typed in a terminal, in quotation marks where it needs them.

    >>> as_typed("pensions")
    'pensions'
    """
    if os.name != "nt":
        return shlex.quote(name)
    return name if re.fullmatch(r"[\w./:\\-]+", name) else f'"{name}"'


def serve(
    folder: Annotated[str, typer.Argument(help="A workspace to open as well: its folder, or its database.")] = "",
    port: PortOption = 0,
    browser: BrowserOption = True,
) -> None:
    """Open the pages on this machine, for you alone, on the workspaces and data sets that are here."""
    from outward.web.serving import serve as open_pages
    from outward.workspace.homes.home import SERVED, open_home
    from outward.workspace.problems import BadWorkspace

    if folder:
        try:
            open_home(folder).load()
        except BadWorkspace as error:
            typer.echo(f"{error}\n\nThe pages say so as well, and work again as soon as this is mended.", err=True)
        if Path(folder).exists():
            os.environ[SERVED] = str(Path(folder).resolve())
    open_pages(port=port, open_browser=browser)


def demo(port: PortOption = 0, browser: BrowserOption = True) -> None:
    """Open the pages on the examples: made-up workspaces of fictional bodies, yours to change."""
    from outward.examples import bring_in_examples
    from outward.web.serving import serve as open_pages

    with Line() as line:
        bring_in_examples(line)
    open_pages(port=port, open_browser=browser)
