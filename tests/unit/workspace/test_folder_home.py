"""A folder as a home: what is changed in it, what stays as people wrote it, and what is noticed."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from outward.cli.main import exit_code
from outward.errors import BadInput, NotFound, UsageError
from outward.own_folder import own_folder
from outward.workspace.folder.reading import read_workspace
from outward.workspace.folder.together import is_under_way, own_name
from outward.workspace.homes.home import Change, MovedOn, find_home, homes, open_home
from outward.workspace.problems import BadWorkspace
from outward.workspace.records import plain

HEADER = """# Ours.
title: Claims   # for now
body: Downland Council
"""
GROUPS = """# Who they are.

# Everybody is in it.
- id: everyone
  title: Everyone
- id: self-employed   # HMRC's word
  title: Self-employed
  # the register
  parent: everyone
  size: 1200 # roughly
  size_on: 2026-03-31

# Those to come.
- id: pupils
  title: Pupils
  comes_from:
    - everyone   # all of them
    - self-employed
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    here = tmp_path / "claims"
    (here / "records").mkdir(parents=True)
    (here / "workspace.yaml").write_text(HEADER)
    (here / "records" / "groups.yaml").write_text(GROUPS)
    return here


def changed(folder: Path, kind: str, id: str, **fields: object) -> None:
    """Change fields of a record; None takes one out."""
    home = open_home(folder)
    before = plain(home.load().find(kind, id))
    after = {name: value for name, value in {**before, **fields}.items() if value is not None}
    home.change([Change(kind, id, before, after)], by="Ana")
    assert plain(home.load().find(kind, id)) == after


def test_a_changed_field_changes_its_own_words_alone(folder: Path) -> None:
    changed(folder, "group", "self-employed", size=1300)
    assert (folder / "records" / "groups.yaml").read_text() == GROUPS.replace("1200", "1300")


def test_records_are_added_changed_and_taken_out_at_once(folder: Path) -> None:
    home = open_home(folder)
    found = home.load()
    pupils = plain(found.find("group", "pupils"))
    own = plain(found.find("group", "self-employed"))
    need = {"id": "letters", "title": "Letters: clear ones", "groups": ["everyone"]}
    made = home.change(
        [
            Change("group", "pupils", pupils, None),
            Change("group", "self-employed", own, {**own, "title": "Sole traders"}),
            Change("need", "letters", None, need),
        ],
        by="Ana",
    )
    assert made.revision == home.load().revision
    groups = GROUPS[: GROUPS.index("\n# Those to come")].replace("title: Self-employed", "title: Sole traders")
    assert (folder / "records" / "groups.yaml").read_text() == groups
    needs = "- id: letters\n  title: 'Letters: clear ones'\n  type: need\n  groups: [everyone]\n  expectation: other\n"
    assert (folder / "records" / "needs.yaml").read_text() == needs


def test_a_change_from_what_no_longer_stands_is_refused(folder: Path) -> None:
    home = open_home(folder)
    before = plain(home.load().find("group", "everyone"))
    home.change([Change("group", "everyone", before, {**before, "title": "All"})], by="Ana")
    with pytest.raises(MovedOn, match="changed meanwhile") as refused:
        home.change([Change("group", "everyone", before, {**before, "title": "Each"})], by="Ben")
    assert refused.value.now == {**before, "title": "All"}
    with pytest.raises(MovedOn, match="is there already"):
        home.change([Change("group", "everyone", None, before)], by="Ben")
    with pytest.raises(MovedOn, match="no longer there"):
        home.change([Change("group", "nobody", before, None)], by="Ben")


