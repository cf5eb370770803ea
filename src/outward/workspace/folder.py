"""A workspace as a folder: what a body says of itself in `workspace.yaml`, and the evidence it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from outward.errors import BadInput, NotFound

LARGEST = 1_000_000  # bytes of a workspace.yaml


@dataclass(frozen=True)
class EvidencePlace:
    """A piece of evidence that a workspace names.

    Attributes:
        id: its name within the workspace.
        title: what people call it.
        file: the file's name; generated evidence is made under it.
        settings: what is confirmed about it, plain values as `Settings` has them.
    """

    id: str
    title: str
    file: str
    settings: Mapping[str, Any]


@dataclass(frozen=True)
class Workspace:
    """What one body knows, as far as its folder says.

    Attributes:
        id: the folder's name, used in addresses.
        title: its heading.
        body: the public body.
        about: paragraphs that say what it is about.
        made_up: whether the body and its evidence are fictional.
        evidence: the evidence it names.
        data_sets: ids of the laid logs of that evidence on this machine.
    """

    id: str
    title: str
    body: str
    about: tuple[str, ...]
    made_up: bool
    evidence: tuple[EvidencePlace, ...]
    data_sets: tuple[str, ...] = ()


def read_workspace(folder: Path, data_sets: tuple[str, ...] = ()) -> Workspace:
    """Return the workspace of a folder.

    Args:
        folder: holds `workspace.yaml`.
        data_sets: ids of the laid logs that belong to it.

    Raises:
        NotFound: there is no workspace.yaml.
        BadInput: it is no YAML, or something in it is missing or of the wrong kind; says where.
    """
    path = folder / "workspace.yaml"
    if not path.is_file():
        raise NotFound(f"'{folder.name}' is no workspace: it holds no workspace.yaml.")
    data = _mapping(path)
    body = data.get("body", "")
    try:
        return Workspace(
            id=str(data.get("id", folder.name)),
            title=str(data["title"]),
            body=str(body["name"] if isinstance(body, dict) else body),
            about=tuple(" ".join(part.split()) for part in str(data.get("about", "")).split("\n\n") if part.strip()),
            made_up=bool(data.get("made_up", False)),
            evidence=tuple(
                EvidencePlace(str(one["id"]), str(one["title"]), str(one["file"]), dict(one.get("settings", {})))
                for one in data.get("evidence", [])
            ),
            data_sets=data_sets,
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise BadInput(
            f"'{folder.name}/workspace.yaml' lacks {error} or has it in a shape that is not known."
        ) from error


def _mapping(path: Path) -> dict[str, Any]:
    if path.stat().st_size > LARGEST:
        raise BadInput(f"'{path.parent.name}/workspace.yaml' is larger than a megabyte. Is it the right file?")
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        at = f", line {mark.line + 1}" if mark else ""
        raise BadInput(f"'{path.parent.name}/workspace.yaml'{at} is not YAML that can be read.") from error
    if not isinstance(data, dict):
        raise BadInput(f"'{path.parent.name}/workspace.yaml' must hold names and values, as 'title: ...'.")
    return data
