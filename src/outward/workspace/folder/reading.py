"""A workspace as a folder that fits in git: `workspace.yaml` and one file a kind in `records/`."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from outward.errors import NotFound
from outward.workspace.building import Row, build, wrong_with_each
from outward.workspace.contents import Workspace
from outward.workspace.fields import Field, fields_of
from outward.workspace.header import Header
from outward.workspace.ids import id_from
from outward.workspace.problems import UNKNOWN, UNREADABLE, WRONG, BadWorkspace, Place, Problem
from outward.workspace.records import Record, kinds
from outward.workspace.safe_yaml import lines_of, mapping, read_yaml, value_of

HEADER = "workspace.yaml"
RECORDS = "records"


def file_of(kind: type[Record]) -> str:
    """Return the file of a kind of record within a workspace's folder.

    >>> from outward.workspace.kinds.knowledge import DataSet
    >>> file_of(DataSet)
    'records/data_sets.yaml'
    """
    return HEADER if kind is Header else f"{RECORDS}/{kind.PLURAL.replace(' ', '_')}.yaml"


def read_workspace(folder: Path, known: Mapping[str, Sequence[Row]] | None = None) -> Workspace:
    """Return the workspace of a folder.

    Args:
        folder: holds `workspace.yaml`, and `records/<kind>.yaml` for what is written down.
        known: file to its rows, where they are known; these files are not read.

    Raises:
        NotFound: there is no workspace.yaml.
        BadWorkspace: something in it cannot be read; says everything that is wrong, each with file and line.
    """
    if not lies_there(folder / HEADER):
        raise NotFound(
            f"'{folder.resolve().name}' is no workspace: it holds no {HEADER}. Make one with: outward new FOLDER"
        )
    problems: list[Problem] = list(_strangers(folder))
    rows: list[Row] = []
    for kind in kinds().values():
        try:
            rows += known[file_of(kind)] if known and file_of(kind) in known else read_file(folder, kind)
        except BadWorkspace as error:
            problems += error.problems
    if problems:
        raise BadWorkspace([*problems, *wrong_with_each(rows)], unfinished=True)
    return build(rows)


def read_file(folder: Path, kind: type[Record]) -> list[Row]:
    """Return the rows of one kind's file; none where there is no such file.

    Raises:
        BadWorkspace: it cannot be read.
    """
    content = content_of(folder, kind)
    return [] if content is None else rows_of(content, kind, id_of(folder))


def id_of(folder: Path) -> str:
    """Return the id of a workspace whose own file says none: that of its folder's name, by whatever way it is reached.

    >>> id_of(Path("somewhere/../Our pensions"))
    'our-pensions'
    """
    return id_from(folder.resolve().name)


def content_of(folder: Path, kind: type[Record]) -> bytes | None:
    """Return the bytes of one kind's file; None where nothing lies there.

    Raises:
        BadWorkspace: what lies there is no file, or cannot be read.
    """
    path = folder / file_of(kind)
    try:
        if not lies_there(path):
            return None
        if stat.S_ISREG(path.stat().st_mode):
            return path.read_bytes()
        said = "This is no file. Move away what lies there."
    except FileNotFoundError:
        said = "This is a link to nothing. Take it away, or put the file where it leads."
    except OSError as error:
        said = f"The file cannot be read: {error.strerror}. Look at who may read it."
    raise BadWorkspace([Problem(UNREADABLE, said, Place(file_of(kind)))])


def lies_there(path: Path) -> bool:
    """Return whether anything lies at a path: a file, or what keeps one from lying there."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: no file can have such a name
        return False
    except OSError as error:
        return error.errno != errno.ENAMETOOLONG
    return True


def rows_of(content: bytes, kind: type[Record], id: str = "") -> list[Row]:
    """Return the rows of a file of one kind.

    Args:
        content: its bytes.
        kind: what is written in it.
        id: that of the workspace, where its own file does not say it.

    Raises:
        BadWorkspace: it cannot be read.
    """
    return rows_in(read_yaml(content, file_of(kind)), kind, id)


def rows_in(root: yaml.Node | None, kind: type[Record], id: str = "") -> list[Row]:
    """Return the rows in the tree of a file; see `rows_of`."""
    name = file_of(kind)
    if root is None:
        return []
    if kind is Header:
        return [_row(kind, root, name, id)]
    if not isinstance(root, yaml.SequenceNode):
        said = f"The file must be a list: each {kind.TITLE} begins with '- id: ...'."
        raise BadWorkspace([Problem(WRONG, said, Place(name, root.start_mark.line + 1))])
    rows: list[Row] = []
    problems: list[Problem] = []
    for node in root.value:
        try:
            rows.append(_row(kind, node, name))
        except BadWorkspace as error:
            problems += error.problems
    if problems:
        raise BadWorkspace(problems)
    return rows


def _row(kind: type[Record], node: yaml.Node, file: str, id: str = "") -> Row:
    known = {field.name: field for field in fields_of(kind)}
    values: dict[str, Any] = {"id": id} if id else {}
    for name, value in mapping(node, file, f"a {kind.TITLE}"):
        field = known.get(name)
        found = value_of(value, typed=bool(field and field.shape == "settings"))
        if found is not None:
            values[name] = _as_list(field, found)
    return Row(kind.KIND, values, Place(file, node.start_mark.line + 1, lines_of(node)))


def _as_list(field: Field | None, value: Any) -> Any:
    """Return a lone value as a list of one, where the field holds several; nothing in a list is left out."""
    if field and field.several:
        return [one for one in value if one is not None] if isinstance(value, list) else [value]
    return value


def _strangers(folder: Path) -> Iterator[Problem]:
    """Yield a problem for each file among the records that belongs to no kind."""
    if os.path.lexists(folder / RECORDS) and not (folder / RECORDS).is_dir():
        yield Problem(UNREADABLE, "This is no folder. Move away what lies there.", Place(RECORDS))
        return
    known = {file_of(kind) for kind in kinds().values()}
    for path in sorted((folder / RECORDS).glob("*")):
        name = f"{RECORDS}/{path.name}"
        if path.suffix in (".yaml", ".yml") and name not in known:
            files = ", ".join(sorted(one.removeprefix(f"{RECORDS}/") for one in known - {HEADER}))
            yield Problem(
                UNKNOWN, f"No kind of record is kept in a file of this name. Known are: {files}.", Place(name)
            )
