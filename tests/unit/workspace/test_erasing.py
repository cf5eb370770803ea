"""What a record held in the past can be erased, to the last letter in the file, and nothing else can be changed."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.made_workspaces import written

from outward.errors import NotFound, OutwardError, UsageError
from outward.own_folder import own_folder
from outward.workspace.differing import differences
from outward.workspace.exchange import export, incoming_from
from outward.workspace.folder.together import own_name
from outward.workspace.homes import erasing, revisions
from outward.workspace.homes.database import DatabaseHome
from outward.workspace.homes.folder import FolderHome
from outward.workspace.homes.home import Change, Home
from outward.workspace.problems import BadWorkspace

SECRET = "Xanthippe of the yellow house"
LATER = "Nothing that tells who it was"
ROUNDS = 5
INTERVIEW = {"id": "one", "title": "One", "speaker": "customer", "consent": False, "said": f"{SECRET}. " * 400}


def change(home: Home, kind: str, id: str, after: dict[str, Any] | None, by: str = "Ana") -> None:
    home.change([Change(kind, id, home.load().values(kind, id), after)], by)


def begin(home: Home) -> None:
    """Write what shall be erased among much else, so that SQLite moves it from page to page."""
    for number in range(ROUNDS):
        change(home, "group", f"n{number}", {"id": f"n{number}", "title": f"Group {number}"})
        change(home, "interview", "one", {**INTERVIEW, "title": f"{SECRET} {number}"}, by=f"Ana {number}")
        change(home, "group", f"n{number}", {"id": f"n{number}", "title": f"Group {number}", "about": "long " * 700})
    change(
        home,
        "interview",
        "one",
        {"id": "one", "title": "One", "speaker": "customer", "consent": False, "said": LATER},
    )


@pytest.fixture(params=["folder", "database"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    home: Home
    if request.param == "folder":
        home = FolderHome(written(tmp_path / "claims", group=[{"id": "everyone"}]))
    else:
        home = DatabaseHome(tmp_path / "claims.sqlite")
        home.change([Change("workspace", "claims", None, {"id": "claims", "title": "Claims"})], "Ana")
    begin(home)
    return home


def file_of(home: Home) -> Path:
    if isinstance(home, DatabaseHome):
        return home.file
    assert isinstance(home, FolderHome)
    return own_folder("journals") / f"{own_name(home.folder)}.sqlite"


def letters(file: Path) -> bytes:
    """Return all that the file and whatever lies beside it hold."""
    return b"".join(path.read_bytes() for path in sorted(file.parent.glob(f"*{file.name}*")))


@pytest.fixture
def careless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let SQLite leave what it frees as it is, as some builds do and others do not."""
    recognise = revisions._recognise

    def careless(connection: sqlite3.Connection, file: Path) -> None:
        recognise(connection, file)
        connection.execute("PRAGMA secure_delete = OFF")

    monkeypatch.setattr(revisions, "_recognise", careless)


@pytest.mark.usefixtures("careless")
def test_the_letters_are_gone_from_the_file_and_when_and_by_whom_stays(home: Home) -> None:
    file = file_of(home)
    assert SECRET.encode() in letters(file)
    before, stands = home.history(), home.load()
    with closing(sqlite3.connect(file)) as reader:  # somebody else has it open, so that the log is not just dropped
        reader.execute("SELECT count(*) FROM revisions").fetchone()
        assert home.erase("interview", "one", "The <b>officer</b>") == "one"
        assert SECRET.encode() not in letters(file)
    assert LATER.encode() in letters(file)
    after = home.history()
    assert [(one.number, one.kind, one.id, one.by, one.at, one.change) for one in after] == [
        (one.number, one.kind, one.id, one.by, one.at, one.change) for one in before
    ]
    assert [one for one in after if one.kind != "interview"] == [one for one in before if one.kind != "interview"]
    *past, last = home.history("interview", "one")
    assert [(one.before, one.after) for one in past] == [(None, {}), *[({}, {})] * (ROUNDS - 1)]
    assert {one.erased.by for one in (*past, last) if one.erased} == {"The <b>officer</b>"}
    assert (last.before, last.after) == ({}, stands.values("interview", "one"))
    assert home.load().values("interview", "one") == stands.values("interview", "one")
    assert home.together(past[3].change) == (past[3],)


def test_what_was_removed_is_erased_and_is_listed_without_a_word_of_it(home: Home) -> None:
    change(home, "interview", "one", None, by="Ben")
    since = home.erase("interview", "one", "Cat")
    assert re.fullmatch("erased-[0-9a-f]{8}", since)
    assert len(home.history("interview", since)) == ROUNDS + 2
    assert home.history("interview", "one") == ()
    assert SECRET.encode() not in letters(file_of(home))
    assert LATER.encode() not in letters(file_of(home))
    (gone,) = home.removed()
    assert (gone.id, gone.by, gone.before, gone.after) == (since, "Ben", {}, None)
    assert gone.erased
    assert gone.erased.by == "Cat"
    change(home, "interview", "one", {"id": "one", "title": "Another", "speaker": "customer"})
    assert [one.before for one in home.history("interview", "one")] == [None]
    with pytest.raises(UsageError, match="left to erase"):
        home.erase("interview", since, "Cat")