def test_what_would_not_be_read_again_is_not_written(folder: Path) -> None:
    home = open_home(folder)
    before = plain(home.load().find("group", "everyone"))
    for change in (
        Change("group", "everyone", before, None),
        Change("group", "everyone", before, {**before, "parent": "nowhere"}),
        Change("group", "everyone", before, {**before, "sice": 3}),
        Change("group", "new", None, {"id": "new"}),
    ):
        with pytest.raises(BadWorkspace):
            home.change([change], by="Ana")
    with pytest.raises(UsageError, match="never changes"):
        home.change([Change("group", "everyone", before, {**before, "id": "all"})], by="Ana")
    with pytest.raises(UsageError, match="somebody"):
        home.change([], by=" ")
    assert (folder / "records" / "groups.yaml").read_text() == GROUPS


def test_changes_are_written_down_with_who_made_them_and_those_made_outside_are_noticed(folder: Path) -> None:
    home = open_home(folder)
    changed(folder, "group", "everyone", title="All")
    (folder / "records" / "groups.yaml").write_text(GROUPS.replace("title: Everyone", "title: Each"))
    said = [(one.by, (one.before or {}).get("title"), (one.after or {}).get("title")) for one in home.history("group")]
    assert said == [
        ("outside", None, "Everyone"),
        ("outside", None, "Self-employed"),
        ("outside", None, "Pupils"),
        ("Ana", "Everyone", "All"),
        ("outside", "All", "Each"),
    ]
    assert [one.by for one in home.history("group", "everyone")] == ["outside", "Ana", "outside"]


def test_files_read_again_that_say_the_same_give_the_same_workspace_and_a_line_more_another(folder: Path) -> None:
    home = open_home(folder)
    first = home.load()
    groups = folder / "records" / "groups.yaml"
    groups.write_text(GROUPS)
    assert home.load() is first
    groups.write_text("\n" + GROUPS)
    moved = home.load()
    assert moved is not first
    everyone = first.find("group", "everyone")
    assert moved.place(everyone).line == first.place(everyone).line + 1
    assert moved.revision == first.revision


