"""A file is written whole or not at all, whatever fails and whoever else writes it."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from outward import whole_file
from outward.cli.main import exit_code
from outward.evidence.store import key
from outward.web import drafts
from outward.workspace.workbook.writing import write_whole


def full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def meanwhile(monkeypatch: pytest.MonkeyPatch, other: Callable[[], None]) -> None:
    """Let another thread write, from beginning to end, while the first has written its bytes and not yet its file."""
    really = os.fsync

    def interrupted(handle: int) -> None:
        monkeypatch.setattr(os, "fsync", really)
        thread = Thread(target=other)
        thread.start()
        thread.join()
        really(handle)

    monkeypatch.setattr(os, "fsync", interrupted)


def test_what_is_new_takes_the_place_of_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 250 + ".txt")
    for content in (b"one", b"two\n", b""):
        whole_file.write(path, content)
        assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name != "posix", reason="only there do files have modes")
def test_a_file_keeps_its_mode_unless_one_is_given(tmp_path: Path) -> None:
    ours, usual, given = tmp_path / "ours", tmp_path / "usual", tmp_path / "given"
    ours.touch(mode=0o600)
    usual.touch()
    mode = stat.S_IMODE(usual.stat().st_mode)
    usual.unlink()
    whole_file.write(ours, b"new")
    whole_file.write(usual, b"new")
    whole_file.write(given, b"new", 0o600)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (ours, usual, given)] == [0o600, mode, 0o600]


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_where_it_fails_what_was_there_stays_and_no_part_is_left(
    failing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("before")
    monkeypatch.setattr(os, failing, full)
    for part in (None, tmp_path / ".part"):
        with pytest.raises(OSError, match="No space left"):
            whole_file.write(path, b"after", part=part)
    assert (path.read_text(), list(tmp_path.iterdir())) == ("before", [path])


def test_a_part_that_a_killed_process_left_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / ".part").write_text("half of it, and much longer")
    whole_file.write(tmp_path / "a.txt", b"whole", part=tmp_path / ".part")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["whole"]


def test_two_who_write_one_file_at_once_each_write_all_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    meanwhile(monkeypatch, lambda: whole_file.write(path, b"a much longer text"))
    whole_file.write(path, b"short")
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"short", [path])


def test_two_saves_of_one_form_at_once_both_succeed(monkeypatch: pytest.MonkeyPatch, own_home: Path) -> None:
    meanwhile(monkeypatch, lambda: drafts.keep("w", "k", {"title": ["Typed in the second tab " * 1000]}))
    drafts.keep("w", "k", {"title": ["short"]})
    found = drafts.find("w", "k")
    assert found
    assert found.raw == {"title": ["short"]}
    assert len(list((own_home / "drafts").iterdir())) == 1


def test_whoever_makes_the_key_first_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    theirs: list[bytes] = []
    meanwhile(monkeypatch, lambda: theirs.append(key()))
    assert [key()] == theirs
    assert [path.name for path in tmp_path.iterdir() if "key" in path.name or path.suffix == ".part"] == ["outward-key"]


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "made.xlsx").mkdir()
    with pytest.raises(Exception, match=r"made.xlsx' cannot be written: Is a directory\."):
        write_whole(tmp_path / "made.xlsx", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["made.xlsx"]
    assert exit_code(["new", str(tmp_path / "w")]) == 0
    assert exit_code(["export", str(tmp_path / "w"), str(tmp_path / "no" / "such.xlsx")]) == 2
    assert "such.xlsx' cannot be written: No such file or directory." in capsys.readouterr().err
