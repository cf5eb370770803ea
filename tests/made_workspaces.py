"""Small made-up workspaces for tests: records given as plain values, as a value or as a folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from outward.workspace.building import Row, build
from outward.workspace.contents import Workspace
from outward.workspace.folder.reading import file_of
from outward.workspace.records import kind_of

_NUMBER = count()
Records = Sequence[Mapping[str, Any]]


def made_workspace(header: Mapping[str, Any] | None = None, **records: Records) -> Workspace:
    """Return the workspace of these records, by kind; a record without a title is titled by its id."""
    rows = [Row("workspace", {"id": "made", "title": "Made", **(header or {})})]
    rows += [Row(kind, titled(one)) for kind, some in records.items() for one in some]
    return build(rows)


def titled(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the record with a title."""
    return {"title": str(record["id"]).replace("-", " ").capitalize(), **record}


def shuffled(workspace: Workspace, seed: int) -> Workspace:
    """Return the same records in another order, as a workspace that was never asked before."""
    records = {kind: list(held.items()) for kind, held in workspace.records.items()}
    rng = np.random.default_rng(seed)
    records = {kind: [held[place] for place in rng.permutation(len(held))] for kind, held in records.items()}
    return Workspace({kind: dict(held) for kind, held in records.items()}, {}, f"shuffled {next(_NUMBER)}")


def written(folder: Path, header: Mapping[str, Any] | None = None, **records: Records) -> Path:
    """Write these records as the folder of a workspace, and return the folder."""
    (folder / "records").mkdir(parents=True)
    said = {"title": "Made", **(header or {})}
    (folder / "workspace.yaml").write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    for kind, some in records.items():
        text = yaml.safe_dump([titled(one) for one in some], allow_unicode=True, sort_keys=False)
        (folder / file_of(kind_of(kind))).write_text(text, encoding="utf-8")
    return folder