def test_an_id_that_tells_who_it_was_goes_with_what_was_removed(home: Home) -> None:
    telling, kept = "xanthippe-aged-forty", "xanthippe-aged-forty-one"
    for id in (telling, kept):
        change(home, "group", id, {"id": id, "title": "G"})
    change(home, "group", "part", {"id": "part", "title": "Part", "parent": telling, "comes_from": [kept, telling]})
    change(home, "need", "n", {"id": "n", "title": "N", "groups": [telling]})
    silence = {"id": "s", "title": "S", "rule": "U104", "reason": "R", "until": "2999-01-01"}
    change(home, "silence", "s", {**silence, "record": f"group/{telling}"})
    change(home, "silence", "s", {**silence, "record": f"group/{kept}"})
    change(home, "need", "n", {"id": "n", "title": "N", "groups": ["part"]})
    change(home, "group", "part", {"id": "part", "title": "Part", "parent": kept})
    change(home, "group", telling, None)
    now = home.load()
    since = home.erase("group", telling, "Cat")
    assert f'{telling}"'.encode() not in letters(file_of(home))
    assert home.history("group", since)[-1].after is None
    first = home.history("group", "part")[0].after or {}
    assert (first["parent"], first["comes_from"]) == (since, [kept, since])
    assert (home.history("need", "n")[0].after or {})["groups"] == [since]
    assert (home.history("silence", "s")[0].after or {})["record"] == f"group/{since}"
    assert (home.history("silence", "s")[1].after or {})["record"] == f"group/{kept}"
    assert [one.erased for one in home.history("group", "part")] == [None, None]
    for name in (("group", "part"), ("group", kept), ("need", "n"), ("silence", "s")):
        assert home.load().values(*name) == now.values(*name) == home.history(*name)[-1].after


def test_erasing_twice_keeps_who_erased_first_what_was_there_then(home: Home) -> None:
    home.erase("interview", "one", "Ann")
    change(home, "interview", "one", {"id": "one", "title": "Anew", "speaker": "customer"})
    assert home.erase("interview", "one", "Bob") == "one"
    by = [one.erased.by if one.erased else "" for one in home.history("interview", "one")]
    assert by == [*["Ann"] * ROUNDS, "Bob", "Bob"]


@pytest.mark.parametrize(
    ("kind", "id", "by", "error"),
    [
        ("interview", "two", "Ana", NotFound),
        ("spell", "one", "Ana", UsageError),
        ("interview", "one", " ", UsageError),
        ("workspace", "claims", "Ana", UsageError),
    ],
)
def test_what_cannot_be_erased_is_said_and_nothing_is_changed(
    kind: str, id: str, by: str, error: type[OutwardError], home: Home
) -> None:
    before = home.history()
    with pytest.raises(error):
        home.erase(kind, id, by)
    assert home.history() == before


def test_the_guard_stands_for_everything_else_before_and_after(home: Home) -> None:
    file = file_of(home)
    home.erase("interview", "one", "Ana")
    for statement in (
        "UPDATE revisions SET held = NULL WHERE number = 2",
        "UPDATE revisions SET version = 0, held = '{}' WHERE number = 2",
        "DELETE FROM revisions",
    ):
        with revisions.opened(file) as connection, pytest.raises(sqlite3.IntegrityError, match="never"):
            connection.execute(statement)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite%'")}
    assert names == {"revisions", "revisions_of", "revisions_by_change", "kept_as_they_are", "kept_for_good"}


def test_a_day_on_which_something_stood_that_is_erased_cannot_be_told(home: Home) -> None:
    file = file_of(home)
    with revisions.opened(file) as connection, revisions.writing(connection):
        past = {("group", "old"): {"id": "old", "title": SECRET}}
        revisions.append(connection, past, "Ana", "c1", at="2020-01-01T12:00:00+00:00")
        if isinstance(home, DatabaseHome):
            held = {("workspace", "claims"): {"id": "claims", "title": "Claims"}}
            revisions.append(connection, held, "Ana", "c0", at="2020-01-01T12:00:00+00:00")
    now = {("group", "old"): None}
    with revisions.opened(file) as connection, revisions.writing(connection):
        revisions.append(connection, now, "Ana", "c2", at="2020-02-01T12:00:00+00:00")
    home.erase("group", "old", "Ana")
    with pytest.raises(NotFound, match=r"group 'erased-\w+' held then was erased"):
        home.as_of(date(2020, 1, 15))
    assert home.as_of(date.max).values("interview", "one")


def test_a_file_of_before_erasing_is_read_and_an_older_outward_refuses_it_afterwards(home: Home) -> None:
    file = file_of(home)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 1")
    assert len(home.history("interview", "one")) == ROUNDS + 1
    home.erase("interview", "one", "Ana")
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)