def test_a_file_that_is_new_is_read_though_all_others_have_lain_still(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("outward.workspace.homes.folder.SURE_NS", 0)
    home = open_home(folder)
    home.load()
    home.change([Change("level", "child", None, {"id": "child", "title": "Child"})], "Ana")
    assert list(home.load().records["level"]) == ["child"]


def test_a_home_is_opened_by_its_folder_or_found_by_its_id(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (open_home(folder).id, open_home(folder).where) == ("claims", "the folder 'claims'")
    assert homes() == []
    with pytest.raises(UsageError, match="no workspace 'claims'"):
        open_home("claims")
    with pytest.raises(UsageError, match="outward new"):
        open_home(folder.parent)
    monkeypatch.setenv("OUTWARD_FOLDER", str(folder))
    assert find_home("claims").load().title == "Claims"
    assert open_home("claims") == open_home(folder)
    with pytest.raises(NotFound):
        find_home("other")


@pytest.mark.parametrize("file", ["workspace.yaml", "records/groups.yaml", "records/needs.yaml", "records"])
@pytest.mark.parametrize("how", ["folder", "fifo", "link to nothing"])
def test_what_is_no_file_is_said_and_nothing_is_written(folder: Path, file: str, how: str) -> None:
    if (file, how) == ("records", "folder"):
        return
    home = open_home(folder)
    home.load()
    place = folder / file
    if place.is_dir():
        place.rename(folder / "away")
    place.unlink(missing_ok=True)
    if how == "folder":
        place.mkdir()
    elif how == "fifo":
        os.mkfifo(place)
    else:
        place.symlink_to(folder / "nothing")
    for act in (home.load, lambda: home.change([Change("level", "a", None, {"id": "a", "title": "A"})], "Ana")):
        with pytest.raises(BadWorkspace, match=rf"(?m)^{file}: W001 This is (no|a link)"):
            act()
    assert not (folder / "nothing").exists()
    assert not is_under_way(folder)


def test_a_file_that_nobody_lets_us_read_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refused)
    with pytest.raises(BadWorkspace, match=r"records/groups\.yaml: W001 The file cannot be read: Permission denied"):
        open_home(folder).load()
    monkeypatch.setenv("OUTWARD_FOLDER", str(folder))
    assert [home.id for home in homes()] == ["claims"]


@pytest.mark.parametrize("damaged", ["no database", "a folder"])
def test_a_damaged_history_does_not_keep_a_folder_from_being_read(
    folder: Path, damaged: str, caplog: pytest.LogCaptureFixture
) -> None:
    home = open_home(folder)
    found = home.load()
    journal = own_folder("journals") / f"{own_name(folder)}.sqlite"
    for file in journal.parent.glob(f"{journal.name}*"):
        file.unlink()
    if damaged == "a folder":
        journal.mkdir()
    else:
        journal.write_text("no database " * 1000)
    (folder / "records" / "groups.yaml").write_text(GROUPS + "# more\n")
    assert home.load().revision == found.revision
    assert f"'{journal.name}' in the folder 'journals'" in caplog.text
    with pytest.raises(BadInput, match="move it away"):
        home.history()
    before = plain(found.find("group", "everyone"))
    with pytest.raises(BadInput, match="move it away"):
        home.change([Change("group", "everyone", before, {**before, "title": "All"})], by="Ana")
    assert (folder / "records" / "groups.yaml").read_text() == GROUPS + "# more\n"


def test_a_file_with_its_old_size_and_time_is_read_again(folder: Path) -> None:
    file = folder / "records" / "groups.yaml"
    past = time.time_ns() - 10**10
    os.utime(file, ns=(past, past))
    time.sleep(0.15)
    home = open_home(folder)
    home.load()
    with file.open("r+") as out:
        out.write(GROUPS.replace("title: Everyone", "title: Everybod"))
    os.utime(file, ns=(past, past))
    assert home.load().find("group", "everyone").title == "Everybod"


@pytest.mark.parametrize("outside", [True, False])
def test_a_file_that_is_new_is_read_beside_files_that_are_old(folder: Path, outside: bool) -> None:
    time.sleep(0.15)
    home = open_home(folder)
    home.load()
    if outside:
        (folder / "records" / "bodies.yaml").write_text("- id: hmrc\n  title: HMRC\n  type: department\n")
    else:
        home.change([Change("body", "hmrc", None, {"id": "hmrc", "title": "HMRC", "type": "department"})], by="Ana")
    assert home.load().find("body", "hmrc").title == "HMRC"


@pytest.mark.parametrize("way", [".", "../claims", "records/..", "link"])
def test_a_folder_without_an_id_is_the_same_by_every_way_that_leads_to_it(
    folder: Path, way: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    (folder / "link").symlink_to(folder)
    assert (open_home(folder).id, open_home(folder).load().id) == ("claims", "claims")
    (folder / "workspace.yaml").write_text(HEADER + "# It is read again.\n")
    assert (open_home(way).id, open_home(way).load().id) == ("claims", "claims")
    assert [(one.kind, one.id) for one in open_home(folder).history("workspace")] == [("workspace", "claims")]
    assert exit_code(["export", way, "../claims.xlsx"]) == 0
    assert exit_code(["import", "../claims.xlsx", str(folder)]) == 0
    assert "There is nothing to change" in capsys.readouterr().out


def test_an_empty_id_is_that_of_the_folder_until_it_is_mended(folder: Path) -> None:
    (folder / "workspace.yaml").write_text(f"id: ''\n{HEADER}")
    assert open_home(folder).id == "claims"
    with pytest.raises(BadWorkspace, match="'id'"):
        open_home(folder).load()


def test_the_folder_one_is_in_is_called_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "notes").mkdir()
    monkeypatch.chdir(tmp_path / "notes")
    with pytest.raises(UsageError, match="The folder 'notes' holds no workspace"):
        open_home(".")
    with pytest.raises(NotFound, match="'notes' is no workspace"):
        read_workspace(Path())
