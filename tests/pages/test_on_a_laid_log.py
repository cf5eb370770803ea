"""The pages on evidence that was really laid: every answer, by a group, filtered, and each of its files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.test import Client, override_settings

from outward import asking, catalogue
from outward.answers import Basis
from outward.evidence import store
from outward.evidence.tables import Settings
from outward.web import answers, entry

from .conftest import checked_page


def _made_log(path: Path, seed: int = 11) -> Path:
    """Write a made-up log of 400 cases: apply, check (some twice), decide, by three channels."""
    dice = np.random.default_rng(seed)
    lines = ["case,activity,time,channel"]
    for case in range(400):
        day = date(2024, 1, 1) + timedelta(days=int(dice.integers(0, 500)))
        channel = ("Online", "Phone", "Post <slow>")[int(dice.integers(0, 3))]
        for step in ("Apply", "Check", *("Check",) * int(dice.integers(0, 2)), "Decide"):
            lines.append(f"c{case},{step},{day.isoformat()} 09:00:00,{channel}")
            day += timedelta(days=int(dice.integers(1, 20)))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the made-up log was laid, once for this module."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        _use(folder, patch)
        known = Settings(endings={"Decide": "done"}, basis=Basis.MADE_UP, name="Made-up claims")
        store.bring_in(_made_log(folder / "claims.csv"), known)
    return folder


def _use(folder: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("OUTWARD_HOME", str(folder / "data"))
    patch.setenv("OUTWARD_KEY", str(folder / "key"))


@pytest.fixture
def laid(home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of the laid log, in the data folder that this test uses."""
    _use(home, monkeypatch)
    (log,) = store.data_sets()
    return log.id


@pytest.fixture
def person(laid: str) -> Iterator[Client]:
    """A browser that was let in."""
    key, kept = entry.new_key()
    with override_settings(ENTRY_DIGEST=kept):
        client = Client(headers={"host": "127.0.0.1"})
        client.get(f"/enter/{key}")
        yield client


def test_the_first_page_and_the_overview_lead_to_every_question(laid: str, person: Client) -> None:
    assert "Made-up claims" in checked_page(person.get("/"))
    text = checked_page(person.get(f"/data/{laid}"))
    assert "Made-up data" in text
    for id in catalogue.asked_of("data set"):
        assert (f"/ask/{id}" in text) or id == "U3.1"
    assert 'aria-label="Picture that scrolls sideways"' in text


@pytest.mark.parametrize("query", ["", "?by=channel", "?where=channel%3DPhone%20%26%20passes%28Check%29"])
@pytest.mark.parametrize("id", catalogue.asked_of("data set"))
def test_every_answer_has_its_page_and_every_file_on_it_opens(id: str, query: str, laid: str, person: Client) -> None:
    text = checked_page(person.get(f"/data/{laid}/ask/{id}{query}"))
    assert "Made-up data" in text
    assert re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL).count("Checked for small numbers") == 1
    files = re.findall(r'<a class="govuk-link" href="([^"]+)" download', text)
    assert len(files) > 2
    for file in files:
        response = person.get(unescape(file))
        assert response.status_code == 200
        assert "made-up" in response.headers["Content-Disposition"]


@pytest.mark.parametrize("query", ["", "?by=channel", "?by=channel&paint=p90_days"])
def test_the_map_is_drawn_and_each_mark_on_it_leads_on(query: str, laid: str, person: Client) -> None:
    text = checked_page(person.get(f"/data/{laid}/journeys{query}"))
    marks = {unescape(one) for one in re.findall(r'<a class="outward-(?:path|step)" href="([^"]+)"', text)}
    assert len(marks) >= 5
    for mark in marks:
        assert person.get(mark).status_code == 200


