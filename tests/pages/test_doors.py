"""Who gets in, what is refused, and what a fault looks like."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from outward.errors import ReleaseRefused
from outward.web import answers
from outward.web.address import Asked

from . import made
from .conftest import LOG, Visit, checked_page


@pytest.mark.parametrize("path", ["/", "/nowhere", f"/data/{LOG}", f"/data/{LOG}/ask/U3.1/paths.csv"])
def test_it_shows_nothing_to_a_browser_without_the_key(path: str, stranger: Client) -> None:
    response = stranger.get(path)
    assert response.status_code == 403
    assert "Use the link in the terminal" in checked_page(response)
    assert "support" not in response.content.decode()


def test_the_key_works_once(stranger: Client, key: str) -> None:
    first = stranger.get(f"/enter/{key}")
    assert (first.status_code, first.headers["Location"]) == (302, "/")
    again = Client(headers={"host": "127.0.0.1"}).get(f"/enter/{key}")
    assert again.status_code == 403
    assert "This link has been used" in checked_page(again)
    assert not again.cookies


def test_opening_the_link_again_in_the_same_browser_leads_home(visitor: Client, key: str) -> None:
    assert visitor.get(f"/enter/{key}").status_code == 302


def test_a_wrong_key_opens_nothing(stranger: Client, key: str) -> None:
    assert stranger.get("/enter/wrong").status_code == 403
    assert stranger.get("/").status_code == 403


def test_no_key_opens_a_run_that_has_none(stranger: Client) -> None:
    assert stranger.get("/enter/any").status_code == 403


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(stranger: Client, key: str) -> None:
    cookie = stranger.get(f"/enter/{key}").cookies["outward_80"]
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Strict"
    assert cookie["expires"] == ""


def test_a_forged_cookie_opens_nothing(stranger: Client) -> None:
    stranger.cookies["outward_80"] = "entered:1tQ:forged"
    assert stranger.get("/").status_code == 403


@pytest.mark.parametrize("host", ["elsewhere.example", "127.0.0.1.elsewhere.example", "0.0.0.0", "10.0.0.1:8000"])
def test_it_answers_to_no_name_but_this_computers_own(host: str, visitor: Client) -> None:
    response = visitor.get("/", headers={"host": host})
    assert response.status_code == 400
    assert b"support" not in response.content
    assert visitor.get("/static/outward.css", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "[::1]:8000"])
def test_it_answers_to_this_computers_own_names(host: str, visitor: Client) -> None:
    assert visitor.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_can_be_changed(method: str, visitor: Client) -> None:
    response = getattr(visitor, method)("/")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"
    assert "only be read" in checked_page(response)


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/data/unknown",
        "/data/..%2f..%2fetc",
        "/workspaces/unknown",
        f"/data/{LOG}/",
        f"/data/{LOG}/ask/U3.1/nothing.csv",
    ],
)
def test_an_address_that_leads_nowhere_is_a_plain_page(path: str, visit: Visit) -> None:
    assert "not found" in visit(path, 404)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("ask/U9.9", "There is no question"),
        ("ask/U3.4?by=colour", "There is no attribute"),
        ("ask/U3.4?nonsense=1", "There is no setting"),
        ("ask/U3.4?where=passes(Pay", "cannot be understood"),
        ("ask/U3.4?from=yesterday", "is no day"),
        ("ask/U3.3?within_days=soon", "must be a whole number from 1"),
        ("ask/U3.3?within_days=0", "must be a whole number from 1"),
        ("ask/U3.3?counted=maybe", "There is no choice of"),
        ("journeys?paint=pink", "There is no way to show a path"),
        ("journeys?steps=0", "is a whole number from 1 to 100"),
        ("journeys?steps=²", "is a whole number from 1 to 100"),
    ],
)
def test_a_question_that_cannot_be_read_is_a_plain_page_with_the_sentence(
    query: str, sentence: str, visit: Visit
) -> None:
    assert sentence in visit(f"/data/{LOG}/{query}", 400)


def test_an_address_with_too_many_parts_is_a_plain_page(visit: Visit) -> None:
    parts = "&".join(f"also=passes({number})" for number in range(1_100))
    assert "at most 60 can be asked at once" in visit(f"/data/{LOG}/ask/U3.4?{parts}", 400)


@pytest.mark.parametrize("page", ["ask/U3.1", "journeys", "ask/U3.1/answer.json", "ask/U3.1/paths.csv"])
@pytest.mark.parametrize("policy", ["none", "gentle"])
def test_no_address_can_ask_for_unchecked_figures(page: str, policy: str, visit: Visit) -> None:
    assert "small numbers" in visit(f"/data/{LOG}/{page}?policy={policy}", 403)


@pytest.mark.parametrize("page", ["ask/U3.4", "ask/U3.4/answer.json", "ask/U3.4/main.csv"])
def test_an_unchecked_answer_is_never_shown(page: str, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "answer", made.unchecked)
    assert "not been checked for small numbers" in visit(f"/data/{LOG}/{page}", 403)


@pytest.mark.parametrize(
    ("asked", "back"),
    [
        ("ask/U3.4?where=passes%28Check%29", "ask/U3.4"),
        ("ask/U3.4/main.csv?by=channel", "ask/U3.4"),
        ("journeys?where=passes%28Check%29", "journeys"),
        ("compare?a=passes%28Check%29", "compare"),
        ("compare/comparison.json?a=passes%28Check%29", "compare"),
        ("ask/U3.4", ""),
    ],
)
def test_what_is_refused_leads_back_to_the_question_of_everyone(
    asked: str, back: str, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(asked: object) -> None:
        raise ReleaseRefused("This would tell of a few.")

    monkeypatch.setattr(answers, "answer", refused)
    monkeypatch.setattr(answers, "comparison", refused)
    text = visit(f"/data/{LOG}/{asked}", 403)
    assert "This would tell of a few." in text
    assert re.findall(r'href="([^"]+)">Ask it of everyone', text) == ([f"/data/{LOG}/{back}"] if back else [])


def test_a_fault_of_ours_is_a_plain_page_without_a_traceback_or_values(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(asked: Asked) -> None:
        raise ValueError(f"Mrs Example of {asked.data_set}")

    monkeypatch.setattr(answers, "answer", broken)
    text = visit(f"/data/{LOG}/ask/U3.4", 500)
    assert "Sorry, something went wrong" in text
    assert "Mrs Example" not in text
    said = capfd.readouterr().err
    assert "ValueError at" in said
    assert "Mrs Example" not in said


def test_built_assets_may_be_kept_and_carry_the_headers(stranger: Client) -> None:
    response = stranger.get("/static/outward.css")
    assert response.status_code == 200
    assert "max-age" in response.headers["Cache-Control"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    response.close()
