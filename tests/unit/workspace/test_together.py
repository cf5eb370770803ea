"""A change of several files is made whole or not at all, at whatever moment the process is killed."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from outward import whole_file
from outward.errors import BadInput
from outward.workspace.folder import together
from outward.workspace.homes import folder as folder_home
from outward.workspace.homes import revisions
from outward.workspace.homes.folder import FolderHome
from outward.workspace.homes.home import Change
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
    """Raise from that step of writing on: just before or just after each thing that reaches the disk."""
    steps = count()

    def watched(plain: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            if next(steps) >= moment:
                raise Killed
            done = plain(*arguments, **named)
            if next(steps) >= moment:
                raise Killed
            return done

        return call

    patch.setattr(os, "fsync", watched(os.fsync))
    patch.setattr(os, "replace", watched(os.replace))
    patch.setattr(Path, "unlink", watched(Path.unlink))
    patch.setattr(whole_file, "write", watched(whole_file.write))
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
        folder_home._seen.clear()  # so that it is read anew, however slow the machine, and takes the same steps
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
        assert {path.name for path in home.folder.rglob("*") if path.is_file()} == set(state)
        assert {path.name for path in together.room_of(home.folder).iterdir()} == {"lock"}
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
        folder_home._seen.clear()  # so that it is read anew, however slow the machine, and takes the same steps
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


def test_nothing_that_lies_in_a_folder_is_taken_for_a_note_or_a_lock(tmp_path: Path) -> None:
    home = made(tmp_path / "a")
    folder_home._seen.clear()
    room = home.folder / ".outward"
    room.mkdir()
    (home.folder / ".git").mkdir()
    (room / "0.new").write_text("harm")
    note = {"files": [[".git/hook", None, hashlib.sha256(b"harm").hexdigest()]], "told": {}}
    (room / "note.json").write_text(json.dumps(note))
    theirs = tmp_path / "theirs.old"
    theirs.write_text("words")
    (room / "lock").symlink_to(theirs)
    home.change(changes(home), "Ana")
    assert not list((home.folder / ".git").iterdir())
    assert theirs.read_text() == "words"
    assert (room / "0.new").read_text() == "harm"


def test_a_link_for_our_own_folder_loses_nothing(tmp_path: Path) -> None:
    home = made(tmp_path / "a")
    folder_home._seen.clear()
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.old").write_text("words")
    (home.folder / ".outward").symlink_to(other)
    home.change(changes(home), "Ana")
    assert [path.name for path in other.iterdir()] == ["thesis.old"]


@pytest.mark.parametrize("damaged", ["{", "{}", "[]", '{"files": [[1]], "told": {}}', "\x00"])
def test_a_note_that_cannot_be_read_is_set_aside(
    tmp_path: Path, damaged: str, caplog: pytest.LogCaptureFixture
) -> None:
    home = made(tmp_path / "a")
    before = held(home.folder)
    note = together.room_of(home.folder) / "note.json"
    note.write_text(damaged)
    assert home.load().title == "Claims"
    assert "cannot be read" in caplog.text
    assert held(home.folder) == before
    assert not note.exists()
    home.change(changes(home), "Ana")


def test_a_change_that_cannot_be_written_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = made(tmp_path / "a")
    before, wanted = held(home.folder), changes(home)
    put, calls = together._put, count()

    def failing(*arguments: Any) -> None:
        if next(calls) == 1:
            raise OSError(28, "No space left")
        put(*arguments)

    monkeypatch.setattr(together, "_put", failing)
    with pytest.raises(BadInput, match="No space left"):
        home.change(wanted, "Ana")
    assert held(home.folder) == before
    assert not together.is_under_way(home.folder)
    assert [one.by for one in home.history()] == ["outside"] * 4
