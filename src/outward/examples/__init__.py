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

from outward.errors import OutwardError
from outward.own_folder import own_folder
from outward.workspace.contents import Workspace
from outward.workspace.folder.reading import read_workspace
from outward.workspace.homes.home import Change, Home, open_home
from outward.workspace.kinds.knowledge import DataSet

if TYPE_CHECKING:
    from outward.catalogue import Progress
    from outward.evidence.store import LaidLog

EXAMPLES = ("pensions", "connexions", "literacy", "across")


def bring_in_examples(progress: Progress | None = None) -> list[LaidLog]:
    """Copy the workspace of every example to this machine, make and lay its evidence, and return the laid logs.

    The record of a data set then says which of the laid logs it is. What is there already stays as it is.
    """
    homes = {name: open_home(copy_example(name)) for name in EXAMPLES}
    return [
        _there(homes[name], place) or _bring_in(name, homes[name], place, progress)
        for name in EXAMPLES
        for place in read_example(name).every(DataSet)
        if place.file
    ]


@cache
def read_example(name: str) -> Workspace:
    """Return an example's workspace as it is shipped."""
    with as_file(files("outward.examples").joinpath(name)) as folder:
        return read_workspace(folder)


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


def _there(home: Home, place: DataSet) -> LaidLog | None:
    """Return the laid log that the copy of an example names as this data set, if it is on this machine."""
    from outward.evidence.store import find

    with suppress(OutwardError):
        copied = home.load().get(DataSet, place.id)
        return find(copied.brought_in_as) if copied else None
    return None


def _bring_in(name: str, home: Home, place: DataSet, progress: Progress | None) -> LaidLog:
    """Make and lay the evidence of an example, and let the record in its copy say which laid log it is."""
    from outward.evidence.manifest import settings_from
    from outward.evidence.store import bring_in

    generator = import_module(f"outward.examples.{name}.make")
    with tempfile.TemporaryDirectory() as room:
        (made,) = generator.make(Path(room))
        log = bring_in(made.rename(made.with_name(place.file)), settings_from(place.settings), progress)
    with suppress(OutwardError):  # a copy that cannot be read or written as it stands
        copied = home.load()
        if now := copied.values(DataSet.KIND, place.id):
            named = Change(DataSet.KIND, place.id, now, {**now, "brought_in_as": log.id})
            home.change([named], by="outward demo")
    return log
