"""Small made-up workbooks of a workspace, read at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from outward.workspace.building import build
from outward.workspace.problems import BadWorkspace
from outward.workspace.workbook.reading import Incoming, read_workbook

from .made_workbooks import Cell, Rows, write_workbook

HEADER: Rows = [("Id", "Title", "Body"), ("claims", "Claims", "Downland Council")]
GROUPS: Rows = [("Id", "Title", "Status", "Size", "Size on", "Comes from")]
NEEDS: Rows = [("Id", "Title", "Groups", "Importance")]


def groups(*rows: Sequence[Cell]) -> dict[str, Rows]:
    return {"Workspace": HEADER, "Groups": [*GROUPS, *rows]}


def read(tmp_path: Path, sheets: dict[str, Rows], ending: str = "xlsx", **more: object) -> Incoming:
    return read_workbook(write_workbook(tmp_path / f"made.{ending}", sheets, **more))  # type: ignore[arg-type]


def refused(tmp_path: Path, sheets: dict[str, Rows], ending: str = "xlsx", **more: object) -> list[str]:
    with pytest.raises(BadWorkspace) as error:
        build(read(tmp_path, sheets, ending, **more).rows)
    return str(error.value).splitlines()
