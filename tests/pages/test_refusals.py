"""What is refused as records are written down: forms without end, and a heading that fits what went wrong."""

from __future__ import annotations

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
    assert ">This cannot be saved as it stands</h1>" in text
    text = checked_page(person.get(f"{RECORDS}/nothing"))
    assert "cannot be answered" not in text
