"""A folder as a home: what is changed in it, what stays as people wrote it, and what is noticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from outward.errors import NotFound, UsageError
from outward.workspace.homes import Change, MovedOn, find_home, homes, open_home
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
