"""A change of several files is made whole or not at all, at whatever moment the process is killed."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from outward.workspace import folder_home, revisions, written_together
from outward.workspace.folder_home import FolderHome
from outward.workspace.homes import Change
from outward.workspace.records import plain

GROUPS = "# Ours.\n- id: all\n  title: All\n- id: old\n  title: Old\n"
NEEDS = "- id: gone\n  title: Gone\n  groups: [all]\n"


class Killed(BaseException):
    """Ends the work at once, as a killed process does: nothing in the code looks for it."""


def made(folder: Path) -> FolderHome:
    """Make a workspace of two files in a folder, and read it once."""
    (folder / "records").mkdir(parents=True)
    (folder / "workspace.yaml").write_text("title: Claims\n")
    (folder / "records" / "groups.yaml").write_text(GROUPS)
    (folder / "records" / "needs.yaml").write_text(NEEDS)
    home = FolderHome(folder)
    home.load()
    return home


def changes(home: FolderHome) -> list[Change]:
    """Return changes of three files: one changed, one removed, one new."""
    found = home.load()
    old = plain(found.find("group", "old"))
    return [
        Change("group", "old", old, {**old, "title": "New"}),
        Change("need", "gone", plain(found.find("need", "gone")), None),
        Change("level", "nation", None, {"id": "nation", "title": "The nation"}),
    ]


def kill_at(moment: int, patch: pytest.MonkeyPatch) -> None:
    """Raise at that step of writing: just before or just after each thing that reaches the disk."""
    steps = count()

    def watched(plain: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            if next(steps) == moment:
                raise Killed
            done = plain(*arguments, **named)
            if next(steps) == moment:
                raise Killed
            return done

        return call

    patch.setattr(os, "fsync", watched(os.fsync))
    patch.setattr(Path, "replace", watched(Path.replace))
    patch.setattr(Path, "unlink", watched(Path.unlink))
    patch.setattr(written_together, "_write", watched(written_together._write))
    patch.setattr(revisions, "append", watched(revisions.append))


def held(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted(folder.rglob("*.yaml"))}


def test_a_change_killed_at_any_step_is_made_whole_or_not_at_all(tmp_path: Path) -> None:
    before = held(made(tmp_path / "before").folder)
    home = made(tmp_path / "after")
    home.change(changes(home), "Ana")
    after = held(home.folder)
    assert before != after
    seen = []
    for moment in count():
        home = made(tmp_path / f"at-{moment}")
        wanted = changes(home)
        with pytest.MonkeyPatch.context() as patch:
            kill_at(moment, patch)
            try:
                home.change(wanted, "Ana")
            except Killed:
                ended = False
            else:
                ended = True
        folder_home._seen.clear()  # as in another process
        found = home.load()
        state = held(home.folder)
        assert state in (before, after), f"half written when killed at step {moment}"
        said = [one.by for one in home.history() if one.by != "outside"]
        assert said == (["Ana"] * 3 if state == after else [])
        assert len(home.history()) == 4 + len(said)
        assert {path.name for path in (home.folder / ".outward").iterdir()} == {".gitignore", "lock"}
        group = plain(found.find("group", "all"))
        home.change([Change("group", "all", group, {**group, "title": "Everyone"})], "Ben")
        seen.append(state == after)
        if ended:
            break
    assert seen[-1]
    assert seen == sorted(seen), "once a change is there it stays"
    assert 20 < seen.index(True) < len(seen) - 10


def test_what_somebody_wrote_meanwhile_stays_and_the_change_is_undone(tmp_path: Path) -> None:
    before = held(made(tmp_path / "before").folder)
    outcomes = set()
    for moment in range(0, 200, 3):
        home = made(tmp_path / f"at-{moment}")
        wanted = changes(home)
        with pytest.MonkeyPatch.context() as patch:
            kill_at(moment, patch)
            try:
                home.change(wanted, "Ana")
            except Killed:
                pass
            else:
                break
        groups = home.folder / "records" / "groups.yaml"
        theirs = groups.read_text() + "- id: theirs\n  title: Theirs\n"
        groups.write_text(theirs)
        folder_home._seen.clear()
        home.load()
        state = held(home.folder)
        assert state.pop("groups.yaml") == theirs
        assert {name: text for name, text in before.items() if name != "groups.yaml"} == state or "levels.yaml" in state
        outcomes.add("levels.yaml" in state)
        assert home.load().find("group", "theirs")
    assert outcomes == {False, True}


def test_a_file_that_leads_elsewhere_is_not_changed(tmp_path: Path) -> None:
    home = made(tmp_path / "a")
    wanted = changes(home)
    elsewhere = tmp_path / "elsewhere.yaml"
    (home.folder / "records" / "groups.yaml").rename(elsewhere)
    (home.folder / "records" / "groups.yaml").symlink_to(elsewhere)
    with pytest.raises(Exception, match="link to somewhere else"):
        home.change(wanted, "Ana")
    assert elsewhere.read_text() == GROUPS
    assert held(home.folder)["needs.yaml"] == NEEDS