@pytest.fixture
def how(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Of which cases, and under which rules, each question was asked."""
    found: list[Any] = []
    meant = asking._meant

    def watched(*args: Any) -> Any:
        found.append(meant(*args))
        return found[-1]

    monkeypatch.setattr(asking, "_meant", watched)
    return found


@pytest.mark.parametrize(
    "page",
    [
        "",
        "/ask/U3.5?by=channel",
        "/ask/U3.5/answer.html?where=passes%28Check%29",
        "/journeys?by=channel",
        "/compare?a=channel%3DOnline&b=channel%3DPhone",
        "/compare/comparison.json?a=channel%3DOnline&b=channel%3DPhone",
    ],
)
def test_whatever_a_page_asks_is_held_against_what_was_shown(
    page: str, laid: str, person: Client, how: list[Any]
) -> None:
    assert person.get(f"/data/{laid}{page}").status_code == 200
    assert how
    assert all(one.guarded for one in how)


def test_steps_and_values_of_the_form_are_those_that_enough_customers_share(laid: str) -> None:
    log = store.find(laid)
    assert set(answers.steps(log)) == {"Apply", "Check", "Decide"}
    assert set(answers.values(log, "channel")) == {"Online", "Phone", "Post <slow>"}


@pytest.mark.parametrize(
    "query", ["by=colour", "where=passes%28Nowhere%29", "where=channel%3DFax", "where=from%3D2030-01-01"]
)
def test_what_the_data_does_not_hold_is_said_on_a_plain_page(query: str, laid: str, person: Client) -> None:
    response = person.get(f"/data/{laid}/ask/U3.4?{query}")
    assert response.status_code == 400
    assert "cannot be answered as it stands" in checked_page(response)


@pytest.mark.parametrize(
    "query",
    ["a=channel%3DPhone", "a=channel%3DPhone&b=channel%3DOnline", "a=to%3D2024-08-31&b=from%3D2024-09-01"],
)
def test_two_sides_are_compared_and_each_file_of_it_opens(query: str, laid: str, person: Client) -> None:
    text = checked_page(person.get(f"/data/{laid}/compare?{query}"))
    assert re.search(r"\d+ comparisons made", text)
    for file in re.findall(r'<a class="govuk-link" href="([^"]+)" download', text):
        assert person.get(unescape(file)).status_code == 200


@pytest.fixture
def second(laid: str, tmp_path: Path) -> Iterator[str]:
    """The id of another data set in the same data folder, there for one test."""
    other = _made_log(tmp_path / "vale.csv", seed=12)
    log = store.bring_in(other, Settings(endings={"Decide": "done"}, basis=Basis.MADE_UP, name="Vale <claims>"))
    yield log.id
    store.forget(log.id)


def test_two_data_sets_are_compared_and_each_file_of_it_opens(laid: str, second: str, person: Client) -> None:
    first = unescape(checked_page(person.get(f"/data/{laid}/compare")))
    assert f'href="/data/{laid}/compare?with={second}">Another data set: Vale <claims></a>' in first
    text = checked_page(person.get(f"/data/{laid}/compare?with={second}"))
    assert f'<option value="{second}" selected>' in text
    assert re.search(r"\d+ comparisons? made", text)
    assert "Nobody said when the data of either was taken" in text
    for file in re.findall(r'<a class="govuk-link" href="([^"]+)" download', text):
        assert person.get(unescape(file)).status_code == 200


def test_both_data_sets_are_guarded_and_narrowed_by_the_form(
    laid: str, second: str, person: Client, how: list[Any]
) -> None:
    form = f"with={second}&a-group=channel%3DPhone&b-group=channel%3DOnline"
    spelled = person.get(f"/data/{laid}/compare?{form}").headers["Location"]
    assert spelled == f"/data/{laid}/compare?with={second}&a=channel%3DPhone&b=channel%3DOnline"
    assert "Made-up claims: channel Phone beside" in checked_page(person.get(spelled))
    assert {one.log.id for one in how} == {laid, second}
    assert all(one.guarded for one in how)


@pytest.mark.parametrize(("other", "status"), [("nowhere", 404), ("{laid}", 400)])
def test_a_data_set_that_is_not_there_or_the_same_is_said_plainly(
    other: str, status: int, laid: str, person: Client
) -> None:
    assert person.get(f"/data/{laid}/compare?with={other.format(laid=laid)}").status_code == status
