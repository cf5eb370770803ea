"""A database as a home: revisions are appended and never change, and any day can be looked at again."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing, nullcontext, suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from outward import dates
from outward.cli.main import exit_code
from outward.errors import BadInput, NotFound, UsageError
from outward.workspace.building import Row, build
from outward.workspace.homes import revisions
from outward.workspace.homes.beginning import make_database, make_folder
from outward.workspace.homes.database import DatabaseHome, begin_in
from outward.workspace.homes.home import Change, MovedOn, find_home, homes, open_home
from outward.workspace.kinds.customers import Group
from outward.workspace.problems import BadWorkspace

HEADER = {"id": "claims", "title": "Claims"}
EVERYONE = {"id": "everyone", "title": "Everyone", "status": "existing", "defined": "declared"}


@pytest.fixture
def home(tmp_path: Path) -> DatabaseHome:
    home = DatabaseHome(tmp_path / "our claims.sqlite")
    home.change([Change("workspace", "claims", None, HEADER), Change("group", "everyone", None, EVERYONE)], "Ana")
    return home


def titled(home: DatabaseHome, title: str, by: str = "Ana") -> None:
    before = home.load().values("group", "everyone")
    assert before
    home.change([Change("group", "everyone", before, {**before, "title": title})], by)


def test_what_is_appended_is_there_for_whoever_opens_the_file(home: DatabaseHome) -> None:
    titled(home, "All")
    found = open_home(home.file)
    assert (found.id, found.where, found.load().find("group", "everyone").title) == (
        "claims",
        "the database 'our claims'",
        "All",
    )
    assert stat.S_IMODE(home.file.stat().st_mode) == 0o600
    said = [
        (one.number, one.by, (one.before or {}).get("title"), (one.after or {}).get("title"))
        for one in found.history("group", "everyone")
    ]
    assert said == [(2, "Ana", None, "Everyone"), (3, "Ana", "Everyone", "All")]


def test_records_keep_their_order_through_changes_and_after_a_fresh_start(home: DatabaseHome) -> None:
    for id in ("b", "a", "c"):
        home.change([Change("group", id, None, {"id": id, "title": id})], "Ana")
    b = home.load().values("group", "b")
    assert b
    home.change([Change("group", "a", home.load().values("group", "a"), None)], "Ana")
    home.change([Change("group", "b", b, {**b, "title": "B"})], "Ana")
    home.change([Change("group", "a", None, {"id": "a", "title": "again"})], "Ana")
    kept = [one.id for one in home.load().every(Group)]
    with revisions.opened(home.file) as connection:
        assert [one.id for one in revisions.workspace_of(connection).every(Group)] == kept
    assert kept == ["everyone", "b", "c", "a"]


def test_a_change_is_made_whole_or_not_at_all(home: DatabaseHome) -> None:
    new = Change("group", "new", None, {"id": "new", "title": "New"})
    with pytest.raises(MovedOn):
        home.change([new, Change("group", "everyone", {**EVERYONE, "title": "X"}, None)], "Ana")
    with pytest.raises(BadWorkspace, match="not there"):
        home.change([new, Change("need", "n", None, {"id": "n", "title": "N", "groups": ["nobody"]})], "Ana")
    with pytest.raises(BadWorkspace, match="itself is missing"):
        home.change([Change("workspace", "claims", home.load().values("workspace", "claims"), None)], "Ana")
    assert [one.id for one in home.load().every(Group)] == ["everyone"]
    assert len(home.history()) == 2


def test_nothing_changed_is_no_revision(home: DatabaseHome) -> None:
    home.change([Change("group", "everyone", EVERYONE, EVERYONE)], "Ana")
    assert len(home.history()) == 2


def test_what_was_removed_is_told_until_it_is_there_again_with_all_that_changed_at_once(home: DatabaseHome) -> None:
    begun = Change("need", "n", None, {"id": "n", "title": "N", "groups": ["everyone", "b"]})
    found = home.change([Change("group", "b", None, {"id": "b", "title": "B"}), begun], "Ana")
    b, need = found.values("group", "b"), found.values("need", "n") or {}
    home.change([Change("group", "b", b, None), Change("need", "n", need, {**need, "groups": ["everyone"]})], "Ben")
    (one,) = home.removed()
    assert (one.kind, one.id, one.by, one.before, one.after) == ("group", "b", "Ben", b, None)
    together = home.together(one.change)
    assert [(each.id, (each.before or {}).get("groups")) for each in together] == [
        ("b", None),
        ("n", ["everyone", "b"]),
    ]
    assert {each.change for each in home.history() if each.by == "Ben"} == {one.change}
    home.change([Change("group", "b", None, b)], "Ana")
    assert home.removed() == ()
    assert home.together("") == ()


def test_revisions_are_never_changed_or_removed(home: DatabaseHome) -> None:
    with closing(sqlite3.connect(home.file)) as connection:
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            connection.execute("UPDATE revisions SET by = 'Ben'")
        with pytest.raises(sqlite3.IntegrityError, match="never removed"):
            connection.execute("DELETE FROM revisions")


def test_any_day_can_be_looked_at_again(home: DatabaseHome, monkeypatch: pytest.MonkeyPatch) -> None:
    home = DatabaseHome(home.file.with_name("b.sqlite"))
    monkeypatch.setattr(revisions, "now", lambda: "2026-03-01T12:00:00.000+00:00")
    home.change([Change("workspace", "claims", None, HEADER), Change("group", "everyone", None, EVERYONE)], "Ana")
    monkeypatch.setattr(revisions, "now", lambda: "2026-07-01T23:30:00.000+00:00")  # half past midnight in London
    titled(home, "All")
    assert home.as_of(date(2026, 3, 1)).find("group", "everyone").title == "Everyone"
    assert home.as_of(date(2026, 7, 1)).find("group", "everyone").title == "Everyone"
    assert home.as_of(date(2026, 7, 2)).find("group", "everyone").title == "All"
    assert home.as_of(date.max).find("group", "everyone").title == "All"
    with pytest.raises(NotFound, match="The first day known is 2026-03-01"):
        home.as_of(date(2026, 2, 28))


def test_what_was_kept_with_older_fields_is_read_with_those_of_now(
    home: DatabaseHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    def from_1(values: dict[str, Any]) -> dict[str, Any]:
        return {**values, "about": f"{values['title']} of us"}

    def from_2(values: dict[str, Any]) -> dict[str, Any]:
        return {**values, "about": values["about"].upper()}

    monkeypatch.setattr(Group, "VERSION", 3)
    monkeypatch.setattr(revisions, "UPGRADES", {("group", 1): from_1, ("group", 2): from_2})
    with revisions.opened(home.file) as connection:
        (found,) = revisions.workspace_of(connection).every(Group)
    assert found.about == "EVERYONE OF US"
    assert (home.history("group")[0].after or {})["about"] == "EVERYONE OF US"
    monkeypatch.setattr(Group, "VERSION", 0)
    with pytest.raises(BadInput, match="newer Outward"):
        home.history("group")


def test_a_file_of_something_else_is_said_to_be_that(tmp_path: Path, home: DatabaseHome) -> None:
    (tmp_path / "words.csv").write_text("a,b\n1,2\n" * 100)
    (tmp_path / "empty").touch()
    with closing(sqlite3.connect(tmp_path / "other.sqlite")) as other:
        other.execute("CREATE TABLE revisions (a)")
    for name in ("words.csv", "empty", "other.sqlite"):
        before = (tmp_path / name).read_bytes()
        with pytest.raises(BadInput, match="no workspace of Outward"):
            open_home(tmp_path / name).load()
        assert (tmp_path / name).read_bytes() == before
    with closing(sqlite3.connect(home.file)) as newer:
        newer.execute("PRAGMA user_version = 99")
    with pytest.raises(BadInput, match="newer Outward"):
        home.load()
    with pytest.raises(NotFound):
        DatabaseHome(tmp_path / "gone.sqlite").load()
    with pytest.raises(BadInput, match="cannot be made there"):
        DatabaseHome(tmp_path / "no" / "such.sqlite").change([Change("workspace", "claims", None, HEADER)], "Ana")


def test_a_damaged_file_is_said_to_be_damaged(home: DatabaseHome) -> None:
    for number in range(200):
        home.change([Change("group", f"g{number}", None, {"id": f"g{number}", "title": "x" * 200})], "Ana")
    content = bytearray(home.file.read_bytes())
    content[4096:-4096:7] = b"\xff" * len(content[4096:-4096:7])
    home.file.write_bytes(content)
    with pytest.raises(BadInput, match=r"is damaged|no workspace"):
        home.history()


def test_a_database_on_this_machine_is_found_by_its_id(own_home: Path) -> None:
    folder = own_home / "workspaces" / "claims"
    folder.mkdir(parents=True)
    DatabaseHome(folder / "workspace.sqlite").change([Change("workspace", "claims", None, HEADER)], "Ana")
    assert (find_home("claims").where, open_home(folder).id) == ("the database 'claims'", "claims")
    with pytest.raises(UsageError):
        open_home("others")


def test_a_file_of_as_many_revisions_in_the_same_place_is_read_again(home: DatabaseHome) -> None:
    home.load()
    with closing(sqlite3.connect(home.file)) as file:
        file.execute("DROP TRIGGER kept_as_they_are")
        file.execute("UPDATE revisions SET change = 'other', held = replace(held, 'Everyone', 'Theirs')")
        file.commit()
    assert home.load().find("group", "everyone").title == "Theirs"


def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a file of revisions be made, and nothing be written into it."""

    def full(*_: object, **__: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr(revisions, "append", full)


@pytest.mark.parametrize("place", ["claims", "claims.sqlite"])
def test_a_beginning_that_fails_is_no_workspace_and_can_be_made_again(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with monkeypatch.context() as broken:
        full_disk(broken)
        with pytest.raises(BadInput, match="Nothing was saved"):
            make_database(place)
    assert homes() == []
    file = next(tmp_path.rglob("*.sqlite"))
    assert exit_code(["check", str(file)]) == 2
    assert "There is no workspace in the database 'claims' yet" in capsys.readouterr().err
    for read in (DatabaseHome(file).load, lambda: DatabaseHome(file).as_of(dates.today())):
        with pytest.raises(NotFound):
            read()
    assert make_database(place).load().id == "claims"
    with pytest.raises(UsageError, match="'claims' already"):
        make_database(place)


def test_an_import_that_fails_can_be_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, file = make_folder(tmp_path / "claims").folder, tmp_path / "new.sqlite"
    wanted = ["import", str(folder), str(file), "--yes"]
    with monkeypatch.context() as broken:
        full_disk(broken)
        assert exit_code(wanted) == 3
    assert "Nothing was saved" in capsys.readouterr().err
    assert exit_code(wanted) == 0
    assert open_home(file).load().title == "claims"


def test_two_beginnings_at_once_make_one_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = build([Row("workspace", HEADER)])
    theirs = build([Row("workspace", {**HEADER, "title": "Theirs"})])
    monkeypatch.setattr(DatabaseHome, "id", "")  # as both saw it
    begin_in(tmp_path / "claims.sqlite", theirs, "Ben")
    with pytest.raises(UsageError, match="already"):
        begin_in(tmp_path / "claims.sqlite", mine, "Ana")
    assert DatabaseHome(tmp_path / "claims.sqlite").load().title == "Theirs"


def test_reading_what_is_gone_does_not_make_it_again(home: DatabaseHome) -> None:
    home.file.unlink()
    assert home.id == ""
    for read in (home.history, home.removed, lambda: home.together("x"), lambda: home.as_of(dates.today())):
        with pytest.raises(NotFound):
            read()
    assert not home.file.exists()


@pytest.mark.skipif(os.name != "posix", reason="only there can the size of files be limited")
def test_wherever_a_disk_is_full_no_half_of_a_database_is_left(own_home: Path) -> None:
    import resource

    usual, made = resource.getrlimit(resource.RLIMIT_FSIZE), []
    for size in range(0, 80_000, 4_096):
        name = f"w{size}"
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
        try:
            with suppress(BadInput):
                make_database(name)
                made.append(name)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, usual)
        left = {path.name for path in (own_home / "workspaces" / name).iterdir()}
        assert left <= {"workspace.sqlite", "workspace.sqlite-wal", "workspace.sqlite-shm"}
        assert (name in made) == (name in [home.id for home in homes()])
        if name not in made:
            make_database(name)
        assert find_home(name).load().title == name
    assert 0 < len(made) < 19


def test_a_file_is_there_only_with_all_that_it_begins_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as unclosed:  # as where the log cannot be written into the file at the end
        unclosed.setattr(revisions, "closing", nullcontext)
        revisions._make(tmp_path / "a.sqlite")
    with revisions.opened(tmp_path / "a.sqlite") as connection:
        assert revisions.last(connection) == (0, "")
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
