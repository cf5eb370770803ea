"""The questions of a workspace on the pages: their list, one page an answer, its files, and what is refused."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from outward.web.workspaces import parts

from .conftest import LOG, Visit
from .made import OF_WORKSPACES, questions

ASK = "/workspaces/support/ask"
QUERIES = [f"{id}{query}" for id in OF_WORKSPACES for query in ("", "?group=one-group", "?on=2026-10-01")]


def taken(path: str) -> bool:
    """Return whether the question takes what stands in the address."""
    id, _, query = path.partition("?")
    return not query or query.split("=")[0] in {one.name for one in OF_WORKSPACES[id].parameters}


def test_the_list_stands_under_the_principles_and_leads_to_every_question(visit: Visit) -> None:
    text = html.unescape(visit(ASK))
    for id, question in OF_WORKSPACES.items():
        assert f'href="{ASK}/{id}"' in text
        assert f'<span class="outward-unsaid">Question {id}.</span>' in text
        assert question.title in text
        assert question.summary in text
        assert not question.summary.startswith("Return")
    assert text.index("Building operations") < text.index("Using customer understanding")
    assert not any(one.title in text for one in questions())
    assert [link.words for link in parts("support", "Questions") if link.here] == ["Questions"]


@pytest.mark.parametrize("path", [one for one in QUERIES if taken(one)])
def test_every_answer_is_well_made_and_every_file_on_it_opens(path: str, visit: Visit, visitor: Client) -> None:
    text = visit(f"{ASK}/{path}")
    assert "Made-up data" in text
    assert "<support>" not in text
    assert "<b>bold" not in text
    assert text.count("Numbers of records are exact") == 1
    assert "Checked for small numbers" not in text
    files = [html.unescape(one) for one in re.findall(r'<a class="govuk-link" href="([^"]+)" download', text)]
    assert len(files) > 3
    for file in files:
        response = visitor.get(file)
        assert response.status_code == 200, file
        assert "made-up-support" in response.headers["Content-Disposition"]
        assert "<b>bold" not in response.content.decode() or not file.split("?")[0].endswith((".html", ".svg"))


def test_a_diagram_is_drawn_with_its_name_and_can_be_taken_away(visit: Visit, visitor: Client) -> None:
    text = visit(f"{ASK}/O2.1")
    named = 'aria-labelledby="diagram-title" aria-describedby="diagram-about"'
    assert f'class="outward-diagram" role="img" {named}' in text
    assert "Columns from left to right: 1 under &#x27;Needs and concerns&#x27;" in text
    assert visitor.get(f"{ASK}/O2.1/diagram.svg").content.decode().startswith("<svg xmlns=")
    assert visitor.get(f"{ASK}/O2.1/nothing.svg").status_code == 404


def test_a_grid_has_one_frame_which_does_not_repeat_its_caption(visit: Visit) -> None:
    text = visit(f"{ASK}/D1.4")
    assert re.search(r'<figure class="outward-figure"><div class="outward-scroll" role="group" [^>]*><table', text)
    assert 'aria-label="Who owns which need' not in text
    assert text.count("outward-scroll") == text.count("<table")


def test_groups_are_picked_from_a_list_and_days_as_days(visit: Visit) -> None:
    assert re.search(r'<option value="one-group" selected', visit(f"{ASK}/D1.4?group=one-group"))
    assert re.search(r'name="on" type="date" value="2026-10-01"', visit(f"{ASK}/D5.1?on=2026-10-01"))
    assert "Change the question" not in visit(f"{ASK}/O2.2")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("D1.4?group=one-group", "customer group: One <b>customer group</b>"),
        ("O2.1?group=one-group", "customer group: One <b>customer group</b>"),
        ("D5.1?on=2026-10-01", "as it stood on 1 October 2026"),
    ],
)
def test_a_narrowed_question_says_so_wherever_its_answer_goes(
    path: str, said: str, visit: Visit, visitor: Client
) -> None:
    text = html.unescape(visit(f"{ASK}/{path}"))
    title = re.search("<title>(.*)</title>", text)
    assert title
    assert f"({said})" in title[1]
    place = text.index(f"<strong>{said[:1].upper()}{said[1:]}.</strong>")
    assert place < text.index('class="outward-lead"')
    id, _, query = path.partition("?")
    back = "Ask as of today" if "on=" in query else "Ask of all"
    assert f'<a class="govuk-link" href="{ASK}/{id}">{back}</a>' in text
    assert '<details class="govuk-details outward-screen" open>' in text
    for picture in re.findall(r"<title id=[^>]*>(.*?)</title>|outward-matrix\"><caption[^>]*>(.*?)</caption>", text):
        assert said in "".join(picture)
    for file in ("answer.html", "answer.json", *re.findall(rf"{id}/([a-z]+[.]csv)", text)[:1]):
        content = visitor.get(f"{ASK}/{id}/{file}?{query}").content.decode()
        assert (said if not file.endswith("json") else query.split("=")[1]) in html.unescape(content), file


def test_a_question_of_everything_says_nothing_of_a_part(visit: Visit) -> None:
    for id in ("D1.4", "D5.1"):
        text = visit(f"{ASK}/{id}")
        assert "Ask of all" not in text
        assert "Ask as of today" not in text
        assert "as it stood" not in text
        assert " open>" not in text


def test_an_address_is_brought_into_its_one_spelling(visitor: Client) -> None:
    for given, kept in (("d1.1", "D1.1"), ("D1.4?group=", "D1.4")):
        response = visitor.get(f"{ASK}/{given}")
        assert (response.status_code, response.headers["Location"]) == (302, f"{ASK}/{kept}")


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        (f"{ASK}/D9.9", 400, "There is no question"),
        (f"{ASK}/U3.1", 400, "is asked of data, not of a workspace"),
        (f"/data/{LOG}/ask/D1.1", 400, "is asked of a workspace, not of data"),
        (f"{ASK}/D1.1?by=area", 400, "There is no setting"),
        (f"{ASK}/D1.1?policy=none", 403, "only after small numbers are dealt with"),
        (f"{ASK}/D5.1?on=soon", 400, "is no day"),
        (f"{ASK}/D1.4?group=nobody", 400, "There is no customer group"),
        ("/workspaces/nowhere/ask/D1.1", 404, "There is no workspace"),
        ("/workspaces/nowhere/ask", 404, "There is no workspace"),
    ],
)
def test_what_cannot_be_asked_is_said_plainly(path: str, status: int, said: str, visit: Visit) -> None:
    assert said in html.unescape(visit(path, status))
