"""Drafts are kept as they were typed, for their owner alone, and not for ever."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from outward.workspace.database_home import DatabaseHome
from outward.workspace.drafts import KEPT_SECONDS, draft, drop_draft, keep_draft
from outward.workspace.homes import Change


def test_a_draft_is_kept_until_it_is_dropped_or_old(tmp_path: Path, own_home: Path) -> None:
    homes = [DatabaseHome(tmp_path / name) for name in ("one.sqlite", "other.sqlite")]
    for home in homes:
        home.change([Change("workspace", home.file.stem, None, {"id": home.file.stem, "title": "T"})], "Ana")
    home, other = homes
    typed = {"title": "  Letters\r\n\x00 ", "groups": ["a", ""], "size": "many"}
    keep_draft(home, "need/new", typed)
    assert draft(home, "need/new") == typed
    assert draft(home, "need/letters") is None
    assert draft(other, "need/new") is None
    (file,) = (own_home / "drafts").iterdir()
    assert (stat.S_IMODE(file.stat().st_mode), stat.S_IMODE(file.parent.stat().st_mode)) == (0o600, 0o700)
    keep_draft(home, "need/new", {"title": "B"})
    assert draft(home, "need/new") == {"title": "B"}
    keep_draft(home, "need/letters", typed)
    drop_draft(home, "need/new")
    drop_draft(home, "need/new")
    assert draft(home, "need/new") is None
    old = file.parent / "left.json"
    old.write_text("{}")
    for each in file.parent.iterdir():
        os.utime(each, (0, each.stat().st_mtime - KEPT_SECONDS - 60))
    assert draft(home, "need/letters") is None
    keep_draft(home, "need/new", typed)
    assert len(list(file.parent.iterdir())) == 1


def test_a_draft_that_is_damaged_is_none(tmp_path: Path, own_home: Path) -> None:
    home = DatabaseHome(tmp_path / "one.sqlite")
    keep_draft(home, "need/new", {"title": "A"})
    (file,) = (own_home / "drafts").iterdir()
    file.write_text("{half")
    assert draft(home, "need/new") is None
