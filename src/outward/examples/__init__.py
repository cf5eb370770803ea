"""The example workspaces: records written by hand, evidence made by documented, seeded generators."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from functools import cache
from importlib import import_module
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from outward.own_folder import own_folder
from outward.workspace.contents import Workspace
from outward.workspace.folder.reading import read_workspace
from outward.workspace.kinds.knowledge import DataSet

if TYPE_CHECKING:
    from outward.catalogue import Progress
    from outward.evidence.store import LaidLog

EXAMPLES = ("pensions", "connexions", "literacy", "across")


def bring_in_examples(progress: Progress | None = None) -> list[LaidLog]:
    """Copy the workspace of every example to this machine, make and lay its evidence, and return the laid logs.

    What is there already stays as it is.
    """
    from outward.evidence.store import data_sets

    for name in EXAMPLES:
        copy_example(name)
    there = {log.manifest.source: log for log in data_sets()}
    return [
        there[place.file] if place.file in there else _bring_in(name, place, progress)
        for name in EXAMPLES
        for place in read_example(name).every(DataSet)
        if place.file
    ]


@cache
def read_example(name: str) -> Workspace:
    """Return an example's workspace as it is shipped."""
    with as_file(files("outward.examples").joinpath(name)) as folder:
        return read_workspace(folder)


def laid_of(workspace: Workspace) -> list[LaidLog]:
    """Return the data sets of a workspace that are on this machine."""
    from outward.evidence.store import data_sets

    named = {place.file for place in workspace.every(DataSet) if place.file}
    return [log for log in data_sets() if log.manifest.source in named]


def copy_example(name: str) -> Path:
    """Return the folder of an example on this machine; it is copied there once, and never overwritten."""
    target = own_folder("workspaces") / name
    if not target.exists():
        with tempfile.TemporaryDirectory(prefix=".copying-", dir=target.parent) as room:
            part = Path(room) / name
            (part / "records").mkdir(parents=True)
            with as_file(files("outward.examples").joinpath(name)) as shipped:
                for path in (shipped / "workspace.yaml", *(shipped / "records").glob("*.yaml")):
                    shutil.copyfile(path, part / path.relative_to(shipped))
            with suppress(OSError):  # another process was faster
                part.rename(target)
    return target


def _bring_in(name: str, place: DataSet, progress: Progress | None) -> LaidLog:
    from outward.evidence.manifest import settings_from
    from outward.evidence.store import bring_in

    generator = import_module(f"outward.examples.{name}.make")
    with tempfile.TemporaryDirectory() as room:
        (made,) = generator.make(Path(room))
        return bring_in(made.rename(made.with_name(place.file)), settings_from(place.settings), progress)
