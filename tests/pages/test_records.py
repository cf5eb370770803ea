"""The records of a workspace: all kinds, lists that can be searched, one page for each record."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.test import Client

from outward import examples
from outward.web import listing
from outward.web.views.records import HEADINGS, about
from outward.workspace.building import Row, build
from outward.workspace.header import Header
from outward.workspace.kinds.customers import Need
from outward.workspace.records import kinds

from . import made_records
from .conftest import Visit

RECORDS = "/workspaces/support/records"
EVERY = [f"{RECORDS}/{kind}/{made_records.id_of(kind)}" for kind in kinds() if kind != Header.KIND]
LISTS = [f"{RECORDS}/{kind}" for kind in kinds()]


def inhabited(own_home: Path, rows: Iterable[Row]) -> None:
    """Put a workspace of these rows where the pages ask, before the one that is made up for all tests."""
    made_records.home_of(build([Row("workspace", made_records.HEADER), *rows]), own_home / "workspaces")


def need(id: str, **values: object) -> Row:
    return Row("need", {"id": id, "title": id.capitalize(), "groups": ["pupils"], **values})


GROUPS = [Row("group", {"id": "pupils", "title": "Pupils"}), Row("group", {"id": "parents", "title": "Parents"})]


def listed(text: str) -> list[str]:
    """Return the titles in a list, in their order."""
    return [html.unescape(one) for one in re.findall(r'scope="row"><a [^>]*>([^<]*)</a>', text)]


@pytest.mark.parametrize("path", [RECORDS, f"{RECORDS}/workspace/support", *LISTS, *EVERY])
def test_every_page_of_records_is_well_made_and_no_words_become_markup(path: str, visit: Visit) -> None:
    text = visit(path)
    assert "<b>" not in text
    assert "<support>" not in text
    assert "Made-up data" in text


def test_a_workspace_leads_to_its_records_and_its_records_back(visit: Visit) -> None:
    assert f'href="{RECORDS}"' in visit("/workspaces/support")
    text = visit(RECORDS)
    assert re.search(rf'href="{RECORDS}" aria-current="page">Records<', text)
    assert 'href="/workspaces/support">Board sheet<' in text


def test_every_kind_stands_under_its_principle_with_its_number_and_a_sentence(visit: Visit) -> None:
    text = html.unescape(visit(RECORDS))
    places = [text.index(f">{title}<") for title in HEADINGS.values()]
    assert places == sorted(places)
    for kind in kinds().values():
        assert about(kind) in text
        assert about(kind).endswith(".")
        assert kind.PRINCIPLE in HEADINGS
    assert re.search(r">Needs</a> <span[^>]*>1</span>", text)


def test_a_list_is_searched_by_words_group_and_choice(visit: Visit, own_home: Path) -> None:
    rows = [
        *GROUPS,
        need("clear", about="Letters that say <what> happens", importance="high"),
        need("quick", groups=["pupils", "parents"], importance="low"),
        need("kind", notes="No letters at all, and quick"),
    ]
    inhabited(own_home, rows)
    assert listed(visit(f"{RECORDS}/need")) == ["Clear", "Kind", "Quick"]
    assert listed(visit(f"{RECORDS}/need?q=LETTERS")) == ["Clear", "Kind"]
    assert listed(visit(f"{RECORDS}/need?q=quick+letters")) == ["Kind"]
    assert listed(visit(f"{RECORDS}/need?group=parents")) == ["Quick"]
    assert listed(visit(f"{RECORDS}/need?importance=high&q=&group=&type=")) == ["Clear"]
    text = visit(f"{RECORDS}/need?importance=high&q=nothing+%3Cb%3E")
    assert "None of the needs is as you search for." in text
    assert 'value="nothing &lt;b&gt;"' in text


@pytest.mark.parametrize("query", ["colour=red", "page=0x", "page=²", "page=9999999999", "owner=x"])
def test_a_search_that_cannot_be_read_is_a_plain_page(query: str, visit: Visit) -> None:
    visit(f"{RECORDS}/need?{query}", 400)


@pytest.mark.parametrize("path", ["/nothing", "/need/nobody", "/workspace/other", "/../need"])
def test_what_is_not_there_is_not_found(path: str, visitor: Client) -> None:
    assert visitor.get(RECORDS + path).status_code in (400, 404)


def test_an_empty_list_says_so(visit: Visit, own_home: Path) -> None:
    inhabited(own_home, [])
    assert "There are no needs yet." in visit(f"{RECORDS}/need")


def test_findings_come_newest_first_actions_soonest_first_and_steps_in_their_place(
    visit: Visit, own_home: Path
) -> None:
    rows = [Row("finding", {"id": f"f{day}", "title": f"F{day}", "known_on": f"2026-01-{day}"}) for day in (11, 13, 12)]
    rows += [Row("finding", {"id": "f", "title": "F"}), Row("action", {"id": "later", "title": "A"})]
    rows += [Row("action", {"id": f"a{day}", "title": f"A{day}", "due": f"2026-01-{day}"}) for day in (13, 11)]
    rows += [Row("service", {"id": "s", "title": "S"})]
    rows += [Row("step", {"id": f"s{n}", "title": f"S{n}", "service": "s", "order": f"{n}"}) for n in (10, 9)]
    rows += [Row("step", {"id": "s", "title": "S", "service": "s"})]
    inhabited(own_home, rows)
    assert listed(visit(f"{RECORDS}/finding")) == ["F13", "F12", "F11", "F"]
    assert listed(visit(f"{RECORDS}/action")) == ["A11", "A13", "A"]
    assert listed(visit(f"{RECORDS}/step")) == ["S9", "S10", "S"]


def test_long_lists_come_in_hundreds_and_keep_their_search(visit: Visit, own_home: Path) -> None:
    inhabited(own_home, [*GROUPS, *(need(f"n{number:03}", importance="low") for number in range(250))])
    first = visit(f"{RECORDS}/need?importance=low")
    assert len(listed(first)) == 100
    assert "250 needs found, page 1 of 3" in first
    second = html.unescape(first).split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert second == f"{RECORDS}/need?importance=low&page=2"
    assert listed(visit(second))[0] == "N100"
    last = visit(f"{RECORDS}/need?page=9")
    assert len(listed(last)) == 50
    assert 'rel="next"' not in last


def test_a_record_shows_its_facts_with_links_and_who_relies_on_it(visit: Visit) -> None:
    text = html.unescape(visit(f"{RECORDS}/need/one-need"))
    assert f'href="{RECORDS}/group/one-group">One <b>customer group</b><' in text
    assert re.search(r'<h3 class="govuk-heading-s">Measures</h3>\s*<ul[^>]*><li><a [^>]*one-measure">', text)
    measure = html.unescape(visit(f"{RECORDS}/measure/one-measure"))
    assert "31 March 2026" in measure
    assert "12.5" in measure
    assert "U3.4 (Where do they wait?)" in measure


def test_a_record_says_where_it_is_written(visit: Visit) -> None:
    examples.copy_example("connexions")
    assert "Written in workspace.yaml, line 2." in visit("/workspaces/connexions/records/workspace/connexions")


def test_five_thousand_records_can_be_searched() -> None:
    rows = [*GROUPS, *(need(f"n{number:04}", about="Some words about it") for number in range(5_000))]
    workspace = build([Row("workspace", made_records.HEADER), *rows])
    found = listing.found(workspace, Need, listing.search_of(Need, {"q": "words n4999"}))
    assert [record.id for record in found.records] == ["n4999"]
    assert listing.found(workspace, Need, listing.Search()).pages == 50


def test_a_record_that_very_many_rely_on_names_the_first_of_them(visit: Visit, own_home: Path) -> None:
    inhabited(own_home, [*GROUPS, *(need(f"n{number:03}") for number in range(250))])
    text = visit(f"{RECORDS}/group/pupils")
    assert "N049" in text
    assert "N050" not in text
    assert "and 200 more" in text
