"""Beginning a workspace: a folder with files that say what to write in them, or a database."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from outward.errors import UsageError
from outward.own_folder import own_folder
from outward.phrases import in_a_row
from outward.workspace.building import Row, build
from outward.workspace.fields import LONGEST_LINE, Field, cannot_be_shown, fields_of
from outward.workspace.folder.reading import HEADER, RECORDS, file_of, id_of, lies_there, read_workspace
from outward.workspace.folder.words import field_lines
from outward.workspace.header import Header
from outward.workspace.homes.database import DatabaseHome, begin_in
from outward.workspace.homes.folder import FolderHome
from outward.workspace.homes.home import DATABASE
from outward.workspace.ids import id_from
from outward.workspace.records import Record, kind_of, plain

FIRST = ("group", "need", "measure", "finding", "action")
"""The kinds that people fill in first."""
IGNORED = "# Evidence holds personal data: it stays out of git.\nevidence/\n"


def make_folder(folder: Path, title: str = "", body: str = "") -> FolderHome:
    """Return a new workspace in a folder, whose files say what to write in them.

    Args:
        folder: is made; it may be there if it is empty.
        title: what to call it; unless given, as the folder.
        body: the public body whose workspace it is.

    Raises:
        UsageError: the folder is not empty or cannot be made, or what is said of it will not do; nothing was made.
    """
    name = folder.resolve().name
    values = _header_values(id_of(folder), title.strip() or name.strip(), body.strip())
    files = {".gitignore": IGNORED, HEADER: _header(values)}
    files |= {file_of(kind): _commented(kind) for kind in map(kind_of, FIRST)}
    try:
        there = folder.exists()
        if there and (not folder.is_dir() or any(one.name != ".git" for one in folder.iterdir())):
            raise UsageError(f"'{name}' is there already and is not empty. Choose another folder.")
        around = folder if there else folder.resolve().parent
        around.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=around, prefix=".outward-") as beside:
            whole = Path(beside) / "whole"
            (whole / RECORDS).mkdir(parents=True)
            for file, text in files.items():
                (whole / file).write_text(text, encoding="utf-8", newline="\n")
            read_workspace(whole)
            _move_in(whole, folder) if there else whole.rename(folder)
    except OSError as error:
        raise UsageError(f"The folder '{name}' cannot be made: {error.strerror}. Choose another.") from error
    home = FolderHome(folder)
    home.load()
    return home


def _move_in(whole: Path, folder: Path) -> None:
    """Move what a folder holds into an empty one, all of it or nothing; what makes it a workspace comes last."""
    moved: list[Path] = []
    try:
        for one in sorted(whole.iterdir(), key=lambda one: one.name == HEADER):
            moved.append(one.rename(folder / one.name))
    except OSError:
        for one in moved:
            one.rename(whole / one.name)
        raise


def _header_values(id: str, title: str, body: str) -> dict[str, Any]:
    """Return what is said of a workspace, once all of it will do.

    Raises:
        UsageError: something is longer than a line, or holds what no line may hold.
    """
    for what, text in (("title", title), ("body", body)):
        half = any("\ud800" <= letter <= "\udfff" for letter in text)  # of a name that is not UTF-8
        if len(text) > LONGEST_LINE or cannot_be_shown(text) or half:
            raise UsageError(
                f"The {what} of a workspace is one line of at most {LONGEST_LINE} letters, without line breaks or "
                f"tabs. Give another name, or say the {what} with --{what}. Nothing was made."
            )
    return {"id": id, "title": title or "Workspace", "body": body}


def make_database(name: str, title: str = "", body: str = "") -> DatabaseHome:
    """Return a new workspace in a database.

    Args:
        name: a file that ends in .sqlite; or the name of the workspace, whose database is then kept on this machine.
        title: what to call it; unless given, as its name.
        body: the public body whose workspace it is.

    Raises:
        UsageError: it is there already or cannot be made, or what is said of it will not do.
        BadInput: it cannot be written.
    """
    id = id_from(Path(name).stem if name.endswith(".sqlite") else Path(name).name)
    values = _header_values(id, title.strip() or Path(name).stem.strip(), body.strip())
    file = Path(name) if name.endswith(".sqlite") else _own_file(id)
    return begin_in(file, build([Row(Header.KIND, values)]), by="outward new")


def begin(said: Mapping[str, Any], rows: Iterable[Row], by: str) -> DatabaseHome:
    """Return a new workspace of this machine, in a database.

    Args:
        said: plain values of the workspace itself, its id among them; they stand before those among the rows.
        rows: the records that it begins with.
        by: who begins it.

    Raises:
        UsageError: there is a workspace of that id already, or it cannot be made.
        BadWorkspace: something in the rows will not do; nothing was made.
        BadInput: it cannot be written.
    """
    rows = list(rows)
    own = [plain(row.record) if row.record else row.values for row in rows if row.kind == Header.KIND][:1]
    header = Row(Header.KIND, {**dict(*own), **said})
    made = build([header, *(row for row in rows if row.kind != Header.KIND)])
    return begin_in(_own_file(made.id), made, by)


def _own_file(id: str) -> Path:
    """Return where the database of a new workspace of this machine is kept; its folder is made.

    Raises:
        UsageError: a workspace of that id lies there as a folder, or nothing can be made there.
    """
    try:
        folder = own_folder("workspaces") / id
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise UsageError(f"The workspace '{id}' cannot be made: {error.strerror}. Nothing was made.") from error
    if lies_there(folder / HEADER):
        raise UsageError(f"There is a workspace '{id}' already. Choose another name.")
    return folder / DATABASE


def _header(values: dict[str, Any]) -> str:
    """Return the file of the workspace itself, with what else can be said of it as comments."""
    lines = ["# The workspace itself. What stands behind a '#' is for people alone."]
    for field in fields_of(Header):
        if values.get(field.name):
            lines += field_lines(field, values[field.name], 0)
        else:
            lines += ["", f"# {field.help}", f"# {field.name}: {_hint(field)}".rstrip()]
    return "\n".join([*lines, ""])


def _commented(kind: type[Record]) -> str:
    """Return a file of a kind without records, which says how one is written."""
    must = [field.name for field in fields_of(kind) if field.required]
    lines = [
        f"# {kind.PLURAL[0].upper()}{kind.PLURAL[1:]}. {(kind.__doc__ or '').splitlines()[0]}",
        f"# Write each as below, without the '#'. It needs {in_a_row(must)}; leave out the rest.",
        "#",
    ]
    for number, field in enumerate(fields_of(kind)):
        start = "- " if number == 0 else "  "
        lines.append(f"# {start}{field.name}: {_hint(field)}".rstrip().ljust(44) + f"  # {field.help}")
    return "\n".join([*lines, ""])


def _hint(field: Field) -> str:
    """Return how a value of a field looks."""
    if field.choices:
        return field.choices[0]
    hint = {"day": "2026-03-31", "whole": "100", "number": "2.5", "yes or no": "true"}.get(field.shape, "...")
    if field.to or field.name == "id":
        hint = "short-name"
    return f"[{hint}]" if field.several else hint
