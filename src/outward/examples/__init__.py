"""The example workspaces: records written by hand, evidence made by documented, seeded generators."""

from __future__ import annotations

import tempfile
from importlib import import_module
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from outward.catalogue import Progress
    from outward.evidence.store import LaidLog
    from outward.workspace.folder import Workspace

EXAMPLES = ("connexions",)


def bring_in_examples(progress: Progress | None = None) -> list[LaidLog]:
    """Make the evidence of every example that is not yet on this machine, lay it, and return the laid logs."""
    from outward.evidence.store import data_sets

    there = {log.manifest.source: log for log in data_sets()}
    return [
        there[place.file] if place.file in there else _bring_in(name, progress)
        for name in EXAMPLES
        for place in read_example(name).evidence
    ]


def read_example(name: str) -> Workspace:
    """Return an example's workspace, with the ids of its data sets on this machine."""
    from outward.evidence.store import data_sets
    from outward.workspace.folder import read_workspace

    with as_file(files("outward.examples").joinpath(name)) as folder:
        workspace = read_workspace(folder)
        made = {place.file for place in workspace.evidence}
        here = tuple(log.id for log in data_sets() if log.manifest.source in made)
        return read_workspace(folder, here)


def workspaces() -> list[Workspace]:
    """Return the examples whose evidence is on this machine."""
    return [workspace for workspace in map(read_example, EXAMPLES) if workspace.data_sets]


def _bring_in(name: str, progress: Progress | None) -> LaidLog:
    from outward.evidence.manifest import settings_from
    from outward.evidence.store import bring_in

    (place,) = read_example(name).evidence
    generator = import_module(f"outward.examples.{name}.make")
    with tempfile.TemporaryDirectory() as room:
        (made,) = generator.make(Path(room))
        return bring_in(made.rename(made.with_name(place.file)), settings_from(place.settings), progress)
