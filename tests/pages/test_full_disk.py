"""Where the disk is full, nothing that was typed is lost."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from django.test import Client

from outward.errors import BadInput

from .conftest import checked_page
from .editing import RECORDS, form, make_workspace, shown

ADD = f"{RECORDS}/need/new"


@pytest.fixture
def folder(own_home: Path) -> Path:
    return make_workspace(own_home)


@pytest.mark.parametrize("then", ["", "refresh"])
@pytest.mark.parametrize("title", ["Gone words", ""])
def test_where_the_disk_is_full_the_form_comes_back_with_what_was_typed(
    title: str, then: str, folder: Path, person: Client, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    def refuses(*_: object) -> None:
        raise BadInput("The folder cannot be written: No space left on device.")

    monkeypatch.setattr("outward.whole_file.os.fsync", full)
    monkeypatch.setattr("outward.workspace.homes.folder.FolderHome.change", refuses)
    values = {**form(shown(person, ADD)), "title": title, "about": "Every word", "groups": ["pensioners"], "then": then}
    response = person.post(ADD, values)
    text = html.unescape(checked_page(response))
    assert response.status_code in (200, 400)
    assert form(text)["about"] == ["Every word"]
    assert "kept as a draft" not in text
    assert ("A draft cannot be kept" if then else "cannot be written" if title else "It must be answered") in text
    assert list((own_home / "drafts").iterdir()) == []
