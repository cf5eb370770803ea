"""Erasing the past of a record, and forgetting a workspace, on pages that say first what goes and what stays."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from django.test import Client

from outward.own_folder import home as data_folder
from outward.web import drafts
from outward.workspace.homes.beginning import make_database
from outward.workspace.homes.home import Change, find_home, homes

from .conftest import checked_page
from .editing import ID, NEED, RECORDS, changed, form, held, make_workspace, now, sent, shown

SECRET = "Xanthippe of the yellow house"


@pytest.fixture(autouse=True)
def folder(own_home: Path) -> Path:
    """A workspace in a folder of this computer, in whose past a name stood."""
    made = make_workspace(own_home)
    changed("need", "clear-letters", about=f"So says {SECRET}.")
    changed("need", "clear-letters", about="So says a customer.")
    drafts.keep(find_home(ID).own_name, "need/clear-letters", {"about": [SECRET]})
    return made


def holding() -> list[Path]:
    return [path for path in data_folder().rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]


def test_it_is_said_what_goes_and_what_stays_and_then_it_goes(person: Client) -> None:
    assert f'href="{NEED}/erase"' in shown(person, f"{NEED}/history")
    text = html.unescape(shown(person, f"{NEED}/erase"))
    for words in (
        "Erase the past of ‘Letters that say what happens next’?",
        "This cannot be undone.",
        "in 2 changes of its history",
        "Who changed it and when, that you erased it and when, and its id, ‘clear-letters’.",
        "The files of the workspace’s folder, and its history in git.",
    ):
        assert words in text
    assert holding()
    response = sent(person, f"{NEED}/erase", **{**form(text), "by": "The <b>officer</b>"})
    assert holding() == []
    assert held("need", "clear-letters")["about"] == "So says a customer."
    told = shown(person, response.headers["Location"])
    assert "Erased. Who changed it and when stays." in told
    assert told.count("What it said then was erased by The &lt;b&gt;officer&lt;/b&gt; on ") == 2
    assert told.count("What it said until then was erased by The &lt;b&gt;officer&lt;/b&gt; on ") == 1
    assert "Put back as it was" not in told
    assert f"{NEED}/erase" not in told
    assert "Erased. Who" not in shown(person, f"{NEED}/history")
    assert "Nothing of its past is left to erase." in shown(person, f"{NEED}/erase")


def test_what_was_removed_is_erased_and_cannot_be_put_back(person: Client) -> None:
    sent(person, f"{NEED}/remove", **form(shown(person, f"{NEED}/remove")))
    values = form(shown(person, f"{NEED}/history"))
    assert f'href="{NEED}/erase"' in shown(person, f"{RECORDS}/removed")
    text = shown(person, f"{NEED}/erase")
    assert "Erase ‘Letters that say what happens next’ for good?" in text
    assert (
        "All that it said, and its id ‘clear-letters’ wherever the past of another record names it, in 3 changes"
        in text
    )
    since = sent(person, f"{NEED}/erase", **form(text)).headers["Location"]
    assert re.fullmatch(f"{RECORDS}/need/erased-[0-9a-f]{{8}}/history", since)
    assert holding() == []
    gone = shown(person, f"{RECORDS}/removed")
    assert "Letters that say" not in gone
    assert "clear-letters" not in gone
    assert since in gone
    assert "What it said is erased." in gone
    assert "Put back" not in gone
    past = shown(person, since)
    assert "4. Removed by " in past
    assert "1. Written down by " in past
    assert "What it said until then was erased by somebody on this computer on " in past
    person.raise_request_exception = False
    assert person.post(since, values).status_code == 400
    shown(person, f"{NEED}/history", 404)
    assert "clear-letters" not in now().records["need"]


def test_what_has_moved_on_is_not_erased_unseen(person: Client) -> None:
    values = form(shown(person, f"{NEED}/erase"))
    changed("need", "clear-letters", about="Third")
    text = checked_page(sent(person, f"{NEED}/erase", 409, **values))
    assert "nothing was erased" in text
    assert "in 3 changes of its history" in text
    assert len([one for one in find_home(ID).history("need", "clear-letters") if one.erased]) == 0


def test_a_record_that_never_was_has_nothing_to_erase(person: Client) -> None:
    person.raise_request_exception = False
    shown(person, f"{RECORDS}/need/never/erase", 404)
    assert "Nothing of its past is left to erase." in shown(person, f"{RECORDS}/group/pensioners/erase")
    assert person.post(f"{RECORDS}/group/pensioners/erase", {"last": "2"}).status_code in (400, 409)


def test_where_only_a_draft_is_there_it_is_said_and_erased(person: Client) -> None:
    path = f"{RECORDS}/group/pensioners"
    drafts.keep(find_home(ID).own_name, "group/pensioners", {"about": [SECRET]})
    text = shown(person, f"{path}/erase")
    assert "but what was typed into its form and is not saved can be erased" in text
    told = shown(person, sent(person, f"{path}/erase", **form(text)).headers["Location"])
    assert "The draft is erased. Nothing of its past was left to erase." in told
    assert drafts.find(find_home(ID).own_name, "group/pensioners") is None
    assert "can be erased" not in shown(person, f"{path}/erase")


def test_a_workspace_kept_here_is_forgotten_after_a_page_that_asks(person: Client, folder: Path) -> None:
    assert f'href="/workspaces/{ID}/forget"' in shown(person, f"/workspaces/{ID}/exchange")
    text = shown(person, f"/workspaces/{ID}/forget")
    assert "All its records, and their history." in text
    assert folder.exists()
    response = sent(person, f"/workspaces/{ID}/forget")
    assert "All that was kept here of the workspace is erased" in shown(person, response.headers["Location"])
    assert (homes(), holding(), folder.exists()) == ([], [], False)
    person.raise_request_exception = False
    shown(person, f"/workspaces/{ID}/forget", 404)


def test_a_folder_that_is_served_keeps_its_files(
    person: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    folder.rename(elsewhere)
    monkeypatch.setenv("OUTWARD_FOLDER", str(elsewhere))
    text = shown(person, f"/workspaces/{ID}/forget")
    assert "The files of its folder, and their history in git." in text
    sent(person, f"/workspaces/{ID}/forget")
    assert [one.id for one in homes()] == [ID]
    assert (elsewhere / "workspace.yaml").exists()


def test_one_that_cannot_be_read_can_be_forgotten(person: Client, folder: Path) -> None:
    (folder / "records" / "needs.yaml").write_text("- id: [")
    sent(person, f"/workspaces/{ID}/forget")
    assert homes() == []


def test_in_a_database_no_folder_is_spoken_of(person: Client) -> None:
    home = make_database("claims")
    for before, after in ((None, {"id": "g", "title": "G"}), ({"id": "g", "title": "G"}, {"id": "g", "title": "H"})):
        standing = home.load().values("group", "g")
        assert (standing is None) == (before is None)
        home.change([Change("group", "g", standing, {**(standing or {}), **after})], "Ana")
    text = shown(person, "/workspaces/claims/records/group/g/erase")
    assert "in 1 change of its history" in text
    assert "git" not in text