def test_a_reader_that_holds_on_is_told_of_and_the_letters_go_when_it_has_let_go(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, said = file_of(home), list[str]()
    recognise = revisions._recognise

    def overheard(connection: sqlite3.Connection, file: Path) -> None:
        recognise(connection, file)
        connection.set_trace_callback(said.append)

    with closing(sqlite3.connect(file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM revisions").fetchone()
        with pytest.raises(erasing.NotSwept, match="Close what uses it"):
            home.erase("interview", "one", "Ana")
        monkeypatch.setattr(revisions, "_recognise", overheard)
        assert home.history("interview", "one")[0].after == {}
        assert "PRAGMA busy_timeout = 0" in said  # whoever opens it meanwhile does not wait, nor write it all anew
        assert "VACUUM" not in said
        assert SECRET.encode() in letters(file)
        reader.execute("COMMIT")
        assert home.history("interview", "one")[0].after == {}
        assert SECRET.encode() not in letters(file)


def test_where_there_is_no_room_to_sweep_it_is_erased_all_the_same_and_that_is_said(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(connection: sqlite3.Connection) -> bool:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(revisions, "_log_emptied", full)
        with pytest.raises(erasing.NotSwept, match="make room"):
            home.erase("interview", "one", "Ana")
    assert home.history("interview", "one")[0].after == {}
    assert SECRET.encode() not in letters(file_of(home))


def test_no_file_of_before_brings_back_what_was_erased_or_undoes_what_is_newer(home: Home, tmp_path: Path) -> None:
    export(home, tmp_path / "before.xlsx", date(2026, 11, 26))
    change(home, "interview", "one", {**INTERVIEW, "said": "Nothing"})
    change(home, "group", "n0", {"id": "n0", "title": "New"})
    for removed in (False, True):
        if removed:
            change(home, "interview", "one", None)
        home.erase("interview", "one", "Ana")
        incoming = incoming_from(tmp_path / "before.xlsx")
        found = differences(home, home.load(), incoming)
        assert (found.changes, found.clashes, found.against) == ((), (), "as exported")
        assert {one.id for one in found.left} == {"one", "n0"}
        asked = differences(home, home.load(), incoming, take=True)
        assert {one.id for one in asked.changes} == {"one", "n0"}


def test_a_folder_that_is_only_read_has_no_history_kept_of_it(home: Home, tmp_path: Path) -> None:
    export(home, tmp_path / "copy", date(2026, 11, 26))
    before = sorted(own_folder("journals").iterdir())
    incoming_from(tmp_path / "copy")
    assert sorted(own_folder("journals").iterdir()) == before


def test_files_that_cannot_be_read_come_first(tmp_path: Path) -> None:
    folder = written(tmp_path / "claims", group=[{"id": "a"}])
    home = FolderHome(folder)
    home.load()
    (folder / "records" / "groups.yaml").write_text("- id: [")
    with pytest.raises(BadWorkspace):
        home.erase("group", "a", "Ana")


def test_what_was_broken_off_and_could_not_be_read_is_removed_too(tmp_path: Path) -> None:
    home = FolderHome(written(tmp_path / "claims", group=[{"id": "everyone"}]))
    begin(home)
    unread = own_folder("changes") / own_name(home.folder) / "note.unread"
    unread.write_text(SECRET)
    home.erase("interview", "one", "Ana")
    assert not unread.exists()


KILLED = """
import os, sqlite3, sys
from pathlib import Path
at, file = int(sys.argv[1]), Path(sys.argv[2])
done = 0
class Killed(sqlite3.Connection):
    def execute(self, *given):
        global done
        done += 1
        if done == at:
            os._exit(9)
        return super().execute(*given)
connect = sqlite3.connect
sqlite3.connect = lambda *given, **named: connect(*given, factory=Killed, **named)
from outward.workspace.homes.database import DatabaseHome
DatabaseHome(file).erase("interview", "one", "Ana")
"""


def kills(file: Path) -> Iterator[int]:
    """Erase in a process that is killed before its first statement, its second and so on, until it comes to an end."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3] / "src")}
    whole = file.read_bytes()
    for at in range(1, 60):
        for left in file.parent.glob(f"{file.name}-*"):
            left.unlink()
        file.write_bytes(whole)
        ended = subprocess.run([sys.executable, "-c", KILLED, str(at), str(file)], env=environment, check=False)
        if ended.returncode == 0:
            return
        assert ended.returncode == 9
        yield at


def test_killed_at_any_statement_it_is_erased_to_the_last_letter_or_not_at_all(tmp_path: Path) -> None:
    home = DatabaseHome(tmp_path / "claims.sqlite")
    home.change([Change("workspace", "claims", None, {"id": "claims", "title": "Claims"})], "Ana")
    begin(home)
    seen = []
    for at in kills(home.file):
        past = home.history("interview", "one")[:-1]
        erased = {one.after == {} for one in past}
        assert len(erased) == 1, f"half erased when killed at statement {at}"
        assert (SECRET.encode() in letters(home.file)) is not erased.pop(), f"killed at statement {at}"
        with revisions.opened(home.file) as connection, pytest.raises(sqlite3.IntegrityError, match="never changed"):
            connection.execute("UPDATE revisions SET held = NULL")
        seen.append(past[0].after == {})
    assert seen == sorted(seen)
    assert 3 <= seen.count(True) < len(seen)
