"""Starting a workspace in the browser: typed, or from a workbook; whole or not at all."""

from __future__ import annotations

import html
import sqlite3
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from outward.web import jobs
from outward.workspace.homes import revisions
from outward.workspace.homes.home import find_home
from tests.made_workbooks import write_workbook

from .bringing import left_over
from .conftest import checked_page
from .editing import form, make_workspace, shown

BOOK = {
    "Workspace": [("Id", "Title", "Body"), ("pensions", "Pensions", "A made-up body")],
    "Groups": [("Id", "Title"), ("pensioners", "Pensioners")],
}


def began(person: Client, status: int = 302, /, **values: object) -> str:
    """Send the form; return where it leads, or what is said."""
    response = person.post("/begin", values)
    assert response.status_code == status, checked_page(response)
    return str(response.headers["Location"]) if status == 302 else html.unescape(checked_page(response))


def book(tmp_path: Path, **sheets: object) -> SimpleUploadedFile:
    path = write_workbook(tmp_path / "made.xlsx", {**BOOK, **sheets})  # type: ignore[dict-item]
    return SimpleUploadedFile("made.xlsx", path.read_bytes())


def test_a_workspace_is_started_from_the_first_page(person: Client, own_home: Path) -> None:
    assert 'href="/begin"' in shown(person, "/")
    assert set(form(shown(person, "/begin"))) == {"title", "body", "about", "by", "file"}
    said = {"title": " Our pension service ", "body": "A made-up body", "about": "How people retire.\n\nAll of it."}
    assert began(person, 302, **said, by="Cat") == "/workspaces/our-pension-service"
    home = find_home("our-pension-service")
    header = home.load().header
    assert (header.title, header.body) == ("Our pension service", "A made-up body")
    assert header.about == "How people retire.\n\nAll of it."
    assert [one.by for one in home.history()] == ["Cat"]
    assert person.cookies["outward_by"]["path"] == "/"
    assert form(shown(person, "/begin"))["by"] == ["Cat"]
    assert began(person, 302, title="Another", by="") == "/workspaces/another"
    assert form(shown(person, "/begin"))["by"] == ["Cat"]
    assert "Our pension service" in shown(person, "/")
    shown(person, "/workspaces/our-pension-service")
    assert "Add a customer group" in shown(person, "/workspaces/our-pension-service/records/group")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "Say what the workspace is called"),
        ({"title": " "}, "Say what the workspace is called"),
        ({"title": "x" * 301}, "a line holds 300 at most"),
        ({"title": "PENSIONS"}, "There is a workspace ‘PENSIONS’ already"),
        ({"title": "Fine", "about": "x" * 20_001}, "20,000 are the most"),
    ],
)
def test_what_will_not_do_is_said_at_its_field_and_nothing_is_made(
    values: dict[str, str], said: str, person: Client, own_home: Path
) -> None:
    make_workspace(own_home)
    text = began(person, 400, **values)
    assert said in text
    assert "<title>Error: Start a workspace" in text
    assert [one.name for one in (own_home / "workspaces").iterdir()] == ["pensions"]


def test_titles_in_any_letters_get_an_address_of_their_own(person: Client, own_home: Path) -> None:
    assert began(person, 302, title="年金") == "/workspaces/workspace"
    assert began(person, 302, title="Свои") == "/workspaces/workspace-2"
    assert began(person, 302, title="../../Out/of here.sqlite") == "/workspaces/out-of-here-sqlite"
    assert find_home("workspace").load().title == "年金"


def test_a_workbook_to_begin_with_gives_its_records_and_what_is_typed_stands_before_it(
    person: Client, own_home: Path, tmp_path: Path
) -> None:
    assert began(person, 302, file=book(tmp_path)) == "/workspaces/pensions"
    assert list(find_home("pensions").load().records["group"]) == ["pensioners"]
    assert began(person, 302, title="Claims", file=book(tmp_path)) == "/workspaces/claims"
    made = find_home("claims").load()
    assert (made.id, made.title, made.header.body) == ("claims", "Claims", "A made-up body")
    assert (left_over(), jobs.every()) == ([], [])


def test_a_workbook_that_will_not_do_is_said_at_its_place_and_nothing_is_made(
    person: Client, own_home: Path, tmp_path: Path
) -> None:
    needs = [("Id", "Title", "Groups"), ("clear", "Clear letters", "nobody")]
    text = began(person, 400, title="Claims", file=book(tmp_path, Needs=needs))
    assert ">Needs, C2 (Groups)</th>" in text
    assert 'value="Claims"' in text
    assert "is no workbook" in began(person, 400, title="Claims", file=SimpleUploadedFile("a.xlsx", b"x,y"))
    text = began(person, 400, title="x" * 301, file=book(tmp_path))
    assert "Choose the file again" in text
    assert not (own_home / "workspaces").exists() or not list((own_home / "workspaces").iterdir())
    assert (left_over(), jobs.every()) == ([], [])


def test_where_the_disk_fails_there_is_no_workspace_and_it_can_be_started_again(
    person: Client, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(revisions, "append", full)
        assert "Nothing was saved" in began(person, 400, title="Claims")
    assert [path.name for path in own_home.glob("workspaces/claims/*")] == ["workspace.sqlite"]
    shown(person, "/")
    for path in ("/workspaces/claims", "/workspaces/claims/records/need/new"):
        assert person.get(path).status_code == 404
    assert began(person, 302, title="Others") == "/workspaces/others"
    assert began(person, 302, title="Claims") == "/workspaces/claims"
    shown(person, "/workspaces/claims")


def test_a_folder_that_cannot_be_made_is_said(person: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("outward.workspace.homes.beginning.own_folder", failing)
    assert "The workspace 'claims' cannot be made: No space left on device" in began(person, 400, title="Claims")


def test_no_form_is_taken_without_its_token(person: Client) -> None:
    strict = Client(headers={"host": "127.0.0.1"}, enforce_csrf_checks=True)
    strict.cookies = person.cookies
    assert strict.post("/begin", {"title": "Claims"}).status_code == 403
