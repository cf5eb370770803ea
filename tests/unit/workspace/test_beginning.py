"""Beginning a workspace: what is made loads at once, and nothing that is there is touched."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest

from outward import dates
from outward.cli.main import exit_code
from outward.errors import UsageError
from outward.examples import EXAMPLES, copy_example, read_example
from outward.own_folder import own_folder
from outward.web import serving
from outward.workspace.folder.reading import file_of, rows_of
from outward.workspace.homes.beginning import FIRST, make_database, make_folder
from outward.workspace.homes.home import SERVED, Change, find_home, open_home
from outward.workspace.records import kind_of


def test_a_new_folder_loads_at_once_and_says_what_to_write(tmp_path: Path) -> None:
    home = make_folder(tmp_path / "Our pensions: 2026", body="Dept: Pensions")
    header = home.load().header
    assert (header.id, header.title, header.body) == ("our-pensions-2026", "Our pensions: 2026", "Dept: Pensions")
    assert "evidence/" in (home.folder / ".gitignore").read_text()
    assert {path.name for path in home.folder.iterdir()} == {".gitignore", "records", "workspace.yaml"}


@pytest.mark.parametrize("name", FIRST)
def test_what_a_new_file_says_can_be_taken_at_its_word(tmp_path: Path, name: str) -> None:
    kind = kind_of(name)
    lines = (make_folder(tmp_path / "new").folder / file_of(kind)).read_text().splitlines()
    assert all(line.startswith("#") for line in lines)
    text = "\n".join(line[2:] for line in lines[3:])
    (row,) = rows_of(text.encode(), kind)
    assert set(row.values) == set(kind.model_fields)


def test_the_first_record_is_written_below_what_the_file_says(tmp_path: Path) -> None:
    home = make_folder(tmp_path / "new")
    path = home.folder / "records" / "groups.yaml"
    said = path.read_text()
    home.change([Change("group", "all", None, {"id": "all", "title": "All"})], by="Ana")
    assert path.read_text().startswith(said + "\n- id: all\n")


def test_what_is_there_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("ours")
    for place in (tmp_path, tmp_path / "words.txt"):
        with pytest.raises(UsageError, match="not empty"):
            make_folder(place)
    with pytest.raises(UsageError, match="cannot be made"):
        make_folder(tmp_path / "words.txt" / "below")
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    make_folder(tmp_path / "repository").load()
    make_database("pensions")
    with pytest.raises(UsageError, match="already"):
        make_database("Pensions")


@pytest.mark.parametrize("options", [[], ["--database"]])
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([""], "Which folder is to be made?"),
        ([" "], "Which folder is to be made?"),
        (["a\nb"], "The title of a workspace is one line"),
        (["a\udcff"], "The title of a workspace is one line"),
        (["a", "--title", "x" * 301], "The title of a workspace is one line of at most 300 letters"),
        (["a", "--body", "x\ty"], "say the body with --body"),
    ],
)
def test_everything_is_looked_at_before_anything_is_made(
    tmp_path: Path,
    own_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
    options: list[str],
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert exit_code(["new", *arguments, *options]) == 2
    assert said in capsys.readouterr().err
    assert not any((tmp_path / "here").iterdir())
    assert not any(own_folder("workspaces").iterdir())


def test_odd_names_do_with_a_title(tmp_path: Path) -> None:
    assert make_folder(tmp_path / "a\nb", "Pensions").load().title == "Pensions"


@pytest.mark.parametrize("there", [False, True])
def test_a_disk_that_fails_leaves_no_half_of_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    really = Path.rename

    def failing(path: Path, to: Path) -> Path:
        if path.name in ("workspace.yaml", "whole"):
            raise OSError(28, "No space left on device")
        return really(path, to)

    folder = tmp_path / "new"
    if there:
        folder.mkdir()
    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(UsageError, match="No space left"):
        make_folder(folder)
    assert [path.name for path in tmp_path.rglob("*")] == (["new"] if there else [])
    monkeypatch.undo()
    make_folder(folder).load()


def test_a_new_database_is_kept_on_this_machine_or_in_a_file(tmp_path: Path) -> None:
    assert make_database("Our pensions", "Pensions").load().title == "Pensions"
    assert find_home("our-pensions").load().title == "Pensions"
    home = make_database(str(tmp_path / "claims.sqlite"), body="County")
    assert (open_home(home.file).id, home.load().header.body) == ("claims", "County")
    assert home.as_of(dates.today()).title == "claims"


def test_the_command_line_makes_both(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["new", str(tmp_path / "a"), "--title", "Claims", "--body", "County"]) == 0
    assert open_home(tmp_path / "a").load().title == "Claims"
    assert "outward serve" in capsys.readouterr().out
    assert exit_code(["new", str(tmp_path / "a")]) == 2
    assert "not empty" in capsys.readouterr().err
    assert exit_code(["new", "b", "--database"]) == 0
    assert find_home("b").load().id == "b"


def test_what_is_printed_opens_a_folder_of_several_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "Our pension's service"
    assert exit_code(["new", str(folder)]) == 0
    printed = capsys.readouterr().out.partition("outward serve ")[2]
    assert shlex.split(printed) == [str(folder)]


def test_an_empty_title_is_refused_and_nothing_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for more in ([], ["--database"]):
        assert exit_code(["new", str(tmp_path / "a"), "--title", " ", *more]) == 2
        assert "leave out --title" in capsys.readouterr().err
    assert list(tmp_path.glob("a*")) == []


def test_serve_refuses_what_is_no_workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["serve", str(tmp_path), "--no-browser"]) == 2
    assert "outward new FOLDER" in capsys.readouterr().err


def test_serve_opens_what_cannot_be_read_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(serving, "serve", lambda **_: opened.append(os.environ[SERVED]))
    monkeypatch.setenv(SERVED, "")
    folder = make_folder(tmp_path / "a").folder
    (folder / "records" / "groups.yaml").write_text("- id: a\n")
    assert exit_code(["serve", str(folder), "--no-browser"]) == 0
    assert "records/groups.yaml:1: W003" in capsys.readouterr().err
    assert opened == [str(folder.resolve())]


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_copied_once_and_is_then_its_owners(name: str) -> None:
    folder = copy_example(name)
    home = find_home(name)
    assert home.load().revision == read_example(name).revision
    before = home.load().values("workspace", name)
    assert before
    home.change([Change("workspace", name, before, {**before, "title": "Ours"})], by="Ana")
    assert copy_example(name) == folder
    assert home.load().title == "Ours"
    assert sorted(path.name for path in folder.iterdir()) == ["records", "workspace.yaml"]
    assert [path.name for path in folder.parent.iterdir()] == [name]
