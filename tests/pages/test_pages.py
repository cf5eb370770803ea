"""The pages, each as a person sees it."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import get_resolver

from outward.web import answers

from . import made
from .conftest import LOG, Visit

PLAIN_PAGES = [
    "/",
    "/workspaces/support",
    "/workspaces/support/checks",
    "/workspaces/support/records",
    "/workspaces/support/records/action",
    "/workspaces/support/records/measure/one-measure",
    "/workspaces/support/ask",
    *(f"/workspaces/support/ask/{id}" for id in ("O2.1", "O2.2", "D1.1", "D1.2", "D1.4", "D5.1")),
    f"/data/{LOG}",
    f"/data/{LOG}/journeys",
    f"/data/{LOG}/journeys?by=channel",
    f"/data/{LOG}/journeys?by=area&steps=50&paint=p90_days",
    f"/data/{LOG}/compare",
    f"/data/{LOG}/compare?a=area%3DSouth",
    f"/data/{LOG}/compare?a=channel%3DPhone&b=channel%3DPost",
    f"/data/{LOG}/compare?with={made.VALE.id}",
    *(f"/data/{LOG}/ask/{id}" for id in made.TITLES),
]
PAGES = [
    *PLAIN_PAGES,
    *(f"/data/{LOG}/ask/{id}?by=channel&where=area%3DSouth%20%26%20passes%28Pay%29" for id in made.TITLES),
]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_well_made_and_says_that_the_data_is_made_up(path: str, visit: Visit) -> None:
    assert "Made-up data" in visit(path)


@pytest.mark.parametrize("path", PAGES)
def test_no_label_from_a_file_becomes_markup(path: str, visit: Visit) -> None:
    text = visit(path)
    assert "<b>" not in text
    assert "<support>" not in text
    assert "<proof>" not in text


def test_it_keeps_every_route_that_was_ever_published() -> None:
    kept = (Path(__file__).parent / "routes.txt").read_text().split()
    assert sorted(map(_plain, get_resolver().url_patterns)) == sorted(kept)


def _plain(route: object) -> str:
    spelled = re.sub(r"\(\?P(<\w+>)(?:[^()]|\(\?:[^()]*\)[?*]?)*\)", r"\1", str(getattr(route, "pattern", "")))
    return "/" + re.sub(r"<str:(\w+)>", r"<\1>", spelled).replace("\\", "").strip("^$")


def test_a_workspace_that_cannot_be_read_is_listed_beside_the_others(visit: Visit, own_home: Path) -> None:
    for id, name, text in (("claims", "workspace.yaml", "title: ["), ("damaged", "workspace.sqlite", "no database")):
        folder = own_home / "workspaces" / id
        folder.mkdir(parents=True)
        (folder / name).write_text(text)
    text = visit("/")
    assert 'href="/workspaces/claims"' in text
    assert 'href="/workspaces/damaged"' in text


def test_the_first_page_lists_workspaces_and_data_sets(visit: Visit) -> None:
    text = visit("/")
    assert 'href="/workspaces/support"' in text
    assert f'href="/data/{LOG}"' in text


def test_the_first_page_says_what_to_do_where_there_is_nothing(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "data_sets", list)
    monkeypatch.setattr(answers, "workspaces", list)
    text = visit("/")
    assert "There is none here yet." in text
    assert 'href="/bring-in"' in text
    assert 'href="/begin"' in text


def test_a_workspace_shows_what_it_is_about(visit: Visit) -> None:
    assert "How people claim support." in visit("/workspaces/support")


def test_a_data_set_shows_three_things_to_look_at_first_with_their_standing(visit: Visit) -> None:
    text = visit(f"/data/{LOG}")
    assert text.count('class="outward-first__item"') == 3
    assert f'href="/data/{LOG}/ask/U3.5"' in text
    assert f'href="/data/{LOG}/journeys?where=passes%28Check%29"' in text
    assert "What cannot be answered yet" in text


def test_an_answer_leads_with_its_sentence_and_shows_its_method(visit: Visit) -> None:
    text = visit(f"/data/{LOG}/ask/U3.4")
    assert "400 cases of 900 came to" in html.unescape(text)
    assert text.index("outward-lead") < text.index("<svg") < text.index("The figures") < text.index("<table")
    assert "Counting &lt;things&gt;." in text
    assert "No standing" in text


def test_an_answer_offers_a_field_for_each_of_its_parameters(visit: Visit) -> None:
    text = visit(f"/data/{LOG}/ask/U3.3?within_days=14&counted=ended")
    assert re.search(r'name="within_days"[^>]*value="14"', text)
    assert '<option value="ended" selected>' in text
    assert re.search(r'name="step"[^>]*value=""', text)


def test_active_filters_stand_in_words_and_each_can_be_removed(visit: Visit) -> None:
    text = visit(f"/data/{LOG}/ask/U3.4?by=channel&where=area%3DSouth%20%26%20passes%28Pay%29")
    assert f'href="/data/{LOG}/ask/U3.4?by=channel&amp;where=area%3DSouth"' in text
    assert f'href="/data/{LOG}/ask/U3.4?by=channel&amp;where=passes%28Pay%29"' in text
    assert "has area South" in text


def test_links_to_other_questions_keep_the_filter(visit: Visit) -> None:
    text = visit(f"/data/{LOG}/ask/U3.4?where=area%3DSouth")
    assert f'href="/data/{LOG}/ask/U3.6?where=area%3DSouth"' in text
    assert f'href="/data/{LOG}/journeys?where=area%3DSouth"' in text
    journeys = visit(f"/data/{LOG}/journeys?where=area%3DSouth%20%26%20passes%28Pay%29")
    assert re.search(r"<title>[^<]*\(every case has area South; goes through [^<]*Pay[^<]*\)", journeys)


def test_a_form_sends_the_browser_to_the_one_spelling_of_its_question(visitor: Client) -> None:
    response = visitor.get(
        f"/data/{LOG}/ask/U3.3?where=passes(Pay)&by=&also=area%3DSouth&also=&from=2024-02-01&to="
        "&within_days=28&counted=all&step="
    )
    assert response.status_code == 302
    wanted = "?where=area%3DSouth%20%26%20from%3D2024-02-01%20%26%20passes%28Pay%29"
    assert response.headers["Location"] == f"/data/{LOG}/ask/U3.3{wanted}"
    assert visitor.get(response.headers["Location"]).status_code == 200


def test_the_map_sends_the_browser_to_the_one_spelling_of_its_settings(visitor: Client) -> None:
    form = "by=channel&left=Phone&right=Phone&steps=100&paths=100&paint=share&where=&also=&also=&from=&to="
    response = visitor.get(f"/data/{LOG}/journeys?{form}")
    assert response.headers["Location"] == f"/data/{LOG}/journeys?by=channel&paint=share&left=Phone"
    assert visitor.get(response.headers["Location"]).status_code == 200


def test_steps_and_paths_of_the_map_lead_to_the_journeys_that_take_them(visit: Visit) -> None:
    text = html.unescape(visit(f"/data/{LOG}/journeys"))
    assert f"/data/{LOG}/journeys?where=passes%28Decide%29" in text
    assert f"/data/{LOG}/journeys?where=path%28Decide%20%3E%20Appeal%29" in text
    assert f"/data/{LOG}/journeys?where=starts%28Apply%29" in text
    assert f"/data/{LOG}/journeys?where=ends%28Pay%29" in text


def test_two_groups_stand_beside_each_other_on_one_layout(visit: Visit) -> None:
    text = visit(f"/data/{LOG}/journeys?by=channel")
    assert text.count("<figure") == 2
    assert re.search(r'name="left">.*?<option value="Online" selected>', text, re.DOTALL)
    assert re.search(r'name="right">.*?<option value="Phone" selected>', text, re.DOTALL)


def test_a_group_that_is_not_there_gives_way_to_the_usual_one(visitor: Client) -> None:
    response = visitor.get(f"/data/{LOG}/journeys?by=area&left=Phone")
    assert response.headers["Location"] == f"/data/{LOG}/journeys?by=area"


def test_two_sides_stand_beside_each_other_in_every_question(visit: Visit) -> None:
    text = html.unescape(visit(f"/data/{LOG}/compare?a=channel%3DPhone&b=channel%3DPost"))
    assert re.search(r"<h1[^>]*>Phone beside Post</h1>", text)
    assert "'Phone': 900 cases; 'Post': 450 cases." in text
    assert text.count('class="outward-mapframe"') == 2
    assert "Nobody's own journey" in text
    assert text.count('role="img" aria-labelledby="walk-') == 2
    assert "The usual way, step by step" in text
    for id, title in made.TITLES.items():
        assert (f">{title}</h2>" in text) is id.startswith("U")
    assert f'href="/data/{LOG}/ask/U3.4?by=channel%3DPhone%20vs%20channel%3DPost"' in text
    assert f'href="/data/{LOG}/journeys?by=channel%3DPhone%20vs%20channel%3DPost"' in text


def test_two_data_sets_stand_beside_each_other(visit: Visit) -> None:
    text = html.unescape(visit(f"/data/{LOG}/compare?with={made.VALE.id}"))
    assert re.search(r"<h1[^>]*>Claims for <support> beside Vale's <claims></h1>", text)
    assert "Only 'Vale' has '<b>Visit</b>'." in text
    for name in ("Claims for <support>", "Vale's <claims>"):
        assert f'<figcaption class="govuk-heading-s">{name}</figcaption>' in text
        assert text.count(f'<h3 class="govuk-heading-s">{name}</h3>') > 1
    assert f'<option value="{made.VALE.id}" selected>' not in text, "it is not among the data sets of this world"
    for id in ("U3.4", "U3.5"):
        for log in (LOG, made.VALE.id):
            assert f'href="/data/{log}/ask/{id}"' in text
    assert text.count('class="outward-mapframe"') == 2
    assert len(set(re.findall(r' id="([^"]+)"', text))) == len(re.findall(r' id="([^"]+)"', text))


def test_a_question_that_cannot_be_compared_says_why(visit: Visit) -> None:
    text = visit(f"/data/{LOG}/compare?a=channel%3DPhone")
    assert "This cannot be compared: It cannot be split &lt;by&gt; sides." in text


def test_without_sides_it_offers_some_to_begin_with(visit: Visit) -> None:
    text = html.unescape(visit(f"/data/{LOG}/compare"))
    assert f'href="/data/{LOG}/compare?a=channel%3DOnline&b=channel%3DPhone"' in text
    assert "Two years: 2024 beside 2025" in text


def test_the_form_of_sides_leads_to_one_spelling_and_holds_it_again(visitor: Client, visit: Visit) -> None:
    form = "where=&a-group=area%3DSouth&a-way=passes(Pay)&a-from=2024-02-01&a-to=&a=&b-group=&b-way=&b-from=&b-to=&b="
    response = visitor.get(f"/data/{LOG}/compare?{form}")
    spelled = "?a=area%3DSouth%20%26%20from%3D2024-02-01%20%26%20passes%28Pay%29"
    assert response.headers["Location"] == f"/data/{LOG}/compare{spelled}"
    text = html.unescape(visit(response.headers["Location"]))
    assert '<option value="area=South" selected>' in text
    assert '<option value="passes(Pay)" selected>' in text
    assert re.search(r'name="a-from"[^>]*value="2024-02-01"', text)
    assert re.search(r'name="a" type="text" value=""', text)


def test_a_filter_that_no_field_holds_stays_in_its_own(visit: Visit) -> None:
    text = html.unescape(visit(f"/data/{LOG}/compare?a=before%28Check%20%3E%20Pay%29"))
    assert re.search(r'name="a" type="text" value="before\(Check > Pay\)"', text)


def test_a_comparison_keeps_the_filter_of_the_page_before(visit: Visit) -> None:
    text = visit(f"/data/{LOG}/ask/U3.4?where=area%3DSouth")
    assert f'href="/data/{LOG}/compare?where=area%3DSouth"' in text
    assert "has area South" in visit(f"/data/{LOG}/compare?where=area%3DSouth")


@pytest.mark.parametrize("query", ["c=1", "a=area", "policy=none&a=area%3DSouth"])
def test_a_comparison_that_cannot_be_read_is_said_plainly(query: str, visit: Visit) -> None:
    assert "cannot be answered as it stands" in visit(f"/data/{LOG}/compare?{query}", 400)
