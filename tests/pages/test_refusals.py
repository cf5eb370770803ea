"""What is refused as records are written down: forms without end, and a heading that fits what went wrong."""

from __future__ import annotations

import html
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.test import Client

from outward.errors import BadInput

from .conftest import checked_page
from .editing import NEED, RECORDS, form, held, make_workspace, sent, shown


@pytest.fixture
def folder(own_home: Path) -> Path:
    """A workspace in a folder of this computer."""
    return make_workspace(own_home)


@pytest.mark.parametrize(
    ("values", "status", "heading", "said"),
    [
        ({"about": "a" * (33 << 20)}, 413, "This form is too long", "at most 32 MB in all"),
        ({f"n{one}": "" for one in range(6_000)}, 400, "This form holds too many values", "at most 5,000 values"),
    ],
)
@pytest.mark.parametrize("encoded", [True, False])
def test_a_form_without_end_is_refused_plainly(
    folder: Path, person: Client, values: dict[str, str], status: int, heading: str, said: str, encoded: bool
) -> None:
    page = f"{NEED}/edit"
    kind = "application/x-www-form-urlencoded"
    response = person.post(page, urlencode(values), content_type=kind) if encoded else person.post(page, values)
    assert response.status_code == status
    text = checked_page(response)
    assert f">{heading}</h1>" in text
    assert said in text
    assert "Nothing was saved." in text
    assert held("need", "clear-letters")["title"] == "Letters that say what happens next"


def test_the_form_says_how_much_a_text_holds(folder: Path, person: Client) -> None:
    text = shown(person, f"{NEED}/edit")
    (hint,) = re.findall(r'<div class="govuk-hint" id="about-hint">(.*?)</div>', text)
    assert hint.endswith("At most 20,000 letters.")
    assert 'aria-describedby="about-hint"' in text


def test_what_goes_wrong_has_a_heading_that_fits_the_page(
    folder: Path, person: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise BadInput("The disk is full.")

    monkeypatch.setattr("outward.workspace.homes.folder.FolderHome.history", full)
    text = checked_page(person.get(f"{NEED}/history"))
    assert ">This page cannot be shown as it stands</h1>" in text
    assert "The disk is full." in text
    values = {**form(shown(person, f"{NEED}/edit")), "notes": "x"}
    monkeypatch.setattr("outward.workspace.homes.folder.FolderHome.change", full)
    text = checked_page(sent(person, f"{NEED}/edit", 400, **values))
    assert "The disk is full." in text
    assert form(text)["notes"] == ["x"]
    text = checked_page(person.get(f"{RECORDS}/nothing"))
    assert "cannot be answered" not in text


def main_of(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", " ", text[text.index("<h1") :]))


@pytest.mark.parametrize(
    ("path", "status", "trail"),
    [
        ("/nowhere", 404, []),
        ("/records/need/never", 404, ["/records", "/records/need"]),
        ("/records/need?colour=red", 400, ["/records", "/records/need"]),
        ("/checks?severity=heavy", 400, []),
        ("/ask/D5.1?on=tomorrow", 400, ["/ask"]),
        ("/ask/Z9.9", 400, ["/ask"]),
        ("?on=2020-01-01", 400, []),
    ],
)
def test_a_page_of_what_went_wrong_in_a_workspace_has_its_way_back(
    folder: Path, person: Client, path: str, status: int, trail: list[str]
) -> None:
    text = shown(person, f"/workspaces/pensions{path}", status)
    breadcrumb = text[text.index('aria-label="Breadcrumb"') : text.index("</nav>")]
    found = re.findall(r'href="([^"]*)"', breadcrumb)
    assert found == ["/", *(f"/workspaces/pensions{one}" for one in ["", *trail])]
    assert 'aria-label="Parts of the workspace"' in text


def test_a_question_with_a_day_that_is_none_is_asked_again_by_its_form(folder: Path, person: Client) -> None:
    text = shown(person, "/workspaces/pensions/ask/D5.1?on=tomorrow", 400)
    assert 'action="/workspaces/pensions/ask/D5.1" method="get"' in text
    assert re.search(r'name="on" type="date"', text)
    assert "Show it without what the address adds" not in text
    text = shown(person, "/workspaces/pensions/ask/D1.4?group=nobody", 400)
    assert '<option value="pensioners">Pensioners</option>' in text
    assert "There is no customer group &#x27;nobody&#x27;. Choose below, and ask again." in text
    assert "x" * 100 not in shown(person, f"/workspaces/pensions/ask/D1.4?group={'x' * 300}", 400)


def test_a_list_that_is_narrowed_by_what_is_not_there_leads_back_to_the_whole_list(
    folder: Path, person: Client
) -> None:
    text = shown(person, f"{RECORDS}/need?colour=red", 400)
    assert f'<a class="govuk-link" href="{RECORDS}/need">Show' in text


def test_outside_a_workspace_and_without_the_key_nothing_tells_of_one(folder: Path, person: Client) -> None:
    assert "Parts of the workspace" not in shown(person, "/nowhere", 404)
    assert "Parts of the workspace" not in shown(person, "/workspaces/other/records", 404)
    stranger = Client(headers={"host": "127.0.0.1"})
    for response in (stranger.get("/workspaces/pensions/nowhere"), stranger.put("/workspaces/pensions")):
        assert response.status_code in (403, 405)
        assert b"Pensions" not in response.content
