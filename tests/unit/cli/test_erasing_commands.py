"""`outward erase` and `outward forget`: what is said, and that nothing else is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.made_workspaces import written

from outward.cli.main import exit_code
from outward.errors import BadInput
from outward.web import drafts
from outward.workspace.homes.beginning import make_database
from outward.workspace.homes.home import Change, homes, open_home

Said = pytest.CaptureFixture[str]


def ran(capsys: Said, *arguments: str) -> tuple[int, str]:
    code = exit_code(list(arguments))
    said = capsys.readouterr()
    assert "Traceback" not in said.out + said.err
    return code, said.out + said.err


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    folder = written(tmp_path / "claims", group=[{"id": "g", "about": "a name"}])
    home = open_home(folder)
    before = home.load().values("group", "g")
    assert before
    home.change([Change("group", "g", before, {"id": "g", "title": "G"})], "Ana")
    return folder


def test_the_past_of_a_record_is_erased_with_its_drafts(claims: Path, capsys: Said) -> None:
    drafts.keep(open_home(claims).own_name, "group/g", {"about": ["a name"]})
    code, said = ran(capsys, "erase", str(claims), "group/g", "--by", "The officer")
    assert code == 0
    assert "the customer group 'g' held in the past is erased from the folder 'claims'. The files of a folder" in said
    assert drafts.waiting(open_home(claims).own_name) == []
    (first, last) = open_home(claims).history("group", "g")
    assert (first.after, last.after) == ({}, {"id": "g", "title": "G", **(last.after or {})})
    assert first.erased
    assert first.erased.by == "The officer"
    assert ran(capsys, "erase", str(claims), "group/g")[0] == 2


def test_a_draft_is_kept_where_erasing_fails_and_said_where_nothing_else_is_there(
    claims: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = open_home(claims).own_name
    drafts.keep(of, "group/g", {"about": ["a name"]})

    def full(*_: object) -> str:
        raise BadInput("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr("outward.workspace.homes.erasing.erase", full)
        assert ran(capsys, "erase", str(claims), "group/g")[0] == 3
    assert drafts.find(of, "group/g")
    assert ran(capsys, "erase", str(claims), "group/g", "--by", " ")[0] == 2
    assert drafts.find(of, "group/g")
    assert ran(capsys, "erase", str(claims), "group/g")[0] == 0
    drafts.keep(of, "group/g", {"about": ["a name"]})
    code, said = ran(capsys, "erase", str(claims), "group/g")
    assert (code, "A draft of the customer group 'g' is erased from this machine. Nothing of its past" in said) == (
        0,
        True,
    )
    assert drafts.waiting(of) == []
    assert ran(capsys, "erase", str(claims), "group/g")[0] == 2


@pytest.mark.parametrize(
    ("record", "code", "said"),
    [
        ("group", 2, "Give its kind and its id"),
        ("group/none", 3, "there never was"),
        ("spell/g", 2, "There is no kind of record 'spell'"),
    ],
)
def test_what_is_not_there_is_said(record: str, code: int, said: str, claims: Path, capsys: Said) -> None:
    ended, words = ran(capsys, "erase", str(claims), record)
    assert (ended, said in words) == (code, True)


def test_a_workspace_is_forgotten_by_its_id_or_its_folder(claims: Path, capsys: Said) -> None:
    make_database("benefits")
    code, said = ran(capsys, "forget", "benefits")
    assert (code, said) == (0, "All that was kept here of the database 'benefits' is erased from this machine.\n")
    assert homes() == []
    code, said = ran(capsys, "forget", str(claims))
    assert (code, said.endswith("machine. The files of the folder were not touched.\n")) == (0, True)
    assert (claims / "workspace.yaml").exists()
    code, said = ran(capsys, "forget", "benefits")
    assert (code, "no data set or workspace 'benefits' on this machine" in said) == (3, True)
