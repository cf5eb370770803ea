"""Many edits at once, from threads and processes: none is lost, and what is refused says what stands there.

About five hundred on each home by default; ten thousand with OUTWARD_EXHAUSTIVE=1.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from tests.unit.workspace.many_at_once import GROUPS, START

from outward.workspace.homes.database import DatabaseHome
from outward.workspace.homes.folder import FolderHome
from outward.workspace.homes.home import Change, Home
from outward.workspace.kinds.customers import Group

PROCESSES, THREADS = 2, 2
EDITS = 2_500 if os.environ.get("OUTWARD_EXHAUSTIVE") == "1" else 125


def begun(tmp_path: Path, sort: str) -> Home:
    """Make a workspace with five groups."""
    groups = [{"id": id, "title": id, "size": START} for id in GROUPS]
    if sort == "database":
        home = DatabaseHome(tmp_path / "w.sqlite")
        header = {"id": "w", "title": "W"}
        added = [Change("group", id, None, values) for id, values in zip(GROUPS, groups, strict=True)]
        home.change([Change("workspace", "w", None, header), *added], "Ana")
        return home
    (tmp_path / "w" / "records").mkdir(parents=True)
    (tmp_path / "w" / "workspace.yaml").write_text("title: W\n")
    lines = [f"- id: {one['id']}  # ours\n  title: x\n  size: {START}\n" for one in groups]
    (tmp_path / "w" / "records" / "groups.yaml").write_text("".join(lines))
    folder = FolderHome(tmp_path / "w")
    folder.load()
    return folder


@pytest.mark.parametrize("sort", ["folder", "database"])
def test_no_edit_is_lost(tmp_path: Path, sort: str) -> None:
    home = begun(tmp_path, sort)
    place = getattr(home, "file", None) or getattr(home, "folder", None)
    first = len(home.history())
    command = [sys.executable, "-m", "tests.unit.workspace.many_at_once", str(place)]
    workers = [
        subprocess.Popen([*command, str(seed), str(THREADS), str(EDITS)], stdout=subprocess.PIPE)
        for seed in range(PROCESSES)
    ]
    sums: Counter[str] = Counter()
    for worker in workers:
        said, _ = worker.communicate()
        assert worker.returncode == 0
        sums.update(json.loads(said))
    assert sums["accepted"] == PROCESSES * THREADS * EDITS
    assert sums["refused"] > 0
    assert sums["wrongly refused"] == 0
    assert {one.id: (one.size or 0) - START for one in home.load().every(Group)} == {id: sums[id] for id in GROUPS}
    history = home.history()
    assert len(history) - first == sums["records"]
    stands: dict[str, object] = {}
    for one in history:
        if one.kind == "group":
            assert one.before == stands.get(one.id)
            stands[one.id] = one.after
    if sort == "folder":
        text = (tmp_path / "w" / "records" / "groups.yaml").read_text()
        assert text.count("  # ours\n") == len(GROUPS)
        assert not [one for one in history[first:] if one.by == "outside"]
