"""Every page through one fixture that checks what must hold of all of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

os.environ["DJANGO_SETTINGS_MODULE"] = "outward.web.settings"

import django
from django.http import HttpResponse, HttpResponseBase
from django.test import Client, override_settings

import outward.present.look  # noqa: F401 - before 'find' is replaced below, as this takes it by name
from outward import catalogue
from outward.web import answers, boards, entry
from outward.web.doors import HEADERS
from outward.workspace.homes import home
from outward.workspace.homes.home import homes

from . import made, made_records
from .checking import page_faults

django.setup()

Visit = Callable[..., str]
LOG = made.Log.id


def inhabit(patch: pytest.MonkeyPatch) -> None:
    """Put the made-up world where the pages ask."""
    patch.setattr(answers, "data_sets", lambda: [made.Log()])
    patch.setattr(answers, "data_set", made.data_set)
    patch.setattr(home, "homes", lambda: [*homes(), made_records.home()])
    patch.setattr(answers, "data_sets_of", lambda _: [made.Log()])
    patch.setattr(answers, "questions", made.questions)
    patch.setattr(answers, "answer", made.answer)
    patch.setattr(answers, "look", made.look)
    patch.setattr(answers, "firsts", lambda log: made.look(log).first)
    patch.setattr(boards, "answered", made.answered)
    patch.setattr(answers, "comparison", made.comparison)
    patch.setattr(answers, "steps", lambda _: made.STEPS)
    patch.setattr(catalogue, "find", made.find)
    patch.setattr(catalogue, "asked_of", made.asked_of)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> None:
    """The made-up world, for one test."""
    inhabit(monkeypatch)


@pytest.fixture
def stranger(world: None) -> Client:
    """A browser that was not opened with the key; faults come back as pages, as they do when served."""
    return Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)


@pytest.fixture
def key() -> Iterator[str]:
    """The one-time key of a run."""
    fresh, kept = entry.new_key()
    with override_settings(ENTRY_DIGEST=kept):
        yield fresh


@pytest.fixture
def visitor(stranger: Client, key: str) -> Client:
    """A browser that was opened with the key."""
    assert stranger.get(f"/enter/{key}").status_code == 302
    return stranger


@pytest.fixture
def person(key: str) -> Client:
    """A browser that was opened with the key, on this test's own data folder."""
    client = Client(headers={"host": "127.0.0.1"}, raise_request_exception=True)
    assert client.get(f"/enter/{key}").status_code == 302
    return client


@pytest.fixture
def visit(visitor: Client) -> Visit:
    """Return a page's text, having checked what must hold of every page."""

    def checked(path: str, status: int = 200) -> str:
        response = visitor.get(path)
        assert response.status_code == status, response.headers.get("Location", "")
        return checked_page(response)

    return checked


def checked_page(response: HttpResponseBase) -> str:
    """Return the text of a page, having checked its headers and its HTML."""
    assert isinstance(response, HttpResponse)
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"
    for name, value in HEADERS.items():
        assert response.headers[name] == value
    text = response.content.decode()
    assert page_faults(text) == []
    return text
