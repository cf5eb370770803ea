"""A workspace is forgotten with all that this computer keeps of it; files of a folder elsewhere stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.made_workspaces import written

from outward.cli.main import exit_code
from outward.errors import BadInput, UsageError
from outward.own_folder import home as data_folder
from outward.own_folder import own_folder
from outward.web import drafts
from outward.web.erasing import erase, forget
from outward.workspace.homes import forgetting
from outward.workspace.homes.beginning import make_database
from outward.workspace.homes.database import DatabaseHome
from outward.workspace.homes.folder import FolderHome
from outward.workspace.homes.home import Change, Home, find_home, homes

SECRET = "Xanthippe of the yellow house"


def filled(home: Home) -> Home:
    home.change([Change("group", "g", None, {"id": "g", "title": SECRET})], "Ana")
    drafts.keep(home.own_name, "group/g", {"title": [SECRET]})
    drafts.keep("another", "group/g", {"title": ["kept"]})
    return home


def holding(folder: Path) -> list[Path]:
    """Return the files that hold a word of it."""
    return [path for path in folder.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]


def test_a_database_kept_here_is_gone_with_its_drafts() -> None:
    home = filled(make_database("claims"))
    assert forgetting.is_kept(home)
    assert holding(data_folder())
    forget(find_home("claims"))
    assert (homes(), holding(data_folder())) == ([], [])
    assert [one.raw for one in drafts.waiting("another")] == [{"title": ["kept"]}]


def test_a_folder_kept_here_is_gone_with_its_journal(own_home: Path) -> None:
    home = filled(FolderHome(written(own_home / "workspaces" / "claims", group=[{"id": "everyone"}])))
    forget(home)
    assert (homes(), holding(data_folder())) == ([], [])
    assert list(own_folder("journals").iterdir()) == []


def test_a_folder_elsewhere_keeps_its_files_and_loses_its_journal(tmp_path: Path) -> None:
    home = filled(FolderHome(written(tmp_path / "claims", group=[{"id": "everyone"}])))
    assert not forgetting.is_kept(home)
    before = {path: path.read_bytes() for path in (tmp_path / "claims").rglob("*") if path.is_file()}
    forget(home)
    assert {path: path.read_bytes() for path in (tmp_path / "claims").rglob("*") if path.is_file()} == before
    assert holding(data_folder()) == []
    assert [one.by for one in home.history("group", "g")] == ["outside"]


def test_the_journal_of_a_folder_that_is_gone_or_was_moved_is_forgotten_by_its_old_path(tmp_path: Path) -> None:
    home = FolderHome(written(tmp_path / "claims", group=[{"id": "everyone"}]))
    filled(home)
    (tmp_path / "claims").rename(tmp_path / "moved")
    forget(forgetting.home_of(str(tmp_path / "claims")))
    assert holding(data_folder()) == []
    assert holding(tmp_path / "moved")
    assert [one.raw for one in drafts.waiting("another")] == [{"title": ["kept"]}]
    with pytest.raises(UsageError):
        forgetting.home_of(str(tmp_path / "claims"))


def test_what_has_the_same_id_keeps_its_drafts(tmp_path: Path) -> None:
    kept = filled(make_database("claims"))
    copy = FolderHome(written(tmp_path / "copy", {"id": "claims"}, group=[{"id": "g"}]))
    assert (copy.id, kept.id) == ("claims", "claims")
    before = copy.load().values("group", "g")
    copy.change([Change("group", "g", before, {"id": "g", "title": "New"})], "Ana")
    erase(copy, "group", "g", "Ana")
    forget(copy)
    moved = FolderHome(written(tmp_path / "claims", {"id": "elsewhere"}))
    moved.load()
    drafts.keep(moved.own_name, "group/new", {"title": [SECRET]})
    moved.folder.rename(tmp_path / "moved")
    forget(forgetting.home_of(str(tmp_path / "claims")))
    assert drafts.waiting(moved.own_name) == []
    assert [one.key for one in drafts.waiting(kept.own_name)] == ["group/g"]


def test_a_database_elsewhere_is_a_file_of_its_owner(tmp_path: Path) -> None:
    home = filled(make_database(str(tmp_path / "claims.sqlite")))
    with pytest.raises(UsageError, match="Delete it to forget it"):
        forget(home)
    assert home.load().find("group", "g")
    assert holding(data_folder()) == []


def test_a_link_to_a_folder_elsewhere_goes_and_the_folder_stays(tmp_path: Path) -> None:
    there = written(tmp_path / "claims", group=[{"id": "everyone"}])
    (own_folder("workspaces") / "claims").symlink_to(there, target_is_directory=True)
    forget(filled(find_home("claims")))
    assert homes() == []
    assert holding(data_folder()) == []
    assert FolderHome(there).load().find("group", "g").title == SECRET


def test_what_a_killed_process_left_goes_with_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    home = filled(make_database("claims"))

    def killed(path: Path, **_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("shutil.rmtree", killed)
        with pytest.raises(KeyboardInterrupt):
            forget(home)
    assert homes() == []
    assert holding(data_folder())
    forget(filled(make_database("another-one")))
    assert holding(data_folder()) == []


def left_by_a_killed_process() -> Path:
    filled(make_database("claims"))
    place = own_folder("workspaces") / "claims"
    return place.rename(place.with_name(f"{forgetting.GONE}1a2b"))


def test_forgetting_it_again_or_erasing_does_the_rest(tmp_path: Path) -> None:
    left_by_a_killed_process()
    drafts.drop_all(DatabaseHome(own_folder("workspaces") / "claims" / "workspace.sqlite").own_name)
    assert holding(data_folder())
    assert exit_code(["forget", "claims"]) == 3
    assert holding(data_folder()) == []
    left = left_by_a_killed_process()
    there = written(tmp_path / "elsewhere", group=[{"id": "g"}])
    with pytest.raises(UsageError):
        erase(FolderHome(there), "group", "g", "Ana")
    assert not left.exists()


def test_what_cannot_be_deleted_is_not_said_to_be_erased(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    filled(make_database("claims"))

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr("shutil.rmtree", refused)
        for _ in range(2):
            assert exit_code(["forget", "claims"]) != 0
            said = capsys.readouterr()
            assert "is erased" not in said.out
            assert "its letters still lie there" in said.err
    assert exit_code(["forget", "claims"]) == 3
    assert holding(data_folder()) == []


def test_the_log_of_a_database_that_is_a_file_goes_with_it() -> None:
    file = own_folder("workspaces") / "claims.sqlite"
    home = filled(make_database(str(file)))
    log = file.with_name("claims.sqlite-wal")
    assert forgetting.is_kept(home)
    drafts.drop_all(home.own_name)
    log.write_bytes(b"")
    forgetting.forget(home)
    assert list(own_folder("workspaces").iterdir()) == []


def test_what_cannot_be_removed_is_said_and_is_still_there(monkeypatch: pytest.MonkeyPatch) -> None:
    home = filled(make_database("claims"))

    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refused)
        with pytest.raises(BadInput, match=r"Permission denied\. Close what uses it"):
            forget(home)
    assert isinstance(find_home("claims"), DatabaseHome)
    forget(home)
    assert homes() == []
